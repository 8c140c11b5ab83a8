# SPDX-License-Identifier: GPL-3.0-or-later
"""Erasing and striking by command line: what was said is in no file of the home, before and after, and the record says what is gone."""
import datetime
import json
import os
import pathlib

from quarterdeck_lab import Core, Story, main, request

CANARIES = {"annotation": "canary-annotation-5b1f", "line": "canary-line-c0ffee-my-phone-is-555", "title": "canary-title-9d2e", "kept": "canary-kept-77aa"}


class WhatIsErasedIsGone(Story):
    @classmethod
    def build(cls):
        lab = cls.lab
        cls.core = core = Core(lab)
        core.init()
        core.serve()
        cls.door = core.connect("inbound", "door")
        now = datetime.datetime.now(datetime.timezone.utc)
        alerts = [{"labels": {"alertname": "Canary", "n": str(n)}, "annotations": {"summary": CANARIES["annotation"]}, "startsAt": now.isoformat()} for n in range(3)]
        answer = request("POST", core.ready["listen"] + "/in/" + cls.door["key"] + "/api/v2/alerts", alerts)
        assert answer.status == 200, answer
        core.ctl("declare", "--title", "Outage of " + CANARIES["title"], "--no-room")
        core.ctl("declare", "--title", "Another", "--no-room")
        core.ctl("log", "--incident", "INC-1", CANARIES["line"])
        core.ctl("log", "--incident", "INC-2", CANARIES["line"] + " once more")
        core.ctl("log", "--incident", "INC-2", CANARIES["kept"])

    def files_with(self, text):
        found = []
        for folder, _, names in os.walk(self.core.home):
            for name in names:
                path = pathlib.Path(folder) / name
                if path.is_file() and text.encode() in path.read_bytes():
                    found.append(str(path))
        return found

    def assert_clean(self):
        for text in CANARIES.values():
            self.assertEqual(self.files_with(text), [])

    def verified(self):
        return self.core.json("verify", "--json")

    def line(self, incident, number):
        return [e for e in self.core.get("timeline") if e["incident"] == incident and e["kind"] == "log"][number]

    def test_01_no_file_of_the_home_holds_plaintext(self):
        self.assert_clean()
        self.assertIn(CANARIES["line"], self.core.get_text("timeline"))

    def test_02_what_cannot_be_undone_must_be_confirmed(self):
        got = self.core.run("erase", "--incident", "INC-1", "--reason", "asked for")
        self.assertEqual(got.returncode, 2)
        self.assertIn("--yes incident/INC-1", got.stderr)
        got = self.core.run("erase", "--incident", "INC-1", "--reason", "asked for", "--yes", "incident/INC-2")
        self.assertEqual(got.returncode, 2)
        self.assertIn("resolve it before", self.core.refused("erase", "--incident", "INC-1", "--reason", "asked for", "--yes", "incident/INC-1"))
        today = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d")
        self.assertIn("tomorrow", self.core.refused("erase", "--day", today, "--reason", "asked for", "--yes", "alerts/" + today))

    def test_03_a_hold_wins(self):
        hold = self.core.json("hold", "add", "--incident", "INC-1", "--matter", "Case 7", "--custodian", "counsel", "--reason", "litigation")
        self.assertEqual(hold, {"id": "hold/1"})
        self.core.ctl("resolve", "--incident", "INC-1")
        self.assertIn("Case 7", self.core.refused("erase", "--incident", "INC-1", "--reason", "asked for", "--yes", "incident/INC-1"))
        self.assertIn("Case 7", self.core.refused("strike", "--incident", "INC-1", "--entry", str(self.line("INC-1", 0)["seq"]), "--reason", "personal"))
        self.assertIn("Case 7", self.core.ctl("hold", "list").stdout)
        self.assertTrue([e for e in self.core.get("timeline") if e["kind"] == "refused"])
        self.core.ctl("hold", "remove", "1", "--reason", "settled")

    def test_04_one_line_is_struck_and_the_rest_stays(self):
        struck = self.line("INC-2", 0)
        self.core.ctl("strike", "--incident", "INC-2", "--entry", str(struck["seq"]), "--reason", "personal")
        self.assertEqual(self.line("INC-2", 0)["text"], "[struck]")
        self.assertEqual(self.line("INC-2", 1)["text"], CANARIES["kept"])
        self.assertEqual(self.line("INC-1", 0)["text"], CANARIES["line"])
        self.assert_clean()

    def test_05_an_incident_is_erased(self):
        type(self).before = self.core.status()["seq"]
        self.core.ctl("erase", "--incident", "INC-1", "--reason", "asked for", "--yes", "incident/INC-1")
        for what in ("timeline", "incidents"):
            text = self.core.get_text(what)
            self.assertNotIn(CANARIES["line"], text)
            self.assertNotIn(CANARIES["title"], text)
        self.assertEqual([i["id"] for i in self.core.get("incidents")], ["INC-2"])
        self.assertEqual([e["stream"] for e in self.core.get("erasures")], ["incident/INC-1"])
        self.assert_clean()

    def test_06_an_instant_before_names_the_hole(self):
        past = json.loads(self.core.get_text("incidents", at=f"seq:{self.before}"))
        self.assertEqual([(h["stream"], h["reason"]) for h in past["holes"]], [("incident/INC-1", "asked for")])
        self.assertNotIn("holes", json.loads(self.core.get_text("incidents", at=f"seq:{self.core.status()['seq']}")))

    def test_07_a_restart_and_a_kill_show_the_same(self):
        before = {what: self.core.get(what) for what in ("incidents", "timeline", "alerts", "erasures")}
        self.core.kill()
        self.core.serve()
        self.assertEqual(before, {what: self.core.get(what) for what in before})
        self.assertEqual(self.core.json("declare", "--title", "Next", "--no-room"), {"id": "INC-3"})
        self.assert_clean()

    def test_08_verify_tells_authorised_holes(self):
        self.core.stop()
        report = self.verified()
        self.assertEqual((report["result"], report["errors"]), ("consistent", []))
        self.assertTrue(len(report["holes"]) >= 4)
        self.assertEqual({h["authorised"] for h in report["holes"]}, {True})
        self.assert_clean()

    def test_09_the_recovery_key_opens_when_the_key_file_is_lost(self):
        code = self.lab.write("recovery", self.core.printed["recovery key"] + "\n")
        self.assertIn("opens the home", self.core.ctl("--recovery-file", code, "keys", "drill").stdout)
        self.assertIn("last tried: 20", self.core.ctl("keys", "list").stdout)
        os.rename(self.core.home / "root.key", self.core.home.parent / "lost.key")
        self.core.refused("keys", "rotate")
        self.core.ctl("--recovery-file", code, "keys", "remove", "1")
        self.core.ctl("--recovery-file", code, "keys", "add", "keyfile")
        self.core.ctl("keys", "rotate")
        self.assertIn("another way", self.core.refused("keys", "remove", str(max(slot["slot"] for slot in self.core.json("keys", "list", "--json")["slots"]))))
        self.core.serve()
        self.assertEqual(self.line("INC-2", 1)["text"], CANARIES["kept"])


if __name__ == "__main__":
    main()
