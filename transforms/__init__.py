"""Pure polars, DataFrame in, DataFrame out: no file, no clock, no network, no randomness."""
