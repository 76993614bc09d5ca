"""The overview: what has been done, what is to be done now, and the log in which all of it stands."""
