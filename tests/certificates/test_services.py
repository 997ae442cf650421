import hashlib
from datetime import UTC, date, datetime, timedelta

import pytest

from certificates.models import Certificate, CertificateCounter
from certificates.services import (
    CODE_ALPHABET,
    CannotIssue,
    CannotRender,
    issue_certificate,
    issue_what_is_due,
    render,
    replace_certificate,
    revoke_certificate,
    verify_url,
)
from certificates.signals import certificate_issued
from certificates.tasks import issue_certificate_task
from courses.models import Course, CourseEdition
from courses.services import share_private_enrolment
from learners.models import Learner
from learners.services import erase_learner
from progress.services import record_completion
from tests.factories import (
    MORNING,
    NOON,
    ActivityFactory,
    EnrolmentFactory,
    IssuerFactory,
    MembershipFactory,
    ModuleFactory,
)

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=3)


@pytest.fixture
def issuer():
    return IssuerFactory()


@pytest.fixture
def enrolment(issuer):
    return EnrolmentFactory(completed_at=NOON, learner__given_names="Ona", learner__surname="Petraitė")


def issue(enrolment, at=NOON):
    return issue_certificate(enrolment_id=enrolment.pk, at=at)


class TestIssuing:
    def test_an_institution_that_refused_the_learner_does_not_stand_on_it(self, issuer):
        refused = MembershipFactory(confirmed_at=None, refused_at=MORNING, ends_on=date(2026, 11, 21))
        enrolment = EnrolmentFactory(
            learner=refused.learner, membership=refused, enrolled_at=MORNING, completed_at=NOON
        )

        assert issue(enrolment).snapshot["institution"] is None

    def test_a_certificate_states_what_was_so_that_day(self, issuer):
        membership = MembershipFactory(job_title="slaugytoja")
        enrolment = EnrolmentFactory(
            learner=membership.learner,
            membership=membership,
            enrolled_at=MORNING,
            completed_at=NOON,
            course__outcomes={"lt": ["suprasti"], "en": ["understand"]},
        )
        module = ModuleFactory(course=enrolment.course, titles={"lt": "Kokybė", "en": "Quality"})
        ActivityFactory(module=module)
        ActivityFactory(module=module)
        ActivityFactory(module=ModuleFactory(course=enrolment.course), required_since=None)

        certificate = issue(enrolment, at=LATER)

        institution = membership.institution
        assert certificate.snapshot == {
            "languages": ["lt", "en"],
            "issuer": {
                "names": issuer.names,
                "code": "",
                "signatory_name": "Jurgita Čepaitė",
                "signatory_position": {"lt": "Vadovė", "en": "Director"},
                "funding": {},
            },
            "number": "KT-2026-000001",
            "issued_on": "2026-11-24",
            "learner": {"given_names": membership.learner.given_names, "surname": membership.learner.surname},
            "institution": {
                "name": institution.name,
                "municipality": institution.municipality.names,
                "job_title": "slaugytoja",
            },
            "course": {
                "code": enrolment.course.code,
                "titles": enrolment.course.titles,
                "academic_hours": 16,
                "edition": 1,
                "outcomes": {"lt": ["suprasti"], "en": ["understand"]},
            },
            "period": {"from": "2026-11-21", "to": "2026-11-21"},
            "modules": [{"titles": {"lt": "Kokybė", "en": "Quality"}, "academic_hours": 16}],
            "replaces": "",
            "code": certificate.printed_code,
        }

    def test_topics_stand_in_order_with_their_share_of_the_hours(self, issuer):
        enrolment = EnrolmentFactory(completed_at=NOON)
        for position, minutes in ((2, 30), (1, 90)):
            module = ModuleFactory(course=enrolment.course, position=position, titles={"lt": f"Tema {position}"})
            ActivityFactory(module=module, minutes=minutes)
            ActivityFactory(module=module, minutes=600, required_since=None)

        assert issue(enrolment).snapshot["modules"] == [
            {"titles": {"lt": "Tema 1"}, "academic_hours": 12},
            {"titles": {"lt": "Tema 2"}, "academic_hours": 4},
        ]

    def test_where_nothing_says_how_long_a_topic_is_it_has_no_hours(self, issuer):
        enrolment = EnrolmentFactory(completed_at=NOON)
        ActivityFactory(module__course=enrolment.course, minutes=0)

        assert [module["academic_hours"] for module in issue(enrolment).snapshot["modules"]] == [None]

    def test_an_entry_is_searched_by_number_code_and_name_without_accents(self, issuer):
        enrolment = EnrolmentFactory(
            completed_at=NOON, learner__given_names="Ąžuolė", learner__surname="Žukauskaitė-Šimkienė"
        )
        certificate = issue(enrolment)

        code = certificate.code.lower()
        assert certificate.search_text == (
            f"kt-2026-000001 {code} {certificate.printed_code.lower()} azuole zukauskaite-simkiene"
        )

    def test_asking_again_gives_the_same_certificate(self, enrolment):
        assert issue(enrolment) == issue(enrolment, at=LATER)
        assert Certificate.objects.get().issued_at == NOON

    def test_numbers_follow_one_another(self, issuer):
        numbers = [issue(EnrolmentFactory(completed_at=NOON)).full_number for _each in range(3)]

        assert numbers == ["KT-2026-000001", "KT-2026-000002", "KT-2026-000003"]

    def test_what_breaks_gives_its_number_back(self, issuer, enrolment):
        def break_down(sender, **kwargs):
            raise ZeroDivisionError

        certificate_issued.connect(break_down)
        try:
            with pytest.raises(ZeroDivisionError):
                issue(enrolment)
        finally:
            certificate_issued.disconnect(break_down)

        assert issue(EnrolmentFactory(completed_at=NOON)).number == 1
        assert issue(enrolment).number == 2

    def test_the_year_is_that_of_vilnius_and_begins_with_one(self, enrolment):
        issue(enrolment)
        new_year = datetime(2026, 12, 31, 22, 30, tzinfo=UTC)  # 00:30 on 1 January in Vilnius

        certificate = issue(EnrolmentFactory(completed_at=NOON), at=new_year)

        assert certificate.full_number == "KT-2027-000001"
        assert certificate.snapshot["issued_on"] == "2027-01-01"

    def test_codes_cannot_be_guessed_or_misread(self, issuer):
        codes = {issue(EnrolmentFactory(completed_at=NOON)).code for _each in range(30)}

        assert len(codes) == 30
        assert {len(code) for code in codes} == {12}
        assert set("".join(codes)) <= set(CODE_ALPHABET)
        assert not set("01ILO") & set(CODE_ALPHABET)

    def test_hours_are_those_of_the_learners_own_edition(self, enrolment):
        CourseEdition.objects.create(course=enrolment.course, number=2, academic_hours=99, released_at=NOON)
        Course.objects.update(edition=2, academic_hours=99)

        assert issue(enrolment).snapshot["course"]["academic_hours"] == 16

    def test_later_changes_of_names_and_titles_alter_nothing(self, enrolment):
        snapshot = issue(enrolment).snapshot
        Learner.objects.update(surname="Kita")
        Course.objects.update(titles={"lt": "Kitaip"}, academic_hours=1, outcomes={"lt": ["kita"]})

        assert Certificate.objects.get().snapshot == snapshot
        assert issue(enrolment).snapshot == snapshot

    def test_one_notice_is_sent(self, enrolment):
        heard = []

        def hear(sender, certificate_id, **kwargs):
            heard.append(certificate_id)

        certificate_issued.connect(hear)
        try:
            certificate = issue(enrolment)
            issue(enrolment)
        finally:
            certificate_issued.disconnect(hear)

        assert heard == [certificate.pk]

    @pytest.mark.parametrize(
        "state",
        [
            {"completed_at": None},
            {"trial": True},
            {"learner__given_names": ""},
            {"learner__surname": ""},
        ],
    )
    def test_what_cannot_be_certified_is_refused_and_takes_no_number(self, issuer, state):
        enrolment = EnrolmentFactory(**({"completed_at": NOON} | state))

        with pytest.raises(CannotIssue) as refused:
            issue(enrolment)
        assert str(refused.value).endswith(".")
        assert not Certificate.objects.exists()
        assert not CertificateCounter.objects.exists()

    @pytest.mark.parametrize("issuers", [0, 1])
    def test_without_an_active_issuer_it_waits(self, issuers):
        if issuers:
            IssuerFactory(active=False)
        enrolment = EnrolmentFactory(completed_at=NOON)

        with pytest.raises(CannotIssue):
            issue(enrolment)
        enrolment.refresh_from_db()
        assert enrolment.completed_at == NOON

    def test_the_task_leaves_what_cannot_be_issued_for_later(self):
        enrolment = EnrolmentFactory(completed_at=NOON)

        issue_certificate_task.func(enrolment.pk)

        assert not Certificate.objects.exists()

    def test_a_course_on_my_own_names_no_institution(self, enrolment):
        assert issue(enrolment).snapshot["institution"] is None


