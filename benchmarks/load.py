"""
Many learners at a quiz at the same time, on the full stack: `manage.py serve`, PostgreSQL and Redis in processes of their own,
and the learners in another one. What was acknowledged is compared with the database afterwards.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.faults.acknowledged import Log, compared
from tests.faults.site import ROOT, RunningSite
from tests.servers import CannotBeHad, Cluster, own_database, redis

NAME = "quiz_load"
LEARNERS = 200
QUESTIONS = 10


def measure_load(server):
    """
    Yield (name, value, unit) of each figure, on this PostgreSQL or, where the URL names none, on one of their own. Without
    PostgreSQL or Redis there are none, and it says why.
    """
    with ExitStack() as stack:
        try:
            if not server.startswith("postgres"):
                cluster = stack.enter_context(Cluster.in_a_folder())
                cluster.start()
                server = cluster.url
            redis_url = stack.enter_context(redis())
        except CannotBeHad as reason:
            print(f"{NAME}: {reason}", file=sys.stderr)
            return
        database_url = stack.enter_context(own_database(server, f"tiltas_load_{os.getpid()}"))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tiltas-load-")))
        site = RunningSite(folder, database_url=database_url, redis_url=redis_url)
        stack.callback(site.kill)
        yield from _figures(site, folder)


def _figures(site, folder):
    site.manage("migrate", "-v0")
    site.ask("make", str(LEARNERS), str(QUESTIONS))
    site.manage("db_worker", "--batch", "--queue-name", "*")  # what publishing left to do
    plan, log = folder / "plan.json", Log(folder / "acknowledged.jsonl")
    plan.write_text(json.dumps({"port": site.port, "learners": site.ask("begun")}))
    site.run("serve", [sys.executable, "manage.py", "serve", "--no-demo", "--port", str(site.port)])
    site.wait_for_web()
    taken = _learners(plan, log.path)

    found = compared(log, site.ask("attempts"))
    for complaint in [*taken["complaints"][:5], *found.complaints[:5]]:
        print(f"{NAME}: {complaint}", file=sys.stderr)
    yield f"{NAME}_saves", len(taken["saves"]), "answers"
    yield f"{NAME}_save_p50", _percentile(taken["saves"], 50) * 1000, "ms"
    yield f"{NAME}_save_p95", _percentile(taken["saves"], 95) * 1000, "ms"
    yield f"{NAME}_hand_ins", found.handed_in, "attempts"
    yield f"{NAME}_hand_in_p50", _percentile(taken["hand_ins"], 50), "s"
    yield f"{NAME}_hand_in_p95", _percentile(taken["hand_ins"], 95), "s"
    yield f"{NAME}_hand_in_and_result_p95", _percentile(taken["results"], 95), "s"
    yield f"{NAME}_errors", len(taken["complaints"]), "answers"
    yield f"{NAME}_lost", found.lost, "answers"
    yield f"{NAME}_doubled", found.doubled, "answers"
    yield f"{NAME}_graded_otherwise", found.misgraded, "attempts"


def _learners(plan, log):
    """What `benchmarks.learners` measured."""
    command = [sys.executable, "-m", "benchmarks.learners", str(plan), str(log)]
    done = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout)


def _percentile(values, share):
    return statistics.quantiles(values, n=100, method="inclusive")[share - 1] if len(values) > 1 else float("nan")
