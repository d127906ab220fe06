// SPDX-License-Identifier: EUPL-1.2
// `rogatory evidence init | open | seal | disclose`: a vault, and evidence out of it. It comes in
// by evidence_ingest_command.cc; the commands about cases and the vault as a whole are in
// evidence_admin_commands.cc.
#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <span>
#include <utility>

#include "base/text.h"
#include "rogatory/evidence_input.h"
#include "rogatory/progress.h"
#include "storage/byte_files.h"
#include "vault/disclosure.h"

namespace rogatory::app {
namespace {

using base::JsonObject;
using base::Result;
using vault::VaultFolder;

// init --------------------------------------------------------------------------------------------

Result<void> init(Context& context, const EvidenceOptions& options) {
  if (options.token_module.empty() != options.token_label.empty()) {
    return usage_error("a token takes both --token and --token-module");
  }
  std::optional<vault::TokenPlace> token;
  if (!options.token_label.empty()) {
    token = {.module = options.token_module, .label = options.token_label, .store = {}};
  }
  ROG_TRY(const std::string pin, read_pin(options));
  ROG_CHECKED(VaultFolder::create(options.vault, options.origin, token, pin));
  ROG_TRY(const auto made, open_vault(options));
  ROG_CHECKED(made->publish(evidence_now()));
  ROG_TRY(const std::string policy, made->policy());
  law::Document said;
  if (token) {
    said.paragraph(
        fmt::format("The vault is in {}. The keys of its cases are in the token `{}`, "
                    "the key of its log in {}/keys.",
                    options.vault, token->label, options.vault));
    said.paragraph(
        "An erasure destroys the key of the case in the token; it reaches no backup that the token "
        "may have.");
  } else {
    said.paragraph(
        fmt::format("The vault is in {}, its keys are in {}/keys.", options.vault, options.vault));
    said.paragraph(kAboutKeys);
  }
  said.paragraph("Who checks its proofs needs this policy:");
  for (const std::string_view line : base::split(base::trim(policy), '\n')) {
    said.item(std::string(line));
  }
  context.print(
      JsonObject{{"vault", options.vault}, {"origin", made->origin()}, {"policy", policy}}, said);
  return {};
}

// open --------------------------------------------------------------------------------------------

/// A file that has its name once it is whole; until then nothing of it stays.
class NewFile final {
 public:
  /// kConflict when it is there, or an unfinished one from before; kIo.
  static Result<std::unique_ptr<NewFile>> open(const std::string& path) {
    std::error_code ignored;
    if (std::filesystem::exists(std::filesystem::symlink_status(path, ignored))) {
      return base::Error{.code = base::ErrorCode::kConflict,
                         .message = "the file is there already",
                         .context = {},
                         .place = {.file = path}};
    }
    // A name of its own, so that one left by a stop stands in nobody's way.
    const std::string unfinished = path + ".partial-" + vault::random_id();
    ROG_TRY(storage::FileSink sink,
            storage::FileSink::open(unfinished, storage::Existing::kRefuse));
    return std::unique_ptr<NewFile>(new NewFile(path, unfinished, std::move(sink)));
  }
  ~NewFile() {
    std::error_code ignored;
    if (!is_whole_) std::filesystem::remove(unfinished_, ignored);
  }
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  storage::FileSink& sink() { return sink_; }

  Result<void> finish() {
    ROG_CHECKED(sink_.finish());
    std::error_code failed;
    std::filesystem::rename(unfinished_, path_, failed);
    is_whole_ = !failed;
    if (is_whole_) return {};
    return base::Error{.code = base::ErrorCode::kIo,
                       .message = "the file cannot be given its name: " + failed.message(),
                       .context = {},
                       .place = {.file = path_}};
  }

 private:
  NewFile(std::string path, std::string unfinished, storage::FileSink sink)
      : path_(std::move(path)), unfinished_(std::move(unfinished)), sink_(std::move(sink)) {}

