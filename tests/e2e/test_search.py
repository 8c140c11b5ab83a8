# SPDX-License-Identifier: GPL-3.0-or-later
"""What was said is found by the command line: at once, after a crash, and nowhere in the files of the home."""
from quarterdeck_lab import Core, Story, main, request, wait_until

CANARY = "ondine7f3acanary"


class WhatWasSaidIsFound(Story):
    @classmethod
    def build(cls):
        cls.core = Core(cls.lab, "home")
        cls.core.init()
        cls.core.serve()

    def find(self, *text):
        return self.core.json("search", "--json", *text)

    def test_01_a_line_is_found_the_moment_it_is_written(self):
        self.core.ctl("declare", "--title", "The database is slow", "--no-room")
        for n in range(10):
            self.core.ctl("log", "--incident", "INC-1", f"we suspect {CANARY} number{n}")
            answer = self.find(CANARY)
            self.assertEqual(answer["total"], n + 1)
            self.assertEqual(answer["items"][0]["excerpt"], f"we suspect {CANARY} number{n}")
        self.assertTrue(answer["complete"])
        self.assertEqual({(i["kind"], i["incident"], i["title"]) for i in answer["items"]}, {("line", "INC-1", "The database is slow")})

    def test_02_an_alert_is_found_by_its_labels_and_its_summary(self):
        keys = self.core.connect("inbound", "am")
        alert = {"labels": {"alertname": "DiskFull", "service": "db", "instance": "db-1.example.com:9100"}, "annotations": {"summary": f"Die Platte läuft voll {CANARY}"}}
        answer = request("POST", keys["urls"]["alerts"], [alert])
        self.assertEqual(answer.status, 200, answer.body)
        for text in ("diskfull", "LAUFT voll", '"die platte"', "db-1.example.com:9100", "instan*", "kind:alert"):
            self.assertEqual(self.find(text)["total"], 1, text)
        self.assertEqual(self.find("diskfull")["items"][0]["alert"], self.core.get("alerts")[0]["key"])

    def test_03_people_read_a_line_a_hit_and_what_is_wrong(self):
        done = self.core.run("search", CANARY, "--limit", "3")
        self.assertEqual((done.returncode, len(done.stdout.splitlines())), (0, 3))
        self.assertIn("11 found, the newest 3 shown.", done.stderr)
        nothing = self.core.run("search", "nothinglikeit")
        self.assertEqual((nothing.returncode, nothing.stdout), (0, ""))
        self.assertIn("Nothing was found.", nothing.stderr)
        for text, sentence in (('"open', "not closed"), ("kind:banana", "there are: alert"), ("::", "at least one word")):
            wrong = self.core.run("search", text)
            self.assertEqual((wrong.returncode, wrong.stdout), (1, ""), text)
            self.assertIn(sentence, wrong.stderr)
        self.assertEqual(self.core.run("search").returncode, 2)
        self.assertEqual(self.core.run("search", "x", "--limit", "201").returncode, 2)

    def test_04_after_a_crash_and_a_restart_all_is_found_again(self):
        self.core.kill()
        self.core.serve()
        wait_until(lambda: self.find(CANARY)["complete"], 20, "all is indexed")
        self.assertEqual(self.find(CANARY)["total"], 11)
        self.core.stop()
        self.assertEqual(self.core.run("search", CANARY).returncode, 3)
        self.core.serve()
        wait_until(lambda: self.find(CANARY)["complete"], 20, "all is indexed")
        self.assertEqual(self.find(CANARY)["total"], 11)

    def test_05_no_file_of_the_home_holds_a_word_of_it(self):
        self.core.stop()
        self.assertTrue((self.core.home / "derived.db").exists())
        for file in self.core.home.rglob("*"):
            if file.is_file():
                self.assertNotIn(CANARY.encode(), file.read_bytes(), file)
        self.core.serve()


if __name__ == "__main__":
    main()
