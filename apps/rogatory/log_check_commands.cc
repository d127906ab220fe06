// SPDX-License-Identifier: EUPL-1.2
// `rogatory log witness | verify`: the side of those who do not trust the log.
#include <fmt/format.h>

#include <filesystem>

#include "base/file.h"
#include "crypto/bytes.h"
#include "crypto/hash_tree.h"
#include "rogatory/context.h"
#include "rogatory/log_input.h"
#include "storage/audit.h"
#include "storage/posix_files.h"
#include "storage/tile_folder.h"
#include "storage/witness_folder.h"
#include "tlog/tlog_proof.h"
#include "tlog/witness.h"

namespace rogatory::app {
namespace {

using base::Error;
using base::ErrorCode;
using base::JsonArray;
using base::JsonObject;
using base::Result;

constexpr std::size_t kMaxRequestBytes = tlog::kMaxNoteBytes + 8192;
constexpr std::size_t kMaxProofBytes = tlog::kMaxNoteBytes + 2 * tlog::kMaxProofExtraBytes;

// witness ---------------------------------------------------------------------------------------

struct WitnessOptions {
  std::string request;
  std::string state;
  std::string key;
  std::string out;
  std::vector<std::string> log_keys;
};

/// A refusal of the protocol as an error of the program.
Error refusal(const storage::WitnessAnswer& answer) {
  const std::string body = answer.body.substr(0, answer.body.find('\n'));
  Error error{.code = ErrorCode::kLint, .message = body, .context = {}, .place = {}};
  if (answer.status == 409) {
    error.code = ErrorCode::kConflict;
    error.message = "this witness last cosigned a tree of " + body + " entries; prove --from that";
  }
  if (answer.status == 404) error.code = ErrorCode::kNotFound;
  if (answer.status == 400) error.code = ErrorCode::kInvalidArgument;
  return std::move(error).with_context(fmt::format("refused with status {}", answer.status));
}

Result<void> witness(Context& context, const WitnessOptions& options) {
  ROG_TRY(const tlog::SigningKey key, read_signing_key(options.key));
  if (key.key().type() == tlog::SignatureType::kEd25519) {
    return usage_error("this is the key of a log; `log key --witness` makes one that cosigns");
  }
  std::vector<tlog::VerifierKey> log_keys;
  for (const std::string& text : options.log_keys) {
    ROG_TRY(tlog::VerifierKey log_key, tlog::VerifierKey::parse(text));
    log_keys.push_back(std::move(log_key));
  }
  ROG_TRY(const std::string body, read_text(options.request, kMaxRequestBytes));
  ROG_TRY(const auto request, tlog::AddCheckpointRequest::parse(body));
  const auto files = storage::make_posix_files();
  ROG_CHECKED(storage::make_durable_folder(*files, options.state));
  ROG_TRY(const storage::WitnessAnswer answer,
          storage::cosign(*files, options.state, request, log_keys, key.signer(), seconds_now()));
  if (answer.status != 200) return refusal(answer);
  if (!context.output.is_json) return write_text(options.out, answer.body);
  if (!options.out.empty()) ROG_CHECKED(write_text(options.out, answer.body));
  context.print_json(JsonObject{{"cosignature", answer.body}});
  return {};
}

// verify ----------------------------------------------------------------------------------------

struct VerifyOptions {
  std::string path;
  std::string policy;
  std::string entry;
  std::string leaf;
  std::vector<std::string> earlier;
};

/// What a verification found, for people and for programs.
class Findings {
 public:
  void checked(std::string text) { checked_.push_back(std::move(text)); }
  void not_checked(std::string text) { not_checked_.push_back(std::move(text)); }
  void trusted(std::string text) { trusted_.push_back(std::move(text)); }
  void time(std::string time, std::string source) {
    times_.emplace_back(std::move(time), std::move(source));
  }

  void add(const tlog::VerifiedCheckpoint& verified) {
    checked(fmt::format("the log `{}` signed a tree of {} entries with root {}",
                        verified.log.key_name, verified.checkpoint.head.size,
                        verified.checkpoint.head.root.hex()));
    for (const tlog::Endorsement& one : verified.witnesses) {
      checked(fmt::format("the witness {} ({}) cosigned it", one.witness, one.key_name));
      if (one.timestamp) time(time_text(*one.timestamp), "stated by the witness " + one.witness);
    }
    for (const std::string& name : verified.not_checked) {
      not_checked(fmt::format("the signature of {}: this platform cannot verify its suite", name));
    }
    if (verified.unknown_signatures > 0) {
      not_checked(fmt::format("{} signatures of keys that the policy does not know",
                              verified.unknown_signatures));
    }
    trusted("the keys in the policy; quorum: " + verified.quorum.value_or("none"));
  }

