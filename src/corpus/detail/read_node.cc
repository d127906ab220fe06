// SPDX-License-Identifier: EUPL-1.2

#include "corpus/detail/read_node.h"

#include <array>
#include <utility>

namespace rogatory::corpus::detail {
namespace {

using law::NodeKind;
using law::ReferAs;

constexpr std::array kKinds = std::to_array<std::pair<std::string_view, NodeKind>>({
    {"term", NodeKind::kTerm},
    {"quantity", NodeKind::kThreshold},
    {"open", NodeKind::kOpen},
    {"refer", NodeKind::kRefer},
    {"all", NodeKind::kAll},
    {"any", NodeKind::kAny},
    {"none", NodeKind::kNone},
});

constexpr std::array kReferAs = std::to_array<std::pair<std::string_view, ReferAs>>({
    {"intent_to_commit", ReferAs::kIntentToCommit},
    {"attempt_of", ReferAs::kAttemptOf},
    {"preparation_of", ReferAs::kPreparationOf},
    {"meant_for", ReferAs::kMeantFor},
    {"aiding_of", ReferAs::kAidingOf},
});

// The key that says what the node is, such as `term`.
std::string_view kind_key(const Cursor& at) {
  std::string_view found;
  for (const auto& [key, kind] : kKinds) {
    if (!at.has(key)) continue;
    if (!found.empty()) {
      at.fail("a node has either `" + std::string(found) + "` or `" + std::string(key) + "`");
      return found;
    }
    found = key;
  }
  if (found.empty()) {
    at.fail("a node needs one of `term`, `quantity`, `refer`, `open`, `all`, `any`, `none`");
  }
  return found;
}

NodeKind kind_of_key(std::string_view name) {
  for (const auto& [key, kind] : kKinds) {
    if (key == name) return kind;
  }
  return NodeKind::kAll;
}

ReferAs read_refer_as(const Cursor& at) {
  const std::string name = at.text("as");
  for (const auto& [key, value] : kReferAs) {
    if (key == name) return value;
  }
  at.fail(
      "`refer` needs `as`: `intent_to_commit`, `attempt_of`, `preparation_of`, `meant_for` or "
      "`aiding_of`");
  return ReferAs::kIntentToCommit;
}

std::vector<law::Scope> read_scope(const Cursor& at) {
  std::vector<law::Scope> out;
  for (const std::string& name : at.texts("in")) {
    if (const auto scope = law::from_text<law::Scope>(name)) {
      out.push_back(*scope);
    } else {
      at.fail("`in` is `intended`, `designed` or `principal`, not `" + name + "`");
    }
  }
  return out;
}

law::Threshold read_threshold(const Cursor& at) {
  if (!at.has("op") || !at.has("value")) at.fail("a threshold needs `op` and `value`");
  return {.quantity = at.text("quantity"),
          .op = at.choice("op", law::Comparison::kGe),
          .value = at.number("value"),
          .currency = at.text("currency")};
}

std::vector<law::Exception> read_exceptions(const Cursor& at, const law::Citation& above,
                                            std::string_view owner) {
  std::vector<law::Exception> out;
  for (const Cursor& item : at.items("unless")) {
    law::Exception exception;
    exception.id = item.text("id");
    exception.role = item.choice("role", law::Role::kExclusion);
    exception.is_redundant = item.flag("redundant");
    exception.citation = read_citation(item, above);
    exception.when = read_node_under(item, "when", exception.citation, owner);
    if (!item.has("role")) item.fail("an exception needs a `role`");
    if (exception.when.empty()) item.fail("an exception needs `when`");
    out.push_back(std::move(exception));
  }
  return out;
}

void read_children(const std::vector<Cursor>& items, std::string_view owner, law::Node& node) {
  node.children.reserve(items.size());
  for (const Cursor& item : items) {
    node.children.push_back(read_node(item, node.citation, owner));
  }
}

void read_content(const Cursor& at, std::string_view key, std::string_view owner, law::Node& node) {
  switch (node.kind) {
    case NodeKind::kTerm:
      node.term = at.text(key);
      return;
    case NodeKind::kThreshold:
      node.threshold = read_threshold(at);
      return;
    case NodeKind::kOpen:
      node.open = at.text(key);
      return;
    case NodeKind::kRefer:
      node.refer_as = read_refer_as(at);
      for (const std::string& id : at.texts(key)) node.refer_to.push_back(full_id(owner, id));
      return;
    case NodeKind::kAll:
    case NodeKind::kAny:
    case NodeKind::kNone:
      read_children(at.items(key), owner, node);
      return;
  }
}

}  // namespace

law::Citation read_citation(const Cursor& at, const law::Citation& above) {
  law::Citation out;
  out.cite = at.has("cite") ? at.text("cite") : above.cite;
  out.says = at.text("says");
  out.note = at.text("note");
  out.confidence = at.choice("confidence", above.confidence);
  const bool is_own_memory = at.has("confidence") && out.confidence == law::Confidence::kRecalled;
  const bool takes_source = !at.has("source") && !is_own_memory;
  out.source = takes_source ? above.source : at.text("source");
  out.pin = at.has("pin") || !takes_source ? at.text("pin") : above.pin;
  out.place = at.place();
  return out;
}

law::Node read_node(const Cursor& at, const law::Citation& above, std::string_view owner) {
  law::Node node;
  const std::string_view key = kind_key(at);
  node.kind = kind_of_key(key);
  node.id = at.text("id");
  node.citation = read_citation(at, above);
  node.scope = read_scope(at);
  node.is_evaluative = at.flag("evaluative");
  node.is_redundant = at.flag("redundant");
  read_content(at, key, owner, node);
  node.unless = read_exceptions(at, node.citation, owner);
  return node;
}

std::vector<law::Node> read_node_under(const Cursor& at, std::string_view key,
                                       const law::Citation& above, std::string_view owner) {
  std::vector<law::Node> out;
  if (at.has(key)) out.push_back(read_node(at.at(key), above, owner));
  return out;
}

base::DateRange read_range(const Cursor& at) {
  return {.from = at.date("from").value_or(base::Date::earliest()), .until = at.date("until")};
}

law::OptionBy read_option_by(const Cursor& at) {
  const std::string by = at.text("by");
  if (by != "declaration" && by != "reservation") {
    at.fail("`by` is `declaration` or `reservation`");
  }
  return by == "reservation" ? law::OptionBy::kReservation : law::OptionBy::kDeclaration;
}

std::string full_id(std::string_view owner, std::string_view id) {
  if (id.find(':') != std::string_view::npos) return std::string(id);
  return std::string(owner) + ':' + std::string(id);
}

}  // namespace rogatory::corpus::detail
