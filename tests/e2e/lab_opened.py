# SPDX-License-Identifier: GPL-3.0-or-later
"""What a home holds once it is opened with its own key: every record, what an emergency file keeps, its snapshots and its search, as they were before they were
sealed. A canary that stands in none of its files may stand in there all the same."""
import base64
import pathlib
import shutil
import subprocess
import time
import urllib.parse

# In this order: the note knows of no more than the log, and a key is there before what it seals. Nothing else of a home is needed to open it.
FILES = ("head.note", "journal.db", "journal.db-wal", "keys.db", "keys.db-journal", "derived.db", "derived.db-wal", "root.key")
TRIES = 20  # a core at work may move its write-ahead log between two copies; then the copy does not fit


def spellings(secret):
    """The bytes a secret may stand there as: itself, in a URL, and in the base64 that files are kept as, wherever in it. Of one with several lines: each long one."""
    lines = [line.strip() for line in secret.splitlines()] if "\n" in secret.strip() else [secret]
    out = set()
    for line in lines:
        if len(lines) > 1 and (len(line) < 20 or line.startswith("-----")):
            continue
        raw = line.encode()
        out |= {raw, urllib.parse.quote(line, safe="").encode()}
        for n in range(3) if len(raw) >= 8 else ():  # what of it is the same whatever stands before and behind
            text = base64.b64encode(bytes(n) + raw + bytes(2))
            out.add(text[-(-8 * n // 6):(len(raw) + n) * 8 // 6])
    return sorted(out)


class Looked:
    """`found`: (secret, place) of all that was found. `kinds`: what was looked at, by number: records, parts, sections, texts, bytes."""

    def __init__(self, secrets, needles, out):
        self.found, self.kinds = set(), {}
        for line in out.splitlines():
            if line.startswith("found "):
                _, number, place = line.split(" ", 2)
                self.found |= {(secret, place) for secret in secrets if needles[int(number)] in spellings(secret)}
            elif line.startswith("looked at "):
                words = line.removeprefix("looked at ").replace("(", "").replace(")", "").replace(",", "").split()
                self.kinds = {word: int(number) for number, word in zip(words[::2], words[1::2])}
        assert self.kinds.get("records"), f"nothing was looked at: {out[-300:]}"

    def places(self, secret):
        return sorted(place for each, place in self.found if each == secret)


def _copied(home, emergency, into):
    shutil.rmtree(into, ignore_errors=True)
    (into / "home").mkdir(parents=True, mode=0o700)
    for name in FILES:
        if (home / name).is_file():
            shutil.copyfile(home / name, into / "home" / name)
            (into / "home" / name).chmod(0o600)
    (into / "emergency").mkdir(mode=0o700)
    for folder in emergency:
        for file in folder.glob("emergency-*") if folder.is_dir() else ():
            shutil.copyfile(file, into / "emergency" / file.name)
            (into / "emergency" / file.name).chmod(0o600)


def look(program, home, key, emergency, into, secrets, env):
    """Looks into a copy of the home for these secrets. AssertionError when it cannot be opened."""
    needles = sorted({spelling for secret in secrets for spelling in spellings(secret)})
    problem = ""
    for n in range(TRIES):
        if n:
            time.sleep(0.5)
        try:
            _copied(pathlib.Path(home), [pathlib.Path(e) for e in emergency], into)
        except OSError as e:  # moved while it was copied
            problem = str(e)
            continue
        done = subprocess.run([program, into / "home", "--emergency", into / "emergency", *key], input=b"\n".join(needles) + b"\n", env=env, capture_output=True, timeout=900, check=False)
        if done.returncode == 0:
            shutil.rmtree(into, ignore_errors=True)
            return Looked(secrets, needles, done.stdout.decode(errors="replace"))
        problem = done.stderr.decode(errors="replace").strip()
    raise AssertionError(f"{home} cannot be opened to be looked into: {problem}")
