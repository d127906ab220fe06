# SPDX-License-Identifier: EUPL-1.2
"""Requests from a case to a finished document: every command, every kind, every language, and input that is wrong."""

import json
import pathlib
import re
import shutil
import subprocess
import unicodedata

import pytest
import yaml
from conftest import TOP



class Loader(yaml.SafeLoader):
    """YAML as the program reads it: dates and `on` are texts."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in pairs if not tag.endswith((":timestamp", ":bool"))]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


def read_yaml(path):
    return yaml.load(pathlib.Path(path).read_text(encoding="utf-8"), Loader)


DAY = "2026-11-24"
CREATED = "2026-11-24T10:00:00Z"
LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
INCOMPLETE, USAGE, INPUT, LINT, NOT_FOUND, LIMIT, UNSUPPORTED, CONFLICT = 1, 2, 3, 4, 5, 7, 8, 9
CASES = TOP / "examples" / "cases"
WORDING = {s["id"]: s for s in read_yaml(TOP / "corpus/requests/wording.yaml")["strings"]}
CONTENTS = {c["id"]: c for c in read_yaml(TOP / "corpus/requests/contents.yaml")["contents"]}
KINDS = {p.stem: read_yaml(p) for p in sorted((TOP / "corpus/requests").glob("*.yaml"))}
KINDS = {name: kind for name, kind in KINDS.items() if "kind" in kind}

# Case, kind, basis chosen, what is missing (nothing: the request is complete).
EXAMPLES = [
    ("preservation-worm", "preservation", "budapest-2001", []),
    ("subscriber-phishing", "subscriber_information", None, []),
    ("stored-content-hospital", "stored_content", None, []),
    ("extradition-national", "extradition", "ext-esp-phl-2004", []),
    ("freezing-virtual-assets", "freezing", "mla-nld-usa-1981", []),
    ("emergency-hospital", "emergency_assistance", "budapest-2001", []),
    ("spontaneous-information", "spontaneous_information", None, ["information", "conditions_of_use"]),
    ("joint-team", "joint_team", None, []),
    ("video-hearing", "video_hearing", None, []),
    ("transfer-proceedings", "transfer_proceedings", None, ["transfer_reasons", "evidence_list"]),
    ("preservation-arabic", "preservation", "budapest-2001", []),
    ("statement-russian", "statement", None, []),
    ("tracing-chinese", "tracing", None, ["asset_link"]),
]
NAMES = [e[0] for e in EXAMPLES]

# Words for contents that the case leaves open, so that a document has every section.
WORDS = {"ar": "نص يكتبه الموظف المختص في ٢٤ نوفمبر", "zh": "由主管人员填写的文字", "en": "Words that an officer adds",
         "fr": "Texte ajouté par l’agent", "ru": "Текст, добавленный сотрудником", "es": "Texto añadido por la autoridad"}


def text_of(entry):
    return entry if isinstance(entry, str) else entry["text"]


# A reader that sets a line from right to left can put a vowel mark beside the wrong letter.
VOWEL_MARKS = {chr(c) for c in range(0x064B, 0x0653)}


def squeezed(text):
    """Letters alone, as one would compare them: compatibility forms resolved; blanks, vowel marks and marks of direction dropped."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(c for c in folded if not c.isspace() and unicodedata.category(c) != "Cf" and c not in VOWEL_MARKS)


def words_of(text):
    return [w for w in re.split(r"\W+", unicodedata.normalize("NFKC", text)) if w]


def new(rogatory, case, kind, *more):
    answer = rogatory.run("request", "new", kind, "--case", str(CASES / f"{case}.yaml"), "--on", DAY, *more)
    assert answer.code == 0, answer.err
    return answer.out


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("requests")


@pytest.fixture(scope="module")
def draft(rogatory, folder):
    """Path of the draft made from an example."""

    def make(name):
        path = folder / f"{name}.yaml"
        if not path.exists():
            kind = next(e[1] for e in EXAMPLES if e[0] == name)
            new(rogatory, name, kind, "--out", str(path))
        return path

    return make


