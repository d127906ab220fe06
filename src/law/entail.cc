// SPDX-License-Identifier: EUPL-1.2
#include "law/entail.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "law/detail/cone.h"
#include "law/detail/sat.h"

namespace rogatory::law {

using detail::SatLiteral;

struct Reasoner::Impl {
  explicit Impl(const LawBook& law_book) : book(law_book) { sat.add_theory(book.theory()); }

  std::vector<SatLiteral> assumptions(std::span<const FormulaId> holds,
                                      std::span<const FormulaId> fails) {
    std::vector<SatLiteral> out;
    for (const FormulaId id : holds) out.push_back(sat.encode(book.formulas(), id));
    for (const FormulaId id : fails) out.push_back(-sat.encode(book.formulas(), id));
    return out;
  }

  /// The atoms that the formulas mention.
  std::vector<AtomId> atoms_of(std::span<const FormulaId> a, std::span<const FormulaId> b) {
    if (nothing_known.empty()) nothing_known.assign(book.atoms().size(), Truth::kUnknown);
    std::vector<AtomId> out;
    for (const auto& ids : {a, b}) {
      for (const FormulaId id : ids) {
        for (const AtomId atom : detail::open_atoms(book.formulas(), id, nothing_known)) {
          out.push_back(atom);
        }
      }
    }
    std::ranges::sort(out);
    const auto [first, last] = std::ranges::unique(out);
    out.erase(first, last);
    return out;
  }

  /// Which of the atoms hold in the model just found.
  std::vector<bool> model_of(const std::vector<AtomId>& atoms) {
    std::vector<bool> out;
    out.reserve(atoms.size());
    for (const AtomId atom : atoms) out.push_back(sat.model(sat.literal(positive(atom))));
    return out;
  }

  /// Does `narrow` imply `wide` by the entailments that are at least so sure?
  bool implies_by(Confidence least, FormulaId narrow, std::span<const FormulaId> wide) {
    auto& surer = surer_sat[static_cast<std::size_t>(least)];
    if (surer == nullptr) {
      surer = std::make_unique<detail::Sat>();
      surer->add_theory(book.theory(), least);
    }
    std::vector<SatLiteral> assumed{surer->encode(book.formulas(), narrow)};
    for (const FormulaId id : wide) assumed.push_back(-surer->encode(book.formulas(), id));
    return !surer->is_satisfiable(assumed);
  }

