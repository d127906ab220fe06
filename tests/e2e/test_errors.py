# SPDX-License-Identifier: EUPL-1.2
"""Wrong usage and wrong input: the documented exit code, one readable line, and the place."""

import pathlib

import pytest

TOP = pathlib.Path(__file__).resolve().parents[2]
LOVE_BUG = "examples/love-bug-2000.yaml"
USAGE, INPUT, LINT, NOT_FOUND, UNSUPPORTED, CONFLICT = 2, 3, 4, 5, 8, 9

CONDUCT = """format: rogatory.conduct/1
id: x
title: "X"
exercise: true
summary: "Invented."
sources: [{id: s, title: "t", where: "w"}]
counts:
  - id: c
    title: "C"
    date: {from: 2020-01-01}
    places: []
    persons: []
    facts:
      - {term: %s, value: true, status: alleged, by: "b"}
      - {term: %s, value: false, status: alleged, by: "b"}
"""

AMOUNT = CONDUCT.split("      - {term")[0] + '      - {quantity: qty.loss, %s, status: alleged, by: "b"}\n'

CASES = [
    ("no command at all", "", USAGE, ""),
    ("unknown command", "law judge", USAGE, ""),
    ("unknown option", "law list --frobnicate", USAGE, "frobnicate"),
    ("argument missing", "law show", USAGE, "PROVISION"),
    ("unknown kind", "law list --kind crime", USAGE, "`crime`"),
    ("unknown instrument", "law list --of treaty-of-rome", NOT_FOUND, "`treaty-of-rome`"),
    ("unknown provision", "law show budapest-2001:art-99", NOT_FOUND, "`budapest-2001:art-99`"),
    ("unknown provision in classify", f"law classify {LOVE_BUG} --only x:y", NOT_FOUND, "`x:y`"),
    ("provision of a State that is not asked about", f"law classify {LOVE_BUG} --only PHL:ra-8792-s33-a --under US", USAGE, "no --under"),
    ("provision that is no offence", f"law classify {LOVE_BUG} --only budapest-2001:b-preservation", USAGE, "no offence"),
    ("amount that is no number", f"law classify {LOVE_BUG} --what-if qty.loss=nan", USAGE, "from 0 on"),
    ("negative amount", f"law classify {LOVE_BUG} --what-if qty.devices=-1", USAGE, "from 0 on"),
    ("currency in words", f"law classify {LOVE_BUG} --what-if 'qty.loss=5000 dollars'", USAGE, "`dollars`"),
    ("money without a currency", f"law classify {LOVE_BUG} --what-if qty.loss=5000", USAGE, "currency"),
    ("unknown instrument in compare", "law compare un-ict-2021 x", NOT_FOUND, "`x`"),
    ("State not encoded", f"law dual {LOVE_BUG} --requesting US --requested ZZ", NOT_FOUND, "does not mean that it has none"),
    ("draft as State", f"law dual {LOVE_BUG} --requesting US --requested un-ict-2021", USAGE, "draft"),
    ("draft in the abstract mode", "law dual --offence un-ict-2021:art-8 --requesting US --requested PH --on 2020-01-01", NOT_FOUND, "draft"),
    ("no incident", "law dual --requesting US --requested PH", USAGE, "INCIDENT"),
    ("no date for cover", "law cover budapest-2001 --state GB", USAGE, "--on"),
    ("date that is none", "law cover budapest-2001 --state GB --on 2026-02-30", USAGE, "`2026-02-30`"),
    ("unknown count", f"law classify {LOVE_BUG} --count nine", NOT_FOUND, "`nine`"),
    ("unknown record", "law classify examples/dyn-2016.csv --record nine", NOT_FOUND, "`nine`"),
    ("unknown term in what-if", f"law classify {LOVE_BUG} --what-if act.none=true", USAGE, "`act.none`"),
    ("unknown value in what-if", f"law classify {LOVE_BUG} --what-if act.access=perhaps", USAGE, "`perhaps`"),
    ("change without value", f"law classify {LOVE_BUG} --what-if act.access", USAGE, "`act.access`"),
    ("file that is not there", "law classify no/such/file.yaml", NOT_FOUND, "no/such/file.yaml"),
    ("folder instead of a file", "law classify examples", 6, "examples"),
    ("corpus that is not there", "law list --corpus no/such/folder", NOT_FOUND, "no/such/folder"),
    ("lint of nothing", "law lint", USAGE, "--corpus"),
    ("lint of a folder without law", "law lint --corpus docs/decisions", NOT_FOUND, "docs/decisions"),
    ("unknown record of a conduct file", f"law classify {LOVE_BUG} --record nine", NOT_FOUND, "`nine`"),
    ("one State twice", f"law dual {LOVE_BUG} --requesting US --requested USA", USAGE, "two States"),
    ("offence of a third State", "law dual --offence PHL:ra-10175-s4-a-1 --requesting US --requested GB --on 2020-01-01", USAGE, "requesting State"),
    ("no offence in the abstract mode", "law dual --offence DEU:stgb-202a-data --requested GB --on 2020-01-01", USAGE, "no offence"),
    ("one State twice in the abstract mode", "law dual --offence DEU:stgb-202a --requested DE --on 2020-01-01", USAGE, "two States"),
    ("incident in the abstract mode", f"law dual {LOVE_BUG} --offence PHL:ra-10175-s4-a-1 --requested GB --on 2020-01-01", USAGE, "concrete mode"),
]


@pytest.mark.parametrize("name, command, code, says", CASES, ids=[c[0] for c in CASES])
def test_wrong_call(rogatory, name, command, code, says):
    answer = rogatory.run(command)
    assert answer.code == code, f"{name}: {answer.err}"
    assert not answer.out.strip(), "nothing is printed as an answer"
    assert answer.err.strip()
    assert says in answer.err
    assert "terminate called" not in answer.err and "(internal)" not in answer.err


