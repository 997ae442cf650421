"""Every address of the ready-made site. Those that stand on paper or serve machines have no language in them."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.static import serve as serve_file
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from accounts.urls import instead_of_allauth
from certificates.urls import verify_urlpatterns

from . import serving, views

urlpatterns = [
    path("healthz/", views.healthz, name="tiltas_health"),
    path("language/", include("django.conf.urls.i18n")),
    # This and _util/login/ below come before Wagtail's own addresses of the same path: there is one way in, and it is limited.
    path("admin/login/", views.editor_login, name="tiltas_editor_login"),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    *verify_urlpatterns,
]
if not getattr(settings, "PRODUCTION", True):  # in production the web server in front hands out public media
    urlpatterns.append(path("media/<path:path>", serve_file, {"document_root": settings.MEDIA_ROOT}))

urlpatterns += i18n_patterns(
    path("account/logout/", views.LogoutView.as_view()),
    path("account/", include(instead_of_allauth)),
    path("account/", include("allauth.account.urls")),
    path("account/", include("accounts.urls")),
    path("", include("home.urls")),
    path("learner/", include("learners.urls")),
    path("enrol/", include("courses.urls")),
    path("lessons/", include("lessons.urls")),
    path("quizzes/", include("quizzes.urls")),
    path("certificates/", include("certificates.urls")),
    path("institution/", include("reports.urls")),
    path("_util/login/", views.page_login, name="tiltas_page_login"),
    re_path(wagtail_urls.serve_pattern, serving.serve, name="wagtail_serve"),
    path("", include(wagtail_urls)),
)
