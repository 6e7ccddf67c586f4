"""Turns of phrase that rules look for, in English, as data: what lays a claim to sources without naming one."""

from __future__ import annotations

import re

from diptych.model.prose import word_set

QUANTIFIERS = (
    "recent", "prior", "previous", "earlier", "past", "existing", "many", "several", "some", "numerous", "various",
    "multiple", "most", "other", "much", "extensive", "a number of", "a growing body of",
)  # fmt: skip
"""What stands before the unnamed sources."""

SOURCES = (
    "work", "works", "research", "literature", "studies", "papers", "publications", "articles", "surveys", "reports",
    "authors", "researchers", "scholars", "scientists", "experts", "investigations",
)  # fmt: skip
"""The unnamed sources. A single paper or study is not among them: *the other paper* is one of the two at hand."""

BARE_SOURCES = ("studies", "research", "researchers", "scientists", "experts", "the literature")
"""Unnamed sources that need nothing before them, at the beginning of a clause."""

ADVERBS = ("also", "already", "often", "repeatedly", "consistently", "clearly", "recently", "now", "long", "widely")
"""What may stand before the verb."""

VERBS = (
    "show", "shows", "showed", "shown", "find", "finds", "found", "suggest", "suggests", "suggested", "demonstrate",
    "demonstrates", "demonstrated", "report", "reports", "reported", "argue", "argues", "argued", "observe", "observes",
    "observed", "indicate", "indicates", "indicated", "prove", "proves", "proved", "proven", "confirm", "confirms",
    "confirmed", "reveal", "reveals", "revealed", "establish", "establishes", "established", "claim", "claims",
    "claimed", "agree", "agrees", "agreed",
)  # fmt: skip
"""What the unnamed sources are said to do. After *may* or *should* it is no claim."""

FIXED = (
    r"it (?:is|was) (?:now |by now |very )?(?:well|widely|generally|commonly|universally|often) "
    r"(?:known|accepted|established|believed|agreed|recogni[sz]ed|acknowledged|assumed|held|thought)",
    r"it has (?:long |often |recently |already |repeatedly )?been "
    r"(?:shown|demonstrated|argued|reported|suggested|found|proven|proved|observed|established)",
    r"(?:has|have) (?:long |often |recently |already |repeatedly )?been "
    r"(?:shown|demonstrated|reported|found|proven|proved|observed) (?:to|that)",
    r"(?:is|are) (?:well|widely|generally|commonly|universally) "
    r"(?:known|accepted|believed|agreed|recogni[sz]ed|acknowledged|thought|held) (?:to|that|as)",
    r"as is (?:well|widely|generally|commonly) known",
    r"there is (?:a )?(?:broad |general |wide |widespread |growing )(?:consensus|agreement|evidence) that",
    r"according to (?:recent|many|several|some|most|other|prior|previous) (?:work|studies|papers|research\w*|experts)",
)
"""Whole phrases, as patterns."""

POINTING = word_set("the these those this that our their its his her both two no any whether")
"""Before the quantifier, these say that sources already named are meant, or none."""

OWN = (
    r"(?:we|i) (?:also |then |therefore |only )?(?:assum|calculat|check|choos|chose|comput|count|draw|drew|estimat|"
    r"expect|generat|inspect|label|measur|pick|plot|propos|ran|rat|recommend|sampl|simulat|suggest|tall|test|tim|took|tried|"
    r"try|watch)(?:e|ed|d|y|ied|s)?",
    r"(?:our|my)(?: own)? (?:\w+ )?(?:arithmetic|calculation|computation|count|estimate|experiment|guess|interval|"
    r"measurement|plot|proposal|reading|sample|simulation|tally)s?",
    r"(?:would|could|should|might|suppose|imagine|let us)",
)
"""What makes a number the author's own, or one that is proposed or supposed and not reported, as patterns."""


def _either(words: tuple[str, ...]) -> str:
    return "|".join(words)


_VERB = rf"(?:(?:has|have|had) )?(?:(?:{_either(ADVERBS)}) )?(?:{_either(VERBS)})\b"
CLAIM = (
    rf"(?i)\b(?:{_either(QUANTIFIERS)})(?: [\w-]+){{0,2}} (?:{_either(SOURCES)}) {_VERB}"
    rf"|(?:^|(?<=[.,:;] )|(?<=that )|(?<=and )|(?<=but )|(?<=as )|(?<=because )|(?<=since )|(?<=while ))"
    rf"(?:{_either(BARE_SOURCES)}) {_VERB}"
    rf"|\b(?:{_either(FIXED)})\b"
)
"""A claim on sources that are not named. White space must have been made single spaces. A pattern."""
SIGNS = word_set("according been commonly generally often there universally well widely")
"""Every claim that is a whole phrase has one of these words."""
PREDICATES = frozenset({"has", "have", "had", *ADVERBS, *VERBS})
"""In every other claim one of these follows right after the sources."""
OWN_NUMBER = re.compile(rf"\b(?:{_either(OWN)})(?!\w)", re.IGNORECASE)
"""A sentence with this speaks of the author's own numbers, or of supposed ones."""
