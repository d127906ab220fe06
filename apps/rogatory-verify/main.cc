// SPDX-License-Identifier: EUPL-1.2
//
// Verifies an evidence bundle, a log proof or a request package: offline, without configuration.
//
// Exit codes: 0 holds; 1 does not hold; 10 holds, but only by what the object itself brings along
// to be trusted; others as base/error.h has them.

#include <CLI/CLI.hpp>

#include <chrono>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <string>

#include "base/error.h"
#include "base/file.h"
#include "base/instant.h"
#include "crypto/bytes.h"
#include "crypto/certificate.h"
#include "crypto/evidence_record.h"
#include "crypto/hash_tree.h"
#include "package/asic.h"
#include "package/evidence_bundle.h"
#include "package/proof_check.h"

namespace rogatory {
namespace {

struct Request {
  std::filesystem::path object;
  std::filesystem::path policy;
  std::filesystem::path entry;
  std::vector<std::filesystem::path> anchors;
  std::vector<std::filesystem::path> lists;
  std::string at;
  std::filesystem::path record;
  bool only_tree = false;
  bool is_json = false;
};

base::Error wrong_use(std::string message) {
  return base::Error{.code = base::ErrorCode::kInvalidArgument, .message = std::move(message)};
}

base::Result<crypto::TrustStore> read_anchors(const Request& request) {
  if (request.anchors.empty() && !request.lists.empty()) {
    return wrong_use("--crl goes with --trust: a list counts for certificates under those trusted");
  }
  crypto::TrustStore store;
  for (const auto& path : request.anchors) {
    ROG_TRY(const std::string pem, base::read_file(path));
    ROG_TRY(const auto certificates, crypto::Certificate::parse_all(pem));
    for (const auto& certificate : certificates) store.add(certificate);
  }
  for (const auto& path : request.lists) {
    ROG_TRY(const std::string text, base::read_file(path, crypto::kMaxRevocationListBytes));
    auto lists = crypto::RevocationList::parse_all(text);
    if (!lists.ok()) return lists.take_error().with_context("while reading " + path.string());
    for (const auto& list : *lists) store.add(list);
  }
  return store;
}

base::Result<std::chrono::sys_seconds> judged_at(const Request& request) {
  if (request.at.empty()) {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  }
  ROG_TRY(const base::Instant instant, base::Instant::parse(request.at));
  return instant.utc();
}

base::Result<std::optional<std::string>> read_record(const Request& request) {
  if (request.record.empty()) return std::optional<std::string>();
  if (request.anchors.empty()) {
    return wrong_use("--record needs --trust with the certificates of its authorities");
  }
  ROG_TRY(std::string der, base::read_file(request.record, crypto::kMaxEvidenceRecordBytes));
  return std::optional(std::move(der));
}

base::Result<package::VerifyReport> verify(const Request& request) {
  ROG_TRY(const crypto::TrustStore anchors, read_anchors(request));
  std::optional<std::string> policy;
  if (!request.policy.empty()) {
    ROG_TRY(policy, base::read_file(request.policy, tlog::kMaxPolicyBytes));
  }
  ROG_TRY(const auto at, judged_at(request));
  std::error_code ignored;
  if (std::filesystem::is_directory(request.object, ignored)) {
    package::BundleTrust trust{.policy = policy, .time_stamp_authorities = anchors, .at = at};
    ROG_TRY(trust.record, read_record(request));
    return package::verify_bundle(request.object, trust, {.only_tree = request.only_tree});
  }
  if (!request.record.empty()) return wrong_use("--record is for a bundle, and this is none");
  if (request.object.extension() == ".tlog-proof") {
    ROG_TRY(const std::string proof, base::read_file(request.object));
    ROG_TRY(const std::string entry,
            base::read_file(request.entry.empty() ? request.object : request.entry));
    return package::verify_proof(proof, request.entry.empty() ? std::nullopt : std::optional(entry),
                                 policy);
  }
  ROG_TRY(package::AsicContents contents, package::read_asic(request.object, anchors, at));
  return std::move(contents.report);
}

int report_error(const base::Error& error, bool is_json) {
  if (is_json) {
    std::puts(base::pretty_json(base::JsonObject{{"error", error.to_json()}}).c_str());
  } else {
    std::fprintf(stderr, "rogatory-verify: %s\n", error.to_string().c_str());
  }
  return base::exit_code(error.code);
}

int print(const package::VerifyReport& report, bool is_json) {
  std::fputs(
      is_json ? (base::pretty_json(report.to_json()) + '\n').c_str() : report.to_text().c_str(),
      stdout);
  return package::exit_status(report.verdict());
}

int run(int argc, char** argv) {
  Request request;
  CLI::App app{
      "Verifies an evidence bundle (a folder), a log proof (.tlog-proof) or a request package\n"
      "(.asice). It uses no network, reads no configuration and asks nobody.\n\n"
      "Status: 0 holds; 1 does not hold; 10 holds, but only by what the object itself brings\n"
      "along to be trusted: give --policy or --trust from somebody else than the sender.",
      "rogatory-verify"};
  app.set_version_flag("--version", "rogatory-verify " ROGATORY_VERSION);
  app.add_option("OBJECT", request.object, "What to verify")->required();
  app.add_option("--policy", request.policy,
                 "The logs and witnesses to believe (C2SP tlog-policy)");
  app.add_option("--entry", request.entry, "The entry that a log proof is of");
  app.add_option("--trust", request.anchors,
                 "Certificates (PEM) of authorities: of signers, of time stamps");
  app.add_option(
      "--crl", request.lists,
      "Revocation lists of these authorities (DER or PEM): they count in what is judged");
  app.add_option("--at", request.at,
                 "Judge certificates and the evidence record at this time (RFC 3339), not now");
  app.add_option("--record", request.record,
                 "The evidence record (RFC 4998) over all files of a bundle; needs --trust");
  app.add_flag("--only-tree", request.only_tree,
               "Verify items by their chunk tree alone: faster, and said in the report");
  app.add_flag("--json", request.is_json, "Print the report as JSON");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : base::exit_code(base::ErrorCode::kInvalidArgument);
  }
  const auto report = verify(request);
  return report ? print(*report, request.is_json) : report_error(report.error(), request.is_json);
}

}  // namespace
}  // namespace rogatory

int main(int argc, char** argv) {
  try {
    return rogatory::run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "rogatory-verify: %s (internal)\n", error.what());
  }
  return rogatory::base::exit_code(rogatory::base::ErrorCode::kInternal);
}
