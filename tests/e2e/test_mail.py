#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mail through a mail server as people run it, Debian's Exim: pages, what followers of a status page are told, a text for outside; a password that is wrong, a mailbox that is none, a server that was down."""
import re

from lab_exim import Exim
from lab_mail import Called, Recorder
from quarterdeck_lab import main, wait_until

PEOPLE = """
[[person]]
id = "zoe"
name = "Zoë Müller, ops"
email = "zoe@example.org"

[[person]]
id = "ned"
name = "Ned"
email = "nobody@example.org"

[[recipients]]
id = "followers"
name = "Followers"
mail = ["one@follow.example", "two@follow.example"]

[[recipients]]
id = "partners"
name = "Partners"
mail = ["two@follow.example", "three@follow.example"]
"""
PAGE = """
[[page]]
id = "shop"
title = "Shop status"
url = "https://status.example.org"
languages = ["en"]
zone = "UTC"
subscribers = ["mail:followers", "mail:partners"]
[[page.component]]
id = "checkout"
name = "Checkout"
services = ["shop"]

[[page]]
id = "laden"
title = "Laden"
title_en = "Shop, from Germany"
languages = ["de", "en"]
zone = "UTC"
subscribers = ["mail:partners", "webhook:statuspage"]
[[page.component]]
id = "kasse"
name = "Kasse"
name_en = "Checkout"
services = ["shop"]
"""


