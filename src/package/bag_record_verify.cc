// SPDX-License-Identifier: EUPL-1.2

#include <algorithm>

#include "package/bag_record.h"
#include "package/detail/revocation_report.h"
#include "package/verify_report.h"

namespace rogatory::package {
namespace {

using crypto::EvidenceRecord;
using crypto::SignatureFault;
using crypto::TimestampReport;
using std::chrono::sys_seconds;

/// A renewal is warned about this long before it is too late.
constexpr std::chrono::days kRenewalWarning{365};

std::string who(const TimestampReport& stamp) {
  return stamp.authority ? stamp.authority->subject() : "unknown";
}

/// When the first certificate of the chain ends that the authority rests on.
std::optional<sys_seconds> valid_until(const TimestampReport& stamp) {
  if (!stamp.chain.empty()) {
    return std::ranges::min(stamp.chain, {}, &crypto::Certificate::not_after).not_after();
  }
  if (stamp.authority) return stamp.authority->not_after();
  return std::nullopt;
}

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
  return std::to_string(count) + ' ' + std::string(count == 1 ? one : many);
}

base::JsonArray revocation_json(const std::vector<crypto::RevocationStatus>& certificates) {
  const auto time = [](const std::optional<sys_seconds>& at) {
    return at ? base::Json(time_text(*at)) : base::Json();
  };
  base::JsonArray out;
  for (const crypto::RevocationStatus& one : certificates) {
    out.push_back(base::JsonObject{{"certificate", one.subject},
                                   {"status", revocation_name(one.kind)},
                                   {"as_of", time(one.as_of)},
                                   {"revoked_at", time(one.revoked_at)},
                                   {"reason", one.reason}});
  }
  return out;
}

class RecordReporter final {
 public:
  RecordReporter(const EvidenceRecord& record, const crypto::EvidenceReport& found, sys_seconds at,
                 VerifyReport& report)
      : record_(record), found_(found), at_(at), report_(report) {}

  void run() {
    found_.holds() ? say_checked() : say_problems();
    say_renewal();
    report_.record = summary();
  }

 private:
  std::string algorithms() const {
    std::string names;
    for (const auto algorithm : record_.digests_needed()) {
      names += (names.empty() ? "" : ", ") + std::string(digest_algorithm_name(algorithm));
    }
    return names;
  }

  void say_checked() {
    const auto& stamps = found_.timestamps;
    report_.checked.push_back(
        "the evidence record (RFC 4998) over all files: " +
        counted(stamps.size(), "time stamp", "time stamps") + " in " +
        counted(record_.chains().size(), "chain", "chains") + " by " + algorithms() +
        ", each good at its own time and at that of the next, the last one at " + time_text(at_) +
        "; to be renewed before " + time_text(*valid_until(stamps.back())));
    report_.times.push_back({.what = "all files existed as they are",
                             .at = time_text(*found_.exists_since),
                             .source = "time stamp authority `" + who(stamps.front()) +
                                       "`, first of the evidence record"});
    for (std::size_t i = 1; i < stamps.size(); ++i) {
      report_.times.push_back({.what = "the evidence record was renewed",
                               .at = time_text(*stamps[i].gen_time),
                               .source = "time stamp authority `" + who(stamps[i]) + "`"});
    }
    say_limits();
  }

  void say_limits() {
    for (const TimestampReport& stamp : found_.timestamps) {
      report_revocation(stamp.revocation, report_);
    }
    report_.not_checked.push_back(
        "up to when the digests of the record (" + algorithms() +
        ") and the signatures of its authorities serve: ETSI TS 119 312, or the rule of "
        "the court, says so");
    report_.trust.emplace_back(
        "each digest and each authority's key of the evidence record was sound until it was "
        "renewed, the newest until the time of this check");
  }

  void say_problems() {
    bool is_content = false;
    for (const auto& finding : found_.findings) {
      is_content = is_content || finding.fault == SignatureFault::kNotCovered;
      report_.fail("record", "", crypto::to_string({finding}));
    }
    for (std::size_t i = 0; i < found_.timestamps.size(); ++i) {
      for (const auto& finding : found_.timestamps[i].findings) {
        report_.fail("record", "",
                     "time stamp " + std::to_string(i + 1) +
                         " of the record: " + crypto::to_string({finding}));
      }
    }
    if (!is_content) return;
    report_.warnings.emplace_back(
        "a record does not tell which file it does not fit: the check of the bag may; the record "
        "of another bundle, or files added or removed, look the same");
  }

