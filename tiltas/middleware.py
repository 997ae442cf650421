"""Which content security policy a page gets, and which language an address without one."""

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import translation


class EditorPolicyMiddleware:
    """Wagtail's admin needs inline styles and scripts; only its own addresses get the looser policy that allows them."""

    def __init__(self, get_response):
        self.get_response = get_response
        try:
            self.prefix = reverse("wagtailadmin_home")
        except NoReverseMatch:  # a host without the admin
            self.prefix = None

    def __call__(self, request):
        response = self.get_response(request)
        if self.prefix and request.path.startswith(self.prefix):
            response._csp_config = settings.EDITOR_CSP
        return response


class LanguageOfTheQueryMiddleware:
    """
    Stands right after LocaleMiddleware. An address without a language in it (on paper, in the editor's pages, one that leads
    nowhere) is answered in the language that `?lang=` names: what the switch of such a screen leads to.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        named = request.GET.get("lang", "")
        if named in dict(settings.LANGUAGES) and not translation.get_language_from_path(request.path_info):
            translation.activate(named)
            request.LANGUAGE_CODE = named
        return self.get_response(request)
