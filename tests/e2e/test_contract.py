# SPDX-License-Identifier: GPL-3.0-or-later
"""The command-line contract as a whole: every verb's help, man page, exit codes and what it prints, on the real core."""
import json
import os
import pathlib
import re
import signal
import stat
import subprocess
from collections import Counter

from quarterdeck_lab import Core, Story, bin_dir, free_port, main, need, patient, request, wait_until

PAGE = pathlib.Path(__file__).resolve().parents[2] / "app/quarterdeckctl/quarterdeckctl.1"

ALONE = {"init", "doctor", "serve", "workspace", "bench", "verify", "export", "keys", "practice", "recover"}  # these need no running core

# A right command line of every verb that needs a core: without one the exit code is 3. A verb that is missing here fails the test.
RIGHT = {
    "checkpoint": "", "connect": "inbound --name a", "disconnect": "a", "arm": "a --allow posts", "disarm": "a", "get": "alerts", "why": "INC-1", "call": "status",
    "search": "disk", "declare": "--title T", "take": "", "ack": "in/0123456789abcdef", "assign": "in/0123456789abcdef --to ana", "escalate": "--service shop",
    "severity": "SEV2", "resolve": "INC-1", "reopen": "INC-1", "again": "INC-1", "status": "mitigated", "log": "text", "line": "text", "task": "text", "decide": "text", "update": "--template t",
    "change": "--service s --title t", "silence": "a=b --source am --duration 1h --reason r", "erase": "--incident INC-1 --reason r --yes incident/INC-1",
    "room": "--attach ops@conference.example.org", "strike": "--incident INC-1 --entry 3 --reason r", "hold": "list", "retention": "", "classify": "INC-1 3 --class confidential",
    "unsilence": "silence/1", "shelve": "in/0123456789abcdef --duration 10m --reason r", "unshelve": "shelf/1", "snooze": "in/0123456789abcdef --duration 10m",
    "unsnooze": "snooze/1", "maintenance": "--service s --duration 1h --reason r", "split": "in/0123456789abcdef --reason r", "merge": "a --into b --reason r", "place": "INC-2 --under INC-1",
    "unack": "in/0123456789abcdef", "note": "in/0123456789abcdef --text t", "hold-calls": "in/0123456789abcdef --duration 10m --reason r", "unhold": "held/1", "reason": "1 --reason r", "keep": "held/1 --until 1h", "undo": "",
    "routes": "test a=b", "map": "proposals", "page": "show shop", "message": "show", "pin": "conference --url https://meet.example.org", "moment": "text", "poll": "go?", "evidence": "list", "pattern": "list", "review": "show INC-1", "action": "export", "rebuild": "export.zip", "answer": "go", "reached": "ana --by phone", "summon": "ana", "impact": "2026-11-29T10:00:00Z", "title": "text", "service": "shop", 
    "may": "ana take", "bind": "ana --connection chat", "unbind": "ana --connection chat",
    "break-glass": "--role command --reason r", "end-break-glass": "1", "test-page": "me", "heartbeat": "list",
    "object": "", "handover": "--to ana", "accept": "--read-back r", "decline": "", "brief": "", "standdown": "", "whatif": "--since 24h", "insights": "--since 30d",
    "who": "--service s", "simulate": "--service s --severity SEV1", "schedule": "pay", "withdraw": "1 --reason r", "export-ical": "--schedule pay",
    "override": "--schedule pay --person ana --from 2026-12-24T08:00 --until 2026-12-25T08:00 --reason r", "import": "ical /dev/null --schedule pay",
    "swap": "--schedule pay --person ana --from 2026-12-24 --until 2026-12-25 --with ben --with-from 2026-12-26 --with-until 2026-12-27 --reason r",
}
ALERT = ["key", "fingerprint", "source", "status", "workflow", "suppression", "severity", "title", "service", "labels", "annotations", "startsAt", "endsAt",
         "occurrences", "group", "incident"]
LISTS = "alerts groups incidents timeline services deliveries oncall heartbeats silences overrides sources quarantine access".split()
# By what each list is sorted.
ORDER = {"alerts": "key", "groups": "key", "services": "id", "oncall": "team", "heartbeats": "key", "sources": "name", "deliveries": "number", "quarantine": ("seq", "index"),
         "silences": ("source", "id"), "timeline": "at", "incidents": None, "overrides": "number", "access": None, "holds": "hold", "erasures": "seq", "erased": None,
         "briefs": None, "unitlogs": None, "standdowns": None, "severities": None, "slas": None, "shifts": None, "related": None, "reasons": "key", "folds": "id", "schedules": "id", "shelves": None, "maintenance": None, "inhibitions": "id", "correlations": "key",
         "floods": "began", "gaps": "seq", "map": ("from", "to"), "library": None, "patterns": None, "trends": None, "factors": None, "effects": None, "pages": "id", "messages": ("incident", "message"), "escalations": "escalation", "rights": "id", "identities": "address", "reviews": None, "actions": None, "taxonomy": None, "pending": ("source", "key")}
TIME = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$")


def words(line):
    return line.split()


