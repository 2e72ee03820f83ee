"""Nights of the past: brought in late, done again, held back and replayed, carried over from earlier versions."""
