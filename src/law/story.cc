// SPDX-License-Identifier: EUPL-1.2
// Stories as sentences: `story_text` and `lacking_text` of law/entail.h.
#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <vector>

#include "law/entail.h"
#include "law/evaluate.h"

namespace rogatory::law {
namespace {

using Texts = std::vector<std::string>;

/// What follows from an atom by clauses with one premise.
std::vector<AtomId> implied_by(const LawBook& book, AtomId start) {
  std::vector<AtomId> out{start};
  for (std::size_t i = 0; i < out.size(); ++i) {
    for (const std::uint32_t clause : book.theory().occurrences(negative(out[i]))) {
      const auto literals = book.theory().literals(clause);
      if (literals.size() != 2) continue;
      for (const Literal lit : literals) {
        const bool is_new = std::ranges::find(out, atom_of(lit)) == out.end();
        if (!is_negative(lit) && is_new) out.push_back(atom_of(lit));
      }
    }
  }
  return out;
}

/// The atoms worth telling: without those that follow from another one.
std::vector<AtomId> told_of(const LawBook& book, const Story& story) {
  std::vector<AtomId> told = story.holds;
  for (const AtomId atom : story.holds) {
    if (std::ranges::find(told, atom) == told.end()) continue;
    for (const AtomId implied : implied_by(book, atom)) {
      if (implied != atom) std::erase(told, implied);
    }
  }
  std::ranges::sort(told);
  return told;
}

/// `a, b and c`.
std::string listed(const Texts& parts) {
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i != 0) out += i + 1 == parts.size() ? " and " : ", ";
    out += parts[i];
  }
  return out;
}

/// What is said of one conduct, or of one that is intended or that a tool is made for.
class Telling {
 public:
  explicit Telling(const LawBook& book) : book_(book) {}

  void add(AtomId atom) {
    const Atom& a = book_.atoms()[atom];
    if (a.kind == Atom::Kind::kThreshold) {
      others_.push_back("with a " + amount(a.threshold));
    } else if (a.kind == Atom::Kind::kOpen) {
      others_.push_back("where this is so: " + a.name);
    } else {
      add_term(book_.term_of(atom));
    }
  }

  /// ` on purpose, alters data in respect of personal data, ...`, to follow a subject.
  [[nodiscard]] std::string predicate() const {
    std::string out;
    if (!manners_.empty()) out += ", " + listed(manners_) + ",";
    out += ' ' + acts_upon_objects();
    for (const std::string& other : others_) out += ", " + other;
    if (!results_.empty()) out += ", with the result that " + listed(results_);
    if (!persons_.empty()) out += ", where " + listed(persons_);
    return out;
  }

 private:
  static std::string amount(const Threshold& threshold) {
    return threshold.quantity.substr(threshold.quantity.find('.') + 1) +
           " of which this holds: " + threshold_text(threshold);
  }

  void add_term(const Term& term) {
    switch (term.kind) {
      case TermKind::kAct:
        acts_.push_back(term.phrase);
        return;
      case TermKind::kObject:
        objects_.push_back(term.phrase);
        return;
      case TermKind::kMental:
        // An aim is told after the act, a state of mind before it.
        (is_aim(term.phrase) ? others_ : manners_).push_back(term.phrase);
        return;
      case TermKind::kCircumstance:
        (term.phrase == "without right" ? manners_ : others_).push_back(term.phrase);
        return;
      case TermKind::kMeans:
        others_.push_back(term.phrase);
        return;
      case TermKind::kResult:
        results_.push_back(term.phrase);
        return;
      case TermKind::kRequest:  // beside the conduct: no story of an offence has one
      case TermKind::kPerson:
        persons_.push_back(term.phrase);
        return;
    }
  }

  static bool is_aim(std::string_view phrase) {
    return phrase.starts_with("to ") || phrase.starts_with("so that ") ||
           phrase.starts_with("with ");
  }

  /// Vocabulary phrases speak of `the item`; a story with one object can name it.
  [[nodiscard]] std::string acts_upon_objects() const {
    Texts acts = acts_;
    bool is_named = false;
    if (objects_.size() == 1) {
      for (std::string& act : acts) is_named = name_object(act) || is_named;
    }
    std::string out = acts.empty() ? "acts" : listed(acts);
    if (objects_.empty() || is_named) return out;
    return out + " in respect of " + listed(objects_);
  }

  bool name_object(std::string& act) const {
    constexpr std::array<std::string_view, 5> kPlaceholders{"the item", "the tool", "the goods",
                                                            "the material", "the device"};
    for (const std::string_view placeholder : kPlaceholders) {
      const std::size_t at = act.find(placeholder);
      if (at == std::string::npos) continue;
      act.replace(at, placeholder.size(), objects_.front());
      return true;
    }
    return false;
  }

