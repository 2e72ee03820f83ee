"""Duplicates: search keys, verdicts on pairs, clusters of copies, relations between articles."""

from transforms.dedup.clauses import clauses
from transforms.dedup.clusters import copies
from transforms.dedup.pairs import pairs
from transforms.dedup.relations import relations

__all__ = ["clauses", "copies", "pairs", "relations"]
