"""From the outside world to a Document."""
