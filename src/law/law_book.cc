// SPDX-License-Identifier: EUPL-1.2
#include "law/law_book.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/text.h"
#include "law/detail/common.h"
#include "law/detail/needs_exact.h"

namespace rogatory::law {
namespace {

using detail::lint_error;

Scope scope_of(ReferAs as) {
  switch (as) {
    case ReferAs::kIntentToCommit:
    case ReferAs::kAttemptOf:
    case ReferAs::kPreparationOf:
      return Scope::kIntended;
    case ReferAs::kMeantFor:
      return Scope::kDesigned;
    case ReferAs::kAidingOf:
      return Scope::kPrincipal;
  }
  return Scope::kIntended;
}

Node constant(bool value) {
  Node node;
  node.kind = value ? NodeKind::kAll : NodeKind::kAny;
  return node;
}

bool is_constant(const Node& node, bool value) {
  return node.kind == (value ? NodeKind::kAll : NodeKind::kAny) && node.children.empty() &&
         node.unless.empty() && node.refer_to.empty();
}

bool is_mental(const Node& node) {
  return node.kind == NodeKind::kTerm && kind_of_id(node.term) == TermKind::kMental;
}

/// The node without its children and exceptions: copying whole trees at every level would be
/// quadratic.
Node shallow(const Node& node) {
  Node out;
  out.kind = node.kind;
  out.id = node.id;
  out.citation = node.citation;
  out.scope = node.scope;
  out.term = node.term;
  out.threshold = node.threshold;
  out.open = node.open;
  out.refer_as = node.refer_as;
  out.refer_to = node.refer_to;
  out.is_evaluative = node.is_evaluative;
  out.is_redundant = node.is_redundant;
  return out;
}

Exception shallow(const Exception& exception) {
  return {.id = exception.id,
          .role = exception.role,
          .is_redundant = exception.is_redundant,
          .citation = exception.citation,
          .when = {}};
}

std::size_t count_nodes(const Node& node) {
  std::size_t n = 1;
  for (const Node& child : node.children) n += count_nodes(child);
  for (const Exception& exception : node.unless) n += count_nodes(exception.when.front());
  return n;
}

/// Replaces elements (and what exceptions depend on) by id. `replacement` gives a node for an id,
/// or nothing to keep it.
template <class F>
Node rewrite(const Node& node, const F& replacement) {
  if (std::optional<Node> other = replacement(node.id)) return *std::move(other);
  Node out = node;
  for (Node& child : out.children) child = rewrite(child, replacement);
  for (Exception& exception : out.unless) {
    std::optional<Node> other = replacement(exception.id);
    exception.when.front() =
        other ? *std::move(other) : rewrite(exception.when.front(), replacement);
  }
  return out;
}

bool has_element(const Node& node, const std::string& id) {
  if (node.id == id) return true;
  return std::ranges::any_of(node.children, [&](const Node& n) { return has_element(n, id); }) ||
         std::ranges::any_of(node.unless, [&](const Exception& e) {
           return e.id == id || has_element(e.when.front(), id);
         });
}

/// Removes an element: what is left of a list without it; from `any` it is one alternative less.
Node without_element(const Node& node, const std::string& id) {
  Node out = node;
  std::erase_if(out.children, [&](const Node& child) { return child.id == id; });
  for (Node& child : out.children) child = without_element(child, id);
  std::erase_if(out.unless, [&](const Exception& exception) { return exception.id == id; });
  for (Exception& exception : out.unless) {
    exception.when.front() = without_element(exception.when.front(), id);
  }
  return out;
}

}  // namespace

std::optional<Node> apply_options(const Provision& provision,
                                  const std::vector<const Option*>& options) {
  if (provision.elements.empty()) return std::nullopt;
  Node tree = provision.elements.front();
  std::vector<Node> added;
  for (const Option* option : options) {
    if (option->drops_provision) return std::nullopt;
    for (const std::string& id : option->drop_elements) tree = without_element(tree, id);
    if (!option->add.empty()) added.push_back(option->add.front());
  }
  if (added.empty()) return tree;
  Node all;
  all.kind = NodeKind::kAll;
  all.children.push_back(std::move(tree));
  for (Node& node : added) all.children.push_back(std::move(node));
  return all;
}

/// Does the work of `LawBook::link`.
class LawBook::Linker {
 public:
  Linker(LawBook& book, const LinkOptions& options) : book_(book), options_(options) {}

