"""Documents that stand for all: a fault of a rule shows in some of any thousand, and finding a place in a text is dear."""

from __future__ import annotations

# A place in a text is found by counting from its first letter: each of the hundred thousand figures of a book would cost
# all of it. So many letters are more than nearly any article has, and of a book they stand for the rest.
BEGINNING = 50_000
# The same documents in every run, whatever their order; asked by row number, so that no other text is read.
LOOKED_UP = f"""(
                    select
                        document_id,
                        body_hans,
                        left(body_hans, {BEGINNING}) as beginning,
                        length(body_hans) > {BEGINNING} as is_book
                    from core.canonical_documents
                    where rowid in (
                        select rowid from core.canonical_documents order by hash(document_id) limit 1000
                    )
                )"""
