"""The forms by which lines that are no running text give themselves away: patterns only, each group by what it finds."""

from __future__ import annotations

import re


def _any(*patterns: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in patterns), flags)


PHYSICAL = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
WORD = re.compile(r"[^\W_]+(?:[’'‘-][^\W_]+)*")
DOUBLE = re.compile(r"[\"“”„«»]|''|``")
SPEECH = re.compile(
    r"\b(?:said|told|added|insisted|wrote|tweeted|posted|replied|asked|answered|warned|argued|continued|explained|stated|"
    r"noted|declared|concluded|recalled|admitted|claimed|remarked|joked|quipped)\b"
)
REPORTED = re.compile(r"\b(?:said|told|added|according to)\b", re.IGNORECASE)  # headlines say "says"
TERMINAL = re.compile(r"(?:[.?!…:;,—–―-]|\.\.\.)[\"”’'»)\]*_\s]*(?:\[\d{1,3}\]\s?)*$")
CLOSED = re.compile(r"[.…:;,—–―-][\"”’'»)\]*_\s]*$")  # as above, but a question or a cry may be a headline

# --- transcripts ---

# --- captions ---
CAPTION_WORD = (
    r"(?:image|photo|photograph|picture|pic|video|media|file|illustration|graphic|map|chart|foto)s?"
    r"(?:[ -](?:source|caption|credit|courtesy|copyright|file|photo))?"
)
CAPTION = _any(
    r"^\W{0,3}(?:image|media|photo|video|picture) (?:source|caption|credit), ",
    r"^\W{0,3}(?:item \d+ of \d+|\d+/\d+\]) ",
    r"\bREUTERS/(?-i:[A-Z])\w+",
    rf"^\W{{0,3}}{CAPTION_WORD}\s?[:：]",
    r"^\W{0,3}file (?:photo|picture|image|[-–—])",
    r"^\W{0,3}(?:photo|photograph|picture|image|illustration|graphic)s? (?:by|courtesy of|courtesy) (?-i:[A-Z]).{0,80}$",
    r"^(?:source|credits?|copyright)\s?:.{0,60}$",
    rf"(?:[.)\]|]\s+){CAPTION_WORD}\s?[:：]\s?[^.:]{{1,60}}\.?$",
    r"(?:[.(\[|]\s*)(?:photo|photograph|picture|image)s? (?:by|courtesy of|provided by) [^.]{1,60}[)\]]?\.?$",
    r"[(\[|–—-]\s?(?:(?:file )?photo|image|picture|credit|reuters|ap|afp|epa|getty|pool|courtesy|via|wikimedia|alamy|pixabay)"
    r"(?: photo| images)?\s?[/:|][^()\[\]]{0,80}[)\]]?\.?$",
    r"[(\[](?:[^()\[\]]{0,60}[/ ,])?(?:getty images|reuters|afp|ap photo|ap|epa|epa-efe|shutterstock|alamy|pixabay|file photo|pool)"
    r"(?:/[^()\[\]]{0,40}| via [^()\[\]]{0,40})?[)\]]\.?$",
    r"(?:/\s?(?:afp|getty images|reuters|epa|pool|shutterstock|alamy)|getty images|getty/\w+|via getty|via ap|via reuters|ap photo)\.?$",
    r"\((?:l|left|right|centre|center)\)[ ,.].{0,200}\b(?:\d{4}|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b[^.]{0,40}\.?$",
    r"\b(?:file photo|file picture|undated photo|pictured (?:here|above|below|left|right))\b",
)
CREDITED_DATELINE = re.compile(r"^[A-Z][A-Z .,'’-]+(?:, [\w. ]+)? \([\w/ .]+\)\s?[-–—]")

