# SPDX-License-Identifier: GPL-3.0-or-later
"""Judges an export file, from core/journal/export.md."""
import hashlib
import json
import struct
import sys
import uuid

import erasure
import words
from aesgcm import open_sealed
from note import is_consistent, is_included, is_signed_by, open_checkpoint, parse_checkpoint, sha256, unbase64

BEGIN = b'{\n"format":"quarterdeck-export",'
SIGNATURE = b'\n"signature":'


class Unrelated(Exception):
    """A held checkpoint or head code the export says nothing about."""


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


def check_complete(complete, records, between, erasures, note, log_id, stream, texts, leaves, report, fault, kinds):
    """export.md, "Complete". True when a header is of a version not known here."""
    Header, Unknown, Broken = kinds
    start, end, proof = complete
    own = {}
    for seq, blob, parts, _ in records:
        own.setdefault(seq, (blob, {p[0] for p in parts}))
    if not own or start <= 0 or start != min(own) or end < max(own) or end - start + 1 != len(own) + len(between):
        fault(0, "missing")
        return False
    headers, others, previous, unknown, spanned = {}, iter(between), None, False, {}
    for seq in range(start, end + 1):
        blob = own[seq][0] if seq in own else next(others, None)
        if blob is None:
            fault(seq, "missing")
            return unknown
        try:
            header = Header(blob, alone=True)
            if header.seq != seq or str(uuid.UUID(bytes=header.log)) != log_id or (previous is not None and header.previous != previous):
                raise Broken
            headers[seq] = header
        except Unknown:
            unknown = True
        except Broken:
            fault(seq, "bad-hash")
            return unknown
        spanned[seq] = previous = sha256(b"\0", blob)
    if note and not is_included(previous, end - 1, note.size, proof, note.root):
        fault(end, "bad-hash")
        return unknown
    if note:
        for seq, leaf in spanned.items():
            leaves.setdefault(seq, leaf)
    erased = {}
    for seq, number, sealed in erasures:
        header = headers.get(seq)
        if header is None or number >= len(header.parts) or not erasure.is_public(header.parts[number]) \
                or len(sealed) != header.parts[number][4] or sha256(sealed) != header.parts[number][5]:
            fault(seq, "bad-hash")
            continue
        keys = erasure.destroyed(header, number, sealed)
        if keys is None:
            fault(seq, "bad-seal")
            continue
        for key in keys:
            erased[key] = max(seq, erased.get(key, 0))
    for seq, header in headers.items():
        here = own[seq][1] if seq in own else set()
        for number, (pseudonym, key, *_) in enumerate(header.parts):
            if number in here or (pseudonym != stream and pseudonym not in texts):
                continue
            if erasure.erased_at(erased, key) > seq:
                report["holes"].append({"seq": seq, "stream": pseudonym.hex(), "authorised": True})
            else:
                fault(seq, "missing")
    report["complete"] = {"from": start, "to": end}
    return unknown


def verify(text, told_key, held, codes, Header, Unknown, Broken):
    faults = set()
    report = {"result": "damaged", "records": 0, "head": 0, "headHash": "00" * 32, "headCode": "", "origin": "", "unanchored": 0, "holes": [], "errors": []}

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
        if version not in (1, 2):
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
        complete, between, erasures = None, [], []
        if version == 2:
            if "complete" not in whole:
                raise Malformed
            if whole["complete"] is not None:
                complete = member(whole["complete"], "from", int), member(whole["complete"], "to", int), hashes(whole["complete"], "proof")
            between = [unbase64(each) if isinstance(each, str) else None for each in member(whole, "between", list)]
            erasures = [(member(e, "seq", int), member(e, "part", int), raw(e, "sealed")) for e in member(whole, "erasures", list)]
            if None in between:
                raise Malformed
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
    stream, last, unknown, texts, leaves = None, None, False, set(), {}
    for seq, blob, parts, proof in records:
        leaf = sha256(b"\0", blob)
        included = bool(seq > 0 and note and is_included(leaf, seq - 1, note.size, proof, note.root))
        if seq == 0 or (note and not included):
            fault(seq, "bad-hash")
        if included:
            leaves.setdefault(seq, leaf)
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
        if included:
            leaves.setdefault(seq - 1, header.previous)
        last = (seq, leaf) if included else None
        if seq >= report["head"]:
            report["head"], report["headHash"], report["headCode"] = seq, leaf.hex(), words.of(leaf) if seq else ""
        following, own = 0, False
        for number, part_key, sealed in parts:
            if number < following or number >= len(header.parts):
                fault(seq, "bad-hash")
                break
            following = number + 1
            pseudonym, key_id, family, _, length, digest, _ = header.parts[number]
            other = False
            if family == 5:
                texts.add(pseudonym)
            else:  # texts held apart have pseudonyms of their own
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
    if complete:
        unknown = check_complete(complete, records, between, erasures, note, log_id, stream, texts, leaves, report, fault, (Header, Unknown, Broken)) or unknown
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
    for seq, told in codes:
        if seq not in leaves and not faults:
            raise Unrelated(f"this export says nothing of record {seq}, whose head code was given")
        if seq in leaves and words.of(leaves[seq]) != told:
            fault(seq, "bad-hash")
            for sentence in words.differing(leaves[seq], told):
                print(f"qdverify: record {seq}: {sentence}", file=sys.stderr)
    return finish("unknown-version" if unknown else "authentic" if told_key else "consistent")
