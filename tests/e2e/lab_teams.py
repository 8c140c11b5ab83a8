# SPDX-License-Identifier: GPL-3.0-or-later
"""A workflow of Microsoft Teams for the tests: the webhook of "Post to a channel when a webhook request is received", as Microsoft documents it. No client
of Microsoft's judges it: none is published. As a program:

    lab_teams.py DIR PORT [TLS-PORT CERTIFICATE KEY]     http://127.0.0.1:PORT/workflows/1/triggers/manual/paths/invoke?sig=SECRET

It takes four posts a second and no more than 28 KB. /lab/ is the test's own door: posts {} · answer {status, code, message, times} · swallow {times}
"""
import json
import signal
import sys
import threading
import time
import urllib.parse

from lab_fake import Handler, listen

SECRET = "canary-signature"
LARGEST = 28 * 1024
PATH = "/workflows/1/triggers/manual/paths/invoke"


def address(port):
    return f"http://127.0.0.1:{port}{PATH}?api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig={SECRET}"


def words(card):
    """The lines of a card of text runs; anything else is not one of ours."""
    assert card["type"] == "AdaptiveCard" and card["version"], card
    lines = []
    for block in card["body"]:
        assert block["type"] == "RichTextBlock" and [run["type"] for run in block["inlines"]] == ["TextRun"], block
        lines.append(block["inlines"][0]["text"])
    return "\n".join(lines)


class Teams:
    def __init__(self):
        self.lock, self.posts, self.times, self.limited, self.answers, self.swallowed = threading.Lock(), [], [], 0, [], 0

    def lab(self, what, given):
        if what == "answer":
            self.answers = [given] * given.get("times", 1)
        if what == "swallow":
            self.swallowed = given.get("times", 1)
        return {"posts": self.posts, "limited": self.limited, "times": self.times}

    def post(self, body):
        """Status, answer and headers."""
        now = time.monotonic()
        if self.answers:
            told = self.answers.pop(0)
            return told["status"], {"error": {"code": told.get("code", ""), "message": told.get("message", "")}}, {"Retry_After": told["after"]} if "after" in told else {}
        if len(body) > LARGEST:
            return 413, {"error": {"code": "RequestEntityTooLarge", "message": "The request is too large."}}, {}
        if len([t for t in self.times if now - t < 1]) >= 4:
            self.limited += 1
            return 429, {"error": {"code": "WorkflowRunThrottled", "message": "Rate limit is exceeded."}}, {"Retry_After": 1}
        try:
            message = json.loads(body)
            assert message["type"] == "message" and message["attachments"][0]["contentType"] == "application/vnd.microsoft.card.adaptive"
            text = words(message["attachments"][0]["content"])
        except (ValueError, LookupError, AssertionError, TypeError):
            return 400, {"error": {"code": "TriggerInputSchemaMismatch", "message": "The input body for trigger 'manual' did not match its schema definition."}}, {}
        self.times.append(now)
        self.posts.append(text)
        return 202, None, {}


class Answers(Handler):
    teams = None

    def do_POST(self):
        url = urllib.parse.urlparse(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        with self.teams.lock:
            if url.path.startswith("/lab/"):
                return self.answer(self.teams.lab(url.path.removeprefix("/lab/"), json.loads(body or "{}")))
            if url.path != PATH:
                return self.answer({"error": {"code": "WorkflowNotFound", "message": "The workflow could not be found."}}, 404)
            if dict(urllib.parse.parse_qsl(url.query)).get("sig") != SECRET:
                return self.answer({"error": {"code": "DirectApiAuthorizationRequired", "message": "The signature is not valid."}}, 401)
            status, told, headers = self.teams.post(body)
            if self.teams.swallowed > 0:
                self.teams.swallowed -= 1
                self.close_connection = True
                return None
        if told is None:
            self.send_response_only(status)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return None
        return self.answer(told, status, **headers)


def serve(_folder, port, tls=None):
    return listen(type("TeamsAnswers", (Answers,), {"teams": Teams()}), port, tls)


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]), (int(sys.argv[3]), sys.argv[4], sys.argv[5]) if len(sys.argv) > 5 else None)
    signal.pause()