  base::Result<void> run() {
    ROG_CHECKED(book_.index());
    book_.compiled_.resize(book_.provisions.size());
    for (ProvisionIndex i = 0; i < book_.provisions.size(); ++i) ROG_CHECKED(compile(i));
    ROG_CHECKED(compile_closures());
    ROG_CHECKED(compile_options_made());
    for (const Provision& provision : book_.provisions) ROG_CHECKED(compile_penalties(provision));
    book_.theory_ = make_theory(book_.vocabulary, book_.atoms_, options_.theory);
    for (AtomId i = 0; i < book_.atoms_.size(); ++i) {
      if (book_.atoms_[i].kind == Atom::Kind::kThreshold) book_.thresholds_.push_back(i);
    }
    mark_exact();
    return {};
  }

 private:
  base::Result<void> compile(ProvisionIndex i) {
    const Provision& provision = book_.provisions[i];
    CompiledProvision& out = book_.compiled_[i];
    if (provision.elements.empty()) return {};
    ROG_TRY(out.formula, compile_tree(provision.elements.front(), provision.id));
    for (const Reading& reading : provision.readings) {
      ROG_TRY(Node tree, with_reading(provision, reading));
      ROG_TRY(Compiled formula, compile_tree(tree, provision.id));
      out.readings.push_back({.reading = &reading, .formula = formula});
    }
    std::vector<const Option*> all;
    for (const Option& option : provision.options) {
      for (const std::string& id : option.drop_elements) {
        if (!has_element(provision.elements.front(), id)) {
          return lint_error("option `" + option.id + "` drops the unknown element `" + id + "`",
                            option.citation.place);
        }
      }
      if (option.drops_provision) {
        out.may_be_dropped = true;
      } else {
        all.push_back(&option);
      }
    }
    if (const auto floor = apply_options(provision, all)) {
      ROG_TRY(out.floor, compile_tree(*floor, provision.id));
    }
    return {};
  }

  base::Result<Node> with_reading(const Provision& provision, const Reading& reading) const {
    for (const auto& [id, node] : reading.replace) {
      if (!has_element(provision.elements.front(), id)) {
        return lint_error("reading `" + reading.id + "` replaces the unknown element `" + id + "`",
                          reading.citation.place);
      }
    }
    return rewrite(provision.elements.front(),
                   [&](const std::string& element) -> std::optional<Node> {
                     for (const auto& [id, other] : reading.replace) {
                       if (element == id) return other;
                     }
                     return std::nullopt;
                   });
  }

  base::Result<void> compile_closures() {
    for (const StateLaw& state : book_.states) {
      for (const Closure& closure : state.closures) {
        ROG_TRY(const Compiled subject, compile_tree(closure.subject.front(), state.iso3));
        book_.closure_subjects_.emplace(&closure, subject);
      }
    }
    return {};
  }

  /// Every set of options of a provision that some State has made on some day.
  base::Result<void> compile_options_made() {
    for (const StateLaw& state : book_.states) {
      for (const OptionMade& made : state.options_made) {
        const auto index = book_.find_provision_index(made.provision);
        if (!index) {
          return lint_error("options_made names the unknown provision `" + made.provision + "`",
                            made.citation.place);
        }
        const Provision& provision = book_.provisions[*index];
        if (std::ranges::none_of(provision.options,
                                 [&](const Option& o) { return o.id == made.option; })) {
          return lint_error("`" + made.provision + "` has no option `" + made.option + "`",
                            made.citation.place);
        }
        for (const base::Date day : change_days(state, made.provision)) {
          ROG_CHECKED(compile_option_set(provision, options_on(provision, state, day)));
        }
      }
    }
    return {};
  }

