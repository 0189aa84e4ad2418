"""NATO Quotes: find exact quotations in a folder of documents, and say whose they are."""
