#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A second verifier for Quarterdeck's logs and exports, made from core/journal/README.md, verify.md and export.md, not from the program.

    qdverify.py [--origin-key B64] [--checkpoint FILE]… [--head-code CODE]… PATH

PATH: a home, a journal.db, or an export. Prints what `quarterdeckctl verify --json` prints, as far as no key of the home is needed; of a head code
whose words are not the record's it names those on standard error. Exit code 0: authentic or consistent; 1: anything else. Standard library, and the openssl program for signatures."""
import argparse
import contextlib
import json
import pathlib
import sqlite3
import struct
import sys

import erasure
import export
import words
from note import edge_of, open_checkpoint, parse_checkpoint, parse_key, root_of, sha256

LOG, KEYS = (0x51444a31, 1), (0x51444b31, 2)  # application ids and the newest formats
FIXED, PART, MOST_PARTS, MOST_MISSING = 116, 104, 4096, 100_000


class Unknown(Exception):
    """Of a format or suite that is not version 1."""


class Broken(Exception):
    """Not a header."""


class Refused(Exception):
    """Nothing there to judge."""


class Header:
    def __init__(self, blob, alone=False):
        if len(blob) < FIXED + PART + 1 or blob[:3] != b"QDR":
            raise Broken
        suite, count, self.size = struct.unpack_from("<HHI", blob, 4)
        if blob[3] != 1 or suite != 1:
            raise Unknown
        if not 1 <= count <= MOST_PARTS or self.size != FIXED + PART * count + 1 or len(blob) < self.size:
            raise Broken
        self.log, self.seq, self.id, self.writer, self.time, self.boot, self.previous = struct.unpack_from("<16sQ16s16sqq32s", blob, 12)
        self.parts = []
        for i in range(count):
            part = struct.unpack_from("<16s16sHHI32s32s", blob, FIXED + PART * i)  # stream, key, family, zero, length, digest, commitment
            if part[3] != 0 or part[4] < 16:
                raise Broken
            self.parts.append(part)
        if blob[self.size - 1] != 0:
            raise Unknown
        whole = self.size if alone else self.size + sum(p[4] for p in self.parts)
        if len(blob) != whole:
            raise Broken
        self.leaf = sha256(b"\0", blob[:self.size])


class Row:
    def __init__(self, number):
        self.row = self.seq = number
        self.leaf = self.previous = None
        self.broken = self.unknown = False


class Claim:
    def __init__(self, size, root, edge):
        self.size, self.root, self.edge = size, root, edge


