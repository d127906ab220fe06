#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Verifies an evidence bundle with Python's standard library alone.

    python3 verify_bundle.py BUNDLE [--policy FILE]

It was written apart from the C++ program, so that two programs have to agree. It checks manifests, digests,
chunk trees, the sealed set, inclusion proofs, Ed25519 signatures and cosignatures under a policy, and what is
opened of the leaves. CMS and time stamps it does not check. Status 0: all holds; 10: it holds, if the policy
that came along is to be trusted; 1: something does not; 2: wrong use. Have this file, or its SHA-256, from
somebody else than the sender: a replaced one says what it likes. The format is custody/FORMAT.md beside it.
"""

import argparse
import base64
import hashlib
import json
import os
import re
import stat
import sys
from datetime import datetime, timezone

CHUNK = 65536
MAX_TEXT = 64 << 20
HEX64 = re.compile(r"[0-9a-f]{64}\Z")
UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")

class Bad(Exception):
    """Something that does not hold."""

# ---- Ed25519 (RFC 8032), verification only -------------------------------------------------------------------
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_M1 = pow(2, (P - 1) // 4, P)
def recover_x(y, sign):
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if square == 0:
        return None if sign else 0
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P != 0:
        x = x * SQRT_M1 % P
    if (x * x - square) % P != 0:
        return None
    return P - x if (x & 1) != sign else x
BASE_Y = 4 * pow(5, P - 2, P) % P
BASE_X = recover_x(BASE_Y, 0)
BASE, NEUTRAL = (BASE_X, BASE_Y, 1, BASE_X * BASE_Y % P), (0, 1, 1, 0)
def point_add(p, q):
    a = (p[1] - p[0]) * (q[1] - q[0]) % P
    b = (p[1] + p[0]) * (q[1] + q[0]) % P
    c = 2 * p[3] * q[3] * D % P
    d = 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)
def point_multiply(scalar, point):
    result = NEUTRAL
    while scalar:
        if scalar & 1:
            result = point_add(result, point)
        point = point_add(point, point)
        scalar >>= 1
    return result
def point_decompress(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    x = recover_x(y, sign)
    return None if x is None else (x, y, 1, x * y % P)
def ed25519_verify(key, message, signature):
    if len(key) != 32 or len(signature) != 64:
        return False
    a, r = point_decompress(key), point_decompress(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    left, right = point_multiply(s, BASE), point_add(r, point_multiply(h, a))
    return ((left[0] * right[2] - right[0] * left[2]) % P == 0
            and (left[1] * right[2] - right[1] * left[2]) % P == 0)

# ---- Merkle trees (RFC 6962) ---------------------------------------------------------------------------------
def leaf_hash(data):
    return hashlib.sha256(b"\x00" + data).digest()
def node_hash(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()
def tree_root(nodes):
    """From the leaves up; a last one without a sibling goes up as it is."""
    while len(nodes) > 1:
        pairs = [node_hash(nodes[i], nodes[i + 1]) for i in range(0, len(nodes) - 1, 2)]
        nodes = pairs + nodes[2 * len(pairs):]
    return nodes[0] if nodes else hashlib.sha256(b"").digest()
def root_from_path(leaf, index, size, path):
    """RFC 9162 2.1.3.2."""
    if index >= size:
        raise Bad("the index is outside of the tree")
    fn, sn, root = index, size - 1, leaf
    for step in path:
        if sn == 0 or len(step) != 32:
            raise Bad("the path is too long, or not of hashes")
        if fn & 1 or fn == sn:
            root = node_hash(step, root)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            root = node_hash(root, step)
        fn, sn = fn >> 1, sn >> 1
    if sn != 0:
        raise Bad("the path is too short")
    return root

# ---- Notes, checkpoints, policies (C2SP signed-note, tlog-checkpoint, tlog-cosignature, tlog-policy) ---------
def decode64(text):
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        raise Bad(f"no base64: {text[:40]!r}") from None
    if base64.b64encode(data).decode() != text:
        raise Bad("base64 that is not as it is written")
    return data

class Key:
    def __init__(self, text):
        parts = text.split("+", 2)
        if len(parts) != 3:
            raise Bad("no verifier key")
        self.name, data = parts[0], decode64(parts[2])
        self.type, self.public = data[0], data[1:]
        self.id = hashlib.sha256(self.name.encode() + b"\n" + data).digest()[:4]
        if self.id.hex() != parts[1]:
            raise Bad(f"the key of {self.name} has not the id it says")

def parse_note(text):
    body, separator, lines = text.rpartition("\n\n")
    if not separator or not lines.endswith("\n"):
        raise Bad("no signed note")
    signatures = []
    for line in lines[:-1].split("\n"):
        match = re.match("\u2014 ([^ +]+) ([A-Za-z0-9+/=]+)\\Z", line)
        if not match:
            raise Bad("no line of a signature")
        data = decode64(match.group(2))
        signatures.append((match.group(1), data[:4], data[4:]))
    return body + "\n", signatures

def decimal(text):
    if not re.match(r"(0|[1-9][0-9]{0,18})\Z", text) or int(text) > 2**63 - 1:
        raise Bad("no number as it is written")
    return int(text)

def verify_signature(key, text, signature, say):
    """The time a cosigner states, or None; False for a suite that is not known; raises when it is wrong."""
    if key.type == 1:
        if not ed25519_verify(key.public, text.encode(), signature):
            raise Bad(f"the signature of {key.name} is wrong")
        return None
    if key.type == 4:
        time = int.from_bytes(signature[:8], "big")
        message = f"cosignature/v1\ntime {time}\n{text}".encode()
        if len(signature) != 72 or not ed25519_verify(key.public, message, signature[8:]):
            raise Bad(f"the cosignature of {key.name} is wrong")
        return time
    say("not", f"the signature of {key.name}: its suite is not known to this program")
    return False

class Policy:
    def __init__(self, text):
        self.logs, self.witnesses, self.groups, self.quorum = [], {}, {}, None
        for line in text.split("\n"):
            words = line.split()
            if not words or words[0].startswith("#"):
                continue
            if words[0] == "log" and len(words) in (2, 3):
                self.logs.append(Key(words[1]))
            elif words[0] == "witness" and len(words) in (3, 4):
                self.witnesses[words[1]] = Key(words[2])
                if self.witnesses[words[1]].type not in (4, 6) or words[1] == "none":
                    raise Bad(f"{words[1]!r} cannot be a witness: its key makes no cosignatures, or the name is taken")
            elif words[0] == "group" and len(words) >= 4:
                count = {"any": 1, "all": len(words) - 3}.get(words[2])
                self.groups[words[1]] = (count or decimal(words[2]), words[3:])
            elif words[0] == "quorum" and len(words) == 2 and self.quorum is None:
                self.quorum = words[1]
            else:
                raise Bad(f"the policy has a line that is not known: {line!r}")
        if self.quorum is None or not self.logs:
            raise Bad("the policy has no quorum or no log")

    def is_reached(self, name, signed, depth=0):
        if name == "none" and depth == 0:
            return True
        if name in self.groups and depth < 64:
            count, members = self.groups[name]
            return count > 0 and sum(self.is_reached(m, signed, depth + 1) for m in members) >= count
        if name in self.witnesses:
            return name in signed
        raise Bad(f"the policy does not know {name!r}")

    def check(self, note, say):
        text, signatures = note
        lines = text.split("\n")
        if len(lines) < 4 or lines[-1] != "" or not lines[0]:
            raise Bad("no checkpoint")
        origin, size, root = lines[0], decimal(lines[1]), decode64(lines[2])
        if len(root) != 32:
            raise Bad("the root of the checkpoint is no hash")
        is_logged, signed = False, set()
        for name, key_id, signature in signatures:
            for witness, key in [(None, log) for log in self.logs] + list(self.witnesses.items()):
                if (key.name, key.id) == (name, key_id):
                    time = verify_signature(key, text, signature, say)
                    is_logged |= witness is None and name == origin and key.type in (1, 4)
                    if witness and time:
                        signed.add(witness)
                        at = datetime.fromtimestamp(time, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
                        say("time", f"{at}  the checkpoint was seen (witness {key.name})")
        if not is_logged:
            raise Bad("no log of the policy signed the checkpoint")
        if not self.is_reached(self.quorum, signed):
            raise Bad("the witnesses that the policy asks for did not cosign the checkpoint")
        return origin, size, root, len(signed)

# ---- The bundle ----------------------------------------------------------------------------------------------
def canonical(value):
    """RFC 8785 for what bundles hold: no fractions, so Python's own writing is the same."""
    if isinstance(value, float):
        raise Bad("a number that is not whole")
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(canonical(key) + ":" + canonical(value[key]) for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(canonical(one) for one in value) + "]"
    return json.dumps(value, ensure_ascii=False)

def bytes32(text):
    """With another length, bytes of a value could be moved into its salt, and the commitment would stay."""
    if not HEX64.match(text):
        raise Bad(f"a salt or a hash has not 32 bytes in hexadecimal digits: {text[:80]!r}")
    return bytes.fromhex(text)

def commitment(salt, value):
    data = b"rogatory.commitment/1\x00" + bytes32(salt) + canonical(value).encode()
    return hashlib.sha256(data).digest()

def differing(record, opened):
    """What an ingest or a derivation opens that is not so in the record; an id may stand in place of a name."""
    for member in ("name", "size_bytes", "sha256", "sha512", "tree_root"):
        is_id = member == "name" and record["name"] == opened.get("item")
        if member in opened and canonical(opened[member]) != canonical(record[member]) and not is_id:
            return member
    return None

def no_twice(pairs):
    if len({key for key, _ in pairs}) != len(pairs):
        raise Bad("a key is there twice")
    return dict(pairs)

class Bundle:
    def __init__(self, folder):
        self.folder, self.problems = folder, []
        self.said = {"ok": [], "not": [], "time": [], "trust": []}

    def say(self, kind, text):
        if kind != "ok" or not self.problems:
            self.said[kind].append(text)
    def fail(self, text):
        if text not in self.problems:
            self.problems.append(text)

    def open(self, path):
        """Opens a file of the bundle; no link is followed on the way."""
        at = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            parts = path.split("/")
            for i, part in enumerate(parts):
                kind = os.O_NONBLOCK if i + 1 == len(parts) else os.O_DIRECTORY
                following = os.open(part, os.O_RDONLY | os.O_NOFOLLOW | kind, dir_fd=at)
                os.close(at)
                at = following
            if not stat.S_ISREG(os.fstat(at).st_mode):
                raise Bad(f"{path}: no regular file")
            return os.fdopen(at, "rb")
        except OSError as error:
            os.close(at)
            raise Bad(f"{path}: {error.strerror}") from None

    def read(self, path, limit=MAX_TEXT):
        with self.open(path) as file:
            data = file.read(limit + 1)
        if len(data) > limit:
            raise Bad(f"{path}: too large")
        return data

    def text(self, path):
        try:
            return self.read(path).decode("utf-8")
        except UnicodeDecodeError:
            raise Bad(f"{path}: not UTF-8") from None
    def load(self, path):
        text = self.text(path)
        try:
            value = json.loads(text, object_pairs_hook=no_twice)
        except (ValueError, RecursionError):
            raise Bad(f"{path}: no JSON") from None
        if canonical(value) != text:
            raise Bad(f"{path}: not canonical")
        return value

    def list_files(self):
        files = set()
        for folder, folders, names in os.walk(self.folder):
            for whole in (os.path.join(folder, name) for name in folders + names):
                path, mode = os.path.relpath(whole, self.folder), os.lstat(whole).st_mode
                if stat.S_ISREG(mode):
                    files.add(path)
                elif not stat.S_ISDIR(mode):
                    self.fail(f"{path}: a link or a special file")
        return files

    def manifest(self, path, length):
        entries = {}
        lines = self.text(path).split("\n")
        if lines.pop():
            raise Bad(f"{path}: the last line has no end")
        for line in lines:
            match = re.match(r"([0-9a-f]+)  (\S.*)\Z", line)
            if not match or len(match.group(1)) != length:
                raise Bad(f"{path}: a line is not as it is written: {line[:80]!r}")
            name = re.sub("%(0A|0D|25)", lambda code: chr(int(code.group(1), 16)), match.group(2))
            if name.startswith("/") or ".." in name.split("/") or name in entries:
                raise Bad(f"{path}: a name leads elsewhere or is there twice: {name!r}")
            entries[name] = match.group(1)
        return entries

    def digest(self, path):
        """SHA-256, SHA-512, and the leaves of the chunk tree."""
        sha256, sha512, leaves = hashlib.sha256(), hashlib.sha512(), []
        with self.open(path) as file:
            size = 0
            while chunk := file.read(CHUNK):
                sha256.update(chunk)
                sha512.update(chunk)
                leaves.append(leaf_hash(chunk))
                size += len(chunk)
        return size, sha256.hexdigest(), sha512.hexdigest(), leaves

    def check_bag(self):
        if self.read("bagit.txt") != b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n":
            self.fail("bagit.txt: not the one of a bundle")
        files, found = self.list_files(), {}
        for prefix in ("manifest-", "tagmanifest-"):
            both = [self.manifest(f"{prefix}sha256.txt", 64), self.manifest(f"{prefix}sha512.txt", 128)]
            listed = set(both[0]) | set(both[1])
            own = {path for path in files if path.startswith("data/") == (prefix == "manifest-")
                   and not path.startswith("tagmanifest-")}
            for path in sorted(listed - own):
                self.fail(f"{path}: listed and not there")
            for path in sorted(own - (set(both[0]) & set(both[1]))):
                self.fail(f"{path}: there and not listed in both manifests")
            for path in sorted(own & listed):
                found[path] = self.digest(path)
                for digest, manifest in zip(found[path][1:3], both):
                    if manifest.get(path) != digest:
                        self.fail(f"{path}: not the content that was listed")
        self.say("ok", f"{len(found)} files against two manifests each")
        return found

    def check_layout(self, bundle, found):
        """Nothing is there but what belongs there, and nothing twice."""
        places = [[item["set_index"] for item in bundle["items"]], [leaf["index"] for leaf in bundle["leaves"]]]
        for place in places + [leaf["about"] for leaf in bundle["leaves"]]:
            if place != sorted(set(place)) or not all(type(one) is int and one >= 0 for one in place):
                self.fail("custody/bundle.json: items, leaves or what these are about are not in order, or there twice")
        custody = {f"chunks/{i}" for i in places[0]} | {f"leaves/{i}.json" for i in places[1]} | {
            f"proofs/{i}.tlog-proof" for i in places[1]} | {f"tokens/{name}.tsr" for name in bundle["tokens"]} | {
            "bundle.json", "policy", "checkpoint", "case.jsonld", "FORMAT.md", "verify_bundle.py"}
        expected = {"custody/" + name for name in custody} | {
            "data/" + item["record"]["name"] for item in bundle["items"]} | {
            "bagit.txt", "bag-info.txt", "manifest-sha256.txt", "manifest-sha512.txt"}
        for path in sorted(expected ^ set(found)):
            self.fail(f"{path}: {'missing' if path in expected else 'does not belong in a bundle'}")
        if not bundle["items"]:
            self.fail("the bundle has no item")

    def check_item(self, item, found, bundle):
        record = item["record"]
        path = "data/" + record["name"]
        if path not in found:
            return self.fail(f"{path}: an item that is not there")
        size, sha256, sha512, leaves = found[path]
        stated = self.read(f"custody/chunks/{item['set_index']}")
        for i, leaf in enumerate(leaves):
            if stated[32 * i:32 * i + 32] != leaf:
                self.fail(f"{path}: chunk {i} (bytes {i * CHUNK} and after) is not as sealed")
        if (size, sha256, sha512, tree_root(leaves).hex()) != (
                record["size_bytes"], record["sha256"], record["sha512"], record["tree_root"]):
            self.fail(f"{path}: not the content that was sealed")
        if stated != b"".join(leaves):
            self.fail(f"custody/chunks/{item['set_index']}: not the leaves of that item")
        leaf, steps = leaf_hash(commitment(item["salt"], record)), [bytes32(step) for step in item["set_path"]]
        root = root_from_path(leaf, item["set_index"], bundle["set"]["size"], steps)
        if root.hex() != bundle["set"]["root"]:
            self.fail(f"{path}: its record is not in the sealed set")

    def check_about(self, events, bundle):
        """What is opened where an item came in is what its record says, and later events mean that item."""
        records, ids = {item["set_index"]: item["record"] for item in bundle["items"]}, {}
        for path, kind, about, opened in events:
            if kind not in ("ingest", "derive") or not about or not set(about) <= set(records):
                continue
            wrong = {index: differing(records[index], opened) for index in about}
            if all(wrong.values()):
                self.fail(f"{path}: {wrong[about[-1]]} of {records[about[-1]]['name']} was another then")
            own = [index for index in about if not wrong[index]]
            if len(own) == 1 and "item" in opened:
                ids.setdefault(own[0], opened["item"])
        for path, _, about, opened in events:
            known = [ids.get(index) for index in about]
            if about and None not in known and opened.get("item", known[0]) not in known:
                self.fail(f"{path}: item is not the id of an item that this is said to be about")

    def check_leaf(self, entry, checkpoint, size, root, bundle):
        """The file, the kind, the items it is about, what is opened of it; and whether it is the seal of the set."""
        index = entry["index"]
        data = self.read(f"custody/leaves/{index}.json", 65535)
        event = self.load(f"custody/leaves/{index}.json")
        head, _, note = self.text(f"custody/proofs/{index}.tlog-proof").partition("\n\n")
        lines = head.split("\n")
        if lines[0] != "c2sp.org/tlog-proof@v1" or note != checkpoint or lines[1] != f"index {index}":
            raise Bad(f"custody/proofs/{index}.tlog-proof: not the proof of this leaf")
        if root_from_path(leaf_hash(data), index, size, [decode64(line) for line in lines[2:]]) != root:
            raise Bad(f"custody/leaves/{index}.json: not in the log under this checkpoint")
        for opening in entry["openings"]:
            closed = event["closed"].get(opening["member"])
            if commitment(opening["salt"], opening["value"]).hex() != closed:
                self.fail(f"custody/leaves/{index}.json: {opening['member']} is not what was committed to")
        self.say("time", f"{event['at']}  leaf {index}: {event['kind']} (the clock of the node, by its own word)")
        opened = {opening["member"]: opening["value"] for opening in entry["openings"]}
        is_seal = event["kind"] == "seal" and canonical(event["open"]) == canonical(bundle["set"])
        return (f"custody/leaves/{index}.json", event["kind"], entry["about"], opened), is_seal

    def check(self, policy_text):
        bundle = self.load("custody/bundle.json")
        if bundle.get("format") != "rogatory.bundle/1":
            raise Bad("custody/bundle.json: not of the format that this program knows")
        found = self.check_bag()
        self.check_layout(bundle, found)
        for item in bundle["items"]:
            self.check_item(item, found, bundle)
        self.say("ok", f"{len(bundle['items'])} items against the {bundle['set']['size']} of the sealed set")
        checkpoint = self.text("custody/checkpoint")
        policy = Policy(policy_text if policy_text is not None else self.text("custody/policy"))
        origin, size, root, signed = policy.check(parse_note(checkpoint), self.say)
        self.say("ok", f"the checkpoint of {origin} ({size} leaves), cosigned by {signed} witnesses of the policy")
        events = [self.check_leaf(entry, checkpoint, size, root, bundle) for entry in bundle["leaves"]]
        self.check_about([event for event, _ in events], bundle)
        if [is_seal for _, is_seal in events].count(True) != 1:
            self.fail("no leaf of the log seals this set")
        self.say("ok", f"{len(events)} leaves are in the log, and what is opened of them is what was logged")

def main():
    parser = argparse.ArgumentParser(description="Verifies an evidence bundle.")
    parser.add_argument("bundle")
    parser.add_argument("--policy", help="the policy to hold it to, from somebody else than the sender")
    arguments = parser.parse_args()
    bundle = Bundle(arguments.bundle)
    try:
        policy = None
        if arguments.policy:
            with open(arguments.policy, encoding="utf-8") as file:
                policy = file.read()
        bundle.check(policy)
    except Bad as problem:
        bundle.fail(str(problem))
    except (KeyError, TypeError, AttributeError, ValueError, IndexError) as error:
        bundle.fail(f"a file of the bundle has not the shape it should have ({error!r})")
    except OSError as error:
        print(error, file=sys.stderr)
        return 2
    bundle.say("not", "CMS and time stamps: not checked")
    for text in ("what happened before ingest", "custody/case.jsonld, bag-info.txt, case reference, exhibit numbers",
                 "which items an event is about where that is closed, and whether the log has further events"):
        bundle.say("not", text)
    if policy is None:
        bundle.say("trust", "the policy in the bundle: have it from somebody else, and give it with --policy")
    held = "HOLDS" if policy is not None else "HOLDS, IF the policy in the bundle is to be trusted"
    print("DOES NOT HOLD" if bundle.problems else held + ": unchanged since ingest or seal, as the log recorded it")
    lines = [("x", problem) for problem in bundle.problems]
    for kind, mark in (("ok", "+"), ("not", "- not checked:"), ("trust", "* rests on"), ("time", "@")):
        lines += [(mark, text) for text in bundle.said[kind]]
    for mark, text in lines:
        print(" ", mark, UNSHOWN.sub("\ufffd", text))
    return 1 if bundle.problems else 0 if policy is not None else 10

if __name__ == "__main__":
    sys.exit(main())
