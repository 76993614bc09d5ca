"""Complaints about the election (valgklager): received, put to the byråd, decided, and carried out."""
