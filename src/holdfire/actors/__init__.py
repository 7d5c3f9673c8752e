"""The knowledge base at work: names in text, and who they are."""
