"""wencang serve: the nightly flow as a Prefect deployment with its schedule, served by this process."""

from __future__ import annotations

import argparse

from flows.endings import OK
from flows.schedule_server import lasting
from flows.settings import Home, quiet_engines


def serve(options: argparse.Namespace, home: Home) -> int:
    """Run until stopped."""
    quiet_engines(home)
    home.make()
    with lasting(home.root / "prefect" / "server.log") as url:
        from flows.deploy import serve_nightly

        print(f"serving the night of {home.root} at '{options.cron}' Shanghai time; stop with Ctrl-C", flush=True)
        print(f"Prefect's own page: {url.removesuffix('/api')}", flush=True)
        serve_nightly(home, options.cron)
    return OK
