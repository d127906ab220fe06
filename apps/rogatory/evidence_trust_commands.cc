// SPDX-License-Identifier: EUPL-1.2
// `rogatory evidence checkpoint | stamp`: what witnesses and time stamp authorities say of the
// vault's log, carried out and in by files.
#include <fmt/format.h>

#include "base/file.h"
#include "base/instant.h"
#include "crypto/bytes.h"
#include "rogatory/evidence_input.h"
#include "rogatory/log_input.h"
#include "tlog/checkpoint.h"

namespace rogatory::app {
namespace {

using base::JsonArray;
using base::JsonObject;
using base::Result;
using vault::VaultFolder;

struct TrustOptions {
  std::string policy;
  std::vector<std::string> cosignatures;
  std::string request;
  std::string reply;
  std::string name;
};

using TrustPtr = std::shared_ptr<TrustOptions>;

Result<void> take_cosignatures(vault::Endorsements& endorsements,
                               const std::vector<std::string>& paths) {
  for (const std::string& path : paths) {
    ROG_TRY(const std::string lines, read_text(path, tlog::kMaxNoteBytes));
    auto signatures = tlog::parse_signature_lines(lines);
    if (!signatures.ok()) return signatures.take_error().with_context("while reading " + path);
    auto added = endorsements.add_cosignatures(*signatures);
    if (!added.ok()) return added.take_error().with_context("while adding " + path);
  }
  return {};
}

Result<void> checkpoint(Context& context, VaultFolder& folder, const TrustOptions& options) {
  vault::Endorsements endorsements = folder.endorsements();
  if (!options.policy.empty()) {
    ROG_TRY(const std::string text, base::read_file(options.policy, tlog::kMaxPolicyBytes));
    auto set = endorsements.set_policy(text);
    if (!set.ok()) return set.take_error().with_context("while reading " + options.policy);
  }
  ROG_CHECKED(take_cosignatures(endorsements, options.cosignatures));
  ROG_TRY(const std::string text, folder.vault().log().checkpoint());
  ROG_TRY(const tlog::Note note, tlog::Note::parse(text));
  ROG_TRY(const tlog::Checkpoint parsed, tlog::Checkpoint::parse(note.text));
  const auto accepted = endorsements.check();
  ROG_TRY(const auto tokens, endorsements.tokens_over(text));
  if (!context.output.is_json) {
    context.print_text(text);
    return {};
  }
  JsonArray names;
  for (const package::BundleToken& token : tokens) names.emplace_back(token.name);
  context.print_json(JsonObject{
      {"checkpoint", text},
      {"size", parsed.head.size},
      {"root", parsed.head.root.hex()},
      {"accepted_by_policy", accepted.ok()},
      {"quorum", accepted.ok() ? base::Json(accepted->quorum.value_or("none")) : base::Json()},
      {"not_accepted_because", accepted.ok() ? base::Json() : base::Json(accepted.error().message)},
      {"time_stamps", std::move(names)}});
  return {};
}

Result<void> write_request(Context& context, VaultFolder& folder, const TrustOptions& options) {
  ROG_TRY(const std::vector<std::byte> der, folder.endorsements().timestamp_request());
  ROG_CHECKED(base::write_file_atomic(options.request, crypto::as_text(der)));
  law::Document said;
  said.paragraph(
      fmt::format("The request for a time stamp over the last checkpoint is in {}. Send it to an "
                  "authority (application/timestamp-query) and give the answer back with --reply.",
                  options.request));
  context.print(JsonObject{{"request", options.request}}, said);
  return {};
}

Result<void> take_reply(Context& context, VaultFolder& folder, const EvidenceOptions& evidence,
                        const TrustOptions& options) {
  ROG_TRY(const std::string reply, base::read_file(options.reply, crypto::kMaxTimestampBytes));
  ROG_TRY(const crypto::TrustStore trust,
          read_trust(evidence.certificates, evidence.revocation_lists));
  auto stamped = folder.endorsements().add_timestamp(options.name, crypto::as_bytes(reply), trust);
  if (!stamped.ok()) return stamped.take_error().with_context("while reading " + options.reply);
  ROG_TRY(const base::Instant at,
          base::Instant::make(stamped->gen_time.value(), std::chrono::seconds(0)));
  const std::string authority = stamped->authority->subject();
  law::Document said;
  said.paragraph(
      fmt::format("The checkpoint existed at {}, says {}. Bundles disclosed under this "
                  "checkpoint bring the time stamp along; a later checkpoint needs one "
                  "of its own.",
                  at.to_string(), authority));
  for (const crypto::RevocationStatus& one : stamped->revocation) {
    said.paragraph(to_string(one) + ".");
  }
  context.print(JsonObject{{"name", options.name},
                           {"time", at.to_string()},
                           {"authority", authority},
                           {"serial", stamped->serial},
                           {"policy", stamped->policy}},
                said);
  return {};
}

Result<void> stamp(Context& context, VaultFolder& folder, const EvidenceOptions& evidence,
                   const TrustOptions& options) {
  if (options.request.empty() == options.reply.empty()) {
    return usage_error("give --request to ask for a time stamp, or --reply to take one in");
  }
  if (!options.request.empty()) return write_request(context, folder, options);
  if (options.name.empty() || evidence.certificates.empty()) {
    return usage_error(
        "--reply needs --name, such as `authority-1`, and --trust with the certificates of the "
        "authorities that are trusted");
  }
  return take_reply(context, folder, evidence, options);
}

void add_checkpoint(CLI::App& group, Context& context, const EvidencePtr& options) {
  const auto trust = std::make_shared<TrustOptions>();
  CLI::App* command = group.add_subcommand(
      "checkpoint", "Show the last checkpoint of the log; add what witnesses signed.");
  add_vault(*command, *options);
  command->add_option("--cosignature", trust->cosignatures, "signature lines of a witness")
      ->type_name("FILE");
  command->add_option("--policy", trust->policy, "the policy from now on: it names the witnesses")
      ->type_name("FILE");
  command->footer(
      "A witness gets `rogatory log prove VAULT/log --from SIZE`, SIZE being what it cosigned "
      "last, and answers with signature lines. A disclosure under a policy with a quorum takes "
      "two steps: it is recorded and its checkpoint cosigned, then the bundle is written with "
      "`evidence disclose --recorded`. Stamp after cosigning: a time stamp is over all "
      "signatures. With --json: whether the policy accepts the checkpoint, and why not.");
  bind_evidence(*command, context, options,
                [trust](Context& c, VaultFolder& folder, const EvidenceOptions&) {
                  return checkpoint(c, folder, *trust);
                });
}

}  // namespace

void add_evidence_trust_commands(CLI::App& group, Context& context, const EvidencePtr& options) {
  add_checkpoint(group, context, options);
  const auto trust = std::make_shared<TrustOptions>();
  CLI::App* command = group.add_subcommand(
      "stamp", "Have the last checkpoint stamped by a time stamp authority (RFC 3161).");
  add_vault(*command, *options);
  command->add_option("--request", trust->request, "write the request to this file")
      ->type_name("FILE");
  command->add_option("--reply", trust->reply, "take the authority's answer from this file")
      ->type_name("FILE");
  command->add_option("--name", trust->name, "what the time stamp is called in bundles");
  command->add_option("--trust", options->certificates, "certificates of trusted authorities, PEM")
      ->type_name("FILE");
  add_lists_option(*command, options->revocation_lists);
  command->footer(
      "Nothing is sent from here. With openssl and curl: curl -H 'Content-Type: "
      "application/timestamp-query' --data-binary @REQUEST URL > REPLY.");
  bind_evidence(*command, context, options,
                [trust](Context& c, VaultFolder& folder, const EvidenceOptions& evidence) {
                  return stamp(c, folder, evidence, *trust);
                });
}

}  // namespace rogatory::app
