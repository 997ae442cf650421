"""What the public check of a certificate finds and shows."""

import re

from .models import Certificate


def normal_code(text):
    """The code as it is kept: capitals, without hyphens and spaces."""
    return re.sub(r"[\s\-–]", "", text).upper()


def find_certificate(code):
    """The certificate of this code, or None; what never was a code is not even asked for."""
    code = normal_code(code)
    if not (code.isascii() and code.isalnum()):
        return None
    return Certificate.objects.select_related("replaced_by").filter(code=code).first()


def shown_name(certificate, number=""):
    """The whole name for who knows the number too, as whoever holds the paper does; initials for everyone else."""
    person = certificate.snapshot["learner"]
    if number == certificate.full_number:
        return f"{person['given_names']} {person['surname']}"
    names = f"{person['given_names']} {person['surname']}".split()
    return " ".join(f"{name[0]}." for name in names)
