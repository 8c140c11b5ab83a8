# SPDX-License-Identifier: GPL-3.0-or-later
"""A home opened by a desktop's keychain: a real Secret Service (gnome-keyring) on a session bus of its own, and what is said when it is gone."""
import subprocess

from quarterdeck_lab import Core, Story, main, need, patient, wait_until


class TheDesktopsKeychainOpensTheHome(Story):
    @classmethod
    def build(cls):
        lab = cls.lab
        need("/usr/bin/dbus-daemon", "dbus-daemon")
        need("/usr/bin/secret-tool", "libsecret-tools")
        cls.bus = lab.run("dbus", ["/usr/bin/dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1"])
        address = wait_until(lambda: cls.bus.output().strip(), 10, "the session bus is there")
        lab.env["DBUS_SESSION_BUS_ADDRESS"] = address
        cls.unlock()
        cls.core = Core(lab, key=["--keychain"])
        cls.core.init()

    @classmethod
    def unlock(cls):
        """The keyring of a desktop where somebody is logged in: the daemon takes the password of the login from its standard input."""
        done = subprocess.run([need("/usr/bin/gnome-keyring-daemon", "gnome-keyring"), "--unlock", "--components=secrets", "--daemonize"], input=b"login",
                              env=cls.lab.env, cwd=cls.lab.dir, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=patient(30), check=False)
        assert done.returncode == 0, done

    def secret_tool(self, *args):
        return subprocess.run(["/usr/bin/secret-tool", *args], env=self.lab.env, stdin=subprocess.DEVNULL, capture_output=True, timeout=patient(30), check=False)

    def assert_refused(self, *words):
        before = {p: p.stat().st_mtime_ns for p in self.core.home.rglob("*") if p.is_file() and p.name != "lock"}
        done = self.core.run("serve", seconds=60)
        self.assertEqual((done.returncode, done.stdout), (1, ""), done)
        self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)
        for word in words:
            self.assertIn(word, done.stderr)
        self.assertEqual({p: p.stat().st_mtime_ns for p in before}, before)

    def test_01_init_leaves_the_key_with_the_desktop_and_no_key_file(self):
        self.assertFalse((self.core.home / "root.key").exists())
        self.assertIn("keychain", self.core.printed["opened by"])
        self.assertEqual([s["kind"] for s in self.core.json("keys", "list", "--json")["slots"]], ["keychain", "recovery"])
        found = self.secret_tool("search", "--all", "user", self.core.printed["origin"])
        self.assertIn(self.core.printed["origin"].encode(), found.stdout + found.stderr)

    def test_02_it_opens_serves_and_rotates(self):
        self.core.serve()
        self.core.ctl("declare", "--title", "Behind the keychain", "--no-room")
        self.core.stop()
        self.core.ctl("keys", "rotate")
        self.core.serve()
        self.assertEqual(self.core.incident()["title"], "Behind the keychain")
        self.core.stop()

    def test_03_another_way_does_not_open_it(self):
        other = Core(self.lab)
        done = other.run("serve")
        self.assertEqual(done.returncode, 1)
        self.assertIn("not opened by a keyfile", done.stderr)

    def test_04_a_key_that_is_gone_is_said_and_the_recovery_key_opens(self):
        cleared = self.secret_tool("clear", "user", self.core.printed["origin"])
        self.assertEqual(cleared.returncode, 0, cleared)
        self.assert_refused("keychain")
        code = self.lab.write("recovery", self.core.printed["recovery key"] + "\n")
        by_recovery = Core(self.lab, key=["--recovery-file", code])
        by_recovery.serve()
        self.assertEqual(by_recovery.incident()["title"], "Behind the keychain")
        by_recovery.stop()

    def test_05_without_a_secret_service_it_is_one_sentence(self):
        self.lab.env["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={self.lab.dir}/nobody"
        self.assert_refused("keychain", "--passphrase-file")


if __name__ == "__main__":
    main()
