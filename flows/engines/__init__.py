"""Who does the work on chunks: this process, processes beside it, a cluster."""
