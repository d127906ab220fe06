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


def test_show_takes_ids_in_any_case(rogatory):
    plain = rogatory.json("law show un-ict-2021:art-10-1 PHL:ra-8792-s33-a")
    assert rogatory.json("law show UN-ICT-2021:Art-10-1 phl:RA-8792-s33-a") == plain


def test_list_has_articles_in_their_order(rogatory):
    for owner in ("un-ict-2021", "budapest-2001", "un-cybercrime-2024"):
        articles = [p["article"] for p in rogatory.json(f"law list --of {owner}")["provisions"]]
        numbers = [int(a) for a in articles if a.isdigit()]
        assert len(numbers) > 20 and numbers == sorted(numbers), owner


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


def test_what_is_not_encoded_for_a_day_is_not_called_out_of_force(rogatory):
    """Of theft the corpus has the text until 2017: nothing says that it ended then."""
    command = f"law classify {LOVE_BUG} --under PH --on 2018-06-01"
    left_out = {n["provision"]: n["why"] for n in rogatory.json(command)["states"][0]["not_applicable"]}
    assert left_out["PHL:rpc-art-308"] == "encoded for other days only"
    assert "Encoded for other days only, and not applied: 4" in rogatory.run(command).out


def test_names_mean_the_same_in_every_question(rogatory):
    """The part of the corpus that is loaded for a name has it by that name."""
    for named, short in [("Philippines", "PH"), ("un-ICT-2021", "un-ict-2021")]:
        for question in [f"law classify {LOVE_BUG} --brief --under %s", f"law ask {LOVE_BUG} --under %s", "law list --of %s"]:
            assert rogatory.json(question % named) == rogatory.json(question % short)
    dual = f"law dual {LOVE_BUG} --requesting '%s' --requested %s"
    assert rogatory.json(dual % ("United States of America", "philippines")) == rogatory.json(dual % ("US", "PH"))
    cover = "law cover %s --state %s --on 2026-01-01"
    assert rogatory.json(cover % ("Budapest-2001", "Kenya")) == rogatory.json(cover % ("budapest-2001", "KE"))


def test_only_says_under_what_it_asks(rogatory):
    answer = rogatory.json(f"law classify {LOVE_BUG} --only PHL:RA-10175-s4-a-1 --on 2016-01-01")
    assert [a["provision"] for a in answer["assessments"]] == ["PHL:ra-10175-s4-a-1"]
    assert [s["state"] for s in answer["states"]] == ["PHL"]
    text = rogatory.run(f"law classify {LOVE_BUG} --only PHL:ra-10175-s4-a-1").out
    assert "Not applied: " in text and "on 2000-05-04" in text


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


@pytest.mark.parametrize("command", [f"law classify {LOVE_BUG} --brief", f"law dual {LOVE_BUG} --requesting US --requested PH",
                                     f"law ask {LOVE_BUG}", f"assess {LOVE_BUG} --requesting US --requested PH"])
def test_what_if_is_never_passed_off_as_alleged(rogatory, command):
    asked = command + " --what-if circ.without_authorisation=false"
    text = " ".join(rogatory.run(asked).out.split())
    assert "What if: circ.without_authorisation is false. This is supposed, not alleged; left out" in text
    assert "circ.without_authorisation is true" in text
    assert len(rogatory.json(asked)["what_if"]) == 1
    assert rogatory.json(command)["what_if"] == []


def test_safeguards_stand_beside_every_verdict_on_expression(rogatory):
    """Also where nothing of the offence is stated, and where it fails for want of intent."""
    for example in (LOVE_BUG, "examples/misdirected-message-2014.json"):
        text = " ".join(rogatory.run(f"assess {example} --requesting US --requested GB").out.split())
        proposal = text[text.index("2021 proposal"):]
        beside = [line.split(":")[0].split(", ") for line in proposal.split("Safeguard beside ")[1:]]
        named = {cite for line in beside for cite in line}
        assert {f"Art. {n}" for n in (16, 19, 20, 21, 22, 23, 24, 26)} <= named


def test_the_likely_fact_is_asked_before_the_rare_one(rogatory):
    """A worm among ordinary computers: commerce is asked about, not machines of the government alone."""
    assessments = rogatory.json("law classify examples/wannacry-2017.json --under US")["assessments"]
    damage = next(a for a in assessments if a["provision"] == "USA:usc-18-1030-a-5-a")
    assert [fact["fact"] for fact in damage["missing"]] == ["obj.system.commerce"]


def test_what_speaks_against_is_told_as_it_is(rogatory):
    command = "law classify examples/research-exercise.yaml --only un-ict-2021:art-10-1 --what-if circ.lawful_research=true"
    text = " ".join(rogatory.run(command).out.split())
    assert "against: lawful research: yes" in text


def test_an_exercise_is_called_so_once(rogatory):
    assert rogatory.run("law ask examples/research-exercise.yaml").out.splitlines()[0].count("Exercise") == 1


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


