"""What is remembered of each analysis: it spares work, and never changes a finding."""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import diptych.recheck
from corpora import BIBLIOGRAPHY, BODY, HEADER, RUBRIC, corpus, markdown, png, with_fields, write_project
from diptych.check import check
from diptych.cli import main
from diptych.diagnostics import Severity
from diptych.model.extract import extract_of
from diptych.model.views import Surroundings, Survey, Whole
from diptych.rules import RULES
from diptych.rules.registry import Case, Finding, Rule, findings_from

BLOCK = re.compile(r"^(`{3,})([a-z ]+)\n(.*?)\n\1$", re.DOTALL | re.MULTILINE)
EXAMPLES = [(kind, text) for _, rule in sorted(RULES.items()) for _, kind, text in BLOCK.findall(rule.text)]
"""What all rules reject or accept, by their own examples."""
NAMES = "abcd"
LABELS = "{numref}`steps` and {numref}`stepss` count (Ada, 2020), (Dee, 2021) and [3].\n"
FIGURE = "```{figure} steps.png\n:name: steps\n:alt: Two curves that fall, the second below the first.\n\nSteps.\n```\n"

Edit = Callable[[Path, random.Random], object]


def text_of(root: Path, chance: random.Random, more: str = "") -> tuple[Path, str]:
    """The file of one analysis, which is there from now on, and a text for it."""
    name = chance.choice(NAMES)
    folder = root / "analyses" / name
    folder.mkdir(exist_ok=True)
    header = HEADER.replace("Dana", chance.choice(["Dana", "Eve", "Fay"])) if chance.random() < 0.7 else HEADER
    return folder / "index.md", markdown(header, BODY.replace("## Judgement\n", f"{more}\n## Judgement\n", 1))


def shown(root: Path, chance: random.Random) -> None:
    """One analysis holds an example of a rule."""
    kind, example = chance.choice(EXAMPLES)
    file, text = text_of(root, chance, example if kind in ("md", "bib") else "")
    if kind == "md whole":
        text = example
    elif kind == "yaml":
        text = markdown(with_fields(HEADER, example))
    elif kind == "toml":
        file.with_name("evidence.toml").write_text(example, encoding="utf-8")
    file.write_text(text, encoding="utf-8")
    if kind in ("svg", "png"):
        picture = example.encode() if kind == "svg" else png(*map(int, example.split(" x ")))
        file.with_name(f"steps.{kind}").write_bytes(picture)


def labelled(root: Path, chance: random.Random) -> None:
    file, text = text_of(root, chance, chance.choice([LABELS, FIGURE, LABELS + FIGURE]))
    file.write_text(text, encoding="utf-8")


def allowed(root: Path, chance: random.Random) -> None:
    file, text = text_of(root, chance, f"% diptych: allow {chance.choice([*RULES])} -- so it is\n\n{LABELS}")
    file.write_text(text, encoding="utf-8")


def removed(root: Path, chance: random.Random) -> None:
    shutil.rmtree(root / "analyses" / chance.choice(NAMES), ignore_errors=True)


def copied(root: Path, chance: random.Random) -> None:
    first, second = (root / "analyses" / name for name in chance.sample(NAMES, 2))
    if first.is_dir():
        shutil.rmtree(second, ignore_errors=True)
        shutil.copytree(first, second)


def in_latin_1(root: Path, chance: random.Random) -> None:
    file, text = text_of(root, chance, "Größe")
    file.write_bytes(text.encode("latin-1"))


def entry_added(root: Path, chance: random.Random) -> None:
    entries = [text for kind, text in EXAMPLES if kind == "bib"]
    file = root / "bib" / chance.choice(["letters.bib", "more.bib"])
    before = file.read_text(encoding="utf-8") if file.is_file() else ""
    file.write_text(f"{before}\n{chance.choice(entries)}\n", encoding="utf-8")


