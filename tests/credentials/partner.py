"""Goes the way of a partner's program at a running server (BASE_URL, with its files in FOLDER): a person's consent, a token, the
badge by the interface of Open Badges 3.0; and writes down what it was given, before and after the person has withdrawn.

    python partner.py SAMPLE.json
"""

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
import time
from html import unescape
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from openapi_spec_validator import validate

BASE_URL, FOLDER = os.environ["BASE_URL"], os.environ["FOLDER"]
BACK = "http://127.0.0.1:9/back"
SCOPE = "https://purl.imsglobal.org/spec/ob/v3p0/scope"
SCOPES = f"{SCOPE}/credential.readonly {SCOPE}/profile.readonly"
#: For so many seconds a server may tell a list as it was.
KEPT = 10


class Stay(HTTPRedirectHandler):
    """Follows nobody anywhere."""

    def redirect_request(self, *_):
        return None


OPENER = build_opener(Stay)


def send(path, body=None, **headers):
    """Status, headers and text of whatever comes."""
    request = Request(f"{BASE_URL}{path}", body, {name.replace("_", "-"): value for name, value in headers.items()})
    try:
        reply = OPENER.open(request)
    except HTTPError as error:
        reply = error
    with reply:
        return reply.status, reply.headers, reply.read().decode()


def ask(query, variables=None, token=None):
    headers = {"content_type": "application/json"}
    if token:
        headers["authorization"] = f"Bearer {token}"
    body = json.dumps({"query": query, "variables": variables or {}}).encode()
    answer = json.loads(send("/graphql", body, **headers)[2])
    assert "errors" not in answer, answer
    return answer["data"]


def person():
    """Somebody with an account, a name and a whole self-assessment; the token of their session."""
    token = ask("mutation { visit(delivery: BEARER) { token } }")["visit"]["token"]
    claim = "mutation($input: CredentialsInput!) { claim(input: $input, delivery: BEARER) { token } }"
    account = {"email": "lends@example.org", "password": "eleven quiet harbours"}
    token = ask(claim, {"input": account}, token)["claim"]["token"]
    ask('mutation { updateSettings(input: { displayName: "Robin" }) { viewer { id } } }', token=token)
    competencies = ask("{ competencies { id levels { id } } }")["competencies"]
    scores = [{"competency": one["id"], "level": one["levels"][at % 5]["id"]} for at, one in enumerate(competencies)]
    submit = """mutation($scores: [CompetencyScoreInput!]!) {
        submitCompetencyScores(input: { scores: $scores }) { scores { score } } }"""
    ask(submit, {"scores": scores}, token)
    return token


def registered():
    """The id and the secret of a new partner."""
    said = subprocess.run(
        ["target/debug/dreamtree", "partner", "add", "A wallet", "--redirect", BACK]
        + ["--scope", "credential.readonly", "--scope", "profile.basic"],
        env={**os.environ, "DATABASE_URL": f"sqlite:{FOLDER}/served.db", "DREAMTREE_KEYS_FILE": f"{FOLDER}/keys"},
        check=True, capture_output=True, text=True,
    ).stdout
    return [re.search(rf"{label}: (\S+)", said)[1] for label in ("client_id", "client_secret")]


def authorized(session, discovery):
    """The tokens that the person's consent gives, by the addresses that the service description tells."""
    client, secret = registered()
    flow = discovery["components"]["securitySchemes"]["OAuth2ACG"]["flows"]["authorizationCode"]
    authorize, exchange = (urlsplit(flow[name]).path for name in ("authorizationUrl", "tokenUrl"))
    assert set(flow["scopes"]) == set(SCOPES.split())
    verifier = base64.urlsafe_b64encode(os.urandom(48)).decode()
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    wanted = {
        "response_type": "code", "client_id": client, "redirect_uri": BACK, "scope": SCOPES, "state": "one",
        "code_challenge": challenge, "code_challenge_method": "S256",
    }
    cookie = f"dt_session={session}"
    status, _, page = send(f"{authorize}?{urlencode(wanted)}", cookie=cookie)
    assert status == 200, page
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    form = [(name, unescape(value)) for name, value in hidden]
    form += [(name, "yes") for name in re.findall(r'<input type="checkbox" name="([^"]+)"', page)]
    form.append(("answer", "allow"))
    status, headers, text = send(authorize, urlencode(form).encode(), cookie=cookie, origin=BASE_URL)
    assert status == 303, text
    code = parse_qs(urlsplit(headers["location"]).query)["code"][0]
    proof = base64.b64encode(f"{client}:{secret}".encode()).decode()
    body = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK, "code_verifier": verifier}
    status, _, text = send(exchange, urlencode(body).encode(), authorization=f"Basic {proof}")
    assert status == 200, text
    tokens = json.loads(text)
    assert set(SCOPES.split()) <= set(tokens["scope"].split()), tokens["scope"]
    return tokens


def offline(node):
    """The same without the schemas that 1EdTech publishes, which would be fetched."""
    if isinstance(node, dict):
        return {"type": "object"} if "$ref" in node else {name: offline(one) for name, one in node.items()}
    return [offline(one) for one in node] if isinstance(node, list) else node


def lists(path):
    return json.loads(send(path)[2]), send(path, accept="application/vc+jwt")[2]


discovery = json.loads(send("/ims/ob/v3p0/discovery")[2])
validate(offline(discovery))
session = person()
bearer = {"authorization": f"Bearer {authorized(session, discovery)['access_token']}"}
status, headers, text = send("/ims/ob/v3p0/credentials?limit=2", **bearer)
assert (status, headers["x-total-count"]) == (200, "1"), text
[credential] = json.loads(text)["credential"]
profile = json.loads(send("/ims/ob/v3p0/profile", **bearer)[2])
assert profile["id"] == credential["credentialSubject"]["id"] and profile["name"] == "Robin", profile
path = credential["credentialStatus"]["statusListCredential"].removeprefix(BASE_URL)
in_force = lists(path)
[grant] = ask("{ partnerGrants { id subject } }", token=session)["partnerGrants"]
assert credential["credentialSubject"]["id"].endswith(f"/{grant['subject']}")
withdraw = "mutation($grant: ID!) { withdrawPartner(input: { grant: $grant }) { withdrawn } }"
ask(withdraw, {"grant": grant["id"]}, session)
status, headers, text = send("/ims/ob/v3p0/credentials", **bearer)
assert status == 401 and "invalid_token" in headers["www-authenticate"], text
time.sleep(KEPT + 1)
revoked = lists(path)
sample = {
    "did": credential["issuer"]["id"],
    "credential": credential,
    "statusLists": {"inForce": in_force[0], "revoked": revoked[0]},
    "statusTokens": {"inForce": in_force[1], "revoked": revoked[1]},
    "document": json.loads(send("/.well-known/did.json")[2]),
    "keySet": json.loads(send("/.well-known/jwks.json")[2]),
}
with open(sys.argv[1], "w", encoding="utf-8") as file:
    json.dump(sample, file)