  static std::vector<base::Date> change_days(const StateLaw& state, const std::string& provision) {
    std::vector<base::Date> days;
    for (const OptionMade& made : state.options_made) {
      if (made.provision != provision) continue;
      days.push_back(made.range.from);
      if (made.range.until) days.push_back(*made.range.until);
    }
    return days;
  }

 public:
  static std::vector<const Option*> options_on(const Provision& provision, const StateLaw& state,
                                               base::Date on) {
    std::vector<const Option*> out;
    for (const Option& option : provision.options) {
      const bool is_made = std::ranges::any_of(state.options_made, [&](const OptionMade& made) {
        return made.provision == provision.id && made.option == option.id &&
               made.range.contains(on);
      });
      if (is_made) out.push_back(&option);
    }
    return out;
  }

  static std::string variant_key(const Provision& provision,
                                 const std::vector<const Option*>& options) {
    std::string key = provision.id;
    for (const Option* option : options) key += "+" + option->id;
    return key;
  }

 private:
  base::Result<void> compile_option_set(const Provision& provision,
                                        const std::vector<const Option*>& options) {
    const std::string key = variant_key(provision, options);
    if (book_.option_variants_.contains(key)) return {};
    Compiled compiled;
    if (const auto tree = apply_options(provision, options)) {
      ROG_TRY(compiled, compile_tree(*tree, provision.id));
    }
    book_.option_variants_.emplace(key, compiled);
    return {};
  }

  base::Result<Compiled> compile_tree(const Node& tree, const std::string& owner) {
    std::vector<std::string> path{owner};
    ROG_TRY(Node expanded, expand(tree, path));
    if (count_nodes(expanded) > kMaxExpandedNodes) {
      return lint_error("`" + owner + "` refers to more provisions than can be expanded",
                        tree.citation.place);
    }
    book_.trees_.push_back(std::move(expanded));
    const Node& stable = book_.trees_.back();
    ROG_TRY(const FormulaId root, flatten(stable));
    return Compiled{.tree = &stable, .root = root, .needs_exact = false};
  }

  /// Resolves references: their children become the conduct of the provisions referred to.
  base::Result<Node> expand(const Node& node, std::vector<std::string>& path) {
    Node out = shallow(node);
    for (const Node& child : node.children) {
      ROG_TRY(Node expanded, expand(child, path));
      out.children.push_back(std::move(expanded));
    }
    for (const Exception& exception : node.unless) {
      ROG_TRY(Node when, expand(exception.when.front(), path));
      out.unless.push_back(shallow(exception));
      out.unless.back().when.push_back(std::move(when));
    }
    if (node.kind != NodeKind::kRefer) return out;
    for (const std::string& id : node.refer_to) {
      ROG_TRY(Node target, referred(node, id, path));
      out.children.push_back(std::move(target));
    }
    return out;
  }

  base::Result<Node> referred(const Node& node, const std::string& id,
                              std::vector<std::string>& path) {
    const auto index = book_.find_provision_index(id);
    if (!index || book_.provisions[*index].elements.empty()) {
      return lint_error("`" + path.front() + "` refers to `" + id + "`, which " +
                            (index ? "has no elements" : "does not exist"),
                        node.citation.place);
    }
    if (std::ranges::find(path, id) != path.end()) {
      return lint_error("`" + path.front() + "` refers to itself through `" + id + "`",
                        node.citation.place);
    }
    const Provision& target = book_.provisions[*index];
    ROG_TRY(const Node* expanded, expanded_target(target, path));
    ROG_TRY(Node lifted, lift(*expanded, scope_of(node.refer_as),
                              /*keeps_mental=*/node.refer_as == ReferAs::kAidingOf, true, id));
    Node titled;
    titled.kind = NodeKind::kAll;
    titled.id = id;
    titled.citation = target.citation;
    titled.citation.says = target.title;
    titled.children.push_back(std::move(lifted));
    return titled;
  }

