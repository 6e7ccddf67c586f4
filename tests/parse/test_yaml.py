"""YAML with places: plain data only, and every value where it stands, whichever loader reads it."""

from collections.abc import Iterator
from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import diptych.parse.yaml as module
from diptych.data.located import Located
from diptych.diagnostics import Problem
from diptych.parse.yaml import read_yaml
from diptych.span import Source

LOADERS = [loader for name in ("CSafeLoader", "SafeLoader") if (loader := getattr(yaml, name, None))]


@pytest.fixture(params=LOADERS, ids=lambda loader: loader.__name__)
def _loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Each test below runs with the fast loader and with the one that is always there."""
    monkeypatch.setattr(module, "_Loader", request.param)


pytestmark = pytest.mark.usefixtures("_loader")


def read(text: str, before: str = "---\n", after: str = "---\nbody: [") -> tuple[Source, Located | None, list[Problem]]:
    """``text`` read from the middle of a file."""
    source, problems = Source("a.md", before + text + after), []
    return source, read_yaml(source, len(before), len(before) + len(text), problems), problems


def places(text: str) -> dict[str, str]:
    """Each value of ``text`` by its path, as written."""
    source, located, problems = read(text)
    assert problems == []
    return {path: source.cut(span) for path, span in located.places().items() if path}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("plain text", "plain text"),
        ("3", 3),
        ("3.5", 3.5),
        ("true", True),
        ("~", None),
        ("2026-01-31", date(2026, 1, 31)),
        ("2026-01-31T10:00:00Z", "2026-01-31T10:00:00+00:00"),
        ("'it''s: # quoted'", "it's: # quoted"),
        ('"a \\"quoted\\" word"', 'a "quoted" word'),
        ("größer \N{GRINNING FACE} als", "größer \N{GRINNING FACE} als"),
        ("two\n  lines", "two lines"),
        ('"two\n\n  paragraphs"', "two\nparagraphs"),
        ("|\n  one\n\n  two", "one\n\ntwo\n"),
        ("|-\n  one", "one"),
        (">\n  one\n  two", "one two\n"),
        ("[a, [b, c]]", ["a", ["b", "c"]]),
        ("{a: 1, b: [2]}", {"a": 1, "b": [2]}),
        ("[]", []),
        ("\n  a: 1\n  b:\n    - 2", {"a": 1, "b": [2]}),
        ("\n- a\n- b: 1", ["a", {"b": 1}]),
    ],
)
@pytest.mark.parametrize("after", ["", "\n", "\n# a comment\n", "\nnext: 1\n", "\n\n# a comment\n\nnext: 1\n"])
def test_every_kind_of_value_keeps_its_place(written: str, value: object, after: str) -> None:
    source, located, problems = read(f"# before\nkey: {written}{after}")
    assert problems == []
    item = located.value["key"]
    got = item.plain()
    # whether the last line of a block scalar is ended depends on what follows it
    assert (got.rstrip("\n"), str) == (value.rstrip("\n"), str) if isinstance(value, str) else got == value
    assert source.cut(item.span) == written.strip()
    assert source.cut(located.key_spans["key"]) == "key"


def test_values_within_values_have_places_of_their_own() -> None:
    assert places("authors:\n  - name: Ada  # a comment\n    tags: [x, 'y']\n  - {name: Bo}\nend:\n") == {
        "authors": "- name: Ada  # a comment\n    tags: [x, 'y']\n  - {name: Bo}",
        "authors[0]": "name: Ada  # a comment\n    tags: [x, 'y']",
        "authors[0].name": "Ada",
        "authors[0].tags": "[x, 'y']",
        "authors[0].tags[0]": "x",
        "authors[0].tags[1]": "'y'",
        "authors[1]": "{name: Bo}",
        "authors[1].name": "Bo",
        "end": "",
    }


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85"])
def test_a_line_separator_that_only_yaml_knows_moves_no_place(separator: str) -> None:
    assert places(f'abstract: "one{separator}two"\nkey: value\n')["key"] == "value"
    assert places(f"abstract: |\n  one{separator}  two\nkey: value\n")["key"] == "value"


@pytest.mark.parametrize(
    ("text", "kind", "words", "written"),
    [
        ("a: 1\nb: &x 2\n", "not-plain-data", "anchors", "&x"),
        ("a: *x\n", "not-plain-data", "aliases", "*x"),
        ("a: !!python/object:os.system x\n", "not-plain-data", "tags", "!!python/object:os.system"),
        ("a: !own x\n", "not-plain-data", "tags", "!own"),
        ("? [a, b]\n: 1\n", "not-plain-data", "a key must be plain text", "[a, b]"),
        ("a: 1\nb: 2\na: 3\n", "repeated-field", '"a" is set twice, first in line 2', "a"),
        ("a: {x: 1, x: 2}\n", "repeated-field", '"x" is set twice', "x"),
        ("a: 2026-02-30\n", "malformed-field", '"2026-02-30" is not a valid date', "2026-02-30"),
        ("a: 0b_\n", "malformed-field", '"0b_" is not a valid', "0b_"),
        ("a: \x01\n", "yaml-syntax", "control character U+0001", "\x01"),
    ],
)
def test_what_is_not_plain_data_is_named_with_its_place(text: str, kind: str, words: str, written: str) -> None:
    source, _, (problem,) = read(text)
    assert problem.kind == kind
    assert words in problem.message
    assert source.cut(problem.span) == written


def test_the_first_of_two_equal_keys_is_kept() -> None:
    assert read("a: 1\na: 2\n")[1].plain() == {"a": 1}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: b: c\n", 2),
        ("a: [1, 2\n", 3),
        ("a: 'unclosed\n", 2),
        ("a: 1\n b: 2\n", 3),
        ("a: @x\n", 2),
        ("a: 1\n--- \nb: 2\n", 3),
        ("\tx: 1\n", 2),
    ],
)
def test_a_syntax_error_is_named_with_its_place(text: str, line: int) -> None:
    _, located, (problem,) = read(text)
    assert located is None
    assert problem.kind == "yaml-syntax"
    assert problem.message.startswith("the front matter is not valid YAML: ")
    assert "\n" not in problem.message
    assert abs(problem.span.line - line) <= 1  # the two loaders do not see an unclosed value end in the same line


def test_what_is_nested_too_deeply_is_refused() -> None:
    for text in ("a: " + "[" * 13 + "]" * 13, "- " * 13 + "x", "? " * 13 + "x", "a: " + "{b: " * 13):
        _, located, (problem,) = read(text)
        assert located is None
        assert "nested more than 12 levels deep" in problem.message
    assert read("a: " + "[" * 11 + "]" * 11)[1] is not None


def test_nothing_is_nothing() -> None:
    assert read("")[1:] == (None, [])
    assert read("# only a comment\n")[1:] == (None, [])


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.dates() | st.text("ab :#'\"-[]{}&*!|>%@\n\té\u2028😀", max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc é😀", max_size=4), inner, max_size=3),
    max_leaves=8,
)
DOCUMENTS = st.dictionaries(st.text("abc", min_size=1, max_size=4), VALUES, min_size=1)


@given(DOCUMENTS, st.sampled_from([None, True, False]), st.sampled_from([None, "'", '"']), st.booleans())
def test_places_of_generated_documents_lead_back_to_their_values(
    value: dict, flow: bool | None, style: str | None, unicode: bool
) -> None:
    text = yaml.safe_dump(value, default_flow_style=flow, default_style=style,
                          allow_unicode=unicode, sort_keys=False)  # fmt: skip
    if any(mark in text for mark in ("&id", "!!")):  # what is the same object twice, or needs a tag in quotes
        return
    source, located, problems = read(text)
    assert problems == []
    assert located.plain() == value
    check_places(source, located)


def check_places(source: Source, item: Located) -> None:
    """Each value's text, read alone, is the value again; each key's text is the key."""
    if isinstance(item.value, dict):
        for name, part in item.value.items():
            assert yaml.safe_load(source.cut(item.key_spans[name])) in (name, None if name == "" else name) or (
                str(yaml.safe_load(f"[{source.cut(item.key_spans[name])}]")[0]) == name
            )
            check_places(source, part)
    elif isinstance(item.value, list):
        for part in item.value:
            check_places(source, part)
    else:
        written = source.cut(item.span)
        assert yaml.safe_load(f"\n{written}\n") == item.value or written[:1] in "|>'\""
