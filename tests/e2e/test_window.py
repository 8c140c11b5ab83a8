# SPDX-License-Identifier: GPL-3.0-or-later
"""The window driven by keys alone, on a real display: what was typed is read back from the core."""
import contextlib
import fcntl
import json
import os
import signal
import sqlite3
import subprocess
import time

from lab_accessible import Screen
from lab_display import Display
from quarterdeck_lab import PATIENCE, Core, Story, eventually, main, need, request, until, wait_until

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
        self.assertEqual((incident["title"], incident["severity"]), ("Ledger cannot write", "SEV2"))
        self.assertEqual(incident["alerts"], [self.core.alert(alertname="DiskFull")["key"]])
        wait_until(lambda: self.core.incident()["commander"] == "mara", 20, "who declares commands")
        type(self).window = self.display.wait_for_window(self.gui, "Ledger cannot write", 20)

    def test_02_a_acknowledges_in_the_table(self):
        self.keys("Escape", "a")
        wait_until(lambda: self.core.alert(alertname="DiskFull")["workflow"] == "acknowledged", 20, "the alert is acknowledged")
        self.assertEqual(self.core.alert(alertname="DiskFull")["acknowledgedBy"], "mara")
        self.keys("ctrl+z")
        wait_until(lambda: self.core.alert(alertname="DiskFull")["workflow"] == "new", 20, "the acknowledgement is taken back")
        self.keys("a")
        wait_until(lambda: self.core.alert(alertname="DiskFull")["workflow"] == "acknowledged", 20, "the alert is acknowledged again")

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
        dialog = self.display.wait_for_window(self.gui, "Severity of", 20)
        self.display.keys(dialog, "End", "Tab", "Down", "Down", "Tab", "Down")  # hurt: yes; how many: some; workaround: no
        self.display.keys(dialog, "Tab", "Tab")
        self.display.type("half of them pay again")
        self.display.keys(dialog, "Return")
        wait_until(lambda: self.core.incident()["severity"] == "SEV2", 20, "the severity is changed")

    def test_05_a_change_is_marked(self):
        self.keys("ctrl+shift+m")
        dialog = self.display.wait_for_window(self.gui, "Mark a change", 20)
        self.display.type("config push by hand")
        self.display.keys(dialog, "Return")
        wait_until(lambda: self.core.timeline(kind="change"), 20, "the change is on the timeline")
        self.assertIn("config push by hand", json.dumps(self.core.timeline(kind="change")))

    def test_06_c_in_the_stack_composes_and_ctrl_enter_sends(self):
        self.keys("Escape", "F6", "F6", "c")  # triage, timeline, stack: without dependencies there is no map
        self.display.type("nobody can pay")
        self.keys("Tab")
        self.display.type("freeing space")
        self.keys("Tab")
        self.display.type("14:40 UTC")
        self.keys("ctrl+Return")
        update = wait_until(lambda: self.core.incident()["updates"], 20, "the update is in the core")[0]
        self.assertIn("Impact: nobody can pay\nWhat we are doing: freeing space\nNext update: 14:40 UTC", update["text"])
        self.assertEqual((update["by"], update["audience"]), ("mara", "customers"))

    def test_07_the_palette_composes_too_and_what_is_missing_is_not_sent(self):
        self.keys("ctrl+k")
        self.display.type("update: compose")
        self.keys("Return")
        self.display.type("payments are back")
        self.keys("ctrl+Return")  # refused: the keyboard goes to the first field that is missing
        self.display.type("watching")
        self.keys("Tab")
        self.display.type("15:00 UTC")
        self.keys("ctrl+Return")
        updates = wait_until(lambda: (u := self.core.incident()["updates"]) and len(u) == 2 and u, 20, "the second update is in the core")
        self.assertEqual([u["text"].splitlines()[1:] for u in updates if "back" in u["text"]],
                         [["Impact: payments are back", "What we are doing: watching", "Next update: 15:00 UTC"]])

    def test_07b_one_key_writes_the_briefing(self):
        pdftotext = need("/usr/bin/pdftotext", "poppler-utils")
        self.keys("ctrl+shift+b")

        def read():
            briefing, = (self.lab.dir / "Documents").glob("*.pdf")
            return " ".join(subprocess.run([pdftotext, "-layout", briefing, "-"], capture_output=True, text=True, check=True).stdout.split())
        text = wait_until(read, 30, "the briefing is a file, and whole")
        for said in ("ICS", "INC", "1. Incident name", "10. Resources", "roll back 4.2", "pool exhausted", "check lag"):
            self.assertIn(said, text)

    def test_08_e_in_the_stack_calls_the_next_step(self):
        def steps():
            return [s["step"] for e in self.core.incident()["escalations"] for s in e["steps"]]
        self.assertEqual(steps(), [1])
        self.keys("shift+F6", "e")  # from the closed composer back to the stack
        wait_until(lambda: steps() == [1, 2], 20, "the next step is called")

    def test_09_v_in_the_stack_overrides_by_one_return_and_calls_only_when_typed(self):
        def held():
            return [o for o in self.core.get("overrides") if o["what"] == "held"]
        self.keys("v")
        dialog = self.display.wait_for_window(self.gui, "Override in INC-1", 20)
        self.display.keys(dialog, "Tab", "Tab")  # what: its alerts are held; for: an hour
        self.display.type("1")  # words enough, by one key
        self.display.keys(dialog, "Return")  # Ctrl+Z takes it back: nothing is typed
        one = wait_until(held, 20, "the alerts are held")[0]
        self.assertEqual((one["by"], one["reason"]), ("mara", "known, being worked on"))
        self.keys("ctrl+z")  # the keyboard is in the stack
        wait_until(lambda: not held(), 20, "the hold is taken back")
        steps = lambda: [len(e["steps"]) for e in self.core.incident()["escalations"]]
        before = steps()
        self.keys("v")
        dialog = self.display.wait_for_window(self.gui, "Override in INC-1", 20)
        self.display.keys(dialog, "End", "Up", "Tab")  # call on: the next step, now
        self.display.type("1")
        self.display.keys(dialog, "Return", "Return")
        time.sleep(0.5)
        self.assertEqual(steps(), before)  # a call goes out and is not taken back: its name is typed
        self.display.keys(dialog, "Escape")

    def test_10_a_shift_is_read_back_where_it_is_offered(self):
        self.core.ctl("--as", "dba", "handover", "--shift", "--to", "mara", "--summary", "one disk")
        dialog = self.display.opened(self.gui, self.window, "ctrl+alt+h", "Dana Novak offers you the shift")
        self.display.type("the ledger's disk is full")
        self.display.keys(dialog, "Return")
        shift = wait_until(lambda: [s for s in self.core.get("shifts") if s["state"] == "accepted"], 20, "the shift is accepted")[0]
        self.assertEqual((shift["from"], shift["to"], shift["words"]), ("dba", "mara", "the ledger's disk is full"))

    def test_11_who_is_called_is_asked_and_nothing_is_started(self):
        before = len(self.core.incident()["escalations"])
        self.keys("ctrl+alt+q")
        dialog = self.display.wait_for_window(self.gui, "Who is called, and why", 20)
        self.display.keys(dialog, "Return")
        time.sleep(0.5)
        self.display.keys(dialog, "Escape")
        self.assertEqual(len(self.core.incident()["escalations"]), before)

    def reads(self):
        return [(a["person"], a["incidents"][0], a["what"]) for a in self.core.get("access") if a["kind"] == "read"]

    def test_12_sealed_words_are_shown_once_their_reading_is_recorded(self):
        self.core.ctl("log", "the bank said [[restricted for mara: vault-canary]]")
        self.assertEqual(self.reads(), [])
        until(lambda: self.keys("ctrl+alt+x"), self.reads, "it is recorded that mara reads it")  # again, until the window has it too
        self.assertEqual(set(self.reads()), {("mara", "INC-1", "get")})
        self.keys("Escape")

    def test_13_as_somebody_else_nothing_is_done_until_escape(self):
        screen = Screen(self.display)
        self.keys("ctrl+alt+v")
        self.display.type("the public")
        self.keys("Return")
        screen.wait_for("would read it.", 20, "the window says as whom it is read")
        self.line("said while looking on")
        time.sleep(0.5)

        def back():
            self.keys("Escape", "Escape")
            self.line("said by myself again")
        until(back, lambda: self.core.timeline(kind="log", text="said by myself again"), "the line is there", pause=10)
        self.assertEqual(self.core.timeline(kind="log", text="said while looking on"), [])


