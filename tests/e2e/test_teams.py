# SPDX-License-Identifier: GPL-3.0-or-later
"""A channel of Microsoft Teams that is posted to and not heard, by a workflow's webhook (lab_teams.py): its address is a secret, unarmed nothing is
written, every incident is told of in it, what is refused is said in words, and everywhere it is called what it is."""
import os

import lab_teams
from quarterdeck_lab import Core, Story, free_port, main, request, wait_until


class AChannelOfTeams(Story):
    @classmethod
    def build(cls):
        cls.lab.secrets.add(lab_teams.SECRET)  # part of the address
        lab = cls.lab
        cls.core = core = Core(lab)
        core.init()
        core.serve()
        cls.port = free_port()
        lab_teams.serve(None, cls.port)
        cls.address = lab.write("workflow.url", lab_teams.address(cls.port) + "\n")
        os.chmod(cls.address, 0o600)

    def teams(self, what="posts", **given):
        return request("POST", f"http://127.0.0.1:{self.port}/lab/{what}", given).json

    def posted(self, text):
        return wait_until(lambda: [p for p in self.teams()["posts"] if text in p], 30, f"{text!r} is posted")

    def deliveries(self, **fields):
        return [d for d in self.core.get("deliveries") if all(d[n] == v for n, v in fields.items())]

    def test_01_its_help_says_what_it_is(self):
        said = self.core.run("connect", "--help").stdout
        self.assertIn("teams (post-only", said)
        self.assertIn("nobody there can", " ".join(said.split()))
        self.assertIn("--url-file", self.core.run("connect", "teams", "--name", "ops").stderr)
        self.assertIn("--url-file", self.core.run("connect", "teams", "--name", "ops", "--url", "https://x.example").stderr)

    def test_02_unarmed_nothing_is_written(self):
        self.core.connect("teams", "ops", url_file=self.address)
        wait_until(lambda: self.core.source("ops")["state"] == "live", 20, "it is there")
        self.core.ctl("declare", "--title", "Only watched", "--severity", "SEV3")
        wait_until(lambda: self.deliveries(delivery="withheld", effect="room"), 20, "it is withheld")
        self.assertEqual(self.teams()["posts"], [])

    def test_03_it_takes_no_pages(self):
        self.assertIn("pages", self.core.refused("arm", "ops", "--allow", "pages"))

    def test_04_every_incident_is_told_of_in_the_one_channel(self):
        self.core.ctl("arm", "ops", "--allow", "rooms,posts")
        for number, title in ((2, "Checkout is down"), (3, "Search is slow")):
            self.core.ctl("declare", "--title", title, "--severity", "SEV2")
            rooms = wait_until(lambda n=number: self.core.incident(f"INC-{n}")["rooms"], 20, "it has the channel")
            self.assertEqual(rooms, [{"connection": "ops", "room": "channel@ops.teams", "created": False, "attached": False, "isPrivate": False, "leftAt": None, "archivedAt": None, "topicAgain": None}])
            self.core.ctl("log", "--incident", f"INC-{number}", f"looking into {number}")
            self.assertIn(f"INC-{number}", self.posted(f"looking into {number}")[0])
        wait_until(lambda: {d["delivery"] for d in self.deliveries(connection="ops") if d["delivery"] != "withheld"} == {"confirmed"}, 30, "all of it is confirmed")
        self.assertIn("does not say whether it was shown", {d["reason"] for d in self.deliveries(connection="ops", effect="post", delivery="confirmed")}.pop())

    def test_05_a_refusal_is_said_in_words(self):
        self.teams("answer", status=404, code="WorkflowNotFound", message="The workflow could not be found.")
        self.core.ctl("log", "--incident", "INC-2", "into a workflow that is gone")
        failed = wait_until(lambda: self.deliveries(connection="ops", delivery="failed"), 20, "it failed")
        self.assertIn("no such workflow any more", failed[0]["reason"])
        wait_until(lambda: "no such workflow" in str(self.core.source("ops")), 20, "the connection says so")
        self.core.ctl("log", "--incident", "INC-2", "it is back")
        self.posted("it is back")
        wait_until(lambda: self.core.source("ops")["state"] == "live", 20, "it is well again")

    def test_06_a_killed_core_posts_nothing_twice(self):
        posts = self.teams()["posts"]
        self.core.kill()
        self.core.serve()
        wait_until(lambda: self.core.source("ops")["state"] == "live", 20, "it is there")
        self.core.ctl("log", "--incident", "INC-2", "after the kill")
        self.posted("after the kill")
        self.assertEqual(self.teams()["posts"][:len(posts)], posts)
        self.assertEqual(len(self.teams()["posts"]), len(posts) + 1)

    def test_07_the_address_is_in_no_file_but_its_own(self):
        self.core.assert_secret_only_in(lab_teams.SECRET, "ops.address")  # it is its URL, so that a peer's own record has it
        self.assertEqual(oct((self.core.home / "secrets/ops.address").stat().st_mode & 0o777), "0o600")


if __name__ == "__main__":
    main()
