"""The steps between a question and its answer; `answer.py` names them in order."""
