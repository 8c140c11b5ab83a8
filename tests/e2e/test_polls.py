# SPDX-License-Identifier: GPL-3.0-or-later
"""Go or no-go asked around, and key moments: by the command line, over a kill, and by the window's keys."""
import json
from datetime import datetime, timedelta, timezone

from lab_display import Display
from quarterdeck_lab import Core, Story, main, wait_until


class PollsAndMoments(Story):
    @classmethod
    def build(cls):
        cls.core = core = Core(cls.lab)
        core.init()
        people = (core.home / "workspace/people.toml").read_text()
        (core.home / "workspace/people.toml").write_text(people + "".join(
            f'\n[[person]]\nid = "{p}"\nname = "{p.capitalize()}"\n' for p in ("mara", "ben", "cleo")))
        core.serve()
        core.ctl("declare", "--title", "Shop is down", "--severity", "SEV2", "--no-room")
        core.ctl("--as", "ben", "take")
        core.ctl("call", "incident.role", json.dumps({"incident": "INC-1", "role": "scribe", "person": "mara"}))

    def polls(self):
        return self.core.incident()["polls"]

    def test_01_everybody_else_with_a_role_is_asked(self):
        self.assertEqual(self.core.json("--as", "ben", "poll", "roll back 4.2?"), {"id": "poll/1"})
        self.assertEqual([s["person"] for s in self.polls()[0]["asked"]], ["mara"])
        self.assertEqual(self.polls()[0]["notAnswered"], ["mara"])
        self.assertEqual(self.core.ctl("poll").stdout, "INC-1 poll 1: roll back 4.2?: 0 go, 0 no-go, 1 not answered\n  not answered: mara\n")

    def test_02_answers_are_recorded_per_person_and_the_last_word_counts(self):
        self.core.ctl("--as", "mara", "answer", "no-go", "--text", "backups run")
        self.core.ctl("--as", "mara", "answer", "go", "--poll", "1")
        self.core.ctl("--as", "mara", "answer", "no-go", "--person", "cleo", "--text", "lag 380 s")
        poll = self.polls()[0]
        self.assertEqual([(a["person"], a["answer"], a["writtenBy"]) for a in poll["answers"]], [("mara", "go", ""), ("cleo", "no-go", "mara")])
        self.assertEqual(poll["result"], "1 go, 1 no-go")
        self.assertEqual(self.core.ctl("poll").stdout.splitlines()[1:], ["  mara: go", "  cleo: no-go, written down by mara: lag 380 s"])
        # What is written down for somebody who spoke stands beside their own word, and that is said.
        said = self.core.ctl("--as", "ben", "answer", "no-go", "--person", "mara").stderr
        self.assertIn("They said go themselves; both are kept and shown.", said)
        self.assertEqual(self.core.ctl("poll").stdout.splitlines()[1:3], ["  mara: no-go, written down by ben", "    by their own word: go"])
        self.core.ctl("--as", "mara", "answer", "go", "--poll", "1")
        self.assertIn("go or no-go", self.core.refused("--as", "mara", "answer", "perhaps"))
        self.assertTrue(self.core.timeline(kind="poll", actor="mara", text="no-go on poll 1: backups run"))

    def test_03_a_decision_cites_it_and_closes_it(self):
        self.core.ctl("--as", "ben", "decide", "roll back", "--poll", "1")
        poll = self.polls()[0]
        self.assertEqual((poll["decision"], poll["closedAt"] is None), (1, False))
        self.assertEqual(self.core.incident()["decisions"][0]["poll"], 1)
        self.assertTrue(self.core.timeline(kind="decision", actor="ben", text="roll back (poll 1: 1 go, 1 no-go)"))
        self.assertIn("closed at", self.core.refused("--as", "mara", "answer", "go", "--poll", "1"))

    def test_03b_the_options_that_were_weighed_stand_beside_a_decision(self):
        self.core.ctl("--as", "ben", "decide", "fail over", "--option", "roll back again | risk=the schema is new | reversible=no",
                      "--option", "fail over | effect=reads come back | time=5m | owner=mara", "--not", "wait", "--chosen", "2")
        decision = self.core.incident()["decisions"][1]
        self.assertEqual([(o["text"], o["chosen"], o["risk"], o["reversible"], o["time"], o["owner"], o["effect"]) for o in decision["options"]],
                         [("roll back again", False, "the schema is new", "no", "", "", ""), ("fail over", True, "", "", "5m", "mara", "reads come back")])
        self.assertEqual(decision["rejected"], ["roll back again: the schema is new", "wait"])
        self.assertTrue(self.core.timeline(kind="decision", text="fail over; not roll back again: the schema is new, not wait"))
        self.assertIn("There is no option 3", self.core.refused("--as", "ben", "decide", "x", "--option", "a", "--option", "b", "--chosen", "3"))
        self.assertIn("yes, partly or no", self.core.refused("--as", "ben", "decide", "x", "--option", "a | reversible=perhaps"))
        for wrong in ("a | price=7", "a | risk", "a | risk=x | risk=y"):
            self.assertEqual(self.core.run("--as", "ben", "decide", "x", "--option", wrong).returncode, 2, wrong)

    def test_04_one_is_taken_back_and_one_is_closed_by_whom_it_belongs_to(self):
        self.core.ctl("--as", "ben", "poll", "mistake?")
        self.assertIn("Taken back: poll/2 of INC-1 asked", self.core.ctl("--as", "ben", "undo").stderr)
        self.assertTrue(self.polls()[1]["withdrawn"])
        self.core.ctl("--as", "mara", "poll", "tell customers?", "--ask", "ben", "--ask", "cleo")
        self.assertIn("Incident Commander", self.core.refused("--as", "cleo", "poll", "--close", "3"))
        self.core.ctl("--as", "ben", "poll", "--close", "3", "--reason", "later")
        self.assertEqual((self.polls()[2]["withdrawn"], self.polls()[2]["reason"]), (False, "later"))

    def test_04b_one_that_is_due_says_so(self):
        self.assertIn("between 1 minute and 7 days", self.core.refused("--as", "ben", "poll", "now?", "--due", "10s"))
        self.core.ctl("--as", "ben", "poll", "in an hour?", "--due", "1h")
        self.assertIn("INC-1 poll 4 (until ", self.core.ctl("poll").stdout)
        self.core.ctl("--as", "ben", "poll", "--withdraw", "4")

    def test_05_a_moment_stands_where_it_belongs(self):
        then = (datetime.now(timezone.utc) - timedelta(minutes=5)).strftime("%Y-%m-%dT%H:%M:%SZ")
        self.assertEqual(self.core.json("moment", "first call of a customer", "--at", then, "--kind", "detection"), {"id": "moment/1"})
        self.assertEqual(self.core.incident()["moments"][0]["at"], then)
        self.assertEqual(self.core.timeline(kind="moment")[0]["at"], then)
        self.assertIn("has not yet", self.core.refused("moment", "soon", "--at", "2999-01-01T00:00:00Z"))
        self.core.ctl("moment", "wrong one")
        self.core.ctl("moment", "--withdraw", "2")
        self.assertEqual([m["withdrawnAt"] is None for m in self.core.incident()["moments"]], [True, False])

    def test_06_a_kill_forgets_none_of_it(self):
        before = self.core.incident()
        self.core.kill()
        self.core.serve()
        self.assertEqual(self.core.incident(), before)

    def test_07_the_window_asks_answers_and_marks_by_its_keys(self):
        self.core.ctl("--as", "ben", "poll", "switch to eu-2?", "--ask", "mara")
        display = Display(self.lab)
        gui = display.console("--home", self.core.home, "--as", "mara")
        window = display.wait_for_window(gui, "INC-1", 60)
        display.keys(window, "F6", "F6") # no services, no map: alerts, timeline, stack
        display.keys(window, "y")
        wait_until(lambda: self.polls()[4]["answers"], 20, "the answer is there")
        self.assertEqual([(a["person"], a["answer"]) for a in self.polls()[4]["answers"]], [("mara", "go")])
        display.keys(window, "x")
        dialog = display.wait_for_window(gui, "No-go on poll 5", 20)
        display.type("lag is back")
        display.keys(dialog, "Return")
        wait_until(lambda: self.polls()[4]["answers"][0]["answer"] == "no-go", 20, "the last word is no-go")
        self.assertEqual(self.polls()[4]["answers"][0]["text"], "lag is back")
        display.keys(window, "shift+F6")
        display.keys(window, "comma", "b")
        wait_until(lambda: len(self.core.incident()["moments"]) == 3, 20, "the line is a key moment")
        self.assertTrue(self.core.incident()["moments"][2]["about"])
        display.keys(window, "b")
        wait_until(lambda: self.core.incident()["moments"][2]["withdrawnAt"], 20, "and is none any more")


if __name__ == "__main__":
    main()
