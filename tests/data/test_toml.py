"""TOML with places: the same data as the standard library reads, and each value and key where it stands."""

import tomllib
from datetime import date, datetime, time, timedelta, timezone

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from diptych.data.located import Located
from diptych.data.toml import read_toml
from diptych.errors import DataError
from diptych.span import Source


def located(text: str) -> tuple[Source, Located]:
    source = Source("a.toml", text)
    return source, read_toml(source)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ('"text"', "text"),
        ("'C:\\raw'", "C:\\raw"),
        ('"a \\"quoted\\" ] # } word"', 'a "quoted" ] # } word'),
        ('""', ""),
        ("''", ""),
        ('"""\nlines [1] \\\n   joined # no comment\n"""', "lines [1] joined # no comment\n"),
        ('"""ends in a quote""""', 'ends in a quote"'),
        ('"""two: """""', 'two: ""'),
        ("'''it's \"raw\" \\ ] }'''", 'it\'s "raw" \\ ] }'),
        ("''''quoted''''", "'quoted'"),
        ("1_000", 1000),
        ("0x1F", 31),
        ("-7", -7),
        ("6.02e23", 6.02e23),
        ("-inf", float("-inf")),
        ("true", True),
        ("2026-01-31", date(2026, 1, 31)),
        ("07:32:00", time(7, 32)),
        ("1979-05-27 07:32:00", datetime(1979, 5, 27, 7, 32)),
        ("1979-05-27T07:32:00-08:00", datetime(1979, 5, 27, 7, 32, tzinfo=timezone(timedelta(hours=-8)))),
        ("[]", []),
        ("[ 1, [2, 3], ]", [1, [2, 3]]),
        ("[\n  1, # one ]\n  2,\n]", [1, 2]),
        ('[ "a]", { b = "]}" } ]', ["a]", {"b": "]}"}]),
        ("{}", {}),
        ('{ a.b = 1, "c d" = [2] }', {"a": {"b": 1}, "c d": [2]}),
    ],
)
@pytest.mark.parametrize("after", ["", "\n", "  # a comment\n", "\r\n"])
def test_every_kind_of_value_keeps_its_place(written: str, value: object, after: str) -> None:
    source, whole = located(f"# before\nkey  =  {written}{after}")
    item = whole.value["key"]
    assert item.plain() == value
    assert source.cut(item.span) == written
    assert source.cut(whole.key_spans["key"]) == "key"


def test_items_of_lists_and_inline_tables_have_places_of_their_own() -> None:
    source, whole = located('x = [ 1, "two", { three = [ 3, 33 ] } ]')
    places = {path: source.cut(span) for path, span in whole.places().items() if path}
    assert places == {
        "x": '[ 1, "two", { three = [ 3, 33 ] } ]',
        "x[0]": "1",
        "x[1]": '"two"',
        "x[2]": "{ three = [ 3, 33 ] }",
        "x[2].three": "[ 3, 33 ]",
        "x[2].three[0]": "3",
        "x[2].three[1]": "33",
    }


def test_tables_stand_at_their_names() -> None:
    source, whole = located('[one]\nx = 1\n\n[one . "two three"] # a comment\ny = 2\n\n[one.two]\n')
    one = whole.value["one"]
    assert whole.plain() == {"one": {"x": 1, "two three": {"y": 2}, "two": {}}}
    assert (source.cut(one.span), one.span.line) == ("one", 1)
    assert source.cut(one.key_spans["two three"]) == '"two three"'
    assert one.value["two three"].key_spans["y"].line == 5
    assert one.value["two"].span.line == 7


def test_arrays_of_tables_are_counted_and_nest() -> None:
    text = "[[a]]\nx = 1\n[[a.b]]\ny = 1\n[[a.b]]\ny = 2\n[a.c]\nz = 1\n[[a]]\nx = 2\n[[a.b]]\ny = 3\n"
    _, whole = located(text)
    lines = {path: span.line for path, span in whole.places().items() if path.endswith((".x", ".y", ".z"))}
    assert whole.plain() == tomllib.loads(text)
    assert lines == {"a[0].x": 2, "a[0].b[0].y": 4, "a[0].b[1].y": 6, "a[0].c.z": 8, "a[1].x": 10, "a[1].b[0].y": 12}


def test_dotted_keys_make_tables_whose_parts_have_places() -> None:
    source, whole = located("fruit.apple . color = \"red\"\nfruit.'a b'.size = 3\n")
    fruit = whole.value["fruit"]
    assert whole.plain() == {"fruit": {"apple": {"color": "red"}, "a b": {"size": 3}}}
    assert source.cut(fruit.key_spans["apple"]) == "apple"
    assert source.cut(fruit.key_spans["a b"]) == "'a b'"
    assert fruit.value["a b"].key_spans["size"].line == 2


def test_an_empty_file_is_an_empty_mapping() -> None:
    assert located("")[1].plain() == {}
    assert located("# only a comment")[1].plain() == {}


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("x = 1\ny = \n", 2, 5),
        ("x = 2026-02-30\n", 1, 5),
        ('x = "unclosed\n', 1, 14),
        ("x = [1", 1, 7),
        ("x = 1\nx = 2\n", 2, 6),
        ("[a]\n[a]\n", 2, 3),
    ],
)
def test_a_syntax_error_is_named_with_its_place(text: str, line: int, column: int) -> None:
    with pytest.raises(DataError) as caught:
        located(text)
    (problem,) = caught.value.problems
    assert problem.kind == "toml-syntax"
    assert problem.message.startswith("not valid TOML: ")
    assert "(at" not in problem.message
    assert (problem.span.line, problem.span.column) == (line, column)


