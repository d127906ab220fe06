// SPDX-License-Identifier: EUPL-1.2
// `rogatory evidence ingest`: evidence into the vault.
#include <fmt/format.h>
#include <sys/stat.h>

#include <filesystem>
#include <optional>
#include <utility>

#include "base/text.h"
#include "rogatory/evidence_input.h"
#include "rogatory/progress.h"
#include "storage/byte_files.h"

namespace rogatory::app {
namespace {

using base::JsonArray;
using base::JsonObject;
using base::Result;
using vault::VaultFolder;

/// Options that would be dropped without a word are refused.
Result<void> check_options(const EvidenceOptions& options) {
  if (options.files.size() > 1 && !options.name.empty()) {
    return usage_error("--name is for one file");
  }
  const bool is_derived = !options.parents.empty();
  const auto refuse = [is_derived](bool is_given, const char* option) -> Result<void> {
    if (!is_given) return {};
    return usage_error(std::string(option) +
                       (is_derived ? " is for what came from outside, not with --derived-from"
                                   : " is for a derived item; say from which with --derived-from"));
  };
  if (is_derived) {
    ROG_CHECKED(refuse(!options.source.empty(), "--source"));
    return refuse(!options.received.empty(), "--received");
  }
  ROG_CHECKED(refuse(!options.tool.empty(), "--tool"));
  ROG_CHECKED(refuse(!options.purpose.empty(), "--purpose"));
  return refuse(!options.consent.empty(), "--consent");
}

Result<vault::Conditions> conditions_of(const EvidenceOptions& options) {
  vault::Conditions conditions;
  if (!options.allowed.empty() || options.is_none_allowed) conditions.purposes = options.allowed;
  ROG_TRY(conditions.return_by, parse_date_option(options.return_by, "--return-by"));
  ROG_TRY(conditions.delete_by, parse_date_option(options.delete_by, "--delete-by"));
  ROG_TRY(conditions.keep_until, parse_date_option(options.keep_until, "--keep-until"));
  conditions.imposed_by = options.imposed_by;
  return conditions;
}

Result<std::vector<vault::ReceivedDigest>> received_of(const EvidenceOptions& options) {
  std::vector<vault::ReceivedDigest> received;
  for (const std::string& text : options.received) {
    const std::size_t colon = text.find(':');
    if (colon == std::string::npos || colon == 0 || colon + 1 == text.size()) {
      return usage_error(fmt::format("write --received `{}` as ALGORITHM:VALUE", text));
    }
    received.push_back({.algorithm = text.substr(0, colon), .value = text.substr(colon + 1)});
  }
  return received;
}

/// What tells one version of a file from another, so that an interrupted ingest is found again.
std::string origin_of(const std::string& path) {
  struct stat status{};
  if (path == "-" || ::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return {};
  std::error_code ignored;
  return fmt::format("{}\n{}\n{}.{}", std::filesystem::absolute(path, ignored).string(),
                     status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
}

/// A file that is to come in.
struct Incoming {
  std::string path;
  std::uint64_t size_bytes = 0;
  /// A pipe stays open: its writer would see it close.
  std::optional<storage::FileSource> held;
  vault::Fact fact;
};

Result<vault::Fact> fact_of(const EvidenceOptions& options, const std::string& path,
                            const std::vector<vault::ItemId>& parents) {
  vault::Content content{.name = options.name};
  if (content.name.empty()) content.name = std::filesystem::path(path).filename().string();
  ROG_TRY(const vault::Conditions conditions, conditions_of(options));
  if (!parents.empty()) {
    return vault::Fact(vault::Derive{.item = {},
                                     .content = content,
                                     .parents = parents,
                                     .tool = options.tool,
                                     .use = use_of(options),
                                     .conditions = conditions});
  }
  ROG_TRY(const std::vector<vault::ReceivedDigest> received, received_of(options));
  return vault::Fact(vault::Ingest{.item = {},
                                   .content = content,
                                   .source = options.source,
                                   .received = received,
                                   .conditions = conditions});
}

/// Opens every file and asks the rules about each, before a case is made or anything is read.
Result<std::vector<Incoming>> prepare(VaultFolder& folder, const EvidenceOptions& options) {
  vault::CaseState state;
  std::vector<vault::ItemId> parents;
  if (!options.parents.empty()) {
    ROG_TRY(const vault::CaseHistory history, load_case(folder, options));
    ROG_TRY(parents, find_items(history, options.parents));
    state = history.state;
  }
  std::vector<Incoming> files;
  for (const std::string& path : options.files) {
    ROG_TRY(storage::FileSource source, storage::FileSource::open(path));
    ROG_TRY(const std::uint64_t size_bytes, source.size_bytes());
    ROG_TRY(vault::Fact fact, fact_of(options, path, parents));
    ROG_CHECKED(vault::decide(state, fact, act_of(options)));
    Incoming one{.path = path, .size_bytes = size_bytes, .held = {}, .fact = std::move(fact)};
    std::error_code ignored;
    if (path == "-" || !std::filesystem::is_regular_file(path, ignored)) {
      one.held.emplace(std::move(source));
    }
    files.push_back(std::move(one));
  }
  return files;
}

Result<vault::Ingested> take_in(Context& context, VaultFolder& folder, const vault::CaseId& id,
                                const EvidenceOptions& options, const Incoming& file) {
  ByteProgress progress(!context.output.is_json && is_watched(), file.size_bytes, file.path);
  const vault::IngestRequest request{
      .open = [&file]() -> Result<std::unique_ptr<crypto::ByteSource>> {
        ROG_TRY(storage::FileSource source, storage::FileSource::open(file.path));
        return std::unique_ptr<crypto::ByteSource>(
            std::make_unique<storage::FileSource>(std::move(source)));
      },
      .origin = origin_of(file.path),
      .fact = file.fact,
      .on_bytes = [&progress](std::uint64_t done) { progress.show(done); }};
  return folder.vault().ingest(id, request, act_of(options));
}

std::string_view agreement_name(vault::Agreement agreement) {
  switch (agreement) {
    case vault::Agreement::kAgrees:
      return "agrees";
    case vault::Agreement::kDiffers:
      return "differs";
    case vault::Agreement::kNotCompared:
      return "not_compared";
  }
  return "not_compared";
}

std::string_view said_of(vault::Agreement agreement) {
  switch (agreement) {
    case vault::Agreement::kAgrees:
      return "agrees";
    case vault::Agreement::kDiffers:
      return "differs: the mismatch is recorded";
    case vault::Agreement::kNotCompared:
      return "is kept and was not compared: only SHA-256 and SHA-512 in hexadecimal digits are";
  }
  return {};
}

/// What each digest that came along was worth.
JsonArray compare_received(const vault::Ingested& one, const vault::Fact& fact,
                           law::Document& said) {
  JsonArray list;
  const auto* ingest = std::get_if<vault::Ingest>(&fact);
  if (ingest == nullptr) return list;
  for (const vault::ReceivedDigest& received : ingest->received) {
    const vault::Agreement agreement = vault::compare_received(one.content, received);
    list.push_back(
        JsonObject{{"algorithm", received.algorithm}, {"outcome", agreement_name(agreement)}});
    said.item(fmt::format("the {} that came along {}", received.algorithm, said_of(agreement)));
  }
  return list;
}

JsonObject tell(const vault::Ingested& one, const vault::Fact& fact, law::Document& said) {
  said.paragraph(fmt::format("{} is item {} ({} bytes, {}).", one.content.name, one.item.str(),
                             one.content.size_bytes, one.content.media));
  said.item("SHA-256 " + one.content.sha256);
  if (one.resumed_bytes > 0) {
    said.item(fmt::format("went on after {} bytes of an interrupted ingest", one.resumed_bytes));
  }
  JsonArray received = compare_received(one, fact, said);
  return {{"item", one.item.view()},
          {"name", one.content.name},
          {"media", one.content.media},
          {"size_bytes", one.content.size_bytes},
          {"sha256", one.content.sha256},
          {"sha512", one.content.sha512},
          {"tree_root", one.content.tree_root},
          {"resumed_bytes", one.resumed_bytes},
          {"received", std::move(received)},
          {"received_digest_differs", one.has_mismatch}};
}

Result<void> ingest(Context& context, VaultFolder& folder, const EvidenceOptions& options) {
  ROG_CHECKED(check_options(options));
  ROG_TRY(const std::vector<Incoming> files, prepare(folder, options));
  ROG_TRY(const vault::CaseId id, folder.vault().open_case(options.case_name));
  law::Document said;
  JsonArray items;
  Result<void> ended;
  for (const Incoming& file : files) {
    auto one = take_in(context, folder, id, options, file);
    if (!one.ok()) {
      ended = one.take_error().with_context("while taking in " + file.path);
      break;
    }
    items.push_back(tell(*one, file.fact, said));
  }
  // What is in stays in, whatever became of the rest: it is signed and told before the error.
  if (!ended.ok() && items.empty()) return ended;
  ROG_CHECKED(folder.publish(evidence_now()));
  JsonArray missing;
  for (std::size_t i = items.size(); i < files.size(); ++i) {
    missing.emplace_back(files[i].path);
    said.item("not taken in: " + files[i].path);
  }
  context.print(JsonObject{{"case_id", id.view()},
                           {"items", std::move(items)},
                           {"not_taken_in", std::move(missing)}},
                said);
  return ended;
}

void add_conditions(CLI::App& command, EvidenceOptions& options) {
  command
      .add_option("--allow", options.allowed,
                  "speciality: a purpose that the providing side allows; may be repeated")
      ->type_name("PURPOSE");
  command.add_flag("--allow-none", options.is_none_allowed, "every use needs a consent");
  command.add_option("--return-by", options.return_by, "to be returned by")->type_name("DATE");
  command.add_option("--delete-by", options.delete_by, "to be deleted by")->type_name("DATE");
  command.add_option("--keep-until", options.keep_until, "not erased before")->type_name("DATE");
  command.add_option("--imposed-by", options.imposed_by, "who set these conditions, and where")
      ->type_name("TEXT");
}

}  // namespace

void add_ingest_command(CLI::App& group, Context& context, const EvidencePtr& options) {
  CLI::App* command = group.add_subcommand(
      "ingest", "Take files in: digests, seals and logs them; goes on where it was interrupted.");
  add_vault(*command, *options);
  command->add_option("FILE", options->files, "any file; `-` for standard input")->required();
  add_case(*command, *options);
  command->add_option("--name", options->name, "name of the item instead of that of the file");
  command->add_option("--source", options->source, "from whom it came")->type_name("TEXT");
  command
      ->add_option("--received", options->received,
                   "a digest that came with it, kept as received; SHA-256 and SHA-512 are compared")
      ->type_name("ALGORITHM:VALUE");
  add_conditions(*command, *options);
  command->add_option("--derived-from", options->parents, "items it was made from")
      ->type_name("ITEM");
  command->add_option("--tool", options->tool, "for a derived item: by which tool");
  command->add_option("--purpose", options->purpose, "for a derived item: the use made of them");
  command->add_option("--consent", options->consent, "for a derived item: a consent to that use");
  add_act(*command, *options);
  bind_evidence(*command, context, options, ingest);
}

}  // namespace rogatory::app
