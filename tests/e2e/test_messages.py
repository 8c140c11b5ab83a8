# SPDX-License-Identifier: GPL-3.0-or-later
"""What people outside are told: updates drafted from the last one, put somewhere by hand, missed and chased; messages drafted, approved for one text, released
to a status page and a real mail server; a holding statement the commander releases alone; the glass broken."""
import json

from lab_mail import MailServer
from quarterdeck_lab import Core, Story, main, wait_until

WORKSPACE = """
[[person]]
id = "cleo"
name = "Cleo"
[[person]]
id = "lee"
name = "Lee"
[[person]]
id = "pat"
name = "Pat"
[[person]]
id = "ana"
name = "Ana"
[[service]]
id = "payments"
[[page]]
id = "shop"
title = "Shop"
languages = ["en", "de"]
publish = ["web"]
[[page.component]]
id = "pay"
name = "Payments"
services = ["payments"]
[[recipients]]
id = "press"
mail = ["press@example.org", "agency@example.org"]
[[approval]]
id = "technical"
name = "Technical check"
approvers = ["ana"]
[[approval]]
id = "legal"
name = "Legal"
approvers = ["lee"]
after = ["technical"]
[[holding]]
id = "pay-trouble"
component = "shop/pay"
services = ["payments"]
title = "Payments fail"
text = "Some payments fail. Confirmed orders are safe."
next = "30m"
expires = "2h"
[[template]]
id = "public"
audience = "customers"
limit = 400
body = "{{title}}. Impact: {{impact}}. Work: {{work}}."
[[template.field]]
name = "impact"
hint = "what they notice"
[[template.field]]
name = "work"
hint = "what we do"
[[template]]
id = "aufsicht"
audience = "regulator"
language = "en"
body = "{{title}} ({{severity}}, {{status}}): {{impact}}"
body_de = "{{title}} ({{severity}}, {{status}}): {{impact}}"
[[template.field]]
name = "impact"
hint = "who is affected"
hint_de = "wer betroffen ist"
[[template]]
id = "board"
audience = "executive"
to = ["mail:press", "rooms"]
body = "{{title}}: {{state}}"
[[template.field]]
name = "state"
hint = "where we stand"
[[cadence]]
severity = "SEV1"
audience = "customers"
every = "30m"
"""


