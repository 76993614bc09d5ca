"""The register of members: who sits, who left, and who enters after whom."""
