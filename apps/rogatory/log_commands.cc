// SPDX-License-Identifier: EUPL-1.2
// `rogatory log key | init | append | checkpoint | prove`: the side of who keeps a log. Witnesses
// and verifiers are in log_check_commands.cc.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>

#include "base/file.h"
#include "crypto/bytes.h"
#include "crypto/hash_tree.h"
#include "rogatory/context.h"
#include "rogatory/log_input.h"
#include "storage/log_writer.h"
#include "storage/posix_files.h"
#include "storage/tile_folder.h"
#include "tlog/tlog_proof.h"
#include "tlog/witness.h"

namespace rogatory::app {
namespace {

using base::JsonArray;
using base::JsonObject;
using base::Result;
using Bytes = std::vector<std::byte>;
using storage::LogWriter;

/// Lines flushed together at most: as many as one bundle has.
constexpr std::size_t kMaxLinesAtOnce = tlog::kTileWidth;
constexpr std::size_t kReadBytes = std::size_t{64} * 1024;

struct LogOptions {
  std::string folder;
  std::string key;
  std::string name;
  std::string origin;
  std::string out;
  std::string policy;
  std::string signed_record;
  std::vector<std::string> entries;
  std::vector<std::string> cosignatures;
  std::uint64_t index = 0;
  std::uint64_t old_size = 0;
  bool is_witness = false;
};

// key, init -------------------------------------------------------------------------------------

Result<void> make_key(Context& context, const LogOptions& options) {
  const auto type =
      options.is_witness ? tlog::SignatureType::kEd25519Cosignature : tlog::SignatureType::kEd25519;
  ROG_TRY(const tlog::SigningKey key, make_signing_key(options.out, options.name, type));
  law::Document said;
  said.paragraph(fmt::format("The private key is in {}; keep it to yourself.", options.out));
  said.paragraph("The public key, for policies and for others:");
  said.paragraph(key.key().to_text());
  context.print(JsonObject{{"file", options.out}, {"key", key.key().to_text()}}, said);
  return {};
}

Result<void> init_log(Context& context, const LogOptions& options) {
  const auto files = storage::make_posix_files();
  ROG_CHECKED(LogWriter::init(*files, options.folder, options.origin));
  law::Document said;
  said.paragraph(fmt::format("{}: an empty log, {}.", options.folder, options.origin));
  context.print(JsonObject{{"folder", options.folder}, {"origin", options.origin}}, said);
  return {};
}

// append ----------------------------------------------------------------------------------------

/// Appends and says what is on the disk, entry by entry, as soon as it is.
class Appender {
 public:
  Appender(const Context& context, LogWriter& log) : context_(&context), log_(&log) {}

  Result<void> append(const std::vector<Bytes>& entries) {
    if (entries.empty()) return {};
    ROG_TRY(const auto appended, log_->append_all(entries));
    for (const storage::Appended& one : appended) tell(one);
    std::fflush(stdout);
    return {};
  }

  /// Each line of standard input is an entry. What one read brings is flushed together, so that
  /// who writes line by line is answered line by line.
  Result<void> append_lines() {
    std::string rest;
    std::string buffer(kReadBytes, '\0');
    for (;;) {
      const ssize_t got = ::read(STDIN_FILENO, buffer.data(), buffer.size());
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return usage_error("standard input cannot be read");
      rest.append(buffer, 0, static_cast<std::size_t>(got));
      if (got == 0 && !rest.empty()) rest += '\n';
      ROG_CHECKED(append_whole_lines(rest));
      if (got == 0) return {};
      if (rest.size() > tlog::kMaxEntryBytes) {
        return usage_error("a line has more than 65535 bytes, which no entry may have");
      }
    }
  }

 private:
  Result<void> append_whole_lines(std::string& text) {
    std::vector<Bytes> entries;
    std::size_t start = 0;
    for (std::size_t end = text.find('\n'); end != std::string::npos;
         end = text.find('\n', start)) {
      entries.push_back(crypto::to_bytes(std::string_view(text).substr(start, end - start)));
      start = end + 1;
      if (entries.size() == kMaxLinesAtOnce) {
        ROG_CHECKED(append(entries));
        entries.clear();
      }
    }
    text.erase(0, start);
    return append(entries);
  }

  void tell(const storage::Appended& one) const {
    if (context_->output.is_json) {
      const base::Json json = JsonObject{{"index", one.index}, {"leaf", one.leaf.hex()}};
      fmt::print("{}\n", base::canonical_json(json));
    } else {
      fmt::print("{} {}\n", one.index, one.leaf.hex());
    }
  }

