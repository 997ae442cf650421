import pytest

from institutions.codes import check_digit_holds


@pytest.mark.parametrize(
    "code",
    [
        *("124110246", "191630223", "188603515", "188659752", "188764867"),
        *("188710061", "188710823", "111950396", "211950810"),
    ],
)
def test_the_check_digit_of_real_codes_holds(code):
    assert check_digit_holds(code)


def test_a_slip_of_one_digit_is_noticed_but_where_the_sum_leaves_ten():
    code = "124110246"
    slips = [
        code[:place] + digit + code[place + 1 :] for place in range(9) for digit in "0123456789" if digit != code[place]
    ]

    # There the weights begin anew, and one slip of these eighty-one comes out even.
    assert [slip for slip in slips if check_digit_holds(slip)] == ["124210246"]
