from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from certificates.urls import verify_urlpatterns

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("members/", include("django.contrib.auth.urls")),
    *verify_urlpatterns,
]
urlpatterns += i18n_patterns(
    path("learn/", include("home.urls")),
    path("learn/learner/", include("learners.urls")),
    path("learn/enrol/", include("courses.urls")),
    path("learn/lessons/", include("lessons.urls")),
    path("learn/quizzes/", include("quizzes.urls")),
    path("learn/certificates/", include("certificates.urls")),
    path("learn/institution/", include("reports.urls")),
    path("", include(wagtail_urls)),
)
