"""
What a stranger writes around Tiltas: this app, a plug-in that adds a block to lessons; and in `host/` a Wagtail site of one's
own, with Django's own users and login, that installs the wheel.
"""
