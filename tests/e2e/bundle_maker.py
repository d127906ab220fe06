# SPDX-License-Identifier: EUPL-1.2
"""Evidence bundles made from nothing, with keys of our own: whatever is wrong in one is signed, logged and listed.

`make` builds from the records up. A change names a stage and gets what was built there, to alter it or to return
another in its place; what comes after rests on that. `case.jsonld` is the one file that is never right.
"""

import base64
import contextlib
import copy
import functools
import hashlib
import importlib.util
import json

from conftest import TOP

CHUNK = 65536
ORIGIN = "e.example/log"
COSIGNED_AT = 1_795_000_000
ITEM_IDS = ["a1" * 16, "b2" * 16, "c3" * 16]
CONTENT = {"a.txt": b"met at the harbour", "b/h\u00e4fen.bin": b"\x00\xff" * 35_000, "c.txt": b"met"}


@functools.cache
def verifier():
    """The second verifier, loaded once: its signatures are remembered, as they take longer than all the rest."""
    spec = importlib.util.spec_from_file_location("verify_bundle", TOP / "src" / "package" / "verify_bundle.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.point_multiply = functools.cache(module.point_multiply)
    return module


def written(value):
    return json.dumps(value, separators=(",", ":"), sort_keys=True, ensure_ascii=False)


def encoded(data):
    return base64.b64encode(data).decode()


def point_bytes(point):
    x, y, z, _ = point
    prime = verifier().P
    inverse = pow(z, prime - 2, prime)
    return (y * inverse % prime | (x * inverse % prime & 1) << 255).to_bytes(32, "little")


class Signer:
    """An Ed25519 key (RFC 8032 5.1.5, 5.1.6) under a name."""

    def __init__(self, name, kind):
        v = verifier()
        self.name, self.kind = name, kind
        secret = hashlib.sha512(hashlib.sha256(f"key of {name}".encode()).digest()).digest()
        self.scalar = int.from_bytes(secret[:32], "little") & ~7 & (1 << 254) - 1 | 1 << 254
        self.prefix = secret[32:]
        self.public = point_bytes(v.point_multiply(self.scalar, v.BASE))

    def text(self, name=None, kind=None, public=None):
        return key_text(name or self.name, kind or self.kind, public or self.public)

    @functools.cache
    def sign(self, message):
        v = verifier()
        nonce = int.from_bytes(hashlib.sha512(self.prefix + message).digest(), "little") % v.L
        first = point_bytes(v.point_multiply(nonce, v.BASE))
        hashed = int.from_bytes(hashlib.sha512(first + self.public + message).digest(), "little")
        return first + ((nonce + hashed * self.scalar) % v.L).to_bytes(32, "little")

    def line(self, note, time=COSIGNED_AT):
        """The signature line under a note; that of a witness states a time."""
        if self.kind == 1:
            return note_line(self.name, self.kind, self.public, self.sign(note.encode()))
        stamp = time.to_bytes(8, "big")
        signature = self.sign(f"cosignature/v1\ntime {time}\n{note}".encode())
        return note_line(self.name, self.kind, self.public, stamp + signature)


def key_id(name, kind, public):
    return hashlib.sha256(name.encode() + b"\n" + bytes([kind]) + public).digest()[:4]


def key_text(name, kind, public):
    return f"{name}+{key_id(name, kind, public).hex()}+{encoded(bytes([kind]) + public)}"


def note_line(name, kind, public, signature):
    return f"\u2014 {name} {encoded(key_id(name, kind, public) + signature)}"


LOG = functools.cache(lambda: Signer(ORIGIN, 1))
WITNESS = functools.cache(lambda number: Signer(f"w{number}.example/k\u00e9y", 4))


def policy():
    lines = [f"log {LOG().text()} https://e.example/"]
    lines += [f"witness w{i} {WITNESS(i).text()}" for i in (1, 2, 3)]
    return "\n".join([*lines, "group some 2 w1 w2 w3", "group outer any some", "quorum outer", ""]).encode()


def salt(of):
    return hashlib.sha256(f"salt of {of}".encode()).hexdigest()


def commitment(salt_text, value):
    data = b"rogatory.commitment/1\x00" + bytes.fromhex(salt_text) + written(value).encode()
    return hashlib.sha256(data).digest()


def tree(leaves):
    """The root, and the path of each leaf (RFC 6962 2.1)."""
    if len(leaves) == 1:
        return leaves[0], [[]]
    half = 1 << (len(leaves) - 1).bit_length() - 1
    left, left_paths = tree(leaves[:half])
    right, right_paths = tree(leaves[half:])
    root = verifier().node_hash(left, right)
    return root, [path + [right] for path in left_paths] + [path + [left] for path in right_paths]


def chunk_leaves(content):
    return [verifier().leaf_hash(content[at:at + CHUNK]) for at in range(0, len(content), CHUNK)]


def record_of(name, content):
    root = tree(chunk_leaves(content))[0] if content else hashlib.sha256(b"").digest()
    return {"format": "rogatory.item/1", "name": name, "size_bytes": len(content),
            "sha256": hashlib.sha256(content).hexdigest(), "sha512": hashlib.sha512(content).hexdigest(),
            "tree_root": root.hex()}


def events_of(records, head):
    """The values of each event, some to stay closed; which items it is about."""
    def stated(place, more):
        record = {key: value for key, value in records[place].items() if key != "format"}
        return {**record, "item": ITEM_IDS[place], **more}

    role = {"role": "custodian", "authority": "warrant 14"}
    return [
        {"kind": "ingest", "values": stated(0, role), "about": [0], "open": {}},
        {"kind": "ingest", "values": stated(1, role), "about": [1], "open": {}},
        {"kind": "derive", "values": stated(2, {"tool": "cut"}), "about": [0, 2], "open": {}},
        {"kind": "open", "values": {"item": ITEM_IDS[0], "purpose": "trial"}, "about": [0], "open": {}},
        {"kind": "seal", "values": role, "about": [], "open": head},
        {"kind": "seal", "values": role, "about": [], "open": {**head, "size": 7}},
    ]


def entry_of(number, event):
    """The event as it is logged, and the openings of it."""
    closed, openings = {"officer": "0" * 64}, []
    for member, value in event["values"].items():
        blind = salt(f"{number} {member}")
        closed[member] = commitment(blind, value).hex()
        openings.append({"member": member, "salt": blind, "value": value})
    entry = {"format": "rogatory.event/1", "kind": event["kind"], "at": f"2026-11-24T10:00:0{number}Z",
             "open": event["open"], "closed": closed}
    return {"entry": entry, "openings": openings, "about": event["about"]}


def listed(files, name, is_payload):
    lines = sorted((path.encode(), data) for path, data in files.items()
                   if path.startswith("data/") == is_payload and not path.startswith("tagmanifest-"))
    return b"".join(hashlib.new(name, data).hexdigest().encode() + b"  " + path.replace(b"%", b"%25") + b"\n"
                    for path, data in lines)


def build(changes):
    """The files of a bundle."""
    def changed(stage, value):
        answer = changes[stage](value) if stage in changes else None
        return value if answer is None else answer

    content = changed("content", dict(CONTENT))
    records = changed("records", [record_of(name, data) for name, data in content.items()])
    salts = [salt(f"item {i}") for i in range(len(records))]
    leaves = [verifier().leaf_hash(commitment(*pair)) for pair in zip(salts, records)]
    root, set_paths = tree(leaves)
    head = changed("set", {"root": root.hex(), "size": len(records)})
    events = changed("events", events_of(records, head) if len(records) > 2 else [])
    logged = changed("logged", [entry_of(number, event) for number, event in enumerate(events)])
    entries = changed("entries", [written(one["entry"]).encode() for one in logged])
    root, paths = tree([verifier().leaf_hash(entry) for entry in entries])
    note = changed("note", f"{ORIGIN}\n{len(entries)}\n{encoded(root)}\n")
    lines = changed("lines", [LOG().line(note), WITNESS(1).line(note), WITNESS(2).line(note, COSIGNED_AT + 60)])
    checkpoint = changed("checkpoint", "".join(line + "\n" for line in ["".join([note]), *lines]).encode())
    bundle = changed("bundle", {
        "format": "rogatory.bundle/1", "case_reference": "Harbour 7", "set": head,
        "items": [{"record": record, "salt": salts[i], "set_index": i, "exhibit": f"E{i}",
                   "set_path": [step.hex() for step in set_paths[i]]} for i, record in enumerate(records)],
        "leaves": [{"index": i, "about": one["about"], "openings": one["openings"]} for i, one in enumerate(logged)],
        "tokens": ["tsa-1"]})
    files = {f"data/{name}": data for name, data in content.items()}
    files |= {f"custody/chunks/{i}": b"".join(chunk_leaves(data)) for i, data in enumerate(content.values())}
    for i, entry in enumerate(entries):
        head_lines = ["c2sp.org/tlog-proof@v1", f"index {i}", *(encoded(step) for step in paths[i])]
        proof = changed("proofs", [line.encode() for line in head_lines])
        files[f"custody/leaves/{i}.json"] = entry
        files[f"custody/proofs/{i}.tlog-proof"] = b"\n".join(proof) + b"\n\n" + checkpoint
    files["custody/bundle.json"] = changed("text", written(bundle).encode())
    size = sum(map(len, content.values()))
    files |= {"custody/checkpoint": checkpoint, "custody/policy": policy(), "custody/tokens/tsa-1.tsr": b"token",
              "custody/case.jsonld": b"{}", "custody/FORMAT.md": b"", "custody/verify_bundle.py": b"",
              "bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
              "bag-info.txt": b"Bag-Software-Agent: a maker\nExternal-Identifier: Harbour 7\n"
                              + f"Payload-Oxum: {size}.{len(content)}\n".encode()}
    files = changed("files", files)
    for prefix, is_payload in (("manifest", True), ("tagmanifest", False)):
        for name in ("sha256", "sha512"):
            path = f"{prefix}-{name}.txt"
            files[path] = changed(path, listed(files, name, is_payload))
    return files


def make(folder, changes):
    """Writes the bundle and, beside it, the policy to hold it to."""
    files = build(copy.copy(changes))
    for path, data in files.items():
        whole = folder / "bundle" / path
        # No file can be called so: it is listed and not there.
        with contextlib.suppress(OSError, ValueError):
            whole.parent.mkdir(parents=True, exist_ok=True)
            whole.write_bytes(data)
    if "folder" in changes:
        changes["folder"](folder / "bundle")
    given = changes.get("policy", lambda text: text)(policy())
    (folder / "policy").write_bytes(given)
