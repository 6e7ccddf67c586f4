"""What a corpus says: documents, entries, and the join of a document with its assignment."""
