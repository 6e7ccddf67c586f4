"""One schema for TOML and YAML: every mismatch at once, each with its place and a way to mend it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import pytest

from diptych.data.located import Located
from diptych.data.schema import is_required, name_of, read
from diptych.data.toml import read_toml
from diptych.diagnostics import Problem
from diptych.span import Source


def declared(help: str = "Help.", **metadata: object) -> object:
    options = {key: metadata.pop(key) for key in ("default", "default_factory") if key in metadata}
    return field(metadata={"help": help, **metadata}, **options)


@dataclass(frozen=True, slots=True)
class Owner:
    """Who keeps the shelf."""

    name: str = declared("What to call them.")
    email: str | None = declared(pattern=r"[^@\s]+@[^@\s]+", meaning="an e-mail address", default=None)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Something with a field of every kind."""

    title: str = declared("What stands on it.")
    boards: int = declared(default=1)
    width: float = declared(default=1.0)
    is_full: bool = declared(default=False)
    since: date | None = declared(default=None)
    wood: str = declared(choices=("oak", "birch"), default="oak")
    colours: tuple[str, ...] = declared(default=(), pattern="[a-z]+", length=(0, 2))
    size: tuple[int, ...] = declared(default=(1, 2), length=(2, 2))
    owners: tuple[Owner, ...] = declared(default=(), length=(1, None))
    keeper: Owner | None = declared(default=None)
    books: Mapping[str, int] = declared(default_factory=dict)
    kind: str = declared(name="class", default="shelf")


def shelf(text: str) -> tuple[Shelf | None, list[str], Source]:
    """The shelf that a TOML text describes, and what is wrong with it as ``line:column kind message | hint``."""
    source, problems = Source("shelf.toml", text), []
    value = read(read_toml(source), Shelf, problems)
    return value, [describe(problem) for problem in problems], source


def describe(problem: Problem) -> str:
    hint = f" | {problem.hint}" if problem.hint else ""
    return f"{problem.span.line}:{problem.span.column} {problem.kind} {problem.message}{hint}"


def test_everything_that_is_right_is_read() -> None:
    value, problems, _ = shelf("""
title = "Poems"
boards = 3
width = 2
is_full = true
since = 2026-01-31
wood = "birch"
colours = ["red"]
size = [3, 4]
class = "case"
owners = [{ name = "Ada", email = "ada@example.org" }, { name = "Bo" }]
keeper = { name = "Cy" }
books = { novels = 3, "plays & more" = 4 }
""")
    assert problems == []
    assert value == Shelf(
        "Poems", 3, 2.0, True, date(2026, 1, 31), "birch", ("red",), (3, 4),
        (Owner("Ada", "ada@example.org"), Owner("Bo")), Owner("Cy"), {"novels": 3, "plays & more": 4}, "case",
    )  # fmt: skip
    assert type(value.width) is float