class TestPrivateCourse:
    @pytest.fixture
    def membership(self):
        return MembershipFactory()

    @pytest.fixture
    def enrolment(self, issuer, membership):
        return EnrolmentFactory(learner=membership.learner, course__private=True, completed_at=NOON)

    def test_its_certificate_names_no_institution(self, enrolment):
        assert issue(enrolment).snapshot["institution"] is None

    def test_it_names_the_institution_that_the_learner_shared_it_with(self, enrolment, membership):
        share_private_enrolment(enrolment_id=enrolment.pk, membership_id=membership.pk, at=NOON)

        assert issue(enrolment).snapshot["institution"]["name"] == membership.institution.name

    def test_after_taking_it_back_a_new_certificate_names_none_again(self, enrolment, membership):
        share_private_enrolment(enrolment_id=enrolment.pk, membership_id=membership.pk, at=NOON)
        first = issue(enrolment)
        share_private_enrolment(enrolment_id=enrolment.pk, membership_id=None, at=LATER)

        second = replace_certificate(certificate_id=first.pk, reason="Atšauktas dalijimasis", at=LATER)

        assert second.snapshot["institution"] is None
        first.refresh_from_db()
        assert first.snapshot["institution"] is not None


class TestTrial:
    def test_a_trial_is_completed_but_never_certified_nor_counted(self, issuer):
        from courses.models import Enrolment

        trial = EnrolmentFactory(trial=True)
        record_completion(enrolment_id=trial.pk, activity_id=ActivityFactory(module__course=trial.course).pk, at=NOON)

        trial.refresh_from_db()
        assert trial.completed_at == NOON
        assert issue_what_is_due(at=LATER) == 0
        assert not Certificate.objects.exists()
        assert not Enrolment.objects.counted().exists()


