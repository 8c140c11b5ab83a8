# SPDX-License-Identifier: GPL-3.0-or-later
"""Judges an export file, from core/journal/export.md."""
import hashlib
import json
import struct
import uuid

from aesgcm import open_sealed
from note import is_consistent, is_included, is_signed_by, open_checkpoint, parse_checkpoint, sha256, unbase64

BEGIN = b'{\n"format":"quarterdeck-export",'
SIGNATURE = b'\n"signature":'


class Unrelated(Exception):
    """A held checkpoint the export says nothing about."""


class Malformed(Exception):
    pass


def is_export(path):
    if not path.is_file():
        return False
    with open(path, "rb") as f:
        return f.read(len(BEGIN)) == BEGIN


def member(of, name, kind):
    value = of.get(name) if isinstance(of, dict) else None
    if not isinstance(value, kind) or isinstance(value, bool) or (kind is int and value < 0):
        raise Malformed
    return value


def raw(of, name):
    value = unbase64(member(of, name, str))
    if value is None:
        raise Malformed
    return value


def hashes(of, name):
    out = [unbase64(each) if isinstance(each, str) else None for each in member(of, name, list)]
    if any(each is None or len(each) != 32 for each in out):
        raise Malformed
    return out


def refuse_twice(pairs):
    out = dict(pairs)
    if len(out) != len(pairs):
        raise Malformed
    return out


def verify(text, told_key, held, Header, Unknown, Broken):
    faults = set()
    report = {"result": "damaged", "records": 0, "head": 0, "headHash": "00" * 32, "origin": "", "unanchored": 0, "holes": [], "errors": []}

    def fault(seq, kind):
        faults.add((seq, kind))

    def finish(result=None):
        report["errors"] = [{"seq": s, "kind": k} for s, k in sorted(faults)]
        report["result"] = "damaged" if faults else result
        return report

    try:
        at = text.rfind(SIGNATURE)
        if at < 0:
            raise Malformed
        signed = text[:at + 1]
        whole = json.loads(text.decode("utf-8"), object_pairs_hook=refuse_twice)
        version, signature = member(whole, "version", int), member(whole, "signature", str).encode()
        if text[at + 1:] != b'"signature":' + json.dumps(signature.decode(), ensure_ascii=False).encode() + b"\n}\n":
            raise Malformed
        log = member(whole, "log", dict)
        log_id, origin, own_key = member(log, "id", str), member(log, "origin", str).encode(), raw(log, "key")
        if len(own_key) != 32:
            raise Malformed
        key = told_key or own_key
        statement = b"quarterdeck export\n" + origin + b"\n" + hashlib.sha256(signed).hexdigest().encode() + b"\n"
        report["origin"] = origin.decode()
        if version != 1:
            if not signature.startswith(statement) or not is_signed_by(signature, origin, key):
                fault(0, "bad-signature")
            return finish("unknown-version")
        manifest = member(whole, "manifest", dict)
        claimed = member(manifest, "records", int)
        report["export"] = member(manifest, "name", str)
        member(manifest, "schema", str)
        checkpoint = member(whole, "checkpoint", str).encode()
        earlier = [(member(e, "checkpoint", str).encode(), hashes(e, "proof")) for e in member(whole, "earlier", list)]
        records = [(member(r, "seq", int), raw(r, "header"), [(member(p, "part", int), raw(p, "key"), raw(p, "sealed")) for p in member(r, "parts", list)],
                    hashes(r, "proof")) for r in member(whole, "records", list)]
        member(whole, "timeline", list)
    except (Malformed, ValueError, RecursionError):  # of what cannot be read nothing is told, not even whose it says it is
        report["origin"] = ""
        report.pop("export", None)
        fault(0, "bad-hash")
        return finish()

    report["records"] = len(records)
    if origin.decode() != "quarterdeck/" + log_id or own_key != key:
        fault(0, "bad-signature")
    begin = statement + "\n\u2014 ".encode() + origin + b" "
    if not signature.startswith(begin) or not signature.endswith(b"\n") or unbase64(signature[len(begin):-1]) is None \
            or not is_signed_by(signature, origin, key):
        fault(0, "bad-signature")
    note = open_checkpoint(checkpoint, key)
    if not note or note.origin != origin:
        unsure = parse_checkpoint(checkpoint)
        fault(unsure.size if unsure else 0, "bad-signature")
        note = None
    highest, seen = 0, set()
    for seq, *_ in records:
        if seq in seen:
            fault(seq, "duplicate")
        elif seq < highest:
            fault(seq, "reordered")
        seen.add(seq)
        highest = max(highest, seq)
    stream, last, unknown = None, None, False
    for seq, blob, parts, proof in records:
        leaf = sha256(b"\0", blob)
        included = bool(seq > 0 and note and is_included(leaf, seq - 1, note.size, proof, note.root))
        if seq == 0 or (note and not included):
            fault(seq, "bad-hash")
        try:
            header = Header(blob, alone=True)
        except Unknown:
            unknown = True
            continue
        except Broken:
            fault(seq, "bad-hash")
            continue
        if header.seq != seq or str(uuid.UUID(bytes=header.log)) != log_id or (last and last[0] + 1 == seq and header.previous != last[1]):
            fault(seq, "bad-hash")
        last = (seq, leaf) if included else None
        if seq >= report["head"]:
            report["head"], report["headHash"] = seq, leaf.hex()
        following, own = 0, False
        for number, part_key, sealed in parts:
            if number < following or number >= len(header.parts):
                fault(seq, "bad-hash")
                break
            following = number + 1
            pseudonym, key_id, family, _, length, digest, _ = header.parts[number]
            other = False
            if family != 5:  # texts held apart have pseudonyms of their own
                stream, own = stream or pseudonym, True
                other = pseudonym != stream
            if other or len(sealed) != length or sha256(sealed) != digest:
                fault(seq, "bad-hash")
            associated = b"\x01" + struct.pack("<H", 1) + header.log + header.id + struct.pack("<H", number) + pseudonym + key_id
            if open_sealed(part_key, bytes(12), associated, sealed) is None:
                fault(seq, "bad-seal")
        else:
            if not own:
                fault(seq, "missing")
    if claimed != len(records):
        fault(0, "missing")
    known = {}
    for note_text, proof in earlier:
        before = open_checkpoint(note_text, key)
        if not before or before.origin != origin:
            unsure = parse_checkpoint(note_text)
            fault(unsure.size if unsure else 0, "bad-signature")
        elif note and not is_consistent(before.size, before.root, note.size, note.root, proof):
            fault(before.size, "bad-hash")
        else:
            known.setdefault(before.size, before.root)
    if note:
        known.setdefault(note.size, note.root)
    for note_text in held:
        kept = open_checkpoint(note_text, key)
        if not kept or kept.origin != origin:
            unsure = parse_checkpoint(note_text)
            fault(unsure.size if unsure else 0, "bad-signature")
        elif kept.size not in known:
            raise Unrelated("this export says nothing about the checkpoint that was given")
        elif known[kept.size] != kept.root:
            fault(kept.size, "bad-hash")
    return finish("unknown-version" if unknown else "authentic" if told_key else "consistent")
