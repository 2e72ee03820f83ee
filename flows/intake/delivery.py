"""What one source brings in one night: files that lie here, addresses to be fetched, and the terms of both."""

from __future__ import annotations

from dataclasses import dataclass, field

from flows.readers import InputFile


@dataclass(frozen=True, slots=True)
class Terms:
    """What the row of a source says of how its files are fetched and read; see transforms.tables.ref.Source."""

    reader: str | None = None
    fields: str | None = None
    unknown_fields: str | None = None
    missing_fields: str | None = None
    delay_seconds: float | None = None
    pages_a_night: int | None = None
    allow_private: bool | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one source brings. `lists` are those of its files that name pages to be fetched; `trouble` is why it brings
    nothing, for people.
    """

    source_id: str
    files: tuple[InputFile, ...]
    addresses: tuple[str, ...] = ()
    terms: Terms = field(default_factory=Terms)
    trouble: str | None = None
    lists: tuple[InputFile, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to read or fetch."""
        return not self.files and not self.addresses
