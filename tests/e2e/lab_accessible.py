# SPDX-License-Identifier: GPL-3.0-or-later
"""What a window shows, read as a screen reader reads it: by the accessibility bus (AT-SPI) of a Display."""
try:
    import dbus
    import dbus.bus
except ImportError:
    raise SystemExit("python3-dbus is missing: install the Debian package python3-dbus") from None

from quarterdeck_lab import PATIENCE, need, wait_until

ACCESSIBLE = "org.a11y.atspi.Accessible"
ROOT = "/org/a11y/atspi/accessible/root"
VISIBLE = 30  # AtspiStateType
NODES = 20_000  # more than any window here has: a loop ends


class Screen:
    """Everything the console on a display shows, by name. (Qt speaks when it is told to: Display does.) What was just painted may be a moment
    late here: wait for it."""

    def __init__(self, display):
        need("/usr/libexec/at-spi-bus-launcher", "at-spi2-core")
        session = dbus.bus.BusConnection(display.env["DBUS_SESSION_BUS_ADDRESS"])

        def address():
            try:
                return str(session.get_object("org.a11y.Bus", "/org/a11y/bus").GetAddress(dbus_interface="org.a11y.Bus"))
            except dbus.DBusException as e:  # its launcher is only being started
                raise AssertionError(f"there is no accessibility bus: {e}") from e
        self._bus = dbus.bus.BusConnection(wait_until(address, 20, "the accessibility bus is there"))

    def _call(self, where, method, *args, interface=ACCESSIBLE):
        name, path = where
        return self._bus.call_blocking(name, path, interface, method, "s" * len(args), args, timeout=5 * PATIENCE)

    def _applications(self):
        try:
            return [(str(n), str(p)) for n, p in self._call(("org.a11y.atspi.Registry", ROOT), "GetChildren")]
        except dbus.DBusException as e:  # a busy machine: whoever waits asks again
            raise AssertionError(f"the accessibility registry does not answer: {e}") from e

    def _read(self, where):
        """Role, name and children of one thing; None when it is not on the screen (a closed panel, a row scrolled away) or gone."""
        try:
            low = int(self._call(where, "GetState")[0])
            name = str(self._call(where, "Get", ACCESSIBLE, "Name", interface="org.freedesktop.DBus.Properties"))
            role = str(self._call(where, "GetRoleName"))
            children = [(str(n), str(p)) for n, p in self._call(where, "GetChildren")]
        except dbus.DBusException:
            return None
        return (role, name, children) if role == "application" or low >> VISIBLE & 1 else None

    def _walk(self):
        """Everything shown, from the outside in, in the order it is read."""
        todo = self._applications()
        for _ in range(NODES):
            if not todo:
                return
            if node := self._read(todo.pop(0)):
                yield node
                todo = node[2] + todo

    def names(self):
        return [name for _, name, _ in self._walk() if name]

    def table(self, title):
        """The rows of the table of this name, each a dictionary by its columns."""
        if (rows := self.table_if_shown(title)) is None:
            raise AssertionError(f"no table {title!r} is shown")
        return rows

    def table_if_shown(self, title, tries=20):
        for role, name, children in self._walk():
            if role == "table" and name == title:
                read = [node for child in children if (node := self._read(child))]
                columns = [name for role, name, _ in read if role == "column header"]
                cells = [name for role, name, _ in read if role in ("cell", "table cell")]
                if columns and len(cells) % len(columns) != 0 and tries > 0:
                    return self.table_if_shown(title, tries - 1)  # a row came or went while it was read
                return [dict(zip(columns, cells[at:at + len(columns)])) for at in range(0, len(cells), len(columns))]
        return None

    def wait_for(self, text, seconds, what):
        """Until something shown holds this text; gives its whole name."""
        return wait_until(lambda: next((name for name in self.names() if text in name), None), seconds, what)
