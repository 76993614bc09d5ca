"""The register extract is handed in, looked over and taken over whole, or not at all."""
