"""The steps between a question and its answer; `retrieval/answer.py` names them in order."""
