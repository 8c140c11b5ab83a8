# SPDX-License-Identifier: GPL-3.0-or-later
"""The public part of an erasure and the keys that are left, from core/journal/erasure.md."""
import hashlib
import hmac
import sqlite3
import struct

from aesgcm import open_sealed

FAMILY, PUBLIC, DATA_KEY = 16, b"quarterdeck/1pub", b"quarterdeck/1 public, no secret."
PAGE_KEYS, WHOLE_PAGE = 64, b"\xff\xff\xff\xff"


def _hmac(key, data):
    return hmac.new(key, data, hashlib.sha256).digest()


def is_public(part):
    return part[1] == PUBLIC and part[2] == FAMILY


def destroyed(header, number, sealed):
    """The key ids an erasure's public part names, or None when it is not one."""
    stream, key, _, _, _, _, commitment = header.parts[number]
    pseudo_random = _hmac(b"quarterdeck/1 part", DATA_KEY)
    info = header.id + struct.pack("<H", number)
    first = _hmac(pseudo_random, info + b"\x01")
    second = _hmac(pseudo_random, first + info + b"\x02")
    if second != commitment:
        return None
    associated = struct.pack("<BH", 1, 1) + header.log + header.id + struct.pack("<H", number) + stream + key
    body = open_sealed(first, bytes(12), associated, sealed)
    if body is None or len(body) < 8 or body[:4] != b"QDE\x01" or len(body) != 8 + 16 * struct.unpack_from("<I", body, 4)[0]:
        return None
    keys = [body[i:i + 16] for i in range(8, len(body), 16)]
    return keys if all(a < b for a, b in zip(keys, keys[1:])) else None


def page_keys(database):
    """The ids of the text keys that are left. sqlite3.DatabaseError when anything of the key file's newer tables cannot be read."""
    if database.execute("PRAGMA user_version").fetchone()[0] < 2:
        return set()
    for table in ("hold", "intent", "fact"):
        database.execute(f"SELECT * FROM {table}").fetchall()
    left = set()
    for page, stream, _, struck, _ in database.execute("SELECT id, stream, epoch, struck, wrapped FROM text_page"):
        if len(page) != 12 or len(stream) != 16:
            raise sqlite3.DatabaseError("a page of keys has another size")
        left |= {bytes(page) + struct.pack("<I", place) for place in range(PAGE_KEYS) if not struck >> place & 1}
    return left


def erased_at(erased, key):
    """The last record that says this key was destroyed, 0 for none."""
    return erased.get(key) or erased.get(key[:12] + WHOLE_PAGE, 0)
