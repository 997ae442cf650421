"""How often something that could be guessed may be asked for."""

from functools import wraps

from django.core.cache import cache
from django.shortcuts import render


def limited(name, *, per_minute, methods=("GET", "POST")):
    """
    Answer 429 to whoever calls the view by these methods more often than this within a minute. Counted in the cache.

    A person who is logged in counts alone, for a whole class may sit behind one address; other visitors count by address.
    """

    def decorate(view):
        @wraps(view)
        def counted(request, *args, **kwargs):
            if request.method in methods and _calls(f"tiltas-limit:{name}:{_who(request)}") > per_minute:
                return render(request, "429.html", status=429)
            return view(request, *args, **kwargs)

        return counted

    return decorate


def _who(request):
    return f"user-{request.user.pk}" if request.user.is_authenticated else request.META.get("REMOTE_ADDR", "")


def _calls(key):
    """How often this key was asked for within its minute, this time included."""
    cache.add(key, 0, timeout=60)
    try:
        return cache.incr(key)
    except ValueError:  # it ran out between the two calls
        return 1
