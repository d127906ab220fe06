// SPDX-License-Identifier: EUPL-1.2

#include "package/detail/log_check.h"

#include <algorithm>
#include <array>
#include <map>

#include "crypto/bytes.h"
#include "crypto/hash_tree.h"
#include "crypto/timestamp.h"
#include "package/bundle_json.h"
#include "package/detail/checkpoint_report.h"
#include "package/detail/revocation_report.h"

namespace rogatory::package {
namespace {

class LogChecker final {
 public:
  LogChecker(const BundleContents& contents, const BundleTrust& trust,
             std::optional<std::chrono::sys_seconds> recorded_at, VerifyReport& report)
      : contents_(contents),
        trust_(trust),
        recorded_at_(recorded_at),
        report_(report),
        note_(contents.leaves.front().proof.checkpoint) {}

  void run() {
    const auto checkpoint = check_checkpoint();
    if (checkpoint) check_leaves(*checkpoint);
    check_openings();
    for (const BundleToken& token : contents_.tokens) check_token(token);
    if (contents_.tokens.empty()) {
      report_.not_checked.emplace_back("time stamps of authorities: there are none in the bundle");
    }
  }

 private:
  std::optional<tlog::VerifiedCheckpoint> check_checkpoint() {
    const std::string& text = trust_.policy ? *trust_.policy : contents_.policy;
    const std::string digest = crypto::sha256(text).hex();
    report_.is_self_asserted = !trust_.policy;
    report_.trust.push_back(
        trust_.policy ? "the policy given to this program (SHA-256 " + digest + ")"
                      : "the policy that came in the bundle (SHA-256 " + digest +
                            "): have it, or this number, from somebody else and give it here");
    if (trust_.policy && *trust_.policy != contents_.policy) {
      report_.warnings.emplace_back(
          "the policy in the bundle is not the one given; the one given counts");
    }
    const auto policy = tlog::Policy::parse(text);
    if (!policy) {
      report_.fail("policy", trust_.policy ? "" : std::string(kPolicyFile),
                   policy.error().to_string());
      return std::nullopt;
    }
    auto checkpoint = policy->check(note_);
    if (!checkpoint) {
      report_.fail("checkpoint", std::string(kCheckpointFile), checkpoint.error().message);
      return std::nullopt;
    }
    report(*checkpoint);
    return checkpoint.take();
  }

  void report(const tlog::VerifiedCheckpoint& found) {
    report_checkpoint(found, report_);
    report_.trust.push_back(
        recorded_at_
            ? "SHA-256 and the signatures of the checkpoint were not broken before " +
                  time_text(*recorded_at_) + ": by the evidence record all of it existed then"
            : "SHA-256 and the signatures of the checkpoint are not broken");
  }

  void check_leaves(const tlog::VerifiedCheckpoint& found) {
    const auto& head = found.checkpoint.head;
    std::size_t good = 0;
    for (const BundleLeaf& leaf : contents_.leaves) {
      const auto hash = crypto::leaf_hash(crypto::as_bytes(leaf.bytes));
      const auto proved =
          tlog::verify_inclusion(hash, leaf.proof.index, head.size, head.root, leaf.proof.path);
      if (proved) {
        ++good;
      } else {
        report_.fail("proof", leaf_file(leaf.proof.index), proved.error().message);
      }
    }
    report_.checked.push_back(std::to_string(good) + " of " +
                              std::to_string(contents_.leaves.size()) +
                              " leaves are in the log under that checkpoint");
  }

  void check_openings() {
    std::size_t opened = 0;
    std::size_t closed = 0;
    for (const BundleLeaf& leaf : contents_.leaves) {
      const auto event = EventLeaf::parse(leaf.bytes);
      if (!event) continue;
      for (const Opening& opening : leaf.openings) {
        const auto checked = check_opening(*event, opening);
        if (!checked) report_.fail("opening", leaf_file(leaf.proof.index), checked.error().message);
        opened += checked ? 1 : 0;
      }
      closed += event->closed.size() - std::min(event->closed.size(), leaf.openings.size());
      report_.times.push_back(
          {.what = "leaf " + std::to_string(leaf.proof.index) + ": " + event->kind,
           .at = event->at,
           .source = "the clock of the node that logged it, by its own word"});
    }
    report_.checked.push_back(std::to_string(opened) +
                              " members of leaves that are opened are what was committed to");
    if (closed > 0) {
      report_.not_checked.push_back(std::to_string(closed) +
                                    " members of leaves that are not opened to the reader");
    }
  }

