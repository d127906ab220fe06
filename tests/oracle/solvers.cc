// SPDX-License-Identifier: EUPL-1.2

#include "oracle/solvers.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

#include "oracle/brute_force.h"

namespace rogatory::oracle {

using law::Exception;
using law::Node;
using law::NodeKind;
using law::Truth;

namespace {

/// Runs `command <file with text>` and gives what it printed.
std::string output_of(const std::string& command, const std::string& text) {
  const auto base = std::filesystem::temp_directory_path() / ("oracle-" + std::to_string(getpid()));
  const std::string input = base.string() + ".in";
  const std::string output = base.string() + ".out";
  std::ofstream(input) << text;
  // Exit codes of solvers say what they found: the output decides.
  [[maybe_unused]] const int status = std::system((command + " " + input + " > " + output).c_str());
  std::ifstream in(output);
  std::string out(std::istreambuf_iterator<char>(in), {});
  std::filesystem::remove(input);
  std::filesystem::remove(output);
  return out;
}

class SmtWriter {
 public:
  explicit SmtWriter(std::ostream& out) : out_(out) {}

  void write(const Instance& instance) {
    out_ << "(push)\n(declare-const q Real)\n(assert (and (>= q 0.0) (<= q 6.0)))\n";
    const law::Vocabulary& vocabulary = instance.book.vocabulary;
    for (const law::Term& term : vocabulary.terms)
      out_ << "(declare-const " << term.id << " Bool)\n";
    for (const law::Term& term : vocabulary.terms) {
      for (const std::string& parent : term.parents) {
        out_ << "(assert (=> " << term.id << " " << parent << "))\n";
      }
    }
    for (const law::TermGroup& group : vocabulary.groups) {
      if (group.is_exclusive) {
        out_ << "(assert ((_ at-most 1)" << words(group.members) << "))\n";
      } else {
        out_ << "(assert (=> " << group.of << " (or false" << words(group.members) << ")))\n";
      }
    }
    for (const law::Entailment& entailment : vocabulary.entailments) {
      out_ << "(assert (=> (and true" << words(entailment.premises) << ") " << entailment.conclusion
           << "))\n";
    }
    write_facts(known_of(instance));
    out_ << "(check-sat)\n";
    const std::string f = formula(instance.book.provisions.front().elements.front());
    out_ << "(push)\n(assert " << f << ")\n(check-sat)\n(pop)\n";
    out_ << "(push)\n(assert (not " << f << "))\n(check-sat)\n(pop)\n(pop)\n";
  }

 private:
  static std::string words(const std::vector<std::string>& ids) {
    std::string out;
    for (const std::string& id : ids) out += " " + id;
    return out;
  }

  void write_facts(const Known& known) {
    for (const auto& [term, value] : known.terms) {
      out_ << "(assert " << (value ? term : "(not " + term + ")") << ")\n";
    }
    if (known.halves.empty()) return;
    const auto [low, high] = std::ranges::minmax(known.halves);
    out_ << "(assert (and (>= q " << low / 2.0 << ") (<= q " << high / 2.0 << ")))\n";
  }

  static std::string formula(const Node& node) {
    std::string out = base(node);
    for (const Exception& exception : node.unless) {
      out = "(and " + out + " (not " + formula(exception.when.front()) + "))";
    }
    return out;
  }

  static std::string base(const Node& node) {
    if (node.kind == NodeKind::kTerm) return node.term;
    if (node.kind == NodeKind::kThreshold) {
      constexpr const char* kOps[] = {">=", ">", "<=", "<"};
      std::ostringstream out;
      out << "(" << kOps[static_cast<std::size_t>(node.threshold.op)] << " q "
          << node.threshold.value << ".0)";
      return out.str();
    }
    std::string out = node.kind == NodeKind::kAll ? "(and true" : "(or false";
    for (const Node& child : node.children) out += " " + formula(child);
    out += ")";
    return node.kind == NodeKind::kNone ? "(not " + out + ")" : out;
  }

  std::ostream& out_;
};

class AspWriter {
 public:
  explicit AspWriter(std::ostream& out) : out_(out) {}

  void write(const Instance& instance, std::size_t number) {
    number_ = std::to_string(number);
    nodes_ = 0;
    const law::Vocabulary& vocabulary = instance.book.vocabulary;
    for (const law::Term& term : vocabulary.terms) out_ << "{" << atom(term.id) << "}.\n";
    for (const law::Term& term : vocabulary.terms) {
      for (const std::string& parent : term.parents) {
        out_ << ":- " << atom(term.id) << ", not " << atom(parent) << ".\n";
      }
    }
    for (const law::TermGroup& group : vocabulary.groups) write(group);
    for (const law::Entailment& entailment : vocabulary.entailments) {
      out_ << ":- not " << atom(entailment.conclusion);
      for (const std::string& premise : entailment.premises) out_ << ", " << atom(premise);
      out_ << ".\n";
    }
    write_facts(known_of(instance));
    const std::string root = formula(instance.book.provisions.front().elements.front());
    out_ << "h(" << number_ << ") :- " << root << ".\n";
  }

