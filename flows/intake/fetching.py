"""What sources have elsewhere, brought here: each address becomes a file, to be archived and read like any other."""

from __future__ import annotations

import shutil
from collections.abc import Container, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain, count, islice
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from flows.intake.delivery import Delivery
from flows.own_faults import RAISED, described, is_ours
from flows.readers import BY_ENDING, INDEX, InputFile, RejectedFile, feed, remote
from flows.readers.beginnings import HEAD_BYTES, MISTAKEN, begun_as
from flows.readers.codings import GZIP
from flows.readers.http import Answer, Client, FetchFailed, Hosts
from flows.readers.packed import CODECS
from flows.readers.robots import Robots
from flows.reporting.wording import counted

SOURCES_AT_ONCE = 8
MAX_SITEMAPS = 50
WEB = ("http", "https")
# What a server may call a file -> the reader for it. `text/plain` and the like say nothing.
KINDS = {
    "text/html": "page", "application/xhtml+xml": "page",
    "application/rss+xml": "feed", "application/atom+xml": "feed", "text/xml": "feed", "application/xml": "feed",
    "application/json": "json", "application/feed+json": "json",
    "application/x-ndjson": "jsonl", "application/jsonl": "jsonl", "application/x-jsonlines": "jsonl",
    "text/csv": "csv", "application/vnd.apache.parquet": "parquet", "application/warc": "warc",
}  # fmt: skip
Known = Mapping[str, Mapping[str, str]]
"""{address: what it came with last time: `etag`, `last-modified`, or that it failed}."""
FAILED = "failed"
# The status of an address that may answer another night.
MAY_MEND = 0


@dataclass(slots=True)
class Visit:
    """One address asked, and what to remember of it once its file is safe. `path` is where that lies meanwhile."""

    address: str
    status: int
    etag: str | None = None
    last_modified: str | None = None
    path: Path | None = None

    def without_marks(self, frozen: Container[Path | None]) -> Visit:
        """The visit; what would spare the next one the file is left out where that is among the `frozen`."""
        return replace(self, etag=None, last_modified=None) if self.path in frozen else self


@dataclass(slots=True)
class Haul:
    """What one source had elsewhere: files here now, addresses unchanged since last time, what went wrong."""

    files: list[InputFile] = field(default_factory=list[InputFile])
    visits: list[Visit] = field(default_factory=list[Visit])
    unchanged: int = 0
    troubles: list[str] = field(default_factory=list[str])


@contextmanager
def fetched(deliveries: Sequence[Delivery], known: Mapping[str, Known], folder: Path) -> Generator[list[Haul]]:
    """What every delivery has elsewhere, in their order; the files lie in `folder` while the context lasts.

    Several sources are asked at once, each host only as often as it likes.
    """
    shutil.rmtree(folder, ignore_errors=True)
    hosts, robots, pool = Hosts(), Robots(), ThreadPoolExecutor(SOURCES_AT_ONCE, "fetch")
    try:
        if any(delivery.addresses or delivery.lists for delivery in deliveries):
            folder.mkdir(mode=0o700)
        tasks = [
            pool.submit(bring, delivery, known.get(delivery.source_id, {}), folder / str(number), hosts, robots)
            for number, delivery in enumerate(deliveries)
        ]
        yield [task.result() for task in tasks]
    finally:
        hosts.stop()
        pool.shutdown(cancel_futures=True)
        shutil.rmtree(folder, ignore_errors=True)


def bring(delivery: Delivery, known: Known, folder: Path, hosts: Hosts, robots: Robots) -> Haul:
    """Everything one source has elsewhere. What cannot be had is a trouble, never an exception, nor is a fault of ours."""
    haul = Haul()
    if delivery.addresses or delivery.lists:
        folder.mkdir(mode=0o700)
        try:
            ask_all(delivery, known, folder, hosts, robots, haul)
        except RAISED as error:
            if not is_ours(error):
                raise
            haul.troubles.append(f"{described(error)}; please report it")
    return haul


