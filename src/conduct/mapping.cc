// SPDX-License-Identifier: EUPL-1.2

#include "conduct/mapping.h"

#include <algorithm>
#include <array>

#include "base/shape.h"
#include "base/text.h"
#include "conduct/import.h"

namespace rogatory::conduct {
namespace {

using base::Json;
using base::Result;
using base::Shape;

const PlaceOf kNoPlaces;

CodePattern to_pattern(std::string_view text) {
  const bool is_prefix = text.ends_with('*');
  if (is_prefix) text.remove_suffix(1);
  return {.text = base::lower_ascii(text), .is_prefix = is_prefix};
}

/// What rules inherit, and the names they may use.
struct Defaults {
  std::optional<law::Confidence> confidence;
  std::string source;
  std::vector<std::string> source_ids;
  std::map<std::string, std::vector<CodePattern>, std::less<>> sets;
};

Result<std::optional<law::Confidence>> find_confidence(const Shape& node) {
  ROG_TRY(const std::string text, node.find_text("confidence"));
  if (text.empty()) return std::optional<law::Confidence>();
  const auto out = law::from_text<law::Confidence>(text);
  if (!out) return node.error("unknown confidence `" + text + "`");
  return out;
}

Result<std::string> find_source(const Shape& node, const Defaults& defaults) {
  ROG_TRY(std::string source, node.find_text("source"));
  if (source.empty()) source = defaults.source;
  const auto& ids = defaults.source_ids;
  if (std::find(ids.begin(), ids.end(), source) == ids.end()) {
    return node.error("unknown source `" + source + "`");
  }
  return source;
}

Result<std::vector<CodePattern>> read_codes(const Shape& node, const Defaults& defaults) {
  ROG_TRY(const std::vector<Shape> items, node.items());
  std::vector<CodePattern> out;
  for (const Shape& item : items) {
    ROG_TRY(const std::string text, item.text());
    if (text.empty() || text == "*") return item.error("a code is empty");
    if (text.front() != '@') {
      out.push_back(to_pattern(text));
      continue;
    }
    const auto set = defaults.sets.find(std::string_view(text).substr(1));
    if (set == defaults.sets.end()) return item.error("unknown set `" + text + "`");
    out.insert(out.end(), set->second.begin(), set->second.end());
  }
  return out;
}

Result<std::vector<CodePattern>> find_codes(const Shape& node, std::string_view key,
                                            const Defaults& defaults) {
  const auto list = node.find(key);
  if (!list) return std::vector<CodePattern>();
  return read_codes(*list, defaults);
}

Result<CodeCondition> read_condition(const Shape& node, const Defaults& defaults) {
  ROG_CHECKED(node.allow_only({"all", "any", "none"}));
  CodeCondition out;
  ROG_TRY(out.all, find_codes(node, "all", defaults));
  ROG_TRY(out.any, find_codes(node, "any", defaults));
  ROG_TRY(out.none, find_codes(node, "none", defaults));
  return out;
}

Result<void> read_value(const Shape& node, MappedFact& fact) {
  ROG_TRY(const Shape value, node.get("value"));
  ROG_TRY(const std::string reason, node.find_text("reason"));
  if (const auto* flag = value.json().if_bool()) {
    fact.value = *flag ? law::Truth::kTrue : law::Truth::kFalse;
    if (!reason.empty()) return node.error("only an unknown has a reason");
    return {};
  }
  const auto* text = value.json().if_string();
  if (text == nullptr || *text != "unknown")
    return value.error("a value is true, false or unknown");
  const auto known = law::from_text<law::UnknownReason>(reason);
  if (!known)
    return node.error("an unknown needs a reason: not_stated, contested, needs_evaluation");
  fact.reason = *known;
  return {};
}

Result<MappedFact> read_fact(const Shape& node, law::Confidence inherited) {
  ROG_CHECKED(node.allow_only({"term", "in", "value", "reason", "confidence", "note"}));
  MappedFact out;
  ROG_TRY(out.term, node.get_text("term"));
  ROG_TRY(const std::string scope, node.find_text("in"));
  if (!scope.empty()) {
    out.scope = law::from_text<law::Scope>(scope);
    if (!out.scope) return node.error("unknown scope `" + scope + "`");
  }
  ROG_CHECKED(read_value(node, out));
  ROG_TRY(const auto confidence, find_confidence(node));
  out.confidence = confidence.value_or(inherited);
  ROG_TRY(out.note, node.find_text("note"));
  return out;
}

Result<MappingRule> read_rule(const Shape& node, const Defaults& defaults) {
  ROG_CHECKED(
      node.allow_only({"codes", "cite", "source", "definition", "confidence", "when", "facts"}));
  MappingRule out;
  ROG_TRY(const Shape codes, node.get("codes"));
  ROG_TRY(out.codes, read_codes(codes, defaults));
  ROG_TRY(out.cite, node.get_text("cite"));
  ROG_TRY(out.definition, node.get_text("definition"));
  ROG_TRY(out.source, find_source(node, defaults));
  if (const auto when = node.find("when")) {
    ROG_TRY(out.when, read_condition(*when, defaults));
  }
  ROG_TRY(const auto confidence, find_confidence(node));
  const auto inherited = confidence ? confidence : defaults.confidence;
  if (!inherited) return node.error("a rule needs a confidence");
  ROG_TRY(const Shape facts, node.get("facts"));
  ROG_TRY(const std::vector<Shape> list, facts.items());
  for (const Shape& item : list) {
    ROG_TRY(MappedFact fact, read_fact(item, *inherited));
    out.facts.push_back(std::move(fact));
  }
  return out;
}

Result<PlaceRule> read_place(const Shape& node, const Defaults& defaults) {
  ROG_CHECKED(node.allow_only({"prefix", "role", "cite", "says", "source", "confidence", "note"}));
  ROG_TRY(const std::string prefix, node.get_text("prefix"));
  ROG_TRY(const std::string role, node.get_text("role"));
  ROG_TRY(std::string cite, node.get_text("cite"));
  ROG_CHECKED(find_source(node, defaults));
  const auto known = place_role_from_text(role);
  if (!known) return node.error("unknown role `" + role + "`");
  return PlaceRule{.prefix = base::lower_ascii(prefix), .role = *known, .cite = std::move(cite)};
}

Result<AmountRule> read_amount(const Shape& node, const Defaults& defaults) {
  ROG_CHECKED(node.allow_only({"quantity", "value", "currency", "currencies", "zero", "cite",
                               "says", "source", "confidence", "note"}));
  AmountRule out;
  ROG_TRY(out.quantity, node.get_text("quantity"));
  ROG_TRY(out.value_field, node.get_text("value"));
  ROG_TRY(out.currency_field, node.find_text("currency"));
  ROG_TRY(out.cite, node.get_text("cite"));
  ROG_CHECKED(find_source(node, defaults));
  ROG_TRY(const std::string zero, node.find_text("zero"));
  if (!zero.empty() && zero != "value" && zero != "unknown") {
    return node.error("`zero` is value or unknown");
  }
  out.is_zero_unknown = zero == "unknown";
  if (const auto table = node.find("currencies")) {
    ROG_TRY(const base::JsonObject* const members, table->object());
    for (const auto& [name, value] : *members) {
      ROG_TRY(std::string code, table->below(name, value).text());
      out.currencies.emplace(base::lower_ascii(std::string_view(name)), std::move(code));
    }
  }
  return out;
}

Result<Defaults> read_defaults(const Shape& root) {
  Defaults out;
  ROG_TRY(const std::vector<Shape> sources, root.find_items("sources"));
  for (const Shape& source : sources) {
    ROG_TRY(std::string id, source.get_text("id"));
    out.source_ids.push_back(std::move(id));
  }
  if (out.source_ids.empty()) return root.error("a mapping needs sources");
  out.source = out.source_ids.front();
  if (const auto defaults = root.find("defaults")) {
    ROG_CHECKED(defaults->allow_only({"confidence", "source"}));
    ROG_TRY(out.confidence, find_confidence(*defaults));
    ROG_TRY(out.source, find_source(*defaults, out));
  }
  const auto sets = root.find("sets");
  if (!sets) return out;
  ROG_TRY(const base::JsonObject* const members, sets->object());
  const Defaults no_sets;
  for (const auto& [name, value] : *members) {
    ROG_TRY(auto codes, read_codes(sets->below(name, value), no_sets));
    out.sets.emplace(std::string_view(name), std::move(codes));
  }
  return out;
}

Result<void> check_format(const Shape& root) {
  ROG_TRY(const std::string format, root.get_text("format"));
  if (format != "rogatory.mapping/1") return root.error("unknown format `" + format + "`");
  return root.allow_only({"format", "source", "title", "versions", "asserted_by", "sources",
                          "defaults", "sets", "places", "amounts", "rules", "nullified_by",
                          "states"});
}

void index_rules(Mapping& mapping) {
  for (std::uint32_t i = 0; i < mapping.rules.size(); ++i) {
    for (const CodePattern& code : mapping.rules[i].codes) {
      if (code.is_prefix) {
        mapping.rules_by_prefix.emplace_back(code.text, i);
      } else {
        mapping.rules_by_code[code.text].push_back(i);
      }
    }
  }
}

/// Reads the elements of a list by `read`.
template <class T, class Read>
Result<std::vector<T>> read_list(const Shape& root, std::string_view key, const Defaults& defaults,
                                 Read read) {
  ROG_TRY(const std::vector<Shape> list, root.find_items(key));
  std::vector<T> out;
  out.reserve(list.size());
  for (const Shape& item : list) {
    ROG_TRY(T one, read(item, defaults));
    out.push_back(std::move(one));
  }
  return out;
}

Result<void> add_state(const Shape& node, StateNames& names) {
  ROG_TRY(const std::string alpha3, node.get_text("alpha3"));
  ROG_TRY(const std::string alpha2, node.get_text("alpha2"));
  ROG_TRY(std::vector<std::string> known, node.find_texts("names"));
  known.push_back(alpha3);
  known.push_back(alpha2);
  for (const std::string& name : known) {
    const auto other = names.find(name);
    if (other && *other != alpha3) {
      std::string message = "`" + name + "` names both ";
      message.append(*other).append(" and ").append(alpha3);
      return node.error(std::move(message));
    }
    names.add(name, alpha3);
  }
  return {};
}

Result<const Json*> find_document(const base::JsonObject& documents, std::string_view name) {
  if (const auto* out = documents.if_contains(name)) return out;
  return base::Error{.code = base::ErrorCode::kNotFound,
                     .message = "no mapping `" + std::string(name) + "` in the corpus"};
}

}  // namespace

std::optional<std::string> StateNames::find(std::string_view name) const {
  const auto found = by_name_.find(base::lower_ascii(base::trim(name)));
  if (found == by_name_.end()) return std::nullopt;
  return found->second;
}

void StateNames::add(std::string_view name, std::string_view alpha3) {
  by_name_.emplace(base::lower_ascii(name), alpha3);
}

Result<Mapping> parse_mapping(const Json& document) {
  const Shape root(document, kNoPlaces);
  ROG_CHECKED(check_format(root));
  Mapping out;
  ROG_TRY(out.source, root.get_text("source"));
  ROG_TRY(out.title, root.get_text("title"));
  ROG_TRY(out.asserted_by, root.get_text("asserted_by"));
  ROG_TRY(const Defaults defaults, read_defaults(root));
  ROG_TRY(out.nullified_by, find_codes(root, "nullified_by", defaults));
  ROG_TRY(out.rules, read_list<MappingRule>(root, "rules", defaults, read_rule));
  ROG_TRY(out.places, read_list<PlaceRule>(root, "places", defaults, read_place));
  ROG_TRY(out.amounts, read_list<AmountRule>(root, "amounts", defaults, read_amount));
  index_rules(out);
  return out;
}

Result<StateNames> parse_state_names(const Json& document) {
  const Shape root(document, kNoPlaces);
  ROG_CHECKED(check_format(root));
  ROG_TRY(const Shape states, root.get("states"));
  ROG_TRY(const std::vector<Shape> list, states.items());
  StateNames out;
  for (const Shape& item : list) ROG_CHECKED(add_state(item, out));
  return out;
}

Result<Mappings> parse_mappings(const base::JsonObject& documents) {
  Mappings out;
  const std::array targets = {std::pair{std::string_view("veris"), &out.veris},
                              std::pair{std::string_view("attack"), &out.attack},
                              std::pair{std::string_view("misp"), &out.misp},
                              std::pair{std::string_view("eurepoc"), &out.eurepoc}};
  for (const auto& [name, target] : targets) {
    ROG_TRY(const Json* const document, find_document(documents, name));
    ROG_TRY(*target,
            parse_mapping(*document).with_context("while reading mapping " + std::string(name)));
  }
  ROG_TRY(const Json* const states, find_document(documents, "states"));
  ROG_TRY(out.states, parse_state_names(*states).with_context("while reading mapping states"));
  return out;
}

}  // namespace rogatory::conduct
