# SPDX-License-Identifier: GPL-3.0-or-later
"""An incident that was run elsewhere, from a Slack export, Alertmanager's history and what Prometheus kept of it, to a post-mortem for inside and one for everybody: gone through moment by
moment by both clocks in the window, written with its evidence, looked through, held by its gates and completed without one of them being done without, published without a marked
word or a name, exported. Nobody of its files is anybody of the workspace."""
import hashlib
import json
import re
import zipfile
from datetime import datetime, timezone

from lab_accessible import Screen
from lab_display import Display
from lab_papers import assert_pages_are_fit_to_print, words_of
from quarterdeck_lab import Core, Story, main, request, wait_until

WORKSPACE = """
[[person]]
id = "ana"
name = "Ana Amsel"
[[person]]
id = "ben"
name = "Ben Birke"
[[service]]
id = "checkout"
[[page]]
id = "shop"
title = "Shop"
live = true
[[page.component]]
id = "checkout"
name = "Checkout"
services = ["checkout"]
[review]
customers = ["Acme Corp"]
"""
DAY = "2025-11-23"
TITLE = "Checkout failing, EU"
HUSH = "HUSHCANARY"
POOL, CHECKOUT = "LedgerPoolStarved", "CheckoutFailing"
PUSHED, STARVES, BACK = "the limit of the ledger was pushed to 40", "the pools of the ledger starve", "I take the limit back"
BLAMED = "Nobody looked at the push. It was human error. Omar should have known.\n"
LEAKY = "Payments failed on ledger-db-2 until omar took a limit back; Acme Corp asked first.\n"
SUMMARY = """Payments failed for buyers in the EU, first seen by [an alert](entry:{pool}).
[[confidential: {hush} of them]] were without a sale. Support [[restricted for ana: {hush}]] looked on [[restricted for ana, ben: {hush}]].
"""
NARRATIVE = """The [limit of connections was pushed too low](entry:{pushed}), which was known here twelve minutes later. Its [pools starved](entry:{starves}).
The [limit was taken back](entry:{back}), and payments were authorised again.
"""
EXTERNAL = f"For a while some payments in the EU failed [[internal: {HUSH} of them]]. A change was taken back, and later changes reach one host first. It [[restricted for ben: {HUSH}]] is over.\n"
FORMATS = ("md", "html", "pdf", "odt")
OUTSIDERS = ("dana", "omar", "U0LEFT0009", "Ana", "Amsel", "Birke", "ledger-db-2")
# Moments between what happened: the alert was pending and not known, both fire, one of them is over.
MOMENTS = ("14:01:30", "14:05:00", "14:20:30")


def at(clock):
    return datetime.fromisoformat(f"{DAY}T{clock}+00:00").timestamp()


