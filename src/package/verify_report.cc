// SPDX-License-Identifier: EUPL-1.2

#include "package/verify_report.h"

#include "base/deceptive.h"
#include "base/instant.h"
#include "base/text.h"

namespace rogatory::package {
namespace {

constexpr std::size_t kColumns = 100;

void add_line(std::string& out, std::string_view mark, const std::string& text) {
  std::string wrapped = base::wrap(text, kColumns, 4);
  wrapped.replace(0, 4, "  " + std::string(mark) + ' ');
  out += wrapped + '\n';
}

void add_list(std::string& out, std::string_view title, std::string_view mark,
              const std::vector<std::string>& lines) {
  if (lines.empty()) return;
  out += '\n' + std::string(title) + '\n';
  for (const std::string& line : lines) add_line(out, mark, line);
}

base::JsonArray texts(const std::vector<std::string>& lines) {
  base::JsonArray out;
  for (const std::string& line : lines) out.emplace_back(line);
  return out;
}

std::string_view verdict_words(Verdict verdict) {
  switch (verdict) {
    case Verdict::kHolds:
      return "HOLDS";
    case Verdict::kHoldsBySelfAsserted:
      return "HOLDS, IF WHAT IT BRINGS ALONG TO BE TRUSTED IS TRUSTED";
    case Verdict::kFails:
      return "DOES NOT HOLD";
  }
  return "";
}

}  // namespace

std::string_view verdict_name(Verdict verdict) {
  switch (verdict) {
    case Verdict::kHolds:
      return "holds";
    case Verdict::kHoldsBySelfAsserted:
      return "holds_by_self_asserted_trust";
    case Verdict::kFails:
      return "fails";
  }
  return "";
}

Verdict VerifyReport::verdict() const {
  if (!problems.empty()) return Verdict::kFails;
  return is_self_asserted ? Verdict::kHoldsBySelfAsserted : Verdict::kHolds;
}

void VerifyReport::fail(std::string code, std::string where, std::string text) {
  VerifyProblem problem{
      .code = std::move(code), .where = std::move(where), .text = std::move(text)};
  for (const VerifyProblem& one : problems) {
    if (one == problem) return;
  }
  problems.push_back(std::move(problem));
}

std::string VerifyReport::to_text() const {
  std::string out = subject + ": " + std::string(verdict_words(verdict())) + '\n';
  if (!statement.empty()) out += base::wrap(statement, kColumns, 0) + '\n';
  std::vector<std::string> lines;
  for (const VerifyProblem& one : problems) {
    lines.push_back(one.code + ": " + (one.where.empty() ? "" : one.where + ": ") + one.text);
  }
  add_list(out, "What does not hold", "x", lines);
  add_list(out, "What was checked", "+", checked);
  add_list(out, "What was NOT checked", "-", not_checked);
  add_list(out, "Warnings", "!", warnings);
  add_list(out, "What this rests on", "*", trust);
  lines.clear();
  for (const VerifyTime& time : times) {
    lines.push_back(time.at + "  " + time.what + " (" + time.source + ")");
  }
  add_list(out, "Times, and whose word they are", "@", lines);
  // Names and reasons are the sender's, and a terminal obeys what it is sent.
  return base::mask_deceptive(out);
}

int exit_status(Verdict verdict) {
  constexpr int kSelfAsserted = 10;
  switch (verdict) {
    case Verdict::kHolds:
      return 0;
    case Verdict::kHoldsBySelfAsserted:
      return kSelfAsserted;
    case Verdict::kFails:
      return 1;
  }
  return 1;
}

std::string time_text(std::chrono::sys_seconds at) {
  const auto instant = base::Instant::make(at, std::chrono::seconds(0));
  return instant ? instant->to_string() : "a time outside of years 1 to 9999";
}

base::JsonObject VerifyReport::to_json() const {
  base::JsonArray problem_list;
  for (const VerifyProblem& one : problems) {
    problem_list.push_back(
        base::JsonObject{{"code", one.code}, {"where", one.where}, {"text", one.text}});
  }
  base::JsonArray time_list;
  for (const VerifyTime& one : times) {
    time_list.push_back(
        base::JsonObject{{"what", one.what}, {"at", one.at}, {"source", one.source}});
  }
  base::JsonObject out{{"subject", subject},          {"verdict", verdict_name(verdict())},
                       {"statement", statement},      {"problems", problem_list},
                       {"checked", texts(checked)},   {"not_checked", texts(not_checked)},
                       {"warnings", texts(warnings)}, {"trust", texts(trust)},
                       {"times", time_list}};
  if (record) out["record"] = *record;
  return out;
}

}  // namespace rogatory::package
