"""The ready-made site's own user: an e-mail address is the name. A host site brings its own user model instead."""

from uuid import uuid4

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        """Return a new user. The address is kept in lower case, so that one person never has two accounts by accident."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email):
        return self.get(email=email.strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who can log in. What they learn points at the Learner, never here."""

    personal_data = {
        "purpose": _("To let a person log in."),
        "basis": _("Contract: the account that the person asked for."),
        "retention": _("Until the account is closed; a warning after 24 months without a login, deletion after 27."),
    }

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"), max_length=254)
    first_name = models.CharField(_("first name"), max_length=150, blank=True)
    last_name = models.CharField(_("last name"), max_length=150, blank=True)
    is_staff = models.BooleanField(_("staff"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("date joined"), default=timezone.now)
    sessions_key = models.UUIDField(
        default=uuid4, editable=False, help_text=_("A new one ends every session that began under the old one.")
    )

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="one_user_per_address",
                violation_error_message=_("There is already a user with this e-mail address."),
            ),
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_address_is_lower_case"),
        ]

    def __str__(self):
        return self.get_full_name() or self.email

    def clean(self):
        super().clean()
        self.email = self.email.strip().lower()

    def _get_session_auth_hash(self, secret=None):
        """Django ends the sessions whose hash is another: after a new password, and here after a new key too."""
        value = f"{self.password}{self.sessions_key}"
        return salted_hmac("accounts.sessions", value, secret=secret, algorithm="sha256").hexdigest()

    def get_full_name(self):
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self):
        return self.first_name or self.email
