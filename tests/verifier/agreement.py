# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of both verifiers share: a home with a log, exports signed anew, and what `quarterdeckctl verify` and the second verifier say of a file.

The real program on real files, in a folder of its own."""
import base64
import contextlib
import hashlib
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import export  # noqa: E402
import note  # noqa: E402
import qdverify  # noqa: E402
import words  # noqa: E402

PROGRAM = pathlib.Path(os.environ["QD_BIN"]) / "quarterdeckctl"
LONG = "QD_LONG" in os.environ
PATIENCE = 180  # s: with what a program of ours needs milliseconds for
FIELDS = ("result", "records", "head", "headHash", "headCode", "origin", "export", "complete", "unanchored", "noted", "holes", "errors")
CANARY = "canary-Ondine-of-the-other-incident"


class Home:
    """A home with a log of some 70 records of one and two parts, and several checkpoints."""

    def __init__(self, folder, lines=60):
        self.path = folder
        told = self.run("init")
        self.key = next(line.split()[-1] for line in told.splitlines() if line.startswith("verification key"))
        core = subprocess.Popen([PROGRAM, "--home", self.path, "serve"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            assert core.stdout.readline().startswith("ready "), "the core did not start"
            self.run("declare", "--title", "Checkout fails", "--no-room")
            self.run("declare", "--title", CANARY, "--no-room")
            door = json.loads(self.run("connect", "inbound", "--name", "door"))
            self.alert(door["urls"]["alerts"])
            for i in range(lines):
                self.run("log", "--incident", f"INC-{1 + i % 2}", f"line {i}" if i % 2 == 0 else f"{CANARY} {i}")
                if i == lines // 2:
                    self.early = folder.parent / (folder.name + ".early")
                    self.copied(self.early)
                if i % 16 == 5:
                    self.run("checkpoint", "--out", f"{self.path}.checkpoint.{i}")
            self.held = pathlib.Path(f"{self.path}.checkpoint.{lines - 7}") if pathlib.Path(f"{self.path}.checkpoint.{lines - 7}").exists() \
                else sorted(folder.parent.glob(f"{folder.name}.checkpoint.*"))[-1]
            self.running = folder.parent / (folder.name + ".running")
            self.copied(self.running)
            self.run("checkpoint", "--out", f"{self.path}.last")
            self.head = json.loads(self.run("call", "log.head"))
            self.live = folder.parent / (folder.name + ".live.json")
            self.run("export", "--incident", "INC-1", "--out", str(self.live), "--checkpoint", str(self.held))
        finally:
            core.terminate()
            core.wait(PATIENCE)
        self.export = folder.parent / (folder.name + ".json")
        self.run("export", "--incident", "INC-1", "--out", str(self.export))

    def copied(self, to):
        """The home as it is at one moment: copied once more when the core moved something meanwhile, such as its write-ahead log."""
        def seen():
            return {p: (s.st_size, s.st_mtime_ns) for p in self.path.rglob("*") if p.is_file() and (s := p.stat())}
        for _ in range(200):
            shutil.rmtree(to, ignore_errors=True)
            with contextlib.suppress(shutil.Error, OSError):  # a file that was there when its name was read
                before = seen()
                shutil.copytree(self.path, to, ignore=shutil.ignore_patterns("run", "*.sock", "control"))
                if seen() == before:
                    return
            time.sleep(0.05)
        raise AssertionError(f"{self.path} never stood still")

    def run(self, *argv):
        done = subprocess.run([PROGRAM, "--home", self.path, *argv], capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{argv}: {done.stderr}"
        return done.stdout

    @staticmethod
    def alert(url):
        import urllib.request
        body = json.dumps([{"labels": {"alertname": "A", "n": str(n)}} for n in range(5)]).encode()
        urllib.request.urlopen(urllib.request.Request(url, body, {"Content-Type": "application/json"}), timeout=PATIENCE).read()


class Forged:
    """Signs exports anew under a key of its own."""

    def __init__(self, folder):
        self.key = folder / "forged.pem"
        subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", self.key], check=True, capture_output=True)
        public = subprocess.run(["openssl", "pkey", "-in", self.key, "-pubout", "-outform", "DER"], check=True, capture_output=True).stdout
        self.public = public[-32:]

    def sign(self, text, name):
        with tempfile.NamedTemporaryFile() as file:
            file.write(text)
            file.flush()
            signature = subprocess.run(["openssl", "pkeyutl", "-sign", "-inkey", self.key, "-rawin", "-in", file.name], check=True, capture_output=True).stdout
        identity = note.sha256(name, b"\n\x01", self.public)[:4]
        return text + "\n\u2014 ".encode() + name + b" " + base64.b64encode(identity + signature) + b"\n"

    def write(self, export_, path):
        def dump(value):
            return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        origin = export_["log"]["origin"].encode()
        export_["log"]["key"] = base64.b64encode(self.public).decode()
        export_["checkpoint"] = self.sign(export_["checkpoint"].split("\n\n")[0].encode() + b"\n", origin).decode()
        members = [f'"{name}":{dump(value)}' for name, value in export_.items() if name not in ("format", "version", "signature")]
        signed = ('{\n"format":"quarterdeck-export","version":' + str(export_["version"]) + ",\n" + ",\n".join(members) + ",\n").encode()
        statement = b"quarterdeck export\n" + origin + b"\n" + hashlib.sha256(signed).hexdigest().encode() + b"\n"
        path.write_bytes(signed + b'"signature":' + dump(self.sign(statement, origin).decode()).encode() + b"\n}\n")


class Agreement(unittest.TestCase):
    """Tests that have a home, and ask both verifiers."""
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="qd-verify-"))
        cls.home = Home(cls.folder / "home")
        cls.count = 0

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)
        print(f"{cls.count} logs and exports judged by both")

    def judged(self, path, key=None, held=(), what="", codes=()):
        """What both say; they must say the same. A refusal is None."""
        type(self).count += 1
        argv = [PROGRAM, "verify", "--json", str(path)] + (["--origin-key", key] if key else []) + [a for h in held for a in ("--checkpoint", str(h))] \
            + [a for code in codes for a in ("--head-code", code)]
        done = subprocess.run(argv, capture_output=True, text=True, timeout=PATIENCE, check=False)
        self.assertIn(done.returncode, (0, 1), f"{path}: {done.returncode} {done.stderr}")
        first = {k: v for k, v in json.loads(done.stdout).items() if k in FIELDS} if done.stdout else None
        texts = [pathlib.Path(h).read_bytes() for h in held]
        told = note.parse_key(key) if key else None
        try:
            heard = [words.parse(code) for code in codes]
            second = export.verify(path.read_bytes(), told, texts, heard, qdverify.Header, qdverify.Unknown, qdverify.Broken) \
                if export.is_export(path) else qdverify.verify_log(path, told, texts, heard)
        except (qdverify.Refused, export.Unrelated, words.Misheard):
            second = None
        except sqlite3.OperationalError:  # the system's, not the file's: the program refuses too
            second = None
        self.assertEqual(first, second, f"{path}: {what} {done.stderr}")
        if first:
            self.assertEqual(done.returncode, 0 if first["result"] in ("authentic", "consistent") else 1)
        return first

    def copy(self, of=None):
        target = self.folder / "copy"
        if target.exists():
            shutil.rmtree(target)
        shutil.copytree(of or self.home.path, target, ignore=shutil.ignore_patterns("run", "workspace", "control", "*.sock"))
        return target

    def changed(self, change, file="journal.db", of=None):
        copy = self.copy(of)
        database = sqlite3.connect(copy / file)
        change(database)
        database.commit()
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.close()
        for suffix in ("-wal", "-shm"):
            pathlib.Path(str(copy / file) + suffix).unlink(missing_ok=True)
        return copy

    def faults(self, report):
        return [f"{e['kind']}@{e['seq']}" for e in report["errors"]]
