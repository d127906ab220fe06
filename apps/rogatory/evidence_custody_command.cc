// SPDX-License-Identifier: EUPL-1.2
// `rogatory evidence custody`: what happened to the items of a case, and what is due.
#include <fmt/format.h>

#include "base/text.h"
#include "rogatory/evidence_input.h"

namespace rogatory::app {
namespace {

using base::JsonArray;
using base::JsonObject;
using base::Result;
using vault::VaultFolder;

JsonObject event_json(const vault::RecordedEvent& event) {
  JsonObject json{{"kind", event.kind}, {"at", event.at}};
  if (event.leaf_index) json["leaf_index"] = *event.leaf_index;
  if (event.event) json["members"] = vault::closed_members(*event.event);
  return json;
}

JsonObject item_json(const vault::ItemId& id, const vault::Item& item) {
  JsonArray copies;
  for (const vault::WorkingCopy& copy : item.copies) {
    copies.push_back(JsonObject{{"copy", copy.id.view()}, {"holder", copy.holder}});
  }
  JsonArray parents;
  for (const vault::ItemId& parent : item.parents) parents.emplace_back(parent.view());
  JsonArray derived;
  for (const vault::ItemId& child : item.derived) derived.emplace_back(child.view());
  return {{"item", id.view()},
          {"name", item.content.name},
          {"media", item.content.media},
          {"size_bytes", item.content.size_bytes},
          {"sha256", item.content.sha256},
          {"is_damaged", item.is_damaged},
          {"differs_from_received", item.differs_from_received},
          {"copies", std::move(copies)},
          {"parents", std::move(parents)},
          {"derived", std::move(derived)}};
}

/// The kind; of an erasure also which case, and who approved it.
std::string what_of(const vault::RecordedEvent& event) {
  const auto* erase = event.event ? std::get_if<vault::Erase>(&event.event->fact) : nullptr;
  if (erase == nullptr) return event.kind;
  return fmt::format("{} of case {}, approved by {}", event.kind, erase->case_id,
                     base::join(erase->approvals, "; "));
}

void say_events(law::Document& said, const std::vector<vault::RecordedEvent>& events) {
  std::vector<std::vector<std::string>> rows;
  for (const vault::RecordedEvent& event : events) {
    const std::string place = event.leaf_index ? std::to_string(*event.leaf_index) : "-";
    if (!event.event) {
      rows.push_back({place, event.at, event.kind, "erased", "", ""});
      continue;
    }
    const vault::Act& act = event.event->act;
    rows.push_back({place, event.at, what_of(event), act.role, act.authority, act.reason});
  }
  said.heading(2, "What happened");
  said.table({"Leaf", "When (clock of this vault)", "What", "Role", "Authority", "Why"},
             std::move(rows));
}

std::string remark_on(const vault::Item& item) {
  std::string remark = item.is_damaged ? "damaged" : "";
  if (item.differs_from_received) {
    remark += (remark.empty() ? "" : "; ") + std::string("differs from a digest received with it");
  }
  return remark;
}

void say_items(law::Document& said, const vault::CaseHistory& history) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& [id, item] : history.state.items) {
    rows.push_back({id.str(), item.content.name, item.content.media,
                    std::to_string(item.content.size_bytes), remark_on(item)});
  }
  said.heading(2, "Items");
  said.table({"Item", "Name", "Media", "Bytes", ""}, std::move(rows));
}

Result<void> show_case(Context& context, VaultFolder& folder, const EvidenceOptions& options) {
  ROG_TRY(const vault::CaseHistory history, load_case(folder, options));
  JsonArray items;
  for (const auto& [id, item] : history.state.items) items.push_back(item_json(id, item));
  JsonArray events;
  for (const vault::RecordedEvent& event : history.events) events.push_back(event_json(event));
  JsonArray sets;
  for (const auto& [id, set] : history.state.sets) {
    JsonArray recipients;
    for (const std::string& recipient : set.recipients) recipients.emplace_back(recipient);
    sets.push_back(JsonObject{{"set", id.view()},
                              {"root", set.root},
                              {"items", set.items.size()},
                              {"recipients", std::move(recipients)}});
  }
  JsonArray duties;
  law::Document said;
  said.heading(1, "Custody of " + history.name);
  say_items(said, history);
  say_events(said, history.events);
  const std::vector<vault::Duty> list = vault::list_duties(history.state);
  if (!list.empty()) said.heading(2, "What is due");
  for (const vault::Duty& duty : list) {
    duties.push_back(JsonObject{{"duty", vault::duty_name(duty.kind)},
                                {"item", duty.item.view()},
                                {"day", duty.day.to_string()},
                                {"imposed_by", duty.imposed_by}});
    said.item(fmt::format("{} {} item {} {}", duty.day.to_string(), vault::duty_name(duty.kind),
                          duty.item.str(), duty.imposed_by));
  }
  JsonArray holds;
  for (const auto& [id, act] : history.state.holds) {
    holds.emplace_back(id.view());
    said.item(fmt::format("hold {} stands: {}", id.str(), act.reason));
  }
  context.print(JsonObject{{"case", history.name},
                           {"case_id", history.id.view()},
                           {"items", std::move(items)},
                           {"sets", std::move(sets)},
                           {"events", std::move(events)},
                           {"duties", std::move(duties)},
                           {"holds", std::move(holds)}},
                said);
  return {};
}

Result<void> custody(Context& context, VaultFolder& folder, const EvidenceOptions& options) {
  if (!options.case_name.empty()) return show_case(context, folder, options);
  ROG_TRY(const std::vector<vault::CaseSummary> cases, folder.vault().list_cases());
  JsonArray list;
  std::vector<std::vector<std::string>> rows;
  for (const vault::CaseSummary& one : cases) {
    JsonObject json{{"case_id", one.id.view()},
                    {"case", one.name},
                    {"items", one.items},
                    {"damaged", one.damaged}};
    if (one.erased_on) json["erased_on"] = *one.erased_on;
    list.push_back(std::move(json));
    rows.push_back({one.name, std::to_string(one.items), std::to_string(one.damaged),
                    one.erased_on.value_or("")});
  }
  law::Document said;
  said.heading(1, "Cases");
  said.table({"Case", "Items", "Damaged", "Erased"}, std::move(rows));
  ROG_TRY(const std::vector<vault::RecordedEvent> own, folder.vault().load_own_events());
  if (!own.empty()) say_events(said, own);
  JsonArray events;
  for (const vault::RecordedEvent& event : own) events.push_back(event_json(event));
  context.print(JsonObject{{"cases", std::move(list)}, {"events", std::move(events)}}, said);
  return {};
}

}  // namespace

void add_custody_command(CLI::App& group, Context& context, const EvidencePtr& options) {
  CLI::App* shown = group.add_subcommand(
      "custody",
      "What happened to the items of a case, and what is due; without --case all cases, and "
      "what happened to the vault as a whole.");
  add_vault(*shown, *options);
  shown->add_option("--case", options->case_name, "name of the case")->type_name("NAME");
  bind_evidence(*shown, context, options, custody);
}

}  // namespace rogatory::app
