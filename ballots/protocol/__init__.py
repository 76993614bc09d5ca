"""The cryptography: Belenios 3.3 over Ed25519, the only place that touches the curve."""
