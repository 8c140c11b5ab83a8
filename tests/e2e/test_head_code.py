# SPDX-License-Identifier: GPL-3.0-or-later
"""The log's head is signed whenever command moves, and said in the incident's room where that may be posted to; the words that were heard are derived anew by the
second verifier."""
import contextlib
import json
import pathlib
import sqlite3
import struct
import subprocess
import sys

from lab_chat import Person
from lab_servers import Prosody
from quarterdeck_lab import Core, Story, main, wait_until

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "verifier"))
import note  # noqa: E402
import qdverify  # noqa: E402
import words  # noqa: E402


def judged_by(verifier, *arguments):
    return subprocess.run([sys.executable, "-B", verifier, *map(str, arguments)], capture_output=True, text=True, check=False)


class WhatIsSaidOfTheLogWhenCommandMoves(Story):
    @classmethod
    def build(cls):
        cls.core = core = Core(cls.lab)
        core.init()
        core.serve()
        for person in ("bob", "mara"):
            core.add_person(person, f"{person}@localhost")
        cls.prosody = Prosody(cls.lab).start()
        cls.prosody.connect(core)
        core.ctl("--as", "mara", "declare", "--title", "Checkout is down", "--severity", "SEV2")
        cls.room = wait_until(lambda: core.incident()["rooms"], 30, "the incident has its room")[0]["room"]
        cls.eve = Person(cls.lab, "eve", cls.prosody.c2s_port)
        cls.eve.join(cls.room)
        core.ctl("--as", "mara", "take")
        cls.codes = []

    def signed(self):
        return self.core.call("log.head")

    def noted(self):
        """How many records the checkpoint beside the journal covers."""
        return note.parse_checkpoint((self.core.home / "head.note").read_bytes()).size

    def said(self):
        return [m.text.split()[2] for m in self.eve.heard("Log head ")]

    def settled(self):
        """Whatever was to be signed and said for what was done so far is; and a checkpoint is new, so that its 60 seconds are not what signs next."""
        wait_until(lambda: self.core.call("log.checkpoint")["seq"] == self.core.status()["seq"], 20, "nothing follows the checkpoint")
        return self.noted()

    def heads(self):
        return [e for e in self.core.timeline(kind="room") if e["text"].startswith("head of the log")]

    def hand_over(self, giver, receiver):
        self.core.ctl("--as", giver, "handover", "--to", receiver, "--summary", "cache first, then the database")
        self.core.ctl("--as", receiver, "accept", "--read-back", "cache, then database, I have it")
        self.assertEqual(self.core.incident()["commander"], receiver)
        return self.core.status()["seq"]

    def leaf(self, seq):
        with contextlib.closing(sqlite3.connect((self.core.home / "journal.db").as_uri() + "?mode=ro", uri=True)) as journal:
            blob = journal.execute("SELECT blob FROM record WHERE seq = ?", (seq,)).fetchone()[0]
        return qdverify.sha256(b"\0", blob[:struct.unpack_from("<I", blob, 8)[0]])

    def test_01_a_handover_is_signed_and_its_head_code_said_in_the_room(self):
        wait_until(lambda: self.heads(), 30, "the head was said when the room was there")
        before = self.settled()
        heard = len(self.said())
        self.hand_over("mara", "bob")
        wait_until(lambda: len(self.said()) > heard, 30, "the room heard the head")
        self.assertEqual(len(self.said()), heard + 1)
        seq, told = words.parse(self.said()[-1])
        type(self).codes = self.said()
        accepted = next(e for e in self.core.timeline(kind="command") if "accepts command" in e["text"])
        self.assertGreaterEqual(seq, accepted["seq"])  # it vouches for the handover itself
        self.assertGreater(seq, before)
        self.assertGreaterEqual(self.noted(), seq)
        self.assertEqual(words.of(self.leaf(seq)), told)

    def test_02_the_newest_head_is_the_one_the_second_verifier_derives(self):
        self.settled()
        head = self.signed()
        self.assertEqual((head["hash"], head["words"]), (self.leaf(head["seq"]).hex(), words.of(self.leaf(head["seq"]))))
        self.assertEqual(note.parse_checkpoint(head["checkpoint"].encode()).size, head["seq"])

    def test_03_command_that_is_claimed_is_signed_and_said_as_well(self):
        heard = len(self.said())
        self.core.ctl("--as", "mara", "take", "--reason", "bob is on a plane")
        wait_until(lambda: len(self.said()) > heard, 30, "the room heard the head")
        self.core.ctl("--as", "bob", "object", "--reason", "I landed")
        type(self).codes = self.said()

    def test_04_where_nothing_may_be_posted_a_handover_is_signed_and_nobody_is_told(self):
        self.core.ctl("arm", "chat", "--allow", "rooms")
        before = self.settled()
        heads = len(self.heads())
        accepted = self.hand_over("bob", "mara")
        wait_until(lambda: self.noted() >= accepted, 20, "the handover is under a checkpoint")
        self.assertGreater(self.noted(), before)
        self.assertGreaterEqual(self.signed()["seq"], accepted)
        self.assertEqual(len(self.heads()), heads)
        self.eve.say(self.room, "is anybody there?")  # comes behind whatever was posted
        wait_until(lambda: self.core.timeline(kind="message", text="is anybody there?"), 20, "the console heard it")
        self.assertEqual(self.said(), self.codes)

    def test_05_every_code_that_was_heard_holds_and_a_misheard_word_is_named(self):
        self.core.stop()
        verifier = pathlib.Path(qdverify.__file__)
        for code in self.codes:
            self.assertEqual(self.core.json("verify", "--json", "--head-code", code)["result"], "consistent")
            judged = judged_by(verifier, "--head-code", code, self.core.home)
            self.assertEqual(json.loads(judged.stdout)["result"], "consistent", judged.stderr)
        number, told = self.codes[0].split(":")
        first, rest = told.split("-", 1)
        other = next(w for w in words.WORDS if w != first)
        wrong = f"{number}:{other}-{rest}"
        self.assertEqual(json.loads(self.core.run("verify", "--json", "--head-code", wrong).stdout)["errors"], [{"seq": int(number), "kind": "bad-hash"}])
        judged = judged_by(verifier, "--head-code", wrong, self.core.home)
        self.assertEqual(judged.stderr.strip(), f'qdverify: record {number}: word 1 is "{first}", not "{other}"')
        self.assertIn('"anker" is no word of a head code', self.core.refused("verify", "--head-code", f"{number}:anker-{rest}"))
        judged = judged_by(verifier, "--head-code", f"{number}:anker-{rest}", self.core.home)
        self.assertEqual((judged.returncode, judged.stdout), (1, ""))
        self.assertIn('"anker" is no word of a head code', judged.stderr)


if __name__ == "__main__":
    main()
