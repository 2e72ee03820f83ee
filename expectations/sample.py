"""Documents that stand for all: a fault of a rule shows in some of any thousand, and finding a place in a text is dear."""

from __future__ import annotations

# The same documents in every run, whatever their order; asked by row number, so that no other text is read.
LOOKED_UP = """(
                    select document_id, body_hans
                    from core.canonical_documents
                    where rowid in (
                        select rowid from core.canonical_documents order by hash(document_id) limit 1000
                    )
                )"""
