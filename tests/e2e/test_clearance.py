# SPDX-License-Identifier: GPL-3.0-or-later
"""Words that are marked, on the real core: who reads them, where they do not come out, what the gate refuses, and that reading them is recorded."""
import json
import socket

from lab_servers import Prosody
from quarterdeck_lab import Core, Story, main, patient, request, wait_until

WORKSPACE = """
[[team]]
id = "legal"
members = ["dana"]
[[clearance]]
id = "rita"
class = "restricted"
people = ["rita"]
[[service]]
id = "shop"
[[business]]
id = "payroll"
data = "restricted"
[[service]]
id = "salaries"
carries = ["payroll"]
[[template]]
id = "cust"
audience = "customers"
body = "We know: {{state}}"
[[template.field]]
name = "state"
[[page]]
id = "web"
title = "Shop"
languages = ["en"]
publish = ["out"]
live = true
[[page.component]]
id = "shop"
name = "Shop"
services = ["shop"]
"""
PUB, INT, CON, RES, DAN = WORDS = [f"canary-{name}" for name in ("public", "internal", "confidential", "restricted", "dana")]
ALL = f"see [[public: {PUB}]] [[internal: {INT}]] [[confidential: {CON}]] [[restricted: {RES}]] [[restricted for legal: {DAN}]]"


