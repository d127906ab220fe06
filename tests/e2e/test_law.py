# SPDX-License-Identifier: EUPL-1.2
"""What programs may rely on in the JSON of each command, and what must be in every answer."""

import pytest
from conftest import TOP

LOVE_BUG = "examples/love-bug-2000.yaml"
VERDICTS = {"met", "not_met", "undetermined"}
CONFIDENCES = {"found", "derived", "recalled"}
REASONS = {"not_stated", "contested", "needs_evaluation", "law_not_encoded", "readings_differ", "open_reference",
           "other_unit"}
EXAMPLES = sorted(p for p in (TOP / "examples").iterdir() if p.is_file() and p.suffix != ".md")


def check_assessment(a):
    assert a["verdict"] in VERDICTS
    assert a["confidence"] in CONFIDENCES
    assert set(a["unknown_reasons"]) <= REASONS
    for key in ("provision", "subject_to", "missing", "contradicted", "explanation"):
        assert key in a, f"{a['provision']} has no `{key}`"
    for fact in a["missing"] + a["contradicted"]:
        assert fact["fact"] and fact["question"].endswith("?")
        assert isinstance(fact["wanted"], bool)
    assert a["explanation"]["decisive"] is True
    if a["verdict"] == "undetermined":
        assert a["unknown_reasons"], f"{a['provision']} is undetermined without a reason"
    if a["verdict"] == "met":
        assert not a["missing"] and not a["contradicted"]


def test_list(rogatory):
    provisions = rogatory.json("law list")["provisions"]
    assert len({p["id"] for p in provisions}) == len(provisions)
    for p in provisions:
        for key in ("id", "instrument", "article", "kind", "status", "title", "confidence"):
            assert p[key], f"{p['id']} has no `{key}`"
        assert p["confidence"] in CONFIDENCES


def test_list_of_one_instrument(rogatory):
    answer = rogatory.json("law list --of un-ict-2021 --kind substantive")
    assert {p["article"] for p in answer["provisions"]} == {str(n) for n in range(6, 28)}
    assert {p["status"] for p in answer["provisions"]} == {"draft"}
    assert answer["counts"][0]["substantive_articles"] == 22
    assert answer["counts"][0]["inchoate_articles"] == 1


def test_show(rogatory):
    shown = rogatory.json("law show un-ict-2021:art-10-1")["provisions"][0]
    assert shown["elements"]["unless"][0]["role"] == "exclusion"
    assert rogatory.run("law show un-ict-2021:art-10-1").out.count("research") > 0


def test_every_offence_can_be_shown(rogatory):
    ids = [p["id"] for p in rogatory.json("law list --offences")["provisions"]]
    shown = rogatory.json("law", "show", *ids)["provisions"]
    assert [p["id"] for p in shown] == ids


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda p: p.name)
def test_classify(rogatory, example):
    answer = rogatory.json("law", "classify", str(example.relative_to(TOP)))
    assert answer["assessments"]
    for a in answer["assessments"]:
        check_assessment(a)
    assert len({a["instrument"] for a in answer["assessments"]}) >= 4


def test_classify_says_that_a_draft_is_none(rogatory):
    answer = rogatory.json(f"law classify {LOVE_BUG} --under un-ict-2021")
    assert {a["banner"] for a in answer["assessments"]} == {"under the 2021 proposal, not law"}
    text = rogatory.run(f"law classify {LOVE_BUG} --under un-ict-2021").out
    assert "not law" in text and "not a judgment" in text


def test_classify_under_a_state(rogatory):
    answer = rogatory.json(f"law classify {LOVE_BUG} --under PH --on 2015-06-01")
    assert answer["states"][0]["state"] == "PHL"
    assert answer["states"][0]["verdict"] == "met"
    assert "lawyer" in rogatory.run(f"law classify {LOVE_BUG} --under PH --on 2015-06-01").out


def test_classify_reads_standard_input(rogatory):
    text = (TOP / LOVE_BUG).read_text(encoding="utf-8")
    answer = rogatory.json("law classify - --under budapest-2001", text=text)
    assert answer["conduct"] == "love-bug-2000"


def test_what_if(rogatory):
    command = f"law classify {LOVE_BUG} --only budapest-2001:art-2"
    assert [a["verdict"] for a in rogatory.json(command)["assessments"]] == ["met"]
    changed = rogatory.json(command + " --what-if mens.intent=false")["assessments"]
    assert [a["verdict"] for a in changed] == ["not_met"]
    assert "mens.intent" in [fact["fact"] for fact in changed[0]["contradicted"]]


def test_dual(rogatory):
    answer = rogatory.json(f"law dual {LOVE_BUG} --requesting US --requested PH")
    assert answer["verdict"] == "not_met"
    assert answer["slices"]
    for one in answer["slices"]:
        assert one["verdict"] in VERDICTS and one["conduct"]["from"] and one["test_date_note"]
        assert one["requested"]["closure"]["id"]
        for side in ("requesting", "requested"):
            for a in one[side]["assessments"]:
                check_assessment(a)


def test_dual_abstract(rogatory):
    answer = rogatory.json("law dual --offence USA:usc-18-1030-a-2-c --requesting US --requested GB --on 2020-01-01")
    assert answer["verdict"] in VERDICTS


def test_ask(rogatory):
    for count in rogatory.json("law ask examples/hse-2021.yaml")["counts"]:
        assert count["questions"]
        for question in count["questions"]:
            assert question["question"].endswith("?")


def test_compare(rogatory):
    answer = rogatory.json("law compare un-ict-2021 budapest-2001")
    for relation in answer["relations"] + answer["articles"]:
        assert relation["from"] and relation["to"]
        assert relation["relation"] in {"equivalent", "broader", "narrower", "overlapping", "none", "open"}
        assert "witness_from_only" in relation and "witness_to_only" in relation
    article = next(a for a in answer["articles"] if (a["from_article"], a["to_article"]) == ("8", "4"))
    assert article["relation"] == "broader"
    assert "copies data" in article["witness_from_only"]


def test_cover(rogatory):
    answer = rogatory.json("law cover budapest-2001 --state GB --on 2026-01-01")
    grades = {"covered", "narrower_declared", "gap_needs_declaration", "gap_below_floor", "undetermined"}
    for one in answer["answers"]:
        assert one["grade"] in grades
        assert one["grade"].startswith("gap") <= bool(one.get("closure")), f"{one['required']}: a gap without closure"


def test_assess(rogatory):
    answer = rogatory.json("assess examples/wannacry-2017.json --requesting GB --requested US")
    assert answer["dual"]["verdict"] in VERDICTS
    assert answer["not_examined"]
    for a in answer["assessments"]:
        assert a["verdict"] in VERDICTS


def test_lint(rogatory):
    answer = rogatory.run("law lint --corpus corpus --quick --json")
    assert answer.code == 0, answer.out
    assert "findings" in answer.json()


def test_lint_report(rogatory):
    report = rogatory.json("law lint --report")["report"]
    assert report["found"] > 0 and report["files"]


def test_answers_name_the_corpus(rogatory):
    commands = ("law list", "law compare budapest-2001 un-ict-2021", f"law classify {LOVE_BUG} --under budapest-2001")
    digests = {rogatory.json(command)["corpus_digest"] for command in commands}
    assert len(digests) == 1


def test_the_same_question_has_the_same_answer(rogatory):
    command = f"law classify {LOVE_BUG} --json"
    assert rogatory.run(command).out == rogatory.run(command).out
