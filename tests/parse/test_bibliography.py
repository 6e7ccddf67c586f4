"""BibTeX as it comes: every place exact, nothing hidden by what is broken elsewhere."""

import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pybtex.database.input.bibtex import Parser

from diptych.model.bibliography import Bibliography
from diptych.parse.bibliography import read_bibliography, read_file
from diptych.span import Source


def read(text: str) -> Bibliography:
    return read_bibliography([Source("a.bib", text)])


def values(text: str, key: str = "a") -> dict[str, str]:
    return {name: field.value for name, field in read(text).entries[key].fields.items()}


def problems(text: str) -> list[tuple[str, int, int, str]]:
    """Kind, line, column and the text that each problem is about."""
    bibliography = read(text)
    source = bibliography.sources["a.bib"]
    return [
        (problem.kind, problem.span.line, problem.span.column, source.cut(problem.span))
        for problem in bibliography.problems
    ]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("{x}", "x"),
        ('"x"', "x"),
        ("2020", "2020"),
        ("{a {b {c}} d}", "a {b {c}} d"),
        ('"a {"} b"', 'a {"} b'),
        ('"a {b "c, d"} e"', 'a {b "c, d"} e'),
        ('{a "b}', 'a "b'),
        ('"G{\\"o}del"', 'G{\\"o}del'),
        ("{50\\% = a # b @ c}", "50\\% = a # b @ c"),
        ('"a" # { b} # 3', "a b3"),
        ("me # { and } # ME", "Carla and Carla"),
        ("jan", "jan"),
        ("{a\n   b\r\n c}", "a b c"),
        ("{}", ""),
        ("{ a\\\n b }", "a\\ b"),
    ],
)
def test_a_value_is_resolved(written: str, value: str) -> None:
    text = f'@string{{me = "Carla"}}\n@misc{{a,\n  note = {written},\n  year = 1}}'
    assert values(text) == {"note": value, "year": "1"}
    assert problems(text) == []
    field = read(text).entries["a"].fields["note"]
    assert text[field.value_span.start : field.value_span.end] == written


@pytest.mark.parametrize("written", ['"a" # "b"', "me"])
def test_text_that_is_not_written_out_has_no_place(written: str) -> None:
    entry = read(f'@string{{me = "Carla"}} @misc{{a, note = {written}}}').entries["a"]
    assert entry.fields["note"].text_span is None


def test_text_that_is_written_out_has_a_place() -> None:
    text = "@misc{a, note = {x y}, year = 2020}"
    fields = read(text).entries["a"].fields
    assert [text[f.text_span.start : f.text_span.end] for f in fields.values()] == ["x y", "2020"]


@pytest.mark.parametrize(
    "text",
    ["@misc(a, note = {x)}, year = 1)", "@MISC {a,note={x)},YEAR=1,}", "  @misc{a , note = {x)} ,\r\n year = 1 , ,}"],
)
def test_forms_of_an_entry(text: str) -> None:
    entry = read(text).entries["a"]
    assert (entry.type, entry.is_whole, values(text)) == ("misc", True, {"note": "x)", "year": "1"})
    assert text[entry.type_span.start : entry.type_span.end].lower() == "misc"
    assert text[entry.span.start : entry.span.end] == text.strip()
    assert problems(text) == []


def test_an_entry_without_fields_is_an_entry() -> None:
    assert list(read("@misc{a}@misc{b,}").entries) == ["a", "b"]
    assert problems("@misc{a}@misc{b,}") == []


def test_other_blocks_are_no_entries() -> None:
    text = (
        '@preamble{"\\x" # {y}}\n@comment{jabref {x}}\n@string(s = {t})\n% comment = of no import\n@misc{a, note = s}'
    )
    assert list(read(text).entries) == ["a"]
    assert values(text) == {"note": "t"}
    assert problems(text) == []


