# SPDX-License-Identifier: GPL-3.0-or-later
"""What a chat room says besides words, on a real server: who works on an incident is asked into its room, a pin makes a message a key moment, a question in a
thread is answered in it, and an edit finds its message also when the core was started anew in between."""
from lab_chat import Person
from lab_servers import Prosody
from quarterdeck_lab import Core, Story, main, wait_until

RECONNECT = 100  # s: full jitter up to a minute, and a busy machine
PIN = "📌"


class ARoomSignals(Story):
    @classmethod
    def build(cls):
        lab = cls.lab
        cls.core = core = Core(lab)
        core.init()
        core.serve()
        core.add_person("bob", "bob@localhost")
        cls.prosody = Prosody(lab).start()
        cls.prosody.connect(core, seconds=RECONNECT)
        cls.bob = Person(lab, "bob", cls.prosody.c2s_port)
        cls.eve = Person(lab, "eve", cls.prosody.c2s_port)
        core.ctl("declare", "--title", "Checkout is down", "--severity", "SEV3")
        cls.room = wait_until(lambda: core.incident()["rooms"], 30, "there is a room")[0]["room"]

    @classmethod
    def live(cls):
        wait_until(lambda: cls.core.source("chat")["state"] == "live", RECONNECT, "the chat connection is live")

    def line(self, text):
        return wait_until(lambda: self.core.timeline(kind="message", text=text), 30, f"{text!r} is on the timeline")[0]

    def moments(self):
        return [m["text"] for m in self.core.incident()["moments"] if not m["withdrawnAt"]]

    def invitations(self):
        return [(d["person"], d["delivery"]) for d in self.core.get("deliveries") if d["effect"] == "invite"]

    def test_01_who_gets_a_task_is_asked_into_the_room_once(self):
        self.core.ctl("task", "look at the pool", "--to", "bob")
        wait_until(lambda: self.room in self.bob.invitations, 20, "bob is asked in")
        self.core.ctl("task", "look again", "--to", "bob")
        wait_until(lambda: self.invitations() == [("bob", "confirmed")], 20, "the server took it, once")
        self.bob.join(self.room)
        self.eve.join(self.room)

    def test_02_a_bound_persons_pin_makes_a_key_moment_and_a_strangers_counts(self):
        said = self.bob.say(self.room, "the pool is exhausted")
        self.line("the pool is exhausted")
        self.eve.react(self.room, said, PIN)
        wait_until(lambda: self.line("the pool is exhausted")["reactions"], 20, "the stranger's is there")
        self.assertEqual(self.moments(), [])
        self.bob.react(self.room, said, "👍", PIN)
        wait_until(lambda: self.moments() == ["the pool is exhausted"], 20, "it is a key moment")
        self.bob.react(self.room, said, "👍")
        wait_until(lambda: self.moments() == [], 20, "it is taken back")
        self.assertEqual([(r["emoji"], r["sender"]) for r in self.line("the pool is exhausted")["reactions"]], [(PIN, "eve"), ("👍", "bob")])
        self.assertEqual(len([m for m in self.core.incident()["moments"]]), 1, "a whole set is one signal")

    def test_03_a_question_in_a_thread_is_answered_in_it(self):
        since = len(self.bob.seen)
        self.bob.say(self.room, "!status", thread="thread-1")
        answer = self.bob.wait_for("INC-1 SEV3", since=since)
        self.assertEqual(answer.thread, "thread-1")
        self.assertEqual(self.line("!status")["thread"], "thread-1")

    def test_04_an_edit_after_a_restart_lands_on_its_message(self):
        said = self.bob.say(self.room, "rol back")
        later = self.bob.say(self.room, "an thing")
        self.line("an thing")
        self.core.kill()
        self.bob.edit(self.room, later, "a thing")  # while nobody listens
        self.core.serve()
        self.live()
        self.assertEqual(self.line("a thing")["revisions"], ["an thing"])
        self.bob.edit(self.room, said, "roll back")
        self.assertEqual(self.line("roll back")["revisions"], ["rol back"])
        self.eve.edit(self.room, said, "do nothing")  # the name a sender gives is good for their own
        self.line("do nothing")
        self.assertEqual(self.line("roll back")["revisions"], ["rol back"])
        texts = [e["text"] for e in self.core.timeline(kind="message")]
        self.assertEqual([t for t in texts if t in ("rol back", "an thing")], [], "no second line of either")


if __name__ == "__main__":
    main()
