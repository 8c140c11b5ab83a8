# SPDX-License-Identifier: GPL-3.0-or-later
"""Silence and arm by the window's keys alone, against a real Alertmanager: what is written there, and what is not while it is only observed."""
import datetime

from lab_display import Display
from lab_servers import Monitoring, RecordingProxy
from quarterdeck_lab import Core, Story, main, request, wait_until

# What has no end is over for Alertmanager five minutes later.
ENDS = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=12)).isoformat()
ALERT = {"endsAt": ENDS, "labels": {"alertname": "DiskFull", "service": "ledger", "severity": "critical", "instance": "ledger-1"},
         "annotations": {"summary": "Ledger disk is full"}}


class TheWindowSilencesWhatItMay(Story):
    @classmethod
    def build(cls):
        cls.monitoring = Monitoring(cls.lab)
        cls.monitoring.start_alertmanager()
        cls.proxy = RecordingProxy(cls.lab, cls.monitoring.url)
        cls.core = core = Core(cls.lab)
        core.init()
        with open(core.home / "workspace/people.toml", "a") as people:
            people.write('\n[[person]]\nid = "mara"\nname = "Mara Lindt"\n')
        core.serve()
        core.connect("alertmanager", "am", url=cls.proxy.url, interval="1s")
        assert request("POST", cls.monitoring.url + "/api/v2/alerts", [ALERT]).status == 200
        wait_until(lambda: core.alert(alertname="DiskFull")["status"] == "firing", 20, "the alert is polled")
        cls.display = Display(cls.lab)
        cls.gui = cls.display.console("--home", core.home, "--as", "mara")
        cls.window = cls.display.wait_for_window(cls.gui, "Quarterdeck", 60)

    def titles(self):
        return self.display.windows(self.gui.pid)

    def arming(self):
        return next(c["armed"] for c in self.core.get("sources") if c["name"] == "am")

    def open(self, key, title):
        """Opens a dialog by its key; Shift+S waits for the alert's labels, so it may have to be pressed again."""
        return self.display.opened(self.gui, self.window, key, title)

    def closed(self, title):
        wait_until(lambda: not any(title in t for t in self.titles()), 20, f"{title!r} is closed")

    def test_01_unarmed_nothing_is_written_and_the_dialog_does_not_send(self):
        dialog = self.open("shift+s", "Silence alerts")
        self.display.type("being replaced")
        self.display.keys(dialog, "Return")  # its button is off: it says that the connection observes only
        before = len(self.proxy.reads())
        wait_until(lambda: len(self.proxy.reads()) > before + 4, 30, "Alertmanager was polled meanwhile")
        self.assertTrue(any("Silence alerts" in t for t in self.titles()), "the dialog that could do nothing went away")
        self.display.keys(dialog, "Escape")
        self.closed("Silence alerts")
        self.assertEqual(self.proxy.writes(), [])
        self.assertEqual(self.monitoring.silences(), [])
        self.assertEqual([d for d in self.core.get("deliveries") if d["effect"] == "silence"], [])

    def test_02_the_connection_is_armed_in_the_window(self):
        self.assertEqual(self.arming(), [])
        dialog = self.open("ctrl+shift+a", "What a connection may write")
        self.display.keys(dialog, "Tab", "space", "Return", "Return")  # the connection, then its first tick: silences
        self.assertTrue(any("What a connection may write" in t for t in self.titles()), "Enter twice armed it")
        self.assertEqual(self.arming(), [])
        self.display.keys(dialog, "Tab")
        self.display.type("am")  # its name does
        self.display.keys(dialog, "Return")
        self.closed("What a connection may write")
        wait_until(lambda: self.arming() == ["silences"], 20, "the connection is armed for silences")
        self.assertEqual(self.proxy.writes(), [])

    def test_03_an_alert_is_silenced_there(self):
        dialog = self.open("shift+s", "Silence alerts")
        self.display.type("being replaced")
        self.display.keys(dialog, "Return")
        silence = wait_until(self.monitoring.silences, 20, "Alertmanager has the silence")[0]
        self.assertEqual((silence["status"]["state"], silence["comment"]), ("active", "being replaced"))
        self.assertEqual({m["name"]: (m["value"], m["isRegex"], m["isEqual"]) for m in silence["matchers"]},
                         {n: (ALERT["labels"][n], False, True) for n in ("alertname", "service", "instance")})
        self.assertIn("mara", silence["createdBy"] + silence["comment"])
        self.closed("Silence alerts")
        wait_until(lambda: self.core.alert(alertname="DiskFull")["suppression"] == "silenced", 20, "the alert is shown as silenced")

    def test_04_it_is_lifted_in_the_window_and_expired_there(self):
        def picked():  # the list of silences comes with a poll; an empty one offers nothing
            self.display.keys(self.window, "ctrl+shift+x")
            self.display.keys(self.window, "Return", "Escape")
            return self.monitoring.silences()[0]["status"]["state"] == "expired"
        wait_until(picked, 30, "Alertmanager has ended it")
        wait_until(lambda: self.core.alert(alertname="DiskFull")["suppression"] == "none", 20, "the alert is heard again")
        self.assertEqual(len(self.monitoring.silences()), 1)

    def test_05_disarmed_in_the_window_it_writes_nothing_again(self):
        dialog = self.open("ctrl+shift+a", "What a connection may write")
        self.display.keys(dialog, "Tab", "space", "Return")
        self.closed("What a connection may write")
        wait_until(lambda: self.arming() == [], 20, "the connection only observes")
        written = len(self.proxy.writes())
        dialog = self.open("shift+s", "Silence alerts")
        self.display.type("again")
        self.display.keys(dialog, "Return", "Escape")
        self.closed("Silence alerts")
        self.assertEqual(len(self.proxy.writes()), written)


if __name__ == "__main__":
    main()
