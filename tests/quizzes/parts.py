"""Parts of questions as `Question.parts` gives them, one set for each kind, and the raw answer that is right."""


def options(*right, texts=("Taip", "Ne", "Nežinau")):
    return [
        {"id": id, "type": "option", "text": text, "correct": id in right, "feedback": ""}
        for id, text in zip("abc", texts, strict=False)
    ]


def steps(*texts):
    return [{"id": text[0].lower(), "type": "step", "text": text, "feedback": ""} for text in texts]


def pair(id, text, match):
    return {"id": id, "type": "pair", "text": text, "match": match, "feedback": ""}


def distractor(id, match):
    return {"id": id, "type": "distractor", "match": match}


def accepted(id, text, case=False, accents=False):
    return {
        "id": id,
        "type": "accepted",
        "text": text,
        "case_matters": case,
        "diacritics_matter": accents,
        "feedback": f"Dėl {text}",
    }


def number(id, value, tolerance=""):
    return {"id": id, "type": "number", "value": value, "tolerance": tolerance, "feedback": ""}


def number_range(id, minimum, maximum):
    return {"id": id, "type": "range", "minimum": minimum, "maximum": maximum, "feedback": ""}