class APracticeIsLiveAtOnce(Story):
    """At the speed a newcomer gets: real time."""

    @classmethod
    def build(cls):
        cls.core = Core(cls.lab, "practice")
        cls.display = Display(cls.lab)
        cls.screen = Screen(cls.display)
        cls.gui = cls.display.console("--home", cls.core.home, "--practice")

    def test_01_within_ten_seconds_of_its_opening_the_window_shows_a_live_incident(self):
        wait_until(lambda: self.display.windows(self.gui.pid), 60, "the window opens")
        opened = time.monotonic()
        wait_until(lambda: any("PRACTICE · INC-1" in title for title in self.display.windows(self.gui.pid)), 10, "the window is named after the incident")
        # What an alert is likely a consequence of is read out after its title.
        titles = ("Payment authorisation failing: 31 % of calls", "Checkout error rate 38 %")
        wait_until(lambda: all(any(row["Alert"].startswith(title) for row in self.screen.table("Alerts")) for title in titles), 10, "its alerts are in the table")
        self.assertLess(time.monotonic() - opened, 10 * PATIENCE)

    def test_02_what_is_shown_is_an_incident_that_burns_and_is_marked_practice(self):
        shown = self.screen.names()
        for text in ("PRACTICE", "Severity 1", "INC-1 · Checkout failing, EU", "ACTIVE"):
            self.assertIn(text, shown)
        wait_until(lambda: "critical" in [row["Severity"] for row in self.screen.table("Alerts")], 10, "its worst alert is critical")  # a row may come while it is read
        self.assertEqual((self.core.incident()["severity"], self.core.incident()["status"]), ("SEV1", "active"))

    def test_03_it_goes_on_at_the_pace_of_life(self):
        self.display.keys(self.display.wait_for_window(self.gui, "PRACTICE", 20), "Escape", "F6", "F6", "t", "ctrl+End")  # alerts, map, timeline: as a table, its end
        wait_until(lambda: any("card provider sees nothing on their side" in row["What"] for row in self.screen.table("Timeline as a table")), 20,
                   "what somebody said in the room is shown")
        self.assertFalse(any(alert["status"] == "resolved" for alert in self.core.get("alerts")))