class TestRendering:
    def test_the_file_is_kept_with_its_hash(self, enrolment):
        certificate = render(certificate_id=issue(enrolment).pk)

        with certificate.file.open("rb") as file:
            pdf = file.read()
        assert pdf.startswith(b"%PDF-")
        assert certificate.file_sha256 == hashlib.sha256(pdf).hexdigest()
        assert certificate.file.name == f"certificates/2026/{certificate.uuid}.pdf"

    def test_drawing_again_leaves_the_file_as_it_is(self, enrolment):
        first = render(certificate_id=issue(enrolment).pk)
        modified = first.file.storage.get_modified_time(first.file.name)

        again = render(certificate_id=first.pk)

        assert (again.file.name, again.file_sha256) == (first.file.name, first.file_sha256)
        assert again.file.storage.get_modified_time(again.file.name) == modified

    def test_the_address_on_it_checks_it(self, enrolment, settings):
        certificate = issue(enrolment)
        settings.TILTAS_URL = "https://tiltas.example"

        assert verify_url(certificate.code) == f"https://tiltas.example/verify/{certificate.code}/"
        assert verify_url(certificate.code, certificate.full_number).endswith("/?nr=KT-2026-000001")

    def test_a_name_that_no_font_can_draw_is_said_and_the_certificate_stays(self, enrolment):
        Learner.objects.update(surname="\U00016a40")  # a letter of the Mro script

        certificate = issue(enrolment)

        with pytest.raises(CannotRender):
            render(certificate_id=certificate.pk)
        certificate.refresh_from_db()
        assert not certificate.file


