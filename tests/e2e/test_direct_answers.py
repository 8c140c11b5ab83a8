# SPDX-License-Identifier: GPL-3.0-or-later
"""Called in a direct message on a real chat server, answered in the same place or by the link in it; people called by name; a test page answered; a text for outside read and
approved."""
import re

from lab_chat import Person
from lab_servers import Prosody
from quarterdeck_lab import Core, Story, main, request, wait_until


class AnswersInADirectMessage(Story):
    @classmethod
    def build(cls):
        lab = cls.lab
        cls.core = core = Core(lab)
        core.init()
        core.serve()
        core.add_person("bob", "bob@localhost")
        core.add_paging_shop("bob")
        with core.changed_workspace() as workspace:
            settings = next(p for p in workspace.glob("*.toml") if "[workspace]" in p.read_text())
            settings.write_text(settings.read_text().replace("[workspace]\n", f'[workspace]\npublic_url = "http://127.0.0.1:{core.port}"\n'))
        cls.url = core.connect("inbound", "door")["urls"]["alerts"]
        cls.prosody = Prosody(lab).start()
        cls.prosody.connect(core, "rooms,posts,pages")
        cls.bob = Person(lab, "bob", cls.prosody.c2s_port)
        cls.eve = Person(lab, "eve", cls.prosody.c2s_port)

    def down(self, name, service="shop"):
        body = [{"labels": {"alertname": name, "service": service, "severity": "critical"}, "annotations": {"summary": name}}]
        self.assertEqual(request("POST", self.url, body).status, 200)

    def declare(self, title, service="ghost"):
        return self.core.json("declare", "--title", title, "--severity", "SEV2", "--service", service, "--no-room")["id"]

    def call_of(self, number):
        return next(c for c in self.core.get("escalations") if c["escalation"] == number)

    def told(self, since, words=""):
        """The next thing with these words that the console says to bob alone: it may have something else to say to him, too."""
        return wait_until(lambda: [m.text for m in self.bob.seen[since:] if m.nick == "ic@localhost" and words in m.text], 20, f"the console answers bob {words!r}")[0]

    def say(self, text, person=None):
        since = len(self.bob.seen)
        (person or self.bob).tell("ic@localhost", text)
        return since

    def test_01_a_call_comes_in_a_direct_message_that_says_how_to_answer_and_carries_a_link(self):
        self.down("CheckoutDown")
        page = self.bob.wait_for("You are called: CheckoutDown").text
        self.assertIn("to me alone: !ack escalation/1", page)
        type(self).link = re.search(r"http://\S+/answer/[0-9a-f]{32}", page)[0]
        self.assertIn("CheckoutDown", request("GET", self.link).body.decode())
        self.assertEqual(self.call_of(1)["outcome"], "running")

    def test_02_a_stranger_and_a_greeting_answer_nothing(self):
        self.say("!ack", self.eve)
        self.eve.wait_for("this address is not bound to a person")
        self.say("hello?")
        self.say("!take")
        self.bob.wait_for("No incident is open; declare one first")
        self.assertEqual(self.call_of(1)["outcome"], "running")

    def test_03_ack_answers_all_that_calls_the_speaker_and_is_answered_there(self):
        incident = self.declare("Shop is down", "shop")
        self.bob.wait_for(f"to me alone in chat: !ack {incident}")
        self.assertEqual(self.told(self.say("!ack"), "Acknowledged"), f"Acknowledged by Bob: escalation/1 (CheckoutDown), {incident} (Shop is down).")
        self.assertEqual([(c["outcome"], c["acknowledgedBy"]) for c in self.core.get("escalations")], [("acknowledged", "bob")] * 2)
        self.assertEqual(self.core.alert(alertname="CheckoutDown")["workflow"], "acknowledged")
        line = self.core.timeline(incident=incident, kind="ack")[0]
        self.assertEqual((line["actor"], line["via"]), ("bob", "chat"))
        self.told(self.say("!ack"), "nothing calls you now")
        self.assertEqual(request("GET", self.link).status, 410)
        self.core.ctl("resolve", incident)

    def test_04_the_link_of_a_chat_page_answers_as_that_of_a_mail_does(self):
        since = len(self.bob.seen)
        incident = self.declare("By link", "shop")
        link = re.search(r"http://\S+/answer/[0-9a-f]{32}", self.bob.wait_for("You are called: By link", since=since).text)[0]
        self.assertEqual(request("POST", link, "").status, 200)
        self.assertEqual(self.core.incident(incident)["escalations"][0]["acknowledgedBy"], "bob")
        self.assertEqual(self.core.timeline(incident=incident, kind="ack")[0]["via"], "link")
        token = link[-32:].encode()
        for path in self.core.home.rglob("*"):
            if path.is_file():
                self.assertNotIn(token, path.read_bytes(), path)
        type(self).incident = incident

    def test_05_somebody_is_called_by_name_though_the_call_was_answered(self):
        since = len(self.bob.seen)
        self.assertIn("There is no person or team", self.core.refused("summon", "nobody", "--incident", self.incident))
        call = self.core.json("summon", "bob", "--incident", self.incident, "--reason", "knows the replica")["id"]
        self.bob.wait_for("You are called: By link: knows the replica. Asked for by name", since=since)
        self.assertIn("is being called for that by name already", self.core.refused("summon", "bob", "--incident", self.incident))
        self.assertIn("Bob was called", self.core.ctl("why", self.incident, "--person", "bob").stdout)
        self.assertEqual(self.told(self.say(f"!ack {call}"), "Acknowledged"), f"Acknowledged by Bob: {self.incident} (By link: knows the replica).")
        self.assertEqual(self.core.incident(self.incident)["escalations"][-1]["targets"], ["bob"])
        self.core.ctl("resolve", self.incident)

    def test_06_a_test_page_is_answered_and_the_record_says_so(self):
        since = len(self.bob.seen)
        self.core.ctl("test-page", "bob")
        text = self.bob.wait_for("This is a test", since=since).text
        self.assertIn("to me alone: !ack test/1", text)
        link = re.search(r"http://\S+/answer/[0-9a-f]{32}", text)[0]
        self.assertIn("Say that Bob got this test?", request("GET", link).body.decode())
        self.assertEqual(request("POST", link, "").status, 200)
        self.told(self.say("!ack test/1"), "answered already")
        line = self.core.timeline(text="answered test page 1")[0]
        self.assertEqual((line["actor"], line["via"]), ("bob", "link"))

    def test_07_who_gives_a_check_reads_the_text_and_approves_it_there(self):
        with self.core.changed_workspace() as workspace:
            (workspace / "outward.toml").write_text('[[approval]]\nid = "legal"\nname = "Legal"\napprovers = ["bob"]\n')
        incident, since = self.declare("Shop says so"), len(self.bob.seen)
        self.core.ctl("message", "draft", "--title", "Shop", "--text", "Some orders fail.", "--incident", incident)
        asked = self.bob.wait_for('"Legal" is yours to give', since=since).text
        self.assertIn(f"in chat, to me alone: !message 1 {incident}", asked)
        self.assertNotIn("Some orders fail.", asked)
        read = self.told(self.say(f"!message 1 {incident}"), "The text, to the end:")
        self.assertIn("Checks: legal open.", read)
        self.assertTrue(read.endswith("The text, to the end:\nShop\nSome orders fail."), read)
        approve = re.search(r"To give it: (!approve .*?) - ", read)[1]
        since = len(self.bob.seen)
        self.core.ctl("message", "draft", "1", "--text", "All orders fail.", "--incident", incident)
        self.bob.wait_for('"Legal" is yours to give', since=since)
        self.told(self.say(approve), "The text was changed since you read it")
        approve = re.search(r"To give it: (!approve .*?) - ", self.told(self.say(f"!message 1 {incident}"), "To give it: "))[1]
        since = len(self.eve.seen)
        self.say(approve, self.eve)
        self.eve.wait_for("this address is not bound to a person", since=since)
        self.assertEqual(self.told(self.say(approve), "Bob gave"), f'Bob gave "legal" for version 2 of message 1 of {incident}.')
        message = self.core.get("messages")[-1]
        self.assertEqual((message["state"], message["stages"][0]["state"]), ("approved", "passed"))
        self.told(self.say(approve), "read the text here first")

    def test_08_the_log_is_authentic(self):
        self.core.stop()
        self.assertEqual(self.core.json("verify", "--json", "--origin-key", self.core.printed["verification key"])["result"], "authentic")


if __name__ == "__main__":
    main()
