"""Pure rules of a certificate: values in, values out."""


def split_hours(total, minutes):
    """
    The whole hours of each part of a programme: `total` shared out by the parts' minutes, so that they add up to it again.

    None where a part would be left without an hour, or nothing says how long the parts are: then only the sum is certified.
    """
    whole = sum(minutes)
    if not whole:
        return None
    exact = [total * each / whole for each in minutes]
    hours = [int(each) for each in exact]
    # What rounding down left over goes to the parts that lost most; of equals, to the earlier.
    losers = sorted(range(len(minutes)), key=lambda place: (hours[place] - exact[place], place))
    for place in losers[: total - sum(hours)]:
        hours[place] += 1
    return hours if all(hours) else None