@pytest.fixture(scope="module")
def full(rogatory, folder):
    """Path of a draft of a kind with a text in every content."""

    def make(kind, language):
        path = folder / f"{kind}-{language}.json"
        if not path.exists():
            made = json.loads(new(rogatory, "preservation-worm", kind, "--json"))
            for content in made["contents"]:
                if not content["text"]:
                    content["text"] = WORDS[language]
            made["case"]["language"] = language
            made["history"] = [{"of": "earlier", "relation": "follows"}]
            made["conditions"] = [{"id": "confidentiality", "text": WORDS[language]}]
            path.write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8")
        return path

    return make


def changed(path, folder, **members):
    """A copy of a draft with members replaced."""
    made = read_yaml(path)
    made.update(members)
    out = folder / "changed.json"
    out.write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8")
    return out


# The examples ---------------------------------------------------------------------------------------


def test_every_case_is_listed():
    assert sorted(NAMES) == sorted(p.stem for p in CASES.glob("*.yaml"))
    readme = (CASES / "README.md").read_text(encoding="utf-8")
    for name, kind, _, _ in EXAMPLES:
        assert re.search(rf"\({name}\.yaml\) \| `{kind}`", readme), name
        case = read_yaml(CASES / f"{name}.yaml")
        assert case["exercise"] is True


@pytest.mark.parametrize("name, kind, basis, missing", EXAMPLES, ids=NAMES)
def test_check(rogatory, draft, name, kind, basis, missing):
    answer = rogatory.run("request", "check", str(draft(name)), "--on", DAY, "--json")
    assert answer.code == (INCOMPLETE if missing else 0), answer.err
    check = json.loads(answer.out)
    assert check["kind"] == kind and check["is_complete"] is not bool(missing)
    assert [c["id"] for c in check["contents"] if c["needed"] and not c["present"]] == missing
    assert check["missing"] == len(missing)
    if basis:
        assert check["basis"]["instrument"] == basis
    assert "exercise" in [r["id"] for r in check["remarks"]]
    for content in check["contents"]:
        assert content["level"] in {"essential", "basis", "useful"} and content["refusal"]["known"] in {"yes", "no", "unknown"}
        for rule in content["asked_by"]:
            assert rule["cite"] and rule["confidence"] in {"found", "derived", "recalled"}
    text = rogatory.run("request", "check", str(draft(name)), "--on", DAY).out
    assert ("Not ready to be sent" in text) is bool(missing)
    count = len(check["open_conditions"])
    assert count == len([r for r in check["remarks"] if r["id"] == "condition_open"])
    assert ("of the basis is open." in text or "of the basis are open." in text) is (count > 0)
    for content in missing:
        assert CONTENTS[content]["ask"].split()[0] in text


@pytest.mark.parametrize("name, kind, basis, missing", EXAMPLES[::3], ids=NAMES[::3])
def test_the_law_of_two_states_answers_as_the_whole(rogatory, draft, name, kind, basis, missing):
    for command in (["check"], ["ask"], ["render", "--text", "--lang", "en", "--created", "2026-11-24T10:00:00Z"]):
        question = ["request", *command, str(draft(name)), "--on", DAY]
        part, whole = rogatory.run(*question), rogatory.run(*question, "--corpus", "corpus")
        assert (part.code, part.out, part.err) == (whole.code, whole.out, whole.err)


def test_a_preservation_that_announces_its_request_states_so(rogatory, draft):
    path = draft("preservation-worm")
    open_now = rogatory.json("request", "check", str(path), "--on", DAY)["open_conditions"]
    assert "follow-up" not in [c["id"] for c in open_now]
    made = read_yaml(path)
    for content in made["contents"]:
        if content["id"] == "later_request":
            content["text"] = ""
    silent = path.with_name("silent.json")
    silent.write_text(json.dumps(made), encoding="utf-8")
    answer = json.loads(rogatory.run("request", "check", str(silent), "--on", DAY, "--json").out)
    assert "follow-up" in [c["id"] for c in answer["open_conditions"]] and not answer["is_complete"]


@pytest.mark.parametrize("name, kind, basis, missing", EXAMPLES, ids=NAMES)
def test_ask(rogatory, draft, name, kind, basis, missing):
    answer = rogatory.json("request", "ask", str(draft(name)), "--on", DAY)
    asked = [q["id"] for q in answer["questions"] if q["about"] == "content"]
    assert asked == missing
    for question in answer["questions"]:
        assert question["asks"] and question["why"] and question["about"] in {"content", "condition", "conduct"}


