# SPDX-License-Identifier: GPL-3.0-or-later
"""PagerDuty both ways, against a small one of ours that PagerDuty's own client has judged: its incidents are our alerts, answers go in both
directions, nothing is triggered twice and nothing goes round in a circle."""
from lab_pagerduty import PagerDuty, instant
from quarterdeck_lab import Core, Story, judged, main, request, wait_until

PEOPLE = """
[[person]]
id = "ana"
name = "Ana Amsel"
email = "ana@example.org"

[[person]]
id = "ben"
name = "Ben Birke"
email = "Ben@example.org"
channels = ["webhook:events"]
"""
SHOP = """
[[policy]]
id = "shop"
name = "Shop on call"
[[policy.step]]
call = ["ben", "webhook:events"]
wait = "30m"
[[team]]
id = "shop"
name = "Shop"
members = ["ben"]
policy = "shop"
[[service]]
id = "db"
name = "db"
team = "shop"
paging = "own"
[[service]]
id = "checkout"
name = "checkout"
team = "shop"
paging = "observe"
[[schedule]]
id = "primary"
name = "Primary"
zone = "Europe/Berlin"
[[schedule.layer]]
id = "ben"
people = ["ben"]
rotation = "weekly"
start = "2026-01-05T09:00"
"""


class BothWays(Story):
    @classmethod
    def build(cls):
        cls.duty = PagerDuty(cls.lab)
        cls.core = core = Core(cls.lab)
        core.init()
        for name in ("teams", "services", "policies", "schedules"):
            path = core.home / f"workspace/{name}.toml"
            if path.exists():
                path.unlink()
        (core.home / "workspace/people.toml").write_text(PEOPLE)
        (core.home / "workspace/shop.toml").write_text(SHOP)
        core.serve()
        cls.token = cls.secret("pd.token", cls.duty.token)
        core.connect("pagerduty-rest", "pd", url=cls.duty.url, ca_file=cls.duty.root, token_file=cls.token, interval="1s", **{"from": "ana@example.org"})
        core.connect("pagerduty", "events", url=cls.duty.url, ca_file=cls.duty.root, token_file=cls.secret("events.key", cls.duty.routing_key))
        cls.inbound = core.connect("inbound", "prom")["urls"]["alerts"]

    @classmethod
    def secret(cls, name, text):
        path = cls.lab.write(name, text)
        path.chmod(0o600)
        return path

    def held(self, incident):
        """The alert of ours that an incident there is, once it is what is asked."""
        return next((a for a in self.core.get("alerts") if any(h["id"] == incident for h in a["heldOutside"])), None)

    def wait_held(self, incident, what, seconds=20, **fields):
        return wait_until(lambda: (a := self.held(incident)) and all(a[n] == v for n, v in fields.items()) and a, seconds, what)

    def polled(self, times=2):
        """Waits until PagerDuty was read so often again, from beginning to end."""
        before = len(self.duty.reads("/log_entries"))
        wait_until(lambda: len(self.duty.reads("/log_entries")) > before + times, 30, "it was read again")

    def deliveries(self, effect):
        return [d for d in self.core.get("deliveries") if d["effect"] == effect]

    def confirmed(self, effect, count):
        return wait_until(lambda: (d := [d for d in self.deliveries(effect) if d["delivery"] == "confirmed"]) and len(d) == count and d, 30, f"{count} {effect} confirmed")

    def triggers(self):
        return [e for e in self.duty.events() if e["event_action"] == "trigger"]

    def fires(self, name, ends=None):
        alert = {"labels": {"alertname": name, "service": "db", "severity": "critical"}, "annotations": {"summary": name}, **({"endsAt": ends} if ends else {})}
        self.assertEqual(request("POST", self.inbound, [alert]).status, 200)

    def test_00_pagerdutys_own_client_takes_ours_for_one(self):
        duty = PagerDuty(self.lab)
        self.assertEqual(judged("pagerduty.mjs", ["@pagerduty/pdjs"], str(duty.port), duty.root, duty.token, "ana@example.org", env=self.lab.env), "judged")

    def test_01_an_incident_there_is_an_alert_here(self):
        type(self).first = self.duty.trigger("Checkout is slow", key="checkout/latency")
        alert = self.wait_held(self.first, "the incident is an alert", status="firing")
        self.assertEqual((alert["title"], alert["service"], alert["source"], alert["severity"]), ("Checkout is slow", "checkout", "pd", "error"))
        self.assertEqual(alert["link"], f"https://shop.pagerduty.com/incidents/{self.first}")
        self.assertEqual((alert["heldOutside"][0]["number"], alert["heldOutside"][0]["assigned"], alert["heldOutside"][0]["policy"]), (1, ["ana"], "Shop on call"))
        self.assertEqual(self.core.source("pd")["problem"], "")
        self.assertIn("is PagerDuty's incident #1, triggered, assigned to ana", self.core.ctl("why", alert["key"]).stdout)
        self.assertTrue(all(h.get("authorization") == f"Token token={self.duty.token}" for _, p, h, _ in self.duty.requests if not p.startswith("/v2/")))

    def test_02_unarmed_nothing_is_written(self):
        key = self.held(self.first)["key"]
        self.core.ctl("note", key, "--text", "seen here")
        self.core.ctl("assign", key, "--to", "ben")
        self.core.ctl("ack", key)
        self.assertIn("arm pd --allow acks", self.core.refused("resolve", key, "--reason", "over"))
        self.assertIn("arm pd --allow reassigns", self.core.refused("escalate", key))
        self.core.ctl("unack", key)
        self.assertEqual([(d["effect"], d["delivery"]) for d in self.core.get("deliveries")],
                         [("pager-note", "withheld"), ("pager-reassign", "withheld"), ("pager-acknowledge", "withheld")])
        self.polled()
        self.assertEqual(self.duty.writes(), [])

    def test_03_who_acknowledges_and_resolves_there_does_so_here(self):
        self.duty.acknowledge(self.first, "PBEN")
        alert = self.wait_held(self.first, "Ben's acknowledgement is ours", workflow="acknowledged")
        self.assertEqual(alert["acknowledgedBy"], "ben")
        self.duty.note(self.first, "the cache was cold", "PBEN")
        self.duty.resolve(self.first, "PBEN")
        alert = self.wait_held(self.first, "Ben's resolution is ours", status="resolved")
        self.assertEqual((alert["annotations"]["resolved_by"], alert["heldOutside"][0]["changedBy"]), ("Ben Birke", "ben"))
        self.assertIn(("noted", "ben", "the cache was cold"), [(e["what"], e["by"], e["text"]) for e in alert["heldOutside"][0]["log"]])
        self.assertEqual(self.duty.writes(), [])

    def test_04_armed_what_is_done_here_is_done_there(self):
        self.core.ctl("arm", "pd", "--allow", "acks,notes,reassigns")
        type(self).second = i = self.duty.trigger("Checkout is down", key="checkout/up")
        key = self.wait_held(i, "the second incident is there", status="firing")["key"]
        self.core.ctl("ack", key)
        self.confirmed("pager-acknowledge", 1)
        self.assertEqual(self.duty.incidents[i]["status"], "acknowledged")
        self.core.ctl("note", key, "--text", "node 3 is full")
        self.confirmed("pager-note", 1)
        self.assertEqual([n["content"] for n in self.duty.notes[i]], ["node 3 is full"])
        self.core.ctl("escalate", key)
        self.confirmed("pager-escalate", 1)
        self.assertEqual([a["assignee"]["id"] for a in self.duty.incidents[i]["assignments"]], ["PZOE"])
        self.core.ctl("assign", key, "--to", "ben")
        self.confirmed("pager-reassign", 1)
        self.assertEqual([a["assignee"]["id"] for a in self.duty.incidents[i]["assignments"]], ["PBEN"])
        self.wait_held(i, "who has it there is shown")
        wait_until(lambda: self.held(i)["heldOutside"][0]["assigned"] == ["ben"], 20, "who has it there is shown")
        self.core.ctl("resolve", key, "--reason", "replaced")
        self.confirmed("pager-resolve", 1)
        self.wait_held(i, "PagerDuty's own word ends it here", status="resolved")
        self.assertEqual(self.duty.incidents[i]["status"], "resolved")
        self.assertIn("Resolution Note: replaced", [n["content"] for n in self.duty.notes[i]])
        writes = self.duty.writes()
        self.assertEqual([(m, p) for m, p, _ in writes], [("PUT", f"/incidents/{i}"), ("POST", f"/incidents/{i}/notes"), *[("PUT", f"/incidents/{i}")] * 3])
        self.assertTrue(all(h["from"] == "ana@example.org" for m, p, h, _ in self.duty.requests if m != "GET" and not p.startswith("/v2/")))

    def test_05_what_we_did_there_comes_back_as_nothing(self):
        written = len(self.duty.writes())
        acknowledged = [a["acknowledgedBy"] for a in self.core.get("alerts") if a["key"] == self.held(self.second)["key"]]
        self.polled(3)
        self.assertEqual(len(self.duty.writes()), written)
        self.assertNotEqual(acknowledged, ["ana"], "our own write was taken for an answer of the user it was made as")

    def test_06_a_page_of_ours_is_one_incident_there_and_no_second_alert_here(self):
        self.core.ctl("arm", "events", "--allow", "pages")
        alerts = len(self.core.get("alerts"))
        self.fires("DatabaseDown")
        wait_until(lambda: len(self.triggers()) >= 1, 20, "PagerDuty was told of the call")
        key = self.triggers()[0]["dedup_key"]
        self.assertEqual({t["dedup_key"] for t in self.triggers()}, {key})
        type(self).called = wait_until(lambda: next((i for i, a in self.duty.alerts.items() if a and a[0]["alert_key"] == key), None), 10, "it is an incident there")
        self.polled(3)
        self.assertEqual(len(self.core.get("alerts")), alerts + 1)
        self.duty.acknowledge(self.called, "PANA")
        call = wait_until(lambda: next((e for e in self.core.get("escalations") if e["outcome"] == "acknowledged"), None), 20, "the answer there is an answer here")
        self.assertEqual(call["acknowledgedBy"], "ana")
        self.polled(2)
        self.assertEqual({e["event_action"] for e in self.duty.events()}, {"trigger"}, "it was told what it had said")
        self.fires("DatabaseDown", ends=instant())
        wait_until(lambda: self.duty.incidents[self.called]["status"] == "resolved", 20, "what ends here ends there")
        self.polled(2)
        self.assertEqual([e["event_action"] for e in self.duty.events() if e["event_action"] != "trigger"], ["resolve"])

    def test_07_what_it_holds_already_is_never_triggered_there(self):
        before = len(self.triggers())
        type(self).own = self.duty.trigger("Replica lags", service="PSDB", key="db/lag")  # of a service whose alerts call by themselves
        self.wait_held(self.own, "the incident is an alert", status="firing")
        withheld = wait_until(lambda: [d for d in self.deliveries("page") if d["delivery"] == "withheld" and "not triggered a second time" in d["reason"]], 20, "it is said why nobody is paged")
        self.assertEqual({d["connection"] for d in withheld if d["person"] == "webhook:events"}, {"events"})
        self.polled(2)
        self.assertEqual(len(self.triggers()), before)

    def test_08_a_killed_core_triggers_and_writes_nothing_twice(self):
        triggers, writes = len(self.triggers()), len(self.duty.writes())
        self.core.kill()
        self.core.serve()
        self.polled(3)
        self.assertEqual((len(self.triggers()), len(self.duty.writes())), (triggers, writes))
        self.assertEqual(self.held(self.own)["status"], "firing")

    def test_09_what_may_have_arrived_is_looked_for_before_it_is_sent_again(self):
        before = len(self.duty.writes())
        self.duty.swallowed = 1
        self.core.ctl("ack", self.held(self.own)["key"])
        self.assertEqual(self.confirmed("pager-acknowledge", 2)[-1]["reason"], "found done at PagerDuty")
        self.assertEqual(len(self.duty.writes()), before + 1)

    def test_10_a_wait_that_is_asked_for_is_kept_and_resolves_nothing(self):
        self.duty.limited_as, self.duty.limited_for = None, 20
        self.duty.limited = 1000  # it asks again until everything was said, which takes a busy machine longer
        wait_until(lambda: self.duty.limited_as is not None, 20, "it asked to wait")
        wait_until(lambda: "asks to wait 20s" in self.core.source("pd")["problem"], 15, "the wait is said")
        self.core.ctl("note", self.held(self.own)["key"], "--text", "while it waits")
        self.duty.limited = 0
        wait_until(lambda: self.core.source("pd")["problem"] == "", 60, "it is read again")
        self.confirmed("pager-note", 2)
        with self.duty.lock:
            asked = [(t, r[1]) for t, r in zip(self.duty.times, self.duty.requests)]
        limited_at = asked[self.duty.limited_as][0]
        after = [t - limited_at for t, path in asked[self.duty.limited_as + 1:] if not path.startswith("/v2/")]
        self.assertGreaterEqual(min(after), 19, "it asked in spite of the wait")
        self.assertEqual(self.held(self.own)["status"], "firing")

    def test_11_a_pagerduty_that_refuses_resolves_nothing(self):
        token, self.duty.token = self.duty.token, "revoked"
        wait_until(lambda: "401" in self.core.source("pd")["problem"], 20, "the refusal is said")
        self.assertEqual(self.held(self.own)["status"], "firing")
        self.duty.token = token
        wait_until(lambda: self.core.source("pd")["problem"] == "", 20, "it is read again")

    def test_12_webhooks_say_the_same_and_make_no_second_alert(self):
        signing = "pd-signing-canary"
        hook = self.core.connect("inbound", "hook", set="pd", sign_file=self.secret("hook.signing", signing))["urls"]["pagerdutyWebhook"]
        self.duty.webhook = (hook, signing)
        alerts = len(self.core.get("alerts"))
        i = self.duty.trigger("Told twice", key="told/twice")
        self.wait_held(i, "the incident is an alert", status="firing")
        self.duty.acknowledge(i, "PBEN")
        alert = self.wait_held(i, "its acknowledgement is ours", workflow="acknowledged")
        self.assertEqual(alert["acknowledgedBy"], "ben")
        wait_until(lambda: sorted(self.duty.webhook_answers) == [202, 202], 20, "the webhooks were taken")
        self.duty.resolve(i, "PBEN")
        self.wait_held(i, "its resolution is ours", status="resolved")
        self.polled(2)
        self.assertEqual(len(self.core.get("alerts")), alerts + 1)
        self.assertEqual(self.held(i)["occurrences"], 1)
        self.assertEqual(self.duty.deliver(hook, "another secret", b'{"event":{}}'), 401)
        self.duty.webhook = None

    def test_13_who_is_on_call_there_and_not_here_is_shown(self):
        item = wait_until(lambda: next((i for i in self.core.get("oncall") if i["schedule"] == "primary" and i["problems"]), None), 90, "the two disagree")
        self.assertEqual(item["problems"], ["pd says Ana Amsel, schedule primary says Ben Birke: ours counts here"])
        self.assertIn("DISAGREE", self.core.ctl("schedule", "primary").stdout)

    def test_14_who_is_called_there_is_brought_into_the_workspace(self):
        writes = len(self.duty.writes())
        self.duty.overrides["PSPRIM"] = [{"id": "PO1", "start": "2036-02-01T08:00:00Z", "end": "2036-02-02T08:00:00Z", "user": self.duty.ref(self.duty.users["PZOE"])}]
        shown = self.core.ctl("import", "pagerduty", "--connection", "pd").stdout
        self.assertIn("known: ana@example.org is ana", shown)
        self.assertIn("nothing was written", shown)
        self.assertFalse((self.core.home / "workspace/pagerduty.toml").exists())
        self.core.ctl("import", "pagerduty", "--connection", "pd", "--apply")
        self.core.in_force()
        text = (self.core.home / "workspace/pagerduty.toml").read_text()
        for line in ('id = "zoe"', 'call = ["zoe"]', 'zone = "Europe/Berlin"', 'from = "2036-02-01T09:00"', 'rotation = "7d"'):
            self.assertIn(line, text)
        self.assertIn("known: service checkout is checkout", shown)
        self.assertEqual(len(self.duty.writes()), writes)
        self.assertIn("nothing changes", self.core.ctl("import", "pagerduty", "--connection", "pd").stdout)

    def test_15_no_secret_is_in_any_file_but_its_own(self):
        for path in self.core.home.rglob("*"):
            if path.is_file() and path.parent.name != "secrets":
                text = path.read_bytes()
                for secret in (self.duty.token.encode(), self.duty.routing_key.encode(), b"pd-signing-canary"):
                    self.assertNotIn(secret, text, path)


if __name__ == "__main__":
    main()
