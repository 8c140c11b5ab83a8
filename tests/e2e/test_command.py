# SPDX-License-Identifier: GPL-3.0-or-later
"""Who commands, from taking it to standing down: by the command line and by the window's keys, and the same history under other rules."""
import json
import shutil
from datetime import datetime, timezone

from lab_display import Display
from quarterdeck_lab import Core, Story, main, request, wait_until

POLICY = """
[[service]]
id = "shop"
name = "Shop"
team = "operations"
paging = "observe"
"""


class CommandMovesInTheOpen(Story):
    @classmethod
    def build(cls):
        cls.core = core = Core(cls.lab)
        core.init()
        people = (core.home / "workspace/people.toml").read_text()
        (core.home / "workspace/people.toml").write_text(people + "".join(
            f'\n[[person]]\nid = "{p}"\nname = "{p.capitalize()}"\n' for p in ("mara", "ben")))
        (core.home / "workspace/shop.toml").write_text(POLICY)
        core.serve()
        key = core.connect("inbound", "prom")["key"]
        cls.push = f"{core.ready['listen']}/in/{key}/api/v2/alerts"
        cls.alert = {"labels": {"alertname": "ShopDown", "service": "shop", "severity": "page"}, "annotations": {"summary": "The shop is down"}}
        assert request("POST", cls.push, [cls.alert]).status == 200
        core.ctl("declare", "--title", "Shop is down", "--severity", "SEV1", "--service", "shop", "--alert", core.alerts()[0]["key"], "--no-room")
        cls.display = Display(cls.lab)
        cls.gui = cls.display.console("--home", core.home, "--as", "mara")
        cls.window = cls.display.wait_for_window(cls.gui, "INC-1", 60)

    def commander(self):
        return self.core.incident()["commander"]

    def leading(self):
        return self.core.incident()["command"]

    def titles(self):
        return self.display.windows(self.gui.pid)

    def test_01_an_open_command_is_taken_at_once(self):
        self.core.ctl("--as", "ben", "take")
        self.assertEqual(self.commander(), "ben")

    def test_02_from_a_commander_it_is_taken_with_a_reason_and_a_minute_to_object(self):
        self.assertIn("--reason", self.core.refused("--as", "mara", "take"))
        self.display.keys(self.window, "ctrl+shift+t")
        dialog = self.display.wait_for_window(self.gui, "Take command of INC-1", 20)
        self.display.type("ben is on a plane")
        self.display.keys(dialog, "Return")
        claim = wait_until(lambda: self.leading()["claim"], 20, "the claim is there")
        self.assertEqual((claim["person"], claim["from"], claim["reason"]), ("mara", "ben", "ben is on a plane"))
        self.assertEqual(self.commander(), "ben")

    def test_03_the_commander_objects(self):
        self.core.ctl("--as", "ben", "object", "--reason", "I landed")
        self.assertIsNone(self.leading()["claim"])
        self.assertEqual(self.commander(), "ben")
        self.assertTrue(self.core.timeline(kind="command", actor="ben", text="objects to Mara taking command: I landed"))

    def test_04_the_brief_goes_with_the_handover_and_the_receiver_reads_back_in_the_window(self):
        self.core.ctl("task", "--to", "mara", "--due", "5h", "restart the cache")
        self.core.ctl("--as", "ben", "handover", "--to", "mara", "--summary", "cache first, then the database")
        offer = self.leading()["offer"]
        self.assertIn("1 of 1 alerts fire", offer["brief"])
        self.assertIn("restart the cache", offer["brief"])
        self.assertEqual(self.commander(), "ben")

        def opened():
            if not any("offers you command" in t for t in self.titles()):
                self.display.keys(self.window, "ctrl+shift+h")
            return any("offers you command" in t for t in self.titles())
        wait_until(opened, 30, "the offer is shown")
        dialog = self.display.wait_for_window(self.gui, "offers you command", 20)
        self.display.type("cache, then database, I have it")
        self.display.keys(dialog, "Return")
        wait_until(lambda: self.commander() == "mara", 20, "command moved")
        self.assertTrue(self.core.timeline(kind="command", actor="mara", text="accepts command: cache, then database, I have it"))

    def test_05_a_shift_is_briefed_without_an_incident_of_its_own(self):
        wait_until(lambda: self.core.alerts(alertname="CommandPractice"), 20, "who commands and has a task is warned of")
        text = self.core.ctl("brief").stdout
        self.assertIn("1 incident is open, 2 alerts fire", text)
        self.assertIn("mara: restart the cache", text.lower())
        shift = self.core.ctl("brief", "--shift").stdout
        self.assertTrue(text.startswith(shift) and shift != text, shift)
        self.assertIn("is about no incident", self.core.run("brief", "INC-1", "--shift").stderr)

    def test_05a_what_is_set_written_and_put_otherwise_is_in_the_activity_log(self):
        self.core.ctl("--as", "mara", "log", "--at", self.core.incident()["declaredAt"], "the cash was full")
        line = next(e for e in json.loads(self.core.ctl("get", "timeline", "--kind", "logs", "--json").stdout)["items"] if e["text"] == "the cash was full")
        self.assertEqual(line["at"], self.core.incident()["declaredAt"])
        self.assertGreater(line["recordedAt"], line["at"])
        self.assertIn("only they", self.core.refused("--as", "ben", "log", "--revise", line["reference"], "x"))
        self.core.ctl("--as", "mara", "log", "--revise", "last", "the cache was full")
        self.assertIn("(edited)", self.core.ctl("get", "timeline", "--kind", "log").stdout)
        self.assertIn("--reason", self.core.refused("status", "cancelled"))
        self.core.ctl("--as", "mara", "status", "INC-1", "mitigated", "--reason", "the cache is empty")
        self.assertEqual(self.core.incident()["status"], "mitigated")
        self.core.ctl("--as", "mara", "undo")
        self.assertEqual(self.core.incident()["status"], "active")
        self.assertIn("is no kind of line", self.core.refused("get", "timeline", "--kind", "chatter"))
        text = self.core.ctl("brief", "1", "--form", "214").stdout
        for part in ("ACTIVITY LOG (ICS-214)", "INC-1: Shop is down", "Ben: Incident Commander, assumed", "handed over", "Mara: the cache was full (written down", "before: the cash was full"):
            self.assertIn(part, text)
        mine = self.core.ctl("brief", "INC-1", "--form", "214", "--person", "mara").stdout
        self.assertNotIn("Ben: Incident Commander", mine)
        self.assertIn("had no role", self.core.refused("brief", "INC-1", "--form", "214", "--person", "nobody"))

    def test_05b_who_only_reads_at_the_window_is_known_to_be_there(self):
        """The window tells at most once a minute; here the same call by hand, which is kept in memory alone."""
        self.core.ctl("--as", "mara", "call", "person.present")
        self.assertIsNone(self.leading()["seenAt"])  # she did something a moment ago, so that they are there is known
        warned = [a for a in self.core.alerts() if a["labels"]["alertname"] == "CommandPractice"]
        self.assertEqual([a["labels"]["practice"] for a in warned], ["INC-1/resolves"])  # Mara commands, and has the cache to restart

    def test_06_the_end_of_the_last_alert_only_proposes(self):
        assert request("POST", self.push, [{**self.alert, "endsAt": datetime.now(timezone.utc).isoformat()}]).status == 200
        wait_until(lambda: self.core.incident()["closing"]["proposedAt"], 20, "resolving is proposed")
        self.assertEqual(self.core.incident()["status"], "active")

    def test_07_the_stand_down_sheet_is_signed_in_the_window(self):
        self.assertIn("it is reviewed", self.core.ctl("standdown").stdout)
        self.assertIn("--review-owner", self.core.refused("standdown", "--verified-by", "ben"))
        self.display.keys(self.window, "ctrl+shift+e")
        dialog = self.display.wait_for_window(self.gui, "Stand down INC-1", 20)
        self.display.type("ben")  # verified by
        self.display.keys(dialog, "Tab")
        self.display.type("the cache was restarted")
        self.display.keys(dialog, "Tab")  # what still fires is off: nothing does
        self.display.type("mara")
        self.display.keys(dialog, "Return")
        wait_until(lambda: self.core.incident()["status"] == "resolved", 20, "the incident is resolved")
        closing = self.core.incident()["closing"]
        self.assertEqual((closing["verifiedBy"], closing["reviewOwner"], closing["summary"]), ("ben", "mara", "the cache was restarted"))
        self.assertIn("restart the cache", closing["followUps"])

    def test_08_what_fires_again_is_offered_not_absorbed(self):
        assert request("POST", self.push, [self.alert]).status == 200
        wait_until(lambda: self.core.incident()["closing"]["refired"], 20, "the refire is named")
        self.assertEqual(self.core.incident()["status"], "resolved")

    def test_09_the_recorded_rules_give_what_was_recorded(self):
        out = self.core.ctl("whatif", "--since", "seq:1").stdout
        self.assertTrue(out.startswith("Nothing would have been different"), out)

    def test_10_other_rules_are_told_apart_in_one_sentence(self):
        other = self.lab.dir / "other"
        shutil.copytree(self.core.home / "workspace", other)
        with open(other / "shop.toml", "a") as f:
            f.write('\n[[severity]]\ntext = "page"\nseverity = "warning"\n')
        before = self.core.status()["seq"]
        answer = json.loads(self.core.ctl("whatif", "--workspace", other, "--since", "24h", "--json").stdout)
        self.assertEqual(answer["alertsOther"], 1)
        self.assertTrue(any("severity warning instead of critical" in o["what"] for o in answer["others"]), answer["others"])
        self.assertEqual(self.core.status()["seq"], before, "asking wrote something")
        (other / "shop.toml").write_text("[[service]]\n")
        self.assertIn("shop.toml:1", self.core.refused("whatif", "--workspace", other, "--since", "24h"))

    def test_11_insights_count_the_incident_and_its_alert(self):
        seen = self.core.json("insights", "--since", "1h", "--json")
        self.assertEqual((seen["incidents"]["count"], seen["alerts"]["count"]), (1, 2))  # it fired twice
        self.assertIsNone(seen["incidents"]["timeToResolve"]["medianSeconds"], "one incident is no distribution")
        self.assertEqual(seen["alerts"]["badActors"], [])  # one that came less than five times is named nowhere
        self.assertIn("1 incident(s)", self.core.ctl("insights", "--since", "1h").stdout)

    def test_12_verify_agrees(self):
        self.core.stop()
        self.core.ctl("verify")


if __name__ == "__main__":
    main()
