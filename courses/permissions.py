"""Who may do what with courses: asked by views and screens alike."""


def can_try(user, page):
    """Whoever may change the course's page may walk through the course as a learner. Learners cost one query here."""
    return user.has_perm("wagtailadmin.access_admin") and page.permissions_for_user(user).can_edit()


def can_care(user, page):
    """Whoever may publish the course's page decides on its editions, its groups, what is retired and what is copied."""
    return user.has_perm("wagtailadmin.access_admin") and page.permissions_for_user(user).can_publish()
