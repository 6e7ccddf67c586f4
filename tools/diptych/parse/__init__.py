"""Readers: Markdown, front matter and BibTeX become the model. They know no rules."""
