"""The paper route: a form that somebody handed in is keyed in, and is the same nomination as any other."""
