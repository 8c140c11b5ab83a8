# SPDX-License-Identifier: GPL-3.0-or-later
"""Head codes, from core/journal/README.md: a record's number and the first 8 bytes of its leaf hash, a word of headwords.txt each."""
import pathlib
import re

WORDS = (pathlib.Path(__file__).parents[2] / "core/journal/headwords.txt").read_text("ascii").split()
if len(WORDS) != 256 or len({word[:4] for word in WORDS}) != 256:
    raise ValueError("core/journal/headwords.txt is not 256 words that differ in their first four letters")


class Misheard(ValueError):
    """No head code; says which word is none."""


def of(leaf):
    return "-".join(WORDS[byte] for byte in leaf[:8])


def parse(text):
    """The number and the eight words of "41:anchor-…", hyphens or spaces between them."""
    found = re.fullmatch(r"([0-9]+):(.*)", text, re.ASCII | re.DOTALL)
    if not found or not 0 < int(found[1]) < 1 << 64 or len(words := re.split("[- ]", found[2])) != 8:
        raise Misheard("a head code is a record's number and eight words, as it was posted: 41:anchor-…")
    for word in words:
        if word not in WORDS:
            raise Misheard(f'"{word}" is no word of a head code: it was heard or copied wrongly')
    return int(found[1]), "-".join(words)


def differing(leaf, told):
    """Which of the words told are others than this leaf's, as sentences: the number of the word, what was told, what it is."""
    return [f'word {n} is "{right}", not "{word}"' for n, (right, word) in enumerate(zip(of(leaf).split("-"), told.split("-")), 1) if right != word]
