"""Every named address of the site, found by walking the resolver, and how to build one."""

from dataclasses import dataclass

from django.urls import URLResolver, get_resolver, reverse
from django.urls.resolvers import LocalePrefixPattern

OURS = (
    *("institution:", "institutionrequest:", "membership:", "joincode:"),
    *("municipality:", "municipalitycoordinator:", "certificate:", "issuer:", "exportlog:", "extratime:"),
)


@dataclass(frozen=True)
class Address:
    """A named address: `path` is its pattern without the language, `parameters` name → converter's class name."""

    name: str
    path: str
    parameters: tuple

    @property
    def is_ours(self):
        return self.name.startswith(OURS) or "tiltas_" in self.name

    def url(self, **values):
        """This address with these values; what is not given is made up and leads to nothing."""
        if self.name in _UNNAMED:
            return reverse(self.name, args=_UNNAMED[self.name])
        kwargs = {name: values.get(name, _MADE_UP.get(kind, "1")) for name, kind in self.parameters}
        return reverse(self.name, kwargs=kwargs)


_MADE_UP = {"IntConverter": 999_999, "UUIDConverter": "00000000-0000-4000-8000-000000000000", "SlugConverter": "x"}
# Addresses whose places have no names.
_UNNAMED = {"wagtail_serve": [""], "wagtaildocs_serve": ["999999", "x"]}


def addresses():
    """Name → Address of every named address; of a name with several patterns the first that can be built."""
    found = {}
    for address in _walk(get_resolver(), "", "", ()):
        found.setdefault(address.name, address)
    return found


def _walk(resolver, path, namespace, parameters):
    for entry in resolver.url_patterns:
        below = path if isinstance(entry.pattern, LocalePrefixPattern) else path + str(entry.pattern)
        named = parameters + tuple(_parameters(entry.pattern))
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry, below, inner, named)
        elif entry.name:
            yield Address(namespace + entry.name, below, named)


def _parameters(pattern):
    converters = getattr(pattern, "converters", {})
    for name in pattern.regex.groupindex:
        converter = converters.get(name)
        yield name, type(converter).__name__ if converter else "regex"
