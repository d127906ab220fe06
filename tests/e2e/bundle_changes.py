# SPDX-License-Identifier: EUPL-1.2
"""What can be wrong in an evidence bundle, or look so: changes for `bundle_maker.make`, each under a name."""

import functools
import json
import os
import random

import bundle_maker
from bundle_maker import written
from signed_changes import of_curves, of_notes, of_policies, of_proofs
from text_changes import constant, json_changes, json_text_changes, text_changes


def of_json():
    """The bundle's own JSON, the events and the records, which are logged and sealed as they are here."""
    kept, depths = {}, {"bundle": 0, "logged": 3, "records": 2, "events": 3, "set": 1}
    bundle_maker.build({stage: lambda value, stage=stage: kept.__setitem__(stage, json.loads(written(value))) for stage in depths})
    for stage, value in kept.items():
        for name, changed in json_changes(value, depths[stage]):
            yield f"{stage}: {name}", {stage: lambda _, changed=changed: changed()}
    for name, text in json_text_changes(written(kept["bundle"])):
        yield f"bundle.json: {name}", {"text": constant(text.encode("utf-8", "surrogatepass"))}
    for name, text in json_text_changes(written(kept["logged"][4]["entry"])):
        def replaced(entries, text=text):
            return [*entries[:4], text.encode("utf-8", "surrogatepass"), *entries[5:]]
        yield f"entry: {name}", {"entries": replaced}
    yield from of_values(kept["events"])


def of_values(events):
    """What an event commits to and opens."""
    deep = [json.loads("[" * depth + "]" * depth) for depth in (59, 60, 61, 62, 63, 64, 65, 500)]
    values = [*deep, 1.5, 1e300, 2**53 - 1, -2**53 + 1, 2**53, 10**30, True, None,
              {"\U0001f600": 1, "\ufb33": 2, "a": 3}, "\u0000\u001f\u007f\u2028\ud7ff\ue000", {"a": {"b": []}}]
    for i, value in enumerate(values):
        for number, member in ((3, "purpose"), (3, "item"), (0, "name"), (0, "size_bytes"), (2, "tree_root"), (4, "role")):
            changed = json.loads(written(events))
            changed[number]["values"][member] = value
            yield f"value {i} of {member} in {number}", {"events": constant(changed)}
        changed = json.loads(written(events))
        changed[3]["open"] = {"x": value}
        yield f"value {i} is open", {"events": constant(changed)}
    for about in ([], [0], [1], [2], [0, 1], [0, 2], [1, 2], [0, 1, 2], [3], [2, 0], [0, 0]):
        for number in range(6):
            changed = json.loads(written(events))
            changed[number]["about"] = about
            yield f"event {number} is about {about}", {"events": constant(changed)}
    for number in range(6):
        for kind in ("ingest", "derive", "seal", "open", "Seal", "seal ", ""):
            changed = json.loads(written(events))
            changed[number]["kind"] = kind
            yield f"event {number} is of kind {kind!r}", {"events": constant(changed)}
        for member in events[number]["values"]:
            changed = json.loads(written(events))
            del changed[number]["values"][member]
            yield f"event {number} does not open {member}", {"events": constant(changed)}
        yield f"event {number} comes twice", {"events": constant([*events, events[number]])}
        yield f"event {number} comes last", {"events": constant([*events[:number], *events[number + 1:], events[number]])}
    for size in (65535, 65536):
        def filled(entries, size=size):
            value = json.loads(entries[3])
            value["open"] = {"x": "x" * (size - len(entries[3]) - 6)}
            return [*entries[:3], written(value).encode(), *entries[4:]]
        yield f"an entry of {size} bytes", {"entries": filled}


def of_times():
    for time in ("2026-11-24T10:00:60Z", "2026-11-24T24:00:00Z", "2026-02-29T10:00:00Z", "2028-02-29T23:59:59Z",
                 "0000-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-11-24T10:00:00+00:00",
                 "2026-11-24T10:00:00z", "2026-11-24 10:00:00Z", "2026-11-24T10:00Z", "2026-11-24T10:00:00.5Z", "2026-11-24",
                 "2026-1-24T10:00:00Z", "\uff12026-11-24T10:00:00Z", "2026-11-24T10:00:00Z\n", "2026-13-01T00:00:00Z"):
        def at_time(logged, time=time):
            logged[0]["entry"]["at"] = time
        yield f"at {time!r}", {"logged": at_time}


