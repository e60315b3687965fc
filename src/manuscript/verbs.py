"""The verbs of promises: what a body does, what is done, what shall be done, what was."""

import re

from manuscript.actors import INSIDE
from manuscript.words import Sign, either, words

# A verb in the present, told by its ending.
VERB = (
    rf"(?:(?!(?:{words('no_verbs')})\b)"
    r"(?:[a-zæøå]+er|[a-zæøå]+(?:år|ør|yr)|mødes|gør|ved|[a-zæøå]{3,}(?<!ern)(?<!end)es))"
)
# One that tells what somebody does, not how a thing is.
DOES = rf"(?!(?:{words('states')})\b)({VERB})"

ACT = Sign(rf"\b(?:{words('acts')})\b", words("acts"))
DONE_TO = Sign(rf"\b(?:{words('passive')}|tages op|følges op)\b", words("passive") + "|tages")
COMING = Sign(rf"\b(?:{words('coming')})\b", words("coming"))
# What follows "skal" and "vil" where nothing is promised: a wish, a guess, what a thing leads to.
NO_WORK = either(
    *("ikke", "sige", "gerne", "helst", "bemærkes", "nævnes", "understreges", "overveje", "formentlig"),
    *("måske", "falde", "stige", "kunne", "føle", "opleve", "turde"),
)
LEADS_TO = either("betyde", "give", "kræve", "koste", "medføre", "vise")
IN_BETWEEN = r"(?: (?:dog|jo|også|altid|derfor|der|det|nok|stadig|fortsat|så|man|alle|de))?"
MODAL = Sign(
    rf"\b(?:skal\b(?!{IN_BETWEEN} (?:{NO_WORK})\b)|vil\b(?!{IN_BETWEEN} (?:{NO_WORK}|{LEADS_TO})\b))",
    "skal vil",
)
MAY = Sign(
    rf"^(?:\w+ )?(?:{INSIDE}) kan (?:også |desuden |endvidere )?"
    r"(?:drøfte|beslutte|vælge|invitere|foreslå|tage)\b",
    "drøfte beslutte vælge invitere foreslå tage",
)
LASTING = Sign(r"\bkan (?:løbende|altid|hver \w+) \w+es\b", "løbende altid hver")
WISH = Sign(r"\b(?-i:vigtigt)\b[^.]*, at\b", "vigtigt")
WAITS = Sign(r"\bafventes\b|\bendnu ikke (?:afklaret|besluttet|fastlagt)\b", "afventes endnu")
AGREED_TO = Sign(
    r"\b(?:"
    + either(
        "er enige om at",
        "forpligter sig til at",
        "har lovet at",
        "lover at",
        "agter at",
        "har til hensigt at",
        r"det (?:er |bliver )?(?:aftal(?:es|t)|beslut(?:tes|tet))(?: med [\w ]{1,60})?, at",
        r"(?<!som )(?<!der )har (?:besluttet|aftalt|vedtaget)(?: med [\w -]{1,60}?)?,? at"
        r"(?! (?:\w+ ){0,3}ikke\b)",
        "har sagt ja til",
        "har påtaget sig",
        "har givet tilsagn",
        "indvilger i",
        "har (?:fået )?til opgave",
        "påhviler",
        "stillet i udsigt",
        "har tilkendegivet, at",
        "givet til kende, at",
        "påtænkes",
        "forudsættes, at",
        "tilstræbes",
        "opfordres til",
        "bliver bedt om",
        "vil blive anmodet",
    )
    + r")\b|^Der er planlagt\b|^Der (?:nedsættes|oprettes|etableres|ansættes|afholdes|holdes|udarbejdes"
    r"|laves|opsættes|indføres|indkøbes|iværksættes|igangsættes|gennemføres|arrangeres|udpeges|indkaldes"
    r"|udsendes|sendes|uddeles|opstilles)\b"
    r"|^(?:Senest|Inden) [^,.]{4,50}? har [^,.]+ (?:fået|haft|været|\w+[et]t)\b",
    "der senest inden besluttes besluttet aftalt vedtaget valgt enige forpligter lovet lover agter hensigt "
    "aftales sagt påtaget tilsagn indvilger opgave "
    "påhviler udsigt tilkendegivet kende påtænkes forudsættes tilstræbes opfordres bedt anmodet planlagt",
)
# Hangs on something: "hvis", "når", or the verb first ("Viser det sig ...").
LOOSE = Sign(
    either(
        r"\b(?:hvis|såfremt|forudsat)\b",
        r"\b(?:når|så snart) (?!de[tr]te? er aktuelt|den er|det er aktuelt)",
        r"^(?-i:Bliver|Viser|Lykkes|Står|Falder|Stiger|Kan|Får)\b",
    ),
    "hvis såfremt forudsat når snart bliver viser lykkes står falder stiger kan får",
)
PAST = re.compile(rf"\b(?:{words('past')}|\w{{3,}}ede|(?:er|har|var) (?:\w+ ){{0,2}}\w{{3,}}(?:et|t))\b")
