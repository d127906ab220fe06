# SPDX-License-Identifier: EUPL-1.2
"""Other ways to write a text, or almost: JSON, base64, lines. Each under a name."""

import json

from bundle_maker import written

NEW_VALUES = [None, True, False, 0, 1, -1, 2**53 - 1, 2**53, 2**64, 0.5, 1.0, "", "x", "\u0000", [], {}]
TEXT_TWINS = [str.upper, lambda s: s + "\n", lambda s: " " + s, lambda s: s + " ", lambda s: s[:-1], lambda s: s + "0",
              lambda s: "\uff10" + s[1:], lambda s: s + "\u0301", lambda s: s.replace("a", "\u0430")]
BLANKS = ["\r", "\x0b", "\x0c", "\x1c", "\x85", "\xa0", "\u1680", "\u2003", "\u2028", "\u3000", "\u200b", "\ufeff", "\x7f",
          "\t", " ", "\x00"]


def paths_in(value, path=()):
    """Every place in a JSON value."""
    yield path
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in members:
        yield from paths_in(member, (*path, key))


def at(value, path):
    for key in path:
        value = value[key]
    return value


def variants(value):
    """Others to stand in the place of a value."""
    yield from ((f"is {new!r}", new) for new in NEW_VALUES)
    yield "is in a list", [value]
    yield "is in an object", {"x": value}
    if isinstance(value, str) and value:
        yield from ((f"is {twin(value)[-9:]!r}", twin(value)) for twin in TEXT_TWINS)
    elif type(value) is int:
        yield from ((f"is {new}", new) for new in (value + 1, -value, str(value), float(value)))
    elif isinstance(value, list):
        yield "is turned round", value[::-1]
        yield "has its last twice", value + value[-1:]
        yield "lacks its first", value[1:]
    elif isinstance(value, dict):
        yield "has one more", {**value, "more": 1}
        yield "has one more with no name", {**value, "": None}


def json_changes(value, depth):
    """Ways to change one place of a JSON value, so deep at least: a name, and what gives a changed copy."""
    for path in paths_in(value):
        if len(path) < depth:
            continue

        def put(new, path=path):
            copied = json.loads(written(value))
            if not path:
                return new
            at(copied, path[:-1])[path[-1]] = new
            return copied

        def without(path=path):
            copied = json.loads(written(value))
            del at(copied, path[:-1])[path[-1]]
            return copied

        name = "/".join(map(str, path))
        for what, new in variants(at(value, path)):
            yield f"{name} {what}", lambda put=put, new=new: put(new)
        if path:
            yield f"{name} is not there", without


def json_text_changes(text):
    """Other ways to write JSON, or almost."""
    number = next(i for i, c in enumerate(text) if c.isdigit() and text[i - 1] == ":")
    yield from ((f"a number is written {new}", text[:number] + new + text[number + 1:]) for new in (
        "1.0", "1e0", "-0", "01", "+1", "1E400", "NaN", "Infinity", "0x1", "1_0", "0.0", "-0.0", "1e21", "\u0661", ""))
    for old, new in ((":", ": "), (",", " ,"), ("{", "{\n"), ("a", "\\u0061"), ("/", "\\/"), ("\"", "'"), ("}", ",}"),
                     ("]", ",]"), ("e", "\\ud800"), ("e", "\\ud83d\\ude00"), ("e", "\x01"), ("e", "\x7f"), ("{", "/**/{")):
        yield f"{old} is written {new!r}", text.replace(old, new, 1)
    for where in (text + "\n", text + " ", text + "{}", text + "\x00", "\ufeff" + text, " " + text, text[:-1], ""):
        yield f"begins {where[:2]!r} and ends {where[-2:]!r}", where
    yield "its first member is there twice", "{" + text[1:].split(",", 1)[0] + "," + text[1:]
    yield "its last member is there twice", text[:-1] + "," + text[:-1].rsplit(",", 1)[1] + "}"


def base64_changes(text):
    """Other ways to write base64, or almost; `text` ends with it."""
    padding = len(text) - len(text.rstrip("="))
    last = text.rstrip("=")
    digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    yield "without padding", last
    yield "with more padding", text + "="
    yield "with much padding", text + "===="
    yield "with bits behind its end", last[:-1] + digits[digits.index(last[-1]) ^ 1] + "=" * padding
    yield "in the alphabet of addresses", text.replace("/", "_").replace("+", "-")
    yield from ((f"with {blank!r} in it", text[:-6] + blank + text[-6:]) for blank in BLANKS)
    yield from ((f"with {blank!r} at its end", text + blank) for blank in BLANKS)
    yield "with a part too many", text + "AAAA"
    yield "with a part too few", text[:-4]


def line_changes(data):
    """One line of a text there twice, not there, in another place, or changed a little."""
    lines = data.split(b"\n")
    for i, line in enumerate(lines):
        rest = lines[:i] + lines[i + 1:]
        yield f"line {i} twice", lines[:i] + [line] + lines[i:]
        yield f"line {i} lost", rest
        yield f"line {i} last", rest + [line]
        yield f"line {i} first", [line] + rest
        for blank in BLANKS:
            yield f"line {i} ends with {blank!r}", lines[:i] + [line + blank.encode()] + lines[i + 1:]
            yield f"line {i} begins with {blank!r}", lines[:i] + [blank.encode() + line] + lines[i + 1:]
            changed = line.replace(b" ", blank.encode(), 1)
            yield f"line {i} has {blank!r} for its blank", lines[:i] + [changed] + lines[i + 1:]
        yield f"line {i} with a byte that is no UTF-8", lines[:i] + [line + b"\xff"] + lines[i + 1:]
        yield f"line {i} in capitals", lines[:i] + [line.upper()] + lines[i + 1:]


def text_changes(data):
    for name, lines in line_changes(data):
        yield name, b"\n".join(lines)
    yield "with CRLF", data.replace(b"\n", b"\r\n")
    yield "without its last newline", data[:-1]
    yield "with one more newline", data + b"\n"
    yield "with a byte order mark", b"\xef\xbb\xbf" + data
    yield "empty", b""


def constant(value):
    return lambda _: value
