# SPDX-License-Identifier: EUPL-1.2
"""What can be wrong in a checkpoint, its signatures, the policy and the proofs, or look so: changes for
`bundle_maker.make`, each under a name."""

import base64

import bundle_maker
from bundle_maker import COSIGNED_AT, LOG, ORIGIN, WITNESS, Signer, encoded, key_text, note_line, verifier
from text_changes import BLANKS, base64_changes, constant, text_changes

# How a policy ends, after the log and three witnesses; each ` / ` is a newline.
ENDINGS = """\
quorum none
quorum w1
quorum w3
quorum w9
quorum
quorum w1 w2
quorum none / quorum none
quorum w1 / quorum w1
QUORUM w1
group g any w1 / quorum g
group g any w1 w1 / quorum g
group g all w1 w2 / quorum g
group none any w1 / quorum none
group g any none / quorum g
group g any w1 none / quorum g
group w1 any w2 / quorum w1
group g any w1 / group g any w2 / quorum g
group g any g / quorum g
group g any w1 g / quorum g
group g any h / group h any w1 / quorum g
quorum g / group g any w1
group g any w1 / group h any w1 / quorum g
group g any w1 / group h any w2 / group i all g h / quorum i
group g any / quorum g
group g w1 / quorum g
group any any w1 / quorum any
group g any w1 / group h any g / group i any g / quorum i
witnesses x / quorum none
group g 1 w1 w1 / quorum none
group g ANY w1 / quorum g
# / quorum w1
quorum w1 # x
quorum w1 / #"""


def of_notes():
    """The checkpoint and its signatures, where the signers went along with what it says."""
    root = encoded(bytes(32))
    for name, text in base64_changes(root):
        yield f"a root {name}", {"note": lambda note, text=text: f"{ORIGIN}\n6\n{text}\n"}
    for size in ("06", "+6", "6 ", " 6", "\u0666", "", "0", "-6", "5", "7", str(2**63 - 1), str(2**63), str(2**64), "6\r"):
        yield f"a size of {size!r}", {"note": lambda note, size=size: note.replace("\n6\n", f"\n{size}\n", 1)}
    for more in ("x", " ", "\t", "\r", "\x7f", "\u2028", "", "x\n\ny", "\u2014 x AAAAAAA=", "x" * 600_000):
        yield f"an extension {more[:20]!r}", {"note": lambda note, more=more: f"{note}{more}\n"}
    for origin in ("e.example/other", "", " ", ORIGIN + " ", ORIGIN.upper()):
        yield f"the origin {origin!r}", {"note": lambda note, origin=origin: note.replace(ORIGIN, origin, 1)}
    stranger, kinds = Signer("w9.example", 4), (0, 1, 2, 4, 5, 6, 255)
    times = (0, 1, 253402300799, 253402300800, 2**62, 2**63 - 1, 2**63, 2**64 - 1)

    def lines(*chosen):
        kept = []
        return {"note": kept.append, "lines": lambda _: [one(kept[0]) for one in chosen]}

    log, first, second, third, other = LOG().line, WITNESS(1).line, WITNESS(2).line, WITNESS(3).line, stranger.line
    orders = {"another order": (second, first, log), "three": (log, first, second, third), "a stranger": (log, other, first, second),
              "one witness": (log, first), "no log": (first, second), "no one": (), "the log twice": (log, log, first, second),
              "one twice": (log, first, first), "another two": (log, first, third), "a stranger alone": (other,)}
    for name, chosen in orders.items():
        yield f"signed by {name}", lines(*chosen)
    for time in times:
        yield f"cosigned at {time}", lines(log, first, lambda note, time=time: WITNESS(2).line(note, time))
        yield f"cosigned at {time} as well", lines(log, first, second, lambda note, time=time: WITNESS(3).line(note, time))
        yield f"cosigned at {time} by a stranger", lines(log, first, second, lambda note, time=time: stranger.line(note, time))
        yield f"cosigned at {time} and after", lines(log, first, lambda note, time=time: WITNESS(2).line(note, time), second)
    for count in (60, 61, 62):
        yield f"{count} strangers", lines(log, first, second, *[other] * count)
    for size in (0, 1, 3, 4, 5, 8, 12, 67, 68, 76, 77, 100):
        for key, kind in (("w9.example", 4), (ORIGIN, 1), (WITNESS(3).name, 4)):
            public = LOG().public if key == ORIGIN else WITNESS(3).public
            line = note_line(key, kind, public, bytes(size))
            yield f"a signature of {size} bytes for {key}", lines(log, first, second, constant(line))
        yield f"a signature of {size} bytes in all", lines(log, first, second, constant(f"\u2014 x {encoded(bytes(size))}"))
    for kind in kinds:
        yield f"a line of type {kind}", lines(log, first, second, constant(note_line(ORIGIN, kind, LOG().public, bytes(64))))
    for name, text in base64_changes(encoded(bytes(72))):
        yield f"a stranger's signature {name}", lines(log, first, second, constant(f"\u2014 x {text}"))
        yield f"the log's signature {name}", {"lines": lambda old, name=name: [
            f"\u2014 {ORIGIN} {dict(base64_changes(old[0].rsplit(' ', 1)[1]))[name]}", *old[1:]]}
    for name in ("", "x+y", "x y", "x" * 255, "x" * 256, "\u00e9" * 127, "\u00e9" * 128, *("x" + blank for blank in BLANKS)):
        yield f"a stranger called {name[:10]!r} ({len(name)})", lines(log, first, second, constant(f"\u2014 {name} AAAAAAAA"))
    for start in ("-", "--", "\u2013", "\u2014\u2014", " \u2014", "\u2014 ", ""):
        yield f"a line that starts with {start!r}", lines(log, first, second, constant(f"{start} x AAAAAAAA"))
    for name, text in text_changes(bundle_maker.build({})["custody/checkpoint"]):
        yield f"checkpoint: {name}", {"checkpoint": constant(text)}


