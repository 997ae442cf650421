"""A site with its own front page, users and login; learning is one corner of it."""
