# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is on call by command line, over time zones: schedules, overrides, who, simulate, calendars; refused and undone; the past reads the same."""
import json
import pathlib
import re

from quarterdeck_lab import Core, Story, main, wait_until

WORKSPACE = """
[[person]]
id = "ana"
name = "Ana Amsel"
zone = "Europe/Berlin"
[[person]]
id = "kim"
name = "Kim Kato"
zone = "Asia/Tokyo"
[[person]]
id = "zoe"
name = "Zoe Zander"
zone = "UTC"

[[team]]
id = "till"
members = ["zoe"]
policy = "pay"
schedule = "pay"

[[service]]
id = "payments"
team = "till"

[[schedule]]
id = "pay"
name = "Payments"
zone = "Europe/Berlin"
editors = ["ana", "kim"]
[[schedule.layer]]
id = "weekdays"
people = ["ana"]
rotation = "weekly"
start = "2026-01-05T08:00"
only = ["mon-fri 08:00-20:00"]
[[schedule.layer]]
id = "tokyo"
zone = "Asia/Tokyo"
people = ["kim"]
rotation = "weekly"
start = "2026-01-05T08:00"
only = ["mon-fri 08:00-16:00"]

[[schedule]]
id = "latched"
zone = "UTC"
locked = true
[[schedule.layer]]
people = ["zoe"]
rotation = "daily"
start = "2026-01-05"

[[policy]]
id = "pay"
[[policy.step]]
call = ["pay"]
wait = "5m"
[[policy.step]]
call = ["kim", "ana", "webhook:siren"]
only = ["06:00-22:00"]
wait = "10m"
[[policy.step]]
call = ["zoe"]
wait = "15m"

[[policy]]
id = "major"
[[policy.step]]
call = ["ana", "kim", "zoe"]

[[owner]]
id = "major"
match = ['service="payments"']
severities = ["SEV1"]
policy = "major"
"""


