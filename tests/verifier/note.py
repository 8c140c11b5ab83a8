# SPDX-License-Identifier: GPL-3.0-or-later
"""C2SP signed notes and checkpoints, RFC 9162 trees. Standard library, and the openssl program for Ed25519."""
import base64
import binascii
import functools
import hashlib
import re
import subprocess
import tempfile

ED25519_DER = bytes.fromhex("302a300506032b6570032100")  # SubjectPublicKeyInfo of RFC 8410, before the 32 bytes of key


def sha256(*pieces):
    return hashlib.sha256(b"".join(pieces)).digest()


def unbase64(text):
    """RFC 4648 section 4 with padding and nothing else; None for other text."""
    if isinstance(text, str):
        text = text.encode("utf-8", "surrogateescape")
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return raw if base64.b64encode(raw) == text else None


@functools.lru_cache(maxsize=None)
def ed25519_verifies(key, signature, message):
    with tempfile.NamedTemporaryFile() as k, tempfile.NamedTemporaryFile() as s, tempfile.NamedTemporaryFile() as m:
        for file, content in ((k, ED25519_DER + key), (s, signature), (m, message)):
            file.write(content)
            file.flush()
        done = subprocess.run(["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", k.name, "-rawin", "-in", m.name,
                               "-sigfile", s.name], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return done.returncode == 0


class Checkpoint:
    def __init__(self, origin, size, root):
        self.origin, self.size, self.root = origin, size, root


def split_note(text):
    at = text.rfind(b"\n\n")
    if len(text) > 64 * 1024 or at < 0 or not text.endswith(b"\n"):
        return None
    return text[:at + 1], text[at + 2:]


def parse_checkpoint(text):
    """The statement, whoever signed it; None when it is none."""
    parts = split_note(text)
    if not parts:
        return None
    lines = (parts[0].split(b"\n") + [b"", b"", b""])[:3]
    root = unbase64(lines[2])
    if not lines[0] or not re.fullmatch(rb"0|[1-9][0-9]*", lines[1]) or int(lines[1]) >= 1 << 64 or root is None or len(root) != 32:
        return None
    return Checkpoint(lines[0], int(lines[1]), root)


def is_signed_by(text, name, key):
    parts = split_note(text)
    if not parts:
        return False
    signed, rest = parts
    identity = sha256(name, b"\n\x01", key)[:4]
    for line in rest.split(b"\n")[:-1]:
        if not line.startswith("\u2014 ".encode()):
            return False
        words = line[len("\u2014 ".encode()):].split(b" ", 1)
        if len(words) != 2 or words[0] != name:
            continue
        blob = unbase64(words[1])
        if blob and len(blob) == 4 + 64 and blob[:4] == identity and ed25519_verifies(key, blob[4:], signed):
            return True
    return False


def open_checkpoint(text, key):
    note = parse_checkpoint(text)
    return note if note and is_signed_by(text, note.origin, key) else None


def parse_key(text):
    """Base64 of 32 bytes, or a C2SP verifier key name+hash+base64."""
    text = text.rstrip("\n\r ")
    raw = unbase64(text)
    if raw and len(raw) == 32:
        return raw
    pieces = text.split("+", 2)
    raw = unbase64(pieces[2]) if len(pieces) == 3 else None
    return raw[1:] if raw and len(raw) == 33 and raw[0] == 1 else None


def node(left, right):
    return sha256(b"\x01", left, right)


def root_of(leaves):
    """By the recursive definition of RFC 9162 section 2.1.1: other code than what it checks."""
    if not leaves:
        return sha256()
    if len(leaves) == 1:
        return leaves[0]
    k = 1 << (len(leaves) - 1).bit_length() - 1
    return node(root_of(leaves[:k]), root_of(leaves[k:]))


def edge_of(leaves):
    """The roots of the full subtrees, largest first: one for each one in the size."""
    out, at = [], 0
    for bit in reversed(range(len(leaves).bit_length())):
        if len(leaves) >> bit & 1:
            out.append(root_of(leaves[at:at + (1 << bit)]))
            at += 1 << bit
    return out


def is_included(leaf, index, size, proof, root):
    """RFC 9162 section 2.1.3.2."""
    if index >= size:
        return False
    fn, sn, r = index, size - 1, leaf
    for p in proof:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            r = node(p, r)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = node(r, p)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and r == root


def is_consistent(first, first_root, second, second_root, proof):
    """RFC 9162 section 2.1.4.2."""
    if first > second:
        return False
    if first == second:
        return not proof and first_root == second_root
    if first == 0:
        return not proof and first_root == sha256()
    path = list(proof)
    if first & (first - 1) == 0:
        path.insert(0, first_root)
    if not path:
        return False
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for c in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = node(c, fr), node(c, sr)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node(sr, c)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and fr == first_root and sr == second_root