class TestRevoking:
    def test_a_revoked_certificate_says_when_and_why(self, enrolment):
        certificate = issue(enrolment)

        revoked = revoke_certificate(certificate_id=certificate.pk, reason="Klaida varde.", at=LATER)

        assert (revoked.revoked_at, revoked.revocation_reason) == (LATER, "Klaida varde.")
        assert list(Certificate.objects.valid()) == []

    def test_revoking_twice_keeps_the_first_reason(self, enrolment):
        certificate = issue(enrolment)
        revoke_certificate(certificate_id=certificate.pk, reason="Klaida.", at=NOON)

        again = revoke_certificate(certificate_id=certificate.pk, reason="Kita.", at=LATER)

        assert (again.revoked_at, again.revocation_reason) == (NOON, "Klaida.")

    def test_a_revoked_certificate_does_not_come_back_by_itself(self, enrolment):
        certificate = issue(enrolment)
        revoke_certificate(certificate_id=certificate.pk, reason="Klaida.", at=NOON)

        assert issue(enrolment, at=LATER) == certificate
        assert issue_what_is_due(at=LATER) == 1  # only its file was drawn
        assert not Certificate.objects.valid().exists()

    def test_a_replacement_has_the_next_number_the_present_name_and_names_the_old(self, enrolment):
        old = issue(enrolment)
        Learner.objects.update(surname="Petraitienė")

        new = replace_certificate(certificate_id=old.pk, reason="Nauja pavardė.", at=LATER)

        assert (new.number, new.snapshot["replaces"]) == (2, "KT-2026-000001")
        assert new.snapshot["learner"]["surname"] == "Petraitienė"
        old.refresh_from_db()
        assert (old.replaced_by, old.revoked_at) == (new, LATER)
        assert old.snapshot["learner"]["surname"] == "Petraitė"
        assert issue(enrolment) == new

    def test_replacing_twice_gives_the_same_successor(self, enrolment):
        old = issue(enrolment)
        new = replace_certificate(certificate_id=old.pk, reason="Klaida.", at=NOON)

        assert replace_certificate(certificate_id=old.pk, reason="Klaida.", at=LATER) == new
        assert Certificate.objects.count() == 2

    def test_a_replacement_that_cannot_be_issued_revokes_nothing(self, issuer, enrolment):
        old = issue(enrolment)
        issuer.active = False
        issuer.save()

        with pytest.raises(CannotIssue):
            replace_certificate(certificate_id=old.pk, reason="Klaida.", at=LATER)
        old.refresh_from_db()
        assert old.revoked_at is None


