// SPDX-License-Identifier: EUPL-1.2

#include "render/detail/ligatures.h"

#include <array>
#include <memory>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFTokenizer.hh>
#include <string>
#include <string_view>
#include <vector>

namespace rogatory::render::detail {
namespace {

// Lam with each alef and with alef maksura, in UTF-16 as ISO 32000-1 7.9.2.2 writes it.
constexpr std::array<std::string_view, 5> kLamAlef = {
    std::string_view("\xFE\xFF\x06\x44\x06\x49", 6),
    std::string_view("\xFE\xFF\x06\x44\x06\x22", 6),
    std::string_view("\xFE\xFF\x06\x44\x06\x23", 6),
    std::string_view("\xFE\xFF\x06\x44\x06\x25", 6),
    std::string_view("\xFE\xFF\x06\x44\x06\x27", 6)};

// Holds back `/Span << ... >> BDC` until it is clear whether it marks a ligature. Cairo does not
// nest marked content.
class LigatureFilter final : public QPDFObjectHandle::TokenFilter {
 public:
  void handleToken(const QPDFTokenizer::Token& token) override {
    if (!held_.empty() || is_word(token, QPDFTokenizer::tt_name, "/Span")) {
      hold(token);
    } else if (is_in_ligature_ && is_word(token, QPDFTokenizer::tt_word, "EMC")) {
      is_in_ligature_ = false;
    } else {
      writeToken(token);
    }
  }

  void handleEOF() override { release(); }

 private:
  static bool is_word(const QPDFTokenizer::Token& token, QPDFTokenizer::token_type_e type,
                      std::string_view value) {
    return token.getType() == type && token.getValue() == value;
  }

  void hold(const QPDFTokenizer::Token& token) {
    held_.push_back(token);
    if (token.getType() == QPDFTokenizer::tt_string) {
      for (const std::string_view text : kLamAlef) has_lam_alef_ |= token.getValue() == text;
    }
    if (token.getType() != QPDFTokenizer::tt_word) return;
    if (has_lam_alef_ && token.getValue() == "BDC") {
      is_in_ligature_ = true;
      held_.clear();
      has_lam_alef_ = false;
    } else {
      release();
    }
  }

  void release() {
    for (const QPDFTokenizer::Token& token : held_) writeToken(token);
    held_.clear();
    has_lam_alef_ = false;
  }

  std::vector<QPDFTokenizer::Token> held_;
  bool has_lam_alef_ = false;
  bool is_in_ligature_ = false;
};

}  // namespace

void unmark_ligatures(QPDF& pdf) {
  for (QPDFPageObjectHelper& page : QPDFPageDocumentHelper(pdf).getAllPages()) {
    page.addContentTokenFilter(std::make_shared<LigatureFilter>());
  }
}

}  // namespace rogatory::render::detail
