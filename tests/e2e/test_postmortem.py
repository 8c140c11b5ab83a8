# SPDX-License-Identifier: GPL-3.0-or-later
"""A practice incident from its first alert to a post-mortem for inside and one for customers: opened from the record, looked through, rated by two who disagree, held by its gates,
written as files of every format without a word its readers may not have, stopped by the leak check until it is mended; and what customers are told goes over a status page."""
import hashlib
import json
import re
import shutil
import subprocess
from html import unescape

from lab_papers import assert_pages_are_fit_to_print, words_of
from quarterdeck_lab import Core, Story, bin_dir, main, need, patient, wait_until

OUTSIDE = """
[[clearance]]
id = "executives"
class = "confidential"
audiences = ["executive"]
[[approval]]
id = "words"
name = "Words for outside"
approvers = ["brito"]
[[page]]
id = "shop"
title = "Shop status"
url = "https://status.example.org"
publish = ["web"]
[[page.component]]
id = "buying"
name = "Buying"
services = ["checkout"]
"""
HUSH = "HUSHCANARY"
BLAMED = "Nobody looked at the push. It was human error by Dana Novak. She should have known.\n"
SUMMARY = """Payments failed for buyers in the EU, first seen by [an alert](entry:{alert}).
{who} answered the shops, [[confidential: {hush} of them]] were without a sale.
"""
NARRATIVE = """The [connection limits of ledger-db were pushed too low](entry:change/{push}). Pools starved, which [was guessed while they did](entry:{guess}).
[Dana Novak decided to roll it back](entry:{decision}), and payments-eu-1 authorised again.
"""
EXTERNAL = f"For a while some payments in the EU failed [[internal: {HUSH} of them]]. A change was taken back, and later changes reach one host first.\n"
FORMATS = ("md", "html", "pdf", "odt")
PEOPLE = ("Kofi", "Osei", "Mei", "Ito", "Dana", "Novak", "Ana", "Brito", "Tom", "Hale", "cardco")