def of_curves():
    """Signatures and keys that another program may read in another way (RFC 8032 5.1.3, 5.1.7)."""
    p, order = verifier().P, verifier().L

    def altered(change):
        def lines(old):
            words = old[0].split(" ")
            data = bytearray(base64.b64decode(words[2]))
            data[4:] = change(bytes(data[4:]))
            return [" ".join([*words[:2], encoded(bytes(data))]), *old[1:]]
        return {"lines": lines}

    def number(value):
        return value.to_bytes(32, "little")

    yield "s and the order", altered(lambda s: s[:32] + number(int.from_bytes(s[32:], "little") + order))
    yield "s without its end", altered(lambda s: s[:-1])
    yield "s with more", altered(lambda s: s + b"\0")
    yield "r with its sign turned", altered(lambda s: s[:31] + bytes([s[31] ^ 128]) + s[32:])
    points = {"one": 1, "one and p": 1 + p, "minus one": p - 1, "zero": 0, "p": p, "p and two": p + 2, "no point": 2, "all": 2**255 - 1}
    for name, y in points.items():
        for sign in (0, 1):
            for r_name, r in points.items():
                key = number(y | sign << 255)
                line = note_line(ORIGIN, 1, key, number(r) + bytes(32))
                given = bundle_maker.policy().replace(LOG().text().encode(), key_text(ORIGIN, 1, key).encode())
                yield f"the key {name} with sign {sign}, r {r_name}", {
                    "policy": constant(given), "lines": lambda old, line=line: [line, *old[1:]]}