class TestReplacingAWrongName:
    def replace(self, certificate, **name):
        return replace_certificate(certificate_id=certificate.pk, reason="Klaida varde.", at=LATER, **name)

    def test_the_right_name_becomes_the_learners_and_stands_on_the_new_one(self, enrolment):
        old = issue(enrolment)

        new = self.replace(old, given_names="Ona Marija", surname="Petraitienė")

        assert new.snapshot["learner"] == {"given_names": "Ona Marija", "surname": "Petraitienė"}
        assert Learner.objects.get().full_name == "Ona Marija Petraitienė"
        assert Learner.objects.get().language == "lt"

    def test_a_revoked_one_is_replaced_later_and_keeps_its_reason(self, enrolment):
        old = issue(enrolment)
        revoke_certificate(certificate_id=old.pk, reason="Pirmoji.", at=NOON)

        new = self.replace(old)

        old.refresh_from_db()
        assert (old.revocation_reason, old.revoked_at, old.replaced_by) == ("Pirmoji.", NOON, new)

    def test_half_a_name_is_refused_and_nothing_changes(self, enrolment):
        old = issue(enrolment)

        with pytest.raises(CannotIssue):
            self.replace(old, given_names="Ona")

        old.refresh_from_db()
        assert (old.revoked_at, Learner.objects.get().full_name) == (None, "Ona Petraitė")

    def test_of_an_erased_person_nothing_is_replaced(self, enrolment):
        old = issue(enrolment)
        erase_learner(learner_id=enrolment.learner_id, at=NOON)

        with pytest.raises(CannotIssue):
            self.replace(old, given_names="Ona", surname="Petraitė")

        assert list(Certificate.objects.valid()) == [old]

    def test_an_older_one_is_not_replaced_beside_a_valid_one(self, enrolment):
        first = issue(enrolment)
        revoke_certificate(certificate_id=first.pk, reason="Klaida.", at=NOON)
        Certificate.objects.filter(pk=first.pk).update(revoked_at=NOON)
        second = self.replace(first)

        assert self.replace(first) == second
        assert Certificate.objects.valid().get() == second


class TestWhatIsDue:
    def test_what_a_crash_left_undone_is_issued_and_drawn(self, enrolment):
        assert issue_what_is_due(at=LATER) == 2

        certificate = Certificate.objects.get()
        assert (certificate.enrolment, certificate.issued_at) == (enrolment, LATER)
        assert certificate.file
        assert issue_what_is_due(at=LATER) == 0

    def test_what_was_issued_but_not_drawn_is_drawn(self, enrolment):
        issue(enrolment)

        assert issue_what_is_due(at=LATER) == 1
        assert Certificate.objects.get().file

    def test_who_has_no_name_yet_waits_and_holds_up_nobody(self, issuer):
        EnrolmentFactory(completed_at=NOON, learner__given_names="")
        EnrolmentFactory(completed_at=NOON, learner__surname="")
        named = EnrolmentFactory(completed_at=NOON)

        assert issue_what_is_due(at=LATER) == 2
        assert [certificate.enrolment for certificate in Certificate.objects.all()] == [named]

    def test_an_erased_learner_gets_none(self, enrolment):
        erase_learner(learner_id=enrolment.learner_id, at=NOON)

        assert issue_what_is_due(at=LATER) == 0

    def test_what_is_not_completed_gets_none(self, issuer):
        EnrolmentFactory()

        assert issue_what_is_due(at=LATER) == 0

    def test_without_an_issuer_nothing_new_is_issued_but_the_rest_is_drawn(self, issuer, enrolment):
        issued = issue(enrolment)
        issuer.active = False
        issuer.save()
        EnrolmentFactory(completed_at=NOON)

        assert issue_what_is_due(at=LATER) == 1
        issued.refresh_from_db()
        assert issued.file
        assert Certificate.objects.count() == 1

    def test_one_that_cannot_be_drawn_holds_up_nobody(self, issuer):
        odd = EnrolmentFactory(completed_at=NOON, learner__surname="\U00016a40")
        plain = EnrolmentFactory(completed_at=NOON)

        assert issue_what_is_due(at=LATER) == 3

        assert not Certificate.objects.get(enrolment=odd).file
        assert Certificate.objects.get(enrolment=plain).file

    def test_one_that_cannot_be_issued_holds_up_nobody(self, issuer):
        broken = EnrolmentFactory(completed_at=NOON)
        CourseEdition.objects.filter(course=broken.course).delete()
        plain = EnrolmentFactory(completed_at=NOON)

        assert issue_what_is_due(at=LATER) == 2
        assert [certificate.enrolment for certificate in Certificate.objects.all()] == [plain]
