"""What the town hall prints: slips, records and their QR codes."""