  /// The tree of a provision that others refer to, expanded once.
  base::Result<const Node*> expanded_target(const Provision& target,
                                            std::vector<std::string>& path) {
    if (const auto it = expanded_.find(target.id); it != expanded_.end()) return &it->second;
    path.push_back(target.id);
    ROG_TRY(Node tree, expand(target.elements.front(), path));
    path.pop_back();
    return &expanded_.emplace(target.id, std::move(tree)).first->second;
  }

  /// The same conduct asked in `scope`. Mental elements are left out unless they are kept.
  base::Result<Node> lift(const Node& node, Scope scope, bool keeps_mental, bool is_positive,
                          const std::string& prefix) {
    ROG_TRY(Node out, lift_base(node, scope, keeps_mental, is_positive, prefix));
    for (const Exception& exception : node.unless) {
      ROG_TRY(Node when, lift(exception.when.front(), scope, keeps_mental, !is_positive, prefix));
      if (is_constant(when, false)) continue;
      out.unless.push_back(shallow(exception));
      out.unless.back().id = prefix + "/" + exception.id;
      out.unless.back().when.push_back(std::move(when));
    }
    return out;
  }

  base::Result<Node> lift_base(const Node& node, Scope scope, bool keeps_mental, bool is_positive,
                               const std::string& prefix) {
    if (is_mental(node) && !keeps_mental) return constant(is_positive);
    Node out = shallow(node);
    if (!out.id.empty()) out.id = prefix + "/" + out.id;
    if (out.is_leaf()) {
      out.scope.insert(out.scope.begin(), scope);
      if (out.scope.size() > kMaxScopeDepth) {
        return lint_error(
            "references of `" + prefix + "` nest deeper than " + std::to_string(kMaxScopeDepth),
            node.citation.place);
      }
    }
    const bool child_is_positive = node.kind == NodeKind::kNone ? !is_positive : is_positive;
    for (const Node& child : node.children) {
      ROG_TRY(Node lifted, lift(child, scope, keeps_mental, child_is_positive, prefix));
      const bool is_neutral = is_constant(lifted, node.kind == NodeKind::kAll);
      if (!is_neutral) out.children.push_back(std::move(lifted));
    }
    if (node.kind == NodeKind::kAny &&
        std::ranges::any_of(out.children, [](const Node& n) { return is_constant(n, true); })) {
      return constant(true);
    }
    return out;
  }

  /// Thresholds that stand in penalties alone are atoms too: a sum above which a higher penalty
  /// applies would otherwise have no value, whatever the facts say.
  base::Result<void> compile_penalties(const Provision& provision) {
    for (const Penalty& penalty : provision.penalties) {
      for (const Node& node : penalty.when) ROG_CHECKED(flatten(node));
    }
    return {};
  }

  base::Result<FormulaId> flatten(const Node& node) {
    ROG_TRY(const FormulaId base, flatten_base(node));
    if (node.unless.empty()) return base;
    std::vector<FormulaId> children{base};
    for (const Exception& exception : node.unless) {
      ROG_TRY(const FormulaId when, flatten(exception.when.front()));
      children.push_back(book_.pool_.add(Op::kException, {when}, exception.role));
    }
    return book_.pool_.add(Op::kUnless, children);
  }

  base::Result<FormulaId> flatten_base(const Node& node) {
    switch (node.kind) {
      case NodeKind::kTerm:
        if (!book_.vocabulary.find_term(node.term)) {
          return lint_error("unknown term `" + node.term + "`", node.citation.place);
        }
        return book_.pool_.add_atom(book_.atoms_.intern_term(node.scope, node.term));
      case NodeKind::kThreshold:
        if (book_.vocabulary.find_quantity(node.threshold.quantity) == nullptr) {
          return lint_error("unknown quantity `" + node.threshold.quantity + "`",
                            node.citation.place);
        }
        return book_.pool_.add_atom(book_.atoms_.intern_threshold(node.scope, node.threshold));
      case NodeKind::kOpen:
        return book_.pool_.add_atom(book_.atoms_.intern_open(node.scope, node.open));
      case NodeKind::kAll:
        return flatten_list(Op::kAll, node);
      case NodeKind::kRefer:
      case NodeKind::kAny:
        return flatten_list(Op::kAny, node);
      case NodeKind::kNone:
        return flatten_list(Op::kNone, node);
    }
    return lint_error("unknown kind of node", node.citation.place);
  }

