"""From conclusions to what a desk prints: sentences with their claims, figures, and files of four kinds."""