  std::string path_;
  std::string unfinished_;
  storage::FileSink sink_;
  bool is_whole_ = false;
};

Result<std::vector<crypto::AgeRecipient>> recipients_of(const EvidenceOptions& options) {
  std::vector<crypto::AgeRecipient> recipients;
  for (const std::string& text : options.age_recipients) {
    ROG_TRY(crypto::AgeRecipient recipient, crypto::parse_age_recipient(text));
    recipients.push_back(std::move(recipient));
  }
  return recipients;
}

Result<void> write_item(Context& context, VaultFolder& folder, const vault::CaseHistory& history,
                        const vault::ItemId& item, const EvidenceOptions& options,
                        std::span<const crypto::AgeRecipient> recipients, NewFile& file) {
  if (!recipients.empty()) {
    ROG_CHECKED(folder.vault().export_sealed(history.id, item, recipients, file.sink()));
    return file.finish();
  }
  const std::uint64_t size_bytes = history.state.items.at(item).content.size_bytes;
  ByteProgress progress(!context.output.is_json && is_watched(), size_bytes, options.out);
  ROG_CHECKED(folder.vault().read(history.id, item, file.sink(),
                                  [&progress](std::uint64_t done) { progress.show(done); }));
  return file.finish();
}

Result<void> open(Context& context, VaultFolder& folder, const EvidenceOptions& options) {
  ROG_TRY(const vault::CaseHistory history, load_case(folder, options));
  ROG_TRY(const std::vector<vault::ItemId> items, find_items(history, options.items));
  const vault::ItemId& item = items.front();
  const vault::ItemId copy(vault::random_id());
  const vault::Fact fact =
      options.holder.empty()
          ? vault::Fact(vault::Open{.item = item, .use = use_of(options)})
          : vault::Fact(vault::Copy{
                .copy = copy, .item = item, .holder = options.holder, .use = use_of(options)});
  // What would stop the content from going out is asked before the record says that it did.
  ROG_TRY(const std::vector<crypto::AgeRecipient> recipients, recipients_of(options));
  ROG_TRY(const std::unique_ptr<NewFile> file, NewFile::open(options.out));
  // Written before the content goes out, so that no use is without its event.
  ROG_CHECKED(folder.vault().record(history.id, fact, act_of(options)));
  auto given = write_item(context, folder, history, item, options, recipients, *file);
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
  if (options.is_recorded && !items.empty()) {
    return usage_error("--recorded gives the items of that disclosure; name none");
  }
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
          },
      .is_recorded = options.is_recorded,
      .is_use_told = options.is_use_told,
      .tokens =
          [&folder](std::string_view checkpoint) {
            return folder.endorsements().tokens_over(checkpoint);
          }};
  ROG_CHECKED(vault::disclose(folder.vault(), history.id, request, act_of(options)));
  progress.reset();
  law::Document said;
  said.paragraph(
      fmt::format("The evidence bundle is in {}. It shows {} of the items sealed; of the "
                  "others nothing but their number.",
                  options.out, items.empty() ? "all" : std::to_string(items.size())));
  said.paragraph(
      "Check it with `rogatory-verify`, or with custody/verify_bundle.py in it. Give the policy, "
      "and the verifier or its SHA-256, to whoever receives it by another way than the bundle.");
  context.print(JsonObject{{"bundle", options.out}, {"set", set.view()}}, said);
  return {};
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
      "Of a bundle, without a vault: `evidence verify`, and `evidence record` for decades to "
      "come.\n"
      "Exit status 10: a rule forbids it (a hold, a condition of use, a missing approval).");
  auto options = std::make_shared<EvidenceOptions>();

  CLI::App* made = group->add_subcommand("init", "Make a vault with new keys and an empty log.");
  add_vault(*made, *options);
  made->add_option("--origin", options->origin,
                   "the name of its log for ever, such as evidence.example/vault")
      ->required();
  made->add_option("--token", options->token_label,
                   "keep the keys of cases in the PKCS #11 token of this label")
      ->type_name("LABEL");
  made->add_option("--token-module", options->token_module,
                   "the module of the token's maker, such as "
                   "/usr/lib/softhsm/libsofthsm2.so")
      ->type_name("FILE");
  bind(*made, context, [options](Context& c) { return init(c, *options); });

  add_ingest_command(*group, context, options);

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
  disclosed->add_flag(
      "--recorded", options->is_recorded,
      "write the bundle of the last disclosure to that recipient, with no new event");
  disclosed->add_flag("--tell-use", options->is_use_told,
                      "also tell for what, why and under which authority the items were opened "
                      "here; without it only when and by which role");
  add_act(*disclosed, *options);
  bind_evidence(*disclosed, context, options, disclose);

  add_record_command(*group, context);
  add_evidence_trust_commands(*group, context, options);
  add_evidence_admin_commands(*group, context, options);
}

}  // namespace rogatory::app
