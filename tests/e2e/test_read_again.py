# SPDX-License-Identifier: GPL-3.0-or-later
"""`get X --json` read at head N is `get X --json --at seq:N` later, byte for byte: every list, while much happens, after snapshots, a restart, a
kill, and folded anew."""
import contextlib
import json
import sqlite3

from quarterdeck_lab import Core, Story, free_port, main, request, wait_until

ROWS = 300  # alerts that come and go: with their rounds enough for snapshots (SnapshotKeeper::kLeastWeight)
ROUNDS = 44


def alert(name, status="firing", hour=0, **labels):
    a = {"labels": {"alertname": name, "service": "shop", "severity": "critical", **labels}, "annotations": {"summary": name + " \u201cis\u201d down"},
         "startsAt": f"2026-01-01T{hour:02}:00:00Z"}
    return {**a, "endsAt": f"2026-01-01T{hour:02}:30:00Z"} if status == "resolved" else a


class WhatWasReadIsReadAgain(Story):
    @classmethod
    def build(cls):
        cls.core = core = Core(cls.lab)
        core.init()
        with open(core.home / "workspace/services.toml", "a") as services:
            services.write('\n[[service]]\nid = "shop"\nname = "The shop"\nteam = "operations"\n')
        core.serve()
        cls.whats = cls.lists()
        cls.door = core.connect("inbound", "door")
        cls.kept = {}  # head → list → the bytes that were read there

    @classmethod
    def lists(cls):
        """Every list there is, as the core itself names them."""
        said = cls.core.refused("call", "get", '{"what":"nosuchlist"}')
        return [word.strip() for word in said.split("there are", 1)[1].strip(" .").split(",")]

    def post(self, path, body, status=200, headers=None):
        answer = request("POST", self.core.ready["listen"] + "/in/" + self.door["key"] + path, body, headers)
        self.assertEqual(answer.status, status, answer)

    def keep(self):
        """Reads every list at one head: begun anew when something was recorded meanwhile."""
        def at_one_head():
            read = {what: self.core.get_text(what) for what in self.whats}
            heads = {json.loads(text)["seq"] for text in read.values()}
            return (heads.pop(), read) if len(heads) == 1 else None
        head, read = wait_until(at_one_head, 200, "every list is read at one head")
        self.kept[head] = read

    def assert_read_again(self):
        for head, read in self.kept.items():
            for what, text in read.items():
                self.assertEqual(self.core.get_text(what, at=f"seq:{head}"), text, f"{what} at {head}")

    def test_01_every_list_is_kept_while_much_happens(self):
        self.assertEqual(set(self.whats) - {"holds", "erasures", "erased", "schedules", "briefs", "unitlogs", "standdowns", "severities", "slas", "shifts", "related", "reasons", "folds", "shelves", "maintenance", "inhibitions", "correlations", "floods", "gaps", "escalations", "map", "pages", "messages", "library", "patterns", "trends", "factors", "effects", "rights", "identities", "reviews", "actions", "taxonomy"}, set("alerts groups incidents timeline services deliveries oncall heartbeats silences overrides sources"
                                                                      " quarantine access".split()), "the lists of the contract")
        self.keep()
        self.post("/api/v2/alerts", [alert(f"A{n}", instance=str(n % 7)) for n in range(20)] + [{"labels": {}}, {"labels": 3}])
        self.post("/heartbeat/backup", b"")
        self.post("/heartbeat/backup", b"")
        self.post("/v2/change/enqueue", {"routing_key": "r", "payload": {"summary": "deploy 4.2", "source": "ci"}}, 202)
        self.post("/v2/enqueue", {"routing_key": "r", "event_action": "trigger", "dedup_key": "d", "payload": {"summary": "db slow", "source": "db", "severity": "error"}}, 202)
        self.core.ctl("change", "--service", "shop", "--title", "switch", "--link", "http://ci/1")
        self.keep()

    def test_02_an_incident_with_everything_in_it(self):
        keys = [a["key"] for a in self.core.get("alerts")]
        ctl = self.core.ctl
        ctl("declare", "--title", "Shop is down", "--severity", "SEV1", "--service", "shop", "--alert", keys[0], keys[1], "--no-room")
        ctl("take")
        ctl("ack", keys[0], keys[1], "--reason", "mine")
        ctl("assign", keys[2], "--to", "operations")
        ctl("task", "check the lag", "--to", "operations", "--due", "10h")
        ctl("task", "--done", "1")
        for line in ("? pool exhausted", "! roll back 4.2", "> customers 20h", "@operations look at it 5h", "just a line"):
            ctl("line", line)
        self.core.run("escalate", "--service", "shop")
        self.keep()
        ctl("severity", "SEV2", "--reason", "less")
        template = self.core.run("update", "--template", "customers", "--set", "x=y")
        self.assertIn(template.returncode, (0, 1))
        self.core.connect("alertmanager", "am", url=f"http://127.0.0.1:{free_port()}")
        ctl("arm", "am", "--allow", "silences")
        self.core.run("silence", "alertname=A1", "--source", "am", "--duration", "1h", "--reason", "known")
        ctl("hold", "add", "--incident", "INC-1", "--matter", "Case 7", "--custodian", "counsel", "--reason", "kept")
        for what in self.whats:
            if self.core.get(what):
                self.assertFalse(ctl("get", what).stdout.startswith("no "), f"{what} has items, and people read that there are none")
        self.keep()

    def test_03_alerts_that_come_and_go_until_there_are_snapshots(self):
        for n in range(ROUNDS):
            if n == ROUNDS // 2:
                self.core.restart()  # what is still in the write-ahead log does not count: snapshots stay below the journal's file
            status = "resolved" if n % 2 else "firing"
            self.post("/api/v2/alerts", [alert(f"R{i}", status, n // 2, pod=str(i)) for i in range(ROWS)])
            self.core.ctl("log", "--incident", "INC-1", f"round {n}")
            if n % 11 == 10:
                self.keep()
        wait_until(self.snapshots, 60, "there are snapshots")
        ctl = self.core.ctl
        ctl("disarm", "am")
        ctl("disconnect", "am")
        with self.core.changed_workspace() as workspace:
            (workspace / "services.toml").write_text((workspace / "services.toml").read_text().replace("The shop", "The old shop"))
        ctl("resolve", "--reason", "rolled back")
        ctl("reopen", "INC-1", "--reason", "not yet")
        ctl("resolve", "INC-1", "--reason", "now")
        for n in range(200):
            self.post("/api/v2/alerts", [alert(f"S{n}")])
        self.keep()
        self.assertGreater(max(self.kept), 250, "a few hundred records")

    def snapshots(self):
        with contextlib.closing(sqlite3.connect(f"file:{self.core.home}/derived.db?mode=ro", uri=True)) as derived:
            return derived.execute("SELECT count(*) FROM head WHERE kind = 'snapshot'").fetchone()[0]

    def test_04_read_again_while_it_runs(self):
        self.assert_read_again()

    def test_05_read_again_after_a_restart_and_what_is_now_is_the_same_but_for_the_head(self):
        before = {what: self.core.get(what) for what in self.whats}
        self.core.restart()
        for what in self.whats:
            if what not in ("timeline", "sources", "unitlogs"):  # the start itself may add a line, and the state of a line; a log says up to which record it is of
                self.assertEqual(self.lasting(what, self.core.get(what)), self.lasting(what, before[what]), what)
        self.keep()
        self.core.kill()
        self.core.serve()
        self.assert_read_again()

    @staticmethod
    def lasting(what, items):
        """Without what the clock alone changes, on a machine that takes minutes for this: what comes in a second is of the last ten of them, a flood is over
        ten minutes after it, and a task nobody took on is said to be that after a while."""
        if what == "floods":
            return [{**f, "perSecond": None, "ended": None, "seconds": None} for f in items]
        if what == "incidents":
            return [{**i, "tasks": [{**t, "unaccepted": None} for t in i["tasks"]]} for i in items]
        return items

    def test_06_folded_anew_without_what_was_derived(self):
        self.core.stop()
        self.assertGreater(self.snapshots(), 0)
        for file in self.core.home.glob("derived.db*"):
            file.unlink()
        self.core.serve()
        self.assert_read_again()

    def test_07_what_was_struck_since_is_the_only_difference_and_is_named(self):
        line = next(e for e in self.core.get("timeline") if e["kind"] == "log" and e["text"] == "round 3")
        self.core.ctl("hold", "remove", "1", "--reason", "settled")
        self.core.ctl("strike", "--incident", "INC-1", "--entry", str(line["seq"]), "--reason", "personal")
        head = max(self.kept)
        again, kept = json.loads(self.core.get_text("timeline", at=f"seq:{head}")), json.loads(self.kept[head]["timeline"])
        changed = [(a, b) for a, b in zip(again["items"], kept["items"]) if a != b]
        self.assertEqual([(a["seq"], b["text"]) for a, b in changed], [(line["seq"], "round 3")])
        self.assertNotIn("round 3", changed[0][0]["text"])
        self.assertNotRegex(self.core.get_text("unitlogs", at=f"seq:{head}"), r"round 3(?!\d)")
        for what in set(self.whats) - {"timeline", "unitlogs"}:
            self.assertEqual(json.loads(self.core.get_text(what, at=f"seq:{head}"))["items"], json.loads(self.kept[head][what])["items"], what)


if __name__ == "__main__":
    main()
