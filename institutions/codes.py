"""The codes that institutions hand to their staff: what they look like, and what people make of them."""

import re
import secrets

# Without 0, O, 1, I and L, so that a code can be read from paper and over the telephone.
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 8


def normal_code(text):
    """The code as it is kept: capitals, without the spaces and hyphens that people put in to read it."""
    return re.sub(r"[\s\-–]", "", text).upper()


def new_code():
    """A random code of CODE_LENGTH characters."""
    return "".join(secrets.choice(CODE_ALPHABET) for _position in range(CODE_LENGTH))
