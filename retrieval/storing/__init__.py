"""What lies below catalog, vectors and records: tables, rows, transactions, locks, corrections."""
