"""Environments of maths that are never closed, kept from costing time that grows with the square of the text."""

from __future__ import annotations

import re
from typing import Any

from markdown_it import MarkdownIt

_OPENING = re.compile(r"\\begin\{([a-zA-Z]+\*?)\}")


def search_once(parser: MarkdownIt) -> None:
    """Make ``parser`` look for the end of an environment within its own block, and only once where there is none.

    Its rule searches all that follows at each ``\\begin``. Where one search found no end, no later search for the
    same environment can find one in the same block.
    """
    ruler = parser.block.ruler
    rule = next(rule for rule in ruler.__rules__ if rule.name == "amsmath")
    search = rule.fn

    def searched(state: Any, start: int, end: int, silent: bool) -> bool:
        # Asked whether a paragraph ends here (silent), a rule is given the end of the text; asked to read a block,
        # the end of the quote around it. An end that is found by the first alone would end paragraphs for nothing.
        if not silent:
            state.env["block around"] = (state.src, end)
        else:
            text, around = state.env.get("block around", ("", 0))
            if text is state.src and start < around < end:
                end = around
        opening = _OPENING.match(state.src, state.bMarks[start] + state.tShift[start])
        if opening is None:
            return False
        unclosed = state.env.setdefault("unclosed environments", {})
        block = (opening[1], end, state.src)
        if unclosed.get(block, start) < start:
            return False
        found = search(state, start, end, silent)
        if not found and 0 <= state.sCount[start] - state.blkIndent < 4:  # else it did not search at all
            unclosed.setdefault(block, start)
        return found

    ruler.at("amsmath", searched, {"alt": rule.alt})
