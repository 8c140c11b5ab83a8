# SPDX-License-Identifier: GPL-3.0-or-later
"""What every end-to-end test stands on: a private folder, processes that never outlive the test, the core and its command line.

Each test file is one story: its steps run in order of their names and the first that fails ends it. Then the ends of all logs are
printed. A missing program fails the story with the name of its Debian package. Nothing outside the story's folder is read or written.
"""
import contextlib
import ctypes
import hashlib
import http.client
import json
import os
import pathlib
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest

import lab_opened
from lab_ports import free_port

PATH = "/usr/bin:/bin:/usr/sbin:/sbin"
PR_SET_CHILD_SUBREAPER = 36
LOG_TAIL = 6000  # bytes of each log shown when a story fails
SKIPPED = 77  # exit code of a story with a step that could not be tried here: CTest lists it as skipped, never as passed
UNSHARE = ["/usr/bin/unshare", "--mount", *([] if os.geteuid() == 0 else ["--user", "--map-root-user"])]  # for a file system of our own
PATIENCE = float(os.environ.get("QD_E2E_PATIENCE", "1"))  # factor on every limit, for slow machines
LEAST = 60  # s: nothing is given up sooner, whatever it was given; how soon something comes is claimed where it is measured, and nowhere else
# What says "not yet" while something is waited for: asserted or looked up in vain, no file or no server there yet, a program that takes its time.
NOT_YET = (AssertionError, LookupError, ValueError, TypeError, StopIteration, OSError, http.client.HTTPException, subprocess.SubprocessError)


def patient(seconds):
    """How long a machine with much to do is waited for, where another one takes so long."""
    return max(seconds, LEAST) * PATIENCE


def bin_dir():
    folder = os.environ.get("QD_BIN")
    if not folder:
        raise AssertionError("QD_BIN must name the folder of quarterdeck and quarterdeckctl")
    return pathlib.Path(folder)


def need(path, package):
    """The program, or a failure that says what to install."""
    if not os.access(path, os.X_OK):
        raise AssertionError(f"{path} is missing: install the Debian package {package}")
    return path


def judges(*clients):
    """The folder of the vendors' own clients, with these in it."""
    modules = bin_dir().parent / "judges/node_modules"
    for client in clients:
        if not (modules / client).is_dir():
            raise AssertionError(f"{modules / client} is missing: ./dev setup installs it")
    return modules


def judged(judge, clients, *arguments, env=None):
    """What a judge (tests/judges) said when it was content."""
    script = pathlib.Path(__file__).resolve().parents[1] / "judges" / judge
    done = subprocess.run([need("/usr/bin/node", "nodejs"), script, judges(*clients), *arguments], env=env, capture_output=True, text=True, timeout=patient(120), check=False)
    if done.returncode != 0:
        raise AssertionError(f"{judge} is not content: {done.stderr[-3000:]}")
    return done.stdout.strip()


def wait_until(predicate, seconds, what):
    """Polls until the predicate gives something true, and gives that. What it asserts or looks up in vain counts as "not yet" (NOT_YET)."""
    deadline = time.monotonic() + patient(seconds)
    last = None
    while True:
        try:
            last = predicate()
            if last:
                return last
        except NOT_YET as e:
            last = e
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {patient(seconds):.0f} s in vain until {what}; last seen: {last!r}")
        time.sleep(0.1)


def eventually(claim, what, seconds=LEAST):
    """Until what the claim asserts holds; gives what it gives. For whatever another process has to do first: a log line, a post, a file."""
    given = []

    def holds():
        given[:] = [claim()]
        return True
    wait_until(holds, seconds, what)
    return given[0]


def until(action, condition, what, seconds=LEAST, pause=3):
    """Does something that may come to nothing, such as a key that nobody took, and does it again every few seconds until the condition holds; gives
    what that gave. Nothing is done once it holds."""
    def held():
        with contextlib.suppress(*NOT_YET):
            return condition()
        return None

    def done():
        found = held()
        if not found:
            action()
            again = time.monotonic() + pause * PATIENCE
            while not (found := held()) and time.monotonic() < again:
                time.sleep(0.1)
        return found
    return wait_until(done, seconds, what)


def accepts(port):
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
        return True
    except OSError:
        return False


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def json(self):
        return json.loads(self.body)

    def __repr__(self):
        return f"HTTP {self.status} {self.body[:300]!r}"


