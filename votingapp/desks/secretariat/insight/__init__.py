"""A person asks what is kept about her and who has looked at it; the secretariat finds it and hands it over."""
