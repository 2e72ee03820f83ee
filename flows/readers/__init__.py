"""Bytes in: one small module per format behind one interface."""