def request(method, url, body=None, headers=None, timeout=30):
    """One HTTP request; a body that is no bytes is sent as JSON."""
    rest = url.removeprefix("http://")
    host, _, path = rest.partition("/")
    headers = dict(headers or {})
    if body is not None and not isinstance(body, bytes):
        body = json.dumps(body).encode()
        headers.setdefault("Content-Type", "application/json")
    connection = http.client.HTTPConnection(host, timeout=timeout * PATIENCE)
    try:
        connection.request(method, "/" + path, body, headers)
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read())
    finally:
        connection.close()


def raw(port, data, seconds=60, more=(), sent=None):
    """Sends bytes as they are (and after each pause of `more` another piece, unless it is answered by then); gives the status of the answer, None for
    none. `sent`: a list that is told when each piece had gone."""
    sent = [] if sent is None else sent
    with socket.create_connection(("127.0.0.1", port), patient(5)) as s:
        s.settimeout(seconds * PATIENCE)
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # refused before all of it was sent
            s.sendall(data)
            sent.append(time.monotonic())
            for pause, piece in more:
                if select.select([s], [], [], pause)[0]:
                    break
                s.sendall(piece)
                sent.append(time.monotonic())
        answer = b""
        while b"\r\n" not in answer and (got := s.recv(4096)):
            answer += got
    return int(answer.split()[1]) if answer else None


def answers(url):
    try:
        return request("GET", url, timeout=2).status == 200
    except (OSError, http.client.HTTPException):
        return False


class Process:
    """A program in its own process group. It is killed when this test dies, however it dies."""

    def __init__(self, lab, name, argv, cwd=None, env=None, restore_signals=True):
        self.name = name
        self.log = lab.dir / f"{name}.log"
        self.out = lab.dir / f"{name}.out"
        with open(self.log, "ab") as log, open(self.out, "ab") as out:
            self._start = out.tell()
            self._popen = subprocess.Popen(
                ["/usr/bin/setpriv", "--pdeathsig", "KILL", "--", *map(str, argv)], cwd=cwd or lab.dir, env={**lab.env, **(env or {})},
                stdin=subprocess.DEVNULL, stdout=out, stderr=log, start_new_session=True,
                restore_signals=restore_signals)
        self.pid = self._popen.pid

    def output(self):
        """What this run wrote to stdout."""
        with open(self.out, "rb") as f:
            f.seek(self._start)
            return f.read().decode(errors="replace")

    def alive(self):
        return self._popen.poll() is None

    def signal(self, number):
        if self.alive():
            os.killpg(self.pid, number)

    def kill(self):
        self.signal(signal.SIGKILL)
        self._popen.wait()

    def stop(self, seconds=20):
        """SIGTERM; gives the exit code, or fails when it does not end in time."""
        self.signal(signal.SIGTERM)
        try:
            return self._popen.wait(patient(seconds))
        except subprocess.TimeoutExpired:
            raise AssertionError(f"{self.name} did not end within {patient(seconds):.0f} s of SIGTERM") from None

    def wait(self, seconds):
        try:
            return self._popen.wait(patient(seconds))
        except subprocess.TimeoutExpired:
            raise AssertionError(f"{self.name} did not end within {patient(seconds):.0f} s") from None


LEAST_SECRET = 5  # shorter ones of the tests, and mere words, stand anywhere
SECRET_OPTIONS = {f"--{name}-file" for name in ("token", "bot-token", "app-token", "password", "sign", "url", "key")}


