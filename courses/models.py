"""Pages and records of courses, under the one name that Django and readers look for."""

from .pages import AUTHORSHIP, ActivityPage, CourseIndexPage, CoursePage, ModulePage, is_source
from .records import (
    Activity,
    Cohort,
    Course,
    CourseEdition,
    Enrolment,
    Module,
    in_reader_language,
)

__all__ = [
    "AUTHORSHIP",
    "Activity",
    "ActivityPage",
    "Cohort",
    "Course",
    "CourseEdition",
    "CourseIndexPage",
    "CoursePage",
    "Enrolment",
    "Module",
    "ModulePage",
    "in_reader_language",
    "is_source",
]
