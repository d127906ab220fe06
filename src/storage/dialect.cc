// SPDX-License-Identifier: EUPL-1.2
#include "storage/dialect.h"

#include <array>
#include <utility>

namespace rogatory::storage {

std::string in_dialect(std::string_view sql, const Dialect& dialect) {
  const std::array<std::pair<std::string_view, std::string_view>, 5> words = {{
      {"{blob}", dialect.blob},
      {"{integer}", dialect.integer},
      {"{text}", dialect.text},
      {"{key}", dialect.key},
      {"{strict}", dialect.strict},
  }};
  std::string out(sql);
  for (const auto& [word, meaning] : words) {
    for (std::size_t at = 0; (at = out.find(word, at)) != std::string::npos;) {
      out.replace(at, word.size(), meaning);
      at += meaning.size();
    }
  }
  return out;
}

}  // namespace rogatory::storage
