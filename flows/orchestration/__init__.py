"""Prefect: the servers a night brings with it, and what it leaves on their pages."""
