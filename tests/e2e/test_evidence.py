# SPDX-License-Identifier: GPL-3.0-or-later
"""Files kept with an incident: sealed, saved again byte for byte, exported with proof, struck, erased."""
import json
import os
import stat

from quarterdeck_lab import Core, Story, main

CANARY = b"canary-4b1f-evidence"


class FilesKeptWithAnIncident(Story):
    @classmethod
    def build(cls):
        cls.core = core = Core(cls.lab)
        core.init()
        core.serve()
        core.ctl("declare", "--title", "Shop is down", "--severity", "SEV2", "--no-room")
        cls.file = core.home.parent / "heap.bin"
        cls.file.write_bytes(bytes(range(256)) * 4000 + CANARY)

    def holds_canary(self):
        """Files of the home that hold the canary as it is, or as the base64 of it at any of the three places in a group."""
        import base64
        needles = [CANARY] + [base64.b64encode(b"x" * n + CANARY)[4:-4] for n in (0, 1, 2)]
        return [str(path) for path in self.core.home.rglob("*") if path.is_file() and any(needle in path.read_bytes() for needle in needles)]

    def test_01_what_is_kept_is_saved_again_byte_for_byte(self):
        self.assertEqual(self.core.json("evidence", "keep", str(self.file), "--text", "heap after the crash"), {"id": "evidence/1"})
        kept = self.core.incident()["evidence"]
        self.assertEqual([(e["name"], e["mediaType"], e["bytes"], e["text"]) for e in kept], [("heap.bin", "application/octet-stream", self.file.stat().st_size, "heap after the crash")])
        out = self.core.home.parent / "saved.bin"
        self.assertEqual(self.core.ctl("evidence", "save", "1", "--out", str(out)).stdout.strip(), str(out))
        self.assertEqual(out.read_bytes(), self.file.read_bytes())
        self.assertEqual(stat.S_IMODE(out.stat().st_mode), 0o600)
        self.assertIn("is there already", self.core.refused("evidence", "save", "1", "--out", str(out)))
        self.assertIn("INC-1 evidence 1: heap.bin, application/octet-stream, 1000 KB", self.core.ctl("evidence", "list").stdout)
        self.assertTrue(self.core.timeline(kind="evidence", text="evidence 1: heap.bin (1000 KB): heap after the crash"))
        self.assertEqual(self.holds_canary(), [])

    def test_02_what_is_too_large_or_not_there_is_refused_with_a_sentence(self):
        large = self.core.home.parent / "large.bin"
        large.write_bytes(os.urandom(4 * 1024 * 1024))
        self.core.ctl("evidence", "keep", str(large))
        large.write_bytes(os.urandom(4 * 1024 * 1024 + 1))
        self.assertIn("is larger than 4 MB", self.core.refused("evidence", "keep", str(large)))
        large.write_bytes(os.urandom(5 * 1024 * 1024))
        self.assertIn("too large", self.core.refused("evidence", "keep", str(large)))
        self.assertIn("cannot be read", self.core.refused("evidence", "keep", "/nowhere/at/all"))
        self.assertIn("has no evidence 9", self.core.refused("evidence", "save", "9"))
        self.assertEqual(len(self.core.incident()["evidence"]), 2)

    def test_03_the_export_holds_it_and_a_stranger_can_prove_it(self):
        out = self.core.home.parent / "INC-1.export"
        self.core.ctl("export", "--incident", "INC-1", "--out", str(out))
        self.assertEqual(json.loads(self.core.run("verify", str(out), "--json").stdout)["result"], "consistent")
        self.assertIn("heap.bin", out.read_text())

    def test_04_after_a_restart_it_is_there_and_the_past_has_it_too(self):
        self.core.kill()
        self.core.serve()
        out = self.core.home.parent / "again.bin"
        self.core.ctl("evidence", "save", "1", "--out", str(out))
        self.assertEqual(out.read_bytes(), self.file.read_bytes())

    def test_04b_a_rule_for_evidence_says_when_it_may_go_and_a_hold_keeps_it(self):
        def kept():
            return [(m["class"], m["entry"], m["expires"], m["heldBy"], m["due"]) for m in self.core.json("retention", "--json")["messages"]]
        self.assertEqual(kept(), [])
        with self.core.changed_workspace() as workspace:
            (workspace / "retention.toml").write_text('[[retention]]\nof = "evidence"\nkeep = "30d"\n')
        records = [str(e["seq"]) for e in self.core.incident()["evidence"]]
        self.assertEqual(sorted(kept()), sorted(("evidence", r, None, "", False) for r in records))  # the incident is not over
        self.assertIn(f"INC-1 record {records[0]}", self.core.ctl("retention").stdout)
        self.core.ctl("hold", "add", "--incident", "INC-1", "--matter", "Case 7", "--custodian", "counsel", "--reason", "litigation")
        self.assertEqual({k[3] for k in kept()}, {"hold/1"})
        self.core.ctl("hold", "remove", "1", "--reason", "settled")
        self.assertEqual({k[3] for k in kept()}, {""})
        self.assertIn("no message and no file is kept beyond its time", self.core.ctl("strike", "--expired", "--reason", "their time is over").stderr)

    def test_05_what_is_struck_is_gone_and_the_log_says_so(self):
        seq = self.core.incident()["evidence"][0]["seq"]
        self.core.ctl("strike", "--incident", "INC-1", "--entry", str(seq), "--reason", "a password in the heap")
        self.assertIn("was struck or erased", self.core.refused("evidence", "save", "1"))
        self.assertEqual(self.core.incident()["evidence"][0]["name"], "[struck]")
        self.core.ctl("evidence", "save", "2", "--out", str(self.core.home.parent / "second.bin"))
        self.core.stop()
        self.assertEqual(self.holds_canary(), [])
        self.assertIn(json.loads(self.core.run("verify", "--json").stdout)["result"], ("authentic", "consistent"))


if __name__ == "__main__":
    main()
