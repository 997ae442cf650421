"""Finding an institution the way people type: without hooks and dots, by parts of its name."""

from ui.collation import without_accents

from .models import Institution

MOST = 50


def find_institutions(text="", municipality=None):
    """
    Up to MOST institutions in Lithuanian order, and how many there are: each word of `text` begins a word of the name or of
    the municipality. One query, whatever was typed; the comparing is done here, so that both databases find the same.
    """
    chosen = Institution.objects.select_related("municipality")
    if municipality is not None:
        chosen = chosen.filter(municipality=municipality)
    wanted = without_accents(text).split()
    found = [each for each in chosen if _fits(each, wanted)]
    return found[:MOST], len(found)


def _fits(institution, wanted):
    if not wanted:
        return True
    told = [institution.name, institution.code, *institution.municipality.names.values()]
    words = "".join(letter if letter.isalnum() else " " for letter in without_accents(" ".join(told))).split()
    return all(any(word.startswith(each) for word in words) for each in map(_bare, wanted))


def _bare(word):
    return "".join(letter for letter in word if letter.isalnum())
