"""What the documentation lists is what the code has, no more and no less; and every link leads somewhere."""

import ast
import re
import subprocess
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import get_commands
from django.dispatch import Signal
from django.utils import translation
from django.utils.text import slugify

from certificates.urls import verify_urlpatterns
from reports.columns import ROW_COLUMNS, TOTAL_COLUMNS
from tiltas import APPS

ROOT = Path(__file__).resolve().parent.parent.parent
REFERENCE = ROOT / "docs" / "reference"
OURS = [*APPS, "accounts", "tiltas"]


def read(name):
    return (REFERENCE / name).read_text(encoding="utf-8")


def headings(text, level=3):
    """The headings of this level, without backticks."""
    return [found.replace("`", "") for found in re.findall(rf"^{'#' * level} (.+)$", text, re.MULTILINE)]


def section(text, title):
    """What stands under this heading of the second level."""
    return re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)[1]


def first_cells(text):
    """The names in the first column of the tables of this text: what stands in backticks there."""
    rows = (line for line in text.splitlines() if line.startswith("| `"))
    return [name for row in rows for name in re.findall(r"`([^`]+)`", row.split("|")[1])]


# ---- settings


def environment_of(source):
    """Names of the environment variables that this Python source reads."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if called in {"os.environ.get", "os.environ.setdefault", "os.getenv"}:
                names.add(ast.literal_eval(node.args[0]))
            elif called == "dj_database_url.config":
                named = next((each.value for each in node.keywords if each.arg == "env"), None)
                names.add(ast.literal_eval(named) if named else "DATABASE_URL")
        elif isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
            names.add(ast.literal_eval(node.slice))
        elif isinstance(node, ast.Compare) and "os.environ" in map(ast.unparse, node.comparators):
            names.add(ast.literal_eval(node.left))
    return names


def test_every_way_to_read_the_environment_is_seen():
    source = """
