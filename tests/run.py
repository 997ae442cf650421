"""
`make test`, `make test-all` and `make faults`: run the tests, say what was counted, end with one line `N passed, N failed`.

`make test` runs everything but the tests marked `faults` or `everything`, on SQLite. `make test-all` runs all of them twice,
on SQLite with local memory and on PostgreSQL with Redis, after the checks of style and of which room imports which; those
marked `looks`, where it is the browser that is asked and not the database, run on SQLite alone. `make faults` runs the fault
tests as many times as `docs/explanation/no-lost-answer.md` promises, and those of a browser (`away`), on PostgreSQL.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from argparse import ArgumentParser
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tests.house.rooms import long_files
from tests.servers import CannotBeHad, postgresql, redis

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = Path(sys.executable).parent

# What a learner's result hangs on: every line and every branch is tested, or the run fails.
FULLY_TESTED = {
    "progress/rules.py": "tests/progress/test_rules.py",
    "quizzes/grading.py": "tests/quizzes/test_grading.py",
    "quizzes/rules.py": "tests/quizzes/test_rules.py",
    "certificates/rules.py": "tests/certificates/test_rules.py",
}

CHECKS = [
    ("style", [PROGRAMS / "ruff", "check", "--quiet", "."]),
    ("format", [PROGRAMS / "ruff", "format", "--check", "--quiet", "."]),
    ("imports", [PROGRAMS / "lint-imports", "--no-logo"]),
]


@dataclass
class Result:
    """What became of one part of the run."""

    name: str
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0
    note: str = ""
    figures: list = field(default_factory=list)  # what tests counted and recorded under this name

    def __str__(self):
        counts = f"{self.passed:>5} passed {self.failed:>3} failed {self.skipped:>3} skipped"
        return f"{self.name:<32} {counts} {self.seconds:>6.0f} s  {self.note}".rstrip()


def check(name, command):
    """Run a command that answers by its exit code; what it prints is shown only when it fails."""
    began = time.monotonic()
    done = subprocess.run([str(part) for part in command], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"\n{name}: {done.stdout}{done.stderr}", flush=True)
    failed = int(done.returncode != 0)
    return Result(name, passed=1 - failed, failed=failed, seconds=time.monotonic() - began)


def run_pytest(name, *options, coverage=False, environment=None):
    """Run pytest on two processes, as `options` say."""
    print(f"\n{name}", flush=True)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="tiltas-test-") as folder:
        report, covered = Path(folder, "report.xml"), Path(folder, "coverage.json")
        # One after the other: a test that empties the database comes after those that rely on what migrations wrote, as
        # pytest-django orders them. "worksteal" would turn that order around.
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-n",
            "2",
            "--dist",
            "load",
            "--maxschedchunk",
            "1",
            "--tb",
            "short",
        ]
        command += [
            "--no-fold-skipped",
            "-o",
            "faulthandler_timeout=600",
            "-o",
            "junit_family=xunit1",
            f"--junitxml={report}",
            *options,
        ]
        command += ["--cov", f"--cov-report=json:{covered}"] if coverage else []
        own = {"TILTAS_DATA": folder, "COVERAGE_FILE": str(Path(folder, ".coverage"))}
        # Python's own monitoring costs next to nothing, where tracing each line doubles the time. It can't tell branches yet.
        own |= {} if "--cov-branch" in options else {"COVERAGE_CORE": "sysmon"}
        status = subprocess.run(
            command,
            cwd=ROOT,
            env=_plain_environment() | own | (environment or {}),
            stdin=subprocess.DEVNULL,
            check=False,
        ).returncode
        result = _counted(name, report)
        if coverage:
            _add_coverage(result, covered, fully=FULLY_TESTED if "--cov-branch" in options else ())
    result.seconds = time.monotonic() - began
    if status not in (0, 1):  # it could not even begin, was interrupted or killed
        result.failed, result.note = result.failed + 1, f"pytest ended with {status}"
    return result


def _plain_environment():
    """Ours, without what would choose another database or cache than the part is about. Our programs are found first."""
    chosen = {"DATABASE_URL", "REDIS_URL", "TILTAS_PRODUCTION", "DJANGO_SETTINGS_MODULE"}
    kept = {name: value for name, value in os.environ.items() if name not in chosen}
    return kept | {"PATH": os.pathsep.join([str(PROGRAMS), os.environ.get("PATH", os.defpath)])}


def _counted(name, report):
    if not report.exists():
        return Result(name)
    suite = ElementTree.parse(report).getroot().find("testsuite")
    total, failures, errors, skipped = (int(suite.get(each)) for each in ("tests", "failures", "errors", "skipped"))
    result = Result(name, passed=total - failures - errors - skipped, failed=failures + errors, skipped=skipped)
    result.figures = [
        f"{case.get('name')}: {each.get('value')}"
        for case in suite.iter("testcase")
        for each in case.iter("property")
        if each.get("name") == "figures"
    ]
    return result


def _add_coverage(result, covered, fully):
    if not covered.exists():
        result.failed += 1
        result.note = "no coverage was measured"
        return
    data = json.loads(covered.read_text())
    result.note = "" if fully else f"coverage {data['totals']['percent_covered']:.1f} %"
    for path in fully:
        file = data["files"].get(path)
        if file and file["summary"]["percent_covered"] == 100:
            result.passed += 1
            continue
        result.failed += 1
        lacks = (
            f"lines {file['missing_lines']}, branches {file['missing_branches']}" if file else "it was never imported"
        )
        print(f"{path} has to be tested line by line, branch by branch. Not tested: {lacks}", flush=True)


def run_fully_tested():
    """The rules that a result hangs on, by their own tests alone, branch by branch."""
    return run_pytest("Rules and grading, by branches", "--cov-branch", *FULLY_TESTED.values(), coverage=True)


def run_everything():
    """Checks, then every test on SQLite, then every test on PostgreSQL with Redis. Both databases are promised."""
    results = [check(name, command) for name, command in CHECKS]
    results.append(run_fully_tested())
    results.append(run_pytest("SQLite, local memory", coverage=True))
    results.append(run_on_servers("PostgreSQL, Redis", "-m", "not looks"))
    return results


def run_faults():
    """Every fault test as many times as was promised, and what a browser does when the site is away."""
    chosen = ("-m", "faults or short or away", "tests")
    return run_on_servers("Faults, PostgreSQL, Redis", *chosen, environment={"TILTAS_FAULTS": "full"})


def run_on_servers(name, *options, environment=None):
    """Run pytest on PostgreSQL with Redis; not to have them is a failure, since both databases are promised."""
    try:
        with ExitStack() as stack:
            servers = {"DATABASE_URL": stack.enter_context(postgresql()), "REDIS_URL": stack.enter_context(redis())}
            return run_pytest(name, *options, environment=servers | (environment or {}))
    except CannotBeHad as reason:
        print(f"\n{name}: {reason}", flush=True)
        return Result(name, failed=1, note="not run")


def main():
    parser = ArgumentParser(description="Run the tests of Tiltas.")
    parser.add_argument("--all", action="store_true", help="everything, on both databases")
    parser.add_argument("--faults", action="store_true", help="the fault tests, as many times as was promised")
    chosen = parser.parse_args()
    if chosen.all:
        results = run_everything()
    elif chosen.faults:
        results = [run_faults()]
    else:
        results = [run_fully_tested()]
        results += [run_pytest("SQLite, local memory", "-m", "not everything and not faults", coverage=True)]
    print()
    long = [f"{path} ({length})" for path, length in sorted(long_files(300).items())]
    print(f"Files of more than 300 lines, which may do two things: {', '.join(long) or 'none'}\n")
    for result in results:
        print(*result.figures, result, sep="\n")
    failed = sum(result.failed for result in results)
    print(f"{sum(result.passed for result in results)} passed, {failed} failed", flush=True)
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
