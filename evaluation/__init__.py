"""Measured quality, apart from the tests: annotated corpora, scorers, floors."""
