# SPDX-License-Identifier: GPL-3.0-or-later
"""Ports of this machine that are a story's own as long as it lives.

The kernel gives ports of one range to whoever asks for any, and to every connection that goes out: a port of it that was free a moment ago, or that a core
just gave up to be started again, may be somebody else's by now. These lie outside of that range, and no two stories are given the same."""
import itertools
import pathlib
import random
import socket

LOWEST, HIGHEST, BLOCK = 10_240, 65_535, 40

_names = []  # the names that hold our blocks; the kernel forgets them with this process
_block = iter(())


def _blocks():
    """Where blocks of ports begin, in any order."""
    low, high = map(int, pathlib.Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split())
    found = [first for first in range(LOWEST, HIGHEST - BLOCK, BLOCK) if first + BLOCK <= low or first > high]
    random.Random().shuffle(found)
    return found or list(range(LOWEST, HIGHEST - BLOCK, BLOCK))  # all of them are the kernel's to give: as good as it gets


def _reserved():
    """A block of ports that no other story has: its name is taken."""
    for first in _blocks():
        name = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        try:
            name.bind(f"\0quarterdeck-story-ports-{first}")
        except OSError:
            name.close()
            continue
        _names.append(name)
        return iter(range(first, first + BLOCK))
    raise AssertionError("every port for tests is taken; are stories left running?")


def free_port():
    """One that nobody listens on, and nobody else is given while this process lives."""
    global _block
    while True:
        for port in itertools.islice(_block, BLOCK):
            with socket.socket() as s:
                try:
                    s.bind(("127.0.0.1", port))
                    return port
                except OSError:  # a server of this machine's, or what is left of a story before
                    continue
        _block = _reserved()
