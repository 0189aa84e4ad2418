"""NATO Quotes for Slack and for the shell; everything that knows about quotations is in `retrieval`."""
