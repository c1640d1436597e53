"""The blueprint on which the view modules hang their routes."""

from flask import Blueprint

bp = Blueprint("learning", __name__)
