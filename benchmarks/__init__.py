"""Measured speed and memory, always as a ratio against a rival in the same run."""
