"""Confirms vectors.json with other implementations of the same algorithms.

XChaCha20-Poly1305 comes from libsodium (PyNaCl), Argon2id from the reference code (argon2-cffi), the rest from
hashlib and hmac. The `rust` half is opened and recomputed, the `python` half is sealed here and opened by the Rust
test `vectors`. From the repository's root, with Python 3.11 or later:

    python3 -m venv target/vectors-venv
    target/vectors-venv/bin/pip install -r crates/crypto/tests/requirements.txt
    target/vectors-venv/bin/python crates/crypto/tests/vectors.py

`--write` seals the `python` half anew; needed only after a wanted change of the format.
"""

import base64
import hashlib
import hmac
import json
import sys
import tomllib
import unicodedata
import uuid
from pathlib import Path

from argon2.low_level import Type, hash_secret_raw
from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt as decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt as encrypt,
)
from nacl.exceptions import CryptoError

PATH = Path(__file__).with_name("vectors.json")
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U"


# The formats, written a second time.

def mac(key, message):
    return hmac.new(key, message, hashlib.sha256).digest()


def hkdf(ikm, info, salt=bytes(32)):
    """RFC 5869 with one block of output."""
    return mac(mac(salt, ikm), info.encode() + b"\x01")


def associated(label, *parts):
    return label.encode() + b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def seal(key, plaintext, aad, nonce):
    ciphertext = encrypt(plaintext, aad, nonce, key)
    fields = {"v": 1, "iv": b64(nonce), "ciphertext": b64(ciphertext)}
    return json.dumps(fields, separators=(",", ":"))


def open_envelope(key, envelope, aad):
    fields = json.loads(envelope)
    assert list(fields) == ["v", "iv", "ciphertext"] and fields["v"] == 1
    nonce, ciphertext = (base64.b64decode(fields[name], validate=True) for name in ("iv", "ciphertext"))
    plaintext = decrypt(ciphertext, aad, nonce, key)
    for altered in (aad + b"\0", b"x" + aad):
        refused(lambda: decrypt(ciphertext, altered, nonce, key))
    assert seal(key, plaintext, aad, nonce) == envelope
    return plaintext


def refused(attempt):
    try:
        attempt()
    except CryptoError:
        return
    raise AssertionError("opened with other associated data")


def padded(text):
    plain = text.encode()
    return plain + b" " * (-len(plain) % 32)


