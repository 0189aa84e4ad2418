"""Which version of the quote engine an index was made by; apart from the engine, since whoever asks needs only this."""

# Change it whenever the same document would give other quotes: an index made by another version is rebuilt.
PIPELINE_VERSION = "23"
