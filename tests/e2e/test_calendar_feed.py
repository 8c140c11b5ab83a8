# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is on call by a calendar somewhere else: asked again and again from a real HTTP server, the last good answer kept over failures and restarts."""
import http.server
import threading
from datetime import datetime, timedelta, timezone

from quarterdeck_lab import Core, Story, main, wait_until

PEOPLE = """
[[person]]
id = "ana"
name = "Ana Amsel"
[[person]]
id = "kim"
name = "Kim Kato"

[[team]]
id = "till"
members = ["ana"]
schedule = "pay"

[[schedule]]
id = "pay"
zone = "UTC"
calendar = "rota"
locked = true
[[schedule.layer]]
people = ["ana"]
rotation = "weekly"
start = "2026-01-05"
"""
SECRET = "private-4f1c9e"


def calendar(*shifts):
    events = "".join(f"BEGIN:VEVENT\r\nUID:{n}@test\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:{a:%Y%m%dT%H%M%SZ}\r\nDTEND:{b:%Y%m%dT%H%M%SZ}\r\nSUMMARY:{who}\r\nEND:VEVENT\r\n"
                     for n, (a, b, who) in enumerate(shifts))
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n{events}END:VCALENDAR\r\n"


class Server:
    """Answers with what it is told to; counts how often it was asked, and by which path."""

    def __init__(self):
        self.status, self.body, self.location, self.asked = 200, "", "", []
        server = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                server.asked.append(self.path)
                if server.location and self.path != server.location:
                    self.send_response(302)
                    self.send_header("Location", server.location)
                    self.end_headers()
                    return
                body = server.body.encode()
                self.send_response(server.status)
                self.send_header("Content-Type", "text/calendar")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass
        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.http.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.http.server_port}"

    def close(self):
        self.http.shutdown()
        self.http.server_close()


class ACalendarElsewhere(Story):
    @classmethod
    def build(cls):
        cls.server = Server()
        cls.lab.on_close(lambda: cls.server.close())
        cls.core = core = Core(cls.lab)
        core.init()
        for name in ("people", "teams", "policies", "schedules", "services"):
            (core.home / "workspace" / f"{name}.toml").write_text("")
        (core.home / "workspace" / "people.toml").write_text(PEOPLE)
        core.serve()
        now = datetime.now(timezone.utc).replace(minute=0, second=0, microsecond=0)
        cls.shift = lambda _, who, begins=-1, ends=8: (now + timedelta(hours=begins), now + timedelta(hours=ends), who)

    def source(self):
        return next(s for s in self.core.get("sources") if s["name"] == "rota")

    def on_call(self):
        return next(o["person"] for o in self.core.get("oncall") if o["schedule"] == "pay" and not o["team"])

    def becomes(self, health, words=""):
        wait_until(lambda: self.source()["health"] == health and words in self.source()["problem"], 20, f"the calendar is {health} {words}")

    def asked_again(self):
        """The server is asked twice more: what it answers by now was looked at."""
        count = len(self.server.asked)
        wait_until(lambda: len(self.server.asked) >= count + 2, 20, "the calendar is asked again")

    def test_01_what_it_says_counts_over_the_layers_though_the_schedule_is_locked(self):
        self.assertEqual(self.on_call(), "ana")
        self.server.body = calendar(self.shift("Kim Kato"))
        self.core.ctl("connect", "ical", "--name", "rota", "--url", self.server.url + "/rota.ics", "--interval", "1s")
        wait_until(lambda: self.on_call() == "kim", 20, "the calendar's word counts")
        self.becomes("fresh")
        found = self.core.get("overrides")
        self.assertEqual([(o["source"], o["people"], o["by"]) for o in found], [("calendar/rota", ["kim"], "core")])
        self.assertEqual(next(s["calendar"] for s in self.core.get("schedules")), "rota")

    def test_02_the_same_answer_is_no_change(self):
        before = self.core.get("overrides")
        self.asked_again()
        self.assertEqual(self.core.get("overrides"), before)

    def test_03_what_is_edited_there_changes_here(self):
        self.server.body = calendar(self.shift("ana", 1, 4), self.shift("kim", 4, 9))
        wait_until(lambda: len(self.core.get("overrides")) == 2, 20, "the edited calendar counts")
        self.assertEqual(self.on_call(), "ana")
        self.server.body = calendar(self.shift("Kim Kato"))
        wait_until(lambda: self.on_call() == "kim", 20, "it is as before")

    def test_04_broken_answers_change_nothing_and_are_shown(self):
        good = self.core.get("overrides")
        whole = self.server.body
        for status, body, words in ((503, "gone", "it answered 503"), (200, whole[:90], "cannot be used"), (200, calendar(), "of nobody any more"),
                                    (200, "<html>sign in</html>", "cannot be used"), (200, "x" * (3 << 20), "larger than")):
            self.server.body, self.server.status = body, status
            self.becomes("failed", words)
            self.assertEqual((self.on_call(), self.core.get("overrides")), ("kim", good), words)
        self.server.body, self.server.status = whole, 200
        self.becomes("fresh")
        self.assertEqual(self.core.get("overrides"), good)

    def test_05_the_last_good_answer_is_kept_over_a_restart_without_the_server(self):
        self.server.status = 500
        self.becomes("failed", "it answered 500")
        good = self.core.get("overrides")
        self.core.restart()
        self.assertEqual((self.on_call(), self.core.get("overrides")), ("kim", good))
        self.server.status = 200
        self.becomes("fresh")

    def test_06_somebody_unknown_is_said_and_the_rest_counts(self):
        self.server.body = calendar(self.shift("kim"), self.shift("Zoe Zander", 10, 12))
        self.becomes("failed", "Zoe Zander")
        self.assertEqual(self.on_call(), "kim")
        self.server.body = calendar(self.shift("kim"))
        self.becomes("fresh")

    def test_07_a_redirect_is_followed_but_not_to_what_is_no_address_of_the_web(self):
        self.server.location = "/moved.ics"
        self.asked_again()
        self.assertIn("/moved.ics", self.server.asked)
        self.becomes("fresh")
        self.server.location = "file:///etc/passwd"
        self.becomes("failed")
        self.assertEqual(self.on_call(), "kim")
        self.server.location = ""
        self.becomes("fresh")

    def test_08_an_address_that_is_secret_is_kept_like_one(self):
        self.core.ctl("disconnect", "rota")
        secret = self.lab.write("address", f"{self.server.url}/{SECRET}/rota.ics\n")
        self.core.ctl("connect", "ical", "--name", "rota", "--url-file", secret, "--interval", "1s")
        wait_until(lambda: any(SECRET in path for path in self.server.asked), 20, "it is asked by its secret address")
        self.becomes("fresh")
        self.server.status = 404
        self.becomes("failed", "404")
        for text in (self.core.get_text("sources"), self.core.get_text("timeline"), self.core.process.log.read_text()):
            self.assertNotIn(SECRET, text)
        self.assertEqual(self.source()["url"], self.server.url)
        self.server.status = 200
        self.assertEqual(self.core.run("connect", "ical", "--name", "x").returncode, 2)
        self.assertEqual(self.core.run("connect", "prometheus", "--name", "x", "--url", "http://a", "--url-file", secret).returncode, 2)


if __name__ == "__main__":
    main()
