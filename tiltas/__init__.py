"""The shell of Tiltas: settings, addresses, start-up checks. Nothing imports it but Django and a host's settings."""

from importlib.util import find_spec
from pathlib import Path

APPS = (
    "home",
    "studio",
    "reports",
    "certificates",
    "quizzes",
    "lessons",
    "progress",
    "courses",
    "institutions",
    "learners",
    "ui",
)


def installed_apps():
    """
    The apps of Tiltas, for a host's INSTALLED_APPS, the highest first.

    Raises RuntimeError with one sentence when a package of the host hides one of ours: our folders are flat, so a host's own
    `courses` on the import path would be found in place of ours. (Labels never clash: ours all begin with `tiltas_`.)
    """
    ours = Path(__file__).resolve().parent.parent
    for name in APPS:
        spec = find_spec(name)
        place = Path(spec.origin).resolve().parent.parent if spec and spec.origin else None
        if place != ours:
            found = spec.origin if spec and spec.origin else "nowhere"
            raise RuntimeError(
                f"Tiltas needs its own package '{name}' from {ours}, but Python finds it at {found}: "
                f"rename or move the other package '{name}', or put Tiltas before it on the import path."
            )
    return [f"{name}.apps.{name.capitalize()}Config" for name in APPS]