  base::Result<FormulaId> flatten_list(Op op, const Node& node) {
    std::vector<FormulaId> children;
    for (const Node& child : node.children) {
      ROG_TRY(const FormulaId id, flatten(child));
      children.push_back(id);
    }
    return book_.pool_.add(op, children);
  }

  void mark_exact() {
    const detail::ExactnessCheck check(book_.pool_, book_.theory_, book_.atoms_.size());
    const auto mark = [&](Compiled& c) {
      if (c.root != kNoFormula) c.needs_exact = check.needs_exact(c.root);
    };
    for (CompiledProvision& provision : book_.compiled_) {
      mark(provision.formula);
      mark(provision.floor);
      for (CompiledReading& reading : provision.readings) mark(reading.formula);
    }
    for (auto& [closure, compiled] : book_.closure_subjects_) mark(compiled);
    for (auto& [key, compiled] : book_.option_variants_) mark(compiled);
  }

  LawBook& book_;
  const LinkOptions& options_;
  std::unordered_map<std::string, Node> expanded_;
};

base::Result<void> LawBook::index() {
  ROG_CHECKED(vocabulary.index());
  provision_by_id_.clear();
  provisions_by_owner_.clear();
  for (ProvisionIndex i = 0; i < provisions.size(); ++i) {
    if (!provision_by_id_.emplace(provisions[i].id, i).second) {
      return lint_error("provision `" + provisions[i].id + "` is declared twice",
                        provisions[i].citation.place);
    }
    provisions_by_owner_[provisions[i].owner].push_back(i);
  }
  return {};
}

base::Result<void> LawBook::link(const LinkOptions& options) {
  return Linker(*this, options).run();
}

const Provision* LawBook::find_provision(std::string_view id) const {
  const auto index = find_provision_index(id);
  return index ? &provisions[*index] : nullptr;
}

std::optional<ProvisionIndex> LawBook::find_provision_index(std::string_view id) const {
  const auto it = provision_by_id_.find(std::string(id));
  if (it == provision_by_id_.end()) return std::nullopt;
  return it->second;
}

const Instrument* LawBook::find_instrument(std::string_view id) const {
  const auto it = std::ranges::find(instruments, id, &Instrument::id);
  return it == instruments.end() ? nullptr : &*it;
}

const StateLaw* LawBook::find_state(std::string_view code) const {
  const std::string wanted = base::lower_ascii(code);
  for (const StateLaw& state : states) {
    if (base::lower_ascii(state.iso3) == wanted || base::lower_ascii(state.alpha2) == wanted) {
      return &state;
    }
  }
  return nullptr;
}

std::vector<ProvisionIndex> LawBook::provisions_of(std::string_view owner) const {
  const auto it = provisions_by_owner_.find(std::string(owner));
  return it == provisions_by_owner_.end() ? std::vector<ProvisionIndex>{} : it->second;
}

const Compiled& LawBook::closure_subject(const Closure& closure) const {
  return closure_subjects_.at(&closure);
}

std::optional<Compiled> LawBook::with_options_of(ProvisionIndex i, const StateLaw& state,
                                                 base::Date on) const {
  const Provision& provision = provisions[i];
  const auto options = Linker::options_on(provision, state, on);
  if (options.empty()) return compiled_[i].formula;
  const auto it = option_variants_.find(Linker::variant_key(provision, options));
  if (it == option_variants_.end()) return std::nullopt;
  return it->second;
}

const Term& LawBook::term_of(AtomId atom) const {
  return vocabulary.terms[*vocabulary.find_term(atoms_[atom].name)];
}

}  // namespace rogatory::law