  const Context* context_;
  LogWriter* log_;
};

Result<void> append(Context& context, const LogOptions& options) {
  const auto files = storage::make_posix_files();
  ROG_TRY(const auto log, LogWriter::open(*files, options.folder, options.signed_record));
  Appender appender(context, *log);
  for (const std::string& path : options.entries) {
    if (path == "-") {
      ROG_CHECKED(appender.append_lines());
      continue;
    }
    ROG_TRY(const std::string entry, base::read_file(path, tlog::kMaxEntryBytes));
    ROG_CHECKED(appender.append({crypto::to_bytes(entry)}));
  }
  return {};
}

// checkpoint ------------------------------------------------------------------------------------

Result<tlog::Note> add_cosignatures(tlog::Note note, const std::vector<std::string>& paths) {
  for (const std::string& path : paths) {
    ROG_TRY(const std::string lines, read_text(path, tlog::kMaxNoteBytes));
    auto signatures = tlog::parse_signature_lines(lines);
    if (!signatures.ok()) return signatures.take_error().with_context("while reading " + path);
    for (tlog::NoteSignature& one : *signatures) {
      const bool is_there =
          std::find(note.signatures.begin(), note.signatures.end(), one) != note.signatures.end();
      if (!is_there) note.signatures.push_back(std::move(one));
    }
  }
  return note;
}

Result<tlog::Note> checkpoint_note(LogWriter& log, const storage::TileFolder& tiles,
                                   const LogOptions& options) {
  if (options.key.empty() && options.cosignatures.empty()) {
    return usage_error("give --key to sign the log, or --cosignature to add to its checkpoint");
  }
  if (!options.key.empty() && !options.policy.empty()) {
    return usage_error("--policy is for --cosignature: a tree that is signed now has none yet");
  }
  if (!options.key.empty()) {
    ROG_TRY(const tlog::SigningKey key, read_signing_key(options.key));
    if (key.key().name() != log.origin()) {
      return usage_error(
          fmt::format("the key is named `{}` and the log `{}`", key.key().name(), log.origin()));
    }
    const std::vector<tlog::NoteSigner> signers = {key.signer()};
    ROG_CHECKED(log.publish(signers, seconds_now()));
  }
  ROG_TRY(const std::string text, tiles.read_checkpoint());
  ROG_TRY(tlog::Note note, tlog::Note::parse(text));
  return add_cosignatures(std::move(note), options.cosignatures);
}

Result<void> checkpoint(Context& context, const LogOptions& options) {
  const auto files = storage::make_posix_files();
  const storage::TileFolder tiles(*files, options.folder);
  ROG_TRY(const auto log, LogWriter::open(*files, options.folder, options.signed_record));
  ROG_TRY(const tlog::Note note, checkpoint_note(*log, tiles, options));
  JsonObject said{{"checkpoint", note.to_text()}};
  if (!options.policy.empty()) {
    // Before it is published: a wrong cosignature would make every reader refuse the checkpoint.
    ROG_TRY(const tlog::Policy policy, read_policy(options.policy));
    ROG_TRY(const tlog::VerifiedCheckpoint verified, policy.check(note));
    said["quorum"] = verified.quorum.value_or("none");
  }
  if (!options.cosignatures.empty()) ROG_CHECKED(log->replace_checkpoint(note));
  ROG_TRY(const tlog::Checkpoint parsed, tlog::Checkpoint::parse(note.text));
  said["size"] = parsed.head.size;
  said["root"] = parsed.head.root.hex();
  if (context.output.is_json) {
    context.print_json(said);
  } else {
    context.print_text(note.to_text());
  }
  return {};
}

// prove -----------------------------------------------------------------------------------------

struct Published {
  tlog::Note note;
  tlog::Checkpoint checkpoint;
};

Result<Published> read_published(const storage::TileFolder& tiles) {
  const auto text = tiles.read_checkpoint();
  if (!text.ok()) {
    return base::Error(text.error()).with_context("there is no checkpoint yet; `log checkpoint`");
  }
  ROG_TRY(tlog::Note note, tlog::Note::parse(*text));
  ROG_TRY(tlog::Checkpoint checkpoint, tlog::Checkpoint::parse(note.text));
  return Published{.note = std::move(note), .checkpoint = std::move(checkpoint)};
}

Result<std::string> inclusion_proof(const storage::TileFolder& tiles, const Published& published,
                                    std::uint64_t index) {
  const tlog::TreeHead& head = published.checkpoint.head;
  ROG_TRY(auto path, tlog::prove_inclusion(index, head.size, tiles.nodes(head.size)));
  // The tiles are files that anybody may have touched: no proof leaves that does not hold.
  ROG_TRY(const Bytes entry, tiles.read_entry(index, head.size));
  ROG_CHECKED(tlog::verify_inclusion(crypto::leaf_hash(entry), index, head.size, head.root, path));
  return tlog::TlogProof{
      .extra = {}, .index = index, .path = std::move(path), .checkpoint = published.note}
      .to_text();
}

Result<std::string> witness_request(const storage::TileFolder& tiles, const Published& published,
                                    std::uint64_t old_size) {
  const std::uint64_t size = published.checkpoint.head.size;
  tlog::AddCheckpointRequest request{
      .old_size = old_size, .proof = {}, .checkpoint = published.note};
  if (old_size > 0) {
    ROG_TRY(request.proof, tlog::prove_consistency(old_size, size, tiles.nodes(size)));
  }
  return request.to_text();
}

Result<void> prove(Context& context, const LogOptions& options, bool is_consistency) {
  const auto files = storage::make_posix_files();
  const storage::TileFolder tiles(*files, options.folder);
  ROG_TRY(const Published published, read_published(tiles));
  ROG_TRY(const std::string text, is_consistency
                                      ? witness_request(tiles, published, options.old_size)
                                      : inclusion_proof(tiles, published, options.index));
  if (!context.output.is_json) return write_text(options.out, text);
  if (!options.out.empty()) ROG_CHECKED(write_text(options.out, text));
  context.print_json(JsonObject{{is_consistency ? "request" : "proof", text}});
  return {};
}

// wiring ----------------------------------------------------------------------------------------

void add_folder(CLI::App& command, LogOptions& options) {
  command.add_option("DIR", options.folder, "the folder of the log")->required();
}

void add_record(CLI::App& command, LogOptions& options) {
  command
      .add_option("--signed-record", options.signed_record,
                  "file that remembers the last tree signed; keep it apart from the log where a "
                  "backup of the log could be restored")
      ->type_name("FILE");
}

void add_prove(CLI::App& group, Context& context, const std::shared_ptr<LogOptions>& options) {
  CLI::App* proved = group.add_subcommand(
      "prove", "Entry N is in the log: a .tlog-proof. With --from: what a witness wants to see.");
  add_folder(*proved, *options);
  auto* index = proved->add_option("N", options->index, "the entry, counted from 0");
  auto* from = proved
                   ->add_option("--from", options->old_size,
                                "the request to a witness that last cosigned a tree of that size; "
                                "0 for a witness that has seen none")
                   ->type_name("SIZE");
  index->excludes(from);
  proved->add_option("-o,--out", options->out, "where to write; standard output without it")
      ->type_name("FILE");
  bind(*proved, context, [options, index, from](Context& c) -> Result<void> {
    if (index->empty() && from->empty()) return usage_error("give the entry N, or --from SIZE");
    return prove(c, *options, !from->empty());
  });
}

}  // namespace

void add_log_commands(CLI::App& app, Context& context) {
  CLI::App* group = app.add_subcommand(
      "log", "Keep a log that nobody can change unseen, and check the logs of others.");
  group->require_subcommand(1);
  group->footer(
      "A log is a folder of plain files (docs/formats/log.md) that any file server can publish:\n"
      "  rogatory log key log.key --name example.org/log\n"
      "  rogatory log init log --origin example.org/log\n"
      "  rogatory log append log report.json        # printed once it is on the disk\n"
      "  rogatory log checkpoint log --key log.key\n"
      "  rogatory log prove log --from 0 | rogatory log witness - --state seen --key w.key "
      "--log-key KEY > cosigned\n"
      "  rogatory log checkpoint log --cosignature cosigned\n"
      "  rogatory log prove log 0 -o report.tlog-proof\n"
      "  rogatory log verify report.tlog-proof --entry report.json --policy policy\n"
      "A policy says whose word counts: `log KEY`, `witness NAME KEY`, `group NAME 2 NAME...`, "
      "`quorum NAME`.");
  auto options = std::make_shared<LogOptions>();

  CLI::App* key = group->add_subcommand("key", "Make a private key for a log or a witness.");
  key->add_option("FILE", options->out, "a new file, for its owner alone")->required();
  key->add_option("--name", options->name, "the origin of the log, or the name of the witness")
      ->required();
  key->add_flag("--witness", options->is_witness, "a key that cosigns the logs of others");
  bind(*key, context, [options](Context& c) { return make_key(c, *options); });

  CLI::App* init = group->add_subcommand("init", "Make an empty log.");
  add_folder(*init, *options);
  init->add_option("--origin", options->origin, "the name of the log, such as example.org/log-2026")
      ->required();
  bind(*init, context, [options](Context& c) { return init_log(c, *options); });

  CLI::App* appended = group->add_subcommand(
      "append",
      "Append entries; prints index and leaf hash of each once it is on the disk, not before.");
  add_folder(*appended, *options);
  appended
      ->add_option("FILE", options->entries,
                   "each file is an entry of at most 65535 bytes; `-`: each line of standard input")
      ->required();
  add_record(*appended, *options);
  bind(*appended, context, [options](Context& c) { return append(c, *options); });

  CLI::App* signed_tree = group->add_subcommand(
      "checkpoint", "Sign the log as it is on the disk, or add the cosignatures of witnesses.");
  add_folder(*signed_tree, *options);
  signed_tree->add_option("--key", options->key, "the private key of the log")->type_name("FILE");
  signed_tree
      ->add_option("--cosignature", options->cosignatures,
                   "lines that a witness answered; may be repeated")
      ->type_name("FILE");
  signed_tree
      ->add_option("--policy", options->policy,
                   "with --cosignature: publish only what this policy accepts")
      ->type_name("FILE");
  add_record(*signed_tree, *options);
  bind(*signed_tree, context, [options](Context& c) { return checkpoint(c, *options); });

  add_prove(*group, context, options);
  add_log_check_commands(*group, context);
}

}  // namespace rogatory::app
