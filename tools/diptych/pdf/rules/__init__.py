"""PDF: the finished paper, as those who get it meet it.

Each rule names one offence. Importing this package registers them all.
"""

from diptych.pdf.rules import anonymity, content, files, fonts, furniture, lengths, pages  # noqa: F401  (registers)
from diptych.pdf.rules.registry import PDF_RULES, Mark, PdfFinding, PdfRule

__all__ = ["PDF_RULES", "Mark", "PdfFinding", "PdfRule"]
