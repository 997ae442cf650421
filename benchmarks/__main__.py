"""
`python -m benchmarks [NAME …]`: measure everything, or the figures whose names begin so.

On SQLite with the site's own settings, or on a database of its own on the PostgreSQL that DATABASE_URL names.
"""

import logging
import os
import sys
import tempfile

from tests.servers import own_database


def main():
    with (
        tempfile.TemporaryDirectory(prefix="tiltas-bench-") as folder,
        own_database(os.environ.get("DATABASE_URL", ""), f"tiltas_bench_{os.getpid()}") as database_url,
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
            for name, value, unit in measure(sys.argv[1:]):
                print(f"{name} {value:.4g} {unit}", flush=True)
        finally:
            connections.close_all()


if __name__ == "__main__":
    main()
