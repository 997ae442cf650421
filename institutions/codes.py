"""Codes: those that institutions hand to their staff, and the one by which the state knows an institution."""

import re
import secrets
from datetime import datetime, time

from django.utils import timezone

# Without 0, O, 1, I and L, so that a code can be read from paper and over the telephone.
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 8


def normal_code(text):
    """The code as it is kept: capitals, without the spaces and hyphens that people put in to read it."""
    return re.sub(r"[\s\-–]", "", text).upper()


def new_code():
    """A random code of CODE_LENGTH characters."""
    return "".join(secrets.choice(CODE_ALPHABET) for _position in range(CODE_LENGTH))


def end_of_day(day):
    """The last minute of this local day: "good until 23:59" is clearer than midnight, which belongs to the next day."""
    return timezone.make_aware(datetime.combine(day, time(23, 59)))


def check_digit_holds(code):
    """
    Does the last digit of this legal entity code (nine digits) follow from the others?

    A slip of the finger rarely does; but a code that fails may be right all the same, so this only ever warns.
    """
    digits = [int(digit) for digit in code]
    for weights in (range(1, 9), (3, 4, 5, 6, 7, 8, 9, 1)):
        rest = sum(weight * digit for weight, digit in zip(weights, digits[:8], strict=True)) % 11
        if rest != 10:
            return digits[8] == rest
    return digits[8] == 0