def test_a_recalled_basis_is_said(rogatory, draft):
    check = rogatory.json("request", "check", str(draft("stored-content-hospital")), "--on", DAY)
    assert check["provisional"] is True
    remark = next(r for r in check["remarks"] if r["id"] == "basis_recalled")
    assert remark["confidence"] == "recalled" and remark["weight"] == "warns"


def test_another_language_is_said(rogatory, draft):
    check = rogatory.json("request", "check", str(draft("subscriber-phishing")), "--on", DAY)
    assert "language" in [r["id"] for r in check["remarks"]]


def test_the_basis_depends_on_the_day(rogatory, folder):
    # Tunisia is bound by the Budapest Convention since 1 July 2024.
    text = rogatory.run("request", "new", "preservation", "--case", str(CASES / "preservation-arabic.yaml"), "--on", "2024-06-30").out
    assert "budapest-2001" not in text.split("contents:")[0]


def test_another_basis_can_be_chosen(rogatory, folder):
    text = new(rogatory, "stored-content-hospital", "stored_content", "--basis", "uncac-2003:b-assistance")
    path = folder / "other-basis.yaml"
    path.write_text(text, encoding="utf-8")
    check = json.loads(rogatory.run("request", "check", str(path), "--on", DAY, "--json").out)
    assert check["basis"]["instrument"] == "uncac-2003"
    assert "basis_not_first" in [r["id"] for r in check["remarks"]]


def test_a_basis_that_does_not_serve_blocks(rogatory, draft, folder):
    path = changed(draft("preservation-worm"), folder, basis={"provision": "eu-eio-2014:b-evidence", "instrument": "eu-eio-2014", "on": DAY})
    answer = rogatory.run("request", "check", str(path), "--on", DAY, "--json")
    assert answer.code == INCOMPLETE
    remark = json.loads(answer.out)["remarks"][0]
    assert remark["id"] == "basis_not_available" and remark["weight"] == "blocks"


def test_an_extension_names_what_it_extends(rogatory, folder):
    made = json.loads(new(rogatory, "preservation-worm", "preservation_extension", "--json"))
    path = folder / "extension.json"
    path.write_text(json.dumps(made), encoding="utf-8")
    blocked = json.loads(rogatory.run("request", "check", str(path), "--on", DAY, "--json").out)
    assert "no_history" in [r["id"] for r in blocked["remarks"] if r["weight"] == "blocks"]
    made["history"] = [{"of": "exercise-worm-preservation", "relation": "extends"}]
    path.write_text(json.dumps(made), encoding="utf-8")
    named = json.loads(rogatory.run("request", "check", str(path), "--on", DAY, "--json").out)
    assert "no_history" not in [r["id"] for r in named["remarks"]]


def test_the_finished_draft_is_what_new_makes(rogatory):
    stored = read_yaml(TOP / "examples/requests/emergency-hospital.yaml")
    made = yaml.load(new(rogatory, "emergency-hospital", "emergency_assistance"), Loader)
    made.pop("corpus_digest")
    assert stored == made


def test_kinds(rogatory):
    kinds = rogatory.json("request kinds")["kinds"]
    assert len(kinds) == 26 and {k["kind"] for k in kinds} == set(KINDS)
    for kind in kinds:
        assert [c["id"] for c in kind["contents"]] == [u["use"] for u in KINDS[kind["kind"]]["contents"]]


@pytest.mark.parametrize("name", NAMES)
def test_yaml_and_json_are_the_same_draft(rogatory, draft, folder, name):
    kind = next(e[1] for e in EXAMPLES if e[0] == name)
    as_json = folder / f"{name}.json"
    as_json.write_text(new(rogatory, name, kind, "--json"), encoding="utf-8")
    canonical = rogatory.run("request", "json", str(draft(name))).out
    assert canonical == rogatory.run("request", "json", str(as_json)).out
    assert json.loads(canonical) == read_yaml(draft(name))


