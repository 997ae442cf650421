"""Giving something to a person of whom one knows the address: the account must be there already."""

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.views.generic import CreateView

from learners.models import Learner
from learners.services import learner_of


class AddressForm(WagtailAdminModelForm):
    """A role is given to one address: the person's account must be there already."""

    email = forms.EmailField(
        label=_("E-mail address of the account"), help_text=_("The address with which the person logs in.")
    )

    def clean_email(self):
        address, users = self.cleaned_data["email"].strip(), get_user_model()
        self.user = users.objects.filter(**{f"{users.get_email_field_name()}__iexact": address}, is_active=True).first()
        if self.user is None:
            raise forms.ValidationError(
                _("Nobody logs in with %(address)s. Ask the person to create an account first, then come back here."),
                params={"address": address},
            )
        return address

    def clean(self):
        data = super().clean()
        if "email" in data:
            # Whoever has not learned anything yet has no Learner; the view makes one.
            self.instance.learner = Learner.objects.filter(user=self.user).first()
        return data


class GivenToAnAddressView(CreateView):
    """Whoever has the address gets the role; who has not learned anything yet becomes a learner by that."""

    def save_instance(self):
        self.form.instance.learner = learner_of(self.form.user)
        return super().save_instance()
