"""The nomination desk: where a citizen comes forward as a candidate, without signing in."""
