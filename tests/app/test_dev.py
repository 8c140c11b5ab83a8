# SPDX-License-Identifier: GPL-3.0-or-later
"""What ./dev makes of its words: a copy of it over a stub of the build, so that nothing is installed or compiled."""
import os
import pathlib
import shutil
import stat
import subprocess
import sys
import tempfile
import unittest

SOURCE = pathlib.Path(sys.argv.pop(1))


def program(path: pathlib.Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n" + text)
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


class Dev(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        shutil.copy(SOURCE / "dev", self.folder / "dev")
        shutil.copytree(SOURCE / "tests/judges", self.folder / "tests/judges")
        (self.folder / "build/judges").mkdir(parents=True)
        shutil.copy(SOURCE / "tests/judges/package-lock.json", self.folder / "build/judges/installed")
        for name in ("cmake", "npm"):
            program(self.folder / "stubs" / name, "exit 0\n")
        for name in ("apt-cache", "apt-get"):
            program(self.folder / "stubs" / name, "exit 1\n")
        program(self.folder / "stubs/ctest", 'echo ctest "$@"\n')
        program(self.folder / "stubs/dpkg-query", "printf installed\n")
        program(self.folder / "build/bin/quarterdeck", 'echo quarterdeck "$@"\n')

    def asked_of_ctest(self, *words, code=0):
        """What follows the number of tests at once, for each call of ctest."""
        return [call.split(" -j ", 1)[1].split(" ", 1)[1].strip() for call in " ".join(self.run_dev(*words, code=code)).split("ctest ")[1:]]

    def run_dev(self, *words, data="data", code=0):
        env = dict(os.environ, PATH=f"{self.folder}/stubs:{os.environ['PATH']}", XDG_DATA_HOME=str(self.folder / data))
        done = subprocess.run([str(self.folder / "dev"), *words], env=env, capture_output=True, text=True, timeout=300)
        self.assertEqual(done.returncode, code, done.stderr)
        return done.stdout.strip().split()

    def test_run_without_a_home_opens_the_practice_incident(self):
        self.assertEqual(self.run_dev("run"), ["quarterdeck", "--practice"])

    def test_run_with_a_home_opens_that(self):
        home = self.folder / "data/quarterdeck"
        home.mkdir(parents=True)
        (home / "journal.db").touch()
        self.assertEqual(self.run_dev("run"), ["quarterdeck"])

    def test_run_takes_the_home_it_is_given(self):
        self.assertEqual(self.run_dev("run", "--", "--home", "/nowhere"), ["quarterdeck", "--home", "/nowhere"])

    def test_the_long_tests_are_added_when_they_are_asked_for(self):
        self.assertEqual(self.asked_of_ctest("test"), ["-LE ci-long|nightly"])
        self.assertEqual(self.asked_of_ctest("test", "--", "-L", "ci-long"), ["-LE ci-long|nightly", "-L ci-long"])
        self.assertEqual(self.asked_of_ctest("test", "-L", "ci-long", "-R", "kill"), ["-LE ci-long|nightly -R kill", "-L ci-long -R kill"])
        self.assertEqual(self.asked_of_ctest("test", "-L", "ci-long", "-L", "nightly"), ["-LE ci-long|nightly", "-L ci-long", "-L nightly"])

    def test_the_long_ones_are_not_begun_when_another_failed(self):
        program(self.folder / "stubs/ctest", 'echo ctest "$@"; exit 8\n')
        self.assertEqual(self.asked_of_ctest("test", "-L", "ci-long", code=8), ["-LE ci-long|nightly"])

    def test_a_kind_of_tests_is_asked_of_ctest(self):
        words = self.run_dev("test", "--", "-L", "e2e")
        self.assertEqual(words[words.index("-L") + 1], "e2e")


unittest.main(verbosity=2)
