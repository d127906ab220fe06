// SPDX-License-Identifier: EUPL-1.2
// `rogatory evidence init | ingest | open | seal | disclose`: evidence in and out of the vault. The
// commands about cases and the vault as a whole are in evidence_admin_commands.cc.
#include <fmt/format.h>
#include <sys/stat.h>

#include <filesystem>

#include "base/text.h"
#include "rogatory/evidence_input.h"
#include "rogatory/progress.h"
#include "storage/byte_files.h"
#include "vault/disclosure.h"

namespace rogatory::app {
namespace {

using base::JsonArray;
using base::JsonObject;
using base::Result;
using vault::VaultFolder;

// init --------------------------------------------------------------------------------------------

Result<void> init(Context& context, const EvidenceOptions& options) {
  ROG_CHECKED(VaultFolder::create(options.vault, options.origin));
  ROG_TRY(const auto made, VaultFolder::open(options.vault));
  ROG_CHECKED(made->publish(evidence_now()));
  ROG_TRY(const std::string policy, made->policy());
  law::Document said;
  said.paragraph(
      fmt::format("The vault is in {}. Its keys are in {}/keys: keep copies of that "
                  "folder apart from copies of the rest.",
                  options.vault, options.vault));
  said.paragraph("Who checks its proofs needs this policy:");
  for (const std::string_view line : base::split(base::trim(policy), '\n')) {
    said.item(std::string(line));
  }
  context.print(
      JsonObject{{"vault", options.vault}, {"origin", made->origin()}, {"policy", policy}}, said);
  return {};
}

// ingest ------------------------------------------------------------------------------------------

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

Result<vault::Fact> fact_of(const EvidenceOptions& options, const std::string& path,
                            const vault::CaseHistory& history) {
  vault::Content content{.name = options.name};
  if (content.name.empty()) content.name = std::filesystem::path(path).filename().string();
  ROG_TRY(const vault::Conditions conditions, conditions_of(options));
  if (!options.parents.empty()) {
    ROG_TRY(const std::vector<vault::ItemId> parents, find_items(history, options.parents));
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

Result<vault::Ingested> ingest_one(Context& context, VaultFolder& folder, const vault::CaseId& id,
                                   const EvidenceOptions& options, const std::string& path) {
  ROG_TRY(const vault::CaseHistory history, folder.vault().load(id));
  ROG_TRY(vault::Fact fact, fact_of(options, path, history));
  ROG_TRY(const storage::FileSource first, storage::FileSource::open(path));
  ROG_TRY(const std::uint64_t size_bytes, first.size_bytes());
  ByteProgress progress(!context.output.is_json && is_watched(), size_bytes, path);
  const vault::IngestRequest request{
      .open = [&path]() -> Result<std::unique_ptr<crypto::ByteSource>> {
        ROG_TRY(storage::FileSource source, storage::FileSource::open(path));
        return std::unique_ptr<crypto::ByteSource>(
            std::make_unique<storage::FileSource>(std::move(source)));
      },
      .origin = origin_of(path),
      .fact = std::move(fact),
      .on_bytes = [&progress](std::uint64_t done) { progress.show(done); }};
  return folder.vault().ingest(id, request, act_of(options));
}

JsonObject ingested_json(const vault::Ingested& one) {
  return {{"item", one.item.view()},
          {"name", one.content.name},
          {"media", one.content.media},
          {"size_bytes", one.content.size_bytes},
          {"sha256", one.content.sha256},
          {"sha512", one.content.sha512},
          {"tree_root", one.content.tree_root},
          {"resumed_bytes", one.resumed_bytes},
          {"received_digest_differs", one.has_mismatch}};
}

Result<void> ingest(Context& context, VaultFolder& folder, const EvidenceOptions& options) {
  if (options.files.size() > 1 && !options.name.empty()) {
    return usage_error("--name is for one file");
  }
  ROG_TRY(const vault::CaseId id, folder.vault().open_case(options.case_name));
  law::Document said;
  JsonArray items;
  for (const std::string& path : options.files) {
    ROG_TRY(const vault::Ingested one, ingest_one(context, folder, id, options, path));
    said.paragraph(fmt::format("{} is item {} ({} bytes, {}).", one.content.name, one.item.str(),
                               one.content.size_bytes, one.content.media));
    said.item("SHA-256 " + one.content.sha256);
    if (one.resumed_bytes > 0) {
      said.item(fmt::format("went on after {} bytes of an interrupted ingest", one.resumed_bytes));
    }
    if (one.has_mismatch) said.item("a digest that came along differs: the mismatch is recorded");
    items.push_back(ingested_json(one));
  }
  ROG_CHECKED(folder.publish(evidence_now()));
  context.print(JsonObject{{"case_id", id.view()}, {"items", std::move(items)}}, said);
  return {};
}

// open --------------------------------------------------------------------------------------------

Result<void> write_item(Context& context, VaultFolder& folder, const vault::CaseHistory& history,
                        const vault::ItemId& item, const EvidenceOptions& options) {
  const std::filesystem::path unfinished = options.out + ".partial";
  ROG_TRY(storage::FileSink sink,
          storage::FileSink::open(unfinished, storage::Existing::kReplace, /*start=*/0));
  Result<void> given;
  if (!options.age_recipients.empty()) {
    std::vector<crypto::AgeRecipient> recipients;
    for (const std::string& text : options.age_recipients) {
      ROG_TRY(crypto::AgeRecipient recipient, crypto::parse_age_recipient(text));
      recipients.push_back(std::move(recipient));
    }
    given = folder.vault().export_sealed(history.id, item, recipients, sink);
  } else {
    const std::uint64_t size_bytes = history.state.items.at(item).content.size_bytes;
    ByteProgress progress(!context.output.is_json && is_watched(), size_bytes, options.out);
    given = folder.vault().read(history.id, item, sink,
                                [&progress](std::uint64_t done) { progress.show(done); });
  }
  if (given.ok()) given = sink.finish();
  std::error_code failed;
  if (!given.ok()) {
    std::filesystem::remove(unfinished, failed);
    return given;
  }
  std::filesystem::rename(unfinished, options.out, failed);
  if (!failed) return {};
  return base::Error{.code = base::ErrorCode::kIo,
                     .message = "the file cannot be given its name: " + failed.message(),
                     .context = {},
                     .place = {.file = options.out}};
}

Result<void> open(Context& context, VaultFolder& folder, const EvidenceOptions& options) {
  if (std::filesystem::exists(options.out)) {
    return base::Error{.code = base::ErrorCode::kConflict,
                       .message = "the file is there already",
                       .context = {},
                       .place = {.file = options.out}};
  }
  ROG_TRY(const vault::CaseHistory history, load_case(folder, options));
  ROG_TRY(const std::vector<vault::ItemId> items, find_items(history, options.items));
  const vault::ItemId& item = items.front();
  const vault::ItemId copy(vault::random_id());
  const vault::Fact fact =
      options.holder.empty()
          ? vault::Fact(vault::Open{.item = item, .use = use_of(options)})
          : vault::Fact(vault::Copy{
                .copy = copy, .item = item, .holder = options.holder, .use = use_of(options)});
  // Written before the content goes out, so that no use is without its event.
  ROG_CHECKED(folder.vault().record(history.id, fact, act_of(options)));
  const auto given = write_item(context, folder, history, item, options);
  if (!given.ok() && given.error().code == base::ErrorCode::kLint) {
    ROG_CHECKED(folder.vault().record(
        history.id,
        vault::Mismatch{.item = item,
                        .expected = history.state.items.at(item).content.tree_root,
                        .found = given.error().message,
                        .where = "opening"},
        act_of(options)));
  }
  ROG_CHECKED(folder.publish(evidence_now()));
  if (!given.ok()) return given;
  law::Document said;
  const std::string& name = history.state.items.at(item).content.name;
  // A sealed copy goes out as it lies: it is the recipient who reads, and compares, the content.
  said.paragraph(options.age_recipients.empty()
                     ? fmt::format("{} is in {}, unchanged since ingest.", name, options.out)
                     : fmt::format("{} is in {}, sealed for its recipients; the content was not "
                                   "read.",
                                   name, options.out));
  JsonObject json{{"item", item.view()}, {"file", options.out}};
  if (!options.holder.empty()) json["copy"] = copy.view();
  context.print(json, said);
  return {};
}

// seal, disclose ----------------------------------------------------------------------------------

Result<void> seal(Context& context, VaultFolder& folder, const EvidenceOptions& options) {
  ROG_TRY(const vault::CaseHistory before, load_case(folder, options));
  ROG_TRY(const std::vector<vault::ItemId> items, find_items(before, options.items));
  ROG_TRY(const vault::SetId set, folder.vault().seal(before.id, items, act_of(options)));
  ROG_CHECKED(folder.publish(evidence_now()));
  ROG_TRY(const vault::CaseHistory history, folder.vault().load(before.id));
  const vault::SealedSet& sealed = history.state.sets.at(set);
  law::Document said;
  said.paragraph(fmt::format("Sealed {} item(s) as set {}.", sealed.items.size(), set.str()));
  said.item("root " + sealed.root);
  context.print(
      JsonObject{{"set", set.view()}, {"root", sealed.root}, {"items", sealed.items.size()}}, said);
  return {};
}

Result<void> disclose(Context& context, VaultFolder& folder, const EvidenceOptions& options) {
  ROG_TRY(const vault::CaseHistory history, load_case(folder, options));
  ROG_TRY(const std::vector<vault::ItemId> items, find_items(history, options.items));
  ROG_TRY(const vault::SetId set, find_sealed_set(history, options.set));
  ROG_TRY(const std::string policy, folder.policy());
  std::unique_ptr<ByteProgress> progress;
  const vault::DisclosureRequest request{
      .set = set,
      .items = items,
      .recipient = options.recipient,
      .use = use_of(options),
      .case_reference = options.reference,
      .policy = policy,
      .folder = options.out,
      .publish = [&folder] { return folder.publish(evidence_now()); },
      .progress =
          [&](std::uint64_t done, std::uint64_t total) {
            if (!progress) {
              progress = std::make_unique<ByteProgress>(!context.output.is_json && is_watched(),
                                                        total, options.out);
            }
            progress->show(done);
          }};
  ROG_CHECKED(vault::disclose(folder.vault(), history.id, request, act_of(options)));
  progress.reset();
  law::Document said;
  said.paragraph(
      fmt::format("The evidence bundle is in {}. It shows {} of the items sealed; of the "
                  "others nothing but their number.",
                  options.out, items.empty() ? "all" : std::to_string(items.size())));
  said.paragraph("Check it with `rogatory-verify`, or with custody/verify_bundle.py in it.");
  context.print(JsonObject{{"bundle", options.out}, {"set", set.view()}}, said);
  return {};
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

void add_ingest(CLI::App& group, Context& context, const EvidencePtr& options) {
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

}  // namespace

void add_evidence_commands(CLI::App& app, Context& context) {
  CLI::App* group = app.add_subcommand(
      "evidence", "Keep evidence sealed, log what happens to it, disclose it with proofs.");
  group->require_subcommand(1);
  group->footer(
      "A vault is a folder (docs/formats/vault.md). Every act names officer, role, authority and\n"
      "reason; the log shows commitments alone.\n"
      "  rogatory evidence init vault --origin evidence.example/vault\n"
      "  rogatory evidence ingest vault disk.E01 --case 7/2026 --source \"police of Manila\" ...\n"
      "  rogatory evidence seal vault --case 7/2026 ...\n"
      "  rogatory evidence disclose vault invoice.pdf --case 7/2026 --recipient defence --out b "
      "...\n"
      "  rogatory evidence custody vault --case 7/2026\n"
      "Exit status 10: a rule forbids it (a hold, a condition of use, a missing approval).");
  auto options = std::make_shared<EvidenceOptions>();

  CLI::App* made = group->add_subcommand("init", "Make a vault with new keys and an empty log.");
  add_vault(*made, *options);
  made->add_option("--origin", options->origin,
                   "the name of its log for ever, such as evidence.example/vault")
      ->required();
  bind(*made, context, [options](Context& c) { return init(c, *options); });

  add_ingest(*group, context, options);

  CLI::App* opened = group->add_subcommand(
      "open", "Read an item, or hand out a working copy; the use is held against its conditions.");
  add_vault(*opened, *options);
  opened->add_option("ITEM", options->items, "id or name")->required()->expected(1);
  add_case(*opened, *options);
  add_use(*opened, *options);
  opened->add_option("--holder", options->holder, "who gets it as a working copy");
  opened
      ->add_option("--to", options->age_recipients,
                   "sealed for this age recipient instead of in the clear; may be repeated")
      ->type_name("age1...");
  opened->add_option("--out", options->out, "a new file")->required()->type_name("FILE");
  add_act(*opened, *options);
  bind_evidence(*opened, context, options, open);

  CLI::App* sealed = group->add_subcommand(
      "seal", "Fix items together as a set, of which any part can be disclosed later.");
  add_vault(*sealed, *options);
  sealed->add_option("ITEM", options->items, "id or name; all items of the case without any");
  add_case(*sealed, *options);
  add_act(*sealed, *options);
  bind_evidence(*sealed, context, options, seal);

  CLI::App* disclosed = group->add_subcommand(
      "disclose", "Write an evidence bundle of some items of a sealed set, with their proofs.");
  add_vault(*disclosed, *options);
  disclosed->add_option("ITEM", options->items, "id or name; the whole set without any");
  add_case(*disclosed, *options);
  disclosed->add_option("--set", options->set, "the sealed set; the only one without it");
  disclosed->add_option("--recipient", options->recipient, "who gets it")->required();
  disclosed->add_option("--reference", options->reference,
                        "what the receiver knows the case by; stands in the bundle");
  add_use(*disclosed, *options);
  disclosed->add_option("--out", options->out, "a new folder")->required()->type_name("DIR");
  add_act(*disclosed, *options);
  bind_evidence(*disclosed, context, options, disclose);

  add_evidence_admin_commands(*group, context, options);
}

}  // namespace rogatory::app
