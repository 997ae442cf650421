"""One lesson with a block of every kind, in both languages, so that each is seen by whatever looks at screens."""

from io import BytesIO
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from django.core.files.base import ContentFile
from PIL import Image as Raster
from PIL import ImageDraw
from wagtail.images.models import Image
from wagtail.models import Locale

from lessons.blocks import OWN_BLOCKS
from lessons.models import LessonPage
from tests.factories.files import VTT, lesson_file
from tests.factories.pages import publish

WEBM = (Path(__file__).parent / "media" / "bridge.webm").read_bytes()
ACT = "https://www.e-tar.lt/portal/lt/legalAct/TAR.91609F53E29E"
TITLES = {"lt": "Visi pamokos blokai", "en": "Every block of a lesson"}
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 240" width="640" height="240">'
    '<rect width="640" height="240" fill="#E6F0F1"/><path d="M40 190Q320 20 600 190" fill="none" stroke="#0B5563" stroke-width="14"/>'
    '<path d="M20 190h600" stroke="#1D2B30" stroke-width="8"/></svg>'
)


def show_all_blocks(lesson):
    """Give this published lesson every block there is, and its English page the same in English; returns the lesson."""
    media = _media()
    english = lesson.get_translation(Locale.objects.get(language_code="en"))
    for page, language, words in ((lesson, "lt", _lithuanian), (english, "en", _english)):
        body = [*words(media), *_text_boxes(language)]
        shown = {kind for kind, _value in body}
        missing = [kind for kind, _block in OWN_BLOCKS if kind not in shown]
        assert missing == [], f"no {missing} in tests/journeys/all_blocks.py"
        page.title = TITLES[language]
        page.body = body
        for number, block in enumerate(page.body):  # the same in both languages, as its translation has it
            block.id = str(uuid5(NAMESPACE_URL, str(number)))
        publish(page)
    return LessonPage.objects.get(pk=lesson.pk)


def _media():
    return {
        "photograph": Image.objects.create(title="Tiltas", file=ContentFile(_photograph(), "tiltas.png")),
        "drawing": Image.objects.create(title="Brėžinys", file=ContentFile(DRAWING.encode(), "brezinys.svg")),
        "sheet": lesson_file("refleksijos-lapas.docx", language="lt"),
        "video": lesson_file("tiltas.webm", WEBM, language="lt"),
        "captions": lesson_file("titrai.vtt", VTT.encode(), language="lt"),
        "sound": lesson_file("pokalbis.mp3", language="lt"),
    }


def _photograph():
    """What a photograph is to a browser: many colours, wider than the column."""
    picture = Raster.linear_gradient("L").resize((1280, 720)).convert("RGB")
    ImageDraw.Draw(picture).ellipse((540, 200, 900, 560), fill="#F0A92B")
    written = BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()


def _picture(image, **words):
    return "image", {"image": image, "decorative": False, **words}


BOXES = ("case", "notice", "tip", "activity", "key_points", "apply", "sources")


def _text_boxes(language):
    """The boxes of running text."""
    words = {
        "lt": f'<p>Ona eina <b>lėtai</b>, nes skauda koją. <a href="{ACT}">Socialinių paslaugų įstatymas</a>.</p><ul><li>Viena.</li><li>Kita.</li></ul>',
        "en": f'<p>Ona walks <b>slowly</b>: her leg hurts. <a href="{ACT}">Law on Social Services</a>.</p><ul><li>One.</li><li>Other.</li></ul>',
    }[language]
    return [(name, words) for name in BOXES]


