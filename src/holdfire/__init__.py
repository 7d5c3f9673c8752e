"""Holdfire."""
