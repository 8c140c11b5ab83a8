# SPDX-License-Identifier: GPL-3.0-or-later
"""What the public is told: posted, derived from incidents, pushed to a folder and a bucket and read back, served live, and read by a real Chromium:
without JavaScript, by keys alone, on a phone and a desktop, with hostile names, judged by axe-core; an update is there within a second."""
import json
import os
import shutil
import sys
import time
import xml.etree.ElementTree as ElementTree

from lab_browser import Browser, Bucket, served
from quarterdeck_lab import Core, Story, main, request, wait_until

HOSTILE = "Pay</b><script>alert(1)</script><img src=x onerror=alert(1)>'\\\" & co"
SERVICES = '''
[[service]]
id = "canary-web"
needs = ["canary-db"]
[[service]]
id = "canary-db"
'''
PAGE = f'''
[[page]]
id = "shop"
title = "Shop status"
title_de = "Status des Ladens"
languages = ["en", "de"]
url = "https://status.example.org"
support = "mailto:help@example.org"
zone = "Europe/Berlin"
publish = ["web", "bucket"]
live = true
[[page.component]]
id = "checkout"
name = "{HOSTILE}"
group = "Buying"
about = "Paying and {HOSTILE}"
services = ["canary-web"]
[[page.component]]
id = "stock"
name = "Stock"
name_de = "Lager"
services = ["canary-db"]
'''
FILES = ["api/v2/summary.json", "api/v2/status.json", "api/v2/components.json", "api/v2/incidents.json", "api/v2/scheduled-maintenances.json", "rss.xml", "atom.xml", "maintenance.ics",
         "index.de.html", "index.html"]


