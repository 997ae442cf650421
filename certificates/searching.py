"""How an entry of the register is found: in any case, with or without accents, on every database."""

import unicodedata


def plain(text):
    """The text as it is searched: small letters without accents, so that „zukauskaite“ finds Žukauskaitė."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def search_text(snapshot, code):
    """What an entry of the register is found by: number, code (also as it is printed), and the name on the certificate."""
    person = snapshot["learner"]
    return plain(" ".join([snapshot["number"], code, snapshot["code"], person["given_names"], person["surname"]]))
