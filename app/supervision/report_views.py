"""An institute's yearly report and its accreditation dossier."""

from flask import Blueprint

bp = Blueprint("reports", __name__)