@pytest.mark.parametrize("name, command, code, says", [c for c in CASES if c[2] != USAGE], ids=[c[0] for c in CASES if c[2] != USAGE])
def test_wrong_call_as_json(rogatory, name, command, code, says):
    error = rogatory.run(*command.split(), "--json").error()
    assert error["code"] and error["message"]
    assert not error["message"].endswith("."), "one sentence without a full stop"
    assert error["message"][0].islower() or error["message"][0] in "`-0123456789", "lower case"


INPUTS = [
    ("text of no format", "something happened", UNSUPPORTED, "format"),
    ("nothing", "", UNSUPPORTED, "format"),
    ("JSON cut short", '{"action": {"hacking": ', INPUT, "standard input:1"),
    ("conduct with a tab", "format: rogatory.conduct/1\nid:\tx\n", INPUT, "standard input:2"),
    ("conduct with a key twice", "format: rogatory.conduct/1\nid: x\nid: y\n", INPUT, "standard input:3"),
    ("conduct with an alias", "format: rogatory.conduct/1\nid: &a x\ntitle: *a\n", INPUT, "standard input:2"),
    ("conduct without counts", "format: rogatory.conduct/1\nid: x\ntitle: X\n", INPUT, "counts"),
    ("VERIS of another shape", '{"incident_id": "x", "action": {"hacking": 1}}', INPUT, "/action/hacking"),
    ("VERIS code that is a number", '{"incident_id": "x", "action": {"hacking": {"variety": [5]}}}', INPUT, "/action/hacking/variety/0"),
    ("VERIS year in words", '{"incident_id": "x", "action": {}, "timeline": {"incident": {"year": "foo"}}}', INPUT, "/timeline/incident/year"),
    ("conduct JSON of another shape", '{"format": "rogatory.conduct/1",\n "id": "x",\n "title": 7}', INPUT, "standard input:3"),
    ("VERIS of another shape, with its line", '{"incident_id": "x",\n "action":\n {"hacking": 1}}', INPUT, "standard input:3:14"),
    ("money of less than nothing", AMOUNT % "value: -5, currency: EUR", INPUT, "standard input:14"),
    ("money without currency", AMOUNT % "value: 5", INPUT, "currency"),
    ("money without currency, with its line", AMOUNT % "value: 5", INPUT, "standard input:14"),
    ("currency that is none", AMOUNT % "value: 5, currency: euro", INPUT, "standard input:14"),
    ("devices in euro", AMOUNT.replace("qty.loss", "qty.devices") % "value: 5, currency: EUR", INPUT, "`qty.devices`"),
    ("unknown quantity", AMOUNT.replace("qty.loss", "qty.none") % "value: 5", INPUT, "`qty.none`"),
    ("unknown term", CONDUCT % ("act.none", "act.access"), LINT, "standard input:14"),
    ("facts that contradict", CONDUCT % ("act.data.delete", "act.data"), CONFLICT, "act.data.delete"),
]


@pytest.mark.parametrize("name, text, code, says", INPUTS, ids=[i[0] for i in INPUTS])
def test_wrong_input(rogatory, name, text, code, says):
    answer = rogatory.run("law", "classify", "-", text=text)
    assert answer.code == code, f"{name}: {answer.err}"
    assert answer.err.startswith("rogatory: ")
    assert says in answer.err


def test_json_may_begin_with_a_byte_order_mark(rogatory):
    text = (TOP / "examples/misdirected-message-2014.json").read_text(encoding="utf-8")
    plain = rogatory.run("law", "classify", "-", "--json", text=text)
    assert plain.code == 0
    assert rogatory.run("law", "classify", "-", "--json", text="\ufeff" + text).out == plain.out


def test_progress_is_for_terminals_only(rogatory):
    assert rogatory.run(f"law classify {LOVE_BUG}").err == ""


def test_more_counts_than_a_report_covers(rogatory):
    head, count = (CONDUCT % ("act.access", "act.data")).split("  - id: c\n", 1)
    count = count.split("    facts:")[0] + "    facts: []\n"
    text = head + "".join(f"  - id: c{n}\n{count}" for n in range(101))
    answer = rogatory.run("law", "classify", "-", text=text)
    assert answer.code == USAGE and "--count" in answer.err
    assert rogatory.run("law", "classify", "-", "--count", "c7", "--under", "budapest-2001", text=text).code == 0


def test_lint_names_file_and_line(rogatory, tmp_path):
    folder = tmp_path / "instruments" / "i"
    folder.mkdir(parents=True)
    (folder / "instrument.yaml").write_text("format: rogatory.instrument/1\ninstrument: i\nnonsense: 1\n")
    answer = rogatory.run("law", "lint", "--corpus", str(tmp_path), "--json")
    assert answer.code == LINT
    assert '"line": 3' in answer.out or '"line": 1' in answer.out
    assert "instruments/i/instrument.yaml" in answer.out


@pytest.mark.parametrize("command", ["", "law", "law classify", "assess"])
def test_exit_codes_are_documented(rogatory, command):
    text = " ".join(rogatory.run(*command.split(), "--help").out.split())
    for line in ("1 a check found something missing or wrong", "2 usage", "3 bad input", "4 lint", "5 not found", "6 i/o", "7 limit", "8 unsupported",
                 "9 facts contradict each other", "a file is there already", "10 refused", "70 internal"):
        assert line in text


def test_version(rogatory):
    answer = rogatory.run("--version")
    assert answer.code == 0 and answer.out.startswith("rogatory ")
