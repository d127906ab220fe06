// SPDX-License-Identifier: EUPL-1.2

#include "corpus/detail/read_provision.h"

#include <utility>

#include "corpus/detail/read_cooperation.h"
#include "corpus/detail/read_node.h"

namespace rogatory::corpus::detail {
namespace {

law::Option read_option(const Cursor& at, const law::Citation& above, const std::string& owner) {
  law::Option option{.id = at.text("id"),
                     .by = read_option_by(at),
                     .under = at.text("under"),
                     .point = at.text("point"),
                     .citation = read_citation(at, above)};
  option.add = read_node_under(at, "add", option.citation, owner);
  option.drops_provision = at.flag("drop");
  option.drop_elements = at.texts("drop_elements");
  return option;
}

law::Reading read_reading(const Cursor& at, const law::Citation& above, const std::string& owner) {
  law::Reading reading{.id = at.text("id"), .citation = read_citation(at, above), .replace = {}};
  for (const auto& [element, node] : at.members("replace")) {
    reading.replace.emplace_back(element, read_node(node, reading.citation, owner));
  }
  return reading;
}

law::Period read_period(const Cursor& at, const law::Citation& above) {
  if (!at.has("from")) at.fail("a period needs `from`");
  return {.range = read_range(at),
          .state = at.choice("state", law::PeriodState::kInForce),
          .citation = read_citation(at, above)};
}

law::Penalty read_penalty(const Cursor& at, const law::Citation& above, const std::string& owner) {
  law::Penalty penalty{.form = at.text("form"),
                       .when = {},
                       .max_months = at.integer("max_months"),
                       .max = at.text("max"),
                       .citation = read_citation(at, above)};
  penalty.when = read_node_under(at, "when", penalty.citation, owner);
  return penalty;
}

}  // namespace

law::Provision read_provision(const Cursor& at, const law::Citation& defaults, const Owner& owner) {
  law::Provision out;
  out.id = full_id(owner.id, at.text("id"));
  out.owner = owner.id;
  out.is_of_state = owner.is_state;
  out.act_id = owner.act_id;
  out.act_title = owner.act_title;
  out.article = at.text("article");
  out.title = at.text("title");
  out.kind = at.choice("kind", law::ProvisionKind::kGeneral);
  out.citation = read_citation(at, defaults);
  out.penalty_kind = at.text("penalty_kind");
  out.elements_unknown = at.text("elements_unknown");
  out.safeguards = at.texts("safeguards");
  out.elements = read_node_under(at, "elements", out.citation, owner.id);
  out.sanction = at.choice("sanction", law::Sanction::kCriminal);
  for (const Cursor& item : at.items("options")) {
    out.options.push_back(read_option(item, out.citation, owner.id));
  }
  for (const Cursor& item : at.items("readings")) {
    out.readings.push_back(read_reading(item, out.citation, owner.id));
  }
  for (const Cursor& item : at.items("periods")) {
    out.periods.push_back(read_period(item, out.citation));
  }
  for (const Cursor& item : at.items("penalties")) {
    out.penalties.push_back(read_penalty(item, out.citation, owner.id));
  }
  read_cooperation(at, out);
  return out;
}

}  // namespace rogatory::corpus::detail
