"""Many people at the same moment: real threads, each with a database connection of its own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connections

CROWDS = (2, 5, 20)


def at_once(number, call):
    """
    What `call(place)` returned in each of this many threads, in the order of `place`; all start at the same moment.

    An exception in any of them is raised here. For tests with `transactional_db`: others' rows must be committed.
    """
    gate = Barrier(number)

    def run(place):
        try:
            gate.wait(timeout=30)
            return call(place)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=number) as pool:
        return list(pool.map(run, range(number)))
