# SPDX-License-Identifier: GPL-3.0-or-later
"""How severe it is: from what the business loses and three answers, with the arithmetic and the version of the matrix; explained, recorded, read again."""
import json

from quarterdeck_lab import Core, Story, main, request

SERVICES = """
[[business]]
id = "webshop"
name = "Webshop"
customers = 20000
revenue_per_hour = 52000
data = "confidential"

[[business]]
id = "payouts"
name = "Payouts"
customers = 90
regulated = true

[[service]]
id = "checkout"
needs = ["payments"]
carries = ["webshop"]

[[service]]
id = "payments"
needs = ["ledger"]
carries = ["payouts"]

[[service]]
id = "ledger"

[[service]]
id = "intranet"
"""
MATRIX = """
[severity_matrix]
version = "2026-11"
currency = "EUR"
customers = [10000, 1000, 100, 10]
revenue_per_hour = [100000, 10000, 1000, 100]
"""


class HowSevereItIs(Story):
    @classmethod
    def build(cls):
        cls.core = core = Core(cls.lab)
        core.init()
        core.serve()
        made = core.connect("inbound", "one")
        cls.url = next(u for u in made["urls"].values() if u.endswith("/api/v2/alerts"))

    def explained(self, *args):
        return self.core.ctl("severity", "--explain", *args).stdout

    def test_01_a_team_that_writes_nothing_has_what_there_was(self):
        self.core.ctl("declare", "--title", "Ledger is slow", "--service", "ledger", "--no-room")
        self.assertIn("suggested: SEV1; not hurt yet +1; some +1 = SEV3\n", self.explained("--hurt", "soon", "--how-many", "some", "--workaround", "no"))
        self.assertIn("the workspace names no business services", self.explained())
        self.assertEqual(self.explained().count("\n  hurt "), 18)
        self.assertIn("is SEV3 already", self.core.refused("severity", "SEV3"))
        self.assertIn("how many is not answered", self.core.refused("severity", "--hurt", "yes"))
        self.assertEqual(self.core.run("severity").returncode, 2)
        self.assertEqual(self.core.run("severity", "--hurt", "perhaps").returncode, 2)

    def test_02_what_depends_on_it_carries_the_business(self):
        with self.core.changed_workspace() as workspace:
            (workspace / "services.toml").write_text(SERVICES + MATRIX)
        text = self.explained()
        self.assertIn("its services: ledger; 2 more depend on them", text)
        self.assertIn("Webshop (by checkout, which depends on it): 20,000 customers, 52,000 EUR/h, confidential data", text)
        self.assertIn("Payouts (by payments, which depends on it): 90 customers, revenue not said, internal data, regulated", text)
        self.assertIn("technical severity: nothing of it fires; it takes no part", text)
        self.assertIn("matrix: 2026-11 (", text)

    def test_03_the_severity_follows_from_the_answers_and_says_how(self):
        done = self.core.ctl("severity", "--hurt", "yes", "--how-many", "some", "--workaround", "yes")
        arithmetic = ("25 % of 20,000 customers (Webshop) = 5,000: SEV2; 25 % of 52,000 EUR/h = 13,000 EUR/h: SEV2; the worse is SEV2; a workaround +1; "
                      "regulated (Payouts) -1 = SEV2")
        self.assertIn(f"Suggested: {arithmetic} (matrix 2026-11 (", done.stderr)
        incident = self.core.incident()
        self.assertEqual((incident["severity"], incident["reckoned"]["arithmetic"], incident["reckoned"]["business"]), ("SEV2", arithmetic, ["webshop", "payouts"]))
        self.assertRegex(incident["reckoned"]["matrix"], r"^2026-11 \([0-9a-f]{8}\)$")
        line = self.core.timeline(kind="severity")[-1]["text"]
        self.assertTrue(line.startswith(f"SEV3 to SEV2 ({arithmetic}; matrix 2026-11 ("), line)
        self.assertEqual(self.core.get("standdowns")[0]["owed"], [])

    def test_04_another_one_needs_a_reason_and_is_an_override(self):
        answers = ("--hurt", "yes", "--how-many", "some", "--workaround", "yes")
        self.assertIn("Say why INC-1 is less severe than SEV2", self.core.refused("severity", "SEV4", *answers))
        self.core.ctl("severity", "SEV4", *answers, "--reason", "one region only")
        found = [o for o in self.core.get("overrides") if o["what"] == "severity"]
        self.assertEqual([(o["on"], o["reason"], o["id"]) for o in found], [("INC-1: SEV4 where SEV2 is suggested", "one region only", "INC-1")])

    def test_05_technical_severity_stands_beside_and_takes_no_part(self):
        before = self.core.get("severities")[0]["suggestions"]
        alert = {"labels": {"alertname": "Down", "service": "ledger", "severity": "critical"}, "startsAt": "2026-11-23T14:00:00Z"}
        self.assertEqual(request("POST", self.url, [alert]).status, 200)
        key = self.core.get("alerts")[0]["key"]
        self.core.ctl("call", "incident.attach", json.dumps({"incident": "INC-1", "alerts": [key]}))
        item = self.core.get("severities")[0]
        self.assertEqual((item["technical"], item["suggestions"]), ("critical", before))

    def test_06_a_changed_matrix_has_another_name_and_the_past_reads_the_same(self):
        at = f"seq:{self.core.status()['seq']}"
        was = json.loads(self.core.get_text("severities"))["items"]
        with self.core.changed_workspace() as workspace:
            (workspace / "services.toml").write_text(SERVICES + MATRIX.replace("[10000, 1000, 100, 10]", "[50000, 40000, 30000, 20000]"))
        now = self.core.get("severities")[0]
        self.assertNotEqual(now["matrix"], was[0]["matrix"])
        self.assertTrue(now["matrix"].startswith("2026-11 ("))
        self.assertEqual(now["decided"], was[0]["decided"])
        self.core.restart()
        self.assertEqual(json.loads(self.core.get_text("severities", at))["items"], was)

    def test_07_a_mistake_is_named_and_the_last_good_matrix_stays(self):
        matrix = self.core.get("severities")[0]["matrix"]
        self.core.put("services.toml", SERVICES + MATRIX.replace('version = "2026-11"', ""))
        self.assertIn("[severity_matrix] has no version", self.core.refused("workspace", "check"))
        self.assertEqual(self.core.get("severities")[0]["matrix"], matrix)


if __name__ == "__main__":
    main()
