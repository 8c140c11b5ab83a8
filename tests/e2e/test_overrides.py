# SPDX-License-Identifier: GPL-3.0-or-later
"""The commander's overrides by the command line: on whole selections in one record, taken back, over a kill; incidents merged; a stand-down that asks what stays quiet."""
from quarterdeck_lab import Core, Story, main, request


class OverridesByCommand(Story):
    @classmethod
    def build(cls):
        cls.core = core = Core(cls.lab)
        core.init()
        core.serve()
        made = core.connect("inbound", "one")
        cls.url = next(u for u in made["urls"].values() if u.endswith("/api/v2/alerts"))

    def send(self, name, count=1, **labels):
        alerts = [{"labels": {"alertname": name, "instance": f"n{n}", "severity": "warning", **labels}, "startsAt": "2026-11-23T14:00:00Z"} for n in range(count)]
        self.assertEqual(request("POST", self.url, alerts).status, 200)
        return sorted(a["key"] for a in self.core.get("alerts") if a["labels"]["alertname"] == name)

    def of(self, keys, field):
        return {a[field] for a in self.core.get("alerts") if a["key"] in keys}

    def test_01_a_selection_is_acknowledged_and_taken_back(self):
        keys = self.send("Full", 200)
        before = self.core.status()["seq"]
        self.core.ctl("ack", *keys, "--reason", "mine")
        self.assertEqual(self.core.status()["seq"], before + 1)
        self.assertEqual(self.of(keys, "workflow"), {"acknowledged"})
        done = self.core.ctl("undo")
        self.assertIn("Taken back: 200 alerts acknowledged.", done.stderr)
        self.assertEqual((self.of(keys, "workflow"), self.of(keys, "owner")), ({"new"}, {""}))
        self.assertIn("nothing of yours", self.core.refused("undo"))

    def test_01b_of_several_that_are_taken_back_one_that_is_refused_keeps_none_of_the_others(self):
        keys = self.send("Full", 200)
        records = []
        for key in keys[:2]:
            self.core.ctl("assign", key, "--to", "operations", "--reason", "mine")
            records.append(f"record/{self.core.status()['seq']}")
        done = self.core.run("undo", records[0], "record/1", records[1])
        self.assertEqual(done.returncode, 1, done)
        self.assertIn("record/1 is not taken back", done.stderr)
        self.assertEqual(done.stdout.count('"id"'), 2, done)
        self.assertEqual(self.of(keys[:2], "owner"), {""})
        self.assertEqual(self.core.run("undo", "record/x").returncode, 2)

    def test_02_unack_hold_and_keep(self):
        keys = self.send("Full", 200)
        self.core.ctl("ack", keys[0])
        self.core.ctl("unack", keys[0], "--reason", "not mine")
        self.assertEqual(self.of(keys[:1], "workflow"), {"assigned"})
        self.assertIn("not acknowledged", self.core.refused("unack", keys[0]))
        self.assertEqual(self.core.json("hold-calls", *keys, "--duration", "30m", "--reason", "the vendor is on it"), {"id": "held/1"})
        self.assertEqual(self.of(keys, "suppression"), {"none"})
        held = next(i for i in self.core.get("shelves") if i["id"] == "held/1")
        self.assertEqual((held["kind"], held["state"], len(held["alerts"])), ("held", "active", 200))
        self.core.ctl("keep", "held/1", "--until", "2h", "--reason", "they need longer")
        self.assertGreater(next(i for i in self.core.get("shelves") if i["id"] == "held/1")["endsAt"], held["endsAt"])
        self.core.ctl("unhold", *keys[:10])
        self.assertEqual(len(next(i for i in self.core.get("shelves") if i["id"] == "held/1")["alerts"]), 190)

    def test_03_a_kill_forgets_nothing_that_can_be_taken_back(self):
        self.core.kill()
        self.core.serve()
        self.core.ctl("undo")
        shelves = self.core.get("shelves")
        self.assertEqual([len(i["alerts"]) for i in shelves if i["state"] == "active"], [190, 10])

    def test_04_an_incident_is_merged_and_the_merge_is_taken_back(self):
        first, second = self.send("Down"), self.send("Slow")
        for title, keys in (("Shop is down", first), ("Checkout is slow", second)):
            self.core.ctl("declare", "--title", title, "--alert", keys[0], "--no-room")
        self.assertIn("one incident into another", self.core.run("merge", "INC-2", "--into", "b", "--reason", "r").stderr)
        self.assertEqual(self.core.json("merge", "INC-2", "--into", "INC-1", "--reason", "one database"), {"id": "INC-1"})
        merged = next(i for i in self.core.get("incidents") if i["id"] == "INC-2")
        self.assertEqual((merged["status"], merged["mergedInto"]), ("merged", "INC-1"))
        self.assertEqual(self.of(second, "incident"), {"INC-1"})
        self.core.ctl("undo")
        self.assertEqual(self.of(second, "incident"), {"INC-2"})
        self.core.ctl("merge", "INC-2", "--into", "INC-1", "--reason", "after all")
        texts = [e["text"] for e in self.core.get("timeline")]
        self.assertTrue(any(t.startswith("merges INC-2 (Checkout is slow) into it") for t in texts), texts)

    def test_05_alerts_are_split_off_an_incident_and_taken_back(self):
        both = self.send("Split", 2)
        self.core.ctl("declare", "--title", "Two things at once", "--no-room", "--alert", both[0], "--alert", both[1])
        self.assertEqual(self.core.run("split", both[1], "--title", "Another thing", "--none", "--reason", "r").returncode, 1)
        self.assertEqual(self.core.json("split", both[1], "--title", "Another thing", "--severity", "SEV4", "--reason", "not the same disk"), {"id": "INC-4"})
        fresh = next(i for i in self.core.get("incidents") if i["id"] == "INC-4")
        self.assertEqual((fresh["title"], fresh["severity"], fresh["alerts"], fresh["splitFrom"]), ("Another thing", "SEV4", [both[1]], "INC-3"))
        listed = next(o for o in self.core.get("overrides") if o["what"] == "incident-split")
        self.assertEqual((listed["on"], listed["reason"], listed["by"]), ("1 alert out of INC-3 in INC-4", "not the same disk", self.core.status()["user"]))
        self.core.ctl("undo")
        self.assertEqual(self.of(both, "incident"), {"INC-3"})
        self.core.ctl("split", both[1], "--none", "--reason", "noise")
        self.assertEqual(self.of(both[1:], "incident"), {""})
        self.core.restart()
        self.core.ctl("undo")
        self.assertEqual(self.of(both, "incident"), {"INC-3"})
        self.assertIn("is part of INC-1 since", self.core.refused("task", "--incident", "INC-2", "look again"))

    def test_06_every_override_in_force_is_listed(self):
        keys = self.send("Listed", 3)
        self.core.ctl("hold-calls", *keys, "--duration", "1h", "--reason", "the rack vendor is on it")
        self.core.ctl("shelve", keys[0], "--duration", "10m", "--reason", "known")
        self.core.ctl("split", *keys, "--into", "of-their-own", "--reason", "one rack")
        found = {o["what"]: o for o in self.core.get("overrides")}
        for what, on in (("held", "3 alerts"), ("shelf", keys[0]), ("group-split", "3 alerts in group of-their-own")):
            self.assertEqual((found[what]["on"], found[what]["state"]), (on, "active"))
            self.assertTrue(found[what]["madeAt"] and found[what]["reason"] and found[what]["by"], what)
        self.assertTrue(found["held"]["until"])
        table = self.core.ctl("get", "overrides").stdout
        for word in ("what", "age", "the rack vendor is on it", "one rack"):
            self.assertIn(word, table)
        self.core.ctl("unhold", *keys)
        self.assertNotIn("the rack vendor is on it", self.core.ctl("get", "overrides").stdout)

    def test_07_reasons_nobody_gave_are_owed_until_they_are(self):
        keys = self.send("Owed", 2)
        self.core.ctl("declare", "--title", "Somebody did something", "--no-room", "--alert", keys[0], "--alert", keys[1])
        owed = lambda: next(s for s in self.core.get("standdowns") if s["incident"] == "INC-5")["owed"]
        self.core.ctl("ack", keys[0])
        self.core.ctl("ack", keys[1])
        self.core.ctl("snooze", keys[0], "--duration", "10m", "--reason", "after lunch")
        self.assertEqual([o["owed"] for o in owed()], [1])
        self.assertRegex(owed()[0]["text"], r"^2 alerts acknowledged (at|from) ")
        self.assertIn("owes no reason 9", self.core.refused("reason", "9", "--reason", "r", "--incident", "INC-5"))
        self.core.ctl("reason", "1", "--reason", "we were on it", "--incident", "INC-5")
        self.assertEqual(owed(), [])
        self.core.ctl("unsnooze", keys[0])
        self.assertIn("no longer kept quiet", self.core.ctl("standdown", "INC-5").stdout)

    def test_08_a_stand_down_asks_what_becomes_of_what_was_made_here(self):
        self.core.ctl("take", "INC-1")
        self.core.ctl("silence", "alertname=Down", "--duration", "1h", "--reason", "being replaced")
        quiet = self.core.get("standdowns")[0]["quiet"]
        self.assertEqual([q["kind"] for q in quiet], ["silence"])
        me, silence = self.core.status()["user"], quiet[0]["id"]
        sign = ["standdown", "INC-1", "--verified-by", me, "--still-firing", "known", "--summary", "replaced"]
        self.assertIn(f"--end {silence}, --keep {silence}", self.core.refused(*sign))
        self.core.ctl(*sign, "--keep", f"{silence}=4h")
        self.assertEqual(next(i for i in self.core.get("incidents") if i["id"] == "INC-1")["status"], "resolved")
        self.assertEqual(next(i for i in self.core.get("silences") if i["id"] == silence)["state"], "active")


if __name__ == "__main__":
    main()
