"""Files of the web: asked politely, within bounds, never of machines that were not meant."""

from __future__ import annotations

import gzip
import ipaddress
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from threading import Event, Thread

import pytest

from flows.readers.codings import Gunzip
from flows.readers.http import FAILING, Client, FetchFailed, Hosts, Limits, address
from flows.readers.network import Address, is_public
from flows.readers.robots import Robots, Rules
from tests.flows.web import Reply, Site, served


@dataclass
class Clock:
    """Time that passes only where somebody rests."""

    moment: float = 1000.0
    rests: list[float] = field(default_factory=list[float])

    def now(self) -> float:
        return self.moment

    def rest(self, seconds: float) -> None:
        self.rests.append(seconds)
        self.moment += seconds


@pytest.fixture
def site() -> Iterator[Site]:
    with served() as site:
        yield site


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def client(clock: Clock) -> Client:
    return Client(0.0, allow_private=True, hosts=Hosts(clock.now, clock.rest))


def refused(client: Client, url: str, into: Path) -> str:
    with pytest.raises(FetchFailed) as failed:
        client.get(url, into)
    return str(failed.value)


def test_a_file_comes_as_it_is_with_what_to_ask_next_time(site: Site, client: Client, tmp_path: Path) -> None:
    site.page("/feed.xml", "<rss/>", etag='"7"', last_modified="Fri, 20 Nov 2026 08:00:00 GMT")
    answer = client.get(f"{site.root}/feed.xml", tmp_path / "feed")
    assert (tmp_path / "feed").read_bytes() == b"<rss/>"
    assert answer.headers["etag"] == '"7"'
    again = client.get(f"{site.root}/feed.xml", tmp_path / "again", {"etag": '"7"', "last-modified": "then"})
    assert (again.status, again.path) == (304, None)
    assert site.asked[-1][1]["if-modified-since"] == "then"
    assert site.asked[-1][1]["user-agent"].startswith("wencang/")


def test_robots_txt_is_asked_once_and_obeyed(site: Site, client: Client, clock: Clock, tmp_path: Path) -> None:
    site.page("/robots.txt", "User-agent: *\nDisallow: /private/\nCrawl-delay: 7\n", "text/plain")
    site.page("/news", "新闻")
    site.page("/private/news", "新闻")
    client.get(f"{site.root}/news", tmp_path / "a")
    assert "robots.txt" in refused(client, f"{site.root}/private/news", tmp_path / "b")
    client.get(f"{site.root}/news", tmp_path / "c")
    assert site.paths() == ["/news", "/news"]
    assert [path for path, _ in site.asked].count("/robots.txt") == 1
    assert clock.rests == [7.0]


def beside(work: Callable[[], object]) -> Thread:
    """A thread that is at work when this returns."""
    began = Event()
    thread = Thread(target=lambda: (began.set(), work()), daemon=True)
    thread.start()
    began.wait()
    return thread


def test_sources_of_one_site_that_come_together_ask_for_its_robots_txt_once() -> None:
    robots, asked, others = Robots(), list[str](), list[Thread]()
    allowed: list[bool] = []

    def ask(number: int) -> None:
        rules = robots.of(f"https://news.example/feed/{number}", lambda place: (asked.append(place) or 404, b""))
        allowed.append(rules.allow("https://news.example/a", "wencang"))

    def fetch(place: str) -> tuple[int, bytes]:
        asked.append(place)
        others.extend(beside(partial(ask, number)) for number in range(4))
        return 200, b"User-agent: *\nDisallow: /"

    assert not robots.of("https://news.example/feed", fetch).allow("https://news.example/a", "wencang")
    for thread in others:
        thread.join()
    assert (asked, allowed) == (["https://news.example/robots.txt"], [False] * 4)


def test_who_waited_for_an_answer_that_never_came_asks_on_terms_of_its_own() -> None:
    robots, others, told = Robots(), list[Thread](), list[Rules]()

    def fetch(_: str) -> tuple[int, bytes]:
        others.append(beside(lambda: told.append(robots.of("http://intranet.example/b", lambda _: (404, b"")))))
        raise FetchFailed("in a private network")

    with pytest.raises(FetchFailed):
        robots.of("http://intranet.example/a", fetch)
    others[0].join()
    assert robots.of("http://intranet.example/c", fetch) is told[0]


