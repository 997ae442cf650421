"""The certificate as its readers meet it: Poppler reads the text, a scanner the code, pypdf the structure."""

import copy
import json
import shutil
import subprocess
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from certificates.rendering import FONTS, UnprintableText, printable, render_certificate

ADDRESS = "https://tiltas.example/verify/ABCDEFGHJKMN/?nr=KT-2026-000123"
LETTERS = "aąbcčdeęėfghiįyjklmnoprsštuųūvzž"
SIGNS = "qwxQWX0123456789„“‚‘’”–…\u00a0€§"
K1 = {
    "lt": "Socialinių ir sveikatos priežiūros paslaugų kokybės vadyba",
    "en": "Quality Management of Social and Health-Care Services",
}
K2 = {
    "lt": "Veiksminga žmogiškųjų išteklių vadyba, lyderystė ir tarpinstitucinis bendradarbiavimas",
    "en": "Effective Human Resource Management, Leadership and Inter-institutional Cooperation",
}
SNAPSHOT = {
    "languages": ["lt", "en"],
    "issuer": {
        "names": {"lt": "Pavyzdinis kompetencijų centras", "en": "Model Competence Centre"},
        "code": "300000001",
        "signatory_name": "Jurgita Žemaitė",
        "signatory_position": {"lt": "Direktorė", "en": "Director"},
        "funding": {},
    },
    "number": "KT-2026-000123",
    "issued_on": "2026-11-21",
    "learner": {"given_names": "Ona", "surname": "Petraitė"},
    "institution": {
        "name": "Telšių socialinių paslaugų centras",
        "municipality": {"lt": "Telšių rajono savivaldybė", "en": "Telšiai District Municipality"},
        "job_title": "Socialinė darbuotoja",
    },
    "course": {
        "code": "K1",
        "titles": K1,
        "academic_hours": 16,
        "edition": 1,
        "outcomes": {"lt": ["suprasti kokybę", "išklausyti"], "en": ["understand quality", "listen"]},
    },
    "period": {"from": "2026-11-01", "to": "2026-11-20"},
    "modules": [
        {"titles": {"lt": "Kokybės samprata", "en": "The Concept of Quality"}, "academic_hours": 10},
        {"titles": {"lt": "Grįžtamasis ryšys", "en": "Feedback"}, "academic_hours": 6},
    ],
    "code": "ABCD-EFGH-JKMN",
    "replaces": "",
}


def certificate(*, specimen=False, verify_url=ADDRESS, **changes):
    """Render the snapshot with changes; `learner__surname="X"` changes one value inside."""
    snapshot = copy.deepcopy(SNAPSHOT)
    for path, value in changes.items():
        *outer, last = path.split("__")
        place = snapshot
        for key in outer:
            place = place[key]
        place[last] = value
    return render_certificate(snapshot, verify_url=verify_url, specimen=specimen)


def named(given_names, surname="Petraitė"):
    return certificate(learner={"given_names": given_names, "surname": surname})


def tool(command, pdf, *options):
    """What a command of the machine says about the PDF; the test is skipped where the command is missing."""
    if shutil.which(command) is None:
        pytest.skip(f"{command} is not installed")
    return subprocess.run([command, *options], input=pdf, capture_output=True, check=True).stdout


def text_of(pdf, *options):
    """The text that Poppler reads, in the file's own order and on one line: where lines end is the layout's affair."""
    return " ".join(tool("pdftotext", pdf, "-raw", *options, "-", "-").decode().split())


def front_of(pdf):
    return text_of(pdf, "-l", "1")


def page_count(pdf):
    return len(PdfReader(BytesIO(pdf)).pages)


def scanned(pdf, tmp_path, resolution):
    """What a scanner reads from the first page, printed at so many dots an inch."""
    image = tmp_path / "page.png"
    image.write_bytes(tool("pdftoppm", pdf, "-r", str(resolution), "-l", "1", "-png", "-"))
    return tool("zbarimg", b"", "--quiet", "--raw", str(image)).decode().strip()


def words_off_the_page(pdf):
    """Every word that is outside the margins, 26 mm at the sides and 5 mm above and below; a hair over is none."""
    side, edge, hair = 26 / 25.4 * 72, 5 / 25.4 * 72, 1
    words = [
        row.split('"')[1::2]
        for row in tool("pdftotext", pdf, "-bbox", "-", "-").decode().splitlines()
        if "<word " in row
    ]
    return [
        word
        for word in words
        if not (side - hair <= float(word[0]) <= float(word[2]) <= 595.28 - side + hair)
        or not (edge <= float(word[1]) <= float(word[3]) <= 841.89 - edge)
    ]


