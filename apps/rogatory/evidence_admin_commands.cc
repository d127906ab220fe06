// SPDX-License-Identifier: EUPL-1.2
// `rogatory evidence report | release | receipt | hold | erase | scrub | restore | backup`: what is
// said about evidence, and what concerns a case or the vault as a whole.
#include <fmt/format.h>

#include "base/file.h"
#include "rogatory/evidence_input.h"
#include "rogatory/progress.h"

namespace rogatory::app {
namespace {

using base::JsonArray;
using base::JsonObject;
using base::Result;
using vault::VaultFolder;

/// Records one fact about a case, signs the log and says so.
Result<void> record(Context& context, VaultFolder& folder, const EvidenceOptions& options,
                    const vault::CaseId& id, const vault::Fact& fact, JsonObject json,
                    const std::string& text) {
  ROG_CHECKED(folder.vault().record(id, fact, act_of(options)));
  ROG_CHECKED(folder.publish(evidence_now()));
  json["recorded"] = vault::kind_of(fact);
  law::Document said;
  said.paragraph(text);
  context.print(json, said);
  return {};
}

// report, release, receipt ------------------------------------------------------------------------

Result<void> report(Context& context, VaultFolder& folder, const EvidenceOptions& options) {
  ROG_TRY(const vault::CaseHistory history, load_case(folder, options));
  ROG_TRY(const std::vector<vault::ItemId> items, find_items(history, options.items));
  const vault::AcquisitionReport fact{.item = items.front(),
                                      .acquired_by = options.source,
                                      .acquired_at = options.acquired_at,
                                      .method = options.tool,
                                      .report = options.note};
  return record(context, folder, options, history.id, fact, {{"item", fact.item.view()}},
                "The acquisition is recorded as it was reported; it was not checked here.");
}

Result<void> release(Context& context, VaultFolder& folder, const EvidenceOptions& options) {
  ROG_TRY(const vault::CaseHistory history, load_case(folder, options));
  ROG_TRY(const vault::SetId set, find_sealed_set(history, options.set));
  const vault::Release fact{.set = set, .recipient = options.recipient, .use = use_of(options)};
  return record(context, folder, options, history.id, fact, {{"set", set.view()}},
                "The release is recorded.");
}

Result<void> receipt(Context& context, VaultFolder& folder, const EvidenceOptions& options) {
  ROG_TRY(const vault::CaseHistory history, load_case(folder, options));
  ROG_TRY(const vault::SetId set, find_sealed_set(history, options.set));
  const vault::Receipt fact{
      .set = set, .from = options.source, .root = options.root, .note = options.note};
  const auto known = history.state.sets.find(set);
  const bool is_same =
      known != history.state.sets.end() && vault::is_same_root(known->second, options.root);
  if (!is_same) context.exit_code = kIncomplete;
  return record(context, folder, options, history.id, fact,
                {{"set", set.view()}, {"is_same_root", is_same}},
                is_same ? "The receipt is recorded: it names the root that was sealed."
                        : "The receipt names another root: a mismatch is recorded.");
}

// hold, erase -------------------------------------------------------------------------------------

Result<void> hold(Context& context, VaultFolder& folder, const EvidenceOptions& options) {
  ROG_TRY(const vault::CaseId id, folder.vault().find_case(options.case_name));
  if (!options.lift.empty()) {
    return record(context, folder, options, id, vault::HoldRelease{vault::HoldId(options.lift)},
                  {{"hold", options.lift}}, "The hold is released.");
  }
  const vault::Hold fact{vault::HoldId(vault::random_id())};
  return record(context, folder, options, id, fact, {{"hold", fact.hold.view()}},
                "Nothing of the case is erased while hold " + fact.hold.str() + " stands.");
}

Result<void> erase(Context& context, VaultFolder& folder, const EvidenceOptions& options) {
  ROG_TRY(const vault::CaseHistory history, load_case(folder, options));
  if (options.is_approval) {
    return record(context, folder, options, history.id, vault::EraseApproval{},
                  {{"approvals", history.state.approvals.size() + 1}},
                  fmt::format("Approval {} of 2 is recorded.", history.state.approvals.size() + 1));
  }
  ROG_CHECKED(folder.vault().erase(history.id, act_of(options)));
  ROG_CHECKED(folder.publish(evidence_now()));
  JsonArray elsewhere;
  law::Document said;
  said.paragraph(
      "The key of the case is destroyed and what pointed to it is gone. The log still "
      "proves that it was kept.");
  ROG_TRY(const auto token, folder.token());
  if (token) {
    said.paragraph(
        fmt::format("The token `{}` no longer has the key. Backups of the token, if it "
                    "has any, were not reached.",
                    token->label));
  } else {
    said.paragraph(
        "Copies of the folder keys made before this still open the case: destroy every copy of "
        "keys/*/vault.key from before, and make new copies of the folder, vault.key apart from the "
        "rest.");
  }
  for (const auto& [id, set] : history.state.sets) {
    for (const std::string& recipient : set.recipients) elsewhere.emplace_back(recipient);
  }
  for (const auto& [id, item] : history.state.items) {
    for (const vault::WorkingCopy& copy : item.copies) elsewhere.emplace_back(copy.holder);
  }
  if (!elsewhere.empty()) {
    said.paragraph("Not erased, for it is not here: what these hold.");
    for (const auto& who : elsewhere) said.item(std::string(who.as_string()));
  }
  context.print(JsonObject{{"erased", history.id.view()}, {"held_elsewhere", std::move(elsewhere)}},
                said);
  return {};
}

// scrub, restore, backup --------------------------------------------------------------------------

Result<void> scrub(Context& context, VaultFolder& folder, const EvidenceOptions& options) {
  ByteProgress progress(!context.output.is_json && is_watched(), 0, "read");
  ROG_TRY(const vault::ScrubOutcome outcome,
          folder.vault().scrub(act_of(options),
                               [&progress](std::uint64_t done) { progress.show(done); },
                               {.due_after_days = options.due_after_days}));
  ROG_CHECKED(folder.publish(evidence_now()));
  law::Document said;
  said.paragraph(fmt::format("{} item(s), {} bytes read; {} damaged.", outcome.checked,
                             outcome.bytes, outcome.damaged.size()));
  if (outcome.not_due > 0) {
    said.paragraph(fmt::format("{} item(s) were not due and not read.", outcome.not_due));
  }
  JsonArray damaged;
  for (const auto& one : outcome.damaged) {
    said.item(one.what);
    JsonObject json{{"case_id", one.case_id.view()}, {"what", one.what}};
    if (!one.item.empty()) json["item"] = one.item.view();
    damaged.push_back(std::move(json));
  }
  if (!outcome.damaged.empty()) context.exit_code = kIncomplete;
  context.print(JsonObject{{"checked", outcome.checked},
                           {"not_due", outcome.not_due},
                           {"bytes", outcome.bytes},
                           {"damaged", std::move(damaged)}},
                said);
  return {};
}

Result<void> restore(Context& context, VaultFolder& folder, const EvidenceOptions& options) {
  if (!options.last_signed.empty()) {
    ROG_TRY(const std::string note, base::read_file(options.last_signed, tlog::kMaxNoteBytes));
    auto founded = folder.endorsements().found_record(note);
    if (!founded.ok()) return founded.take_error().with_context("reading " + options.last_signed);
  }
  ROG_TRY(const auto lost, folder.vault().restore(act_of(options)));
  ROG_CHECKED(folder.publish(evidence_now()));
  law::Document said;
  JsonObject json{{"restored", lost.has_value()}};
  if (lost) {
    json["lost_from"] = lost->from;
    json["lost_until"] = lost->until;
    said.paragraph(
        fmt::format("Leaves {} to {} were signed and their events are lost; a leaf that "
                    "says so was added, and the log goes on.",
                    lost->from, lost->until - 1));
    said.paragraph(
        "Approvals of erasures given before are void. Holds that were placed in what is lost are "
        "lost too: place them again.");
  } else {
    said.paragraph("Nothing that was signed is missing.");
  }
  context.print(json, said);
  return {};
}

Result<void> back_up(Context& context, VaultFolder& folder, const EvidenceOptions& options) {
  ROG_CHECKED(folder.vault().back_up_to(options.out));
  law::Document said;
  said.paragraph(
      fmt::format("{} holds the database. Copy the folder blobs beside it; keep the file "
                  "log-signed and the folder log out of what is restored.",
                  options.out));
  ROG_TRY(const auto token, folder.token());
  said.paragraph(token
                     ? "The keys of cases are in the token; back up the folder keys, which has the "
                       "key of the log and the name of the token."
                     : kAboutKeys);
  context.print(JsonObject{{"file", options.out}}, said);
  return {};
}

CLI::App* add(CLI::App& group, const EvidencePtr& options, const char* name, const char* what) {
  CLI::App* command = group.add_subcommand(name, what);
  add_vault(*command, *options);
  return command;
}

void add_facts(CLI::App& group, Context& context, const EvidencePtr& options) {
  CLI::App* reported = add(group, options, "report", "Record how an item was acquired.");
  reported->add_option("ITEM", options->items, "id or name")->required()->expected(1);
  add_case(*reported, *options);
  reported->add_option("--acquired-by", options->source, "who acquired it")->required();
  reported->add_option("--acquired-at", options->acquired_at, "when, as reported");
  reported->add_option("--method", options->tool, "how")->required();
  reported->add_option("--note", options->note, "what else the report says");
  add_act(*reported, *options);
  bind_evidence(*reported, context, options, report);

  CLI::App* released = add(group, options, "release", "Record that a sealed set left the vault.");
  add_case(*released, *options);
  released->add_option("--set", options->set, "the sealed set; the only one without it");
  released->add_option("--recipient", options->recipient, "who gets it")->required();
  add_use(*released, *options);
  add_act(*released, *options);
  bind_evidence(*released, context, options, release);

  CLI::App* received =
      add(group, options, "receipt", "Record what a recipient says of a set it received.");
  add_case(*received, *options);
  received->add_option("--set", options->set, "the sealed set; the only one without it");
  received->add_option("--from", options->source, "who confirms")->required();
  received->add_option("--root", options->root, "the root as the recipient computed it")
      ->required();
  received->add_option("--note", options->note, "what else was said");
  add_act(*received, *options);
  bind_evidence(*received, context, options, receipt);
}

}  // namespace

void add_evidence_admin_commands(CLI::App& group, Context& context, const EvidencePtr& options) {
  add_custody_command(group, context, options);

  add_verify_command(group, context, options);
  add_facts(group, context, options);

  CLI::App* held = add(group, options, "hold", "Keep a case from being erased, or end that.");
  add_case(*held, *options);
  held->add_option("--lift", options->lift, "release this hold")->type_name("ID");
  add_act(*held, *options);
  bind_evidence(*held, context, options, hold);

  CLI::App* erased = add(group, options, "erase",
                         "Destroy the key of a case: twice with --approve, by two officers in two "
                         "roles, then without.");
  add_case(*erased, *options);
  erased->add_flag("--approve", options->is_approval, "record one of the two approvals");
  add_act(*erased, *options);
  bind_evidence(*erased, context, options, erase);

  CLI::App* scrubbed =
      add(group, options, "scrub", "Read every item, compare it, and log what was found.");
  add_act(*scrubbed, *options);
  scrubbed
      ->add_option("--due-after", options->due_after_days,
                   "only items that no scrub has read in so many days")
      ->type_name("DAYS");
  scrubbed->footer(
      "For a timer that runs every day, so that each item is read once in a month: `rogatory "
      "evidence scrub VAULT --due-after 30 ...`. Where nothing is due nothing is recorded; a scrub "
      "that was cut off goes on. Exit status 1: something is damaged.");
  bind_evidence(*scrubbed, context, options, scrub);

  CLI::App* restored = add(group, options, "restore",
                           "After a backup of the database was put back: take back the signed "
                           "leaves it lacks and log which.");
  add_act(*restored, *options);
  restored
      ->add_option("--last-signed", options->last_signed,
                   "where log-signed is lost: the newest checkpoint that this log signed")
      ->type_name("FILE");
  restored->footer(
      "Without log-signed nobody here knows which tree was signed last, and nothing is signed. "
      "--last-signed founds it anew on a checkpoint that a witness or a recipient holds (in a "
      "bundle it is custody/checkpoint); it has to be signed by this log, and the log has to "
      "extend it. This is only as safe as it is the newest one: were a later tree signed, a second "
      "one could be signed over other leaves, and who holds both has proof that this log forked. "
      "Ask every witness and every recipient first.");
  bind_evidence(*restored, context, options, restore);

  CLI::App* backed_up = add(group, options, "backup", "Copy the database while it is in use.");
  backed_up->add_option("--out", options->out, "a new file")->required()->type_name("FILE");
  bind_evidence(*backed_up, context, options, back_up);
}

}  // namespace rogatory::app
