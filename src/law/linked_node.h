// SPDX-License-Identifier: EUPL-1.2
// The trees of provisions once references are resolved. A linked node says what it asks, and of
// whom, and points at the text for everything else: what a provision is referred to for is linked
// once and shared by all that refer to it. Made by `LawBook::link`, which owns them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "law/formula.h"
#include "law/provision.h"

namespace rogatory::law {

struct LinkedNode;

/// An exception beside a linked node; role and citation are those of its source.
struct LinkedException {
  const Exception* source = nullptr;
  std::string id;  ///< with the ids of the references that led to it in front
  const LinkedNode* when = nullptr;
};

struct LinkedNode {
  const Node* source = nullptr;  ///< null where the text has no such node: the head of a
                                 ///< provision referred to, a part left out
  NodeKind kind = NodeKind::kAll;
  std::string id;  ///< as of a LinkedException
  const Citation* citation = nullptr;
  std::vector<Scope> scope;             ///< leaves: of what the term is asked, references included
  AtomId atom = kNoAtom;                ///< leaves
  FormulaId root = kNoFormula;          ///< the formula it was compiled to
  const Provision* referred = nullptr;  ///< the head of a provision referred to: which one
  bool refers_to_dated = false;  ///< it, or a part of it, is the head of one that has periods
  std::size_t size = 1;          ///< nodes of the tree, shared ones counted each time
  std::size_t position = 0;      ///< among the linked nodes of the book
  std::vector<const LinkedNode*> children;
  std::vector<LinkedException> unless;

  [[nodiscard]] bool is_leaf() const {
    return kind == NodeKind::kTerm || kind == NodeKind::kThreshold || kind == NodeKind::kOpen;
  }
};

}  // namespace rogatory::law
