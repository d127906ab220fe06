// SPDX-License-Identifier: EUPL-1.2
//
// A policy that is read asks no more of a group than it has members, and accepts no unsigned note.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/assert.h"
#include "tlog/policy.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace rogatory::tlog;
  const auto policy = Policy::parse({reinterpret_cast<const char*>(data), size});
  if (!policy.ok()) return 0;
  for (const PolicyGroup& group : policy->groups()) {
    ROG_ASSERT(group.threshold >= 1);
    ROG_ASSERT(group.threshold <= group.members.size());
  }
  const Note unsigned_note{.text = "o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
                           .signatures = {}};
  ROG_ASSERT(!policy->check(unsigned_note).ok());
  return 0;
}
