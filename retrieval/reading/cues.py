"""The words that report speech, by how surely they do (data)."""

from __future__ import annotations

_STRONG = """
say|says|said|saying tell|tells|told|telling add|adds|added|adding tweet|tweets|tweeted|tweeting write|writes|wrote|written|writing
reply|replies|replied|replying respond|responds|responded|responding quip|quips|quipped|quipping joke|jokes|joked|joking
exclaim|exclaims|exclaimed|exclaiming declare|declares|declared|declaring state|states|stated|stating remark|remarks|remarked|remarking
retort|retorts|retorted|retorting explain|explains|explained|explaining insist|insists|insisted|insisting note|notes|noted|noting
argue|argues|argued|arguing warn|warns|warned|warning ask|asks|asked|asking announce|announces|announced|announcing
continue|continues|continued|continuing conclude|concludes|concluded|concluding admit|admits|admitted|admitting
acknowledge|acknowledges|acknowledged|acknowledging observe|observes|observed|observing recall|recalls|recalled|recalling
claim|claims|claimed|claiming assert|asserts|asserted|asserting contend|contends|contended|contending maintain|maintains|maintained|maintaining
complain|complains|complained|complaining concede|concedes|conceded|conceding confess|confesses|confessed|confessing
comment|comments|commented|commenting shout|shouts|shouted|shouting yell|yells|yelled|yelling chant|chants|chanted|chanting
whisper|whispers|whispered|whispering mutter|mutters|muttered|muttering cry|cries|cried|crying scream|screams|screamed|screaming
post|posts|posted|posting vow|vows|vowed|vowing pledge|pledges|pledged|pledging promise|promises|promised|promising
predict|predicts|predicted|predicting suggest|suggests|suggested|suggesting stress|stresses|stressed|stressing
emphasize|emphasizes|emphasized|emphasizing emphasise|emphasises|emphasised|emphasising reiterate|reiterates|reiterated|reiterating
repeat|repeats|repeated|repeating deny|denies|denied|denying lament|laments|lamented|lamenting marvel|marvels|marveled|marvelled
muse|muses|mused|musing opine|opines|opined|opining urge|urges|urged|urging demand|demands|demanded|demanding
deadpan|deadpans|deadpanned boast|boasts|boasted|boasting brag|brags|bragged|bragging gush|gushes|gushed tease|teases|teased|teasing
blast|blasts|blasted|blasting fume|fumes|fumed|fuming thunder|thunders|thundered|thundering snap|snaps|snapped|snapping
recount|recounts|recounted|recounting report|reports|reported|reporting testify|testifies|testified|testifying
inquire|inquires|inquired|inquiring wonder|wonders|wondered|wondering counter|counters|countered|countering interject|interjects|interjected
caution|cautions|cautioned|cautioning echo|echoes|echoed|echoing proclaim|proclaims|proclaimed|proclaiming
elaborate|elaborates|elaborated|elaborating clarify|clarifies|clarified|clarifying assure|assures|assured|assuring
allege|alleges|alleged|alleging reason|reasoned reasons point|points|pointed|pointing sum|summed|sums underline|underlines|underlined|underlining
underscore|underscores|underscored text|texted|texts email|emailed|emails message|messaged retweet|retweeted croon|crooned rail|railed
scoff|scoffed|scoffs sneer|sneered sigh|sighed laugh|laughed bark|barked growl|growled implore|implored plead|pleaded|pleads|pleading
advise|advised|advises|advising remind|reminded|reminds|reminding inform|informed|informs interrupt|interrupted bellow|bellowed
chide|chided mock|mocked|mocks|mocking ruminate|ruminated volunteer|volunteered offer|offered|offers offering agree|agreed|agrees agreeing
surmise|surmised speculate|speculated|speculates estimate|estimated profess|professed swear|swore|swears tout|touted|touts
disagree|disagrees|disagreed|disagreeing object|objects|objected concur|concurs|concurred protest|protests|protested
fire|fired shoot|shot chime|chimed hit|hits snarl|snarled grumble|grumbled gripe|griped holler|hollered roar|roared blog|blogged
exhort|exhorts|exhorted|exhorting scold|scolds|scolded|scolding intone|intones|intoned|intoning enthuse|enthuses|enthused|enthusing
rebut|rebuts|rebutted|rebutting bemoan|bemoans|bemoaned|bemoaning groused|grousing threatens|threatened|threatening theorizes|theorized|theorizing
frets|fretted|fretting ventured|venturing taunts|taunted|taunting whined|whining stammered|blurted|blurting murmured|murmuring mumbled|mumbling
uttered|uttering chastises|chastised|chastising ranted|ranting raved|raving bantered|bantering exulted|exulting stipulates|stipulated counseled|counselled
hinted|hints|hinting insinuated|insinuates|insinuating posits|posited|positing reflected|reflecting rebukes|rebuked|rebuking admonishes|admonished|admonishing
lectured|lecturing crowed|crowing jested|jesting riffed|riffing sniffed|sniffing chuckled|chuckling castigates|castigated|castigating excoriates|excoriated
berates|berated|berating corrected|correcting summarizes|summarized|summarizing attests|attested|attesting reckons|reckoned stuttered|hissed|hissing
typed|typing scrawled|scrawling scribbled|penned|pens
prophesied|bristled|bristling wisecracked|wisecracks demurred|demurring lambasted|lambasting|lambastes inveighed|inveighing
"""

