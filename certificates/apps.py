from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CertificatesConfig(AppConfig):
    name = "certificates"
    label = "tiltas_certificates"
    verbose_name = _("Certificates")

    def ready(self):
        from . import receivers  # noqa: F401