class MailGoesThroughARealServer(Called):
    @classmethod
    def build(cls):
        cls.mail = Exim(cls.lab).start()
        cls.build_called(PEOPLE, zoes=["zoe"], neds=["ned"])
        with cls.core.changed_workspace() as workspace:
            (workspace / "page.toml").write_text(PAGE)

    def mail_to(self, address, count=1, seconds=30):
        return wait_until(lambda: len(self.mail.mails(address)) >= count and self.mail.mails(address), seconds, f"{count} mails for {address}; {self.mail.log()[-800:]}")

    def test_01_a_page_is_delivered_with_tls_and_password(self):
        self.connect_mail()
        self.core.ctl("arm", "mail", "--allow", "pages,posts")
        incident = self.declare("Käse is out\r\nBcc: eve@example.org", "zoes")
        d = self.delivery(incident, "confirmed")
        m, = self.mail_to("zoe@example.org")
        self.assertEqual((m["Return-path"], m["Envelope-to"]), ("<desk@example.org>", "zoe@example.org"))
        self.assertTrue(m["Subject"].startswith(f"SEV2 {incident}: Käse is out"), m["Subject"])
        self.assertIsNone(m["Bcc"])
        self.assertEqual(m["Message-ID"], f"<{d['messageId']}>")
        self.assertIn("You are called: Käse is out", m.get_content())
        self.assertRegex(self.mail.log(), r"<= desk@example\.org .* P=esmtpsa X=TLS1\.[23]:.* A=plain:desk")
        self.core.ctl("resolve", incident)

    def test_02_a_mailbox_that_is_none_and_a_wrong_password_are_said(self):
        incident = self.declare("Nobody there", "neds")
        self.assertIn("refuses", self.delivery(incident, "failed")["reason"])
        self.core.ctl("resolve", incident)
        wrong = self.lab.write("wrong.password", "not-it")
        wrong.chmod(0o600)
        self.connect_mail(wrong)
        incident = self.declare("Wrong password", "zoes")
        self.assertIn("refuses the user and password", self.delivery(incident, "failed")["reason"])
        self.core.ctl("resolve", incident)
        self.connect_mail()
        self.assertEqual(len(self.mail.mails("zoe@example.org")), 1)

    def test_03_what_waited_while_the_server_was_down_comes_once(self):
        self.mail.stop()
        incident = self.declare("While it was down", "zoes")
        self.delivery(incident, "queued", reason="the mail server does not answer")
        self.mail.start()
        self.delivery(incident, "confirmed", seconds=120)
        self.assertIn("While it was down", self.mail_to("zoe@example.org", 2)[-1]["Subject"])
        self.core.ctl("resolve", incident)
        self.assertEqual(len([m for m in self.mail.mails("zoe@example.org") if "While it was down" in m["Subject"]]), 1)

    def test_04_followers_of_a_status_page_are_told_each_once(self):
        self.core.ctl("page", "post", "shop", "--title", "Payments fail", "--phase", "investigating", "--text", "We look into it.", "--component", "checkout=partial-outage", "--next", "30m")
        for address in ("one@follow.example", "two@follow.example", "three@follow.example"):
            m, = self.mail_to(address)
            self.assertIn("Payments fail", m["Subject"])
            self.assertIn("We look into it.", m.get_content())
            self.assertEqual([a.addr_spec for a in m["To"].addresses], [address])  # nobody reads who else follows
        self.core.ctl("page", "post", "shop", "--phase", "resolved", "--text", "It works again.")
        self.assertIn("It works again.", self.mail_to("two@follow.example", 2)[-1].get_content())
        self.core.restart()
        for address in ("one@follow.example", "two@follow.example", "three@follow.example"):
            self.assertEqual(len(self.mail_to(address, 2)), 2)  # also the one on two lists, also after a restart

    def test_05_a_text_for_outside_reaches_its_list(self):
        incident = self.core.json("declare", "--title", "Payments fail", "--severity", "SEV3", "--service", "shop", "--no-room")["id"]
        self.core.ctl("take", incident)
        self.core.ctl("message", "draft", "--incident", incident, "--title", "For our partners", "--text", "Please hold payments.", "--to", "mail:partners")
        self.core.ctl("message", "release", "1", "--incident", incident)
        m = self.mail_to("three@follow.example", 3)[-1]
        self.assertIn("For our partners", m["Subject"])
        self.assertIn("Please hold payments.", m.get_content())

    def test_06_one_text_on_two_pages_is_one_mail_and_a_webhook_reads_its_language(self):
        peer = Recorder(self.lab)
        self.core.connect("webhook", "statuspage", url=peer.url + "/page", language="en")
        self.core.ctl("arm", "statuspage", "--allow", "posts")
        before = {a: len(self.mail.mails(a)) for a in ("one@follow.example", "two@follow.example", "three@follow.example")}
        self.core.ctl("message", "draft", "--title", "Payments are slow", "--text", "Some payments take a while.", "--text", "de=Manche Zahlungen dauern.", "--title", "de=Zahlungen dauern",
                      "--to", "page:shop", "--to", "page:laden")
        self.core.ctl("message", "release", "2")
        for address, title in (("one@follow.example", "Shop status: Payments are slow"), ("two@follow.example", "Shop status: Payments are slow"), ("three@follow.example", "Shop status: Payments are slow")):
            self.assertIn(title, self.mail_to(address, before[address] + 1)[-1]["Subject"])
        told, = wait_until(lambda: peer.jsons("/page"), 20, "the webhook is told")
        self.assertEqual(told["title"], "Shop, from Germany: Payments are slow (Investigating)")
        self.assertIn("Some payments take a while.", told["text"])
        wait_until(lambda: not [d for d in self.core.get("deliveries") if d["delivery"] in ("queued", "sent")], 30, "nothing waits")
        self.assertEqual({a: len(self.mail.mails(a)) - n for a, n in before.items()}, {a: 1 for a in before})
        self.assertIn("choose en or de", self.core.refused("connect", "webhook", "--name", "statuspage", "--url", peer.url, "--language", "fr"))

    def test_07_the_password_stands_in_no_file_but_its_own(self):
        secret = self.mail.password.encode()
        for path in self.core.home.rglob("*"):
            if path.is_file() and path.parent.name != "secrets":
                self.assertNotIn(secret, path.read_bytes(), path)
        self.assertIsNone(re.search(r"pw-desk", self.mail.log()))


if __name__ == "__main__":
    main()
