# SPDX-License-Identifier: GPL-3.0-or-later
"""What leaves a review: renditions for inside and outside as files of every format, the leak check that blocks, a page at Confluence, a message for a status page;
actions that become issues of GitHub, GitLab and Jira, of Cloud and Data Center, are given to who owns them and followed there. Over fakes that clients of npm's accept."""
import csv
import hashlib
import json
import re
import shlex
import subprocess
import unicodedata
import zipfile

from lab_trackers import Trackers
from quarterdeck_lab import Core, Story, judged, main, need, wait_until

WORKSPACE = """
[[person]]
id = "ana"
name = "Ana Amsel"
[[person]]
id = "ben"
name = "Ben Birke"
accounts = [{ tracker = "hub", name = "ben-gh" }, { tracker = "lab", name = "ben-gl" }, { tracker = "jira", name = "557058:ben" }, { tracker = "dc", name = "bbirke" }, { tracker = "nowhere", name = "ben" }]
[[person]]
id = "eve"
name = "Eve Abara"
accounts = [{ tracker = "hub", name = "eve-gh" }]
[[service]]
id = "checkout"
[[page]]
id = "shop"
title = "Shop status"
url = "https://status.example.org"
publish = ["web"]
[[page.component]]
id = "checkout"
name = "Checkout"
services = ["checkout"]
[review]
customers = ["Acme Corp"]
internal_domains = ["corp.example.net"]
"""
HUSH = "HUSHCANARY"
SUMMARY = f"""Ana Amsel **saw [[confidential: {HUSH} of** 40 customers]] that payments failed.

- one cell was slow
- [[restricted for ben: {HUSH}
- {HUSH}]] and the rest was not

| what | when |
| --- | --- |
| a [[confidential: {HUSH}]] b | 14:00 |
"""


