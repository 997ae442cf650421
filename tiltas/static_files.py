"""Static files of the ready-made site in production."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """
    Names with a hash also inside of scripts that import each other: otherwise a browser could mix a module of today with one that
    it kept from before a deploy.
    """

    support_js_module_import_aggregation = True
