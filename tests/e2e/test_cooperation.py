# SPDX-License-Identifier: EUPL-1.2
"""The commands on cooperation: bases, grounds, clocks, extradition, competing requests."""

import csv
import io

import pytest

PAIR = "--requesting FR --requested BR --on 2026-05-01"
CONFIDENCES = {"found", "derived", "recalled"}
OUTCOMES = {"grant", "grant_on_condition", "may_refuse", "must_refuse"}
COMMANDS = ["basis", "grounds", "extraditable", "clocks", "speciality", "competing"]


def kinds(rogatory):
    return [k["kind"] for k in rogatory.json("law basis --all --on 2026-05-01")["kinds"]]


def test_every_kind_has_a_basis_or_says_why_not(rogatory):
    names = kinds(rogatory)
    assert len(names) == 26
    for kind in names:
        answer = rogatory.json(f"law basis {PAIR} --for {kind}")
        assert bool(answer["bases"]) != bool(answer["none_known"]), kind
        assert [b["rank"] for b in answer["bases"]] == list(range(1, len(answer["bases"]) + 1))
        for basis in answer["bases"] + answer["channels"]:
            assert basis["instrument"] and basis["provision"] and basis["cite"]
            assert basis["confidence"] in CONFIDENCES
            assert basis["provisional"] == bool(basis["provisional_because"])
            assert all(c["state"] in {"met", "open"} for c in basis["conditions"])
        for one in answer["not_available"]:
            assert one["instrument"] and one["reason"]


def test_grounds_need_no_facts(rogatory):
    answer = rogatory.json(f"law grounds {PAIR} --for extradition")
    assert answer["outcomes"] and set(answer["outcomes"]) <= OUTCOMES
    for ground in answer["grounds"]:
        assert ground["applies"] in {"applies", "does_not_apply", "open"}
        assert ground["effect"] in {"mandatory", "optional", "postpone", "conditional"}
        assert ground["cite"] and ground["confidence"] in CONFIDENCES


def test_more_facts_never_add_outcomes(rogatory):
    before = set(rogatory.json(f"law grounds {PAIR} --for extradition")["outcomes"])
    for value in ("true", "false"):
        after = rogatory.json(f"law grounds {PAIR} --for extradition --fact req.offence.political={value}")
        assert set(after["outcomes"]) <= before


def test_clocks_end_after_they_start(rogatory):
    answer = rogatory.json(
        f"law clocks {PAIR} --for preservation --starts preservation_executed=2026-05-01T18:30:00-04:00")
    for clock in answer["clocks"]:
        if clock["deadline"]:
            assert clock["deadline"]["last_day"] >= "2026-05-01"


def test_time_to_leave_is_counted_where_the_person_is(rogatory):
    # Surrendered by Germany to Romania and discharged there at 00:30 of 2 May, when it was 1 May in Berlin.
    answer = rogatory.json("law clocks --requesting RO --requested DE --for extradition --on 2026-05-01 "
                           "--starts discharge=2026-05-01T21:30:00Z")
    clocks = [c for c in answer["clocks"] if c["starts"] == "discharge"]
    assert clocks
    for clock in clocks:
        assert clock["counted_in"] == "requesting"
        assert clock["zone"] == answer["requesting_zone"] == "Europe/Bucharest"
        assert clock["deadline"]["last_day"] == "2026-06-16"


def test_the_law_of_the_state_that_asks_has_limits_too(rogatory):
    pair = "--for extradition --on 2026-05-01 --starts discharge=2026-05-01T12:00:00Z"
    asking = rogatory.json(f"law clocks --requesting DE --requested FR {pair}")
    asked = rogatory.json(f"law clocks --requesting FR --requested DE {pair}")
    assert "DEU:irg-k-83h" in {c["provision"] for c in asking["clocks"]}
    assert "DEU:irg-k-83h" not in {c["provision"] for c in asked["clocks"]}


def test_a_free_day_is_told_and_not_moved(rogatory):
    # Thirty days from 1 May 2026 end on Sunday, 31 May.
    answer = rogatory.json("law clocks --requesting FR --requested DE --for stored_content --on 2026-05-01 "
                           "--starts request_received=2026-05-01T12:00:00+02:00")
    clock = next(c for c in answer["clocks"] if c["provision"] == "eu-eio-2014:k-recognition")
    assert clock["deadline"]["last_day"] == "2026-05-31"
    assert clock["deadline"]["free_day"] == "Sunday"
    assert clock["deadline"]["moved_to"] == "2026-06-01"
    assert any("1182/71" in note for note in clock["notes"])


