# SPDX-License-Identifier: GPL-3.0-or-later
"""Both verifiers say the same of files that were damaged or cut at random.

It prints its seed; QD_SEED repeats one, QD_LONG takes many more."""
import os
import pathlib
import random
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import export  # noqa: E402
import note  # noqa: E402
from agreement import CANARY, LONG, Agreement  # noqa: E402


class AgreesOnDamage(Agreement):
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