# The published schemas ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def validators():
    jsonschema = pytest.importorskip("jsonschema")
    schemas = {name: json.loads((TOP / "schemas" / name).read_text(encoding="utf-8"))
               for name in ("case.schema.json", "request.json", "conduct.schema.json")}
    made = {}
    for name, schema in schemas.items():
        jsonschema.Draft7Validator.check_schema(schema)
        resolver = jsonschema.RefResolver(base_uri="", referrer=schema, store=schemas)
        made[name] = jsonschema.Draft7Validator(schema, resolver=resolver)
    return made


@pytest.mark.parametrize("name", NAMES)
def test_cases_fit_their_schema(validators, name):
    validators["case.schema.json"].validate(read_yaml(CASES / f"{name}.yaml"))


def test_drafts_of_every_kind_fit_their_schema(rogatory, validators):
    for kind in KINDS:
        for name in ("preservation-worm", "freezing-virtual-assets"):
            validators["request.json"].validate(json.loads(new(rogatory, name, kind, "--json")))


def objects(value, path=()):
    """The paths of all objects within a value."""
    if isinstance(value, dict):
        yield path
        for key, member in value.items():
            yield from objects(member, (*path, key))
    elif isinstance(value, list):
        for index, member in enumerate(value):
            yield from objects(member, (*path, index))


def with_unknown_key(value, path):
    copy = json.loads(json.dumps(value))
    at = copy
    for step in path:
        at = at[step]
    at["colour"] = "red"
    return copy


def test_reader_and_schema_refuse_the_same_unknown_keys(rogatory, validators, draft, folder):
    seen = set()
    for name in ("preservation-worm", "freezing-virtual-assets", "video-hearing", "joint-team", "extradition-national"):
        made = read_yaml(draft(name))
        made["history"] = [{"of": "earlier", "relation": "follows"}]
        made["conditions"] = [{"id": "x", "text": "y"}]
        for path in objects(made):
            shape = tuple("*" if isinstance(step, int) else step for step in path)
            if shape in seen or shape == ("case", "texts"):
                continue
            seen.add(shape)
            bad = with_unknown_key(made, path)
            assert list(validators["request.json"].iter_errors(bad)), f"the schema takes an unknown key at {path}"
            file = folder / "unknown.json"
            file.write_text(json.dumps(bad, ensure_ascii=False), encoding="utf-8")
            answer = rogatory.run("request", "json", str(file))
            assert answer.code == INPUT, f"the reader takes an unknown key at {path}: {answer.err}"
            assert "colour" in answer.err
    assert len(seen) >= 25


def test_the_case_document_names_every_key(validators):
    shown = (TOP / "docs/formats/requests.md").read_text(encoding="utf-8")
    for key in validators["case.schema.json"].schema["properties"]:
        assert re.search(rf"\b{key}\b", shown), f"docs/formats/requests.md does not say what `{key}` is"


# Documents ------------------------------------------------------------------------------------------


def source_ids():
    """The ids of wording that src/render uses: whole ones, and families by their prefix."""
    whole, families = set(), set()
    for path in sorted((TOP / "src/render").glob("*.cc")):
        if path.name.endswith("_test.cc"):
            continue
        text = path.read_text(encoding="utf-8")
        whole |= set(re.findall(r'"((?:doc|heading|column|field|notice|status|verdict|confidence|level|language)\.[a-z_0-9]+)"', text))
        families |= set(re.findall(r'value_of\(\s*"([a-z_]+)"', text))
    return whole, families


VALUES = {"verdict": ["met", "not_met", "undetermined"], "confidence": ["found", "derived", "recalled"],
          "level": ["essential", "basis", "useful"], "language": list(LANGUAGES)}


def test_every_wording_that_is_used_exists():
    whole, families = source_ids()
    assert len(whole) >= 25 and families == set(VALUES)
    prefixes = {i for i in whole if i.endswith("_")}
    assert prefixes == {"doc.previous_"}
    wanted = whole - prefixes | {f"doc.previous_{r}" for r in ("extends", "lapses", "follows")}
    wanted |= {f"{family}.{value}" for family in families for value in VALUES[family]}
    assert sorted(wanted - set(WORDING)) == []


def test_every_wording_is_in_six_languages():
    for identity, string in WORDING.items():
        for language in LANGUAGES:
            assert text_of(string[language]).strip(), f"{identity} in {language}"