def options_of(help_text):
    return set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", help_text)) - {"--help"}


class EveryVerb(Story):
    """Help, man page, wrong usage, and no core."""

    @classmethod
    def build(cls):
        cls.core = Core(cls.lab)
        listing = cls.core.ctl("--help").stdout.split("Subcommands:", 1)[1]
        cls.verbs = re.findall(r"^  ([a-z-]+)", listing, re.M)
        page = cls.page = PAGE.read_text().replace("\\-", "-")
        parts = re.split(r"^\.SS (.+)\n", page, flags=re.M)
        cls.sections = {name: text.split("\n.SH ")[0] for name, text in zip(parts[1::2], parts[2::2])}

    def help(self, *verb):
        done = self.core.run(*verb, "--help")
        self.assertEqual((done.returncode, done.stderr), (0, ""), verb)
        return done.stdout

    def sub_verbs(self, verb):
        text = self.help(verb)
        return re.findall(r"^  ([a-z-]+)", text.split("Subcommands:", 1)[1], re.M) if "Subcommands:" in text else []

    def test_01_every_verb_of_the_contract_is_there(self):
        self.assertEqual([n for n, c in Counter(self.verbs).items() if c > 1], [])
        for verb in words("init serve connect arm disarm declare take ack log update change get why call verify bench export keys hold erase strike checkpoint search doctor"):
            self.assertIn(verb, self.verbs)
        self.assertEqual(set(self.verbs), ALONE | set(RIGHT), "a verb without its row in this test")

    def test_02_every_verb_has_help_and_a_section_of_the_man_page_that_names_every_option(self):
        self.assertEqual(set(self.sections), set(self.verbs))
        for option in options_of(self.help()):
            self.assertIn(option, self.page.split(".SH VERBS")[0], option)
        for verb in self.verbs:
            names = [option for sub in self.sub_verbs(verb) for option in options_of(self.help(verb, sub))] + self.sub_verbs(verb)
            for name in [*options_of(self.help(verb)), *names]:
                self.assertRegex(self.sections[verb], rf"(?<![\w-]){name}(?![\w-])", f"{verb}: {name} in the man page")
            self.assertIn(f"quarterdeckctl {verb}", self.sections[verb])

    def test_03_the_man_page_names_no_option_there_is_not(self):
        everywhere = options_of(self.help())
        for verb in self.verbs:
            known = options_of(self.help(verb)) | {o for sub in self.sub_verbs(verb) for o in options_of(self.help(verb, sub))} | everywhere
            shown = "\n".join(line for line in self.sections[verb].splitlines() if line.startswith("  ") and not line.strip().startswith(("search ", ".")))
            self.assertEqual(options_of(shown) - known, set(), verb)

    def test_04_the_man_page_is_one_man_can_read(self):
        for line in PAGE.read_text().splitlines():
            if line.startswith("."):
                self.assertRegex(line, r"^\.(\\\"|TH|SH|SS|B|BR|I|IR|RB|RI|TP|PP|nf|fi)( |$)", "a request that is known")

    def test_05_an_option_or_argument_there_is_not_is_exit_2_and_one_sentence(self):
        for verb in self.verbs:
            for line in ([verb, "--no-such-option"], *([verb, sub, "--no-such-option"] for sub in self.sub_verbs(verb))):
                done = self.core.run(*line)
                self.assertEqual((done.returncode, done.stdout, done.stderr.count("\n")), (2, "", 1), line)
                self.assertTrue(done.stderr.startswith("quarterdeckctl: "), line)
        self.assertEqual(self.core.run("no-such-verb").returncode, 2)
        self.assertEqual(self.core.run().returncode, 2)
        self.assertFalse(self.core.home.exists())

    def test_06_without_a_core_is_exit_3_where_one_is_needed_and_nothing_is_made(self):
        for verb, line in RIGHT.items():
            done = self.core.run(verb, *words(line))
            self.assertEqual((done.returncode, done.stdout, done.stderr.count("\n")), (3, "", 1), (verb, done))
            self.assertIn("No core is running", done.stderr)
        self.assertFalse(self.core.home.exists())

    def test_07_the_others_never_ask_for_a_core(self):
        for line in ("serve", "verify", "verify --json", "workspace check", "export --incident INC-1 --out x.json", "keys list", "keys rotate", "keys drill --recovery-file /dev/null",
                     "practice stop"):
            done = self.core.run(*words(line))
            self.assertEqual((done.returncode, done.stdout, done.stderr.count("\n")), (1, "", 1), (line, done))
            self.assertTrue(done.stderr.startswith("quarterdeckctl: "), done)
        self.assertEqual(self.core.run("bench", "--list").returncode, 0)
        self.assertFalse(self.core.home.exists())
        self.assertFalse((self.lab.dir / "x.json").exists())

    def test_08_version_and_the_ways_to_name_a_home(self):
        self.assertRegex(self.core.ctl("--version").stdout, r"^quarterdeckctl \d+\.\d+\.\d+\n$")
        for line in ("--home {} call status", "call --home {} status", "call status --home {}"):
            done = subprocess.run([str(self.core.program), *words(line.format(self.lab.dir / "elsewhere"))], env=self.lab.env, capture_output=True, text=True, timeout=patient(20))
            self.assertEqual(done.returncode, 3)
            self.assertIn("elsewhere", done.stderr)
        plain = subprocess.run([str(self.core.program), "call", "status"], env=self.lab.env, capture_output=True, text=True, timeout=patient(20))
        self.assertIn(self.lab.env["XDG_DATA_HOME"] + "/quarterdeck", plain.stderr)

    def test_09_the_window_has_help_and_exit_2(self):
        window = need(bin_dir() / "quarterdeck", "quarterdeck (build it: ./dev build)")

        def run(*args):
            return subprocess.run([str(window), *args], env={**self.lab.env, "QT_QPA_PLATFORM": "offscreen"}, capture_output=True, text=True, timeout=patient(30))
        help_text = run("--help").stdout
        for option in ("--home", "--perspective", "--screen", "--practice"):
            self.assertIn(option, help_text)
        page = (PAGE.parents[2] / "packaging/quarterdeck.1").read_text().replace("\\-", "-")
        for option in options_of(help_text) - {"--help-all"}:
            self.assertIn(option, page)
        for line in ("--no-such-option", "--perspective sideways", "--screen -1", "--screen x", "--speed 0 --practice", "word"):
            done = run(*words(line))
            self.assertEqual((done.returncode, done.stdout), (2, ""), (line, done))
            self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)
            self.assertFalse(done.stderr.strip().endswith(".."), done.stderr)

    def test_10_without_a_display_the_window_says_so(self):
        window = need(bin_dir() / "quarterdeck", "quarterdeck (build it: ./dev build)")
        bare = {k: v for k, v in self.lab.env.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
        for args, status, said in ((["--practice"], 1, "There is no display"), (["--no-such-option"], 2, "no-such-option"), (["--help"], 0, "")):
            done = subprocess.run([str(window), *args], env=bare, capture_output=True, text=True, timeout=patient(30))
            self.assertEqual(done.returncode, status, done)
            self.assertIn(said, done.stderr)
            self.assertLessEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)

    def test_11_on_a_display_that_does_not_answer_the_window_says_so(self):
        """A stale DISPLAY, as after a reconnect: Qt alone would abort."""
        window = need(bin_dir() / "quarterdeck", "quarterdeck (build it: ./dev build)")
        bare = {k: v for k, v in self.lab.env.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
        for where, name in (({"DISPLAY": ":7654"}, ":7654"), ({"DISPLAY": ":7654", "QT_QPA_PLATFORM": "xcb"}, ":7654"), ({"DISPLAY": "nonsense"}, "nonsense"),
                            ({"QT_QPA_PLATFORM": "nothing-like-it"}, "nothing-like-it")):
            for args, status, said in ((["--practice", "--home", self.lab.dir / "none"], 1, f"No window can be opened on display {name}: it does not answer."),
                                       (["--no-such-option"], 2, "no-such-option"), (["--help"], 0, "")):
                done = subprocess.run([str(window), *map(str, args)], env={**bare, **where}, capture_output=True, text=True, timeout=patient(30))
                self.assertEqual(done.returncode, status, (where, done))
                self.assertIn(said, done.stderr)
                self.assertLessEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)
        self.assertFalse((self.lab.dir / "none").exists())