# What it says ---------------------------------------------------------------------------------------------------------


def test_the_front_says_in_both_languages_what_was_completed():
    front = front_of(certificate())

    assert "KVALIFIKACIJOS TOBULINIMO PAŽYMĖJIMAS Certificate of Professional Development" in front
    assert "2026-11-21 Nr. KT-2026-000123" in front
    assert (
        "Šis pažymėjimas patvirtina, kad Ona Petraitė baigė kvalifikacijos tobulinimo programą "
        "„Socialinių ir sveikatos priežiūros paslaugų kokybės vadyba“ (K1), 16 akad. val."
    ) in front
    assert (
        "This certificate confirms that Ona Petraitė has completed the professional development programme "
        "“Quality Management of Social and Health-Care Services” (K1), 16 academic hours."
    ) in front


@pytest.mark.parametrize(
    "words",
    [
        "Pavyzdinis kompetencijų centras Model Competence Centre",
        "Juridinio asmens kodas / Legal entity code 300000001",
        "Telšių socialinių paslaugų centras Telšių rajono savivaldybė / Telšiai District Municipality",
        "Socialinė darbuotoja",
        "16 akad. val. (1 akad. val. = 45 min.) 16 academic hours (1 academic hour = 45 minutes)",
        "2026-11-01 – 2026-11-20",
        "nuotolinis savarankiškas mokymasis self-paced distance learning",
        "įskaityta passed",
        "Direktorė Director Jurgita Žemaitė",
        "Patikros kodas / Verification code ABCD-EFGH-JKMN",
    ],
)
def test_the_front_has_every_field(words):
    assert words in front_of(certificate())


def test_a_no_break_space_ties_the_number_to_its_sign():
    assert "Nr.\u00a0KT-2026-000123" in PdfReader(BytesIO(certificate())).pages[0].extract_text()


def test_the_second_page_has_topics_hours_outcomes_and_completion_criteria_in_both_languages():
    back = text_of(certificate(), "-f", "2")

    assert "Programos temos Topics of the programme" in back
    assert "1 Kokybės samprata The Concept of Quality 10 2 Grįžtamasis ryšys Feedback 6 Iš viso In total 16" in back
    assert "Siekiami mokymosi rezultatai Intended learning outcomes" in back
    assert "suprasti kokybę understand quality išklausyti listen" in back
    assert "Baigimo sąlygos Completion criteria Programa laikoma baigta" in back


def test_topics_without_hours_of_their_own_stand_alone():
    back = text_of(certificate(modules=[{"titles": K1}, {"titles": K2, "academic_hours": None}]), "-f", "2")

    assert K1["lt"] in back
    assert "Akad. val." not in back
    assert "Iš viso" not in back


@pytest.mark.parametrize(
    ("outcomes", "shown"),
    [
        ({}, False),
        ({"lt": []}, False),
        ({"lt": ["tik lietuviškai"]}, True),
        ({"lt": ["vienas", "tik lietuviškai"], "en": ["one"]}, True),
    ],
)
def test_outcomes_are_printed_as_far_as_there_are_any(outcomes, shown):
    back = text_of(certificate(course__outcomes=outcomes), "-f", "2")

    assert ("Siekiami mokymosi rezultatai" in back, "tik lietuviškai" in back) == (shown, shown)


def test_the_printed_address_has_no_query_but_the_link_has():
    pdf = certificate()
    links = [note["/A"]["/URI"] for note in PdfReader(BytesIO(pdf)).pages[0]["/Annots"] if note["/Subtype"] == "/Link"]

    assert set(links) == {ADDRESS}
    assert "?nr=" not in front_of(pdf)
    assert "https://tiltas.example/verify/ABCDEFGHJKMN/" in front_of(pdf)


def test_a_learner_on_their_own_has_no_rows_of_an_institution():
    front = front_of(certificate(institution=None))

    assert "Įstaiga" not in front
    assert "Pareigos" not in front


def test_one_that_replaces_another_names_it():
    front = front_of(certificate(replaces="KT-2026-000100"))

    assert "vietoj Nr. KT-2026-000100 / replaces No. KT-2026-000100" in front
    assert "vietoj" not in front_of(certificate())