  void check_token(const BundleToken& token) {
    const std::string where = token_file(token.name);
    if (trust_.time_stamp_authorities.anchors().empty()) {
      report_.not_checked.push_back("`" + where +
                                    "`: no certificate of a time stamp authority was given");
      return;
    }
    const auto known = crypto::KnownDigests::of(note_.to_text());
    const auto found = crypto::verify_timestamp(
        crypto::as_bytes(token.der), {.content = known, .trust = trust_.time_stamp_authorities});
    if (!found.holds() || !found.gen_time) {
      return report_.fail("time_stamp", where, crypto::to_string(found.findings));
    }
    // RFC 3161 4 (1): whoever has the key of a lost one makes such a time stamp with any time.
    const auto judged_at = recorded_at_ ? recorded_at_ : trust_.at;
    const auto faults = judged_at ? faults_at(token, *judged_at) : crypto::SignatureFindings();
    if (has_fault(faults, crypto::SignatureFault::kRevoked)) {
      return report_.fail("time_stamp", where, crypto::to_string(faults));
    }
    const std::string who = found.authority ? found.authority->subject() : "an authority";
    report_.checked.push_back("`" + where + "` is a time stamp of the checkpoint by `" + who + "`");
    report_revocation(found.revocation, report_);
    report_.times.push_back({.what = "the checkpoint existed",
                             .at = time_text(*found.gen_time),
                             .source = "time stamp authority `" + who + "`"});
    recorded_at_ ? say_recorded(token, *found.gen_time, faults) : say_end(token, faults);
  }

  /// Judged once more at another time: empty when it is good then, or else why not.
  crypto::SignatureFindings faults_at(const BundleToken& token, std::chrono::sys_seconds at) const {
    const auto known = crypto::KnownDigests::of(note_.to_text());
    return crypto::verify_timestamp(
               crypto::as_bytes(token.der),
               {.content = known, .trust = trust_.time_stamp_authorities, .at = at})
        .findings;
  }

  void say_recorded(const BundleToken& token, std::chrono::sys_seconds stamped_at,
                    const crypto::SignatureFindings& faults) {
    const std::string where = '`' + token_file(token.name) + '`';
    const std::string since = time_text(*recorded_at_);
    if (stamped_at > *recorded_at_) {
      report_.warnings.push_back(where + " has a later time than " + since +
                                 ", when by the evidence record it existed: one of the two "
                                 "authorities errs");
    } else if (!faults.empty()) {
      report_.warnings.push_back(
          where + " was not good any more when the evidence record began, at " + since + ": " +
          crypto::to_string(faults) +
          "; that it was made before and not forged in between, nothing here shows");
    } else {
      report_.checked.push_back(where + " was still good at " + since +
                                ", when by the evidence record it existed: what became of its "
                                "authority after that does not matter");
    }
  }

  /// Nothing in the bundle shows that the token is as old as it says; its key does, as long as
  /// somebody answers for it.
  void say_end(const BundleToken& token, const crypto::SignatureFindings& faults) {
    if (faults.empty()) return;
    report_.warnings.push_back(
        '`' + token_file(token.name) + "` was good at its own time and is not at " +
        time_text(*trust_.at) + ": " + crypto::to_string(faults) +
        "; whoever has had the authority's key since its end could have made this time stamp with "
        "an earlier time, and without an evidence record from before that end nothing here "
        "excludes "
        "it");
  }

  const BundleContents& contents_;
  const BundleTrust& trust_;
  std::optional<std::chrono::sys_seconds> recorded_at_;
  VerifyReport& report_;
  const tlog::Note& note_;
};

/// The members that are opened as they were committed to, each in its one JSON text.
using Opened = std::map<std::string, std::string>;

Opened opened_members(const EventLeaf& event, const BundleLeaf& leaf) {
  Opened members;
  for (const Opening& opening : leaf.openings) {
    if (!check_opening(event, opening)) continue;
    members[opening.member] = base::canonical_json(opening.value);
  }
  return members;
}

/// What of the record an ingest or a derivation states, as its members are named.
Opened stated_members(const ItemRecord& record) {
  Opened members;
  for (const auto& member : record.to_json()) {
    if (member.key() == "format") continue;
    members[std::string(member.key())] = base::canonical_json(member.value());
  }
  return members;
}

bool is_named_by_id(const ItemRecord& record, const Opened& opened) {
  const auto id = opened.find("item");
  return id != opened.end() && id->second == base::canonical_json(base::Json(record.name));
}

/// The first member that is opened and not so in the record. Names that two items share, or that no
/// file can have, give way to the id of the item when they are sealed.
std::optional<std::string> differing_member(const ItemRecord& record, const Opened& opened) {
  for (const auto& [member, value] : stated_members(record)) {
    const auto found = opened.find(member);
    if (found == opened.end() || found->second == value) continue;
    if (member == "name" && is_named_by_id(record, opened)) continue;
    return member;
  }
  return std::nullopt;
}

bool is_coming_in(const EventLeaf& event) {
  return event.kind == "ingest" || event.kind == "derive";
}

/// What a leaf is said to be about is the sender's word; what it opens was logged.
class AboutChecker final {
 public:
  AboutChecker(const BundleContents& contents, VerifyReport& report) : report_(report) {
    for (const BundleItem& item : contents.items) items_[item.set_index] = &item;
    for (const BundleLeaf& leaf : contents.leaves) {
      const auto event = EventLeaf::parse(leaf.bytes);
      if (!event || leaf.about.empty()) continue;
      told_.push_back({.leaf = &leaf, .event = *event, .opened = opened_members(*event, leaf)});
    }
  }

