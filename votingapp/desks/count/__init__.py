"""The count desk: the closed urn is added up, decrypted by enough of the board, allocated and put on record."""
