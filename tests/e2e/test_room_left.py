# SPDX-License-Identifier: GPL-3.0-or-later
"""A room that is left at the stand-down: the last words are heard in it, nothing after them, not after a restart either; reopened, we are there again."""
from lab_chat import Person
from lab_servers import Prosody
from quarterdeck_lab import Core, Story, main, wait_until


class ARoomIsLeft(Story):
    @classmethod
    def build(cls):
        lab = cls.lab
        cls.core = core = Core(lab)
        core.init()
        core.serve()
        core.add_person("bob", "bob@localhost")
        cls.prosody = Prosody(lab).start()
        cls.prosody.connect(core, seconds=60)
        core.ctl("declare", "--title", "Line trouble", "--severity", "SEV3")
        cls.room = wait_until(lambda: core.incident()["rooms"], 30, "there is a room")[0]["room"]
        cls.bob = Person(lab, "bob", cls.prosody.c2s_port)
        cls.bob.join(cls.room)
        wait_until(lambda: len(cls.bob.occupants(cls.room)) == 2, 20, "both are there")

    def alone(self):
        return sorted(self.bob.occupants(self.room)) == ["bob"]

    def test_01_the_sheet_names_it_and_refuses_what_is_no_room_of_it(self):
        self.assertIn(f"room, kept unless it is left: {self.room}", self.core.ctl("standdown").stdout)
        self.assertIn("is no room of INC-1", self.core.refused("standdown", "--verified-by", "bob", "--leave-room", "other@conference.localhost"))
        self.assertIn("there is no archive for rooms of kind xmpp", self.core.refused("standdown", "--verified-by", "bob", "--archive-room", self.room))

    def test_02_the_last_words_are_heard_and_then_it_is_left(self):
        self.core.ctl("standdown", "--verified-by", "bob", "--summary", "the cable was plugged in", "--leave-room", self.room)
        self.bob.wait_for("the cable was plugged in")
        wait_until(self.alone, 20, "it has left the room")
        wait_until(lambda: self.core.timeline(kind="room", text=f"room left: {self.room}"), 20, "that is on the timeline")
        self.assertTrue(self.core.incident()["rooms"][0]["leftAt"])

    def test_03_nothing_more_is_said_there_nor_heard_also_after_a_kill(self):
        self.core.ctl("log", "--incident", "INC-1", "written when it was left")
        self.core.kill()
        self.core.serve()
        wait_until(lambda: self.core.source("chat")["state"] == "live", 60, "the line stands again")
        self.bob.say(self.room, "said when it was left")
        self.assertTrue(self.alone())
        self.assertEqual(self.bob.heard("written when it was left"), [])
        self.assertEqual(self.core.timeline(kind="message", text="said when it was left"), [])

    def test_04_reopened_it_is_there_again(self):
        self.core.ctl("reopen", "INC-1", "--reason", "it fell out again")
        wait_until(lambda: not self.alone(), 30, "it is back")
        wait_until(lambda: not self.core.incident()["rooms"][0]["leftAt"], 20, "the record says so")
        self.core.ctl("log", "--incident", "INC-1", "we are back")
        self.bob.wait_for("we are back")


if __name__ == "__main__":
    main()