class MarkedWords(Story):
    @classmethod
    def build(cls):
        cls.core = core = Core(cls.lab)
        core.init()
        core.serve()
        core.add_person("bob", "bob@localhost")
        with core.changed_workspace() as workspace:
            with open(workspace / "people.toml", "a") as people:
                for person in ("dana", "rita"):
                    people.write(f'\n[[person]]\nid = "{person}"\nname = "{person}"\n')
            (workspace / "marked.toml").write_text(WORKSPACE)
        cls.prosody = Prosody(cls.lab).start()
        cls.prosody.connect(core, allow="rooms,posts,pages")
        cls.out = cls.lab.folder("out")
        core.connect("directory", "out", path=cls.out, interval="2s")
        core.ctl("arm", "out", "--allow", "publish")
        cls.incident = core.json("declare", "--title", "Cards fail", "--severity", "SEV2", "--service", "shop")["id"]
        wait_until(lambda: cls.core.incident()["rooms"], 30, "the room is there")

    def words(self, *line):
        text = self.core.ctl(*line).stdout
        return [w for w in WORDS if w in text]

    def reads(self):
        return [(a["person"], a["incidents"][0], a["what"]) for a in self.core.get("access") if a["kind"] == "read"]

    def test_01_each_reads_what_they_may(self):
        self.core.ctl("log", ALL)
        timeline = ("get", "timeline", "--json")
        self.assertEqual(self.words(*timeline), [PUB, INT, CON])  # the owner of the home
        self.assertEqual(self.words("--as", "bob", *timeline), [PUB, INT, CON])
        self.assertIn("[sealed: restricted, short]", self.core.ctl("--as", "bob", *timeline).stdout)
        self.assertEqual(self.reads(), [])
        self.assertEqual(self.words("--as", "dana", *timeline), [PUB, INT, CON, DAN])
        self.assertEqual(self.reads(), [("dana", self.incident, "get")])
        self.assertEqual(self.words("--as", "rita", *timeline), [PUB, INT, CON, RES])
        self.assertEqual(self.reads()[1:], [("rita", self.incident, "get")])

    def test_02_whole_lines_get_a_class(self):
        self.core.ctl("log", "canary-line ]] odd", "--class", "restricted", "--for", "dana")
        self.core.ctl("task", "canary-task", "--to", "bob", "--class", "confidential")
        self.core.ctl("decide", "canary-decision", "--for", "rita")
        seen = self.core.ctl("--as", "bob", "get", "timeline", "--json").stdout + self.core.ctl("--as", "bob", "get", "incidents", "--json").stdout
        self.assertEqual([w for w in ("canary-line", "canary-task", "canary-decision") if w in seen], ["canary-task"])
        self.assertIn("canary-line ] ] odd", self.core.ctl("--as", "dana", "get", "timeline", "--json").stdout)

    def test_03_looking_as_somebody(self):
        view = lambda whom, who="rita": self.words("--as", who, "--view-as", whom, "get", "timeline", "--json")
        self.assertEqual((view("public"), view("room:x@y"), view("page:web"), view("audience:customers")), ([PUB], [PUB, INT], [PUB], [PUB]))
        self.assertEqual((view("bob"), view("rita", "bob"), view("dana", "bob")), ([PUB, INT, CON],) * 3)
        self.assertIn("nobody", self.core.refused("--view-as", "mallory:x", "get", "timeline"))

    def test_04_the_room_hears_what_a_room_may(self):
        wait_until(lambda: self.prosody_has(INT) and self.prosody_has("[sealed: confidential, short]"), 30, "the lines were posted")
        for word in (CON, RES, DAN, "canary-line", "canary-decision", "canary-task"):
            self.assertFalse(self.prosody_has(word), word)
        self.assertTrue(self.prosody_has("[sealed: restricted, short]"))

    def prosody_has(self, word):
        """Whether the chat server ever stored it: its rooms' archives are files."""
        return any(word.encode() in content for content in self.prosody.stored().values())

    def test_05_the_gate_names_the_part_and_the_way_out(self):
        send = ("update", "--template", "cust", "--set", f"state=cards fail [[restricted: {RES}]] today")
        refusal = self.core.refused(*send)
        for part in ("customers", "[sealed: restricted, short]", "--remove-marked", "Nothing was sent"):
            self.assertIn(part, refusal)
        self.assertNotIn(RES, refusal)
        self.core.ctl(*send, "--remove-marked")
        self.assertIn("We know: cards fail today", self.core.ctl("get", "timeline", "--json").stdout)
        self.assertIn("took what was marked restricted out of update/1", self.core.ctl("get", "timeline", "--json").stdout)
        self.assertIn("--remove-marked", self.core.refused("message", "draft", "--title", "Cards", "--text", f"x [[internal: {INT}]]", "--to", "page:web"))
        post = ("page", "post", "web", "--phase", "investigating", "--title", "Cards fail", "--text", f"Cards [[public: {PUB}]] fail [[internal: {INT}]].")
        self.assertIn("status page web", self.core.refused(*post))
        self.core.ctl(*post, "--remove-marked")

    def test_06_the_page_has_no_word_and_no_bracket(self):
        wait_until(lambda: (self.out / "web/index.html").exists() and PUB in (self.out / "web/index.html").read_text(), 30, "it is published")
        live = request("GET", self.core.ready["listen"] + "/status/web").body.decode()
        for text in [live] + [f.read_text() for f in self.out.rglob("*") if f.is_file()]:
            for word in WORDS[1:] + ["[[", "sealed:"]:
                self.assertNotIn(word, text)

    def test_07_search_finds_no_sealed_word_and_shows_none(self):
        wait_until(lambda: self.core.json("search", "see", "--json")["total"] > 0, 20, "the line is found")
        found = lambda word, who="bob": json.loads(self.core.ctl("--as", who, "search", f'"{word}"', "--json").stdout)["total"]
        self.assertGreater(found(INT), 0)  # as a word that may be found is
        for word in (CON, RES, DAN):
            for who in ("bob", "dana", "rita"):
                self.assertEqual(found(word, who), 0, (word, who))

    def test_08_a_restricted_incident_is_recorded_as_read_by_search_and_window(self):
        other = self.core.json("declare", "--title", "wagescanary unpaid", "--service", "salaries", "--no-room")["id"]
        before = self.reads()
        wait_until(lambda: json.loads(self.core.ctl("--as", "bob", "search", "wagescanary", "--json").stdout)["total"] > 0, 20, "it is found")
        self.assertIn(("bob", other, "search"), self.reads())
        self.assertNotIn(("bob", other, "search"), before)
        # A window: it follows the records, and is let in once it is recorded who sits there.
        user = self.core.status()["user"]
        with socket.socket(socket.AF_UNIX) as window:
            window.connect(self.core.ready["control"])
            window.sendall(b"\x00\x00\x00\x08F" + (1).to_bytes(8, "little"))
            window.settimeout(patient(20))
            seen = b""
            while b"wagescanary" not in seen:
                piece = window.recv(1 << 20)
                self.assertTrue(piece, "the window was cut off")
                seen += piece
        self.assertIn((user, other, "window"), self.reads())
        for word in (RES, DAN, "canary-line", "canary-decision"):
            self.assertNotIn(word.encode(), seen)
        self.assertIn(CON.encode(), seen)

    def test_09_an_export_has_neither_the_words_nor_their_keys(self):
        plain, inside, whole = (self.lab.dir / name for name in ("plain.json", "inside.json", "whole.json"))
        said = self.core.ctl("export", "--incident", self.incident, "--out", str(plain)).stdout
        self.assertIn("kept out", said)
        self.core.ctl("export", "--incident", self.incident, "--out", str(inside), "--class", "confidential")
        outside = self.core.run("export", "--incident", self.incident, "--out", str(self.lab.dir / "outside.json"), "--class", "public")
        self.assertEqual((outside.returncode, (self.lab.dir / "outside.json").exists()), (1, False), outside.stderr)  # what is not marked is internal
        self.assertIn("what is not marked is internal", outside.stderr)
        before = self.reads()
        self.core.ctl("export", "--incident", self.incident, "--out", str(whole), "--class", "restricted")
        user = self.core.status()["user"]
        self.assertEqual([r for r in self.reads() if r not in before], [(user, self.incident, "export")])
        for file, seen in ((plain, []), (inside, []), (whole, [CON, RES, DAN])):
            text = file.read_text()
            self.assertEqual([w for w in (CON, RES, DAN) if w in text], seen, file)
            self.assertIn(json.loads(self.core.ctl("verify", str(file), "--json").stdout)["result"], ("authentic", "consistent"))
        self.assertIn("canary-task", inside.read_text())
        self.assertNotIn("canary-task", plain.read_text())
        self.core.stop()
        gone = self.core.run("export", "--incident", self.incident, "--out", str(self.lab.dir / "later.json"), "--class", "restricted")
        self.assertEqual((gone.returncode, (self.lab.dir / "later.json").exists()), (3, False))
        self.assertIn("start the core", gone.stderr)
        self.core.serve()

    def test_10_a_restarted_core_says_the_same(self):
        before = self.core.ctl("--as", "bob", "get", "timeline", "--json").stdout
        self.core.restart()
        after = self.core.ctl("--as", "bob", "get", "timeline", "--json").stdout
        self.assertEqual(json.loads(before)["items"], json.loads(after)["items"][:len(json.loads(before)["items"])])

    def test_11_the_running_month_of_access_is_not_erased(self):
        month = self.core.get("access")[0]["at"][:7]
        refusal = self.core.refused("erase", "--stream", f"access/{month}", "--reason", "nobody needs it", "--yes", f"access/{month}")
        self.assertIn("is kept until", refusal)
        self.assertTrue(self.reads())

    def test_12_a_line_gets_its_class_afterwards(self):
        name, text = "canary-jane", "the customer canary-jane called from Bonn"
        self.core.ctl("log", text, "--incident", self.incident)
        line = next(e for e in self.core.get("timeline") if e["text"].endswith(text))
        self.core.ctl("log", f"asked again: {text}, twice", "--incident", self.incident)
        wait_until(lambda: self.prosody_has(name) and {d["delivery"] for d in self.core.get("deliveries") if name in d["text"]} == {"confirmed"}, 30, "the room has it, and that is known")
        before = json.loads(self.core.ctl("get", "timeline", "--json").stdout)["seq"]
        searched = lambda: json.loads(self.core.ctl("--as", "bob", "search", f'"{name}"', "--json").stdout)["total"]
        wait_until(lambda: searched() > 0, 20, "it is found")
        done = self.core.ctl("classify", self.incident, str(line["seq"]), "--class", "restricted", "--for", "legal", "--reason", "who it was")
        self.assertGreater(json.loads(done.stdout)["seq"], before)
        self.assertIn("It stands already in the room", done.stderr)
        self.assertNotIn(name, done.stderr)
        present, past = ("get", "timeline", "--json"), ("get", "timeline", "--json", "--at", f"seq:{before}")
        for who in ("bob", "rita"):
            for ask in (present, past, ("get", "incidents", "--json"), ("brief", self.incident), ("get", "deliveries", "--json")):
                self.assertNotIn(name, self.core.ctl("--as", who, *ask).stdout, (who, ask))
        self.assertIn("[sealed: restricted, ", self.core.ctl("--as", "rita", *past).stdout)  # a clearance is not enough where it is for some
        for ask in (present, past):
            self.assertGreaterEqual(self.core.ctl("--as", "dana", *ask).stdout.count(name), 2, ask)
        wait_until(lambda: searched() == 0, 20, "it is not found any more")
        kept = self.lab.dir / "classed.json"
        self.assertIn("kept out", self.core.ctl("export", "--incident", self.incident, "--out", str(kept), "--class", "confidential").stdout)
        self.assertNotIn(name, kept.read_text())
        self.assertIn(json.loads(self.core.ctl("verify", str(kept), "--json").stdout)["result"], ("authentic", "consistent"))

    def test_13_it_is_lowered_by_who_may_read_it_and_a_restart_changes_nothing(self):
        name = "canary-jane"
        seq = next(str(e["seq"]) for e in json.loads(self.core.ctl("--as", "dana", "get", "timeline", "--json").stdout)["items"] if name in e["text"] and "asked again" not in e["text"])
        self.assertIn("may not read", self.core.refused("--as", "bob", "classify", self.incident, seq, "--class", "internal"))
        self.assertIn("already", self.core.refused("classify", self.incident, seq, "--class", "restricted", "--for", "legal"))
        self.assertIn("no person or team", self.core.refused("classify", self.incident, seq, "--for", "mallory"))
        self.core.restart()
        self.assertNotIn(name, self.core.ctl("--as", "bob", "get", "timeline", "--json").stdout)
        self.core.ctl("--as", "dana", "classify", self.incident, seq, "--class", "internal")
        self.assertGreaterEqual(self.core.ctl("--as", "bob", "get", "timeline", "--json").stdout.count(name), 2)
        self.assertIn("is classed no more", self.core.ctl("get", "timeline", "--json").stdout)


if __name__ == "__main__":
    main()
