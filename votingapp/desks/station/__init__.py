"""Running the evening: what the board watches, what a desk reports, what is said to all, and who sits where."""
