// SPDX-License-Identifier: EUPL-1.2

#include "corpus/detail/request_document.h"

#include "corpus/detail/read_node.h"

namespace rogatory::corpus::detail {

std::vector<law::Citation> request_citations(const Cursor& root) {
  const law::Citation defaults = read_citation(root.at("defaults"), {});
  std::vector<law::Citation> out;
  const auto add = [&](const Cursor& at) { out.push_back(read_citation(at, defaults)); };
  for (const Cursor& content : root.items("contents")) {
    for (const Cursor& asker : content.items("required_by")) add(asker);
    // Unknown is no statement.
    const Cursor refusal = content.at("refusal");
    if (content.has("refusal") && refusal.text("known") != "unknown") add(refusal);
  }
  for (const Cursor& item : root.items("validity")) add(item);
  for (const Cursor& item : root.items("safeguards")) add(item);
  return out;
}

}  // namespace rogatory::corpus::detail