BROKEN = [
    pytest.param("@misc{a, note = {x", [("bibtex-syntax", 1, 17, "{")], id="open brace"),
    pytest.param('@misc{a, note = "x', [("bibtex-syntax", 1, 17, '"')], id="open quote"),
    pytest.param('@misc{a, note = "x}"}', [("bibtex-syntax", 1, 17, '"')], id="brace too many in quotes"),
    pytest.param("@misc{a, note = {x},", [("bibtex-syntax", 1, 1, "@")], id="open entry"),
    pytest.param("@misc{a,\n note = {x}\n year = 1}", [("bibtex-syntax", 3, 2, "year")], id="missing comma"),
    pytest.param("@misc{a\n note = {x}}", [("bibtex-syntax", 1, 7, "a")], id="missing comma after the key"),
    pytest.param("@misc{a, note = {x\\} y}, year = 1}", [("bibtex-syntax", 1, 22, "y},")], id="escaped brace"),
    pytest.param("@misc{a, note = , year = 1}", [("bibtex-syntax", 1, 16, " ")], id="no value"),
    pytest.param("@misc{a, note = 'x', year = 1}", [("bibtex-syntax", 1, 17, "'x'")], id="apostrophes"),
    pytest.param("@misc{a, % x\n note = {x}}", [("bibtex-syntax", 1, 10, "% x")], id="comment within"),
    pytest.param("@misc{a, note}", [("bibtex-syntax", 1, 10, "note}")], id="name alone"),
    pytest.param("@misc{, note = {x}}", [("missing-key", 1, 7, ",")], id="no key"),
    pytest.param("@misc{note = {x}}", [("missing-key", 1, 6, "{")], id="no key and no comma"),
    pytest.param("@misc{a b, note = {x}}", [("odd-key", 1, 7, "a b")], id="key in two words"),
    pytest.param("@misc{a, note = x}", [("undefined-string", 1, 17, "x")], id="undefined string"),
    pytest.param("@misc{a, t = {x}, T = {y}}", [("duplicate-field", 1, 19, "T")], id="field twice"),
    pytest.param("@ misc{a, note = {x}}", [("bibtex-syntax", 1, 1, "@ misc"), ("bibtex-syntax", 1, 11, "note")],
                 id="space behind the at"),
    pytest.param("@in-book{a}", [("bibtex-syntax", 1, 1, "@in-book")], id="hyphen in the type"),
    pytest.param("% me@example.org", [("bibtex-syntax", 1, 5, "@example.org")], id="at in a comment"),
    pytest.param("@misc{a, t = {x}}, author = {y}}", [("bibtex-syntax", 1, 20, "author")], id="brace too many"),
    pytest.param("@comment{ @misc{b} }", [("bibtex-syntax", 1, 11, "@")], id="entry in a comment"),
    pytest.param("% @misc{a, t = {x}}", [("commented-entry", 1, 4, "misc")], id="percent before an entry"),
    pytest.param("@string{x}", [("bibtex-syntax", 1, 1, "@string")], id="string without text"),
    pytest.param("@string{x = {y}", [("bibtex-syntax", 1, 1, "@string")], id="open string"),
    pytest.param("@misc{a, note = x} @string{x = 1}", [("undefined-string", 1, 17, "x")], id="string defined too late"),
    pytest.param("@string{x = {y} {z}}", [("bibtex-syntax", 1, 17, "{z}")], id="two values of a string"),
    pytest.param("@preamble{{y} z}", [("bibtex-syntax", 1, 15, "z")], id="two values of a preamble"),
    pytest.param("@misc{a, größe = {x}}", [("bibtex-syntax", 1, 10, "größe = {x}}")], id="other letters in a name"),
    pytest.param("@misc(a)", [("bibtex-syntax", 1, 7, "a")], id="key alone in parentheses"),
    pytest.param("@{a, t = {x}}", [("bibtex-syntax", 1, 1, "@")], id="no type"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "found"), BROKEN)
def test_what_is_broken_is_named_at_its_place(text: str, found: list) -> None:
    assert problems(text) == found


@pytest.mark.parametrize(("text", "found"), BROKEN)
def test_a_broken_entry_hides_no_other(text: str, found: list) -> None:
    whole = f"@misc{{first, t = {{x}}}}\n{text}\n@misc{{last, t = {{y}}}}\n"
    bibliography = read(whole)
    for key, value in (("first", "x"), ("last", "y")):
        entry = bibliography.entries[key]
        assert (entry.get("t"), entry.is_whole) == (value, True)
    kinds = [problem.kind for problem in bibliography.problems]
    assert kinds == [kind for kind, *_ in found]


def test_what_could_be_read_of_a_broken_entry_is_kept() -> None:
    entry = read("@misc{a, title = {T} author = {A}, year = {2020").entries["a"]
    assert not entry.is_whole
    assert (entry.get("title"), entry.get("author")) == ("T", "A")


def test_a_repeated_key_keeps_its_first_entry() -> None:
    sources = [Source("a.bib", "@misc{k, t = {1}}"), Source("b.bib", "@misc{k, t = {2}} @misc{K, t = {3}}")]
    bibliography = read_bibliography(sources)
    assert {key: entry.get("t") for key, entry in bibliography.entries.items()} == {"k": "1", "K": "3"}
    assert [(str(p.span), p.kind) for p in bibliography.problems] == [
        ("b.bib:1:7", "duplicate-key"),
        ("b.bib:1:25", "duplicate-key"),
    ]
    assert all("a.bib:1:7" in problem.message for problem in bibliography.problems)


