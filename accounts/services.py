"""What is done with accounts, beside what django-allauth does."""

import uuid

from django.core import signing
from django.db import transaction

from .models import User

STOP_SALT = "accounts.stop-address-change"
STOP_SECONDS = 3 * 24 * 3600


class LinkTooOld(Exception):
    """The link of a mail was changed on the way or is too old, or somebody else has the old address by now."""


def end_sessions(user):
    """End every session of this user, wherever it is; whoever calls for them may keep their own alive (`update_session_auth_hash`)."""
    user.sessions_key = uuid.uuid4()
    user.save(update_fields=["sessions_key"])


def token_to_stop(*, user, old, new):
    """What the old address gets: it stops the change while it waits, and takes it back for three days after."""
    return signing.dumps({"user": str(user.uuid), "old": old, "new": new}, salt=STOP_SALT, compress=True)


def read_token(token):
    """(user, old, new); whatever the address is by now, for a thief would change it twice. Raises LinkTooOld."""
    try:
        said = signing.loads(token, salt=STOP_SALT, max_age=STOP_SECONDS)
    except signing.BadSignature:
        raise LinkTooOld from None
    user = User.objects.filter(uuid=said["user"]).first()
    if user is None or User.objects.filter(email=said["old"]).exclude(pk=user.pk).exists():
        raise LinkTooOld
    return user, said["old"], said["new"]


@transaction.atomic
def stop_address_change(*, token):
    """
    Keep the old address, or give it back to the account; return the user. Whoever asked for the change knows the password or
    sits in a session: so every session ends, and a new password is chosen by way of the old address. Raises LinkTooOld.
    """
    user, old, _new = read_token(token)
    user = User.objects.select_for_update().get(pk=user.pk)
    user.emailaddress_set.exclude(email=old).delete()
    user.emailaddress_set.update_or_create(email=old, defaults={"verified": True, "primary": True})
    user.email = old
    user.set_unusable_password()
    user.save(update_fields=["email", "password"])
    end_sessions(user)
    return user
