"""The entrance: signing in and out, one's password, and the language of the pages."""
