# SPDX-License-Identifier: GPL-3.0-or-later
"""A private X display with a window manager and a session bus, for the console's window."""
import subprocess

from quarterdeck_lab import bin_dir, need, wait_until


class Display:
    def __init__(self, lab, size="1920x1080"):
        self.lab = lab
        for path, package in (("/usr/bin/Xvfb", "xvfb"), ("/usr/bin/openbox", "openbox"), ("/usr/bin/dbus-daemon", "dbus-daemon"),
                              ("/usr/bin/xdotool", "xdotool"), ("/usr/bin/import", "imagemagick"), ("/usr/bin/identify", "imagemagick")):
            need(path, package)
        server = lab.run("xvfb", ["/usr/bin/Xvfb", "-displayfd", "1", "-screen", "0", size + "x24", "-nolisten", "tcp", "-noreset"])
        number = wait_until(lambda: server.output().strip(), 20, "the X display is there")
        self.env = {"DISPLAY": ":" + number, "QT_QPA_PLATFORM": "xcb", "LIBGL_ALWAYS_SOFTWARE": "1", "NO_AT_BRIDGE": "0"}
        bus = lab.run("dbus", ["/usr/bin/dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1"])
        self.env["DBUS_SESSION_BUS_ADDRESS"] = wait_until(lambda: bus.output().strip(), 20, "the session bus is there")
        lab.run("openbox", ["/usr/bin/openbox"], env=self.env)
        # A window mapped while the window manager starts may stay unmapped.
        wait_until(lambda: self._run("/usr/bin/xdotool", "get_num_desktops").returncode == 0, 20, "the window manager is there")

    def console(self, *args):
        """Starts quarterdeck on this display."""
        return self.lab.run("gui", [need(bin_dir() / "quarterdeck", "quarterdeck (build it: ./dev build)"), *args], env=self.env)

    def _run(self, *argv):
        return subprocess.run(argv, env={**self.lab.env, **self.env}, capture_output=True, text=True, timeout=30)

    def windows(self, pid):
        """Titles of the visible windows of a process."""
        found = self._run("/usr/bin/xdotool", "search", "--onlyvisible", "--pid", str(pid), "--name", ".").stdout.split()
        return [self._run("/usr/bin/xdotool", "getwindowname", w).stdout.strip() for w in found]

    def colours(self):
        """How many different colours the screen shows."""
        picture = self.lab.dir / "screen.png"
        shot = self._run("/usr/bin/import", "-window", "root", str(picture))
        assert shot.returncode == 0, shot.stderr
        return int(self._run("/usr/bin/identify", "-format", "%k", str(picture)).stdout)
