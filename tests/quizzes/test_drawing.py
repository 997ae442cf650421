"""What a draw promises, tried with many banks: its number where it can be had, nothing twice, and every question in reach."""

from itertools import combinations
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.drawing import Stratum, deal, draw_keys

KEYS = [UUID(int=number) for number in range(1, 13)]
keys = st.sampled_from(KEYS)
strata = st.builds(Stratum, st.integers(1, 5), st.frozensets(keys, max_size=8))
parts = st.lists(st.one_of(keys, strata), max_size=6)
seeds = st.integers(0, 2**62)


def stratum(number, *places):
    return Stratum(number, frozenset(KEYS[place] for place in places))


def most(parts):
    """How many questions can be asked at most, found by trying: Hall's theorem in its deficiency form."""
    chosen = {part for part in parts if not isinstance(part, Stratum)}
    wanted = [part for part in parts if isinstance(part, Stratum)]
    slots = sum(part.number for part in wanted)
    lacking = 0
    for size in range(1, len(wanted) + 1):
        for some in combinations(wanted, size):
            candidates = frozenset().union(*(part.candidates for part in some)) - chosen
            lacking = max(lacking, sum(part.number for part in some) - len(candidates))
    return len(chosen) + slots - lacking


@given(parts, seeds)
def test_no_question_is_asked_twice_and_each_comes_from_its_own_part(parts, seed):
    dealt = deal(parts, seed)

    everything = [key for keys in dealt for key in keys]
    assert len(everything) == len(set(everything))
    for part, keys in zip(parts, dealt, strict=True):
        allowed = part.candidates if isinstance(part, Stratum) else {part}
        assert set(keys) <= allowed
        assert len(keys) <= (part.number if isinstance(part, Stratum) else 1)
    assert draw_keys(parts, seed) == everything


@given(parts, seeds)
def test_as_many_are_asked_as_can_be(parts, seed):
    assert len(draw_keys(parts, seed)) == most(parts)


@given(parts, seeds)
def test_chosen_questions_are_asked_in_any_case(parts, seed):
    chosen = {part for part in parts if not isinstance(part, Stratum)}

    assert chosen <= set(draw_keys(parts, seed))


@given(st.lists(strata, max_size=4), seeds, st.randoms())
def test_neither_the_order_of_the_database_nor_asking_again_makes_a_difference(parts, seed, chance):
    def shuffled(part):
        candidates = sorted(part.candidates, key=str)
        chance.shuffle(candidates)
        return Stratum(part.number, frozenset(candidates))

    assert draw_keys([shuffled(part) for part in parts], seed) == draw_keys(parts, seed)


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 4), st.integers(4, 8))
def test_every_candidate_is_drawn_by_some_seed(number, bank):
    part = Stratum(number, frozenset(KEYS[:bank]))

    assert {key for seed in range(300) for key in draw_keys([part], seed)} == part.candidates


def test_overlapping_draws_reach_every_way_to_fill_them():
    overlapping = [stratum(1, 0, 1, 2), stratum(1, 1), stratum(1, 2, 3)]

    found = {tuple(draw_keys(overlapping, seed)) for seed in range(400)}

    assert found == {(KEYS[a], KEYS[1], KEYS[c]) for a in (0, 2) for c in (2, 3) if a != c}


@pytest.mark.parametrize(
    ("parts", "numbers"),
    [
        ([stratum(2, 0, 1, 2), stratum(2, 0, 1)], [2, 1]),
        ([stratum(1, 0, 1), KEYS[0], stratum(1, 0, 1)], [1, 1, 0]),
        ([stratum(3, 0, 1, 2), stratum(3, 2, 3, 4), stratum(3, 4, 5, 6, 0)], [3, 2, 2]),
        ([KEYS[0], KEYS[0], stratum(1, 0)], [1, 0, 0]),
        ([stratum(4)], [0]),
        ([], []),
    ],
)
def test_where_the_candidates_do_not_suffice_the_later_draws_go_short(parts, numbers):
    assert [len(keys) for keys in deal(parts, 7)] == numbers


def test_a_long_chain_of_overlaps_is_followed_to_its_end():
    """Each draw has two candidates, the second of which the next one needs: the last is placed by moving all the others."""
    chain = [UUID(int=number) for number in range(1, 402)]
    parts = [Stratum(1, frozenset(chain[place : place + 2])) for place in range(400)] + [
        Stratum(1, frozenset(chain[:1]))
    ]

    assert [len(keys) for keys in deal(parts)] == [1] * 401
