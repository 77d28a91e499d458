"""Has the library `openbadgeslib` check a credential and a spoilt one, in both of its forms; without any network.

    python check.py SAMPLE.json
"""

import json
import sys
from copy import deepcopy

from openbadgeslib.ob3.ldp import OB3LdpVerifier
from openbadgeslib.ob3.verifier import OB3VerificationError, OB3Verifier

with open(sys.argv[1], encoding="utf-8") as file:
    sample = json.load(file)
did, credential, token = sample["did"], sample["credential"], sample.get("token")
list_address = credential["credentialStatus"]["statusListCredential"]
origin = list_address.split("/credentials/")[0]


def download(kind, state):
    """What the issuer answers, with one state of its status list; anything else cannot be had."""
    known = {
        f"https://{did.removeprefix('did:web:').replace('%3A', ':')}/.well-known/did.json": json.dumps(sample["document"]),
        list_address: json.dumps(sample["statusLists"][state]) if kind == "json" else sample["statusTokens"][state],
    }
    return lambda address, *_, **__: known[address].encode()


def refused(work):
    try:
        work()
    except OB3VerificationError as error:
        return str(error)
    raise AssertionError("it was accepted")


def improved(document):
    document = deepcopy(document)
    result = next(one for one in document["credentialSubject"]["result"] if one["value"] != "5")
    result["value"] = "5"
    return document


def of_proof(document, state="inForce"):
    fetch = download("json", state)
    verifier = OB3LdpVerifier.for_issuer_did(did, download=fetch)
    return verifier.verify(document, check_status=True, verify_status_list=False, download=fetch)


def of_token(token, state="inForce"):
    fetch = download("token", state)
    verifier = OB3Verifier.for_issuer_did(did, download=fetch)
    return verifier.verify(token, check_status=True, download=fetch)


person = credential["credentialSubject"]["id"]
assert of_proof(credential).recipient_id == person
assert "ignature" in refused(lambda: of_proof(improved(credential)))
assert "revocation" in refused(lambda: of_proof(credential, "revoked"))

# What a partner is given has a proof inside and no token.
if token:
    assert of_token(token).recipient_id == person
    assert "revocation" in refused(lambda: of_token(token, "revoked"))
    header, payload, signature = token.split(".")
    other = sample["statusTokens"]["inForce"].split(".")
    assert "ignature" in refused(lambda: of_token(f"{header}.{payload}.{other[2]}"))
print("credentials: ok, with openbadgeslib")
