# SPDX-License-Identifier: GPL-3.0-or-later
"""Small trackers: as much of GitHub's, GitLab's and Jira's REST APIs of issues, and of Confluence's of pages, as the stories need, in the documented shapes
(docs.github.com/rest/issues, docs.gitlab.com/api/issues, developer.atlassian.com/cloud/jira/platform/rest/v2, …/confluence/rest/v1; Jira's of Data Center
docs.atlassian.com/software/jira/docs/api/REST). Whether they are such is for clients of npm's to say: tests/judges/trackers.mjs."""
import base64
import datetime
import hashlib
import http.server
import itertools
import json
import re
import threading
import urllib.parse


def instant():
    return datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


class Refused(Exception):
    def __init__(self, status, message):
        super().__init__(message)
        self.status, self.body = status, {"message": message, "errorMessages": [message]}


class Trackers:
    """One server: /github, /gitlab, /jira (Cloud), /jiradc (Data Center) and /wiki. Everything is under one lock."""
    TOKEN = "tracker-canary-token"
    MAIL = "ops@example.org"
    LOGINS = ("ben-gh", "eve-gh")                                           # who may be given an issue at GitHub
    USERS = {"ben-gl": 41, "eve-gl": 42}                                    # … at GitLab, with their numbers
    ACCOUNTS = {"557058:ben": "Ben Birke", "557058:eve": "Eve Abara"}       # … at Jira Cloud
    NAMES = {"bbirke": "Ben Birke", "eabara": "Eve Abara"}                  # … at Jira Data Center

    def __init__(self):
        self.lock = threading.RLock()
        self.requests = []                    # (method, path with query, headers by small letters, body)
        self.swallowed = 0                    # so many writes are done and not answered
        self.limited = 0                      # so many requests are answered 429, with retry-after: 1
        self.issues = {"github": {}, "gitlab": {}, "jira": {}, "jiradc": {}}
        self.pages = {}
        self._ids = itertools.count(1000)
        outer = self

        class Door(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def serve(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                headers = {k.lower(): v for k, v in self.headers.items()}
                status, out, more = outer.answer(self.command, self.path, headers, body)
                if status is None:
                    self.close_connection = True
                    return
                text = b"" if status in (204, 304) else json.dumps(out).encode()
                self.send_response_only(status)
                for name, value in {"Content-Type": "application/json; charset=utf-8", "Content-Length": str(len(text)), **more}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(text)

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = serve

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Door)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()

    def wrote(self, which):
        return [r for r in self.requests if r[0] != "GET" and r[1].startswith("/" + which)]

    def answer(self, method, path, headers, body):
        with self.lock:
            self.requests.append((method, path, headers, body.decode("utf-8", "replace")))
            if self.limited > 0:
                self.limited -= 1
                return 429, {"message": "later"}, {"Retry-After": "1"}
            url = urllib.parse.urlsplit(path)
            query = dict(urllib.parse.parse_qsl(url.query))
            which, _, rest = url.path.lstrip("/").partition("/")
            try:
                self.known(which, headers)
                given = json.loads(body) if body else {}
                status, out = getattr(self, which)(method, rest, query, given)
            except Refused as e:
                return e.status, e.body, {}
            if method != "GET" and self.swallowed > 0:
                self.swallowed -= 1
                return None, None, None
            more = {}
            if method == "GET" and which in ("github", "gitlab"):
                tag = '"' + hashlib.sha256(json.dumps(out).encode()).hexdigest()[:32] + '"'
                more["ETag"] = tag
                if headers.get("if-none-match") == tag:
                    return 304, None, more
            return status, out, more

    def known(self, which, headers):
        basic = "Basic " + base64.b64encode(f"{self.MAIL}:{self.TOKEN}".encode()).decode()
        said = headers.get("private-token") if which == "gitlab" else headers.get("authorization", "")
        right = {"github": (f"Bearer {self.TOKEN}", f"token {self.TOKEN}"), "gitlab": (self.TOKEN,), "jira": (basic,), "jiradc": (f"Bearer {self.TOKEN}",), "wiki": (basic,)}.get(which)
        if right is None:
            raise Refused(404, "Not Found")
        if said not in right:
            raise Refused(401, "Bad credentials")

    # --- GitHub ---
    def github(self, method, path, query, given):
        issues = self.issues["github"]
        if path == "repos/acme/shop/issues":
            if method == "POST":
                if not given.get("title"):
                    raise Refused(422, "Validation Failed")
                n = len(issues) + 1
                issues[n] = {"id": next(self._ids), "number": n, "html_url": f"{self.url}/github/acme/shop/issues/{n}", "title": given["title"], "body": given.get("body"), "state": "open", "state_reason": None,
                             "assignee": None, "assignees": [], "labels": [], "user": {"login": "quarterdeck"}, "created_at": instant(), "updated_at": instant(), "closed_at": None, **self.github_given(given)}
                return 201, issues[n]
            wanted = [i for i in issues.values() if query.get("state", "open") in ("all", i["state"])]
            wanted.sort(key=lambda i: i["number"], reverse=query.get("direction", "desc") == "desc")
            size, page = int(query.get("per_page", 30)), int(query.get("page", 1))
            return 200, wanted[(page - 1) * size:page * size]
        if m := re.fullmatch(r"repos/acme/shop/issues/(\d+)", path):
            issue = issues.get(int(m[1]))
            if not issue:
                raise Refused(404, "Not Found")
            if method == "PATCH":
                issue.update(self.github_given(given))
                for name in ("title", "body"):
                    issue[name] = given.get(name, issue[name])
                if "state" in given:
                    self.github_turn(issue, given["state"], given.get("state_reason"))
                issue["updated_at"] = instant()
            return 200, issue
        raise Refused(404, "Not Found")

    def github_given(self, given):
        """Who gets an issue: all of them, or nobody."""
        if "assignees" not in given:
            return {}
        if any(login.lower() not in self.LOGINS for login in given["assignees"]):
            raise Refused(422, "Validation Failed")
        people = [{"login": login.lower(), "type": "User"} for login in given["assignees"]]
        return {"assignees": people, "assignee": people[0] if people else None}

    @staticmethod
    def github_turn(issue, state, reason=None):
        if state not in ("open", "closed"):
            raise Refused(422, "Validation Failed")
        issue.update(state=state, state_reason=reason or ("completed" if state == "closed" else "reopened"), closed_at=instant() if state == "closed" else None, updated_at=instant())

    # --- GitLab ---
    def gitlab(self, method, path, query, given):
        issues = self.issues["gitlab"]
        if path == "api/v4/users" and method == "GET":
            return 200, [self.gitlab_user(n) for n in self.USERS if n == query.get("username", "").lower()]
        m = re.fullmatch(r"api/v4/projects/acme(?:%2[Ff])shop/issues(?:/(\d+))?", path)
        if not m:
            raise Refused(404, "404 Project Not Found")
        if m[1] is None and method == "POST":
            if not given.get("title"):
                raise Refused(400, "title is missing")
            n = len(issues) + 1
            issues[n] = {"id": next(self._ids), "iid": n, "project_id": 7, "web_url": f"{self.url}/gitlab/acme/shop/-/issues/{n}", "title": given["title"], "description": given.get("description"), "state": "opened",
                         "due_date": given.get("due_date"), "assignee": None, "assignees": [], "labels": [], "author": {"username": "quarterdeck"}, "created_at": instant(), "updated_at": instant(), "closed_at": None, **self.gitlab_given(given)}
            return 201, issues[n]
        if m[1] is None:
            wanted = sorted(issues.values(), key=lambda i: i["iid"], reverse=query.get("sort", "desc") == "desc")
            return 200, wanted[:int(query.get("per_page", 20))]
        issue = issues.get(int(m[1]))
        if not issue:
            raise Refused(404, "404 Issue Not Found")
        if method == "PUT":
            issue.update(self.gitlab_given(given))
            for name in ("title", "description"):
                issue[name] = given.get(name, issue[name])
            if "due_date" in given:
                issue["due_date"] = given["due_date"] or None
            if turn := given.get("state_event"):
                issue["state"] = {"close": "closed", "reopen": "opened"}[turn]
            issue["updated_at"] = instant()
        return 200, issue

    def gitlab_user(self, name):
        return {"id": self.USERS[name], "username": name, "name": name, "state": "active", "web_url": f"{self.url}/gitlab/{name}"}

    def gitlab_given(self, given):
        """Of several the first, as GitLab's free tier has it; a number of nobody's is passed over, and 0 is nobody."""
        if "assignee_ids" not in given:
            return {}
        people = [self.gitlab_user(n) for n, number in self.USERS.items() if number in [int(i) for i in given["assignee_ids"]]][:1]
        return {"assignees": people, "assignee": people[0] if people else None}

    # --- Jira ---
    STATUS = {"11": ("To Do", "new"), "21": ("In Progress", "indeterminate"), "31": ("Done", "done")}

    def jira_status(self, turn):
        name, category = self.STATUS[turn]
        return {"id": turn, "name": name, "statusCategory": {"id": int(turn), "key": category, "name": name}}

    def jira(self, method, path, query, given):
        return self.jira_of(True, method, path, query, given)

    def jiradc(self, method, path, query, given):
        return self.jira_of(False, method, path, query, given)

    def jira_assignee(self, cloud, given):
        """Cloud knows people by accountId and nothing else, Data Center by name."""
        if given is None:
            return None
        key, people = ("accountId", self.ACCOUNTS) if cloud else ("name", self.NAMES)
        if list(given) != [key] or given[key] not in people:
            raise Refused(400, f"assignee: User '{given}' does not exist.")
        return {key: given[key], "displayName": people[given[key]], "active": True, **({} if cloud else {"key": "JIRAUSER10100"})}

    def jira_of(self, cloud, method, path, query, given):
        site = "jira" if cloud else "jiradc"
        issues = self.issues[site]
        if path == "rest/api/2/serverInfo" and method == "GET":
            return 200, {"baseUrl": f"{self.url}/{site}", "version": "1001.0.0-SNAPSHOT" if cloud else "9.12.5", "deploymentType": "Cloud" if cloud else "Server", "serverTitle": "Jira"}
        if path == "rest/api/2/issue" and method == "POST":
            fields = given.get("fields", {})
            kind = fields.get("issuetype", {}).get("name")
            if not fields.get("summary") or fields.get("project", {}).get("key") != "SHOP" or kind not in ("Task", "Bug"):
                raise Refused(400, "summary, project and issuetype are required")
            assignee = self.jira_assignee(cloud, fields.get("assignee"))
            key = f"SHOP-{len(issues) + 1}"
            issues[key] = {"id": str(next(self._ids)), "key": key, "self": f"{self.url}/{site}/rest/api/2/issue/{key}",
                           "fields": {"summary": fields["summary"], "description": fields.get("description"), "labels": fields.get("labels", []), "duedate": fields.get("duedate"), "assignee": assignee,
                                      "issuetype": {"name": kind}, "status": self.jira_status("11"), "updated": instant().replace("Z", "+0000")}}
            return 201, {name: issues[key][name] for name in ("id", "key", "self")}
        if path == ("rest/api/2/search/jql" if cloud else "rest/api/2/search") and method in ("GET", "POST"):
            asked = given if method == "POST" else query
            m = re.fullmatch(r'project = "SHOP" AND labels = "([^"]+)"', asked.get("jql", ""))
            if not m:
                raise Refused(400, "The JQL is not understood.")
            found = [i for i in issues.values() if m[1] in i["fields"]["labels"]]
            return 200, {"issues": found, "isLast": True} if cloud else {"expand": "schema,names", "startAt": 0, "maxResults": 10, "total": len(found), "issues": found}
        if path == "rest/api/2/search" and cloud:
            raise Refused(410, "The requested API has been removed. Please migrate to the /rest/api/3/search/jql API.")
        if m := re.fullmatch(r"rest/api/2/issue/(SHOP-\d+)(/transitions)?", path):
            issue = issues.get(m[1])
            if not issue:
                raise Refused(404, "Issue does not exist or you do not have permission to see it.")
            if m[2] and method == "GET":
                return 200, {"expand": "transitions", "transitions": [{"id": turn, "name": name, "to": self.jira_status(turn)} for turn, (name, _) in self.STATUS.items()]}
            if m[2]:
                issue["fields"]["status"] = self.jira_status(given["transition"]["id"])
            elif method == "PUT":
                fields = dict(given.get("fields", {}))
                if "assignee" in fields:
                    fields["assignee"] = self.jira_assignee(cloud, fields["assignee"])
                issue["fields"].update(fields)
            if method != "GET":
                issue["fields"]["updated"] = instant().replace("Z", "+0000")
                return 204, None
            return 200, issue
        raise Refused(404, "Not Found")

    # --- Confluence ---
    def wiki(self, method, path, query, given):
        def shown(page):
            wanted = query.get("expand", "").split(",")
            body = {"body": {"storage": {"value": page["storage"], "representation": "storage"}}} if "body.storage" in wanted else {}
            return {**body, "id": page["id"], "type": "page", "status": "current", "title": page["title"], "version": {"number": page["version"]},
                    "_links": {"webui": f"/spaces/OPS/pages/{page['id']}", "base": self.url + "/wiki", "self": f"{self.url}/wiki/rest/api/content/{page['id']}"}}
        if path == "rest/api/content" and method == "POST":
            title, storage = given["title"], given["body"]["storage"]
            if given["space"]["key"] != "OPS" or storage["representation"] != "storage" or any(p["title"] == title for p in self.pages.values()):
                raise Refused(400, "A page with this title already exists")
            page = {"id": str(next(self._ids)), "title": title, "version": 1, "storage": storage["value"]}
            self.pages[page["id"]] = page
            return 200, shown(page)
        if path == "rest/api/content":
            found = [shown(p) for p in self.pages.values() if p["title"] == query.get("title") and query.get("spaceKey") == "OPS"]
            return 200, {"results": found, "start": 0, "limit": 25, "size": len(found), "_links": {}}
        if m := re.fullmatch(r"rest/api/content/(\d+)", path):
            page = self.pages.get(m[1])
            if not page:
                raise Refused(404, "No content found with id")
            if method == "DELETE": # into the bin, where nobody finds it by its id
                del self.pages[page["id"]]
                return 204, None
            if method == "PUT":
                if given["version"]["number"] != page["version"] + 1:
                    raise Refused(409, "Version must be incremented on update.")
                page.update(title=given["title"], storage=given["body"]["storage"]["value"], version=page["version"] + 1)
            return 200, shown(page)
        raise Refused(404, "Not Found")


if __name__ == "__main__":
    trackers = Trackers()
    print(trackers.url, flush=True)
    threading.Event().wait()