def test_the_order_goes_first_among_the_bases_of_its_directive(rogatory):
    answer = rogatory.json("law basis --requesting FR --requested DE --for subscriber_information --on 2026-05-01")
    assert answer["bases"][0]["provision"] == "eu-eio-2014:b-evidence"
    assert answer["bases"][0]["confidence"] != "recalled"


def test_extraditable_names_what_is_unknown(rogatory):
    answer = rogatory.json("law extraditable examples/love-bug-2000.yaml --requesting US --requested PH "
                           "--on 2026-05-01")
    assert answer["verdict"] in {"extraditable", "not", "undetermined"}
    if answer["verdict"] == "undetermined":
        assert answer["unknown"] or any(u["unknown"] for u in answer["under"])
    for under in answer["under"]:
        assert under["verdict"] != "not" or under["reasons"]


def test_competing_requests_are_never_ranked(rogatory):
    answer = rogatory.json("law competing --requested GB --request US:2026-05-04:examples/love-bug-2000.yaml "
                           "--request FR:2026-05-01:examples/love-bug-2000.yaml")
    assert answer["ranking"] is None
    assert [r["requesting"]["code"] for r in answer["requests"]] == ["USA", "FRA"]


def test_the_table_agrees_with_the_question(rogatory):
    whole = rogatory.run("law basis --all --csv --on 2026-05-01")
    assert whole.code == 0, whole.err
    rows = list(csv.DictReader(io.StringIO(whole.out)))
    figures = rogatory.json("law basis --all --on 2026-05-01")
    assert len(rows) == figures["pairs"] * 26
    for row in rows[:: max(1, len(rows) // 12)]:
        answer = rogatory.json(f"law basis --requesting {row['requesting']} --requested {row['requested']} "
                               f"--for {row['kind']} --on 2026-05-01")
        if row["answer"] == "none_known":
            assert not answer["bases"] and answer["none_known"] == row["reason"]
        else:
            first = answer["bases"][0]
            assert (first["provision"], first["cite"], first["confidence"]) == (
                row["answer"], row["citation"], row["confidence"])
            assert first["provisional"] == (row["provisional"] == "yes")


@pytest.mark.parametrize("command", COMMANDS)
def test_help_teaches(rogatory, command):
    shown = rogatory.run(f"law {command} --help")
    assert shown.code == 0
    assert "Example" in shown.out and f"rogatory law {command}" in shown.out


@pytest.mark.parametrize("arguments,code,word", [
    ("basis --requesting QQ --requested BR --for extradition", "not_found", "no State or territory"),
    ("basis --requesting BR --requested BR --for extradition", "invalid_argument", "cannot ask itself"),
    ("basis --requesting FR --requested BR --for rendition", "invalid_argument", "the kinds are preservation"),
    ("basis --requesting FR --requested BR", "invalid_argument", "--for is needed"),
    ("grounds --requesting FR --for extradition", "invalid_argument", "--requested is needed"),
    ("grounds --requesting FR --requested BR --for extradition --basis none", "invalid_argument", "does not serve"),
    ("grounds --requesting FR --requested BR --for extradition --fact x=true", "invalid_argument", "no term"),
    ("clocks --requesting FR --requested BR --for preservation --starts x=1", "invalid_argument", "no event"),
    ("clocks --requesting FR --requested BR --for preservation --starts arrest=2026-05-01", "parse", "no moment"),
    ("clocks --requesting FR --requested BR --for preservation --starts arrest=2026-05-01T10:00:00Z "
     "--starts arrest=2026-05-02T10:00:00Z", "invalid_argument", "given twice"),
    ("basis --all --requesting FR", "invalid_argument", "give it alone"),
    ("competing --requested GB --request US:2026-05-01 --request FR:2026-05-04 "
     "--fact-of DE:req.person.national_of_requesting=true", "invalid_argument", "no fact of a State that asks here"),
    ("competing --requested GB --request US:2026-05-01", "invalid_argument", "from two on"),
])
def test_errors_say_what_to_do(rogatory, arguments, code, word):
    error = rogatory.run(f"law {arguments} --json").error()
    assert error["code"] == code
    assert word in error["message"]


# Case files -----------------------------------------------------------------------------------------

NATIONAL = "examples/cases/extradition-national.yaml"
WORM = "examples/cases/preservation-worm.yaml"
DAY = "2026-11-24"


def without(answer, *keys):
    return {key: value for key, value in answer.items() if key not in keys}


def test_a_case_gives_states_conduct_and_dates(rogatory):
    case = rogatory.json(f"law extraditable --case {NATIONAL} --on {DAY}")
    assert (case["requesting"]["code"], case["requested"]["code"], case["count"]) == ("PHL", "ESP", "deletion")
    # The person is a national of the requested State: the case says so, a bare pair does not.
    bare = rogatory.json(f"law extraditable --requesting PHL --requested ESP --on {DAY}")
    assert without(case, "count") != bare
    other = rogatory.json(f"law extraditable --case {NATIONAL} --requested DEU --on {DAY}")
    assert other["requested"]["code"] == "DEU" and other["requesting"]["code"] == "PHL"


def test_a_case_says_what_options_can_say(rogatory):
    case = rogatory.json(f"law grounds --case {NATIONAL} --for extradition --on {DAY}")
    grounds = {g["subject"]: g["applies"] for g in case["grounds"]}
    assert "applies" in {g["applies"] for g in case["grounds"]}, grounds
    bare = rogatory.json(f"law grounds --requesting PHL --requested ESP --for extradition --on {DAY}")
    assert "applies" not in {g["applies"] for g in bare["grounds"] if g["subject"] == "nationality"}
    assert grounds["nationality"] == "applies"


@pytest.mark.parametrize("question", [
    f"basis --case {WORM} --for preservation",
    f"grounds --case {WORM} --for preservation",
    f"clocks --case {WORM} --for preservation --starts preservation_executed=2026-11-24T09:00:00+08:00",
    f"extraditable --case {NATIONAL}",
    f"speciality --case {NATIONAL} --asked PHL:ra-10175-s4-a-1",
])
def test_every_question_takes_a_case(rogatory, question):
    answer = rogatory.json(f"law {question} --on {DAY}")
    assert answer["count"] and len(answer["corpus_digest"]) == 64
    whole = rogatory.json(f"law {question} --on {DAY} --corpus corpus")
    assert answer == whole, "a folder is loaded whole"


def test_competing_requests_from_cases(rogatory):
    answer = rogatory.json(f"law competing --case 2026-05-01:{NATIONAL} --request FR:2026-05-04:examples/love-bug-2000.yaml")
    assert answer["requested"]["code"] == "ESP"
    assert [r["requesting"]["code"] for r in answer["requests"]] == ["FRA", "PHL"]


def test_competing_requests_name_a_state_in_any_way(rogatory):
    def ask(requested, state):
        return rogatory.json(f"law competing --requested {requested} --case 2026-05-01:{NATIONAL} --request FR:2026-05-04 "
                             f"--fact-of {state}:req.person.national_of_requesting=true")
    answer = ask("ESP", "FR")
    assert answer["stated"]
    assert ask("Spain", "France") == answer


def test_facts_that_change_nothing_are_named(rogatory):
    pair = f"law grounds {PAIR} --for extradition"
    answer = rogatory.json(f"{pair} --fact req.offence.political=true --fact act.launder=true")
    assert [(s["fact"], s["changes_answer"]) for s in answer["stated"]] == [
        ("req.offence.political=true", True), ("act.launder=true", False)]
    text = rogatory.run(f"{pair} --fact req.offence.political=true --fact act.launder=true").out
    assert text.count("Stated by the officer") == 2 and text.count("It changes nothing in this answer.") == 1
    assert "stated" not in rogatory.json(pair)


def test_facts_left_out_are_named(rogatory):
    answer = rogatory.json(f"law grounds --case {NATIONAL} --for extradition --on {DAY} --fact req.penalty.death=true")
    assert "left out, as it cannot stand beside it: req.penalty.death is false" in answer["stated"][0]["says"]


@pytest.mark.parametrize("arguments,code,word", [
    (f"basis --case {WORM}", "invalid_argument", "--for is needed"),
    (f"basis --case {WORM} --conduct examples/love-bug-2000.yaml --for preservation", "invalid_argument", "either --case"),
    (f"basis --case {WORM} --for preservation --count none", "not_found", "has no count"),
    ("basis --case examples/love-bug-2000.yaml --for preservation", "invalid_argument", "--requesting is needed"),
    ("basis --case nowhere.yaml --for preservation", "not_found", "cannot open the file"),
    (f"competing --case {NATIONAL}", "invalid_argument", "write it as"),
    (f"competing --case 2026-05-01:{NATIONAL} --case 2026-05-01:{WORM}", "invalid_argument", "competing requests go to one"),
])
def test_errors_of_cases_say_what_to_do(rogatory, arguments, code, word):
    error = rogatory.run(f"law {arguments} --json").error()
    assert error["code"] == code
    assert word in error["message"]
