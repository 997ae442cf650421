"""The people of the editor's pages, as the trainer's tests know them."""

from tests.trainer.conftest import administrator, trainer, translator  # noqa: F401