class FromTheAlertToThePostMortem(Story):
    @classmethod
    def build(cls):
        cls.core = core = Core(cls.lab, "practice")
        core.ctl("practice", "new")
        (core.home / "workspace/outside.toml").write_text(OUTSIDE)
        core.serve()
        cls.public = cls.lab.folder("public")
        cls.player = cls.lab.run("player", [core.program, "--home", core.home, "practice", "play", "--speed", "60"])

    def as_(self, person, *args):
        return self.core.ctl("--as", person, "review", *args)

    def review(self):
        return self.core.call("review.read", {"incident": "INC-1"})

    def section(self, name):
        return next(s for s in self.review()["texts"] if s["section"] == name)

    def write(self, person, section, text, core=None):
        shown = (core or self.core).run("--as", person, "review", "show", "INC-1", "--section", section, "--json")
        base = json.loads(shown.stdout)["revision"] if shown.returncode == 0 else 0
        (core or self.core).ctl("--as", person, "review", "write", "INC-1", section, self.lab.write("section.md", text), "--base", base)

    def file_for(self, audience, form):
        return self.lab.dir / f"{audience}.{form}"

    def publish(self, audience, form):
        out = self.file_for(audience, form)
        self.as_("osei", "publish", "INC-1", "--audience", audience, "--format", form, "--out", out)
        return out

    def assert_outside(self, file, shown):
        """Neither a marked word nor anybody's name, whole or in part, is in the file, packed or read."""
        text = words_of(file)
        self.assertIn(shown, re.sub(r"\s+", " ", text))
        for bytes_ in (file.read_bytes(), text.encode()):
            self.assertNotIn(HUSH.encode(), bytes_, file)
        for name in PEOPLE:
            self.assertIsNone(re.search(rf"(?<!\w){name}(?!\w)", text, re.IGNORECASE), (file, name))
        for name in ("Brito", "Novak"):
            self.assertNotIn(name.encode(), file.read_bytes(), file)
        self.assertNotIn("entry:", text, "the record is ours")
        self.assertNotIn("sealed:", text, "outside nothing says that a word is missing")

    def test_01_an_alert_makes_an_incident_and_it_is_resolved(self):
        incident = wait_until(self.core.incident, 10, "there is an incident")
        alert = wait_until(lambda: self.core.alert(alertname="PaymentAuthFailing", instance="payments-eu-1"), 20, "its alert is there")
        self.assertIn(alert["key"], incident["alerts"])
        self.assertEqual(self.player.wait(40), 0)
        self.assertIn("its review opens once it is resolved", self.core.refused("--as", "osei", "review", "open", "INC-1"))
        self.core.ctl("--as", "osei", "take")
        self.core.ctl("--as", "osei", "resolve", "INC-1", "--reason", "the limits are as they were")
        self.assertEqual(self.core.incident()["status"], "resolved")

    def test_02_its_review_opens_with_what_the_record_says(self):
        self.as_("osei", "open", "INC-1")
        review = self.review()
        self.assertEqual((review["phase"], review["owner"], review["gated"]), ("draft", "osei", True))
        self.assertEqual([p["person"] for p in review["people"]], ["brito", "ito", "novak", "osei"])  # cardco is nobody's, hale only talked
        incident = self.core.incident()
        first = min((a for a in self.core.get("alerts") if a["key"] in incident["alerts"]), key=lambda a: a["startsAt"])
        narrative = self.section("narrative")["text"]
        self.assertIn(f"](entry:alert/{first['key']}) the first alert fires: {first['title']}\n", narrative)
        lines = {e["text"]: e for e in self.core.timeline(incident="INC-1")}
        for name, kind, texts in (("hypotheses", "hypothesis", [h["text"] for h in incident["hypotheses"]]), ("decisions", "decision", [d["text"] for d in incident["decisions"]])):
            self.assertEqual(len(texts), 2 if kind == "hypothesis" else 1)
            for text in texts:
                self.assertEqual(lines[text]["kind"], kind)
                self.assertRegex(self.section(name)["text"], rf"\(entry:line/{lines[text]['seq']}(/\d+)?\) {re.escape(text)}")
                self.assertIn(f": {text}\n", narrative)
        push = next(e for e in self.core.timeline(kind="change") if "config push: connection limits" in e["text"])
        self.assertIn(f"](entry:change/{push['seq']}) change to ledger-db: config push: connection limits\n", narrative)
        self.assertIn("PaymentAuthFailing", self.section("impact")["text"])
        self.assertIn("Kofi Osei: Incident Commander", self.section("participants")["text"])
        type(self).refers = {"alert": f"alert/{first['key']}", "push": push["seq"], "guess": "hypothesis/2", "decision": "decision/1", "hush": HUSH}

    def test_03_it_is_looked_through_and_written_with_its_evidence(self):
        self.write("osei", "narrative", BLAMED)
        found = self.as_("osei", "lint", "INC-1", "narrative").stdout
        for line in ("unsupported: Nobody looked at the push.", "counterfactual: Nobody looked", "human error: human error", "counterfactual: should have"):
            self.assertIn(line, found)
        self.assertIn("name: Dana Novak", self.as_("osei", "lint", "INC-1", "--file", self.lab.write("factor.md", BLAMED)).stdout)  # of a factor or an action
        self.write("osei", "summary", SUMMARY.format(who="Brito", **self.refers))
        self.write("novak", "narrative", NARRATIVE.format(**self.refers))
        self.write("brito", "impact", "Some buyers in the EU could not pay, [as the alert says](entry:{alert}).\n".format(**self.refers))
        self.write("novak", "went-well", "[The way back was ready](entry:{decision}).\n".format(**self.refers))
        self.write("brito", "external", EXTERNAL)
        self.assertNotRegex(self.as_("osei", "lint", "INC-1", "narrative").stdout, "unsupported|counterfactual|human error|blame")
        self.assertIn("has no line", self.core.refused("--as", "osei", "review", "factor", "INC-1", "technical.capacity", "--evidence", "line/999999"))

    def test_04_its_gates_are_named_and_hold_it(self):
        self.as_("osei", "turn", "INC-1", "in-review")
        held = self.core.refused("--as", "osei", "review", "turn", "INC-1", "reviewed")
        for part in ("contributions (Ana Brito, Mei Ito, Dana Novak, Kofi Osei)", "factors (no factor is named)", "The incident itself waits for none of it"):
            self.assertIn(part, held)
        self.assertNotIn("sections (", held)
        self.as_("osei", "factor", "INC-1", "trigger.configuration-push", "--evidence", f"change/{self.refers['push']}")
        self.as_("novak", "factor", "INC-1", "trigger.configuration-push", "--evidence", "decision/1")
        self.as_("novak", "factor", "INC-1", "process.change-management-gap", "--evidence", "decision/1", "--note", "no second pair of eyes")
        self.assertEqual({f["factor"]: (f["raters"], f["of"], f["disputed"]) for f in self.review()["factors"]},
                         {"trigger.configuration-push": (["osei", "novak"], 2, False), "process.change-management-gap": (["novak"], 2, True)})
        self.as_("osei", "action", "INC-1", "Limits reach one host first", "--factor", "trigger.configuration-push", "--strength", "engineer")
        self.assertIn("action 1 has no owner, no day it is due, no way to tell that it works", self.core.refused("--as", "osei", "review", "turn", "INC-1", "reviewed"))
        self.as_("osei", "action", "INC-1", "--action", 1, "--owner", "novak", "--due", "14d", "--verification", "a push stops at the first host whose pool starves")
        self.as_("brito", "contribute", "INC-1", "The shops asked before the page said anything.")
        self.as_("novak", "contribute", "INC-1", "I read yesterday's number, 400, beside today's 40.")
        self.as_("ito", "contribute", "INC-1", "--delegate", "novak")
        self.assertIn("contributions (Kofi Osei)", self.core.refused("--as", "osei", "review", "turn", "INC-1", "reviewed"))
        self.assertIn("who owns the review", self.core.refused("--as", "novak", "review", "waive", "INC-1", "contributions", "--reason", "enough"))
        self.as_("osei", "waive", "INC-1", "contributions", "--reason", "what I have to say is in the summary")
        self.as_("osei", "turn", "INC-1", "reviewed")
        self.assertEqual({g["gate"]: g["standing"] for g in self.review()["gates"]}, {"contributions": "waived", "sections": "met", "factors": "met", "actions": "met"})
        self.assertEqual([(a["incident"], a["owner"], a["verification"]) for a in self.core.get("actions")], [("INC-1", "novak", "a push stops at the first host whose pool starves")])

    def test_05_inside_it_is_whole_and_marked_words_are_for_who_may_read_them(self):
        for audience, is_cleared in (("internal", False), ("executive", True)):
            for form in FORMATS:
                out = self.publish(audience, form)
                text = re.sub(r"\s+", " ", words_of(out))
                self.assertEqual(HUSH in text, is_cleared, (audience, form))
                self.assertEqual("sealed: confidential" in text, not is_cleared, (audience, form))
                if not is_cleared:
                    self.assertNotIn(HUSH.encode(), out.read_bytes(), form)
                for shown in ("Brito answered the shops", "Dana Novak decided to roll it back", "bad connection limit in the config push, pools starve", "gap in change management", "Limits reach one host first"):
                    self.assertIn(shown, text, (audience, form))
                self.assertNotIn("To our customers", text)
        self.assertIn(f"entry:alert/{self.core.alert(alertname='ReplicaLagHigh', instance='ledger-db-2')['key']}", self.file_for("internal", "md").read_text())

    def test_06_the_window_s_program_writes_paper_without_a_display(self):
        html = self.file_for("internal", "html").read_bytes()
        ran = subprocess.run([need(bin_dir() / "quarterdeck", "quarterdeck (build it: ./dev build)"), "--render", "pdf"], input=html, capture_output=True, timeout=patient(60), check=True,
                             env={**self.lab.env, "QT_QPA_PLATFORM": "offscreen"})
        paper = self.lab.dir / "rendered.pdf"
        paper.write_bytes(ran.stdout)
        self.assertIn("sealed: confidential", re.sub(r"\s+", " ", words_of(paper)))
        self.assertIn("Dana Novak decided to roll it back", re.sub(r"\s+", " ", words_of(paper)))
        for file in (paper, self.file_for("internal", "pdf")):
            assert_pages_are_fit_to_print(self, file)
        title = re.search(rb"<title>(.*?)</title>", html).group(1).decode()
        self.assertRegex(words_of(paper), rf"Title:\s+{re.escape(unescape(title))}", "the page says it")
        # Arguments are read by everybody on the machine: no word of the review is in them.
        beside = self.lab.folder("beside")
        program = shutil.copy2(self.core.program, beside / "quarterdeckctl")
        told = beside / "quarterdeck"
        told.write_text('#!/bin/sh\nprintf "%s\\n" "$@" > "${0%/*}/arguments"\n/bin/cat > "${0%/*}/page"\nexit 1\n')
        told.chmod(0o755)
        refused = subprocess.run([program, "--home", self.core.home, "--as", "osei", "review", "publish", "INC-1", "--audience", "internal", "--format", "pdf"], env=self.lab.env, capture_output=True, text=True, timeout=patient(60))
        self.assertEqual((refused.returncode, refused.stdout), (1, ""))
        self.assertIn("could not be written as pdf", refused.stderr)
        self.assertEqual((beside / "arguments").read_text(), "--render\npdf\n")
        self.assertIn(f"<title>{title}</title>", (beside / "page").read_text())

    def test_07_outside_the_leak_check_names_what_would_leak_and_stops_every_format(self):
        done = self.core.run("review", "leaks", "INC-1", "--audience", "customers")
        self.assertEqual(done.returncode, 1)
        self.assertEqual(re.findall(r'"([^"]+)" (names a person|is a host)', done.stdout), [("Brito", "names a person"), ("payments-eu-1", "is a host")])
        for audience in ("customers", "public"):
            for form in FORMATS:
                refused = self.core.run("--as", "osei", "review", "publish", "INC-1", "--audience", audience, "--format", form, "--out", self.file_for(audience, form))
                self.assertEqual((refused.returncode, refused.stdout), (1, ""))
                self.assertIn('"Brito" names a person', refused.stderr)
                self.assertFalse(self.file_for(audience, form).exists())
        self.assertEqual({p["audience"] for p in self.core.get("library")}, {"internal", "executive"})

    def test_08_allowed_and_mended_it_leaves_without_a_marked_word_or_a_name(self):
        self.as_("osei", "allow", "INC-1", "payments-eu-1", "--reason", "customers name it in their tickets")
        self.assertIn("turn it back to draft first", self.core.refused("--as", "osei", "review", "write", "INC-1", "summary", self.lab.write("late.md", SUMMARY), "--base", self.section("summary")["revision"]))
        self.as_("osei", "turn", "INC-1", "draft", "--reason", "a name stood in it")
        self.write("osei", "summary", SUMMARY.format(who="Ana Brito", **self.refers))
        self.as_("osei", "turn", "INC-1", "in-review")
        # What was done without was done without for the text of then.
        self.assertIn("contributions (Kofi Osei)", self.core.refused("--as", "osei", "review", "turn", "INC-1", "reviewed"))
        self.as_("osei", "waive", "INC-1", "contributions", "--reason", "it is in the summary still")
        self.as_("osei", "turn", "INC-1", "reviewed")
        self.assertEqual(self.core.ctl("review", "leaks", "INC-1", "--audience", "customers").stdout, "nothing was found\n")
        for audience in ("customers", "public"):
            for form in FORMATS:
                out = self.publish(audience, form)
                self.assert_outside(out, "A change was taken back")
                text = re.sub(r"\s+", " ", words_of(out))
                self.assertIn("responder answered the shops", text)
                self.assertIn("authorised again", text)
                self.assertNotIn("catalog 8.14", text, "what was guessed stays here")

    def test_08b_what_a_revision_changed_is_shown_word_by_word(self):
        texts = {r["revision"]: r["text"] for r in self.section("summary")["revisions"]}
        before, after = sorted(texts)[-2:]
        shown = self.core.ctl("review", "show", "INC-1", "--section", "summary", "--diff", str(before), str(after)).stdout
        self.assertIn("{+", shown)
        gone, new = r"\[-(.*?)-\]", r"\{\+(.*?)\+\}"
        self.assertEqual(re.sub(new, r"\1", re.sub(gone, "", shown, flags=re.S), flags=re.S).split(), texts[after].split())
        self.assertEqual(re.sub(gone, r"\1", re.sub(new, "", shown, flags=re.S), flags=re.S).split(), texts[before].split())
        pieces = json.loads(self.core.ctl("review", "show", "INC-1", "--section", "summary", "--diff", str(after), str(after), "--json").stdout)["pieces"]
        self.assertEqual({p["change"] for p in pieces}, {"same"})
        self.assertIn("is not kept; there are", self.core.refused("review", "show", "INC-1", "--section", "summary", "--diff", str(before), "999"))
        self.assertEqual(self.core.run("review", "show", "INC-1", "--diff", "1", "2").returncode, 2)

    def test_09_the_library_lists_each_with_its_digest(self):
        library = self.core.get("library")
        self.assertEqual([(p["audience"], p["format"], p["where"]) for p in library], [(a, f, f"{a}.{f}") for a in ("internal", "executive", "customers", "public") for f in FORMATS])
        for p in library:
            self.assertEqual(p["digest"], hashlib.sha256(self.file_for(p["audience"], p["format"]).read_bytes()).hexdigest(), p)
            self.assertEqual((p["incident"], p["by"], p["phase"]), ("INC-1", "osei", "reviewed"))
            self.assertEqual(p["digestBy"], "osei" if p["format"] in ("pdf", "odt") else "core", "who says what its bytes are")
        # Inside it was published before the summary was written anew; outside it reads as it does now, on paper too.
        self.assertEqual({p["reads"] for p in library if p["audience"] == "internal"}, {"otherwise"})
        self.assertEqual({p["reads"] for p in library if p["audience"] in ("customers", "public")}, {"same"})
        shown = [line for line in self.core.ctl("review", "show", "INC-1").stdout.splitlines() if line.startswith("published ")]
        self.assertEqual([line.endswith("; the review reads otherwise by now") for line in shown], [p["reads"] == "otherwise" for p in library])
        for words, there in (("starved", True), ("trigger configuration", True), ("payments", True), ('"limits of ledger-db"', True), ("giraffe", False)):
            found = json.loads(self.core.ctl("get", "library", "--search", words, "--json").stdout)["items"]
            self.assertEqual(found, library if there else [], words)
        self.assertEqual(self.core.run("get", "alerts", "--search", "starved").returncode, 2)
        told = [e["text"] for e in self.core.timeline(kind="review") if e["text"].startswith("published for")]
        self.assertEqual([t for t in told if t.endswith("; its digest is as told by osei")], [t for t in told if " as pdf" in t or " as odt" in t])
        digest = "f" * 64
        stale = self.core.refused("--as", "osei", "call", "review.published", json.dumps({"incident": "INC-1", "audience": "public", "format": "pdf", "digest": digest, "source": digest}))
        self.assertIn("reads otherwise by now", stale)

    def told(self, core):
        """The version for customers over the status page: drafted from the review, approved, released."""
        core.connect("directory", "web", path=self.public, interval="2s")
        core.ctl("arm", "web", "--allow", "publish")
        core.ctl("--as", "osei", "review", "publish", "INC-1", "--audience", "customers", "--to-page", "shop")
        message = core.get("messages")[-1]
        self.assertEqual((message["to"], message["audience"], message["state"]), (["page:shop"], "customers", "draft"))
        self.assertIn("some payments in the EU failed. A change was taken back", message["versions"][-1]["text"])
        self.assertNotIn(HUSH, json.dumps(message))
        self.assertIn("Words for outside is not given yet", core.refused("--as", "osei", "message", "release", 1, "--incident", "INC-1"))
        core.ctl("--as", "brito", "message", "approve", 1, "--incident", "INC-1")
        core.ctl("--as", "osei", "message", "release", 1, "--incident", "INC-1")
        self.assertEqual(core.get("messages")[-1]["state"], "sent")
        self.assertIn("A change was taken back", core.ctl("page", "show", "shop").stdout)

    def test_10_of_a_practice_nothing_is_published_outside(self):
        self.told(self.core)
        pushes = wait_until(lambda: [(d["connection"], d["delivery"], d["reason"]) for d in self.core.get("deliveries") if d["effect"] == "publish"], 20, "what became of its push is said")
        self.assertEqual({d[:2] for d in pushes}, {("web", "withheld")})
        self.assertEqual(pushes[-1][2], "a practice home publishes nothing")
        self.assertEqual(list(self.public.iterdir()), [])

    def test_11_its_log_is_sound_and_holds_to_what_the_room_was_told(self):
        codes = [c for e in self.core.timeline(kind="message") for c in re.findall(r"^Log head (\d+:[a-z-]+)", e["text"])]
        self.assertGreaterEqual(len(codes), 2)
        self.core.ctl("practice", "stop")
        self.core.process.wait(20)
        report = self.core.json("verify", "--json", *(part for c in codes for part in ("--head-code", c)))
        self.assertEqual((report["result"], report["errors"], report["holes"]), ("consistent", [], []))

    def test_12_a_team_s_own_home_publishes_the_same_words_when_they_are_approved(self):
        home = Core(self.lab, "team")
        home.init()
        for file in (self.core.home / "workspace").iterdir():
            (home.home / "workspace" / file.name).write_text(file.read_text().replace("practice = true", "practice = false"))
        home.serve()
        self.assertFalse(home.status()["practice"])
        home.ctl("--as", "osei", "declare", "--title", "Checkout failing, EU", "--severity", "SEV1", "--service", "payments", "--no-room")
        home.ctl("--as", "osei", "take")
        home.ctl("--as", "osei", "resolve", "INC-1", "--reason", "the limits are as they were")
        home.ctl("--as", "osei", "review", "open", "INC-1", "--ask", "-")
        self.write("brito", "external", EXTERNAL.replace("A change", "Novak says a change"), home)
        self.assertIn('"Novak" names a person', home.run("--as", "osei", "review", "publish", "INC-1", "--audience", "customers", "--to-page", "shop").stderr)
        self.assertEqual(home.get("messages"), [])
        self.write("brito", "external", EXTERNAL, home)
        self.told(home)
        page = self.public / "shop/index.html"
        wait_until(lambda: "A change was taken back" in page.read_text() if page.exists() else False, 20, "the public reads it")
        files = [p for p in self.public.rglob("*") if p.is_file()]
        for file in files:
            text = file.read_bytes()
            for kept in (HUSH, "Osei", "Brito", "Novak", "INC-1", "To our customers"):
                self.assertNotIn(kept.encode(), text, file)
        notices = json.loads((self.public / "shop/api/v2/incidents.json").read_text())["incidents"]
        self.assertEqual([(n["name"], n["status"]) for n in notices], [("Checkout failing, EU", "resolved")])
        home.stop()
        report = home.json("verify", "--json", "--origin-key", home.printed["verification key"])
        self.assertEqual((report["result"], report["errors"]), ("authentic", []))


if __name__ == "__main__":
    main()
