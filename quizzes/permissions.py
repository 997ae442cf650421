"""Who may see how quizzes go, and end them: asked by views, admin and API alike."""


def may_see_quizzes(user):
    """Numbers of all quizzes, without names: trainers and administrators."""
    return user.is_authenticated and user.has_perm("tiltas_quizzes.view_attempt")


def may_end_quizzes(user):
    """Hand in everybody's open attempts at a quiz."""
    return user.is_authenticated and user.has_perm("tiltas_quizzes.change_attempt")
