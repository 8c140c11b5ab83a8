# SPDX-License-Identifier: GPL-3.0-or-later
"""A review from the end of its incident to reviewed, by the command line: pre-filled, written by two people at once over a kill, looked through, rated, held by its gates and never
holding the incident."""
import json

from quarterdeck_lab import Core, Story, main

WORKSPACE = "".join(f'[[person]]\nid = "{p}"\nname = "{n}"\n' for p, n in (("dana", "Dana Novak"), ("kofi", "Kofi Osei"), ("priya", "Priya Raman")))


class AReview(Story):
    @classmethod
    def build(cls):
        cls.core = core = Core(cls.lab)
        core.init()
        (core.home / "workspace/review.toml").write_text(WORKSPACE)
        core.serve()
        core.ctl("--as", "dana", "declare", "--title", "Checkout failing", "--severity", "SEV1", "--no-room")
        core.ctl("--as", "dana", "take")
        core.ctl("--as", "kofi", "line", "? the pool limit")
        core.ctl("--as", "dana", "log", "the token is hunter2-hunter2")
        core.ctl("--as", "dana", "line", "! roll back // not fail over: loses an hour")

    def as_(self, person, *args):
        return self.core.ctl("--as", person, "review", *args)

    def write(self, person, section, text, base, *more):
        file = self.lab.dir / "section.md"
        file.write_text(text)
        return self.as_(person, "write", "INC-1", section, file, "--base", base, *more)

    def review(self):
        return self.core.call("review.read", {"incident": "INC-1"})

    def section(self, name):
        return next(s for s in self.review()["texts"] if s["section"] == name)

    def test_01_it_opens_when_the_incident_is_over_with_what_the_record_says(self):
        self.assertIn("its review opens once it is resolved", self.core.refused("--as", "dana", "review", "open", "INC-1"))
        self.core.ctl("--as", "dana", "status", "resolved", "--reason", "rolled back")
        self.assertIn("has no review yet", self.core.refused("review", "show", "INC-1"))
        self.as_("dana", "open", "INC-1", "--facilitator", "priya")
        review = self.review()
        self.assertEqual((review["phase"], review["owner"], review["facilitator"], [p["person"] for p in review["people"]]), ("draft", "dana", "priya", ["dana", "kofi"]))
        self.assertIn("  - not taken: fail over: loses an hour\n", self.section("decisions")["text"])
        narrative = self.as_("dana", "show", "INC-1", "--section", "narrative")
        self.assertIn("](entry:line/", narrative.stdout)
        self.assertEqual(narrative.stderr, "revision 1\n")
        self.assertIn("had a part in INC-1", self.core.refused("--as", "dana", "review", "open", "INC-1", "--facilitator", "kofi"))

    def test_02_two_who_write_at_once_lose_no_word_also_over_a_kill(self):
        self.as_("dana", "hold", "INC-1", "narrative")
        self.write("dana", "narrative", "half of dana's", 1, "--draft")
        self.core.kill()
        self.core.serve()
        held = self.section("narrative")
        self.assertEqual((held["text"], held["heldBy"], held["revision"]), ("half of dana's", "dana", 2))
        self.as_("kofi", "hold", "INC-1", "narrative", "--over")
        late = self.write("dana", "narrative", "all of dana's", 2, "--draft")
        self.assertIn("kept beside", late.stderr)
        self.write("kofi", "narrative", "kofi's\n", 2)
        section = self.section("narrative")
        self.assertEqual((section["text"], [a["text"] for a in section["asides"]]), ("kofi's\n", ["all of dana's"]))
        self.write("kofi", "narrative", "The ledger change was not considered because nobody looked at it. It was human eror.\n", section["revision"], "--settles", section["asides"][0]["revision"], "--release")
        self.assertEqual(self.section("narrative")["asides"], [])

    def test_03_it_is_looked_through(self):
        found = self.as_("dana", "lint", "INC-1", "narrative").stdout
        for line in ("unsupported: The ledger change", "counterfactual: was not considered", "counterfactual: nobody looked", "spelling: eror", "How is it known"):
            self.assertIn(line, found)
        self.assertIn("error\n", self.as_("dana", "lint", "INC-1", "--word", "eror").stdout)
        self.assertIn("Woher ist es bekannt", self.as_("dana", "lint", "INC-1", "narrative", "--language", "de").stdout)

    def test_04_its_gates_hold_the_review_and_never_the_incident(self):
        self.as_("priya", "turn", "INC-1", "in-review")
        held = self.core.refused("--as", "dana", "review", "turn", "INC-1", "reviewed")
        for part in ("contributions (Dana Novak, Kofi Osei)", "section summary is as it was pre-filled", "no factor is named", "The incident itself waits for none of it"):
            self.assertIn(part, held)
        self.core.ctl("--as", "dana", "status", "closed", "--incident", "INC-1")
        for person in ("dana", "kofi"):
            self.as_(person, "contribute", "INC-1", "I saw the limit.")
        for section in ("summary", "impact", "went-well"):
            self.write("dana", section, "Ours.\n", self.section(section)["revision"])
        self.as_("dana", "factor", "INC-1", "trigger.configuration-push", "--evidence", "hypothesis/1")
        self.as_("kofi", "factor", "INC-1", "technical.capacity", "--evidence", "decision/1")
        self.assertEqual([(f["factor"], f["disputed"]) for f in self.review()["factors"]], [("trigger.configuration-push", True), ("technical.capacity", True)])
        self.as_("dana", "action", "INC-1", "announce pushes", "--strength", "engineer")
        self.assertIn("action 1 has no owner", self.core.refused("--as", "dana", "review", "turn", "INC-1", "reviewed"))
        self.assertIn("exactly one owner", self.core.refused("--as", "dana", "review", "action", "INC-1", "--action", "1", "--owner", "dana, kofi"))
        self.as_("dana", "action", "INC-1", "--action", "1", "--owner", "kofi", "--due", "14d")
        self.assertIn("who owns the review", self.core.refused("--as", "kofi", "review", "waive", "INC-1", "actions", "--reason", "later"))
        self.as_("dana", "waive", "INC-1", "actions", "--reason", "the way to tell is being built")
        self.as_("dana", "turn", "INC-1", "reviewed")
        self.assertEqual([(r["incident"], r["phase"]) for r in self.core.get("reviews")], [("INC-1", "reviewed")])
        self.assertEqual([(a["action"], a["owner"], a["state"]) for a in self.core.get("actions")], [(1, "kofi", "open")])

    def test_05_what_is_struck_is_gone_from_it_and_the_rest_stays(self):
        seq = self.core.timeline(text="the token is hunter2-hunter2")[0]["seq"]
        self.as_("dana", "turn", "INC-1", "draft", "--reason", "a witness came back")
        self.write("dana", "summary", "Before. They said: the token is hunter2-hunter2. After.\n", self.section("summary")["revision"])
        self.core.ctl("strike", "--entry", seq, "--incident", "INC-1", "--reason", "a secret")
        self.assertNotIn("hunter2", json.dumps(self.review()))
        self.assertTrue(self.section("summary")["text"].startswith("Before."))
        self.assertTrue(self.section("summary")["text"].endswith("After.\n"))


if __name__ == "__main__":
    main()