def test_every_entry_of_a_file_is_listed_even_with_a_repeated_key() -> None:
    entries, _ = read_file(Source("a.bib", "@misc{k, t = {1}} @misc{k, t = {2}}"))
    assert [entry.get("t") for entry in entries] == ["1", "2"]


SCRAPS = [
    *["@misc{", "@misc(", "@string{", "@comment{", "@preamble{", "@", "key", "a", ",", "=", "{", "}", "(", ")", '"'],
    *["#", "\\", "%", "\n", " ", "title", "é", "\r\n", "\t", "2020", " = {x}", "jan", "\x00", "İ", "'"],
]


@given(st.one_of(st.text(), st.lists(st.sampled_from(SCRAPS), max_size=40).map("".join)))
def test_any_text_is_read_and_every_place_is_what_it_says(text: str) -> None:
    source = Source("a.bib", text)
    entries, noted = read_file(source)
    end = 0
    for entry in entries:
        assert source.cut(entry.key_span) == entry.key
        assert source.cut(entry.type_span).lower() == entry.type
        assert end <= entry.span.start <= entry.span.end <= len(text)
        end = entry.span.end
        for name, field in entry.fields.items():
            assert source.cut(field.name_span).lower() == name
            assert entry.span.start <= field.name_span.start < field.value_span.start <= entry.span.end
            if field.text_span is not None:
                assert " ".join(source.cut(field.text_span).split()) == field.value
                assert source.cut(field.value_span)[:1] in ("{", '"', *source.cut(field.text_span)[:1])
    for problem in noted:
        assert 0 <= problem.span.start <= problem.span.end <= len(text)
        assert problem.message
        assert not problem.message.endswith(".")


@given(st.lists(st.sampled_from(SCRAPS), max_size=20).map("".join))
def test_whole_entries_around_any_text_survive_where_it_is_balanced(junk: str) -> None:
    inside = re.sub(r'[{}"\\@]', "", junk)
    text = f'@misc{{a, note = {{{inside}}}, year = {{1}}}}\n@misc{{b, note = "{inside}"}}'
    assert values(text) == {"note": " ".join(inside.split()), "year": "1"}
    assert values(text, "b") == {"note": " ".join(inside.split())}


@pytest.mark.parametrize(
    "piece",
    ["{", "@misc{a, t = {", "@misc{a, t = {x}\n", "@misc{a\n", "@misc{a, x y = ", "a = {", "@ ", "} ", "@a", " ",
     '@misc{a, t = "', "@misc{k, t = {{{}}} # {} # ", "@misc{a,\n%\n", "\n@misc(a, t = {x}", "@string{a = ", "a=", "\\",
     "@comment{", "@misc{,", "\n a = {"],
)  # fmt: skip
def test_reading_takes_linear_time(piece: str) -> None:
    def seconds(size: int) -> float:
        text = "@misc{a, t = {x},\n" + piece * (size // len(piece))
        begin = time.process_time()
        read(text)
        return time.process_time() - begin

    # Eight times the text: quadratic time would take 64 times as long, at every try; a busy machine not at every one.
    assert any(seconds(24_000) < 24 * seconds(3_000) + 0.05 for _ in range(6))


@given(st.lists(st.sampled_from(["@misc{a,", "}", " t = {x", "n = {y}", ",\n", *SCRAPS]), max_size=12).map("".join))
@example('@misc{a, t = "x {y "z, w"} v" # {u}, n = 12, month = jan}')
@example("@string(s = {t})\n@misc(a, t = s # {)})\n@comment{x}\n% y\n@preamble{{z}}")
def test_the_site_reads_the_same_where_no_problem_was_noted(text: str) -> None:
    bibliography = read(text)
    if bibliography.problems:
        return
    parser = Parser(keyless_entries=False)
    entries = parser.parse_string(text).entries
    assert list(entries) == list(bibliography.entries)
    for key, entry in bibliography.entries.items():
        theirs = {name.lower(): " ".join(value.split()) for name, value in entries[key].fields.items()}
        months = {"january": "jan"}
        ours = {name: field.value for name, field in entry.fields.items() if name not in ("author", "editor")}
        assert {name: months.get(value.lower(), value) for name, value in theirs.items()} == ours
        assert entries[key].type == entry.type
