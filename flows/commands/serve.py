"""wencang serve: the nightly flow as a Prefect deployment with its schedule, served by this process."""

from __future__ import annotations

import argparse

from flows.endings import OK
from flows.settings import Home, quiet_engines


def serve(options: argparse.Namespace, home: Home) -> int:
    """Run until stopped."""
    quiet_engines(home)
    home.make()
    from flows.deploy import serve_nightly

    print(f"serving the night of {home.root} at '{options.cron}' Shanghai time; stop with Ctrl-C")
    serve_nightly(home, options.cron)
    return OK
