"""The public pages: which elections there are, who stands, by which rules, what came out and how anyone checks it."""
