"""
Which questions an attempt asks, and how it shows them: pure functions of what was chosen and of the attempt's seed.

A quiz asks parts in their order: a key stands for a question that was chosen, a Stratum for some to be drawn. Strata may
overlap (a tag and a module), so each question is given to one of them by an augmenting path: where all can have their
number, all get it. What is drawn depends on the seed and on which candidates there are, never on their order.
"""

import random
from collections import deque
from dataclasses import dataclass

from .registry import question_type


@dataclass(frozen=True)
class Stratum:
    """So many questions at random out of these candidates (keys)."""

    number: int
    candidates: frozenset


def draw_keys(parts, seed):
    """The keys of the questions that an attempt of this seed asks, none twice, in the order of the parts."""
    return [key for keys in deal(parts, seed) for key in keys]


def deal(parts, seed=0):
    """
    What each part gets: a list of keys for each, in the order of the parts.

    A stratum gets fewer only where the candidates do not suffice for all; then as many as possible are asked altogether, and
    the later strata go short. A question that was chosen is drawn by none.
    """
    chosen = {part for part in parts if not isinstance(part, Stratum)}
    wishes = {
        place: _in_drawn_order(part.candidates - chosen, f"{seed}:{place}")
        for place, part in enumerate(parts)
        if isinstance(part, Stratum)
    }
    holder, held = {}, {}  # key → (place, number of the question there), and back
    for place, wished in wishes.items():
        for number in range(min(parts[place].number, len(wished))):
            if not _give(holder, held, wishes, to=(place, number)):
                break
    for place, part in enumerate(parts):
        if place not in wishes and part not in holder:
            holder[part], held[place, 0] = (place, 0), part
    dealt = [[] for _part in parts]
    for (place, _number), key in sorted(held.items(), key=lambda entry: entry[0]):
        dealt[place].append(key)
    return dealt


def _in_drawn_order(candidates, seed):
    order = sorted(candidates, key=str)
    random.Random(seed).shuffle(order)  # noqa: S311  a draw, not a secret
    return order


def _give(holder, held, wishes, *, to):
    """Give this place a key, moving others where that helps: the shortest augmenting path. False where there is none."""
    reached = {}  # key → who would take it
    waiting = deque([to])
    while waiting:
        taker = waiting.popleft()
        for key in wishes[taker[0]]:
            if key in reached:
                continue
            reached[key] = taker
            if key not in holder:
                _move_along(holder, held, reached, key, to)
                return True
            waiting.append(holder[key])
    return False


def _move_along(holder, held, reached, key, to):
    """Let each taker on the path back have the key it reached, down to the one it all began with."""
    while True:
        taker = reached[key]
        left = held.get(taker)
        holder[key], held[taker] = taker, key
        if taker == to:
            return
        key = left


def draw_questions(versions, seed, *, shuffled):
    """What an attempt of this seed asks, in its order, as the attempt keeps it."""
    versions = list(versions)
    if shuffled:
        random.Random(seed).shuffle(versions)  # noqa: S311  an order, not a secret
    return [draw_question(version, seed) for version in versions]


def draw_question(version, seed):
    """How an attempt of this seed shows a question version, as the attempt keeps it: the same whenever it is asked again."""
    chance = random.Random(f"{seed}:{version.key}:{version.number}")  # noqa: S311  an order, not a secret
    return {"version": version.pk} | question_type(version.kind).draw(version.definition, chance)
