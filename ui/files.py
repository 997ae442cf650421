"""Where files lie that nobody may fetch by an address of the storage's own."""

from django.core.files.storage import storages


def private_storage():
    """Files that only a view hands out."""
    return storages["private"]