class WhatThePublicIsTold(Story):
    @classmethod
    def build(cls):
        cls.core = core = Core(cls.lab)
        core.init()
        (core.home / "workspace/pages.toml").write_text(SERVICES + PAGE)
        core.serve()
        cls.public = cls.lab.folder("public")
        cls.bucket = Bucket(cls.lab)
        secret = cls.lab.write("secret", cls.bucket.SECRET)
        core.connect("directory", "web", path=cls.public, interval="2s")
        core.connect("s3", "bucket", url=cls.bucket.url, region=cls.bucket.REGION, user=cls.bucket.KEY, token_file=secret, interval="2s")
        cls.live = core.ready["listen"] + "/status/shop"
        cls.browser = Browser(cls.lab)

    def post(self, phase, text, *more):
        return self.core.json("page", "post", "shop", "--phase", phase, "--text", text, *more)["id"]

    def page(self):
        return next(p for p in self.core.get("pages") if p["id"] == "shop")

    def component(self, name):
        return next(c for c in self.page()["components"] if c["id"] == name)

    def file(self, path):
        return (self.public / "shop" / path).read_text()

    def object(self, path):
        return self.bucket.objects["/status/shop/" + path][1].decode()

    def summary(self):
        return json.loads(self.file("api/v2/summary.json"))

    def alarm(self, name):
        return [a for a in self.core.alerts(alertname=name) if a["status"] == "firing"]

    def test_01_unarmed_nothing_leaves_and_that_is_said(self):
        incident = self.core.json("declare", "--title", "canary-title: the db is gone", "--severity", "SEV1", "--service", "canary-db", "--no-room")["id"]
        self.assertEqual((incident, self.component("stock")["state"], self.component("checkout")["state"]), ("INC-1", "major outage", "partial outage"))
        self.assertEqual(os.listdir(self.public), [])
        self.assertEqual(self.bucket.objects, {})
        wait_until(lambda: any(w["effect"] == "publish" and "arm web" in w["reason"] for w in self.core.get("deliveries")), 20, "why nothing leaves is said")

    def test_02_armed_the_whole_bundle_is_there_and_read_back(self):
        for name in ("web", "bucket"):
            self.core.ctl("arm", name, "--allow", "publish")
        for name in ("web", "bucket"):
            wait_until(lambda: self.core.source(name)["state"] == "live", 30, f"{name} has what is read there")
        found = sorted(str(p.relative_to(self.public / "shop")) for p in (self.public / "shop").rglob("*") if p.is_file())
        self.assertEqual(found, sorted(FILES))
        self.assertEqual(sorted(self.bucket.objects), sorted("/status/shop/" + f for f in FILES))
        self.assertEqual(self.bucket.refused, [])
        self.assertEqual(self.bucket.objects["/status/shop/index.html"][0], "text/html; charset=utf-8")
        self.assertEqual(self.summary()["status"]["indicator"], "critical")
        wait_until(lambda: {d["delivery"] for d in self.core.get("deliveries") if d["effect"] == "publish" and d.get("number")} == {"confirmed"}, 10, "every push is confirmed")

    def test_03_what_is_posted_is_public_and_nothing_internal_is(self):
        notice = self.post("investigating", "We cannot take payments.\nCards are not charged.", "--text", "de=Wir können keine Zahlungen annehmen.", "--title", "Payments fail", "--title",
                           "de=Zahlungen scheitern", "--incident", "INC-1", "--component", "stock=partial-outage", "--next", "30m")
        self.assertEqual(notice, "notice/1")
        for read in (self.file, self.object):
            wait_until(lambda: "We cannot take payments." in read("index.html"), 10, "the update is published")
            for path in FILES:
                self.assertNotIn("canary", read(path), path)
        self.assertIn("Wir können keine Zahlungen annehmen.", self.file("index.de.html"))
        self.assertLess(len(self.file("index.html").encode()), 50_000)
        incident = self.summary()["incidents"][0]
        self.assertEqual((incident["name"], incident["status"], incident["incident_updates"][0]["body"]), ("Payments fail", "investigating", "We cannot take payments.\nCards are not charged."))
        for name in ("atom.xml", "rss.xml"):
            feed = ElementTree.fromstring(self.file(name))  # whatever the names in it are
            self.assertIn("Payments fail", "".join(feed.itertext()))
        self.assertTrue(self.file("maintenance.ics").startswith("BEGIN:VCALENDAR"))
        self.assertTrue(any("status page shop, investigating" in e["text"] for e in self.core.timeline(incident="INC-1")))

    def test_04_a_reader_without_javascript_has_all_of_it(self):
        type(self).address = served(self.lab, self.public) + "/shop/"
        for width, height in ((360, 740), (1280, 800)):
            seen = self.browser.ask(do="read", url=self.address, script=False, width=width, height=height)
            for text in ("Some systems are down in part", "Payments fail", "Cards are not charged.",
                         "Partial outage", "Next word by", "After that this page may be out of date.", "UTC", "Generated at", "Stock"):
                self.assertIn(text, seen["text"])
            self.assertIn("<script>alert(1)</script>", seen["text"])  # a name like any other
            self.assertEqual(seen["complaints"], [])

    def test_05_axe_finds_nothing_and_nothing_is_cut_off(self):
        shots = os.environ.get("QD_SHOTS")
        for width, height in ((360, 740), (1280, 800)):
            for dark in (False, True):
                for path, locale in (("", "en-GB"), ("index.de.html", "de-DE")):
                    name = f"{shots}/statuspage-{'dark' if dark else 'light'}-{width}{path[5:8]}.png" if shots else None
                    seen = self.browser.ask(do="read", url=self.address + path, width=width, height=height, dark=dark, locale=locale, shot=name)
                    self.assertEqual((seen["violations"], seen["complaints"], seen["overflow"], seen["elements"]), ([], [], 0, 1), (width, dark, path))

    def test_06_by_keys_alone(self):
        keys = self.browser.ask(do="keys", url=self.address)
        ids = [s["id"] for s in keys["stops"]]
        for wanted in ("f-atom", "f-rss", "f-ics", "f-json", "f-help", "f-de"):
            self.assertIn(wanted, ids)
        for stop in keys["stops"]:
            self.assertEqual((stop["outline"], stop["width"]), ("solid", "3px"), stop)
        self.assertTrue(keys["opened"])

    def test_07_the_live_page_has_an_update_within_a_second(self):
        took = []  # the best of some: what else the machine does is no part of it, and every one of them has to come
        for text in [f"It is the bank, says number {n}." for n in range(1, 15)] + ["It is the bank."]:
            began = time.time()
            self.core.status()
            bare = time.time() - began  # a command that does nothing takes so long by now
            self.browser.tell(do="follow", url=self.live, text=text)
            self.assertTrue(self.browser.answer()["open"])
            asked = time.time()  # before anything is posted: the command's own start is in it
            self.post("identified", text, "--component", "stock=degraded", "--next", "30m")
            seen = self.browser.answer()
            took.append((seen["came"] / 1000 - asked, bare))
            self.assertEqual(seen["complaints"], [])
            self.assertIn("Identified", seen["text"])
            if len(took) >= 3 and min(s - b for s, b in took) < 1.0:
                break
        print("publish to browser: " + ", ".join(f"{s:.3f} (a bare command: {b:.3f})" for s, b in took) + " s from before the post", file=sys.stderr)
        self.assertLess(min(s - b for s, b in took), 1.0)

    def test_07b_a_page_that_is_out_already_says_by_itself_when_it_may_be_out_of_date(self):
        # The next word was promised for half an hour from now.
        self.assertEqual(self.browser.ask(do="late", url=self.live, minutes=25)["after"], False)
        late = self.browser.ask(do="late", url=self.live, minutes=32)
        self.assertEqual((late["before"], late["after"]), (False, True))
        self.assertIn("may be out of date", late["text"])

    def test_08_its_policy_is_a_header_and_what_is_not_served_is_not_there(self):
        answer = request("GET", self.live)
        self.assertEqual(answer.status, 200)
        policy = answer.headers["Content-Security-Policy"]
        self.assertTrue(policy.startswith("default-src 'none'"))
        self.assertIn("frame-ancestors 'none'", policy)
        for path in ("/status/none", "/status/shop/..%2fjournal.db", "/status/shop/none.html"):
            self.assertEqual(request("GET", self.core.ready["listen"] + path).status, 404, path)

    def test_09_by_hand_and_back_and_planned_work(self):
        self.core.ctl("page", "set", "shop", "checkout", "operational", "--reason", "canary-reason: only the app is hit", "--until", "2h")
        self.assertEqual(self.component("checkout")["state"], "operational")
        self.assertIn("--reason", self.core.refused("page", "set", "shop", "checkout", "degraded"))
        # The page is green about what a SEV1 still hits: that is an alarm of ours.
        self.core.ctl("page", "set", "shop", "stock", "operational", "--reason", "we hope so")
        wait_until(lambda: self.component("stock")["driftsSince"] and self.alarm("StatusPageGreen"), 10, "a page that is green over a red map is an alarm")
        for name in ("checkout", "stock"):
            self.core.ctl("page", "set", "shop", name, "auto")
        wait_until(lambda: not self.alarm("StatusPageGreen"), 10, "the alarm is over")
        self.assertEqual(self.core.json("page", "maintenance", "shop", "--title", "New disks", "--component", "stock", "--from", "2026-01-01T00:00:00Z", "--for", "1h")["id"], "maintenance/1")
        wait_until(lambda: self.component("stock")["state"] == "maintenance", 10, "the work began")
        wait_until(lambda: "New disks" in self.file("maintenance.ics"), 10, "it is in the calendar")
        self.core.ctl("page", "maintenance", "shop", "--end", "1", "--reason", "done early")
        wait_until(lambda: self.component("stock")["state"] == "degraded", 10, "the work is over")

    def test_09_planned_work_is_changed_and_cancelled(self):
        def at(hours):
            return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + hours * 3600))
        later = at(5)
        self.core.ctl("page", "maintenance", "shop", "--title", "New racks", "--component", "stock", "--from", at(2), "--for", "1h")
        self.core.ctl("page", "maintenance", "shop", "--change", "2", "--from", later, "--for", "2h", "--title", "de=Neue Gestelle")
        wait_until(lambda: "SEQUENCE:1" in self.file("maintenance.ics"), 10, "a calendar takes the later one")
        self.assertIn("DTSTART:" + later.replace("-", "").replace(":", ""), self.file("maintenance.ics"))
        wait_until(lambda: "Neue Gestelle" in self.file("index.de.html"), 10, "it has a German title now")
        wait_until(lambda: "New racks" in self.file("index.html"), 10, "and its English one as before")
        self.assertIn("would change", self.core.refused("page", "maintenance", "shop", "--change", "2", "--title", "New racks"))
        self.core.ctl("page", "maintenance", "shop", "--end", "2")
        wait_until(lambda: "STATUS:CANCELLED" in self.file("maintenance.ics"), 10, "it does not take place")
        self.assertIn("over already", self.core.refused("page", "maintenance", "shop", "--change", "2", "--for", "3h"))

    def test_10_a_push_that_fails_is_an_alarm_until_it_gets_through(self):
        self.bucket.down = True
        aside = self.lab.dir / "aside"
        self.public.rename(aside)
        self.post("monitoring", "The bank works again.", "--next", "30m")
        wait_until(lambda: {a["labels"]["connection"] for a in self.alarm("StatusPageStale")} == {"web", "bucket"}, 120, "both are alarms")
        self.assertFalse(self.public.exists())  # a folder that was taken away is not made anew
        aside.rename(self.public)
        self.bucket.down = False
        wait_until(lambda: not self.alarm("StatusPageStale"), 120, "both got through")
        for read in (self.file, self.object):
            self.assertIn("The bank works again.", read("index.html"))

    def test_11_what_somebody_changed_out_there_is_put_back(self):
        (self.public / "shop/index.html").write_text("defaced")
        wait_until(lambda: "The bank works again." in self.file("index.html"), 30, "it is put back")

    def test_12_a_killed_core_says_the_same_afterwards(self):
        before = self.page()
        self.core.kill()
        shutil.rmtree(self.public / "shop")
        self.core.serve()
        self.assertEqual(self.page()["notices"], before["notices"])
        wait_until(lambda: (self.public / "shop/index.html").exists() and "The bank works again." in self.file("index.html"), 30, "the page is pushed again")

    def test_13_resolved_and_what_the_record_says(self):
        self.post("resolved", "Payments work again.")
        self.core.ctl("resolve", "INC-1", "--reason", "fixed")
        wait_until(lambda: self.summary()["status"]["indicator"] == "none" and self.summary()["incidents"] == [], 20, "all is well, for everybody to read")
        self.assert_becomes(lambda: json.loads(self.file("api/v2/incidents.json"))["incidents"][0]["status"], "resolved", "also in the list of what was")
        wait_until(lambda: "All systems work" in self.file("index.html"), 20, "and on the page")
        seen = self.browser.ask(do="read", url=self.address)
        self.assertEqual((seen["violations"], seen["complaints"]), ([], []))
        self.assertIn("All systems work", seen["text"])
        self.assertIn("notice/1, resolved", self.core.ctl("page", "show", "shop").stdout)
        self.core.stop()
        self.assertIn(self.core.json("verify", "--json")["result"], ("authentic", "consistent"))


if __name__ == "__main__":
    main()
