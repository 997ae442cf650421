"""Mails: written once as text, from which the HTML is drawn. No pictures, nothing from another host, nothing that counts."""

import re

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from .conf import absolute

SIGNATURE = "\n-- \n"
CODE = re.compile(r"^ {4}(\S+)$")
LINK = re.compile(r"^(.+): (https?://\S+)$", re.DOTALL)


def send(template, *, to, context):
    """Send `<template>_subject.txt` and `<template>_message.txt` in the active language to this address."""
    context = {"site_url": absolute("/"), **context}
    subject = " ".join(render_to_string(f"{template}_subject.txt", context).split())
    text = render_to_string(f"{template}_message.txt", context).strip()
    message = EmailMultiAlternatives(subject, text, settings.DEFAULT_FROM_EMAIL, [to])
    message.attach_alternative(as_html(text, subject=subject), "text/html")
    message.send()


def as_html(text, *, subject):
    """
    The same words as HTML. A paragraph that is indented and one word is a code; one that ends in ": https://…" is a button;
    what follows the line `-- ` is the signature.
    """
    body, _line, signature = text.partition(SIGNATURE)
    paragraphs = [_paragraph(each) for each in re.split(r"\n\s*\n", body.strip("\n")) if each.strip()]
    context = {"paragraphs": paragraphs, "signature": signature.split(), "subject": subject}
    return render_to_string("tiltas_ui/mail/base.html", context)


def _paragraph(text):
    if found := CODE.match(text):
        return {"code": found[1]}
    if found := LINK.match(text.strip()):
        return {"label": found[1].strip(), "url": found[2]}
    return {"text": text.strip()}
