"""The poll is held on another day, or the election does not stand: decided by a named body, entered by two."""