  const LawBook& book;
  detail::Sat sat;
  /// By the least sure entailment they hold; made when asked for.
  std::array<std::unique_ptr<detail::Sat>, 3> surer_sat;
  std::vector<Truth> nothing_known;
};

Reasoner::Reasoner(const LawBook& book) : impl_(std::make_unique<Impl>(book)) {}
Reasoner::~Reasoner() = default;

bool Reasoner::is_satisfiable(std::span<const FormulaId> holds, std::span<const FormulaId> fails) {
  return impl_->sat.is_satisfiable(impl_->assumptions(holds, fails));
}

bool Reasoner::implies(FormulaId narrow, std::span<const FormulaId> wide) {
  return !is_satisfiable(std::vector<FormulaId>{narrow}, wide);
}

Confidence Reasoner::sureness_of(FormulaId narrow, std::span<const FormulaId> wide) {
  for (const Confidence least : {Confidence::kFound, Confidence::kDerived}) {
    if (impl_->implies_by(least, narrow, wide)) return least;
  }
  return Confidence::kRecalled;
}

std::optional<Story> Reasoner::find_story(std::span<const FormulaId> holds,
                                          std::span<const FormulaId> fails) {
  std::vector<SatLiteral> fixed = impl_->assumptions(holds, fails);
  const LawBook& book = impl_->book;
  std::vector<AtomId> atoms = impl_->atoms_of(holds, fails);
  const auto is_typical = [&](AtomId atom) {
    return book.atoms()[atom].kind == Atom::Kind::kTerm && book.term_of(atom).is_typical;
  };
  // Untypical terms are tried for absence first, so that what remains is the natural story.
  std::ranges::sort(atoms, {}, [&](AtomId atom) { return std::pair(is_typical(atom), atom); });
  if (!impl_->sat.is_satisfiable(fixed)) return std::nullopt;
  // Atoms that the last model leaves out can be left out: only the others are asked of the solver.
  std::vector<bool> holds_in_model = impl_->model_of(atoms);
  Story story;
  for (std::size_t i = 0; i < atoms.size(); ++i) {
    const SatLiteral lit = impl_->sat.literal(positive(atoms[i]));
    fixed.push_back(-lit);
    if (!holds_in_model[i]) continue;
    if (impl_->sat.is_satisfiable(fixed)) {
      holds_in_model = impl_->model_of(atoms);
      continue;
    }
    fixed.back() = lit;
    story.holds.push_back(atoms[i]);
  }
  std::ranges::sort(story.holds);
  return story;
}

std::optional<std::vector<FormulaId>> Reasoner::find_cover(FormulaId narrow,
                                                           std::span<const FormulaId> wide) {
  std::vector<FormulaId> cover(wide.begin(), wide.end());
  const std::vector<FormulaId> base{narrow};
  std::vector<SatLiteral> assumed = impl_->assumptions(base, cover);
  if (impl_->sat.is_satisfiable(assumed)) return std::nullopt;
  std::vector<FormulaId> needed;
  for (std::size_t i = 0; i < cover.size(); ++i) {
    if (impl_->sat.failed(assumed[i + 1])) needed.push_back(cover[i]);
  }
  for (std::size_t i = needed.size(); i-- > 0;) {
    std::vector<FormulaId> fewer = needed;
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
    if (implies(narrow, fewer)) needed = std::move(fewer);
  }
  return needed;
}

namespace {

/// ` (as intended)`. The same scope twice gets other words the second time: a device made for
/// dealing in a tool that is itself made for something.
std::string scope_words(const std::vector<Scope>& path) {
  std::string out;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const bool is_again = i != 0 && path[i - 1] == path[i];
    out += i == 0 ? " (" : ", ";
    switch (path[i]) {
      case Scope::kIntended:
        out += is_again ? "intended in turn" : "as intended";
        break;
      case Scope::kDesigned:
        out += is_again ? "by a tool made for that in turn" : "what the tool is made for";
        break;
      case Scope::kPrincipal:
        out += is_again ? "helped in turn" : "by the person helped";
        break;
    }
  }
  return out.empty() ? out : out + ")";
}

}  // namespace

std::string atom_text(const LawBook& book, AtomId atom) {
  const Atom& a = book.atoms()[atom];
  std::string out;
  switch (a.kind) {
    case Atom::Kind::kTerm:
      out = book.term_of(atom).label;
      break;
    case Atom::Kind::kThreshold: {
      const Quantity* quantity = book.vocabulary.find_quantity(a.threshold.quantity);
      const std::string_view words[] = {"at least", "more than", "at most", "less than"};
      out = fmt::format("{} {} {}", quantity == nullptr ? a.threshold.quantity : quantity->label,
                        words[static_cast<std::size_t>(a.threshold.op)], a.threshold.value);
      if (!a.threshold.currency.empty()) out += " " + a.threshold.currency;
      break;
    }
    case Atom::Kind::kOpen:
      out = a.name;
      break;
  }
  return out + scope_words(a.scope);
}

std::string atom_question(const LawBook& book, AtomId atom) {
  const Atom& a = book.atoms()[atom];
  std::string out;
  if (a.kind == Atom::Kind::kTerm) out = book.term_of(atom).question;
  if (a.kind == Atom::Kind::kThreshold) {
    out = fmt::format("Is it so that {}?", atom_text(book, atom));
  }
  if (a.kind == Atom::Kind::kOpen) {
    std::string what = a.name;
    if (what.ends_with('.')) what.pop_back();
    out = fmt::format("How is this reference resolved for the two States: {}?", what);
  }
  if (a.scope.empty()) return out;
  switch (a.scope.front()) {
    case Scope::kIntended:
      return "Of what the person intended: " + out;
    case Scope::kDesigned:
      return "Of what the tool is made for: " + out;
    case Scope::kPrincipal:
      return "Of the other person's conduct: " + out;
  }
  return out;
}

}  // namespace rogatory::law
