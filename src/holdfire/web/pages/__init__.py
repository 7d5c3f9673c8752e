"""One module a page: a frozen dataclass that HTML and JSON are both made from, and the function that fills it."""
