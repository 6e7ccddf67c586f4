"""The choice of rules by code and prefix."""

from dataclasses import replace
from pathlib import Path

import pytest

from diptych.errors import DataError, DiptychError
from diptych.rules import RULES
from diptych.selection import Selection, read_selection
from diptych.settings import Project, Settings, find_project


def codes(select: tuple[str, ...] = (), ignore: tuple[str, ...] = ()) -> set[str]:
    return {rule.code for rule in Selection(select, ignore).chosen(RULES)}


def test_without_a_choice_every_rule_is_kept() -> None:
    assert codes() == set(RULES)


@pytest.mark.parametrize(
    ("select", "ignore", "has_cit001", "has_cit002", "has_len001"),
    [
        (("CIT",), (), True, True, False),
        ((), ("CIT",), False, False, True),
        (("CIT",), ("CIT001",), False, True, False),
        (("CIT001",), ("CIT",), True, False, False),
        (("CIT001",), ("CIT001",), False, False, False),
        (("C", "LEN001"), ("CIT00",), False, False, True),
    ],
)
def test_the_longer_prefix_decides(select, ignore, has_cit001: bool, has_cit002: bool, has_len001: bool) -> None:
    kept = codes(select, ignore)
    assert [code in kept for code in ("CIT001", "CIT002", "LEN001")] == [has_cit001, has_cit002, has_len001]


def test_the_command_line_comes_before_the_settings() -> None:
    project = Project(Path(), Settings(select=("CIT",), ignore=("CIT001",)))
    assert read_selection(project, RULES) == Selection(("CIT",), ("CIT001",))
    assert read_selection(project, RULES, ["len, bib"]) == Selection(("LEN", "BIB"), ("CIT001",))
    assert read_selection(project, RULES, None, ["MKP", "SEC"]) == Selection(("CIT",), ("MKP", "SEC"))


def test_a_setting_that_names_no_rule_is_reported_with_its_place(root: Path) -> None:
    (root / "diptych.toml").write_text('select = ["CIT", "CIT9"]\nignore = ["LEX"]\n', encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_selection(find_project(root), RULES)
    first, second = caught.value.problems
    assert (str(first.span), str(second.span)) == ("diptych.toml:1:18", "diptych.toml:2:11")
    assert second.hint == 'did you mean "LEN"?'


def test_all_unknown_codes_of_an_option_are_reported() -> None:
    with pytest.raises(DiptychError) as caught:
        read_selection(Project(Path()), RULES, ["XYZ", "CIT,QQQ001"])
    assert "XYZ" in str(caught.value)
    assert "QQQ001" in str(caught.value)


def test_a_rule_is_kept_whatever_else_is_registered() -> None:
    more = {**RULES, "ZZZ001": replace(RULES["CIT001"], code="ZZZ001")}
    assert [rule.code for rule in Selection(("ZZZ",)).chosen(more)] == ["ZZZ001"]
