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
        self.env = {"DISPLAY": ":" + number, "QT_QPA_PLATFORM": "xcb", "LIBGL_ALWAYS_SOFTWARE": "1", "NO_AT_BRIDGE": "0",
                    "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
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

    def _visible(self, pid):
        """Ids and titles of the visible windows of a process."""
        found = self._run("/usr/bin/xdotool", "search", "--onlyvisible", "--pid", str(pid), "--name", ".").stdout.split()
        return [(w, self._run("/usr/bin/xdotool", "getwindowname", w).stdout.strip()) for w in found]

    def wait_for_window(self, process, title, seconds):
        """The id of the process's window whose title contains this, once it is there and has the keyboard."""
        def there():
            assert process.alive(), "the console ended"
            return next((w for w, name in self._visible(process.pid) if title in name), None)
        window = wait_until(there, seconds, f"there is a window {title!r}")
        self.focus(window)
        return window

    def size(self, window):
        """Width and height of a window without its frame, in pixels. (Its place xdotool tells with the frame counted twice.)"""
        told = dict(line.split("=") for line in self._run("/usr/bin/xdotool", "getwindowgeometry", "--shell", window).stdout.split())
        return int(told["WIDTH"]), int(told["HEIGHT"])

    def focus(self, window):
        """Gives a window the keyboard and waits until it has it."""
        def has_it():
            if self._run("/usr/bin/xdotool", "getwindowfocus").stdout.strip() == window:
                return True
            self._run("/usr/bin/xdotool", "windowactivate", window)
            return self._run("/usr/bin/xdotool", "getwindowfocus").stdout.strip() == window
        wait_until(has_it, 20, "the window has the keyboard")

    def keys(self, window, *keys):
        """Presses keys in a window, as a keyboard does: to whoever has the focus."""
        self.focus(window)
        for key in keys:
            pressed = self._run("/usr/bin/xdotool", "key", "--clearmodifiers", key)
            assert pressed.returncode == 0, pressed.stderr

    def type(self, text):
        typed = self._run("/usr/bin/xdotool", "type", "--delay", "12", "--", text)
        assert typed.returncode == 0, typed.stderr

    def colours(self):
        """How many different colours the screen shows."""
        picture = self.lab.dir / "screen.png"
        shot = self._run("/usr/bin/import", "-window", "root", str(picture))
        assert shot.returncode == 0, shot.stderr
        return int(self._run("/usr/bin/identify", "-format", "%k", str(picture)).stdout)