class OnCallOverTimeZones(Story):
    @classmethod
    def build(cls):
        cls.core = core = Core(cls.lab)
        core.init()
        for file in (core.home / "workspace").glob("*.toml"):
            if file.name in ("people.toml", "teams.toml", "policies.toml", "services.toml", "schedules.toml"):
                file.unlink()
        (core.home / "workspace/all.toml").write_text(WORKSPACE)
        core.serve()

    def plan(self, *args):
        return json.loads(self.core.ctl("simulate", "--json", *args).stdout)

    def people(self, step):
        return [p["person"] for p in step["people"]]

    def test_01_simulate_prints_the_sequence_with_names_and_local_times(self):
        plan = self.plan("--service", "payments", "--at", "2027-06-07T10:00:00Z")  # Monday noon in Berlin, 19:00 in Tokyo
        self.assertEqual([(s["step"], s["at"], self.people(s)) for s in plan["steps"]],
                         [(1, "2027-06-07T10:00:00Z", ["ana"]), (2, "2027-06-07T10:05:00Z", ["kim", "ana"]), (3, "2027-06-07T10:15:00Z", ["zoe"])])
        self.assertEqual(plan["steps"][0]["people"][0]["why"], "schedule pay, layer weekdays")
        self.assertEqual(plan["steps"][1]["people"][0]["local"], "2027-06-07T19:05")
        self.assertEqual(plan["steps"][1]["channels"], ["webhook:siren"])
        printed = self.core.ctl("simulate", "--service", "payments", "--at", "2027-06-07T10:00:00Z").stdout
        self.assertIn("Ana Amsel (ana), 2027-06-07 12:00 Europe/Berlin", printed)
        self.assertIn("service payments belongs to team till, whose policy is pay", printed)

    def test_02_a_sunday_night_names_the_gap_and_who_is_asleep(self):
        plan = self.plan("--service", "payments", "--at", "2027-06-06T03:10:00Z", "--severity", "SEV2")
        self.assertTrue(any("schedule pay: nobody is on call at Sun 2027-06-06 05:10 Europe/Berlin, a gap" in g for g in plan["gaps"]), plan["gaps"])
        self.assertTrue(any("ana: Sun 2027-06-06 05:10 Europe/Berlin is outside 06:00-22:00" in r for s in plan["steps"] for r in s["ruledOut"]), plan)
        self.assertEqual([self.people(s) for s in plan["steps"]][0], ["kim"])
        self.assertIn("GAP: ", self.core.ctl("who", "--service", "payments", "--at", "2027-06-06T03:10:00Z").stdout)
        # As the window reads it: the next Sunday, and a day named in full.
        self.assertRegex(self.plan("--service", "payments", "--at", "Sunday 03:10 UTC")["at"], r"T03:10:00Z$")
        self.assertEqual(self.plan("--service", "payments", "--at", "2027-06-06 03:10")["at"], "2027-06-06T03:10:00Z")
        self.assertEqual(self.core.run("who", "--service", "payments", "--at", "someday").returncode, 1)

    def test_03_an_ownership_rule_decides_by_severity(self):
        plan = self.plan("--service", "payments", "--severity", "SEV1", "--at", "2027-06-07T10:00:00Z")
        self.assertEqual((plan["policy"], plan["because"][0]), ("major", 'ownership rule major: service="payments", SEV1'))
        self.assertIn("did you mean payments", self.core.refused("who", "--service", "paymints"))

    def test_04_an_override_is_made_shown_and_withdrawn(self):
        before = self.core.status()["seq"]
        made = self.core.json("--as", "ana", "override", "--schedule", "pay", "--person", "zoe", "--replace", "ana", "--from", "2027-06-07T08:00", "--until", "2027-06-07T20:00",
                              "--reason", "dentist")
        self.assertEqual(made, {"id": "override/1"})
        plan = self.plan("--service", "payments", "--at", "2027-06-07T10:00:00Z")
        self.assertEqual(self.people(plan["steps"][0]), ["zoe"])
        self.assertIn("override 1 in place of ana", plan["steps"][0]["people"][0]["why"])
        only = self.core.get("overrides")
        self.assertEqual([(o["number"], o["kind"], o["people"], o["replaces"], o["by"], o["reason"], o["from"], o["state"]) for o in only],
                         [(1, "replace", ["zoe"], "ana", "ana", "dentist", "2027-06-07T06:00:00Z", "pending")])
        self.assertIn("may not change schedule pay; its editors are ana, kim", self.core.refused("--as", "zoe", "withdraw", "1", "--reason", "r"))
        self.core.json("--as", "kim", "withdraw", "1", "--reason", "not needed")
        self.assertEqual(self.core.get("overrides"), [])
        self.assertEqual(self.people(self.plan("--service", "payments", "--at", "2027-06-07T10:00:00Z")["steps"][0]), ["ana"])
        self.assertGreater(self.core.status()["seq"], before)
        self.assertIn("is locked", self.core.refused("--as", "zoe", "override", "--schedule", "latched", "--person", "ana", "--from", "2027-06-07", "--until", "2027-06-08", "--reason", "r"))

    def test_05_a_schedule_is_laid_out_with_its_gaps(self):
        printed = self.core.ctl("schedule", "pay", "--from", "2027-06-07T00:00", "--until", "2027-06-08T00:00").stdout
        self.assertEqual(re.findall(r"2027-06-07T(\d\d:\d\d)  \S+  (GAP|ana|kim)", printed), [("00:00", "GAP"), ("01:00", "kim"), ("09:00", "ana"), ("20:00", "GAP")])

    def test_06_a_calendar_goes_out_and_comes_back(self):
        out = self.lab.dir / "pay.ics"
        self.core.ctl("export-ical", "--schedule", "pay", "--from", "2027-01-01", "--until", "2027-02-01", "--out", str(out))
        text = out.read_text()
        self.assertTrue(text.startswith("BEGIN:VCALENDAR\nVERSION:2.0"), text[:60])
        feed = self.lab.write("zoe.ics", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;TZID=Europe/Berlin:20270401T090000\r\n"
                              "DTEND;TZID=Europe/Berlin:20270401T170000\r\nRRULE:FREQ=DAILY;COUNT=3\r\nSUMMARY:Zoe Zander\r\nEND:VEVENT\r\n"
                              "BEGIN:VEVENT\r\nUID:2\r\nDTSTART:20270405T090000Z\r\nDTEND:20270405T170000Z\r\nSUMMARY:Nobody we know\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
        shown = self.core.run("--as", "ana", "import", "ical", str(feed), "--schedule", "pay")
        self.assertEqual(shown.returncode, 0, shown)
        self.assertIn("+ 2027-04-01T07:00:00Z to 2027-04-01T15:00:00Z zoe, where the schedule says ana: the calendar counts", shown.stdout)
        self.assertIn('NOT TRANSLATED: "Nobody we know" names nobody of the workspace', shown.stdout)
        self.assertEqual(self.core.get("overrides"), [])  # nothing without --apply
        self.core.ctl("--as", "ana", "import", "ical", str(feed), "--schedule", "pay", "--apply")
        self.assertEqual([(o["source"], o["people"], o["from"]) for o in self.core.get("overrides")],
                         [("calendar/zoe.ics", ["zoe"], f"2027-04-0{d}T07:00:00Z") for d in (1, 2, 3)])
        self.assertIn("= 3 shifts as brought in before", self.core.ctl("--as", "ana", "import", "ical", str(feed), "--schedule", "pay").stdout)
        self.assertEqual(self.people(self.plan("--service", "payments", "--at", "2027-04-01T10:00:00Z")["steps"][0]), ["zoe"])

    def test_07_the_past_reads_the_same_after_a_restart(self):
        head = self.core.status()["seq"]
        lists = {what: self.core.get_text(what) for what in ("oncall", "overrides", "schedules")}
        at_head = {what: self.core.get_text(what, f"seq:{json.loads(text)['seq']}") for what, text in lists.items()}
        self.core.restart()
        self.assertGreaterEqual(self.core.status()["seq"], head)
        for what, text in at_head.items():
            self.assertEqual(json.loads(lists[what])["items"], json.loads(text)["items"], what)
            self.assertEqual(self.core.get_text(what, f"seq:{json.loads(text)['seq']}"), text, what)

    def test_08_who_is_on_call_at_a_time_to_come(self):
        oncall = json.loads(self.core.get_text("oncall", "2027-06-07T10:00:00Z"))["items"]
        self.assertEqual([(o["team"], o["schedule"], o["person"]) for o in oncall], [("", "latched", "zoe"), ("", "pay", "ana"), ("till", "pay", "ana")])
        self.assertEqual(oncall[1]["until"], "2027-06-07T18:00:00Z")

    def test_09_a_roster_says_who_came_and_who_left_and_what_is_orphaned(self):
        csv = self.lab.write("hr.csv", "id,name,zone,team\nana,Ana Amsel,Europe/Berlin,till\nkim,Kim Kato,Asia/Tokyo,\ndana,Dana Dohle,America/New_York,\nroot,,,\n")
        shown = self.core.run("import", "roster", str(csv)).stdout
        self.assertIn("+ dana (Dana Dohle), America/New_York joins", shown)
        self.assertIn("~ ana moves to team till", shown)
        self.assertIn("- zoe leaves: take them out where they are written; still named by", shown)
        self.assertIn("    schedule latched, layer 1: 1 of 1 turns; nobody is left in it, a gap", shown)
        self.assertFalse((self.core.home / "workspace/roster.toml").exists())
        self.core.ctl("import", "roster", str(csv), "--apply")
        wait_until(lambda: self.core.run("--as", "dana", "override", "--schedule", "none", "--person", "dana", "--from", "2027-06-07", "--until", "2027-06-08",
                                         "--reason", "r").stderr.count("no schedule"), 20, "dana is there")
        taken = self.core.run("import", "roster", str(self.lab.write("hr.csv", "id\nana\nkim\nzoe\nroot\n")), "--apply")
        self.assertEqual(taken.returncode, 0, taken)
        self.assertIn("- dana leaves; nothing names them", taken.stdout)

    def test_10_what_another_tool_knew_comes_in_and_pages_people(self):
        export = pathlib.Path(__file__).parent.parent / "core/workspace/oncall/opsgenie.json"
        shown = self.core.run("import", "opsgenie", str(export)).stdout
        self.assertIn("schedule payments_schedule: added", shown)
        self.assertIn("known: ana@corp.example is ana", shown)
        self.assertIn("not translated: schedule Payments_schedule, rotation Week: a turn of type none", shown)
        self.assertIn("nothing was written", shown)
        self.assertFalse((self.core.home / "workspace/opsgenie.toml").exists())
        self.core.ctl("import", "opsgenie", str(export), "--apply")
        wait_until(lambda: "payments_schedule" in [s["id"] for s in self.core.get("schedules")], 20, "the imported schedule is in force")
        plan = self.plan("--policy", "payments_escalation", "--at", "2027-01-06T22:30:00Z")  # a Wednesday night in Berlin
        self.assertEqual(self.people(plan["steps"][0])[-1], "ana")
        self.assertIn("nothing changes", self.core.run("import", "opsgenie", str(export)).stdout)
        self.core.refused("import", "goalert", str(export))

    def test_11_a_schedule_that_cannot_be_is_refused_with_file_and_line_and_the_last_one_stays(self):
        line = 1 + WORKSPACE[:WORKSPACE.index('people = ["kim"]')].count("\n")
        self.core.put("all.toml", WORKSPACE.replace('people = ["kim"]', 'people = ["kym"]'))
        notice = wait_until(lambda: (lambda n: n if f"all.toml:{line}" in n else None)(self.core.status()["notice"]), 20, "the mistake is named")
        self.assertIn("did you mean kim?", notice)
        self.assertEqual(len(self.core.get("schedules")), 3)


if __name__ == "__main__":
    main()
