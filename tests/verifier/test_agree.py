# SPDX-License-Identifier: GPL-3.0-or-later
"""`quarterdeckctl verify` and the second verifier say the same of every log and export: sound, and with every fault we know."""
import base64
import json
import pathlib
import random
import shutil
import sqlite3
import struct
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import note  # noqa: E402
import qdverify  # noqa: E402
import words  # noqa: E402
from agreement import LONG, Agreement, Home  # noqa: E402

SOURCE = pathlib.Path(__file__).parents[2]


class AgreesOnFaults(Agreement):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = Home(cls.folder / "other", 12)

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


if __name__ == "__main__":
    unittest.main(verbosity=1)