class WhatPeopleOutsideAreTold(Story):
    @classmethod
    def build(cls):
        cls.core = core = Core(cls.lab)
        core.init()
        (core.home / "workspace/outward.toml").write_text(WORKSPACE)
        core.serve()
        cls.public = cls.lab.folder("public")
        core.connect("directory", "web", path=cls.public, interval="2s")
        core.ctl("arm", "web", "--allow", "publish")
        cls.mail = MailServer(cls.lab).start()
        password = cls.lab.write("mail.password", cls.mail.password)
        password.chmod(0o600)
        core.connect("smtp", "post", url=cls.mail.url, user=cls.mail.user, password_file=password, ca_file=cls.mail.root, **{"from": "desk@example.org"})
        cls.incident = core.json("--as", "ana", "declare", "--title", "Payments", "--severity", "SEV1", "--service", "payments", "--no-room")["id"]
        core.ctl("--as", "ana", "take")

    def message(self, number=1):
        return next((m for m in self.core.get("messages") if m["message"] == number), None)

    def timeline(self, text):
        return [e for e in self.core.get("timeline") if text in e["text"]]

    def test_01_a_draft_says_what_is_missing_and_what_might_be_better(self):
        done = self.core.ctl("update", "--template", "public", "--draft", "--set", "impact=high latency, as an engineer forgot a certificate")
        self.assertEqual(done.stdout, "Payments. Impact: high latency, as an engineer forgot a certificate. Work: [what we do].\n")
        for said in ("missing: work", "advice: jargon: \"latency\"", "advice: named-fault: \"an engineer forgot\"", "of 400 characters (template)", "not to be sent yet"):
            self.assertIn(said, done.stderr)
        self.assertIn("\"work\" is required", self.core.refused("update", "--template", "public", "--set", "impact=x"))
        self.assertIn('"impact" (what they notice) and "work" (what we do) are required.', self.core.refused("update", "--template", "public"))
        self.assertEqual(self.core.incident()["updates"], [])

    def test_02_not_known_yet_is_an_answer(self):
        clock = self.core.incident()["updatesDue"]
        self.assertEqual({(c["audience"], c["promise"], c["holding"]) for c in clock}, {("customers", 0, "pay-trouble"), ("customers", 0, None)})
        before = self.core.incident()["updatesDue"]
        done = self.core.ctl("update", "--template", "public", "--set", "impact=?", "--set", "work=we look into it")
        self.assertIn(f"Nobody was told: {self.incident} has no room. It is recorded, and still owed", done.stderr)
        update = self.core.incident()["updates"][0]
        self.assertEqual((update["unheard"], update["to"], update["delivery"]), (True, ["rooms"], ""))
        self.assertEqual(self.core.incident()["updatesDue"], before)  # its clocks go on
        self.assertEqual(self.core.ctl("update", "--update", "1", "--copy", "mail").stdout.splitlines()[0], "Subject: My team: public")  # the incident's own title is ours
        self.core.ctl("update", "--update", "1", "--posted", "Slack")
        self.assertEqual((self.core.incident()["updates"][0]["unheard"], self.core.incident()["updates"][0]["byHand"]), (False, ["Slack"]))
        self.assertEqual(update["text"], "Payments. Impact: not known yet. Work: we look into it.")
        self.assertEqual(update["values"], {"impact": "?", "work": "we look into it"})
        clock = self.core.incident()["updatesDue"]
        self.assertEqual([(c["audience"], c["promise"]) for c in clock], [("customers", 1)])  # what the severity asks for was promised by it

    def test_03_the_next_draft_goes_on_from_the_last_and_shows_what_is_new(self):
        done = self.core.ctl("update", "--template", "public", "--draft", "--set", "impact=some payments fail")
        self.assertEqual(done.stdout, "Payments. Impact: some payments fail. Work: we look into it.\n")
        self.assertIn("Impact: [-not known yet.-] {+some payments fail.+} Work", done.stderr)
        whole = self.core.json("update", "--template", "public", "--draft", "--json")
        self.assertEqual((whole["unknown"], whole["missing"], whole["last"]["update"]), (["impact"], [], 1))

    def test_04_an_update_is_put_somewhere_by_hand_and_recorded_as_that(self):
        slack = self.core.ctl("update", "--template", "public", "--set", "impact=@here some fail", "--set", "work=w", "--copy", "slack").stdout
        self.assertTrue(slack.startswith("*My team: public*\n"), slack)
        self.assertNotIn("@here", slack)
        self.assertEqual(self.core.run("update", "--template", "public", "--copy", "fax").returncode, 2)
        self.core.ctl("update", "--template", "public", "--set", "impact=some fail", "--set", "work=w", "--by-hand", "Teams")
        self.core.ctl("update", "--posted", "mail")
        self.assertEqual(self.core.incident()["updates"][1]["byHand"], ["Teams", "mail"])
        self.assertEqual(len(self.timeline("posted by hand at")), 3)

    def test_04b_a_copy_is_refused_as_sending_is(self):
        def refused(*args):
            done = self.core.run("update", "--template", "public", "--copy", "plain", *args)
            self.assertEqual((done.returncode, done.stdout), (1, ""), done.stderr)
            return done.stderr
        self.assertIn('"work" is required: what we do.', refused("--set", "impact=some fail"))
        self.assertIn("its template allows 400", refused("--set", "impact=" + 500 * "x", "--set", "work=w"))
        marked = ("--set", "impact=some [[confidential: c4nary of the bank]] fail", "--set", "work=w")
        said = refused(*marked)
        self.assertRegex(said, r"customers, which may not be told what is marked \[sealed: confidential.*Nothing was copied\..*--remove-marked")
        self.assertNotIn("c4nary", said)
        self.assertIn("without its other half", refused("--set", "impact=some [[confidential: c4nary", "--set", "work=w"))
        cut = self.core.ctl("update", "--template", "public", "--copy", "plain", "--remove-marked", *marked).stdout
        self.assertIn("Impact: some", cut)
        self.assertNotIn("c4nary", cut)
        self.assertNotIn("sealed", cut)

    def test_04c_fields_and_the_incidents_own_words_are_in_the_language_of_the_text(self):
        self.assertIn("Payments (SEV1, active): [who is affected]", self.core.ctl("update", "--template", "aufsicht", "--draft").stdout)
        with self.core.changed_workspace() as workspace, open(workspace / "settings.toml", "a") as settings:
            settings.write('\n[workspace.audience_languages]\nregulator = "de"\n')
        done = self.core.ctl("update", "--template", "aufsicht", "--draft")
        self.assertEqual(done.stdout, "Payments (SEV1, aktiv): [wer betroffen ist]\n")
        self.assertIn("missing: impact (wer betroffen ist)", done.stderr)
        self.assertIn('"impact" is required: wer betroffen ist.', self.core.refused("update", "--template", "aufsicht"))
        self.core.ctl("update", "--template", "aufsicht", "--set", "impact=?")
        self.assertEqual(self.core.incident()["updates"][-1]["text"], "Payments (SEV1, aktiv): noch nicht bekannt")

    def test_05_a_message_is_approved_for_one_text(self):
        self.core.ctl("--as", "cleo", "message", "draft", "--title", "Payments", "--text", "Some payments fail.", "--to", "page:shop", "--to", "mail:press")
        read = self.message()["hash"]
        self.assertEqual(len(read), 64)
        self.assertEqual([s["mayAnswer"] for s in self.message()["stages"]], [["ana"], []])  # whose it is now; Lee's comes after
        self.assertIn("Technical check is not given yet", self.core.refused("--as", "ana", "message", "release", "1"))
        self.assertIn("comes after", self.core.refused("--as", "lee", "message", "approve", "1"))
        self.core.ctl("--as", "ana", "message", "approve", "1", "--hash", read[:12])
        self.core.ctl("--as", "lee", "message", "approve", "1")
        self.assertEqual((self.message()["state"], self.message()["blocks"]), ("approved", []))
        done = self.core.ctl("--as", "cleo", "message", "draft", "1", "--text", "Some payments failed.")
        self.assertIn("2 approvals of version 1 no longer count", done.stderr)
        self.assertEqual([s["state"] for s in self.message()["stages"]], ["open", "waits"])
        self.assertIn("is not given yet", self.core.refused("--as", "ana", "message", "release", "1"))
        self.assertIn("changed since you read it", self.core.refused("--as", "ana", "message", "approve", "1", "--hash", read[:12]))
        self.assertIn("[-fail.-] {+failed.+}", self.core.ctl("message", "show", "1").stdout)

    def test_06_released_it_goes_out_by_every_way_that_is_open(self):
        self.assertIn("Read it and say so: --hash", self.core.refused("--as", "ana", "message", "approve", "1"))
        self.assertIn("give 12 or more", self.core.refused("--as", "ana", "message", "approve", "1", "--hash", self.message()["hash"][:11]))
        for who in ("ana", "lee"):
            self.core.ctl("--as", who, "message", "approve", "1", "--hash", self.message()["hash"][:12])
        self.assertIn("Communications Lead", self.core.refused("--as", "pat", "message", "release", "1"))
        done = self.core.ctl("--as", "ana", "message", "release", "1")  # the mail connection is not armed: said, and no reason to wait
        self.assertIn("It does not reach mail:press: the connection is not armed for posts; arm it with: arm post --allow posts.", done.stderr)
        self.assertEqual(self.message()["state"], "sent")
        self.assertTrue([d for d in self.core.get("deliveries") if d["delivery"] == "withheld" and "arm post --allow posts" in d["reason"]])
        wait_until(lambda: "Some payments failed." in (self.public / "shop/index.html").read_text(), 20, "the page says it")

    def test_07_mail_reaches_every_recipient(self):
        self.core.ctl("arm", "post", "--allow", "posts")
        self.core.ctl("--as", "cleo", "message", "draft", "--title", "Zahlungen gestört", "--text", "Zürich: it is better.\n.\nBcc: x@y", "--to", "mail:press")
        self.core.ctl("--as", "ana", "message", "approve", "2")
        self.core.ctl("--as", "lee", "message", "approve", "2")
        self.core.ctl("--as", "ana", "message", "release", "2")
        mails = wait_until(lambda: len(self.mail.mails()) >= 2 and self.mail.mails(), 30, "both are there")
        self.assertEqual(sorted(m["To"].addresses[0].addr_spec for m in mails), ["agency@example.org", "press@example.org"])
        for m in mails:
            self.assertEqual(m["Subject"], "Zahlungen gestört")
            self.assertIsNone(m["Bcc"])
            self.assertIn("Zürich: it is better.", m.get_content())
        wait_until(lambda: all(d["delivery"] == "confirmed" for d in self.core.get("deliveries") if d["connection"] == "post" and d["number"]), 20, "the server has taken them")

    def test_07b_an_update_reaches_the_audience_its_template_names(self):
        done = self.core.ctl("update", "--template", "board", "--draft", "--set", "state=better")
        self.assertIn("goes to: press (2 addresses)", done.stderr)
        self.assertIn(f"goes to: the rooms of {self.incident}, not now: {self.incident} has no room", done.stderr)
        before = len(self.mail.mails())
        done = self.core.ctl("update", "--template", "board", "--set", "state=better")
        self.assertIn(f"It does not reach the rooms of {self.incident}: {self.incident} has no room.", done.stderr)
        mails = wait_until(lambda: len(self.mail.mails()) >= before + 2 and self.mail.mails()[before:], 30, "both are there")
        self.assertEqual({m["Subject"] for m in mails}, {f"SEV1 {self.incident}: Payments"})
        self.assertIn("Payments: better", mails[0].get_content())
        wait_until(lambda: self.core.incident()["updates"][-1]["delivery"] == "confirmed", 20, "it arrived")
        self.assertFalse(self.core.incident()["updates"][-1]["unheard"])
        self.assertEqual(self.core.ctl("message", "show", "1", "--copy", "slack").stdout, "*Payments*\nSome payments failed.\n")

    def test_08_the_commander_alone_releases_a_holding_statement(self):
        self.assertEqual(self.core.incident()["holding"], ["pay-trouble"])
        self.assertIn("whoever commands", self.core.refused("--as", "cleo", "message", "release", "--holding", "pay-trouble"))
        (statement,) = self.core.incident()["holdingHashes"]
        self.assertIn("was changed in the workspace since you read it", self.core.refused("--as", "ana", "message", "release", "--holding", "pay-trouble", "--hash", "0" * 12))
        self.core.ctl("--as", "ana", "message", "release", "--holding", "pay-trouble", "--hash", statement["hash"][:12])
        sent = self.message(3)
        self.assertEqual((sent["state"], sent["holding"], sent["stages"]), ("sent", "pay-trouble", []))
        self.assertGreaterEqual(sent["secondsToRelease"], 0)
        wait_until(lambda: "Confirmed orders are safe." in (self.public / "shop/index.html").read_text(), 20, "the page says it")
        self.assertIn("was released at", self.core.refused("--as", "ana", "message", "release", "--holding", "pay-trouble"))

    def test_09_breaking_the_glass_is_an_alarm_until_it_is_mended(self):
        self.core.ctl("--as", "cleo", "message", "draft", "--title", "Payments", "--text", "All payments fail.", "--to", "page:shop")
        glass = ("--as", "ana", "message", "release", "4", "--break-glass")
        self.assertIn("--reason", self.core.refused(*glass, "--tell", "lee", "--tell", "pat"))
        self.assertIn("Two others", self.core.refused(*glass, "--reason", "money", "--tell", "lee"))
        self.core.ctl(*glass, "--reason", "money", "--tell", "lee", "--tell", "pat")
        self.assertEqual((self.message(4)["missing"], self.message(4)["told"]), (["technical", "legal"], ["lee", "pat"]))

        def alarm():
            return [a for a in self.core.get("alerts") if a["labels"].get("alertname") == "MessageBreakGlass" and a["status"] == "firing"]
        wait_until(alarm, 10, "the alarm")
        self.core.ctl("--as", "ana", "message", "approve", "4")
        self.core.ctl("--as", "lee", "message", "approve", "4")
        wait_until(lambda: not alarm(), 10, "the end of the alarm")

    def test_10_what_everybody_needs_is_pinned(self):
        self.core.ctl("pin", "conference", "--url", "https://meet.example.org/inc")
        self.assertEqual([(x["title"], x["url"]) for x in self.core.incident()["links"]], [("conference", "https://meet.example.org/inc")])
        self.assertIn("Only http and https", self.core.refused("pin", "x", "--url", "javascript:alert(1)"))
        self.core.ctl("pin", "conference")
        self.assertEqual(self.core.incident()["links"], [])

    def test_11_a_message_has_a_text_for_each_language_and_is_approved_as_one(self):
        draft = ("--as", "cleo", "message", "draft")
        self.assertIn("No page of the workspace speaks \"fr\"", self.core.refused(*draft, "--title", "T", "--text", "x", "--text", "fr=y"))
        self.core.ctl(*draft, "--title", "Cards", "--text", "Cards are refused.", "--text", "de=Karten werden abgelehnt.", "--title", "de=Karten", "--to", "page:shop")
        read = self.message(5)["hash"]
        self.core.ctl("--as", "ana", "message", "approve", "5")
        self.core.ctl("--as", "lee", "message", "approve", "5")
        self.core.ctl(*draft, "5", "--text", "de=Manche Karten werden abgelehnt.")
        self.assertNotEqual(self.message(5)["hash"], read)
        self.assertIn("is not given yet", self.core.refused("--as", "ana", "message", "release", "5"))
        shown = self.core.ctl("message", "show", "5").stdout
        self.assertIn("Cards are refused.\n\n[de] Karten\n\nManche Karten werden abgelehnt.", shown)
        self.assertIn("{+Manche+}", shown)
        for who in ("ana", "lee"):
            self.core.ctl("--as", who, "message", "approve", "5", "--hash", self.message(5)["hash"])
        self.core.ctl("--as", "ana", "message", "release", "5")
        english, german = self.public / "shop/index.html", self.public / "shop/index.de.html"
        wait_until(lambda: "Cards are refused." in english.read_text(), 20, "the page says it")
        self.assertNotIn("Karten", english.read_text())
        self.assertIn("Manche Karten werden abgelehnt.", german.read_text())
        self.assertNotIn("Cards are refused.", german.read_text())
        # What was said in one language only is read in that one, and says so.
        self.assertIn('lang="en">All payments fail.</p><p class="d">Nicht übersetzt; nur auf English</p>', german.read_text())

    def test_11b_words_on_the_page_pass_the_same_checks(self):
        post = ("--as", "ana", "page", "post", "shop", "--phase", "identified")
        refused = self.core.refused(*post, "--text", "We know why.")
        for said in ("has to pass technical, legal", "message draft --to page:shop", "--reason"):
            self.assertIn(said, refused)
        self.assertIn("has to pass", self.core.refused("--as", "ana", "page", "maintenance", "shop", "--title", "New disks", "--component", "pay", "--for", "1h"))
        self.core.ctl(*post, "--component", "pay=degraded")  # without words it is free
        seen = self.lab.dir / "preview.html"  # looking at it first is, too
        said = self.core.ctl(*post, "--text", "We know why.", "--component", "pay=major-outage", "--preview", str(seen)).stdout
        self.assertRegex(said, r"Payments\s+major outage")
        self.assertIn("We know why.", seen.read_text())
        self.assertEqual(seen.stat().st_mode & 0o777, 0o600)
        self.assertNotIn("We know why.", self.core.ctl("page", "show", "shop").stdout)
        self.assertIn("is there already", self.core.refused(*post, "--text", "x", "--preview", str(seen)))
        self.core.ctl(*post, "--text", "We know why.", "--reason", "money", "--tell", "lee", "--tell", "pat")
        wait_until(lambda: "We know why." in (self.public / "shop/index.html").read_text(), 20, "the page says it")
        self.assertNotIn("money", (self.public / "shop/index.html").read_text())
        self.assertIn("We know why.  (without technical, legal: money)", self.core.ctl("page", "show", "shop").stdout)

        def alarm():
            return [a for a in self.core.get("alerts") if a["labels"].get("alertname") == "PageBreakGlass" and a["status"] == "firing"]
        wait_until(alarm, 10, "the alarm")
        self.core.ctl("--as", "cleo", "message", "draft", "--title", "Payments", "--text", "We know why.", "--to", "page:shop")
        self.core.ctl("--as", "ana", "message", "approve", "6")
        self.core.ctl("--as", "lee", "message", "approve", "6")
        wait_until(lambda: not alarm(), 10, "the end of the alarm")

    def test_12_the_same_is_true_after_a_restart(self):
        before = json.dumps(self.core.get("messages"), sort_keys=True)
        self.core.restart()
        self.assertEqual(json.dumps(self.core.get("messages"), sort_keys=True), before)
        self.core.stop()
        self.assertEqual(self.core.json("verify", "--json")["result"], "consistent")


if __name__ == "__main__":
    main()
