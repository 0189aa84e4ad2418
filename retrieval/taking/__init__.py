"""How documents are taken: fetched, within limits, read in a process of their own, boilerplate told apart, seams found."""