  void print(Context& context) const {
    law::Document said;
    said.paragraph("Verified.");
    section(said, "Checked", checked_);
    section(said, "Not checked", not_checked_);
    section(said, "Trusted", trusted_);
    if (!times_.empty()) said.paragraph("Times:");
    JsonArray times;
    for (const auto& [time, source] : times_) {
      said.item(time + ", " + source);
      times.push_back(JsonObject{{"time", time}, {"source", source}});
    }
    context.print(JsonObject{{"verified", true},
                             {"checked", array(checked_)},
                             {"not_checked", array(not_checked_)},
                             {"trusted", array(trusted_)},
                             {"times", std::move(times)}},
                  said);
  }

 private:
  static void section(law::Document& said, const char* title,
                      const std::vector<std::string>& texts) {
    if (!texts.empty()) said.paragraph(std::string(title) + ":");
    for (const std::string& text : texts) said.item(text);
  }

  static JsonArray array(const std::vector<std::string>& texts) {
    JsonArray list;
    for (const std::string& text : texts) list.push_back(base::Json(text));
    return list;
  }

  std::vector<std::string> checked_;
  std::vector<std::string> not_checked_;
  std::vector<std::string> trusted_;
  std::vector<std::pair<std::string, std::string>> times_;
};

Result<tlog::Hash> leaf_of(const VerifyOptions& options) {
  if (options.entry.empty() == options.leaf.empty()) {
    return usage_error("a proof needs the entry it is about: --entry FILE, or --leaf HASH");
  }
  if (!options.leaf.empty()) return tlog::Hash::parse_hex(options.leaf);
  ROG_TRY(const std::string entry, read_text(options.entry, tlog::kMaxEntryBytes));
  return crypto::leaf_hash(crypto::as_bytes(entry));
}

Result<void> verify_proof(const std::string& text, const tlog::Policy& policy,
                          const VerifyOptions& options, Findings& findings) {
  ROG_TRY(const tlog::TlogProof proof, tlog::TlogProof::parse(text));
  ROG_TRY(const tlog::Hash leaf, leaf_of(options));
  ROG_TRY(const tlog::VerifiedProof verified, tlog::verify_tlog_proof(proof, leaf, policy));
  findings.checked(fmt::format("the entry with leaf hash {} is number {} of the log", leaf.hex(),
                               verified.index));
  findings.add(verified.checkpoint);
  if (proof.extra) findings.not_checked("the extra data of the proof, which nobody signed");
  findings.not_checked("what the entry says, and whether it was true");
  return {};
}

Result<tlog::VerifiedCheckpoint> verify_checkpoint(const std::string& text,
                                                   const tlog::Policy& policy) {
  ROG_TRY(const tlog::Note note, tlog::Note::parse(text));
  return policy.check(note);
}

/// Each earlier checkpoint is a beginning of the tree: what was shown once was not taken away.
Result<void> verify_growth(const storage::TileFolder& tiles, const tlog::TreeHead& head,
                           const tlog::Policy& policy, const VerifyOptions& options,
                           Findings& findings) {
  for (const std::string& path : options.earlier) {
    ROG_TRY(const std::string text, read_text(path, tlog::kMaxNoteBytes));
    auto earlier = verify_checkpoint(text, policy);
    if (!earlier.ok()) return earlier.take_error().with_context("while reading " + path);
    const tlog::TreeHead& old_head = earlier->checkpoint.head;
    if (old_head.size > head.size) {
      return Error{.code = ErrorCode::kLint,
                   .message = fmt::format("the log was shown with {} entries and has {}: its end "
                                          "was cut off",
                                          old_head.size, head.size),
                   .context = {},
                   .place = {.file = path}};
    }
    ROG_TRY(const tlog::Hash root, tlog::compute_root(old_head.size, tiles.nodes(head.size)));
    if (root != old_head.root) {
      return Error{.code = ErrorCode::kLint,
                   .message = "the log does not begin with the tree that was shown",
                   .context = {},
                   .place = {.file = path}};
    }
    findings.checked(fmt::format("the log begins with the {} entries of {}", old_head.size, path));
  }
  return {};
}

Result<void> verify_log(const tlog::Policy& policy, const VerifyOptions& options,
                        Findings& findings) {
  const auto files = storage::make_posix_files();
  const storage::TileFolder tiles(*files, options.path);
  ROG_TRY(const std::string text, tiles.read_checkpoint());
  ROG_TRY(const tlog::VerifiedCheckpoint verified, verify_checkpoint(text, policy));
  const tlog::TreeHead& head = verified.checkpoint.head;
  ROG_TRY(const storage::Audit audit, storage::audit_log(tiles, head));
  findings.add(verified);
  findings.checked(fmt::format("all {} entries and {} tiles of the folder have that root",
                               audit.entries, audit.tiles));
  ROG_CHECKED(verify_growth(tiles, head, policy, options, findings));
  if (options.earlier.empty()) {
    findings.not_checked("that nothing was cut off since an earlier checkpoint (--earlier)");
  }
  findings.not_checked("entries after the checkpoint");
  return {};
}

/// An option that was given and would check nothing is refused: its silence would read as a yes.
Result<void> refuse_unused(const VerifyOptions& options, bool is_folder, bool is_proof) {
  if (!is_proof && !(options.entry.empty() && options.leaf.empty())) {
    return usage_error("--entry and --leaf are for a .tlog-proof");
  }
  if (!is_folder && !options.earlier.empty()) {
    return usage_error("--earlier is for the folder of a log");
  }
  return {};
}

Result<void> verify(Context& context, const VerifyOptions& options) {
  ROG_TRY(const tlog::Policy policy, read_policy(options.policy));
  Findings findings;
  if (std::filesystem::is_directory(options.path)) {
    ROG_CHECKED(refuse_unused(options, /*is_folder=*/true, /*is_proof=*/false));
    ROG_CHECKED(verify_log(policy, options, findings));
  } else {
    ROG_TRY(const std::string text, read_text(options.path, kMaxProofBytes));
    const bool is_proof = text.starts_with("c2sp.org/tlog-proof");
    ROG_CHECKED(refuse_unused(options, /*is_folder=*/false, is_proof));
    if (is_proof) {
      ROG_CHECKED(verify_proof(text, policy, options, findings));
    } else {
      ROG_TRY(const tlog::VerifiedCheckpoint verified, verify_checkpoint(text, policy));
      findings.add(verified);
      findings.not_checked("the entries of the log");
    }
  }
  findings.print(context);
  return {};
}

}  // namespace

void add_log_check_commands(CLI::App& group, Context& context) {
  CLI::App* cosigned = group.add_subcommand(
      "witness",
      "Cosign a checkpoint when the log only grew since the one this witness cosigned last.");
  auto asked = std::make_shared<WitnessOptions>();
  cosigned
      ->add_option("REQUEST", asked->request,
                   "what `log prove --from` wrote; `-` for standard "
                   "input")
      ->required();
  cosigned
      ->add_option("--state", asked->state,
                   "folder that remembers what was cosigned; made when it is not there")
      ->required()
      ->type_name("DIR");
  cosigned->add_option("--key", asked->key, "the private key of the witness")
      ->required()
      ->type_name("FILE");
  cosigned
      ->add_option("--log-key", asked->log_keys, "the public key of a log trusted to be cosigned")
      ->required()
      ->type_name("KEY");
  cosigned->add_option("-o,--out", asked->out, "where to write; standard output without it")
      ->type_name("FILE");
  bind(*cosigned, context, [asked](Context& c) { return witness(c, *asked); });

  CLI::App* verified = group.add_subcommand(
      "verify", "A proof, a checkpoint or a whole log, under a policy. Exit status 0: it holds.");
  auto options = std::make_shared<VerifyOptions>();
  verified->add_option("PATH", options->path, "a .tlog-proof, a checkpoint, or the folder of a log")
      ->required();
  verified->add_option("--policy", options->policy, "whose signatures count (C2SP tlog-policy)")
      ->required()
      ->type_name("FILE");
  verified->add_option("--entry", options->entry, "the entry that a proof is about")
      ->type_name("FILE");
  verified->add_option("--leaf", options->leaf, "its leaf hash instead, in hexadecimal")
      ->type_name("HASH");
  verified
      ->add_option("--earlier", options->earlier,
                   "a checkpoint seen before: the log must begin with it; may be repeated")
      ->type_name("FILE");
  bind(*verified, context, [options](Context& c) { return verify(c, *options); });
}

}  // namespace rogatory::app
