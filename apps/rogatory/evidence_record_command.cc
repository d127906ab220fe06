// SPDX-License-Identifier: EUPL-1.2
// `rogatory evidence record`: an evidence record (RFC 4998) beside a bundle, begun, renewed and
// verified by anyone who holds the bundle.
#include <fmt/format.h>

#include <filesystem>
#include <ranges>

#include "base/file.h"
#include "crypto/bytes.h"
#include "crypto/timestamp.h"
#include "package/bag_record.h"
#include "rogatory/evidence_input.h"
#include "rogatory/log_input.h"
#include "rogatory/progress.h"

namespace rogatory::app {
namespace {

using base::Error;
using base::ErrorCode;
using base::JsonObject;
using base::Result;
using crypto::EvidenceRecord;
using package::RecordStep;

/// An authority's clock may be ahead of ours by so much.
constexpr std::chrono::minutes kMaxClockSkew{5};
/// So many problems of a bundle are named where it is refused.
constexpr std::size_t kProblemsNamed = 3;

struct RecordOptions {
  std::string bundle;
  std::string file;
  std::string request;
  std::string reply;
  std::string digest;
  std::string at;
  std::vector<std::string> certificates;
  std::vector<std::string> revocation_lists;
  bool is_keeping = false;
};

/// Absent when there is no such file: the record is to be begun.
Result<std::optional<EvidenceRecord>> find_record(const std::string& path) {
  const auto der = base::read_file(path, crypto::kMaxEvidenceRecordBytes);
  if (!der && der.error().code == ErrorCode::kNotFound) return std::optional<EvidenceRecord>();
  if (!der) return der.error();
  auto record = EvidenceRecord::parse(crypto::as_bytes(*der));
  if (!record) return record.take_error().with_context("while reading " + path);
  return std::optional(record.take());
}

/// A file more in the bundle would be one that does not belong there.
Result<void> check_is_outside(const std::string& path, const std::string& bundle) {
  std::error_code ignored;
  // Made absolute first: of a name that is not there yet nothing else would be.
  const auto place = [&ignored](const std::string& name) {
    return std::filesystem::weakly_canonical(std::filesystem::absolute(name, ignored), ignored);
  };
  const auto folder = place(bundle);
  const auto file = place(path);
  const auto relative = file.lexically_relative(folder);
  if (relative.empty() || *relative.begin() == "..") return {};
  return usage_error("`" + path + "` is inside the bundle: keep it beside it");
}

/// A line on a terminal for as long as this lives.
package::RecordProgress shown_progress(const Context& context, const std::string& bundle) {
  const bool is_shown = !context.output.is_json && is_watched();
  // Shared by the copies of the function; how much there is in all comes with the first call.
  return [is_shown, bundle, line = std::make_shared<std::optional<ByteProgress>>()](
             std::uint64_t done, std::uint64_t total) {
    if (!*line) line->emplace(is_shown, total, bundle);
    (*line)->show(done);
  };
}

/// One pass over the bundle, which has to be whole: what is stamped while damaged proves nothing.
Result<package::RecordedContents> contents_of(const Context& context, const std::string& bundle,
                                              std::vector<crypto::DigestAlgorithm> algorithms) {
  ROG_TRY(package::DigestedBag found,
          package::digest_bag(bundle, std::move(algorithms), shown_progress(context, bundle)));
  if (found.bag.is_valid()) return std::move(found.contents);
  std::string words;
  for (const package::BagProblem& problem : found.bag.problems | std::views::take(kProblemsNamed)) {
    words += fmt::format("{}{}: {}: {}", words.empty() ? "" : "; ",
                         package::bag_problem_name(problem.kind), problem.path, problem.text);
  }
  return Error{.code = ErrorCode::kLint,
               .message = fmt::format("the bundle is not whole ({} problem(s)): {}",
                                      found.bag.problems.size(), words),
               .context = {},
               .place = {.file = bundle}};
}

std::string_view step_words(RecordStep step) {
  switch (step) {
    case RecordStep::kFirst:
      return "which begins the record, over all files of the bundle";
    case RecordStep::kTimestampRenewal:
      return "a time stamp renewal, over the newest time stamp of the record";
    case RecordStep::kHashTreeRenewal:
      return "a hash-tree renewal, over all files of the bundle and the record as it is";
    case RecordStep::kAlready:
      return "which the record has already";
  }
  return "";
}

Result<void> write_request(Context& context, const RecordOptions& options) {
  ROG_CHECKED(check_is_outside(options.request, options.bundle));
  ROG_TRY(const std::optional<EvidenceRecord> known, find_record(options.file));
  const EvidenceRecord* record = known ? &*known : nullptr;
  crypto::DigestAlgorithm algorithm =
      record == nullptr ? package::kFirstRecordDigest : record->renewal_digest().algorithm;
  if (!options.digest.empty()) {
    ROG_TRY(algorithm, package::parse_record_digest(options.digest));
  }
  ROG_TRY(const RecordStep step, package::step_by(record, algorithm));
  package::RecordedContents contents;
  if (step != RecordStep::kTimestampRenewal) {
    ROG_TRY(contents,
            contents_of(context, options.bundle, package::digests_for(record, algorithm)));
  }
  ROG_TRY(auto digest, package::digest_to_stamp(record, algorithm, contents));
  const std::string imprint = digest.hex();
  ROG_TRY(const auto der, crypto::TimestampRequest::make(std::move(digest)).der());
  ROG_CHECKED(base::write_file_atomic(options.request, crypto::as_text(der)));
  law::Document said;
  said.paragraph(fmt::format("{} asks for a time stamp by {}, {}.", options.request,
                             crypto::digest_algorithm_name(algorithm), step_words(step)));
  said.paragraph(
      "Send it to an authority (application/timestamp-query) and give the answer back with "
      "--reply. "
      "Until then neither the bundle nor the record may change.");
  context.print(JsonObject{{"request", options.request},
                           {"step", package::record_step_name(step)},
                           {"digest", crypto::digest_algorithm_name(algorithm)},
                           {"imprint", imprint}},
                said);
  return {};
}

/// Now, or the time of a new time stamp whose authority's clock is a little ahead.
std::chrono::sys_seconds now_for(const crypto::TimestampReport& stamped) {
  const auto now = evidence_now();
  if (!stamped.gen_time || *stamped.gen_time - now > kMaxClockSkew) return now;
  return std::max(now, *stamped.gen_time);
}

Error does_not_hold(const package::VerifyReport& report) {
  std::string words;
  for (const package::VerifyProblem& problem : report.problems | std::views::take(kProblemsNamed)) {
    words += (words.empty() ? "" : "; ") + problem.text;
  }
  return Error{.code = ErrorCode::kLint,
               .message = "with this the record does not hold, so it stays as it was: " + words};
}

void say_grown(Context& context, const RecordOptions& options, RecordStep step,
               const package::VerifyReport& report) {
  const auto& found = *report.record;
  const auto text = [](const base::Json& value) {
    return value.is_string() ? std::string(value.as_string()) : std::string("an unknown time");
  };
  law::Document said;
  said.paragraph(fmt::format("{} holds with this time stamp, {}.", options.file, step_words(step)));
  said.paragraph(fmt::format("All files of {} existed at {}, says {}. Renew before {}.",
                             options.bundle, text(found.at("exists_since")),
                             text(found.at("time_stamps").at(0).at("authority")),
                             text(found.at("renew_before"))));
  for (const std::string& warning : report.warnings) said.item(warning);
  for (const std::string& open : report.not_checked) said.item("Not checked: " + open);
  context.print(
      JsonObject{
          {"file", options.file}, {"step", package::record_step_name(step)}, {"record", found}},
      said);
}

Result<void> take_reply(Context& context, const RecordOptions& options) {
  ROG_TRY(const std::string reply, base::read_file(options.reply, crypto::kMaxTimestampBytes));
  ROG_TRY(const crypto::TrustStore trust,
          read_trust(options.certificates, options.revocation_lists));
  ROG_TRY(const std::optional<EvidenceRecord> known, find_record(options.file));
  auto token = crypto::parse_timestamp_reply(crypto::as_bytes(reply));
  if (!token.ok()) return token.take_error().with_context("while reading " + options.reply);
  ROG_TRY(const crypto::TimestampReport stamped, crypto::describe_timestamp(*token));
  if (!stamped.imprint) {
    return Error{.code = ErrorCode::kUnsupported,
                 .message = "the digest algorithm of the time stamp is not known",
                 .context = {},
                 .place = {.file = options.reply}};
  }
  const EvidenceRecord* record = known ? &*known : nullptr;
  ROG_TRY(const package::RecordedContents contents,
          contents_of(context, options.bundle,
                      package::digests_for(record, stamped.imprint->algorithm)));
  auto grown = package::grow_record(record, contents, *token);
  if (!grown.ok()) return grown.take_error().with_context("while reading " + options.reply);
  package::VerifyReport report;
  const package::RecordTrust by{.authorities = trust, .at = now_for(stamped)};
  if (!package::check_record(grown->record, contents, by, report)) return does_not_hold(report);
  if (grown->step != RecordStep::kAlready) {
    ROG_CHECKED(base::write_file_atomic(options.file, crypto::as_text(grown->record.der())));
  }
  say_grown(context, options, grown->step, report);
  return {};
}

/// The record has to hold with the lists as it has to for any verifier; then it takes those in that
/// speak of its newest time stamp.
Result<void> keep_lists(Context& context, const RecordOptions& options) {
  ROG_TRY(const crypto::TrustStore trust,
          read_trust(options.certificates, options.revocation_lists));
  ROG_TRY(const std::optional<EvidenceRecord> known, find_record(options.file));
  if (!known) {
    return Error{.code = ErrorCode::kNotFound,
                 .message = "there is no record to keep the lists in",
                 .place = {.file = options.file}};
  }
  ROG_TRY(const package::RecordedContents contents,
          contents_of(context, options.bundle, known->digests_needed()));
  const auto newest =
      crypto::verify_evidence_record(*known, contents, trust, evidence_now()).timestamps.back();
  const auto lists = crypto::lists_about(newest.chain, trust.revocation_lists());
  if (lists.empty()) {
    return Error{.code = ErrorCode::kInvalidArgument,
                 .message =
                     "no list speaks of a certificate of the newest time stamp: it has to be "
                     "signed by the issuer of one, under an authority given with --trust"};
  }
  ROG_TRY(const EvidenceRecord grown, known->with_revocation_lists(lists));
  package::VerifyReport report;
  const package::RecordTrust by{.authorities = trust, .at = evidence_now()};
  if (!package::check_record(grown, contents, by, report)) return does_not_hold(report);
  ROG_CHECKED(base::write_file_atomic(options.file, crypto::as_text(grown.der())));
  law::Document said;
  said.paragraph(
      fmt::format("{} keeps {} revocation list(s) in its newest time stamp. A renewal that "
                  "was asked for before has to be asked for anew.",
                  options.file, lists.size()));
  for (const crypto::RevocationStatus& one : newest.revocation) said.item(to_string(one) + ".");
  context.print(
      JsonObject{{"file", options.file}, {"lists", lists.size()}, {"record", *report.record}},
      said);
  return {};
}

Result<void> verify(Context& context, const RecordOptions& options) {
  ROG_TRY(const std::string der, base::read_file(options.file, crypto::kMaxEvidenceRecordBytes));
  ROG_TRY(const crypto::TrustStore trust,
          read_trust(options.certificates, options.revocation_lists));
  ROG_TRY(const auto at, judged_at(options.at));
  auto report = package::verify_bag_record(options.bundle, crypto::as_bytes(der),
                                           {.authorities = trust, .at = at},
                                           shown_progress(context, options.bundle));
  if (!report.ok()) return report.take_error().with_context("while reading " + options.file);
  context.exit_code = package::exit_status(report->verdict());
  if (context.output.is_json) {
    context.print_json(report->to_json());
  } else {
    context.print_text(report->to_text());
  }
  return {};
}

Result<void> run(Context& context, const RecordOptions& options) {
  const bool is_request = !options.request.empty();
  const bool is_reply = !options.reply.empty();
  if (is_request && is_reply) return usage_error("give --request or --reply, not both");
  if (options.is_keeping && (is_request || is_reply || options.revocation_lists.empty())) {
    return usage_error("--keep goes with --crl, before a renewal is asked for with --request");
  }
  if (!options.digest.empty() && !is_request) return usage_error("--digest goes with --request");
  if (is_request && !options.revocation_lists.empty()) {
    return usage_error("--crl does nothing with --request: keep lists with --keep before it");
  }
  if (!options.at.empty() && (is_request || is_reply || options.is_keeping)) {
    return usage_error("--at is for verifying: time stamps and lists are taken in now");
  }
  if (!is_request && options.certificates.empty()) {
    return usage_error("give --trust with the certificates of the authorities that are trusted");
  }
  ROG_CHECKED(check_is_outside(options.file, options.bundle));
  if (is_request) return write_request(context, options);
  if (is_reply) return take_reply(context, options);
  return options.is_keeping ? keep_lists(context, options) : verify(context, options);
}

constexpr const char* kFooter =
    "A record proves that all files of a bundle existed at a time, also when the authority that\n"
    "said so, its key and its digest are long gone, as long as it is renewed in time. It needs no\n"
    "vault: an archive or a court that holds the bundle can begin and renew it.\n"
    "  rogatory evidence record b --file b.ers --request b.tsq\n"
    "  curl -H 'Content-Type: application/timestamp-query' --data-binary @b.tsq URL > b.tsr\n"
    "  rogatory evidence record b --file b.ers --reply b.tsr --trust authority.pem\n"
    "  rogatory evidence record b --file b.ers --trust authority.pem      verifies it\n"
    "Revocation lists of the authority are gone when it is: before a renewal, keep them inside,\n"
    "  rogatory evidence record b --file b.ers --trust authority.pem --crl authority.crl --keep\n"
    "Renew by time stamp (--request alone) before a certificate of the newest authority ends or\n"
    "its signature gets weak; the date is in what the verification says. Renew by hash tree\n"
    "(--request with a newer --digest) before the digest of the newest chain gets weak; this "
    "reads\n"
    "the bundle anew (RFC 4998 5.2). ETSI TS 119 312 and national catalogues say how long\n"
    "algorithms serve. A renewal that comes too late is worth no more than a new record.\n"
    "Keep the certificates of every authority with the record: --trust may be repeated.\n"
    "A record is over contents, not names: which file has which is held by the manifests, which\n"
    "are checked too. Status: 0 holds; 1 does not hold.";

}  // namespace

void add_record_command(CLI::App& group, Context& context) {
  const auto options = std::make_shared<RecordOptions>();
  CLI::App* command = group.add_subcommand(
      "record", "Keep the proof of a bundle alive for decades: an evidence record (RFC 4998).");
  command->add_option("BUNDLE", options->bundle, "the folder")->required()->type_name("DIR");
  command->add_option("--file", options->file, "the record, beside the bundle")
      ->required()
      ->type_name("FILE");
  command->add_option("--request", options->request, "write what an authority has to stamp")
      ->type_name("FILE");
  command->add_option("--reply", options->reply, "take the authority's answer into the record")
      ->type_name("FILE");
  command
      ->add_option("--digest", options->digest,
                   "with --request: sha512 (a new record without it), sha3-512, sha384, sha256 or "
                   "sha3-256; another one than the record's newest is a hash-tree renewal")
      ->type_name("NAME");
  command
      ->add_option("--trust", options->certificates,
                   "certificates of time stamp authorities that are trusted, PEM")
      ->type_name("FILE");
  add_lists_option(*command, options->revocation_lists);
  command->add_flag("--keep", options->is_keeping,
                    "keep the lists given with --crl in the newest time stamp of the record");
  command->add_option("--at", options->at, "verify as of this time (RFC 3339) instead of now")
      ->type_name("TIME");
  command->footer(kFooter);
  bind(*command, context, [options](Context& c) { return run(c, *options); });
}

}  // namespace rogatory::app