 private:
  [[nodiscard]] std::string atom(const std::string& term) const {
    return "a(" + number_ + ",\"" + term + "\")";
  }

  void write(const law::TermGroup& group) {
    if (group.is_exclusive) {
      out_ << ":- 2 {";
      for (const std::string& member : group.members) {
        out_ << (&member == &group.members.front() ? " " : "; ") << atom(member);
      }
      out_ << " }.\n";
      return;
    }
    out_ << ":- " << atom(group.of);
    for (const std::string& member : group.members) out_ << ", not " << atom(member);
    out_ << ".\n";
  }

  void write_facts(const Known& known) {
    for (const auto& [term, value] : known.terms) {
      out_ << ":- " << (value ? "not " : "") << atom(term) << ".\n";
    }
    int low = 0;
    int high = kMaxHalves;
    if (!known.halves.empty()) {
      low = std::ranges::min(known.halves);
      high = std::ranges::max(known.halves);
    }
    out_ << "1 { q(" << number_ << "," << low << ".." << high << ") } 1.\n";
  }

  std::string fresh() { return "f(" + number_ + "," + std::to_string(nodes_++) + ")"; }

  /// Writes the rules of a node and gives the atom that stands for it.
  std::string formula(const Node& node) {
    std::string own = base(node);
    if (node.unless.empty()) return own;
    std::string body = own;
    for (const Exception& exception : node.unless) {
      body += ", not " + formula(exception.when.front());
    }
    const std::string out = fresh();
    out_ << out << " :- " << body << ".\n";
    return out;
  }

  std::string base(const Node& node) {
    if (node.kind == NodeKind::kTerm) return atom(node.term);
    const std::string out = fresh();
    if (node.kind == NodeKind::kThreshold) {
      constexpr const char* kOps[] = {">=", ">", "<=", "<"};
      out_ << out << " :- q(" << number_ << ",V), V "
           << kOps[static_cast<std::size_t>(node.threshold.op)] << " " << node.threshold.value * 2
           << ".\n";
      return out;
    }
    std::vector<std::string> children;
    for (const Node& child : node.children) children.push_back(formula(child));
    if (node.kind == NodeKind::kAny) {
      for (const std::string& child : children) out_ << out << " :- " << child << ".\n";
      return out;
    }
    out_ << out << " :- #true";
    for (const std::string& child : children) {
      out_ << (node.kind == NodeKind::kNone ? ", not " : ", ") << child;
    }
    out_ << ".\n";
    return out;
  }

  std::ostream& out_;
  std::string number_;
  int nodes_ = 0;
};

/// The numbers of the last answer that clingo printed; nothing when it found none.
std::optional<std::set<std::size_t>> last_answer(const std::string& output) {
  const auto at = output.rfind("\nAnswer:");
  if (at == std::string::npos) return std::nullopt;
  const auto from = output.find('\n', at + 1) + 1;
  std::istringstream line(output.substr(from, output.find('\n', from) - from));
  std::set<std::size_t> out;
  for (std::string word; line >> word;) out.insert(std::stoul(word.substr(2)));
  return out;
}

}  // namespace

bool has_program(const char* name) {
  return std::system((std::string("command -v ") + name + " > /dev/null 2>&1").c_str()) == 0;
}

std::vector<Z3Answer> ask_z3(std::span<const Instance* const> instances) {
  std::ostringstream text;
  SmtWriter writer(text);
  for (const Instance* instance : instances) writer.write(*instance);
  std::istringstream output(output_of("z3 -smt2", text.str()));
  std::vector<Z3Answer> out;
  for (std::string consistent, holds, fails; output >> consistent >> holds >> fails;) {
    if (consistent == "unsat") {
      out.emplace_back(std::nullopt);
    } else if (holds == "sat" && fails == "sat") {
      out.emplace_back(Truth::kUnknown);
    } else {
      out.emplace_back(holds == "sat" ? Truth::kTrue : Truth::kFalse);
    }
  }
  if (out.size() != instances.size()) out.clear();
  return out;
}

std::vector<Truth> ask_clingo(std::span<const Instance* const> instances) {
  std::ostringstream text;
  text << "#show h/1.\n";
  AspWriter writer(text);
  for (std::size_t i = 0; i < instances.size(); ++i) writer.write(*instances[i], i);
  const auto brave =
      last_answer(output_of("clingo --warn=none -n 0 --enum-mode=brave", text.str()));
  const auto cautious =
      last_answer(output_of("clingo --warn=none -n 0 --enum-mode=cautious", text.str()));
  std::vector<Truth> out;
  if (!brave || !cautious) return out;
  for (std::size_t i = 0; i < instances.size(); ++i) {
    const Truth otherwise = brave->contains(i) ? Truth::kUnknown : Truth::kFalse;
    out.push_back(cautious->contains(i) ? Truth::kTrue : otherwise);
  }
  return out;
}

}  // namespace rogatory::oracle