  const LawBook& book_;
  Texts manners_;
  Texts acts_;
  Texts objects_;
  Texts others_;
  Texts results_;
  Texts persons_;
};

/// `meaning that somebody`; scopes within scopes follow one another.
std::string subject_of(const std::vector<Scope>& path) {
  std::string out;
  for (const Scope scope : path) {
    switch (scope) {
      case Scope::kIntended:
        out += out.empty() ? "intending that " : "intends that ";
        break;
      case Scope::kDesigned:
        out += out.empty() ? "the tool being made so that " : "deals with a tool made so that ";
        break;
      case Scope::kPrincipal:
        out += out.empty() ? "in a case where " : "helps in a case where ";
        break;
    }
    out += "somebody ";
  }
  out.pop_back();
  return out;
}

/// The atoms under `id` that hold or fail, as labels.
void collect_labels(const LawBook& book, FormulaId id, Texts& out) {
  const FlatNode& node = book.formulas()[id];
  if (node.op == Op::kAtom) {
    out.push_back(atom_text(book, node.first));
    return;
  }
  for (std::uint32_t i = 0; i < node.count; ++i) {
    collect_labels(book, book.formulas().child(id, i), out);
  }
}

/// One element in words: its alternatives, the first ones where they are many.
std::string element_words(const LawBook& book, FormulaId id) {
  constexpr std::size_t kMaxAlternatives = 3;
  Texts labels;
  collect_labels(book, id, labels);
  const bool is_any = book.formulas()[id].op == Op::kAny;
  std::string out;
  for (std::size_t i = 0; i < std::min(labels.size(), kMaxAlternatives); ++i) {
    out += (i == 0 ? "" : is_any ? " or " : " with ") + labels[i];
  }
  return labels.size() > kMaxAlternatives ? out + " and so on" : out;
}

/// What one formula lacks, or which exception of it holds.
struct Lack {
  Texts elements;
  Texts exceptions;
};

void find_lack(const LawBook& book, FormulaId id, const std::vector<Truth>& values, Lack& out) {
  const FormulaPool& pool = book.formulas();
  const FlatNode& node = pool[id];
  if (evaluate_kleene(pool, id, values) == Truth::kTrue) return;
  if (node.op == Op::kUnless) {
    find_lack(book, pool.child(id, 0), values, out);
    for (std::uint32_t i = 1; i < node.count; ++i) {
      const FormulaId when = pool.child(pool.child(id, i), 0);
      if (evaluate_kleene(pool, when, values) != Truth::kTrue) continue;
      out.exceptions.push_back(element_words(book, when));
    }
    return;
  }
  if (node.op != Op::kAll) {
    out.elements.push_back(element_words(book, id));
    return;
  }
  for (std::uint32_t i = 0; i < node.count; ++i) find_lack(book, pool.child(id, i), values, out);
}

}  // namespace

std::string story_text(const LawBook& book, const Story& story) {
  std::map<std::vector<Scope>, Telling> clauses;
  for (const AtomId atom : told_of(book, story)) {
    clauses.try_emplace(book.atoms()[atom].scope, book).first->second.add(atom);
  }
  if (clauses.empty()) return "Any conduct.";
  std::string out = "A person who";
  const auto own = clauses.find({});
  out += own == clauses.end() ? " acts" : own->second.predicate();
  for (const auto& [scope, clause] : clauses) {
    if (!scope.empty()) out += ", " + subject_of(scope) + clause.predicate();
  }
  return out + ".";
}

std::string lacking_text(const LawBook& book, const Story& story,
                         std::span<const FormulaId> formulas) {
  std::vector<Truth> values(book.atoms().size(), Truth::kFalse);
  for (const AtomId atom : story.holds) values[atom] = Truth::kTrue;
  std::optional<Lack> nearest;
  for (const FormulaId id : formulas) {
    Lack lack;
    find_lack(book, id, values, lack);
    const std::size_t size = lack.elements.size() + lack.exceptions.size();
    if (!nearest || size < nearest->elements.size() + nearest->exceptions.size()) nearest = lack;
  }
  std::string out;
  if (!nearest) return out;
  for (const auto& [intro, parts] : {std::pair("Lacking there: ", nearest->elements),
                                     std::pair("Excepted there: ", nearest->exceptions)}) {
    if (parts.empty()) continue;
    out += out.empty() ? "" : " ";
    out += intro;
    for (std::size_t i = 0; i < parts.size(); ++i) out += (i == 0 ? "" : "; ") + parts[i];
    out += ".";
  }
  return out;
}

}  // namespace rogatory::law
