"""All routes of this feature: `bp` carries them once the four modules are loaded."""

from app.accounts import account_views, entry_views, invitation_views, registration_views
from app.accounts.blueprint import bp

__all__ = ["account_views", "bp", "entry_views", "invitation_views", "registration_views"]
