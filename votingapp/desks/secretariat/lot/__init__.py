"""The order of the ballot: shown as the alphabet gives it, or announced, drawn in public and confirmed by two officials."""
