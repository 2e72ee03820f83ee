"""The judge of tables: the only home of Great Expectations."""