os.environ.get("A"), os.environ["B"], os.environ.setdefault("C", "1"), os.getenv("D")
dj_database_url.config(default="x"), dj_database_url.config(env="E"), "F" in os.environ, "G" not in os.environ
"""

    assert environment_of(source) == {"A", "B", "C", "D", "DATABASE_URL", "E", "F", "G"}


def test_settings_lists_the_environment_variables_that_the_settings_read():
    files = (ROOT / "tiltas" / "settings").glob("*.py")
    read_by_settings = set().union(*(environment_of(file.read_text(encoding="utf-8")) for file in files))

    listed = first_cells(section(read("settings.md"), "Environment"))

    assert sorted(listed) == sorted(read_by_settings)


def test_settings_lists_the_settings_of_our_own_that_the_code_asks_for():
    asked = set()
    for name in OURS:
        for file in (ROOT / name).rglob("*.py"):
            text = file.read_text(encoding="utf-8")
            asked |= set(re.findall(r"\bsettings\.(TILTAS_\w+|DATA_DIR|EDITOR_CSP|PRODUCTION)\b", text))

    listed = first_cells(section(read("settings.md"), "Settings of our own"))

    assert sorted(listed) == sorted(asked)


# ---- commands


def test_commands_lists_each_command_of_our_apps():
    ours = [name for name, app in get_commands().items() if app in OURS]

    assert sorted(headings(section(read("commands.md"), "manage.py"))) == sorted(ours)


def test_commands_lists_each_target_of_the_makefile():
    targets = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)[1].split()

    listed = first_cells(section(read("commands.md"), "make"))

    assert sorted(listed) == sorted(f"make {target}" for target in targets)


# ---- signals and registries


def test_each_signal_has_its_heading():
    signals = []
    for name in OURS:
        if (ROOT / name / "signals.py").exists():
            module = import_module(f"{name}.signals")
            signals += [key for key, value in vars(module).items() if isinstance(value, Signal)]

    listed = headings(section(read("signals-and-registries.md"), "Signals"))

    assert sorted(listed) == sorted([*signals, "Signals that we hear"])


def registry_files():
    """Names of the files in which apps register something: what the code discovers or imports by a fixed name."""
    found = set()
    for name in OURS:
        for file in (ROOT / name).glob("*.py"):
            text = file.read_text(encoding="utf-8")
            found |= set(re.findall(r'autodiscover_modules\("(\w+)"\)', text))
            found |= set(re.findall(r'f"\{_package\(entry\)\}\.(\w+)"', text))
    return {f"{name}.py" for name in found}


def test_each_registry_has_its_heading():
    listed = headings(section(read("signals-and-registries.md"), "Registries"))

    assert sorted(listed) == sorted(registry_files())


def example_of(name):
    """The first Python example of a how-to."""
    text = (ROOT / "docs" / "how-to" / name).read_text(encoding="utf-8")
    return re.search(r"```python\n(.*?)```", text, re.DOTALL)[1]


def test_the_example_of_a_question_type_gives_a_share_for_each_option_marked_as_it_should_be(monkeypatch):
    from quizzes import registry

    monkeypatch.setattr(registry, "_types", dict(registry._types))
    exec(
        example_of("add-a-question-type.md"), {"__name__": "my_app.question_types"}
    )  # the example itself is what is tested
    kind = registry.question_type("my_app_partly_right")
    definition = {"options": [{"id": each} for each in "abcd"], "points": 1}

    shares = [
        kind.grade(definition=definition, answer_key={"right": ["a", "b"]}, answer=answer)
        for answer in (["a", "b"], ["a"], ["a", "c"], ["c", "d"], [], None)
    ]

    assert [float(share) for share in shares] == [1, 0.75, 0.5, 0, 0, 0]


def test_the_example_of_a_lesson_block_takes_a_value():
    names = {"__name__": "my_app.lesson_blocks"}
    exec(example_of("add-a-lesson-block.md"), names)
    [(name, block)] = names["LESSON_BLOCKS"]

    value = block.clean(block.to_python({"text": "Ne vienas lauke karys.", "who": ""}))

    assert (name, value["text"]) == ("my_app_quotation", "Ne vienas lauke karys.")


# ---- dependencies


def test_dependencies_lists_each_package_that_the_site_needs():
    lines = (ROOT / "requirements" / "run.in").read_text(encoding="utf-8").splitlines()
    packages = [re.match(r"[\w.\-]+", line)[0] for line in lines if line and not line.startswith(("#", "-"))]

    listed = first_cells(read("dependencies.md"))

    assert sorted(listed) == sorted(packages)


# ---- records


def our_models():
    return [model for name in OURS for model in apps.get_models() if model.__module__.split(".")[0] == name]


def words_on(model):
    """What records.md says of this model, on one line."""
    found = re.search(rf"^### {model.__name__}\n(.*?)(?=^##|\Z)", read("records.md"), re.MULTILINE | re.DOTALL)
    return " ".join(found[1].split())


def test_records_has_a_heading_for_each_model():
    assert sorted(headings(read("records.md"))) == sorted(model.__name__ for model in our_models())


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model.__name__)
def test_records_names_what_the_database_promises(model):
    promises = [each.name for each in model._meta.constraints if not each.name.startswith("unique_translation_key")]

    assert [name for name in promises if f"`{name}`" not in words_on(model)] == []


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model.__name__)
def test_records_says_what_the_model_itself_says_of_personal_data(model):
    words, declared = words_on(model), model.personal_data
    another = re.search(r"Personal data as for (\w+)\.", words)

    if declared is None:
        assert "No personal data." in words
    elif another:
        [named] = [each for each in our_models() if each.__name__ == another[1]]
        assert declared == named.personal_data
    else:
        with translation.override("en"):
            assert [text for text in map(str, declared.values()) if text not in words] == []


# ---- statistics and addresses


def test_statistics_defines_each_column_of_the_files():
    text = read("statistics.md")
    listed = [first_cells(section(text, title)) for title in ("Columns of a row", "Totals")]

    assert [sorted(names) for names in listed] == [
        sorted(column.name for column in columns) for columns in (ROW_COLUMNS, TOTAL_COLUMNS)
    ]


def test_urls_lists_each_address_of_our_own():
    named = {pattern.name for pattern in verify_urlpatterns}
    for name in OURS:
        if name != "tiltas" and (ROOT / name / "urls.py").exists():
            module = import_module(f"{name}.urls")
            named |= {f"{module.app_name}:{pattern.name}" for pattern in module.urlpatterns}
    shell = (ROOT / "tiltas" / "urls.py").read_text(encoding="utf-8")
    named |= set(re.findall(r'name="(tiltas_\w+)"', shell))
    text = read("urls.md")

    assert sorted(name for name in named if f"`{name}`" not in text) == []
    assert sorted(set(re.findall(r"`(tiltas_\w+:\w+)`", text)) - named) == []


# ---- links


def documents():
    """Every Markdown file of the project that git knows or would add."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    found = [ROOT / name for name in listed.stdout.splitlines()]
    if listed.returncode:  # an unpacked archive has no history
        found = [file for file in ROOT.rglob("*.md") if not {".venv", "var", "node_modules"} & set(file.parts)]
    return [file for file in found if file.exists()]


def without_code(text):
    """The text without fenced and inline code: what looks like a link there is none."""
    return re.sub(r"`[^`\n]*`", "", re.sub(r"^ *```.*?^ *```", "", text, flags=re.MULTILINE | re.DOTALL))


def anchors_of(file):
    text = re.sub(r"^ *```.*?^ *```", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    return {
        slugify(title.replace("`", ""), allow_unicode=True) for title in re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    }


def broken_links(file):
    """The relative links of a file that lead nowhere: no such file, or no such heading in it."""
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", without_code(file.read_text(encoding="utf-8"))):
        if re.match(r"[a-z][a-z0-9+.\-]*:|/", target):
            continue
        path, _, anchor = target.partition("#")
        aim = (file.parent / path).resolve() if path else file
        if not aim.exists() or (anchor and anchor not in anchors_of(aim)):
            broken.append(target)
    return broken


def test_a_link_that_leads_nowhere_is_found(tmp_path):
    (tmp_path / "there.md").write_text("# A heading\n")
    file = tmp_path / "file.md"
    file.write_text(
        "[a](there.md) [b](there.md#a-heading) [c](gone.md) [d](there.md#gone) [e](https://example.lt) `[f](code.md)`\n"
    )

    assert broken_links(file) == ["gone.md", "there.md#gone"]


def test_every_relative_link_leads_somewhere():
    broken = {str(file.relative_to(ROOT)): broken_links(file) for file in documents()}

    assert {file: links for file, links in broken.items() if links} == {}


def test_every_page_of_the_documentation_stands_in_its_index():
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    pages = [file.relative_to(ROOT / "docs").as_posix() for file in (ROOT / "docs").rglob("*.md")]

    assert [page for page in sorted(pages) if page != "README.md" and f"]({page})" not in index] == []
