# SPDX-License-Identifier: GPL-3.0-or-later
"""What keeps alerts quiet, by the command line: at once, on every source and on alerts to come, over a kill; what is over is over."""
from quarterdeck_lab import Core, Story, main, request, wait_until

WINDOWS = '''
[[inhibition]]
id = "critical-first"
source = ['severity="critical"']
target = ['severity=~"warning|info"']
equal = ["instance"]

[[correlation]]
id = "storm"
match = ['alertname=~"Storm.*"']
count = 3
within = "10m"
then = "group"
'''


class QuietByCommand(Story):
    @classmethod
    def build(cls):
        cls.core = core = Core(cls.lab)
        core.init()
        (core.home / "workspace/rules.toml").write_text(WINDOWS)
        core.serve()
        cls.urls = {}
        for name in ("one", "two"):
            made = core.connect("inbound", name)
            cls.urls[name] = next(u for u in made["urls"].values() if u.endswith("/api/v2/alerts"))

    def send(self, source, name, resolved=False, **labels):
        labels = {"alertname": name, "severity": "warning", **labels}
        alert = {"labels": labels, "startsAt": "2026-11-23T14:00:00Z"}
        if resolved:
            alert["endsAt"] = "2026-11-23T14:05:00Z"
        self.assertEqual(request("POST", self.urls[source], [alert]).status, 200)
        return next(a["key"] for a in self.core.get("alerts") if a["source"] == source and a["labels"] == labels)

    def quiet(self, key):
        alert = next(a for a in self.core.get("alerts") if a["key"] == key)
        return alert["suppression"], alert["suppressedBy"]

    def list(self, what, name):
        return next(i for i in self.core.get(what) if i["id"] == name)

    def test_01_a_silence_holds_on_every_source_and_for_alerts_to_come(self):
        first = self.send("one", "DiskFull", instance="n1")
        self.assertEqual(self.core.json("silence", "alertname=DiskFull", "--duration", "1h", "--reason", "being replaced"), {"id": "silence/1"})
        later = self.send("two", "DiskFull", instance="n2")
        self.assertEqual([self.quiet(first), self.quiet(later)], [("silenced", "silence/1")] * 2)
        silence = self.list("silences", "silence/1")
        self.assertEqual((silence["source"], silence["state"], silence["hits"], silence["matching"], silence["comment"]), ("", "active", 2, 2, "being replaced"))
        self.core.json("silence", "alertname=Nothing", "--duration", "1h", "--reason", "of no use")
        self.assertEqual(self.list("silences", "silence/2")["matching"], 0)
        table = self.core.ctl("get", "silences").stdout
        self.assertIn("matches nothing", table)
        self.assertRegex(table, r"in (5\dm|1h)")
        self.assertIn("being replaced", self.core.ctl("why", first).stdout)

    def test_02_what_is_over_is_resolved_though_it_is_silenced(self):
        key = self.send("one", "DiskFull", resolved=True, instance="n1")
        self.assertEqual(self.core.alert(alertname="DiskFull", instance="n1")["status"], "resolved")
        self.assertEqual(self.quiet(key), ("none", ""))

    def test_03_a_shelf_is_capped_and_the_refusal_names_the_cap(self):
        key = self.send("one", "Down", severity="critical", instance="n9")
        self.assertIn("at most 15m", self.core.refused("shelve", key, "--duration", "16m", "--reason", "r"))
        self.core.ctl("shelve", key, "--duration", "15m", "--reason", "known")
        self.assertEqual(self.quiet(key)[0], "shelved")
        self.core.ctl("unshelve", key)
        self.assertEqual(self.quiet(key), ("none", ""))

    def test_04_a_snooze_makes_it_ones_own(self):
        key = self.send("one", "Slow", instance="n3")
        self.core.ctl("snooze", key, "--duration", "30m")
        self.assertEqual(self.quiet(key)[0], "snoozed")
        self.assertEqual(next(a for a in self.core.get("alerts") if a["key"] == key)["owner"], self.core.status()["user"])
        self.core.ctl("unsnooze", key)

    def test_05_inhibited_while_its_source_fires(self):
        target = self.send("one", "Slow", instance="n3")
        self.assertEqual(self.quiet(target), ("none", ""))
        self.send("two", "Down", severity="critical", instance="n3")
        self.assertEqual(self.quiet(target), ("inhibited", "inhibition/critical-first"))
        self.send("two", "Down", resolved=True, severity="critical", instance="n3")
        self.assertEqual(self.quiet(target), ("none", ""))

    def test_06_a_window_by_service(self):
        key = self.send("one", "Slow", instance="n4", service="ledger")
        made = self.core.json("maintenance", "--service", "ledger", "--duration", "1h", "--reason", "upgrade")["id"]
        self.assertEqual(self.quiet(key), ("maintenance", made))
        self.core.ctl("ack", key)  # answers pass through
        self.core.ctl("maintenance", "--end", made, "--reason", "done")
        self.assertEqual(self.quiet(key), ("none", ""))
        self.assertEqual(self.list("maintenance", made)["state"], "expired")

    def test_07_correlated_from_the_threshold_on_and_merged_and_split_by_hand(self):
        keys = [self.send("one", f"Storm{n}", instance=f"s{n}", service=f"svc{n}") for n in range(2)]
        self.assertEqual({a["group"] for a in self.core.get("alerts") if a["key"] in keys}, {"svc0", "svc1"})
        keys.append(self.send("two", "Storm2", instance="s2", service="svc2"))
        self.assertEqual({a["group"] for a in self.core.get("alerts") if a["key"] in keys}, {"correlation/storm"})
        self.assertEqual(self.core.get("correlations")[0]["firing"], sorted(keys))
        name = self.core.json("split", keys[0], "--reason", "another cause")["id"]
        self.assertEqual(next(a for a in self.core.get("alerts") if a["key"] == keys[0])["group"], name)
        self.core.ctl("merge", name, "--into", "correlation/storm", "--reason", "one cause after all")
        self.assertEqual(len(next(g for g in self.core.get("groups") if g["key"] == "correlation/storm")["firing"]), 3)

    def test_08_killed_and_read_again_it_is_the_same_byte_for_byte(self):
        lists = ("alerts", "groups", "silences", "shelves", "maintenance", "inhibitions", "correlations", "floods")
        seq = self.core.status()["seq"]
        before = {what: self.core.get_text(what, f"seq:{seq}") for what in lists}
        self.core.kill()
        self.core.serve()
        self.assertEqual({what: self.core.get_text(what, f"seq:{seq}") for what in lists}, before)
        wait_until(lambda: self.list("silences", "silence/1")["state"] == "active", 20, "the silence is in force")
        self.assertEqual(self.quiet(self.send("two", "DiskFull", instance="n7")), ("silenced", "silence/1"))
        self.core.ctl("unsilence", "silence/1", "--reason", "replaced")
        self.assertEqual(self.quiet(self.send("two", "DiskFull", instance="n7")), ("none", ""))


if __name__ == "__main__":
    main()
