"""The audit of the papers of the booths by a sample drawn with public dice."""
