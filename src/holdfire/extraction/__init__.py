"""From a document to its claims; pure: no files, no clock, no network."""
