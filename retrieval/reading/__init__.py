"""The stages that find quotations in a text and say whose words they are; `reader.py` names them in order."""
