"""Founding an election: a rule set is chosen or handed in, read aloud in plain words and confirmed."""
