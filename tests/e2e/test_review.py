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
        self.core.ctl("--as", "dana", "standdown", "--verified-by", "kofi", "--summary", "rolled back", "--review-owner", "dana", "--review-due", "5d", "--follow-up", "@kofi ask the vendor for a higher limit",
                      "--follow-up", "look at the other ledgers")
        self.assertIn("has no review yet", self.core.refused("review", "show", "INC-1"))
        self.as_("dana", "open", "INC-1", "--facilitator", "priya")
        review = self.review()
        self.assertEqual((review["phase"], review["owner"], review["facilitator"], [p["person"] for p in review["people"]]), ("draft", "dana", "priya", ["dana", "kofi"]))
        self.assertEqual([(a["action"], a["owner"], a["text"]) for a in review["actions"]], [(1, "kofi", "ask the vendor for a higher limit"), (2, "", "look at the other ledgers")], "what was left to do")
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
        spelt = self.as_("dana", "lint", "INC-1", "--word", "eror")
        self.assertIn("error\n", spelt.stdout)
        self.assertIn('jargon = ["eror"]', spelt.stderr)
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
        self.as_("dana", "action", "INC-1", "--action", "2", "--state", "dropped", "--reason", "there are none")
        self.assertIn("action 3 has no owner", self.core.refused("--as", "dana", "review", "turn", "INC-1", "reviewed"))
        self.assertIn("exactly one owner", self.core.refused("--as", "dana", "review", "action", "INC-1", "--action", "3", "--owner", "dana, kofi"))
        self.as_("dana", "action", "INC-1", "--action", "3", "--owner", "kofi", "--due", "14d")
        day = next(a["due"] for a in self.core.get("actions") if a["action"] == 3)[:10]
        self.as_("dana", "action", "INC-1", "--action", "3", "--due", day, "--strength", "administer")
        self.assertEqual(next(a["slips"] for a in self.core.get("actions") if a["action"] == 3), [], "the day it is due already moves nothing")
        self.assertIn("who owns the review", self.core.refused("--as", "kofi", "review", "waive", "INC-1", "actions", "--reason", "later"))
        self.assertIn("Dana Novak owns the review of INC-1; say why", self.core.refused("--as", "kofi", "review", "open", "INC-1", "--owner", "kofi"))
        self.as_("kofi", "open", "INC-1", "--owner", "kofi", "--reason", "Dana is away")
        self.assertTrue(self.core.timeline(text="took the review over from Dana Novak: Dana is away"))
        self.as_("kofi", "waive", "INC-1", "actions", "--reason", "the way to tell is being built")
        self.assertIn("Kofi Osei took the review over from Dana Novak", next(g["says"] for g in self.review()["gates"] if g["gate"] == "actions"))
        self.as_("kofi", "open", "INC-1", "--owner", "dana")
        self.as_("dana", "turn", "INC-1", "reviewed")
        self.assertEqual([(r["incident"], r["phase"]) for r in self.core.get("reviews")], [("INC-1", "reviewed")])
        self.assertEqual([(a["action"], a["owner"], a["state"]) for a in self.core.get("actions")], [(1, "kofi", "open"), (2, "", "dropped"), (3, "kofi", "open")])

    def test_05_what_reviews_say_together_is_read_with_how_far_it_can_be_trusted(self):
        trends = self.core.get("trends")
        factors = {t["factor"]: t for t in trends if t["kind"] == "factor"}
        self.assertEqual(factors["trigger.configuration-push"]["ratings"], {"low": 0, "medium": 0, "high": 0, "unsaid": 1})
        self.assertEqual([(t["factors"], t["counts"]) for t in trends if t["kind"] == "matrix"], [(["technical.capacity", "trigger.configuration-push"], [[1, 1], [1, 1]])])
        shown = self.core.ctl("get", "trends").stdout
        self.assertIn("1 unrelated incident names a factor; raters: nothing is said of agreement: 1 incident with two raters or more, and it takes 5\n", shown)
        self.assertRegex(shown, r"configuration push +1 +100 % +31 % +1 unsaid\n")
        self.assertRegex(shown, r"\n 2  configuration push +1 +1\n")
        self.assertIn("elsewhere is as published by Google SRE Workbook", shown)

    def test_06_what_is_struck_is_gone_from_it_and_the_rest_stays(self):
        seq = self.core.timeline(text="the token is hunter2-hunter2")[0]["seq"]
        self.as_("dana", "turn", "INC-1", "draft", "--reason", "a witness came back")
        self.write("dana", "summary", "Before. They said: the token is hunter2-hunter2. After.\n", self.section("summary")["revision"])
        self.core.ctl("strike", "--entry", seq, "--incident", "INC-1", "--reason", "a secret")
        self.assertNotIn("hunter2", json.dumps(self.review()))
        self.assertTrue(self.section("summary")["text"].startswith("Before."))
        self.assertTrue(self.section("summary")["text"].endswith("After.\n"))