def render(rogatory, path, language, out, *more):
    answer = rogatory.run("request", "render", str(path), "--lang", language, "--pdf", "--on", DAY, "--created", CREATED,
                          "--force", "--out", str(out), *more)
    assert answer.code == 0, answer.err
    return out


def tool(name):
    path = shutil.which(name)
    if path is None:
        pytest.skip(f"{name} is not installed (Debian: poppler-utils)")
    return path


def extracted(pdf):
    """The text of each page."""
    done = subprocess.run([tool("pdftotext"), "-enc", "UTF-8", "-layout", str(pdf), "-"], capture_output=True, check=True, text=True)
    return done.stdout.split("\f")[:-1]


def pages_of(pdf):
    done = subprocess.run([tool("pdfinfo"), str(pdf)], capture_output=True, check=True, text=True)
    return int(re.search(r"^Pages:\s+(\d+)$", done.stdout, re.MULTILINE)[1])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_in_every_language(rogatory, full, folder, kind, language):
    path = full(kind, language)
    answer = rogatory.run("request", "render", str(path), "--lang", language, "--text", "--on", DAY)
    assert answer.code == 0, answer.err
    # A character without a glyph would be an error (src/render/pdf.h).
    pdf = render(rogatory, path, language, folder / f"{kind}-{language}.pdf")
    pages = extracted(pdf)
    assert len(pages) == pages_of(pdf)
    plain, printed = squeezed(answer.out), squeezed("".join(pages))
    wanted = [text_of(KINDS[kind]["title"][language]), text_of(KINDS[kind]["purpose"][language])]
    wanted += [text_of(CONTENTS[use["use"]]["label"][language]) for use in KINDS[kind]["contents"] if use["use"] != "basis"]
    wanted += [text_of(WORDING[i][language]) for i in ("heading.legal_basis", "heading.signature", "heading.conditions")]
    for words in wanted:
        assert squeezed(words) in plain, f"{words} is not in the plain text"
        # Lines of a right-to-left page can be cut into pieces: then every word has to be there.
        if squeezed(words) not in printed:
            assert language == "ar", f"{words} is not read back from the PDF"
            assert all(squeezed(word) in printed for word in words_of(words)), f"{words} is not read back from the PDF"
    headings = {squeezed(text_of(s[language])) for i, s in WORDING.items() if i.startswith("heading.")}
    headings |= {squeezed(text_of(CONTENTS[use["use"]]["label"][language])) for use in KINDS[kind]["contents"]}
    for number, page in enumerate(pages, 1):
        body = [line for line in page.splitlines() if line.strip()][1:-1]
        assert squeezed(body[-1]) not in headings, "a heading stands alone at the foot of a page"
        footer = text_of(WORDING["doc.page"][language]).format(page=number, pages=len(pages))
        assert sorted(squeezed(footer)) == sorted(squeezed(page.rstrip().splitlines()[-1])), "the footer counts the pages"


@pytest.mark.parametrize("name", NAMES)
def test_the_pdf_carries_the_request(rogatory, draft, folder, name):
    pdf = render(rogatory, draft(name), "en", folder / "inside.pdf")
    listed = subprocess.run([tool("pdfdetach"), "-list", str(pdf)], capture_output=True, check=True, text=True).stdout
    assert "request.json" in listed and "1 embedded" in listed
    out = folder / "inside.json"
    subprocess.run([tool("pdfdetach"), "-savefile", "request.json", "-o", str(out), str(pdf)], check=True, capture_output=True)
    assert out.read_text(encoding="utf-8") == rogatory.run("request", "json", str(draft(name))).out.rstrip("\n")


def test_equal_times_give_equal_bytes(rogatory, draft, folder):
    one = render(rogatory, draft("preservation-arabic"), "ar", folder / "one.pdf").read_bytes()
    two = render(rogatory, draft("preservation-arabic"), "ar", folder / "two.pdf").read_bytes()
    assert one == two
    other = folder / "other.pdf"
    rogatory.run("request", "render", str(draft("preservation-arabic")), "--lang", "ar", "--pdf", "--on", DAY, "--created",
                 "2026-11-24T10:00:01Z", "--out", str(other))
    assert other.read_bytes() != one


