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
import unicodedata
from datetime import datetime, timezone

CHUNK = 65536
MAX_TEXT, MAX_FILES, MAX_POLICY, MAX_NOTE = 64 << 20, 100_000, 1 << 20, 512 << 10
UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff]")
MARKS = {"problem": "x", "ok": "+", "not": "- not checked:", "trust": "* rests on", "time": "@"}

# Each JSON text has just these members: a number is whole and not negative, a text matches, a list has one kind.
HEX, HEX64 = re.compile("[0-9a-f]{64}"), re.compile("[0-9a-f]{128}")
SET = {"root": HEX, "size": int}
RECORD = {"format": re.compile("rogatory[.]item/1"), "name": str, "size_bytes": int, "sha256": HEX, "sha512": HEX64,
          "tree_root": HEX}
ITEM = {"record": RECORD, "salt": HEX, "set_index": int, "set_path": [HEX], "exhibit": str}
LEAF = {"index": int, "about": [int], "openings": [{"member": str, "salt": HEX, "value": object}]}
BUNDLE = {"format": re.compile("rogatory[.]bundle/1"), "case_reference": str, "set": SET, "items": [ITEM],
          "leaves": [LEAF], "tokens": [re.compile("[a-z0-9-]{1,64}")]}
EVENT = {"format": re.compile("rogatory[.]event/1"), "kind": re.compile("[a-z0-9_]+"), "open": dict, "closed": dict,
         "at": re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")}

class Bad(Exception):
    """Something that does not hold."""

def require(is_so, text):
    if not is_so:
        raise Bad(text)

# ---- Ed25519 (RFC 8032), verification only -------------------------------------------------------------------
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_M1 = pow(2, (P - 1) // 4, P)
def point_decompress(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P != 0:
        x = x * SQRT_M1 % P
    require(y < P and (x * x - square) % P == 0 and not (x == 0 and sign), "no point of the curve, as it is written")
    x = P - x if x & 1 != sign else x
    return (x, y, 1, x * y % P)
BASE = point_decompress((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
def point_add(p, q):
    a = (p[1] - p[0]) * (q[1] - q[0]) % P
    b = (p[1] + p[0]) * (q[1] + q[0]) % P
    c = 2 * p[3] * q[3] * D % P
    d = 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)
def point_multiply(scalar, point):
    result = (0, 1, 1, 0)
    for bit in bin(scalar)[2:]:
        result = point_add(result, result)
        if bit == "1":
            result = point_add(result, point)
    return result
def ed25519_verify(key, message, signature):
    s = int.from_bytes(signature[32:], "little")
    require(len(key) == 32 and len(signature) == 64 and s < L, "no key or no signature of Ed25519")
    a, r = point_decompress(key), point_decompress(signature[:32])
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
    require(index < size, "the index is outside of the tree")
    fn, sn, root = index, size - 1, leaf
    for step in path:
        require(sn > 0 and len(step) == 32, "the path is too long, or not of hashes")
        if fn & 1 or fn == sn:
            root = node_hash(step, root)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            root = node_hash(root, step)
        fn, sn = fn >> 1, sn >> 1
    require(sn == 0, "the path is too short")
    return root

# ---- Notes, checkpoints, policies (C2SP signed-note, tlog-checkpoint, tlog-cosignature, tlog-policy) ---------
def decode64(text):
    require(re.fullmatch("[A-Za-z0-9+/]*={0,2}", text) and len(text) % 4 == 0, f"no base64: {text[:40]!r}")
    data = base64.b64decode(text)
    require(base64.b64encode(data).decode() == text, "base64 that is not as it is written")
    return data

def is_key_name(text):
    """No control character, no plus, no blank of Unicode."""
    refused = "\x00-\x20+\x7f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
    return re.fullmatch(f"[^{refused}]+", text) and len(text.encode()) <= 255

class Key:
    def __init__(self, text):
        parts = text.split("+", 2)
        require(len(parts) == 3 and is_key_name(parts[0]), "no verifier key")
        self.name, self.data = parts[0], decode64(parts[2])
        self.type, self.public = self.data[0], self.data[1:]
        self.id = hashlib.sha256(self.name.encode() + b"\n" + self.data).digest()[:4]
        require(self.id.hex() == parts[1], f"the key of {self.name} has not the id it says")
        require({1: 32, 4: 32, 6: 1312}.get(self.type) == len(self.public), f"{self.name}: no known type of key")

def parse_note(text):
    body, separator, lines = text.rpartition("\n\n")
    require(separator and lines.endswith("\n"), "no signed note")
    require(len(text.encode()) <= MAX_NOTE and lines.count("\n") <= 64, "a note that is too long")
    require(not re.search("[\x00-\x09\x0b-\x1f]", text), "a note with a control character")
    signatures = []
    for line in lines[:-1].split("\n"):
        match = re.fullmatch("\u2014 ([^ ]+) ([^ =]{7,}=*)", line)
        require(match and is_key_name(match.group(1)), "no line of a signature")
        data = decode64(match.group(2))
        signatures.append((match.group(1), data[:4], data[4:]))
    return body + "\n", signatures

def decimal(text):
    require(re.fullmatch("0|[1-9][0-9]{0,18}", text) and int(text) < 2**63, "no number as it is written")
    return int(text)

def verify_signature(key, text, signature, say):
    """The time a cosigner states, 0 for none; None when the suite is not known here; raises when it is wrong."""
    time, message = 0, text.encode()
    if key.type != 1:
        time, signature = int.from_bytes(signature[:8], "big"), signature[8:]
        message = f"cosignature/v1\ntime {time}\n{text}".encode()
    if key.type == 6 and signature and time < 2**63:
        say("not", f"the signature of {key.name}: its suite is not known to this program")
        return None
    require(time < 2**63 and ed25519_verify(key.public, message, signature), f"the signature of {key.name} is wrong")
    return time

class Policy:
    """Every name is defined once, above its use, and is a member of one group at most."""

    def __init__(self, data):
        text = data.decode("utf-8", "surrogateescape")
        require(len(data) <= MAX_POLICY, "the policy is too long")
        require(not re.search("[\x00-\x08\x0b-\x1f\x7f]", text), "the policy has a control character")
        self.logs, self.witnesses, self.groups, self.quorum = [], {}, {"none": (0, set())}, None
        grouped = {"none"}
        for line in text.split("\n"):
            words = re.findall("[^ \t]+", line)
            if not words or words[0].startswith("#"):
                continue
            if words[0] == "log" and len(words) in (2, 3):
                self.logs.append(self.key(words[1], 1, self.logs))
            elif words[0] == "witness" and len(words) in (3, 4):
                self.witnesses[self.name(words[1], True)] = self.key(words[2], 4, self.witnesses.values())
            elif words[0] == "group" and len(words) >= 4:
                members = {self.name(word, False) for word in words[3:]}
                count = {"any": 1, "all": len(members)}.get(words[2]) or decimal(words[2])
                is_new = len(members) == len(words) - 3 and not members & grouped
                require(is_new and 1 <= count <= len(members), f"members twice, or fewer than have to sign: {line!r}")
                grouped |= members
                self.groups[self.name(words[1], True)] = (count, members)
            elif words[0] == "quorum" and len(words) == 2 and self.quorum is None:
                self.quorum = self.name(words[1], False)
            else:
                raise Bad(f"the policy has a line that is not known: {line!r}")
        require(self.quorum is not None and self.logs, "the policy has no quorum or no log")
        require(max(len(self.logs), len(self.witnesses), len(self.groups) - 1) <= 256, "too many keys or groups")

    @staticmethod
    def key(text, kind, others):
        """Logs sign plainly (1), witnesses with a time (4), and both with a suite that is not known here (6)."""
        key = Key(text)
        require(key.type in (kind, 6), f"the key of {key.name} has not the type of its line in the policy")
        require(key.public not in [other.public for other in others], f"the key of {key.name} is in the policy twice")
        return key

    def name(self, name, is_new):
        is_known = name in self.witnesses or name in self.groups
        require(is_known != is_new, f"the policy defines {name!r} twice, or not above its use")
        return name

    def is_reached(self, name, signed):
        if name not in self.groups:
            return name in signed
        count, members = self.groups[name]
        return sum(self.is_reached(member, signed) for member in members) >= count

    def check(self, note, say):
        text, signatures = note
        lines = text[:-1].split("\n")
        require(len(lines) >= 3 and "" not in lines, "no checkpoint")
        origin, size, root = lines[0], decimal(lines[1]), decode64(lines[2])
        keys = [(None, log) for log in self.logs] + list(self.witnesses.items())
        is_logged, signed = False, set()
        for name, key_id, signature in signatures:
            known = [(witness, key) for witness, key in keys if (key.name, key.id) == (name, key_id)]
            require(len({key.data for _, key in known}) < 2, f"the policy has two keys of {name} with one id")
            for witness, key in known:
                time = verify_signature(key, text, signature, say)
                is_logged |= witness is None and time is not None and name == origin
                if witness is not None and time:
                    signed.add(witness)
                    say("time", f"{utc(time)}  the checkpoint was seen (witness {key.name})")
        require(is_logged, "no log of the policy signed the checkpoint")
        require(self.is_reached(self.quorum, signed), "the witnesses that the policy asks for did not cosign it")
        return origin, size, root, f"cosigned by {len(signed)} witnesses" if signed else "signed by the log alone"

def utc(seconds):
    is_shown = seconds < 253402300800
    return f"{datetime.fromtimestamp(seconds, timezone.utc):%Y-%m-%dT%H:%M:%SZ}" if is_shown else "after the year 9999"

# ---- The bundle ----------------------------------------------------------------------------------------------
def canonical(value, depth=0):
    """RFC 8785 for what bundles hold: numbers are whole, so Python's own writing is the same."""
    require(depth < 64 or not isinstance(value, (dict, list)), "JSON that is too deep")
    is_refused = type(value) is float or (type(value) is int and abs(value) >= 2**53)
    require(not is_refused, "a number that is not whole, or too large")
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(canonical(key) + ":" + canonical(value[key], depth + 1) for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(canonical(one, depth + 1) for one in value) + "]"
    return json.dumps(value, ensure_ascii=False)

def fit(value, shape, place):
    """Raises unless the value has that shape, one of those at the top of this file."""
    if isinstance(shape, dict):
        good = type(value) is dict and value.keys() == shape.keys()
        for key in shape if good else ():
            fit(value[key], shape[key], f"{place} {key}")
    elif isinstance(shape, list):
        good = type(value) is list
        for one in value if good else ():
            fit(one, shape[0], place)
    elif isinstance(shape, re.Pattern):
        good = type(value) is str and shape.fullmatch(value)
    else:
        good = shape is object or (type(value) is shape and (shape is not int or value >= 0))
    if not good:
        raise Bad(f"{place}: not of the form that is expected: {str(value)[:80]!r}")

def check_names(names):
    """Names that no system takes for another place, and no two that some file system takes for one."""
    folded = {unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold()) for name in names}
    require(len(folded) == len(names), "two items have names that differ in case or Unicode normalisation alone")
    part = r"(?!\.\.?(?:/|\Z))[^\x00-\x1f\x7f\\/]+"
    whole = re.compile(f"(?!~|[A-Za-z]:|%[A-Za-z_]+%){part}(?:/{part}){{0,62}}")
    for name in names:
        require(whole.fullmatch(name) and len(name.encode()) <= 4091, f"the name of an item is refused: {name[:80]!r}")

def commitment(salt, text):
    return hashlib.sha256(b"rogatory.commitment/1\x00" + bytes.fromhex(salt) + text.encode()).digest()

def differing(record, opened):
    """What an ingest or a derivation opens that is not so in the record; an id may stand in place of a name."""
    stated = {member: canonical(value) for member, value in record.items() if member != "format"}
    if opened.get("item") == stated["name"]:
        del stated["name"]
    return next((member for member in stated if opened.get(member, stated[member]) != stated[member]), None)

def no_twice(pairs):
    require(len({key for key, _ in pairs}) == len(pairs), "a key is there twice")
    return dict(pairs)

class Bundle:
    def __init__(self, folder):
        self.folder, self.files, self.at = folder, set(), folder
        self.said = {kind: [] for kind in MARKS}
        self.problems = self.said["problem"]

    def say(self, kind, text):
        if kind != "ok" or not self.problems:
            self.said[kind].append(text)
    def expect(self, is_so, text):
        """As require, but what comes after it is still to be checked."""
        if not is_so and text not in self.problems:
            self.problems.append(text)

    def open(self, path):
        """Only what list_files found is opened, so no link is followed."""
        require(path in self.files, f"{path}: missing")
        self.at = path
        return open(os.path.join(self.folder, path), "rb")
    def read(self, path, limit=MAX_TEXT):
        with self.open(path) as file:
            data = file.read(limit + 1)
        require(len(data) <= limit, f"{path}: too large")
        return data
    def text(self, path):
        return self.read(path).decode("utf-8")
    def load(self, path, shape):
        text = self.text(path)
        value = json.loads(text, object_pairs_hook=no_twice)
        require(canonical(value) == text, f"{path}: not canonical")
        fit(value, shape, path)
        return value

    def list_files(self):
        os.listdir(self.folder)
        for folder, folders, names in os.walk(self.folder):
            for whole in (os.path.join(folder, name) for name in folders + names):
                path, mode = os.path.relpath(whole, self.folder), os.lstat(whole).st_mode
                require(stat.S_ISREG(mode) or stat.S_ISDIR(mode), f"{path}: a link or a special file")
                require(path.count("/") < 64 and len(self.files) < MAX_FILES, f"{path}: too deep, or too many files")
                if stat.S_ISREG(mode):
                    self.files.add(path)

    def digest(self, path):
        """SHA-256, SHA-512, and the leaves of the chunk tree."""
        sha256, sha512, leaves = hashlib.sha256(), hashlib.sha512(), []
        with self.open(path) as file:
            while chunk := file.read(CHUNK):
                sha256.update(chunk)
                sha512.update(chunk)
                leaves.append(leaf_hash(chunk))
            return file.tell(), sha256.hexdigest(), sha512.hexdigest(), leaves

    def check_lists(self, items, leaves, tokens):
        """In order, so that nothing is there twice."""
        places = [item["set_index"] for item in items]
        for numbers in [places, [leaf["index"] for leaf in leaves]] + [leaf["about"] for leaf in leaves]:
            require(numbers == sorted(set(numbers)), "items, leaves or what they are about: not in order, or there twice")
        for leaf in leaves:
            require(set(places).issuperset(leaf["about"]), f"leaf {leaf['index']} is about an item that is not here")
        is_few = len(items) <= 100_000 and len(leaves) <= 10_000 and len(tokens) <= 16
        require(items and is_few, "there is no item, or too many items, leaves or tokens")
        check_names([item["record"]["name"] for item in items])

    def check_files(self, bundle):
        """Nothing is there but what belongs there."""
        tokens = [f"custody/tokens/{name}.tsr" for name in bundle["tokens"]]
        custody = ["bundle.json", "policy", "checkpoint", "case.jsonld", "FORMAT.md", "verify_bundle.py"]
        custody += [f"chunks/{item['set_index']}" for item in bundle["items"]]
        for leaf in bundle["leaves"]:
            custody += [f"leaves/{leaf['index']}.json", f"proofs/{leaf['index']}.tlog-proof"]
        expected = {"bagit.txt", "bag-info.txt", *tokens, *("custody/" + name for name in custody)}
        expected |= {f"{prefix}manifest-{name}.txt" for prefix in ("", "tag") for name in ("sha256", "sha512")}
        expected |= {"data/" + item["record"]["name"] for item in bundle["items"]}
        for path in sorted(expected ^ self.files):
            self.expect(False, f"{path}: {'missing' if path in expected else 'does not belong in a bundle'}")
        for path in tokens:
            self.read(path, 256 << 10)

    def check_bag(self, bundle):
        """bag-info.txt and the manifests have one form, so they are written anew and compared."""
        is_own = self.read("bagit.txt") == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
        self.expect(is_own, "bagit.txt: not the one of a bundle")
        reference = re.sub("[\x00-\x1f\x7f]", " ", bundle["case_reference"])
        sizes = [item["record"]["size_bytes"] for item in bundle["items"]]
        info = [f"External-Identifier: {reference}"] if reference else []
        info += [f"Payload-Oxum: {sum(sizes)}.{len(sizes)}", ""]
        agent, *rest = self.text("bag-info.txt").split("\n")
        is_own = re.fullmatch("Bag-Software-Agent: [^\x00-\x1f\x7f]*", agent) and rest == info
        self.expect(is_own, "bag-info.txt: not the description of this bundle, as it is written")
        found = {path: self.digest(path) for path in self.files if not path.startswith("tagmanifest-")}
        for manifest, is_payload in (("manifest", True), ("tagmanifest", False)):
            own = sorted((path for path in found if path.startswith("data/") == is_payload), key=os.fsencode)
            for column, name in ((1, "sha256"), (2, "sha512")):
                lines = [f"{found[path][column]}  {path.replace('%', '%25')}" for path in own]
                stated = self.text(f"{manifest}-{name}.txt").split("\n")
                missing = set(lines) - set(stated)
                for path, line in zip(own, lines):
                    self.expect(line not in missing, f"{path}: not the content that was listed")
                self.expect(stated == lines + [""], f"{manifest}-{name}.txt: not that of what is here, as it is written")
        self.say("ok", f"{len(found)} files against two manifests each")
        return found

    def check_item(self, item, found, bundle):
        record, path = item["record"], "data/" + item["record"]["name"]
        require(path in found, f"{path}: an item that is not there")
        size, sha256, sha512, leaves = found[path]
        with self.open(f"custody/chunks/{item['set_index']}") as file:
            stated = file.read(32 * len(leaves) + 1)
        for i, leaf in enumerate(leaves):
            is_same = stated[32 * i:32 * i + 32] == leaf
            self.expect(is_same, f"{path}: chunk {i} (bytes {i * CHUNK} and after) is not as sealed")
        is_now = {"size_bytes": size, "sha256": sha256, "sha512": sha512, "tree_root": tree_root(leaves).hex()}
        self.expect({**record, **is_now} == record, f"{path}: not the content that was sealed")
        self.expect(stated == b"".join(leaves), f"custody/chunks/{item['set_index']}: not the leaves of that item")
        leaf = leaf_hash(commitment(item["salt"], canonical(record)))
        steps = [bytes.fromhex(step) for step in item["set_path"]]
        root = root_from_path(leaf, item["set_index"], bundle["set"]["size"], steps)
        self.expect(root.hex() == bundle["set"]["root"], f"{path}: its record is not in the sealed set")

    def check_about(self, events, bundle):
        """What is opened where an item came in is what its record says, and later events mean that item."""
        records, ids = {item["set_index"]: item["record"] for item in bundle["items"]}, {}
        for path, event, about, opened in events:
            if event["kind"] in ("ingest", "derive") and about:
                wrong = {index: differing(records[index], opened) for index in about}
                own = [index for index in about if not wrong[index]]
                self.expect(own, f"{path}: {wrong[about[-1]]} of {records[about[-1]]['name']} was another then")
                if len(own) == 1 and "item" in opened:
                    ids.setdefault(own[0], opened["item"])
        for path, _, about, opened in events:
            known = [ids.get(index) for index in about]
            is_other = about and None not in known and opened.get("item", known[0]) not in known
            self.expect(not is_other, f"{path}: item is not the id of an item that this is said to be about")

    def check_leaf(self, entry, checkpoint, size, root):
        """The file, the event in it, the items it is about, what is opened of it."""
        index, path = entry["index"], f"custody/leaves/{entry['index']}.json"
        data, event = self.read(path, 65535), self.load(path, EVENT)
        datetime.strptime(event["at"], "%Y-%m-%dT%H:%M:%SZ")
        fit(event["closed"], dict.fromkeys(event["closed"], HEX), path)
        fit(event["open"], SET if event["kind"] == "seal" else dict, path)
        head, _, note = self.text(f"custody/proofs/{index}.tlog-proof").partition("\n\n")
        form, place, *steps = head.split("\n")
        is_own = (form, place, note) == ("c2sp.org/tlog-proof@v1", f"index {index}", checkpoint)
        require(is_own, f"custody/proofs/{index}.tlog-proof: not the proof of this leaf")
        is_logged = root_from_path(leaf_hash(data), index, size, [decode64(step) for step in steps]) == root
        require(is_logged, f"{path}: not in the log under this checkpoint")
        opened = {}
        for opening in entry["openings"]:
            member, value = opening["member"], canonical(opening["value"])
            is_so = commitment(opening["salt"], value).hex() == event["closed"].get(member)
            self.expect(is_so, f"{path}: {member} is not what was committed to")
            opened[member] = value
        self.say("time", f"{event['at']}  leaf {index}: {event['kind']} (the clock of the node, by its own word)")
        return path, event, entry["about"], opened

    def check(self, given_policy):
        self.list_files()
        bundle = self.load("custody/bundle.json", BUNDLE)
        self.check_lists(bundle["items"], bundle["leaves"], bundle["tokens"])
        self.check_files(bundle)
        found = self.check_bag(bundle)
        for item in bundle["items"]:
            self.check_item(item, found, bundle)
        self.say("ok", f"{len(bundle['items'])} items against the {bundle['set']['size']} of the sealed set")
        checkpoint, own_policy = self.text("custody/checkpoint"), self.read("custody/policy", MAX_POLICY)
        policy = Policy(own_policy if given_policy is None else given_policy)
        origin, size, root, signed = policy.check(parse_note(checkpoint), self.say)
        self.say("ok", f"the checkpoint of {origin} ({size} leaves), {signed}")
        events = [self.check_leaf(entry, checkpoint, size, root) for entry in bundle["leaves"]]
        self.check_about(events, bundle)
        seals = [event for _, event, _, _ in events if (event["kind"], event["open"]) == ("seal", bundle["set"])]
        self.expect(len(seals) == 1, "no leaf of the log seals this set, or more than one does")
        self.say("ok", f"{len(events)} leaves are in the log, and what is opened of them is what was logged")

def main():
    parser = argparse.ArgumentParser(description="Verifies an evidence bundle.")
    parser.add_argument("bundle")
    parser.add_argument("--policy", help="the policy to hold it to, from somebody else than the sender")
    arguments = parser.parse_args()
    bundle, policy = Bundle(arguments.bundle), None
    try:
        if arguments.policy:
            with open(arguments.policy, "rb") as file:
                policy = file.read()
        bundle.check(policy)
    except Bad as problem:
        bundle.expect(False, str(problem))
    except (LookupError, TypeError, ValueError, RecursionError) as error:
        bundle.expect(False, f"{bundle.at}: not of the form that is expected ({error!r})")
    except OSError as error:
        print(error, file=sys.stderr)
        return 2
    for text in ("what happened before ingest", "CMS and time stamps", "custody/case.jsonld, case reference, exhibits",
                 "which items an event is about where that is closed, and whether the log has further events"):
        bundle.say("not", text)
    if policy is None:
        bundle.say("trust", "the policy in the bundle: have it from somebody else, and give it with --policy")
    held = "HOLDS" if policy is not None else "HOLDS, IF the policy in the bundle is to be trusted"
    print("DOES NOT HOLD" if bundle.problems else held + ": unchanged since ingest or seal, as the log recorded it")
    for kind, mark in MARKS.items():
        for text in bundle.said[kind]:
            print(" ", mark, UNSHOWN.sub("\ufffd", text))
    return 1 if bundle.problems else 0 if policy is not None else 10

if __name__ == "__main__":
    sys.exit(main())