def compact(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def field_aad(entry):
    place = (entry[name].encode() for name in ("table", "column", "row"))
    return associated("field", user(entry), *place)


def wrap_aad(entry):
    generation = entry["generation"].to_bytes(4, "big", signed=True)
    return associated("auth", user(entry), entry["method"].encode(), generation)


def email_aad(entry):
    return associated("email", user(entry), entry["row"].encode())


def normal(address):
    lowered = "".join(letter.lower() for letter in unicodedata.normalize("NFKC", address.strip()))
    return unicodedata.normalize("NFKC", lowered.replace("ς", "σ")).encode()


def stretched(entry):
    costs = dict(part.split("=") for part in entry["profile"].split(","))
    return hash_secret_raw(
        entry["password"].encode(), unhex(entry["salt"]), type=Type.ID, version=19, hash_len=32,
        memory_cost=int(costs["m"]), time_cost=int(costs["t"]), parallelism=int(costs["p"]),
    )


def password_results(entry):
    raw, pepper = stretched(entry), unhex(entry["pepper"])
    verifier = hashlib.sha256(hkdf(raw, "dt/auth/password/v1", pepper)).digest()
    salt = unhex(entry["salt"])
    return {
        "stretched": raw.hex(),
        "verifier": verifier.hex(),
        "kek": hkdf(raw, "dt/kek/password/v1", pepper).hex(),
        "record": f"$dt1${entry['profile']}${b64(salt).rstrip('=')}${b64(verifier).rstrip('=')}",
    }


def recovery_code(secret):
    number = int.from_bytes(secret, "big")
    symbols = "".join(CROCKFORD[number >> shift & 31] for shift in range(155, -1, -5))
    groups = [symbols[start:start + 4] for start in range(0, 32, 4)]
    return "-".join([*groups, CROCKFORD[number % 37]])


def b64(data):
    return base64.b64encode(data).decode()


def unhex(text):
    return bytes.fromhex(text)


def user(entry):
    return uuid.UUID(entry["user"]).bytes


# What Rust wrote, confirmed.

def check_aad(entry):
    parts = [unhex(part) for part in entry["parts"]]
    assert associated(entry["label"], *parts).hex() == entry["bytes"]


def check_envelope(entry):
    plaintext = open_envelope(unhex(entry["key"]), entry["envelope"], unhex(entry["aad"]))
    assert plaintext.hex() == entry["plaintext"]


def check_field(entry):
    plaintext = open_envelope(unhex(entry["key"]), entry["envelope"], field_aad(entry))
    assert plaintext == padded(compact(entry["value"]))


def check_wrap(entry):
    plaintext = open_envelope(unhex(entry["kek"]), entry["envelope"], wrap_aad(entry))
    assert plaintext.hex() == entry["data_key"]


def check_password(entry):
    for name, expected in password_results(entry).items():
        assert entry[name] == expected, name


def check_recovery(entry):
    secret = unhex(entry["secret"])
    assert recovery_code(secret) == entry["code"]
    assert hkdf(secret, "dt/kek/recovery/v1").hex() == entry["kek"]


def check_prf(entry):
    output = base64.urlsafe_b64decode(entry["output"] + "=")
    credential = base64.urlsafe_b64encode(unhex(entry["credential"])).decode().rstrip("=")
    assert hkdf(output, "dt/kek/passkey/v1|" + credential).hex() == entry["kek"]


def check_session(entry):
    token = user(entry) + unhex(entry["secret"])
    assert base64.urlsafe_b64encode(token).decode() == entry["token"]
    assert hashlib.sha256(hkdf(token, "dt/session/id")).hexdigest() == entry["id_hash"]
    assert hkdf(token, "dt/session/wrap").hex() == entry["kek"]


def check_email(entry):
    keys = {name: unhex(key) for name, key in tomllib.loads(entry["key_file"]).items()}
    assert list(keys) == ["pepper", "email_index", "email_seal", "decoy"]
    assert mac(keys["email_index"], normal(entry["typed"])).hex() == entry["index"]
    assert mac(keys["decoy"], normal(entry["typed"]))[:16].hex() == entry["decoy_salt"]
    plaintext = open_envelope(keys["email_seal"], entry["envelope"], email_aad(entry))
    assert plaintext == padded(entry["typed"])


def check_content_hash(entry):
    key = hkdf(unhex(entry["key"]), "dt/content-hash/v1")
    assert mac(key, entry["content"].encode()).hex() == entry["hash"]


CHECKS = {
    "aad": check_aad, "envelope": check_envelope, "field": check_field, "wrap": check_wrap,
    "password": check_password, "recovery": check_recovery, "prf": check_prf, "session": check_session,
    "email": check_email, "content_hash": check_content_hash,
}


# What Python seals, for Rust to open. Keys and nonces are hashes of their names, so the half is repeatable.

def fixed(name, length=32):
    return hashlib.sha256(f"dreamtree vectors: {name}".encode()).digest()[:length]


def python_half():
    someone = str(uuid.UUID(bytes=fixed("user", 16)))
    envelopes, fields, wraps = [], [], []
    for number, plaintext in enumerate([b"", b"sealed in Python", bytes(range(256)) * 5]):
        key, aad, nonce = fixed(f"key {number}"), fixed("aad", number), fixed(f"nonce {number}", 24)
        envelopes.append({"key": key.hex(), "aad": aad.hex(), "plaintext": plaintext.hex(),
                          "envelope": seal(key, plaintext, aad, nonce)})
    for number, value in enumerate(["", "Grüße 🌲", [1, 2.5, None], {"a": {"b": "  "}}]):
        key = fixed(f"field key {number}")
        entry = {"key": key.hex(), "user": someone, "table": "values", "column": "body",
                 "row": f"r{number}", "value": value}
        nonce = fixed(f"field nonce {number}", 24)
        fields.append(entry | {"envelope": seal(key, padded(compact(value)), field_aad(entry), nonce)})
    for number, method in enumerate(["session", "password", "recovery", "passkey"]):
        kek, key = fixed(f"kek {number}"), fixed(f"data key {number}")
        entry = {"kek": kek.hex(), "data_key": key.hex(), "user": someone, "method": method,
                 "generation": number + 1}
        wraps.append(entry | {"envelope": seal(kek, key, wrap_aad(entry), fixed(f"wrap nonce {number}", 24))})
    password = {"password": "python pässwörd 🌲", "profile": "m=256,t=2,p=1",
                "pepper": fixed("pepper").hex(), "salt": fixed("salt", 16).hex()}
    return {"envelope": envelopes, "field": fields, "wrap": wraps, "email": [python_email(someone)],
            "password": [password | password_results(password)]}


def python_email(someone):
    names = ("pepper", "email_index", "email_seal", "decoy")
    keys = {name: fixed(name) for name in names}
    entry = {"key_file": "".join(f'{name} = "{key.hex()}"\n' for name, key in keys.items()),
             "typed": "Jürgen@Example.org", "user": someone, "row": "r"}
    typed = normal(entry["typed"])
    return entry | {
        "index": mac(keys["email_index"], typed).hex(),
        "decoy_salt": mac(keys["decoy"], typed)[:16].hex(),
        "envelope": seal(keys["email_seal"], padded(entry["typed"]), email_aad(entry), fixed("email nonce", 24)),
    }


def main():
    whole = json.loads(PATH.read_text(encoding="utf-8"))
    if "--write" in sys.argv[1:]:
        whole["python"] = python_half()
        PATH.write_text(json.dumps(whole, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    assert whole["python"] == python_half(), "the python half is stale: run with --write"
    assert set(whole["rust"]) == set(CHECKS), "a kind of vector without a check, or the reverse"
    count = 0
    for half in ("rust", "python"):
        for kind, entries in whole[half].items():
            for entry in entries:
                CHECKS[kind](entry)
                count += 1
    print(f"{count} vectors confirmed")


if __name__ == "__main__":
    main()
