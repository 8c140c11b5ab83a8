# SPDX-License-Identifier: GPL-3.0-or-later
"""The window driven by keys alone, on a real display: what was typed is read back from the core."""
import json
import os

from lab_display import Display
from quarterdeck_lab import Core, Story, main, request, wait_until

PASSPHRASE = "correct horse battery"


class TheWindowIsDrivenByKeys(Story):
    @classmethod
    def build(cls):
        cls.core = core = Core(cls.lab)
        core.init()
        with open(core.home / "workspace/people.toml", "a") as people:
            people.write('\n[[person]]\nid = "mara"\nname = "Mara Lindt"\n\n[[person]]\nid = "dba"\nname = "Dana Novak"\n')
        core.serve()
        key = core.connect("inbound", "prometheus")["urls"]["alerts"]
        alert = {"labels": {"alertname": "DiskFull", "service": "ledger", "severity": "critical", "instance": "ledger-1"},
                 "annotations": {"summary": "Ledger disk is full"}}
        assert request("POST", key, [alert]).status == 200
        cls.display = Display(cls.lab)
        cls.gui = cls.display.console("--home", core.home, "--as", "mara")
        cls.window = cls.display.wait_for_window(cls.gui, "Quarterdeck", 60)

    def keys(self, *keys):
        self.display.keys(self.window, *keys)

    def line(self, text):
        """One line through the one-line instrument."""
        self.keys("ctrl+l")
        self.display.type(text)
        self.keys("Return")

    def test_01_ctrl_shift_d_declares_what_is_typed(self):
        self.keys("ctrl+shift+d")
        dialog = self.display.wait_for_window(self.gui, "Declare an incident", 20)
        self.display.keys(dialog, "ctrl+a")
        self.display.type("Ledger cannot write")
        self.display.keys(dialog, "Return")
        incident = wait_until(self.core.incident, 20, "the core has the incident")
        self.assertEqual((incident["title"], incident["severity"]), ("Ledger cannot write", "SEV1"))
        self.assertEqual(incident["alerts"], [self.core.alert(alertname="DiskFull")["key"]])
        wait_until(lambda: self.core.incident()["commander"] == "mara", 20, "who declares commands")
        type(self).window = self.display.wait_for_window(self.gui, "Ledger cannot write", 20)

    def test_02_a_acknowledges_in_the_table(self):
        self.keys("Escape", "a")
        wait_until(lambda: self.core.alert(alertname="DiskFull")["workflow"] == "acknowledged", 20, "the alert is acknowledged")
        self.assertEqual(self.core.alert(alertname="DiskFull")["acknowledgedBy"], "mara")

    def test_03_one_line_logs_tasks_supposes_decides_and_promises(self):
        self.line("replica two is fine")
        wait_until(lambda: self.core.timeline(kind="log", text="replica two is fine"), 20, "the log line is there")
        self.line("@dba check lag 10m")
        task = wait_until(lambda: self.core.incident()["tasks"], 20, "the task is there")[0]
        self.assertEqual((task["person"], task["text"]), ("dba", "check lag"))
        self.assertTrue(task["due"])
        self.line("? pool exhausted")
        wait_until(lambda: [h["text"] for h in self.core.incident()["hypotheses"]] == ["pool exhausted"], 20, "the hypothesis is there")
        self.line("! roll back 4.2")
        wait_until(lambda: [d["text"] for d in self.core.incident()["decisions"]] == ["roll back 4.2"], 20, "the decision is there")
        self.line("> customers 20m")
        wait_until(lambda: [p["audience"] for p in self.core.incident()["promises"]] == ["customers"], 20, "the promise is there")

    def test_04_ctrl_k_finds_and_runs_an_action(self):
        self.keys("ctrl+k")
        self.display.type("change severity")
        self.keys("Return")
        self.display.type("SEV2")
        self.keys("Return")
        wait_until(lambda: self.core.incident()["severity"] == "SEV2", 20, "the severity is changed")

    def test_05_a_change_is_marked(self):
        self.keys("ctrl+shift+m")
        dialog = self.display.wait_for_window(self.gui, "Mark a change", 20)
        self.display.type("config push by hand")
        self.display.keys(dialog, "Return")
        wait_until(lambda: self.core.timeline(kind="change"), 20, "the change is on the timeline")
        self.assertIn("config push by hand", json.dumps(self.core.timeline(kind="change")))


class AHomeThatDoesNotOpenSaysSo(Story):
    @classmethod
    def build(cls):
        cls.secret = cls.lab.write("passphrase", PASSPHRASE + "\n")
        cls.core = Core(cls.lab, key=("--passphrase-file", cls.secret))
        cls.core.init()
        cls.display = Display(cls.lab)

    def test_01_a_locked_home_asks_for_its_passphrase(self):
        type(self).gui = self.display.console("--home", self.core.home)
        type(self).dialog = self.display.wait_for_window(self.gui, "Open this home", 60)
        self.assertFalse(self.core.answers())

    def test_02_a_wrong_one_is_refused_and_asked_again(self):
        def refusals():
            log = self.core.home / "core.log"
            return log.read_text().count("The passphrase does not open this home") if log.exists() else 0
        self.display.keys(self.dialog)
        self.display.type("wrong")
        self.display.keys(self.dialog, "Return")
        wait_until(lambda: refusals() == 1, 60, "the core refused it")
        self.assertTrue(self.gui.alive())
        self.assertFalse(self.core.answers())

    def test_03_the_right_one_opens_it_and_is_nowhere_on_a_command_line(self):
        self.display.wait_for_window(self.gui, "Open this home", 20)
        self.display.keys(self.dialog)
        self.display.type(PASSPHRASE)
        self.display.keys(self.dialog, "Return")
        wait_until(self.core.answers, 60, "the core answers")
        wait_until(lambda: "Open this home" not in self.display.windows(self.gui.pid), 20, "the dialog is gone")
        for entry in os.listdir("/proc"):
            if entry.isdigit():
                try:
                    with open(f"/proc/{entry}/cmdline", "rb") as f:
                        self.assertNotIn(PASSPHRASE.encode(), f.read())
                except OSError:
                    continue
        self.assertNotIn(PASSPHRASE, (self.core.home / "core.log").read_text())

    def test_04_a_killed_window_leaves_the_opened_core_alone(self):
        pid = self.core.status()["pid"]
        self.gui.kill()
        self.assertTrue(self.core.answers())
        self.assertEqual(self.core.status()["pid"], pid)


if __name__ == "__main__":
    main()
