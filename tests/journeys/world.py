"""The demo site after people have walked it: what the screens of `screens.py` show."""

from dataclasses import dataclass
from datetime import timedelta

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from wagtail.models import Locale

from accounts.services import token_to_stop
from certificates.models import Certificate
from certificates.services import issue_certificate, revoke_certificate
from courses.models import Activity, Course, CoursePage, Enrolment
from courses.services import enrol
from institutions.models import Institution, Membership
from learners.models import Learner
from lessons.models import LessonPage
from progress.services import record_completion
from quizzes.models import Attempt, Question, QuestionVersion, QuizPage
from quizzes.services import save_response, start_attempt, submit_attempt
from tiltas.demo import make_demo

from .all_blocks import show_all_blocks

VISITOR = ""
LEARNER, TRAINER, TRANSLATOR = "mokinys@tiltas.test", "lektorius@tiltas.test", "vertejas@tiltas.test"
COORDINATOR, ADMINISTRATOR = "koordinatorius@tiltas.test", "admin@tiltas.test"


@dataclass
class World:
    """What addresses name. Pages are the Lithuanian ones; everything a learner owns is the demo learner's."""

    course: CoursePage
    lesson: LessonPage  # the course's first, open to everyone
    closed_lesson: LessonPage  # the second, for who is enrolled
    all_blocks: LessonPage  # the first of another course, with a block of every kind
    quiz: QuizPage
    question: Question
    open_attempt: Attempt  # its first question is answered, wrongly or rightly as it happens
    failed_attempt: Attempt
    passed_attempt: Attempt
    certificate: Certificate
    revoked_certificate: Certificate  # another learner's
    institution: Institution
    membership: Membership  # the demo learner's, there
    trial: Enrolment  # the trainer's, walked to its end


def load_demo(*, at, learners=6):
    """What `make run` shows on the first day. The database is migrated."""
    call_command("load_courses", verbosity=0)
    make_demo(learners=learners, at=at)


def walk(*, at):
    """
    Let the demo learner walk the demo site: one course completed, then taken again: one lesson read, a test failed, passed, and
    begun once more. Another learner's certificate is revoked. Returns the World.
    """
    course = Course.objects.get(code="K1")
    learner = Learner.objects.get(user__email=LEARNER)
    certificate = completed(enrolled(learner, course, at=at), at=at)
    at += timedelta(seconds=1)
    enrolment = enrolled(learner, course, at=at)
    activities = list(Activity.objects.filter(module__course=course).in_order())
    record_completion(enrolment_id=enrolment.pk, activity_id=activities[0].pk, at=at)
    quiz = next(activity for activity in activities if activity.kind == "quiz")
    failed = handed_in(enrolment, quiz, rightly=False, at=at)
    passed = handed_in(enrolment, quiz, rightly=True, at=at)
    begun = start_attempt(enrolment_id=enrolment.pk, activity_id=quiz.pk, at=at)
    answer(begun, 1, rightly=True, at=at)
    page = CoursePage.objects.get(translation_key=course.key, locale=Locale.get_default())
    begin_to_change(page)
    lessons = [activity.key for activity in activities if activity.kind == "lesson"]
    revoked = completed(Enrolment.objects.open().filter(learner__user=None).earliest("pk"), at=at)
    revoke_certificate(certificate_id=revoked.pk, reason="Išduotas per klaidą", at=at)
    return World(
        course=page,
        lesson=LessonPage.objects.get(translation_key=lessons[0], locale=page.locale),
        closed_lesson=LessonPage.objects.get(translation_key=lessons[1], locale=page.locale),
        all_blocks=show_all_blocks(first_lesson("K2")),
        quiz=QuizPage.objects.get(translation_key=quiz.key, locale=page.locale),
        question=Question.objects.filter(locale=page.locale).earliest("pk"),
        open_attempt=begun,
        failed_attempt=failed,
        passed_attempt=passed,
        certificate=certificate,
        revoked_certificate=Certificate.objects.get(pk=revoked.pk),
        institution=Institution.objects.get(join_codes__code="PAVYZDYS"),
        membership=learner.memberships.get(),
        trial=tried(Learner.objects.get(user__email=TRAINER), course, at=at),
    )


def begin_to_change(page):
    """The trainer has a draft of this page; readers see what they saw."""
    page.specific.save_revision(user=user_of(TRAINER))


def first_lesson(code):
    """The first lesson of this course, which is open to everyone."""
    first = Activity.objects.filter(module__course__code=code, kind="lesson").in_order().first()
    return LessonPage.objects.get(translation_key=first.key, locale=Locale.get_default())


def enrolled(learner, course, *, at):
    membership = learner.memberships.get()
    return enrol(learner_id=learner.pk, course_id=course.pk, membership_id=membership.pk, at=at)


def tried(learner, course, *, at):
    """A trial with every activity done."""
    trial = enrol(learner_id=learner.pk, course_id=course.pk, trial=True, at=at)
    do_all(trial, at=at)
    return Enrolment.objects.get(pk=trial.pk)


def completed(enrolment, *, at):
    """The certificate of this enrolment, with every activity of the course done."""
    do_all(enrolment, at=at)
    return issue_certificate(enrolment_id=enrolment.pk, at=at)


def do_all(enrolment, *, at):
    for activity in Activity.objects.filter(module__course=enrolment.course).required_in(enrolment.edition):
        record_completion(enrolment_id=enrolment.pk, activity_id=activity.pk, at=at)


def handed_in(enrolment, activity, *, rightly, at):
    """An attempt that was handed in, with every answer right or wrong."""
    attempt = start_attempt(enrolment_id=enrolment.pk, activity_id=activity.pk, at=at)
    for number in range(1, len(attempt.version_ids) + 1):
        answer(attempt, number, rightly=rightly, at=at)
    submit_attempt(attempt_id=attempt.pk, at=at)
    return attempt


def answer(attempt, number, *, rightly, at):
    """Save the right answer to the question of this number, or the first wrong option."""
    version = QuestionVersion.objects.get(pk=attempt.version_ids[number - 1])
    right = version.answer_key["right"]
    save_response(
        attempts=Attempt.objects.filter(pk=attempt.pk),
        number=number,
        operation_id=version.key,
        base=0,
        raw=right if rightly else [each for each in version.option_ids if each not in right][:1],
        at=at,
    )


def client_of(who, language):
    """Django's test client of this person, or of a visitor where there is none, whose browser asks for the language."""
    client = Client(headers={"accept-language": language})
    if who:
        client.force_login(get_user_model().objects.get(email=who))
    return client


def user_of(address):
    return get_user_model().objects.get(email=address)


def key_of(address):
    """What the link of the mail for a new password names. A login makes it too old, so it is asked for right before."""
    user = user_of(address)
    return {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}


def stop_token(address):
    """What the old address is sent when another is asked for."""
    return {"token": token_to_stop(user=user_of(address), old=address, new="kita@tiltas.test")}


def take_steps(client, screen, language):
    """What the person does before this screen is there; the second form of two is the one that the first led to."""
    led_to = ""
    for step in screen.before:
        address = step.address(language) or led_to
        typed = step.typed(language) | ({step.button: ""} if step.button else {})
        answer = client.post(address, typed) if step.fields else client.get(address)
        led_to = answer.headers.get("Location", "")