DEBRIEF = """
[review]
gates = ["attendance", "signatures"]
[cost]
currency = "EUR"
hourly = 60.00
[cost.roles]
commander = 120.00
"""


class ItsDebrief(Story):
    """Who was at the meeting and signed it, what the incident cost in all, and how it was handled: said without a name."""

    @classmethod
    def build(cls):
        cls.core = core = Core(cls.lab)
        core.init()
        (core.home / "workspace/review.toml").write_text(WORKSPACE + DEBRIEF)
        core.serve()
        core.ctl("--as", "dana", "declare", "--title", "Checkout failing", "--severity", "SEV1", "--no-room")
        core.ctl("--as", "dana", "take")
        core.ctl("--as", "kofi", "line", "? the pool limit")

    def as_(self, person, *args):
        return self.core.ctl("--as", person, "review", *args)

    def review(self):
        return self.core.call("review.read", {"incident": "INC-1"})

    def gate(self, name):
        return next(g for g in self.review()["gates"] if g["gate"] == name)

    def test_01_how_it_was_handled_is_asked_when_it_is_over_where_it_is_reviewed(self):
        self.assertIn("is asked once it is resolved", self.core.refused("--as", "kofi", "review", "feedback", "INC-1", "4"))
        self.core.ctl("--as", "dana", "status", "resolved", "--reason", "rolled back")
        self.assertIn("review feedback INC-1 1 (badly) to 5 (well)", self.as_("dana", "open", "INC-1").stderr)
        self.assertIn("nobody said yet", self.as_("dana", "show", "INC-1").stdout)

    def test_02_who_is_asked_is_at_the_meeting_or_spoken_for_there(self):
        self.as_("dana", "turn", "INC-1", "in-review")
        held = self.core.refused("--as", "dana", "review", "turn", "INC-1", "reviewed")
        for part in ("attendance (no meeting was held)", "signatures (Dana Novak, Kofi Osei)"):
            self.assertIn(part, held)
        self.as_("dana", "meeting", "INC-1", "--with", "dana", "--with", "priya")
        self.assertEqual(self.gate("attendance")["missing"], ["Kofi Osei"])
        self.assertIn("review feedback INC-1", self.as_("kofi", "contribute", "INC-1", "--delegate", "priya").stderr)
        self.assertEqual((self.gate("attendance")["standing"], self.review()["attended"]), ("met", ["dana", "priya"]))
        self.assertIn("no person \"nobody\"", self.core.refused("--as", "dana", "review", "meeting", "INC-1", "--with", "nobody"))

    def test_03_a_signature_stands_for_what_it_says(self):
        for person in ("dana", "kofi"):
            self.as_(person, "sign", "INC-1")
        self.assertEqual(self.gate("signatures")["standing"], "met")
        file = self.lab.dir / "summary.md"
        file.write_text("Ours.\n")
        self.as_("kofi", "write", "INC-1", "summary", file, "--base", 1)
        self.assertEqual([(s["person"], s["stands"]) for s in self.review()["signatures"]], [("dana", False), ("kofi", False)])
        self.assertIn("signed by dana, before the last change", self.as_("dana", "show", "INC-1").stdout)
        for person in ("dana", "kofi"):
            self.as_(person, "sign", "INC-1")
        self.as_("kofi", "sign", "INC-1", "--withdraw")
        self.assertEqual(self.gate("signatures")["missing"], ["Kofi Osei"])
        self.as_("kofi", "sign", "INC-1")
        self.as_("dana", "turn", "INC-1", "reviewed")

    def test_04_what_it_cost_is_of_all_together(self):
        self.assertEqual(json.loads(self.as_("dana", "cost", "INC-1", "1234.50", "cloud, two hours").stdout), {"id": "cost/1"})
        self.as_("dana", "cost", "INC-1", "10", "credits")
        self.as_("dana", "cost", "INC-1", "80", "--cost", "2")
        self.assertEqual([(c["cost"], c["what"], c["amount"]) for c in self.review()["costs"]], [(1, "cloud, two hours", "1234.50"), (2, "credits", "80.00")])
        self.as_("dana", "cost", "INC-1", "--cost", "2", "--withdraw")
        cost = self.core.get("reviews")[0]["cost"]
        self.assertEqual((cost["currency"], cost["people"], cost["noted"], cost["note"]), ("EUR", 2, "1234.50", ""))
        self.assertAlmostEqual(float(cost["total"]), float(cost["labour"]) + 1234.5, 2)
        self.assertNotRegex(json.dumps(cost), "dana|kofi|Dana|Kofi")
        shown = self.as_("dana", "show", "INC-1").stdout
        self.assertIn("cost 1: 1234.50 EUR, cloud, two hours\ncost in all: ", shown)
        self.assertIn("with 2 people", shown)
        self.assertIn("is no amount; write 1234.50", self.core.refused("--as", "dana", "review", "cost", "INC-1", "12,50", "cloud"))
        self.assertEqual(self.core.run("--as", "dana", "review", "cost", "INC-1", "--withdraw").returncode, 2)

    def test_05_how_it_was_handled_is_said_without_a_name(self):
        before = len(self.core.timeline(incident="INC-1")), len(self.core.get("access"))
        said = self.as_("kofi", "feedback", "INC-1", "2", "nobody knew who led")
        self.assertEqual((said.stdout, said.stderr), ("", ""))
        self.as_("priya", "feedback", "INC-1", "4", "--named")
        self.core.kill()
        self.core.serve()
        self.assertEqual(self.review()["feedback"], {"count": 2, "scores": [0, 1, 0, 1, 0], "words": [{"score": 2, "text": "nobody knew who led", "person": ""}, {"score": 4, "text": "", "person": "priya"}]})
        self.assertEqual((len(self.core.timeline(incident="INC-1")), len(self.core.get("access"))), before) # in no other list either
        self.assertIn("how it was handled: 1 x 4, 1 x 2 (5: well)\n    2: nobody knew who led\n    4 by priya: \n", self.as_("dana", "show", "INC-1").stdout)
        self.assertIn("A score is 1 (badly) to 5 (well)", self.core.refused("--as", "kofi", "review", "feedback", "INC-1", "6"))

    def test_06_a_rater_says_how_sure_they_are(self):
        self.as_("dana", "turn", "INC-1", "draft", "--reason", "a witness came back")
        self.as_("dana", "factor", "INC-1", "trigger.configuration-push", "--evidence", "hypothesis/1", "--confidence", "high")
        self.assertEqual(self.review()["factors"][0]["ratings"]["high"], 1)
        self.assertIn("is no confidence; it is low, medium or high", self.core.refused("--as", "dana", "review", "factor", "INC-1", "trigger.none", "--confidence", "quite"))
        self.assertIn("1 of 1 raters, 1 sure\n", self.as_("dana", "show", "INC-1").stdout)


if __name__ == "__main__":
    main()