def seconds(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp() if text else None


def slack(file):
    def said(clock, user, text, **more):
        return {"type": "message", "ts": f"{at(clock):.6f}", "user": user, "text": text, **more}
    talk = [said("14:03:40", "U0DANA0001", "checkout fails in the EU, nobody knows why"), said("14:04:10", "U0LEFT0009", STARVES, thread_ts=f"{at('14:03:40'):.6f}"),
            said("14:12:00", "U0DANA0001", "Acme Corp asks when it is over"), said("14:18:00", "U0OMAR0002", BACK)]
    users = [{"id": i, "name": n, "profile": {"display_name": n}} for i, n in (("U0DANA0001", "dana"), ("U0OMAR0002", "omar"))]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("channels.json", json.dumps([{"id": "C0INC00042", "name": "inc-42"}]))
        z.writestr("users.json", json.dumps(users))
        z.writestr(f"inc-42/{DAY}.json", json.dumps(talk))


def alertmanager(file):
    """Its webhooks, as somebody kept them: one fires, and is over."""
    def webhook(status, ends):
        labels = {"alertname": CHECKOUT, "service": "checkout", "severity": "critical"}
        alert = {"status": status, "labels": labels, "annotations": {"summary": "Checkout fails in the EU"}, "startsAt": f"{DAY}T14:03:00Z", "endsAt": ends, "fingerprint": "27ef078ffbe6f2e2"}
        return json.dumps({"version": "4", "receiver": "oncall", "status": status, "alerts": [alert], "groupLabels": {}, "commonLabels": labels, "truncatedAlerts": 0})
    file.write_text(webhook("firing", "0001-01-01T00:00:00Z") + "\n" + webhook("resolved", f"{DAY}T14:21:30Z") + "\n")


def prometheus(file):
    """The answer of /api/v1/query_range for ALERTS: pending from 14:00:00, firing from 14:02:00 to 14:20:00; what never fired shows how far it goes."""
    def series(name, state, first, last, **labels):
        values = [[moment, "1"] for moment in range(int(at(first)), int(at(last)) + 1, 30)]
        return {"metric": {"__name__": "ALERTS", "alertname": name, "alertstate": state, **labels}, "values": values}
    pool = {"instance": "ledger-db-2:9100", "service": "ledger", "severity": "critical"}
    result = [series(POOL, "pending", "14:00:00", "14:01:30", **pool), series(POOL, "firing", "14:02:00", "14:19:30", **pool), series("DiskWillFill", "pending", "14:25:00", "14:26:00", service="mail")]
    file.write_text(json.dumps({"status": "success", "data": {"resultType": "matrix", "result": result}}))


class FromTheirFilesToThePostMortem(Story):
    @classmethod
    def build(cls):
        cls.core = core = Core(cls.lab)
        core.init()
        (core.home / "workspace/rebuilt-out.toml").write_text(WORKSPACE)
        core.serve()
        cls.folder = folder = cls.lab.folder("files")
        slack(folder / "acme.zip")
        alertmanager(folder / "alertmanager.jsonl")
        prometheus(folder / "alerts.json")
        (folder / "history.csv").write_text(f"at,known,text,actor\n{DAY}T13:58:00Z,{DAY}T14:10:00Z,{PUSHED},omar\n")
        cls.clock = "as known"

    def as_(self, person, *args):
        return self.core.ctl("--as", person, "review", *args)

    def review(self):
        return self.core.call("review.read", {"incident": "INC-1"})

    def section(self, name):
        return next(s for s in self.review()["texts"] if s["section"] == name)

    def gates(self):
        return {g["gate"]: g for g in self.review()["gates"]}

    def write(self, person, section, text):
        shown = self.core.run("--as", person, "review", "show", "INC-1", "--section", section, "--json")
        base = json.loads(shown.stdout)["revision"] if shown.returncode == 0 else 0
        self.as_(person, "write", "INC-1", section, self.lab.write("section.md", text), "--base", base)

    def facts(self):
        return [e for e in self.core.timeline(incident="INC-1") if e["origin"]]

    def fact(self, text):
        found = [e for e in self.facts() if text in e["text"]]
        self.assertEqual(len(found), 1, text)
        return found[0]

    def test_01_four_files_become_one_timeline_with_two_times(self):
        files = [str(self.folder / n) for n in ("acme.zip", "alertmanager.jsonl", "alerts.json", "history.csv")]
        shown = self.core.ctl("rebuild", *files, "--channel", "inc-42", "--dry-run").stdout
        for line in ("Slack export, #inc-42 (slack-export): 4 facts", "Alertmanager (alertmanager): 1 fact", "Prometheus, ALERTS (prometheus): 1 fact"):
            self.assertIn(line, shown)
        self.assertEqual(self.core.get("incidents"), [])
        out = self.core.ctl("rebuild", *files, "--channel", "inc-42", "--title", TITLE, "--severity", "SEV2", "--service", "checkout").stdout
        self.assertEqual(json.loads(out.splitlines()[-1]), {"id": "INC-1"})
        incident = self.core.incident()
        self.assertEqual((incident["kind"], incident["status"], incident["severity"]), ("rebuilt", "resolved", "SEV2"))
        self.assertEqual(len(self.facts()), 7)
        pool, pushed = self.fact(POOL), self.fact(PUSHED)
        for e, times in ((pool, ("14:00:00", "14:02:00", "14:20:00")), (pushed, ("13:58:00", "14:10:00", None))):
            self.assertEqual(tuple(seconds(e[n]) for n in ("at", "knownAt", "until")), tuple(t and at(t) for t in times), e["text"])
        self.assertEqual(seconds(self.fact(CHECKOUT)["until"]), at("14:21:30"))
        self.assertEqual((self.core.get("alerts"), self.core.get("escalations")), ([], []), "nothing follows from it")

    def test_02_its_review_asks_nobody_and_says_so(self):
        self.as_("ana", "open", "INC-1")
        self.assertEqual((self.review()["owner"], self.review()["gated"], self.review()["people"]), ("ana", True, []))
        self.assertEqual(self.gates()["contributions"]["missing"], ["who is asked"])
        people = self.section("participants")["text"]
        for name in ("dana", "omar", "U0LEFT0009"):
            self.assertIn(f"- {name}: named by a file (", people)
        self.as_("ana", "open", "INC-1", "--ask", "-")
        asked = self.gates()["contributions"]
        self.assertEqual((asked["standing"], asked["missing"]), ("met", []))
        self.assertEqual(asked["says"], "Nobody is asked for a contribution, as Ana Amsel said: its files name 3 people, and nobody of ours.")
        self.assertIn("There is nothing to do without", self.core.refused("--as", "ana", "review", "waive", "INC-1", "contributions", "--reason", "nobody is here"))
        # What its files say stands in the timeline, each line by its record.
        lines = [(ref, text) for ref, text in re.findall(r"\]\(entry:([^)]+)\) ([^\n]*)", self.section("timeline")["text"])]
        refers = {}
        for name, words in (("pool", POOL), ("starves", STARVES), ("pushed", PUSHED), ("back", BACK)):
            found = [ref for ref, text in lines if words in text]
            self.assertTrue(found, f"{words!r} is in {lines}")
            refers[name] = found[0]
        type(self).refers = {**refers, "hush": HUSH}

    def then(self, moment):
        """What the record says of a moment by the clock that holds: the alerts that fired, and the other lines that were there."""
        m = at(moment)

        def begins(e):
            return max(seconds(e["at"]), seconds(e["knownAt"]) or 0) if self.clock == "as known" else seconds(e["at"])
        alerts = {n for n in (POOL, CHECKOUT) for e in [self.fact(n)] if begins(e) <= m < seconds(e["until"])}
        return alerts, {e["text"] for e in self.facts() if e["kind"] != "alert" and begins(e) <= m}

    def shown(self):
        """The same, as the window shows it."""
        fired = {n for n in (POOL, CHECKOUT) for row in self.screen.table_if_shown("Alerts") or () if n in row["Alert"]}
        lines = [row["What"] for row in self.screen.table_if_shown("Timeline as a table") or ()]
        return fired, {e["text"] for e in self.facts() if e["kind"] != "alert" and any(e["text"] in line for line in lines)}

    def keys(self, *keys):
        self.display.keys(self.window, *keys)

    def go(self, moment, clock):
        self.keys("ctrl+3", "g")
        dialog = self.display.wait_for_window(self.gui, "Go to a time", 20)
        self.display.type(f"{DAY} {moment}")
        self.display.keys(dialog, "Return")
        wait_until(lambda: "Go to a time" not in " ".join(self.display.windows(self.gui.pid)), 20, "the time is taken")
        if clock != self.clock:
            self.keys("k")
            type(self).clock = clock
        self.screen.wait_for(f"PAST · {clock} at {moment}", 20, "the moment is named")
        self.keys("ctrl+1")

    def test_03_it_is_gone_through_by_both_clocks_in_the_window(self):
        before = self.core.timeline()
        type(self).display = Display(self.lab)
        type(self).screen = Screen(self.display)
        type(self).gui = self.display.console("--home", self.core.home, "--as", "ana")
        type(self).window = self.display.wait_for_window(self.gui, "Quarterdeck", 60)

        def listed():
            self.keys("ctrl+3")
            return any(TITLE in name for name in self.screen.names())
        wait_until(listed, 60, "the review is listed, or open")
        self.keys("Return")
        self.screen.wait_for(STARVES, 30, "its evidence is shown")
        self.go(MOMENTS[0], "as known")
        self.keys("ctrl+k")
        self.display.type("timeline: show as table")
        self.keys("Return")
        told = {}
        for moment in MOMENTS:
            for clock in ("as known", "as it was"):
                self.go(moment, clock)
                told[moment, clock] = self.then(moment)
                wait_until(lambda: self.shown() == self.then(moment), 20, f"the window shows {moment} {clock}: {self.then(moment)}")
        # What was so and could not be known is what the two clocks differ by.
        self.assertEqual(told["14:01:30", "as known"], (set(), set()))
        self.assertEqual(told["14:01:30", "as it was"], ({POOL}, {PUSHED}))
        self.assertEqual((told["14:05:00", "as known"][0], PUSHED in told["14:05:00", "as known"][1]), ({POOL, CHECKOUT}, False))
        self.assertEqual(told["14:20:30", "as known"], told["14:20:30", "as it was"])
        self.assertEqual(told["14:20:30", "as known"][0], {CHECKOUT})
        # People are what they were, and nobody is named.
        rows = wait_until(lambda: self.screen.table("Timeline as a table"), 20, "the timeline is shown")
        self.assertFalse({cell for row in rows for column, cell in row.items() if column != "What"} & {"dana", "omar", "U0LEFT0009"})
        self.keys("alt+End")
        wait_until(lambda: not [n for n in self.screen.names() if "PAST ·" in n], 20, "it is the present again")
        self.assertEqual(self.core.timeline(), before, "looking changes nothing")
        self.gui.stop()

    def test_04_it_is_written_with_its_evidence_and_looked_through(self):
        self.write("ana", "narrative", BLAMED)
        found = self.as_("ana", "lint", "INC-1", "narrative").stdout
        for line in ("unsupported: Nobody looked at the push.", "counterfactual: Nobody looked", "human error: human error", "counterfactual: should have"):
            self.assertIn(line, found)
        every = self.as_("ana", "lint", "INC-1").stdout
        self.assertIn("section narrative\n", every)
        self.assertTrue(all(line in every for line in found.splitlines()), "without a section it is all of them")
        self.assertIn("narrative", [each["section"] for each in json.loads(self.as_("ana", "lint", "INC-1", "--json").stdout)])
        self.write("ana", "narrative", NARRATIVE.format(**self.refers))
        self.assertNotRegex(self.as_("ana", "lint", "INC-1", "narrative").stdout, "counterfactual|human error|blame")
        self.write("ben", "impact", "Some buyers in the EU could not pay, [as the alert says](entry:{pool}).\n".format(**self.refers))
        self.write("ana", "went-well", "[The way back was ready](entry:{back}).\n".format(**self.refers))
        self.write("ana", "summary", LEAKY)
        self.write("ben", "external", EXTERNAL)

    def test_05_factors_point_at_what_its_files_say(self):
        self.assertIn("has no line", self.core.refused("--as", "ana", "review", "factor", "INC-1", "technical.capacity", "--evidence", "line/999999"))
        self.as_("ana", "factor", "INC-1", "trigger.configuration-push", "--evidence", self.refers["pushed"])
        self.assertEqual(self.gates()["factors"]["standing"], "met")
        factors = {f["factor"]: f for f in self.review()["factors"]}
        self.assertEqual((factors["trigger.configuration-push"]["raters"], factors["trigger.configuration-push"]["evidence"]), (["ana"], [self.refers["pushed"]]))
        self.assertEqual([(f["factor"], f["service"], f["incidents"], f["ofService"], f["reviews"]) for f in self.core.get("factors")], [("trigger.configuration-push", "checkout", 1, 1, ["INC-1"])])
        self.assertRegex(self.core.ctl("get", "factors").stdout, r"configuration push +checkout +1 +1 +INC-1")
        self.as_("ana", "action", "INC-1", f"Limits reach one host first [[restricted for ana: {HUSH}]]", "--factor", "trigger.configuration-push", "--strength", "engineer")
        self.as_("ana", "action", "INC-1", "--action", 1, "--owner", "ben", "--due", "14d", "--verification", "a push stops at the first host whose pool starves")

    def file_for(self, audience, form):
        return self.lab.dir / f"{audience}.{form}"

    def test_06_what_would_leak_is_named_and_stops_every_format(self):
        done = self.core.run("review", "leaks", "INC-1", "--audience", "public")
        self.assertEqual(done.returncode, 1)
        for words in ('"omar" names a person', '"ledger-db-2" is a host', '"Acme Corp" is a customer'):
            self.assertIn(words, done.stdout)
        for form in FORMATS:
            refused = self.core.run("--as", "ana", "review", "publish", "INC-1", "--audience", "public", "--format", form, "--out", self.file_for("public", form))
            self.assertEqual((refused.returncode, refused.stdout), (1, ""), form)
            self.assertFalse(self.file_for("public", form).exists())
        self.assertEqual(self.core.get("library"), [])
        self.write("ana", "summary", SUMMARY.format(**self.refers))
        self.assertEqual(self.core.ctl("review", "leaks", "INC-1", "--audience", "public").stdout, "nothing was found\n")

    def test_07_it_is_complete_and_nothing_was_done_without(self):
        for phase in ("in-review", "reviewed"):
            self.as_("ana", "turn", "INC-1", phase)
        self.assertEqual({name: (g["standing"], g["waivedBy"]) for name, g in self.gates().items()}, {name: ("met", "") for name in ("contributions", "sections", "factors", "actions")})
        self.assertEqual(self.review()["phase"], "reviewed")

    def test_08_inside_and_outside_are_published_without_what_their_readers_may_not_have(self):
        for audience in ("internal", "public"):
            for form in FORMATS:
                out = self.file_for(audience, form)
                self.as_("ana", "publish", "INC-1", "--audience", audience, "--format", form, "--out", out)
                text = re.sub(r"\s+", " ", words_of(out))
                for kept in (out.read_bytes(), text.encode()):
                    self.assertNotIn(HUSH.encode(), kept, (audience, form))
                self.assertIn("payments were authorised again", text, (audience, form))
                if audience == "internal":
                    for shown in ("sealed: confidential", "Support [sealed: restricted, short] looked on", "configuration push", "Limits reach one host first", "Ben Birke"):
                        self.assertIn(shown, text.replace("\\", ""), form)  # Markdown has brackets behind backslashes
                    continue
                for shown in ("A change was taken back", "Support looked on.", "It is over."):
                    self.assertIn(shown, text, form)
                for name in OUTSIDERS:
                    self.assertIsNone(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE), (name, form))
                for name in ("Amsel", "Birke", "U0LEFT0009", "ledger-db-2", "Acme Corp"):
                    self.assertNotIn(name.encode(), out.read_bytes(), form)
                self.assertNotIn("entry:", text, "the record is ours")
                self.assertNotIn("sealed:", text, "outside nothing says that a word is missing")
        for audience in ("internal", "public"):
            assert_pages_are_fit_to_print(self, self.file_for(audience, "pdf"))
        library = self.core.get("library")
        self.assertEqual([(p["audience"], p["format"], p["phase"]) for p in library], [(a, f, "reviewed") for a in ("internal", "public") for f in FORMATS])
        for p in library:
            self.assertEqual(p["digest"], hashlib.sha256(self.file_for(p["audience"], p["format"]).read_bytes()).hexdigest(), p)

    def test_08b_what_is_learnt_stands_on_the_page_as_resolved_and_nothing_is_reopened(self):
        for line in (("reopen", "INC-1"), ("status", "active", "--incident", "INC-1"), ("take", "INC-1")):
            self.assertIn("was run elsewhere and is over", self.core.refused("--as", "ana", *line), line)
        self.as_("ana", "publish", "INC-1", "--audience", "customers", "--to-page", "shop")
        began = datetime.now(timezone.utc).timestamp()
        self.core.ctl("--as", "ben", "message", "release", 1)
        self.assertTrue(self.core.get("messages")[-1]["sentAt"], "nobody commands it, and none is open")
        notices = wait_until(lambda: request("GET", self.core.ready["listen"] + "/status/shop/api/v2/incidents.json").json["incidents"], 20, "the page says it")
        self.assertEqual([(n["name"], n["status"]) for n in notices], [(TITLE, "resolved")])
        for said in (notices[0]["created_at"], notices[0]["resolved_at"]):
            self.assertAlmostEqual(seconds(said), began, delta=60)
        self.assertIn("A change was taken back", notices[0]["incident_updates"][0]["body"])
        self.assertNotIn(HUSH, json.dumps(notices))
        self.assertEqual((self.core.incident()["kind"], self.core.incident()["status"]), ("rebuilt", "resolved"))

    def test_09_it_is_exported_and_authentic_also_after_a_kill(self):
        before = (self.core.get("timeline"), self.core.get("library"), self.review())
        out = self.lab.dir / "exported.json"
        self.core.ctl("export", "--incident", "INC-1", "--out", str(out))
        for words in (STARVES, PUSHED, "payments were authorised again"):
            self.assertIn(words, out.read_text())
        self.core.kill()
        self.core.serve()
        self.assertEqual((self.core.get("timeline"), self.core.get("library"), self.review()), before)
        self.assertEqual(self.core.json("verify", "--json", "--origin-key", self.core.printed["verification key"])["result"], "authentic")


if __name__ == "__main__":
    main()
