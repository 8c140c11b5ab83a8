# SPDX-License-Identifier: GPL-3.0-or-later
"""Malformed, oversized, deep and hostile: the documented answer, others unaffected, counted and visible; a home that cannot be opened says why."""
import contextlib
import hashlib
import hmac
import json
import os
import resource
import shlex
import shutil
import sqlite3
import subprocess
import threading
import time

from quarterdeck_lab import PATIENCE, UNSHARE, Core, Story, eventually, main, patient, raw, request, wait_until

MEBI = 1024 * 1024
JSON = {"Content-Type": "application/json"}


def alert(name, **more):
    return {"labels": {"alertname": name, "service": "shop", **more}, "annotations": {"summary": name}}


class BadInputChangesNothing(Story):
    @classmethod
    def build(cls):
        cls.core = core = Core(cls.lab)
        core.init()
        core.serve()
        cls.door = core.connect("inbound", "door")
        cls.good = core.connect("inbound", "good")
        cls.alerts_url = cls.door["urls"]["alerts"]
        cls.path = "/in/" + cls.door["key"] + "/api/v2/alerts"

    def post(self, body, headers=JSON, url=None):
        return request("POST", url or self.alerts_url, body, headers)

    def stored(self):
        return [a["labels"]["alertname"] for a in self.core.get("alerts")]

    def assert_good_sender_is_served(self, name):
        began = time.monotonic()
        answer = request("POST", self.good["urls"]["alerts"], [alert(name)])
        self.assertEqual(answer.status, 200, answer)
        self.assertLess(time.monotonic() - began, 2 * PATIENCE)
        self.assertIn(name, self.stored())

    def test_01_a_body_that_does_not_parse_is_refused_and_nothing_stored(self):
        for body in (b"", b"not json", b'[{"labels":{"alertname":"Half"', b"{}", b"\xff\xfe\x00", b'[{"labels":{"alertname":"Tail"}}] x'):
            self.assertEqual(self.post(body).status, 400, body)
        self.assertEqual(self.stored(), [])

    def test_02_a_body_over_the_limit_is_413_and_one_at_the_limit_is_taken(self):
        body = json.dumps([alert("AtTheLimit")]).encode()
        self.assertEqual(self.post(body + b" " * (16 * MEBI - len(body))).status, 200)
        self.assertEqual(self.stored(), ["AtTheLimit"])
        over = body.replace(b"AtTheLimit", b"Over") + b" " * 16 * MEBI
        head = f"POST {self.path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {16 * MEBI + 1}\r\n\r\n".encode()
        self.assertEqual(raw(self.core.port, head), 413)
        chunked = head.replace(b"Content-Length: %d" % (16 * MEBI + 1), b"Transfer-Encoding: chunked") + b"%x\r\n" % len(over) + over + b"\r\n0\r\n\r\n"
        self.assertEqual(raw(self.core.port, chunked), 413)
        self.assertEqual(self.stored(), ["AtTheLimit"])

    def test_03_a_hundred_megabytes_announced_are_refused_unread(self):
        head = f"POST {self.path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 104857600\r\n\r\n[".encode()
        began = time.monotonic()
        self.assertEqual(raw(self.core.port, head), 413)
        self.assertLess(time.monotonic() - began, 2 * PATIENCE)

    def test_04_what_is_too_deep_is_refused_or_quarantined(self):
        deep = b'[{"labels":{"alertname":"Deep"},"annotations":{"x":' + b"[" * 100 + b"]" * 100 + b"}}]"
        answer = self.post(deep)
        self.assertTrue(answer.status == 400 or answer.json["quarantined"], answer)
        self.assertEqual(self.post(b"[" * 1_000_000).status, 400)
        self.assertNotIn("Deep", self.stored())

    def test_05_an_invalid_item_is_quarantined_and_the_valid_ones_are_taken(self):
        many = alert("ManyLabels", **{f"l{i}": "x" for i in range(300)})
        answer = self.post([alert("Before"), many, {"labels": {}}, alert("After")])
        self.assertEqual((answer.status, answer.json["accepted"]), (200, 2), answer)
        self.assertEqual([q["index"] for q in answer.json["quarantined"]], [1, 2])
        self.assertTrue({"Before", "After"} <= set(self.stored()))
        self.assertNotIn("ManyLabels", self.stored())
        listed = [q for q in self.core.get("quarantine") if q["connection"] == "door"]
        self.assertEqual(len([q for q in listed if q["index"] in (1, 2)]), 2)
        self.assertTrue(all(q["reason"] for q in listed))

    def test_06_a_long_field_is_clamped_and_hostile_text_is_only_text(self):
        answer = self.post([alert("Long", note="x" * 100_000), alert("<b>Bold</b>\x1b[31m\u202egnirts", note="a\u0000b")])
        self.assertEqual((answer.status, answer.json["accepted"]), (200, 2), answer)
        self.assertLessEqual(len(self.core.alert(alertname="Long")["labels"]["note"]), 32 * 1024 + 100)
        digest = hashlib.sha256(b"x" * 100_000).hexdigest()
        self.assertTrue(self.core.alert(alertname="Long")["labels"]["note"].endswith(f"… [cut from 100000 bytes, SHA-256 {digest}]"))
        marks = [a["annotations"].get("quarterdeck/hidden") for a in self.core.get("alerts") if "Bold" in a["labels"]["alertname"]]
        self.assertEqual(marks, ["characters that are not seen were sent in alertname, note, summary"])
        text = self.core.get_text("alerts")
        for character in ("\\u001b", "\u202e", "\\u202e", "\\u0000"):
            self.assertNotIn(character, text)

    def test_07_key_path_method_and_type_have_their_answers(self):
        body, base = [alert("Refused")], self.core.ready["listen"]
        wrong_key = self.alerts_url.replace(self.door["key"], "qd_" + "0" * 40)
        for want, got in ((401, self.post(body, url=wrong_key)), (401, self.post(body, url=base + "/api/v2/alerts")),
                          (404, self.post(body, url=f"{base}/in/{self.door['key']}/nowhere")), (404, request("GET", base + "/etc/passwd")),
                          (405, request("GET", self.alerts_url)), (405, request("DELETE", self.alerts_url)),
                          (415, self.post(b"<xml/>", {"Content-Type": "text/xml"})), (401, self.post(body, {**JSON, "Authorization": "Bearer wrong"}, base + "/api/v2/alerts"))):
            self.assertEqual(got.status, want, got)
            self.assertNotIn(self.door["key"], got.body.decode())
        bearer = self.post([alert("ByBearer")], {**JSON, "Authorization": "Bearer " + self.door["key"]}, base + "/api/v2/alerts")
        self.assertEqual(bearer.status, 200)
        self.assertNotIn("Refused", self.stored())

    def test_08_broken_http_is_refused(self):
        ok = f"POST {self.path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n".encode()
        for data in (b"\x16\x03\x01\x02\x00" * 20 + b"\r\n\r\n", b"GARBAGE\r\n\r\n", ok + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n[]",
                     ok + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n[]", ok + b"Content-Length: -1\r\n\r\n[]"):
            self.assertEqual(raw(self.core.port, data), 400, data)
        self.assertEqual(raw(self.core.port, ok + b"X-Long: " + b"x" * 20_000 + b"\r\n\r\n"), 431)

    def test_09_slow_headers_are_408_and_others_are_served_meanwhile(self):
        answers = []

        def slow():
            answers.append(raw(self.core.port, f"POST {self.path} HTTP/1.1\r\nHost".encode(), 60, [(2, b": "), (2, b"x"), (2, b"\r\n")]))
        senders = [threading.Thread(target=slow) for _ in range(20)]
        for sender in senders:
            sender.start()
        for n in range(5):
            self.assert_good_sender_is_served(f"Meanwhile{n}")
            time.sleep(0.5)
        for sender in senders:
            sender.join(patient(60))
        self.assertEqual(answers, [408] * 20)

    def test_10_refusals_are_counted_and_visible(self):
        wait_until(lambda: self.core.status()["refused"] >= 30, 40, "refusals are counted")
        self.assertGreater(self.core.status()["quarantined"], 0)
        self.assertEqual(self.core.source("door")["health"], "fresh")
        self.assertEqual(self.core.status()["ruleFailures"], 0)

    def test_11_a_name_that_looks_like_another_says_so(self):
        self.assertEqual(self.post([alert("Spoof", service="\u0441heckout"), alert("Honest", service="checkout")]).status, 200)
        self.assertEqual(self.core.alert(alertname="Spoof")["annotations"]["quarterdeck/lookalike"], 'service looks like "checkout" and is written with other letters')
        self.assertNotIn("quarterdeck/lookalike", self.core.alert(alertname="Honest")["annotations"])

    def test_12_a_signed_key_takes_each_genuine_delivery_once_and_nothing_else(self):
        secret = os.path.join(self.lab.dir, "signing")
        with open(secret, "w", encoding="utf-8") as file:
            file.write("s3cret-of-grafana\n")
        door = self.core.connect("inbound", "signed", sign_file=secret)
        stored = len(self.stored())

        def url():
            return f"{self.core.ready['listen']}/in/{door['key']}/api/v2/alerts"

        def deliver(name, key=b"s3cret-of-grafana", late=0, seconds=None):
            body, at = json.dumps([alert(name)]).encode(), str(int(seconds or time.time()) - late)
            mac = hmac.new(key, at.encode() + b":" + body, "sha256").hexdigest()
            return lambda: self.post(body, {**JSON, "X-Grafana-Alerting-Timestamp": at, "X-Grafana-Alerting-Signature": mac}, url())
        genuine = deliver("Genuine")
        self.assertEqual([genuine().status, genuine().status], [200, 401])
        refusals = [self.post([alert("Unsigned")], url=url()), deliver("Guessed", key=b"guess")(), deliver("Old", late=301)(), deliver("Ahead", late=-900)()]
        self.assertEqual([r.status for r in refusals], [401] * 4, refusals)
        self.assertEqual(len(self.stored()), stored + 1)
        self.core.stop()
        self.core.serve()
        self.assertEqual(genuine().status, 401, "a restart forgets what it took, not that it is old")
        self.assertEqual(deliver("AfterTheRestart", seconds=time.time() + 1)().status, 200)
        self.assertNotIn("s3cret", self.core.get_text("sources"))

    def test_11_the_control_socket_refuses_what_it_does_not_know(self):
        self.assertIn("no method", self.core.refused("call", "no.such"))
        self.assertIn("not", self.core.refused("call", "incident.declare", "{not json"))
        self.core.refused("call", "incident.declare", '{"title":"x","nosuch":1}')
        self.core.refused("call", "get", '{"what":"' + "x" * 1000 + '"}')
        self.assertEqual(self.core.run("get", "nosuch").returncode, 2)
        self.assertEqual(os.stat(self.core.ready["control"]).st_mode & 0o777, 0o600)
        self.assertTrue(self.core.answers())

    def test_12_a_broken_workspace_is_refused_with_file_and_line_and_the_last_good_stays(self):
        services = self.core.home / "workspace/services.toml"
        good = services.read_text() + '\n[[service]]\nid = "shop"\nname = "The shop"\nteam = "operations"\n'
        self.core.put("services.toml", good)
        wait_until(lambda: any(s["name"] == "The shop" for s in self.core.get("services")), 10, "the service is taken")
        in_force = self.core.status()["workspace"]
        for broken, line in ((good + 'needs = ["nowhere"]\n', good.count("\n") + 1), (good + "colour = 3\n", good.count("\n") + 1), (good + "name = \n", good.count("\n") + 1)):
            self.core.put("services.toml", broken)
            notice = wait_until(lambda: (lambda n: n if f"services.toml:{line}" in n else None)(self.core.status()["notice"]), 10, "the mistake is named")
            self.assertIn("the last good one stays in force", notice)
            eventually(lambda: self.assertIn(f"services.toml:{line}", self.core.process.log.read_text()), "the log names it, too")
            self.assertEqual(self.core.status()["workspace"], in_force)
            self.assertIn("services.toml", self.core.refused("workspace", "check"))
            self.assertTrue(any(s["name"] == "The shop" for s in self.core.get("services")))
            self.core.put("services.toml", good)
            wait_until(lambda: self.core.status()["notice"] == "", 10, "the repaired files are taken")
        self.core.put("services.toml", good.replace("The shop", "The new shop"))
        wait_until(lambda: any(s["name"] == "The new shop" for s in self.core.get("services")), 10, "the change is taken")

    def test_13_a_disk_that_fills_up_is_told_to_senders(self):
        resource.prlimit(self.core.process.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))  # from now on no file may grow
        try:
            # What the write-ahead log's file has room for is recorded as ever; then every sender hears that it was not.
            answers = {}
            for n in range(2000):
                answers[f"Full{n}"] = self.post([alert(f"Full{n}", note="x" * 2000)]).status
                if answers[f"Full{n}"] != 200:
                    break
            self.assertEqual(set(answers.values()) - {200}, {503}, answers)
            status = wait_until(lambda: (lambda s: s if not s["recorded"] else None)(self.core.status()), 10, "the status says that nothing is recorded")
            self.assertTrue(status["reason"])
            self.assertTrue({n for n, s in answers.items() if s == 200} <= set(self.stored()))
            wait_until(lambda: "memory alone" in self.core.status()["reason"], 10, "the emergency file may not grow either, and that is said")
            self.assertEqual(self.post([alert("NotOnDisk")]).status, 503)
            self.assertIn("NotOnDisk", self.stored())  # test_storage_fails.py tells the rest
        finally:
            resource.prlimit(self.core.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        wait_until(lambda: self.post([alert("RoomAgain")]).status == 200, 30, "a report is taken again")
        self.assert_becomes(lambda: self.core.status()["recorded"], True, "it is recorded again")
        self.assertIn("RoomAgain", self.stored())
        self.core.kill()
        self.core.serve()
        self.assertTrue({n for n, s in answers.items() if s == 200} <= set(self.stored()), "what was answered 200 is there after a crash")

    def test_14_the_home_is_sound_after_all_that(self):
        self.core.stop()
        self.assertEqual(self.core.json("verify", "--json", "--origin-key", self.core.printed["verification key"])["result"], "authentic")


def digests(home):
    """What a home holds: every file's bytes, but for the lock and the socket's folder."""
    return {str(p.relative_to(home)): hashlib.sha256(p.read_bytes()).hexdigest()
            for p in sorted(home.rglob("*")) if p.is_file() and p.parent.name != "run" and "lock" not in p.name}


class AHomeWithSomethingToKeep(Story):
    @classmethod
    def build(cls):
        cls.core = core = Core(cls.lab)
        core.init()
        core.serve()
        core.ctl("declare", "--title", "Something to keep", "--no-room")
        cls.door = core.connect("inbound", "door")
        core.stop()

    def assert_refused(self, done, *words, said=""):
        self.assertEqual(done.returncode, 1, done)
        self.assertEqual(done.stdout, said)
        self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)
        self.assertTrue(done.stderr.startswith("quarterdeckctl: "), done.stderr)
        for word in words:
            self.assertIn(word, done.stderr)
        for word in ("terminate", "what()", "Traceback", "Aborted", "SQLITE", ".cpp"):
            self.assertNotIn(word, done.stderr)

    def assert_verbs_say_it(self, kind, *words):
        """Serve on a copy of the home and init on none, on a disk that takes nothing: one sentence, and what was there is as it was."""
        for verb, copy in (("serve", self.core.home), ("init", None)):
            with self.subTest(verb=verb):
                done, before, after = self.on_disk(kind, copy, verb)
                self.assert_refused(done, *words)
                self.assertEqual({n: h for n, h in after.items() if n in before}, before)

    def on_disk(self, kind, copy, verb):
        """Runs a verb on a copy of the home (or on none) on a full disk. `kind`: "small", a full file system of our own, or "limit", where no file may
        grow. Gives the outcome and the files before and after; skips the step where a file system of our own cannot be mounted."""
        script = """import json, os, pathlib, resource, subprocess, sys
sys.path.insert(0, sys.argv[1])
from test_bad_input import digests
program, source, disk, verb, kind = sys.argv[2:7]
if kind == "small" and subprocess.run(["/usr/bin/mount", "-t", "tmpfs", "-o", "size=12m,mode=0700", "none", disk]).returncode != 0:
    sys.exit(77)
home = pathlib.Path(disk, "home")
if source:
    subprocess.run(["/usr/bin/cp", "-a", source, home], check=True)
    pathlib.Path(home, "reserve").unlink(missing_ok=True)  # with it there is room: tests/core/journal/tst_keep.cpp
if kind == "small":
    try:
        with open(pathlib.Path(disk, "filler"), "wb", buffering=0) as f:
            while True:
                f.write(bytes(4096))
    except OSError:
        pass
else:
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # the signal is ignored here, and so below: writing fails
before = digests(home)
done = subprocess.run([program, "--home", home, verb], capture_output=True, text=True, timeout=300, restore_signals=False)
print(json.dumps([done.returncode, done.stdout, done.stderr, before, digests(home)]))
"""
        disk = self.lab.folder(f"{kind}-{verb}")
        argv = [*(UNSHARE if kind == "small" else []), "/usr/bin/python3", "-B", "-c", script, os.path.dirname(os.path.abspath(__file__)), self.core.program,
                copy or "", disk, verb, kind]
        ran = subprocess.run(list(map(str, argv)), capture_output=True, text=True, timeout=600, env={**self.lab.env, "QD_BIN": os.environ["QD_BIN"]})
        if kind == "small":
            self.skip_unless_mounted(ran)
        self.assertEqual(ran.returncode, 0, ran.stderr)
        code, out, err, before, after = json.loads(ran.stdout)
        return subprocess.CompletedProcess(verb, code, out, err), before, after


