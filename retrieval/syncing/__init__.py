"""How the index is kept equal to the corpus: the stages of `retrieval/ingest.py`."""
