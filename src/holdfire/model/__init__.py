"""The nouns of Holdfire: frozen values that every other room shares."""
