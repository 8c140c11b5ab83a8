# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole story: a real alert becomes a commanded incident, in a real room, and the journal proves it."""
import contextlib
import json
import shutil
import sqlite3

from lab_chat import Person
from lab_accessible import Screen
from lab_display import Display
from lab_servers import Monitoring, Prosody
from quarterdeck_lab import Core, Story, main, until, wait_until

LISTS = ("alerts", "groups", "incidents", "timeline", "services", "deliveries", "silences", "quarantine")


class AnAlertBecomesACommandedIncident(Story):
    @classmethod
    def build(cls):
        lab = cls.lab
        cls.core = core = Core(lab)
        core.init()
        core.serve()
        core.add_person("bob", "bob@localhost")
        core.add_person("mara", "mara@localhost")
        hook = core.connect("inbound", "hook", set="lab")
        push = core.connect("inbound", "prometheus", set="lab")
        cls.monitoring = Monitoring(lab, webhook=hook["urls"]["alertmanager"], console=push["urls"]["prometheus"]).start()
        core.connect("alertmanager", "am", url=cls.monitoring.url, set="lab", interval="1s")
        cls.prosody = Prosody(lab).start()
        cls.prosody.connect(core)
        cls.display = Display(lab)
        cls.screen = Screen(cls.display)
        cls.gui = cls.display.console("--home", core.home, "--as", "mara")
        cls.window = cls.display.wait_for_window(cls.gui, "Quarterdeck", 60)

    def keys(self, *keys):
        self.display.keys(self.window, *keys)

    def shown(self, title):
        """The alert's row in the window's table."""
        return next((row for row in self.screen.table("Alerts") if row["Alert"] == title), None)

    def test_01_what_fires_already_is_shown(self):
        wait_until(lambda: self.core.alert(alertname="Watchdog")["status"] == "firing", 30, "the watchdog is shown")

    def test_02_a_killed_exporter_is_one_alert_with_alertmanagers_fingerprint(self):
        self.monitoring.exporter.kill()
        own = wait_until(lambda: self.monitoring.own_alerts("InstanceDown"), 30, "Alertmanager has the alert")[0]
        alert = wait_until(lambda: self.core.alert(alertname="InstanceDown"), 20, "the console shows it")
        self.assertEqual(alert["fingerprint"], own["fingerprint"])
        self.assertEqual(alert["key"], "lab/" + own["fingerprint"])
        self.assertEqual((alert["status"], alert["severity"], alert["service"], alert["occurrences"]), ("firing", "critical", "node", 1))
        self.assertEqual(alert["title"], f"Instance 127.0.0.1:{self.monitoring.exporter_port} down")
        self.assertEqual(alert["labels"], own["labels"])
        row = wait_until(lambda: self.shown(alert["title"]), 20, "the window shows it")
        self.assertEqual((row["Severity"], row["Service"], row["Owner"]), ("critical", "node", "—"))
        self.assertRegex(row["Age"], r"^\d+ [sm]$")

    def test_03_what_alertmanager_inhibits_is_shown_as_inhibited(self):
        wait_until(lambda: self.core.alert(alertname="ProbeFailed")["suppression"] == "inhibited", 30, "the probe's alert is inhibited")

    def test_04_declaring_on_the_alerts_row_gives_the_incident_a_room_with_a_greeting(self):
        alert = self.core.alert(alertname="InstanceDown")

        def choose():  # where it is, is read from the screen, and a row may come before it meanwhile
            with contextlib.suppress(AssertionError, ValueError):
                self.keys("Escape", "Home", *["Down"] * [row["Alert"] for row in self.screen.table("Alerts")].index(alert["title"]))

        def chosen():
            names = self.screen.names()
            return alert["title"] in names[names.index("WHY IS THIS HERE"):][:3]
        until(choose, chosen, "the row is chosen and says why it is there", pause=10)
        self.keys("ctrl+shift+d")
        dialog = self.display.wait_for_window(self.gui, "Declare an incident", 20)
        self.display.keys(dialog, "ctrl+a")
        self.display.type("Node exporter is gone")
        self.display.keys(dialog, *["Tab"] * 8, "space", "Return")  # past three questions, severity, service, since and room: somebody else will command
        incident = wait_until(lambda: self.core.incident() if (self.core.incident() or {}).get("rooms") else None, 30, "the incident has a room")
        key = alert["key"]
        self.assertEqual((incident["title"], incident["severity"], incident["service"], incident["declaredBy"], incident["commander"]),
                         ("Node exporter is gone", "SEV2", "node", "mara", ""))
        self.assertEqual(incident["alerts"], [key])
        type(self).window = self.display.wait_for_window(self.gui, "INC-1 · Node exporter is gone", 20)
        self.assertEqual(self.core.alert(alertname="InstanceDown")["incident"], "INC-1")
        type(self).room = incident["rooms"][0]["room"]
        self.assertTrue(self.room.endswith("@" + self.prosody.muc), self.room)
        greeting = wait_until(lambda: [d for d in self.core.get("deliveries") if d["effect"] == "post" and "Node exporter is gone" in d["text"]],
                              20, "the greeting is on its way")[0]
        self.assertIn("Commander: nobody yet", greeting["text"])
        wait_until(lambda: {d["delivery"] for d in self.core.get("deliveries")} == {"confirmed"}, 30, "room, topic and greeting are confirmed")

    def test_05_a_second_clients_message_is_on_the_timeline(self):
        type(self).bob = Person(self.lab, "bob", self.prosody.c2s_port)
        type(self).eve = Person(self.lab, "eve", self.prosody.c2s_port)
        self.bob.join(self.room)
        self.eve.join(self.room)
        type(self).said = self.bob.say(self.room, "disk of the host is full, I am on it")
        entry = wait_until(lambda: self.core.timeline(kind="message", text="disk of the host is full, I am on it"), 20, "the message is there")[0]
        self.assertEqual((entry["actor"], entry["incident"], entry["via"], entry["verified"]), ("bob", "INC-1", "chat", True))
        self.eve.say(self.room, "who looks at the host?")
        entry = wait_until(lambda: self.core.timeline(kind="message", text="who looks at the host?"), 20, "the stranger's message is there")[0]
        self.assertFalse(entry["verified"])

    def test_06_an_edit_and_a_reaction_land_on_the_message(self):
        self.eve.react(self.room, self.said, "👍")
        self.bob.edit(self.room, self.said, "disk of the host is full, cleaning up")

        def landed():
            entry = self.core.timeline(kind="message", text="disk of the host is full, cleaning up")
            return entry and entry[0]["reactions"] and entry[0]
        entry = wait_until(landed, 20, "edit and reaction are there")
        self.assertEqual(entry["revisions"], ["disk of the host is full, I am on it"])
        self.assertEqual([r["emoji"] for r in entry["reactions"]], ["👍"])
        # A reaction on XMPP is all of the sender's at once: another one takes the first back.
        self.eve.react(self.room, self.said, "👀")
        wait_until(lambda: [r["emoji"] for r in self.core.timeline(kind="message", text=entry["text"])[0]["reactions"]] == ["👀"], 20, "the set is replaced")
        # Nobody changes another's line: it stays, and who tried is shown.
        self.eve.edit(self.room, self.said, "nothing is wrong")
        tried = wait_until(lambda: self.core.timeline(kind="message", text="nothing is wrong"), 20, "the attempt is a line of its own")[0]
        self.assertEqual(tried["claims"], entry["actor"])
        kept = self.core.timeline(kind="message", text="disk of the host is full, cleaning up")
        self.assertEqual([e["revisions"] for e in kept], [["disk of the host is full, I am on it"]])

    def test_07_an_unbound_user_cannot_take_command_and_is_told(self):
        self.eve.say(self.room, "!take")
        self.eve.wait_for("Not done: this address is not bound to a person")
        self.assertEqual(self.core.incident()["commander"], "")
        self.assertEqual(len(self.core.timeline(kind="refused")), 1)

    def test_08_a_bound_user_commands_from_the_room(self):
        self.bob.say(self.room, "!log restarted the exporter by hand")
        self.bob.wait_for("Logged.")
        entry = wait_until(lambda: self.core.timeline(kind="log", text="restarted the exporter by hand"), 10, "the log line is there")[0]
        self.assertEqual((entry["actor"], entry["via"]), ("bob", "chat"))
        self.bob.say(self.room, "!status")
        self.bob.wait_for("Alerts: 1 firing of 1")
        self.bob.say(self.room, "!take")
        self.bob.wait_for("Bob is Incident Commander.")
        self.assertEqual(self.core.incident()["commander"], "bob")
        self.bob.say(self.room, "!ack")
        self.bob.wait_for("Acknowledged by Bob.")
        self.assertEqual([e["acknowledgedBy"] for e in self.core.incident()["escalations"]], ["bob"])
        since = len(self.bob.seen)
        self.bob.say(self.room, "!ack " + self.core.alert(alertname="InstanceDown")["key"])
        self.bob.wait_for("Acknowledged by Bob.", since=since)
        alert = self.core.alert(alertname="InstanceDown")
        self.assertEqual((alert["workflow"], alert["acknowledgedBy"]), ("acknowledged", "bob"))

    def test_08_b_what_it_is_called_is_set_right_and_the_past_keeps_what_stood(self):
        before = json.loads(self.core.get_text("incidents"))["seq"]
        self.core.ctl("--as", "bob", "title", "INC-1", "Host of the node exporter is gone", "--reason", "more than the exporter")
        self.assertEqual(self.core.incident()["title"], "Host of the node exporter is gone")
        line = self.core.timeline(text='it is called "Host of the node exporter is gone", not "Node exporter is gone": more than the exporter')
        self.assertEqual([(e["kind"], e["actor"]) for e in line], [("log", "bob")])
        self.assertEqual(json.loads(self.core.get_text("incidents", at=f"seq:{before}"))["items"][0]["title"], "Node exporter is gone")
        wait_until(lambda: [d for d in self.core.get("deliveries") if d["effect"] == "topic" and d["text"].endswith("Host of the node exporter is gone") and d["delivery"] == "confirmed"],
                   30, "the room is headed anew")
        self.display.wait_for_window(self.gui, "INC-1 · Host of the node exporter is gone", 20)
        self.assertIn("called that already", self.core.refused("title", "INC-1", "Host of the node exporter is gone"))
        self.assertIn("is of service node already", self.core.refused("service", "INC-1", "node"))
        self.core.ctl("--as", "bob", "title", "INC-1", "Node exporter is gone")
        type(self).window = self.display.wait_for_window(self.gui, "INC-1 · Node exporter is gone", 20)

    def test_09_an_update_from_the_template_arrives_and_is_confirmed(self):
        self.keys("Escape", "F6", "F6", "c")  # triage, timeline, stack: without dependencies there is no map
        for text in ("no host metrics", "restarting the exporter", "14:40 UTC"):
            self.display.type(text)
            self.keys("ctrl+Return" if text == "14:40 UTC" else "Tab")
        self.eve.wait_for("Impact: no host metrics")

        def confirmed():
            updates = self.core.incident()["updates"]
            return updates and updates[0]["delivery"] == "confirmed"
        wait_until(confirmed, 20, "the update is confirmed")
        self.assertEqual(self.core.incident()["updates"][0]["by"], "mara")
        self.screen.wait_for("arrived", 20, "the window says so")
        delivery = [d for d in self.core.get("deliveries") if "no host metrics" in d["text"]]
        self.assertEqual([d["delivery"] for d in delivery], ["confirmed"])
        self.assertEqual(len(self.eve.heard("no host metrics")), 1)

    def test_10_poll_webhook_and_push_all_brought_it_and_it_is_still_one(self):
        # What changes nothing is journaled as a run-length, at most every 30 s.
        for name in ("hook", "prometheus", "am"):
            wait_until(lambda: self.core.source(name)["deliveries"] > 0 and self.core.source(name)["health"] == "fresh", 45, f"{name} has brought reports")
        self.assertEqual(sorted(a["labels"]["alertname"] for a in self.core.alerts(cluster="lab")), ["InstanceDown", "ProbeFailed", "Watchdog"])
        wait_until(lambda: self.core.alert(alertname="InstanceDown")["reports"] > 3, 45, "the re-sent reports are counted")

    def test_11_the_exporter_back_resolves_the_alert_and_the_incident_ends(self):
        self.monitoring.start_exporter()
        wait_until(lambda: self.core.alert(alertname="InstanceDown")["status"] == "resolved", 60, "the alert is resolved")
        title = self.core.alert(alertname="InstanceDown")["title"]
        # It stays for a while, marked as over; then the table is empty and gives way to a sentence.
        wait_until(lambda: "Active 0, shown; Standing 0; Shelf 0; Suppressed 0" in self.screen.names(), 20, "the window no longer counts it as firing")
        wait_until(lambda: all(row["Age"] == "—" for row in self.screen.table_if_shown("Alerts") or () if row["Alert"] == title), 20, "its row is gone, or marked as over")
        self.core.ctl("resolve", "INC-1", "--reason", "exporter runs again")
        self.assertEqual(self.core.incident()["status"], "resolved")
        self.eve.wait_for("INC-1 is resolved")
        wait_until(lambda: self.eve.heard("Log head "), 20, "the head of the log was said")
        type(self).codes = [m.text.split()[2] for m in self.eve.heard("Log head ")]
        wait_until(lambda: all(d["delivery"] == "confirmed" for d in self.core.get("deliveries")), 30, "everything posted is confirmed")
        self.assertEqual(self.core.alert(alertname="Watchdog")["status"], "firing")
        self.gui.stop()  # a window starts a core that is gone

    def test_12_the_stopped_home_is_proven_authentic(self):
        self.core.stop()
        key = self.core.printed["verification key"]
        report = self.core.json("verify", "--json", "--origin-key", key)
        self.assertEqual((report["result"], report["holes"], report["errors"]), ("authentic", [], []))
        self.assertGreater(report["records"], 20)
        self.assertEqual(self.core.json("verify", "--json")["result"], "consistent")
        for code in self.codes:  # what the room was told holds, and nothing else does
            self.assertEqual(self.core.json("verify", "--json", "--head-code", code)["result"], "consistent")
        number, words = self.codes[0].split(":")
        forged = self.core.run("verify", "--json", "--head-code", f"{int(number) + 1}:{words}")
        self.assertEqual((forged.returncode, json.loads(forged.stdout)["result"]), (1, "damaged"))

    def test_13_one_changed_byte_is_found(self):
        copy = self.lab.dir / "tampered"
        shutil.copytree(self.core.home, copy, ignore=shutil.ignore_patterns("run"))
        with contextlib.closing(sqlite3.connect(copy / "journal.db")) as journal, journal:
            seq, blob = journal.execute("SELECT seq, blob FROM record WHERE seq > 10 LIMIT 1").fetchone()
            journal.execute("UPDATE record SET blob = ? WHERE seq = ?", (blob[:-1] + bytes([blob[-1] ^ 1]), seq))
        done = self.core.run("verify", "--json", copy)
        report = json.loads(done.stdout)
        self.assertEqual((done.returncode, report["result"]), (1, "damaged"))
        self.assertIn(seq, [e["seq"] for e in report["errors"]])

    def test_14_a_killed_core_comes_back_with_the_same_state(self):
        self.core.serve()
        wait_until(lambda: self.core.source("chat")["state"] == "live", 30, "the chat connection is live again")
        seq = self.core.status()["seq"]
        before = {what: self.core.get_text(what, f"seq:{seq}") for what in LISTS}
        self.core.kill()
        self.core.serve()
        self.assertGreater(self.core.ready["seq"], 0)
        for what in LISTS:
            self.assertEqual(self.core.get_text(what, f"seq:{seq}"), before[what], what)
        incident = self.core.incident()
        self.assertEqual((incident["status"], incident["commander"]), ("resolved", "bob"))
        self.assertEqual(self.core.alert(alertname="InstanceDown")["status"], "resolved")
        self.assertEqual(self.core.alert(alertname="Watchdog")["status"], "firing")

    def test_15_the_window_follows_the_core(self):
        self.core.json("declare", "--title", "Window shows this", "--severity", "SEV3", "--no-room")
        type(self).gui = self.display.console("--home", self.core.home)
        wait_until(lambda: any("Window shows this" in t for t in self.display.windows(self.gui.pid)) or not self.gui.alive(), 30,
                   "the window is named after the incident")
        self.assertTrue(self.gui.alive())
        wait_until(lambda: self.display.colours() > 100, 20, "the window is painted")

    def test_16_a_killed_window_stops_nothing(self):
        self.gui.kill()
        self.assertTrue(self.core.answers())
        self.core.ctl("log", "--incident", "INC-2", "written without a window")
        type(self).gui = self.display.console("--home", self.core.home)
        wait_until(lambda: self.display.windows(self.gui.pid), 30, "the window is there again")

    def test_17_a_killed_core_is_started_again_by_the_window(self):
        before = self.core.status()["pid"]
        wait_until(lambda: any("Window shows this" in t for t in self.display.windows(self.gui.pid)), 30, "the window follows the core")
        self.core.kill()
        wait_until(self.core.answers, 15, "a core answers again")
        self.assertNotEqual(self.core.status()["pid"], before)
        self.assertTrue(self.gui.alive())
        self.assertEqual(len(self.core.timeline(text="written without a window")), 1)


if __name__ == "__main__":
    main()