def test_funding_is_printed_only_when_there_is_any():
    assert "Finansuojama fondo lėšų." in front_of(certificate(issuer__funding={"lt": "Finansuojama fondo lėšų."}))
    assert "Finansuojama" not in front_of(certificate())


@pytest.mark.parametrize("titles", [{"lt": "Tik lietuviškai"}, {"lt": "Tik lietuviškai", "en": ""}])
def test_a_missing_english_title_is_told_in_lithuanian(titles):
    front = front_of(certificate(course__titles=titles))

    assert "professional development programme “Tik lietuviškai” (K1)" in front


def test_the_first_language_leads():
    assert front_of(certificate(languages=["en", "lt"])).startswith("Model Competence Centre Pavyzdinis")


def test_a_specimen_has_the_mark_and_no_number():
    specimen = certificate(specimen=True, replaces="KT-2026-000100", verify_url="https://tiltas.example/verify/X/")
    text = text_of(specimen)

    assert "PAVYZDYS · SPECIMEN" in text
    assert "KT-2026" not in text
    assert "KT-2026" not in PdfReader(BytesIO(specimen)).metadata.title
    assert "Nr." not in text
    assert "PAVYZDYS" not in text_of(certificate())


def test_without_an_address_there_is_nothing_to_scan_and_no_gap_in_the_words():
    assert "Pažymėjimo patikra" not in front_of(certificate(verify_url=""))


# Letters --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("font", ["Regular", "Bold"])
def test_the_vendored_fonts_have_every_lithuanian_letter_and_sign(font):
    drawn = TTFont(FONTS / f"AtkinsonHyperlegibleNext-{font}.ttf").getBestCmap()

    assert [sign for sign in LETTERS + LETTERS.upper() + SIGNS if ord(sign) not in drawn] == []


@pytest.mark.parametrize("letters", [LETTERS, LETTERS.upper(), "qwx QWX 0123456789 „ “ – … № € §"])
def test_every_lithuanian_letter_is_found_in_the_text_of_title_font_and_text_font(letters):
    front = front_of(
        certificate(learner__given_names=letters, institution__name=letters, course__titles={"lt": letters})
    )

    assert front.count(letters) == 5  # the name and the programme in both sentences, the institution


@pytest.mark.parametrize(
    "name",
    [
        "Ąžuolė-Ęglė ČĘĖĮŠŲŪŽ-Žiūkštytė",
        "O’Brien d'Arc",
        "Олена",
        "Ελένη",
        '#panic() $ \\ " ] { <b>',
        "*bold* _it_ `code` @ref ~ -- ... // /* = - + / <lt>",
        '#import "x" #sys.inputs \\u{41} ${x} {{ x }} %s &amp;',
        "'; DROP TABLE learners; --",
    ],
)
def test_a_name_is_printed_literally(name):
    front = front_of(named(name))

    assert f"patvirtina, kad {name} Petraitė baigė" in front
    assert f"confirms that {name} Petraitė has completed" in front


def test_a_letter_of_two_characters_is_composed():
    assert "kad Žiūkštė Petraitė baigė" in front_of(named(unicodedata.normalize("NFD", "Žiūkštė")))


def test_line_breaks_become_spaces_and_invisible_characters_go():
    assert printable({"names": [" Ona\r\n\tRita\u202e\u0000\ud800\u200b", 16, None]}) == {
        "names": ["Ona Rita", 16, None]
    }
    assert printable("16\u00a0akad. val.") == "16\u00a0akad. val."


@pytest.mark.parametrize("text", ["🙂", "李", "\ue000"])
def test_what_no_font_can_draw_is_refused_and_named(text):
    with pytest.raises(UnprintableText, match="No font of the certificate can draw"):
        named(f"Ona {text}")


def test_all_fonts_are_inside_the_file():
    rows = [row.split() for row in tool("pdffonts", named("Олена №"), "-").decode().splitlines()[2:]]

    assert {row[0].split("+")[1].split("-")[0] for row in rows} == {"AtkinsonHyperlegibleNext", "LibertinusSerif"}
    assert {row[-5] for row in rows} == {"yes"}  # the column "emb"


# Room -----------------------------------------------------------------------------------------------------------------

