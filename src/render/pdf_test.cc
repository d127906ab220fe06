// SPDX-License-Identifier: EUPL-1.2

#include "render/pdf.h"

#include <gtest/gtest.h>

#include <qpdf/QPDF.hh>
#include <qpdf/QPDFEmbeddedFileDocumentHelper.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>

#include "render/detail/pdfa.h"

namespace rogatory::render {
namespace {

PrintDocument sample(Language language, std::string text) {
  PrintDocument document{.language = language,
                         .title = "Request",
                         .author = "central authority",
                         .subject = "preservation",
                         .header = "exercise",
                         .footer = "{page} / {pages}",
                         .created = "2026-11-24T10:00:00Z"};
  document.add_title("Request");
  document.add_paragraph({.text = std::move(text)});
  return document;
}

std::string must(const base::Result<std::string>& result) {
  EXPECT_TRUE(result.ok()) << (result.ok() ? "" : result.error().to_string());
  return result.ok() ? result.value() : std::string();
}

std::size_t pages_of(const std::string& bytes) {
  QPDF pdf;
  pdf.processMemoryFile("test", bytes.data(), bytes.size());
  return QPDFPageDocumentHelper(pdf).getAllPages().size();
}

TEST(Pdf, EqualDocumentsGiveEqualBytes) {
  const PrintDocument document = sample(Language::kEn, "The data are needed.");
  const std::string first = must(to_pdf(document));
  EXPECT_EQ(first, must(to_pdf(document)));
  EXPECT_TRUE(first.starts_with("%PDF-1.7"));
}

TEST(Pdf, RendersAllSixLanguages) {
  const std::pair<Language, std::string> texts[] = {
      {Language::kAr,
       "\u0637\u0644\u0628 \u062d\u0641\u0638 \u0627\u0644\u0628\u064a\u0627\u0646\u0627\u062a"},
      {Language::kZh, "\u4fdd\u5168\u6570\u636e\u8bf7\u6c42"},
      {Language::kEn, "Request for preservation"},
      {Language::kFr, "Demande de conservation imm\u00e9diate"},
      {Language::kRu,
       "\u0417\u0430\u043f\u0440\u043e\u0441 \u043e "
       "\u0441\u043e\u0445\u0440\u0430\u043d\u0435\u043d\u0438\u0438"},
      {Language::kEs, "Solicitud de conservaci\u00f3n"}};
  for (const auto& [language, text] : texts) {
    EXPECT_EQ(pages_of(must(to_pdf(sample(language, text)))), 1U) << text;
  }
}

TEST(Pdf, RefusesACharacterWithoutGlyph) {
  const auto result = to_pdf(sample(Language::kEn, "\U000F0000"));
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, base::ErrorCode::kUnsupported);
  EXPECT_NE(result.error().message.find("U+F0000"), std::string::npos) << result.error().message;
}

TEST(Pdf, RefusesATimeThatIsNotUtc) {
  PrintDocument document = sample(Language::kEn, "x");
  document.created = "2026-11-24 10:00";
  const auto result = to_pdf(document);
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, base::ErrorCode::kInvalidArgument);
}

TEST(Pdf, RefusesTextThatIsNotUtf8) {
  const auto result = to_pdf(sample(Language::kEn, "\xFF\xFE"));
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, base::ErrorCode::kInvalidArgument);
}

TEST(Pdf, BreaksLongTextsAndTablesOverPages) {
  PrintDocument document = sample(Language::kEn, "start");
  std::string text;
  for (int i = 0; i < 3000; ++i) text += "word ";
  document.add_paragraph({.text = text});
  Table table{.widths = {1, 3}, .header = {{.text = "A"}, {.text = "B"}}, .rows = {}};
  for (int i = 0; i < 80; ++i)
    table.rows.push_back({{.text = std::to_string(i)}, {.text = "cell"}});
  table.rows.push_back({{.text = "long"}, {.text = text}});
  document.add_table(std::move(table));
  EXPECT_GE(pages_of(must(to_pdf(document))), 8U);
}

TEST(Pdf, CarriesAttachmentsAsSource) {
  PrintDocument document = sample(Language::kEn, "x");
  document.attachments.push_back({.name = "request.json",
                                  .mime = "application/json",
                                  .description = "the request",
                                  .bytes = R"({"a":1})"});
  const std::string bytes = must(to_pdf(document));
  QPDF pdf;
  pdf.processMemoryFile("test", bytes.data(), bytes.size());
  QPDFEmbeddedFileDocumentHelper files(pdf);
  const auto file = files.getEmbeddedFile("request.json");
  ASSERT_TRUE(file);
  auto stream = file->getEmbeddedFileStream();
  const auto data = stream.getStreamData();
  EXPECT_EQ(std::string(reinterpret_cast<const char*>(data->getBuffer()), data->getSize()),
            R"({"a":1})");
  EXPECT_EQ(pdf.getRoot().getKey("/AF").getArrayNItems(), 1);
}

TEST(Pdf, MetadataEscapesMarkup) {
  PrintDocument document = sample(Language::kEn, "x");
  document.title = "a < b & c";
  const std::string xmp = detail::xmp_packet(document);
  EXPECT_NE(xmp.find("a &lt; b &amp; c"), std::string::npos);
}

}  // namespace
}  // namespace rogatory::render
