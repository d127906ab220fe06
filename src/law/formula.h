// SPDX-License-Identifier: EUPL-1.2
// Atoms and compiled formulas. An atom is a term, threshold or open reference asked in a scope; a
// formula is a node of a `FormulaPool`. Both are append-only while the law book is linked and
// immutable afterwards.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "law/provision.h"
#include "law/types.h"

namespace rogatory::law {

using AtomId = std::uint32_t;
using FormulaId = std::uint32_t;

inline constexpr AtomId kNoAtom = 0xffffffffU;
inline constexpr FormulaId kNoFormula = 0xffffffffU;

struct Atom {
  enum class Kind : std::uint8_t { kTerm, kThreshold, kOpen };
  Kind kind = Kind::kTerm;
  std::vector<Scope> scope;
  std::string name;     ///< term id, or the text of the open reference
  Threshold threshold;  ///< for kThreshold
};

/// The key under which an atom is interned: `act.access`, `intended:act.access`, `qty.loss ge 5000
/// USD`.
[[nodiscard]] std::string atom_key(const std::vector<Scope>& scope, std::string_view name);
[[nodiscard]] std::string threshold_text(const Threshold& threshold);
[[nodiscard]] std::string scope_text(const std::vector<Scope>& scope);

class AtomTable {
 public:
  AtomTable() = default;
  AtomTable(AtomTable&&) noexcept = default;
  AtomTable& operator=(AtomTable&&) noexcept = default;
  // `by_key_` points into `keys_`.
  AtomTable(const AtomTable&) = delete;
  AtomTable& operator=(const AtomTable&) = delete;

  AtomId intern_term(const std::vector<Scope>& scope, std::string_view term);
  AtomId intern_threshold(const std::vector<Scope>& scope, const Threshold& threshold);
  AtomId intern_open(const std::vector<Scope>& scope, std::string_view text);
  /// The same atom as in another table.
  AtomId intern_from(const AtomTable& other, AtomId id);

  [[nodiscard]] AtomId find(std::string_view key) const;  ///< kNoAtom when absent
  [[nodiscard]] AtomId find_term(const std::vector<Scope>& scope, std::string_view term) const;
  [[nodiscard]] const Atom& operator[](AtomId id) const { return atoms_[id]; }
  [[nodiscard]] const std::string& key(AtomId id) const { return keys_[id]; }
  [[nodiscard]] std::size_t size() const { return atoms_.size(); }

 private:
  template <class MakeAtom>
  AtomId intern(std::string key, const MakeAtom& make_atom);

  std::vector<Atom> atoms_;
  std::deque<std::string> keys_;  ///< with stable addresses
  std::unordered_map<std::string_view, AtomId> by_key_;
};

enum class Op : std::uint8_t {
  kAtom,       ///< `first` is the atom
  kAll,        ///< empty: true
  kAny,        ///< empty: false
  kNone,       ///< no child holds
  kUnless,     ///< first child is the base; the others are kException
  kException,  ///< one child: its `when`
};

struct FlatNode {
  Op op = Op::kAll;
  Role role = Role::kElement;  ///< of a kException
  std::uint32_t first = 0;     ///< atom, or start in `kids`
  std::uint32_t count = 0;     ///< number of children
};

class FormulaPool {
 public:
  FormulaId add_atom(AtomId atom);
  FormulaId add(Op op, const std::vector<FormulaId>& children, Role role = Role::kElement);
  /// Gives every atom its new number.
  void renumber_atoms(const std::vector<AtomId>& new_ids);

  [[nodiscard]] const FlatNode& operator[](FormulaId id) const { return nodes_[id]; }
  [[nodiscard]] FormulaId child(FormulaId id, std::uint32_t i) const {
    return kids_[nodes_[id].first + i];
  }
  [[nodiscard]] std::size_t size() const { return nodes_.size(); }

 private:
  std::vector<FlatNode> nodes_;
  std::vector<FormulaId> kids_;
};

}  // namespace rogatory::law
