# SPDX-License-Identifier: GPL-3.0-or-later
"""Every limit of the contract's last paragraph at its edge, on the real core: what is just allowed is taken, a byte, a level, a second more is not."""
import concurrent.futures
import contextlib
import hashlib
import json
import resource
import socket
import threading
import time

from quarterdeck_lab import PATIENCE, Core, Story, main, patient, raw, request, wait_until

KIBI, MEBI = 1024, 1024 * 1024


def padded(value, size):
    """The value as JSON of exactly so many bytes."""
    body = json.dumps(value).encode()
    return body + b" " * (size - len(body))


def timed(port, data, seconds, more=()):
    """raw(): the status, after how long it was there, and after how long the last piece had gone."""
    began, sent = time.monotonic(), []
    status = raw(port, data, seconds, more, sent)
    return status, time.monotonic() - began, sent[-1] - began


class EveryLimitAtItsEdge(Story):
    @classmethod
    def build(cls):
        cls.core = cls.started("home")
        cls.door = cls.core.connect("inbound", "door")

    @classmethod
    def started(cls, name, *options):
        core = Core(cls.lab, name)
        core.serve_options = options
        core.init()
        core.serve()
        return core

    def post(self, path, body, door=None, **headers):
        door = door or self.door
        return request("POST", door["urls"]["prometheus"] + path, body, {"Content-Type": "application/json", **headers}, 60)

    def event(self, dedup, **details):
        return {"routing_key": "r", "event_action": "trigger", "dedup_key": dedup, "payload": {"summary": dedup, "source": "x", "severity": "error", "custom_details": details}}

    def alert(self, name, **labels):
        return {"labels": {"alertname": name, **labels}}

    def names(self):
        return {a["labels"].get("alertname") for a in self.core.get("alerts")}

    def test_01_a_body_of_1_mib(self):
        for path, body, taken in (("/v2/enqueue", self.event("edge"), 202), ("/v2/change/enqueue", {"routing_key": "r", "payload": {"summary": "s"}}, 202)):
            self.assertEqual(self.post(path, padded(body, MEBI)).status, taken, path)
            self.assertEqual(self.post(path, padded(body, MEBI + 1)).status, 413, path)

    def test_02_a_batch_of_16_mib_and_of_what_was_configured(self):
        # The default's edge: test_bad_input.py, test_02.
        small = self.started("small", "--batch-limit", "1")
        door = small.connect("inbound", "door")
        event = {"specversion": "1.0", "id": "1", "source": "/x", "type": "alert.firing", "data": self.alert("Event")}
        hook = {"version": "4", "alerts": [{**self.alert("Hook"), "status": "firing", "fingerprint": ""}]}
        for path, body in (("/api/v2/alerts", [self.alert("Push")]), ("/alertmanager", hook), ("/grafana", hook), ("/cloudevents", event)):
            self.assertEqual(self.post(path, padded(body, MEBI), door, **({"Content-Type": "application/cloudevents+json"} if "cloud" in path else {})).status, 200, path)
            self.assertEqual(self.post(path, padded(body, MEBI + 1), door).status, 413, path)
        small.stop()
        large = self.started("large", "--batch-limit", "17")
        door = large.connect("inbound", "door")
        self.assertEqual(self.post("/api/v2/alerts", padded([self.alert("Push")], 17 * MEBI), door).status, 200)
        self.assertEqual(self.post("/api/v2/alerts", padded([self.alert("Push")], 17 * MEBI + 1), door).status, 413)
        large.stop()
        for wrong in (("--batch-limit", "0"), ("--batch-limit", "257"), ("--batch-limit", "x"), ("--rate", "-1"), ("--loopback-rate", "1000001")):
            self.assertEqual(self.core.run("serve", *wrong).returncode, 2, wrong)

    def test_03_a_header_of_16_kib(self):
        path = "/in/" + self.door["key"] + "/heartbeat/edge"
        for size, status in ((16 * KIBI, 200), (16 * KIBI + 1, 431)):
            header = f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Fill: ".encode()
            header += b"a" * (size - len(header) - 4) + b"\r\n\r\n"
            self.assertEqual(len(header), size)
            self.assertEqual(raw(self.core.port, header), status, size)

    def test_04_json_of_depth_64(self):
        def nested(levels):
            """An event whose deepest array lies at this level; event, payload and custom_details are the first three."""
            deep = b"[" * (levels - 3) + b"1" + b"]" * (levels - 3)
            return json.dumps(self.event(f"depth{levels}", deep="DEEP")).encode().replace(b'"DEEP"', deep)
        self.assertEqual(self.post("/v2/enqueue", nested(64)).status, 202)
        refused = self.post("/v2/enqueue", nested(65))
        self.assertEqual(refused.status, 400, refused)
        self.assertIn("64", refused.body.decode())

    def test_05_256_labels(self):
        def with_labels(name, count):
            return self.alert(name, **{f"l{n}": "x" for n in range(count - 1)})
        answer = self.post("/api/v2/alerts", [with_labels("Labels256", 256), with_labels("Labels257", 257)])
        self.assertEqual((answer.status, answer.json["accepted"], [q["index"] for q in answer.json["quarantined"]]), (200, 1, [1]), answer)
        self.assertIn("256", answer.json["quarantined"][0]["reason"])
        self.assertTrue("Labels256" in self.names() and "Labels257" not in self.names())

    def test_06_a_field_of_32_kib(self):
        answer = self.post("/api/v2/alerts", [self.alert("Field", exact="x" * 32 * KIBI, over="y" * (32 * KIBI + 1))])
        self.assertEqual((answer.status, answer.json["accepted"]), (200, 1))
        labels = self.core.alert(alertname="Field")["labels"]
        self.assertEqual(labels["exact"], "x" * 32 * KIBI)
        self.assertNotEqual(labels["over"], "y" * (32 * KIBI + 1))
        self.assertEqual(labels["over"][:32 * KIBI], "y" * 32 * KIBI)
        mark = labels["over"][32 * KIBI:]
        whole = hashlib.sha256(b"y" * (32 * KIBI + 1)).hexdigest()
        self.assertEqual(mark, f"… [cut from {32 * KIBI + 1} bytes, SHA-256 {whole}]", "that it was cut is marked in the text itself")

    def test_07_a_header_in_10_s_and_a_request_in_30(self):
        head = f"POST /in/{self.door['key']}/api/v2/alerts HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n".encode()
        got = {}

        def send(name, *args, within=None):
            """`within`: the last piece must have gone by then, which a busy machine may not manage: then it is done again."""
            for _ in range(10):
                got[name] = timed(self.core.port, *args)
                if within is None or got[name][2] < within:
                    return
            got[name] = (None, f"was never sent within {within} s", None)
        length = b"Content-Length: 2\r\n\r\n"
        senders = [threading.Thread(target=send, args=args, kwargs=more) for args, more in (
            (("header never ends", head, 60), {}),
            (("header in 8 s", head, 60, [(8, length + b"[]")]), {"within": 9.5}),
            (("body never ends", head + b"Content-Length: 200\r\n\r\n[", 90, [(4, b" ")] * 6), {}),
            (("body in 25 s", head + length, 90, [(12, b"["), (13, b"]")]), {"within": 29}))]
        for sender in senders:
            sender.start()
        for n in range(8):  # others are served meanwhile
            began = time.monotonic()
            self.assertEqual(self.post("/api/v2/alerts", [self.alert(f"Meanwhile{n}")]).status, 200)
            self.assertLess(time.monotonic() - began, 5 * PATIENCE)
            time.sleep(1)
        for sender in senders:
            sender.join()
        self.assertEqual({name: status for name, (status, _, _) in got.items()},
                         {"header never ends": 408, "header in 8 s": 200, "body never ends": 408, "body in 25 s": 200}, got)
        self.assertTrue(9.5 <= got["header never ends"][1] <= 10 + 4 * PATIENCE, got)
        self.assertTrue(29.5 <= got["body never ends"][1] <= 30 + 6 * PATIENCE, got)

    def connections(self, core, count):
        """So many that stand at the same time, each of which was answered; the status is that of the last."""
        opened, status = [], None
        for _ in range(count):
            s = socket.create_connection(("127.0.0.1", core.port), patient(10))
            opened.append(s)
            s.settimeout(patient(10))
            with contextlib.suppress(ConnectionResetError, BrokenPipeError):
                s.sendall(b"GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n")
            status = int((s.recv(4096) or b"- 0").split()[1])
            if status != 404:
                break
        return opened, status

    def close(self, opened):
        for s in opened:
            s.close()

    def test_08_1024_connections(self):
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(4096, resource.getrlimit(resource.RLIMIT_NOFILE)[1]), resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
        # However many files a process may open when it starts: the core asks for what it needs.
        self.assertEqual(resource.prlimit(self.core.process.pid, resource.RLIMIT_NOFILE)[0] >= 1024 + 512, True)
        opened, status = self.connections(self.core, 1024)
        try:
            self.assertEqual((len(opened), status), (1024, 404))
            more, status = self.connections(self.core, 1)
            self.close(more)
            self.assertEqual(status, 503)
            self.assertTrue(self.core.answers(), "the commander is served all the same")
            self.assertEqual(self.core.ctl("declare", "--title", "Crowded", "--no-room").returncode, 0)
        finally:
            self.close(opened)
        wait_until(lambda: self.post("/api/v2/alerts", [self.alert("RoomAgain")]).status == 200, 20, "there is room again")

    def test_09_where_fewer_files_may_be_opened_fewer_connections_are_served(self):
        few = Core(self.lab, "few")
        few.init()
        inner, few.program = few.program, self.lab.write("few.sh", f"#!/bin/sh\nulimit -n 700\nexec {few.program} \"$@\"\n")
        few.program.chmod(0o755)
        few.serve()
        few.program = inner
        wait_until(lambda: "188 connections of senders instead of 1024" in few.process.log.read_text(), 20, "the log says so")
        opened, status = self.connections(few, 189)
        try:
            self.assertEqual((len(opened), status), (189, 503))
            self.assertTrue(few.answers())
            few.ctl("declare", "--title", "Crowded", "--no-room")
        finally:
            self.close(opened)
        few.stop()

    def test_10_no_rate_limit_on_loopback_unless_configured(self):
        for n in range(60):
            self.assertEqual(self.post("/heartbeat/quick", b"").status, 200)
        slow = self.started("slow", "--loopback-rate", "1")
        one, other = slow.connect("inbound", "one"), slow.connect("inbound", "other")
        with concurrent.futures.ThreadPoolExecutor(12) as pool:  # at once: one after the other they may take longer than a second each
            answers = list(pool.map(lambda _: self.post("/heartbeat/quick", b"", one), range(36)))
        refused = [a for a in answers if a.status != 200]
        self.assertTrue(refused and {a.status for a in refused} == {429}, answers)
        self.assertGreaterEqual(len(answers) - len(refused), 2, "twice the rate in a burst")
        self.assertEqual(refused[0].headers["Retry-After"], "1")
        self.assertEqual(self.post("/heartbeat/quick", b"", other).status, 200, "each key for itself")
        wait_until(lambda: self.post("/heartbeat/quick", b"", one).status == 200, 20, "it is let in again")
        slow.stop()

    def test_11_each_refusal_is_counted_and_the_log_is_sound(self):
        wait_until(lambda: self.core.status()["refused"] >= 6, 40, "refusals are counted")
        self.core.stop()
        self.assertEqual(self.core.json("verify", "--json")["result"], "consistent")


if __name__ == "__main__":
    main()
