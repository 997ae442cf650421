"""
`python -m benchmarks [NAME …]`: measure everything, or the figures whose names begin so.

On SQLite with the site's own settings, or on a database of its own on the PostgreSQL that DATABASE_URL names. The figures of
many learners at once (`quiz_load`) are always of PostgreSQL: of that one, or of one of their own.
"""

import logging
import os
import sys
import tempfile

from tests.servers import own_database

from . import load


def main():
    wanted, server = sys.argv[1:], os.environ.get("DATABASE_URL", "")
    if not wanted or any(not each.startswith(load.NAME) for each in wanted):
        measure_one_by_one(wanted, server)
    if not wanted or any(load.NAME.startswith(each) or each.startswith(load.NAME) for each in wanted):
        tell(each for each in load.measure_load(server) if not wanted or each[0].startswith(tuple(wanted)))


def tell(figures):
    for name, value, unit in figures:
        print(f"{name} {value:.4g} {unit}", flush=True)


def measure_one_by_one(wanted, server):
    """The figures of one request after the other, in this process."""
    with (
        tempfile.TemporaryDirectory(prefix="tiltas-bench-") as folder,
        own_database(server, f"tiltas_bench_{os.getpid()}") as database_url,
    ):
        os.environ |= {"TILTAS_DATA": folder, "DJANGO_SETTINGS_MODULE": "tiltas.settings.site"}
        if database_url:
            os.environ["DATABASE_URL"] = database_url
        import django

        django.setup()
        logging.disable(logging.WARNING)
        from django.db import connections

        from .figures import measure

        try:
            tell(measure(wanted))
        finally:
            connections.close_all()


if __name__ == "__main__":
    main()
