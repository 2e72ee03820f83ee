"""What must hold of each table as a whole: one file a table, each expectation with its severity and reason."""
