"""The only home of DuckDB: the working database, the marts, the release."""