class Lab:
    """One story's folder, processes and what else must be closed."""

    def __init__(self):
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)  # programs that detach are ours to end as well
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="qd-e2e-"))
        self.env = {"PATH": PATH, "HOME": str(self.dir), "LC_ALL": "C.UTF-8", "TZ": "UTC", "XDG_RUNTIME_DIR": str(self.folder("run", 0o700)),
                    "XDG_DATA_HOME": str(self.dir / "data"), "XDG_CONFIG_HOME": str(self.dir / "config"),
                    "XDG_STATE_HOME": str(self.dir / "state"), "XDG_CACHE_HOME": str(self.dir / "cache")}
        self._closers, self._processes = [], []
        self.secrets = set()  # what connections were given to prove who they are
        self.cores = []

    def folder(self, name, mode=0o755):
        path = self.dir / name
        path.mkdir(mode=mode, parents=True, exist_ok=True)
        return path

    def write(self, name, text):
        path = self.dir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def run(self, name, argv, cwd=None, env=None, **more):
        process = Process(self, name, argv, cwd, env, **more)
        self._processes.append(process)
        return process

    def on_close(self, closer):
        self._closers.append(closer)

    def tails(self):
        for log in sorted([*self.dir.glob("*.log"), *self.dir.glob("*/core.log"), *self.dir.glob("*/prosody.log")]):
            text = log.read_bytes()[-LOG_TAIL:].decode(errors="replace").strip()
            if text:
                print(f"---- {log.relative_to(self.dir)} ----\n{text}", file=sys.stderr)
        sys.stderr.flush()

    def learn_secrets(self, args):
        """The secrets that a command line names the files of."""
        words = [word for arg in map(str, args) for word in (arg.split("=", 1) if arg.startswith("--") else [arg])]
        for option, value in zip(words, words[1:]):
            if option in SECRET_OPTIONS and os.path.isfile(value):
                self.secrets.add(pathlib.Path(value).read_text(errors="replace").strip())

    def assert_discreet(self):
        """No secret of a connection stands in what a core of this story wrote to its outputs, nor in what it sealed."""
        secrets = {secret for secret in self.secrets if len(secret) >= LEAST_SECRET and not secret.isalpha()}
        for path in sorted([*self.dir.glob("core-*.log"), *self.dir.glob("core-*.out")]):
            written = path.read_bytes()
            for secret in secrets:
                assert not [s for s in lab_opened.spellings(secret) if s in written], f"{path.name} holds the secret {secret!r}"
        for core in self.cores if secrets else ():
            if (core.home / "journal.db").exists():
                found = core.opened(*secrets).found
                assert not found, f"opened, {core.home.name} holds {sorted(found)}"

    def close(self):
        for closer in reversed(self._closers):
            try:
                closer()
            except Exception as e:  # what was closed by the failure itself must not hide it
                print(f"closing: {e!r}", file=sys.stderr)
        for number, patience in ((signal.SIGTERM, 5), (signal.SIGKILL, 10)):
            end_descendants(number, patience)
        for process in self._processes:
            process.kill()
        shutil.rmtree(self.dir, ignore_errors=True)


