"""From the outside world to documents: files, HTML, JSONL; the text is normalised and never cut."""
