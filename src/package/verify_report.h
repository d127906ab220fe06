// SPDX-License-Identifier: EUPL-1.2
//
// What a verification found, for a person and for a program. A value: any thread.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace rogatory::package {

/// Something that does not hold.
struct VerifyProblem {
  /// `altered`, `missing`, `unlisted`, `proof`, ...: published, and stays.
  std::string code;
  /// The file, item or leaf it is about; may be empty.
  std::string where;
  std::string text;

  bool operator==(const VerifyProblem&) const = default;
};

/// A time, and whose word it is.
struct VerifyTime {
  std::string what;
  /// RFC 3339 in UTC.
  std::string at;
  std::string source;
};

enum class Verdict {
  /// Everything that was checked holds, under a policy or certificates that the verifier gave.
  kHolds,
  /// The same, under what the object itself brings along: who made it up could have brought it.
  kHoldsBySelfAsserted,
  /// Something does not hold.
  kFails,
};

/// What a program that verifies ends with: 0 holds, 1 does not hold, 10 holds only by what the
/// object itself brings along to be trusted.
[[nodiscard]] int exit_status(Verdict verdict);

/// `holds`, `holds_by_self_asserted_trust`, `fails`.
std::string_view verdict_name(Verdict verdict);

/// RFC 3339 in UTC, as `VerifyTime::at` has it.
std::string time_text(std::chrono::sys_seconds at);

struct VerifyReport {
  /// What was verified: `evidence bundle`, `log proof`, `request package`.
  std::string subject;
  /// One sentence that may be quoted; it never says more than was checked.
  std::string statement;
  std::vector<VerifyProblem> problems;
  std::vector<std::string> checked;
  std::vector<std::string> not_checked;
  std::vector<std::string> warnings;
  /// What has to be true besides, and cannot be checked here.
  std::vector<std::string> trust;
  std::vector<VerifyTime> times;
  bool is_self_asserted = false;
  /// What an evidence record says, where one was verified: `{"holds","exists_since","renew_before",
  /// "chains","digests":[...],"time_stamps":[{"at","authority","digest","valid_until",
  /// "revocation":[{"certificate","status","as_of","revoked_at","reason"}]}]}`.
  std::optional<base::JsonObject> record;

  Verdict verdict() const;
  void fail(std::string code, std::string where, std::string text);

  /// Lines of at most 100 columns, as a court reads them.
  std::string to_text() const;
  /// `{"subject","verdict","statement","problems":[{"code","where","text"}],"checked":[...],
  /// "not_checked":[...],"warnings":[...],"trust":[...],"times":[{"what","at","source"}]}`, and
  /// `record` where there is one
  base::JsonObject to_json() const;
};

}  // namespace rogatory::package
