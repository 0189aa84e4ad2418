"""Spellings, offices and places: what `retrieval/people.py` looks names up with."""
