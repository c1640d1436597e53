"""Letters to people: an outbox table, and a worker that empties it."""
