// SPDX-License-Identifier: EUPL-1.2

#include "conduct/detail/apply.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"

namespace rogatory::conduct::detail {
namespace {

/// The rules triggered, in their order, each with the first code that did.
std::map<std::uint32_t, std::size_t> triggered(const Mapping& mapping, const Codes& codes,
                                               std::vector<bool>& is_known) {
  std::map<std::uint32_t, std::size_t> out;
  const auto all = codes.all();
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto exact = mapping.rules_by_code.find(all[i].lower);
    if (exact != mapping.rules_by_code.end()) {
      is_known[i] = true;
      for (const std::uint32_t rule : exact->second) out.try_emplace(rule, i);
    }
    for (const auto& [prefix, rule] : mapping.rules_by_prefix) {
      if (!all[i].lower.starts_with(prefix)) continue;
      is_known[i] = true;
      out.try_emplace(rule, i);
    }
  }
  return out;
}

bool is_read_elsewhere(const Mapping& mapping, const CodeAt& at) {
  const auto is_place = [&at](const PlaceRule& place) {
    return at.lower.starts_with(place.prefix);
  };
  const auto is_currency_field = [&at](const AmountRule& amount) {
    return !amount.currency_field.empty() &&
           at.lower.starts_with(base::lower_ascii(amount.currency_field) + ".");
  };
  return std::ranges::any_of(mapping.places, is_place) ||
         std::ranges::any_of(mapping.amounts, is_currency_field);
}

/// Minds and persons are not what a tool is made for; what the tool is, is said of itself.
bool fits_design(std::string_view term) {
  return !term.starts_with("mens.") && !term.starts_with("person.") &&
         !term.starts_with("means.") && !term.starts_with("obj.tool");
}

std::string note_of(const MappingRule& rule, const MappedFact& mapped) {
  std::string out = rule.cite + ": " + rule.definition;
  if (mapped.confidence != law::Confidence::kFound) {
    out += "; ";
    out += law::to_text(mapped.confidence);
  }
  if (!mapped.note.empty()) out += "; " + mapped.note;
  return out;
}

std::string key_of(const law::Fact& fact) {
  std::string out = fact.term;
  for (const law::Scope scope : fact.scope) {
    out += '@';
    out += law::to_text(scope);
  }
  return out;
}

bool is_currency(std::string_view text) {
  return text.size() == 3 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// Texts by which sources say that they know no State.
bool says_nothing(std::string_view name) {
  constexpr std::array kNothing = {std::string_view("unknown"), std::string_view("other"),
                                   std::string_view("not available"), std::string_view("na"),
                                   std::string_view("")};
  const std::string lower = base::lower_ascii(base::trim(name));
  return std::find(kNothing.begin(), kNothing.end(), lower) != kNothing.end();
}

}  // namespace

void FactSheet::merge(Entry& held, law::Fact proposed, const CodeAt& at) const {
  law::Fact& fact = held.fact;
  const bool is_held_known = fact.value != law::Truth::kUnknown;
  if (proposed.value == law::Truth::kUnknown || fact.value == proposed.value) return;
  if (!is_held_known) {
    // A contradiction found before stays one.
    if (held.code.empty()) return;
    held = {.fact = std::move(proposed), .code = at.code};
    return;
  }
  fact.value = law::Truth::kUnknown;
  fact.reason = law::UnknownReason::kContested;
  fact.note = "`" + held.code + "` and `" + at.code + "` say opposite things";
  held.code.clear();
}

void FactSheet::propose(const MappingRule& rule, const MappedFact& mapped, const CodeAt& at,
                        bool made_for) {
  if (made_for && !fits_design(mapped.term)) {
    if (!mapped.term.starts_with("obj.tool")) return;
    made_for = false;
  }
  law::Fact fact;
  fact.term = mapped.term;
  if (made_for) {
    if (mapped.scope && *mapped.scope != law::Scope::kDesigned) return;
    fact.scope = {law::Scope::kDesigned};
  } else if (mapped.scope) {
    fact.scope = {*mapped.scope};
  }
  fact.value = mapped.value;
  fact.reason = mapped.reason;
  fact.status = law::FactStatus::kAlleged;
  fact.asserted_by = provenance_.asserted_by;
  fact.source = provenance_.source;
  fact.field = at.field;
  fact.note = note_of(rule, mapped);
  const auto [found, is_new] = by_term_.try_emplace(key_of(fact), entries_.size());
  if (is_new) {
    entries_.push_back({.fact = std::move(fact), .code = at.code});
  } else {
    merge(entries_[found->second], std::move(fact), at);
  }
}

std::optional<std::string> FactSheet::currency_of(const AmountRule& rule, const Codes& codes) {
  if (rule.currency_field.empty()) return std::string();
  const auto written = codes.rest_after(base::lower_ascii(rule.currency_field) + ".");
  if (!written) {
    remarks_.emplace_back("an amount is given without a currency, so it is not taken");
    return std::nullopt;
  }
  const auto known = rule.currencies.find(base::lower_ascii(*written));
  if (known != rule.currencies.end()) return known->second;
  if (rule.currencies.empty() && is_currency(*written)) return std::string(*written);
  remarks_.push_back("an amount is given in `" + std::string(*written) +
                     "`, which is no known currency, so it is not taken");
  return std::nullopt;
}

void FactSheet::add_amount(const AmountRule& rule, const Codes& codes) {
  const NumberAt* const number = codes.find_number(rule.value_field);
  if (number == nullptr) return;
  if (number->value < 0) {
    remarks_.emplace_back("an amount is negative, so it is not taken");
    return;
  }
  if (number->value == 0 && rule.is_zero_unknown) return;
  auto currency = currency_of(rule, codes);
  if (!currency) return;
  law::Fact fact;
  fact.quantity = law::QuantityValue{.quantity = rule.quantity,
                                     .value = number->value,
                                     .currency = *std::move(currency),
                                     .on = {}};
  fact.value = law::Truth::kTrue;
  fact.asserted_by = provenance_.asserted_by;
  fact.source = provenance_.source;
  fact.field = number->field;
  fact.note = rule.cite;
  amounts_.push_back(std::move(fact));
}

void FactSheet::apply(const Mapping& mapping, const Codes& codes, bool made_for) {
  if (codes.holds_any(mapping.nullified_by)) {
    remarks_.emplace_back("the record says that there was no incident, so no fact is taken");
    return;
  }
  std::vector<bool> is_known(codes.all().size());
  for (const auto& [index, code] : triggered(mapping, codes, is_known)) {
    const MappingRule& rule = mapping.rules[index];
    if (!codes.satisfies(rule.when)) continue;
    for (const MappedFact& fact : rule.facts) propose(rule, fact, codes.all()[code], made_for);
  }
  for (const AmountRule& rule : mapping.amounts) add_amount(rule, codes);
  for (std::size_t i = 0; i < is_known.size(); ++i) {
    const CodeAt& at = codes.all()[i];
    if (is_known[i] || at.is_implied || is_read_elsewhere(mapping, at)) continue;
    unmapped_.push_back({.code = at.code, .field = at.field});
  }
}

std::vector<law::Fact> FactSheet::settle() && {
  std::vector<law::Fact> out;
  out.reserve(entries_.size() + amounts_.size());
  for (Entry& entry : entries_) out.push_back(std::move(entry.fact));
  for (law::Fact& amount : amounts_) out.push_back(std::move(amount));
  return out;
}

std::vector<PlaceOfConduct> read_places(const Mapping& mapping, const Codes& codes,
                                        const StateNames& states,
                                        std::vector<std::string>& remarks) {
  std::vector<PlaceOfConduct> out;
  for (const CodeAt& at : codes.all()) {
    for (const PlaceRule& rule : mapping.places) {
      if (!at.lower.starts_with(rule.prefix)) continue;
      std::string_view name = std::string_view(at.code).substr(rule.prefix.size());
      if (name.starts_with('"') && name.ends_with('"') && name.size() > 1) {
        name = name.substr(1, name.size() - 2);
      }
      auto state = states.find(name);
      if (state) {
        PlaceOfConduct place{.state = *std::move(state), .role = rule.role, .field = at.field};
        const bool is_there = std::any_of(out.begin(), out.end(), [&place](const auto& other) {
          return other.state == place.state && other.role == place.role;
        });
        if (!is_there) out.push_back(std::move(place));
      } else if (!says_nothing(name)) {
        remarks.push_back("`" + std::string(name) + "` names no State");
      }
    }
  }
  return out;
}

}  // namespace rogatory::conduct::detail
