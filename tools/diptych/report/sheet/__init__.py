"""The marking sheet: the facts that a marker needs of each analysis, and no grade."""
