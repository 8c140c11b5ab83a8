# SPDX-License-Identifier: GPL-3.0-or-later
"""How people are reached: by mail through a real server with TLS and a password, by webhooks and PagerDuty, answered by a link; a server that is down."""
import base64
import concurrent.futures
import re

from lab_mail import Called, MailServer, Recorder, authority
from quarterdeck_lab import main, request, wait_until

PEOPLE = """
[[person]]
id = "zoe"
name = "Zoë Müller, ops"
email = "zoe@example.org"

[[person]]
id = "ben"
name = "Ben"
email = "ben@example.org"
contacts = [{ webhook = "push", address = "bens-topic" }]
channels = ["mail", "webhook:push"]

[[person]]
id = "dan"
name = "Dan"
contacts = [{ webhook = "sms", address = "+4930123456" }, { webhook = "over", address = "uQiRzpo4DXghDmr9QzzfQu27cmVRsG" }]
channels = ["webhook:over", "webhook:sms"]
"""


class PeopleAreReached(Called):
    @classmethod
    def build(cls):
        lab = cls.lab
        cls.mail = MailServer(lab).start()
        cls.peer = Recorder(lab)
        cls.build_called(PEOPLE, mail=["zoe"], both=["ben"], phones=["dan"], duty=["webhook:duty", "webhook:own"])
        with cls.core.changed_workspace() as workspace:
            settings = next(p for p in workspace.glob("*.toml") if "[workspace]" in p.read_text())
            settings.write_text(settings.read_text().replace("[workspace]\n", f'[workspace]\npublic_url = "http://127.0.0.1:{cls.core.port}"\n'))
        cls.token = lab.write("token", "s3cr3t-canary-token")
        cls.token.chmod(0o600)

    def escalation(self, incident):
        return self.core.incident(incident)["escalations"][0]

    def test_01_what_is_wrong_with_a_connection_is_said(self):
        self.assertIn("one line each", self.core.refused("connect", "smtp", "--name", "mail", "--url", self.mail.url, "--from", "desk@localhost\nBcc: x@y"))
        self.assertIn("no mail address", self.core.refused("connect", "smtp", "--name", "mail", "--url", self.mail.url, "--from", "desk"))
        self.assertIn("begins with smtp://", self.core.refused("connect", "smtp", "--name", "mail", "--url", "http://localhost", "--from", "desk@example.org"))
        self.assertIn("{{evil}}", self.core.refused("connect", "webhook", "--name", "own", "--url", self.peer.url, "--body", "{{evil}}"))
        self.assertIn("over TLS only", self.core.refused("connect", "webhook", "--name", "own", "--url", "http://198.51.100.7/", "--token-file", self.token))
        self.connect_mail()
        self.assertIn("cannot do all of that", self.core.refused("arm", "mail", "--allow", "rooms"))

    def test_02_nothing_goes_out_through_what_is_not_armed(self):
        self.core.connect("webhook", "push", preset="ntfy", url=self.peer.url, token_file=self.token)
        self.core.ctl("arm", "push", "--allow", "pages")
        incident = self.declare("Not armed", "mail")
        withheld = wait_until(lambda: self.deliveries(incident), 10, "it is said that nothing goes out")[0]
        self.assertEqual((withheld["delivery"], withheld["person"], withheld["reason"]), ("withheld", "zoe", "mail: no mail connection is armed for pages"))
        self.core.ctl("resolve", incident)
        self.assertEqual(self.mail.envelopes, [])

    def test_03_a_call_is_a_mail_over_tls_with_nothing_of_its_words_in_a_header(self):
        self.core.ctl("arm", "mail", "--allow", "pages")
        type(self).incident = incident = self.declare("Käse is out\r\nBcc: eve@example.org", "mail")
        d = self.delivery(incident, "confirmed", "mail")
        (sender, to, raw, tls), = self.mail.envelopes
        self.assertEqual((sender, to, tls), ("desk@example.org", ["zoe@example.org"], True))
        m, = self.mail.mails("zoe@example.org")
        self.assertTrue(m["Subject"].startswith(f"SEV2 {incident}: Käse is out"), m["Subject"])
        self.assertIsNone(m["Bcc"])
        self.assertEqual((m["To"].addresses[0].addr_spec, m["To"].addresses[0].display_name), ("zoe@example.org", "Zoë Müller, ops"))
        self.assertEqual((m["Auto-Submitted"], m["Message-ID"]), ("auto-generated", f"<{d['messageId']}>"))
        self.assertTrue(d["messageId"].endswith("@example.org"))
        self.assertTrue(all(len(line) <= 78 for line in raw.split(b"\r\n")), raw)
        raw.decode("ascii")
        self.assertIn("You are called: Käse is out", m.get_content())
        self.assertIn(f"Answer: quarterdeckctl ack {incident}", m.get_content())
        self.assertNotIn("!ack", m.get_content(), "there is no chat here")
        type(self).link = re.search(r"http://\S+/answer/[0-9a-f]{32}", m.get_content())[0]

    def test_04_opening_the_link_changes_nothing(self):
        before = self.core.incident(self.incident), self.core.timeline(incident=self.incident)
        for method in ("GET", "HEAD", "GET"):
            page = request(method, self.link)
            self.assertEqual(page.status, 200)
        self.assertIn("Käse is out", page.body.decode())
        self.assertIn("<form method=\"post\">", page.body.decode())
        self.assertIn("default-src 'none'", page.headers["Content-Security-Policy"])
        self.assertEqual((page.headers["Cache-Control"], page.headers["Referrer-Policy"]), ("no-store", "no-referrer"))
        self.assertEqual(self.escalation(self.incident)["acknowledgedBy"], "")
        self.assertEqual((self.core.incident(self.incident), self.core.timeline(incident=self.incident)), before)

    def test_05_confirming_it_answers_the_call_and_the_record_says_how(self):
        done = request("POST", self.link, "")
        self.assertEqual(done.status, 200)
        self.assertIn("Zoë Müller, ops has it", done.body.decode())
        self.assertEqual(self.escalation(self.incident)["acknowledgedBy"], "zoe")
        line, = self.core.timeline(incident=self.incident, kind="ack")
        self.assertEqual((line["actor"], line["via"]), ("zoe", "link"))
        self.assertIn("by the link in the page", line["text"])

    def test_06_it_works_once_and_a_wrong_one_never(self):
        for method in ("GET", "POST"):
            again = request(method, self.link, "" if method == "POST" else None)
            self.assertEqual(again.status, 410)
            self.assertIn("has answered this call already", again.body.decode())
        for wrong in ("0" * 32, "x", self.link[-32:].upper()):
            self.assertEqual(request("POST", self.link.rsplit("/", 1)[0] + "/" + wrong, "").status, 404)
        self.assertEqual(len(self.core.timeline(incident=self.incident, kind="ack")), 1)
        wrong = self.link[:-32] + "f" * 32
        self.assertEqual(request("GET", wrong).status, 404)
        with concurrent.futures.ThreadPoolExecutor(8) as pool:  # so many in a minute, also where one takes its time
            self.assertEqual({a.status for a in pool.map(lambda _: request("GET", wrong), range(39))}, {404, 429})
        self.assertEqual(request("GET", wrong).status, 429)
        self.assertEqual(request("GET", self.link).status, 410)  # a right one is still read
        token = self.link[-32:].encode()
        for path in self.core.home.rglob("*"):
            if path.is_file():
                self.assertNotIn(token, path.read_bytes(), path)

    def test_07_while_the_mail_server_is_down_the_next_channel_is_used_and_the_mail_comes_later_once(self):
        self.mail.stop()
        self.peer.answer = (200, {"id": "ntfy-1"})
        incident = self.declare("Mail is down", "both")
        self.assertEqual(self.delivery(incident, "confirmed", "push")["messageId"], "ntfy-1")
        self.delivery(incident, "queued", "mail", reason="the mail server does not answer")
        blocked, = wait_until(lambda: self.core.alerts(alertname="PagesBlocked", connection="mail"), 30, "that no mail goes out is an alert of ours")
        self.assertEqual((blocked["status"], blocked["title"]), ("firing", 'Pages do not go out through "mail": the mail server does not answer'))
        sent, = self.peer.jsons("/")
        self.assertEqual((sent["topic"], sent["priority"]), ("bens-topic", 4))
        self.assertTrue(sent["title"].startswith(f"SEV2 {incident}"))
        self.assertRegex(sent["click"], "/answer/[0-9a-f]{32}$")
        self.assertEqual(self.peer.requests[0][1]["Authorization"], "Bearer s3cr3t-canary-token")
        self.mail.start()
        done = self.delivery(incident, "confirmed", "mail", 90)
        wait_until(lambda: [a for a in self.core.alerts(alertname="PagesBlocked", connection="mail") if a["status"] == "resolved"], 30, "mail goes out again")
        m, = self.mail.mails("ben@example.org")
        self.assertEqual(m["Message-ID"], f"<{done['messageId']}>")
        self.core.kill()
        self.core.serve()
        self.assertEqual([(d["connection"], d["delivery"]) for d in self.deliveries(incident)], [("mail", "confirmed"), ("push", "confirmed")])
        self.assertEqual(len(self.mail.mails("ben@example.org")), 1)
        self.core.ctl("resolve", incident)

    def test_08_a_call_answered_meanwhile_is_not_sent_any_more(self):
        self.mail.stop()
        incident = self.declare("Answered elsewhere", "mail")
        self.delivery(incident, "queued", "mail")
        note = self.core.ctl("reached", "zoe", "--by", "phone", "--incident", incident)
        self.assertEqual((note.stdout, note.stderr), (f"Recorded in {incident}: zoe was reached by phone. The calls that are meant count as answered by them.\n", ""))
        self.assertEqual(self.escalation(incident)["acknowledgedBy"], "zoe")
        self.assertTrue(self.core.timeline(incident=incident, text="reached zoe by phone"))
        self.assertTrue(any(" says" in e["text"] for e in self.core.timeline(incident=incident, kind="ack")))
        self.assertIn("the call was over", self.delivery(incident, "failed", "mail")["reason"])
        self.mail.start()
        self.core.ctl("resolve", incident)

    def test_09_a_server_that_refuses_for_good_or_cannot_be_trusted_is_said(self):
        self.mail.refusing = "550 no such mailbox"
        incident = self.declare("Refused", "mail")
        self.assertEqual(self.delivery(incident, "failed", "mail")["reason"], "the mail server refuses the mail (it answered 550)")
        self.mail.refusing = None
        other, _, _ = authority(self.lab, "other")
        self.connect_mail(root=other)
        self.core.ctl("resolve", incident)
        before = len(self.mail.envelopes)
        incident = self.declare("Not trusted", "mail")
        self.assertIn("cannot be trusted", self.delivery(incident, "failed", "mail")["reason"])
        self.core.ctl("resolve", incident)
        wrong = self.lab.write("wrong.password", "not-it")
        wrong.chmod(0o600)
        self.connect_mail(wrong)
        incident = self.declare("Wrong password", "mail")
        self.assertIn("refuses the user and password", self.delivery(incident, "failed", "mail")["reason"])
        self.core.ctl("resolve", incident)
        self.assertEqual(len(self.mail.envelopes), before)
        self.connect_mail()

    def test_10_pushover_and_twilio_get_what_their_makers_ask_for(self):
        self.peer.requests.clear()
        self.core.connect("webhook", "over", preset="pushover", url=self.peer.url, token_file=self.token)
        self.core.connect("webhook", "sms", preset="twilio", url=self.peer.url, token_file=self.token, user="AC0123", **{"from": "+15005550006"})
        for name in ("over", "sms"):
            self.core.ctl("arm", name, "--allow", "pages")
        self.peer.answer = (400, {"status": 0})  # Pushover refuses: then the text message goes
        incident = self.declare("Phones & more", "phones", "SEV1")
        self.assertEqual(self.delivery(incident, "failed", "over")["reason"], "it answers 400")
        self.delivery(incident, "failed", "sms")
        over, = self.peer.forms("/1/messages.json")
        self.assertEqual((over["token"], over["user"], over["priority"], over["title"]), ("s3cr3t-canary-token", "uQiRzpo4DXghDmr9QzzfQu27cmVRsG", "1", f"SEV1 {incident}: Phones & more"))
        self.assertRegex(over["url"], "/answer/[0-9a-f]{32}$")
        sms, = self.peer.forms("/2010-04-01/Accounts/AC0123/Messages.json")
        self.assertEqual((sms["To"], sms["From"]), ("+4930123456", "+15005550006"))
        self.assertTrue(sms["Body"].startswith(f"SEV1 {incident}: Phones & more Answer: http"))
        sent = [h for p, h, _ in self.peer.requests if p.endswith("Messages.json")][0]
        self.assertEqual(sent["Authorization"], "Basic " + base64.b64encode(b"AC0123:s3cr3t-canary-token").decode())
        self.core.ctl("resolve", incident)
        self.peer.answer = (200, {})

    def test_11_pagerduty_hears_the_trouble_the_answer_and_the_end_under_one_key(self):
        self.peer.requests.clear()
        self.core.connect("pagerduty", "duty", url=self.peer.url, token_file=self.token)
        self.core.connect("webhook", "own", url=self.peer.url + "/own", header="X-Key", token_file=self.token, body='{"say": "{{title}}", "to": "{{person}}"}')
        for name in ("duty", "own"):
            self.core.ctl("arm", name, "--allow", "pages")
        incident = self.declare('Say "hello"', "duty")
        self.delivery(incident, "confirmed", "duty")
        self.delivery(incident, "confirmed", "own")
        self.core.ctl("take", "--incident", incident)
        self.core.ctl("ack", incident)
        self.core.ctl("resolve", incident)
        wait_until(lambda: len(self.peer.jsons("/v2/enqueue")) == 3, 20, "PagerDuty heard all of it")
        sent = self.peer.jsons("/v2/enqueue")
        self.assertEqual([s["event_action"] for s in sent], ["trigger", "acknowledge", "resolve"])
        self.assertEqual(len({s["dedup_key"] for s in sent}), 1)
        self.assertEqual({s["routing_key"] for s in sent}, {"s3cr3t-canary-token"})
        self.assertEqual((sent[0]["payload"]["summary"], sent[0]["payload"]["severity"], sent[0]["payload"]["source"]), (f'SEV2 {incident}: Say "hello"', "error", "quarterdeck"))
        own, = self.peer.jsons("/own")
        self.assertEqual(own, {"say": f'SEV2 {incident}: Say "hello"', "to": "webhook:own"})
        self.assertEqual([h["X-Key"] for p, h, _ in self.peer.requests if p == "/own"], ["s3cr3t-canary-token"])

    def test_12_a_drill_reaches_nobody_s_mail(self):
        before = len(self.mail.envelopes)
        incident = self.core.json("declare", "--title", "A drill", "--severity", "SEV2", "--service", "shop", "--no-room", "--drill")["id"]
        self.core.ctl("escalate", "--incident", incident, "--service", "shop", "--policy", "mail")
        d = wait_until(lambda: self.deliveries(incident), 10, "it is said")[0]
        self.assertEqual(d["delivery"], "withheld")
        self.assertIn("a drill", d["reason"])
        self.core.ctl("resolve", incident)
        self.assertEqual(len(self.mail.envelopes), before)

    def test_13_a_test_page_says_what_each_channel_made_of_it_and_opens_nothing(self):
        incidents = len(self.core.get("incidents"))
        self.peer.answer = (200, {"id": "ntfy-2"})
        out = self.core.ctl("test-page", "ben").stdout
        self.assertEqual(out, "mail ben@example.org: confirmed\npush bens-topic: confirmed\n")
        m = self.mail.mails("ben@example.org")[-1]
        self.assertIn("TEST", m["Subject"])
        self.assertIn("to try that as well, open the link", m.get_content())
        self.assertNotIn("chat", m.get_content())
        link = re.search(r"http://\S+/answer/[0-9a-f]{32}", m.get_content())[0]
        self.assertIn("Say that Ben got this test?", request("GET", link).body.decode())
        self.assertEqual(request("POST", link, "").status, 200)
        self.assertEqual([(e["actor"], e["via"]) for e in self.core.timeline(text="answered test page 1")], [("ben", "link")])
        self.assertEqual(request("GET", link).status, 410)
        self.core.ctl("disarm", "push")
        channels = self.core.json("test-page", "ben", "--json")["channels"]
        self.assertEqual([(c["channel"], c["delivery"]) for c in channels], [("webhook:push", "withheld"), ("mail", "confirmed")])
        nowhere = self.core.run("test-page", "me")
        self.assertEqual((nowhere.returncode, nowhere.stdout), (1, f"No channel: no address is bound to {self.core.status()['user']}.\n"))
        self.assertIn("reached nobody", nowhere.stderr)
        self.assertEqual(len(self.core.get("incidents")), incidents)

    def test_14_no_secret_stands_anywhere_and_the_log_is_authentic(self):
        self.core.stop()
        for path in self.core.home.rglob("*"):
            if path.is_file() and path.parent.name != "secrets":
                self.assertNotIn(b"s3cr3t-canary-token", path.read_bytes(), path)
        self.assertNotIn("s3cr3t-canary-token", self.core.process.log.read_text())
        self.assertEqual(self.core.json("verify", "--json", "--origin-key", self.core.printed["verification key"])["result"], "authentic")


if __name__ == "__main__":
    main()
