# SPDX-License-Identifier: GPL-3.0-or-later
"""The practice incident: a newcomer sees a live incident within seconds, in a home of its own."""
import json
import shutil
import time

from quarterdeck_lab import PATIENCE, Core, Story, eventually, main, wait_until


class ThePracticeIncidentPlays(Story):
    @classmethod
    def build(cls):
        cls.core = Core(cls.lab, "practice")

    def test_01_a_real_teams_home_is_refused_and_stays_as_it_is(self):
        real = Core(self.lab, "team")
        real.init()
        before = {p: p.read_bytes() for p in real.home.rglob("*") if p.is_file()}
        reason = real.refused("practice", "new")
        self.assertIn("is not a practice home", reason)
        self.assertEqual(len(reason.splitlines()), 1)
        self.assertEqual({p: p.read_bytes() for p in real.home.rglob("*") if p.is_file()}, before)
        real.serve()
        self.assertIn("not a practice home", real.refused("practice", "play"))
        self.assertIn("practice home only", real.refused("call", "connection.add", json.dumps({"connection": {"name": "war-room", "kind": "practice"}})))
        self.assertIn("no practice rooms", real.refused("call", "practice.say", json.dumps({"room": "r", "sender": "osei@practice.invalid", "text": "hello"})))
        real.stop()

    def test_02_within_ten_seconds_there_is_a_sev1_incident_with_alerts(self):
        began = time.monotonic()
        self.core.ctl("practice", "new")
        self.core.serve()
        self.assertTrue(self.core.status()["practice"])
        type(self).player = self.lab.run("player", [self.core.program, "--home", self.core.home, "practice", "play", "--speed", "60"])
        incident = wait_until(self.core.incident, 10, "there is an incident")
        self.assertLess(time.monotonic() - began, 10 * PATIENCE)
        self.assertEqual((incident["id"], incident["severity"], incident["status"]), ("INC-1", "SEV1", "active"))
        self.assertGreaterEqual(len(incident["alerts"]), 4)

    def test_03_the_alerts_are_of_services_of_the_map(self):
        wait_until(lambda: len(self.core.get("alerts")) >= 30, 20, "the cascade has grown")
        services = {s["id"]: s for s in self.core.get("services")}
        self.assertGreaterEqual(len([s for s in services.values() if s["name"]]), 12)
        for alert in self.core.get("alerts"):
            if alert["labels"].get("env") == "practice":
                self.assertTrue(services[alert["service"]]["name"], f"{alert['title']} is of a service nobody knows: {alert['service']!r}")
        self.assertTrue(any(s["needs"] for s in services.values()))
        wait_until(lambda: len(self.core.timeline(kind="change")) >= 2, 20, "what was changed is told of")

    def test_04_in_the_end_most_alerts_are_resolved(self):
        self.assertEqual(self.player.wait(40), 0)
        alerts = [a for a in self.core.get("alerts") if a["labels"].get("env") == "practice"]
        self.assertEqual(len(alerts), 40)
        resolved = [a for a in alerts if a["status"] == "resolved"]
        self.assertGreater(len(resolved), len(alerts) * 3 / 4)
        self.assertGreater(len(self.core.timeline(incident="INC-1")), 15)
        self.assertEqual(self.core.status()["ruleFailures"], 0)

    def test_05_people_talk_in_a_room_that_says_practice(self):
        rooms = self.core.incident()["rooms"]
        self.assertEqual([r["connection"] for r in rooms], ["war-room"])
        self.assertTrue(rooms[0]["room"].startswith("practice-inc-1@") and rooms[0]["room"].endswith(".invalid"), rooms)
        self.assertEqual(self.core.source("war-room")["armed"], ["rooms", "posts"])
        def people_said():
            found = [e for e in self.core.timeline(kind="message") if "@practice.invalid" in e["reference"] and not e["reference"].startswith("console@")]
            self.assertGreaterEqual(len(found), 15)
            return found
        said = eventually(people_said, "what they said is on the timeline")
        self.assertTrue({"osei", "ito", "novak", "brito", "hale", "cardco"} <= {e["actor"] for e in said})
        self.assertTrue(all(e["verified"] == (e["actor"] != "cardco") for e in said))

    def test_06_an_edit_and_a_reaction_land_on_their_messages(self):
        provider = self.core.timeline(kind="message", text="card provider sees nothing on their side; case 88213 is open with them")
        self.assertEqual([e["revisions"] for e in provider], [["card provider sees nothing on their side"]])
        self.assertEqual([(r["emoji"], r["sender"]) for r in provider[0]["reactions"]], [("👀", "ito")])

    def test_07_bound_people_command_from_the_room_and_a_stranger_does_not(self):
        incident = wait_until(lambda: (i := self.core.incident())["decisions"] and len(i["tasks"]) == 3 and i["promises"] and i["escalations"][0]["acknowledgedBy"] and i, 20, "they were obeyed")
        self.assertEqual({h["text"] for h in incident["hypotheses"]} & {"catalog 8.14 broke the price call"}, {"catalog 8.14 broke the price call"})
        self.assertEqual([(d["text"], d["by"]) for d in incident["decisions"]], [("roll back the connection limits on ledger-db", "novak")])
        self.assertEqual(len(incident["tasks"]), 3)
        self.assertEqual([p["audience"] for p in incident["promises"]], ["customers"])
        self.assertEqual([e["acknowledgedBy"] for e in incident["escalations"]], ["osei"])
        logged = self.core.timeline(kind="log", via="chat")
        self.assertIn(("lag 380 s and falling", "novak"), [(e["text"], e["actor"]) for e in logged])
        refused = self.core.timeline(kind="refused")
        self.assertEqual([(e["actor"], "not bound to a person" in e["text"]) for e in refused], [("cardco@practice.invalid", True)])

    def test_08_an_update_goes_out_through_the_outbox_and_is_confirmed(self):
        self.core.ctl("update", "--incident", "INC-1", "--template", "disruption", "--set", "impact=could not pay", "--set", "actions=watching the recovery")
        wait_until(lambda: [u["delivery"] for u in self.core.incident()["updates"]] == ["confirmed"], 10, "the update is confirmed")
        echo = self.core.timeline(kind="message", actor="Quarterdeck")
        self.assertTrue(any("could not pay" in e["text"] for e in echo))
        wait_until(lambda: {d["delivery"] for d in self.core.get("deliveries")} == {"confirmed"}, 10, "everything posted is confirmed")

    def test_09_a_restarted_core_speaks_in_the_same_room(self):
        self.core.restart()
        wait_until(lambda: self.core.source("war-room")["state"] == "live", 10, "the room is open again")
        room = self.core.incident()["rooms"][0]["room"]
        self.core.call("practice.say", {"room": room, "sender": "osei@practice.invalid", "name": "osei", "text": "!log still here"})
        wait_until(lambda: self.core.timeline(kind="log", text="still here"), 10, "the log line is there")

    def test_10_under_the_recorded_rules_every_conclusion_comes_out_again_byte_for_byte(self):
        answer = json.loads(self.core.ctl("whatif", "--since", "seq:1", "--json").stdout)
        self.assertEqual((answer["records"]["other"], answer["records"]["firstOtherWhat"], answer["others"], answer["alertsOther"]), (0, "", [], 0))
        self.assertGreater(answer["records"]["same"], 100)
        self.assertGreater(answer["calls"]["observed"]["were"], 0)  # the shop pages nobody by itself
        self.assertEqual(answer["calls"]["were"], answer["calls"]["would"])
        self.assertTrue(answer["sentence"].startswith("Nothing would have been different"), answer["sentence"])

    def test_10b_through_an_edited_workspace_one_sentence_says_what_would_have_been_different(self):
        other = self.lab.dir / "edited"
        shutil.copytree(self.core.home / "workspace", other)
        policies = (other / "policies.toml").read_text()
        self.assertIn('call = ["osei"]', policies)
        (other / "policies.toml").write_text(policies.replace('call = ["osei"]', 'call = ["osei", "ito"]'))  # the first step of payments calls two at once
        before = self.core.status()["seq"]
        answer = json.loads(self.core.ctl("whatif", "--workspace", other, "--since", "seq:1", "--json").stdout)
        observed = answer["calls"]["observed"]
        self.assertGreater(observed["would"], observed["were"], answer)
        self.assertRegex(answer["sentence"], rf"^As many pages, {observed['would'] - observed['were']} more that (is|are) only observed")
        self.assertTrue(any("ito is called for " in o["what"] for o in answer["others"]), answer["others"])
        self.assertGreater(answer["records"]["other"], 0)
        self.assertEqual(self.core.status()["seq"], before, "asking wrote something")
        shown = self.core.ctl("whatif", "--workspace", other, "--since", "seq:1").stdout.splitlines()
        self.assertEqual(shown[-1], answer["sentence"])

    def test_11_its_journal_is_as_sound_as_any(self):
        self.core.ctl("practice", "stop")
        self.core.process.wait(20)
        self.assertEqual(self.core.json("verify", "--json")["result"], "consistent")

    def test_12_a_practice_home_is_made_anew(self):
        self.core.ctl("practice", "new")
        self.core.serve()
        self.assertEqual(self.core.get("incidents"), [])


if __name__ == "__main__":
    main()
