"""Words with their classes: what questions are built of, reporting verbs, nouns for people and bodies, peoples, first names."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from retrieval.terms import listed

AUXILIARIES = listed("did does do has have had didnt doesnt hasnt havent dose")
COPULAS = listed("is was were are isnt wasnt arent werent whats")
MODALS = listed("would could will should might can may shall wouldnt")
QUESTION_WORDS = listed("what which who whom whose why how when where whats")
# Plurals that speak as one, without a name and without hiding it
CROWDS = listed(
    "protesters protestors demonstrators marchers picketers strikers counter-protesters counterprotesters rallygoers "
    "rally-goers crowd crowds"
)
DETERMINERS = re.compile(r"^(?:the|a|an|his|her|their|its|this|that|one|another)\s+", re.IGNORECASE)
PRONOUNS = listed("he she they it him her them his their")
ANYBODY = listed("anyone anybody someone somebody everyone everybody nobody people one others leaders politicians")
ASIDES = listed("the a an ever actually really also then now not just once even only both exactly so any some")

# Verbs that the speaker of a question is the subject of, in their base form; the other forms are made from these.
_SPEECH = listed("""say tell think call describe ask urge warn claim argue suggest promise vow announce declare mention note add
stress insist explain tweet post write shout chant propose demand deny admit accuse blame praise criticize criticise comment
remark respond reply reaffirm reiterate emphasize emphasise underline underscore highlight quip joke boast complain concede
confirm caution condemn defend dismiss reject predict pledge recall reveal signal speak state speculate talk testify threaten
thank welcome congratulate compare liken label brand dub term refer characterize characterise sum summarize summarise
conclude acknowledge agree disagree advise answer apologize apologise assert assure attack brag cite contend counter
discuss elaborate encourage estimate express hint imply indicate inform invite joke lament observe object point pose
plead pray preach quote question rebuff rebuke recommend relate repeat report request retort rule sing sigh share
scream yell whisper slam swear teach toast voice vent word wonder utter tout teased muse mock lash invoke hail""")
_OTHER = listed("""want see view feel believe hope fear expect know like love hate need plan intend mean make give put use set
take consider regard seek support back oppose favour favor wish worry find get come go look hold see stand do offer ask
list name identify warn explain justify portray picture paint rate rank assess judge evaluate attribute credit base
focus prioritize prioritise lay outline spell frame sound seem react commit address raise bring doubt trust regret
remember forget understand learn hear read suspect assume imagine envision foresee guarantee mind prefer care deserve fault pin hit hope
choose decide try try vote appeal lead send pay spend present draw cast liken turn lean push press call let leave
attend visit meet greet commend honour honor acknowledge admire deem count""")
_NOT_NAMES = listed("may will back mark rule word point set mean base term love rank post sing share teach hail pose")
NAMES_TOO = listed("mark will may grant hope bill rose frank drew chase pat love grace faith miles")


def _forms(verb: str) -> set[str]:
    if verb.endswith("e"):
        return {verb, verb + "s", verb + "d", verb[:-1] + "ing"}
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return {verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"}
    tail = "es" if verb.endswith(("s", "sh", "ch", "x")) else "s"
    return {verb, verb + tail, verb + "ed", verb + "ing"}


_IRREGULAR = {
    "struck", "shaken", "driven", "said", "told", "thought", "wrote", "written", "spoke", "spoken", "sang", "swore", "sworn", "made", "gave", "given", "put",
    "saw", "seen", "felt", "knew", "known", "meant", "took", "taken", "found", "got", "came", "went", "held", "stood", "did",
    "done", "laid", "brought", "understood", "learnt", "heard", "chose", "chosen", "sent", "paid", "drew", "led", "left",
    "sayed", "siad", "sya", "sayd", "says", "saying", "tel", "thinks", "tweeted", "been",
}  # fmt: skip
SPEECH_BASE = frozenset(_SPEECH) | {"sya", "tel", "sey"}
PARTICIPLES = listed("taken given struck shaken seen told written quoted known heard driven moved led torn")
_MOVES = listed("""trouble bother worry concern annoy anger upset excite please surprise shock strike frighten scare disappoint frustrate
    move inspire prompt lead convince persuade drive motivate make embarrass amuse irk puzzle impress disturb""")
VERBS = frozenset(form for verb in _SPEECH | _OTHER | _MOVES for form in _forms(verb)) | _IRREGULAR
SPEECH = frozenset(form for verb in _SPEECH for form in _forms(verb)) | {
    "quipped", "quipping", "slammed", "slamming", "referred", "referring", "admitted", "admitting", "dubbed", "dubbing",
    "said", "told", "wrote", "written", "spoke", "spoken", "siad", "sya", "sayd", "says", "put", "sang", "swore",
}  # fmt: skip

VERBS_BASE = frozenset(_SPEECH | _OTHER | _MOVES) | {"sya", "tel", "sey"}
# What may be done to somebody whose words are asked for: "What troubles Fogg?"
MOVES = frozenset(form for verb in _MOVES for form in _forms(verb)) | {"made", "led", "struck", "drove"}

# What a question may call the words it asks for: "Sunak's view on", "the latest from", "quotes by".
SAYINGS = listed("""view views opinion opinions position positions stance take reaction reactions response responses reply answer comment
    comments remark remarks statement statements words quote quotes quotation quotations line lines message messages argument
    arguments warning warnings claim claims assessment verdict description explanation advice promise promises pledge plea
    appeal call calls demand demands tweet tweets post posts speech speeches thought thoughts perspective report latest
    reasoning justification point points criticism criticisms praise account understanding attitude announcement letter
    testimony worry worries fear fears forecast forecasts reassurance reassurances excuse excuses recommendation recommendations
    reading beef boast grievance gist logic case remedy hope hopes wish wishes guess bet image metaphor comparison formula summary recipe
    diagnosis condition conditions welcome greeting toast sermon interview memo essay column briefing
    theory rationale denial outlook recollection jab dig rebuke retort quip tribute vow pitch gripe hunch analysis prognosis estimate
    prediction predictions complaint complaints accusation accusations objection objections concern concerns""")
# What a title calls a text that is one person's own words: "Remarks by", "Statement of".
UTTERANCES = listed("""speech remarks statement address keynote message lecture sermon homily eulogy toast testimony conference briefing
    intervention declaration tribute greeting greetings oration letter""")
ABOUT = listed(
    "about on regarding concerning over re abt abuot abot abuot towards toward of with for against to in at from"
)
TOPIC_LEADS = listed("about on regarding concerning re abt abuot abot")

# Heads of described sources: "a senior U.S. official", "protesters outside the hall".
DESCRIBED = listed("""briefer briefers official officials diplomat diplomats source sources protester protesters protestor protestors demonstrator demonstrators
    spokesman spokeswoman spokesperson spokespeople aide aides adviser advisers advisor advisors analyst analysts expert experts
    resident residents witness witnesses soldier soldiers officer officers lawmaker lawmakers senator senators voter voters
    refugee refugees doctor doctors student students worker workers farmer farmers activist activists critic critics
    supporter supporters opponent opponents insider insiders person people man woman men women boy girl crowd fan fans
    envoy envoys negotiator negotiators minister ministers ally allies leader leaders member members reporter reporters journalist
    journalists moderator interviewer questioner audience passenger passengers victim victims survivor survivors volunteer
    volunteers veteran veterans teacher teachers neighbour neighbours neighbor neighbors observer observers commander
    commanders scientist scientists researcher researchers economist economists strategist strategists operative operatives
    campaigner campaigners marcher marchers police lawyer lawyers attorney prosecutor prosecutors judge judges
    executive executives investor investors trader traders driver drivers mother father sister brother son daughter wife
    husband friend friends colleague colleagues staffer staffers delegate delegates ambassador ambassadors
    villager villagers citizen citizens local locals onlooker onlookers attendee attendees participant participants
    caller viewers statement declaration communique document report study letter memo banner sign poster tribunal court""")
# People by what they do or whose relation they are: an office that may stand beside somebody's name in a document.
PERSONS = listed("""captain mate master owner harpooner sailor skipper valet servant butler cook maid housekeeper nurse detective inspector
    constable solicitor barrister banker engineer architect professor lecturer scholar historian biologist chemist physicist
    philosopher naturalist geologist astronomer physician surgeon dentist psychologist psychiatrist vet veterinarian priest rector
    vicar parson bishop archbishop cardinal pope rabbi imam monk nun clergyman baronet squire count countess duke duchess earl lord
    lady king queen prince princess heir heiress widow widower bride groom aunt uncle nephew niece cousin grandfather grandmother
    grandson granddaughter father mother parent parents brother sister son daughter boy girl child survivor author writer novelist
    poet editor columnist correspondent broadcaster presenter host anchor actor actress director producer filmmaker singer musician
    composer conductor painter artist sculptor photographer designer dancer comedian athlete player coach manager captain goalkeeper
    striker champion boxer runner swimmer cyclist jockey mayor governor councillor councilman councilwoman alderman congressman
    congresswoman representative deputy delegate secretary treasurer chancellor premier president chairman chairwoman chair chief
    boss head leader founder cofounder ceo cfo executive director entrepreneur businessman businesswoman investor broker trader
    merchant shopkeeper salesman farmer fisherman hunter miner builder carpenter plumber electrician mechanic driver pilot
    astronaut general admiral colonel major sergeant lieutenant corporal private commander marshal brigadier veteran spy agent
    judge magistrate attorney prosecutor juror sheriff deputy warden guard policeman policewoman cop firefighter paramedic
    teacher principal headmaster student pupil graduate intern candidate nominee frontrunner incumbent challenger senator
    ambassador envoy consul attache negotiator mediator campaigner organizer organiser strategist pollster lobbyist
    backer surrogate superdelegate retiree pensioner blogger contender hopeful donor pundit commentator recipient star whistleblower
    defector dissident prisoner hostage bystander employee contractor homeowner landlord tenant tourist migrant counsel clerk cashier
    waiter waitress chef baker barber midwife epidemiologist neurologist meteorologist anthropologist sociologist criminologist theologian
    publisher playwright screenwriter filmgoer parishioner shopper commuter runner-up speechwriter biographer ally rival
    undersecretary winner laureate mom mum dad commissioner ombudsman rapporteur comptroller controller auditor
    chairperson legislator assemblyman assemblywoman chaplain dean provost trustee superintendent registrar bailiff
    coroner dispatcher ranger curator librarian archivist statistician demographer virologist pathologist immunologist
    ecologist climatologist seismologist oceanographer mathematician programmer developer podcaster financier
    billionaire millionaire tycoon magnate mogul oligarch environmentalist separatist rebel militant insurgent
    mercenary airman seaman marine
    canadian briton frenchman german american russian ukrainian pole dane swede finn""")
# Bodies that speak without being known by name: "the flight attendants' union".
BODIES = listed("""union party campaign committee group company agency ministry council church newspaper board commission department
    association federation network firm bank club league charity foundation embassy government army navy administration panel
    coalition institute""")
PAPERS = listed("statement declaration communique document report study letter memo banner sign poster")
# Words that say that a source has no name, and the same kinds of source under different words.
UNNAMED = listed("unnamed anonymous unidentified undisclosed nameless unknown")
SAME_SOURCE = (
    listed("protester protestor demonstrator activist marcher crowd rally picket"),
    listed("official source insider briefer"),
    listed("diplomat envoy ambassador"),
    listed("us american washington states"),
    listed("uk british britain"),
    listed("spokesman spokeswoman spokesperson"),
    listed("adviser advisor aide"),
    listed("soldier troop serviceman fighter"),
    listed("reporter journalist questioner interviewer moderator"),
    listed("mother mom mum"),
    listed("father dad"),
    listed("recipient winner laureate"),
    listed("doctor physician"),
)
PARTICLES = listed("al bin da de del della den der di dos du el la le van von der ter of")
NOT_NAMES = _NOT_NAMES | AUXILIARIES | COPULAS | MODALS | QUESTION_WORDS | PRONOUNS | ASIDES


# The words that report speech, by how surely they do (data).

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


def _inflected(words: str) -> frozenset[str]:
    return frozenset(words.replace("|", " ").split())


STRONG = _inflected(_STRONG)
MEDIUM = _inflected(_MEDIUM) - STRONG
SAY = _inflected("say says said saying tell tells told add adds added tweeted wrote writes replied asked posted")
# "In Ahab's words", "the captain's claim that": nouns whose owner speaks
NOUNS = _inflected(
    "statement|statements words|word claim|claims remark|remarks comment|comments tweet|tweets letter|letters speech|speeches post|posts "
    "message|messages email|emails e-mail|memo|question|questions answer|answers reply|response|responses assertion|assertions "
    "declaration|declarations warning|warnings argument|arguments belief|view|views opinion|description|line|lines promise|promises "
    "pledge|vow|call|calls demand|demands criticism|complaint|complaints suggestion|announcement|interview|testimony|op-ed|article|column "
    "book|report|note|text|texts press-release|release|phrase|term slogan motto pitch rhetoric talk motto assessment accusation|accusations "
    "quote quip joke contention insistence"
)
# What a listener does, and nobody who speaks on
ANSWERS = _inflected(
    "answer answers answered reply replies replied respond responds responded retort retorts retorted counter counters countered rejoined "
    "agree agrees agreed disagree disagrees disagreed object objects objected"
)
CITING = _inflected("quote quotes quoted quoting cite cites cited citing")
# Verbs that give somebody a name: "called Linton a “dictator”"
NAMING = _inflected(
    "call calls called calling describe describes described describing dub dubs dubbed label labels labeled labelled brand brands branded "
    "term terms termed terming deem deems deemed characterise characterised characterises characterize characterized characterizes"
)
PERSONAL_PRONOUNS = frozenset(["he", "she", "they", "we", "i", "it", "you", "who"])
# What a "report" of these is not: the document speaks, not a person
DOCUMENTS = _inflected(
    "report|statement|minutes|letter|declaration|memo|document|communique|communiqué|email|e-mail|headline|story|article|ad|ads sign|signs "
    "poll|study|survey|book|law|bill|rule|text|message|tweet|post|banner|poster|video|caption|page|site|website|column|editorial|op-ed "
    "treaty|charter|resolution|indictment|complaint|lawsuit|ruling|decision|note|script|song|lyrics|chapter|motto|title"
)
# Nouns for people who may speak without a name, and for bodies that do
PERSON_NOUNS = _inflected(
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


@cache
def _people_by_noun() -> frozenset[str]:
    """The nouns of which the first meaning is a person, from Open English WordNet."""
    return frozenset((Path(__file__).parent / "nouns_for_people.txt").read_text(encoding="utf-8").split())


@lru_cache(maxsize=20_000)
def is_person_noun(word: str) -> bool:
    """Whether a noun in small letters, of one or of several, is one for people: "dispatcher", "users"."""
    if word in PERSON_NOUNS:
        return True
    single = (
        word,
        word.removesuffix("s"),
        word.removesuffix("es"),
        re.sub(r"ies$", "y", word),
        re.sub(r"(?<=wo)men$|men$", "man", word),
    )
    return not _people_by_noun().isdisjoint(single)


BODY_NOUNS = _inflected(
    "ministry|ministries government|governments department|departments office embassy commission council committee|committees agency|agencies "
    "army navy military police force|forces alliance company|companies party parliament congress senate court|courts bank|banks institute "
    "association foundation university campaign|campaigns administration union|unions group|groups organization|organisation organizations "
    "treasury kremlin pentagon palace presidency bureau board authority authorities service federation staff newspaper paper magazine "
    "network website firm secretariat delegation headquarters mission panel tribunal chamber cabinet coalition house legislature state"
)


# The state of an American office-holder, where it stands in brackets behind the name: "Sen. X (D-Vt.)" (pure).

_SHORT = {
    "ala": "Alabama", "ariz": "Arizona", "ark": "Arkansas", "calif": "California", "colo": "Colorado", "conn": "Connecticut",
    "del": "Delaware", "fla": "Florida", "ga": "Georgia", "ill": "Illinois", "ind": "Indiana", "kan": "Kansas", "ky": "Kentucky",
    "la": "Louisiana", "md": "Maryland", "mass": "Massachusetts", "mich": "Michigan", "minn": "Minnesota",
    "miss": "Mississippi", "mo": "Missouri", "mont": "Montana", "neb": "Nebraska", "nev": "Nevada", "nh": "New Hampshire",
    "nj": "New Jersey", "nm": "New Mexico", "ny": "New York", "nc": "North Carolina", "nd": "North Dakota",
    "okla": "Oklahoma", "ore": "Oregon", "pa": "Pennsylvania", "ri": "Rhode Island", "sc": "South Carolina",
    "sd": "South Dakota", "tenn": "Tennessee", "tex": "Texas", "vt": "Vermont", "va": "Virginia", "wash": "Washington",
    "wva": "West Virginia", "wis": "Wisconsin", "wyo": "Wyoming",
}  # fmt: skip
# As letters are addressed, where that is shorter still
_POSTAL = {
    "al": "Alabama", "ak": "Alaska", "az": "Arizona", "ar": "Arkansas", "ca": "California", "co": "Colorado", "ct": "Connecticut",
    "de": "Delaware", "fl": "Florida", "hi": "Hawaii", "id": "Idaho", "il": "Illinois", "in": "Indiana", "ia": "Iowa", "ks": "Kansas",
    "me": "Maine", "ma": "Massachusetts", "mi": "Michigan", "mn": "Minnesota", "ms": "Mississippi", "mt": "Montana", "ne": "Nebraska",
    "nv": "Nevada", "oh": "Ohio", "ok": "Oklahoma", "or": "Oregon", "tn": "Tennessee", "tx": "Texas", "ut": "Utah", "wa": "Washington",
    "wv": "West Virginia", "wi": "Wisconsin", "wy": "Wyoming",
}  # fmt: skip
# By their own names; those of four letters are never shortened
STATES = frozenset(_SHORT.values()) | {"Alaska", "Hawaii", "Idaho", "Iowa", "Maine", "Ohio", "Texas", "Utah"}
_BEHIND = re.compile(r"(?:\s\(|,\s)[RDI]-(?P<state>[A-Z][\w.]*(?:\s[A-Z][\w.]*)?)(?=[),])")
_HOLDERS = frozenset(["senator", "representative", "congressman", "congresswoman", "governor"])


def with_state(text: str, end: int, title: str) -> str:
    """A title with the state that stands behind the name which ends at `end`: "Vermont Senator"; else as it is."""
    words = title.split()
    if words[-1].casefold() not in _HOLDERS or len(words) > 1:
        return title
    found = _BEHIND.match(text, end, end + 40)
    if found is None:
        return title
    known = state_of(found["state"].strip())
    return f"{known} {title}" if known else title


def state_of(written: str) -> str | None:
    """The state that is written short: "Vermont" of "Vt."; None for any other abbreviation, other names as they are."""
    short = re.sub(r"[.\s]", "", written.casefold())
    return _SHORT.get(short) or _POSTAL.get(short) or (None if "." in written else written)


# Given names by the gender they usually tell, written from common knowledge (data). Names that tell neither are left out.

_MALE = """
aaron abdullah abraham adam adrian ahmed aidan alan albert alberto alejandro aleksandar aleksander aleksei alexander alexei alfred ali allan allen
alvin amir anatoly anders andrei andrej andres andrew andrii andriy andrius andrzej andy angus ansel anthony anton antonin antonio antony ari armando
arnold arthur artis arturo asif august austin barack barry bart bashar ben benito benjamin bernard bernie bert bill billy bob bobby boris brad bradley
brendan brent brett brian bruce bruno bryan burt byron calvin carl carlos casper cassius cedric cesar chad charles charlie chester chris christian
christopher chuck clarence claude clay clifford clint colin conor corey cory craig curt curtis cyril dan daniel daniil danny dariusz darrell darren
dave david dean denis dennis denys derek derrick desmond diego dimitri dirk dmitri dmitriy dmitry dmytro dominic don donald doug douglas duncan dustin
dwayne dwight earl ed eddie edgar edgars eduard eduardo edward edwin egils eli elias elijah elliot emil emilio emmanuel enrico enrique eric erik ernest
ernesto ethan eugene evan evgeny ezra fareed federico felipe felix ferdinand fernando filip floyd francis francisco frank franklin fred frederic
frederick friedrich fritz gabriel gabrielius garrett gary gavin gene geoff geoffrey george gerald gerard gerhard gianni gilbert giles giovanni giorgio
gitanas giuseppe glenn gordon graham grant greg gregory grigory guillermo gunther gus gustav guy hamid hank hans harold harry harvey hassan hector heinz
helmut henning henri henrik henry herbert herman hiroshi horace howard hubert hugh hugo hussein ian igor ilham ilya imran isaac ismail ivan jack jacob
jacques jaime jake jakub jamal james jamie jan janez janis jared jarrett jason javier jay jean-claude jean-luc jeff jeffrey jens jeremy jerome jerry jesse
jim jimmy joachim joao joe joel johan john johnny johannes jon jonas jonathan jordan jorge jose josef josep joseph josh joshua juan jules julian julius
jurgen justin jyrki kaspars kay keir keith ken kenneth kent kevin kim kirk klaus konstantin krisjanis kristjan kristofer krzysztof kurt kyle kyriakos
lance larry lars laszlo lawrence lee len leo leon leonard leonardo leonid leopold leroy leslie lester levi lewis liam linus lloyd logan lothar lou louis
lucas luigi luis luke mahmoud malcolm manuel marc marcel marcin marco marcus marek mario marius mark marko marshall martin marty marvin mateusz matt
matteo matthew maurice max maxim maximilian mehmet melvin micah michael micheal michal michel miguel mikael mike mikhail milan miles milos miroslav mitch
mitchell mitt mohamed mohammed morgan morris muhammad murray mykhailo mykola nate nathan nathaniel neal ned neil nelson newt nicholas nick nicolas nigel
nikolai nikos noah noel norbert norman olaf olaus oleg oleh oleksandr oleksii oleksiy olexander oliver omar orlando orrin oscar oskar otto owen pablo
pascal patrick paul paulo pavel pavlo pawel pedro pekka per pete peter petr petro petter phil philip philippe phillip pierre piers piotr preston prince
quentin rafael ralph ramon ramzan rand randall randolph randy raphael rashid raul ray raymond recep reggie reginald reince rene rex ricardo richard rick
ricky rishi rob robert roberto robin rod roderick rodney rodrigo roger roland rolf roman ron ronald ronnie rory ross roy ruben rudolf rudolph rudy rupert
russell ryan salman salvador sam samir samuel sander santiago scott sean sebastian serge sergei sergey sergio serhii serhiy seth sidney silvio simon
spencer stanislav stanley stefan stephen steve steven stewart stoyan stuart sven sylvester tareq taras ted terrence terry theodore thomas tiago tim
timothy tobias toby todd tom tomas tomasz tommy toni tony travis trent trevor tristan tyler ulf ulrich urmas vaclav valdis valentin valerii valeriy
vasily vernon victor viktor vince vincent vinnie vito vitali vitaly vlad vladimir vladislav volodymyr vytautas wallace walter warren wayne wesley wilbur
wilfred wilhelm will willard william willie winston wolfgang woodrow xavier yevgeny yitzhak yuri yuriy yves zachary zbigniew zoran artem bogdan borys
denys ihor kyrylo maksym nazar ostap ruslan rustem serhij stepan vadym vasyl viacheslav vyacheslav yaroslav yurii abdel bilal faisal hakan ibrahim jalal
karim khalid mevlut mustafa nasser osama ozgur rajiv ravi sanjay sunil vijay xi yusuf zhang atticus ishmael fitzwilliam ebenezer sherlock huckleberry
heathcliff abel quincey tertius mycroft phileas pip silas dorian gatsby nemo passepartout lemuel starbuck queequeg stubb edmund luc antti alar arvydas
linas rytis kestutis juozas artjoms raimonds guntis egidijus jeppe lokke troels morten magnus espen tore trond jonas bjarni gudmundur laurynas zygimantas
"""

_FEMALE = """
abigail ada adele adriana agnes agnieszka alana alexandra alexandria alice alicia alina alisa alison alma amanda amber amelia amy ana anastasia andrea
angela angelica angelina anita ann anna annabel annalena anne annegret annette annie antonia antje april ariana arlene ashley astrid audrey ava barbara
beata beatrice becky belinda bernadette beth bethany betsy betty beverly bianca bonnie brenda brianna bridget brigitte britney brooke caitlin camilla
candace carla carly carmen carol carole carolina caroline carolyn carrie caroline cassandra catherine cathy cecilia celeste celia celine charlene charlotte
chelsea cheryl chloe christiane christina christine chrystia cindy claire clara clare claudia colleen condoleezza connie constance cordelia corinne cynthia
daisy danielle daria dawn deborah debbie debra deirdre delia denise diana diane dianne dina dolores donna dora doris dorothea dorothy ebba edith eileen ekaterina
elaine eleanor elena elina elisabeth elise eliza elizabeth ella ellen eloise elsa elsie emilia emily emma erica erin esme estelle esther ethel eugenia eva
eve evelyn faith fatima faye felicity fiona florence frances francesca freya gabriela gabrielle gail georgia georgina geraldine gertrude gina gladys gloria
grace greta gretchen gwen gwendolyn hadja hanna hannah harriet hazel heather heidi helen helena helga henrietta hilary hilda hillary holly hope huma ida
ilana ilse imogen ina ines inga ingrid irene irina iris isabel isabella isabelle ivana ivanka ivy iryna jacinda jackie jacqueline jamila jana jane janet
janice janine jasmine jean jeanette jeanine jeanne jen jenna jennifer jenny jessica jill joan joanna joanne jocelyn jodi josephine joy joyce juanita judith
judy julia juliana julie juliet june kaja karen karin karine karla karoline kate katerina katharine katherine kathleen kathryn kathy katie katja katrin
katrina katya kayla kayleigh keisha kellyanne kersti kimberly kirsten kirstjen klara kristen kristin kristina kristine laura lauren lea leah leila lena
lenore leona leslie lilian liliana lillian lily linda lindsay lisa liubov liz liza lois lola loretta lorraine louisa louise lucia lucille lucinda lucy
ludmila lydia lynn lynne mabel madeleine madeline madonna maggie magdalena maia malala mallory mandy mara marcia margaret margarita margot maria mariah
mariam marian marianne marie marilyn marina marion marjorie marlene marsha martha martina mary maryam matilda maureen mavis maxine megan meghan mei melania
melanie melinda melissa mercedes meredith mette mia michaela michele michelle mika mildred millie mina minnie mira miranda miriam mitzi moira mollie molly
mona monica monika muriel myra myrtle nadezhda nadia nadine nan nancy naomi natalia natalie natalya natasha nellie nina nicola nicole nikki nora norma octavia
oksana olena olga olha olivia opal ophelia pam pamela patricia patti patty paula pauline pearl peggy penelope penny petra phoebe phyllis polina polly
priscilla rachael rachel ramona rebecca regina renata renate reta rhonda rita roberta rosa rosalind rose rosemary roxanne ruby ruth sabrina sally salma samantha
sandra sanna sara sarah sasha savannah selena serena shannon sharon sheila shelby shelley sherry sheryl shirley sigrid silvia simone siobhan sofia sonia sonya
sophia sophie stacey stacy stella stephanie sue susan susana susanna susie suzanne svetlana svitlana sviatlana sylvia tabitha tamara tammy tania tanya tara
tatiana tatyana teresa terri tess tessa thelma theresa therese tiffany tina toni tonya tracey tracy tricia trudy tulsi ulla uma ursula valentina valerie
vanessa vera veronica victoria viktoriia viola violet virginia viviane vivian viorica wanda wendy wilhelmina wilma winifred wynonna yalda yana yolanda
yulia yuliia yvette yvonne zainab zeynep zoe zofia zsuzsanna zuzana malgorzata ewa magda inese ingrida dalia viktorija ausrine giedre maja tonje anniken
emine aysha ayesha nilufar hadiza kamala elise karine annika lotta mari riikka krista kelly-anne katarina lubna nino salome maka natela vjosa albulena rumen
marianna ines-maria estella cosette fantine scarlett hermia rowena ottilie lizaveta sonja dunya elinor guinevere ligeia josefine justine nastasya aglaya
"""

_BOTH = frozenset(
    [
        "terry",
        "robin",
        "morgan",
        "jordan",
        "jamie",
        "kelly",
        "kim",
        "jean",
        "andrea",
        "stacy",
        "tracy",
        "lynn",
        "lee",
        "dana",
        "ashley",
        "alexis",
        "leslie",
        "jackie",
        "kerry",
        "casey",
        "taylor",
        "sandy",
        "pat",
        "carmel",
        "sidney",
        "evelyn",
        "vivian",
        "marion",
        "jan",
    ]
)
MALE = frozenset(_MALE.split())
FEMALE = frozenset(_FEMALE.split())


def gender_of(given_name: str) -> str | None:
    """ "m" or "f" for a given name that tells, None for one that does not."""
    name = given_name.casefold().strip(".'’")
    male, female = name in MALE, name in FEMALE
    if male == female or name in _BOTH:
        return None
    return "m" if male else "f"