@pytest.mark.parametrize(
    "text",
    [
        "x = " + "[" * 13 + "]" * 13,
        "x = " + "[" * 5000 + "]" * 5000,
        "x = " + "{a=" * 14 + "1" + "}" * 14,
        ".".join("a" * 14) + " = 1",
        "[" + ".".join("a" * 5000) + "]",
    ],
)
def test_what_is_nested_too_deeply_is_refused(text: str) -> None:
    with pytest.raises(DataError, match="nested more than 12 deep"):
        located(text)


def test_twelve_levels_are_not_too_deep() -> None:
    assert located("x = " + "[" * 12 + "]" * 12)[1].plain() == tomllib.loads("x = " + "[" * 12 + "]" * 12)


def test_a_number_with_more_digits_than_python_reads_is_refused() -> None:
    with pytest.raises(DataError, match="not valid TOML"):
        located("x = " + "9" * 5000)


# ---- Generated documents

_WORDS = st.text("ab \\#]}[{,='\"\néß\N{GRINNING FACE}", max_size=8)
_GAPS = st.sampled_from(["", " ", "\t", "  "])
_BREAKS = st.sampled_from(["", " ", "\n", " # ] } ' \"\n", "\n\n  "])


def _basic(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


@st.composite
def strings(draw: st.DrawFn) -> str:
    text, style = draw(_WORDS), draw(st.integers(0, 3))
    if style == 1 and "'" not in text and "\n" not in text:
        return f"'{text}'"
    if style == 2 and "'''" not in text:
        return f"'''\n{text.strip(chr(39))}'''"
    if style == 3:
        return f'"""{_basic(text)}"""'
    return '"' + _basic(text).replace("\n", "\\n") + '"'


SCALARS = st.one_of(
    strings(),
    st.integers(-(10**9), 10**9).map(str),
    st.integers(0, 2**20).map(hex),
    st.floats(allow_nan=False).map(repr),
    st.sampled_from(["true", "false", "1_0.5e-3", "+inf"]),
    st.dates().map(date.isoformat),
    st.times().map(time.isoformat),
    st.builds(datetime.isoformat, st.datetimes(), st.sampled_from("T ")),
)


@st.composite
def keys(draw: st.DrawFn, name: str) -> str:
    style = draw(st.integers(0, 2))
    return [name, f'"{name} é.\\" ]"', f"'{name} # ='"][style]


@st.composite
def lists(draw: st.DrawFn, values: st.SearchStrategy[str]) -> str:
    items = draw(st.lists(values, max_size=3))
    inner = ",".join(f"{draw(_BREAKS)}{item}{draw(_BREAKS)}" for item in items)
    return f"[{inner}{',' if items and draw(st.booleans()) else ''}{draw(_BREAKS)}]"


@st.composite
def inline_tables(draw: st.DrawFn, values: st.SearchStrategy[str]) -> str:
    items = draw(st.lists(values, max_size=3))
    pairs = [f"{draw(_GAPS)}{draw(keys(f'i{at}'))}{draw(_GAPS)}={draw(_GAPS)}{item}" for at, item in enumerate(items)]
    return f"{{{','.join(pairs)}{draw(_GAPS)}}}"


VALUES = st.recursive(SCALARS, lambda values: st.one_of(lists(values), inline_tables(values)), max_leaves=6)


@st.composite
def documents(draw: st.DrawFn) -> str:
    lines: list[str] = []
    count = 0

    def add_pairs() -> None:
        nonlocal count
        for _ in range(draw(st.integers(0, 3))):
            count += 1
            name = draw(keys(f"k{count}"))
            if draw(st.booleans()):
                name += f"{draw(_GAPS)}.{draw(_GAPS)}{draw(keys(f'd{count}'))}"
            comment = draw(st.sampled_from(["", " # ['\"", "\t"]))
            lines.append(f"{draw(_GAPS)}{name}{draw(_GAPS)}={draw(_GAPS)}{draw(VALUES)}{comment}")

    add_pairs()
    for number in range(draw(st.integers(0, 4))):
        header = draw(st.sampled_from([f"[t{number}]", f"[t{number}.s . 'x y']", "[[a]]", "[[a.b]]", f"[a.c{number}]"]))
        lines.append(header)
        add_pairs()
    return "\n".join(lines) + draw(st.sampled_from(["", "\n"]))


@given(documents())
def test_places_of_generated_documents_lead_back_to_their_values(text: str) -> None:
    try:
        wanted = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        assume(False)
    source, whole = located(text)
    assert whole.plain() == wanted
    check_places(source, whole)


def check_places(source: Source, item: Located) -> None:
    written = source.cut(item.span)
    if isinstance(item.value, dict):
        for name, part in item.value.items():
            assert tomllib.loads(source.cut(item.key_spans[name]) + "=0") == {name: 0}
            check_places(source, part)
        is_own = written.startswith("{")  # else it stands at a name, or is the whole file
    elif isinstance(item.value, list):
        for part in item.value:
            check_places(source, part)
        is_own = not all(isinstance(part.value, dict) for part in item.value) or written.startswith("[")
    else:
        is_own = True
    if is_own:
        assert tomllib.loads(f"x = {written}")["x"] == item.plain()
