"""Other people's tables in, ours out: each module reads or writes one format."""