_MEDIUM = """
call|calls|called|calling describe|describes|described|describing dub|dubs|dubbed|dubbing label|labels|labeled|labelled|labeling
brand|brands|branded|branding refer|refers|referred|referring accuse|accuses|accused|accusing criticize|criticizes|criticized|criticizing
criticise|criticises|criticised|criticising praise|praises|praised|praising slam|slams|slammed|slamming denounce|denounces|denounced|denouncing
condemn|condemns|condemned|condemning characterize|characterizes|characterized|characterizing think|thinks|thought|thinking
believe|believes|believed|believing feel|feels|felt|feeling hope|hopes|hoped|hoping fear|fears|feared|worry|worries|worried|worrying
read|reads|reading show|shows|showed quote|quotes|quoted|quoting cite|cites|cited|citing mention|mentions|mentioned|mentioning
express|expresses|expressed|expressing propose|proposes|proposed|proposing recommend|recommends|recommended|recommending
appeal|appeals|appealed|appealing attack|attacks|attacked|attacking ridicule|ridiculed dismiss|dismisses|dismissed|dismissing
reject|rejects|rejected|rejecting defend|defends|defended|defending decry|decries|decried|decrying deride|derides|derided|deriding
deem|deems|deemed|deeming consider|considers|considered|considering regard|regarded liken|likened|likens compare|compared|compares|comparing
talk|talks|talked|talking speak|speaks|spoke|spoken|speaking discuss|discussed|discusses discussing outline|outlined|outlines
signal|signaled|signalled|signals indicate|indicated|indicates|indicating imply|implied|implies|implying allude|alluded|alludes
pronounce|pronounced|pronounces invoke|invoked|invokes publish|published issue|issued|issues|issuing release|released
go|went|goes|going begin|began|begins start|started|starts open|opened|opens
thank|thanked|thanks|thanking apologize|apologized congratulate|congratulated congratulates salute|saluted applaud|applauded|applauds
rule|ruled|rules order|ordered|orders joke credit|credited blame|blamed|blames|blaming question|questioned|questions questioning
tell sign|signed sing|sang welcome|welcomed|welcomes name|named phrase|phrased put|puts putting vent|vented
lash|lashed rip|ripped offer answer|answers|answered|answering insist envision|envisioned represent|argue confirm|confirms|confirmed|confirming
disclose|disclosed reveal|reveals|revealed|revealing state affirm|affirmed|affirms detail|detailed|details relate|related narrate|narrated
portray|portrays|portrayed|portraying depict|depicts|depicted|depicting hail|hails|hailed|hailing heralds|heralded|heralding extolled|extolling
lauds|lauded|lauding commends|commended|commending endorses|endorsed|endorsing disparages|disparaged|disparaging belittles|belittled|belittling
skewered|skewering bashed|bashing hammered|hammering trashed|trashing pilloried|vilified|vilifying trumpets|trumpeted|trumpeting championed|championing
celebrates|celebrated|celebrating frames|framed|framing terms|termed|terming coined|coining nicknames|nicknamed|nicknaming specify|specifies|specified
references|referenced|referencing foresees|foresaw|foreseen pitches|pitched|pitching found|finds|finding concluded learned|learning discovered
determines|determined resists|resisted|resisting admires|admired|admiring rates|rated instructs|instructed|instructing
dispute|disputes|disputed|disputing refutes|refuted|refuting challenges|challenged|challenging recites|recited|reciting decided billed|billing styled
"""


