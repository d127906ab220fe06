// SPDX-License-Identifier: EUPL-1.2
//
// The truth tables of three-valued logic in the DMN TCK (dmn-tck/tck, tests 0106 and 0107): null
// stands for unknown.

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>

#include "law/evaluate.h"
#include "support/shared.h"

namespace rogatory::oracle {
namespace {

using law::Truth;

/// The parts of `text` between `open` and `close`, in order.
std::vector<std::string> parts(const std::string& text, const std::string& open,
                               const std::string& close) {
  std::vector<std::string> out;
  for (auto at = text.find(open); at != std::string::npos; at = text.find(open, at + 1)) {
    const auto end = text.find(close, at);
    if (end == std::string::npos) break;
    out.push_back(text.substr(at + open.size(), end - at - open.size()));
  }
  return out;
}

/// The value inside an `inputNode` or a `resultNode`.
std::optional<Truth> value_of(const std::string& node) {
  if (node.find("xsi:nil=\"true\"") != std::string::npos) return Truth::kUnknown;
  if (node.find(">true</value>") != std::string::npos) return Truth::kTrue;
  if (node.find(">false</value>") != std::string::npos) return Truth::kFalse;
  return std::nullopt;
}

std::string name_of(const std::string& node) {
  return node.substr(0, node.find('"'));
}

/// The formula that a decision of the suite stands for, over atoms 0 (A) and 1 (B).
std::optional<law::FormulaId> formula_of(const std::string& decision, law::FormulaPool& pool) {
  const auto a = pool.add_atom(0);
  const auto b = pool.add_atom(1);
  if (decision == "DecisionAnd") return pool.add(law::Op::kAll, {a, b});
  if (decision == "DecisionOr") return pool.add(law::Op::kAny, {a, b});
  if (decision == "DecisionNot") return pool.add(law::Op::kNone, {a});
  return std::nullopt;
}

/// Checks one test case; gives the number of results checked.
int check_case(const std::string& test_case) {
  std::vector<Truth> values(2, Truth::kUnknown);
  for (const std::string& node : parts(test_case, "<inputNode name=\"", "</inputNode>")) {
    const auto value = value_of(node);
    if (!value) return 0;
    values[name_of(node) == "A" ? 0 : 1] = *value;
  }
  int checked = 0;
  for (const std::string& node : parts(test_case, "<resultNode name=\"", "</resultNode>")) {
    law::FormulaPool pool;
    const auto formula = formula_of(name_of(node), pool);
    const auto expected = value_of(node);
    if (!formula || !expected) continue;
    EXPECT_EQ(law::evaluate_kleene(pool, *formula, values), *expected) << test_case;
    ++checked;
  }
  return checked;
}

TEST(TernaryLogic, TruthTablesOfTheDmnSuite) {
  const auto archive = test::shared_path("vectors/ternary.tar.gz");
  if (!archive) GTEST_SKIP() << "no shared data";
  const auto folder =
      std::filesystem::temp_directory_path() / ("ternary-" + std::to_string(getpid()));
  std::filesystem::create_directories(folder);
  ASSERT_EQ(
      std::system(("tar xzf '" + archive->string() + "' -C '" + folder.string() + "'").c_str()), 0);
  int checked = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".xml") continue;
    std::ifstream in(entry.path());
    const std::string text(std::istreambuf_iterator<char>(in), {});
    for (const std::string& one : parts(text, "<testCase id=", "</testCase>")) {
      checked += check_case(one);
    }
  }
  std::filesystem::remove_all(folder);
  RecordProperty("checked", checked);
  EXPECT_EQ(checked, 21) << "nine pairs under and and or, three values under not";
}

}  // namespace
}  // namespace rogatory::oracle