def ask_all(delivery: Delivery, known: Known, folder: Path, hosts: Hosts, robots: Robots, haul: Haul) -> None:
    """Ask every address of a source, and every list of pages it has here."""
    places, terms = (folder / str(number) for number in count()), delivery.terms
    delay = 1.0 if terms.delay_seconds is None else terms.delay_seconds
    with Client(delay, allow_private=bool(terms.allow_private), hosts=hosts, robots=robots) as client:
        for address in delivery.addresses:
            if urlsplit(address).scheme in WEB:
                Web(client, delivery, known, places, haul).bring(address)
            else:
                elsewhere(address, delivery, known, places, haul)
        for file in delivery.lists:
            Web(client, delivery, known, places, haul).bring_listed(file)


def elsewhere(address: str, delivery: Delivery, known: Known, places: Iterator[Path], haul: Haul) -> None:
    """The files of a place fsspec knows that are not those of last time."""
    try:
        system, files = remote.files(address)
        if not files:
            haul.troubles.append(f"{address}: no files there")
        for file in files:
            if file.mark and known.get(file.path, {}).get("etag") == file.mark:
                haul.unchanged += 1
                continue
            place = next(places)
            remote.copy(system, file, place)
            haul.files.append(InputFile(place, file.name, None, delivery.terms.reader, delivery.terms.fields))
            haul.visits.append(Visit(file.path, 200, file.mark or None, path=place))
    except remote.Unreachable as error:
        haul.troubles.append(f"{address}: {error}")


@dataclass(slots=True)
class Web:
    """Asks addresses of the web for one source."""

    client: Client
    delivery: Delivery
    known: Known
    places: Iterator[Path]
    haul: Haul

    def bring(self, address: str) -> None:
        """The file at an address, or the pages it names if the source wants those."""
        if self.delivery.terms.pages_a_night:
            self.bring_pages(address, self.named([address]))
            return
        try:
            if (answer := self.ask(address, self.known.get(address))) is not None:
                self.take(address, answer)
        except FetchFailed as failed:
            self.haul.troubles.append(f"{address}: {failed}")

    def bring_listed(self, file: InputFile) -> None:
        """The pages a feed or a sitemap that lies here names."""
        try:
            if file.refusal is not None:
                raise RejectedFile("unreadable_file", file.refusal)
            pages, sitemaps = feed.addresses(file.path)
        except RejectedFile as failed:
            self.haul.troubles.append(f"{file.file_name}: {failed}")
            return
        self.bring_pages(file.file_name, chain(pages, self.named(sitemaps)))

    def bring_pages(self, place: str, named: Iterable[str]) -> None:
        """As many of the pages named at a place as the source wants in a night, those not known yet."""
        forbidden, failures, wanted, left = list[str](), list[str](), 0, 0
        for page in islice(self.allowed(self.fresh(named), forbidden), self.delivery.terms.pages_a_night or 0):
            wanted += 1
            if self.is_down(page):
                left += 1
            elif failure := self.page(page):
                failures.append(failure)
        if forbidden:
            told = f"robots.txt of the site does not allow {len(forbidden)} of its pages: {forbidden[0]}"
            self.haul.troubles.append(f"{place}: {told}")
        if failures:
            self.haul.troubles.append(f"{place}: {len(failures)} of {wanted - left} pages failed: {failures[0]}")
        if left:
            told = f"{counted(left, 'page')} left for another night, as the host answers no more"
            self.haul.troubles.append(f"{place}: {told}")

    def fresh(self, named: Iterable[str]) -> Iterator[str]:
        """The pages not known yet, last those that failed another night: they would keep all others waiting for good."""
        late = list[str]()
        for page in dict.fromkeys(named):
            if page not in self.known:
                yield page
            elif FAILED in self.known[page]:
                late.append(page)
        yield from late

    def allowed(self, pages: Iterable[str], forbidden: list[str]) -> Iterator[str]:
        """The pages that robots.txt does not forbid tonight; those it does are `forbidden`, and looked at again."""
        for page in pages:
            if not self.is_down(page) and self.client.is_forbidden(page, next(self.places)):
                forbidden.append(page)
            else:
                yield page

    def is_down(self, page: str) -> bool:
        """Whether the host of a page answers no more: waiting for each of a thousand pages would take days."""
        try:
            return self.client.is_silent(page)
        except FetchFailed:
            return False

    def ask(self, address: str, known: Mapping[str, str] | None = None) -> Answer | None:
        """The answer of an address, None where nothing is new. Raises FetchFailed."""
        answer = self.client.get(address, next(self.places), known)
        if answer.path is None:
            self.haul.unchanged += 1
        return answer if answer.path is not None else None

    def page(self, address: str) -> str | None:
        """Bring one page; says what went wrong. One that is gone is not asked for again, any other once others were."""
        try:
            if (answer := self.ask(address)) is not None:
                self.take(address, answer)
        except FetchFailed as failed:
            self.haul.visits.append(Visit(address, MAY_MEND if failed.may_mend else failed.status or MAY_MEND))
            return f"{address}: {failed}"
        return None

    def take(self, address: str, answer: Answer) -> None:
        """The file of an answer is one of the delivery's."""
        terms, kind = self.delivery.terms, answer.headers.get("content-type", "")
        reader = reader_of(answer.url, kind, terms.reader, beginning(answer))
        self.haul.files.append(arrived(answer, reader, terms.fields))
        told = answer.headers.get
        self.haul.visits.append(Visit(address, answer.status, told("etag"), told("last-modified"), answer.path))

    def named(self, places: Sequence[str]) -> Iterator[str]:
        """The pages that feeds and sitemaps at these addresses name, or those of the sitemaps they name."""
        left, asked = list(places), 0
        while left and asked < MAX_SITEMAPS:
            place, asked = left.pop(0), asked + 1
            try:
                answer = self.ask(place)
                assert answer is not None and answer.path is not None
                self.haul.files.append(arrived(answer, INDEX, None))
                pages, sitemaps = feed.addresses(answer.path)
            except (FetchFailed, RejectedFile) as failed:
                self.haul.troubles.append(f"{place}: {failed}")
                continue
            yield from (feed.joined(answer.url, page) for page in pages)
            if place in places:
                left += (feed.joined(answer.url, sitemap) for sitemap in sitemaps)


