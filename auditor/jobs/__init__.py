"""The durable job and its steps: the only room that knows the queue (DBOS)."""