def of_names():
    names = ["x", "~x", "x~", "C:x", "CC:x", "%a%x", "%%x", "%a", "%A_b%", "%1%", "a\\b", "/a", "a/", "a//b", "./a", "a/.", "..", "a/../b",
             "...", ".a", "a.", "a\n", "a\rb", "a\x7f", "a\x85b", "a\u202eb", "\u200b", " ", "a ", "%25", "100%", "%0A", "a%0db", "*a",
             "A.txt", "a.TXT", "b/H\u00c4FEN.BIN", "b/ha\u0308fen.bin", "\uff41.txt", "c.txt", "c.txt/d", "a" * 255, "\U0001f600",
             "\u00df", "/".join("d" * 62), "/".join("d" * 63), "/".join("d" * 64), "/".join("d" * 32), "con", "-", "Thumbs.db"]
    names += ["/".join(["e" * 200] * 19), "/".join(["e" * 200] * 20)]
    for name in names:
        def named(content, name=name):
            content = {**content, name: content["c.txt"]}
            del content["c.txt"]
            return content if len(content) == 3 else None

        yield f"an item called {name[:40]!r} ({len(name)})", {"content": named}
    for pair in (("stra\u00dfe", "STRASSE"), ("\u03c3", "\u03c2"), ("\u212b", "\u00e5"), ("\u0130", "i"), ("\u0131", "i"), ("\ufb01", "fi"),
                 ("x", "X"), ("x", "y"), ("\u0345\u0301", "\u0301\u0345"), ("\u1e9e", "ss"), ("\u00b5", "\u03bc"), ("k", "\u212a")):
        yield f"items called {pair!r}", {"content": constant({"a.txt": b"1", pair[0]: b"2", pair[1]: b"3"})}
    for content in (b"", b"x" * 65535, b"x" * 65536, b"x" * 65537, b"x" * 131072):
        yield f"an item of {len(content)} bytes", {"content": constant({**bundle_maker.CONTENT, "c.txt": content})}


