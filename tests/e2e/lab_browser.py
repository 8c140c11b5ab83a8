# SPDX-License-Identifier: GPL-3.0-or-later
"""A real Chromium, driven by tests/judges/statuspage.mjs; a folder served as the public sees it; and a bucket that checks signatures."""
import functools
import hashlib
import hmac
import http.server
import json
import pathlib
import subprocess
import threading
import urllib.parse

from quarterdeck_lab import judges, need, patient

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Browser:
    def __init__(self, lab):
        env = {**lab.env, "QD_JUDGES": str(judges("playwright-core").parent), "QD_CHROMIUM": str(need("/usr/bin/chromium", "chromium"))}
        self.log = lab.dir / "browser.log"
        self.process = subprocess.Popen(["node", str(ROOT / "tests/judges/statuspage.mjs")], env=env, cwd=lab.dir, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=open(self.log, "w"), text=True)
        lab.on_close(self.close)

    def ask(self, **task):
        self.tell(**task)
        return self.answer()

    def tell(self, **task):
        self.process.stdin.write(json.dumps({**task, "patience": patient(20) * 1000}) + "\n")
        self.process.stdin.flush()

    def answer(self):
        line = self.process.stdout.readline()
        assert line, f"the browser ended: {self.log.read_text()[-2000:]}"
        said = json.loads(line)
        assert "failed" not in said, said["failed"]
        return said

    def close(self):
        self.process.stdin.close()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()


def served(lab, folder):
    """The folder over HTTP, as the public reads it; gives its address."""
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    lab.on_close(server.shutdown)
    return f"http://127.0.0.1:{server.server_port}"


class Bucket:
    """Objects by PUT and GET, for requests signed with AWS Signature Version 4 only: checked as AWS describes it, not as libcurl does it."""
    KEY, SECRET, REGION = "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "eu-central-1"

    def __init__(self, lab):
        self.objects, self.refused, self.down = {}, [], False
        bucket = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def end(self, status, body=b""):
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_PUT(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                if bucket.down:
                    return self.end(503)
                if (why := bucket.why_not(self, body)):
                    bucket.refused.append(why)
                    return self.end(403)
                bucket.objects[self.path] = (self.headers["Content-Type"], body)
                self.end(200)

            def do_GET(self):
                if bucket.down:
                    return self.end(503)
                if (why := bucket.why_not(self, b"")):
                    bucket.refused.append(why)
                    return self.end(403)
                found = bucket.objects.get(self.path)
                self.end(200 if found else 404, found[1] if found else b"")

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        lab.on_close(self.server.shutdown)
        self.url = f"http://127.0.0.1:{self.server.server_port}/status"

    def why_not(self, request, body):
        """"" for a right signature."""
        scheme, _, rest = request.headers.get("Authorization", "").partition(" ")
        if scheme != "AWS4-HMAC-SHA256":
            return "no signature"
        fields = dict(part.strip().split("=", 1) for part in rest.split(","))
        key, day, region, service, end = fields["Credential"].split("/")
        if (key, region, service, end) != (self.KEY, self.REGION, "s3", "aws4_request"):
            return f"credential {fields['Credential']}"
        hashed = hashlib.sha256(body).hexdigest()
        if request.headers.get("x-amz-content-sha256") != hashed:
            return "the body's hash"
        path = urllib.parse.quote(urllib.parse.urlsplit(request.path).path, safe="/-_.~")
        signed = fields["SignedHeaders"]
        if missing := [name for name in signed.split(";") if name not in request.headers]:
            return f"signed but not sent: {missing}"
        headers = "".join(f"{name}:{' '.join(request.headers[name].split())}\n" for name in signed.split(";"))
        canonical = "\n".join([request.command, path, "", headers, signed, hashed])
        when = request.headers["x-amz-date"]
        text = "\n".join(["AWS4-HMAC-SHA256", when, f"{day}/{region}/s3/aws4_request", hashlib.sha256(canonical.encode()).hexdigest()])
        secret = ("AWS4" + self.SECRET).encode()
        for part in (day, region, "s3", "aws4_request"):
            secret = hmac.new(secret, part.encode(), hashlib.sha256).digest()
        return "" if hmac.compare_digest(hmac.new(secret, text.encode(), hashlib.sha256).hexdigest(), fields["Signature"]) else "the signature"
