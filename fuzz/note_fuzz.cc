// SPDX-License-Identifier: EUPL-1.2
//
// Whatever is read as a note is written back byte for byte, and verifying it never trusts it.

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/assert.h"
#include "tlog/note.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace rogatory::tlog;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto key = VerifierKey::parse(text);
  if (key.ok()) ROG_ASSERT(key->to_text() == text);
  const auto note = Note::parse(text);
  if (!note.ok()) return 0;
  ROG_ASSERT(note->to_text() == text);
  // The one key known is not one that signed anything.
  const auto known = VerifierKey::make(note->signatures[0].name, SignatureType::kEd25519,
                                       std::vector<std::byte>(32, std::byte{1}));
  if (known.ok()) ROG_ASSERT(!verify_note(*note, std::vector{*known}).ok());
  return 0;
}
