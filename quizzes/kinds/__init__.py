"""Tiltas' own kinds of question, each next to those that it resembles. `question_types.py` registers them."""