# --- what is never running text, wherever it stands ---
ADVERT = _any(
    r"^\W*(?:after|skip past|before) (?:the )?newsletter promotion\W*$",
    r"^\W*(?:list (?:of \d+ items?|\d+ of \d+)|end of list|item \d+ of \d+)\W*$",
    r"^\W*(?:an error (?:has )?occurred|something went wrong|new ?you can now listen)\b[^\"“]{0,80}$",
    r"^\W*(?:advertisement|advertisements|advertising|advert|sponsored(?: content| by .{1,40})?|promoted(?: content)?|"
    r"paid (?:content|partnership)|skip (?:ad|advert|to (?:main )?content).{0,30}|ad feedback|promotion)\W*$",
    r"^\W*(?:story|article|text|report) continues (?:below|after).{0,60}$",
    r"^\W*(?:continue|keep) reading(?: below| the main story| .{0,40})?\W*$",
    r"^\W*(?:play|pause|mute|unmute|listen|print|share|save|e-?mail|copy link|link copied|tweet|menu|search|close|home|loading\S*|"
    r"facebook|twitter|whatsapp|linkedin|telegram|reddit|pinterest|instagram|youtube|messenger|x)"
    r"(?:\W+(?:this|the|article|story|page|on|via|with|play|pause|mute|share|save|print|e-?mail|facebook|twitter|whatsapp|linkedin|"
    r"telegram|reddit|pinterest|instagram|youtube|messenger|friends|x))*\W*$",
    r"^\W*(?:in full|watch|listen|video|audio|podcast|gallery|explainer|analysis|live|exclusive|breaking)\s?[:|]\s?[^.\"“]{3,120}$",
    r"^\W*(?:watch|listen|see) (?:more|now|live|the (?:video|full)|below|above)\b[^\"“]{0,80}$",
)
COOKIES = re.compile(
    r"\bcookies?\b|\bprivacy (?:options|settings|policy|notice|preferences|centre|center)\b", re.IGNORECASE
)
CONSENT = re.compile(
    r"\b(?:use[sd]?|using|accept|consent(?:ed)?|settings?|preferences|polic(?:y|ies)|sites?|websites?|browser|technologies|allow|enabled?|provider|"
    r"partners|options|permission|notice|device|personali[sz]ed)\b",
    re.IGNORECASE,
)
READER = re.compile(
    r"\b(?:you|your|yours|we|our|us|consent|accept|this (?:content|site|website|page)|permission|preferences|settings|provider)\b",
    re.IGNORECASE,
)
PLAYER = _any(
    r"\b(?:accessible|html5|embedded|audio|video) (?:video |audio )?player\b",
    r"\b(?:enable|activate|turn on|requires?) javascript\b",
    r"\bbrowser (?:does not|doesn[’']t|for a)\b",
    r"\bthis (?:video|audio|content|feature) (?:can ?not|is (?:not|no longer)|isn[’']t|could not) (?:be )?(?:available|played|play|displayed|supported)",
    r"^\W*+(?:\d{1,3}\s?%|\d[\d:]*\s?/\s?[\d:]*\d)\W*+$",
    r"^\W*\d{1,2}:\d{2}(?::\d{2})?\W*$",
    r"^\W*(?:\d{1,2}\s?)?min(?:ute)?s? (?:read|watch|listen)\W*$",
)
IMPERATIVE = re.compile(
    r"^\W*(?:please |for more[^,]{0,30}, |to (?:view|see|show|read|get|continue|access|comment|subscribe|receive|find|learn)\b|"
    r"want (?:more|to)|don[’']t (?:miss|forget)|never miss|stay (?:up|informed|on|ahead|tuned)|"
    r"(?:sign|subscribe|follow|click|tap|download|get|keep up|read|watch|enter|choose|select|start|save|share|join|register|log|donate|"
    r"support|create|activate|become|receive|like|find|check|visit|discover|add|listen|try|unlock|upgrade|manage|update|thank|"
    r"already|by (?:clicking|signing|subscribing|submitting|registering|entering)|you can|your|we (?:use|and our|may|respect|value|rely|need|will)|"
    r"this (?:newsletter|email|site|website)|our|enjoy|help us|have you|do you|got a|email|e-mail|send|contact|call|text|write to|tell us|"
    r"something went|an error|a confirmation|free|current|digital|unlimited|limited|special|subscribers?|premium|members?|buy|pay|shop)\b)",
    re.IGNORECASE,
)
PROMOTED = re.compile(
    r"\b(?:newsletters?|inbox|e-?mail (?:address|alerts?|updates?|newsletter)|subscri(?:be|ption|ptions|ber|bers|bing)|"
    r"sign(?:ing)?[ -]?(?:up|in)|log(?:ged)? ?in|password|"
    r"account|premium|free trial|paywall|(?:our|the|mobile) app\b|app store|google play|google news|apple news|podcasts?\b|whatsapp|"
    r"twitter|facebook|instagram|telegram|youtube|tiktok|linkedin|social media|push notifications?|notifications|breaking news|latest news|"
    r"news alerts?|alerts|daily (?:briefing|digest)|top stories|reading list|read later|latest (?:stories|updates|headlines)|terms (?:of|and)|privacy|cookies?|"
    r"journalism|donat(?:e|ion)|membership benefits|e-?edition|print edition|free every month|unlimited access|full access|for free|"
    r"click here|read more|more stories|on (?:x|threads|bluesky)\b|@\w+|https?://|www\.)",
    re.IGNORECASE,
)
ADDRESSED = re.compile(r"\b(?:you|your|our|us|here|now|today|free|below)\b", re.IGNORECASE)
# Mistakes that are put right; what such a note quotes is what was wrong
CORRECTED = _any(
    r"^\W{0,3}(?:corrections?(?: and clarifications?)?|clarifications?)\s?[:—–-]",
    r"^\W{0,3}an? (?:earlier|previous|prior|original) version of (?:this|the)\b",
    r"^\W{0,3}(?:this|the) (?:article|story|report|piece|post|headline) (?:has been|was) (?:corrected|amended|clarified|revised)\b",
)
NOTICE = _any(
    r"^\W{0,3}(?:privacy notice|our standards|trust principles|ground rules|about this (?:article|story)|sources?)\s?:",
    r"^\W{0,3}this is a (?:breaking|developing) (?:news )?story\b",
    r"^\W{0,3}(?:hi|hello|dear reader)[^\"“]{0,40}\bauthor of this\b",
    r"^\W{0,3}(?:the )?(?:views|opinions) expressed (?:in|by|here)\b",
    r"^\W{0,3}while (?:citing|quoting|using) (?:and using )?(?:any )?(?:materials?|content)\b",
    r"^\W{0,4}(?:additional |with )?(?:reporting|writing|editing) by\b[^\"“]{0,250}$",
    r"^\W{0,4}(?:compiled|translated|edited|reported|written|produced) by (?-i:[A-Z])(?:\S+\s?){1,9}$",
    r"\bcontribut(?:ed|ing) (?:reporting|to (?:this|the) (?:report|story|article)|writing|from)\b[^\"“]{0,80}$",
    r"^\W{0,4}additional reporting\b",
    r"^\W{0,3}(?:editor[’']?s?[’']? notes?|correction|clarification|update|note to (?:readers|editors)|disclaimer|disclosure)\s?[:—–-]",
    r"^\W{0,3}this (?:article|story|report|piece|post|page|page[’']s content|material|interview)\b[^\"“]{0,40}\b(?:(?:was|has been|is) "
    r"(?:first |originally |last |also |republished|updated|corrected|amended|published|edited|produced|generated|protected|copyright))",
    r"^\W{0,3}(?:all rights reserved|copyright|©|\(c\) \d{4})",
    r"\ball rights reserved\b",
    r"^\W{0,3}(?:first |last |originally )?(?:published|updated|posted|modified|created)"
    r"(?:\s?:\s?| on | at | )(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|\d)[^\"“]{0,60}$",
    r"^\W{0,3}(?:filed under|tags?|topics?|categories|category|keywords|posted in|in this (?:article|story)|related topics?)\s?:",
    r"^\W{0,3}(?:by|from|text by|words by|opinion by|analysis by)[ :]+(?-i:(?:[A-ZÀ-Þ][\w.'’-]*,? ?(?:and |& |, |\| |of |for |in )?){1,8})\W*$",
    r"^\W{0,3}(?:ends?|-30-|30|###|#{3,}|\*{3,}|notes? to editors?)\W*$",
    r"^\W{0,3}(?:skip to|back to top|jump to|go to (?:top|homepage)|return to)\b.{0,40}$",
    r"^\W{0,3}(?:abstract|full text|full story|transcript|share your (?:thoughts|views)|have your say|comments? (?:\(\d+\)|are closed.{0,30})|"
    r"\d+ comments?|(?:view|show|hide|post|leave|add|write) (?:a |all |\d+ )?(?:comments?|reply)|be the first to comment.{0,20})\W*$",
)
EDGE = _any(
    r"^\W{0,3}(?:ends?|-30-|30|###|#{3,}|\*{3,})\W*$",
    r"^\W{0,4}(?:additional |with )?(?:reporting|writing|editing|written|compiled) by\b",
    r"^\W{0,3}(?:by|text by|words by|copyright|©|all rights reserved|published|updated|posted|about the author)\b",
    r".*\ball rights reserved\b",
)
LISTED = (
    r"(?:news|stories|articles?|headlines?|posts?|videos?|coverage|content|reading|links?|topics?|updates?|picks?|choice|reads?|"
    r"analysis|opinion|episodes?|interviews?|for you|this week|today|now)"
)
LEAD_IN = _any(
    r"^\W*more (?:on|about|from|in|by|stories|news|coverage|like this|headlines|related|top|for you|to read|articles?|reading)\b[^.\"“]{0,60}$",
    r"^\W*more\s?[:>»]?\s*$",
    r"^\W*(?:read|see|find|learn|discover|watch) (?:out )?(?:more|also|next|further|now|the full)\b[^.\"“]{0,80}$",
    r"^\W*(?:read|see|read more|also read|read also|see also|also see|must read|related|recommended|more|in pictures|opinion)\s?:",
    rf"^\W*(?:related|recommended|popular|trending|latest|most (?:read|popular|viewed|shared|commented|watched)|top|similar|other|further|"
    rf"featured|editor[’']?s|sponsored|promoted|paid|must)(?: \w+)?(?: {LISTED})?\W*$",
    r"^\W*(?:you (?:may|might) (?:also )?(?:like|be interested)|don[’']t miss|what to read|in other news|around the web|"
    r"also (?:in|on|from) (?-i:[A-Z])|elsewhere (?:in|on)|up next|(?:stories|news|articles|more) (?:you may|from (?:around|our|the web)))"
    r"[^.\"“]{0,50}$",
)
AUTHOR_BOX = _any(
    r"^\W*(?:about|meet) the (?:authors?|writers?|reporters?)\W*$", r"^\W*(?:author|writer)(?: bio| profile)?s?\W*$"
)
BIOGRAPHY = re.compile(
    r"^(?:[A-ZÀ-Þ][\w.'’-]* ){1,5}(?:is|was|are|writes|covers|has been)\b.{0,200}?\b(?:columnist|reporter|correspondent|editor|writer|author|"
    r"fellow|professor|director|journalist|covers|contributor|agency|newspaper|president of|playwright)\b"
)
COMMENTS = re.compile(
    r"^\W*(?:(?:\d+ )?comments?(?: \(\d+\))?|leave a (?:reply|comment)|join the (?:conversation|discussion))\W*$",
    re.IGNORECASE,
)

# --- Markdown ---
HEADING = re.compile(r"^#{1,6}\s")
LINK_ONLY = re.compile(r"^[\s>*+\d.-]*(?:!?\[[^\]]{0,300}\]\([^()\s]{1,500}(?: [^()]{0,100})?\)[\s|,·•>/-]*)+$")
BULLET = re.compile(r"^\s*(?:[•·▪◦‣*+-]|\d{1,3}[.)])\s")
RULE = re.compile(r"^\W+$")