def _lithuanian(media):
    return [
        ("heading", "Paveikslai"),
        ("text", f'<p>Kaip rašo <a href="{ACT}">įstatymas</a>, pirmiausia klausiama žmogaus.</p>'),
        _picture(
            media["photograph"],
            alt="Geltona saulė pilkame danguje virš upės",
            caption="Rytas prie upės",
            credit="Ona Petraitė, CC BY 4.0",
        ),
        _picture(media["drawing"], alt="Tilto arka virš tako", caption="", credit="Projekto „Tiltas“ brėžinys"),
        ("heading", "Failai"),
        (
            "document",
            {"title": "Refleksijos lapas", "file": media["sheet"], "purpose": "Atsispausdinti ir pildyti su kolege."},
        ),
        (
            "video",
            {
                "title": "Rytas globos namuose",
                "file": media["video"],
                "captions": media["captions"],
                "poster": media["photograph"],
                "transcript": "<p>Rasa pasibeldžia ir laukia.</p><p>Ona atsiliepia: „Prašom.“</p>",
            },
        ),
        (
            "audio",
            {
                "title": "Pokalbis su dukra",
                "file": media["sound"],
                "transcript": "<p>Laba diena. Skambinu dėl mamos.</p>",
            },
        ),
        ("heading", "Lentelė ir dalys"),
        (
            "table",
            {
                "caption": "Kas ką ir kada tikrina",
                "header_column": True,
                "rows": [
                    ["", "Kas tikrina", "Kaip dažnai"],
                    ["Globa", "Socialinių paslaugų priežiūros departamentas", "kasmet"],
                    ["Slauga", "", "tarpinstitucinio bendradarbiavimo susitikimuose"],
                ],
            },
        ),
        (
            "accordion",
            [
                {
                    "title": "Kai žmogus nenori kalbėti ir nusisuka, o artimieji laukia atsakymo dar šiandien",
                    "text": "<p>Palaukiama. Tyla irgi atsakymas.</p>",
                },
                {"title": "Kai skubama", "text": "<p>Susitariama dėl <b>kito</b> laiko.</p>"},
            ],
        ),
        ("heading", "Nuomonės ir patirtis"),
        (
            "myth_fact",
            {
                "myth": "Kokybė yra popieriai.",
                "fact": f'<p>Kokybė yra pokytis žmogaus gyvenime (<a href="{ACT}">įstatymas</a>).</p>',
            },
        ),
        (
            "quotation",
            {
                "source": "Ona, gyventoja, iš pokalbio 2025 m.",
                "text": "Manęs paklausė.\nPirmą kartą per dvejus metus.",
            },
        ),
        (
            "practice_card",
            {
                "title": "Rytinis dešimties minučių pasitarimas",
                "source": "Bergeno savivaldybė, Norvegija, 2015 m.",
                "context": "Dvidešimties vietų namai.\nTrys pamainos.",
                "adaptation": "Trumpiau ir be užrašų.",
                "result": "Per pusmetį perpus mažiau nesusikalbėjimų.",
            },
        ),
        (
            "practice_question",
            {
                "prompt": "Gyventoja atsisako pusryčių jau trečią rytą. Ką daryti pirmiausia?",
                "option": [
                    {"correct": True, "text": "Paklausti jos pačios", "feedback": "Tik ji žino, kas pasikeitė."},
                    {"correct": False, "text": "Paskambinti dukrai", "feedback": "Pirmiausia klausiama žmogaus."},
                ],
            },
        ),
        (
            "legal_reference",
            {
                "act": "Lietuvos Respublikos socialinių paslaugų įstatymas",
                "number": "X-493",
                "valid_from": "2006-07-01",
                "checked_on": "2026-11-02",
                "review_by": "2027-05-02",
                "text": "Asmuo dalyvauja priimant sprendimus dėl jam teikiamų paslaugų.",
            },
        ),
    ]


def _english(media):
    return [
        ("heading", "Pictures"),
        ("text", f'<p>As <a href="{ACT}">the law</a> puts it, the person is asked first.</p>'),
        _picture(
            media["photograph"],
            alt="A yellow sun in a grey sky above a river",
            caption="Morning by the river",
            credit="Ona Petraitė, CC BY 4.0",
        ),
        _picture(
            media["drawing"],
            alt="The arch of a bridge above a path",
            caption="",
            credit="A drawing of the project Tiltas",
        ),
        ("heading", "Files"),
        (
            "document",
            {
                "title": "Reflection sheet",
                "file": media["sheet"],
                "purpose": "Print it and fill it in with a colleague.",
            },
        ),
        (
            "video",
            {
                "title": "A morning in a care home",
                "file": media["video"],
                "captions": media["captions"],
                "poster": media["photograph"],
                "transcript": "<p>Rasa knocks and waits.</p><p>Ona answers: “Come in.”</p>",
            },
        ),
        (
            "audio",
            {
                "title": "A talk with the daughter",
                "file": media["sound"],
                "transcript": "<p>Good day. I am calling about my mother.</p>",
            },
        ),
        ("heading", "A table and parts"),
        (
            "table",
            {
                "caption": "Who checks what, and when",
                "header_column": True,
                "rows": [
                    ["", "Who checks", "How often"],
                    ["Care", "Department of Supervision of Social Services", "every year"],
                    ["Nursing", "", "whenever somebody complains"],
                ],
            },
        ),
        (
            "accordion",
            [
                {
                    "title": "When a person does not want to talk and turns away, while the family waits for an answer today",
                    "text": "<p>Wait. Silence is an answer, too.</p>",
                },
                {"title": "When everybody hurries", "text": "<p>Agree on <b>another</b> time.</p>"},
            ],
        ),
        ("heading", "Opinions and experience"),
        (
            "myth_fact",
            {
                "myth": "Quality is paper.",
                "fact": f'<p>Quality is a change in somebody’s life (<a href="{ACT}">the law</a>).</p>',
            },
        ),
        (
            "quotation",
            {"source": "Ona, resident, in a talk in 2025", "text": "They asked me.\nThe first time in two years."},
        ),
        (
            "practice_card",
            {
                "title": "A ten-minute meeting each morning",
                "source": "Municipality of Bergen, Norway, 2015",
                "context": "A home of twenty places.\nThree shifts.",
                "adaptation": "Shorter, without minutes.",
                "result": "Half as many misunderstandings in half a year.",
            },
        ),
        (
            "practice_question",
            {
                "prompt": "A resident refuses breakfast for the third morning. What comes first?",
                "option": [
                    {"correct": True, "text": "Ask her", "feedback": "Only she knows what has changed."},
                    {"correct": False, "text": "Call the daughter", "feedback": "The person is asked first."},
                ],
            },
        ),
        (
            "legal_reference",
            {
                "act": "Law on Social Services of the Republic of Lithuania",
                "number": "X-493",
                "valid_from": "2006-07-01",
                "checked_on": "2026-11-02",
                "review_by": "2027-05-02",
                "text": "The person takes part in deciding about the services.",
            },
        ),
    ]