LONG = {
    "learner": {
        "given_names": "Konstancija Marija Antonija-Aleksandra",
        "surname": "Kazimieraitytė-Konstantinavičienė von Žiūkštė",
    },
    "course__code": "K2",
    "course__titles": {language: f"{title}. {title}" for language, title in K2.items()},
    "institution__name": "Viešoji įstaiga „Žemaitijos regiono socialinių paslaugų, slaugos ir krizių įveikimo centras“, "
    "Bendruomeninių vaikų globos namų ir laikino atokvėpio paslaugų skyrius",
    "institution__job_title": "Vyresnioji socialinė darbuotoja darbui su šeimomis, patiriančiomis sunkumus, koordinatorė",
    "issuer__names": {
        "lt": "Lietuvos socialinių paslaugų srities darbuotojų profesinės kompetencijos tobulinimo ir pagalbos centras",
        "en": "Lithuanian Centre for Professional Competence Development and Support of Social Service Workers",
    },
    "issuer__signatory_position": {
        "lt": "Profesinės kompetencijos tobulinimo skyriaus vedėja, pavaduojanti direktorių",
        "en": "Head of the Professional Competence Department, acting for the Director",
    },
    "issuer__signatory_name": "Konstancija Kazimieraitytė-Konstantinavičienė",
    "issuer__funding": {"lt": "Finansuojama fondo lėšų. " * 8, "en": "Financed by a fund. " * 8},
    "course__outcomes": {"lt": [f"{K2['lt']}, {K1['lt']}"] * 12, "en": [f"{K2['en']}, {K1['en']}"] * 12},
    "modules": [{"titles": K2, "academic_hours": 3}] * 12,
    "replaces": "KT-2026-000100",
}
# 150 letters each, hyphenated, with no-break spaces and without any place to break.
LONG_NAMES = {
    "hyphens": ("Aleksandra-" * 9, "Konstantinavičienė-" * 7 + "Žukauskaitė"),
    "no-break spaces": ("\u00a0".join(["Aleksandra"] * 13), "\u00a0".join(["Konstantinavičienė"] * 8)),
    "one word": ("Ž" * 75, "W" * 75),
    "spaces": (" ".join(["Ona"] * 25), " ".join(["von Žiūkštė"] * 13)),
}
ONE_WORD = {
    "learner": {"given_names": "Ž" * 40, "surname": "W" * 80},
    "institution__name": "Ą" * 200,
    "course__titles": {"lt": "W" * 150, "en": "M" * 150},
}


@pytest.mark.parametrize(
    "changes", [{}, {"course__titles": K2}, LONG, ONE_WORD], ids=["usual", "K2", "long", "one word"]
)
def test_nothing_leaves_the_margins_or_needs_a_third_page(changes):
    pdf = certificate(**changes)

    assert page_count(pdf) == 2
    assert words_off_the_page(pdf) == []


@pytest.mark.parametrize("kind", LONG_NAMES)
def test_names_of_150_letters_stay_on_two_pages_and_inside_the_margins(kind):
    given_names, surname = (name.strip("-") for name in LONG_NAMES[kind])

    pdf = named(given_names, surname)

    assert len(given_names + surname) >= 150
    assert page_count(pdf) == 2
    assert words_off_the_page(pdf) == []
    squeezed = "".join(front_of(pdf).split()).replace("\u200b", "")
    assert "".join(f"{given_names}{surname}".split()) in squeezed


def overlapping_words(pdf):
    """Pairs of words whose boxes share more than a sliver: type set over type."""
    rows = [
        row for row in tool("pdftotext", pdf, "-bbox", "-l", "1", "-", "-").decode().splitlines() if "<word " in row
    ]
    boxes = [[float(number) for number in row.split('"')[1::2]] for row in rows]
    return [
        (one, other)
        for place, one in enumerate(boxes)
        for other in boxes[:place]
        if min(one[2], other[2]) - max(one[0], other[0]) > 1 and min(one[3], other[3]) - max(one[1], other[1]) > 4
    ]


@pytest.mark.parametrize("changes", [{}, LONG, ONE_WORD], ids=["usual", "long", "one word"])
def test_no_word_is_set_over_another(changes):
    assert overlapping_words(certificate(**changes)) == []


