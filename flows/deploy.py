"""The schedule: a Prefect deployment that runs `wencang run` each night."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

from prefect import flow
from prefect.schedules import Cron

from flows.settings import Home


def serve_nightly(home: Home, cron: str) -> None:
    """Register the deployment `scheduled-night/wencang` and serve it until stopped."""

    @flow(name="scheduled-night", flow_run_name="scheduled night", persist_result=False)
    def scheduled_night(night: date | None = None) -> None:
        """One night in a process of its own, so that a night that dies takes nothing with it."""
        command = [sys.executable, "-m", "flows.cli", "run", "--home", str(home.root)]
        subprocess.run([*command, *(["--night", str(night)] if night else [])], check=True)

    scheduled_night.serve(name="wencang", schedule=Cron(cron, timezone="Asia/Shanghai"))
