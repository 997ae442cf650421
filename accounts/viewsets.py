"""Users in the editor's pages. An administrator of the project is not a superuser, and can neither become nor edit one."""

from django.core.exceptions import PermissionDenied
from wagtail.users.views import users


class SuperuserUnchanged:
    """Leaves the superuser's switch as it is for everyone but a superuser."""

    def get_form(self, *args, **kwargs):
        form = super().get_form(*args, **kwargs)
        if "is_superuser" in form.fields:
            form.fields["is_superuser"].disabled = not self.request.user.is_superuser
        return form


class CreateView(SuperuserUnchanged, users.CreateView):
    pass


class EditView(SuperuserUnchanged, users.EditView):
    def dispatch(self, request, *args, **kwargs):
        # With another's password or address one could log in as them.
        if self.object.is_superuser and not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class UserViewSet(users.UserViewSet):
    add_view_class = CreateView
    edit_view_class = EditView
