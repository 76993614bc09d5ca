"""What came out: decryption, seats, substitutes, lots, the record and its verification."""