def _forms(words: str) -> frozenset[str]:
    return frozenset(words.replace("|", " ").split())


STRONG = _forms(_STRONG)
MEDIUM = _forms(_MEDIUM) - STRONG
SAY = _forms("say says said saying tell tells told add adds added tweeted wrote writes replied asked posted")
# "In Ahab's words", "the captain's claim that": nouns whose owner speaks
NOUNS = _forms(
    "statement|statements words|word claim|claims remark|remarks comment|comments tweet|tweets letter|letters speech|speeches post|posts "
    "message|messages email|emails e-mail|memo|question|questions answer|answers reply|response|responses assertion|assertions "
    "declaration|declarations warning|warnings argument|arguments belief|view|views opinion|description|line|lines promise|promises "
    "pledge|vow|call|calls demand|demands criticism|complaint|complaints suggestion|announcement|interview|testimony|op-ed|article|column "
    "book|report|note|text|texts press-release|release|phrase|term slogan motto pitch rhetoric talk motto assessment accusation|accusations "
    "quote quip joke contention insistence"
)
# What a listener does, and nobody who speaks on
ANSWERS = _forms(
    "answer answers answered reply replies replied respond responds responded retort retorts retorted counter counters countered rejoined "
    "agree agrees agreed disagree disagrees disagreed object objects objected"
)
CITING = _forms("quote quotes quoted quoting cite cites cited citing")
# Verbs that give somebody a name: "called Linton a “dictator”"
NAMING = _forms(
    "call calls called calling describe describes described describing dub dubs dubbed label labels labeled labelled brand brands branded "
    "term terms termed terming deem deems deemed characterise characterised characterises characterize characterized characterizes"
)
PRONOUNS = frozenset(["he", "she", "they", "we", "i", "it", "you", "who"])
# What a "report" of these is not: the document speaks, not a person
DOCUMENTS = _forms(
    "report|statement|minutes|letter|declaration|memo|document|communique|communiqué|email|e-mail|headline|story|article|ad|ads sign|signs "
    "poll|study|survey|book|law|bill|rule|text|message|tweet|post|banner|poster|video|caption|page|site|website|column|editorial|op-ed "
    "treaty|charter|resolution|indictment|complaint|lawsuit|ruling|decision|note|script|song|lyrics|chapter|motto|title"
)
# Nouns for people who may speak without a name, and for bodies that do
PERSONS = _forms(
    "secretary-general official|officials diplomat|diplomats source|sources aide|aides person people adviser|advisers|advisor|advisors analyst|analysts "
    "expert|experts spokesman spokeswoman spokesperson spokespeople spokesmen insider|insiders lawmaker|lawmakers executive|executives "
    "officer|officers man woman men women resident|residents witness|witnesses leader|leaders minister|ministers ally|allies voter|voters "
    "supporter|supporters strategist|strategists operative|operatives critic|critics lawyer|lawyers attorney|attorneys soldier|soldiers "
    "commander|commanders member|members employee|employees reporter|reporters student|students protester|protesters activist|activists "
    "doctor|doctors colleague|colleagues friend|friends neighbor|neighbors neighbour|neighbours envoy ambassador|ambassadors senator|senators "
    "economist|economists president premier chancellor secretary chief general governor mayor candidate|candidates nominee chairman "
    "chairwoman chair director head professor author|authors writer|writers editor host|hosts moderator narrator judge|judges researcher "
    "researchers scientist|scientists historian|historians pollster pollsters organizer|organizers manager|managers congressman "
    "congresswoman representative|representatives counterpart|counterparts delegate|delegates donor|donors mother father wife husband son "
    "daughter brother sister widow actor actress singer star player coach teacher|teachers owner founder pastor priest bishop pope king "
    "queen prince princess speaker veteran|veterans sergeant captain colonel lieutenant detective sheriff farmer|farmers worker|workers "
    "politician|politicians commissioner|commissioners negotiator|negotiators admiral marshal businessman billionaire developer consultant"
)
BODIES = _forms(
    "ministry|ministries government|governments department|departments office embassy commission council committee|committees agency|agencies "
    "army navy military police force|forces alliance company|companies party parliament congress senate court|courts bank|banks institute "
    "association foundation university campaign|campaigns administration union|unions group|groups organization|organisation organizations "
    "treasury kremlin pentagon palace presidency bureau board authority authorities service federation staff newspaper paper magazine "
    "network website firm secretariat delegation headquarters mission panel tribunal chamber cabinet coalition house legislature state"
)
