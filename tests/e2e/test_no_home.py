# SPDX-License-Identifier: GPL-3.0-or-later
"""A home folder that cannot be made or opened: one clear sentence, exit code 1, and everything as it was."""
import hashlib
import json
import os
import stat
import subprocess

from quarterdeck_lab import UNSHARE, Core, Story, bin_dir, main, need, patient, wait_until

NOBODY = 65534


def everything(folder):
    """Names, kinds, modes and contents of all there is below a folder, and of the folder itself."""
    found = {}
    for at, folders, files in os.walk(folder):
        for name in ["", *folders, *files]:
            path = os.path.join(at, name) if name else at
            info = os.lstat(path)
            content = hashlib.sha256(open(path, "rb").read()).hexdigest() if stat.S_ISREG(info.st_mode) else ""
            found[os.path.relpath(path, folder)] = (oct(info.st_mode), content)
    return found


class HomesThatCannotBe(Story):
    @classmethod
    def build(cls):
        cls.core = Core(cls.lab, "unused")
        cls.program = cls.core.program

    def ctl(self, home, *args, wrap=(), env=None):
        return subprocess.run([*map(str, wrap), str(self.program), "--home", str(home), *map(str, args)], env={**self.lab.env, **(env or {})}, cwd=self.lab.dir,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=patient(60))

    def assert_refused(self, done, *words):
        self.assertEqual((done.returncode, done.stdout), (1, ""), done)
        self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)
        self.assertTrue(done.stderr.startswith("quarterdeckctl: "), done.stderr)
        for word in words:
            self.assertIn(word, done.stderr)
        for word in ("terminate", "what()", "Aborted", "SQLITE", ".cpp"):
            self.assertNotIn(word, done.stderr)

    def assert_init_refused(self, home, *words, wrap=()):
        folder = self.lab.dir
        before = everything(folder)
        self.assert_refused(self.ctl(home, "init", wrap=wrap), str(home), *words)
        self.assertEqual(everything(folder), before)
        self.assertEqual(self.ctl(home, "get", "alerts", wrap=wrap).returncode, 3)
        self.assert_refused(self.ctl(home, "serve", wrap=wrap))
        self.assertEqual(everything(folder), before)


class AHomeThatCannotBeMade(HomesThatCannotBe):
    def test_01_a_file_is_in_its_place(self):
        self.assert_init_refused(self.lab.write("place/file", "mine\n"), "a file is in its place")

    def test_02_a_file_is_in_the_place_of_a_folder_above(self):
        self.lab.write("above/file", "mine\n")
        self.assert_init_refused(self.lab.dir / "above/file/home", "Not a directory")
        self.assert_init_refused(self.lab.dir / "above/file/deep/home", "Not a directory")

    def test_03_it_cannot_be_reached(self):
        self.assert_init_refused("/proc/quarterdeck/home", "No such file or directory")
        os.symlink("/nowhere/at/all", self.lab.dir / "dangling")
        self.assert_init_refused(self.lab.dir / "dangling", "cannot be made")
        self.assert_init_refused(self.lab.dir / ("x" * 300), "File name too long")

    def test_04_folders_made_on_the_way_go_again(self):
        new = self.lab.folder("way") / "a/b"
        self.assert_init_refused(new / ("x" * 300) / "home", "File name too long")
        self.assertFalse((self.lab.dir / "way/a").exists())

    def test_05_a_folder_that_was_there_keeps_its_mode_and_what_is_in_it(self):
        home = self.lab.folder("there", 0o755)
        os.chmod(home, 0o755)
        self.lab.write("there/workspace", "a file where the workspace belongs\n")
        self.assert_init_refused(home, "workspace")
        os.unlink(home / "workspace")
        self.lab.write("there/keys.db", "somebody's\n")
        self.assert_refused(self.ctl(home, "init"), "keys.db")
        self.assertEqual(sorted(os.listdir(home)), ["keys.db"])
        self.assertEqual(stat.S_IMODE(os.stat(home).st_mode), 0o755)
        os.unlink(home / "keys.db")
        self.assertEqual(self.ctl(home, "init").returncode, 0)  # now nothing is in the way
        self.assertEqual(stat.S_IMODE(os.stat(home).st_mode), 0o700)

    def as_nobody(self):
        """The program as somebody who is not root; as it is when this test is not root's."""
        if os.geteuid() != 0:
            return []
        return ["/usr/bin/setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--"]

    def test_06_permission_is_denied(self):
        # Where the program itself lies may be closed to others: a copy is run.
        os.chmod(self.lab.dir, 0o755)
        here = type(self).program
        copy = self.lab.dir / "quarterdeckctl"
        copy.write_bytes(here.read_bytes())
        os.chmod(copy, 0o755)
        type(self).program = copy
        try:
            closed = self.lab.folder("closed")
            os.chmod(closed, 0o555)
            self.assert_init_refused(closed / "home", "Permission denied", wrap=self.as_nobody())
            self.assert_init_refused(closed / "deep/home", "Permission denied", wrap=self.as_nobody())
            if os.geteuid() == 0:  # only root can make a folder of somebody else's
                others = self.lab.folder("others", 0o777)
                os.chmod(others, 0o777)
                self.assert_init_refused(others, "Operation not permitted", wrap=self.as_nobody())
                home = self.lab.dir / "roots"
                self.assertEqual(self.ctl(home, "init").returncode, 0)
                before = everything(home)
                self.assert_refused(self.ctl(home, "serve", wrap=self.as_nobody()), "Permission denied")
                self.assert_refused(self.ctl(home, "verify", wrap=self.as_nobody()))
                self.assertEqual(everything(home), before)
        finally:
            type(self).program = here
            os.chmod(self.lab.dir / "closed", 0o755)

    def test_07_a_bench_without_room_for_its_folder(self):
        before = everything(self.lab.dir)
        for where in ("/proc", "/nowhere/at/all"):
            for bench in ("journal", "ingest", "fold"):
                done = self.ctl(self.lab.dir / "none", "bench", bench, "--json", "--events", "100", env={"TMPDIR": where})
                if done.returncode != 0:  # some need no folder
                    self.assert_refused(done, "No temporary folder can be made")
            self.assertEqual(self.ctl(self.lab.dir / "none", "bench", "journal", env={"TMPDIR": where}).returncode, 1)
        self.assertEqual(everything(self.lab.dir), before)

    def test_08_a_home_with_a_very_long_path_is_served(self):
        """Longer than a Unix socket's name may be."""
        core = Core(self.lab, "long")
        core.home = self.lab.dir / "/".join(["long" * 20] * 3)
        core.init()
        core.serve()
        self.assertNotIn(str(core.home), core.ready["control"])
        self.assertEqual(stat.S_IMODE(os.stat(core.ready["control"]).st_mode), 0o600)
        self.assertEqual(core.call("alert.count")["active"], 0)
        core.stop()
        self.assertEqual(core.run("call", "status").returncode, 3)

    def test_09_the_window_says_the_same_and_stays(self):
        window = need(bin_dir() / "quarterdeck", "quarterdeck (build it: ./dev build)")
        self.lab.write("taken/file", "mine\n")
        before = everything(self.lab.dir / "taken")
        for n, (home, word) in enumerate((("/proc/quarterdeck/home", "cannot be made"), (self.lab.dir / "taken/file", "not a practice home"), (self.lab.dir / "taken/file/home", "Not a directory"))):
            gui = self.lab.run(f"gui{n}", [window, "--practice", "--home", home], env={"QT_QPA_PLATFORM": "offscreen"})
            said = wait_until(lambda: [line for line in gui.log.read_text().splitlines() if line.startswith("quarterdeck: ")], 30, "the window says why")
            self.assertIn(str(home), said[0])
            self.assertIn(word, said[0])
            self.assertTrue(gui.alive())
            gui.stop()
        self.assertEqual(everything(self.lab.dir / "taken"), before)