def beginning(answer: Answer) -> bytes:
    """The first bytes of what came."""
    assert answer.path is not None
    with answer.path.open("rb") as file:
        return file.read(HEAD_BYTES)


def arrived(answer: Answer, reader: str | None, fields: str | None) -> InputFile:
    """The file of an answer. Where the server told a file's own packing as that of its way, it is packed no more."""
    assert answer.path is not None
    name, packing = name_of(answer.url), answer.headers.get("content-encoding", "")
    if "gzip" in packing.lower() and name.lower().endswith(".gz") and not beginning(answer).startswith(GZIP):
        name = name[: -len(".gz")]
    return InputFile(answer.path, name, None, reader, fields, answer.url)


def reader_of(url: str, content_type: str, wanted: str | None, head: bytes = b"") -> str | None:
    """How a file of the web is read: as its source says, else as the server says, else by its ending.

    A feed served as a page is a feed nevertheless: `head` are its first bytes.
    """
    ending = PurePosixPath(urlsplit(url).path.lower())
    inner = PurePosixPath(ending.stem).suffix if ending.suffix in CODECS else ending.suffix
    by_kind = KINDS.get(content_type.partition(";")[0].strip().lower())
    reader = wanted or by_kind or BY_ENDING.get(inner)
    if not wanted and reader in MISTAKEN:
        reader = begun_as(head) or reader
    if reader == "html":
        return "page"
    if reader is None and not inner and ending.suffix not in CODECS:
        return "text" if content_type.startswith("text/plain") else "page"
    return reader


def name_of(url: str) -> str:
    """What a file of the web is called in the ledger: host and path, the query before the ending."""
    parts = urlsplit(url)
    path = PurePosixPath(parts.path.lstrip("/") or "index")
    query = f"~{parts.query.replace('/', '%2F')}" if parts.query else ""
    endings = "".join(path.suffixes[-2:]) if path.suffix.lower() in CODECS else path.suffix
    stem = path.name.removesuffix(endings) if endings else path.name
    return (PurePosixPath(parts.netloc) / path.parent / f"{stem}{query}{endings}").as_posix()
