# SPDX-License-Identifier: GPL-3.0-or-later
"""A private X display with a window manager and a session bus, for the console's window."""
import subprocess
import time

from quarterdeck_lab import LEAST, PATIENCE, bin_dir, need, patient, until, wait_until


class Display:
    def __init__(self, lab, size="1920x1080"):
        self.lab = lab
        self._given = {}  # by process: the windows that were waited for, in that order
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
        return subprocess.run(argv, env={**self.lab.env, **self.env}, capture_output=True, text=True, timeout=patient(30))

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
        given = self._given.setdefault(process.pid, [])
        if window not in given:
            given.append(window)
        self.focus(window)
        return window

    def opened(self, process, window, key, title, seconds=LEAST):
        """The dialog of that title, which a key in the window opens. It is pressed again where the window does not know yet what the dialog is about."""
        def there():
            return any(title in name for _, name in self._visible(process.pid))
        until(lambda: self.keys(window, key), there, f"{key} opens {title!r}", seconds)
        return self.wait_for_window(process, title, seconds)

    def _left(self, window):
        """Waits until dialogs that were given after this window are gone: they were answered, and until they know it they keep keys from it."""
        for pid, given in self._given.items():
            if window not in given:
                continue
            until_when, at = time.monotonic() + 10 * PATIENCE, given.index(window) + 1
            while given[at:]:
                visible = [w for w, _ in self._visible(pid)]
                given[at:] = [w for w in given[at:] if w in visible]
                if time.monotonic() > until_when:
                    return  # one that stays: whoever presses keys beside it knows
                time.sleep(0.05 if given[at:] else 0)

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
        """Presses keys in a window, as a keyboard does: to whoever has the focus. Dialogs that were opened over it are gone by then."""
        self._left(window)
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