class ADiskOfItsOwn(HomesThatCannotBe):
    def mounted(self, options, home, *verbs):
        """Runs verbs on a file system of its own that is empty, has a home or is full, and takes nothing. Gives what each did, having seen that
        nothing there changed; skips the step where a file system of our own cannot be mounted."""
        script = """import json, os, subprocess, sys
sys.path.insert(0, sys.argv[1])
from test_no_home import everything
program, disk, options, home, verbs = sys.argv[2], sys.argv[3], sys.argv[4], sys.argv[5], sys.argv[6:]
mount = lambda *args: subprocess.run(["/usr/bin/mount", *args]).returncode == 0
if not mount("-t", "tmpfs", "-o", "size=12m,mode=0700", "none", disk):
    sys.exit(77)
run = lambda verb: subprocess.run([program, "--home", os.path.join(disk, home), verb], capture_output=True, text=True, timeout=300)
if options == "made":
    made = run("init")
    assert made.returncode == 0, made.stderr
if options == "full":
    os.mkdir(os.path.join(disk, "filler"))
    n = 0
    try:
        with open(os.path.join(disk, "filler", "data"), "wb", buffering=0) as f:
            while True:
                f.write(bytes(4096))
    except OSError:
        pass
elif not mount("-o", "remount,bind,ro", disk):
    sys.exit(77)
before = everything(disk)
done = [(r.returncode, r.stdout, r.stderr) for r in map(run, verbs)]
print(json.dumps([done, before, everything(disk)]))
"""
        disk = self.lab.folder(f"disk-{options}")
        argv = [*UNSHARE, "/usr/bin/python3", "-B", "-c", script, os.path.dirname(os.path.abspath(__file__)), self.program, disk, options, home, *verbs]
        ran = subprocess.run(list(map(str, argv)), capture_output=True, text=True, timeout=900, env={**self.lab.env, "QD_BIN": os.environ["QD_BIN"]})
        self.skip_unless_mounted(ran)
        self.assertEqual(ran.returncode, 0, ran.stderr)
        done, before, after = json.loads(ran.stdout)
        self.assertEqual(after, before)
        return [subprocess.CompletedProcess(verb, *r) for verb, r in zip(verbs, done)]

    def assert_verbs_say(self, words, *args):
        first, second = self.mounted(*args)
        self.assert_refused(first, words)
        self.assert_refused(second)

    def test_01_an_empty_disk_is_read_only(self):
        self.assert_verbs_say("Read-only file system", "empty", "home", "init", "serve")

    def test_02_the_disk_of_a_home_is_read_only(self):
        self.assert_verbs_say("Read-only file system", "made", "home", "serve", "init")

    def test_03_there_is_no_room(self):
        self.assert_verbs_say("disk is full", "full", "deep/home", "init", "serve")


if __name__ == "__main__":
    main()
