# SPDX-License-Identifier: GPL-3.0-or-later
"""What is set up from the window, by keys alone on a real display: read back from the core and from the home."""
import subprocess
import time

from lab_accessible import Screen
from lab_display import Display
from quarterdeck_lab import Core, Story, free_port, main, request, until, wait_until

SECRET = "t0ken-canary-of-the-window"


class TheWindowSetsThingsUp(Story):
    @classmethod
    def build(cls):
        cls.lab.secrets.add(SECRET)
        cls.core = core = Core(cls.lab)
        core.init()
        with open(core.home / "workspace/people.toml", "a") as people:
            people.write('\n[[person]]\nid = "mara"\nname = "Mara Lindt"\n\n[[person]]\nid = "dba"\nname = "Dana Novak"\n')
        core.serve()
        key = core.connect("inbound", "senders")["urls"]["alerts"]
        alert = {"labels": {"alertname": "DiskFull", "service": "ledger", "severity": "critical"}, "annotations": {"summary": "Ledger disk is full"}}
        assert request("POST", key, [alert]).status == 200
        for title in ("Ledger cannot write", "Shop is slow"):
            core.ctl("--as", "mara", "declare", "--title", title, "--no-room")
        cls.display = Display(cls.lab)
        cls.gui = cls.display.console("--home", core.home, "--as", "mara")
        cls.window = cls.display.wait_for_window(cls.gui, "INC-", 60)

    def keys(self, *keys):
        self.display.keys(self.window, *keys)

    def focus(self, incident):
        self.keys("ctrl+g")
        self.display.type(incident)
        self.keys("Return")
        self.display.wait_for_window(self.gui, incident, 20)

    def closed(self, title):
        wait_until(lambda: not any(title in shown for shown in self.display.windows(self.gui.pid)), 20, f"{title!r} is closed")

    def pressed(self, dialog, title, key):
        """Pressed in a dialog, if it is there: what it offers may still be looked for."""
        if any(title in shown for shown in self.display.windows(self.gui.pid)):
            self.display.keys(dialog, key)

    def incident(self, name):
        return next(i for i in self.core.get("incidents") if i["id"] == name)

    def test_01_a_source_is_connected_and_its_secret_is_nowhere_but_in_its_file(self):
        self.keys("ctrl+alt+n")
        dialog = self.display.wait_for_window(self.gui, "Connect a source", 20)
        self.display.keys(dialog, "Home", "Down", "Tab")  # Alertmanager, Prometheus
        self.display.type("metrics")
        self.display.keys(dialog, "Tab")
        self.display.type(f"http://127.0.0.1:{free_port()}")
        self.display.keys(dialog, "Tab")
        self.display.type(SECRET)
        for line in subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True).stdout.splitlines():
            self.assertFalse(SECRET in line and "xdotool" not in line, line)
        self.display.keys(dialog, "Return")
        source = wait_until(lambda: next((s for s in self.core.get("sources") if s["name"] == "metrics"), None), 20, "the connection is there")
        self.assertEqual((source["kind"], source["armed"]), ("prometheus", []))  # observe
        self.assertEqual((self.core.home / "secrets/metrics.token").read_text(), SECRET)
        result = self.display.wait_for_window(self.gui, "Connected: metrics", 20)
        wait_until(lambda: self.core.source("metrics")["problem"], 20, "the core found out that nobody answers there")
        self.display.keys(result, "Escape")
        for path in self.core.home.rglob("*"):
            if path.is_file() and path.name != "metrics.token":
                self.assertNotIn(SECRET.encode(), path.read_bytes(), path)

    def test_02_people_are_shown_first_and_brought_in_then(self):
        roster = self.core.home.parent / "people.csv"
        roster.write_text("id,name,zone,team,xmpp,active\nzoe,Zoe Ash,Europe/Berlin,,,true\n")
        written = self.core.home / "workspace/roster.toml"
        self.keys("F5")
        dialog = self.display.wait_for_window(self.gui, "Bring people in", 20)
        self.display.type(str(roster))
        self.display.keys(dialog, "Return")
        time.sleep(1)
        self.assertFalse(written.exists())  # shown, not written
        until(lambda: self.pressed(dialog, "Bring people in", "ctrl+Return"), written.exists, "the roster is in the workspace")
        self.assertIn("Zoe Ash", written.read_text())
        wait_until(lambda: self.core.run("--as", "zoe", "log", "I am here", "--incident", "INC-1").returncode == 0, 20, "the core knows her")

    def test_03_other_rules_are_tried_and_nothing_is_changed(self):
        edited = self.core.home.parent / "edited"
        edited.mkdir()
        for file in (self.core.home / "workspace").glob("*.toml"):
            (edited / file.name).write_text(file.read_text())
        before = self.core.timeline(actor="mara")
        self.keys("F12")
        dialog = self.display.wait_for_window(self.gui, "What if the rules were others", 20)
        self.display.type(str(edited))
        self.display.keys(dialog, "Return")
        time.sleep(1)
        self.display.keys(dialog, "Escape")
        self.assertEqual(self.core.timeline(actor="mara"), before)

    def test_04_an_incident_is_placed_and_taken_out(self):
        self.focus("INC-2")
        self.keys("ctrl+alt+j")
        dialog = self.display.wait_for_window(self.gui, "Where INC-2 belongs", 20)
        self.display.keys(dialog, "Return")
        wait_until(lambda: self.incident("INC-2")["parent"] == "INC-1", 20, "it is part of the other")
        self.closed("Where INC-2 belongs")
        self.keys("ctrl+alt+j")
        dialog = self.display.wait_for_window(self.gui, "Where INC-2 belongs", 20)
        self.display.keys(dialog, "ctrl+Return")
        wait_until(lambda: self.incident("INC-2")["parent"] == "", 20, "it is part of none")

    def test_05_since_when_it_hurts_is_corrected(self):
        before = self.incident("INC-2")["impactSince"]
        self.keys("ctrl+alt+i")
        dialog = self.display.wait_for_window(self.gui, "Since when INC-2 hurts", 20)
        self.display.keys(dialog, "ctrl+a")
        self.display.type("40m")
        self.display.keys(dialog, "Return")
        wait_until(lambda: self.incident("INC-2")["impactSince"] != before, 20, "it hurts since earlier")

    def test_06_all_one_commands_is_offered_at_once(self):
        for name in ("INC-1", "INC-2"):
            self.core.ctl("--as", "mara", "take", name)
        screen = Screen(self.display)
        wait_until(lambda: (names := screen.names()) and not [n for n in names if "nobody commands" in n], 20, "the window has it, too")
        dialog = self.display.opened(self.gui, self.window, "ctrl+alt+a", "Hand over all you command")
        self.display.type("dba")
        self.display.keys(dialog, "Return")
        wait_until(lambda: self.core.run("--as", "dba", "accept", "--all", "--read-back", "both of them").returncode == 0, 20, "both are offered")
        wait_until(lambda: {i["commander"] for i in self.core.get("incidents")} == {"dba"}, 20, "both are somebody else's")

    def test_07_an_incident_of_elsewhere_is_shown_and_then_rebuilt(self):
        log = self.core.home.parent / "post-mortem.md"
        log.write_text("# Ledger stood still, 2025-11-23\n\n- 14:02 UTC - writes fail\n- 14:20 UTC - failed over\n")
        before = len(self.core.get("incidents"))
        self.keys("F9")
        dialog = self.display.wait_for_window(self.gui, "Rebuild an incident", 20)
        self.display.type(str(log))
        self.display.keys(dialog, "Tab", "Tab", "Return")
        time.sleep(1)
        self.assertEqual(len(self.core.get("incidents")), before)  # shown, not made
        until(lambda: self.pressed(dialog, "Rebuild an incident", "ctrl+Return"), lambda: len(self.core.get("incidents")) == before + 1, "it is rebuilt")
        incident = next(i for i in self.core.get("incidents") if i["kind"] == "rebuilt")
        self.assertEqual((incident["status"], incident["impactSince"]), ("resolved", "2025-11-23T14:02:00Z"))
        self.closed("Rebuild an incident")


if __name__ == "__main__":
    main()