def test_free_text_is_read_back_in_its_language(rogatory, draft, folder):
    for name, language in (("preservation-arabic", "ar"), ("statement-russian", "ru"), ("tracing-chinese", "zh")):
        case = read_yaml(CASES / f"{name}.yaml")
        for document in LANGUAGES:
            printed = squeezed("".join(extracted(render(rogatory, draft(name), document, folder / "free.pdf"))))
            # On a right-to-left page digits and punctuation between letters can change sides.
            for word in words_of(case["summary"]) if language != "zh" else re.findall("[\u4e00-\u9fff]+", case["summary"]):
                assert squeezed(word) in printed, f"{word} of {name} in {document}"
            notice = text_of(WORDING["notice.free_text"][document]).split("{")[0]
            assert (squeezed(notice) in printed) is (document != language)


def test_states_and_provisions_are_named(rogatory, draft):
    text = rogatory.run("request", "render", str(draft("extradition-national")), "--lang", "fr", "--text", "--on", DAY).out
    assert "Espagne" in text and "Philippines" in text
    assert "ESP" not in re.findall(r"\b[A-Z]{3}\b", text.replace("ESP:", ""))
    assert "PHL:ra-10175" not in text


# Input and calls that are wrong ---------------------------------------------------------------------

CASE = "examples/cases/preservation-worm.yaml"
DRAFT = "examples/requests/emergency-hospital.yaml"
CALLS = [
    ("no command", "request", USAGE, ""),
    ("unknown command", "request send", USAGE, ""),
    ("no case", "request new preservation", USAGE, "--case"),
    ("unknown kind", f"request new letter --case {CASE}", NOT_FOUND, "`letter`"),
    ("case that is not there", "request new preservation --case no/case.yaml", NOT_FOUND, "no/case.yaml"),
    ("basis that does not serve", f"request new preservation --case {CASE} --basis eu-eaw-2002:b-surrender", NOT_FOUND, "eu-eaw-2002:b-surrender"),
    ("day that is none", f"request new preservation --case {CASE} --on 2026-02-30", USAGE, "2026-02-30"),
    ("draft that is not there", "request check no/draft.yaml", NOT_FOUND, "no/draft.yaml"),
    ("case as draft", f"request check {CASE}", INPUT, "unknown key"),
    ("draft as case", f"request new preservation --case {DRAFT}", INPUT, "unknown key"),
    ("neither pdf nor text", f"request render {DRAFT}", USAGE, "--pdf or --text"),
    ("pdf and text", f"request render {DRAFT} --pdf --text", USAGE, "--pdf or --text"),
    ("seventh language", f"request render {DRAFT} --lang de --text", USAGE, "`de`"),
    ("time of a text that is none", f"request render {DRAFT} --text --created garbage", USAGE, "`garbage`"),
    ("time without zone", f"request render {DRAFT} --pdf --created 2026-11-24 --out -", USAGE, "`2026-11-24`"),
]


@pytest.mark.parametrize("name, command, code, says", CALLS, ids=[c[0] for c in CALLS])
def test_wrong_call(rogatory, name, command, code, says):
    answer = rogatory.run(command)
    assert answer.code == code, answer.err
    assert not answer.out and says in answer.err and "internal" not in answer.err
    if says and code != USAGE:
        error = rogatory.run(command + " --json").error()
        assert error["code"] and error["message"]


def test_a_file_is_not_overwritten(rogatory, draft, folder):
    kept = folder / "kept"
    source = str(draft("preservation-worm"))
    for command in (["request", "new", "preservation", "--case", CASE], ["request", "json", source],
                    ["request", "render", source, "--text"], ["request", "render", source, "--pdf"]):
        kept.write_text("kept", encoding="utf-8")
        answer = rogatory.run(*command, "--out", str(kept))
        assert answer.code == CONFLICT and "--force" in answer.err, command
        assert kept.read_text(encoding="utf-8") == "kept"
        assert rogatory.run(*command, "--out", str(kept), "--force").code == 0
        assert kept.read_bytes() != b"kept"