class APracticeUpdateArrives(Story):
    @classmethod
    def build(cls):
        cls.core = Core(cls.lab, "practice")
        cls.display = Display(cls.lab, "1366x768")
        cls.gui = cls.display.console("--home", cls.core.home, "--practice", "--speed", "60")
        cls.window = cls.display.wait_for_window(cls.gui, "PRACTICE · INC-1", 90)

    def test_01_a_first_window_has_room_on_a_small_screen_with_its_frame(self):
        def fits():
            width, height = self.display.size(self.window)
            self.assertTrue(1300 < width <= 1366 - 2 and 700 < height <= 768 - 24, (width, height))
        eventually(fits, "the window has its place")

    def test_02_an_update_by_keys_is_confirmed_by_the_room(self):
        wait_until(lambda: self.core.incident()["rooms"], 60, "the incident has a room")
        self.display.keys(self.window, "ctrl+k")
        self.display.type("update: compose")
        self.display.keys(self.window, "Return")
        self.display.type("could not pay")
        self.display.keys(self.window, "Tab")
        self.display.type("reversing a change")
        self.display.keys(self.window, "ctrl+Return")
        wait_until(lambda: [u["delivery"] for u in self.core.incident()["updates"]] == ["confirmed"], 40, "the update is confirmed")
        self.assertIn("could not pay", self.core.incident()["updates"][0]["text"])


