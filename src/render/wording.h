// SPDX-License-Identifier: EUPL-1.2
//
// Fixed wording in one language: ICU message patterns of corpus/requests/wording.yaml. Remembers
// whether everything it gave out was official. One thread.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "render/print_document.h"
#include "request/kind.h"

namespace rogatory::render {

using Argument = std::pair<std::string_view, std::string>;

class Wording {
 public:
  /// `kinds` must outlive it.
  Wording(const request::KindBook& kinds, Language language) : kinds_(kinds), language_(language) {}

  /// The words of that id with its placeholders filled. An id that the corpus does not have reads
  /// as itself, so that a gap is seen; the tests ask for every id that the code uses.
  [[nodiscard]] std::string operator()(std::string_view id,
                                       std::initializer_list<Argument> arguments = {});
  /// `prefix.value`, or the value itself where the corpus has no word for it.
  [[nodiscard]] std::string value_of(std::string_view prefix, std::string_view value);
  /// A text of a kind, such as its title.
  [[nodiscard]] std::string of(const request::SixTexts& texts);

  [[nodiscard]] Language language() const { return language_; }
  /// Some wording given out so far was not official in this language.
  [[nodiscard]] bool has_unreviewed() const { return has_unreviewed_; }

 private:
  const request::KindBook& kinds_;
  Language language_;
  bool has_unreviewed_ = false;
};

}  // namespace rogatory::render
