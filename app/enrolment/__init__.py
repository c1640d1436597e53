"""On whose terms somebody takes the course."""
