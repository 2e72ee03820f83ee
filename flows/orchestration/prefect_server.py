"""A Prefect server of the run's own: on loopback, its books in memory, gone with the run whatever ends it.

Prefect would start a server itself. That one migrates a database on disk for seconds before the first stage, and
outlives a killed run; a full disk or a damaged file there would stop the night. This one keeps nothing, so it needs
no migration and leaves nothing behind. It answers what a night asks and is a fork of the run, which has imported half of
what it needs. Who wants the history of nights sets PREFECT_API_URL to a server that stays.
"""

from __future__ import annotations

import asyncio
import importlib
import os
import select
import signal
import socket
import threading
from collections.abc import Generator
from contextlib import contextmanager
from itertools import pairwise
from typing import TYPE_CHECKING, NoReturn

from flows import stopping
from flows.collecting import put_off
from flows.endings import first_line

if TYPE_CHECKING:
    from sqlalchemy import Connection

PATIENCE_SECONDS = 120.0
READY = b"."
# What Prefect's client imports at its first call at the latest; run and server share it.
SHARED = ("prefect.flow_engine", "prefect.task_engine", "prefect.artifacts", "prefect.assets", "fastapi.encoders")
# The parts of Prefect's API that a night asks for. Its blocks, deployments, workers and services have no one here.
ASKED_FOR = ("admin", "flows", "flow_runs", "events")


class NotReady(Exception):
    """The server did not come up; says why."""


class Server:
    """A server in a process of its own, begun but not waited for."""

    def __init__(self) -> None:
        """Take a port. Raises OSError if this machine has no loopback."""
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}/api"

    def start(self) -> None:
        """Fork it. To be called before anything of this process has threads: they do not survive a fork."""
        alive, self.alive = os.pipe()
        self.ready, ready = os.pipe()
        self.process = os.fork()
        if self.process == 0:
            be_server(self.listener, alive, ready)
        for file in (self.listener.detach(), alive, ready):
            os.close(file)

    def wait(self) -> None:
        """Until it answers. Raises NotReady."""
        if not select.select([self.ready], [], [], PATIENCE_SECONDS)[0]:
            raise NotReady(f"no answer within {PATIENCE_SECONDS:.0f} s")
        if os.read(self.ready, 1) != READY:
            raise NotReady("it ended before it answered")

    def stop(self) -> None:
        """End it at once: it keeps nothing."""
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)
        for file in (self.alive, self.ready):
            os.close(file)


@contextmanager
def at_hand() -> Generator[Server | NotReady | None]:
    """A server for the flow runs of this process, begun here and ended with the block.

    None: PREFECT_API_URL names one that is not ours. NotReady: none could be begun.
    """
    if os.environ.get("PREFECT_API_URL"):
        yield None
        return
    try:
        own = begun()
    except Exception as trouble:
        # Whatever is wrong with Prefect here, a night does not depend on it.
        yield NotReady(first_line(trouble))
        return
    try:
        yield own
    finally:
        own.stop()


def begun() -> Server:
    """Import Prefect for both, then fork."""
    own = Server()
    # Prefect reads its settings when it is imported.
    os.environ |= {"PREFECT_API_URL": own.url, "PREFECT_LOGGING_TO_API_ENABLED": "false"}
    with put_off():
        for module in SHARED:
            importlib.import_module(module)
    own.start()
    return own


def be_server(listener: socket.socket, alive: int, ready: int) -> NoReturn:
    """In the fork: answer until the run, which alone holds the other end of `alive`, has ended."""
    try:
        # Ctrl-C is for the run, which ends the server last.
        os.setsid()
        for number in stopping.SIGNALS:
            signal.signal(number, signal.SIG_DFL)
        let_go_of_all_but(listener.fileno(), alive, ready)
        threading.Thread(target=die_with_run, args=(alive,), daemon=True).start()
        asyncio.run(serve(listener, ready))
    finally:
        os._exit(1)


def let_go_of_all_but(*files: int) -> None:
    """Close what the run has open: its lock would be held as long as somebody has it, its output never end."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    for low, high in pairwise((2, *sorted(files), os.sysconf("SC_OPEN_MAX"))):
        os.closerange(low + 1, high)


def die_with_run(alive: int) -> None:
    """However the run ends, the kernel closes its end."""
    os.read(alive, 1)
    os._exit(0)


async def serve(listener: socket.socket, ready: int) -> None:
    """Make the tables in memory, then answer."""
    from prefect.settings import PREFECT_SERVER_DATABASE_CONNECTION_URL, temporary_settings

    with temporary_settings({PREFECT_SERVER_DATABASE_CONNECTION_URL: "sqlite+aiosqlite:///:memory:"}):
        with put_off():
            import uvicorn
            from fastapi import FastAPI
            from prefect.server.database import provide_database_interface

            app = FastAPI()
            for part in ASKED_FOR:
                app.include_router(importlib.import_module(f"prefect.server.api.{part}").router, prefix="/api")
            engine = await provide_database_interface().engine()
            async with engine.begin() as connection:
                await connection.run_sync(make_tables)
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off"))
        telling = asyncio.create_task(tell_when_ready(server, ready))
        await server.serve(sockets=[listener])
        await telling


def make_tables(connection: Connection) -> None:
    """Every table as Prefect's models declare it. `create_all` will not do: two of them name an index alike."""
    from prefect.server.database import provide_database_interface
    from sqlalchemy.schema import CreateIndex, CreateTable

    for table in provide_database_interface().Base.metadata.sorted_tables:
        connection.execute(CreateTable(table))
        for index in table.indexes:
            connection.execute(CreateIndex(index, if_not_exists=True))


async def tell_when_ready(server: object, ready: int) -> None:
    """Write what the run waits for."""
    while not getattr(server, "started", False):
        await asyncio.sleep(0.01)
    os.write(ready, READY)