def of_policies():
    good = bundle_maker.policy()
    for name, text in text_changes(good):
        yield f"policy: {name}", {"policy": constant(text)}
        if " has " not in name:
            yield f"policy inside: {name}", {"files": lambda files, text=text: files | {"custody/policy": text}}
    lines = good.decode().split("\n")
    keys, rest = lines[:4], lines[4:]
    log, witnesses = keys[0], keys[1:]
    w = [line.split(" ")[2] for line in witnesses]
    m = key_text(ORIGIN, 6, bytes(1312))
    tails = [line.replace(" / ", "\n") for line in ENDINGS.splitlines()]
    tails += ["", "\n\n\nquorum w1\n\n\n", "group\tg\tany \t w1\t\nquorum\tg", "group g any\u00a0w1\nquorum none",
              " \t# x\nquorum w1", "  quorum   w1  "]
    x = Signer("x", 4).text()
    tails += [f"witness {more}\nquorum w1" for more in (
        f"w4 {w[0]}", f"w1 {x}", f"none {x}", f"x {x} url more", f"x {x} url", w[0], f"x {Signer('x', 1).text()}",
        f"x {LOG().text(kind=4)}", f"x {m}", f"x {m}\nwitness y {m}", f"x {m}\nlog {m}")]
    tails += [f"log {more}\nquorum w1" for more in (
        m, f"{m}\nlog {m}", LOG().text(), LOG().text(name="other"), x, Signer("x", 1).text(), "", "x", "x+y", "x++",
        Signer("x", 1).text() + " url more", WITNESS(1).text(kind=1))]
    tails += [f"witness x {m}\nquorum x"]
    tails += [f"group g {count} w1 w2 w3\nquorum g" for count in (
        "0", "1", "2", "3", "4", "01", "+1", "-1", "1.0", "2 ", "\uff12", "2\u00a0", "x", "", "all", "any", "ALL", "9223372036854775807",
        "9223372036854775808", "18446744073709551617")]
    tails += [f"group g {count} w1 w2 w3\nquorum w1" for count in ("0", "1", "4", "01")]

    def chain(depth):
        return "".join(f"group g{i + 1} any g{i}\n" for i in range(depth))

    tails += [f"group g0 any w1\n{chain(depth)}quorum g{depth}" for depth in (10, 62, 63, 64, 65, 254, 255, 256)]
    for kind in (0, 1, 2, 3, 4, 5, 6, 7, 255):
        for size in (0, 31, 32, 33, 1311, 1312, 1313):
            tails.append(f"log {key_text('x', kind, bytes(size))}\nquorum w1")
            tails.append(f"witness x {key_text('x', kind, bytes(size))}\nquorum w1")
    for name in ("", "x" * 255, "x" * 256, "\u00e9" * 127, "\u00e9" * 128, *(f"x{blank}y" for blank in BLANKS)):
        tails.append(f"log {key_text(name, 1, bytes(32))}\nquorum w1")
        tails.append(f"witness x{name} {key_text('x', 4, bytes(32))}\nquorum x{name}")
        tails.append(f"witness x{name} {key_text('x', 4, bytes(32))}\nquorum w1")
    text = key_text("x", 1, bytes(32))
    tails += [f"log {name}\nquorum w1" for name in (text.replace("x+", "X+"), text.upper(), text.replace("+", " "), text + "=", text[:-1])]
    tails += [f"log x+{text.split('+', 2)[1].upper()}+{text.split('+', 2)[2]}\nquorum w1"]
    tails += [f"log {text.rsplit('+', 1)[0]}+{changed}\nquorum w1" for _, changed in base64_changes(text.rsplit("+", 1)[1])]
    for tail in tails:
        yield f"policy with {tail[:60]!r} ({len(tail)})", {"policy": constant("\n".join([*keys, tail, ""]).encode())}
    for count in (253, 254, 255, 256):
        more = "".join(f"log {key_text(f'k{i}', 1, i.to_bytes(32, 'big'))}\n" for i in range(count))
        yield f"{count} more logs", {"policy": constant(more.encode() + good)}
        more = "".join(f"witness n{i} {key_text(f'k{i}', 4, i.to_bytes(32, 'big'))}\n" for i in range(count))
        yield f"{count} more witnesses", {"policy": constant(more.encode() + good)}
    for size in (1 << 20, (1 << 20) + 1):
        filled = good + b"#" * (size - len(good) - 1) + b"\n"
        yield f"a policy of {size} bytes", {"policy": constant(filled)}
        yield f"a policy inside of {size} bytes", {"files": lambda files, filled=filled: files | {"custody/policy": filled}}
    nameless = "\n".join([log, *witnesses]).encode()
    for name in (b"\xff", b"\xc3\x28", b"\xed\xa0\x80", b"caf\xe9"):
        key = Signer("x", 4).text().encode()
        yield f"a name of {name!r}", {"policy": constant(b"%s\nwitness %s %s\nquorum %s\n" % (nameless, name, key, name))}
        yield f"a name and its twin {name!r}", {"policy": constant(
            b"%s\nwitness %s %s\ngroup \xef\xbf\xbd any w1\nquorum \xef\xbf\xbd\n" % (nameless, name, key))}
        yield f"a key of {name!r}", {"policy": constant(b"%s\nlog %s+00000000+AQ==\nquorum w1\n" % (nameless, name))}
    yield "no log", {"policy": constant("\n".join([*witnesses, *rest]).encode())}


def of_proofs():
    def for_fourth(change):
        def changed(lines):
            return change(lines) if lines[1] == b"index 3" else lines
        return {"proofs": changed}

    yield "extra data", for_fourth(lambda lines: [lines[0], b"extra AAAA", *lines[1:]])
    yield "empty extra data", for_fourth(lambda lines: [lines[0], b"extra ", *lines[1:]])
    yield "a longer path", for_fourth(lambda lines: lines + [encoded(bytes(32)).encode()])
    yield "a much longer path", for_fourth(lambda lines: lines + [encoded(bytes(32)).encode()] * 300)
    yield "a shorter path", for_fourth(lambda lines: lines[:-1])
    yield "a path turned round", for_fourth(lambda lines: lines[:2] + lines[:1:-1])
    yield "a short hash", for_fourth(lambda lines: lines + [encoded(bytes(31)).encode()])
    for text in (b"index 03", b"index +3", b"index 3 ", b"index  3", b"Index 3", b"index\t3", b"index 4", b"", b"index -3", b"3"):
        yield f"the line {text!r}", for_fourth(lambda lines, text=text: [lines[0], text, *lines[2:]])
    for text in (b"c2sp.org/tlog-proof@v2", b"", b"c2sp.org/tlog-proof@v1 "):
        yield f"the form {text!r}", for_fourth(lambda lines, text=text: [text, *lines[1:]])
    for name, _ in base64_changes(encoded(bytes(32))):
        yield f"a step {name}", for_fourth(lambda lines, name=name: [
            *lines[:2], dict(base64_changes(lines[2].decode()))[name].encode(), *lines[3:]])
    path = "custody/proofs/3.tlog-proof"
    for name, text in text_changes(bundle_maker.build({})[path]):
        yield f"proof: {name}", {"files": lambda files, text=text: files | {path: text}}