def test_what_is_left_out_has_its_default() -> None:
    value, problems, _ = shelf('title = "Poems"')
    assert problems == []
    assert value == Shelf("Poems")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("titel = 1", '2:1 unknown-field unknown field "titel" | did you mean "title"?'),
        ('kind = "x"', '2:1 unknown-field unknown field "kind" | known fields: title, boards, width, is_full, since, '
                       "wood, colours, size, owners, keeper, books, class"),
        ('boards = "3"', '2:10 wrong-type "boards" must be a whole number'),
        ("boards = 3.0", '2:10 wrong-type "boards" must be a whole number'),
        ("boards = true", '2:10 wrong-type "boards" must be a whole number'),
        ("width = true", '2:9 wrong-type "width" must be a number'),
        ("is_full = 1", '2:11 wrong-type "is_full" must be true or false'),
        ("since = 2026-01-31T10:00:00", '2:9 wrong-type "since" must be a date such as 2026-01-31'),
        ('since = "2026-01-31"', '2:9 wrong-type "since" must be a date such as 2026-01-31'),
        ("wood = 3", '2:8 wrong-type "wood" must be text | put it in quotes'),
        ("wood = 2026-01-31", '2:8 wrong-type "wood" must be text | put it in quotes'),
        ("wood = 10:00:00", '2:8 wrong-type "wood" must be text | put it in quotes'),
        ("wood = true", '2:8 wrong-type "wood" must be text | put it in quotes'),
        ("wood = []", '2:8 wrong-type "wood" must be text'),
        ('wood = "bich"', '2:8 unknown-choice "wood" cannot be "bich" | did you mean "birch"?'),
        ('wood = "steel"', '2:8 unknown-choice "wood" cannot be "steel" | one of: oak, birch'),
        ('wood = " "', '2:8 empty-field "wood" is empty | Help.'),
        ('colours = "red"', '2:11 wrong-type "colours" must be a list'),
        ('colours = ["red", 3]', '2:19 wrong-type "colours[1]" must be text | put it in quotes'),
        ('colours = ["Red"]', '2:12 malformed-field "colours[0]" must be text that matches [a-z]+, not "Red"'),
        ('colours = ["a", "b", "c"]', '2:11 wrong-length "colours" must hold 0 to 2, it holds 3'),
        ("size = [1]", '2:8 wrong-length "size" must hold exactly 2, it holds 1'),
        ("owners = []", '2:10 wrong-length "owners" must hold at least 1, it holds 0'),
        ('owners = ["Ada"]', '2:11 wrong-type "owners[0]" must be a mapping of fields'),
        ("owners = [{}]", '2:11 missing-field missing field "owners[0].name" | What to call them.'),
        ('owners = [{ nam = "Ada", name = "A" }]',
         '2:13 unknown-field unknown field "nam" in "owners[0]" | did you mean "name"?'),
        ('keeper = { name = "Cy", email = "nowhere" }',
         '2:33 malformed-field "keeper.email" must be an e-mail address, not "nowhere"'),
        ("keeper = 3", '2:10 wrong-type "keeper" must be a mapping of fields'),
        ("books = 3", '2:9 wrong-type "books" must be a mapping'),
        ('books = { plays = "3" }', '2:19 wrong-type "books.plays" must be a whole number'),
    ],
)  # fmt: skip
def test_each_mismatch_is_named_with_its_place(line: str, problem: str) -> None:
    _, problems, _ = shelf(f'title = "Poems"\n{line}\n')
    assert problems == [problem]


def test_a_wrong_field_with_a_default_leaves_the_rest_usable() -> None:
    value, problems, _ = shelf('title = "Poems"\nboards = "3"\nwidht = 1\n')
    assert value == Shelf("Poems")
    assert len(problems) == 2


def test_a_missing_or_wrong_required_field_leaves_nothing() -> None:
    assert shelf("boards = 3")[:2] == (None, ['1:1 missing-field missing field "title" | What stands on it.'])
    assert shelf("title = 3")[0] is None
    assert shelf('title = "x"\nkeeper = { email = "a@b.c" }')[0] == Shelf("x")


def test_a_misspelt_field_is_not_missing_as_well() -> None:
    assert shelf('titel = "x"')[1] == ['1:1 unknown-field unknown field "titel" | did you mean "title"?']
    assert [problem.split()[1] for problem in shelf('nonsense = "x"')[1]] == ["unknown-field", "missing-field"]


def test_all_mismatches_are_told_at_once() -> None:
    _, problems, _ = shelf('xyz = 1\nboards = "x"\nsize = 3\n[keeper]\nname = 3\nage = 4\n')
    assert [problem.split()[1] for problem in problems] == [
        "unknown-field", "missing-field", "wrong-type", "wrong-type", "unknown-field", "wrong-type",
    ]  # fmt: skip


def test_a_list_where_fields_should_be_is_one_problem() -> None:
    source, problems = Source("a.yaml", "- x"), []
    assert read(Located([], source.span(0, 3)), Shelf, problems) is None
    assert [problem.message for problem in problems] == ["this must be a mapping of fields"]


def test_null_is_no_value_for_a_field_that_needs_one() -> None:
    source, problems = Source("a.yaml", "title:\nkeeper:\n"), []
    nothing = source.span(6, 6)
    read(Located({"title": Located(None, nothing), "keeper": Located(None, nothing)}, nothing), Shelf, problems)
    assert [problem.message for problem in problems] == ['"title" must be text']


def test_a_declaration_says_its_name_and_whether_it_is_required() -> None:
    fields = Shelf.__dataclass_fields__
    assert [name_of(fields[name]) for name in ("title", "kind")] == ["title", "class"]
    assert [name for name, item in fields.items() if is_required(item)] == ["title"]


def test_plain_data_and_places_come_from_one_tree() -> None:
    source = Source("a.toml", 'a = [{ b = "x" }]\n')
    tree = read_toml(source)
    assert tree.plain() == {"a": [{"b": "x"}]}
    assert {path: source.cut(span) for path, span in tree.places().items() if path} == {
        "a": '[{ b = "x" }]',
        "a[0]": '{ b = "x" }',
        "a[0].b": '"x"',
    }