def entry_changed(root: Path, chance: random.Random) -> None:
    file = root / "bib/letters.bib"
    old, new = chance.choice([("2020", "2021"), ("2021", "2020"), ("Ada,", "Bo,"), ("ada2020first", "ada2020frist"),
                              ("ada2020frist", "ada2020first"), ("Letters", "LETTERS"), ("\n@", "\n\n@")])  # fmt: skip
    file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


def bibliography_restored(root: Path, _: random.Random) -> None:
    (root / "bib/letters.bib").write_text(BIBLIOGRAPHY, encoding="utf-8")
    (root / "bib/more.bib").unlink(missing_ok=True)


def settings_changed(root: Path, chance: random.Random) -> None:
    text = chance.choice(["", "[thresholds]\nparagraph_words = 9\n", 'evidence = "required"\n', 'ignore = ["LEN"]\n'])
    (root / "diptych.toml").write_text(text, encoding="utf-8")


def assignment_changed(root: Path, chance: random.Random) -> None:
    course = "[course]\none_analysis_per_author = true\n" if chance.random() < 0.5 else "[course]\n"
    (root / "docs/assignments/sorting.toml").write_text(RUBRIC.replace("[course]\n", course), encoding="utf-8")


def memory_spoiled(root: Path, chance: random.Random) -> None:
    for file in (root / "build/cache").glob("*"):
        data = bytearray(file.read_bytes())
        if data:
            at = chance.randrange(len(data))
            file.write_bytes(chance.choice([data[:at], data[:at] + b"0" + data[at + 1 :], b""]))


EDITS: list[Edit] = [
    shown, shown, shown, labelled, allowed, removed, copied, in_latin_1, entry_added, entry_changed,
    bibliography_restored, settings_changed, assignment_changed, memory_spoiled,
]  # fmt: skip


def output(capsys: pytest.CaptureFixture, *options: str) -> tuple[int, str, str]:
    status = main(["check", "--format", "json", *options])
    written = capsys.readouterr()
    return status, written.out, written.err


@pytest.fixture
def folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Path]:
    """Makes projects with four analyses, of a user who has no key yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("home")))

    def make() -> Path:
        texts = [markdown(HEADER.replace("Dana", name)) for name in ("Dana", "Eve", "Fay", "Gus")]
        root = write_project(tmp_path_factory.mktemp("project"), *texts)
        monkeypatch.chdir(root)
        return root

    return make


@given(st.lists(st.tuples(st.sampled_from(range(len(EDITS))), st.integers(0, 10_000)), min_size=2, max_size=10))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example([(EDITS.index(entry_changed), 1), (EDITS.index(memory_spoiled), 1), (EDITS.index(labelled), 1)])
def test_whatever_is_edited_the_findings_are_those_of_a_check_without_memory(folders, capsys, edits) -> None:
    root = folders()
    output(capsys)
    for number, seed in edits:
        EDITS[number](root, random.Random(seed))
        remembered = output(capsys)
        assert remembered == output(capsys, "--no-cache")
        assert remembered == output(capsys)


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows by what is looked at: the paths of analyses, and the codes of rules about all of them."""
    seen: list[str] = []
    document, survey = diptych.recheck.check_document, diptych.recheck.check_survey

    def of_document(read, *arguments, **options):
        seen.append(read.source.path.split("/")[1])
        return document(read, *arguments, **options)

    def of_survey(rule, *arguments, **options):
        seen.append(rule.code)
        return survey(rule, *arguments, **options)

    monkeypatch.setattr(diptych.recheck, "check_document", of_document)
    monkeypatch.setattr(diptych.recheck, "check_survey", of_survey)
    return seen


def edit(root: Path, name: str, more: str) -> None:
    file = root / f"analyses/{name}/index.md"
    file.write_text(file.read_text(encoding="utf-8") + more, encoding="utf-8")


def test_an_edit_leads_to_a_look_at_one_analysis(folders, capsys, looked) -> None:
    root = folders()
    output(capsys)
    assert {*NAMES, "BIB001", "CIT005"} <= set(looked)
    looked.clear()
    edit(root, "b", "\nAnd so on.\n")
    output(capsys)
    assert looked == ["b"]


