// SPDX-License-Identifier: EUPL-1.2

#include "package/detail/revocation_report.h"

#include <algorithm>
#include <string>
#include <vector>

namespace rogatory::package {
namespace {

void add_once(std::vector<std::string>& lines, std::string line) {
  if (std::ranges::find(lines, line) == lines.end()) lines.push_back(std::move(line));
}

}  // namespace

void report_revocation(std::span<const crypto::RevocationStatus> certificates,
                       VerifyReport& report) {
  using Kind = crypto::RevocationStatus::Kind;
  for (const crypto::RevocationStatus& one : certificates) {
    const std::string whether = "whether the certificate of `" + one.subject + "` was revoked";
    switch (one.kind) {
      case Kind::kUnknown:
        add_once(report.not_checked, whether + ": no list that speaks of it is at hand");
        break;
      case Kind::kNotRevoked:
        add_once(report.checked, to_string(one));
        add_once(report.not_checked, whether + " after " + time_text(*one.as_of));
        break;
      case Kind::kRevoked:
        add_once(report.warnings,
                 to_string(one) + ": what it signed before the time that counts here stays good");
        break;
    }
  }
}

}  // namespace rogatory::package
