# SPDX-License-Identifier: GPL-3.0-or-later
"""Erasing and striking by command line: what was said is in no file of the home, before and after, and the record says what is gone."""
import datetime
import json
import os
import pathlib
import random
import signal
import threading
import time

from quarterdeck_lab import Core, Story, main, request

KILLS = int(os.environ.get("QD_FAULT_KILLS", "6"))
SEED = int(os.environ.get("QD_FAULT_SEED", "0")) or int(time.time())

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

    def test_06b_the_list_of_what_was_erased_is_searched_by_time_role_kind_and_hash(self):
        rows = self.core.get("erased")
        self.assertEqual({r["incident"] for r in rows}, {"INC-1"})
        self.assertIn(("LogWritten", "responder"), {(r["kind"], r["role"]) for r in rows})
        line = next(r for r in rows if r["kind"] == "LogWritten")
        self.assertRegex(line["hash"], "^[0-9a-f]{64}$")
        text = json.dumps([{k: v for k, v in r.items() if k not in ("hash", "at")} for r in rows])  # digits of those are of any kind
        for gone in (*CANARIES.values(), "555"):
            self.assertNotIn(gone, text)

        def found(query):
            return [(h["seq"], h["kind"]) for h in self.core.json("search", query, "--json")["items"]]
        self.assertEqual(found("erased:LogWritten"), [(line["seq"], "erased")])
        self.assertEqual(found("hash:" + line["hash"][:12]), [(r["seq"], "erased") for r in reversed(rows) if r["hash"] == line["hash"]])
        self.assertEqual(len(found("erased:any incident:INC-1")), len(rows))
        self.assertIn((line["seq"], "erased"), found("role:responder since:1h"))
        self.assertEqual(found("erased:any until:2020-01-01"), [])
        self.assertIn("no words", self.core.run("search", "erased:any canary").stderr)
        self.assert_clean()

    def test_07_a_restart_and_a_kill_show_the_same(self):
        before = {what: self.core.get(what) for what in ("incidents", "timeline", "alerts", "erasures", "erased")}
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


class KilledWhileItErases(Story):
    """kill -9 of the core at random moments of an erasure and a strike: done or not, never in between; and no file of the home, no log, nothing left in
    a temporary folder holds what was said. (Keys and wrapped rows: tests/faults/tst_killchanging, which knows them.)"""

    @classmethod
    def build(cls):
        print(f"    seed {SEED} (QD_FAULT_SEED repeats it), {KILLS} kills", flush=True)
        cls.temporary = cls.lab.folder("tmp", 0o700)
        cls.lab.env |= {"TMPDIR": str(cls.temporary), "SQLITE_TMPDIR": str(cls.temporary)}
        cls.core = core = Core(cls.lab)
        core.init()
        core.serve()

    def assert_nowhere(self, text):
        """In no file below the story's folder: home, logs, what stands beside them, temporary files."""
        for folder, _, names in os.walk(self.lab.dir):
            for name in names:
                path = pathlib.Path(folder) / name
                if path.is_file():
                    self.assertNotIn(text.encode(), path.read_bytes(), path)

    def test_01_an_erasure_is_done_or_not(self):
        rng = random.Random(SEED)
        done = undone = 0
        for n in range(1, KILLS + 1):
            said = f"canary-{n}-of-Ondine-{SEED}"
            incident = self.core.json("declare", "--title", f"Title {said}", "--no-room")["id"]
            self.core.ctl("log", "--incident", incident, f"Line {said}")
            self.core.ctl("log", "--incident", incident, f"Struck {said}")
            entry = [e for e in self.core.get("timeline") if e["incident"] == incident and e["kind"] == "log"][-1]["seq"]
            self.core.ctl("resolve", "--incident", incident)
            answers = []

            def change(incident=incident, entry=entry, answers=answers):
                for words in (("strike", "--incident", incident, "--entry", str(entry), "--reason", "personal"),
                              ("erase", "--incident", incident, "--reason", "asked for", "--yes", f"incident/{incident}")):
                    answers.append((words[0], self.core.run(*words).returncode))
            worker = threading.Thread(target=change)
            worker.start()
            time.sleep(rng.uniform(0.0, 0.5))
            self.core.process.signal(signal.SIGKILL)
            worker.join()
            self.core.kill()
            self.assert_nowhere(said)
            self.core.serve()
            gone = incident not in {i["id"] for i in self.core.get("incidents")}
            self.assertTrue(gone or ("erase", 0) not in answers, "an erasure that was acknowledged is undone")
            text = self.core.get_text("timeline")
            if not gone:
                self.assertIn(f"Line {said}", text)
                if ("strike", 0) in answers:
                    self.assertNotIn(f"Struck {said}", text)
                self.core.ctl("erase", "--incident", incident, "--reason", "again", "--yes", f"incident/{incident}")
                text = self.core.get_text("timeline")
            self.assertNotIn(said, text)
            self.assertNotIn(said, self.core.get_text("incidents"))
            self.assert_nowhere(said)
            done, undone = done + gone, undone + (not gone)
        print(f"    {done} were done when the core came back, {undone} were not and could be", flush=True)
        self.core.stop()
        report = self.core.json("verify", "--json", "--origin-key", self.core.printed["verification key"])
        self.assertEqual((report["result"], report["errors"]), ("authentic", []))
        self.assertEqual({h["authorised"] for h in report["holes"]}, {True})


if __name__ == "__main__":
    main()
