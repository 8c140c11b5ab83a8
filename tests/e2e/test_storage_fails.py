# SPDX-License-Identifier: GPL-3.0-or-later
"""The disk takes nothing: senders hear 503, people command on, what happened is recorded late, after a crash too. And kill -9 of the whole core."""
import ctypes
import os
import random
import resource
import signal
import subprocess
import threading
import time

from quarterdeck_lab import Core, Story, main, request, wait_until

KILLS = int(os.environ.get("QD_FAULT_KILLS", "6"))
SEED = int(os.environ.get("QD_FAULT_SEED", "0")) or int(time.time())


def alert(name, **more):
    return {"labels": {"alertname": name, "service": "shop", **more}, "annotations": {"summary": name}}


class CommandGoesOn(Story):
    filled = 0

    @classmethod
    def build(cls):
        cls.core = core = Core(cls.lab)
        core.init()
        core.serve()
        cls.url = core.connect("inbound", "door")["urls"]["alerts"]

    def post(self, *names):
        return request("POST", self.url, [alert(n) for n in names]).status

    def stored(self):
        return {a["labels"]["alertname"] for a in self.core.get("alerts")}

    def limit(self, size):
        resource.prlimit(self.core.process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    def fill(self):
        """The files of the home may not grow any more, a small one elsewhere may. Returns the status that says so."""
        for n in range(40):  # a write-ahead log larger than what is kept later
            self.assertEqual(request("POST", self.url, [alert(f"Early{n}-{self.filled}", note="x" * 4000)]).status, 200)
        wal = self.core.home / "journal.db-wal"
        self.limit(wal.stat().st_size)
        for _ in range(5000):
            CommandGoesOn.filled += 1
            status = request("POST", self.url, [alert(f"Fill{self.filled}", note="x" * 3000)]).status
            if status != 200:
                self.assertEqual(status, 503)
                break
        status = wait_until(lambda: (lambda s: s if not s["recorded"] else None)(self.core.status()), 10, "the status says that nothing is recorded")
        return status

    def emergency(self):
        folder = self.lab.dir / "elsewhere"
        return sorted(p.name for p in folder.iterdir()) if folder.exists() else []

    def test_01_a_sender_hears_503_and_people_command_on(self):
        self.core.stop()
        self.core.serve_options = ["--emergency", self.lab.dir / "elsewhere"]
        self.core.serve()
        self.assertTrue(self.fill()["reason"])
        wait_until(lambda: str(self.lab.dir / "elsewhere") in self.core.status()["reason"], 10, "the status says where it is kept meanwhile")
        self.assertEqual(self.post("Unrecorded"), 503)
        self.assertEqual(self.post("Unrecorded"), 503, "a repeat of what is not on disk is not on disk")
        self.assertIn("Unrecorded", self.stored())
        done = self.core.ctl("declare", "--title", "Declared while UNRECORDED", "--no-room")
        self.assertIn("UNRECORDED", done.stderr)
        self.assertIn("INC-1", done.stdout)
        self.assertIn("UNRECORDED", self.core.ctl("log", "--incident", "INC-1", "still in command").stderr)
        self.assertIn("UNRECORDED", self.core.ctl("ack", self.core.alert(alertname="Unrecorded")["key"]).stderr)
        self.assertEqual(self.core.alert(alertname="Unrecorded")["workflow"], "acknowledged")
        self.assertEqual(self.core.incident()["title"], "Declared while UNRECORDED")
        self.assertEqual(len(self.emergency()), 1)
        held = (self.lab.dir / "elsewhere" / self.emergency()[0])
        self.assertEqual(held.stat().st_mode & 0o777, 0o600)
        self.assertNotIn(b"Declared while", held.read_bytes())

    def test_02_a_core_killed_meanwhile_records_it_at_the_next_start(self):
        before = self.core.get_text("incidents"), self.core.get_text("timeline", at=f"seq:{self.core.status()['seq']}")
        seq = self.core.status()["seq"]
        self.core.kill()
        self.core.serve()
        self.assertEqual(self.core.get_text("timeline", at=f"seq:{seq}"), before[1])
        self.assertTrue(self.core.status()["recorded"])
        self.assertEqual(self.emergency(), [])
        line = self.core.timeline(text="still in command")[0]
        self.assertTrue(line["recordedLate"])
        self.assertTrue(any("recorded late" in e["text"] for e in self.core.get("timeline")))
        self.assertEqual(self.post("Unrecorded"), 200)

    def test_03_room_again_and_it_is_recorded_without_a_restart(self):
        self.fill()
        self.core.ctl("log", "--incident", "INC-1", "a second gap")
        self.assertEqual(self.post("Again"), 503)
        self.limit(resource.RLIM_INFINITY)
        wait_until(lambda: self.core.status()["recorded"], 15, "it is recorded again")
        self.assertEqual(self.post("Again"), 200)
        self.assertEqual(self.core.ctl("log", "--incident", "INC-1", "in time").stderr, "")
        self.assertTrue(self.core.timeline(text="a second gap")[0]["recordedLate"])
        self.assertFalse(self.core.timeline(text="in time")[0]["recordedLate"])
        self.core.kill()
        self.core.serve()
        self.assertEqual(len(self.core.timeline(text="a second gap")), 1)
        self.assertIn("Again", self.stored())
        self.core.stop()
        self.assertEqual(self.core.json("verify", "--json", "--origin-key", self.core.printed["verification key"])["result"], "authentic")


class KilledAtRandomMoments(Story):
    @classmethod
    def build(cls):
        print(f"    seed {SEED} (QD_FAULT_SEED repeats it), {KILLS} kills", flush=True)
        cls.core = core = Core(cls.lab)
        core.init()
        core.serve()
        cls.url = core.connect("inbound", "door")["urls"]["alerts"]

    def test_01_what_senders_and_people_were_told_is_there(self):
        rng = random.Random(SEED)
        alerts, incidents = set(), set()
        for kill in range(KILLS):
            stop = threading.Event()

            def send():
                n = 0
                while not stop.is_set():
                    names = [f"k{kill}-{n}-{i}" for i in range(5)]
                    n += 1
                    try:
                        if request("POST", self.url, [alert(x) for x in names]).status == 200:
                            alerts.update(names)
                    except OSError:
                        return

            def command():
                n = 0
                while not stop.is_set():
                    title = f"kill {kill} incident {n}"
                    n += 1
                    if self.core.run("declare", "--title", title, "--no-room").returncode != 0:
                        return
                    incidents.add(title)
            workers = [threading.Thread(target=send), threading.Thread(target=command)]
            told = len(alerts), len(incidents)
            for w in workers:
                w.start()
            # Both were told something in this round, however long a busy machine takes for it.
            wait_until(lambda told=told: len(alerts) > told[0] and len(incidents) > told[1], 60, "senders and people are told that something is recorded")
            time.sleep(rng.uniform(0.2, 1.0))
            self.core.process.signal(signal.SIGKILL)
            stop.set()
            for w in workers:
                w.join()
            self.core.kill()
            self.core.serve()
            self.assertTrue(alerts <= {a["labels"]["alertname"] for a in self.core.get("alerts")}, f"kill {kill}")
            self.assertTrue(incidents <= {i["title"] for i in self.core.get("incidents")}, f"kill {kill}")
        self.assertTrue(alerts and incidents)
        print(f"    {len(alerts)} alerts and {len(incidents)} incidents acknowledged, all there", flush=True)
        self.core.stop()
        self.assertEqual(self.core.json("verify", "--json", "--origin-key", self.core.printed["verification key"])["result"], "authentic")


def small_disk(folder, size):
    """A disk of that size at the folder, seen by this process and what it starts only, and gone with them. Says why it cannot be had."""
    CLONE_NEWNS, CLONE_NEWUSER = 0x00020000, 0x10000000
    libc = ctypes.CDLL(None, use_errno=True)
    uid, gid = os.geteuid(), os.getegid()
    if libc.unshare(CLONE_NEWNS | (CLONE_NEWUSER if uid else 0)) != 0:
        return f"a mount namespace is refused: {os.strerror(ctypes.get_errno())}"
    if uid:
        for name, text in (("setgroups", "deny"), ("uid_map", f"{uid} {uid} 1"), ("gid_map", f"{gid} {gid} 1")):
            with open(f"/proc/self/{name}", "w") as f:
                f.write(text)
    for argv in (["mount", "--make-rprivate", "/"], ["mount", "-t", "tmpfs", "-o", f"size={size},mode=700", "none", str(folder)]):
        done = subprocess.run(argv, capture_output=True, text=True)
        if done.returncode != 0:
            return f"{' '.join(argv)}: {done.stderr.strip()}"
    return ""


class TheDiskIsFull(Story):
    """A real ENOSPC: the reserve is given up, then command goes on unrecorded, then there is room and the gap is written."""
    MEGABYTE = 1 << 20

    @classmethod
    def build(cls):
        disk = cls.lab.folder("small")
        cls.refused = small_disk(disk, 48 * cls.MEGABYTE)
        if cls.refused:
            return
        cls.disk, cls.ballast = disk, disk / "ballast"
        cls.core = core = Core(cls.lab)
        core.home = disk / "home"
        core.init()
        core.serve_options = ["--emergency", cls.lab.dir / "elsewhere"]
        core.serve()
        cls.url = core.connect("inbound", "door")["urls"]["alerts"]

    def setUp(self):
        if self.refused:
            self.skipTest(f"NOT TESTED, a small disk of its own cannot be mounted here: {self.refused}")

    def free(self):
        disk = os.statvfs(self.disk)
        return disk.f_bavail * disk.f_frsize

    def post(self, name):
        return request("POST", self.url, [alert(name, note="x" * 3000)]).status

    def test_01_the_reserve_is_given_up_first(self):
        reserve = self.core.home / "reserve"
        self.assertEqual(reserve.stat().st_size, 4 * self.MEGABYTE)
        with open(self.ballast, "wb") as f:
            while self.free() > self.MEGABYTE // 2:
                f.write(b"x" * 65536)
                f.flush()
        taken = 0
        while reserve.exists():
            self.assertEqual(self.post(f"Filling{taken}"), 200)
            taken += 1
            self.assertLess(taken, 2000)
        self.assertEqual(self.post("OnTheReserve"), 200)
        self.assertTrue(self.core.status()["recorded"])
        wait_until(lambda: "full" in self.core.status()["notice"], 10, "the notice says that the disk is full")

    def test_02_then_command_goes_on_unrecorded(self):
        status = 200
        for n in range(5000):
            status = self.post(f"Full{n}")
            if status != 200:
                break
        self.assertEqual(status, 503)
        told = wait_until(lambda: (lambda s: s if not s["recorded"] else None)(self.core.status()), 10, "the status says that nothing is recorded")
        self.assertIn("full", told["reason"])
        self.assertLess(self.free(), self.MEGABYTE)
        declared = self.core.ctl("declare", "--title", "Declared on a full disk", "--no-room")
        self.assertIn("UNRECORDED", declared.stderr)
        self.core.ctl("log", "--incident", "INC-1", "said on a full disk")
        self.assertEqual(self.core.incident()["title"], "Declared on a full disk")

    def test_03_room_again_and_the_gap_is_written(self):
        self.ballast.unlink()
        wait_until(lambda: self.core.status()["recorded"], 20, "it is recorded again")
        self.assertEqual(self.post("Again"), 200)
        wait_until(lambda: (self.core.home / "reserve").exists(), 20, "the reserve is there again")
        self.assertTrue(self.core.timeline(text="said on a full disk")[0]["recordedLate"])
        self.assertTrue(any("recorded late" in e["text"] for e in self.core.get("timeline")))
        self.core.kill()
        self.core.serve()
        self.assertEqual(len(self.core.timeline(text="said on a full disk")), 1)
        self.core.stop()
        self.assertEqual(self.core.json("verify", "--json", "--origin-key", self.core.printed["verification key"])["result"], "authentic")


if __name__ == "__main__":
    main()
