"""What keeps catalog and vectors equal to the corpus; `retrieval/ingest.py` names the steps in order."""
