"""
A paragraph as runs: stretches of text with the same marks.

What no reader sees is not kept: spaces at the ends, marks around nothing, two spaces where one is meant.
"""

import re
import unicodedata
from dataclasses import dataclass, replace

BREAK = "\n"
# Links that Wagtail keeps by kind and id, so that they survive a moved page.
LINK_TYPES = ("page", "document", "lang")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_SPACES = re.compile(" {2,}")


@dataclass(frozen=True)
class Run:
    """A stretch of text with the same marks. The text "\\n" is a line break; `link` holds a link's attributes, sorted."""

    text: str
    bold: bool = False
    italic: bool = False
    link: tuple = ()

    def marks(self):
        return self.bold, self.italic, self.link


def clean_text(text):
    """The characters that authors mean: composed letters, no control characters, one space where there were several."""
    return _SPACES.sub(" ", _CONTROL.sub(" ", unicodedata.normalize("NFC", text)))


def link_attributes(address):
    """The attributes of a link to this address; () where it leads nowhere. `page:…` and its like are Wagtail's own links."""
    address = clean_text(
        "".join(f"%{ord(each):02X}" if each in ' <>"' else each for each in clean_text(address).strip())
    )
    kind, _colon, target = address.partition(":")
    if kind in LINK_TYPES:
        return (("id", target), ("linktype", kind)) if target else ()
    return (("href", address),) if address else ()


def link_address(attributes):
    """The address of a link with these attributes, as files write it."""
    values = dict(attributes)
    return values.get("href") or f"{values['linktype']}:{values['id']}"


def tidy_runs(runs):
    """Runs as they are kept: like neighbours joined, spaces outside of marks, none at the ends or around a line break."""
    runs = _join(_spaces_outside(_join([_cleaned(run) for run in runs])))
    return _with_shared_marks(_trimmed(runs))


def _cleaned(run):
    return replace(run, text=BREAK) if run.text == BREAK else replace(run, text=clean_text(run.text))


def _join(runs):
    joined = []
    for run in runs:
        last = joined[-1] if joined else Run("")
        if last.text.endswith(" ") and run.text.startswith(" "):
            run = replace(run, text=run.text[1:])
        if joined and BREAK not in (run.text, last.text) and last.marks() == run.marks():
            joined[-1] = replace(last, text=clean_text(last.text + run.text))
        elif run.text:
            joined.append(run)
    return joined


def _spaces_outside(runs):
    """
    Marks never begin or end with a space, for Markdown could not write it. A space takes the marks that the words on both
    of its sides share.
    """
    parts = []
    for run in runs:
        core = run.text.strip()
        if core and any(run.marks()):
            start = run.text.index(core)
            parts += [Run(run.text[:start]), replace(run, text=core), Run(run.text[start + len(core) :])]
        else:
            parts.append(run)
    return _with_shared_marks([part for part in parts if part.text])


def _with_shared_marks(runs):
    return [_shared(run, runs, place) if run.text.isspace() else run for place, run in enumerate(runs)]


def _shared(run, runs, place):
    before = next((each for each in reversed(runs[:place]) if not each.text.isspace()), Run(""))
    after = next((each for each in runs[place + 1 :] if not each.text.isspace()), Run(""))
    link = before.link if before.link == after.link else ()
    return Run(run.text, before.bold and after.bold, before.italic and after.italic, link)


def _trimmed(runs):
    """The runs without spaces at the ends of lines and without line breaks at the ends."""
    lines = [[]]
    for run in runs:
        if run.text == BREAK:
            lines.append([])
        else:
            lines[-1].append(run)
    lines = [_stripped(line) for line in lines]
    while lines and not lines[0]:
        lines.pop(0)
    while lines and not lines[-1]:
        lines.pop()
    return [run for number, line in enumerate(lines) for run in ([Run(BREAK)] if number else []) + line]


def _stripped(line):
    while line and not line[0].text.lstrip():
        line = line[1:]
    while line and not line[-1].text.rstrip():
        line = line[:-1]
    if line:
        line[0] = replace(line[0], text=line[0].text.lstrip())
        line[-1] = replace(line[-1], text=line[-1].text.rstrip())
    return line


def nest(runs, open_marks=()):
    """Runs as a tree: text, or (mark, attributes, children). The mark that reaches furthest is outside; no link is cut."""
    tree, place = [], 0
    while place < len(runs):
        reaches = {mark: _reach(runs, place, mark, open_marks) for mark in ("link", "bold", "italic")}
        mark = max(reaches, key=reaches.get)
        if not reaches[mark]:
            tree.append(runs[place].text)
            place += 1
            continue
        inside = runs[place : place + reaches[mark]]
        tree.append((mark, inside[0].link if mark == "link" else (), nest(inside, (*open_marks, mark))))
        place += reaches[mark]
    return tree


def _reach(runs, place, mark, open_marks):
    """How many runs from this place on have the mark; where it would end inside a link, it ends before the link."""
    value = getattr(runs[place], mark)
    if not value or mark in open_marks:
        return 0
    end = place + _stretch(runs, place, lambda run: getattr(run, mark) == value)
    if mark != "link" and "link" not in open_marks and end < len(runs) and runs[end].link:
        end -= _stretch(runs[place:end][::-1], 0, lambda run: run.link == runs[end].link)
    return end - place


def _stretch(runs, place, belongs):
    count = 0
    while place + count < len(runs) and belongs(runs[place + count]):
        count += 1
    return count