class WhatTheVerbsPrint(Story):
    """One incident by command line, and what each verb says on the way."""

    @classmethod
    def build(cls):
        cls.core = Core(cls.lab)

    def test_01_init_prints_what_is_shown_once(self):
        self.core.init()
        printed = self.core.printed
        for name in ("home", "opened by", "recovery key", "origin", "verification key"):
            self.assertTrue(printed[name], name)
        self.assertRegex(printed["recovery key"], r"^([0-9A-Z]{5}-){10}[0-9A-Z]{5}$")
        self.assertRegex(printed["verification key"], r"^[A-Za-z0-9+/]{43}=$")
        for file in self.core.home.rglob("*"):
            if file.is_file():
                self.assertNotIn(printed["recovery key"].encode(), file.read_bytes(), file)
        self.assertTrue(all("#" in f.read_text() for f in (self.core.home / "workspace").glob("*.toml")), "commented examples")
        self.assertEqual(self.core.ctl("workspace", "check").stdout.split(":")[0], "sound")
        with open(self.core.home / "workspace/services.toml", "a") as services:
            services.write('\n[[service]]\nid = "shop"\nname = "The shop"\nteam = "operations"\n')

    def test_02_serve_says_ready_in_its_first_line(self):
        ready = self.core.serve(port=0)
        self.assertEqual(list(ready), ["control", "listen", "seq"])
        self.assertRegex(ready["listen"], r"^http://127\.0\.0\.1:\d+$")
        self.assertEqual(self.core.process.output().count("\n"), 1)
        control = os.stat(ready["control"])
        self.assertTrue(stat.S_ISSOCK(control.st_mode))
        self.assertEqual((stat.S_IMODE(control.st_mode), ready["control"]), (0o600, str(self.core.home / "run/control")))

    def test_03_connect_prints_name_kind_key_and_urls(self):
        secret = self.lab.write("secret", "tops3cret\n")
        port = free_port()
        self.connected = {}
        for kind, options in (("inbound", {}), ("alertmanager", {"url": f"http://127.0.0.1:{port}"}), ("prometheus", {"url": f"http://127.0.0.1:{port}"}),
                              ("cloudevents", {"url": f"ws://127.0.0.1:{port}/"}),
                              ("xmpp", {"url": f"ws://127.0.0.1:{port}/", "jid": "ic@localhost", "password_file": secret, "muc": "rooms.localhost"})):
            answer = self.core.connect(kind, "c-" + kind, **options)
            self.assertEqual(list(answer), ["name", "kind", "key", "urls"])
            self.assertEqual((answer["name"], answer["kind"], bool(answer["key"]), bool(answer["urls"])), ("c-" + kind, kind, kind == "inbound", kind == "inbound"))
            if kind == "inbound":
                type(self).door = answer
        self.assertEqual([(s["name"], s["kind"], s["armed"]) for s in self.core.get("sources")],
                         [(f"c-{k}", k, []) for k in ("alertmanager", "cloudevents", "inbound", "prometheus", "xmpp")])
        for line in ("connect xmpp --name x --url ws://h/", "connect alertmanager --name x", "connect nothing --name x", "connect inbound"):
            self.assertEqual(self.core.run(*words(line)).returncode, 2, line)

    def test_04_one_key_opens_every_inbound_path_also_as_a_bearer(self):
        alert = {"labels": {"alertname": "DiskFull", "service": "shop", "severity": "critical"}, "annotations": {"summary": "It is full"}}
        hook = {"version": "4", "status": "firing", "alerts": [{**alert, "status": "firing", "startsAt": "2026-01-01T00:00:00Z"}]}
        event = {"specversion": "1.0", "id": "1", "source": "/x", "type": "alert.firing", "data": alert}
        paths = (("POST", "/api/v2/alerts", [alert], 200), ("POST", "/alertmanager", hook, 200), ("POST", "/grafana", hook, 200),
                 ("POST", "/v2/enqueue", {"routing_key": "r", "event_action": "trigger", "dedup_key": "d", "payload": {"summary": "s", "source": "x", "severity": "error"}}, 202),
                 ("POST", "/v2/change/enqueue", {"routing_key": "r", "payload": {"summary": "deploy"}}, 202), ("POST", "/cloudevents", event, 200),
                 ("GET", "/heartbeat/nightly", None, 200), ("POST", "/heartbeat/nightly", b"", 200))
        base = self.core.ready["listen"]
        for method, path, body, status in paths:
            for url, more in ((base + "/in/" + self.door["key"] + path, {}), (base + path, {"Authorization": "Bearer " + self.door["key"]})):
                answer = request(method, url, body, more)
                self.assertEqual(answer.status, status, (path, answer))
                self.assertEqual(answer.json["accepted"], 1, (path, answer))
                self.assertEqual(answer.json["quarantined"], [], (path, answer))
            self.assertEqual(request(method, base + path, body).status, 401, path)
        for name, path in (("alerts", "/api/v2/alerts"), ("alertmanager", "/alertmanager"), ("pagerduty", "/v2/enqueue"), ("pagerdutyChange", "/v2/change/enqueue"),
                           ("grafana", "/grafana"), ("cloudevents", "/cloudevents"), ("heartbeat", "/heartbeat/<name>"), ("ping", "/ping/<name>"), ("prometheus", "")):
            self.assertEqual(self.door["urls"][name], base + "/in/" + self.door["key"] + path)
        self.assertEqual(request("POST", base + "/in/" + self.door["key"] + "/api/v2/alerts", [{"labels": {}}]).json["quarantined"][0]["index"], 0)

    def test_05_arm_and_disarm(self):
        able = {"c-alertmanager": ["silences"], "c-xmpp": ["rooms", "posts", "pages"], "c-inbound": [], "c-prometheus": [], "c-cloudevents": []}
        for name, writes in able.items():
            for write in ("silences", "acks", "rooms", "posts", "pages", "everything"):
                done = self.core.run("arm", name, "--allow", write)
                self.assertEqual((done.returncode, done.stdout), (0 if write in writes else 1, ""), (name, write, done))
        self.core.ctl("arm", "c-xmpp", "--allow", "rooms,posts")
        self.assertEqual(self.core.source("c-xmpp")["armed"], ["rooms", "posts"])
        for name in able:
            self.core.ctl("disarm", name)
            self.assertEqual(self.core.source(name)["armed"], [])
        self.assertEqual(self.core.run("arm", "nobody", "--allow", "posts").returncode, 1)

    def test_06_an_incident_by_command_line(self):
        key = self.core.alert(alertname="DiskFull")["key"]
        self.assertIn("declare takes what is wrong as --title", self.core.run("declare", "Shop is down").stderr)
        self.assertEqual(self.core.run("declare", "Shop is down").returncode, 2)
        self.assertEqual(self.core.ctl("declare", "--title", "Shop is down", "--severity", "SEV2", "--service", "shop", "--since", "2026-01-01T00:00:00Z", "--alert", key,
                                       "--no-room").stdout, '{"id":"INC-1"}\n')
        silent = (("take",), ("ack", key, "--reason", "mine"), ("log", "--incident", "INC-1", "a line"), ("severity", "SEV1", "--reason", "worse"),
                  ("assign", key, "--to", "operations"), ("line", "? pool exhausted"),
                  ("change", "--service", "shop", "--title", "deploy", "--link", "http://ci/1"))
        for line in silent:
            self.assertEqual(self.core.ctl(*line).stdout, "", line)
        for line in (("decide", "roll back"), ("task", "look", "--to", "operations", "--due", "10m"), ("update", "--incident", "INC-1", "--template", "status", "--set", "impact=no checkout", "--set", "actions=we roll back", "--set", "next=soon")):
            self.assertEqual(list(self.core.json(*line)), ["id"], line)
        # A reason by its digit: the usual ones, where the workspace has none of its own.
        self.core.ctl("ack", key, "--reason", "@1")
        self.assertEqual(self.core.get("reasons")[0]["text"], "known, being worked on")
        self.assertTrue([e for e in self.core.get("timeline") if "known, being worked on" in e["text"]] or "known, being worked on" in self.core.ctl("why", key).stdout)
        self.assertIn("There is no reason 9 for ack", self.core.run("ack", key, "--reason", "@9").stderr)
        incident = self.core.incident()
        self.assertEqual((incident["severity"], incident["impactSince"], incident["alerts"]), ("SEV1", "2026-01-01T00:00:00Z", [key]))
        self.assertTrue(incident["commander"] and incident["updates"] and incident["tasks"] and incident["decisions"] and incident["hypotheses"])
        self.assertTrue({"declared", "log", "change", "decision"} <= {e["kind"] for e in self.core.get("timeline")})
        self.core.ctl("task", "--done", "1")
        self.core.ctl("resolve", "INC-1", "--reason", "rolled back")
        again = self.core.json("again", "INC-1", "--no-room")["id"] # what is over may also be followed by another
        followed = self.core.incident(again)
        self.assertEqual((followed["follows"], followed["title"], followed["severity"]), ("INC-1", incident["title"], "SEV1"))
        self.assertIn(again + " follows it", [why for r in self.core.get("related") if r["of"] == again for why in r["why"]])
        self.core.ctl("resolve", again, "--reason", "the same")
        self.core.ctl("reopen", "INC-1")
        self.assertIn("it goes on", self.core.run("again", "INC-1").stderr)
        for line in (("take", "--incident", "INC-9"), ("log", "--incident", "INC-9", "x"), ("ack", "in/0000000000000000"), ("update", "--template", "none"), ("severity", "SEV9")):
            done = self.core.run(*line)
            self.assertEqual((done.returncode, done.stdout, done.stderr.count("\n")), (1, "", 1), done)

    def read_twice_at_one_head(self, what):
        """Its text, and what it is read again: some lists say of which record they are."""
        text, again = self.core.get_text(what), json.loads(self.core.get_text(what))
        return (text, again) if json.loads(text)["seq"] == again["seq"] else None

    def test_07_get_prints_the_envelope_sorted_and_stable(self):
        whats = re.search(r"WHAT TEXT:\{([^}]+)\}", self.core.ctl("get", "--help").stdout).group(1).split(",")
        self.assertEqual(whats[:len(LISTS)], LISTS)
        self.assertEqual(set(whats), set(ORDER), "a list without its order in this test")
        for what in whats:
            text, again = wait_until(lambda: self.read_twice_at_one_head(what), 30, f"{what} is read twice with nothing recorded meanwhile")
            answer = json.loads(text)
            self.assertEqual(list(answer), ["schema", "seq", "at", "items"], what)
            self.assertEqual(answer["schema"], 1)
            self.assertRegex(answer["at"], TIME)
            self.assertTrue(text.endswith("}\n") and text.count("\n") == 1, what)
            self.assertEqual(again, answer, what)
            if order := ORDER[what]:
                keys = [tuple(i[o] for o in order) if isinstance(order, tuple) else i[order] for i in answer["items"]]
                self.assertEqual(keys, sorted(keys), what)
            for item in answer["items"]:
                for name, value in item.items():
                    if name == "at" or name.endswith("At"):
                        self.assertTrue(value is None or TIME.match(value), (what, name, value))
            shown = self.core.ctl("get", what).stdout.strip()
            self.assertNotEqual(shown, "", what)
            if answer["items"]:
                self.assertFalse(shown.startswith("no "), f"{what} has items, and is read as: {shown}")
        self.assertEqual(len(self.core.get("alerts")) >= 2 and len(self.core.get("sources")), 5)
        for wrong in (("get", "nothing"), ("get",)):
            self.assertEqual(self.core.run(*wrong).returncode, 2)
        for at in ("noon", "seq:x", "seq:99999", "2026-13-01T00:00:00Z"):
            self.assertEqual(self.core.run("get", "alerts", "--json", "--at", at).returncode, 1, at)

    def test_08_an_alert_has_at_least_what_the_contract_names(self):
        alert = self.core.alert(alertname="DiskFull")
        self.assertEqual([n for n in ALERT if n not in alert], [])
        self.assertEqual(alert["key"], alert["source"] + "/" + alert["fingerprint"])
        self.assertRegex(alert["fingerprint"], r"^[0-9a-f]{16}$")
        self.assertEqual((alert["status"], alert["severity"], alert["service"], alert["title"], alert["incident"]), ("firing", "critical", "shop", "It is full", "INC-1"))
        self.assertIsInstance(alert["labels"], dict)
        self.assertIsInstance(alert["annotations"], dict)
        self.assertIsInstance(alert["occurrences"], int)

    def test_09_why_and_call(self):
        for key in (self.core.alert(alertname="DiskFull")["key"], "INC-1"):
            self.assertTrue(self.core.ctl("why", key).stdout.startswith(("alert ", "incident ")), key)
            why = self.core.json("why", key, "--json")
            self.assertTrue(why["because"] and all({"at", "text", "rule", "matched", "ruledOut"} <= set(b) for b in why["because"]), why)
        methods = self.core.call("methods")
        listed = methods["methods"] if isinstance(methods, dict) else methods
        names = [m["name"] if "name" in m else m["method"] for m in listed]
        self.assertTrue({"incident.declare", "alert.count", "get", "why", "status"} <= set(names), names)
        self.assertTrue(all(isinstance(next((m[k] for k in ("params", "schema") if k in m), None), dict) for m in listed), "with their schemas")
        count = self.core.call("alert.count")
        self.assertIsInstance(count["active"], int)
        self.assertGreater(count["active"], 0)

    def test_10_keeping_holds_strikes_searches_and_checkpoints(self):
        self.assertEqual(self.core.ctl("hold", "add", "--incident", "INC-1", "--matter", "M", "--custodian", "c", "--reason", "r").stdout, '{"id":"hold/1"}\n')
        self.assertEqual(self.core.json("hold", "list", "--json")["items"][0]["matter"], "M")
        self.core.ctl("hold", "remove", "1", "--reason", "settled")
        line = self.core.timeline(kind="log", text="a line")[0]
        self.core.ctl("strike", "--incident", "INC-1", "--entry", str(line["seq"]), "--reason", "personal")
        found = self.core.json("search", "--json", "roll")
        self.assertEqual((found["schema"], found["complete"]), (1, True))
        self.assertGreaterEqual(found["total"], len(found["items"]) > 0)
        note = self.lab.dir / "note"
        self.core.ctl("checkpoint", "--out", note)
        self.assertIn(self.core.printed["origin"], note.read_text())
        self.assertEqual(self.core.ctl("checkpoint").stdout.splitlines()[0], self.core.printed["origin"])
        self.assertEqual(self.core.run("checkpoint", "--out", note).returncode, 1, "a file that is there stays")
        another = self.core.json("declare", "--title", "Another", "--no-room")["id"]
        self.core.ctl("resolve", another)
        self.core.ctl("erase", "--incident", another, "--reason", "asked for", "--yes", f"incident/{another}")
        self.assertEqual(self.core.get("erasures")[0]["stream"], f"incident/{another}")
        # What is kept until when: nothing has a rule yet, so nothing is due, and what was erased is not kept.
        kept = {item["stream"]: item for item in self.core.json("retention", "--json")["items"]}
        self.assertIn("incident/INC-1", kept)
        self.assertNotIn(f"incident/{another}", kept)
        self.assertEqual({(item["expires"], item["due"]) for item in kept.values()}, {(None, False)})
        self.assertIn("nothing is kept beyond its time", self.core.ctl("erase", "--expired", "--reason", "its time is over").stderr)

    def test_11_offline_verify_export_and_keys(self):
        self.assertEqual(self.core.json("keys", "list", "--json")["schema"], 1)  # also while it runs
        self.core.stop()
        before = {p: p.stat().st_mtime_ns for p in self.core.home.iterdir() if p.name in ("journal.db", "keys.db")}
        report = self.core.json("verify", "--json")
        for name in ("result", "records", "head", "unanchored", "holes", "errors"):
            self.assertIn(name, report)
        self.assertEqual((report["result"], report["errors"]), ("consistent", []))
        self.assertTrue(all(set(h) == {"seq", "stream", "authorised"} and h["authorised"] for h in report["holes"]) and report["holes"])
        key = self.core.printed["verification key"]
        self.assertEqual(self.core.json("verify", "--json", "--origin-key", key, "--checkpoint", self.lab.dir / "note")["result"], "authentic")
        wrong = self.core.run("verify", "--json", "--origin-key", key[::-1])
        self.assertEqual(wrong.returncode, 1)
        out = self.lab.dir / "incident.json"
        self.core.ctl("export", "--incident", "INC-1", "--out", out)
        self.assertEqual(self.core.json("verify", out, "--json", "--origin-key", key)["result"], "authentic")
        self.assertEqual(self.core.run("export", "--incident", "INC-1", "--out", out).returncode, 1, "a file that is there stays")
        self.assertEqual(self.core.run("export", "--incident", "INC-9", "--out", self.lab.dir / "no.json").returncode, 1)
        self.assertFalse((self.lab.dir / "no.json").exists())
        slots = self.core.json("keys", "list", "--json")
        self.assertEqual((slots["schema"], {s["kind"] for s in slots["slots"]}), (1, {"keyfile", "recovery"}))
        self.assertEqual(before, {p: p.stat().st_mtime_ns for p in before}, "looking changes nothing")
        recovery = self.lab.write("recovery", self.core.printed["recovery key"] + "\n")
        self.core.ctl("--recovery-file", recovery, "keys", "drill")
        self.core.ctl("keys", "rotate")
        self.core.serve()

    def test_12_bench_names_its_figures_and_its_references(self):
        names = self.core.ctl("bench", "--list").stdout.split()
        self.assertIn("ingest", names)
        for name in ("fold", "replay", "verify"):  # the quick ones, on a small journal
            figures = self.core.json("bench", name, "--json", "--events", "2000")
            self.assertEqual(figures["bench"], name)

            def numbers(value):
                return all(numbers(v) for v in value.values()) if isinstance(value, dict) else isinstance(value, (int, float))
            for part in ("reference", "ratio"):
                self.assertTrue(figures.get(part) and numbers(figures[part]), (name, part, figures))
            self.assertIn(name, self.core.ctl("bench", name, "--events", "2000").stdout)
        self.assertEqual(self.core.run("bench", "nothing").returncode, 2)

    def test_12_c_start_travel_search_and_scale_have_the_figures_they_promise(self):
        """On small journals: every figure is there and is one; how large it is says nothing on a machine that runs tests."""
        spread = {"p50", "p99", "max"}
        both = {"wallMs": spread, "cpuMs": spread}
        travelled = {"events", "activeAlerts", "madeSeconds", "snapshots", "snapshotPartBytes", "snapshotManifestBytes", "journalBytes", "mostMemoryBytes"}
        travelled = dict.fromkeys(travelled) | {"firstInstant": both, "randomInstant": both, "stepForward": both, "stepBack": both, "ofARandomInstant": None,
                                               "reference": {"foldFromTheBeginningToTheMiddleMs"}, "ratio": {"randomInstantToFold", "snapshotsToJournal"}}
        scrubbed = dict.fromkeys(("stepOn", "stepBack", "jump"), {"totalMs": spread, "seatMs": spread, "windowMs": spread, "withinAFrame": None})
        promised = {
            "start": {"journal": None, "events": None, "totalMs": spread, "seatAttachMs": spread,
                      "program": {"readyMs": spread, "shownMs": spread, "readyResidentBytes": None, "settledResidentBytes": None},
                      "medianMs": {"openJournal", "loadAndFold", "desk", "replica"},
                      "reference": {"foldOfTheWholeLogMs", "memcpyBytesPerSecond", "aesGcmBytesPerSecond"}, "ratio": {"toFoldOfTheWholeLog"}},
            "travel": {"J1": travelled, "J2": travelled},
            "search": {"events": None, "textBytes": None, "journalBytes": None, "p50Ms": None, "p99Ms": None, "buildSeconds": None, "buildMBPerSecond": None,
                       "restartSeconds": None, "firstQueryMs": None, "segments": None, "sealedBytes": None, "openBytes": None, "residentGrowthBytes": None,
                       "kinds": dict.fromkeys(("rare word", "common word", "phrase", "prefix", "two words", "with a filter", "without a word", "in an incident", "of a service", "in a time range"),
                                              {"queries", "meanHits", "p50Ms", "p99Ms"}),
                       "reference": {"plainScanP50Ms", "plainScanP99Ms"}, "ratio": {"plainScanP50ToSearchP50", "plainScanP99ToSearchP99"}},
            "review": {"lines": None, "textBytes": None, "openMs": spread, "ofOpening": {"prefillMs", "readMs", "clocksMs", "renderMs"}, "stepAsItWasMs": spread, "stepAsKnownMs": spread,
                       "reference": {"copyOfItsLinesMs"}, "ratio": {"openToCopy"}},
            "scrub": {"lines": None, "records": None, "windMs": None, "frameMs": None, "command": dict.fromkeys(("asKnown", "asItWas"), scrubbed), "review": dict.fromkeys(("asKnown", "asItWas"), scrubbed),
                      "reference": {"wholePaintMs", "copyOfItsLinesMs"}, "ratio": {"stepToWholePaint", "stepToCopy"}},
            "scale": {"alertsEach": None, "slices": None, "reference": {"sha256BytesPerSecond"}, "ratio": {"costLastToFirst"},
                      "afterwards": {"settledResidentBytes", "searches", "searchP50Ms", "rareSearchP50Ms", "searchedResidentBytes", "restartSeconds", "restartedResidentBytes", "settledAgainResidentBytes"}},
        }

        def assert_has(figures, keys, where):
            keys = keys if isinstance(keys, dict) else dict.fromkeys(keys)
            self.assertEqual(set(figures), set(keys), where)
            for key, below in keys.items():
                if below is not None:
                    assert_has(figures[key], below, where + [key])
                elif key not in ("journal", "slices", "ofARandomInstant"):
                    self.assertIsInstance(figures[key], (int, float), where + [key])
        events = {"start": 3000, "travel": 3000, "search": 5000, "scale": 1000, "review": 2000, "scrub": 2000}
        for name, keys in promised.items():
            with self.subTest(bench=name):
                figures = json.loads(self.core.ctl("bench", name, "--json", "--events", str(events[name]), seconds=400).stdout)
                self.assertEqual(figures.pop("bench"), name)
                assert_has(figures, keys, [name])
                if name == "scale":
                    self.assertEqual((figures["alertsEach"], len(figures["slices"])), (100, 10))
                    for one in figures["slices"]:
                        assert_has(one, {"alertsPerSecond", "sha256BytesPerSecond", "residentBytes"}, [name, "slices"])
        fold = self.core.json("bench", "fold", "--json", "--events", "2000")
        for figure in ("eventsPerSecond", "eventsPerProcessorSecond", "seconds", "processorSeconds"):
            self.assertGreater(fold[figure], 0, figure)

    def test_12_b_bench_ingest_runs_to_its_end_beside_a_real_alertmanager(self):
        """Every figure is there and is one; how large it is says nothing on a machine that runs tests."""
        need("/usr/bin/prometheus-alertmanager", "prometheus-alertmanager")
        figures = json.loads(self.core.ctl("bench", "ingest", "--json", "--events", "1000", seconds=400).stdout)
        numbers = {"alertsPerSecond", "residentBytes", "bytesPerAlert"}
        self.assertEqual(set(figures), numbers | {"bench", "alerts", "ways", "again", "alone", "inOneProcess", "nsPerAlert", "reference", "ratio"})
        self.assertEqual((figures["bench"], figures["alerts"]), ("ingest", 1000))
        parts = [{name: figures[name] for name in numbers}, *(figures[part] for part in ("alone", "nsPerAlert", "reference", "ratio"))]
        self.assertEqual(set(figures["nsPerAlert"]), {"HTTP (listener and loader)", "parse", "fingerprint (within parse)", "decide", "fold", "encode",
                                                      "decode (a reader's)", "seal", "hash", "SQLite"})
        self.assertEqual(set(figures["reference"]), {"rawSqliteAlertsPerSecond", "bareParseAlertsPerSecond", "rawCommitP50Ms", "rawCommitP99Ms", "alertmanagerResidentBytes"})
        self.assertEqual(set(figures["ratio"]), {"toAlertmanager", "toRawSqlite", "toBareParse"})
        self.assertEqual(set(figures["alone"]), {"p50Ms", "p99Ms"})
        self.assertEqual(set(figures["inOneProcess"]), {"alertsPerSecond", "commits", "journalBytes", "residentGrowthBytes"})
        self.assertGreater(figures["inOneProcess"]["commits"], 0)
        self.assertEqual(set(figures["again"]), {"alertsPerSecond", "records"})
        self.assertEqual([(way["batch"], way["connections"]) for way in figures["ways"]], [(1000, 4), (64, 8)])
        for way in figures["ways"]:
            for rounds, median in (("rounds", "alertsPerSecond"), ("alertmanagerRounds", "alertmanagerAlertsPerSecond")):
                self.assertEqual(len(way[rounds]), 3)
                self.assertEqual(sorted(way[rounds])[1], way[median])
            parts.append({"ratio": way["ratioToAlertmanager"], **dict(enumerate(way["rounds"] + way["alertmanagerRounds"]))})
        for part in parts:
            for name, value in part.items():
                self.assertIsInstance(value, (int, float), name)
                self.assertGreater(value, 0, name)

    def test_12_c_bench_chat_runs_to_its_end_on_a_real_prosody(self):
        """It ends with an error where a message is missing on a timeline, or is there twice or out of order."""
        need("/usr/bin/prosody", "prosody")
        figures = json.loads(self.core.ctl("bench", "chat", "--json", "--events", "600", seconds=400).stdout)
        self.assertEqual(set(figures), {"bench", "messages", "rooms", "caughtUpSeconds", "messagesPerSecond", "lost", "doubled", "oneInEveryRoomSeconds", "residentBytes", "reference", "ratio"})
        self.assertEqual([figures[name] for name in ("bench", "messages", "rooms", "lost", "doubled")], ["chat", 600, 3, 0, 0])
        self.assertEqual((set(figures["reference"]), set(figures["ratio"])), ({"bareReadingSeconds", "bareMessagesPerSecond"}, {"toBareReading"}))
        for value in (figures["caughtUpSeconds"], figures["oneInEveryRoomSeconds"], *figures["reference"].values(), *figures["ratio"].values()):
            self.assertGreater(value, 0)

    def test_13_the_core_ends_with_0_on_either_signal(self):
        self.core.stop()
        self.core.serve()
        self.core.process.signal(signal.SIGINT)
        self.assertEqual(self.core.process.wait(20), 0)
        wait_until(lambda: self.core.run("call", "status").returncode == 3, 10, "nobody answers")


if __name__ == "__main__":
    main()
