# SPDX-License-Identifier: GPL-3.0-or-later
"""An incident that was run elsewhere, rebuilt: the history of a real Prometheus and a real Alertmanager, a Slack export, deploys and a post-mortem
become one timeline; what is hostile leaves nothing behind."""
import json
import os
import time
import urllib.parse
import zipfile
from datetime import datetime, timezone

from lab_servers import RULES, Monitoring
from quarterdeck_lab import Core, Story, main, request, wait_until

GONE = """  - alert: NodeGone
    expr: up{job="node"} == 0
    for: 3s
    labels: { severity: critical, service: node }
    annotations: { summary: 'Nobody answers at {{ $labels.instance }}' }
"""


def day(moment):
    return datetime.fromtimestamp(moment, timezone.utc).strftime("%Y-%m-%d")


def stamp(moment):
    return datetime.fromtimestamp(moment, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def seconds(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


class AnIncidentOfElsewhere(Story):
    @classmethod
    def build(cls):
        cls.core = core = Core(cls.lab)
        core.init()
        cls.monitoring = monitoring = Monitoring(cls.lab)
        cls.lab.write("rules.yml", RULES + GONE)
        monitoring.start()
        cls.began = time.time()
        time.sleep(2)
        monitoring.exporter.kill()
        wait_until(lambda: monitoring.own_alerts("NodeGone"), 60, "the alert fires in Alertmanager")
        cls.fired = request("GET", monitoring.url + "/api/v2/alerts").json
        time.sleep(3)
        monitoring.start_exporter()
        wait_until(lambda: not monitoring.own_alerts("NodeGone"), 60, "it is over there")
        time.sleep(3)  # the history goes on after it
        cls.folder = cls.lab.folder("files")
        cls.fetch()
        cls.export()

    @classmethod
    def fetch(cls):
        """The history, as anybody asks Prometheus for it: by reading."""
        query = urllib.parse.urlencode({"query": '{__name__=~"ALERTS|ALERTS_FOR_STATE"}', "start": cls.began - 5, "end": time.time(), "step": "1s"})
        answer = request("GET", f"http://127.0.0.1:{cls.monitoring.prometheus_port}/api/v1/query_range?{query}").json
        assert answer["status"] == "success" and answer["data"]["result"], answer
        (cls.folder / "alerts.json").write_text(json.dumps(answer))
        (cls.folder / "fired.json").write_text(json.dumps(cls.fired))

    @classmethod
    def export(cls):
        def said(after, user, text, **more):
            return {"type": "message", "ts": f"{cls.began + after:.6f}", "user": user, "text": text, **more}
        users = [{"id": "U0DANA0001", "name": "dana", "profile": {"display_name": "dana"}}]
        channels = [{"id": "C0INC00042", "name": "inc-42"}, {"id": "C0GENERAL1", "name": "general"}]
        talk = [said(4, "U0DANA0001", "node exporter is gone &amp; nobody knows why"), said(5, "U0LEFT0009", "<@U0DANA0001> I restart it", thread_ts=f"{cls.began + 4:.6f}")]
        with zipfile.ZipFile(cls.folder / "acme.zip", "w", zipfile.ZIP_DEFLATED) as z:
            z.writestr("channels.json", json.dumps(channels))
            z.writestr("users.json", json.dumps(users))
            z.writestr(f"general/{day(cls.began)}.json", json.dumps([said(1, "U0DANA0001", "lunch?")]))
            z.writestr(f"inc-42/{day(cls.began)}.json", json.dumps(talk))
        (cls.folder / "deploys.csv").write_text(f"deployed_at,service,version,author\n{stamp(cls.began - 60)},node,1.7.0,dana\n")
        (cls.folder / "post-mortem.md").write_text(f"# The node was gone, {day(cls.began)}\n\n- {stamp(cls.began + 6)} — restarted by hand\n\n## Lessons\nSomebody else should notice first.\n")

    def files(self, *names):
        return [str(self.folder / n) for n in names]

    def all_files(self):
        return self.files("acme.zip", "alerts.json", "deploys.csv", "post-mortem.md")

    def test_01_what_the_files_tell_is_shown_without_a_core(self):
        shown = self.core.ctl("rebuild", *self.all_files(), "--channel", "inc-42", "--dry-run").stdout
        self.assertIn("Slack export, #inc-42 (slack-export): 2 facts", shown)
        self.assertIn("Prometheus, ALERTS (prometheus):", shown)
        self.assertIn("named by the id: U0LEFT0009", shown)
        self.assertIn("say which is the incident's: inc-42, general", self.core.refused("rebuild", *self.all_files(), "--dry-run"))
        # What is outside of the incident's hours is left out, and said.
        shown = self.core.ctl("rebuild", *self.files("deploys.csv", "post-mortem.md"), "--from", stamp(self.began), "--to", stamp(self.began + 600), "--dry-run").stdout
        self.assertIn("(deploys): 0 facts", shown)
        self.assertIn("1 entry outside of the hours that were asked for is left out.", shown)
        self.assertIn("(markdown): 1 fact,", shown)
        self.assertIn("end (--to) before they begin", self.core.refused("rebuild", *self.files("deploys.csv"), "--from", stamp(self.began), "--to", stamp(self.began - 1), "--dry-run"))
        self.core.serve()
        self.assertEqual(self.core.get("incidents"), [])

    def test_02_hostile_archives_leave_nothing_behind(self):
        with zipfile.ZipFile(self.folder / "slip.zip", "w") as z:
            z.writestr("../../slipped.json", "[]")
            z.writestr("inc-42/2025-11-23.json", "[]")
        with zipfile.ZipFile(self.folder / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as z:
            z.writestr("inc-42/2025-11-23.json", "[" + " " * (20 << 20) + "]")
        whole = (self.folder / "acme.zip").read_bytes()
        (self.folder / "cut.zip").write_bytes(whole[:len(whole) // 2])
        for name, words in (("slip.zip", "leads out of it"), ("bomb.zip", "made to fill the memory"), ("cut.zip", "damaged")):
            # A good file before it: nothing of that is imported either.
            self.assertIn(words, self.core.refused("rebuild", *self.files("alerts.json", name), "--channel", "inc-42"), name)
        os.mkfifo(self.folder / "nobody-writes.csv")
        self.assertIn("is a pipe, not a file", self.core.refused("rebuild", *self.files("alerts.json", "nobody-writes.csv")))
        self.assertEqual(self.core.get("incidents"), [])
        self.assertEqual([p for p in self.lab.dir.rglob("slipped.json")], [])

    def test_03_one_timeline_with_marked_origins(self):
        out = self.core.ctl("rebuild", *self.all_files(), "--channel", "inc-42", "--title", "Node gone", "--severity", "SEV2", "--narrative").stdout
        self.assertEqual(json.loads(out.splitlines()[-1]), {"id": "INC-1"})
        incident = self.core.incident()
        self.assertEqual((incident["kind"], incident["status"], incident["severity"], incident["rooms"]), ("rebuilt", "resolved", "SEV2", []))
        facts = [e for e in self.core.timeline() if e["origin"]]
        self.assertEqual({e["origin"] for e in facts}, {"Slack export, #inc-42", "Prometheus, ALERTS", "Deploys, deploys.csv", "Post-mortem, post-mortem.md"})
        said = [e for e in facts if e["origin"].startswith("Slack")]
        self.assertEqual([(e["kind"], e["actor"], e["text"]) for e in said],
                         [("message", "dana", "node exporter is gone & nobody knows why"), ("message", "U0LEFT0009", "↳ @dana I restart it")])
        gone = next(e for e in facts if e["text"].startswith("NodeGone fires"))
        self.assertEqual(gone["kind"], "alert")
        self.assertGreaterEqual(seconds(gone["knownAt"]) - seconds(gone["at"]), 2)  # it was pending first
        self.assertGreater(seconds(gone["until"]), seconds(gone["knownAt"]))
        self.assertLess(abs(seconds(gone["knownAt"]) - seconds(next(a for a in self.fired if a["labels"]["alertname"] == "NodeGone")["startsAt"])), 3)  # as Alertmanager heard it
        self.assertTrue(all(not e["verified"] for e in facts))
        printed = next(line for line in self.core.ctl("get", "timeline").stdout.splitlines() if "NodeGone fires" in line)
        self.assertIn(f', known {gone["knownAt"]}', printed)
        self.assertEqual(seconds(incident["impactSince"]), seconds(stamp(self.began - 60)))

    def test_04_nothing_follows_from_it(self):
        self.assertEqual((self.core.get("alerts"), self.core.get("escalations"), self.core.get("deliveries")), ([], [], []))
        self.assertEqual(self.core.get("sources"), [])

    def test_05_the_same_again_adds_nothing_and_more_is_added(self):
        before = len(self.core.timeline())
        again = self.core.ctl("rebuild", *self.all_files(), "--channel", "inc-42", "--incident", "INC-1")
        self.assertIn("there already", again.stderr)
        self.assertEqual(len([e for e in self.core.timeline() if e["origin"]]), len([e for e in self.core.timeline()[:before] if e["origin"]]))
        self.core.ctl("rebuild", *self.files("fired.json"), "--incident", "INC-1")
        self.assertTrue([e for e in self.core.timeline() if e["origin"] == "Alertmanager"])
        self.core.ctl("declare", "--title", "Run here", "--no-room")
        self.assertIn("was run here", self.core.refused("rebuild", *self.files("fired.json"), "--incident", "INC-2"))

    def test_05_the_same_again_without_saying_where_names_what_has_it(self):
        count = len(self.core.get("incidents"))
        said = self.core.refused("rebuild", *self.all_files(), "--channel", "inc-42")
        self.assertIn("INC-1 holds", said)
        self.assertIn("--incident INC-1", said)
        self.assertIn("--anew", said)
        self.assertEqual(len(self.core.get("incidents")), count)
        incident = self.core.incident()
        self.assertEqual(incident["factsMissing"], "")
        self.assertGreaterEqual(incident["factsArrived"], incident["factsExpected"])

    def test_06_its_review_has_the_narrative(self):
        review = next(r for r in self.core.get("reviews") if r["incident"] == "INC-1")
        narrative = next(s for s in review["sections"] if s["section"] == "narrative")
        self.assertTrue(narrative["written"])
        self.assertIn("Somebody else should notice first.", self.core.ctl("review", "show", "INC-1", "--section", "narrative").stdout)
        # Whom the files name is listed, and what they wrote stands in the timeline.
        people = self.core.ctl("review", "show", "INC-1", "--section", "participants").stdout
        self.assertIn("dana: named by a file (", people)
        timeline = self.core.ctl("review", "show", "INC-1", "--section", "timeline").stdout
        self.assertIn("node exporter is gone & nobody knows why", timeline)
        self.assertIn("restarted by hand", timeline)
        gate = next(g for g in review["gates"] if g["gate"] == "contributions")
        self.assertEqual((gate["standing"], gate["missing"]), ("open", ["who is asked"]))

    def test_07_it_is_exported_and_authentic_also_after_a_kill(self):
        before = self.core.get("timeline")
        out = self.lab.dir / "rebuilt.json"
        self.core.ctl("export", "--incident", "INC-1", "--out", str(out))
        self.assertIn("node exporter is gone", out.read_text())
        self.core.kill()
        self.core.serve()
        self.assertEqual(self.core.get("timeline"), before)
        self.assertEqual(self.core.json("verify", "--json", "--origin-key", self.core.printed["verification key"])["result"], "authentic")

    def test_08_to_one_that_is_full_nothing_is_added_by_half(self):
        def rows(name, count, first):
            (self.folder / name).write_text("at,text\n" + "".join(f"{stamp(1763906400 + first + i)},line {first + i}\n" for i in range(count)))
        rows("long.csv", 19000, 0)
        rows("more.csv", 1500, 30000)
        rows("last.csv", 2, 40000)
        self.core.ctl("rebuild", *self.files("long.csv"), "--title", "A long day", seconds=200)
        last = max(self.core.get("incidents"), key=lambda i: int(i["id"].split("-")[1]))["id"]
        self.assertEqual(len([e for e in self.core.timeline(incident=last) if e["origin"]]), 19000)
        self.core.ctl("rebuild", *self.files("more.csv"), "--incident", last, seconds=200) # it was not full before
        self.assertEqual(len([e for e in self.core.timeline(incident=last) if e["origin"]]), 20500)
        self.assertIn(f"{last} has 20500 facts already", self.core.refused("rebuild", *self.files("last.csv"), "--incident", last))
        self.core.ctl("rebuild", *self.files("more.csv"), "--incident", last) # what is there is left out, and nothing is refused
        self.assertEqual(len([e for e in self.core.timeline(incident=last) if e["origin"]]), 20500)

    def test_09_an_alert_that_two_files_tell_of_fires_once(self):
        fired = seconds(next(a for a in self.fired if a["labels"]["alertname"] == "NodeGone")["startsAt"])
        with zipfile.ZipFile(self.folder / "bot.zip", "w") as z:
            z.writestr(f"inc-42/{day(fired)}.json", json.dumps([{"type": "message", "subtype": "bot_message", "username": "Alertmanager", "text": "[FIRING:1] NodeGone (node)", "ts": f"{fired + 2:.6f}"}]))
        shown = self.core.ctl("rebuild", *self.files("bot.zip", "alerts.json"), "--dry-run").stdout
        self.assertIn("1 alert is told of by two files", shown)
        made = json.loads(self.core.ctl("rebuild", *self.files("bot.zip", "alerts.json"), "--title", "Told twice", "--anew").stdout.splitlines()[-1])["id"]
        told = [(e["origin"], e["kind"]) for e in self.core.timeline(incident=made) if e["origin"] and "NodeGone" in e["text"]]
        self.assertEqual(sorted(told), [("Prometheus, ALERTS", "alert"), ("Slack export, #inc-42", "log")])


if __name__ == "__main__":
    main()
