"""Every form is drawn by our components: words for optional, errors tied to their field, a summary with links."""

import re

from django import forms

from ui.forms import TiltasFormRenderer


class ContactForm(forms.Form):
    default_renderer = TiltasFormRenderer
    email = forms.EmailField(label="E-mail", help_text="We write here.")
    job = forms.CharField(label="Job", required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    agree = forms.BooleanField(label="Agree", required=False)


def test_optional_fields_say_so_and_tick_boxes_do_not():
    html = str(ContactForm())
    assert re.findall(r'(\w+) <span class="optional">', html) == ["Job"]


def test_help_is_tied_to_the_field():
    html = str(ContactForm())
    assert 'aria-describedby="id_email_helptext"' in html
    assert 'id="id_email_helptext"' in html


def test_an_untouched_form_has_no_summary():
    assert "summary" not in str(ContactForm())


def test_errors_are_summed_up_with_links_and_tied_to_their_fields():
    html = str(ContactForm({"email": "nobody"}))
    assert re.findall(r'<a href="#([\w]+)"', html) == ["id_email", "id_kind_0"]
    assert 'id="id_kind_0"' in html
    assert 'aria-describedby="id_email_helptext id_email_error"' in html
    assert 'id="id_email_error"' in html
    assert html.count('aria-invalid="true"') == 3


def test_what_was_typed_is_escaped():
    assert "<script>" not in str(ContactForm({"email": "<script>", "kind": "<script>"}))
