// SPDX-License-Identifier: EUPL-1.2
// `rogatory evidence verify`: a vault against its log, or a bundle against its proofs.
#include <fmt/format.h>

#include <filesystem>

#include "base/file.h"
#include "crypto/evidence_record.h"
#include "package/evidence_bundle.h"
#include "rogatory/evidence_input.h"
#include "rogatory/log_input.h"

namespace rogatory::app {
namespace {

using base::JsonArray;
using base::JsonObject;
using base::Result;
using vault::VaultFolder;

/// What was found in a vault.
struct Findings {
  std::vector<std::string> problems;
  /// Events that wait for their place in the log.
  std::vector<std::string> unplaced;
  std::size_t live = 0;
  std::size_t erased = 0;
  bool is_own_read = false;
};

void note_unplaced(const std::string& whose, const std::vector<vault::RecordedEvent>& events,
                   Findings& found) {
  std::size_t number = 0;
  for (const vault::RecordedEvent& event : events) {
    ++number;
    if (event.leaf_index) continue;
    found.unplaced.push_back(
        fmt::format("{}: event {} ({}) is not in the log yet", whose, number, event.kind));
  }
}

Result<void> verify_case(VaultFolder& folder, const vault::CaseId& id, bool is_content_read,
                         Findings& found) {
  const std::string whose = "case " + id.str();
  const auto history = folder.vault().load(id);
  if (!history.ok()) {
    found.problems.push_back(whose + ": " + history.error().to_string());
    return {};
  }
  ++(history->state.erased_on ? found.erased : found.live);
  note_unplaced(whose, history->events, found);
  if (!is_content_read) return {};
  crypto::NoSink nowhere;
  for (const auto& [item, known] : history->state.items) {
    const auto read = folder.vault().read(id, item, nowhere);
    if (read.ok()) continue;
    if (read.error().code != base::ErrorCode::kLint) return read;
    found.problems.push_back(read.error().message);
  }
  return {};
}

void verify_own(VaultFolder& folder, Findings& found) {
  const auto own = folder.vault().load_own_events();
  found.is_own_read = own.ok();
  if (own.ok()) {
    note_unplaced("the vault's own", *own, found);
  } else {
    found.problems.push_back("the vault's own events: " + own.error().to_string());
  }
}

/// Claims what was done and no more.
void say_checked(law::Document& said, const Findings& found, bool is_log_read,
                 bool is_content_read) {
  said.paragraph(is_log_read
                     ? "Checked: every leaf and the exported tiles and entries against the tree, "
                       "and the tree against the one signed last."
                     : "The log was checked as far as its first fault; what comes after it was "
                       "not.");
  said.paragraph(fmt::format("Checked: every event of {} case(s){} against its leaf.", found.live,
                             found.is_own_read ? " and of the vault as a whole" : ""));
  if (found.erased > 0) {
    said.paragraph(
        fmt::format("Of {} erased case(s) the leaves are left, and nothing to hold against them.",
                    found.erased));
  }
  said.paragraph(
      is_content_read
          ? "Checked: the content of every item of these cases, against the digests at ingest."
          : "Not checked: the content of the items; use --content, or `evidence scrub`.");
  said.paragraph(
      "Not checked: the signatures of the checkpoint, and what others hold of this log. Compare "
      "its checkpoint with the one that witnesses signed.");
}

Result<void> verify_vault(Context& context, VaultFolder& folder, const EvidenceOptions& options) {
  Findings found;
  const auto head = folder.vault().log().audit();
  if (!head.ok()) found.problems.push_back("log: " + head.error().message);
  ROG_TRY(const std::vector<vault::CaseSummary> cases, folder.vault().list_cases());
  for (const vault::CaseSummary& one : cases) {
    ROG_CHECKED(verify_case(folder, one.id, options.is_content_read, found));
  }
  verify_own(folder, found);
  law::Document said;
  JsonArray problems;
  for (const std::string& problem : found.problems) {
    said.item(problem);
    problems.emplace_back(problem);
  }
  if (found.problems.empty()) said.paragraph("Everything that was checked holds.");
  JsonArray unplaced;
  for (const std::string& event : found.unplaced) {
    said.item(event);
    unplaced.emplace_back(event);
  }
  say_checked(said, found, head.ok(), options.is_content_read);
  if (!found.problems.empty()) context.exit_code = kIncomplete;
  context.print(JsonObject{{"holds", found.problems.empty()},
                           {"leaves", head.ok() ? base::Json(head->size) : base::Json()},
                           {"cases", cases.size()},
                           {"content_read", options.is_content_read},
                           {"not_in_log_yet", std::move(unplaced)},
                           {"problems", std::move(problems)}},
                said);
  return {};
}

Result<void> verify_bundle(Context& context, const EvidenceOptions& options) {
  package::BundleTrust trust;
  if (!options.reference.empty()) {
    ROG_TRY(trust.policy, base::read_file(options.reference));
  }
  ROG_TRY(trust.time_stamp_authorities, read_trust(options.certificates, options.revocation_lists));
  ROG_TRY(trust.at, judged_at(options.at));
  if (!options.record.empty()) {
    if (options.certificates.empty()) return usage_error("--record needs --trust");
    ROG_TRY(trust.record, base::read_file(options.record, crypto::kMaxEvidenceRecordBytes));
  }
  ROG_TRY(const package::VerifyReport report, package::verify_bundle(options.vault, trust));
  context.exit_code = package::exit_status(report.verdict());
  if (context.output.is_json) {
    context.print_json(report.to_json());
  } else {
    context.print_text(report.to_text());
  }
  return {};
}

Result<void> verify(Context& context, const EvidenceOptions& options) {
  if (std::filesystem::exists(std::filesystem::path(options.vault) / "bagit.txt")) {
    return verify_bundle(context, options);
  }
  if (!options.record.empty() || !options.at.empty() || !options.revocation_lists.empty()) {
    return usage_error("--record, --crl and --at are for a bundle, and this is none");
  }
  ROG_TRY(const auto folder, open_vault(options));
  return verify_vault(context, *folder, options);
}

}  // namespace

void add_verify_command(CLI::App& group, Context& context, const EvidencePtr& options) {
  CLI::App* verified = group.add_subcommand(
      "verify",
      "Check a vault against its log, or an evidence bundle against its proofs.\n"
      "Status: 0 holds; 1 does not hold; 10, of a bundle: holds, but only by the policy that it\n"
      "brings along: give --policy from somebody else than the sender.");
  add_pin(*verified, *options);
  verified->add_option("FOLDER", options->vault, "a vault or a bundle")->required();
  verified->add_flag("--content", options->is_content_read, "of a vault: read every item too");
  verified->add_option("--policy", options->reference,
                       "of a bundle: whose word counts, in place of the policy in it");
  verified
      ->add_option("--trust", options->certificates,
                   "of a bundle: certificates of time stamp authorities that are trusted, PEM")
      ->type_name("FILE");
  add_lists_option(*verified, options->revocation_lists);
  verified
      ->add_option("--record", options->record,
                   "of a bundle: the evidence record beside it (`evidence record`)")
      ->type_name("FILE");
  verified
      ->add_option(
          "--at", options->at,
          "of a bundle: judge the record, and whether authorities have ended, at this time "
          "(RFC 3339) instead of now")
      ->type_name("TIME");
  bind(*verified, context, [options](Context& c) { return verify(c, *options); });
}

}  // namespace rogatory::app