class Judge:
    def __init__(self, log_id, origin, key, keys_left):
        self.log_id, self.origin, self.key, self.keys_left = log_id, origin, key, keys_left
        self.rows, self.claims, self.faults, self.missing, self.bad_seals, self.erased = [], [], set(), [], [], {}
        self.unreadable = self.saw_unknown = False
        self.suspect = 0
        self.other_words = []

    def fault(self, seq, kind):
        self.faults.add((seq, kind))

    def record(self, number, blob):
        row = Row(number)
        self.rows.append(row)
        try:
            header = Header(blob)
            if header.log != self.log_id:
                raise Broken
        except Unknown:
            row.unknown = True
            row.leaf = sha256(b"\0", blob[:struct.unpack_from("<I", blob, 8)[0]])
            return
        except Broken:
            row.broken = True
            self.fault(number, "bad-hash")
            return
        row.seq, row.previous, row.leaf = header.seq, header.previous, header.leaf
        at = header.size
        for i, part in enumerate(header.parts):
            stream, key, _, _, length, digest, _ = part
            sealed = blob[at:at + length]
            if sha256(sealed) != digest:
                self.fault(number, "bad-hash")
            if erasure.is_public(part):
                keys = erasure.destroyed(header, i, sealed)
                if keys is None:
                    self.bad_seals.append(number)
                else:
                    self.erased.update({k: number for k in keys})
            elif self.keys_left is None or key not in self.keys_left:
                self.missing.append((number, stream.hex(), key))
            at += length

    def stop_reading(self):
        self.unreadable = True
        self.fault(self.rows[-1].row + 1 if self.rows else 1, "bad-hash")

    def stored(self, size, text, frontier):
        note = open_checkpoint(text, self.key)
        if not note or note.origin != self.origin or note.size != size:
            self.fault(size, "bad-signature")
            return
        edge = None
        if len(frontier) >= 8:
            ones = struct.unpack_from("<Q", frontier)[0]
            if len(frontier) == 8 + 32 * bin(ones).count("1"):
                edge = (ones, [frontier[i:i + 32] for i in range(8, len(frontier), 32)])
        elif not frontier:
            edge = None
        if edge is None:
            self.fault(size, "bad-hash")
        self.claims.append(Claim(size, note.root, edge))

    def held(self, text):
        note = open_checkpoint(text, self.key)
        if not note or note.origin != self.origin:
            unsure = parse_checkpoint(text)
            self.fault(unsure.size if unsure else 0, "bad-signature")
            return
        self.claims.append(Claim(note.size, note.root, None))

    def claim_of(self, size):
        return next((c for c in self.claims if c.size == size), None)

    def break_row(self, row):
        row.broken, row.seq = True, row.row
        self.fault(row.row, "bad-hash")

    def find_changed(self):
        named = {r.previous for r in self.rows if not r.broken and not r.unknown}
        by = {}
        for r in self.rows:
            if not r.broken and (r.seq not in by or r.row == r.seq):
                by[r.seq] = r

        def leaves(upto):
            out = []
            for seq in range(1, upto + 1):
                if seq not in by:
                    return None
                out.append(by[seq].leaf)
            return out

        highest = None
        for r in self.rows:
            if not r.broken and r.leaf in named and (highest is None or r.seq > highest.seq):
                highest = r
        for r in self.rows:
            if r.broken or r.seq == r.row or r.leaf in named:
                continue
            if highest:
                goes_on = r.seq == highest.seq + 1 and r.previous == highest.leaf
            else:
                goes_on = r.seq == 1
            claim = self.claim_of(r.seq)
            before = leaves(r.seq - 2) if claim and r.seq > 1 and not goes_on else None
            vouched = before is not None and root_of(before + [r.previous, r.leaf]) == claim.root
            if not goes_on and not vouched:
                self.break_row(r)
        for r in reversed(self.rows):
            if r.broken:
                continue
            if r.leaf in named:
                self.saw_unknown |= r.unknown
                continue
            following = by.get(r.seq + 1)
            if following is None or following.unknown or following.broken:
                self.saw_unknown |= r.unknown
                continue
            following_changed = False
            if r.seq == r.row and following.leaf not in named:
                one, both = self.claim_of(r.seq), self.claim_of(following.seq)
                before = leaves(r.seq - 1) if one or both else None
                if before is not None and one:
                    following_changed = root_of(before + [r.leaf]) == one.root
                elif before is not None:
                    following_changed = root_of(before + [following.previous, following.leaf]) != both.root
            self.break_row(following if following_changed else r)

    def check_codes(self, codes):
        for seq, told in codes:
            if seq > self.last:
                if not self.unreadable:
                    self.fault(self.last + 1, "truncated")
            elif seq <= len(self.leaves) and words.of(self.leaves[seq - 1]) != told:
                self.fault(seq, "bad-hash")
                self.other_words += [f"record {seq}: {each}" for each in words.differing(self.leaves[seq - 1], told)]

    def check_links(self):
        first = {}
        for r in self.rows:
            if not r.broken:
                first.setdefault(r.seq, r)
        for r in self.rows:
            if r.broken or r.unknown:
                continue
            if r.seq == 1:
                wrong = r.previous != bytes(32)
            else:
                wrong = r.seq - 1 in first and first[r.seq - 1].leaf != r.previous
            if wrong:
                self.fault(r.seq, "bad-hash")

    def check_order(self):
        order, seen = [], set()
        for r in self.rows:
            if r.seq in seen:
                self.fault(r.seq, "duplicate")
            else:
                seen.add(r.seq)
                order.append(r.seq)
        following, listed = 1, 0
        for place, seq in zip(order, sorted(seen)):
            while following < seq and listed < MOST_MISSING:
                self.fault(following, "missing")
                following, listed = following + 1, listed + 1
            if place != seq:
                self.fault(seq, "reordered")
            following = seq + 1
        self.last = max(seen, default=0)
        if not self.faults:
            for r in self.rows:
                if r.row != r.seq:
                    self.fault(r.seq, "reordered")
        first = {}
        for r in self.rows:
            first.setdefault(r.seq, r)
        self.leaves = []
        while len(self.leaves) + 1 in first and not first[len(self.leaves) + 1].broken:
            self.leaves.append(first[len(self.leaves) + 1].leaf)

    def check_claims(self):
        good, told = 0, False
        for claim in sorted(self.claims, key=lambda c: c.size):
            if claim.size > self.last:
                if not self.unreadable:
                    self.fault(self.last + 1, "truncated")
            elif claim.size <= len(self.leaves):
                leaves = self.leaves[:claim.size]
                if root_of(leaves) == claim.root:
                    good = claim.size
                    if claim.edge and claim.edge != (claim.size, edge_of(leaves)):
                        self.fault(claim.size, "bad-hash")
                elif not told:
                    self.fault(claim.size, "bad-hash")
                    self.suspect, told = claim.size, True
        self.unanchored = self.last - min(good, self.last)

    def report(self, told_key, codes=()):
        self.find_changed()
        self.check_links()
        self.check_order()
        self.check_claims()
        changed = {r.row for r in self.rows if r.broken} | {self.suspect}
        holes = []
        for row in self.bad_seals:
            if row not in changed:
                self.fault(row, "bad-seal")
        for row, stream, key in self.missing:
            by = erasure.erased_at(self.erased, key)
            authorised = by > row and by not in changed
            if row in changed or (not authorised and self.keys_left is None):
                continue
            holes.append({"seq": row, "stream": stream, "authorised": authorised})
            if not authorised:
                self.fault(row, "key-missing")
        self.check_codes(codes)
        head = bytes(32)
        for r in self.rows:
            if r.seq == self.last:
                head = r.leaf or bytes(32)
        if self.faults:
            result = "damaged"
        elif self.saw_unknown:
            result = "unknown-version"
        else:
            result = "authentic" if told_key else "consistent"
        return {"result": result, "records": len(self.rows), "head": self.last, "headHash": head.hex(), "headCode": words.of(head) if self.last else "", "origin": text_of(self.origin),
                "unanchored": self.unanchored, "holes": holes, "errors": [{"seq": s, "kind": k} for s, k in sorted(self.faults)]}