HOSTILE = [
    ("override in a text", {"purpose": "pay \u202e001 euros"}, INPUT, "U+202E"),
    ("embedding in a text", {"purpose": "\u202ax"}, INPUT, "U+202A"),
    ("isolate in a text", {"summary": "a \u2066b\u2069"}, INPUT, "U+2066"),
    ("override deep down", {"persons": [{"id": "p", "role": "suspect", "description": "\u202dx"}]}, INPUT, "U+202D"),
    ("override in a fact", {"counts": [{"id": "c", "title": "\u2068t", "date": {"from": "2026-01-01"}, "facts": []}]}, INPUT, "U+2068"),
    ("control character", {"purpose": "a\u0007b"}, INPUT, "U+0007"),
    ("carriage return", {"purpose": "a\rb"}, INPUT, "U+000D"),
    ("id that is a path", {"id": "../../etc/passwd"}, INPUT, "`id`"),
    ("long id", {"id": "x" * 97}, INPUT, "`id`"),
    ("text for a content that none has", {"texts": {"colour": "red"}}, INPUT, "`colour`"),
    ("text that is none", {"texts": {"assistance": ["x"]}}, INPUT, "text is expected"),
    ("State that is none", {"requested": {"state": "ZZZ"}}, NOT_FOUND, "ZZZ"),
    ("one State twice", {"requested": {"state": "USA"}}, INPUT, "are the same"),
    ("seed of a wallet", {"assets": [{"id": "s", "kind": "virtual_asset", "seed": "x"}]}, INPUT, "does not belong"),
    ("too many persons", {"persons": [{"id": f"p{i}", "role": "victim"} for i in range(10_001)]}, INPUT, "more than 10000"),
    ("months beyond reason", {"sentence": {"months": 10**15}}, INPUT, "number of months"),
    ("facts that contradict", {"circumstances": [
        {"term": "req.urgent", "value": True, "status": "alleged", "by": "x"},
        {"term": "req.urgent", "value": False, "status": "alleged", "by": "y"}]}, CONFLICT, "req.urgent"),
]


@pytest.mark.parametrize("name, members, code, says", HOSTILE, ids=[h[0] for h in HOSTILE])
def test_hostile_case(rogatory, folder, name, members, code, says):
    case = read_yaml(TOP / CASE)
    case.pop("conduct")
    case.update(members)
    path = folder / "hostile.json"
    path.write_text(json.dumps(case), encoding="utf-8")
    answer = rogatory.run("request", "new", "preservation", "--case", str(path), "--on", DAY)
    assert answer.code == code, answer.err
    assert not answer.out and says in answer.err
    if code == INPUT:
        assert re.search(r"hostile\.json:\d+:\d+", answer.err), "the place is named"


def test_hostile_text_of_a_draft(rogatory, draft, folder):
    made = read_yaml(draft("preservation-worm"))
    for content in made["contents"]:
        content["text"] = content["text"] or "x"
    made["contents"][3]["text"] = "the sum of \u202e99"
    path = folder / "bidi.json"
    path.write_text(json.dumps(made), encoding="utf-8")
    for command in ("check", "ask", "json"):
        answer = rogatory.run("request", command, str(path))
        assert answer.code == INPUT and "U+202E" in answer.err and "/contents/3/text" in answer.err


def test_nesting_is_limited(rogatory, folder):
    path = folder / "deep.json"
    path.write_text('{"format":"rogatory.case/1","id":"x","title":' + "[" * 200 + "]" * 200 + "}", encoding="utf-8")
    answer = rogatory.run("request", "new", "preservation", "--case", str(path))
    assert answer.code == LIMIT, answer.err


def test_many_lines_make_many_pages(rogatory, draft, folder):
    made = read_yaml(draft("preservation-worm"))
    made["contents"][3]["text"] = "\n".join(f"Fact {i} of a long account." for i in range(2000))
    path = folder / "long.json"
    path.write_text(json.dumps(made), encoding="utf-8")
    pdf = render(rogatory, path, "en", folder / "long.pdf")
    text = "".join(extracted(pdf))
    assert pages_of(pdf) >= 40 and all(f"Fact {i} of" in text for i in (0, 999, 1999))


def test_a_text_beyond_the_limit_is_refused(rogatory, folder):
    case = read_yaml(TOP / CASE)
    case["purpose"] = "x" * (300 * 1024)
    case.pop("conduct")
    path = folder / "huge.json"
    path.write_text(json.dumps(case), encoding="utf-8")
    assert rogatory.run("request", "new", "preservation", "--case", str(path)).code == LIMIT
