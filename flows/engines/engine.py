"""Who can be asked to work on the chunks of a night: processes of this machine, or a cluster. The rows are the same."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, TypeVar

if TYPE_CHECKING:
    import polars as pl

    from flows.chunk import Frames, Parts
    from flows.engines.exchange import Exchange
    from flows.pipeline import Stage

Result = TypeVar("Result")

ENGINES = ("processes", "ray")
# The folder of a home in which lies what is on its way between processes of the run at work.
CROSSING = "crossing"


class Engine(Protocol):
    """Workers that know no store: they are given frames and give rows back, in the order of the chunks."""

    size: int

    def results(self, stages: Sequence[Stage], chunks: Iterable[Frames]) -> Iterator[Parts]:
        """What each chunk comes to in each of the stages (see flows.chunk.through).

        Chunks are asked for as workers get free, so that memory stays bounded.
        """
        ...

    def worth(self, chunks: int) -> bool:
        """Whether workers should be called for so many chunks."""
        ...

    def cluster(self) -> Cluster | None:
        """This engine, if it can do the joins over all documents; None: the store does them."""
        ...

    def dismiss(self) -> None:
        """Let the workers go. The next chunk calls them again."""
        ...


class Cluster(Protocol):
    """An engine whose workers hand frames to each other without this process seeing them."""

    size: int
    exchange: Exchange

    def run(self, work: Callable[..., Result], jobs: Iterable[tuple[Any, ...]]) -> Iterator[Result]:
        """What `work` returns for each job, in their order; jobs are asked for as workers get free."""
        ...


# Called with the number of workers and the seed tables of the run that are not those shipped.
Hire: TypeAlias = "Callable[[int, dict[str, pl.DataFrame]], Engine]"


class NoEngine(Exception):
    """The engine asked for is not there; the message says how to get it."""


def hire(name: str, home: Path, exchange: str | None) -> Hire:
    """How the engine called `name` is called to work: nothing is imported for it before. Raises NoEngine."""
    if name == "processes":
        return partial(processes, folder=home / CROSSING)
    if name not in ENGINES:
        raise NoEngine(f"no engine is called {name!r}; there are {' and '.join(ENGINES)}")
    if importlib.util.find_spec("ray") is None:
        raise NoEngine("the engine ray is not installed; `pip install 'wencang[ray]'`, or here `make setup-ray`")
    from flows.engines.ray_crew import RayCrew

    return partial(RayCrew, exchange=met_at(home, exchange))


def met_at(home: Path, exchange: str | None) -> Exchange:
    """Where the workers of a cluster meet. Raises NoEngine for a place of a kind this machine does not know."""
    from flows.engines.exchange import Unreachable, exchange_of

    place = exchange_of(home, exchange)
    try:
        place.place()
    except Unreachable as unknown:
        raise NoEngine(f"{unknown}; name a place fsspec knows here, as file:///srv/shared") from None
    return place


def processes(size: int, known: dict[str, pl.DataFrame], folder: Path) -> Engine:
    """Processes of this machine, which hand frames over by way of a folder."""
    from flows.engines.crew import Crew

    return Crew(size, known, folder)
