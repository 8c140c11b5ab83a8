# SPDX-License-Identifier: GPL-3.0-or-later
"""An alert of a service we own calls people by itself through a real chat server; its acknowledgement ends the call; who was called hears the end."""
import datetime
import json

from lab_chat import Person
from lab_servers import Prosody
from quarterdeck_lab import Core, Story, main, request, wait_until


def report(name, service="shop", severity="critical", over=False):
    body = {"labels": {"alertname": name, "service": service, "severity": severity}, "annotations": {"summary": name}}
    return [{**body, "endsAt": datetime.datetime.now(datetime.timezone.utc).isoformat()} if over else body]


class AlertsCallByThemselves(Story):
    @classmethod
    def build(cls):
        lab = cls.lab
        cls.core = core = Core(lab)
        core.init()
        core.serve()
        core.add_person("bob", "bob@localhost")
        core.add_paging_shop("bob")
        cls.url = core.connect("inbound", "door")["urls"]["alerts"]
        cls.prosody = Prosody(lab).start()
        cls.prosody.connect(core, "rooms,posts,pages")
        cls.bob = Person(lab, "bob", cls.prosody.c2s_port)

    def post(self, *args, **kwargs):
        self.assertEqual(request("POST", self.url, report(*args, **kwargs)).status, 200)

    def key(self, name):
        return self.core.alert(alertname=name)["key"]

    def calls(self):
        return self.core.get("escalations")

    def test_01_what_is_not_owned_or_not_worth_it_calls_nobody_and_says_why(self):
        self.post("Slow", severity="warning")
        self.post("Elsewhere", service="ghost")
        self.assertEqual(self.calls(), [])
        self.assertIn("it calls nobody by itself: its severity is warning", self.core.ctl("why", self.key("Slow")).stdout)
        self.assertIn("its severity is warning", self.core.ctl("why", self.key("Slow"), "--person", "bob").stdout)
        self.assertIn("service ghost is not in the workspace", self.core.ctl("why", self.key("Elsewhere")).stdout)

    def test_02_a_critical_one_calls_in_a_direct_message_once_for_its_group(self):
        self.post("CheckoutDown")
        self.post("CartDown")
        self.bob.wait_for("You are called: CheckoutDown")
        self.assertEqual([(c["group"] != "", c["incident"], c["outcome"]) for c in self.calls()], [(True, "", "running")])
        why = self.core.ctl("why", self.key("CartDown")).stdout
        self.assertIn("step 1 called bob", why)
        self.assertIn("escalation/1 started by policy shop for CheckoutDown", why)
        self.assertIn("Bob was called for CheckoutDown.", self.core.ctl("why", self.key("CheckoutDown"), "--person", "bob").stdout)

    def test_03_its_acknowledgement_ends_the_call_and_the_end_of_the_group_is_told(self):
        self.core.ctl("--as", "bob", "ack", self.key("CheckoutDown"))
        self.assertEqual([(c["outcome"], c["acknowledgedBy"]) for c in self.calls()], [("acknowledged", "bob")])

    def test_04_a_group_that_ends_while_it_calls_says_so_to_who_was_called(self):
        for name in ("CheckoutDown", "CartDown", "Slow"):
            self.post(name, severity="warning" if name == "Slow" else "critical", over=True)
        self.post("CheckoutDown")
        wait_until(lambda: len(self.calls()) == 2, 20, "a new episode calls anew")
        self.post("CheckoutDown", over=True)
        self.bob.wait_for("Over: CheckoutDown")
        self.assertEqual(self.calls()[1]["outcome"], "ended")

    def test_05_all_of_it_is_the_same_after_a_kill_and_the_log_is_authentic(self):
        before = self.core.get_text("escalations")
        self.assertEqual(self.core.ctl("get", "escalations").stdout.split()[:3], ["escalation", "outcome", "policy"], "people read it too")
        self.core.kill()
        self.core.serve()
        again = self.core.get("escalations")
        self.assertEqual(again, json.loads(before)["items"])
        self.core.stop()
        self.assertEqual(self.core.json("verify", "--json", "--origin-key", self.core.printed["verification key"])["result"], "authentic")


if __name__ == "__main__":
    main()