def text_of(raw):
    return "".join(chr(b) if 0x20 <= b < 0x7f and b not in b'"\\' else "?" for b in raw[:200])


def empty(result, origin=b"", errors=()):
    return {"result": result, "records": 0, "head": 0, "headHash": "00" * 32, "headCode": "", "origin": text_of(origin), "unanchored": 0, "holes": [], "errors": list(errors)}


# SQLite quotes what it cannot read in its message, and Python cannot always read the message.
UNREADABLE = (sqlite3.DatabaseError, UnicodeDecodeError)


def connect(path, application):
    """A connection that changes nothing. Unknown, Broken (sqlite3.DatabaseError counts as such) or Refused otherwise."""
    if not path.exists():
        raise Refused(f"there is no {path}")
    wal = pathlib.Path(str(path) + "-wal").exists()
    head = path.read_bytes()[:72]
    if not wal and len(head) == 72 and head[:16] == b"SQLite format 3\0":
        check(*struct.unpack(">i", head[68:72]), *struct.unpack(">i", head[60:64]), application)
    immutable = not wal and not pathlib.Path(str(path) + "-journal").exists()
    database = sqlite3.connect(path.absolute().as_uri() + "?mode=ro" + ("&immutable=1" if immutable else ""), uri=True)
    try:
        database.text_factory = bytes
        check(database.execute("PRAGMA application_id").fetchone()[0], database.execute("PRAGMA user_version").fetchone()[0], application)
        database.execute("PRAGMA cell_size_check=ON")
    except (Broken, Unknown):
        database.close()
        raise
    except UNREADABLE as e:
        database.close()
        # Damage is the file's; anything else is the system's, and says nothing of the file.
        if getattr(e, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xff in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise Broken from e
        raise Refused(f"{path} cannot be read: {e}") from e
    return database


def check(found, version, application):
    if found != application[0] or version < 1:
        raise Broken
    if version > application[1]:
        raise Unknown


def as_bytes(value):
    return bytes(value) if isinstance(value, (bytes, bytearray)) else b"" if value is None else str(value).encode()


# Read as verify.md says, word for word: on a damaged page another way of asking finds other rows.
RECORDS = "SELECT seq, blob FROM record WHERE seq BETWEEN 0 AND 9223372036854775807 ORDER BY seq"


def scan(database, rows, each):
    """Hands on every row of a query until reading fails: then False. Python's sqlite3 reads a row ahead and loses one it has when the next fails:
    it is read again the same way (not sought: a damaged page may lead a search elsewhere), with the failing step left out."""
    try:
        found = database.execute(rows)  # it reads the first row already: nothing is lost when that fails
    except UNREADABLE:
        return False
    count = 0
    try:
        for row in found:
            each(row)
            count += 1
        return True
    except UNREADABLE:
        try:
            for row in list(database.execute(f"{rows} LIMIT {count + 1}"))[count:]:
                each(row)
        except UNREADABLE:
            pass
        return False


def note_beside(path):
    """The text of a home's head.note: None when there is none, b"" for what cannot be read as one."""
    file = path / "head.note"
    if not path.is_dir() or not (file.is_symlink() or file.exists()):
        return None
    if file.is_symlink() or not file.is_file() or file.stat().st_size > 65536:
        return b""
    return file.read_bytes()


def verify_log(path, told_key, held, codes=()):
    # What is open is closed again at once: SQLite shares state between the connections of a process.
    with contextlib.ExitStack() as stack:
        return judge_log(path, told_key, held, codes, lambda file, application: stack.enter_context(contextlib.closing(connect(file, application))))


def judge_log(path, told_key, held, codes, connected):
    damaged = empty("damaged", errors=[{"seq": 1, "kind": "bad-hash"}])
    try:
        database = connected(path / "journal.db" if path.is_dir() else path, LOG)
    except Unknown:
        return empty("unknown-version")
    except Broken:
        return damaged
    try:
        log_id, origin, public, _ = map(as_bytes, database.execute("SELECT id, origin, public_key, created FROM log WHERE one = 1").fetchone())
    except (TypeError, *UNREADABLE):
        return damaged
    if len(log_id) != 16:
        return damaged
    keys_left = None
    if path.is_dir():
        try:
            keys = connected(path / "keys.db", KEYS)
            keys_left = set()
            for table in ("slot", "epoch", "signer"):  # one that cannot be read is a key file that opens nothing
                keys.execute(f"SELECT * FROM {table}").fetchall()
            # Whole rows: the ids alone could be read from an index, which may say otherwise than a damaged table.
            whole = {as_bytes(row[0]) for row in keys.execute("SELECT id, stream, epoch, wrapped FROM stream_key")}
            keys_left = whole | erasure.page_keys(keys)
        except (Refused, *UNREADABLE):
            pass
        except Unknown:
            return empty("unknown-version", origin)
        except Broken:
            keys_left = set()
    beside = note_beside(path)
    judge = Judge(log_id, origin, told_key or (public if len(public) == 32 else bytes(32)), keys_left)
    whole = scan(database, "SELECT size, note, frontier FROM checkpoint ORDER BY size", lambda r: judge.stored(r[0], as_bytes(r[1]), as_bytes(r[2])))
    if not scan(database, RECORDS, lambda r: judge.record(r[0], as_bytes(r[1]))) or not whole:
        judge.stop_reading()
    for text in ([] if beside is None else [beside]) + list(held):
        judge.held(text)
    report = judge.report(told_key, codes)
    for sentence in judge.other_words:
        print(f"qdverify: {sentence}", file=sys.stderr)
    if beside is not None:
        unsure = parse_checkpoint(beside)
        report["noted"] = unsure.size if unsure else 0
    return report


def main(argv):
    parser = argparse.ArgumentParser()
    parser.add_argument("--origin-key", default="")
    parser.add_argument("--checkpoint", action="append", default=[])
    parser.add_argument("--head-code", action="append", default=[])
    parser.add_argument("path", type=pathlib.Path)
    given = parser.parse_args(argv)
    key = parse_key(given.origin_key) if given.origin_key else None
    if given.origin_key and not key:
        print("qdverify: the origin key is not an Ed25519 key in base64", file=sys.stderr)
        return 1
    try:
        codes = [words.parse(text) for text in given.head_code]
    except words.Misheard as e:
        print(f"qdverify: {e}", file=sys.stderr)
        return 1
    held = [pathlib.Path(file).read_bytes() for file in given.checkpoint]
    try:
        if export.is_export(given.path):
            report = export.verify(given.path.read_bytes(), key, held, codes, Header, Unknown, Broken)
        else:
            report = verify_log(given.path, key, held, codes)
    except (Refused, export.Unrelated) as e:
        print(f"qdverify: {e}", file=sys.stderr)
        return 1
    print(json.dumps(report, separators=(",", ":")))
    return 0 if report["result"] in ("authentic", "consistent") else 1


if __name__ == "__main__":
    sys.setrecursionlimit(10000)
    sys.exit(main(sys.argv[1:]))