@pytest.mark.parametrize(
    ("rules", "forbids"), [((200, {}, b"User-agent: *\nDisallow: /"), True), ((503, {}, b""), False)]
)
def test_a_site_that_forbids_is_told_from_one_in_trouble(
    site: Site, client: Client, tmp_path: Path, rules: tuple[int, dict[str, str], bytes], forbids: bool
) -> None:
    site.pages["/robots.txt"] = rules
    assert client.is_forbidden(f"{site.root}/news", tmp_path / "a") is forbids
    with pytest.raises(FetchFailed, match=r"robots\.txt") as failed:
        client.get(f"{site.root}/news", tmp_path / "a")
    # No answer of the page itself: what is remembered of it is nothing.
    assert failed.value.status == 0


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (302, True), (500, False), (503, False)])
def test_a_site_in_trouble_is_left_alone_one_without_rules_is_not(status: int, allowed: bool) -> None:
    assert Rules(status, b"").allow("https://news.example/a", "wencang") is allowed


def test_robots_txt_that_cannot_be_had_at_once_is_asked_for_again(site: Site, client: Client, tmp_path: Path) -> None:
    replies: list[Reply] = [(503, {}, b""), (404, {}, b"")]
    answers = iter(replies)
    site.pages["/robots.txt"] = lambda _: next(answers)
    site.page("/news", "新闻")
    assert client.get(f"{site.root}/news", tmp_path / "a").status == 200
    site.pages["/robots.txt"] = 503, {}, b""
    again = replace(client, robots=Robots())
    assert refused(again, f"{site.root}/news", tmp_path / "b") == "its robots.txt answered 503"


def test_a_host_that_answers_no_more_is_known_until_it_does(site: Site, client: Client, tmp_path: Path) -> None:
    site.pages["/busy"] = 429, {"Retry-After": "9"}, b""
    site.page("/news", "新闻")
    for number in range(FAILING):
        assert not client.is_silent(f"{site.root}/news")
        refused(client, f"{site.root}/busy", tmp_path / str(number))
    assert client.is_silent(f"{site.root}/news")
    assert len(site.paths()) == 4 * FAILING
    refused(client, f"{site.root}/busy", tmp_path / "once")
    assert len(site.paths()) == 4 * FAILING + 1
    client.get(f"{site.root}/news", tmp_path / "a")
    assert not client.is_silent(f"{site.root}/news")
    # It answers: what is wrong is the page.
    site.pages["/wrong"] = 500, {}, b""
    for number in range(FAILING):
        refused(client, f"{site.root}/wrong", tmp_path / str(number))
    assert not client.is_silent(f"{site.root}/news")


def test_a_host_is_asked_only_as_often_as_its_source_says(site: Site, clock: Clock, tmp_path: Path) -> None:
    site.page("/a", "一")
    with Client(2.5, allow_private=True, hosts=Hosts(clock.now, clock.rest)) as client:
        for number in range(3):
            client.get(f"{site.root}/a", tmp_path / str(number))
    # robots.txt took the first turn.
    assert clock.rests == [2.5, 2.5, 2.5]


def test_a_stumbling_site_is_tried_again_with_growing_pauses(
    site: Site, client: Client, clock: Clock, tmp_path: Path
) -> None:
    replies: list[Reply] = [(503, {}, b""), (502, {}, b""), (429, {"Retry-After": "9"}, b""), (200, {}, "好".encode())]
    answers = iter(replies)
    site.pages["/feed"] = lambda _: next(answers)
    assert client.get(f"{site.root}/feed", tmp_path / "feed").status == 200
    assert 0.5 <= clock.rests[0] <= 1.5
    assert 1.0 <= clock.rests[1] <= 3.0
    assert clock.rests[2] == 9.0


@pytest.mark.parametrize(("status", "asked"), [(404, 1), (500, 4)])
def test_what_cannot_mend_is_asked_once(site: Site, client: Client, tmp_path: Path, status: int, asked: int) -> None:
    site.pages["/feed"] = status, {}, b""
    assert refused(client, f"{site.root}/feed", tmp_path / "feed") == f"answered {status}"
    assert len(site.paths()) == asked


