"""Slack: everything that knows it. Nothing outside of this package does."""
