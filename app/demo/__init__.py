"""Fills an instance of its own with people to look around as, each at another place in the course."""

from app.demo.accounts import ACCOUNTS, DemoAccount
from app.demo.filling import fill
from app.demo.plans import Scale
from app.demo.story import Story
from app.demo.tales import finished, half_way
from app.demo.ways import answer_to

__all__ = ["ACCOUNTS", "DemoAccount", "Scale", "Story", "answer_to", "fill", "finished", "half_way"]