def test_redirects_are_followed_a_few_times(site: Site, client: Client, tmp_path: Path) -> None:
    site.pages["/old"] = 301, {"Location": "/new?day=一".encode().decode("latin-1")}, b""
    site.page("/new?day=%E4%B8%80", "新")
    assert client.get(f"{site.root}/old", tmp_path / "a").url == f"{site.root}/new?day=%E4%B8%80"
    site.pages["/round"] = 302, {"Location": "/round"}, b""
    assert "redirected" in refused(client, f"{site.root}/round", tmp_path / "b")
    site.pages["/file"] = 302, {"Location": "file:///etc/passwd"}, b""
    assert "only http" in refused(client, f"{site.root}/file", tmp_path / "c")
    site.pages["/nowhere"] = 302, {"Location": "http://["}, b""
    assert refused(client, f"{site.root}/nowhere", tmp_path / "d") == "no address"


def test_an_answer_that_makes_no_sense_is_a_failure_of_its_address(site: Site, client: Client, tmp_path: Path) -> None:
    site.pages["/unasked"] = 304, {}, b""
    assert refused(client, f"{site.root}/unasked", tmp_path / "a") == "answered 304"
    site.pages["/never"] = 429, {"Retry-After": "Fri, 31 Dec 9999 23:59:59 -2300"}, b""
    assert refused(client, f"{site.root}/never", tmp_path / "b") == "answered 429"
    site.page("/feed", "新")
    assert client.get(f"{site.root}/feed", tmp_path / "c", {"etag": '"版本"'}).status == 200


PRIVATE = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
    "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1",
    "64:ff9b::7f00:1", "2002:7f00:1::", "2002:a00:1::", "2001:0:4136:e378:8000:63bf:3fff:fdd2",
]  # fmt: skip


@pytest.mark.parametrize("told", PRIVATE)
def test_addresses_of_private_networks(told: str) -> None:
    assert not is_public(ipaddress.ip_address(told))


@pytest.mark.parametrize(
    "told", ["1.1.1.1", "114.114.114.114", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"]
)
def test_addresses_of_the_internet_at_large(told: str) -> None:
    assert is_public(ipaddress.ip_address(told))


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1", "[::1]", "[::ffff:127.0.0.1]"]
)
def test_however_it_is_written_this_machine_is_not_asked(site: Site, tmp_path: Path, host: str) -> None:
    site.page("/secret", "机密")
    with Client(0.0) as client:
        failed = refused(client, f"http://{host}:{site.port}/secret", tmp_path / "a")
    assert "private network" in failed
    assert site.asked == []


def names(told: list[str]) -> Callable[[str, int], list[Address]]:
    """A name server that gives every name the same addresses."""
    return lambda host, port: [ipaddress.ip_address(address) for address in told]


def test_a_name_with_one_private_address_is_refused(site: Site, tmp_path: Path) -> None:
    with Client(0.0, resolve=names(["1.1.1.1", "127.0.0.1"])) as client:
        assert "private network" in refused(client, f"http://news.example:{site.port}/", tmp_path / "a")
    assert site.asked == []


def test_a_name_that_moves_after_the_check_gains_nothing(site: Site, clock: Clock, tmp_path: Path) -> None:
    """The connection goes to the address that was checked: no name server of this machine knows the name."""
    site.page("/a", "一")
    with Client(0.0, True, hosts=Hosts(clock.now, clock.rest), resolve=names(["127.0.0.1"])) as client:
        client.get(f"http://news.invalid:{site.port}/a", tmp_path / "a")
    assert site.asked[-1][1]["host"] == f"news.invalid:{site.port}"


def test_a_redirect_into_a_private_network_is_refused(site: Site, clock: Clock, tmp_path: Path) -> None:
    """Each hop is checked: the first is let through here as if it were public, the second is not."""
    site.pages["/out"] = 302, {"Location": f"http://inside.invalid:{site.port}/secret"}, b""
    site.page("/secret", "机密")

    def resolve(host: str, port: int) -> list[Address]:
        return [Outside("127.0.0.1") if host == "outside.invalid" else ipaddress.ip_address("127.0.0.1")]

    with Client(0.0, hosts=Hosts(clock.now, clock.rest), resolve=resolve) as client:
        failed = refused(client, f"http://outside.invalid:{site.port}/out", tmp_path / "a")
    assert "inside.invalid is a machine of a private network" in failed
    assert site.paths() == ["/out"]


class Outside(ipaddress.IPv4Address):
    """A loopback address that passes for a public one, for want of an internet."""

    @property
    def is_global(self) -> bool:
        return True


SMALL = Limits(body_bytes=1 << 20, harmless_bytes=1 << 16, ratio=20, attempts=1)


