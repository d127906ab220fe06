// SPDX-License-Identifier: EUPL-1.2

#include "request/case_file.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <string_view>
#include <utility>

#include "conduct/import.h"
#include "request/detail/clean_text.h"

namespace rogatory::request {
namespace {

using base::Result;
using base::Shape;

// UNTOC, Art. 2(b); UN Convention against Cybercrime, Art. 2: at least four years.
constexpr int kSeriousCrimeMonths = 48;
constexpr int kAdultYears = 18;

// Members that only somebody who confuses a case with a wallet would write.
constexpr std::array<std::string_view, 8> kSecrets = {
    "private_key", "seed", "seed_phrase", "mnemonic", "password", "passphrase", "pin_code", "key"};

bool is_state_code(std::string_view text) {
  return text.size() == 3 && std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

Result<std::string> read_state(const Shape& node, std::string_view key) {
  ROG_TRY(std::string code, node.find_text(key));
  if (!code.empty() && !is_state_code(code)) {
    return node.error("`" + code + "` is no alpha-3 code of a State or territory");
  }
  return code;
}

Result<void> check_one_of(const Shape& node, std::string_view key,
                          std::initializer_list<std::string_view> allowed) {
  ROG_TRY(const std::string text, node.find_text(key));
  if (text.empty() || std::ranges::find(allowed, text) != allowed.end()) return {};
  std::string list;
  for (const std::string_view word : allowed)
    list += (list.empty() ? "`" : ", `") + std::string(word) + "`";
  return node.error("`" + std::string(key) + "` is one of " + list + ", not `" + text + "`");
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// RFC 3339 with an offset or Z: without it nobody in another State knows which hour is meant.
bool is_zoned_time(std::string_view text) {
  constexpr std::string_view kShape = "0000-00-00T00:00:00";
  if (text.size() <= kShape.size()) return false;
  for (std::size_t i = 0; i < kShape.size(); ++i) {
    if (kShape[i] == '0' ? !is_digit(text[i]) : text[i] != kShape[i]) return false;
  }
  std::string_view rest = text.substr(kShape.size());
  if (rest.starts_with('.')) {
    rest.remove_prefix(1);
    while (!rest.empty() && is_digit(rest.front())) rest.remove_prefix(1);
  }
  if (rest == "Z") return true;
  return rest.size() == 6 && (rest[0] == '+' || rest[0] == '-') && is_digit(rest[1]) &&
         is_digit(rest[2]) && rest[3] == ':' && is_digit(rest[4]) && is_digit(rest[5]);
}

Result<std::string> read_time(const Shape& node, std::string_view key) {
  ROG_TRY(std::string text, node.find_text(key));
  if (text.empty() || (is_zoned_time(text) && base::Date::parse(text.substr(0, 10)).ok()))
    return text;
  return node.error("`" + std::string(key) +
                    "` is a time with its offset from UTC, such as 2026-03-01T00:00:00+08:00");
}

Result<std::optional<int>> read_months(const Shape& node, std::string_view key) {
  const auto value = node.find(key);
  if (!value) return std::optional<int>{};
  ROG_TRY(const std::int64_t months, value->integer());
  constexpr std::int64_t kMaxMonths = std::int64_t{12} * 1000;
  if (months < 0 || months > kMaxMonths)
    return value->error("a number of months is between 0 and 12000");
  return std::optional<int>(static_cast<int>(months));
}

Result<std::vector<Shape>> read_list(const Shape& root, std::string_view key) {
  ROG_TRY(std::vector<Shape> items, root.find_items(key));
  if (items.size() > kMaxListed) {
    return root.error("`" + std::string(key) + "` has more than " + std::to_string(kMaxListed) +
                      " entries");
  }
  return items;
}

Result<std::vector<std::string>> read_texts(const Shape& root, std::string_view key) {
  ROG_CHECKED(read_list(root, key));
  return root.find_texts(key);
}

Result<Office> read_office(const Shape& root, std::string_view key) {
  Office office;
  ROG_TRY(const Shape node, root.get(key));
  ROG_CHECKED(node.allow_only({"state", "authority", "note"}));
  ROG_TRY(office.state, read_state(node, "state"));
  if (office.state.empty()) return node.error("`state` is missing");
  const auto authority = node.find("authority");
  if (!authority) return office;
  ROG_CHECKED(
      authority->allow_only({"name", "role", "reference", "contact", "address", "zone", "note"}));
  ROG_TRY(office.name, authority->find_text("name"));
  ROG_TRY(office.role, authority->find_text("role"));
  ROG_TRY(office.reference, authority->find_text("reference"));
  return office;
}

Result<AllegedOffence> read_offence(const Shape& node) {
  ROG_CHECKED(node.allow_only({"provision", "text", "max_months", "note"}));
  AllegedOffence offence{.place = node.place()};
  ROG_TRY(offence.provision, node.get_text("provision"));
  ROG_TRY(offence.text, node.find_text("text"));
  ROG_TRY(offence.max_months, read_months(node, "max_months"));
  return offence;
}

Result<void> check_identifiers(const Shape& node, std::string_view key) {
  ROG_TRY(const std::vector<Shape> identifiers, read_list(node, key));
  for (const Shape& identifier : identifiers) {
    ROG_CHECKED(identifier.allow_only({"kind", "value", "note"}));
    ROG_CHECKED(identifier.get_text("value"));
  }
  return {};
}

Result<PersonOfCase> read_person(const Shape& node) {
  ROG_CHECKED(node.allow_only({"id", "role", "nationality", "residence", "age_at_conduct", "born",
                               "whereabouts", "identifiers", "description", "language", "note"}));
  PersonOfCase person{.place = node.place()};
  ROG_TRY(person.id, node.get_text("id"));
  ROG_TRY(person.role, node.get_text("role"));
  ROG_TRY(person.nationality, read_texts(node, "nationality"));
  for (const std::string& code : person.nationality) {
    if (!is_state_code(code)) return node.error("`" + code + "` is no alpha-3 code of a State");
  }
  ROG_TRY(person.residence, read_state(node, "residence"));
  ROG_CHECKED(check_identifiers(node, "identifiers"));
  if (const auto age = node.find("age_at_conduct")) {
    ROG_TRY(const std::int64_t years, age->integer());
    if (years < 0 || years > 150) return age->error("an age is between 0 and 150 years");
    person.age_at_conduct = static_cast<int>(years);
  }
  return person;
}

Result<DataSought> read_data(const Shape& node, const std::set<std::string>& accounts) {
  ROG_CHECKED(node.allow_only({"id", "account", "category", "from", "until", "zone", "description",
                               "holder", "location", "note"}));
  ROG_CHECKED(check_one_of(node, "category", {"subscriber", "traffic", "content", "other"}));
  DataSought data{.place = node.place()};
  ROG_TRY(data.id, node.get_text("id"));
  ROG_TRY(data.category, node.get_text("category"));
  ROG_TRY(data.from, read_time(node, "from"));
  ROG_TRY(data.until, read_time(node, "until"));
  ROG_TRY(const std::string account, node.find_text("account"));
  if (!account.empty() && !accounts.contains(account))
    return node.error("no account `" + account + "` in this case");
  return data;
}

Result<void> check_account(const Shape& node) {
  ROG_CHECKED(node.allow_only({"id", "provider", "provider_state", "kind", "value", "note"}));
  ROG_CHECKED(
      check_one_of(node, "kind", {"e-mail", "ip", "domain", "phone", "handle", "url", "other"}));
  ROG_CHECKED(node.get_text("value"));
  ROG_CHECKED(read_state(node, "provider_state"));
  return {};
}

Result<void> check_no_secret(const Shape& node) {
  ROG_TRY(const base::JsonObject* members, node.object());
  for (const auto& member : *members) {
    const std::string_view name = member.key();
    if (std::ranges::find(kSecrets, name) != kSecrets.end()) {
      return node.error(
          "`" + std::string(name) +
          "` does not belong in a case: keys, seeds and passwords are kept elsewhere");
    }
  }
  return {};
}

Result<void> check_asset(const Shape& node, const std::set<std::string>& persons) {
  ROG_CHECKED(check_no_secret(node));
  ROG_CHECKED(node.allow_only({"id", "kind", "description", "amount", "currency", "chain",
                               "address", "txids", "service", "held_by", "location",
                               "account_number", "institution", "link", "note"}));
  ROG_CHECKED(check_one_of(node, "kind",
                           {"bank_account", "virtual_asset", "cash", "real_property", "movable",
                            "company_share", "other"}));
  ROG_CHECKED(node.get_text("kind"));
  if (const auto amount = node.find("amount")) ROG_CHECKED(amount->number());
  ROG_CHECKED(read_texts(node, "txids"));
  ROG_TRY(const std::string holder, node.find_text("held_by"));
  if (!holder.empty() && !persons.contains(holder))
    return node.error("no person `" + holder + "` in this case");
  return {};
}

/// Checks each item of a list and that no id comes twice; gives the ids.
template <class Check>
Result<std::set<std::string>> check_list(const Shape& root, std::string_view key, Check check) {
  std::set<std::string> ids;
  ROG_TRY(const std::vector<Shape> items, read_list(root, key));
  for (const Shape& item : items) {
    ROG_CHECKED(check(item));
    ROG_TRY(const std::string id, item.get_text("id"));
    if (!ids.insert(id).second)
      return item.error("`" + id + "` is there twice in `" + std::string(key) + "`");
  }
  return ids;
}

Result<void> check_texts_only(const Shape& root, std::string_view key,
                              std::initializer_list<std::string_view> keys) {
  const auto node = root.find(key);
  if (!node) return {};
  ROG_CHECKED(node->object());
  return node->allow_only(keys);
}

Result<void> check_events(const Shape& root, std::string_view key) {
  ROG_TRY(const std::vector<Shape> items, read_list(root, key));
  for (const Shape& item : items) {
    ROG_CHECKED(item.allow_only({"what", "kind", "authority", "on", "reference", "says", "note"}));
    if (const auto on = item.find("on")) ROG_CHECKED(on->date());
  }
  return {};
}

Result<Sentence> read_sentence(const Shape& node) {
  ROG_CHECKED(node.allow_only({"months", "remaining_months", "on", "in_absentia", "note"}));
  Sentence sentence;
  ROG_TRY(sentence.months, read_months(node, "months"));
  ROG_TRY(sentence.remaining_months, read_months(node, "remaining_months"));
  if (const auto on = node.find("on")) {
    ROG_TRY(sentence.on, on->date());
  }
  if (const auto absent = node.find("in_absentia")) {
    ROG_TRY(sentence.is_in_absentia, absent->boolean());
  }
  return sentence;
}

Result<void> check_assurances(const Shape& root) {
  ROG_TRY(const std::vector<Shape> items, read_list(root, "assurances"));
  for (const Shape& item : items) {
    ROG_CHECKED(item.allow_only({"term", "says", "note"}));
    ROG_TRY(const std::string term, item.get_text("term"));
    if (!term.starts_with("req.assurance."))
      return item.error("`" + term + "` is no assurance (`req.assurance.`)");
    ROG_CHECKED(item.get_text("says"));
  }
  return {};
}

// The conduct and the circumstances are read by the reader of conduct files, so that facts have one
// form.
Result<conduct::Conduct> read_facts(const Shape& root, std::string_view key,
                                    const base::PlaceOf& place_of) {
  const base::JsonObject& document = root.json().get_object();
  base::JsonObject as_conduct{{"format", "rogatory.conduct/1"}};
  as_conduct["id"] = "case";
  as_conduct["title"] = "case";
  if (const auto* sources = document.if_contains("sources")) as_conduct["sources"] = *sources;
  const bool is_circumstances = key == "circumstances";
  if (is_circumstances) {
    base::JsonObject count{{"id", "circumstances"}, {"title", "circumstances"}};
    count["facts"] = document.at(key);
    as_conduct["counts"] = base::JsonArray{std::move(count)};
  } else {
    as_conduct["counts"] = document.at(key);
  }
  constexpr std::string_view kMovedFrom = "/counts/0/facts";
  const base::PlaceOf moved = [&](std::string_view pointer) {
    std::string original(pointer);
    if (is_circumstances && pointer.starts_with(kMovedFrom)) {
      original = "/circumstances" + std::string(pointer.substr(kMovedFrom.size()));
    }
    return place_of ? place_of(original) : base::Place{.pointer = original};
  };
  return conduct::read_conduct_json(as_conduct, moved);
}

Result<void> check_form(const Shape& root) {
  ROG_CHECKED(root.allow_only({"format",
                               "id",
                               "title",
                               "exercise",
                               "requesting",
                               "requested",
                               "proceedings",
                               "conduct",
                               "counts",
                               "sources",
                               "offences",
                               "persons",
                               "accounts",
                               "data",
                               "assets",
                               "purpose",
                               "link",
                               "necessity",
                               "urgency",
                               "confidentiality",
                               "procedure",
                               "measures_taken",
                               "legal_orders",
                               "sentence",
                               "circumstances",
                               "assurances",
                               "summary",
                               "language",
                               "questions",
                               "documents",
                               "hearing",
                               "emergency",
                               "team",
                               "technical",
                               "conditions_of_use",
                               "texts",
                               "note"}));
  ROG_TRY(const std::string format, root.get_text("format"));
  if (format != "rogatory.case/1") return root.error("unknown format `" + format + "`");
  if (root.find("conduct"))
    return root.error("`conduct` names a file that was not read; give its path from this case");
  for (const char* key : {"purpose", "link", "necessity", "procedure", "summary", "emergency",
                          "technical", "conditions_of_use", "title"}) {
    ROG_CHECKED(root.find_text(key));
  }
  ROG_CHECKED(check_texts_only(root, "proceedings",
                               {"stage", "authority", "nature", "reference", "language", "note"}));
  ROG_CHECKED(check_texts_only(root, "urgency", {"level", "reason", "deadline", "note"}));
  ROG_CHECKED(check_texts_only(root, "confidentiality", {"level", "reason", "note"}));
  ROG_CHECKED(check_texts_only(
      root, "hearing", {"place", "date", "means", "method", "rights", "interpreter", "note"}));
  ROG_CHECKED(check_texts_only(
      root, "team",
      {"purpose", "duration", "place", "leader", "members", "operations", "use", "costs", "note"}));
  if (const auto proceedings = root.find("proceedings")) {
    ROG_CHECKED(
        check_one_of(*proceedings, "stage", {"investigation", "prosecution", "trial", "sentence"}));
  }
  if (const auto level = root.find("confidentiality")) {
    ROG_CHECKED(check_one_of(*level, "level", {"open", "confidential"}));
  }
  ROG_CHECKED(read_texts(root, "questions"));
  ROG_CHECKED(read_texts(root, "documents"));
  ROG_CHECKED(check_events(root, "measures_taken"));
  ROG_CHECKED(check_events(root, "legal_orders"));
  return check_assurances(root);
}

Result<void> read_lists(const Shape& root, CaseFile& out) {
  ROG_TRY(const std::vector<Shape> offences, read_list(root, "offences"));
  for (const Shape& item : offences) {
    ROG_TRY(AllegedOffence offence, read_offence(item));
    out.offences.push_back(std::move(offence));
  }
  ROG_TRY(const std::set<std::string> persons,
          check_list(root, "persons", [&](const Shape& item) -> Result<void> {
            ROG_TRY(PersonOfCase person, read_person(item));
            out.persons.push_back(std::move(person));
            return {};
          }));
  ROG_TRY(const std::set<std::string> accounts, check_list(root, "accounts", check_account));
  ROG_CHECKED(check_list(root, "data", [&](const Shape& item) -> Result<void> {
    ROG_TRY(DataSought data, read_data(item, accounts));
    out.data.push_back(std::move(data));
    return {};
  }));
  ROG_CHECKED(
      check_list(root, "assets", [&](const Shape& item) { return check_asset(item, persons); }));
  return {};
}

Result<void> read_content_texts(const Shape& root, CaseFile& out) {
  const auto node = root.find("texts");
  if (!node) return {};
  ROG_TRY(const base::JsonObject* members, node->object());
  for (const auto& member : *members) {
    const Shape item = node->below(member.key(), member.value());
    TextOfCase text{.content = std::string(member.key()), .text = {}, .place = item.place()};
    ROG_TRY(text.text, item.text());
    out.texts.push_back(std::move(text));
  }
  return {};
}

law::Fact fact_of(std::string term, bool value, std::string field) {
  return {.term = std::move(term),
          .value = value ? law::Truth::kTrue : law::Truth::kFalse,
          .status = law::FactStatus::kAlleged,
          .asserted_by = "requesting authority",
          .field = std::move(field)};
}

/// Adds facts, but never over what the case itself states.
class Gathering {
 public:
  explicit Gathering(std::vector<law::Fact> stated) : facts_(std::move(stated)) {
    for (const law::Fact& fact : facts_) stated_.insert(fact.term);
  }

  void add(std::string term, bool value, std::string field) {
    if (stated_.insert(term).second)
      facts_.push_back(fact_of(std::move(term), value, std::move(field)));
  }

  void add_months(std::string quantity, int months, std::string field) {
    law::Fact fact = fact_of({}, true, std::move(field));
    fact.quantity =
        law::QuantityValue{.quantity = std::move(quantity), .value = static_cast<double>(months)};
    facts_.push_back(std::move(fact));
  }

  std::vector<law::Fact> take() { return std::move(facts_); }

 private:
  std::vector<law::Fact> facts_;
  std::set<std::string> stated_;
};

bool is_sought(const PersonOfCase& person) {
  return person.role == "suspect" || person.role == "accused" || person.role == "sentenced";
}

void add_person(const PersonOfCase& person, const CaseFile& file, Gathering& facts) {
  const std::string field = person.place.to_string();
  const auto has = [&](const std::string& state) {
    return std::ranges::find(person.nationality, state) != person.nationality.end();
  };
  if (has(file.requested.state)) facts.add("req.person.national_of_requested", true, field);
  if (has(file.requesting.state)) facts.add("req.person.national_of_requesting", true, field);
  if (person.residence == file.requested.state)
    facts.add("req.person.resident_of_requested", true, field);
  if (person.age_at_conduct)
    facts.add("req.person.minor", *person.age_at_conduct < kAdultYears, field);
}

}  // namespace

base::JsonObject put_conduct(base::JsonObject document, const base::JsonObject& conduct) {
  document.erase("conduct");
  for (const char* key : {"counts", "sources", "summary"}) {
    const auto* value = conduct.if_contains(key);
    if (value != nullptr && !document.contains(key)) document[key] = *value;
  }
  return document;
}

base::Result<CaseFile> read_case(const base::Json& document, const base::PlaceOf& place_of) {
  const Shape root(document, place_of);
  ROG_CHECKED(root.object());
  ROG_CHECKED(check_form(root));
  ROG_CHECKED(detail::check_texts(root));
  CaseFile out;
  out.document = document.get_object();
  ROG_TRY(out.id, detail::read_id(root, detail::kMaxCaseId));
  ROG_TRY(out.title, root.get_text("title"));
  if (const auto exercise = root.find("exercise")) {
    ROG_TRY(out.is_exercise, exercise->boolean());
  }
  ROG_TRY(out.requesting, read_office(root, "requesting"));
  ROG_TRY(out.requested, read_office(root, "requested"));
  if (out.requesting.state == out.requested.state) {
    return root.error("the requesting and the requested State are the same");
  }
  ROG_TRY(out.language, root.find_text("language"));
  if (const auto urgency = root.find("urgency")) {
    ROG_CHECKED(check_one_of(*urgency, "level", {"ordinary", "urgent", "emergency"}));
    ROG_TRY(out.urgency, urgency->find_text("level"));
    ROG_CHECKED(read_time(*urgency, "deadline"));
  }
  ROG_CHECKED(read_lists(root, out));
  ROG_CHECKED(read_content_texts(root, out));
  if (const auto sentence = root.find("sentence")) {
    ROG_TRY(out.sentence, read_sentence(*sentence));
  }
  if (root.find("counts")) {
    ROG_CHECKED(read_list(root, "counts"));
    ROG_TRY(out.conduct, read_facts(root, "counts", place_of));
  }
  if (root.find("circumstances")) {
    ROG_CHECKED(read_list(root, "circumstances"));
    ROG_TRY(conduct::Conduct circumstances, read_facts(root, "circumstances", place_of));
    out.circumstances = std::move(circumstances.counts.front().facts);
  }
  return out;
}

std::vector<law::Fact> facts_of_request(const CaseFile& file) {
  Gathering facts(file.circumstances);
  if (const auto* assurances = file.document.if_contains("assurances")) {
    for (const base::Json& item : assurances->as_array()) {
      facts.add(std::string(item.at("term").as_string()), true, "/assurances");
    }
  }
  for (const PersonOfCase& person : file.persons) {
    if (is_sought(person)) add_person(person, file, facts);
  }
  if (file.urgency == "emergency") facts.add("req.emergency", true, "/urgency/level");
  if (file.urgency == "urgent" || file.urgency == "emergency")
    facts.add("req.urgent", true, "/urgency/level");
  if (!file.data.empty()) facts.add("req.evidence.electronic", true, "/data");
  const auto is_serious = [](const AllegedOffence& offence) {
    return offence.max_months && *offence.max_months >= kSeriousCrimeMonths;
  };
  if (std::ranges::any_of(file.offences, is_serious))
    facts.add("req.offence.serious_crime", true, "/offences");
  if (file.sentence && file.sentence->months)
    facts.add_months("qty.sentence_months", *file.sentence->months, "/sentence/months");
  if (file.sentence && file.sentence->remaining_months) {
    facts.add_months("qty.remaining_months", *file.sentence->remaining_months,
                     "/sentence/remaining_months");
  }
  if (file.sentence && file.sentence->is_in_absentia) {
    facts.add("req.proceedings.in_absentia", *file.sentence->is_in_absentia,
              "/sentence/in_absentia");
  }
  return facts.take();
}

std::vector<law::Fact> facts_of(const CaseFile& file, const conduct::Count& count) {
  std::vector<law::Fact> facts = count.facts;
  for (law::Fact& fact : facts_of_request(file)) facts.push_back(std::move(fact));
  return facts;
}

}  // namespace rogatory::request
