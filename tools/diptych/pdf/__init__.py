"""PDFs: making them from LaTeX in a sandbox, and looking at what came out."""
