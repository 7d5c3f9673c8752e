"""Reading in bulk: many reports in several processes."""
