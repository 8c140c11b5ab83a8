# SPDX-License-Identifier: GPL-3.0-or-later
"""The line to the chat server, or the server itself, goes away mid-incident: nothing said on either side is lost or comes twice."""
from lab_chat import Person
from lab_servers import Line, Prosody
from quarterdeck_lab import Core, Story, main, wait_until

RECONNECT = 100  # s: full jitter up to a minute, and a busy machine


class NoMessageIsLostInACut(Story):
    @classmethod
    def build(cls):
        lab = cls.lab
        cls.core = core = Core(lab)
        core.init()
        core.serve()
        core.add_person("bob", "bob@localhost")
        cls.prosody = Prosody(lab).start()
        cls.line = Line(lab, cls.prosody.web_port)
        cls.prosody.connect(core, port=cls.line.port, seconds=RECONNECT)
        core.ctl("declare", "--title", "Line trouble", "--severity", "SEV3")
        cls.room = wait_until(lambda: core.incident()["rooms"], 30, "there is a room")[0]["room"]
        cls.bob = Person(lab, "bob", cls.prosody.c2s_port)
        cls.bob.join(cls.room)
        cls.said, cls.posted = [], []

    @classmethod
    def live(cls):
        wait_until(lambda: cls.core.source("chat")["state"] == "live", RECONNECT, "the chat connection is live again")

    def wait_for_loss(self):
        wait_until(lambda: self.core.source("chat")["state"] != "live", 30, "the cut is noticed")

    def say(self, text):
        self.bob.say(self.room, text)
        self.said.append(text)

    def post(self, text):
        """A line written at the console, which goes to the room."""
        self.core.ctl("log", "--incident", "INC-1", text)
        self.posted.append(text)

    def assert_nothing_lost(self):
        def arrived():
            there = {e["text"] for e in self.core.timeline(kind="message")}
            missing = [t for t in self.said if t not in there] + [t for t in self.posted if not self.bob.heard(t)]
            assert not missing, f"not there: {missing}"
            waiting = [d["text"] for d in self.core.get("deliveries") if d["delivery"] != "confirmed"]
            assert not waiting, f"not confirmed: {waiting}"
            return True
        # A cut that nobody noticed yet looks as if the line stood; then all of it comes when it does.
        wait_until(arrived, RECONNECT + 60, "everything has arrived on both sides")
        on_timeline = [e["text"] for e in self.core.timeline(kind="message")]
        for text in self.said:
            self.assertEqual(on_timeline.count(text), 1, text)
        self.assertEqual([t for t in on_timeline if t in self.said], self.said, "the room's order")
        for text in self.posted:
            self.assertEqual(len(self.bob.heard(text)), 1, f"{text!r} in the room")
        self.assertEqual(self.core.timeline(kind="gap"), [])

    def rejoin(self):
        """The second client signs in again after its server was gone, and reads what the room holds of before."""
        heard = self.bob.seen
        self.bob.leave()
        type(self).bob = Person(self.lab, "bob", self.prosody.c2s_port)
        self.bob.seen = heard
        self.bob.join(self.room)

    def test_01_messages_pass_both_ways(self):
        self.say("one: before any cut")
        self.post("A: before any cut")
        self.assert_nothing_lost()

    def test_02_what_is_said_while_the_console_is_cut_off_arrives_once(self):
        self.line.cut()
        self.wait_for_loss()
        for n in range(3):
            self.say(f"two: said during the cut {n}")
            self.post(f"B: written during the cut {n}")
        self.line.mend()
        self.live()
        self.assert_nothing_lost()

    def test_03_a_killed_server_loses_nothing(self):
        self.say("three: just before the kill")
        self.post("C: just before the kill")
        self.bob.wait_for("C: just before the kill")
        self.prosody.kill()
        self.line.cut()  # so that the second client is back before the console is
        self.wait_for_loss()
        self.post("C: while the server is down")
        self.prosody.start()
        self.rejoin()
        self.say("three: the console is not back yet")
        self.post("C: still not back")
        self.line.mend()
        self.live()
        self.assert_nothing_lost()

    def test_04_a_killed_core_loses_nothing(self):
        self.core.kill()
        self.say("four: nobody listens")
        self.core.serve()
        self.say("four: somebody may listen")
        self.post("D: after the kill")
        self.live()
        self.assert_nothing_lost()

    def test_05_many_short_cuts_lose_nothing(self):
        for n in range(4):
            self.say(f"five: before cut {n}")
            self.post(f"E: before cut {n}")
            self.line.cut()
            self.say(f"five: in cut {n}")
            self.line.mend()
            self.live()
        self.assert_nothing_lost()

    def test_06_commands_work_after_all_that(self):
        self.bob.say(self.room, "!take")
        self.bob.wait_for("Bob is Incident Commander.")
        self.assertEqual(self.core.incident()["commander"], "bob")


if __name__ == "__main__":
    main()
