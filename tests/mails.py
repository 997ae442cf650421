"""The mails that a site wrote into a folder, where no server sends them."""

import re
from email import message_from_bytes, policy
from pathlib import Path

CODE = re.compile(r"^\s*([A-Z0-9]{4}-[A-Z0-9]{4})\s*$", re.MULTILINE)


def mailed_code(folder, address):
    """The code in the newest mail to this address."""
    for path in sorted(Path(folder).iterdir(), key=lambda file: file.stat().st_mtime_ns, reverse=True):
        for raw in reversed(path.read_bytes().split(b"-" * 79 + b"\n")):
            mail = message_from_bytes(raw.strip(), policy=policy.default)
            if mail["To"] and address in mail["To"]:
                return CODE.search(mail.get_body(("plain",)).get_content())[1]
    raise AssertionError(f"no mail to {address}")
