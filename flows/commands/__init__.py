"""What each verb does: one module per group of verbs, one function per verb."""