def test_dual_at_the_day_of_the_decision(rogatory):
    command = f"law dual {LOVE_BUG} --requesting US --requested DE"
    unknown = rogatory.json(command)
    assert unknown["test_date_rule"] == "decision_date"
    assert unknown["verdict"] == "undetermined"
    assert all(one["requested"]["on"] is None for one in unknown["slices"])
    waiting = rogatory.json(command + " --on 2026-01-05")
    assert {one["requested"]["on"] for one in waiting["slices"]} == {"2026-01-05"}
    assert all("which is not given" in one["test_date_note"] for one in waiting["slices"])
    decided = rogatory.json(command + " --on 2026-01-05 --decision-date 2026-03-02")
    assert decided["dates"] == {"request": "2026-01-05", "warrant": None, "decision": "2026-03-02"}
    assert {one["requested"]["on"] for one in decided["slices"]} == {"2026-03-02"}
    assert rogatory.run(command + " --decision-date soon").code != 0
    report = rogatory.json(f"assess {LOVE_BUG} --requesting US --requested NL --decision-date 2026-03-02")
    assert report["dates"]["decision"] == "2026-03-02"


def test_dual_where_the_test_date_is_not_encoded(rogatory):
    """The Philippine rule is not encoded: the worm of 2000 was no offence then and is one today."""
    command = f"law dual {LOVE_BUG} --count worm --requesting US --requested PH"
    assert rogatory.json(command)["counts"][0]["verdict"] == "not_met"
    answer = rogatory.json(command + " --on 2016-01-01")
    assert answer["verdict"] == "undetermined" and "law_not_encoded" in answer["counts"][0]["reasons"]
    note = answer["slices"][0]["test_date_note"]
    assert "2000-05-04" in note and "2016-01-01" in note
    days = answer["slices"][0]["requested_at_other_days"]
    assert [day["on"] for day in days] == ["2016-01-01"] and days[0]["verdict"] == "met"


def test_dual_abstract(rogatory):
    answer = rogatory.json("law dual --offence USA:usc-18-1030-a-2-c --requesting US --requested GB --on 2020-01-01")
    assert answer["verdict"] in VERDICTS


def test_ask(rogatory):
    for count in rogatory.json("law ask examples/hse-2021.yaml")["counts"]:
        assert count["questions"]
        for question in count["questions"]:
            assert question["question"].endswith("?")


def test_ask_does_not_begin_with_offences_that_nobody_spoke_of(rogatory):
    """Ransomware on a hospital is not about copyright, nor about who holds what."""
    for count in rogatory.json("law ask examples/hse-2021.yaml")["counts"]:
        first = [question["fact"] for question in count["questions"][:5]]
        assert not {"obj.protected_work", "act.possess", "obj.csam.minor", "obj.drugs"} & set(first), first


def test_compare(rogatory):
    answer = rogatory.json("law compare un-ict-2021 budapest-2001")
    for relation in answer["relations"] + answer["articles"]:
        assert relation["from"] and relation["to"]
        assert relation["relation"] in {"equivalent", "broader", "narrower", "overlapping", "none", "open"}
        assert "witness_from_only" in relation and "witness_to_only" in relation
    article = next(a for a in answer["articles"] if (a["from_article"], a["to_article"]) == ("8", "4"))
    assert article["relation"] == "broader"
    assert article["witness_from_only"].startswith("A person who, on purpose and without right, copies data.")
    assert "Lacking there: " in article["witness_from_only"]
    for relation in answer["articles"]:
        for witness in (relation["witness_from_only"], relation["witness_to_only"]):
            assert not witness or (witness.startswith("A person who") and witness.endswith("."))
    text = " ".join(rogatory.run("law compare un-ict-2021 budapest-2001").out.split())
    assert "A person who," in text


def test_compare_does_not_call_an_open_article_one_without_counterpart(rogatory):
    text = " ".join(rogatory.run("law compare un-ict-2021 budapest-2001").out.split())
    assert "With a counterpart: 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 18, 27" in text
    assert "depends on a pair of States: 26, 28" in text
    assert "Without: 16, 17, 19, 20, 21, 22, 23, 24, 25" in text


def test_compare_tells_one_tribunal_from_any(rogatory):
    articles = rogatory.json("law compare un-ict-2021 budapest-protocol-2003")["articles"]
    article = next(a for a in articles if (a["from_article"], a["to_article"]) == ("24", "6"))
    assert article["relation"] == "overlapping"


def test_a_witness_says_no_scope_twice(rogatory):
    for relation in rogatory.json("law compare un-ict-2021 budapest-2001")["articles"]:
        for witness in (relation["witness_from_only"], relation["witness_to_only"]):
            assert ") (" not in (witness or "")


def test_cover_names_as_nearest_a_rule_about_the_same_act(rogatory):
    answers = rogatory.json("law cover budapest-2001 --state GB --on 2026-01-01")["answers"]
    interception = next(a for a in answers if a["required"] == "budapest-2001:art-3")
    assert interception["nearest"]["provision"] == "GBR:ipa-s-3"


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
    files = {entry["file"]: entry for entry in report["files"]}
    assert files["mappings/veris.yaml"]["found"] > 0
    assert any(name.startswith("vocabulary/") for name in files)


def test_the_corpus_has_no_finding(rogatory):
    """Nothing derived without a note among them."""
    assert rogatory.run("law lint --corpus corpus --quick --json").json()["findings"] == []


def test_answers_name_the_corpus(rogatory):
    commands = ("law list", "law compare budapest-2001 un-ict-2021", f"law classify {LOVE_BUG} --under budapest-2001")
    digests = {rogatory.json(command)["corpus_digest"] for command in commands}
    assert len(digests) == 1


def test_the_same_question_has_the_same_answer(rogatory):
    command = f"law classify {LOVE_BUG} --json"
    assert rogatory.run(command).out == rogatory.run(command).out