  void run() {
    for (const Told& one : told_) {
      if (is_coming_in(one.event)) check_coming_in(one);
    }
    for (const Told& one : told_) check_id(one);
  }

 private:
  struct Told {
    const BundleLeaf* leaf;
    EventLeaf event;
    Opened opened;
  };

  /// It is of one of the items it is about; a derivation is about those it was made from as well.
  void check_coming_in(const Told& told) {
    std::vector<std::uint64_t> own;
    std::string differing;
    for (const std::uint64_t index : told.leaf->about) {
      const auto member = differing_member(record(index), told.opened);
      if (!member) own.push_back(index);
      differing = member.value_or(differing);
    }
    if (own.empty()) {
      const std::string was = differing == "name" ? told.opened.at(differing) : "another";
      report_.fail("ingest", leaf_file(told.leaf->proof.index),
                   "`" + differing + "` of `" + record(told.leaf->about.back()).name + "` was " +
                       was + " at " + told.event.kind);
    }
    const auto id = told.opened.find("item");
    if (own.size() == 1 && id != told.opened.end()) ids_.emplace(own.front(), id->second);
  }

  /// The id of another item is a fault, as far as the ids of those it is about are known.
  void check_id(const Told& told) {
    const auto id = told.opened.find("item");
    if (id == told.opened.end()) return;
    const bool is_of_another =
        std::all_of(told.leaf->about.begin(), told.leaf->about.end(), [&](std::uint64_t index) {
          const auto known = ids_.find(index);
          return known != ids_.end() && known->second != id->second;
        });
    if (!is_of_another) return;
    report_.fail("about", leaf_file(told.leaf->proof.index),
                 "`item` is not the id of an item that this is said to be about");
  }

  const ItemRecord& record(std::uint64_t index) const { return items_.at(index)->sealed.record; }

  VerifyReport& report_;
  std::map<std::uint64_t, const BundleItem*> items_;
  std::vector<Told> told_;
  std::map<std::uint64_t, std::string> ids_;
};

/// Whether this leaf tells how the item came in: its ingest, or the derivation that states its
/// digest; the other items that a derivation is about are what it was made from.
bool is_origin(const BundleLeaf& leaf, const EventLeaf& event, const Opened& opened,
               const BundleItem& item) {
  if (event.kind == "ingest") return leaf.about == std::vector{item.set_index};
  const bool is_about =
      std::find(leaf.about.begin(), leaf.about.end(), item.set_index) != leaf.about.end();
  if (event.kind != "derive" || !is_about) return false;
  const auto stated = opened.find("tree_root");
  return leaf.about.size() == 1 ||
         (stated != opened.end() &&
          stated->second == base::canonical_json(base::Json(item.sealed.record.tree_root.hex())));
}

}  // namespace

void check_log(const BundleContents& contents, const BundleTrust& trust,
               std::optional<std::chrono::sys_seconds> recorded_at, VerifyReport& report) {
  LogChecker(contents, trust, recorded_at, report).run();
  AboutChecker(contents, report).run();
}

std::optional<Origin> find_origin(const BundleContents& contents, const BundleItem& item,
                                  VerifyReport& report) {
  const ItemRecord& record = item.sealed.record;
  for (const BundleLeaf& leaf : contents.leaves) {
    const auto event = EventLeaf::parse(leaf.bytes);
    if (!event) continue;
    const Opened opened = opened_members(*event, leaf);
    if (!is_origin(leaf, *event, opened, item)) continue;
    if (differing_member(record, opened)) return std::nullopt;
    const auto name = opened.find("name");
    if (name != opened.end() && name->second != base::canonical_json(base::Json(record.name))) {
      report.warnings.push_back("`" + record.name + "` had the name " + name->second + " at its " +
                                event->kind);
    }
    Opened wanted = stated_members(record);
    wanted.erase("name");
    if (std::all_of(wanted.begin(), wanted.end(),
                    [&](const auto& member) { return opened.contains(member.first); })) {
      return event->kind == "ingest" ? Origin::kIngest : Origin::kDerivation;
    }
    report.not_checked.push_back("`" + record.name + "` since its " + event->kind +
                                 ": the leaf is not opened that far; since its seal it is checked");
    return std::nullopt;
  }
  report.not_checked.push_back("`" + record.name +
                               "` since its ingest: the bundle has no leaf of it; "
                               "since its seal it is checked");
  return std::nullopt;
}

}  // namespace rogatory::package
