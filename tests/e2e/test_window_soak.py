# SPDX-License-Identifier: GPL-3.0-or-later
"""A window that stays open: floods come and go behind it, keys are pressed in it, and it neither grows nor falls behind."""
import datetime
import os
import pathlib
import statistics
import time

from lab_display import Display
from quarterdeck_lab import Core, Story, main, request, wait_until

ROUNDS = int(os.environ.get("QD_WINDOW_ROUNDS", "6"))
ALERTS = 120
GROWTH = 1.0  # MiB a round, once it has seen everything it shows: what a round leaves in the timeline, and room for the allocator's moods


class AWindowThatStaysOpen(Story):
    @classmethod
    def build(cls):
        cls.core = Core(cls.lab)
        cls.core.init()
        with open(cls.core.home / "workspace/people.toml", "a") as people:
            people.write('\n[[person]]\nid = "mara"\nname = "Mara Lindt"\n')
        cls.core.serve()
        cls.url = cls.core.connect("inbound", "prometheus")["urls"]["alerts"]
        cls.display = Display(cls.lab)
        cls.gui = cls.display.console("--home", cls.core.home, "--as", "mara")
        cls.window = cls.display.wait_for_window(cls.gui, "Quarterdeck", 60)

    def memory(self):
        """MiB the window's process has to itself: its heap and stacks, not what it shares with others."""
        text = pathlib.Path(f"/proc/{self.gui.pid}/status").read_text()
        return int(next(line.split()[1] for line in text.splitlines() if line.startswith("RssAnon:"))) / 1024

    def flood(self, number, over):
        ends = {"endsAt": datetime.datetime.utcnow().isoformat() + "Z"} if over else {}
        alerts = [{"labels": {"alertname": "Soak", "service": f"shop-{n % 12}", "severity": ("critical", "warning")[n % 2], "instance": f"host-{n}"},
                   "annotations": {"summary": f"Host {n} is slow, round {number}"}, **ends} for n in range(ALERTS)]
        assert request("POST", self.url, alerts).status == 200

    def answers(self, number):
        """What is typed in the window is in the core: it has not fallen behind. Returns the seconds that took."""
        words, began = f"round {number} is looked at", time.monotonic()
        self.display.keys(self.window, "ctrl+l")
        self.display.type(words)
        self.display.keys(self.window, "Return")
        wait_until(lambda: self.core.timeline(kind="log", text=words), 60, "what was typed is in the log")
        return time.monotonic() - began

    def round(self, number):
        self.flood(number, over=False)
        self.display.keys(self.window, "Escape", "j", "j", "space", "k", "Return", "Escape", "t", "Escape", "ctrl+k", "Escape", "question", "Escape",
                          "F6", "Home", "Left", "Left", "End", "F6", "Down", "Up", "F6")
        self.flood(number, over=True)
        self.display.keys(self.window, "Escape", "ctrl+alt+f", "Escape")
        return self.answers(number), self.memory()

    def test_01_floods_come_and_go_and_it_answers_as_on_the_first_day(self):
        self.core.ctl("--as", "mara", "declare", "--title", "Slow hosts", "--severity", "SEV2")
        type(self).window = self.display.wait_for_window(self.gui, "Slow hosts", 20)
        took, held = zip(*[self.round(number) for number in range(ROUNDS)])
        settled = max(2, ROUNDS // 3)
        growth = (statistics.median(held[-2:]) - statistics.median(held[settled - 1:settled + 1])) / max(1, ROUNDS - settled - 1)
        print(f"{ROUNDS} rounds of {ALERTS} alerts: {held[0]:.0f} MiB after the first, {held[min(settled, ROUNDS - 1)]:.0f} settled, {held[-1]:.0f} at the end; "
              f"typed and recorded in {statistics.median(took):.1f} s, at most {max(took):.1f}", flush=True)
        self.assertLess(growth, GROWTH, f"MiB a round: {[round(m) for m in held]}")
        self.assertTrue(self.gui.alive())

    def test_02_what_it_shows_at_the_end_is_what_the_core_has(self):
        self.assertTrue(all(alert["status"] == "resolved" for alert in self.core.alerts(alertname="Soak")))
        self.assertEqual(len(self.core.timeline(kind="log")), ROUNDS)
        self.assertIn("Slow hosts", " ".join(self.display.windows(self.gui.pid)))


if __name__ == "__main__":
    main()
