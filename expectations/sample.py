"""Documents that stand for all: a fault of a rule shows in some of any thousand, and finding a place in a text is dear."""

from __future__ import annotations

# The same documents in every run, whatever their order.
LOOKED_UP = """(
                    select document_id, body_hans
                    from core.canonical_documents
                    order by hash(document_id)
                    limit 1000
                )"""
