// SPDX-License-Identifier: EUPL-1.2

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/shape.h"
#include "base/text.h"
#include "conduct/detail/apply.h"
#include "conduct/detail/codes.h"
#include "conduct/detail/record.h"
#include "conduct/import.h"

namespace rogatory::conduct {
namespace {

using base::Result;
using base::Shape;
using detail::Codes;

const PlaceOf kNoPlaces;

struct Object {
  std::string type;
  std::string id;
  Shape shape;
};

struct Relationship {
  std::string type;
  const Object* source = nullptr;
  const Object* target = nullptr;
};

/// The objects of a bundle by id, and the relationships between them.
struct Bundle {
  std::vector<Object> objects;
  std::map<std::string, const Object*, std::less<>> by_id;
  std::vector<Relationship> relationships;

  const Object* find(std::string_view id) const {
    const auto found = by_id.find(id);
    return found == by_id.end() ? nullptr : found->second;
  }
};

Result<void> read_relationships(Bundle& bundle) {
  for (const Object& object : bundle.objects) {
    if (object.type != "relationship") continue;
    ROG_TRY(std::string type, object.shape.get_text("relationship_type"));
    ROG_TRY(const std::string source, object.shape.get_text("source_ref"));
    ROG_TRY(const std::string target, object.shape.get_text("target_ref"));
    // An end that is not in the bundle is known to its producer only.
    if (bundle.find(source) == nullptr || bundle.find(target) == nullptr) continue;
    bundle.relationships.push_back(
        {.type = std::move(type), .source = bundle.find(source), .target = bundle.find(target)});
  }
  return {};
}

Result<Bundle> read_bundle(const Shape& root) {
  ROG_TRY(const std::string type, root.get_text("type"));
  if (type != "bundle") return root.error("a STIX bundle is expected here");
  Bundle out;
  ROG_TRY(const std::vector<Shape> items, root.find_items("objects"));
  out.objects.reserve(items.size());
  for (const Shape& item : items) {
    ROG_TRY(std::string object_type, item.get_text("type"));
    ROG_TRY(std::string id, item.get_text("id"));
    out.objects.push_back({.type = std::move(object_type), .id = std::move(id), .shape = item});
  }
  for (const Object& object : out.objects) out.by_id.emplace(object.id, &object);
  ROG_CHECKED(read_relationships(out));
  return out;
}

/// Types that act, as against programs, which are able to.
bool is_deed_of(const Object& object) {
  constexpr std::array kActing = {std::string_view("campaign"), std::string_view("incident"),
                                  std::string_view("intrusion-set"),
                                  std::string_view("threat-actor"), std::string_view("report")};
  return std::find(kActing.begin(), kActing.end(), object.type) != kActing.end();
}

bool is_program(const Object& object) {
  return object.type == "malware" || object.type == "tool";
}

/// True where the bundle says of programs only that they use this technique.
bool is_only_ability(const Bundle& bundle, const Object& pattern) {
  bool is_ability = false;
  for (const Relationship& relationship : bundle.relationships) {
    if (relationship.type != "uses" || relationship.target != &pattern) continue;
    if (is_deed_of(*relationship.source)) return false;
    is_ability = is_ability || is_program(*relationship.source);
  }
  return is_ability;
}

bool is_technique_id(std::string_view text) {
  if (text.size() != 5 && text.size() != 9) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_digit = text[i] >= '0' && text[i] <= '9';
    const bool is_fixed = i == 0 || i == 5;
    if (is_fixed ? text[i] != (i == 0 ? 'T' : '.') : !is_digit) return false;
  }
  return true;
}

/// A sub-technique stands for its technique too.
Result<void> add_technique(std::string_view id, std::string_view field, Codes& codes) {
  if (!is_technique_id(id)) return {};
  if (id.size() > 5) ROG_CHECKED(codes.add_implied(id.substr(0, 5), field));
  return codes.add(id, field);
}

Result<void> add_pattern(const Object& pattern, Codes& codes) {
  ROG_TRY(const std::vector<Shape> references, pattern.shape.find_items("external_references"));
  for (const Shape& reference : references) {
    ROG_TRY(const std::string source, reference.find_text("source_name"));
    if (!source.starts_with("mitre-") || !source.ends_with("attack")) continue;
    const auto id = reference.find("external_id");
    if (!id) continue;
    ROG_TRY(const std::string text, id->text());
    ROG_CHECKED(add_technique(text, id->pointer(), codes));
  }
  return {};
}

Result<void> add_country(std::string_view prefix, const Object& location, Codes& codes) {
  const auto country = location.shape.find("country");
  if (location.type != "location" || !country) return {};
  ROG_TRY(const std::string code, country->text());
  return codes.add(std::string(prefix) + ".country." + code, country->pointer());
}

/// Where the object is, by `located-at`.
Result<void> add_places_of(const Bundle& bundle, std::string_view prefix, const Object& object,
                           Codes& codes) {
  ROG_CHECKED(add_country(prefix, object, codes));
  for (const Relationship& relationship : bundle.relationships) {
    if (relationship.type != "located-at" || relationship.source != &object) continue;
    ROG_CHECKED(add_country(prefix, *relationship.target, codes));
  }
  return {};
}

Result<void> add_places(const Bundle& bundle, Codes& codes) {
  for (const Relationship& relationship : bundle.relationships) {
    if (relationship.type != "targets") continue;
    ROG_CHECKED(add_places_of(bundle, "targets", *relationship.target, codes));
  }
  for (const Object& object : bundle.objects) {
    if (object.type != "threat-actor" && object.type != "infrastructure") continue;
    ROG_CHECKED(add_places_of(bundle, object.type, object, codes));
  }
  return {};
}

/// The object that the bundle is about.
const Object* find_subject(const Bundle& bundle) {
  constexpr std::array kSubjects = {std::string_view("incident"),      std::string_view("campaign"),
                                    std::string_view("report"),        std::string_view("grouping"),
                                    std::string_view("intrusion-set"), std::string_view("malware")};
  for (const std::string_view type : kSubjects) {
    for (const Object& object : bundle.objects) {
      if (object.type == type) return &object;
    }
  }
  return nullptr;
}

Result<law::ConductDates> read_dates(const Object& subject) {
  law::ConductDates out;
  ROG_TRY(const std::string first, subject.shape.find_text("first_seen"));
  ROG_TRY(const std::string last, subject.shape.find_text("last_seen"));
  out.from = detail::day_of(first);
  out.until = detail::day_of(last);
  if (!out.from) out.until.reset();
  if (out.until && *out.until < *out.from) {
    return subject.shape.error("`last_seen` is before `first_seen`");
  }
  return out;
}

Result<std::string> read_producer(const Bundle& bundle, const Object& subject) {
  ROG_TRY(const std::string id, subject.shape.find_text("created_by_ref"));
  const Object* const identity = bundle.find(id);
  if (identity == nullptr) return std::string();
  return identity->shape.find_text("name");
}

Result<detail::RecordHead> read_head(const Shape& root, const Object* subject) {
  detail::RecordHead out;
  ROG_TRY(const std::string bundle_id, root.find_text("id"));
  out.id = detail::make_id("stix", bundle_id.empty() ? "bundle" : bundle_id);
  out.title = "STIX bundle";
  if (subject != nullptr) {
    ROG_TRY(const std::string name, subject->shape.find_text("name"));
    if (!name.empty()) out.title = detail::shorten(name, 200);
    ROG_TRY(out.summary, subject->shape.find_text("description"));
    ROG_TRY(out.dates, read_dates(*subject));
  }
  out.source = {.id = std::string(detail::kRecord),
                .title = out.title,
                .where = bundle_id.empty() ? "STIX bundle" : bundle_id,
                .read_on = {}};
  return out;
}

Result<void> collect(const Bundle& bundle, Codes& done, Codes& able) {
  for (const Object& object : bundle.objects) {
    if (object.type == "malware") {
      ROG_CHECKED(done.add("stix.malware", object.shape.pointer()));
    }
    if (object.type != "attack-pattern") continue;
    ROG_CHECKED(add_pattern(object, is_only_ability(bundle, object) ? able : done));
  }
  return add_places(bundle, done);
}

}  // namespace

Result<Imported> import_stix(const base::Json& document, const Mappings& mappings) {
  const Shape root(document, kNoPlaces);
  ROG_TRY(const Bundle bundle, read_bundle(root));
  Codes done;
  Codes able;
  ROG_CHECKED(collect(bundle, done, able));
  const Object* const subject = find_subject(bundle);
  ROG_TRY(detail::RecordHead head, read_head(root, subject));
  std::string producer;
  if (subject != nullptr) {
    ROG_TRY(producer, read_producer(bundle, *subject));
  }
  if (producer.empty()) producer = mappings.attack.asserted_by;
  detail::FactSheet sheet(
      {.asserted_by = std::move(producer), .source = std::string(detail::kRecord)});
  sheet.apply(mappings.attack, done);
  sheet.apply(mappings.attack, able, /*made_for=*/true);
  std::vector<std::string> remarks;
  head.places = detail::read_places(mappings.attack, done, mappings.states, remarks);
  return detail::make_imported(std::move(head), std::move(sheet), std::move(remarks));
}

}  // namespace rogatory::conduct
