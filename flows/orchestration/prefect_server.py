"""A Prefect server of the run's own: on loopback, its books in memory, gone with the run whatever ends it.

Prefect would start a server itself. That one migrates a database on disk for seconds before the first stage, and
outlives a killed run; a full disk or a damaged file there would stop the night. This one keeps nothing, so it needs
no migration and leaves nothing behind. Who wants the history of nights sets PREFECT_API_URL to a server that stays.
"""

from __future__ import annotations

import asyncio
import os
import select
import socket
import subprocess
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from flows.collecting import put_off

if TYPE_CHECKING:
    from sqlalchemy import Connection

ROOT = str(Path(__file__).resolve().parents[2])
PATIENCE_SECONDS = 120.0
READY = b"ready\n"
# One flow run at a time is all that happens here: no schedule, no trigger, no clean-up has anything to do.
IDLE_SERVICES = (
    "CANCELLATION_CLEANUP", "EVENT_LOGGER", "EVENT_PERSISTER", "FOREMAN", "LATE_RUNS", "PAUSE_EXPIRATIONS",
    "REPOSSESSOR", "SCHEDULER", "TASK_RUN_RECORDER", "TRIGGERS",
)  # fmt: skip
ENVIRONMENT = {
    "PREFECT__SERVER_EPHEMERAL": "1",
    "PREFECT__SERVER_FINAL": "1",
    "PREFECT_UI_ENABLED": "false",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_DATABASE_CONNECTION_URL": "sqlite+aiosqlite:///:memory:",
    "PREFECT_API_DATABASE_MIGRATE_ON_START": "false",
    "PREFECT_API_BLOCKS_REGISTER_ON_START": "false",
    **{f"PREFECT_SERVER_SERVICES_{name}_ENABLED": "false" for name in IDLE_SERVICES},
}


class NotReady(Exception):
    """The server did not come up; says why."""


class Server:
    """A server in a process of its own, begun but not waited for."""

    def __init__(self) -> None:
        """Take a port and start. Raises NotReady if this machine has no loopback."""
        try:
            listener = socket.create_server(("127.0.0.1", 0))
        except OSError as error:
            raise NotReady(f"no port on loopback: {error.strerror or error}") from None
        with listener:
            self.url = f"http://127.0.0.1:{listener.getsockname()[1]}/api"
            self.process = subprocess.Popen(
                # This very installation, whatever lies in the folder the run was started from.
                [sys.executable, "-P", "-m", "flows.orchestration.prefect_server", str(listener.fileno())],
                env=os.environ | ENVIRONMENT | {"PYTHONPATH": ROOT},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                pass_fds=[listener.fileno()],
                # Ctrl-C is for the run, which tells the server last.
                start_new_session=True,
            )

    def wait(self) -> None:
        """Until it answers. Raises NotReady."""
        assert self.process.stdout is not None
        if not select.select([self.process.stdout], [], [], PATIENCE_SECONDS)[0]:
            raise NotReady(f"no answer within {PATIENCE_SECONDS:.0f} s")
        if self.process.stdout.readline() != READY:
            raise NotReady(f"it ended with code {self.process.wait()}")

    def stop(self) -> None:
        """End it at once: it keeps nothing."""
        self.process.kill()
        self.process.wait()


@contextmanager
def at_hand() -> Generator[Server | NotReady | None]:
    """A server for the flow runs of this process, begun here and ended with the block.

    None: PREFECT_API_URL names one that is not ours. NotReady: none could be begun.
    """
    if os.environ.get("PREFECT_API_URL"):
        yield None
        return
    try:
        own = Server()
    except NotReady as trouble:
        yield trouble
        return
    # Prefect reads its settings when it is imported, which is still to come.
    os.environ |= {"PREFECT_API_URL": own.url, "PREFECT_LOGGING_TO_API_ENABLED": "false"}
    try:
        yield own
    finally:
        own.stop()


def main() -> None:
    """The server's side: serve the listening socket whose number is given until standard input closes."""
    threading.Thread(target=die_with_parent, daemon=True).start()
    asyncio.run(serve(socket.socket(fileno=int(sys.argv[1]))))


def die_with_parent() -> None:
    """The other end of standard input is held by the run alone; however that ends, the kernel closes it."""
    sys.stdin.buffer.read()
    os._exit(0)


async def serve(listener: socket.socket) -> None:
    """Make the tables in memory, then answer."""
    with put_off():
        import uvicorn
        from prefect.server.api.server import create_app
        from prefect.server.database import provide_database_interface

        engine = await provide_database_interface().engine()
        async with engine.begin() as connection:
            await connection.run_sync(make_tables)
        server = uvicorn.Server(uvicorn.Config(create_app(), log_level="critical", lifespan="on"))
    telling = asyncio.create_task(tell_when_ready(server))
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


async def tell_when_ready(server: object) -> None:
    """Write the line the run waits for."""
    while not getattr(server, "started", False):
        await asyncio.sleep(0.01)
    sys.stdout.buffer.write(READY)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
