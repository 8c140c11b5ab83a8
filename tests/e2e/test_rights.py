# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may do what, on the real core and a real chat server: rights, an address bound by a word, the first minutes from a phone, a right taken."""
import json
import re

from lab_accessible import Screen
from lab_chat import Person
from lab_display import Display
from lab_servers import Prosody
from quarterdeck_lab import Core, Story, main, until, wait_until

RIGHTS = """
[[right]]
id = "admins"
role = "administer"
people = ["mara"]
[[right]]
id = "shop"
role = "command"
people = ["bob"]
services = ["shop"]
[[right]]
id = "eyes"
role = "observe"
everybody = true
"""
SERVICES = """
[[business]]
id = "payroll"
data = "restricted"
[[service]]
id = "shop"
name = "Shop"
[[service]]
id = "salaries"
name = "Salaries"
carries = ["payroll"]
"""


class RightsHold(Story):
    @classmethod
    def build(cls):
        cls.core = core = Core(cls.lab)
        core.init()
        core.serve()
        core.add_person("bob", "bob@localhost")
        core.add_person("mara", "mara@localhost")
        with core.changed_workspace() as workspace:
            with open(workspace / "people.toml", "a") as people:
                people.write('\n[[person]]\nid = "eve"\nname = "Eve"\n')
            (workspace / "services.toml").write_text(SERVICES)
        cls.prosody = Prosody(cls.lab).start()
        cls.prosody.connect(core, allow="rooms,posts,pages")

    def may(self, *line):
        return self.core.json("may", *line, "--json")

    def test_01_without_rights_nobody_is_limited(self):
        self.assertEqual(self.core.get("rights"), [])
        self.assertEqual((self.may("eve", "take")["may"], self.may("eve", "take")["by"]), (True, "no rights are written"))
        self.assertIn("there is none to take", self.core.refused("--as", "eve", "break-glass", "--role", "command", "--reason", "r"))

    def test_02_bad_rights_are_refused_with_file_and_line_and_the_last_good_ones_stay(self):
        self.core.put("rights.toml", '[[right]]\nid = "x"\nrole = "god"\npeople = ["mara"]\n')
        notice = wait_until(lambda: self.core.status()["notice"], 10, "the mistake is said")
        self.assertIn('rights.toml:3: "god" is not known for role', notice)
        self.assertEqual(self.core.get("rights"), [])

    def test_03_rights_hold_as_soon_as_they_are_written(self):
        self.core.put("rights.toml", RIGHTS)
        wait_until(lambda: len(self.core.get("rights")) == 3, 10, "the rights hold")
        self.assertEqual([r["id"] for r in self.core.get("rights")], ["admins", "eyes", "shop"])
        self.assertTrue(self.may("bob", "take", "--service", "shop")["may"])
        self.assertFalse(self.may("bob", "take", "--service", "salaries")["may"])
        self.assertFalse(self.may("bob", "take")["may"])
        no = self.core.ctl("may", "bob", "connection.arm").stdout
        self.assertTrue(no.startswith("no: Bob may not do connection.arm (it reaches all of the console): the role administer is missing; there is command for shop (right shop)"), no)
        self.assertIn("by Mara, the owner of this home", no)

    def test_04_the_command_line_keeps_to_them_and_the_owner_administers(self):
        self.core.json("declare", "--title", "Shop is down", "--service", "shop", "--severity", "SEV2")
        self.core.json("declare", "--title", "Nobody is paid", "--service", "salaries", "--no-room")
        self.assertIn("the role respond is missing", self.core.refused("--as", "eve", "log", "--incident", "INC-1", "hello"))
        self.assertIn("the role command is missing", self.core.refused("--as", "bob", "take", "--incident", "INC-2"))
        self.assertIn("the role administer is missing", self.core.refused("--as", "bob", "disarm", "chat"))
        self.core.ctl("--as", "bob", "log", "--incident", "INC-1", "I look")
        self.core.ctl("log", "--incident", "INC-2", "so do I")  # the owner, named nowhere

    def test_05_an_address_is_bound_by_a_word_said_to_the_console_alone(self):
        type(self).room = wait_until(lambda: (self.core.incident("INC-1")["rooms"] or [{}])[0].get("room"), 30, "the incident has a room")
        type(self).eve = Person(self.lab, "eve", self.prosody.c2s_port)
        self.eve.join(self.room)
        self.eve.say(self.room, "!who")
        self.eve.wait_for("Not done: this address is not bound to a person")
        self.assertIn("the role administer is missing", self.core.refused("--as", "eve", "bind", "eve", "--connection", "chat"))
        said = self.core.json("--as", "mara", "bind", "eve", "--connection", "chat", "--json")["say"]
        self.assertRegex(said, r"^!bind [a-z]+(-[a-z]+){3}$")
        self.eve.tell("ic@localhost", "!bind not-the-word-here")
        self.eve.wait_for("Not bound: nobody is asked for this word here.")
        self.eve.tell("ic@localhost", said)
        self.eve.wait_for("Eve speaks from here now.")
        bound = [i for i in self.core.get("identities") if i["origin"] == "word"]
        self.assertEqual([(i["address"], i["person"], i["connection"]) for i in bound], [("eve@localhost", "eve", "chat")])
        self.eve.say(self.room, "!who")
        self.eve.wait_for("INC-1: nobody commands")
        self.eve.tell("ic@localhost", said)  # used up
        self.eve.say(self.room, "!take")
        self.eve.wait_for("the role command is missing")

    def test_06_the_first_minutes_from_a_phone(self):
        type(self).bob = bob = Person(self.lab, "bob", self.prosody.c2s_port)
        bob.join(self.room)
        for line, answer in (("!take", "Bob is Incident Commander."), ("!sev SEV1 nobody can buy", "INC-1 is SEV1."), ("!decision roll back", "Noted: decision."),
                             ("@eve read the log 10m", "Noted: task."), ("> customers 20m", "Noted: promise."), ("!who", "INC-1: Bob commands")):
            bob.say(self.room, line)
            bob.wait_for(answer)
        bob.say(self.room, "!resolve rolled back")
        asked = bob.wait_for("Bob: to resolve INC-1, say !yes ")
        word = re.search(r"!yes (\S+)", asked.text).group(1)
        self.eve.say(self.room, "!yes " + word)
        self.eve.wait_for("nothing of yours waits for a word here")
        self.assertEqual(self.core.incident("INC-1")["status"], "active")
        said = bob.say(self.room, "never mind")
        bob.edit(self.room, said, "!yes " + word)  # an edit is no command
        wait_until(lambda: self.core.timeline(text="!yes " + word, actor="bob"), 10, "the edit is on the timeline")
        self.assertEqual(self.core.incident("INC-1")["status"], "active")
        bob.say(self.room, "!yes " + word)
        bob.wait_for("INC-1 is resolved.")
        self.assertEqual(self.core.incident("INC-1")["status"], "resolved")

    def test_07_a_right_is_taken_for_a_time_and_two_others_are_told(self):
        self.assertIn("--reason", self.core.run("--as", "eve", "break-glass", "--role", "command").stderr)
        taken = self.core.json("--as", "eve", "break-glass", "--role", "command", "--incident", "INC-2", "--for", "20m", "--reason", "everybody else is on a plane")
        self.assertEqual(taken["id"], "glass/1")
        self.core.ctl("--as", "eve", "take", "--incident", "INC-2")
        told = wait_until(lambda: [d for d in self.core.get("deliveries") if d["subject"] == "glass/1"], 20, "whoever of the two has an address is told")
        self.assertTrue(all("Eve took the right to command for INC-2" in d["text"] for d in told), told)
        entry = next(a for a in self.core.get("access") if a["kind"] == "break-glass")
        self.assertEqual((entry["person"], entry["role"], entry["incidents"], entry["reason"]), ("eve", "command", ["INC-2"], "everybody else is on a plane"))
        self.assertEqual((entry["told"][0], len(entry["told"]), "eve" in entry["told"]), ("mara", 2, False))  # who administers first
        self.core.ctl("--as", "mara", "end-break-glass", "1")
        self.assertIn("the role command is missing", self.core.refused("--as", "eve", "decide", "--incident", "INC-2", "pay by hand"))

    def test_08_who_sees_a_restricted_incident_is_recorded_first(self):
        before = [a for a in self.core.get("access") if a["kind"] == "read"]
        self.core.run("--as", "bob", "get", "timeline", "--incident", "INC-2", "--json")
        self.core.run("--as", "bob", "get", "timeline", "--incident", "INC-1", "--json")
        reads = [a for a in self.core.get("access") if a["kind"] == "read" and a not in before]
        self.assertEqual([(a["person"], a["incidents"], a["what"]) for a in reads], [("bob", ["INC-2"], "get timeline")])

    def test_09_what_was_refused_in_chat_is_counted(self):
        def counted():
            return sum(a["count"] for a in self.core.get("access") if a["kind"] == "refused" and a["person"].startswith("eve@"))
        self.assert_becomes(counted, 3, "each of them is counted")

    def test_10_all_of_it_outlives_a_restart_and_the_log_verifies(self):
        before = self.core.get_text("access"), self.core.get_text("identities")
        self.core.stop()
        self.core.serve()
        self.assertEqual([json_items(t) for t in before], [json_items(self.core.get_text(w)) for w in ("access", "identities")])
        self.core.stop()
        self.assertEqual(self.core.run("verify").returncode, 0)