def descendants():
    """Every living process below this one."""
    parents = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                stat = pathlib.Path("/proc", entry, "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if stat[0] != "Z":
                parents[int(entry)] = int(stat[1])
    found, todo = [], [os.getpid()]
    while todo:
        parent = todo.pop()
        mine = [p for p, of in parents.items() if of == parent]
        found += mine
        todo += mine
    return found


def end_descendants(number, patience):
    deadline = time.monotonic() + patience
    for pid in descendants():
        try:
            os.kill(pid, number)
        except OSError:
            pass
    while descendants() and time.monotonic() < deadline:
        time.sleep(0.05)


class Core:
    """A home, its core, and quarterdeckctl for it."""

    def __init__(self, lab, name="home", key=()):
        self.lab, self.name, self.key = lab, name, [str(k) for k in key]
        self.home = lab.dir / name
        self.port = free_port()
        self.process = None
        self.ready = None
        self.serve_options = []
        self.program = need(bin_dir() / "quarterdeckctl", "quarterdeck (build it: ./dev build)")
        lab.cores.append(self)

    def init(self):
        """Makes the home; remembers what was printed once."""
        out = self.ctl("init").stdout
        self.printed = {line[:18].strip(): line[18:].strip() for line in out.splitlines() if line[:18].strip()}
        return out

    def serve(self, port=None, home=None, seconds=20):
        argv = [self.program, "--home", home or self.home, *self.key, "serve", *self.serve_options, "--listen", f"127.0.0.1:{self.port if port is None else port}"]
        # A file that may not grow any more is to it what a full disk is: an error, not a signal.
        self.process = self.lab.run(f"core-{self.name}", argv, restore_signals=False)

        def first_line():
            line, end, _ = self.process.output().partition("\n")
            if not self.process.alive():
                raise RuntimeError(f"the core ended with {self.process.wait(1)} instead of getting ready")
            return line if end else None
        line = wait_until(first_line, seconds, "the core is ready")
        word, _, rest = line.partition(" ")
        assert word == "ready", line
        self.ready = json.loads(rest)
        return self.ready

    def stop(self):
        code = self.process.stop()
        assert code == 0, f"the core ended with {code}"
        assert "QObject" not in self.process.log.read_text(), "Qt complains about how the core ended"

    def kill(self):
        self.process.kill()

    def restart(self):
        self.stop()
        return self.serve()

    def run(self, *args, seconds=30, **more):
        """quarterdeckctl with these arguments, whatever comes of it."""
        self.lab.learn_secrets(args)
        return subprocess.run([self.program, "--home", str(self.home), *self.key, *map(str, args)], env=self.lab.env, cwd=self.lab.dir,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=patient(seconds), **more)

    def ctl(self, *args, **more):
        """The same, which must be done."""
        done = self.run(*args, **more)
        assert done.returncode == 0, f"quarterdeckctl {' '.join(map(str, args))}: exit {done.returncode}: {done.stderr.strip()}"
        return done

    def refused(self, *args):
        """The same, which must be refused; gives the reason."""
        done = self.run(*args)
        assert done.returncode == 1, f"quarterdeckctl {' '.join(map(str, args))}: exit {done.returncode} instead of 1: {done.stdout}{done.stderr}"
        return done.stderr.strip()

    def assert_secret_only_in(self, secret, *names, urls=()):
        """A connection's secret stands in these files of the home and nowhere else: not in what a core wrote to its outputs or keeps elsewhere, not in what
        it shows, in no URL that a peer was asked for, and in nothing that it sealed: no record, snapshot, search or emergency file."""
        spellings = lab_opened.spellings(secret)

        def holding(paths):
            return sorted(p.name for p in paths if p.is_file() and any(s in p.read_bytes() for s in spellings))
        found = holding(self.home.rglob("*"))
        assert found == sorted(names), f"the secret stands in {found}"
        outside = [*self.lab.dir.glob("core-*.log"), *self.lab.dir.glob("core-*.out"), *(p for d in ("state", "cache", "config", "data", "run") for p in (self.lab.dir / d).rglob("*"))]
        assert any(p.stat().st_size for p in outside if p.is_file()), "a core wrote something there"
        found = holding(p for p in outside if self.home not in p.parents)
        assert not found, f"the secret stands in {found}"
        for what in ("sources", "deliveries", "timeline", "incidents"):
            assert secret not in self.get_text(what), f"`get {what}` shows the secret"
        assert not [u for u in urls if any(s in u.encode() for s in spellings)], "the secret stands in a URL"
        looked = self.opened(secret)
        assert not looked.found, f"opened, the home holds the secret: {looked.places(secret)}"

    def opened(self, *secrets):
        """What is found of these secrets in the home once it is opened with its key (lab_opened.Looked)."""
        named = [value for option, value in zip(self.serve_options, self.serve_options[1:]) if option == "--emergency"]
        program = need(bin_dir().parent / "tests/bin/e2e.opened", "quarterdeck (build its tests: ./dev test)")
        return lab_opened.look(program, self.home, self.key, [*named, self.lab.dir / "state/quarterdeck", self.lab.dir / "run/quarterdeck"],
                               self.lab.dir / f"opened-{self.name}", secrets, self.lab.env)

    def json(self, *args):
        return json.loads(self.ctl(*args).stdout)

    def get_text(self, what, at=None):
        return self.ctl("get", what, "--json", *(["--at", at] if at else [])).stdout

    def get(self, what):
        return json.loads(self.get_text(what))["items"]

    def call(self, method, params=None):
        return self.json("call", method, *([json.dumps(params)] if params is not None else []))

    def status(self):
        return self.call("status")

    def answers(self):
        """Whether the control socket answers."""
        return self.run("call", "status").returncode == 0

    def connect(self, kind, name, **options):
        args = [part for option, value in options.items() for part in ("--" + option.replace("_", "-"), value)]
        return self.json("connect", kind, "--name", name, *args)

    def alerts(self, **labels):
        return [a for a in self.get("alerts") if all(a["labels"].get(n) == v for n, v in labels.items())]

    def alert(self, **labels):
        """The one alert with these labels."""
        found = self.alerts(**labels)
        assert len(found) == 1, f"{len(found)} alerts have {labels}: {[a['key'] for a in found]}"
        return found[0]

    def incident(self, incident="INC-1"):
        return next((i for i in self.get("incidents") if i["id"] == incident), None)

    def timeline(self, **fields):
        return [e for e in self.get("timeline") if all(e[n] == v for n, v in fields.items())]

    def source(self, name):
        return next(s for s in self.get("sources") if s["name"] == name)

    def put(self, name, text):
        """A file of the workspace, all of it at once: a core that looks meanwhile sees what was there or what is there now, and no half of it."""
        os.replace(self.lab.write(f"{self.name}-put", text), self.home / "workspace" / name)

    def workspace_digest(self):
        """What the files of the workspace are now, as a core says it (core/workspace/files.cpp)."""
        digest = hashlib.sha256()
        for path in sorted((self.home / "workspace").glob("[!.]*.toml"), key=lambda p: p.name):
            for part in (path.name.encode(), path.read_bytes()):
                digest.update(len(part).to_bytes(8, "little") + part)
        return digest.hexdigest()

    def in_force(self):
        """Waits until the files of the workspace, all of them as they are now, are what counts."""
        wait_until(lambda: self.status()["workspace"] == self.workspace_digest(), 20, "the workspace as it is now is in force")

    @contextlib.contextmanager
    def changed_workspace(self):
        """A copy of the workspace, to be changed; afterwards it takes the place of what was there, and is waited for until it holds."""
        folder, changed = self.home / "workspace", self.lab.dir / f"{self.name}-workspace"
        shutil.copytree(folder, changed)
        copied = {p.name for p in changed.iterdir() if p.is_file()}
        yield changed
        left = [p for p in changed.iterdir() if p.is_file()]
        for name in copied - {p.name for p in left}:
            (folder / name).unlink()
        for path in left:
            if path.name not in copied or path.read_bytes() != (folder / path.name).read_bytes():
                os.replace(path, folder / path.name)
        shutil.rmtree(changed)
        self.in_force()

    def add_person(self, person, address):
        """A person of the workspace who commands from that chat address."""
        with self.changed_workspace() as workspace, open(workspace / "people.toml", "a") as f:
            f.write(f'\n[[person]]\nid = "{person}"\nname = "{person.capitalize()}"\nxmpp = ["{address}"]\n')

    def add_paging_shop(self, person):
        """A service "shop" that pages by itself, whose policy calls this person."""
        with self.changed_workspace() as workspace:
            (workspace / "policies.toml").write_text(f'[[policy]]\nid = "shop"\nname = "Shop on call"\n[[policy.step]]\ncall = ["{person}"]\nwait = "5m"\n')
            (workspace / "teams.toml").write_text(f'[[team]]\nid = "shop"\nname = "Shop"\nmembers = ["{person}"]\npolicy = "shop"\n')
            (workspace / "services.toml").write_text('[[service]]\nid = "shop"\nname = "Shop"\nteam = "shop"\npaging = "own"\n')


class Story(unittest.TestCase):
    """Steps that build on each other. A class overrides build(); steps are named test_NN_claim."""

    lab = None

    def assert_becomes(self, read, expected, what):
        """Read until it is that: for what another process, or a thread of its own, has to do first."""
        return eventually(lambda: self.assertEqual(read(), expected), what)

    @classmethod
    def build(cls):
        """Starts what the story needs."""

    @classmethod
    def setUpClass(cls):
        cls.lab = Lab()
        cls.addClassCleanup(cls.lab.close)
        cls.addClassCleanup(cls.lab.assert_discreet)  # before it is closed
        try:
            cls.build()
        except BaseException:
            cls.lab.tails()
            raise

    def skip_unless_mounted(self, ran):
        """Skips the step when a program under UNSHARE ended because nothing may be mounted here, as in most containers: exit 77, or unshare's own."""
        if ran.returncode != 0 and not ran.stdout and (ran.returncode == 77 or "unshare:" in ran.stderr):
            self.skipTest("no file system of our own can be mounted here: " + (ran.stderr.strip() or "mount failed"))

    def run(self, result=None):
        before = len(result.failures) + len(result.errors)
        began = time.monotonic()
        super().run(result)
        print(f"    {time.monotonic() - began:.1f} s", file=sys.stderr)
        if len(result.failures) + len(result.errors) > before:
            self.lab.tails()
        return result


def main():
    # CTest ends a story that takes too long with SIGTERM or SIGKILL; both must leave nothing behind (see Process).
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    ran = unittest.main(module="__main__", verbosity=2, failfast=True, warnings="ignore", exit=False).result
    if not ran.wasSuccessful():
        sys.exit(1)
    for step, reason in ran.skipped:
        print(f"SKIPPED {step}: {reason}", file=sys.stderr)
    sys.exit(SKIPPED if ran.skipped else 0)
