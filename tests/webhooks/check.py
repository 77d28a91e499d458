"""Has a running server (BASE_URL, its data in FOLDER) tell a partner that something has changed, and checks every message with
the library `standardwebhooks`: a consent, a result, another result, a rotation of the secret, a withdrawal."""

import base64
import hashlib
import json
import os
import queue
import re
import secrets
import subprocess
import threading
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

BASE_URL = os.environ["BASE_URL"]
FOLDER = os.environ["FOLDER"]
BACK = "http://127.0.0.1:9/back"

heard = queue.Queue()
answers = queue.Queue()


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        heard.put((dict(self.headers), body))
        self.send_response(204 if answers.empty() else answers.get())
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


receiver = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
threading.Thread(target=receiver.serve_forever, daemon=True).start()


def dreamtree(*words):
    environment = {**os.environ, "DATABASE_URL": f"sqlite:{FOLDER}/served.db", "DREAMTREE_KEYS_FILE": f"{FOLDER}/keys"}
    done = subprocess.run(["target/debug/dreamtree", *words], env=environment, check=True, capture_output=True, text=True)
    return dict(re.findall(r"(\w+): (\S+)", done.stdout))


def ask(query, variables=None, token=None):
    headers = {"content-type": "application/json"}
    if token:
        headers["authorization"] = f"Bearer {token}"
    body = json.dumps({"query": query, "variables": variables or {}}).encode()
    with urlopen(Request(f"{BASE_URL}/graphql", body, headers)) as reply:
        answer = json.load(reply)
    assert "errors" not in answer, answer
    return answer["data"]


def browse(method, path, cookie, form=None):
    """What a browser sends; redirects are not followed."""
    connection = HTTPConnection(urlsplit(BASE_URL).netloc)
    headers = {"cookie": cookie}
    if form:
        headers |= {"content-type": "application/x-www-form-urlencoded", "origin": BASE_URL}
    connection.request(method, path, urlencode(form) if form else None, headers)
    reply = connection.getresponse()
    return reply.status, reply.read().decode()


def consent(client, cookie):
    challenge = base64.urlsafe_b64encode(hashlib.sha256(secrets.token_bytes(32)).digest()).decode().rstrip("=")
    request = {
        "response_type": "code",
        "client_id": client,
        "redirect_uri": BACK,
        "scope": "competency.read",
        "state": "a",
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    status, page = browse("GET", f"/oauth/authorize?{urlencode(request)}", cookie)
    assert status == 200, page
    seal = {name: re.search(f'name="{name}" value="([^"]*)"', page)[1] for name in ("made_at", "mark")}
    form = {**request, **seal, "allow.competency.read": "yes", "answer": "allow"}
    status, page = browse("POST", "/oauth/authorize", cookie, form)
    assert status == 303, page


def rate(token, level):
    one = ask("{ competencies { id levels { id } } }")["competencies"][0]
    ask(
        "mutation($competency: ID!, $level: ID!) { submitCompetencyScores(input: { scores: [{ competency: $competency, "
        "level: $level }] }) { result { assessedAt } } }",
        {"competency": one["id"], "level": one["levels"][level]["id"]},
        token,
    )


def refused(secret, headers, body):
    try:
        Webhook(secret).verify(body, headers)
    except WebhookVerificationError:
        return True
    return False


def told(*keys):
    """The next message, checked with each of these secrets; its type and its data."""
    headers, body = heard.get(timeout=30)
    headers = {name.lower(): value for name, value in headers.items()}
    for secret in keys:
        message = Webhook(secret).verify(body, headers)
        assert message == json.loads(body)
        assert refused(secret, headers, body.replace(b'"data"', b'"datum"')), "a changed body"
        assert refused(secret, {**headers, "webhook-id": "msg_0"}, body), "another id"
        later = str(int(headers["webhook-timestamp"]) + 1)
        assert refused(secret, {**headers, "webhook-timestamp": later}, body), "another time"
    stranger = "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()
    assert refused(stranger, headers, body), "another secret"
    return headers["webhook-id"], message["type"], message["data"]


school = dreamtree("partner", "add", "A school", "--redirect", BACK, "--scope", "competency.read")["client_id"]
events = ["grant.given", "grant.changed", "grant.withdrawn", "competency_result.changed"]
flags = [word for event in events for word in ("--event", event)]
url = f"http://127.0.0.1:{receiver.server_port}/hooks"
secret = dreamtree("partner", "webhook", "set", school, url, *flags)["secret"]

visitor = ask("mutation { visit(delivery: BEARER) { token } }")["visit"]["token"]
claim = "mutation { claim(input: { email: \"robin@example.org\", password: \"seven slow lanterns\" }, delivery: BEARER) { token } }"
person = ask(claim, token=visitor)["claim"]["token"]

for status in (500, 503):
    answers.put(status)
consent(school, f"dt_session={person}")
attempts = [told(secret) for _ in range(3)]
assert attempts[0] == attempts[1] == attempts[2], "failed twice, and the same message each time"
_, event, data = attempts[0]
assert event == "grant.given" and set(data) == {"subject", "grant"}, data

seen = {attempts[0][0]}
for level in (0, 4):
    rate(person, level)
    message, event, about = told(secret)
    assert event == "competency_result.changed" and about == data
    assert message not in seen
    seen.add(message)

newer = dreamtree("partner", "webhook", "rotate", school)["secret"]
assert newer != secret
dreamtree("partner", "webhook", "test", school)
_, event, about = told(newer, secret)
assert event == "webhook.test" and about == {}

grant = ask("{ partnerGrants { id subject } }", token=person)["partnerGrants"][0]
assert grant["subject"] == data["subject"]
ask("mutation($grant: ID!) { withdrawPartner(input: { grant: $grant }) { withdrawn } }", {"grant": grant["id"]}, person)
_, event, about = told(newer, secret)
assert event == "grant.withdrawn" and about == data
assert heard.empty()
print("webhooks: ok, 7 messages, and none of them when it is changed")
