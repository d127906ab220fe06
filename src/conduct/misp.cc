// SPDX-License-Identifier: EUPL-1.2

#include <optional>
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

/// Values of objects that are codes are short words; longer ones are texts.
constexpr std::size_t kMaxValueBytes = 64;

/// Tags of an event, by the mapping that speaks of them.
struct EventCodes {
  Codes misp;
  Codes attack;
  Codes veris;
};

/// The technique at the end of `misp-galaxy:mitre-attack-pattern="Phishing - T1566"`.
std::optional<std::string_view> technique_of(std::string_view tag) {
  if (!tag.starts_with("misp-galaxy:mitre-")) return std::nullopt;
  const std::size_t dash = tag.rfind(" - T");
  if (dash == std::string_view::npos || !tag.ends_with('"')) return std::nullopt;
  tag.remove_suffix(1);
  return tag.substr(dash + 3);
}

/// `veris:action:hacking:variety="DoS"` as `action.hacking.variety.DoS`.
std::optional<std::string> veris_code_of(std::string_view tag) {
  constexpr std::string_view kPrefix = "veris:";
  const std::size_t equals = tag.find("=\"");
  if (!tag.starts_with(kPrefix) || equals == std::string_view::npos || !tag.ends_with('"')) {
    return std::nullopt;
  }
  std::string out(tag.substr(kPrefix.size(), equals - kPrefix.size()));
  for (char& c : out) {
    if (c == ':') c = '.';
  }
  out += '.';
  out += tag.substr(equals + 2, tag.size() - equals - 3);
  return out;
}

Result<void> add_tag(std::string_view tag, std::string_view field, EventCodes& codes) {
  if (const auto technique = technique_of(tag)) {
    const std::size_t dot = technique->find('.');
    if (dot != std::string_view::npos) {
      ROG_CHECKED(codes.attack.add_implied(technique->substr(0, dot), field));
    }
    return codes.attack.add(*technique, field);
  }
  const auto code = veris_code_of(tag);
  if (!code) return codes.misp.add(tag, field);
  const std::size_t first = code->find('.');
  const std::size_t second = code->find('.', first + 1);
  ROG_CHECKED(codes.veris.add_implied(std::string_view(*code).substr(0, second), field));
  return codes.veris.add(*code, field);
}

Result<void> add_named(const Shape& list_owner, std::string_view list, std::string_view member,
                       EventCodes& codes) {
  ROG_TRY(const std::vector<Shape> items, list_owner.find_items(list));
  for (const Shape& item : items) {
    const auto name = item.find(member);
    if (!name) continue;
    ROG_TRY(const std::string text, name->text());
    ROG_CHECKED(add_tag(text, name->pointer(), codes));
  }
  return {};
}

/// Tags and galaxy clusters of an event, an attribute or an object.
Result<void> add_tags(const Shape& node, EventCodes& codes) {
  ROG_CHECKED(add_named(node, "Tag", "name", codes));
  ROG_TRY(const std::vector<Shape> galaxies, node.find_items("Galaxy"));
  for (const Shape& galaxy : galaxies) {
    ROG_CHECKED(add_named(galaxy, "GalaxyCluster", "tag_name", codes));
  }
  return {};
}

Result<void> add_attributes(const Shape& node, EventCodes& codes) {
  ROG_TRY(const std::vector<Shape> attributes, node.find_items("Attribute"));
  for (const Shape& attribute : attributes) {
    ROG_CHECKED(attribute.object());
    ROG_CHECKED(add_tags(attribute, codes));
  }
  return {};
}

Result<void> add_object(const Shape& object, EventCodes& codes) {
  ROG_TRY(const std::string name, object.get_text("name"));
  const std::string code = "object." + name;
  ROG_CHECKED(codes.misp.add(code, object.pointer()));
  ROG_CHECKED(add_attributes(object, codes));
  ROG_TRY(const std::vector<Shape> attributes, object.find_items("Attribute"));
  for (const Shape& attribute : attributes) {
    const auto relation = attribute.find("object_relation");
    const auto value = attribute.find("value");
    if (!relation || !value || !value->json().is_string()) continue;
    ROG_TRY(const std::string relation_text, relation->text());
    ROG_TRY(const std::string value_text, value->text());
    if (value_text.size() > kMaxValueBytes) continue;
    std::string with_value = code;
    with_value.append(".").append(relation_text).append(".").append(value_text);
    ROG_CHECKED(codes.misp.add(with_value, value->pointer()));
  }
  return {};
}

Result<EventCodes> collect(const Shape& event) {
  EventCodes out;
  ROG_CHECKED(add_tags(event, out));
  ROG_CHECKED(add_attributes(event, out));
  ROG_TRY(const std::vector<Shape> objects, event.find_items("Object"));
  for (const Shape& object : objects) ROG_CHECKED(add_object(object, out));
  return out;
}

Result<detail::RecordHead> read_head(const Shape& event) {
  detail::RecordHead out;
  ROG_TRY(const std::string info, event.get_text("info"));
  ROG_TRY(const std::string uuid, event.find_text("uuid"));
  out.id = detail::make_id("misp", uuid.empty() ? "event" : uuid);
  out.title = detail::shorten(info, 200);
  out.source = {.id = std::string(detail::kRecord),
                .title = out.title,
                .where = "MISP event " + uuid,
                .read_on = {}};
  const auto date = event.find("date");
  if (!date) return out;
  ROG_TRY(out.dates.from, date->date());
  return out;
}

Result<std::string> read_organisation(const Shape& event) {
  for (const std::string_view key : {"Orgc", "Org"}) {
    const auto organisation = event.find(key);
    if (!organisation) continue;
    ROG_TRY(std::string name, organisation->find_text("name"));
    if (!name.empty()) return name;
  }
  return std::string();
}

/// Object values are listed only where a rule speaks of them: most are indicators.
void drop_object_values(std::vector<UnmappedCode>& unmapped) {
  std::erase_if(unmapped, [](const UnmappedCode& one) {
    return one.code.starts_with("object.") && one.code.find('.', 7) != std::string::npos;
  });
}

}  // namespace

Result<Imported> import_misp(const base::Json& document, const Mappings& mappings) {
  const Shape root(document, kNoPlaces);
  const Shape event = root.find("Event").value_or(root);
  ROG_CHECKED(event.object());
  ROG_TRY(detail::RecordHead head, read_head(event));
  ROG_TRY(const EventCodes codes, collect(event));
  ROG_TRY(std::string organisation, read_organisation(event));
  if (organisation.empty()) organisation = mappings.misp.asserted_by;
  detail::FactSheet sheet(
      {.asserted_by = std::move(organisation), .source = std::string(detail::kRecord)});
  sheet.apply(mappings.misp, codes.misp);
  sheet.apply(mappings.attack, codes.attack);
  sheet.apply(mappings.veris, codes.veris);
  std::vector<std::string> remarks;
  if (head.dates.from) {
    remarks.emplace_back(
        "the date is the event's date of reference; check when the acts were done");
  }
  head.places = detail::read_places(mappings.misp, codes.misp, mappings.states, remarks);
  Imported out = detail::make_imported(std::move(head), std::move(sheet), std::move(remarks));
  drop_object_values(out.unmapped);
  return out;
}

}  // namespace rogatory::conduct
