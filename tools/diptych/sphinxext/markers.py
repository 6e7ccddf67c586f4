"""Answer markers on the page: small links from each answer to the next passage or question."""

from __future__ import annotations

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from diptych.sphinxext.domain import AnalysisDomain, analyses
from diptych.sphinxext.nodes import answer_marker


class LinkMarkers(SphinxPostTransform):
    """Turn each marker into a link that says which question is answered and leads on. LaTeX shows none."""

    default_priority = 4

    def run(self, **_: object) -> None:
        if analyses(self.env).builder.format == "latex":
            return
        domain = analyses(self.env)
        markers = list(self.document.findall(answer_marker))
        ids = marker_ids([marker["question"] for marker in markers])
        for at, marker in enumerate(markers):
            question = marker["question"]
            same = [ids[other] for other, node in enumerate(markers) if node["question"] == question]
            following = same[(same.index(ids[at]) + 1) % len(same)] if len(same) > 1 else ids[(at + 1) % len(ids)]
            title = _title(domain, self.env.docname, question)
            marker.replace_self(
                nodes.reference(
                    "",
                    f"Q{question}",
                    internal=True,
                    refid=following,
                    ids=[ids[at]],
                    reftitle=title,
                    classes=["answer-marker"],
                )
            )


def marker_ids(questions: list[str]) -> list[str]:
    """An id for each marker: ``q4``, and ``q4-2`` for the second passage that answers question 4."""
    ids = []
    for at, question in enumerate(questions):
        count = questions[: at + 1].count(question)
        ids.append(f"q{question}" if count == 1 else f"q{question}-{count}")
    return ids


def _title(domain: AnalysisDomain, docname: str, question: str) -> str:
    rubric = domain.rubric(docname)
    if rubric is None or rubric.question(question) is None:
        return f"Question {question}"
    return f"Question {question}: {rubric.question_text(question, domain.fronts[docname].option)}"
