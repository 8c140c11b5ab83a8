# SPDX-License-Identifier: GPL-3.0-or-later
"""`disconnect` of a chat connection: it leaves the room and stays away, the room and what was said in it stay as they are."""
from lab_chat import Person
from lab_display import Display
from lab_servers import Line, Prosody
from quarterdeck_lab import Core, Story, main, wait_until


class ARemovedChatConnection(Story):
    @classmethod
    def build(cls):
        lab = cls.lab
        cls.core = core = Core(lab)
        core.init()
        core.serve()
        core.add_person("bob", "bob@localhost")
        cls.prosody = Prosody(lab).start()
        cls.line = Line(lab, cls.prosody.web_port)
        cls.connect()
        core.ctl("declare", "--title", "Line trouble", "--severity", "SEV3")
        cls.room = wait_until(lambda: core.incident()["rooms"], 30, "there is a room")[0]["room"]
        cls.bob = Person(lab, "bob", cls.prosody.c2s_port)
        cls.bob.join(cls.room)

    @classmethod
    def connect(cls):
        cls.prosody.connect(cls.core, port=cls.line.port, seconds=60)

    def occupants(self):
        return sorted(self.bob.occupants(self.room))

    def test_01_before_it_is_removed_it_is_there(self):
        self.core.ctl("log", "--incident", "INC-1", "written while it is there")
        self.bob.wait_for("written while it is there")
        self.bob.say(self.room, "said while it is there")
        wait_until(lambda: self.core.timeline(kind="message", text="said while it is there"), 20, "the message is on the timeline")
        self.assertEqual(len(self.occupants()), 2)
        self.assertGreater(self.line.standing(), 0)
        self.assertTrue((self.core.home / "secrets/chat.password").exists())

    def test_02_a_window_follows(self):
        cls = type(self)
        cls.display = Display(self.lab)
        cls.gui = cls.display.console("--home", self.core.home)
        cls.window = cls.display.wait_for_window(cls.gui, "Line trouble", 60)

    def test_03_removed_it_leaves_and_nothing_more_goes_through_it(self):
        self.core.ctl("disconnect", "chat")
        wait_until(lambda: self.occupants() == ["bob"], 20, "it has left the room")
        wait_until(lambda: self.line.standing() == 0, 20, "its connection is closed")
        self.assertEqual(self.core.get("sources"), [])
        self.assertFalse((self.core.home / "secrets/chat.password").exists())
        self.assertIn("Connection chat was removed", self.core.ctl("get", "timeline").stdout)
        self.core.ctl("log", "--incident", "INC-1", "written after it is gone")
        self.bob.say(self.room, "said after it is gone")
        self.bob.say(self.room, "!take")
        self.assertEqual(self.core.run("disconnect", "chat").returncode, 1)
        self.assertEqual(self.core.run("arm", "chat", "--allow", "posts").returncode, 1)

    def test_04_the_room_is_untouched(self):
        self.assertEqual(self.core.incident()["rooms"][0]["room"], self.room)
        other = Person(self.lab, "ic", self.prosody.c2s_port, "looker")
        other.join(self.room)  # it would be empty and gone had it been destroyed
        self.bob.say(self.room, "we go on without the console")
        other.wait_for("we go on without the console")
        other.leave()
        self.assertEqual(self.bob.heard("written after it is gone"), [])
        self.assertEqual(self.core.timeline(text="said after it is gone"), [])
        self.assertNotEqual(self.core.incident()["commander"], "bob")
        self.assertTrue(self.core.timeline(kind="message", text="said while it is there"))

    def test_05_nothing_waits_for_it(self):
        deliveries = self.core.get("deliveries")
        self.assertEqual([d for d in deliveries if d["delivery"] not in ("confirmed", "failed", "withheld")], [])
        self.assertEqual([(d["text"].endswith("written after it is gone"), d["reason"].startswith("there is no connection chat any more")) for d in deliveries if d["delivery"] == "withheld"], [(True, True)])

    def test_06_a_restart_keeps_it_removed(self):
        self.assertTrue(self.gui.alive())
        self.gui.stop()  # or it would start a core of its own while this one is away
        came = self.line.came
        self.core.restart()
        self.assertEqual(self.core.get("sources"), [])
        self.core.ctl("log", "--incident", "INC-1", "written after the restart")
        self.core.kill()
        self.core.serve()
        self.assertEqual(self.core.get("sources"), [])
        self.bob.say(self.room, "still without it")
        self.assertEqual(self.line.came, came)
        self.assertEqual(self.occupants(), ["bob"])
        self.assertEqual(self.bob.heard("written after the restart"), [])

    def test_07_the_same_room_can_be_followed_again(self):
        self.connect()
        self.core.ctl("log", "--incident", "INC-1", "written when it is back")
        self.bob.wait_for("written when it is back", 40)
        self.bob.say(self.room, "said when it is back")
        wait_until(lambda: self.core.timeline(kind="message", text="said when it is back"), 40, "the message is on the timeline")
        self.core.stop()
        self.assertEqual(self.core.json("verify", "--json")["result"], "consistent")


if __name__ == "__main__":
    main()
