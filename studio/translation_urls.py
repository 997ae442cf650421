"""Addresses of translations in the editor's pages: our desk, and what is answered in place of wagtail-localize."""

from django.urls import path

from . import segment_views, translation_views
from .views import preview_translation

# Below localize/translate/<translation_id>/, without names: theirs lead here.
in_place_of_the_engines = [
    path("strings/<int:string_segment_id>/edit/", segment_views.save_segment),
    path("pofile/download/", translation_views.download_one),
    path("pofile/upload/", translation_views.upload_one),
    path("preview/", preview_translation),
    path("preview/<str:mode>/", preview_translation),
]

translation_urls = [
    path("", translation_views.index, name="index"),
    path("upload/", translation_views.upload, name="upload"),
    path("download/<str:language>/<slug:course>/", translation_views.download, name="download"),
    path("terms/<int:translation_id>/", segment_views.segment_terms, name="terms"),
]
