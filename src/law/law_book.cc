// SPDX-License-Identifier: EUPL-1.2
#include "law/law_book.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "base/text.h"
#include "law/detail/common.h"
#include "law/detail/dated_references.h"
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

LinkedNode constant(bool value) {
  static const Citation kNone;
  LinkedNode node;
  node.kind = value ? NodeKind::kAll : NodeKind::kAny;
  node.citation = &kNone;
  return node;
}

bool is_constant(const LinkedNode& node, bool value) {
  return node.kind == (value ? NodeKind::kAll : NodeKind::kAny) && node.children.empty() &&
         node.unless.empty();
}

bool is_mental(const LinkedNode& node) {
  return node.kind == NodeKind::kTerm && kind_of_id(node.source->term) == TermKind::kMental;
}

/// The node without its children and exceptions.
LinkedNode linked(const Node& node) {
  LinkedNode out;
  out.source = &node;
  out.kind = node.kind;
  out.id = node.id;
  out.citation = &node.citation;
  out.scope = node.scope;
  return out;
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
    for (ProvisionIndex i = 0; i < book_.provisions.size(); ++i) {
      ROG_CHECKED(compile(i));
      ROG_CHECKED(compile_on_days(i));
    }
    ROG_CHECKED(compile_closures());
    ROG_CHECKED(compile_options_made());
    for (const Provision& provision : book_.provisions) ROG_CHECKED(compile_penalties(provision));
    order_atoms();
    book_.atoms_of_texts_ = book_.atoms_.size();
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
    std::vector<std::string> path;
    ROG_TRY(const LinkedNode* tree, expanded_target(provision, path));
    ROG_TRY(out.formula, compile_tree(*tree, provision.id));
    for (const Reading& reading : provision.readings) {
      ROG_TRY(Node variant, with_reading(provision, reading));
      ROG_TRY(Compiled formula, compile_variant(std::move(variant), provision.id));
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
    out.floor = out.formula;
    if (all.empty()) return {};
    ROG_TRY(out.floor, compile_variant(*apply_options(provision, all), provision.id));
    return {};
  }

  base::Result<void> compile_on_days(ProvisionIndex i) {
    const Provision& provision = book_.provisions[i];
    const LinkedNode* tree = book_.compiled_[i].formula.tree;
    if (tree == nullptr) return {};
    std::map<std::vector<const Provision*>, CompiledProvision> known;
    for (auto& span : detail::DatedReferences::spans(provision, *tree)) {
      auto it = known.find(span.absent);
      if (it == known.end()) {
        ROG_TRY(CompiledProvision without, compile_without(i, span.absent));
        it = known.emplace(std::move(span.absent), std::move(without)).first;
      }
      book_.compiled_on_days_[i].push_back({.range = span.range, .compiled = it->second});
    }
    return {};
  }

  base::Result<CompiledProvision> compile_without(ProvisionIndex i,
                                                  const std::vector<const Provision*>& absent) {
    const std::string& id = book_.provisions[i].id;
    detail::DatedReferences references(book_.trees_, book_.titles_);
    CompiledProvision out = book_.compiled_[i];
    for (Compiled* formula : {&out.formula, &out.floor}) {
      ROG_TRY(*formula, compile_tree(*references.without(*formula->tree, absent), id));
    }
    for (CompiledReading& reading : out.readings) {
      ROG_TRY(reading.formula,
              compile_tree(*references.without(*reading.formula.tree, absent), id));
    }
    return out;
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
        ROG_TRY(const Compiled subject, compile_node(closure.subject.front(), state.iso3));
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
    if (auto variant = apply_options(provision, options)) {
      ROG_TRY(compiled, compile_variant(*std::move(variant), provision.id));
    }
    book_.option_variants_.emplace(key, compiled);
    return {};
  }

  base::Result<Compiled> compile_variant(Node tree, const std::string& owner) {
    book_.variants_.push_back(std::move(tree));
    return compile_node(book_.variants_.back(), owner);
  }

  base::Result<Compiled> compile_node(const Node& tree, const std::string& owner) {
    std::vector<std::string> path{owner};
    ROG_TRY(const LinkedNode* expanded, expand(tree, path));
    return compile_tree(*expanded, owner);
  }

  base::Result<Compiled> compile_tree(const LinkedNode& tree, const std::string& owner) {
    if (tree.size > kMaxExpandedNodes) {
      return lint_error("`" + owner + "` refers to more provisions than can be expanded",
                        tree.citation->place);
    }
    ROG_TRY(const FormulaId root, flatten(tree));
    return Compiled{.tree = &tree, .root = root, .needs_exact = false};
  }

  const LinkedNode* keep(LinkedNode node) {
    for (const LinkedNode* child : node.children) node.size += child->size;
    for (const LinkedException& exception : node.unless) node.size += exception.when->size;
    node.refers_to_dated = (node.referred != nullptr && !node.referred->periods.empty()) ||
                           std::ranges::any_of(node.children, &LinkedNode::refers_to_dated) ||
                           std::ranges::any_of(node.unless, [](const LinkedException& exception) {
                             return exception.when->refers_to_dated;
                           });
    node.position = book_.trees_.size();
    return &book_.trees_.emplace_back(std::move(node));
  }

  /// Resolves references: their children become the conduct of the provisions referred to.
  base::Result<const LinkedNode*> expand(const Node& node, std::vector<std::string>& path) {
    LinkedNode out = linked(node);
    for (const Node& child : node.children) {
      ROG_TRY(const LinkedNode* expanded, expand(child, path));
      out.children.push_back(expanded);
    }
    for (const Exception& exception : node.unless) {
      ROG_TRY(const LinkedNode* when, expand(exception.when.front(), path));
      out.unless.push_back({.source = &exception, .id = exception.id, .when = when});
    }
    if (node.kind == NodeKind::kRefer) {
      for (const std::string& id : node.refer_to) {
        ROG_TRY(const LinkedNode* target, referred(node, id, path));
        out.children.push_back(target);
      }
    }
    return keep(std::move(out));
  }

  base::Result<const LinkedNode*> referred(const Node& node, const std::string& id,
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
    const Lift lift{.scope = scope_of(node.refer_as),
                    .keeps_mental = node.refer_as == ReferAs::kAidingOf,
                    .prefix = id};
    const auto known = referred_.find({*index, lift.scope, lift.keeps_mental});
    if (known != referred_.end()) return known->second;
    ROG_TRY(const LinkedNode* expanded, expanded_target(target, path));
    ROG_TRY(const LinkedNode* lifted, lift_node(*expanded, lift, /*is_positive=*/true));
    LinkedNode titled;
    titled.id = id;
    titled.referred = &target;
    titled.citation = &book_.titles_.emplace_back(target.citation);
    book_.titles_.back().says = target.title;
    titled.children.push_back(lifted);
    return referred_
        .emplace(std::tuple(*index, lift.scope, lift.keeps_mental), keep(std::move(titled)))
        .first->second;
  }

  /// The tree of a provision, expanded once.
  base::Result<const LinkedNode*> expanded_target(const Provision& target,
                                                  std::vector<std::string>& path) {
    if (const auto it = expanded_.find(&target); it != expanded_.end()) return it->second;
    path.push_back(target.id);
    ROG_TRY(const LinkedNode* tree, expand(target.elements.front(), path));
    path.pop_back();
    return expanded_.emplace(&target, tree).first->second;
  }

  /// How a provision is referred to: in which scope its conduct is asked, and whether its mental
  /// elements are kept; `prefix` goes in front of the ids.
  struct Lift {
    Scope scope;
    bool keeps_mental;
    const std::string& prefix;
  };

  /// The same conduct in another scope.
  base::Result<const LinkedNode*> lift_node(const LinkedNode& node, const Lift& how,
                                            bool is_positive) {
    ROG_TRY(LinkedNode out, lift_base(node, how, is_positive));
    for (const LinkedException& exception : node.unless) {
      ROG_TRY(const LinkedNode* when, lift_node(*exception.when, how, !is_positive));
      if (is_constant(*when, false)) continue;
      out.unless.push_back(
          {.source = exception.source, .id = how.prefix + "/" + exception.id, .when = when});
    }
    return keep(std::move(out));
  }

  base::Result<LinkedNode> lift_base(const LinkedNode& node, const Lift& how, bool is_positive) {
    if (is_mental(node) && !how.keeps_mental) return constant(is_positive);
    LinkedNode out;
    out.source = node.source;
    out.kind = node.kind;
    out.referred = node.referred;
    out.citation = node.citation;
    if (!node.id.empty()) out.id = how.prefix + "/" + node.id;
    if (node.is_leaf()) {
      out.scope = {how.scope};
      out.scope.insert(out.scope.end(), node.scope.begin(), node.scope.end());
      if (out.scope.size() > kMaxScopeDepth) {
        return lint_error(
            "references of `" + how.prefix + "` nest deeper than " + std::to_string(kMaxScopeDepth),
            node.citation->place);
      }
    }
    const bool child_is_positive = node.kind == NodeKind::kNone ? !is_positive : is_positive;
    for (const LinkedNode* child : node.children) {
      ROG_TRY(const LinkedNode* lifted, lift_node(*child, how, child_is_positive));
      const bool is_neutral = is_constant(*lifted, node.kind == NodeKind::kAll);
      if (!is_neutral) out.children.push_back(lifted);
    }
    if (node.kind == NodeKind::kAny && std::ranges::any_of(out.children, [](const LinkedNode* n) {
          return is_constant(*n, true);
        })) {
      return constant(true);
    }
    return out;
  }

  /// Thresholds that stand in penalties alone are atoms too: a sum above which a higher penalty
  /// applies would otherwise have no value, whatever the facts say.
  base::Result<void> compile_penalties(const Provision& provision) {
    for (const Penalty& penalty : provision.penalties) {
      for (const Node& node : penalty.when) ROG_CHECKED(compile_node(node, provision.owner));
    }
    return {};
  }

  /// Compiles a tree; a shared one once.
  base::Result<FormulaId> flatten(const LinkedNode& node) {
    if (node.root != kNoFormula) return node.root;
    ROG_TRY(FormulaId root, flatten_base(node));
    if (!node.unless.empty()) {
      std::vector<FormulaId> children{root};
      for (const LinkedException& exception : node.unless) {
        ROG_TRY(const FormulaId when, flatten(*exception.when));
        children.push_back(book_.pool_.add(Op::kException, {when}, exception.source->role));
      }
      root = book_.pool_.add(Op::kUnless, children);
    }
    book_.trees_[node.position].root = root;
    return root;
  }

  base::Result<FormulaId> flatten_base(const LinkedNode& node) {
    switch (node.kind) {
      case NodeKind::kTerm:
      case NodeKind::kThreshold:
      case NodeKind::kOpen: {
        ROG_TRY(const AtomId atom, atom_of_leaf(node));
        book_.trees_[node.position].atom = atom;
        return book_.pool_.add_atom(atom);
      }
      case NodeKind::kAll:
        return flatten_list(Op::kAll, node);
      case NodeKind::kRefer:
      case NodeKind::kAny:
        return flatten_list(Op::kAny, node);
      case NodeKind::kNone:
        return flatten_list(Op::kNone, node);
    }
    return lint_error("unknown kind of node", node.citation->place);
  }

  base::Result<AtomId> atom_of_leaf(const LinkedNode& node) {
    const Node& text = *node.source;
    if (node.kind == NodeKind::kOpen) return book_.atoms_.intern_open(node.scope, text.open);
    if (node.kind == NodeKind::kThreshold) {
      if (book_.vocabulary.find_quantity(text.threshold.quantity) == nullptr) {
        return lint_error("unknown quantity `" + text.threshold.quantity + "`",
                          node.citation->place);
      }
      return book_.atoms_.intern_threshold(node.scope, text.threshold);
    }
    if (!book_.vocabulary.find_term(text.term)) {
      return lint_error("unknown term `" + text.term + "`", node.citation->place);
    }
    return book_.atoms_.intern_term(node.scope, text.term);
  }

  base::Result<FormulaId> flatten_list(Op op, const LinkedNode& node) {
    std::vector<FormulaId> children;
    for (const LinkedNode* child : node.children) {
      ROG_TRY(const FormulaId id, flatten(*child));
      children.push_back(id);
    }
    return book_.pool_.add(op, children);
  }

  /// Numbers the atoms in the order asked for. Terms of that order that no text names here stand in
  /// it as well, where the theory will speak of them: in a scope that is in use.
  void order_atoms() {
    if (options_.atom_order.empty()) return;
    std::unordered_map<std::string, std::vector<Scope>> scopes{{"", {}}};
    for (AtomId i = 0; i < book_.atoms_.size(); ++i) {
      scopes.emplace(scope_text(book_.atoms_[i].scope), book_.atoms_[i].scope);
    }
    AtomTable ordered;
    for (const std::string& key : options_.atom_order) {
      const AtomId known = book_.atoms_.find(key);
      if (known != kNoAtom) {
        ordered.intern_from(book_.atoms_, known);
        continue;
      }
      const std::size_t colon = key.find(':');
      const bool has_scope = colon != std::string::npos;
      const std::string name = has_scope ? key.substr(colon + 1) : key;
      const auto scope = scopes.find(has_scope ? key.substr(0, colon) : std::string());
      if (scope == scopes.end() || !book_.vocabulary.find_term(name)) continue;
      ordered.intern_term(scope->second, name);
    }
    std::vector<AtomId> new_ids;
    for (AtomId i = 0; i < book_.atoms_.size(); ++i) {
      new_ids.push_back(ordered.intern_from(book_.atoms_, i));
    }
    book_.atoms_ = std::move(ordered);
    book_.pool_.renumber_atoms(new_ids);
    for (LinkedNode& node : book_.trees_) {
      if (node.atom != kNoAtom) node.atom = new_ids[node.atom];
    }
  }

  void mark_exact() {
    const detail::ExactnessCheck check(book_.pool_, book_.theory_, book_.atoms_.size());
    const auto mark = [&](Compiled& c) {
      if (c.root != kNoFormula) c.needs_exact = check.needs_exact(c.root);
    };
    const auto mark_provision = [&](CompiledProvision& provision) {
      mark(provision.formula);
      if (provision.floor.root == provision.formula.root) {
        provision.floor = provision.formula;
      } else {
        mark(provision.floor);
      }
      for (CompiledReading& reading : provision.readings) mark(reading.formula);
    };
    for (CompiledProvision& provision : book_.compiled_) mark_provision(provision);
    for (auto& [index, spans] : book_.compiled_on_days_) {
      for (CompiledOnDays& span : spans) mark_provision(span.compiled);
    }
    for (auto& [closure, compiled] : book_.closure_subjects_) mark(compiled);
    for (auto& [key, compiled] : book_.option_variants_) mark(compiled);
  }

  LawBook& book_;
  const LinkOptions& options_;
  std::unordered_map<const Provision*, const LinkedNode*> expanded_;
  std::map<std::tuple<ProvisionIndex, Scope, bool>, const LinkedNode*> referred_;
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

const CompiledProvision& LawBook::compiled_on(ProvisionIndex i,
                                              std::optional<base::Date> on) const {
  if (!on) return compiled_[i];
  const auto it = compiled_on_days_.find(i);
  if (it == compiled_on_days_.end()) return compiled_[i];
  const auto span = std::ranges::find_if(
      it->second, [&](const CompiledOnDays& one) { return one.range.contains(*on); });
  return span == it->second.end() ? compiled_[i] : span->compiled;
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
