"""Words that build questions: what may stand before a speaker, after one, and what heads a described source."""

from __future__ import annotations

from retrieval.asking.terms import listed

AUXILIARIES = listed("did does do has have had didnt doesnt hasnt havent dose")
COPULAS = listed("is was were are isnt wasnt arent werent whats")
MODALS = listed("would could will should might can may shall wouldnt")
QUESTION_WORDS = listed("what which who whom whose why how when where whats")
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
