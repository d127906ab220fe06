// SPDX-License-Identifier: EUPL-1.2
// A provision that refers to others reaches, on a day, only those that were in force on that day:
// one cannot attempt, aid or agree on what is no offence. The trees of the other days are made from
// the linked one by leaving out what was not in force.
#pragma once

#include <deque>
#include <map>
#include <vector>

#include "base/date.h"
#include "law/linked_node.h"
#include "law/provision.h"

namespace rogatory::law::detail {

class DatedReferences {
 public:
  /// Both must outlive it; new nodes and titles are added to them.
  DatedReferences(std::deque<LinkedNode>& trees, std::deque<Citation>& titles)
      : trees_(trees), titles_(titles) {}

  struct OnDays {
    base::DateRange range;
    std::vector<const Provision*> absent;  ///< referred to and not in force, in the order met
  };

  /// The spans of days on which `owner`, whose tree is `tree`, was in force and something it refers
  /// to was not.
  [[nodiscard]] static std::vector<OnDays> spans(const Provision& owner, const LinkedNode& tree);

  /// The tree without what refers to one of `absent`: in its place stands a node that is false and
  /// says why. Parts that nothing absent touches are shared.
  const LinkedNode* without(const LinkedNode& tree, const std::vector<const Provision*>& absent);

 private:
  using Memo = std::map<const LinkedNode*, const LinkedNode*>;

  const LinkedNode* rebuilt(const LinkedNode& node, const std::vector<const Provision*>& absent,
                            Memo& memo);
  const LinkedNode* keep(LinkedNode node);
  LinkedNode not_in_force(const LinkedNode& reference);

  std::deque<LinkedNode>& trees_;
  std::deque<Citation>& titles_;
};

}  // namespace rogatory::law::detail
