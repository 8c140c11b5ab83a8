# SPDX-License-Identifier: GPL-3.0-or-later
"""A chat connection nobody armed: not one room, post or page reaches a real server, and what was withheld, and why, is shown."""
from lab_accessible import Screen
from lab_chat import Person
from lab_display import Display
from lab_servers import Prosody
from quarterdeck_lab import Core, Story, main, request, wait_until


class AnUnarmedConnectionWritesNothing(Story):
    @classmethod
    def build(cls):
        lab = cls.lab
        cls.core = core = Core(lab)
        core.init()
        core.serve()
        core.add_person("bob", "bob@localhost")
        core.add_paging_shop("bob")
        cls.url = core.connect("inbound", "door")["urls"]["alerts"]
        cls.prosody = Prosody(lab).start()
        cls.prosody.connect(core, allow=None)
        cls.bob = Person(lab, "bob", cls.prosody.c2s_port)
        cls.before = cls.prosody.stored()
        cls.display = Display(lab)
        cls.screen = Screen(cls.display)
        cls.gui = cls.display.console("--home", core.home, "--as", "bob")
        cls.window = cls.display.wait_for_window(cls.gui, "Quarterdeck", 60)

    def withheld(self, effect):
        return [d for d in self.core.get("deliveries") if d["delivery"] == "withheld" and d["effect"] == effect]

    def assert_nothing_was_written(self):
        # A ping of bob's own goes the same way behind whatever was sent to him: once it is back, that would be there.
        self.assertEqual(self.bob.rooms(self.prosody.muc), [])
        self.assertEqual(self.bob.seen, [])
        # An empty list holds nothing: prosody makes them of its own accord, for who comes and goes.
        self.assertEqual({name: held for name, held in self.prosody.stored().items() if held}, {name: held for name, held in self.before.items() if held})

    def test_01_everything_a_commander_does_is_recorded_and_nothing_is_written(self):
        alert = {"labels": {"alertname": "CheckoutDown", "service": "shop", "severity": "critical"}, "annotations": {"summary": "Checkout is down"}}
        self.assertEqual(request("POST", self.url, [alert]).status, 200)
        self.core.ctl("declare", "--title", "Checkout is down", "--severity", "SEV1", "--service", "shop", "--alert", self.core.alert(alertname="CheckoutDown")["key"])
        self.core.ctl("take")
        self.core.ctl("log", "the pool is exhausted")
        self.core.ctl("decide", "roll back 4.2")
        self.core.ctl("severity", "SEV2", "--reason", "one region only")
        self.core.ctl("update", "--template", "status", "--set", "impact=nobody can pay", "--set", "actions=rolling back", "--set", "next=14:40 UTC")
        done = self.core.ctl("room", "--attach", "ops@" + self.prosody.muc)
        self.assertIn("not attached: the connection observes only; arm it with: arm chat --allow rooms,posts", done.stderr)
        self.core.ctl("resolve", "INC-1", "--reason", "rolled back")
        self.assertEqual(self.core.incident()["rooms"], [])
        self.assert_nothing_was_written()

    def test_02_deliveries_say_what_was_withheld_and_why(self):
        self.assertEqual([d for d in self.core.get("deliveries") if d["delivery"] != "withheld"], [])
        room, attached = self.withheld("room"), self.withheld("attach-room")
        self.assertEqual([(d["room"], d["connection"], d["incident"]) for d in room], [("inc-1", "chat", "INC-1")])
        self.assertEqual([d["room"] for d in attached], ["ops@" + self.prosody.muc])
        for d in room + attached:
            self.assertEqual(d["reason"], "the connection observes only; arm it with: arm chat --allow rooms,posts")
        self.assertIn("the connection observes only", self.core.ctl("get", "deliveries", "--status", "withheld").stdout)
        # Nobody is called through it either: the escalation runs, and says who would be.
        self.assertEqual([e["observed"] for e in self.core.incident()["escalations"]], [True])
        self.assertEqual([e["text"] for e in self.core.timeline(kind="page") if e["incident"] == "INC-1"], ["step 1 would call bob"])
        self.assertEqual([(c["group"] != "", c["observed"]) for c in self.core.get("escalations")], [(True, True), (False, True)])
        self.assertIn("no connection is armed for pages", self.core.ctl("why", "INC-1").stdout)

    def test_03_the_window_says_it_too(self):
        self.core.ctl("reopen", "INC-1", "--reason", "to look at it")
        type(self).window = self.display.wait_for_window(self.gui, "Checkout is down", 20)
        wait_until(lambda: "BESIDE · OBSERVE" in self.screen.names(), 20, "the strip says that nothing is armed")
        self.display.keys(self.window, "Escape", "F6", "t")  # the timeline, as a table

        def said():
            lines = {row["What"] for row in self.screen.table("Timeline as a table")}
            return {"not written (room through chat): the connection observes only; arm it with: arm chat --allow rooms,posts",
                    "not written (attach-room through chat): the connection observes only; arm it with: arm chat --allow rooms,posts",
                    "step 1 would call bob"} <= lines
        wait_until(said, 20, "the timeline names all three")
        self.core.ctl("resolve", "INC-1", "--reason", "looked at")

    def test_04_armed_for_rooms_alone_there_is_a_room_and_not_one_word_in_it(self):
        self.core.ctl("arm", "chat", "--allow", "rooms")
        self.core.ctl("declare", "--title", "Search is slow", "--severity", "SEV3")
        room = wait_until(lambda: self.core.incident("INC-2")["rooms"], 30, "the incident has its room")[0]["room"]
        self.bob.join(room)
        self.core.ctl("log", "--incident", "INC-2", "index two is cold")
        self.bob.say(room, "is anybody there?")  # comes behind whatever was posted
        wait_until(lambda: self.core.timeline(kind="message", text="is anybody there?"), 20, "the console heard it")
        self.assertEqual([m.text for m in self.bob.seen], ["is anybody there?"])
        posts = [d["text"] for d in self.withheld("post") if d["incident"] == "INC-2"]
        self.assertTrue(any("index two is cold" in text for text in posts), posts)
        self.assertEqual({d["reason"] for d in self.withheld("post")}, {"the connection is not armed for posts"})
        for name, content in self.prosody.stored().items():
            self.assertNotIn(b"index two is cold", content, name)

    def test_05_disarmed_again_it_is_silent_again(self):
        self.core.ctl("disarm", "chat")
        before = self.prosody.stored()
        self.core.ctl("declare", "--title", "Mail is late", "--severity", "SEV4")
        self.core.ctl("log", "--incident", "INC-3", "queue is long")
        self.assertEqual(self.bob.rooms(self.prosody.muc), [])  # INC-2's is not a public one
        self.assertEqual(self.prosody.stored(), before)

    def test_06_what_was_withheld_outlives_a_kill(self):
        before = self.core.get("deliveries")
        self.gui.stop()
        self.core.kill()
        self.core.serve()
        self.assertEqual([d for d in self.core.get("deliveries") if d["delivery"] == "withheld"], [d for d in before if d["delivery"] == "withheld"])

    def test_07_what_had_no_room_gets_one_later(self):
        make = ("room", "--make", "--incident", "INC-3")
        self.assertIn("No room is made: the connection observes only; arm it with: arm chat --allow rooms,posts", self.core.refused(*make))
        self.core.ctl("arm", "chat", "--allow", "rooms")
        self.core.ctl(*make)
        wait_until(lambda: [r["room"] for r in self.core.incident("INC-3")["rooms"]] == ["inc-3@" + self.prosody.muc], 30, "the incident has its room")
        self.assertIn("INC-3 has the room inc-3@" + self.prosody.muc, self.core.refused(*make))


if __name__ == "__main__":
    main()
