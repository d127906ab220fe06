// SPDX-License-Identifier: EUPL-1.2
//
// A policy file, line by line.

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "base/deceptive.h"
#include "base/text.h"
#include "tlog/detail/refuse.h"
#include "tlog/policy.h"

namespace rogatory::tlog {
namespace {

using base::Result;
using detail::malformed;
using detail::too_much;
using Words = std::vector<std::string_view>;

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

/// Blanks are space and tab only.
Words split_words(std::string_view line) {
  Words words;
  std::size_t at = 0;
  while (at < line.size()) {
    if (is_blank(line[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < line.size() && !is_blank(line[end])) ++end;
    words.push_back(line.substr(at, end - at));
    at = end;
  }
  return words;
}

bool is_allowed(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte == '\t' || byte == '\n' || (byte >= 0x20 && byte != 0x7F);
}

/// Names are octets (C2SP tlog-policy, character set); what is shown of them is UTF-8.
std::string shown(std::string_view name) {
  return base::mask_deceptive(name);
}

std::string quoted(std::string_view name) {
  return "`" + shown(name) + "`";
}

}  // namespace

/// Builds one policy; keeps what only reading needs.
class PolicyReader {
 public:
  Result<void> read_line(std::string_view line) {
    const Words words = split_words(line);
    if (words.empty() || words[0].front() == '#') return {};
    if (words[0] == "log") return read_log(words);
    if (words[0] == "witness") return read_witness(words);
    if (words[0] == "group") return read_group(words);
    if (words[0] == "quorum") return read_quorum(words);
    return malformed("a line starts with " + quoted(words[0]) +
                     ", not with log, witness, group or quorum");
  }

  Result<Policy> finish() {
    if (!has_quorum_) return malformed("the policy has no quorum line");
    return std::move(policy_);
  }

 private:
  /// Two keys are duplicates when the public key is the same, whatever their names.
  Result<VerifierKey> read_key(std::string_view text, bool is_log) {
    ROG_TRY(VerifierKey key, VerifierKey::parse(text));
    const bool is_plain = key.type() == SignatureType::kEd25519;
    const bool is_dual = key.type() == SignatureType::kMlDsa44Cosignature;
    if (!is_dual && is_plain != is_log) {
      return detail::refuse("the key of " + quoted(key.name()) +
                            " has not the signature type of a " + (is_log ? "log" : "witness"));
    }
    std::set<std::string>& seen = is_log ? log_keys_ : witness_keys_;
    const auto bytes = key.public_key();
    if (!seen.emplace(reinterpret_cast<const char*>(bytes.data()), bytes.size()).second) {
      return malformed("the key of " + quoted(key.name()) + " is there twice");
    }
    return key;
  }

  Result<void> read_log(const Words& words) {
    if (words.size() != 2 && words.size() != 3) return malformed("a log is `log <key> [<url>]`");
    if (policy_.logs_.size() == kMaxPolicyLogs) return too_much("too many logs");
    ROG_TRY(VerifierKey key, read_key(words[1], /*is_log=*/true));
    policy_.logs_.push_back(
        {.key = std::move(key), .url = std::string(words.size() == 3 ? words[2] : "")});
    return {};
  }

  Result<void> read_witness(const Words& words) {
    if (words.size() != 3 && words.size() != 4) {
      return malformed("a witness is `witness <name> <key> [<url>]`");
    }
    if (policy_.witnesses_.size() == kMaxPolicyWitnesses) return too_much("too many witnesses");
    ROG_TRY(VerifierKey key, read_key(words[2], /*is_log=*/false));
    ROG_CHECKED(define(words[1], {.is_group = false, .index = policy_.witnesses_.size()}));
    policy_.witnesses_.push_back({.name = shown(words[1]),
                                  .key = std::move(key),
                                  .url = std::string(words.size() == 4 ? words[3] : "")});
    return {};
  }

  Result<void> read_group(const Words& words) {
    if (words.size() < 4) return malformed("a group is `group <name> all|any|<k> <name>...`");
    if (policy_.groups_.size() == kMaxPolicyGroups) return too_much("too many groups");
    PolicyGroup group{.name = shown(words[1]), .threshold = 1, .members = {}};
    for (std::size_t i = 3; i < words.size(); ++i) {
      ROG_TRY(const PolicyMember member, find(words[i]));
      if (!members_.emplace(words[i]).second) {
        return malformed(quoted(words[i]) + " is a member of a group already");
      }
      group.members.push_back(member);
    }
    ROG_TRY(group.threshold, read_threshold(words[2], group.members.size()));
    ROG_CHECKED(define(words[1], {.is_group = true, .index = policy_.groups_.size()}));
    policy_.groups_.push_back(std::move(group));
    return {};
  }

  static Result<std::size_t> read_threshold(std::string_view word, std::size_t members) {
    if (word == "any") return std::size_t{1};
    if (word == "all") return members;
    ROG_TRY(const std::uint64_t threshold, parse_decimal(word, "the threshold of a group"));
    if (threshold < 1 || threshold > members) {
      return malformed("the threshold " + quoted(word) + " is not from 1 to the number of members");
    }
    return static_cast<std::size_t>(threshold);
  }

  Result<void> read_quorum(const Words& words) {
    if (words.size() != 2) return malformed("a quorum is `quorum <name>`");
    if (has_quorum_) return malformed("there is more than one quorum line");
    has_quorum_ = true;
    if (words[1] == "none") return {};
    ROG_TRY(policy_.quorum_, find(words[1]));
    return {};
  }

  Result<void> define(std::string_view name, PolicyMember member) {
    if (name == "none") return malformed("`none` is no name for a witness or a group");
    if (!names_.emplace(name, member).second) return malformed(quoted(name) + " is defined twice");
    return {};
  }

  Result<PolicyMember> find(std::string_view name) const {
    const auto found = names_.find(name);
    if (found == names_.end()) return malformed(quoted(name) + " is not defined above");
    return found->second;
  }

  Policy policy_;
  bool has_quorum_ = false;
  std::map<std::string, PolicyMember, std::less<>> names_;
  std::set<std::string, std::less<>> members_;
  std::set<std::string> log_keys_;
  std::set<std::string> witness_keys_;
};

Result<Policy> Policy::parse(std::string_view text) {
  if (text.size() > kMaxPolicyBytes) return too_much("the policy has too many bytes");
  if (!std::all_of(text.begin(), text.end(), is_allowed)) {
    return malformed("the policy has a control character other than tab and newline");
  }
  PolicyReader reader;
  int number = 0;
  for (const std::string_view line : base::split(text, '\n')) {
    ++number;
    const auto read = reader.read_line(line);
    if (!read.ok()) {
      base::Error error = read.error();
      error.place.line = number;
      return error;
    }
  }
  return reader.finish();
}

}  // namespace rogatory::tlog
