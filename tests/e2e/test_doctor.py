# SPDX-License-Identifier: GPL-3.0-or-later
"""`doctor` says what is wrong with a home, with and without a core, and changes nothing."""
import json
import os

from quarterdeck_lab import Core, Story, main, request, wait_until


class Doctor(Story):
    @classmethod
    def build(cls):
        cls.core = core = Core(cls.lab)
        core.init()
        core.serve()
        url = core.connect("inbound", "door")["urls"]["alerts"]
        for n in range(40):
            assert request("POST", url, [{"labels": {"alertname": f"A{n}"}}]).status == 200

    def examined(self, exit_code):
        done = self.core.run("doctor", "--json")
        self.assertEqual(done.returncode, exit_code, done.stdout + done.stderr)
        report = json.loads(done.stdout)
        self.assertEqual(report["wrong"], sum(f["state"] == "wrong" for f in report["findings"]))
        return {f["what"]: (f["state"], f["text"]) for f in report["findings"]}

    def contents(self):
        return {p: (p.stat().st_size, p.stat().st_mtime_ns) for p in self.core.home.rglob("*") if p.is_file()}

    def test_01_beside_a_core(self):
        found = self.examined(0)
        self.assertEqual(found["folder"][0], "well")
        self.assertEqual(found["files"][0], "well")
        self.assertEqual(found["log"][0], "well")
        self.assertEqual(found["reserve"][0], "well")
        self.assertIn("process", found["core"][1])
        self.assertIn("Signed up to record", found["checkpoint"][1])
        self.assertIn("search", found)
        page = self.core.ctl("doctor").stdout
        self.assertIn("Nothing is wrong", page)
        self.assertLessEqual(len(page.splitlines()), 24)  # a page

    def test_01a_that_nobody_is_limited_is_said_until_somebody_is(self):
        few = Core(self.lab, "few")
        few.init()
        folder = few.home / "workspace"
        def told():
            return [f for f in json.loads(few.run("doctor", "--json").stdout)["findings"] if f["what"] == "rights"]
        (folder / "more.toml").write_text('[[person]]\nid = "zoe"\nname = "Zoe"\n')
        self.assertEqual(told()[0]["state"], "look")
        self.assertIn("Nobody is limited", told()[0]["text"])
        (folder / "rights.toml").write_text('[[right]]\nid = "all"\nrole = "administer"\npeople = ["zoe"]\n')
        self.assertEqual(told(), [{"what": "rights", "state": "well", "text": "Only what a [[right]] grants may be done (1 of them); everything else is denied."}])

    def test_01b_what_too_much_of_one_name_leaves_out_is_named(self):
        many = Core(self.lab, "many")
        many.init()
        settings = next(p for p in (many.home / "workspace").glob("*.toml") if "[workspace]" in p.read_text())
        settings.write_text(settings.read_text().replace("[workspace]\n", "[workspace]\nalerts_per_name = 100\n"))
        many.serve()
        url = many.connect("inbound", "door")["urls"]["alerts"]
        before = json.loads(many.run("doctor", "--json").stdout)["findings"]
        self.assertNotIn("left out", [f["what"] for f in before])
        for part in (range(100), range(100, 107)):
            assert request("POST", url, [{"labels": {"alertname": "Explodes", "service": "shop", "instance": f"n{n}"}} for n in part]).status == 200
        told = wait_until(lambda: [f for f in json.loads(many.run("doctor", "--json").stdout)["findings"] if f["what"] == "left out"], 40, "the doctor names it")
        self.assertEqual(told, [{"what": "left out", "state": "look", "text": "door: 7 more alerts called Explodes are left out: 100 of them fire, which is the limit (alerts_per_name). "
                                 "Whom they call is called by those that are kept; mend the rule that makes so many."}])
        many.stop()

    def test_01c_a_webhook_that_anybody_may_read_passes_the_checks_of_customers_and_is_named(self):
        home = Core(self.lab, "hooked")
        home.init()
        checks = '[[person]]\nid = "lee"\nname = "Lee"\n[[approval]]\nid = "legal"\nname = "Legal"\napprovers = ["lee"]\naudiences = ["customers"]\n'
        (home.home / "workspace/checks.toml").write_text(checks)
        home.serve()
        def told():
            return [f for f in json.loads(home.run("doctor", "--json").stdout)["findings"] if f["what"] == "approvals"]
        home.connect("webhook", "hook", url="http://127.0.0.1:9/")
        self.assertEqual(told(), [], "nothing can be said through it")
        home.ctl("arm", "hook", "--allow", "posts")
        self.assertEqual(told()[0]["state"], "look")
        self.assertIn("webhook:hook has to pass legal", told()[0]["text"])
        home.ctl("declare", "--title", "Carts are slow", "--severity", "SEV3")
        home.ctl("message", "draft", "--title", "Slow", "--text", "Carts are slow.", "--audience", "technical", "--to", "webhook:hook")
        self.assertEqual([s["stage"] for s in home.get("messages")[0]["stages"]], ["legal"])
        home.put("checks.toml", checks + '[[clearance]]\nid = "ours"\nclass = "internal"\nconnections = ["hook"]\n')
        wait_until(lambda: home.get("messages")[0]["stages"] == [], 30, "the changed rule is in force")
        self.assertEqual(told(), [])
        home.stop()

    def test_02_without_one_the_log_is_verified_and_nothing_is_changed(self):
        self.core.stop()
        before = self.contents()
        found = self.examined(0)
        self.assertEqual(found["core"][1], "None runs.")
        self.assertIn("whole and in order", found["log"][1])
        self.assertIn("0 behind", found["checkpoint"][1])
        self.assertIn("Sealed up to record", found["search"][1])
        self.assertEqual(self.contents(), before)

    def wrong_when(self, change, undo, what, says):
        change()
        try:
            state, text = self.examined(1)[what]
            self.assertEqual(state, "wrong")
            self.assertIn(says, text)
        finally:
            undo()
        self.examined(0)

    def test_03_what_is_wrong_is_named(self):
        home = self.core.home
        self.wrong_when(lambda: home.chmod(0o755), lambda: home.chmod(0o700), "folder", "can be read")
        key = home / "root.key"
        self.wrong_when(lambda: key.chmod(0o644), lambda: key.chmod(0o600), "files", "root.key can be read")
        keys = home / "keys.db"
        self.wrong_when(lambda: keys.rename(home / "elsewhere"), lambda: (home / "elsewhere").rename(keys), "files", "keys.db is missing")
        settings = home / "workspace/services.toml"
        text = settings.read_text()
        self.wrong_when(lambda: settings.write_text("[[service"), lambda: settings.write_text(text), "workspace", "services.toml")
        log = home / "journal.db"
        whole = log.read_bytes()
        at = whole.rindex(b"QDR\x01") + 200
        self.wrong_when(lambda: log.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1:]), lambda: log.write_bytes(whole), "log", "Damaged, first at record")

    def test_04_what_should_be_known_is_no_failure(self):
        os.unlink(self.core.home / "reserve")
        os.unlink(self.core.home / "derived.db")
        found = self.examined(0)
        self.assertEqual(found["reserve"][0], "look")
        self.assertIn("made again", found["derived.db"][1])

    def test_05_no_home_is_wrong(self):
        nobody = Core(self.lab, "nowhere")
        done = nobody.run("doctor")
        self.assertEqual(done.returncode, 1)
        self.assertIn("There is no home", done.stdout)
        self.assertFalse(nobody.home.exists())


if __name__ == "__main__":
    main()
