// SPDX-License-Identifier: EUPL-1.2
#include "law/formula.h"

#include <fmt/format.h>

namespace rogatory::law {

std::string scope_text(const std::vector<Scope>& scope) {
  std::string out;
  for (const Scope s : scope) {
    if (!out.empty()) out += '.';
    out += to_text(s);
  }
  return out;
}

std::string atom_key(const std::vector<Scope>& scope, std::string_view name) {
  std::string out = scope_text(scope);
  if (!out.empty()) out += ':';
  return out.append(name);
}

std::string threshold_text(const Threshold& t) {
  std::string out = fmt::format("{} {} {}", t.quantity, to_text(t.op), t.value);
  if (!t.currency.empty()) out += " " + t.currency;
  return out;
}

template <class MakeAtom>
AtomId AtomTable::intern(std::string key, const MakeAtom& make_atom) {
  const auto known = by_key_.find(key);
  if (known != by_key_.end()) return known->second;
  const auto id = static_cast<AtomId>(atoms_.size());
  by_key_.emplace(keys_.emplace_back(std::move(key)), id);
  atoms_.push_back(make_atom());
  return id;
}

AtomId AtomTable::intern_term(const std::vector<Scope>& scope, std::string_view term) {
  return intern(atom_key(scope, term), [&] {
    return Atom{
        .kind = Atom::Kind::kTerm, .scope = scope, .name = std::string(term), .threshold = {}};
  });
}

AtomId AtomTable::intern_threshold(const std::vector<Scope>& scope, const Threshold& threshold) {
  return intern(atom_key(scope, threshold_text(threshold)), [&] {
    return Atom{.kind = Atom::Kind::kThreshold, .scope = scope, .name = {}, .threshold = threshold};
  });
}

AtomId AtomTable::intern_open(const std::vector<Scope>& scope, std::string_view text) {
  return intern(atom_key(scope, "open " + std::string(text)), [&] {
    return Atom{
        .kind = Atom::Kind::kOpen, .scope = scope, .name = std::string(text), .threshold = {}};
  });
}

AtomId AtomTable::intern_from(const AtomTable& other, AtomId id) {
  return intern(other.key(id), [&] { return other[id]; });
}

AtomId AtomTable::find(std::string_view key) const {
  const auto it = by_key_.find(key);
  return it == by_key_.end() ? kNoAtom : it->second;
}

AtomId AtomTable::find_term(const std::vector<Scope>& scope, std::string_view term) const {
  return find(atom_key(scope, term));
}

FormulaId FormulaPool::add_atom(AtomId atom) {
  nodes_.push_back({.op = Op::kAtom, .role = Role::kElement, .first = atom, .count = 0});
  return static_cast<FormulaId>(nodes_.size() - 1);
}

FormulaId FormulaPool::add(Op op, const std::vector<FormulaId>& children, Role role) {
  const auto first = static_cast<std::uint32_t>(kids_.size());
  kids_.insert(kids_.end(), children.begin(), children.end());
  nodes_.push_back({.op = op,
                    .role = role,
                    .first = first,
                    .count = static_cast<std::uint32_t>(children.size())});
  return static_cast<FormulaId>(nodes_.size() - 1);
}

void FormulaPool::renumber_atoms(const std::vector<AtomId>& new_ids) {
  for (FlatNode& node : nodes_) {
    if (node.op == Op::kAtom) node.first = new_ids[node.first];
  }
}

}  // namespace rogatory::law