class TheWindowSaysWhichRoleIsMissing(Story):
    @classmethod
    def build(cls):
        cls.core = core = Core(cls.lab)
        core.init()
        with open(core.home / "workspace/people.toml", "a") as people:
            people.write('\n[[person]]\nid = "eve"\nname = "Eve"\n[[person]]\nid = "mara"\nname = "Mara"\n')
        (core.home / "workspace/rights.toml").write_text('[[right]]\nid = "admins"\nrole = "administer"\npeople = ["mara"]\n')
        core.serve()
        core.json("declare", "--title", "Shop is down", "--no-room")
        cls.display = Display(cls.lab)
        cls.screen = Screen(cls.display)
        cls.gui = cls.display.console("--home", core.home, "--as", "eve")
        cls.window = cls.display.wait_for_window(cls.gui, "INC-1", 60)

    def test_01_what_is_refused_is_said_with_the_role_and_who_could_give_it(self):
        self.display.keys(self.window, "ctrl+shift+t")
        said = wait_until(lambda: [n for n in self.screen.names() if "the role command is missing" in n], 20, "the window says why")[0]
        self.assertIn("Eve may not do incident.take for INC-1", said)
        self.assertIn("by Mara, the owner of this home", said)
        self.assertEqual(self.core.incident()["commander"], "")

    def test_02_with_the_right_it_is_done(self):
        with self.core.changed_workspace() as workspace, open(workspace / "rights.toml", "a") as rights:
            rights.write('[[right]]\nid = "eve"\nrole = "command"\npeople = ["eve"]\nincidents = ["INC-1"]\n')
        until(lambda: self.display.keys(self.window, "ctrl+shift+t"), lambda: self.core.incident()["commander"] == "eve", "eve commands", pause=10)


def json_items(text):
    return json.loads(text)["items"]


if __name__ == "__main__":
    main()
