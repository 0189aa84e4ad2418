"""The error tree. Every error's text is a sentence fit to show a person, and says what to do next.

NatoQuotesError
├── ConfigurationError      a setting is missing or wrong
├── ModelError              a model file is missing, altered or of another version
├── DocumentError           one document cannot be taken; the others go on
│   ├── Unreadable          its bytes cannot be read now; nothing is said of what they are
│   ├── Overran             it takes longer to read than any document may
│   └── FetchError          an address cannot be fetched, or may not be
├── IndexFault              the index cannot be read or written
│   ├── IndexMissing        nothing has been indexed yet
│   ├── IndexBusy           another process holds the writer's lock
│   └── ForeignIndex        the data folder belongs to another corpus
├── RecordsFault            the records cannot be opened
├── NotFound                no document, quote, speaker or correction by that id
└── Forbidden               the person may not do that
"""

from __future__ import annotations

NO_INDEX = (
    "There is no index at the moment; the bot makes it anew by itself (where none is running: nato-quote index). "
    "Please try again in a few minutes."
)


class NatoQuotesError(Exception):
    """Base of all errors whose text may be shown to a person."""


class ConfigurationError(NatoQuotesError):
    """A setting is missing or wrong."""


class ModelError(NatoQuotesError):
    """A model file is missing, altered or of another version."""


class DocumentError(NatoQuotesError):
    """One document cannot be taken; the text says why and what would help."""


class Unreadable(DocumentError):
    """A file's bytes cannot be read now: a fault of the disk or of its permissions, which may pass."""


class Overran(DocumentError):
    """A document takes longer to read than it may; what was read of it before is still good."""


class FetchError(DocumentError):
    """An address cannot be fetched, or may not be."""


class IndexFault(NatoQuotesError):
    """The index cannot be read or written."""


class IndexMissing(IndexFault):
    """Nothing has been indexed yet."""


class IndexBusy(IndexFault):
    """Another process holds the writer's lock."""


class ForeignIndex(IndexFault):
    """The data folder belongs to another corpus folder."""


class RecordsFault(NatoQuotesError):
    """The records (records.sqlite) cannot be opened."""


class NotFound(NatoQuotesError):
    """No document, quote, speaker or correction by that id."""


class Forbidden(NatoQuotesError):
    """The person may not do that."""