class AStartThatFailsIsShown(Story):
    @classmethod
    def build(cls):
        cls.core = Core(cls.lab)
        cls.core.init()
        cls.core.serve()
        cls.core.ctl("declare", "--title", "Something to keep", "--severity", "SEV3")
        cls.core.stop()
        cls.display = Display(cls.lab)

    def change(self, sql):
        with contextlib.closing(sqlite3.connect(self.core.home / "journal.db")) as journal, journal:
            journal.execute(sql)

    def shown(self, title, *args):
        gui = self.display.console("--home", self.core.home, *args)
        self.display.wait_for_window(gui, title, 60)
        return gui

    def test_01_without_a_home_the_first_page_offers_practice_and_the_command(self):
        nowhere = Core(self.lab, "nowhere")
        gui = self.display.console("--home", nowhere.home)
        page = self.display.wait_for_window(gui, "No home yet", 60)
        wait_until(lambda: self.display.colours() > 20, 20, "it is painted")
        self.display.keys(page, "o")  # nothing there to be opened
        self.assertFalse(nowhere.home.exists())
        nowhere.init()

        def opened():
            if any("No home yet" in title for title in self.display.windows(gui.pid)):
                self.display.keys(page, "o")
            return nowhere.answers()
        wait_until(opened, 60, "the home that was made is opened")
        self.assertFalse(nowhere.status()["practice"])
        gui.stop()

    def test_02_from_the_first_page_practice_is_one_key_away(self):
        gui = self.display.console()
        page = self.display.wait_for_window(gui, "No home yet", 60)
        self.display.keys(page, "p")
        self.display.wait_for_window(gui, "PRACTICE", 60)
        gui.stop()

    def test_03_a_journal_of_a_newer_format(self):
        with contextlib.closing(sqlite3.connect(self.core.home / "journal.db")) as journal:
            before = journal.execute("PRAGMA user_version").fetchone()[0]
        self.change("PRAGMA user_version = 99")
        gui = self.shown("The core does not start")
        wait_until(lambda: "newer Quarterdeck" in (self.core.home / "core.log").read_text(), 20, "the core's log says why")
        gui.stop()
        self.change(f"PRAGMA user_version = {before}")

    def test_04_a_home_in_use_is_opened_once_it_is_free(self):
        """A core that holds the home without answering: another user's, or one in another container."""
        with open(self.core.home / "lock", "ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            gui = self.shown("The core does not start")
            wait_until(lambda: "core" in (self.core.home / "core.log").read_text().strip().splitlines()[-1], 20, "the core's log says why")
        self.display.wait_for_window(gui, "Something to keep", 60)
        gui.stop()
        os.kill(self.core.status()["pid"], signal.SIGTERM)
        wait_until(lambda: not self.core.answers(), 20, "the core the window left behind is gone")

    def test_05_a_damaged_journal_is_shown_and_marked(self):
        self.change("UPDATE record SET blob = zeroblob(length(blob)) WHERE seq = (SELECT max(seq) FROM record)")
        self.shown("UNRECORDED").stop()


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

        def tell():  # again, where it was typed before the dialog knew that the wrong one had been refused
            if any("Open this home" in title for title in self.display.windows(self.gui.pid)):
                self.display.keys(self.dialog, "ctrl+a")
                self.display.type(PASSPHRASE)
                self.display.keys(self.dialog, "Return")
        until(tell, self.core.answers, "the core answers", pause=20)
        wait_until(lambda: not any("Open this home" in title for title in self.display.windows(self.gui.pid)), 20, "the dialog is gone")
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
