# SPDX-License-Identifier: GPL-3.0-or-later
"""`quarterdeckctl verify` and the second verifier say the same of every log and export: sound, damaged in every way we know, and at random.

Runs the real program on real files in a folder of its own. The random part prints its seed; QD_SEED repeats one, QD_LONG takes many more."""
import base64
import contextlib
import hashlib
import json
import os
import pathlib
import random
import shutil
import sqlite3
import struct
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import export  # noqa: E402
import note  # noqa: E402
import qdverify  # noqa: E402
import words  # noqa: E402

PROGRAM = pathlib.Path(os.environ["QD_BIN"]) / "quarterdeckctl"
SOURCE = pathlib.Path(__file__).parents[2]
LONG = "QD_LONG" in os.environ
PATIENCE = 180  # s: with what a program of ours needs milliseconds for
FIELDS = ("result", "records", "head", "headHash", "headCode", "origin", "export", "complete", "unanchored", "noted", "holes", "errors")
CANARY = "canary-Ondine-of-the-other-incident"


class Home:
    """A home with a log of some 70 records of one and two parts, and several checkpoints."""

    def __init__(self, folder, lines=60):
        self.path = folder
        told = self.run("init")
        self.key = next(line.split()[-1] for line in told.splitlines() if line.startswith("verification key"))
        core = subprocess.Popen([PROGRAM, "--home", self.path, "serve"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            assert core.stdout.readline().startswith("ready "), "the core did not start"
            self.run("declare", "--title", "Checkout fails", "--no-room")
            self.run("declare", "--title", CANARY, "--no-room")
            door = json.loads(self.run("connect", "inbound", "--name", "door"))
            self.alert(door["urls"]["alerts"])
            for i in range(lines):
                self.run("log", "--incident", f"INC-{1 + i % 2}", f"line {i}" if i % 2 == 0 else f"{CANARY} {i}")
                if i == lines // 2:
                    self.early = folder.parent / (folder.name + ".early")
                    self.copied(self.early)
                if i % 16 == 5:
                    self.run("checkpoint", "--out", f"{self.path}.checkpoint.{i}")
            self.held = pathlib.Path(f"{self.path}.checkpoint.{lines - 7}") if pathlib.Path(f"{self.path}.checkpoint.{lines - 7}").exists() \
                else sorted(folder.parent.glob(f"{folder.name}.checkpoint.*"))[-1]
            self.running = folder.parent / (folder.name + ".running")
            self.copied(self.running)
            self.run("checkpoint", "--out", f"{self.path}.last")
            self.head = json.loads(self.run("call", "log.head"))
            self.live = folder.parent / (folder.name + ".live.json")
            self.run("export", "--incident", "INC-1", "--out", str(self.live), "--checkpoint", str(self.held))
        finally:
            core.terminate()
            core.wait(PATIENCE)
        self.export = folder.parent / (folder.name + ".json")
        self.run("export", "--incident", "INC-1", "--out", str(self.export))

    def copied(self, to):
        """The home as it is at one moment: copied once more when the core moved something meanwhile, such as its write-ahead log."""
        def seen():
            return {p: (s.st_size, s.st_mtime_ns) for p in self.path.rglob("*") if p.is_file() and (s := p.stat())}
        for _ in range(200):
            shutil.rmtree(to, ignore_errors=True)
            with contextlib.suppress(shutil.Error, OSError):  # a file that was there when its name was read
                before = seen()
                shutil.copytree(self.path, to, ignore=shutil.ignore_patterns("run", "*.sock", "control"))
                if seen() == before:
                    return
            time.sleep(0.05)
        raise AssertionError(f"{self.path} never stood still")

    def run(self, *argv):
        done = subprocess.run([PROGRAM, "--home", self.path, *argv], capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{argv}: {done.stderr}"
        return done.stdout

    @staticmethod
    def alert(url):
        import urllib.request
        body = json.dumps([{"labels": {"alertname": "A", "n": str(n)}} for n in range(5)]).encode()
        urllib.request.urlopen(urllib.request.Request(url, body, {"Content-Type": "application/json"}), timeout=PATIENCE).read()


class Forged:
    """Signs exports anew under a key of its own."""

    def __init__(self, folder):
        self.key = folder / "forged.pem"
        subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", self.key], check=True, capture_output=True)
        public = subprocess.run(["openssl", "pkey", "-in", self.key, "-pubout", "-outform", "DER"], check=True, capture_output=True).stdout
        self.public = public[-32:]

    def sign(self, text, name):
        with tempfile.NamedTemporaryFile() as file:
            file.write(text)
            file.flush()
            signature = subprocess.run(["openssl", "pkeyutl", "-sign", "-inkey", self.key, "-rawin", "-in", file.name], check=True, capture_output=True).stdout
        identity = note.sha256(name, b"\n\x01", self.public)[:4]
        return text + "\n\u2014 ".encode() + name + b" " + base64.b64encode(identity + signature) + b"\n"

    def write(self, export_, path):
        def dump(value):
            return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        origin = export_["log"]["origin"].encode()
        export_["log"]["key"] = base64.b64encode(self.public).decode()
        export_["checkpoint"] = self.sign(export_["checkpoint"].split("\n\n")[0].encode() + b"\n", origin).decode()
        members = [f'"{name}":{dump(value)}' for name, value in export_.items() if name not in ("format", "version", "signature")]
        signed = ('{\n"format":"quarterdeck-export","version":' + str(export_["version"]) + ",\n" + ",\n".join(members) + ",\n").encode()
        statement = b"quarterdeck export\n" + origin + b"\n" + hashlib.sha256(signed).hexdigest().encode() + b"\n"
        path.write_bytes(signed + b'"signature":' + dump(self.sign(statement, origin).decode()).encode() + b"\n}\n")


class Agreement(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="qd-verify-"))
        cls.home = Home(cls.folder / "home")
        cls.other = Home(cls.folder / "other", 12)
        cls.count = 0

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)
        print(f"{cls.count} logs and exports judged by both")

    # --- the two verifiers -------------------------------------------------------------------------------------------

    def judged(self, path, key=None, held=(), what="", codes=()):
        """What both say; they must say the same. A refusal is None."""
        type(self).count += 1
        argv = [PROGRAM, "verify", "--json", str(path)] + (["--origin-key", key] if key else []) + [a for h in held for a in ("--checkpoint", str(h))] \
            + [a for code in codes for a in ("--head-code", code)]
        done = subprocess.run(argv, capture_output=True, text=True, timeout=PATIENCE, check=False)
        self.assertIn(done.returncode, (0, 1), f"{path}: {done.returncode} {done.stderr}")
        first = {k: v for k, v in json.loads(done.stdout).items() if k in FIELDS} if done.stdout else None
        texts = [pathlib.Path(h).read_bytes() for h in held]
        told = note.parse_key(key) if key else None
        try:
            heard = [words.parse(code) for code in codes]
            second = export.verify(path.read_bytes(), told, texts, heard, qdverify.Header, qdverify.Unknown, qdverify.Broken) \
                if export.is_export(path) else qdverify.verify_log(path, told, texts, heard)
        except (qdverify.Refused, export.Unrelated, words.Misheard):
            second = None
        except sqlite3.OperationalError:  # the system's, not the file's: the program refuses too
            second = None
        self.assertEqual(first, second, f"{path}: {what} {done.stderr}")
        if first:
            self.assertEqual(done.returncode, 0 if first["result"] in ("authentic", "consistent") else 1)
        return first

    def copy(self, of=None):
        target = self.folder / "copy"
        if target.exists():
            shutil.rmtree(target)
        shutil.copytree(of or self.home.path, target, ignore=shutil.ignore_patterns("run", "workspace", "control", "*.sock"))
        return target

    def changed(self, change, file="journal.db", of=None):
        copy = self.copy(of)
        database = sqlite3.connect(copy / file)
        change(database)
        database.commit()
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.close()
        for suffix in ("-wal", "-shm"):
            pathlib.Path(str(copy / file) + suffix).unlink(missing_ok=True)
        return copy

    def faults(self, report):
        return [f"{e['kind']}@{e['seq']}" for e in report["errors"]]

    # --- sound ---------------------------------------------------------------------------------------------------------

    def test_sound(self):
        for path in (self.home.path, self.home.path / "journal.db", self.copy(self.home.running), self.home.export, self.home.live):
            self.assertEqual(self.judged(path)["result"], "consistent", path)
            report = self.judged(path, self.home.key)
            self.assertEqual((report["result"], report["errors"]), ("authentic", []), path)
        self.assertEqual(self.judged(self.home.path, self.home.key, [self.home.held])["result"], "authentic")
        self.assertEqual(self.judged(self.home.live, self.home.key, [self.home.held])["result"], "authentic")
        self.assertIsNone(self.judged(self.home.export, self.home.key, [self.home.held]))
        self.assertIsNone(self.judged(self.folder / "nothing"))

    def test_frozen_vectors(self):
        frozen = dict(line.split(" ", 1) for line in (SOURCE / "tests/core/journal/vectors-v1.txt").read_text().splitlines() if not line.startswith("#"))
        log_id, origin, key = frozen["log"].split()
        file = self.folder / "vectors.db"
        file.unlink(missing_ok=True)
        database = sqlite3.connect(file)
        database.executescript(
            "CREATE TABLE log (one INTEGER PRIMARY KEY, id BLOB, origin TEXT, public_key BLOB, created INTEGER) STRICT;"
            "CREATE TABLE record (seq INTEGER PRIMARY KEY, blob BLOB NOT NULL) STRICT;"
            "CREATE TABLE checkpoint (size INTEGER PRIMARY KEY, note TEXT NOT NULL, frontier BLOB NOT NULL) STRICT;"
            "PRAGMA application_id=0x51444a31; PRAGMA user_version=1;")
        database.execute("INSERT INTO log VALUES (1, ?, ?, ?, 0)", (bytes.fromhex(log_id), origin, bytes.fromhex(key)))
        for seq in (1, 2, 3):
            database.execute("INSERT INTO record VALUES (?, ?)", (seq, bytes.fromhex(frozen[f"record{seq}"])))
        database.execute("INSERT INTO checkpoint VALUES (3, ?, ?)", (bytes.fromhex(frozen["checkpoint"]).decode(), bytes.fromhex(frozen["frontier"])))
        database.commit()
        database.close()
        report = self.judged(file, base64.b64encode(bytes.fromhex(key)).decode())
        self.assertEqual((report["result"], report["records"]), ("authentic", 3))

    # --- head codes ----------------------------------------------------------------------------------------------------

    def code(self, seq):
        """The head code of a record, by the second verifier alone."""
        return f"{seq}:{words.of(qdverify.Header(self.rows()[seq]).leaf)}"

    def misheard(self, code, place):
        """Another word at that place."""
        number, told = code.split(":")
        told = told.split("-")
        told[place] = words.WORDS[words.WORDS.index(told[place]) ^ 1]
        return f"{number}:{'-'.join(told)}"

    def test_head_codes(self):
        whole, last = self.home.path, max(self.rows())
        self.assertEqual(self.judged(whole)["headCode"], words.of(qdverify.Header(self.rows()[last]).leaf))
        self.assertEqual(self.home.head["words"], words.of(bytes.fromhex(self.home.head["hash"])))
        self.assertEqual(f"{self.home.head['seq']}:{self.home.head['words']}", self.code(self.home.head["seq"]))
        draw = random.Random(9)
        for seq in sorted({1, 2, last - 1, last, *draw.sample(range(3, last - 1), last - 4 if LONG else 6)}):
            self.assertEqual(self.judged(whole, self.home.key, codes=[self.code(seq), self.code(last)])["result"], "authentic", seq)
            self.assertEqual(self.judged(whole, self.home.key, codes=[self.code(seq).replace("-", " ")])["result"], "authentic", seq)
            place = draw.randrange(8)
            self.assertEqual(self.faults(self.judged(whole, self.home.key, codes=[self.misheard(self.code(seq), place)])), [f"bad-hash@{seq}"])
            wrong = words.differing(qdverify.Header(self.rows()[seq]).leaf, self.misheard(self.code(seq), place).split(":")[1])
            self.assertEqual(len(wrong), 1)
            self.assertTrue(wrong[0].startswith(f"word {place + 1} is "), wrong)
            self.assertEqual(self.faults(self.judged(whole, self.home.key, codes=[f"{last + seq}:{self.code(seq).split(':')[1]}"])), [f"truncated@{last + 1}"])
        words_alone = self.code(2).split(":")[1]
        for text in ("nonsense", words_alone, f"0:{words_alone}", f"+2:{words_alone}", f" 2:{words_alone}", f"2:{words_alone}-acid", f"2:{words_alone[:-1]}", f"2:{words_alone}-",
                     f"2:{words_alone.upper()}", f"2:{words_alone}\n", f"{1 << 64}:{words_alone}", "2:" + "-".join(["anchor"] * 7 + ["anker"])):
            self.assertIsNone(self.judged(whole, codes=[text]), text)
        # Cut before the record, then made anew: what somebody wrote down says so.
        kept = {s: b for s, b in self.rows().items() if s <= 20}
        self.assertIn("truncated@21", self.faults(self.judged(self.store(kept), self.home.key, codes=[self.code(30)])))
        blob = bytearray(self.rows()[9])
        blob[30] ^= 1
        self.judged(self.store({**self.rows(), 9: bytes(blob)}), self.home.key, codes=[self.code(seq) for seq in (8, 9, 10)])

    def test_head_codes_of_exports(self):
        for file in (self.home.export, self.home.live):
            report = self.judged(file, self.home.key)
            inside = [r["seq"] for r in json.loads(file.read_text())["records"]]
            self.assertEqual(report["headCode"], self.code(report["head"]).split(":")[1])
            for seq in sorted({inside[0], inside[0] - 1, inside[1] - 1, inside[-1]} - {0}):
                self.assertEqual(self.judged(file, self.home.key, codes=[self.code(seq)])["result"], "authentic", seq)
                self.assertEqual(self.faults(self.judged(file, self.home.key, codes=[self.misheard(self.code(seq), 3)])), [f"bad-hash@{seq}"])
            self.assertIsNone(self.judged(file, self.home.key, codes=[f"{1 << 40}:{self.code(2).split(':')[1]}"]))
            self.assertIsNone(self.judged(file, self.home.key, codes=["nonsense"]))
            changed = self.folder / "misheard.json"
            changed.write_bytes(file.read_bytes().replace(b"Checkout", b"checkout", 1))
            self.assertEqual(self.judged(changed, self.home.key, codes=[f"{1 << 40}:{self.code(2).split(':')[1]}"])["result"], "damaged")

    # --- damaged records ---------------------------------------------------------------------------------------------

    def rows(self):
        database = sqlite3.connect((self.home.path / "journal.db").as_uri() + "?mode=ro&immutable=1", uri=True)
        return dict(database.execute("SELECT seq, blob FROM record"))

    def store(self, rows):
        def change(database):
            database.execute("DELETE FROM record")
            database.executemany("INSERT INTO record VALUES (?, ?)", rows.items())
        return self.changed(change)

    def test_changed_records(self):
        rows = self.rows()
        last = max(rows)
        draw = random.Random(7)
        for seq in sorted({1, 2, 3, last - 1, last, *draw.sample(range(4, last - 1), 12 if not LONG else last - 5)}):
            size = struct.unpack_from("<I", rows[seq], 8)[0]
            places = [0, 3, 4, 6, 8, 12, 28, 29, 36, 68, 84, 116, 132, 148, 150, 152, 156, 188, size - 1, size, len(rows[seq]) - 1]
            for place in places if seq in (1, last) or LONG else draw.sample(places, 5):
                blob = bytearray(rows[seq])
                blob[place] ^= 1 << draw.randrange(8)
                report = self.judged(self.store({**rows, seq: bytes(blob)}), self.home.key)
                self.assertIn(f"bad-hash@{seq}", self.faults(report), (seq, place))
                self.assertEqual({e["seq"] for e in report["errors"]}, {seq}, (seq, place))

    def test_moved_records(self):
        rows = self.rows()
        last = max(rows)
        order = [rows[s] for s in sorted(rows)]
        number = lambda blobs: dict(enumerate(blobs, 1))
        for seq in (1, 2, 17, last - 1, last):
            without = {s: b for s, b in rows.items() if s != seq}
            self.assertEqual(self.faults(self.judged(self.store(without), self.home.key)), [f"{'truncated' if seq == last else 'missing'}@{seq}"])
            self.judged(self.store(number(order[:seq - 1] + order[seq:])), self.home.key)
            self.assertIn(f"duplicate@{seq}", self.faults(self.judged(self.store(number(order[:20] + [rows[seq]] + order[20:])), self.home.key)))
            other = 1 + seq % last
            swapped = {**rows, seq: rows[other], other: rows[seq]}
            self.assertEqual(self.faults(self.judged(self.store(swapped), self.home.key)), [f"reordered@{s}" for s in sorted((seq, other))])
            for blob in (b"", rows[seq][:100], rows[seq][:-1], rows[seq] + b"x", bytes(300)):
                self.assertEqual(self.faults(self.judged(self.store({**rows, seq: blob}), self.home.key)), [f"bad-hash@{seq}"])
        foreign = sqlite3.connect(self.other.path / "journal.db").execute("SELECT blob FROM record WHERE seq = 5").fetchone()[0]
        self.assertEqual(self.faults(self.judged(self.store({**rows, 5: foreign}), self.home.key)), ["bad-hash@5"])
        for cut in (0, 1, 2, 20, last - 1):
            kept = {s: b for s, b in rows.items() if s <= cut}
            self.assertEqual(self.faults(self.judged(self.store(kept), self.home.key)), [f"truncated@{cut + 1}"])
        far = {**rows, 2**63 - 1: rows[3]}
        self.judged(self.store(far), self.home.key)

    def test_unknown_versions(self):
        rows = self.rows()
        last = max(rows)
        for at, value in ((3, 2), (4, 2), (struct.unpack_from("<I", rows[last], 8)[0] - 1, 1)):
            blob = bytearray(rows[last])
            blob[at] = value

            def change(database, blob=bytes(blob)):
                database.execute("UPDATE record SET blob = ? WHERE seq = ?", (blob, last))
                database.execute("DELETE FROM checkpoint WHERE size = ?", (last,))
            copy = self.changed(change)
            (copy / "head.note").unlink()
            self.assertEqual(self.judged(copy)["result"], "unknown-version")
            blob = bytearray(rows[9])
            blob[min(at, 4)] = 2
            self.assertEqual(self.faults(self.judged(self.store({**rows, 9: bytes(blob)}))), ["bad-hash@9"])
        for file in ("journal.db", "keys.db"):
            self.assertEqual(self.judged(self.changed(lambda d: d.execute("PRAGMA user_version=9"), file))["result"], "unknown-version")
            self.judged(self.changed(lambda d: d.execute("PRAGMA application_id=7"), file))
            self.judged(self.changed(lambda d: d.execute("PRAGMA user_version=0"), file))

    # --- checkpoints, keys, the log's own row ------------------------------------------------------------------------

    def test_checkpoints(self):
        database = sqlite3.connect((self.home.path / "journal.db").as_uri() + "?mode=ro&immutable=1", uri=True)
        notes = database.execute("SELECT size, note, frontier FROM checkpoint ORDER BY size").fetchall()
        self.assertGreater(len(notes), 3)
        draw = random.Random(8)
        for size, text, frontier in notes:
            for at in draw.sample(range(len(text)), 6):
                changed = text[:at] + chr(ord(text[at]) ^ 1) + text[at + 1:]
                copy = self.changed(lambda d: d.execute("UPDATE checkpoint SET note = ? WHERE size = ?", (changed, size)))
                self.assertEqual(self.faults(self.judged(copy, self.home.key)), [f"bad-signature@{size}"])
            for edge in (b"", frontier[:-1], frontier + b"x", bytes([frontier[0] ^ 1]) + frontier[1:], frontier[:-1] + bytes([frontier[-1] ^ 1])):
                copy = self.changed(lambda d: d.execute("UPDATE checkpoint SET frontier = ? WHERE size = ?", (edge, size)))
                self.assertEqual(self.faults(self.judged(copy, self.home.key)), [f"bad-hash@{size}"])
            copy = self.changed(lambda d: d.execute("UPDATE checkpoint SET size = size + 1 WHERE size = ?", (size,)))
            self.assertEqual(self.faults(self.judged(copy, self.home.key)), [f"bad-signature@{size + 1}"])
        for keep in range(len(notes)):
            copy = self.changed(lambda d: d.execute("DELETE FROM checkpoint WHERE size > ?", (notes[keep][0],)))
            (copy / "head.note").unlink()
            report = self.judged(copy, self.home.key)
            self.assertEqual(report["unanchored"], report["head"] - notes[keep][0])
        # Cut to before the held checkpoint, its own checkpoints cut as well: nothing in the file shows it, but the note beside it.
        held = note.parse_checkpoint(self.home.held.read_bytes())

        def cut(database):
            database.execute("DELETE FROM checkpoint WHERE size > ?", (held.size - 4,))
            database.execute("DELETE FROM record WHERE seq > ?", (held.size - 4,))
        copy = self.changed(cut)
        self.assertEqual(self.faults(self.judged(copy, self.home.key)), [f"truncated@{held.size - 3}"])
        (copy / "head.note").unlink()
        self.assertEqual(self.judged(copy, self.home.key)["result"], "authentic")
        self.assertEqual(self.faults(self.judged(copy, self.home.key, [self.home.held])), [f"truncated@{held.size - 3}"])
        self.assertEqual(self.faults(self.judged(self.home.path, self.home.key, [self.other.held])),
                         [f"bad-signature@{note.parse_checkpoint(self.other.held.read_bytes()).size}"])
        nonsense = self.folder / "nonsense"
        nonsense.write_bytes(b"\xff\x00 nonsense\n\n")
        self.assertEqual(self.faults(self.judged(self.home.path, self.home.key, [nonsense])), ["bad-signature@0"])

    def test_note_beside(self):
        whole = (self.home.path / "head.note").read_bytes()
        size = note.parse_checkpoint(whole).size
        self.assertEqual(self.judged(self.home.path, self.home.key)["noted"], size)
        copy = self.copy()
        beside = copy / "head.note"
        for place in range(0, len(whole), 1 if LONG else 5):
            beside.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1:])
            self.assertEqual({e["kind"] for e in self.judged(copy, self.home.key, (), place)["errors"]}, {"bad-signature"}, place)
        for text in (b"", b"nonsense", whole + bytes(65536), b"\xff" * 70000, (self.other.path / "head.note").read_bytes(), whole[:-1], whole + b"x"):
            beside.write_bytes(text)
            self.assertEqual({e["kind"] for e in self.judged(copy, self.home.key)["errors"]}, {"bad-signature"}, text[:40])
        beside.unlink()
        beside.mkdir()
        self.assertEqual(self.faults(self.judged(copy, self.home.key)), ["bad-signature@0"])
        beside.rmdir()
        beside.symlink_to(self.home.path / "head.note")
        self.assertEqual(self.faults(self.judged(copy, self.home.key)), ["bad-signature@0"])
        beside.unlink()
        self.assertNotIn("noted", self.judged(copy, self.home.key))
        beside.write_bytes(self.home.held.read_bytes())  # older than the journal
        report = self.judged(copy, self.home.key)
        self.assertEqual((report["result"], report["noted"]), ("authentic", note.parse_checkpoint(self.home.held.read_bytes()).size))
        # The journal of a while ago, whole in itself, beside the note of now.
        beside.write_bytes(whole)
        before = self.judged(self.home.early, self.home.key)
        self.assertEqual(before["result"], "authentic")
        self.assertLess(before["head"], size)
        for suffix in ("", "-wal", "-shm"):
            target = copy / f"journal.db{suffix}"
            target.unlink(missing_ok=True)
            if (self.home.early / target.name).exists():
                shutil.copy(self.home.early / target.name, target)
        self.assertEqual(self.faults(self.judged(copy, self.home.key)), [f"truncated@{before['head'] + 1}"])

    def test_another_key(self):
        report = self.judged(self.home.path, self.other.key)
        self.assertEqual({e["kind"] for e in report["errors"]}, {"bad-signature"})
        self.assertEqual({e["kind"] for e in self.judged(self.home.export, self.other.key)["errors"]}, {"bad-signature"})

    def test_log_row_and_keys(self):
        for sql in ("UPDATE log SET origin = 'elsewhere'", "UPDATE log SET id = zeroblob(16)", "UPDATE log SET id = x'00'", "DELETE FROM log",
                    "UPDATE log SET public_key = zeroblob(32)", "UPDATE log SET public_key = x''", "DROP TABLE checkpoint", "DROP TABLE record"):
            self.assertEqual(self.judged(self.changed(lambda d: d.execute(sql)))["result"], "damaged", sql)
        copy = self.changed(lambda d: d.execute("DELETE FROM stream_key WHERE rowid = (SELECT min(rowid) FROM stream_key)"), "keys.db")
        report = self.judged(copy, self.home.key)
        self.assertTrue(report["holes"])
        self.assertEqual({e["kind"] for e in report["errors"]}, {"key-missing"})
        copy = self.copy()
        (copy / "keys.db").unlink()
        self.assertEqual(self.judged(copy, self.home.key)["result"], "authentic")
        for content in (b"", b"nonsense" * 100, (self.home.path / "keys.db").read_bytes()[:5000]):
            copy = self.copy()
            (copy / "keys.db").write_bytes(content)
            self.assertEqual({e["kind"] for e in self.judged(copy, self.home.key)["errors"]}, {"key-missing"})

    # --- erasures -----------------------------------------------------------------------------------------------------

    def test_erased(self):
        home = Home.__new__(Home)
        home.path = self.copy_to("erased")
        forged = Forged(self.folder)
        core = subprocess.Popen([PROGRAM, "--home", home.path, "serve"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            self.assertTrue(core.stdout.readline().startswith("ready "))
            lines = [e for e in json.loads(home.run("get", "timeline", "--json"))["items"] if e["kind"] == "log" and e["incident"] == "INC-1"]
            home.run("strike", "--incident", "INC-1", "--entry", str(lines[3]["seq"]), "--reason", "personal")
            home.run("resolve", "--incident", "INC-2")
            home.run("erase", "--incident", "INC-2", "--reason", "asked for", "--yes", "incident/INC-2")
            home.run("log", "--incident", "INC-1", "and on")
        finally:
            core.terminate()
            core.wait(20)
        report = self.judged(home.path, self.home.key)
        self.assertEqual((report["result"], report["errors"]), ("authentic", []))
        self.assertEqual({h["authorised"] for h in report["holes"]}, {True})
        self.assertGreater(len(report["holes"]), 30)
        self.assertEqual(self.judged(home.path / "journal.db", self.home.key)["holes"], report["holes"])  # without any key file
        # What is missing besides is no authorised hole; and a changed erasure authorises nothing.
        copy = self.changed(lambda d: d.execute("DELETE FROM stream_key WHERE rowid = (SELECT min(rowid) FROM stream_key)"), "keys.db", home.path)
        self.assertEqual({e["kind"] for e in self.judged(copy, self.home.key)["errors"]}, {"key-missing"})
        copy = self.changed(lambda d: d.execute("UPDATE text_page SET struck = -1"), "keys.db", home.path)
        self.assertEqual({e["kind"] for e in self.judged(copy, self.home.key)["errors"]}, {"key-missing"})
        database = sqlite3.connect((home.path / "journal.db").as_uri() + "?mode=ro&immutable=1", uri=True)
        erasing = [(seq, blob) for seq, blob in database.execute("SELECT seq, blob FROM record") if b"quarterdeck/1pub" in blob]
        database.close()
        self.assertEqual(len(erasing), 2)
        for seq, blob in erasing:
            for place in (50, 120, blob.index(b"quarterdeck/1pub"), blob.index(b"quarterdeck/1pub") + 33, len(blob) - 20):
                other = bytearray(blob)
                other[place] ^= 1
                copy = self.changed(lambda d: d.execute("UPDATE record SET blob = ? WHERE seq = ?", (bytes(other), seq)), of=home.path)
                self.assertEqual(self.judged(copy, self.home.key, (), (seq, place))["result"], "damaged")

        self.complete_exports(home, forged)

    # What an export leaves out, by somebody who can sign it: the owner of the log, or here anybody under a key of his own.
    def complete_exports(self, home, forged):
        file = self.folder / "complete.json"
        home.run("export", "--incident", "INC-1", "--out", str(file))
        report = self.judged(file, self.home.key)
        self.assertEqual((report["result"], report["errors"]), ("authentic", []))
        whole = json.loads(file.read_bytes())
        self.assertEqual(report["complete"]["to"], note.parse_checkpoint(whole["checkpoint"].encode()).size)
        self.assertEqual({h["authorised"] for h in report["holes"]}, {True})  # what was struck, and by which record
        self.assertEqual(len(report["holes"]), 1)
        lie = self.folder / "lie.json"

        def told(change):
            changed = json.loads(file.read_bytes())
            change(changed)
            forged.write(changed, lie)
            return self.judged(lie)
        self.assertEqual(told(lambda e: None)["result"], "consistent")
        records = whole["records"]
        middle = records[len(records) // 2]
        many = next(r for r in records if len(r["parts"]) > 1)

        def hide(e):  # a record of the incident passed off as one that is not
            index = next(i for i, r in enumerate(e["records"]) if r["seq"] == middle["seq"])
            before = middle["seq"] - e["complete"]["from"] - index
            e["between"].insert(before, e["records"].pop(index)["header"])
            e["manifest"]["records"] -= 1
            e["timeline"] = [t for t in e["timeline"] if t["seq"] != middle["seq"]]
        self.assertEqual(set(self.faults(told(hide))), {f"missing@{middle['seq']}"})

        def drop(e):
            e["records"] = [r for r in e["records"] if r["seq"] != middle["seq"]]
            e["manifest"]["records"] -= 1
            e["timeline"] = [t for t in e["timeline"] if t["seq"] != middle["seq"]]
        self.assertEqual(self.faults(told(drop)), ["missing@0"])
        self.assertEqual(self.faults(told(lambda e: e["between"].pop())), ["missing@0"])

        def part(e):
            next(r for r in e["records"] if r["seq"] == many["seq"])["parts"].pop()
        self.assertEqual(self.faults(told(part)), [f"missing@{many['seq']}"])
        struck = report["holes"][0]["seq"]
        self.assertEqual(self.faults(told(lambda e: e["erasures"].clear())), [f"missing@{struck}"])
        for change in (lambda e: e["erasures"][0].update(sealed=("B" if e["erasures"][0]["sealed"][0] == "A" else "A") + e["erasures"][0]["sealed"][1:]),
                       lambda e: e["erasures"][0].update(part=0), lambda e: e["erasures"][0].update(part=99), lambda e: e["erasures"][0].update(seq=1),
                       lambda e: e["complete"].update(to=e["complete"]["to"] - 1), lambda e: e["complete"].update(to=2**62),
                       lambda e: e["complete"]["proof"].pop(), lambda e: e["complete"].update({"from": 0}),
                       lambda e: e["between"].reverse(), lambda e: e["between"].append(e["between"][0]),
                       lambda e: e["between"].__setitem__(0, ""), lambda e: e["between"].__setitem__(0, e["records"][0]["header"])):
            self.assertEqual(told(change)["result"], "damaged")

        # One of the first version is judged as it was: without a word on what is left out.
        def first(e):
            e["version"] = 1
            for name in ("complete", "between", "erasures"):
                del e[name]
        report = told(first)
        self.assertEqual((report["result"], report["holes"]), ("consistent", []))
        self.assertNotIn("complete", report)
        report = told(lambda e: (e.update(complete=None), e.update(between=[]), e.update(erasures=[])))
        self.assertEqual(report["result"], "consistent")
        self.assertNotIn("complete", report)

    def copy_to(self, name):
        target = self.folder / name
        shutil.copytree(self.home.path, target, ignore=shutil.ignore_patterns("run", "control", "*.sock"))
        return target

    # --- damaged files -----------------------------------------------------------------------------------------------

    def test_damaged_pages(self):
        whole = (self.home.path / "journal.db").read_bytes()
        pages = len(whole) // 8192
        seed = int(os.environ.get("QD_SEED", time.time_ns() % 1_000_000))
        print(f"QD_SEED={seed}")
        draw = random.Random(seed)
        cases = [(0, n) for n in (0, 16, 17, 18, 20, 24, 28, 32, 36, 44, 52, 56, 60, 64, 68, 92, 96, 100, 101, 103, 105, 107, 108)]  # SQLite's header
        for page in range(pages):
            cases += [(page * 8192 + (100 if page == 0 else 0), n) for n in (0, 1, 3, 5, 7, 8, 9, 10, 11, 12)]  # each page's own
            cases.append((page * 8192, draw.randrange(8192)))
        for _ in range(2000 if LONG else 60):
            cases.append((0, draw.randrange(len(whole))))
        if not LONG:
            cases = draw.sample(cases, min(len(cases), 220))
        copy = self.copy()
        for base, offset in cases:
            damaged = bytearray(whole)
            width = draw.choice((1, 1, 4, 64, 4096))
            damaged[base + offset:base + offset + width] = draw.randbytes(len(damaged[base + offset:base + offset + width]))
            if bytes(damaged) == whole:
                continue
            (copy / "journal.db").write_bytes(damaged)
            self.judged(copy, self.home.key, (), (base, offset, width))

    def test_cut_files(self):
        whole = (self.home.path / "journal.db").read_bytes()
        copy = self.copy()
        for size in (0, 1, 15, 16, 72, 99, 100, 512, 4096, 8191, 8192, 8193, len(whole) // 2, len(whole) - 8192, len(whole) - 1):
            (copy / "journal.db").write_bytes(whole[:size])
            judged = self.judged(copy, self.home.key)["result"]
            if any(whole[size:]):  # zeros at the end of the last page are read as zeros when they are not there
                self.assertEqual(judged, "damaged", size)
        (copy / "journal.db").write_bytes(whole + bytes(8192))
        self.judged(copy, self.home.key)

    def test_damaged_write_ahead_log(self):
        copy = self.copy(self.home.running)
        log = copy / "journal.db-wal"
        self.assertTrue(log.exists())
        whole, main = log.read_bytes(), (copy / "journal.db").read_bytes()
        draw = random.Random(11)
        places = [0, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 48, 56] + [draw.randrange(len(whole)) for _ in range(60 if LONG else 20)]
        for place in places:
            damaged = bytearray(whole)
            damaged[place] ^= 1 << draw.randrange(8)
            log.write_bytes(damaged)
            (copy / "journal.db").write_bytes(main)
            (copy / "journal.db-shm").unlink(missing_ok=True)
            report = self.judged(copy, self.home.key, [self.home.held], place)
            # SQLite reads such a log up to the damage: what was committed after it is gone, and the held checkpoint says so.
            if report and report["result"] == "authentic":
                self.assertGreaterEqual(report["head"], note.parse_checkpoint(self.home.held.read_bytes()).size)

    def test_damaged_keys(self):
        whole = (self.home.path / "keys.db").read_bytes()
        copy = self.copy()
        draw = random.Random(12)
        for place in list(range(0, 110, 7)) + [draw.randrange(len(whole)) for _ in range(200 if LONG else 40)]:
            damaged = bytearray(whole)
            damaged[place] ^= 1 << draw.randrange(8)
            (copy / "keys.db").write_bytes(damaged)
            report = self.judged(copy, self.home.key, (), place)
            if report:
                self.assertIn(report["result"], ("authentic", "damaged", "unknown-version"))

    # --- exports -------------------------------------------------------------------------------------------------------

    def test_changed_exports(self):
        file = self.folder / "changed.json"
        draw = random.Random(13)
        for source in (self.home.export, self.home.live):
            whole = source.read_bytes()
            self.assertNotIn(CANARY.encode(), whole)
            for place in sorted(draw.sample(range(len(export.BEGIN), len(whole)), 400 if LONG else 60)):
                changed = bytearray(whole)
                changed[place] ^= 1
                file.write_bytes(changed)
                report = self.judged(file, self.home.key, (), (place, bytes(changed[place - 40:place + 20])))
                self.assertEqual(report["result"], "damaged", place)
            for size in (40, len(whole) // 2, len(whole) - 2, len(whole) - 1):
                file.write_bytes(whole[:size])
                self.assertEqual(self.judged(file, self.home.key)["result"], "damaged")


if __name__ == "__main__":
    unittest.main(verbosity=1)