def test_a_body_is_bounded_also_unpacked(site: Site, client: Client, tmp_path: Path) -> None:
    bounded = replace(client, limits=SMALL)
    site.packed("/fair", b"".join(f"{number:x}".encode() for number in range(9000)))
    assert bounded.get(f"{site.root}/fair", tmp_path / "a").path is not None
    assert (tmp_path / "a").read_bytes().startswith(b"0123456789abc")
    site.packed("/bomb", bytes(1 << 20))
    assert "beyond reason" in refused(bounded, f"{site.root}/bomb", tmp_path / "b")
    assert (tmp_path / "b").stat().st_size <= 1 << 20
    site.page("/large", b"x" * ((1 << 20) + 1))
    assert "more than" in refused(bounded, f"{site.root}/large", tmp_path / "c")


def test_content_packed_in_several_members_comes_whole(site: Site, client: Client, tmp_path: Path) -> None:
    """As a log that was appended to is; what follows the last member, as some servers pad it, is none of it."""
    site.pages["/a"] = 200, {"Content-Encoding": "gzip"}, gzip.compress(b"one,") + gzip.compress(b"two") + bytes(512)
    client.get(f"{site.root}/a", tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == b"one,two"
    byte_by_byte = Gunzip()
    packed = gzip.compress(b"one,") + gzip.compress(b"two")
    assert b"".join(part for byte in packed for part in byte_by_byte.blocks(bytes([byte]))) == b"one,two"
    assert byte_by_byte.is_whole


def test_a_broken_or_strange_compression_is_no_file(site: Site, client: Client, tmp_path: Path) -> None:
    cut_off = gzip.compress(b"x" * 5000)[:-9]
    site.pages["/cut"] = 200, {"Content-Encoding": "gzip"}, cut_off
    site.pages["/br"] = 200, {"Content-Encoding": "br"}, b"?"
    assert "compression is broken" in refused(client, f"{site.root}/cut", tmp_path / "a")
    assert "nobody asked for" in refused(client, f"{site.root}/br", tmp_path / "b")
    site.pages["/charset"] = 200, {"Content-Encoding": "UTF-8"}, "新".encode()
    assert client.get(f"{site.root}/charset", tmp_path / "c").status == 200


def test_a_site_that_drips_is_left_when_its_time_is_up(tmp_path: Path) -> None:
    """One byte of the header at a time: every read succeeds, the whole never ends."""
    ticks = iter(range(10_000))
    hosts = Hosts(lambda: float(next(ticks)), lambda _: None)
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            with server.accept()[0] as peer:
                peer.recv(4096)
                peer.sendall(b"HTTP/1.1 200 OK\r\n")
                for number in range(10_000):
                    peer.sendall(f"X-{number}: y\r\n".encode())

        thread = threading.Thread(target=lambda: suppressed(drip), daemon=True)
        thread.start()
        limits = Limits(seconds=40, attempts=1)
        with Client(0.0, allow_private=True, limits=limits, hosts=hosts) as client:
            client.robots.of(f"http://127.0.0.1:{server.getsockname()[1]}", lambda _: (404, b""))
            failed = refused(client, f"http://127.0.0.1:{server.getsockname()[1]}/", tmp_path / "a")
        thread.join(5)
    assert failed == "took too long" or "connection" in failed


def test_redirects_share_their_time_and_what_used_it_up_is_not_asked_again(
    site: Site, client: Client, clock: Clock, tmp_path: Path
) -> None:
    def slowly(target: str) -> Callable[[Mapping[str, str]], Reply]:
        def reply(_: Mapping[str, str]) -> Reply:
            clock.moment += 200
            return 302, {"Location": target}, b""

        return reply

    site.pages["/a"], site.pages["/b"] = slowly("/b"), slowly("/c")
    site.page("/c", "新")
    assert refused(client, f"{site.root}/a", tmp_path / "a") == "took too long"
    assert [path for path in site.paths() if path != "/robots.txt"] == ["/a", "/b"]


def suppressed(work: Callable[[], None]) -> None:
    try:
        work()
    except OSError:
        return


def test_an_address_goes_over_the_wire_in_ascii() -> None:
    assert address("https://新闻.example/要闻?日=一#top") == (
        "https://xn--efvy88h.example/%E8%A6%81%E9%97%BB?%E6%97%A5=%E4%B8%80"
    )


@pytest.mark.parametrize("url", ["ftp://a.example/", "http://", "http://u:p@a.example/", "gopher:a"])
def test_what_is_no_address_of_the_web(url: str) -> None:
    with pytest.raises(FetchFailed):
        address(url)