class AReviewGoesOut(Story):
    @classmethod
    def build(cls):
        cls.core = core = Core(cls.lab)
        core.init()
        (core.home / "workspace/review-out.toml").write_text(WORKSPACE)
        core.serve()
        cls.trackers = Trackers()
        cls.lab.on_close(cls.trackers.close)
        token = cls.lab.write("tracker.token", cls.trackers.TOKEN)
        token.chmod(0o600)
        url = cls.trackers.url
        core.connect("github", "hub", url=url + "/github", path="acme/shop", token_file=token, interval="1s")
        core.connect("gitlab", "lab", url=url + "/gitlab", path="acme/shop", token_file=token, interval="1s")
        core.connect("jira", "jira", url=url + "/jira", path="SHOP", user=cls.trackers.MAIL, token_file=token, interval="1s", issue_type="Bug")
        core.connect("jira", "dc", url=url + "/jiradc", path="SHOP", token_file=token, interval="1s")
        core.connect("confluence", "wiki", url=url + "/wiki", path="OPS", user=cls.trackers.MAIL, token_file=token)
        cls.public = cls.lab.folder("public")
        core.connect("directory", "web", path=cls.public, interval="2s")
        core.ctl("arm", "web", "--allow", "publish")
        core.ctl("--as", "ana", "declare", "--title", "Checkout was slow", "--severity", "SEV3", "--service", "checkout", "--no-room")
        core.ctl("--as", "ana", "take")
        core.ctl("--as", "ana", "resolve", "INC-1", "--reason", "rolled back")
        core.ctl("--as", "ana", "review", "open", "INC-1", "--ask", "-")
        cls.write("summary", SUMMARY)
        for n, text in enumerate(("Roll out to one cell first", "Alert on the slowest cell", "Write the runbook", "Ask the vendor"), 1):
            core.ctl("--as", "ana", "review", "action", "INC-1", text, "--owner", "ben", "--due", "30d", "--strength", "engineer")

    @classmethod
    def write(cls, section, text):
        shown = cls.core.run("--as", "ana", "review", "show", "INC-1", "--section", section, "--json")
        base = json.loads(shown.stdout)["revision"] if shown.returncode == 0 else 0
        cls.core.ctl("--as", "ana", "review", "write", "INC-1", section, cls.lab.write(section + ".md", text), "--base", base)

    def action(self, number):
        return next(a for a in self.core.get("actions") if a["action"] == number)

    def tracked(self, number):
        return self.action(number)["tracked"] or {"key": "", "closed": None, "assignee": None}

    def published(self, **fields):
        return [p for p in self.core.get("library") if all(p[n] == v for n, v in fields.items())]

    def test_00_clients_of_npm_take_ours_for_the_vendors(self):
        fake = Trackers()
        self.assertEqual(judged("trackers.mjs", ["@octokit/rest", "@gitbeaker/rest", "jira.js", "confluence.js"], fake.url, fake.TOKEN, fake.MAIL, env=self.lab.env), "judged")
        fake.close()

    def test_01_what_would_leak_is_named_and_blocks_every_way_out(self):
        self.write("impact", "Acme Corp was hit through db1.corp.example.net (10.1.2.3), said ben@example.org.")
        done = self.core.run("review", "leaks", "INC-1", "--audience", "public")
        self.assertEqual(done.returncode, 1)
        for words in ("Acme Corp", "db1.corp.example.net", "10.1.2.3", "ben@example.org"):
            self.assertIn(words, done.stdout)
        out = self.lab.dir / "leak.md"
        for line in (("--format", "md", "--out", out), ("--format", "pdf", "--out", out), ("--to-page", "shop"), ("--at", "wiki")):
            refused = self.core.run("--as", "ana", "review", "publish", "INC-1", "--audience", "public", *line)
            self.assertEqual((refused.returncode, refused.stdout), (1, ""), line)
        self.assertFalse(out.exists())
        self.assertEqual((self.core.get("library"), self.core.get("messages"), self.trackers.wrote("wiki")), ([], [], []))
        # Whoever answers the core by hand is refused as well.
        digest = hashlib.sha256(b"x").hexdigest()
        self.assertIn("leak check", self.core.refused("call", "review.published", json.dumps({"incident": "INC-1", "audience": "public", "format": "pdf", "digest": digest})))
        self.core.ctl("--as", "ana", "review", "allow", "INC-1", "Acme Corp", "--reason", "they asked to be named")
        self.assertNotIn("is a customer", self.core.run("review", "leaks", "INC-1", "--audience", "public").stdout)
        self.write("impact", "Some payments failed.")
        self.assertEqual(self.core.ctl("review", "leaks", "INC-1", "--audience", "public").stdout, "nothing was found\n")

    def test_02_files_of_every_format_hold_what_their_readers_may_have(self):
        for audience in ("public", "internal"):
            for form in ("md", "html", "txt", "pdf", "odt"):
                out = self.lab.dir / f"{audience}.{form}"
                self.core.ctl("--as", "ana", "review", "publish", "INC-1", "--audience", audience, "--format", form, "--out", out)
                text = self.words_of(out)
                self.assertNotIn(HUSH, text, (audience, form))
                self.assertNotIn(HUSH.encode(), out.read_bytes(), (audience, form))
                self.assertEqual("sealed: confidential" in text.replace("\\", ""), audience == "internal", (audience, form, text))
                self.assertEqual("Ana Amsel" in text, audience == "internal", (audience, form))
                self.assertIn("one cell was slow", text)
                self.assertEqual("DRAFT: this review is not reviewed yet" in re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", text)), audience == "public", (audience, form))
                self.assertEqual("Ben Birke" in text, audience == "internal", (audience, form))
                self.assertEqual(self.published(audience=audience, format=form)[-1]["digest"], hashlib.sha256(out.read_bytes()).hexdigest())
        self.assertIn("The incident commander **saw** that payments failed", (self.lab.dir / "public.md").read_text())
        self.assertIn("default-src 'none'", (self.lab.dir / "public.html").read_text())
        self.assertTrue(self.core.run("--as", "ana", "review", "publish", "INC-1", "--audience", "public", "--out", self.lab.dir / "public.md").stderr.strip(), "a file there is not overwritten")

    def words_of(self, file):
        if file.suffix == ".pdf": # "ﬁ" is one letter there
            return unicodedata.normalize("NFKC", subprocess.run([need("/usr/bin/pdftotext", "poppler-utils"), "-layout", file, "-"], capture_output=True, text=True, check=True).stdout)
        if file.suffix == ".odt":
            with zipfile.ZipFile(file) as archive:
                return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
        return file.read_text()

    def test_03_a_message_for_the_page_goes_the_way_of_every_message(self):
        self.write("narrative", "It was slow. " * 400)
        self.assertIn("write the section external", self.core.refused("--as", "ana", "review", "publish", "INC-1", "--audience", "customers", "--to-page", "shop"))
        self.write("external", f"We are sorry: for a while one cell was slow [[internal: {HUSH}]]. Changes reach one cell first now.")
        self.core.ctl("--as", "ana", "review", "publish", "INC-1", "--audience", "customers", "--to-page", "shop")
        message = self.core.get("messages")[-1]
        self.assertEqual((message["incident"], message["to"], message["audience"]), ("INC-1", ["page:shop"], "customers"))
        text = message["versions"][-1]["text"]
        self.assertIn("for a while one cell was slow. Changes reach", text)
        self.assertNotIn(HUSH, text)
        self.assertNotIn("It was slow. It was slow.", text)
        self.core.ctl("--as", "ana", "message", "release", 1, "--incident", "INC-1")
        page = wait_until(lambda: (self.public / "shop/index.html").exists() and (self.public / "shop/index.html").read_text(), 20, "the page is pushed")
        wait_until(lambda: "one cell was slow" in (self.public / "shop/index.html").read_text(), 20, "the public reads it")
        self.assertNotIn(HUSH, page)
        notices = json.loads((self.public / "shop/api/v2/incidents.json").read_text())["incidents"]
        self.assertEqual([n["status"] for n in notices], ["resolved"], "it is over, and says so")

    def test_04_a_page_at_confluence_is_one_page_however_often(self):
        self.assertIn("arm wiki --allow publish", self.core.refused("--as", "ana", "review", "publish", "INC-1", "--audience", "public", "--at", "wiki"))
        self.core.ctl("arm", "wiki", "--allow", "publish")
        self.core.ctl("--as", "ana", "review", "publish", "INC-1", "--audience", "public", "--at", "wiki")
        wait_until(lambda: self.published(format="confluence"), 20, "the page is published")
        self.core.ctl("--as", "ana", "review", "publish", "INC-1", "--audience", "public", "--at", "wiki")
        wait_until(lambda: len(self.published(format="confluence")) == 2, 20, "and again")
        self.assertEqual([p["version"] for p in self.trackers.pages.values()], [2])
        page = next(iter(self.trackers.pages.values()))
        self.assertIn("<li>one cell was slow</li>", page["storage"])
        self.assertNotIn(HUSH, page["storage"])
        self.assertIn(f"wiki/{page['id']} {self.trackers.url}/wiki/spaces/OPS/pages/{page['id']}", self.published(format="confluence")[-1]["where"])

    def test_04b_a_page_that_was_taken_away_there_is_made_again(self):
        with self.trackers.lock:
            self.trackers.pages.clear()
        self.core.ctl("--as", "ana", "review", "publish", "INC-1", "--audience", "public", "--at", "wiki")
        wait_until(lambda: len(self.published(format="confluence")) == 3, 20, "it is there again")
        self.assertEqual([p["version"] for p in self.trackers.pages.values()], [1])
        # What bears its title already is that page.
        with self.trackers.lock:
            page = next(iter(self.trackers.pages.values()))
            self.trackers.pages = {"7": {**page, "id": "7", "version": 4}}
        self.core.ctl("--as", "ana", "review", "publish", "INC-1", "--audience", "public", "--at", "wiki")
        wait_until(lambda: len(self.published(format="confluence")) == 4, 20, "it is written where it is")
        self.assertEqual([(p["id"], p["version"]) for p in self.trackers.pages.values()], [("7", 5)])

    def test_05_unarmed_no_issue_is_made(self):
        self.assertIn("arm hub --allow issues", self.core.refused("--as", "ana", "review", "track", "INC-1", 1, "--at", "hub"))
        self.assertEqual(self.trackers.wrote("github"), [])

    def test_06_an_action_is_one_issue_though_an_answer_got_lost_and_the_core_died(self):
        for connection in ("hub", "lab", "jira", "dc"):
            self.core.ctl("arm", connection, "--allow", "issues")
        self.trackers.swallowed = 1
        self.core.ctl("--as", "ana", "review", "track", "INC-1", 1, "--at", "hub")
        wait_until(lambda: self.trackers.issues["github"], 20, "it was made, and nobody heard of it")
        self.core.kill()
        self.core.serve()
        wait_until(lambda: self.tracked(1)["key"] == "1", 30, "it is found again")
        self.assertEqual(len(self.trackers.issues["github"]), 1)
        issue = self.trackers.issues["github"][1]
        self.assertEqual(issue["title"], "Roll out to one cell first")
        self.assertIn("Follows from INC-1", issue["body"])
        self.assertEqual([a["login"] for a in issue["assignees"]], ["ben-gh"], "who owns it has it")

    def test_07_the_others_too(self):
        self.trackers.limited = 1
        self.core.ctl("--as", "ana", "review", "track", "INC-1", 2, "--at", "lab")
        self.core.ctl("--as", "ana", "review", "track", "INC-1", 3, "--at", "jira")
        wait_until(lambda: self.tracked(2)["key"] == "1" and self.tracked(3)["key"] == "SHOP-1", 30, "both are tracked")
        self.assertEqual(self.trackers.issues["gitlab"][1]["due_date"], self.action(2)["due"][:10])
        self.assertEqual(self.trackers.issues["jira"]["SHOP-1"]["fields"]["duedate"], self.action(3)["due"][:10])
        self.assertEqual(self.trackers.issues["gitlab"][1]["assignee"]["username"], "ben-gl")
        fields = self.trackers.issues["jira"]["SHOP-1"]["fields"]
        self.assertEqual((fields["assignee"]["accountId"], fields["issuetype"]["name"]), ("557058:ben", "Bug"))

    def test_07b_a_jira_of_data_center_is_searched_and_told_in_its_own_way(self):
        self.trackers.swallowed = 1
        self.core.ctl("--as", "ana", "review", "track", "INC-1", 4, "--at", "dc")
        wait_until(lambda: self.tracked(4)["key"] == "SHOP-1", 40, "it is found again, by its older search")
        self.assertEqual(len(self.trackers.issues["jiradc"]), 1)
        self.assertEqual(self.trackers.issues["jiradc"]["SHOP-1"]["fields"]["assignee"]["name"], "bbirke")
        wait_until(lambda: self.tracked(4)["assignee"] == "Ben Birke (bbirke)" and self.tracked(4)["person"] == "ben", 20, "who has it there is known")
        self.core.ctl("--as", "ana", "review", "action", "INC-1", "--action", 4, "--state", "done")
        wait_until(lambda: self.trackers.issues["jiradc"]["SHOP-1"]["fields"]["status"]["statusCategory"]["key"] == "done", 20, "it is closed there")
        self.assertIn("ben has an account at nowhere, which is no connection here", self.core.ctl("doctor").stdout)

    def test_08_what_is_changed_here_is_changed_there(self):
        self.core.ctl("--as", "ana", "review", "action", "INC-1", "Roll out to one cell first, always", "--action", 1, "--owner", "eve")
        wait_until(lambda: self.trackers.issues["github"][1]["title"].endswith("always"), 20, "the title is another")
        self.assert_becomes(lambda: [a["login"] for a in self.trackers.issues["github"][1]["assignees"]], ["eve-gh"], "and so is who has it")
        for number in (1, 2, 3):
            self.core.ctl("--as", "ana", "review", "action", "INC-1", "--action", number, "--state", "done", "--reason", "it is")
        wait_until(lambda: self.trackers.issues["github"][1]["state"] == "closed" and self.trackers.issues["gitlab"][1]["state"] == "closed"
                   and self.trackers.issues["jira"]["SHOP-1"]["fields"]["status"]["statusCategory"]["key"] == "done", 30, "all are closed there")

    def test_09_what_is_changed_there_is_seen_and_changes_nothing_here(self):
        with self.trackers.lock:
            self.trackers.github_turn(self.trackers.issues["github"][1], "open")
            self.trackers.issues["github"][1].update(self.trackers.github_given({"assignees": ["ben-gh"]}))
        wait_until(lambda: (self.tracked(1)["closed"], self.tracked(1)["person"]) == (False, "ben"), 20, "it is seen")
        self.assertEqual((self.action(1)["state"], self.action(1)["owner"]), ("done", "eve"))  # the two differ, and a person says which holds
        self.assertEqual(self.action(1)["there"], "1: open, with Ben Birke; open again there; open here?")
        writes = len(self.trackers.wrote("github"))
        asked = len(self.trackers.requests)
        wait_until(lambda: len(self.trackers.requests) > asked + 6, 30, "it is read on")
        self.assertEqual(len(self.trackers.wrote("github")), writes, "nothing goes back and forth")

    def test_09b_what_a_tracker_says_is_a_proposal_and_a_person_says_yes(self):
        self.core.ctl("--as", "ana", "review", "action", "INC-1", "--action", 1, "--state", "open")
        self.assertEqual((self.action(1)["state"], self.action(1)["reason"], self.action(1)["proposal"]), ("open", "open again in hub", None))
        with self.trackers.lock:
            self.trackers.github_turn(self.trackers.issues["github"][1], "closed")
        proposal = wait_until(lambda: self.action(1)["proposal"], 20, "it is closed there")
        self.assertEqual((self.action(1)["state"], proposal["state"], proposal["says"]), ("open", "done", "closed there; done here?"))
        self.assertEqual(proposal["command"], 'quarterdeckctl review action INC-1 --action 1 --state done --reason "closed in hub"')
        writes = len(self.trackers.wrote("github"))
        self.core.ctl("--as", "ana", *shlex.split(proposal["command"])[1:])
        self.assertEqual((self.action(1)["state"], self.action(1)["reason"], self.action(1)["proposal"]), ("done", "closed in hub", None))
        self.core.ctl("--as", "ana", "review", "action", "INC-1", "--action", 1, "--strength", "eliminate")
        wait_until(lambda: all(d["delivery"] == "confirmed" for d in self.core.get("deliveries") if d["effect"] == "update-issue"), 20, "what was changed is there")
        self.assertEqual([a["login"] for a in self.trackers.issues["github"][1]["assignees"]], ["ben-gh"], "who was given it there keeps it")
        self.assertEqual(len(self.trackers.wrote("github")), writes, "nothing of it had to be written")

    def test_10_what_is_let_go_of_stays_there_and_is_read_no_more(self):
        self.core.ctl("--as", "ana", "review", "track", "INC-1", 2, "--release")
        wait_until(lambda: not self.action(2)["tracked"], 10, "it is in no tracker")
        self.assertEqual(self.trackers.issues["gitlab"][1]["state"], "closed")

    def test_11_no_token_is_in_what_is_kept_or_said(self):
        for file in (*self.core.home.rglob("*.log"), self.core.process.log):
            self.assertNotIn(self.trackers.TOKEN, file.read_text(errors="replace"), file)
        self.assertFalse([r for r in self.trackers.requests if self.trackers.TOKEN in r[1] or self.trackers.TOKEN in r[3]])

    def test_12_patterns_and_their_checklist(self):
        number = self.core.json("--as", "ana", "pattern", "keep", "--title", "Changes reach every cell at once", "--requirement", "A change reaches one cell first.", "--factor", "technical.configuration-error",
                                "--service", "checkout", "--incident", "INC-1")["id"]
        self.assertTrue(number)
        self.assertIn("- [ ] A change reaches one cell first.\n      pattern 1 (open): Changes reach every cell at once; factors technical.configuration-error; seen in INC-1\n",
                      self.core.ctl("pattern", "checklist", "checkout").stdout)
        self.assertEqual(self.core.get("reviews")[0]["patterns"], ["pattern/1"])
        self.assertIn("live patterns at its services: pattern/1\n", self.core.ctl("review", "show", "INC-1").stdout)
        pattern = self.core.get("patterns")[0]
        self.assertEqual((pattern["state"], pattern["openReviews"]), ("open", ["INC-1"]))
        self.assertNotIn("INC-1", pattern["seenSince"], "it names that one")
        self.core.ctl("--as", "ana", "pattern", "turn", 1, "met", "--reason", "the pipeline does")
        self.assertIn("No live pattern", self.core.ctl("pattern", "checklist", "checkout").stdout)
        self.assertEqual(self.core.get("patterns")[0]["seenSince"], [], "nothing began since it is met")
        self.assertNotIn("met before", self.core.ctl("review", "show", "INC-1").stdout)

    def effect(self, number):
        return next(e for e in self.core.get("effects") if e["action"] == number)

    def test_13_an_action_that_is_open_again_is_judged_as_that_and_from_the_day_it_is_done_again(self):
        turn = ("--as", "ana", "review", "action", "INC-1", "--action", 3, "--state")
        self.assertEqual((self.effect(3)["verdict"], self.effect(3)["reopened"]), ("not enough data yet", 0))
        self.core.ctl(*turn, "open", "--reason", "the runbook is of the old cell")
        back = self.effect(3)
        self.assertEqual((back["verdict"], back["doneAt"], back["after"]["incidents"]), ("reopened", None, []))
        self.assertTrue(back["sentence"].startswith("was done and is open again since "))
        self.core.ctl(*turn, "done", "--reason", "written anew")
        self.assertEqual((self.effect(3)["verdict"], self.effect(3)["reopened"]), ("not enough data yet", 1))
        self.assertIn("; it was open again 1 time before it was done", self.effect(3)["sentence"])
        self.assertTrue(self.effect(3)["countedFromBy"].endswith(("was added", "core started", "log")), self.effect(3)["countedFromBy"])
        shown = self.core.ctl("get", "effects").stdout
        self.assertLess(shown.index("recurred 0 times"), shown.index("to detect: too few before (0)"), "how long they took comes second")

    def test_13_actions_go_to_a_backlog_and_come_back(self):
        table = self.lab.dir / "actions.csv"
        self.core.ctl("action", "export", "--out", table)
        with table.open(newline="") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual([(r["incident"], r["action"], r["owner"], r["tracker"], r["key"]) for r in rows],
                         [("INC-1", "1", "eve", "hub", "1"), ("INC-1", "2", "ben", "", ""), ("INC-1", "3", "ben", "jira", "SHOP-1"), ("INC-1", "4", "ben", "dc", "SHOP-1")])
        before = self.core.get("actions")
        self.assertIn("4 as they were", self.core.ctl("--as", "ana", "action", "import", table).stderr)
        self.assertEqual(self.core.get("actions"), before, "the same file changes nothing")
        table.write_text("incident;text;owner;due;tracker\nINC-1;Ask again;ben;30d;hub\nINC-1;Ask somebody else;nobody;;\n")
        self.assertIn('Line 3: There is no person "nobody"', self.core.refused("--as", "ana", "action", "import", table))
        self.assertEqual(self.core.get("actions"), before, "nothing of it is done")
        table.write_text("incident,text,owner\nINC-1,Ask again,ben,30d\n,x,y\n")
        self.assertIn("Line 2: it has more cells than there are columns; look at line 3 too.", self.core.refused("action", "import", table))
        table.write_text("incident;text;owner;due;tracker\nINC-1;Ask again;ben;30d;hub\nINC-1;Ask somebody else;eve;;\n")
        self.assertIn("2 made, 1 tracked", self.core.ctl("--as", "ana", "action", "import", table).stderr)
        wait_until(lambda: self.tracked(5)["key"] == "2", 20, "it is an issue")
        self.assertEqual((self.trackers.issues["github"][2]["title"], self.action(6)["owner"]), ("Ask again", "eve"))


if __name__ == "__main__":
    main()
