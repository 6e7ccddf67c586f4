"""Which numbers in running text report something that a reader may want to look up.

A **stated number** is

- a percentage: ``70.5%``, ``12 percent``, ``3 percentage points``;
- a decimal, or a number with separators: ``0.31``, ``1,600``;
- a measured quantity, that is a number with a unit or an order of magnitude: ``4 s``, ``16 fps``, ``34M``,
  ``35 million``, ``3x``, ``512 × 512``;
- a count, from a bound upwards that is a setting: ``307 prompts``.

It is not a stated number when it is written in words; when it names something, as in ``GPT-4``, ``3D``,
``Llama 3.1``, ``RTX 4090``, ``the 5B model``, ``16-bit``; when it is a year, a date, an ordinal, a ratio (``16:9``)
or a version; when it numbers something, as in ``Section 3.2``, ``Tables 3 and 4``, ``question 12``; when it is the
level of an interval, as in ``95% confidence``; when it is a label or a bound, as in ``(12)`` and ``[4, 16]``.
Formulas and code are never looked into.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from diptych.model.prose import STAND_INS, word_set

_TOKEN = re.compile(rf"[^\s()\[\]{{}}\"\u201c\u201d\u2018\u2014;{STAND_INS}]+")
_DIGIT = re.compile(r"\d")
_SIGNS = "~\u2248<>\u2264\u2265\u00b1+\u2212-=$\u20ac\u00a3"
_TAIL = ".,:!?'\u2019*"
_PLAIN = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_NUMBER = re.compile(_PLAIN)
_PERCENT = re.compile(rf"(?:{_PLAIN}(?:%|\u2030)?[\u2013-])?{_PLAIN}(?:%|\u2030)")
_RANGE = re.compile(rf"({_PLAIN})[\u2013-]({_PLAIN})")
_SIZE = re.compile(rf"({_PLAIN})[x\u00d7]({_PLAIN})(?:[x\u00d7]{_PLAIN})*")
_WITH_UNIT = re.compile(
    rf"{_PLAIN}(?:[kMBTx\u00d7sh]|bn|ms|fps|px|dB|min|[kKMGT]i?B|[kMG]?Hz|GFLOPs|TFLOPs|\u00b0C?|K)(?:/s)?"
)
_DECADE = re.compile(r"(?:19|20)\d0s")
_COMPOUND = re.compile(rf"({_PLAIN})-([a-z]+)")
_FORMATS = frozenset({"2K", "4K", "8K"})
_ARXIV = re.compile(r"\d{4}\.\d{4,5}")
_MAGNITUDES = word_set("hundred hundreds thousand thousands million millions billion billions trillion")
_UNITS = _MAGNITUDES | word_set(
    "% \u2030 percent per-cent percentage pp s sec secs second seconds ms millisecond milliseconds min minute minutes "
    "h hour hours day days week weeks fps frames pixels px kb mb gb tb hz khz mhz ghz db gpu gpus tpu tpus "
    "gpu-hours gpu-days flops gflops tflops k m b bn x \u00d7 mm cm km mg kg ml"
)
_NAMING = frozenset({"bit", "bits", "shot", "way", "hot", "nearest", "parameter"})
"""After a number and a hyphen these make a name: ``16-bit``, ``10-shot``."""
_MODELS = word_set(
    "model models variant variants version versions checkpoint checkpoints network networks transformer system systems "
    "baseline baselines one"
)
"""After a size these make a name: ``the 5B model``."""
_LABELS = word_set(
    "algorithm algorithms app appendix appendices ch chapter chapters col column columns criterion definition eq eqs "
    "equation equations example examples experiment experiments fig figs figure figures footnote footnotes issue "
    "item items layer layers lemma level levels line lines no nos nr note notes number option p page pages panel "
    "panels part parts phase phases pp q question questions row rows sec secs section sections stage stages step steps "
    "tab tabs table tables task tasks theorem track v version versions vol volume volumes"
)
"""What is numbered. A number after one of these says which one, not how many."""
_JOINING = frozenset({"and", "or", "to", "through", "&", "\u2013", "-"})
_MONTHS = word_set(
    "jan january feb february mar march apr april may jun june jul july aug august sep sept september oct october nov "
    "november dec december"
)
_OF_TIME = word_set("in since by until till from before after during early mid late of around year years")
_LEVELS = word_set("confidence credible interval intervals ci cis level significance wilson bootstrap")
_OPENERS = word_set(
    "a about above across after against all almost among an and another around as at barely before below between both "
    "but by despite even every exactly for from given here if in into its just last least like most nearly next of on "
    "only or our over per roughly since some still that the their these they this those though through to toward under "
    "until up upon using we when where whereas which while with within without yet"
)
"""Words that may stand in capitals before a number without being a name: they open a sentence."""


def has_digit(text: str) -> bool:
    """Whether ``text`` can state a number at all, as few sentences do."""
    return _DIGIT.search(text) is not None


def stated_numbers(text: str, least_count: int, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Where each stated number of ``text[start:end]`` begins and ends, its unit included."""
    end = len(text) if end is None else end
    if not _DIGIT.search(text, start, end):
        return
    tokens = [(match.start(), match.end()) for match in _TOKEN.finditer(text, start, end)]
    labelled = False
    for number, (first, last) in enumerate(tokens):
        token = text[first:last]
        core = token.lstrip(_SIGNS).rstrip(_TAIL)
        if not core[:1].isdigit():
            word = _bare(token)
            labelled = word in _LABELS or (labelled and word in _JOINING)
            continue
        if labelled:  # also the second of "Tables 3 and 4"
            continue
        begin = first + token.index(core)
        place = (begin, begin + len(core))
        around = _Around(text, tokens, number)
        if core == token.rstrip(_TAIL).lstrip(_SIGNS) and _is_stated(core, around, least_count):
            unit = around.unit_end
            yield (place[0], unit) if unit else place


