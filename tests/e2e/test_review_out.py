# SPDX-License-Identifier: GPL-3.0-or-later
"""What leaves a review: renditions for inside and outside as files of every format, the leak check that blocks, a page at Confluence, a message for a status page;
actions that become issues of GitHub, GitLab and Jira and are followed there. Over fakes that clients of npm's accept."""
import hashlib
import json
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
        core.connect("jira", "jira", url=url + "/jira", path="SHOP", user=cls.trackers.MAIL, token_file=token, interval="1s")
        core.connect("confluence", "wiki", url=url + "/wiki", path="OPS", user=cls.trackers.MAIL, token_file=token)
        cls.public = cls.lab.folder("public")
        core.connect("directory", "web", path=cls.public, interval="2s")
        core.ctl("arm", "web", "--allow", "publish")
        core.ctl("--as", "ana", "declare", "--title", "Checkout was slow", "--severity", "SEV3", "--service", "checkout", "--no-room")
        core.ctl("--as", "ana", "take")
        core.ctl("--as", "ana", "resolve", "INC-1", "--reason", "rolled back")
        core.ctl("--as", "ana", "review", "open", "INC-1", "--ask", "-")
        cls.write("summary", SUMMARY)
        for n, text in enumerate(("Roll out to one cell first", "Alert on the slowest cell", "Write the runbook"), 1):
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
        self.assertEqual(judged("trackers.mjs", ["@octokit/rest", "@gitbeaker/rest", "jira.js"], fake.url, fake.TOKEN, fake.MAIL, env=self.lab.env), "judged")
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

    def test_05_unarmed_no_issue_is_made(self):
        self.assertIn("arm hub --allow issues", self.core.refused("--as", "ana", "review", "track", "INC-1", 1, "--at", "hub"))
        self.assertEqual(self.trackers.wrote("github"), [])

    def test_06_an_action_is_one_issue_though_an_answer_got_lost_and_the_core_died(self):
        for connection in ("hub", "lab", "jira"):
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

    def test_07_the_others_too(self):
        self.trackers.limited = 1
        self.core.ctl("--as", "ana", "review", "track", "INC-1", 2, "--at", "lab")
        self.core.ctl("--as", "ana", "review", "track", "INC-1", 3, "--at", "jira")
        wait_until(lambda: self.tracked(2)["key"] == "1" and self.tracked(3)["key"] == "SHOP-1", 30, "both are tracked")
        self.assertEqual(self.trackers.issues["gitlab"][1]["due_date"], self.action(2)["due"][:10])
        self.assertEqual(self.trackers.issues["jira"]["SHOP-1"]["fields"]["duedate"], self.action(3)["due"][:10])

    def test_08_what_is_changed_here_is_changed_there(self):
        self.core.ctl("--as", "ana", "review", "action", "INC-1", "Roll out to one cell first, always", "--action", 1)
        wait_until(lambda: self.trackers.issues["github"][1]["title"].endswith("always"), 20, "the title is another")
        for number in (1, 2, 3):
            self.core.ctl("--as", "ana", "review", "action", "INC-1", "--action", number, "--state", "done", "--reason", "it is")
        wait_until(lambda: self.trackers.issues["github"][1]["state"] == "closed" and self.trackers.issues["gitlab"][1]["state"] == "closed"
                   and self.trackers.issues["jira"]["SHOP-1"]["fields"]["status"]["statusCategory"]["key"] == "done", 30, "all are closed there")

    def test_09_what_is_changed_there_is_seen_and_changes_nothing_here(self):
        with self.trackers.lock:
            self.trackers.github_turn(self.trackers.issues["github"][1], "open")
            self.trackers.issues["github"][1]["assignee"] = {"login": "ben"}
        wait_until(lambda: (self.tracked(1)["closed"], self.tracked(1)["assignee"]) == (False, "ben"), 20, "it is seen")
        self.assertEqual(self.action(1)["state"], "done")  # the two differ, and a person says which holds
        writes = len(self.trackers.wrote("github"))
        asked = len(self.trackers.requests)
        wait_until(lambda: len(self.trackers.requests) > asked + 6, 30, "it is read on")
        self.assertEqual(len(self.trackers.wrote("github")), writes, "nothing goes back and forth")

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
        self.assertIn("- [ ] A change reaches one cell first.", self.core.ctl("pattern", "checklist", "checkout").stdout)
        pattern = self.core.get("patterns")[0]
        self.assertEqual((pattern["state"], pattern["openReviews"]), ("open", ["INC-1"]))
        self.core.ctl("--as", "ana", "pattern", "turn", 1, "met", "--reason", "the pipeline does")
        self.assertIn("No live pattern", self.core.ctl("pattern", "checklist", "checkout").stdout)


if __name__ == "__main__":
    main()
