"""All facts about the distribution stand in pyproject.toml; this file only lets older tools find them."""

from setuptools import setup

setup()
