# SPDX-License-Identifier: GPL-3.0-or-later
"""Alert sources against the real thing: what silence means, what may be written, what comes in by CloudEvents and as a change."""
import json
import signal

from lab_servers import RULES, Monitoring, RecordingProxy
from lab_websocket import Feed, WebSocket
from quarterdeck_lab import Core, Story, main, request, wait_until


def cloud_event(kind, identity, **data):
    return {"specversion": "1.0", "type": "io.quarterdeck." + kind, "source": "/lab/test", "id": identity, "time": "2026-11-23T10:00:00Z", "data": data}


class SourcesAreBelievedAsFarAsTheyCanBe(Story):
    @classmethod
    def build(cls):
        lab = cls.lab
        cls.core = core = Core(lab)
        core.init()
        core.serve()
        cls.monitoring = Monitoring(lab).start()
        cls.proxy = RecordingProxy(lab, cls.monitoring.url)
        core.connect("alertmanager", "am", url=cls.proxy.url, interval="1s")
        cls.door = core.connect("inbound", "door")
        cls.monitoring.exporter.kill()
        wait_until(lambda: core.alert(alertname="InstanceDown")["status"] == "firing", 30, "the alert is shown")

    def down(self):
        return self.core.alert(alertname="InstanceDown")

    def silent(self):
        return self.core.alert(alertname="SourceSilent", connection="am")

    def polled_again(self, times=3):
        """Waits until that many whole polls were answered from now on."""
        before = self.proxy.reads().count("/api/v2/silences")
        wait_until(lambda: self.proxy.reads().count("/api/v2/silences") >= before + times, 30, "it was polled again")

    def test_01_an_unarmed_connection_writes_nothing(self):
        reason = self.core.refused("silence", "alertname=InstanceDown", "--source", "am", "--duration", "10m", "--reason", "test")
        self.assertIn("arm am --allow silences", reason)
        self.core.json("declare", "--title", "Exporter gone", "--alert", self.down()["key"])
        self.core.ctl("ack", self.down()["key"], "--reason", "seen")
        self.polled_again()
        self.assertEqual(self.proxy.writes(), [])
        self.assertEqual(self.monitoring.silences(), [])

    def test_02_a_stopped_alertmanager_resolves_nothing_and_raises_an_alert_of_ours(self):
        self.monitoring.alertmanager.stop()
        wait_until(lambda: self.silent()["status"] == "firing", 90, "the silent source is an alert")
        self.assertEqual(self.silent()["severity"], "error")
        self.assertEqual(self.core.source("am")["health"], "silent")
        self.assertEqual((self.down()["status"], self.down()["occurrences"]), ("firing", 1))
        self.assertEqual(self.core.incident()["status"], "active")

    def test_03_a_restart_during_the_silence_resolves_nothing(self):
        self.core.restart()
        self.polled_again(0)
        self.assertEqual((self.down()["status"], self.down()["workflow"]), ("firing", "acknowledged"))
        self.assertEqual(self.silent()["status"], "firing")

    def test_04_alertmanager_back_ends_the_alert_of_ours_and_resolves_nothing(self):
        self.monitoring.start_alertmanager()
        wait_until(lambda: self.silent()["status"] == "resolved", 15, "the source is heard again")
        self.polled_again()
        self.assertEqual((self.down()["status"], self.down()["occurrences"]), ("firing", 1))
        self.assertNotEqual(self.core.source("am")["health"], "silent")

    def test_05_a_restart_resolves_nothing(self):
        before = self.core.ready
        self.core.restart()
        self.assertGreater(self.core.ready["seq"], before["seq"])
        self.polled_again(4)
        self.assertEqual((self.down()["status"], self.down()["occurrences"], self.down()["workflow"]), ("firing", 1, "acknowledged"))
        self.assert_becomes(lambda: self.silent()["status"], "resolved", "and the source is heard")

    def test_06_an_armed_connection_writes_a_silence_and_ends_it(self):
        self.core.ctl("arm", "am", "--allow", "silences")
        self.core.ctl("silence", "alertname=InstanceDown", "severity=~crit.*", "--source", "am", "--duration", "10m", "--reason", "being repaired")
        silence = wait_until(self.monitoring.silences, 20, "Alertmanager has the silence")[0]
        self.assertEqual((silence["status"]["state"], silence["comment"]), ("active", "being repaired"))
        self.assertEqual({m["name"]: (m["value"], m["isRegex"]) for m in silence["matchers"]},
                         {"alertname": ("InstanceDown", False), "severity": ("crit.*", True)})
        wait_until(lambda: self.down()["suppression"] == "silenced", 20, "the alert is shown as silenced")
        self.assertEqual(self.down()["status"], "firing")
        delivery = [d for d in self.core.get("deliveries") if d["effect"] == "silence"]
        self.assertEqual([(d["delivery"], d["messageId"]) for d in delivery], [("confirmed", silence["id"])])
        # Kept longer, and by somebody else: the same silence, changed where it is.
        listed = wait_until(lambda: [s for s in self.core.get("silences") if s["id"] == silence["id"]], 30, "its list was read")[0]
        self.assertEqual(listed["source"], "am")
        me = self.core.status()["user"]
        self.core.refused("keep", f"am/{silence['id']}", "--until", "31d")
        self.core.ctl("keep", f"am/{silence['id']}", "--until", "2h", "--owner", me)
        kept = wait_until(lambda: [s for s in self.monitoring.silences() if s["endsAt"] != silence["endsAt"] and s["status"]["state"] == "active"], 20, "Alertmanager keeps it for longer")[0]
        self.assertEqual((kept["id"], kept["createdBy"], kept["comment"]), (silence["id"], me, "being repaired"))
        self.assertEqual(len([s for s in self.monitoring.silences() if s["status"]["state"] == "active"]), 1)
        self.core.ctl("silence", "--source", "am", "--expire", silence["id"])
        wait_until(lambda: self.monitoring.silences()[0]["status"]["state"] == "expired", 20, "Alertmanager has ended it")
        wait_until(lambda: self.down()["suppression"] == "none", 20, "the alert is shown as before")
        self.assertEqual([method for method, _ in self.proxy.writes()], ["POST", "POST", "DELETE"])

    def test_07_disarmed_it_writes_nothing_again(self):
        self.core.ctl("disarm", "am")
        self.core.refused("silence", "alertname=InstanceDown", "--source", "am", "--duration", "10m", "--reason", "test")
        self.polled_again()
        self.assertEqual(len(self.proxy.writes()), 3)

    def test_08_cloudevents_over_http(self):
        url = self.door["urls"]["cloudevents"]
        event = cloud_event("alert.firing", "h1", labels={"alertname": "QueueLong", "service": "orders"}, severity="critical", summary="Queue is long")
        answer = request("POST", url, json.dumps(event).encode(), {"Content-Type": "application/cloudevents+json"})
        self.assertEqual((answer.status // 100, answer.json["accepted"]), (2, 1))
        alert = self.core.alert(alertname="QueueLong")
        self.assertEqual((alert["status"], alert["severity"], alert["service"]), ("firing", "critical", "orders"))
        event.update(id="h2", type="io.quarterdeck.alert.resolved", time="2026-11-23T10:05:00Z")
        batch = request("POST", url, json.dumps([event]).encode(), {"Content-Type": "application/cloudevents-batch+json"})
        self.assertEqual((batch.status // 100, batch.json["accepted"]), (2, 1))
        self.assertEqual(self.core.alert(alertname="QueueLong")["status"], "resolved")
        # Delivered again, an event is recorded once: its answer is the same, and an old "firing" opens nothing.
        reports = self.core.alert(alertname="QueueLong")["reports"]
        event.update(id="h1", type="io.quarterdeck.alert.firing", time="2026-11-23T10:00:00Z")
        headers = {f"ce-{name}": event[name] for name in ("id", "source", "type", "specversion", "time")}
        for body, more in ((event, {"Content-Type": "application/cloudevents+json"}), ([event], {"Content-Type": "application/cloudevents-batch+json"}),
                           (event["data"], {"Content-Type": "application/json", **headers})):
            again = request("POST", url, json.dumps(body).encode(), more)
            self.assertEqual((again.status, again.json["accepted"]), (answer.status, 1))
        alert = self.core.alert(alertname="QueueLong")
        self.assertEqual((alert["status"], alert["occurrences"], alert["reports"]), ("resolved", 1, reports))

    def test_09_cloudevents_over_a_websocket_to_us(self):
        url = self.core.ready["listen"].replace("http", "ws", 1) + "/in/" + self.door["key"] + "/cloudevents"
        line = WebSocket(url, "cloudevents.json")
        self.assertEqual(line.status, 101)
        line.send("this is no event")
        self.assertIn("error", json.loads(line.receive()))
        line.send(json.dumps(cloud_event("alert.firing", "w1", labels={"alertname": "CacheCold", "service": "shop"}, severity="warning")))
        wait_until(lambda: self.core.alert(alertname="CacheCold")["severity"] == "warning", 10, "the event is an alert")
        for event in ("w1", "w1", "w2"):  # a repeat and then something else: when that is there, the repeat was heard
            line.send(json.dumps(cloud_event("alert.firing", event, labels={"alertname": "CacheCold" if event == "w1" else "CacheGone", "service": "shop"})))
        wait_until(lambda: self.core.alert(alertname="CacheGone"), 10, "the event behind the repeats is an alert")
        self.assertEqual(self.core.alert(alertname="CacheCold")["reports"], 1)
        line.close()
        self.assertEqual(WebSocket(url.replace(self.door["key"], "qd_wrong"), "cloudevents.json").status, 401)

    def test_10_a_feed_of_cloudevents_is_followed_and_found_again(self):
        feed = Feed(self.lab)
        self.core.connect("cloudevents", "feed", url=feed.url)
        wait_until(feed.connected, 20, "the console is connected")
        feed.send(json.dumps(cloud_event("alert.firing", "f1", labels={"alertname": "LinkDown", "service": "net"}, severity="error")))
        wait_until(lambda: self.core.alert(alertname="LinkDown")["status"] == "firing", 20, "the feed's event is an alert")
        feed.drop()
        wait_until(lambda: feed.accepted >= 2 and feed.connected(), 60, "the console has connected again")
        self.assertEqual(self.core.alert(alertname="LinkDown")["status"], "firing")
        feed.send(json.dumps(cloud_event("alert.firing", "f1", labels={"alertname": "LinkDown", "service": "net"}, severity="error")))  # told again: recorded once
        feed.send(json.dumps(cloud_event("alert.resolved", "f2", labels={"alertname": "LinkDown", "service": "net"}, severity="error") | {"time": "2026-11-23T10:09:00Z"}))
        wait_until(lambda: self.core.alert(alertname="LinkDown")["status"] == "resolved", 20, "the feed's second event is taken")
        self.assertEqual(self.core.alert(alertname="LinkDown")["reports"], 2)

    def test_11_changes_come_by_verb_pagerduty_and_cloudevent(self):
        base = self.core.ready["listen"] + "/in/" + self.door["key"]
        self.core.ctl("change", "--service", "orders", "--title", "deploy orders 7.1", "--link", "https://ci.example/71")
        pagerduty = {"routing_key": self.door["key"], "payload": {"summary": "deploy shop 3.2", "source": "ci", "timestamp": "2026-11-23T10:00:00Z",
                                                                  "custom_details": {"service": "shop"}}, "links": [{"href": "https://ci.example/32"}]}
        self.assertEqual(request("POST", base + "/v2/change/enqueue", pagerduty).status, 202)
        event = cloud_event("change", "c1", title="flag new-cart on", service="shop")
        for _ in range(2):  # a repeated one stays one
            answer = request("POST", base + "/cloudevents", json.dumps(event).encode(), {"Content-Type": "application/cloudevents+json"})
            self.assertEqual(answer.status // 100, 2)
        wait_until(lambda: len(self.core.timeline(kind="change")) >= 3, 10, "all three are on the timeline")
        texts = " | ".join(e["text"] for e in self.core.timeline(kind="change"))
        for title in ("deploy orders 7.1", "deploy shop 3.2", "flag new-cart on"):
            self.assertEqual(texts.count(title), 1, texts)

    def test_12_a_heartbeat_is_counted(self):
        base = self.core.ready["listen"] + "/in/" + self.door["key"]
        for method in ("GET", "POST"):
            self.assertEqual(request(method, base + "/heartbeat/backup").status // 100, 2)
        self.assertEqual([b["name"] for b in self.core.get("heartbeats")], ["backup"])

    def test_13_a_prometheus_is_read_itself_and_its_restart_resolves_nothing(self):
        url = f"http://127.0.0.1:{self.monitoring.prometheus_port}"
        self.core.connect("prometheus", "prom", url=url, interval="1s")

        def down():
            return next((a for a in self.core.alerts(alertname="InstanceDown") if a["source"] == "prom"), None)
        wait_until(down, 30, "its alert is shown")
        self.assertEqual((down()["status"], down()["labels"].get("cluster")), ("firing", None))  # it tells no external labels
        self.what_waits_is_shown_and_is_no_alert()
        self.monitoring.prometheus.stop()
        wait_until(lambda: self.core.source("prom")["problem"], 30, "it cannot be read")
        self.assertEqual((self.core.source("prom")["pending"], self.core.get("pending")), (None, []))  # nobody knows
        self.monitoring.start_prometheus(scraped=False)
        wait_until(lambda: [a for a in request("GET", url + "/api/v1/alerts").json["data"]["alerts"] if a["labels"]["alertname"] == "InstanceDown"],
                   60, "the restarted Prometheus knows the alert again")
        wait_until(lambda: not self.core.source("prom")["problem"], 30, "it is read again")
        self.assertEqual((down()["status"], down()["occurrences"]), ("firing", 1))
        self.monitoring.start_exporter()
        wait_until(lambda: down()["status"] == "resolved", 60, "what the new process told of ends by its word")

    def what_waits_is_shown_and_is_no_alert(self):
        wait_until(lambda: self.core.source("prom")["pending"] == 0, 10, "it says that nothing waits")
        self.lab.write("rules.yml", RULES + "  - { alert: Filling, expr: vector(1), for: 1h, labels: { service: shop } }\n")
        self.monitoring.prometheus.signal(signal.SIGHUP)
        wait_until(lambda: self.core.source("prom")["pending"] == 1, 30, "what waits is counted")
        waits, = self.core.get("pending")
        self.assertEqual((waits["source"], waits["name"], waits["labels"]), ("prom", "Filling", {"alertname": "Filling", "service": "shop"}))
        self.assertLessEqual(waits["since"], waits["readAt"])
        self.assertIn(waits["age"], range(3600))
        self.assertRegex(self.core.ctl("get", "pending").stdout, r"prom +Filling +\d+[sm]")
        self.assertEqual(self.core.alerts(alertname="Filling"), [])
        self.assertEqual(self.core.run("get", "pending", "--at", "seq:3").returncode, 1)
        self.lab.write("rules.yml", RULES)
        self.monitoring.prometheus.signal(signal.SIGHUP)
        wait_until(lambda: self.core.source("prom")["pending"] == 0, 30, "it waits no more")

    def test_14_the_home_is_sound(self):
        self.core.stop()
        self.assertEqual(self.core.json("verify", "--json", "--origin-key", self.core.printed["verification key"])["result"], "authentic")


if __name__ == "__main__":
    main()
