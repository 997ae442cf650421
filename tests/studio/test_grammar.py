"""A block that a plug-in adds has its form in files from its definition alone; values are written in one way."""

import pytest
from wagtail import blocks
from wagtail.models import Page

from lessons.blocks import TextBlock
from lessons.models import LessonPage
from studio import building, files, grammar, parity
from studio.checking import check_document
from studio.grammar import KINDS, NoForm
from studio.references import Asked, LessonBlock, Tags
from studio.values import Day, Plain, ValueRefused, Whole, YesNo


class StepBlock(blocks.StructBlock):
    name = blocks.CharBlock()
    minutes = blocks.IntegerBlock(required=False)
    text = TextBlock(required=False)


class PlanBlock(blocks.StructBlock):
    title = blocks.CharBlock()
    open = blocks.BooleanBlock(required=False)
    kind = blocks.ChoiceBlock(choices=[("a", "A"), ("b", "B")])
    steps = blocks.ListBlock(StepBlock())
    words = blocks.ListBlock(blocks.CharBlock())


class OddBlock(blocks.StructBlock):
    text = TextBlock()
    after = blocks.CharBlock()


PLUGGED = {
    "plan": PlanBlock(),
    "points": blocks.ListBlock(TextBlock()),
    "odd": OddBlock(),
    "raw": blocks.RawHTMLBlock(),
}

LT = """---
type: lesson
key: 00000000-0000-4000-8000-000000000005
position: 1
title: Planas
slug: planas
minutes: 5
required: yes
---

::: plan p1
title: Mano planas
open: yes
kind: b
:: steps s1
name: Pirmas
minutes: 5
---
Eiti **lėtai**.

- ir pailsėti
:: steps s2
name: Antras
:: words w1
---
žodis
:::

::: points x1
:: item i1
---
Pirmas *punktas*.
:: item i2
---
Antras.
:::
"""
EN = """---
type: lesson
key: 00000000-0000-4000-8000-000000000005
title: Plan
slug: plan
---

::: plan p1
title: My plan
:: steps s1
name: First
---
Walk **slowly**.

- and rest
:: steps s2
name: Second
:: words w1
---
word
:::

::: points x1
:: item i1
---
The first *point*.
:: item i2
---
The second.
:::
"""


@pytest.fixture
def plugged(monkeypatch):
    """Lessons with blocks of a plug-in."""
    stream = LessonPage._meta.get_field("body").stream_block
    monkeypatch.setattr(stream, "child_blocks", {**stream.child_blocks, **PLUGGED})
    for name, block in PLUGGED.items():
        block.set_name(name)
    grammar.fences_of.cache_clear()
    grammar.fence.cache_clear()
    yield
    grammar.fences_of.cache_clear()
    grammar.fence.cache_clear()


def read(text, language):
    document, findings = files.parse(text, f"plan.{language}.md", language)
    return document, [str(each) for each in findings + check_document(KINDS["lesson"], document, "lt")]


def test_blocks_of_a_plug_in_have_a_form_by_themselves(plugged):
    kind, pages = KINDS["lesson"], {}
    source, found = read(LT, "lt")
    assert found == []
    other, found = read(EN, "en")
    assert found == []
    assert parity.compare(kind, source, other) == []

    pages["lt"] = building.build(kind, source)
    pages["en"] = building.build(kind, other, source=source)

    plan = pages["en"].body[0].value
    assert (plan["open"], plan["kind"], plan["steps"][0]["minutes"]) == (True, "b", 5)
    assert plan["steps"][0]["text"].source == "<p>Walk <b>slowly</b>.</p><ul><li>and rest</li></ul>"
    assert list(plan["words"]) == ["word"]
    steps = [page.body[0].value["steps"].bound_blocks for page in pages.values()]
    assert [step.id for step in steps[0]] == [step.id for step in steps[1]]
    for language, text in (("lt", LT), ("en", EN)):
        document = building.dump(
            kind,
            pages[language],
            language=language,
            is_source=language == "lt",
            anchors=building.anchors_of(source),
            facts={"position": 1},
        )
        assert files.write(document) == text


def test_items_are_compared_too(plugged):
    source, _found = read(LT, "lt")
    other, _found = read(
        EN.replace(":: steps s2\nname: Second\n", "").replace("First\n---\nWalk", "First\n---\nOne.\n\nWalk"), "en"
    )

    assert [str(each) for each in parity.compare(KINDS["lesson"], source, other)] == [
        'plan.en.md:8 (lt:22) block "p1": item "s2" is missing',
        'plan.en.md:10 (lt:15) block "p1": item "s1": 2 paragraphs, Lithuanian has 1',
    ]


def test_an_unknown_item_has_its_place(plugged):
    _document, found = read(LT.replace(":: steps s2", ":: stages s2"), "lt")

    assert found == ['plan.lt.md:22 block "p1": unknown item “stages”']


@pytest.mark.parametrize(("name", "why"), [("odd", "rich text stands last"), ("raw", "no form for “”, a RawHTMLBlock")])
def test_a_block_that_files_cannot_hold_says_so(plugged, name, why):
    with pytest.raises(NoForm, match=why):
        grammar.fence("lesson", name)


@pytest.mark.django_db
def test_each_type_of_file_is_a_model_and_each_model_a_type():
    assert {type(grammar.kind_of(kind.model())) for kind in KINDS.values()} == {grammar.Kind}
    assert grammar.kind_of(Page()) is None


@pytest.mark.parametrize(
    ("form", "text", "value"),
    [
        (Plain(), "79&nbsp;metų", "79\xa0metų"),
        (Plain(), "Viena.&#10;Kita.", "Viena.\nKita."),
        (Plain(), "&amp;nbsp; ir &amp;amp;#10;", "&nbsp; ir &amp;#10;"),
        (Plain(), "&#58;:: ne blokas", "::: ne blokas"),
        (Plain(), "&#45;--", "---"),
        (Plain(), "Plain & <b> *stars*", "Plain & <b> *stars*"),
        (Whole(), "12", 12),
        (YesNo(), "yes", True),
        (YesNo(), "no", False),
        (Day(), "2026-11-21", "2026-11-21"),
    ],
)
def test_a_value_has_one_form(form, text, value):
    assert form.read(text, None) == value
    assert form.write(value, None) == text
    assert form.canonical(text) == text


@pytest.mark.parametrize(
    ("form", "text", "canonical"),
    [
        (Plain(), " a  b ", "a b"),
        (Plain(), "e\u0301", "é"),
        (Plain(), "a\u2028b", "a b"),
        (Whole(), "007", "7"),
        (Asked(), "a,b , c,", "a, b, c"),
        (Asked(), "a, 04 from  k1/m1/module#Taikymas", "a, 4 from k1/m1/module #taikymas"),
        (Asked(), "2 from #K1-2", "2 from #k1-2"),
        (Tags(), "K1-2,taikymas , k1-2", "k1-2, taikymas"),
        (LessonBlock(), " k1/m1/k1-1-1#h1 ", "k1/m1/k1-1-1#h1"),
    ],
)
def test_other_forms_become_it(form, text, canonical):
    assert form.canonical(text) == canonical


@pytest.mark.parametrize(
    ("form", "text"),
    [(Whole(), "-1"), (Whole(), "1,5"), (Whole(), "٣"), (YesNo(), "Yes"), (Day(), "2026-02-30"), (Day(), "21.11.2026")],
)
def test_a_wrong_value_is_refused(form, text):
    with pytest.raises(ValueRefused):
        form.read(text, None)
