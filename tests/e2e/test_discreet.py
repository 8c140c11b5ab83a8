# SPDX-License-Identifier: GPL-3.0-or-later
"""That a secret stands nowhere is looked for in what the core has sealed, too (lab_opened.py). Here the looking itself is tried: a secret that somebody says is found in
the records, the search, the snapshots, a kept file and the emergency file, and once it is struck it is found nowhere any more."""
import contextlib
import resource
import time

from lab_mail import Recorder
from quarterdeck_lab import Core, Story, main, request, wait_until

TOKEN, OTHER = "t0ken-canary-9c41e7", "t0ken-canary-said-late"


class WhatIsSealedIsLookedInto(Story):
    @classmethod
    def build(cls):
        cls.core = core = Core(cls.lab)
        core.init()
        core.serve_options = ["--emergency", cls.lab.dir / "elsewhere"]
        core.serve()
        cls.peer = Recorder(cls.lab)
        for name, secret in (("hook", TOKEN), ("later", OTHER)):
            file = cls.lab.write(f"{name}.secret", secret + "\n")
            file.chmod(0o600)
            core.connect("webhook", name, url=cls.peer.url, token_file=file)
        cls.door = core.connect("inbound", "door")["urls"]["alerts"]
        core.ctl("declare", "--title", "Checkout is down", "--severity", "SEV3", "--no-room")

    def places(self, secret=TOKEN):
        return self.core.opened(secret).places(secret)

    def kinds(self, secret=TOKEN):
        return {place.split()[0] for place in self.places(secret)}

    def entry(self, text):
        return next(e for e in self.core.get("timeline") if text in e["text"])

    def test_01_all_that_is_sealed_is_looked_at_and_holds_nothing(self):
        for n in range(3):  # enough for a snapshot
            alerts = [{"labels": {"alertname": f"A{n}-{i}", "service": "shop"}, "annotations": {"summary": "full"}} for i in range(900)]
            self.assertEqual(request("POST", self.door, alerts, timeout=60).status, 200)
        self.core.ctl("log", "we look into it")
        self.core.ctl("search", "look")

        def everything():
            kinds = self.core.opened(TOKEN).kinds
            return kinds if kinds["sections"] > 3 and kinds["texts"] else None
        wait_until(everything, 60, "there are records, snapshots and segments of the search")
        self.core.assert_secret_only_in(TOKEN, "hook.token")
        self.lab.assert_discreet()

    def test_02_what_somebody_says_is_found(self):
        self.core.ctl("log", f"the token is {TOKEN}, please do not say so")
        self.assertIn("record", self.kinds())  # the search may have sealed it by now, too
        with self.assertRaisesRegex(AssertionError, "shows the secret"):
            self.core.assert_secret_only_in(TOKEN, "hook.token")
        with self.assertRaisesRegex(AssertionError, "opened, home holds.*record"):
            self.lab.assert_discreet()

    def test_03_in_the_search_and_the_snapshots_as_well(self):
        self.core.restart()  # what is new in the search is sealed at the end
        wait_until(lambda: "search" in self.kinds(), 30, "it is found in the search")
        for n in range(3):
            alerts = [{"labels": {"alertname": f"B{n}-{i}", "service": "shop"}, "annotations": {"summary": "full"}} for i in range(900)]
            self.assertEqual(request("POST", self.door, alerts, timeout=60).status, 200)
        wait_until(lambda: {"record", "search", "snapshot-part"} <= self.kinds(), 60, "it is found in a snapshot")

    def test_04_in_a_file_that_was_kept(self):
        for n in range(3):  # at each place of a group of base64
            self.core.ctl("evidence", "keep", self.lab.write(f"config{n}.txt", "x" * (60 + n) + TOKEN + "\nend\n"), "--incident", "INC-1")
        kept = [e["seq"] for e in self.core.get("timeline") if "config" in e["text"]]
        self.assertEqual(len(kept), 3)
        for seq in kept:
            self.assertTrue([p for p in self.places() if p.startswith(f"record {seq},")], self.places())

    def test_05_in_what_waits_while_the_disk_takes_nothing(self):
        self.assertEqual(self.places(OTHER), [])
        wal = self.core.home / "journal.db-wal"
        with contextlib.suppress(FileNotFoundError):
            resource.prlimit(self.core.process.pid, resource.RLIMIT_FSIZE, (wal.stat().st_size, resource.RLIM_INFINITY))
        for n in range(5000):
            if request("POST", self.door, [{"labels": {"alertname": f"Fill{n}", "service": "shop"}, "annotations": {"summary": "x" * 3000}}]).status != 200:
                break
        wait_until(lambda: not self.core.status()["recorded"], 10, "nothing is recorded")
        self.core.ctl("log", "--incident", "INC-1", f"and the other is {OTHER}")
        wait_until(lambda: list((self.lab.dir / "elsewhere").glob("emergency-*")), 20, "it is in the emergency file")
        self.assertIn("record", self.kinds(OTHER))
        self.assertFalse([p for p in self.core.home.rglob("*") if p.is_file() and p.parent.name != "secrets" and OTHER.encode() in p.read_bytes()])
        resource.prlimit(self.core.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        wait_until(lambda: self.core.status()["recorded"], 20, "it is recorded again")

    def test_06_struck_it_is_found_nowhere(self):
        for text in (f"the token is {TOKEN}", f"the other is {OTHER}"):
            self.core.ctl("strike", "--incident", "INC-1", "--entry", str(self.entry(text)["seq"]), "--reason", "a secret was said")
        for entry in [e for e in self.core.get("timeline") if "config" in e["text"]]:
            self.core.ctl("strike", "--incident", "INC-1", "--entry", str(entry["seq"]), "--reason", "a secret was kept")
        began = time.monotonic()
        wait_until(lambda: not self.core.opened(TOKEN, OTHER).found, 60, f"nothing is found any more; now {self.places()} {self.places(OTHER)}")
        print(f"    found nowhere after {time.monotonic() - began:.1f} s")
        self.core.assert_secret_only_in(TOKEN, "hook.token")
        self.core.assert_secret_only_in(OTHER, "later.token")


if __name__ == "__main__":
    main()
