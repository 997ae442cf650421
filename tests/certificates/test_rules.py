import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.rules import split_hours


@pytest.mark.parametrize(
    ("total", "minutes", "hours"),
    [
        (16, [105, 105, 105, 105, 105, 195], [3, 3, 2, 2, 2, 4]),  # 2.33 each and 4.33: of equals, the earlier
        (1, [49], [1]),
        (8, [30, 30], [4, 4]),
        (5, [30, 30], [3, 2]),
        (10, [10, 20, 30], [2, 3, 5]),
    ],
)
def test_hours_are_shared_out_by_minutes(total, minutes, hours):
    assert split_hours(total, minutes) == hours


@pytest.mark.parametrize(("total", "minutes"), [(1, [30, 30]), (16, [0, 0]), (16, []), (10, [1, 1000]), (0, [5])])
def test_where_a_part_would_have_no_hour_only_the_sum_is_certified(total, minutes):
    assert split_hours(total, minutes) is None


@given(total=st.integers(1, 400), minutes=st.lists(st.integers(0, 5000), max_size=20))
def test_shares_add_up_and_are_off_by_less_than_an_hour(total, minutes):
    hours = split_hours(total, minutes)

    if hours is not None:
        assert sum(hours) == total
        assert all(abs(hour - total * each / sum(minutes)) < 1 for hour, each in zip(hours, minutes, strict=True))
        assert min(hours) >= 1
