"""How documents come in: by path, by address, within limits, cut into articles, boilerplate told apart."""
