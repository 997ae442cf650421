"""The settings of the tests, with the plug-in installed."""

from tiltas.settings.test import *  # noqa: F403
from tiltas.settings.test import INSTALLED_APPS as WITHOUT_PLUG_IN

INSTALLED_APPS = [*WITHOUT_PLUG_IN, "tests.testapp"]
