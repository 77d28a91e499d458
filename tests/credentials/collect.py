"""Lets a running server (BASE_URL) issue a credential and revoke it, and writes down what it and its documents say.

    python collect.py SAMPLE.json
"""

import json
import os
import sys
import time
from urllib.request import Request, urlopen

BASE_URL = os.environ["BASE_URL"]
#: For so many seconds a server may tell a list as it was.
KEPT = 10


def get(path, accept="*/*"):
    with urlopen(Request(f"{BASE_URL}{path}", headers={"accept": accept})) as reply:
        return reply.read().decode()


def ask(query, variables=None, token=None):
    headers = {"content-type": "application/json"}
    if token:
        headers["authorization"] = f"Bearer {token}"
    body = json.dumps({"query": query, "variables": variables or {}}).encode()
    with urlopen(Request(f"{BASE_URL}/graphql", body, headers)) as reply:
        answer = json.load(reply)
    assert "errors" not in answer, answer
    return answer["data"]


token = ask("mutation { visit(delivery: BEARER) { token } }")["visit"]["token"]
claim = "mutation($input: CredentialsInput!) { claim(input: $input, delivery: BEARER) { token } }"
credentials = {"email": "check@example.org", "password": "eleven quiet harbours"}
token = ask(claim, {"input": credentials}, token)["claim"]["token"]
competencies = ask("{ competencies { id levels { id } } }")["competencies"]
scores = [{"competency": one["id"], "level": one["levels"][number % 5]["id"]} for number, one in enumerate(competencies)]
ask(
    "mutation($scores: [CompetencyScoreInput!]!) { submitCompetencyScores(input: { scores: $scores }) { scores { score } } }",
    {"scores": scores},
    token,
)
issued = ask("mutation { issueCredential { credential { id } json token } }", token=token)["issueCredential"]
credential = issued["json"]
path = credential["credentialStatus"]["statusListCredential"].removeprefix(BASE_URL)


def lists():
    return json.loads(get(path)), get(path, "application/vc+jwt")


in_force = lists()
ask("mutation($id: ID!) { revokeCredential(input: { id: $id }) { id } }", {"id": issued["credential"]["id"]}, token)
time.sleep(KEPT + 1)
revoked = lists()
sample = {
    "did": credential["issuer"]["id"],
    "credential": credential,
    "token": issued["token"],
    "statusLists": {"inForce": in_force[0], "revoked": revoked[0]},
    "statusTokens": {"inForce": in_force[1], "revoked": revoked[1]},
    "document": json.loads(get("/.well-known/did.json")),
    "keySet": json.loads(get("/.well-known/jwks.json")),
}
with open(sys.argv[1], "w", encoding="utf-8") as file:
    json.dump(sample, file)