def test_long_texts_are_printed_whole_and_on_the_front():
    front = front_of(certificate(**LONG))

    assert f"kad {LONG['learner']['given_names']} {LONG['learner']['surname']} baigė" in front
    assert f"„{LONG['course__titles']['lt']}“ (K2), 16 akad. val." in front
    assert LONG["institution__name"] in front
    assert LONG["institution__job_title"] in front
    assert LONG["issuer__names"]["lt"] in front
    assert "ABCD-EFGH-JKMN" in front
    assert LONG["issuer__funding"]["en"].strip() in front


def test_a_programme_of_forty_modules_flows_on_and_loses_none():
    modules = [{"titles": {"lt": f"Tema {number}: {K2['lt']}", "en": K2["en"]}} for number in range(40)]
    text = text_of(certificate(modules=modules))

    assert [f"Tema {number}:" in text for number in range(40)] == [True] * 40


# The code -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("resolution", [100, 200, 300])
@pytest.mark.parametrize("specimen", [False, True])
def test_a_scanner_reads_the_address(tmp_path, resolution, specimen):
    assert scanned(certificate(specimen=specimen), tmp_path, resolution) == ADDRESS


# The file -------------------------------------------------------------------------------------------------------------


def test_the_file_is_tagged_named_and_knows_its_languages():
    reader = PdfReader(BytesIO(certificate()))
    root = reader.trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "lt"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == (
        "Kvalifikacijos tobulinimo pažymėjimas · Certificate of Professional Development KT-2026-000123"
    )
    assert reader.outline[0].title == "KVALIFIKACIJOS TOBULINIMO PAŽYMĖJIMAS"


def test_the_file_claims_pdf_a_3_and_pdf_ua_1():
    claims = PdfReader(BytesIO(certificate())).trailer["/Root"]["/Metadata"].get_data().decode()

    assert "<pdfaid:part>3</pdfaid:part>" in claims
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in claims
    assert "<pdfuaid:part>1</pdfuaid:part>" in claims


def elements(node):
    """Every element of the structure tree, in reading order."""
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            yield from elements(child)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from elements(node["/K"])


def test_pictures_have_words_headings_have_levels_and_english_is_marked_english():
    tree = list(elements(PdfReader(BytesIO(certificate())).trailer["/Root"]["/StructTreeRoot"]))

    assert [element["/Alt"] for element in tree if element["/S"] == "/Figure"] == [
        "Tilto ženklas",
        "QR kodas: pažymėjimo patikros adresas",
    ]
    assert [element["/S"] for element in tree if element["/S"].startswith("/H")] == ["/H1", "/H2", "/H2", "/H2"]
    assert len([element for element in tree if element["/S"] == "/LI"]) == 2
    assert len([element for element in tree if element["/S"] == "/TR"]) == 4  # headings, two topics, the sum
    assert {element["/Lang"] for element in tree if "/Lang" in element} == {"en"}


def test_the_same_certificate_gives_the_same_bytes():
    assert certificate() == certificate()
    assert certificate() != certificate(learner__surname="Petraitienė")


def test_another_process_without_django_gives_the_same_bytes():
    script = (
        "import json, sys; from certificates.rendering import render_certificate as render\n"
        "sys.stdout.buffer.write(render(json.load(sys.stdin), verify_url=sys.argv[1]))"
    )
    other = subprocess.run(
        [sys.executable, "-c", script, ADDRESS],
        input=json.dumps(SNAPSHOT).encode(),
        cwd=Path(__file__).parents[2],
        env={"LANG": "C", "TZ": "Pacific/Auckland"},
        capture_output=True,
        check=True,
    )

    assert other.stdout == certificate()


def test_eight_threads_at_once_each_get_their_own_certificate():
    names = [f"Ona {letter}" for letter in "ABCDEFGH"]
    alone = [named(name) for name in names]

    with ThreadPoolExecutor(max_workers=8) as threads:
        together = list(threads.map(named, names * 4))

    assert together == alone * 4


def test_the_day_of_issue_is_the_files_date_so_no_clock_is_read():
    assert PdfReader(BytesIO(certificate())).metadata.creation_date.date().isoformat() == "2026-11-21"


def test_the_snapshot_is_left_as_it_was():
    snapshot = copy.deepcopy(SNAPSHOT)

    render_certificate(snapshot, verify_url=ADDRESS, specimen=True)

    assert snapshot == SNAPSHOT


def test_a_day_that_is_no_day_is_refused():
    with pytest.raises(ValueError):
        certificate(issued_on="2026-13-01")
