// SPDX-License-Identifier: EUPL-1.2

#include "rivals.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

namespace rogatory::bench {
namespace {

using law::FlatNode;
using law::FormulaId;
using law::Op;

struct Output {
  std::string text;
  double seconds = 0;
};

/// Programs are measured by the processor time they used, so that a busy machine does not matter.
double cpu_seconds_of_children() {
  rusage used{};
  getrusage(RUSAGE_CHILDREN, &used);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

Output run(const std::string& command, const std::string& input) {
  const auto base = std::filesystem::temp_directory_path() / ("rival-" + std::to_string(getpid()));
  const std::string in = base.string() + ".in";
  const std::string out = base.string() + ".out";
  std::ofstream(in) << input;
  const double before = cpu_seconds_of_children();
  [[maybe_unused]] const int status =
      std::system((command + " " + in + " > " + out + " 2>&1").c_str());
  const double took = cpu_seconds_of_children() - before;
  std::ifstream stream(out);
  Output result{.text = std::string(std::istreambuf_iterator<char>(stream), {}), .seconds = took};
  std::filesystem::remove(in);
  std::filesystem::remove(out);
  return result;
}

/// The best of several starts on an empty input: what is subtracted.
double start_up(const std::string& command, const std::string& nothing) {
  double best = 1e9;
  for (int i = 0; i < 5; ++i) best = std::min(best, run(command, nothing).seconds);
  return best;
}

FormulaId root(const World& world, law::ProvisionIndex i) {
  return world.book.compiled(i).formula.root;
}

template <class F>
void for_each_clause(const law::Theory& theory, F f) {
  for (std::uint32_t c = 0; c < theory.clause_count(); ++c) f(theory.literals(c));
}

std::string smt(const law::FormulaPool& pool, FormulaId id) {
  const FlatNode& node = pool[id];
  if (node.op == Op::kAtom) return "a" + std::to_string(node.first);
  if (node.op == Op::kException) return "(not " + smt(pool, pool.child(id, 0)) + ")";
  const bool is_any = node.op == Op::kAny || node.op == Op::kNone;
  std::string out = is_any ? "(or false" : "(and true";
  for (std::uint32_t i = 0; i < node.count; ++i) out += " " + smt(pool, pool.child(id, i));
  out += ")";
  return node.op == Op::kNone ? "(not " + out + ")" : out;
}

/// Writes the rules of a formula and gives the atom that stands for it.
std::string asp(const law::FormulaPool& pool, FormulaId id, std::ostream& out) {
  const FlatNode& node = pool[id];
  if (node.op == Op::kAtom) return "a(" + std::to_string(node.first) + ")";
  const std::string own = "f(" + std::to_string(id) + ")";
  std::string body = "#true";
  for (std::uint32_t i = 0; i < node.count; ++i) {
    const FormulaId child = pool.child(id, i);
    const bool is_exception = pool[child].op == Op::kException && node.op == Op::kUnless;
    const std::string part = asp(pool, child, out);
    if (node.op == Op::kAny) out << own << " :- " << part << ".\n";
    body += (is_exception || node.op == Op::kNone ? ", not " : ", ") + part;
  }
  if (node.op != Op::kAny) out << own << " :- " << body << ".\n";
  return own;
}

}  // namespace

RivalAnswer ask_z3(const World& world) {
  std::ostringstream text;
  const law::LawBook& book = world.book;
  for (law::AtomId i = 0; i < book.atoms().size(); ++i)
    text << "(declare-const a" << i << " Bool)\n";
  for_each_clause(book.theory(), [&](std::span<const law::Literal> clause) {
    text << "(assert (or";
    for (const law::Literal lit : clause) {
      text << (law::is_negative(lit) ? " (not a" : " a") << law::atom_of(lit)
           << (law::is_negative(lit) ? ")" : "");
    }
    text << "))\n";
  });
  const std::string nothing = text.str();
  for (const law::StateLaw* state : world.states) {
    text << "(push)\n";
    for (const law::ProvisionIndex i : book.provisions_of(state->iso3)) {
      text << "(assert (not " << smt(book.formulas(), root(world, i)) << "))\n";
    }
    for (const law::ProvisionIndex k : world.offences) {
      text << "(push)\n(assert " << smt(book.formulas(), root(world, k))
           << ")\n(check-sat)\n(pop)\n";
    }
    text << "(pop)\n";
  }
  const double start = start_up("z3 -smt2", nothing);
  const Output output = run("z3 -smt2", text.str());
  RivalAnswer out{.has_gap = {}, .seconds = output.seconds - start};
  std::istringstream lines(output.text);
  for (std::string line; lines >> line;) out.has_gap.push_back(line == "sat");
  if (out.has_gap.size() != world.states.size() * world.offences.size()) out.has_gap.clear();
  return out;
}

RivalAnswer ask_clingo(const World& world) {
  std::ostringstream text;
  const law::LawBook& book = world.book;
  text << "#show ask/2.\n{ a(0.." << book.atoms().size() - 1 << ") }.\n";
  for_each_clause(book.theory(), [&](std::span<const law::Literal> clause) {
    text << ":- #true";
    for (const law::Literal lit : clause) {
      text << (law::is_negative(lit) ? ", a(" : ", not a(") << law::atom_of(lit) << ")";
    }
    text << ".\n";
  });
  for (std::size_t k = 0; k < world.offences.size(); ++k) {
    const std::string holds = asp(book.formulas(), root(world, world.offences[k]), text);
    text << "required(" << k << ") :- " << holds << ".\n";
  }
  for (std::size_t s = 0; s < world.states.size(); ++s) {
    for (const law::ProvisionIndex i : book.provisions_of(world.states[s]->iso3)) {
      const std::string holds = asp(book.formulas(), root(world, i), text);
      text << "reached(" << s << ") :- " << holds << ".\n";
    }
  }
  text << "1 { ask(0.." << world.states.size() - 1 << ",0.." << world.offences.size() - 1
       << ") } 1.\n:- ask(_,K), not required(K).\n:- ask(S,_), reached(S).\n";
  const std::string command = "clingo --warn=none -n 0 --project=show";
  const double start = start_up(command, "a.\n");
  const Output output = run(command, text.str());
  RivalAnswer out{.has_gap = {}, .seconds = output.seconds - start};
  if (output.text.find("\nSATISFIABLE") == std::string::npos) return out;
  out.has_gap.assign(world.states.size() * world.offences.size(), false);
  // Each answer is one question with a gap: ask(State,offence).
  for (auto at = output.text.find("\nask("); at != std::string::npos;
       at = output.text.find("\nask(", at + 1)) {
    std::size_t length = 0;
    const std::size_t state = std::stoul(output.text.substr(at + 5, 12), &length);
    const std::size_t offence = std::stoul(output.text.substr(at + 6 + length, 12));
    out.has_gap[state * world.offences.size() + offence] = true;
  }
  return out;
}

}  // namespace rogatory::bench
