# SPDX-License-Identifier: GPL-3.0-or-later
"""The practice incident: a newcomer sees a live incident within seconds, in a home of its own."""
import time

from quarterdeck_lab import Core, Story, main, wait_until


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
        real.stop()

    def test_02_within_ten_seconds_there_is_a_sev1_incident_with_alerts(self):
        began = time.monotonic()
        self.core.ctl("practice", "new")
        self.core.serve()
        self.assertTrue(self.core.status()["practice"])
        type(self).player = self.lab.run("player", [self.core.program, "--home", self.core.home, "practice", "play", "--speed", "60"])
        incident = wait_until(self.core.incident, 10, "there is an incident")
        self.assertLess(time.monotonic() - began, 10)
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
        self.assertGreaterEqual(len(self.core.timeline(kind="change")), 2)

    def test_04_in_the_end_most_alerts_are_resolved(self):
        self.assertEqual(self.player.wait(40), 0)
        alerts = [a for a in self.core.get("alerts") if a["labels"].get("env") == "practice"]
        resolved = [a for a in alerts if a["status"] == "resolved"]
        self.assertGreater(len(resolved), len(alerts) * 3 / 4)
        self.assertGreater(len(self.core.timeline(incident="INC-1")), 15)
        self.assertEqual(self.core.status()["ruleFailures"], 0)

    def test_05_its_journal_is_as_sound_as_any(self):
        self.core.ctl("practice", "stop")
        self.core.process.wait(20)
        self.assertEqual(self.core.json("verify", "--json")["result"], "consistent")

    def test_06_a_practice_home_is_made_anew(self):
        self.core.ctl("practice", "new")
        self.core.serve()
        self.assertEqual(self.core.get("incidents"), [])


if __name__ == "__main__":
    main()
