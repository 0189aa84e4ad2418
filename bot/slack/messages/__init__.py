"""What is said in Slack: pure renderers of Block Kit."""