def test_an_entry_leads_to_a_look_at_those_that_asked_for_it(folders, capsys, looked) -> None:
    root = folders()
    edit(root, "c", "\nOthers do too {cite:p}`cy2019other`.\n")
    file = root / "bib/letters.bib"
    file.write_text(BIBLIOGRAPHY + "@misc{cy2019other, title = {Other}, author = {Cy, C.}, year = {2019}}\n")
    output(capsys)
    looked.clear()
    file.write_text(file.read_text().replace("cy2019other", "cy2019others"))
    output(capsys)
    assert [name for name in looked if name in NAMES] == ["c"]
    looked.clear()
    file.write_text(file.read_text().replace("{Other}", "{Others}"))
    output(capsys)
    assert [name for name in looked if name in NAMES] == []  # nobody had asked for its title
    assert "BIB001" in looked


def test_what_is_remembered_is_sealed(folders, capsys, looked) -> None:
    root = folders()
    edit(root, "a", "\n{cite:p}`nobody`\n")
    output(capsys)
    (file,) = (root / "build/cache").glob("*.memory")
    sealed = file.read_bytes()
    kept = json.loads(sealed[32:])
    for analysis in kept["analyses"]:
        analysis[3] = []  # its findings
    file.write_bytes(sealed[:32] + json.dumps(kept).encode())
    edit(root, "b", "\nAnd so on.\n")
    looked.clear()
    status, found, _ = output(capsys)
    assert (status, "nobody" in found) == (1, True)
    assert set(NAMES) <= set(looked)


def test_a_file_that_changes_during_a_check_is_not_remembered(folders, capsys, looked, monkeypatch) -> None:
    root = folders()
    read = diptych.recheck.read_analysis

    def changing(file: Path, *arguments):
        document = read(file, *arguments)
        file.write_text(document.source.text + "\n{cite:p}`nobody`\n", encoding="utf-8")
        return document

    monkeypatch.setattr(diptych.recheck, "read_analysis", changing)
    assert output(capsys)[0] == 0
    assert list((root / "build").rglob("*.memory")) == []


def document_rule(look: Callable[[Case], Iterator[Finding]]) -> Rule:
    return Rule("XXX001", "nosy", Severity.ERROR, look, is_for_documents=True)


@pytest.mark.parametrize(
    "reach",
    [
        lambda case: case.corpus.documents,
        lambda case: case.corpus.extracts,
        lambda case: case.corpus.suppressions,
        lambda case: case.corpus.bibliography.sources,
        lambda case: case.corpus.bibliography.problems,
        lambda case: case.corpus.bibliography.entries["ada2020first"].span,
        lambda case: case.corpus.bibliography.entries["ada2020first"].fields,
    ],
)
def test_a_rule_about_one_analysis_cannot_reach_the_others_nor_places_of_entries(reach) -> None:
    def look(case: Case) -> Iterator[Finding]:
        yield Finding(case.document.source.whole(), str(reach(case)))

    with pytest.raises(AttributeError):
        check(corpus(markdown(), markdown()), [document_rule(look)])


@pytest.mark.parametrize("reach", [lambda survey: survey.documents, lambda survey: survey.extracts[0].blocks])
def test_a_rule_about_all_analyses_sees_no_more_than_extracts(reach) -> None:
    def look(survey: Survey) -> Iterator[Finding]:
        yield from findings_from(reach(survey), ())

    with pytest.raises(AttributeError):
        check(corpus(), [Rule("XXX002", "nosy", Severity.ERROR, look, is_for_documents=False)])


def test_no_rule_goes_round_its_view() -> None:
    files = sorted(Path(diptych.recheck.__file__).with_name("rules").glob("*.py"))
    assert files
    assert [file.name for file in files if re.search(r"(corpus|bibliography|entries)\._", file.read_text())] == []
    outside = re.compile(r"\b(open|today|now|read_text|getenv)\(|^(import|from) (os|time|random)\b", re.MULTILINE)
    assert [file.name for file in files if outside.search(file.read_text())] == []