class AHomeThatCannotBeOpenedSaysWhyAndStaysAsItIs(AHomeWithSomethingToKeep):
    def test_01_a_wrong_passphrase(self):
        right, wrong = self.lab.write("right", "correct horse battery\n"), self.lab.write("wrong", "correct horse\n")
        Core(self.lab, "locked", key=["--passphrase-file", right]).init()
        locked = Core(self.lab, "locked", key=["--passphrase-file", wrong])
        before = digests(locked.home)
        # The line on standard output is for a window, which can ask for the passphrase.
        self.assert_refused(locked.run("serve"), "passphrase", said='locked {"opensWith":"passphrase"}\n')
        self.assertEqual(digests(locked.home), before)
        keyless = Core(self.lab, "locked")
        self.assert_refused(keyless.run("serve"), said='locked {"opensWith":"passphrase"}\n')
        self.assertEqual(digests(locked.home), before)

    def test_02_a_journal_of_a_newer_format(self):
        newer = Core(self.lab, "newer")
        shutil.copytree(self.core.home, newer.home, ignore=shutil.ignore_patterns("run"))
        with contextlib.closing(sqlite3.connect(newer.home / "journal.db")) as journal:
            journal.execute("PRAGMA user_version = 99")
        before = digests(newer.home)
        self.assert_refused(newer.run("serve"), "newer Quarterdeck", "99")
        report = newer.run("verify", "--json")
        self.assertEqual((report.returncode, json.loads(report.stdout)["result"]), (1, "unknown-version"))
        self.assertEqual(digests(newer.home), before)

    def test_03_no_home_at_all_and_a_home_that_exists(self):
        nowhere = Core(self.lab, "nowhere")
        self.assert_refused(nowhere.run("serve"), "quarterdeckctl init")
        self.assertFalse((nowhere.home / "journal.db").exists())
        before = digests(self.core.home)
        self.assert_refused(self.core.run("init"))
        self.assertEqual(digests(self.core.home), before)
        self.assertEqual(self.core.run("get", "alerts").returncode, 3)
        self.assertEqual(self.core.run("frobnicate").returncode, 2)

    def test_04_a_second_core_on_one_home(self):
        self.core.serve()
        seq = self.core.status()["seq"]
        self.assert_refused(self.core.run("serve"))
        self.assertTrue(self.core.answers())
        self.assertGreaterEqual(self.core.status()["seq"], seq)
        self.assertEqual(self.core.incident()["title"], "Something to keep")
        self.core.stop()

    def test_05_a_damaged_journal(self):
        damaged = Core(self.lab, "damaged")
        shutil.copytree(self.core.home, damaged.home, ignore=shutil.ignore_patterns("run"))
        with contextlib.closing(sqlite3.connect(damaged.home / "journal.db")) as journal, journal:
            seq, blob = journal.execute("SELECT seq, blob FROM record ORDER BY seq DESC LIMIT 1").fetchone()
            journal.execute("UPDATE record SET blob = ? WHERE seq = ?", (blob[:-1] + bytes([blob[-1] ^ 1]), seq))
        before = digests(damaged.home)
        # It opens to be looked at: everything before the damage, nothing new, and why.
        ready = damaged.serve()
        self.assertEqual(ready["seq"], seq - 1)
        self.assertIn(f"Record {seq} of the journal is damaged. Nothing is recorded", ready["readonly"])
        self.assertIn("restore it from a backup", ready["readonly"])
        self.assertEqual(damaged.incident()["title"], "Something to keep")
        status = damaged.status()
        self.assertFalse(status["recorded"])
        self.assertEqual(status["reason"], ready["readonly"])
        self.assert_refused(damaged.run("log", "--incident", "INC-1", "not to be"), f"Record {seq} of the journal is damaged")
        self.assertEqual(request("POST", ready["listen"] + "/in/" + self.door["key"] + "/api/v2/alerts", [alert("Kept")]).status, 503)
        self.assertEqual(damaged.run("verify").returncode, 1)
        self.assertEqual(damaged.process.stop(), 1)
        self.assertIn(f"Record {seq} of the journal is damaged", damaged.process.log.read_text())
        self.assertEqual(digests(damaged.home), before)

    def test_05_b_damaged_past_or_keys(self):
        """Damage long before the end is found too; of a home whose keys are gone nothing can be shown."""
        damaged = Core(self.lab, "damaged-past")
        shutil.copytree(self.core.home, damaged.home, ignore=shutil.ignore_patterns("run"))
        with contextlib.closing(sqlite3.connect(damaged.home / "journal.db")) as journal, journal:
            journal.execute("DELETE FROM record WHERE seq = 2")
        before = digests(damaged.home)
        ready = damaged.serve()
        self.assertEqual(ready["seq"], 1)
        self.assertIn("Record 2 of the journal is missing", ready["readonly"])
        self.assertEqual(damaged.get("alerts"), [])
        self.assertEqual(damaged.process.stop(), 1)
        self.assertEqual(digests(damaged.home), before)
        keys = (damaged.home / "keys.db").read_bytes()
        for content in (keys[:5000], b"nonsense" * 1000):
            (damaged.home / "keys.db").write_bytes(content)
            self.assert_refused(damaged.run("serve"), "keys.db", "back from a backup", "`quarterdeckctl init`")
            self.assertEqual((damaged.home / "keys.db").read_bytes(), content)
        (damaged.home / "keys.db").unlink()
        self.assert_refused(damaged.run("serve"), "keys.db is gone", "back from a backup", "`quarterdeckctl init`")

    def test_05_b_damaged_structure_of_the_files(self):
        """SQLite cannot follow its own file any more: the first page with the schema, the page where the records begin, one of keys.db. What can still be
        found is shown, and the sentence says what can be done."""
        damaged = Core(self.lab, "structure")
        shutil.copytree(self.core.home, damaged.home, ignore=shutil.ignore_patterns("run"))
        whole = {name: (damaged.home / name).read_bytes() for name in ("journal.db", "keys.db")}
        with contextlib.closing(sqlite3.connect(damaged.home / "journal.db")) as journal:
            head = journal.execute("SELECT max(seq) FROM record").fetchone()[0]
            root = journal.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'record'").fetchone()[0]
        with contextlib.closing(sqlite3.connect(damaged.home / "keys.db")) as keys:
            streams = keys.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'stream_key'").fetchone()[0]
        for name, page, size, said in (("journal.db", 1, 8192, "The structure of journal.db is damaged, and its pages were read one by one"),
                                       ("journal.db", root, 8192, "journal"), ("keys.db", streams, 4096, "The key file keys.db is damaged")):
            with self.subTest(file=name, page=page):
                for other, content in whole.items():
                    (damaged.home / other).write_bytes(content)
                content = bytearray(whole[name])
                content[(page - 1) * size:page * size] = bytes(b ^ 0x5a for b in content[(page - 1) * size:page * size])
                (damaged.home / name).write_bytes(content)
                before = digests(damaged.home)
                ready = damaged.serve()
                self.assertIn(said, ready["readonly"])
                self.assertIn("Nothing is recorded and nobody is called", ready["readonly"])
                self.assertIn("restore it from a backup", ready["readonly"])
                self.assertIn(f"`quarterdeckctl --home {damaged.home} serve --recover-into {damaged.home}-recovered`", ready["readonly"])
                if page == 1 or name == "keys.db":
                    self.assertEqual(ready["seq"], head)
                if page == 1:
                    self.assertEqual(damaged.incident()["title"], "Something to keep")
                    self.assertIn("Something to keep", damaged.get_text("timeline"))
                else:
                    damaged.get("incidents")
                self.assert_refused(damaged.run("declare", "--title", "not to be", "--no-room"), said)
                self.assertEqual(damaged.process.stop(), 1)
                self.assertEqual(digests(damaged.home), before)

    def test_05_b_what_can_be_done_is_done(self):
        """Another home of what can be read: senders, people and what was going on go on in it; the damaged one stays as it is."""
        damaged = Core(self.lab, "to-recover")
        shutil.copytree(self.core.home, damaged.home, ignore=shutil.ignore_patterns("run"))
        other = Core(self.lab, "recovered")
        self.assert_refused(damaged.run("recover", "--into", other.home), "there is nothing to recover")
        self.assertFalse(other.home.exists())
        damaged.serve()
        damaged.ctl("hold", "add", "--incident", "INC-1", "--matter", "Case 7", "--reason", "evidence")
        damaged.stop()
        content = bytearray((damaged.home / "journal.db").read_bytes())
        content[:8192] = bytes(8192)
        (damaged.home / "journal.db").write_bytes(content)
        before = digests(damaged.home)
        damaged.serve()
        self.assert_refused(damaged.run("recover", "--into", other.home), "stop it first")
        self.assertEqual(damaged.process.stop(), 1)
        self.assert_refused(damaged.run("recover", "--into", damaged.home / "workspace" / "new"), "inside the damaged home")
        done = damaged.ctl("recover", "--into", other.home)
        printed = {line[:18].strip(): line[18:].strip() for line in done.stdout.splitlines()}
        self.assertIn("The structure of journal.db is damaged", done.stdout)
        self.assertEqual(digests(damaged.home), before)
        self.assertEqual(sorted(p.name for p in (other.home / "workspace").iterdir()), sorted(p.name for p in (damaged.home / "workspace").iterdir()))
        self.assert_refused(damaged.run("recover", "--into", other.home), "already")
        ready = other.serve()
        self.assertNotIn("readonly", ready)
        self.assertTrue(other.status()["recorded"])
        self.assertEqual(other.incident()["title"], "Something to keep")
        self.assertTrue(any("Recovered from another home" in e["text"] for e in other.get("timeline")), other.get_text("timeline"))
        self.assertEqual(other.json("declare", "--title", "Commanded on", "--no-room"), {"id": "INC-2"})
        self.assertEqual(request("POST", ready["listen"] + "/in/" + self.door["key"] + "/api/v2/alerts", [alert("After")]).status, 200)
        other.ctl("resolve", "INC-1")  # what was held is held there as well
        self.assert_refused(other.run("erase", "--incident", "INC-1", "--reason", "r", "--yes", "incident/INC-1"), "Hold 1 (Case 7) covers it")
        other.stop()
        report = other.json("verify", "--json", "--origin-key", printed["verification key"])
        self.assertEqual((report["result"], report["errors"]), ("authentic", []))

    def test_05_b_the_one_command_that_was_named_commands_on(self):
        """A damaged home with a passphrase, given by a descriptor as a window gives it: it is shown, says one command, and that makes another home and is its core."""
        secret = self.lab.write("one-step.passphrase", "correct horse battery\n")
        damaged = Core(self.lab, "one step", ["--passphrase-file", secret])
        damaged.init()
        damaged.serve()
        door = damaged.connect("inbound", "prom")
        damaged.ctl("declare", "--title", "Something to keep", "--no-room")
        damaged.stop()
        sound = self.lab.run("sound", [damaged.program, "--home", damaged.home, *damaged.key, "serve", "--recover-into", self.lab.dir / "not-made"])
        wait_until(lambda: "ready " in sound.output(), 30, "a sound home is served as it is")
        self.assertEqual(sound.stop(), 0)
        self.assertFalse((self.lab.dir / "not-made").exists())
        content = bytearray((damaged.home / "journal.db").read_bytes())
        content[:8192] = bytes(8192)
        (damaged.home / "journal.db").write_bytes(content)
        before = digests(damaged.home)
        end, given = os.pipe()
        os.write(given, b"correct horse battery\n")
        os.close(given)
        with subprocess.Popen([damaged.program, "--home", damaged.home, "--passphrase-fd", str(end), "serve"], env=self.lab.env, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, text=True, pass_fds=[end]) as shown:
            os.close(end)
            line = shown.stdout.readline()
            shown.terminate()
            self.assertEqual(shown.wait(patient(30)), 1)
        reason = json.loads(line.removeprefix("ready "))["readonly"]
        named = shlex.split(reason.partition("run `")[2].partition("`")[0])
        other = Core(self.lab, "one step-recovered", damaged.key)
        self.assertEqual(named, ["quarterdeckctl", "--home", str(damaged.home), "--passphrase-file", "FILE", "serve", "--recover-into", str(other.home)])
        named = [str(secret) if word == "FILE" else word for word in named[1:]]
        self.assert_refused(damaged.run("serve", "--recover-into", damaged.home / "new"), "inside the damaged home")
        other.process = self.lab.run("one-step", [damaged.program, *named])
        wait_until(lambda: "\nready " in other.process.output(), 60, "the new home's core is ready")
        told, _, ready = other.process.output().partition("\nready ")
        printed = {line[:18].strip(): line[18:].strip() for line in told.splitlines()}
        self.assertEqual(printed["home"], str(other.home))
        self.assertNotIn("readonly", json.loads(ready))
        self.assertTrue(other.status()["recorded"])
        self.assertEqual(other.incident()["title"], "Something to keep")
        self.assertTrue(any("Recovered from another home" in e["text"] for e in other.get("timeline")))
        self.assertEqual(request("POST", json.loads(ready)["listen"] + "/in/" + door["key"] + "/api/v2/alerts", [alert("After")]).status, 200)
        other.ctl("declare", "--title", "Commanded on", "--no-room")
        self.assertEqual(digests(damaged.home), before)
        again = self.lab.run("one-step-again", [damaged.program, *named])  # as a service manager starts it: it is shown, not left dark
        wait_until(lambda: "ready " in again.output(), 60, "the damaged home is shown")
        said = next(line for line in again.output().splitlines() if line.startswith("ready "))
        self.assertIn("one step-recovered-2'", json.loads(said.removeprefix("ready "))["readonly"])  # the next that is free
        self.assertEqual(again.stop(), 1)
        self.assertEqual(other.process.stop(), 0)
        other.serve()
        self.assertEqual(other.incident("INC-2")["title"], "Commanded on")
        other.stop()
        report = other.json("verify", "--json", "--origin-key", printed["verification key"])
        self.assertEqual((report["result"], report["errors"]), ("authentic", []))

    def test_05_b_damage_far_back_is_found_while_it_runs(self):
        """A start reads what the newest snapshot does not hold; the rest is judged again afterwards, and said."""
        long = Core(self.lab, "long")
        long.init()
        long.serve()
        url = long.ready["listen"] + "/in/" + long.connect("inbound", "feed")["key"] + "/api/v2/alerts"
        for n in range(700):
            self.assertEqual(request("POST", url, [alert(f"Disk{n}")]).status, 200)
        long.stop()
        with contextlib.closing(sqlite3.connect(long.home / "journal.db")) as journal, journal:
            blob = journal.execute("SELECT blob FROM record WHERE seq = 20").fetchone()[0]
            journal.execute("UPDATE record SET blob = ? WHERE seq = 20", (blob[:-1] + bytes([blob[-1] ^ 1]),))
        ready = long.serve()
        self.assertNotIn("readonly", ready)
        wait_until(lambda: "Record 20 of the journal is damaged" in long.status()["notice"], 60, "the damage is said")
        self.assertTrue(long.status()["recorded"])
        long.ctl("declare", "--title", "It goes on")
        self.assertIn("Record 20 of the journal is damaged", long.process.log.read_text())
        long.stop()

    def test_05_c_an_older_journal_put_back(self):
        """It is whole in itself; the note beside it says that there was more."""
        rolled = Core(self.lab, "rolled-back")
        shutil.copytree(self.core.home, rolled.home, ignore=shutil.ignore_patterns("run"))
        rolled.serve()
        rolled.ctl("log", "--incident", "INC-1", "and on")
        rolled.process.stop()
        shutil.copy(self.core.home / "journal.db", rolled.home / "journal.db")
        before = digests(rolled.home)
        ready = rolled.serve()
        self.assertIn("it is truncated, by an older journal.db put back", ready["readonly"])
        self.assertIn(f"to go on from record {ready['seq']}", ready["readonly"])
        self.assertEqual(rolled.incident()["title"], "Something to keep")
        self.assert_refused(rolled.run("log", "--incident", "INC-1", "not to be"), "truncated")
        self.assertEqual(rolled.process.stop(), 1)
        self.assertEqual(digests(rolled.home), before)
        report = json.loads(rolled.run("verify", "--json").stdout)
        self.assertEqual((report["result"], report["errors"]), ("damaged", [{"seq": ready["seq"] + 1, "kind": "truncated"}]))
        # What can be done, if the newer one is gone for good: then it goes on, and says what could not be told.
        (rolled.home / "head.note").unlink()
        self.assertIn("there is no head.note", rolled.run("verify").stdout)
        rolled.serve()
        self.assertIn("could not be told", rolled.status()["notice"])
        rolled.ctl("log", "--incident", "INC-1", "from here")
        rolled.process.stop()
        rolled.serve()
        self.assertEqual(rolled.status()["notice"], "")
        rolled.process.stop()

    def test_06_no_file_may_grow(self):
        self.assert_verbs_say_it("limit", "disk")


class AFullDiskOfItsOwn(AHomeWithSomethingToKeep):
    def test_01_there_is_no_room(self):
        self.assert_verbs_say_it("small", "disk is full")


if __name__ == "__main__":
    main()
