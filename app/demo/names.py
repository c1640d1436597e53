"""What demo people are called. No two have the same name, and no name stands at both institutes."""

import random
import unicodedata
from collections.abc import Iterator

LINDEN = (
    "Aaltje Adnan Annika Anselm Aylin Benno Birte Carlotta Cemre Dagmar Dariusz Edda Emre Enno Esra Frauke Friedolin "
    "Gesine Gunnar Hannelore Hedwig Henrike Ilka Imke Jannis Jorun Kaspar Katinka Korbinian Leander Levke Liesel "
    "Lorenz Maike Marlies Merle Mieke Nele Nurcan Ottilie Philippa Ragna Rasmus Reinhild Selma Silke Sönke Swantje "
    "Thilo Tjark Ulrike Veit Wiebke Xaver Zeynep",
    "Achterberg Aksoy Baumgart Birnbacher Brockmöller Buchholz Christiansen Dannenberg Ebersbach Eichstedt Falkenrath "
    "Feddersen Fleischhauer Gansewig Grabowski Haberkorn Hagedorn Hinrichsen Immergrün Jankowski Kaltenbach Karadeniz "
    "Kleinschmidt Kowalczyk Krähenbühl Langenscheidt Lichterfeld Mühlenbrock Nachtigall Niederhauser Oberländer Öztürk "
    "Petermann Quittkat Rabenstein Rosenzweig Saalfeld Schilling Schwarzenberger Steinhauer Tannenbaum Trautwein "
    "Uhlenhaut Vogelsang Wackernagel Weidenfeller Wittenberg Yıldırım Zimmerling",
)
CEDAR = (
    "Abigail Anjali Beatrix Bronwyn Calliope Cormac Desmond Eilidh Fergus Gwendolyn Harriet Imogen Jocelyn Kieran "
    "Lachlan Maeve Nadège Odette Padraig Quentin Rosalind Solange Tobias Ursula Vivienne Wilfred Yolande Zachary",
    "Abernathy Beauchemin Carruthers Desrosiers Etherington Fairweather Galbraith Hathaway Ironside Jablonski "
    "Kilpatrick Laframboise MacGillivray Nightingale Ouellette Pemberton Quesnel Robichaud Sutherland Thibodeau "
    "Underhill Vaillancourt Whitlock Yarborough",
)
SPELT = str.maketrans("ıø", "io")


def people(pools: tuple[str, str], domain: str) -> Iterator[tuple[str, str]]:
    """(name, e-mail address) one after the other, always in the same order."""
    given, family = (pool.split() for pool in pools)
    both = [(first, last) for first in given for last in family]
    random.Random(domain).shuffle(both)
    for first, last in both:
        yield f"{first} {last}", f"{_plain(first)}.{_plain(last)}@{domain}"


def _plain(name: str) -> str:
    spelt = name.casefold().translate(SPELT)
    return unicodedata.normalize("NFKD", spelt).encode("ascii", "ignore").decode()