def whole_of(*texts: str, bibliography: str = BIBLIOGRAPHY) -> Whole:
    return Whole.of(corpus(*texts, bibliography=bibliography))


MORE = BIBLIOGRAPHY + "\n@misc{cy2021more, title = {More}, author = {Cy, C.}, year = {2021}}\n"


@pytest.mark.parametrize(
    ("ask", "other", "same"),
    [
        (lambda view: "cy2021more" in view.bibliography.entries, MORE, BIBLIOGRAPHY.replace("2021}", "2022}")),
        (lambda view: view.bibliography.entries.get("cy2021more"), MORE, BIBLIOGRAPHY.replace("2021}", "2022}")),
        (lambda view: view.bibliography.entries["ada2020first"], BIBLIOGRAPHY.replace("Anna", "Ann"), "\n" + MORE),
        (lambda view: list(view.bibliography.entries), MORE, BIBLIOGRAPHY.replace("2021}", "2022}")),
        (lambda view: len(view.bibliography.entries), MORE, BIBLIOGRAPHY.replace("2021}", "2022}")),
        (lambda view: [*view.bibliography.entries.items()], BIBLIOGRAPHY.replace("Anna", "Ann"), f"\n{BIBLIOGRAPHY}"),
        (lambda view: view.bibliography.all(), BIBLIOGRAPHY.replace("Anna", "Ann"), f"\n{BIBLIOGRAPHY}"),
        (lambda view: view.bibliography.dated("2021"), MORE, BIBLIOGRAPHY.replace("Anna", "Ann")),
    ],
)  # fmt: skip
def test_every_question_about_the_bibliography_is_noted(ask, other: str, same: str) -> None:
    whole = whole_of()
    view = Surroundings(whole)
    ask(view)
    stamps = whole.stamps(view.asked)
    assert stamps
    assert whole_of(bibliography=same).is_still(stamps)
    assert not whole_of(bibliography=other).is_still(stamps)


def test_a_question_about_labels_is_noted() -> None:
    whole = whole_of(markdown(), markdown())
    view = Surroundings(whole)
    assert view.labelled("steps") == ""
    stamps = whole.stamps(view.asked)
    assert whole_of(markdown(), markdown(body=BODY + "\nMore.\n")).is_still(stamps)
    assert not whole_of(markdown(), markdown(body=f"{BODY}\n{FIGURE}")).is_still(stamps)


def test_an_extract_survives_being_kept() -> None:
    from diptych.memory import _extract, _packed_extract

    text = markdown(body=f"{BODY}\n% diptych: allow CIT001 -- so it is\n\n{FIGURE}\n{{cite:p}}`ada2020first`\n")
    for document in corpus(text, "no header", markdown()).documents:
        extract = extract_of(document)
        assert _extract(*json.loads(json.dumps(_packed_extract(extract)))) == extract
        assert repr(_extract(*json.loads(json.dumps(_packed_extract(extract))))) == repr(extract)


def test_an_edit_does_not_read_the_bibliography(folders, capsys, monkeypatch) -> None:
    root = folders()
    output(capsys)
    read = diptych.recheck.read_project_bibliography
    monkeypatch.setattr(diptych.recheck, "read_project_bibliography", lambda _: pytest.fail("it was read"))
    edit(root, "b", "\nOthers do too (Ada, 2020), and so does {cite:t}`ada2020first`.\n")
    with_memory = output(capsys)
    monkeypatch.setattr(diptych.recheck, "read_project_bibliography", read)
    assert with_memory == output(capsys, "--no-cache")
    assert "`ada2020first`" in with_memory[1]  # what may have been meant


def test_works_that_were_altered_are_not_believed(folders, capsys) -> None:
    root = folders()
    output(capsys)
    (file,) = (root / "build/cache").glob("*.works")
    sealed = file.read_bytes()
    file.write_bytes(sealed.replace(b"ada2020first", b"ada2020frist"))
    edit(root, "b", "\n{cite:p}`ada2020frist`\n")
    assert output(capsys) == output(capsys, "--no-cache")
    assert file.read_bytes() == sealed
