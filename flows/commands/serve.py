"""wencang serve: the nightly flow as a Prefect deployment with its schedule, served by this process."""

from __future__ import annotations

import argparse
import threading

from flows.endings import OK, USAGE, Trouble, emit, first_line
from flows.orchestration.schedule_server import end_with, lasting
from flows.reporting import log
from flows.settings import Home, quiet_engines


def serve(options: argparse.Namespace, home: Home) -> int:
    """Run until stopped."""
    quiet_engines(home)
    home.make()
    if not (home.root / "sources.csv").exists():
        log.say("warning", f"there is no {home.root / 'sources.csv'}: the nights read the sample articles")
    said = home.root / "prefect" / "server.log"
    with lasting(said) as server:
        from flows.deploy import schedule, serve_nightly

        try:
            when = schedule(options.cron, options.every)
        except ValueError as error:
            raise Trouble(
                USAGE, f"{options.cron!r} is no schedule: {first_line(error)}; see `wencang serve --help`"
            ) from None
        page = server.url.removesuffix("/api")
        if options.json:
            emit({"home": str(home.root), "cron": options.cron, "every": options.every, "page": page})
        else:
            told = f"every {options.every} s" if options.every else f"at '{options.cron}' Shanghai time"
            print(f"serving the night of {home.root} {told}; stop with Ctrl-C", flush=True)
            print(f"Prefect's own page: {page}", flush=True)
        threading.Thread(target=end_with, args=(server, home, said), daemon=True).start()
        serve_nightly(home, when, options.keep)
    return OK
