# SPDX-License-Identifier: GPL-3.0-or-later
"""Nothing can be recorded, and people are called all the same: a page goes through a real chat server, is answered in the room, and is recorded late."""
import resource

from lab_chat import Person
from lab_servers import Prosody
from quarterdeck_lab import Core, Story, main, request, wait_until


def alert(name, **labels):
    return {"labels": {"alertname": name, **labels}, "annotations": {"summary": name}}


class PagesGoOnWhileNothingIsRecorded(Story):
    @classmethod
    def build(cls):
        lab = cls.lab
        cls.core = core = Core(lab)
        core.init()
        core.serve_options = ["--emergency", lab.dir / "elsewhere"]
        core.serve()
        core.add_person("bob", "bob@localhost")
        core.add_paging_shop("bob")
        cls.url = core.connect("inbound", "door")["urls"]["alerts"]
        cls.prosody = Prosody(lab).start()
        cls.prosody.connect(core, "rooms,posts,pages")

    def limit(self, size):
        resource.prlimit(self.core.process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    def test_01_an_incident_has_its_room_and_the_disk_takes_nothing_any_more(self):
        self.core.ctl("declare", "--title", "Shop is slow", "--severity", "SEV3")
        type(self).room = wait_until(lambda: self.core.incident()["rooms"], 30, "the incident has a room")[0]["room"]
        type(self).bob = Person(self.lab, "bob", self.prosody.c2s_port)
        self.bob.join(self.room)
        self.limit((self.core.home / "journal.db-wal").stat().st_size)
        for n in range(5000):
            if request("POST", self.url, [alert(f"Fill{n}", note="x" * 3000)]).status == 503:
                break
        wait_until(lambda: not self.core.status()["recorded"], 10, "nothing is recorded")

    def test_02_what_fires_now_calls_the_person_in_the_room(self):
        since = len(self.bob.seen)
        self.assertEqual(request("POST", self.url, [alert("CheckoutDown", service="shop", severity="critical")]).status, 503)
        self.core.ctl("declare", "--title", "Checkout is down", "--severity", "SEV1", "--service", "shop", "--alert",
                      self.core.alert(alertname="CheckoutDown")["key"])
        escalation = wait_until(lambda: self.core.incident("INC-2")["escalations"], 20, "somebody is being called")[0]
        page = wait_until(lambda: [d for d in self.core.get("deliveries") if d["effect"] == "page"], 20, "the page is on its way")[0]
        wait_until(lambda: next(d for d in self.core.get("deliveries") if d["number"] == page["number"])["delivery"] == "confirmed", 30, "it arrived")
        self.assertFalse(escalation["acknowledgedBy"])
        self.assertEqual(self.bob.wait_for(page["text"], since=since).nick, "ic@localhost")
        # The new incident has a room of its own, made while nothing is recorded.
        type(self).room = wait_until(lambda: self.core.incident("INC-2")["rooms"], 20, "the new incident has a room")[0]["room"]
        self.bob.join(self.room)

    def test_03_the_answer_in_the_room_ends_the_call(self):
        self.bob.say(self.room, "!log I hear you")
        wait_until(lambda: self.core.timeline(kind="log", text="I hear you"), 20, "the line is there")
        self.bob.say(self.room, "!ack")
        self.bob.wait_for("Acknowledged by Bob.")
        self.assertEqual([e["acknowledgedBy"] for e in self.core.incident("INC-2")["escalations"]], ["bob"])
        self.assertFalse(self.core.status()["recorded"])

    def test_04_with_room_again_all_of_it_is_recorded_late(self):
        self.limit(resource.RLIM_INFINITY)
        wait_until(lambda: self.core.status()["recorded"], 15, "it is recorded again")
        self.assertTrue(self.core.timeline(kind="log", text="I hear you")[0]["recordedLate"])
        pages = [d for d in self.core.get("deliveries") if d["effect"] == "page"]
        self.core.kill()
        self.core.serve()
        self.assertEqual([(d["number"], d["delivery"]) for d in self.core.get("deliveries") if d["effect"] == "page"], [(d["number"], d["delivery"]) for d in pages])
        self.core.stop()
        self.assertEqual(self.core.json("verify", "--json", "--origin-key", self.core.printed["verification key"])["result"], "authentic")


if __name__ == "__main__":
    main()