class _Around:
    """The words next to one token."""

    def __init__(self, text: str, tokens: list[tuple[int, int]], number: int) -> None:
        self._text, self._tokens, self._number = text, tokens, number

    def word(self, step: int) -> str:
        """The token ``step`` places on, as written, or empty; a bracket or formula in between hides it."""
        at = self._number + step
        if not 0 <= at < len(self._tokens):
            return ""
        low, high = sorted((at, self._number))
        between = self._text[self._tokens[low][1] : self._tokens[high][0]]
        hidden = any(not (character.isspace() or character.isalnum()) for character in between) and abs(step) == 1
        return "" if hidden else self._text[slice(*self._tokens[at])]

    @property
    def is_closed(self) -> bool:
        """Whether punctuation parts the token from the next one."""
        return self._text[slice(*self._tokens[self._number])][-1:] in ".,:!?"

    @property
    def is_bracketed(self) -> bool:
        """Whether the number is a label such as ``(12)``, or a bound such as those of ``[4, 16]``."""
        start, end = self._tokens[self._number]
        before, after = self._text[start - 1 : start], self._text[end : end + 1]
        return before == "[" or after == "]" or (before == "(" and after == ")" and end - start < 3)

    @property
    def has_unit(self) -> bool:
        """Whether a unit follows."""
        return not self.is_closed and self.word(1).rstrip(".,:!?").casefold() in _UNITS

    @property
    def unit_end(self) -> int:
        """Where the unit that follows ends, or 0."""
        if not self.has_unit or self.word(1).rstrip(".,:!?") in ("x", "\u00d7"):
            return 0
        return self._tokens[self._number + 1][0] + len(self.word(1).rstrip(".,:!?"))

    @property
    def follows_name(self) -> bool:
        """Whether a word in capitals stands right before, and does not merely open its sentence."""
        before = self.word(-1)
        return before[:1].isupper() and before[-1:] not in _TAIL and before.casefold() not in _OPENERS


def _is_stated(core: str, around: _Around, least_count: int) -> bool:
    following = _bare(around.word(1)) if not around.is_closed else ""
    if _PERCENT.fullmatch(core) or following in ("%", "percent", "\u2030"):
        return not any(_bare(around.word(step)) in _LEVELS for step in (1, 2, 3))
    if _ARXIV.fullmatch(core) or core in _FORMATS:
        return False
    if size := _SIZE.fullmatch(core):
        return max(_value(size[1]), _value(size[2])) >= least_count
    if _WITH_UNIT.fullmatch(core):
        return following not in _MODELS and not _DECADE.fullmatch(core)
    if found := _RANGE.fullmatch(core):
        is_years = _is_year(found[1]) and len(found[2]) in (2, 4)
        return not is_years and (_is_precise(core) or _value(found[2]) >= least_count or around.has_unit)
    if found := _COMPOUND.fullmatch(core):
        return found[2] not in _NAMING and (found[2] in _UNITS or _value(found[1]) >= least_count)
    return bool(_NUMBER.fullmatch(core)) and _is_stated_plain(core, around, least_count)


def _is_stated_plain(core: str, around: _Around, least_count: int) -> bool:
    if around.has_unit:
        word = around.word(1).rstrip(".,:!?")
        if word in ("x", "\u00d7"):  # 512 × 512
            return max(_value(core), _value(around.word(2).rstrip(_TAIL))) >= least_count
        return not (word in ("M", "B", "K") and _bare(around.word(2)) in _MODELS)
    if _bare(around.word(1)) in _MONTHS or _bare(around.word(-1)) in _MONTHS:
        return False
    if around.follows_name and _looks_like_name(core):
        return False
    if _is_year(core):
        return _counts_things(around)
    return _is_precise(core) or (_value(core) >= least_count and not around.is_bracketed)


def _counts_things(around: _Around) -> bool:
    """Whether what could be a year counts something, as in ``more than 2000 prompts``."""
    before, after = around.word(-1), around.word(1).rstrip(".,:!?")
    if around.is_closed or before[:1].isupper() or not before or _bare(before) in _OF_TIME:
        return False
    return len(after) > 4 and after.isalpha() and after.islower() and after.endswith("s")


def _looks_like_name(core: str) -> bool:
    """Whether a number after a name may belong to it: ``Llama 3.1``, ``RTX 4090``; not ``Kling 0.367``."""
    whole, point, part = core.partition(".")
    if not whole.isdigit():
        return False
    return 0 < int(whole[:4]) < 100 and len(whole) < 3 and len(part) < 3 if point else len(whole) < 5


def _is_year(core: str) -> bool:
    return len(core) == 4 and core.isdigit() and core[:2] in ("19", "20")


def _is_precise(core: str) -> bool:
    return "." in core or "," in core


def _value(core: str) -> float:
    match = _NUMBER.match(core)
    return float(match[0].replace(",", "")[:15]) if match else 0.0


def _bare(token: str) -> str:
    return token.strip(".,:;!?'\u2019*").casefold()
