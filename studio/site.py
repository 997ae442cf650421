"""What a page tree stands on: locales, Wagtail's root, the site whose root page is the source-language home page."""

from wagtail.models import Locale, Page, Site

from .grammar import KINDS, PARENTS

_WELCOME = "Welcome to your new Wagtail site!"


class OtherHome(Exception):
    """The site has a home page of its own, or none where one is needed; the message says what to do."""


def ensure_locales(codes):
    """A locale for each of these languages. Writes nothing where they are."""
    known = set(Locale.objects.values_list("language_code", flat=True))
    for code in codes:
        if code not in known:
            Locale.objects.create(language_code=code)


def root():
    """Wagtail's root page; made anew where a test or a fresh database has none."""
    return Page.get_first_root_node() or Page.add_root(title="Root", slug="root", locale=Locale.get_default())


def settle(home):
    """Make this the root page of the one site and remove the page that Wagtail's installation left there."""
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Site.objects.create(hostname="localhost", site_name="Tiltas", root_page=home, is_default_site=True)
        return
    if site.root_page_id == home.pk:
        return
    old = site.root_page
    if old.title != _WELCOME or old.specific_class is not Page:
        raise OtherHome(f"the site's root page is “{old}”; make it a HomePage with this key, or load without this file")
    if old.get_children().exists():
        raise OtherHome(
            f"the site's root page “{old}” has pages below it: move or delete them, or load without this file"
        )
    site.root_page, site.site_name = home, site.site_name or "Tiltas"
    site.save()
    old.delete()


def parent_of(kind_name):
    """The page that one of this kind hangs below where no file names one. Raises OtherHome."""
    name = PARENTS[kind_name]
    page = KINDS[name].model.objects.filter(locale=Locale.get_default()).order_by("path").first()
    if page is None:
        raise OtherHome(f"there is no {name} page: add {name}.{Locale.get_default().language_code}.md or make one")
    return page
