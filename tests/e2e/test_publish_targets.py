# SPDX-License-Identifier: GPL-3.0-or-later
"""A status page pushed by SFTP and git to a real sshd and real repositories, and to a fake of Statuspage's API: read back, put back, and an alarm when
it does not get through."""
import json
import subprocess
import time

from lab_targets import ENDLESS, SshServer, Statuspage
from quarterdeck_lab import Core, Story, main, need, wait_until

WAYS = ("host", "repo", "far", "their")
PAGE = f'''
[[service]]
id = "pay"
[[page]]
id = "shop"
title = "Shop status"
languages = ["en"]
zone = "UTC"
publish = {json.dumps(WAYS)}
[[page.component]]
id = "checkout"
name = "Checkout"
services = ["pay"]
[[page.component]]
id = "stock"
name = "Stock"
'''


class PagesGoOut(Story):
    @classmethod
    def build(cls):
        cls.core = core = Core(cls.lab)
        core.init()
        (core.home / "workspace/pages.toml").write_text(PAGE)
        cls.temporary = cls.lab.folder("temporary")
        cls.lab.env["TMPDIR"] = str(cls.temporary)
        core.serve()
        cls.ssh, cls.their = SshServer(cls.lab), Statuspage(cls.lab)
        cls.folder = cls.lab.folder("served")
        cls.repositories = [cls.lab.dir / name for name in ("here.git", "far.git")]
        for repository in cls.repositories:
            subprocess.run([need("/usr/bin/git", "git"), "init", "-q", "--bare", repository], check=True)
        cls.remote = {"user": cls.ssh.user, "key_file": cls.ssh.key, "host_keys": cls.ssh.known, "interval": "2s"}
        core.connect("sftp", "host", url=f"sftp://127.0.0.1:{cls.ssh.port}", path=cls.folder, **cls.remote)
        core.connect("git", "repo", url=cls.repositories[0], path="public", branch="pages", interval="2s")
        core.connect("git", "far", url=f"ssh://127.0.0.1:{cls.ssh.port}{cls.repositories[1]}", **cls.remote)
        core.connect("atlassian", "their", url=cls.their.url, path=cls.their.PAGE, token_file=cls.lab.write("key", cls.their.KEY), interval="2s")

    def git(self, repository, *arguments):
        return subprocess.run(["/usr/bin/git", "--git-dir", repository, *arguments], capture_output=True, text=True)

    def file(self, name="index.html"):
        """What each of the three places has now; None: nothing."""
        local = self.folder / "shop" / name
        here, far = (self.git(r, "show", f"{b}:{p}shop/{name}") for r, b, p in zip(self.repositories, ("pages", "main"), ("public/", "")))
        return [local.read_text() if local.exists() else None] + [g.stdout if g.returncode == 0 else None for g in (here, far)]

    def everywhere(self, text, what):
        wait_until(lambda: all(f and text in f for f in self.file()), 60, what)

    def post(self, phase, text, *more):
        self.core.json("page", "post", "shop", "--phase", phase, "--text", text, *more)

    def stale(self):
        return {a["labels"]["connection"] for a in self.core.alerts(alertname="StatusPageStale") if a["status"] == "firing"}

    def states(self):
        return {c["name"]: c["status"] for c in self.their.components}

    def test_01_unarmed_nothing_leaves(self):
        self.core.ctl("declare", "--title", "canary-title", "--severity", "SEV1", "--service", "pay", "--no-room")
        self.assertEqual((self.file(), self.their.requests), ([None] * 3, 0))

    def test_02_armed_all_of_it_is_there_and_read_back(self):
        for name in WAYS:
            self.core.ctl("arm", name, "--allow", "publish")
        for name in WAYS:
            wait_until(lambda: self.core.source(name)["state"] == "live", 60, f"{name} has what is read there: {self.core.source(name)}")
        self.everywhere("Shop status", "the page is in the folder and in both branches")
        self.assertEqual(self.states(), {"Checkout": "major_outage", "Stock": "operational"})
        self.assertEqual(self.their.refused, [])
        self.assertFalse(list(self.folder.rglob(".*.new")))  # nothing half-done is left
        for name in ("index.html", "api/v2/summary.json", "atom.xml"):
            self.assertTrue(all(self.file(name)), name)
            self.assertNotIn("canary", "".join(self.file(name)))

    def test_03_what_is_posted_is_said_everywhere(self):
        self.post("investigating", "We cannot take payments.", "--title", "Payments fail", "--incident", "INC-1", "--component", "checkout=partial-outage")
        self.everywhere("We cannot take payments.", "it is published")
        wait_until(lambda: self.their.incidents and self.their.incidents[0]["incident_updates"], 60, "it is at Statuspage")
        incident = self.their.incidents[0]
        self.assertEqual((incident["name"], incident["status"], [u["body"] for u in incident["incident_updates"]]), ("Payments fail", "investigating", ["We cannot take payments."]))
        self.post("identified", "It is the bank.")
        wait_until(lambda: incident["status"] == "identified" and self.states()["Checkout"] == "partial_outage", 60, "the second word is there")
        self.assert_becomes(lambda: [u["body"] for u in incident["incident_updates"]], ["It is the bank.", "We cannot take payments."], "with what is said")
        self.assertEqual((len(self.their.incidents), self.their.refused), (1, []))
        incident["incident_updates"].insert(0, {"status": "identified", "body": "written there by hand"})  # it counts for none of ours
        self.post("identified", "The bank is told.")
        wait_until(lambda: incident["incident_updates"][0]["body"] == "The bank is told.", 60, "the third word is there all the same")
        begins = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 7200))
        self.core.ctl("page", "maintenance", "shop", "--title", "New disks", "--component", "stock", "--from", begins, "--for", "1h")
        wait_until(lambda: len(self.their.incidents) == 2, 60, "planned work is at Statuspage")
        work = self.their.incidents[1]
        self.assertEqual((work["name"], work["status"], work["scheduled_for"]), ("New disks", "scheduled", begins))
        until = work["scheduled_until"]
        self.core.ctl("page", "maintenance", "shop", "--change", "1", "--for", "3h")
        wait_until(lambda: work["scheduled_until"] != until and len(work["incident_updates"]) == 2, 60, "its other window is there")
        self.assertEqual((len(self.their.incidents), self.their.refused), (2, []))

    def test_03b_words_that_are_taken_back_are_taken_back_everywhere(self):
        incident = self.their.incidents[0]
        bodies = lambda: [u["body"] for u in incident["incident_updates"]]
        entry = lambda text: str([e for e in self.core.timeline(incident="INC-1") if text in e["text"]][-1]["seq"])
        self.post("identified", "canary-Jane broke it.")
        self.post("identified", "canary-Doe is hit.")
        wait_until(lambda: "canary-Doe is hit." in bodies(), 60, "both are at Statuspage")
        told = list(self.their.told)
        self.their.refuse = ("PATCH incidents/.*/incident_updates/", 403)
        self.core.ctl("strike", "--incident", "INC-1", "--entry", entry("canary-Jane broke it."), "--reason", "names a person")
        wait_until(lambda: all(f and "canary-Jane" not in f for f in self.file()), 60, "our own pages have it no longer")
        wait_until(lambda: self.stale() == {"their"}, 60, "that it is still at Statuspage is an alarm")
        problem = self.core.source("their")["problem"]
        for part in ("still at Statuspage", '"Payments fail"', "status 403", f"https://manage.statuspage.io/pages/{self.their.PAGE}/incidents/{incident['id']}", '"(taken back)"'):
            self.assertIn(part, problem)
        self.assertNotIn("canary", problem + json.dumps(self.core.alerts(alertname="StatusPageStale")))
        self.assertIn("canary-Jane broke it.", bodies())
        self.their.refuse = None
        wait_until(lambda: "canary-Jane broke it." not in bodies() and not self.stale(), 120, "it is written over there, read back, and the alarm is over")
        self.core.ctl("classify", "INC-1", entry("canary-Doe is hit."), "--class", "confidential")
        wait_until(lambda: not any("canary" in b for b in bodies()), 60, "what is classed above the page is there as it is here")
        self.assertEqual(bodies()[:2], ["[sealed: confidential, short]", "(taken back)"])
        self.assertIn("written there by hand", bodies())  # what others wrote is theirs
        self.assertEqual(self.their.told, told)  # and nobody is told of it
        self.assertEqual([r for r in self.their.refused if r[2] != 403], [])

    def test_04_what_somebody_changed_out_there_is_put_back(self):
        (self.folder / "shop/index.html").write_text("defaced")
        self.their.components[0]["status"] = "operational"
        subprocess.run(["/usr/bin/git", "clone", "-q", "-b", "pages", self.repositories[0], self.lab.dir / "clone"], check=True)
        self.pushed_by_hand("away with it")
        self.everywhere("It is the bank.", "all is put back")
        wait_until(lambda: self.states()["Checkout"] == "partial_outage", 60, "also there")
        self.assertIn("away with it", self.git(self.repositories[0], "log", "--format=%s", "pages").stdout)  # nothing was forced

    def pushed_by_hand(self, message, more=lambda clone: None):
        """Somebody takes the page out of the branch; once more where the console pushed meanwhile."""
        clone = self.lab.dir / "clone"

        def pushed():
            for line in (["fetch", "-q"], ["reset", "-q", "--hard", "origin/pages"], ["rm", "-q", "-r", "public/shop"]):
                subprocess.run(["/usr/bin/git", "-C", clone, *line], check=True)
            more(clone)
            for line in (["add", "-A"], ["-c", "user.name=x", "-c", "user.email=x@x", "commit", "-q", "-m", message]):
                subprocess.run(["/usr/bin/git", "-C", clone, *line], check=True)
            return subprocess.run(["/usr/bin/git", "-C", clone, "push", "-q"], capture_output=True).returncode == 0
        wait_until(pushed, 60, f"it is pushed: {message}")

    def test_05_a_link_in_the_branch_is_replaced_and_not_followed(self):
        outside = self.lab.folder("outside")

        def link(clone):
            (clone / "public").mkdir(exist_ok=True)
            (clone / "public/shop").symlink_to(outside)
        self.pushed_by_hand("a link", link)
        self.everywhere("It is the bank.", "it is put back")
        self.assertEqual(list(outside.iterdir()), [])

    def test_06_a_push_that_does_not_get_through_is_an_alarm(self):
        self.ssh.stop()
        self.their.down = 429
        self.repositories[0].rename(self.lab.dir / "aside.git")
        self.post("monitoring", "The bank works again.")
        wait_until(lambda: self.stale() == set(WAYS), 180, "all four are alarms")
        wait_until(lambda: "a request a second" in self.core.source("their")["problem"], 60, "what Statuspage asks for is said")
        (self.lab.dir / "aside.git").rename(self.repositories[0])
        self.their.down = 0
        self.ssh.start()
        wait_until(lambda: not self.stale(), 180, "all got through")
        self.everywhere("The bank works again.", "and say so")

    def test_07_a_host_that_is_another_one_is_not_written_to(self):
        other = self.lab.folder("other")
        for name, more, why in (("impostor", {"host_keys": self.ssh.impostor}, "Host key verification failed"), ("stranger", {"key_file": self.ssh.strangers_key}, "Permission denied"),
                                ("nowhere", {"path": other / "gone"}, "")):
            self.core.connect("sftp", name, **{**dict(url=f"sftp://127.0.0.1:{self.ssh.port}", path=other, **self.remote), **more})
            self.core.ctl("arm", name, "--allow", "publish")
        with self.core.changed_workspace() as workspace:
            (workspace / "pages.toml").write_text(PAGE.replace(json.dumps(WAYS), json.dumps(["impostor", "stranger", "nowhere"])))
        for name, why in (("impostor", "verification failed"), ("stranger", "Permission denied"), ("nowhere", "")):
            wait_until(lambda: self.core.source(name)["state"] == "trouble" and why in self.core.source(name)["problem"], 120, f"{name}: {self.core.source(name)}")
        self.assertEqual(list(other.iterdir()), [])

    def test_08_what_a_command_line_would_take_for_structure_is_refused(self):
        connect = ("connect", "sftp", "--name", "odd", "--key-file", str(self.ssh.key), "--host-keys", str(self.ssh.known))
        for url, user, path in (("sftp://-oProxyCommand=x", "web", "/srv"), ("sftp://host", "-oProxyCommand=x", "/srv"), ("sftp://host", "web", '/srv"\n!touch x'), ("sftp://host", "web", "/srv/../etc"),
                                ("sftp://user@host", "web", "/srv"), ("ftp://host", "web", "/srv"), ("sftp://host:x", "web", "/srv"), ("sftp://host:0", "web", "/srv"), ("sftp://host:65536", "web", "/srv")):
            self.assertTrue(self.core.refused(*connect, f"--url={url}", f"--user={user}", f"--path={path}"), (url, user, path))
        for url in ("ext::sh -c x", "ssh://-x/y", "https://host/x.git", "../x"):
            self.core.refused("connect", "git", "--name", "odd", f"--url={url}", "--user=web", "--key-file", str(self.ssh.key), "--host-keys", str(self.ssh.known))

        self.assertFalse((self.core.home / "secrets/odd.key").exists())  # a key for what was not taken is nobody's
        kept = (self.core.home / "secrets/host.key").read_text()
        self.core.refused("connect", "sftp", "--name", "host", "--key-file", str(self.ssh.strangers_key), "--host-keys", str(self.ssh.known), "--url=sftp://host:0", "--user=web", "--path=/srv")
        self.assertEqual((self.core.home / "secrets/host.key").read_text(), kept)  # and the one that was there is the one that counts

    def test_09_no_secret_is_anywhere_but_in_its_file(self):
        self.assertEqual((self.core.home / "secrets/host.key").stat().st_mode & 0o777, 0o600)
        key = self.ssh.key.read_text().splitlines()[1]
        told = json.dumps(self.core.get("sources")) + json.dumps(self.core.get("timeline"))
        for secret in (key, self.their.KEY):
            self.assertNotIn(secret, told)
        self.core.ctl("disconnect", "host")
        self.assertFalse((self.core.home / "secrets/host.key").exists())

    def test_10_a_host_that_answers_without_end_fills_no_disk(self):
        self.ssh.answer_by(ENDLESS)
        self.core.connect("sftp", "endless", url=f"sftp://127.0.0.1:{self.ssh.port}", path="/srv", **self.remote)
        self.core.ctl("arm", "endless", "--allow", "publish")
        with self.core.changed_workspace() as workspace:
            (workspace / "pages.toml").write_text(PAGE.replace(json.dumps(WAYS), json.dumps(["endless"])))
        wait_until(lambda: self.core.source("endless")["state"] == "trouble" and "bytes for one file" in self.core.source("endless")["problem"], 120, f"it is in trouble: {self.core.source('endless')}")
        kept = sum(f.stat().st_size for folder in self.temporary.glob("quarterdeck-publish-*") for f in folder.rglob("*") if f.is_file())
        self.assertLess(kept, 64 << 20)  # each of a page's files is at most 4 MiB


if __name__ == "__main__":
    main()