def of_files():
    for path in ("manifest-sha256.txt", "tagmanifest-sha512.txt"):
        for name, text in text_changes(bundle_maker.build({})[path]):
            # The path is what the manifests of the other kind list too, so they are changed before.
            yield f"{path}: {name}", {path: constant(text)}
        for old, new in ((b"  ", b" *"), (b"  ", b" "), (b"  ", b"\t"), (b"  ", b"  ./"), (b"/", b"//"), (b".", b"%2E"), (b"a", b"A")):
            yield f"{path} with {new!r} for {old!r}", {path: lambda text, old=old, new=new: text.replace(old, new, 1)}
    for name, text in text_changes(b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"):
        yield f"bagit.txt: {name}", {"files": lambda files, text=text: files | {"bagit.txt": text}}
    info = bundle_maker.build({})["bag-info.txt"]
    texts = dict(text_changes(info)) | {f"{new!r} for {old!r}": info.replace(old, new) for old, new in (
        (b"Bag-Software-Agent: a maker", b"Bag-Software-Agent: "), (b"a maker", b"\xc3\xa4 maker"), (b"a maker", b"a:b: c"), (b": ", b":"),
        (b"External-Identifier: Harbour 7\n", b""), (b"Harbour 7", b"Harbour 8"), (b"Harbour 7", b"Harbour\n 7"), (b"70021.3", b"70021.4"),
        (b"70021.3", b"070021.3"), (b"70021.3", b"70021"), (b"Payload", b"payload"))}
    for name, text in texts.items():
        yield f"bag-info.txt: {name}", {"files": lambda files, text=text: files | {"bag-info.txt": text}}
    for reference in ("", " ", "x\ny", "x\r\n", "\x00", "x\x7f", "\u2028", "x\u0085y", "Payload-Oxum: 1.1", "\U0001f600", "a" * 5000, "\t"):
        def referred(bundle, reference=reference):
            bundle["case_reference"] = reference

        def described(files, reference=reference, form=lambda text: text):
            shown = form("".join(" " if c < " " or c == "\x7f" else c for c in reference))
            line = f"External-Identifier: {shown}\n" if shown else ""
            return files | {"bag-info.txt": f"Bag-Software-Agent: x\n{line}Payload-Oxum: 70021.3\n".encode()}

        yield f"a reference {reference[:20]!r}", {"bundle": referred, "files": described}
        cut = functools.partial(described, form=str.strip)
        yield f"a reference {reference[:20]!r} cut", {"bundle": referred, "files": cut}
    for path in ("more", "custody/more", "data/more", "custody/tokens/tsa-2.tsr", "tagmanifest-md5.txt", "manifest-md5.txt", "fetch.txt",
                 "tagmanifest-x/y", "data/A.TXT", "custody/leaves/6.json", "custody/chunks/3", "Data/a.txt", "a\\b", "a\nb", ".x", "data/.DS_Store"):
        yield f"one more file {path!r}", {"files": lambda files, path=path: files | {path: b""}}
        yield f"one more file {path!r} that is not listed", {"folder": lambda top, path=path: put_file(top / path)}
    for path in sorted(bundle_maker.build({})):
        yield f"without {path}", {"files": lambda files, path=path: {p: data for p, data in files.items() if p != path}}
        yield f"without {path}, which is listed", {"folder": lambda top, path=path: (top / path).unlink()}
        yield f"{path} is a link", {"folder": lambda top, path=path: link(top, path)}
        yield f"{path} has one more byte", {"files": lambda files, path=path: files | {path: files.get(path, b"") + b"x"}}
    yield "a folder that is empty", {"folder": lambda top: (top / "more").mkdir()}
    for depth in (63, 64, 65, 70):
        yield f"{depth} folders in each other", {"folder": lambda top, depth=depth: (top / "/".join("d" * depth)).mkdir(parents=True)}
    yield "a name that is no UTF-8", {"folder": lambda top: put_file(bytes(top) + b"/\xff")}
    yield "a pipe", {"folder": lambda top: os.mkfifo(top / "pipe")}
    yield "data is a link", {"folder": lambda top: link(top, "data")}
    yield "custody is a link", {"folder": lambda top: link(top, "custody")}
    for count in (0, 1, 16, 17):
        names = [f"t{i}" for i in range(count)]
        yield f"{count} tokens", tokens(names)
    for names in (["x"] * 2, ["X"], ["x" * 64], ["x" * 65], ["x/y"], [""], ["x\n"], ["\u00e9"], ["z", "a"], ["-"]):
        yield f"tokens {names!r}", tokens(names)
    for size in (262144, 262145):
        yield f"a token of {size} bytes", {"files": lambda files, size=size: files | {"custody/tokens/tsa-1.tsr": bytes(size)}}


def tokens(names):
    def stated(bundle):
        bundle["tokens"] = names

    def kept(files):
        del files["custody/tokens/tsa-1.tsr"]
        return files | {f"custody/tokens/{name}.tsr": b"token" for name in names}
    return {"bundle": stated, "files": kept}


def put_file(path):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb"):
        pass


def link(top, path):
    """The same content, by a link to it."""
    away = top.parent / "away"
    (top / path).rename(away)
    (top / path).symlink_to(away)


def at_random(seed=20_261_125, count=1500):
    """Bytes of the small files changed anywhere, with everything else made to fit."""
    chosen = random.Random(seed)
    files = bundle_maker.build({})
    small = sorted(path for path in files if len(files[path]) < 20_000 and "case" not in path)
    signed = {"custody/checkpoint": "checkpoint", "custody/bundle.json": "text"}
    for number in range(count):
        path = chosen.choice([*small, *signed])
        data = bytearray(files[path])
        for _ in range(chosen.choice((1, 1, 2))):
            where = chosen.randrange(len(data) + 1)
            data[where:where + chosen.choice((0, 1, 1))] = chosen.choice((b"", b"\n", b" ", b"0", b"A", b"=", b"\"", b",", b"\x00", b"\xff"))
        if path in signed:
            yield f"{number}: {path}", {signed[path]: constant(bytes(data))}
        elif "manifest-" in path:
            yield f"{number}: {path}", {path: constant(bytes(data))}
        else:
            yield f"{number}: {path}", {"files": lambda files, path=path, data=bytes(data): files | {path: data}}


GROUPS = [of_json, of_times, of_names, of_notes, of_curves, of_policies, of_proofs, of_files, at_random]


def all_changes(most=None):
    """A name and the change; of each group so many at most, drawn by a fixed seed."""
    for group in GROUPS:
        changes = list(group())
        if most is not None and len(changes) > most:
            changes = random.Random(20_261_125).sample(changes, most)
        yield from ((f"{group.__name__} {name}", change) for name, change in changes)
