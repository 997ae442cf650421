"""Mails: written once as text, from which the HTML is drawn. No pictures, nothing from another host, nothing that counts."""

import re

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import get_language

from .addresses import front_page
from .conf import absolute

SIGNATURE = "\n-- \n"
INDENTED = re.compile(r"^ {4}(\S+)$")
LINK = re.compile(r"^(.+): (https?://\S+)$", re.DOTALL)
ADDRESS = re.compile(r"(https?://[^\s<>]+)")


def send(template, *, to, context):
    """Send `<template>_subject.txt` and `<template>_message.txt` in the active language to this address."""
    context = {"site_url": absolute(front_page(get_language())), **context}
    subject = " ".join(render_to_string(f"{template}_subject.txt", context).split())
    text = render_to_string(f"{template}_message.txt", context).strip()
    message = EmailMultiAlternatives(subject, text, settings.DEFAULT_FROM_EMAIL, [to])
    message.attach_alternative(as_html(text, subject=subject), "text/html")
    message.send()


def as_html(text, *, subject):
    """
    The same words as HTML. A paragraph that is indented and one word is a code, or an e-mail address; one that ends in
    ": https://…" is a button, the first of them filled; what follows the line `-- ` is the signature.
    """
    body, _line, signature = text.partition(SIGNATURE)
    paragraphs = [_paragraph(each) for each in re.split(r"\n\s*\n", body.strip("\n")) if each.strip()]
    filled = next((each for each in paragraphs if "label" in each), None)
    context = {"paragraphs": paragraphs, "filled": filled, "signature": signature.split(), "subject": subject}
    return render_to_string("tiltas_ui/mail/base.html", context)


def _paragraph(text):
    if found := INDENTED.match(text):
        return {"mailbox" if "@" in found[1] else "code": found[1]}
    if found := LINK.match(text.strip()):
        return {"label": found[1].strip(), "url": found[2]}
    return {"lines": [_parts(line) for line in text.strip().splitlines()]}


def _parts(line):
    """A line cut at the web addresses in it; those that are one are marked. E-mail addresses are words: nobody is to write there."""
    return [{"text": part, "is_url": bool(ADDRESS.fullmatch(part))} for part in ADDRESS.split(line) if part]
