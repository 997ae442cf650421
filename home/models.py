"""The screens that show several apps at once, as pages; and what a site says of itself: info pages and news."""

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

from courses.models import AUTHORSHIP
from courses.previews import PreviewedInLanguages

from .blocks import INFO_BLOCKS, NEWS_BLOCKS

NEWEST_FIRST = ("-published_on", "-pk")


class HomePage(PreviewedInLanguages, Page):
    """The front page: for whom this is, the courses, how it works."""

    personal_data = AUTHORSHIP
    languages_follow = True

    lead = models.TextField(_("lead"), blank=True, help_text=_("For whom this is, in a sentence or two."))

    content_panels = [*Page.content_panels, FieldPanel("lead")]
    max_count_per_parent = 2  # one a language
    template = "tiltas_home/home_page.html"

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request):
        from .screens import home_context

        return super().get_context(request) | home_context(self, request)


class InfoPage(PreviewedInLanguages, Page):
    """A page that says something of the site itself: what it is, where help is, what it knows of people."""

    personal_data = AUTHORSHIP
    languages_follow = True

    class Role(models.TextChoices):
        HELP = "help", _("Help and contacts")
        ABOUT = "about", _("About the project")
        PRIVACY = "privacy", _("Privacy policy")
        ACCESSIBILITY = "accessibility", _("Accessibility statement")
        TERMS = "terms", _("Terms of use")

    role = models.CharField(
        _("place at the foot of each screen"),
        max_length=16,
        choices=Role,
        blank=True,
        help_text=_(
            "Every screen leads to a page with a place, always in the same order. Empty: nothing leads to it by itself."
        ),
    )
    lead = models.TextField(_("lead"), blank=True)
    checked_on = models.DateField(
        _("text checked on"), null=True, blank=True, help_text=_("When somebody last read it and found it true.")
    )
    body = StreamField(INFO_BLOCKS, verbose_name=_("body"), blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("role"),
        FieldPanel("lead"),
        FieldPanel("checked_on"),
        FieldPanel("body"),
    ]
    override_translatable_fields = [SynchronizedField("role", overridable=False)]
    parent_page_types = ["tiltas_home.HomePage"]
    subpage_types = []
    template = "tiltas_home/info_page.html"

    class Meta:
        verbose_name = _("info page")
        verbose_name_plural = _("info pages")

    def clean(self):
        super().clean()
        others = InfoPage.objects.filter(role=self.role, locale=self.locale_id).exclude(pk=self.pk)
        taken = others.first() if self.role and self.locale_id else None
        if taken is not None:
            raise ValidationError(
                {"role": _("“%(title)s” has this place already: choose another, or none.") % {"title": taken.title}}
            )

    @property
    def help_lines(self):
        """The first help lines of the page, or None."""
        return next((block.value for block in self.body if block.block_type == "help_lines"), None)

    def get_context(self, request):
        from .screens import info_context

        return super().get_context(request) | info_context(self, request)


class NewsIndexPage(PreviewedInLanguages, Page):
    """All news, the newest first."""

    personal_data = AUTHORSHIP
    languages_follow = True

    introduction = models.TextField(_("introduction"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types = ["tiltas_home.HomePage"]
    subpage_types = ["tiltas_home.NewsPage"]
    template = "tiltas_home/news_index_page.html"
    news_on_a_page = 10

    class Meta:
        verbose_name = _("list of news")
        verbose_name_plural = _("lists of news")

    def get_context(self, request):
        news = NewsPage.objects.child_of(self).live().order_by(*NEWEST_FIRST)
        page_of_news = Paginator(news, self.news_on_a_page).get_page(request.GET.get("page"))
        return super().get_context(request) | {"news": page_of_news}


class NewsPage(PreviewedInLanguages, Page):
    """One piece of news, with its day."""

    personal_data = AUTHORSHIP
    languages_follow = True

    published_on = models.DateField(_("day"))
    lead = models.TextField(_("lead"), help_text=_("One or two sentences, shown in the list too."))
    body = StreamField(NEWS_BLOCKS, verbose_name=_("body"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("published_on"), FieldPanel("lead"), FieldPanel("body")]
    parent_page_types = ["tiltas_home.NewsIndexPage"]
    subpage_types = []
    template = "tiltas_home/news_page.html"

    class Meta:
        verbose_name = _("piece of news")
        verbose_name_plural = _("news")
