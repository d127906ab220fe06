// SPDX-License-Identifier: EUPL-1.2

// Without it the library prints and aborts.
#define VALIJSON_USE_EXCEPTIONS 1

#include "corpus/schema_check.h"

#include <algorithm>
#include <exception>
#include <map>
#include <optional>
#include <utility>
#include <valijson/adapters/boost_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "base/text.h"

namespace rogatory::corpus {
namespace {

using valijson::adapters::BoostJsonAdapter;

// How many different complaints about one value are told.
constexpr std::size_t kMaxComplaints = 3;

using ParsedSchemas = std::map<std::string, base::Json, std::less<>>;

base::Error schema_error(std::string message, base::Place place) {
  return {
      .code = base::ErrorCode::kSchema, .message = std::move(message), .place = std::move(place)};
}

std::string_view last_part(std::string_view address) {
  address = address.substr(0, address.find('#'));
  const auto slash = address.rfind('/');
  return slash == std::string_view::npos ? address : address.substr(slash + 1);
}

// The name in quotes with which some complaints of the validator end: `...: 'colour'.`
std::optional<std::string> unknown_property(std::string_view complaint) {
  constexpr std::string_view kBefore = "constraints: '";
  constexpr std::string_view kAfter = "'.";
  const auto start = complaint.find(kBefore);
  if (start == std::string_view::npos || !complaint.ends_with(kAfter)) return std::nullopt;
  const auto name = complaint.substr(start + kBefore.size());
  return std::string(name.substr(0, name.size() - kAfter.size()));
}

// In the style of our own messages: lower case, no final stop, backticks.
std::string restyled(std::string complaint) {
  if (!complaint.empty()) complaint.front() = base::lower_ascii(complaint.substr(0, 1)).front();
  while (complaint.ends_with('.')) complaint.pop_back();
  std::ranges::replace(complaint, '\'', '`');
  return complaint;
}

// The path of the validator is `<root>`, `[provisions]`, `[0]`.
std::string to_pointer(const std::vector<std::string>& context) {
  std::string pointer;
  for (std::size_t i = 1; i < context.size(); ++i) {
    const std::string& step = context[i];
    const bool has_brackets = step.size() >= 2 && step.front() == '[' && step.back() == ']';
    pointer += '/';
    pointer += base::pointer_token(has_brackets ? step.substr(1, step.size() - 2) : step);
  }
  return pointer;
}

SchemaFault to_fault(const valijson::ValidationResults::Error& error) {
  std::string pointer = to_pointer(error.context);
  if (const auto property = unknown_property(error.description)) {
    return {.pointer = pointer + '/' + base::pointer_token(*property),
            .message = "unknown key `" + *property + "`"};
  }
  return {.pointer = std::move(pointer), .message = restyled(error.description)};
}

bool is_inside(std::string_view pointer, std::string_view outer) {
  return pointer.size() > outer.size() && pointer.starts_with(outer) &&
         pointer[outer.size()] == '/';
}

bool is_around(const std::vector<SchemaFault>& all, const std::string& pointer) {
  return std::ranges::any_of(
      all, [&](const SchemaFault& fault) { return is_inside(fault.pointer, pointer); });
}

// What was said of one value: where it fits none of several alternatives, each has its complaint,
// and the summaries of the validator add nothing.
std::string told_together(const std::vector<std::string>& complaints) {
  std::vector<std::string> told;
  bool has_alternatives = false;
  for (const std::string& complaint : complaints) {
    has_alternatives = has_alternatives || complaint.find("allowed by") != std::string::npos;
    const bool is_known = std::ranges::find(told, complaint) != told.end();
    if (is_known || complaint.starts_with("failed to validate")) continue;
    if (told.size() < kMaxComplaints) told.push_back(complaint);
  }
  if (told.empty()) return complaints.front();
  const std::string all = base::join(told, "; ");
  return has_alternatives ? "fits none of the allowed forms: " + all : all;
}

constexpr std::string_view kNoneOfAList = "failed to match against any enum values";

// The value at a pointer that the validator gave; null when there is none.
const base::Json* value_at(const base::Json& root, const std::string& pointer) {
  boost::system::error_code error;
  return root.find_pointer(pointer, error);
}

// The validator does not say what was there.
std::string with_value(const std::string& complaint, const base::Json& root,
                       const std::string& pointer) {
  if (complaint != kNoneOfAList) return complaint;
  const base::Json* value = value_at(root, pointer);
  if (value == nullptr || !value->is_string()) return complaint;
  return "`" + std::string(value->get_string()) + "` is none of the values allowed here";
}

// One fault per place; what is said of the values around it only repeats it.
std::vector<SchemaFault> condense(const std::vector<SchemaFault>& all) {
  std::vector<std::pair<std::string, std::vector<std::string>>> by_place;
  for (const SchemaFault& fault : all) {
    if (is_around(all, fault.pointer)) continue;
    auto known = std::ranges::find(by_place, fault.pointer, [](const auto& p) { return p.first; });
    if (known == by_place.end()) known = by_place.insert(known, {fault.pointer, {}});
    known->second.push_back(fault.message);
  }
  std::vector<SchemaFault> out;
  out.reserve(by_place.size());
  for (const auto& [pointer, complaints] : by_place) {
    out.push_back({.pointer = pointer, .message = told_together(complaints)});
  }
  return out;
}

}  // namespace

struct SchemaSet::Compiled {
  std::string name;
  valijson::Schema schema;
};

SchemaSet::SchemaSet() = default;
SchemaSet::SchemaSet(SchemaSet&&) noexcept = default;
SchemaSet& SchemaSet::operator=(SchemaSet&&) noexcept = default;
SchemaSet::~SchemaSet() = default;

base::Result<SchemaSet> SchemaSet::make(std::span<const NamedSchema> schemas,
                                        std::string_view only) {
  ParsedSchemas parsed;
  for (const NamedSchema& schema : schemas) {
    ROG_TRY(parsed[std::string(schema.name)], base::parse_json(schema.text, schema.name));
  }
  const auto fetch = [&](const std::string& address) -> const base::Json* {
    const auto it = parsed.find(last_part(address));
    return it == parsed.end() ? nullptr : &it->second;
  };
  SchemaSet set;
  for (const auto& [name, json] : parsed) {
    if (!only.empty() && name != only) continue;
    auto compiled = std::make_unique<Compiled>();
    compiled->name = name;
    try {
      valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
      parser.populateSchema(BoostJsonAdapter(json), compiled->schema, fetch,
                            [](const base::Json*) {});
    } catch (const std::exception& exception) {
      return schema_error(std::string("not a usable schema: ") + exception.what(), {.file = name});
    }
    set.compiled_.push_back(std::move(compiled));
  }
  return set;
}

bool SchemaSet::has(std::string_view name) const {
  return std::ranges::any_of(compiled_, [&](const auto& c) { return c->name == name; });
}

std::vector<SchemaFault> SchemaSet::find_faults(const base::Json& value,
                                                std::string_view name) const {
  const auto it = std::ranges::find_if(compiled_, [&](const auto& c) { return c->name == name; });
  ROG_ASSERT(it != compiled_.end());
  valijson::ValidationResults results;
  valijson::Validator validator(valijson::Validator::kStrongTypes);
  try {
    if (validator.validate((*it)->schema, BoostJsonAdapter(value), &results)) return {};
  } catch (const std::exception& exception) {
    return {{.pointer = "", .message = std::string("cannot be checked: ") + exception.what()}};
  }
  std::vector<SchemaFault> faults;
  for (const auto& error : results) {
    SchemaFault& fault = faults.emplace_back(to_fault(error));
    fault.message = with_value(fault.message, value, fault.pointer);
  }
  return condense(faults);
}

base::Result<void> SchemaSet::check(const YamlDocument& document, std::string_view name) const {
  if (!has(name)) {
    return base::Error{.code = base::ErrorCode::kNotFound,
                       .message = "no schema `" + std::string(name) + "`"};
  }
  const auto faults = find_faults(document.value, name);
  if (faults.empty()) return {};
  return schema_error(faults.front().message, document.place(faults.front().pointer));
}

}  // namespace rogatory::corpus
