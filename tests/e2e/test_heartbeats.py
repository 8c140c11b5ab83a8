# SPDX-License-Identifier: GPL-3.0-or-later
"""Heartbeats: jobs that ping by curl as for healthchecks.io, the Watchdog of a real Prometheus, and what is made of their silence."""
import datetime
import json
import re
import subprocess
import time

from lab_servers import Monitoring
from quarterdeck_lab import Core, Story, main, need, patient, wait_until

HEARTBEATS = """
[[service]]
id = "node"
name = "Nodes"

[[heartbeat]]
id = "job"
name = "Queue runner"
service = "node"
severity = "critical"
interval = "3s"
grace = "2s"

[[heartbeat]]
id = "hourly"
interval = "1h"
grace = "3597s"

[[heartbeat]]
id = "nightly"
interval = "1d"
slow_after = "1s"

[[heartbeat]]
id = "other"
interval = "1d"
connection = "elsewhere"

[[heartbeat]]
id = "watchdog"
severity = "critical"
interval = "3s"
grace = "5s"
match = ['alertname="Watchdog"']
"""


class WhatMustBeHeardAgainAndAgain(Story):
    @classmethod
    def build(cls):
        cls.curl_program = need("/usr/bin/curl", "curl")
        cls.core = core = Core(cls.lab)
        core.init()
        (core.home / "workspace/heartbeats.toml").write_text(HEARTBEATS)
        core.serve()
        cls.ping = core.connect("inbound", "cron")["urls"]["ping"].replace("/<name>", "")
        push = core.connect("inbound", "prom")
        cls.monitoring = Monitoring(cls.lab, console=push["urls"]["prometheus"], resend="1s")

    def curl(self, path, *more):
        """A ping by curl; gives status and body."""
        done = subprocess.run([self.curl_program, "-sS", "-m", str(int(patient(10))), "-w", "\n%{http_code}", *more, self.ping + path], env=self.lab.env, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        body, _, status = done.stdout.rpartition("\n")
        return int(status), body

    def beat(self, path="/job", *more):
        self.assertEqual(self.curl(path, *more), (200, "OK"))

    def of(self, name):
        return next(h for h in self.core.get("heartbeats") if h["key"] == name)

    def live(self, name):
        return next(h for h in self.core.json("heartbeat", "list", "--json")["items"] if h["key"] == name)

    def alerts(self, name, kind="HeartbeatMissed"):
        return [(a["status"], a["severity"], a["service"], a["suppression"]) for a in self.core.alerts(alertname=kind, heartbeat=name)]

    def test_01_what_was_never_heard_is_awaited_and_raises_nothing(self):
        self.assertEqual({h["key"]: h["state"] for h in self.core.get("heartbeats")}, dict.fromkeys(("hourly", "job", "nightly", "other", "watchdog"), "awaiting"))
        self.assertIn("never", self.core.ctl("heartbeat", "list").stdout)

    def test_02_a_name_there_is_not_or_a_wrong_url_is_refused_and_nothing_is_stored(self):
        seq = self.core.status()["seq"]
        status, body = self.curl("/made-up")
        self.assertEqual((status, "made-up" in body), (404, False))
        self.assertEqual(self.curl("/other")[0], 404, "it is for another connection")
        self.assertEqual(self.curl("/watchdog")[0], 404, "it is fed by an alert")
        self.assertEqual(self.curl("/nightly/256")[0], 400)
        self.assertEqual(self.curl("/nightly/sideways")[0], 400)
        self.assertEqual([h["key"] for h in self.core.get("heartbeats")], ["hourly", "job", "nightly", "other", "watchdog"])
        lines = [e for e in self.core.get("timeline") if "made-up" in json.dumps(e)]
        self.assertEqual((lines, self.of("nightly")["count"]), ([], 0), seq)

    def test_03_head_get_and_post_beat_and_the_next_trip_is_counted_down(self):
        self.beat("/nightly")
        self.beat("/nightly", "-d", "all is well")
        self.assertEqual(self.curl("/nightly", "-I")[0], 200)
        h = self.of("nightly")
        self.assertEqual((h["state"], h["connection"], h["fed"]), ("healthy", "cron", "ping"))
        live = self.live("nightly")
        self.assertEqual(live["count"] >= 1 and live["tripsAt"] > live["last"], True)
        line = next(line for line in self.core.ctl("heartbeat", "list").stdout.splitlines() if line.startswith("nightly"))
        self.assertRegex(line, r"^nightly +healthy +\d+[sm]\S* ago +1d \+ 12h +0 of 1, trips at 1 +in 1d11h5\dm\d+s")

    def test_04_from_start_to_success_is_how_long_it_took(self):
        began = time.monotonic()
        self.beat("/nightly/start?rid=run-1")
        time.sleep(1.2)  # the job runs
        self.beat("/nightly?rid=run-1")
        took = time.monotonic() - began
        wait_until(lambda: self.of("nightly")["state"] == "slow", 10, "it is slow, already while it runs")
        h = wait_until(lambda: (h := self.of("nightly"))["latency"] and h, 45, "how long it took is journaled with what was gathered")
        self.assertTrue(1.1 < h["latency"] < took + 0.1, (took, h))
        self.assertEqual(self.alerts("nightly", "HeartbeatSlow"), [("firing", "warning", "quarterdeck", "none")])

        def quick():
            """Both by one curl: between two of them a busy machine may take longer than a job may."""
            self.assertEqual(self.curl("/nightly/0", self.ping + "/nightly/start", "-o", "/dev/null", "--next", "-sS", "-w", "\n%{http_code}")[0], 200)
            return self.of("nightly")["state"] == "healthy"
        wait_until(quick, 10, "a quick run makes it healthy")
        self.assertEqual(self.alerts("nightly", "HeartbeatSlow"), [("resolved", "warning", "quarterdeck", "none")])

    def test_05_a_failure_alarms_at_once_with_what_its_sender_said(self):
        self.beat("/nightly/3", "--data-binary", "tar: no space left on device\x1b[2J\n")
        h = self.of("nightly")
        self.assertEqual((h["state"], h["exitStatus"], h["said"]), ("missed", 3, "fail"))
        self.assertIn("no space left on device", h["text"])
        self.assertNotIn("\x1b", h["text"])
        alert = self.core.alert(alertname="HeartbeatMissed", heartbeat="nightly")
        self.assertIn("failed with exit status 3", alert["title"])
        self.beat("/nightly/log", "--data-binary", "x" * 5000)
        self.assertEqual(len(self.of("nightly")["text"]), 500)
        self.beat("/nightly")
        self.assertEqual(self.core.alert(alertname="HeartbeatMissed", heartbeat="nightly")["status"], "resolved")

    def test_06_silence_is_an_alarm_and_the_next_beat_ends_it(self):
        for _ in range(3):
            began = time.monotonic()  # before the last one, which cannot have been heard sooner
            self.beat()
        wait_until(lambda: self.alerts("job") == [("firing", "critical", "node", "none")], 20, "the silent job is an alert")
        self.assertGreater(time.monotonic() - began, 4, "not before interval and grace are over")
        self.assertEqual(self.of("job")["state"], "missed")
        why = self.core.ctl("why", self.core.alert(alertname="HeartbeatMissed", heartbeat="job")["key"]).stdout
        self.assertIn("Queue runner", why)

        def beats():
            self.beat()  # a busy machine may take longer to look than the next alarm takes to come
            return self.alerts("job") == [("resolved", "critical", "node", "none")]
        wait_until(beats, 20, "a beat ends it")

    def test_07_a_muted_one_is_watched_on_and_quiet(self):
        self.assertIn("reason", self.core.run("heartbeat", "mute", "job", "--duration", "1h").stderr)
        self.core.ctl("heartbeat", "mute", "job", "--duration", "1h", "--reason", "being moved")
        wait_until(lambda: self.alerts("job") == [("firing", "critical", "node", "silenced")], 20, "its alert is quiet")
        h = self.of("job")
        self.assertEqual((h["state"], h["phase"], h["muteReason"]), ("muted", "missed", "being moved"))
        self.core.ctl("heartbeat", "unmute", "job", "--reason", "moved")
        self.assertEqual(self.alerts("job"), [("firing", "critical", "node", "none")])
        self.assertIn("is not muted", self.core.refused("heartbeat", "unmute", "job"))

    def test_08_the_watchdog_of_a_prometheus_beats_and_a_dead_prometheus_is_an_alarm(self):
        self.monitoring.start()
        wait_until(lambda: self.of("watchdog")["state"] == "healthy", 30, "the Watchdog is heard")
        first = self.live("watchdog")["last"]
        wait_until(lambda: self.live("watchdog")["last"] > first, 20, "and heard again")
        self.monitoring.prometheus.kill()
        wait_until(lambda: self.alerts("watchdog") == [("firing", "critical", "quarterdeck", "none")], 30, "its silence is an alert")
        self.assertEqual(self.core.alert(alertname="Watchdog")["status"], "firing", "silence resolves nothing")
        self.monitoring.start_prometheus()
        wait_until(lambda: self.alerts("watchdog") == [("resolved", "critical", "quarterdeck", "none")], 30, "it is heard again")

    def misses(self, name, since):
        """When it was missed by the timeline, from an instant on."""
        turns = [datetime.datetime.fromisoformat(turn["at"]) for turn in self.core.timeline(reference=f"heartbeat/{name}") if "missed" in turn["text"]]
        return [at for at in turns if at >= since]

    def test_09_a_core_that_was_away_invents_no_miss(self):
        whole = datetime.timedelta(seconds=5)  # interval and grace of the job
        self.beat("/hourly")

        def stopped_in_time():
            """Whether the core was stopped before the job was missed, which a busy machine may not manage."""
            self.beat()
            wait_until(lambda: self.of("job")["phase"] == "healthy", 20, "a beat makes it healthy")
            before = datetime.datetime.now(datetime.timezone.utc)
            self.beat()
            self.core.stop()
            time.sleep(whole.total_seconds() + 1)  # nobody pings
            type(self).started = datetime.datetime.now(datetime.timezone.utc)
            self.core.serve()
            return not [at for at in self.misses("job", before) if at < self.started]
        wait_until(stopped_in_time, 60, "it is stopped in time")
        hourly, said = self.live("hourly"), self.core.ctl("heartbeat", "list").stdout  # it is missed in two hours: there is time to look
        self.assertEqual(hourly["phase"], "healthy")
        self.assertTrue(hourly["countsFrom"], hourly)
        self.assertIn("counts anew from", next(line for line in said.splitlines() if line.startswith("hourly")))
        missed = wait_until(lambda: self.misses("job", self.started), 20, "from there on it is missed again")
        self.assertGreaterEqual(missed[0], self.started + whole, "nothing is missed before it was listened to for a whole interval and grace")
        self.assertEqual(len(missed), 1, missed)
        self.assertIn("not heard, not missed", " ".join(self.of("job")["because"]["ruledOut"]))
        wait_until(lambda: self.live("watchdog")["state"] in ("healthy", "late"), 20, "the Watchdog is heard")
        self.assertFalse([at for at in self.misses("watchdog", self.started) if at < self.started + datetime.timedelta(seconds=8)], "nor of the Watchdog")
        wait_until(lambda: self.alerts("watchdog") == [("resolved", "critical", "quarterdeck", "none")], 20, "which fires no more")

    def test_10_other_numbers_are_tried_on_what_was_recorded(self):
        self.beat()
        wait_until(lambda: self.of("job")["phase"] == "missed", 20, "it is missed once more, and that is the last of it")
        same = self.core.json("heartbeat", "dryrun", "job", "--since", "1h", "--json")
        self.assertEqual((same["vanished"], same["appeared"], len(same["were"]) >= 3), ([], [], True), same)
        more = self.core.json("heartbeat", "dryrun", "job", "--grace", "5h", "--misses", "3", "--since", "1h", "--json")
        self.assertEqual(len(more["vanished"]), len(more["were"]), more)
        said = self.core.ctl("heartbeat", "dryrun", "job", "--misses", "3", "--grace", "5h", "--since", "1h").stdout.splitlines()
        self.assertEqual(len(said), len(more["vanished"]) + 1)
        self.assertRegex(said[-1], r"^With 3 of 3 windows missed, expected every 3s with 5h grace, \d+ of \d+ alarms since \S+ would have vanished \(20\d\d-.*\)\.$")
        fewer = self.core.json("heartbeat", "dryrun", "watchdog", "--interval", "1s", "--grace", "0s", "--since", "1h", "--json")
        self.assertTrue(fewer["were"], fewer)
        self.assertIn("cannot miss 3 of 2 windows", self.core.refused("heartbeat", "dryrun", "job", "--misses", "3", "--of", "2"))
        self.assertIn("There is no heartbeat", self.core.refused("heartbeat", "dryrun", "gone"))

    def test_11_the_past_reads_the_same_and_the_rules_conclude_the_same(self):
        text = self.core.get_text("heartbeats")
        seq = json.loads(text)["seq"]
        self.core.kill()
        self.core.serve()
        self.assertEqual(self.core.get_text("heartbeats", at=f"seq:{seq}"), text)
        self.assertTrue(re.match("Nothing would have been different", self.core.ctl("whatif", "--since", "seq:1").stdout.splitlines()[-1]))
        self.core.stop()
        self.assertEqual(json.loads(self.core.run("verify", "--json").stdout)["result"] in ("authentic", "consistent"), True)


if __name__ == "__main__":
    main()