  void say_renewal() {
    if (found_.timestamps.empty()) return;
    const auto end = valid_until(found_.timestamps.back());
    if (!end) return;
    if (*end <= at_) {
      report_.warnings.push_back(
          "the evidence record was to be renewed before " + time_text(*end) +
          "; a time stamp from now on says nothing about the time before itself");
    } else if (*end - at_ <= kRenewalWarning) {
      report_.warnings.push_back("the evidence record has to be renewed before " + time_text(*end) +
                                 ", the end of its newest authority's certificates");
    }
  }

  base::JsonObject summary() const {
    base::JsonArray stamps;
    for (const TimestampReport& stamp : found_.timestamps) {
      const auto end = valid_until(stamp);
      stamps.push_back(base::JsonObject{
          {"at", stamp.gen_time ? base::Json(time_text(*stamp.gen_time)) : base::Json()},
          {"authority", who(stamp)},
          {"digest", stamp.imprint ? base::Json(digest_algorithm_name(stamp.imprint->algorithm))
                                   : base::Json()},
          {"valid_until", end ? base::Json(time_text(*end)) : base::Json()},
          {"revocation", revocation_json(stamp.revocation)}});
    }
    base::JsonArray digests;
    for (const auto algorithm : record_.digests_needed()) {
      digests.emplace_back(digest_algorithm_name(algorithm));
    }
    const auto end =
        found_.timestamps.empty() ? std::nullopt : valid_until(found_.timestamps.back());
    return {{"holds", found_.holds()},
            {"exists_since",
             found_.holds() ? base::Json(time_text(*found_.exists_since)) : base::Json()},
            {"renew_before", end ? base::Json(time_text(*end)) : base::Json()},
            {"chains", record_.chains().size()},
            {"digests", std::move(digests)},
            {"time_stamps", std::move(stamps)}};
  }

  const EvidenceRecord& record_;
  const crypto::EvidenceReport& found_;
  sys_seconds at_;
  VerifyReport& report_;
};

void report_bag(const BagReport& bag, VerifyReport& report) {
  for (const BagProblem& problem : bag.problems) {
    report.fail(std::string(bag_problem_name(problem.kind)), problem.path, problem.text);
  }
  for (const std::string& warning : bag.warnings) report.warnings.push_back(warning);
  for (const std::string& line : bag.not_checked) report.not_checked.push_back(line);
  report.checked.push_back(
      "the bag (BagIt " + bag.declaration.version() + "): " + std::to_string(bag.payload_files) +
      " files of the payload, " + std::to_string(bag.payload_bytes) + " bytes, and " +
      std::to_string(bag.tag_files) + " files beside it, under the names in its manifests");
}

}  // namespace

std::optional<sys_seconds> check_record(const EvidenceRecord& record,
                                        const RecordedContents& contents, const RecordTrust& trust,
                                        VerifyReport& report) {
  const crypto::EvidenceReport found =
      crypto::verify_evidence_record(record, contents, trust.authorities, trust.at);
  RecordReporter(record, found, trust.at, report).run();
  return found.holds() ? found.exists_since : std::nullopt;
}

base::Result<VerifyReport> verify_bag_record(const std::filesystem::path& folder,
                                             std::span<const std::byte> record_der,
                                             const RecordTrust& trust,
                                             const RecordProgress& progress) {
  ROG_TRY(const EvidenceRecord record, EvidenceRecord::parse(record_der));
  ROG_TRY(const DigestedBag found, digest_bag(folder, record.digests_needed(), progress));
  VerifyReport report;
  report.subject = "evidence record";
  report_bag(found.bag, report);
  const auto since = check_record(record, found.contents, trust, report);
  report.not_checked.emplace_back(
      "what the bundle proves: its items, seal and log; `rogatory-verify BUNDLE --record` checks "
      "them together with the record");
  report.statement = "Do not rely on this record for the bundle as it is: see what does not hold.";
  if (since && report.problems.empty()) {
    report.statement = "All files of the bundle existed, as they are, at " + time_text(*since) +
                       ", by the word of the first authority of the record. Renew it before " +
                       std::string(report.record->at("renew_before").as_string()) + '.';
  }
  return report;
}

}  // namespace rogatory::package
