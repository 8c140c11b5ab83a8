# SPDX-License-Identifier: GPL-3.0-or-later
"""Both verifiers say the same of what is missing: erased and struck as the log itself says, or taken out of it or of an export."""
import json
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import note  # noqa: E402
from agreement import PROGRAM, Agreement, Forged, Home  # noqa: E402


class AgreesOnWhatIsMissing(Agreement):
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


if __name__ == "__main__":
    unittest.main(verbosity=1)
