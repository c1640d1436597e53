"""The blueprint on which the view modules hang their routes."""

from flask import Blueprint

bp = Blueprint("accounts", __name__)

# Generous enough for a room of thirty behind one network address; sign-ins are counted in the database besides.
PASSWORD_LIMIT = "60 per minute; 600 per hour"
LETTER_LIMIT = "20 per minute; 60 per hour"
