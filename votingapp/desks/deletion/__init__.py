"""The deletion of an election's personal data by two."""
