"""No vote is held: there is a seat for every candidate, each was judged once more, and a named body has decided it."""
