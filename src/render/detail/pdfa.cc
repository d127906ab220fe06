// SPDX-License-Identifier: EUPL-1.2

#include "render/detail/pdfa.h"

#include <lcms2.h>

#include <exception>
#include <memory>
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFEFStreamObjectHelper.hh>
#include <qpdf/QPDFEmbeddedFileDocumentHelper.hh>
#include <qpdf/QPDFFileSpecObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>
#include <string>
#include <type_traits>
#include <utility>

#include "render/detail/ligatures.h"

namespace rogatory::render::detail {
namespace {

constexpr char kProducer[] = "Rogatory";

// ICC.1:2010 7.2: the date stands at byte 24 of the header, twelve bytes long.
constexpr std::size_t kIccDateOffset = 24;
constexpr std::size_t kIccDateLength = 12;

struct CloseProfile {
  void operator()(void* profile) const { cmsCloseProfile(profile); }
};

// The sRGB profile of the output intent, without the time at which it was made: equal input is
// equal output.
std::string srgb_profile() {
  const std::unique_ptr<void, CloseProfile> profile(cmsCreate_sRGBProfile());
  cmsUInt32Number size = 0;
  cmsSaveProfileToMem(profile.get(), nullptr, &size);
  std::string bytes(size, '\0');
  cmsSaveProfileToMem(profile.get(), bytes.data(), &size);
  bytes.replace(kIccDateOffset, kIccDateLength,
                std::string("\x07\xea\0\x01\0\x01\0\0\0\0\0\0", kIccDateLength));
  return bytes;
}

std::string escape_xml(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

// `2026-11-24T10:00:00Z` as `D:20261124100000Z` (ISO 32000-1 7.9.4).
std::string pdf_date(std::string_view created) {
  std::string out = "D:";
  for (const char c : created) {
    if (c >= '0' && c <= '9') out += c;
  }
  return out + 'Z';
}

QPDFObjectHandle text_of(const std::string& text) {
  return QPDFObjectHandle::newUnicodeString(text);
}

QPDFObjectHandle name_of(const std::string& name) {
  return QPDFObjectHandle::newName('/' + name);
}

void set_information(QPDF& pdf, const PrintDocument& document) {
  QPDFObjectHandle info = QPDFObjectHandle::newDictionary();
  info.replaceKey("/Title", text_of(document.title));
  info.replaceKey("/Author", text_of(document.author));
  info.replaceKey("/Subject", text_of(document.subject));
  info.replaceKey("/Producer", text_of(kProducer));
  info.replaceKey("/CreationDate", QPDFObjectHandle::newString(pdf_date(document.created)));
  info.replaceKey("/ModDate", QPDFObjectHandle::newString(pdf_date(document.created)));
  pdf.getTrailer().replaceKey("/Info", pdf.makeIndirectObject(info));
}

void set_metadata(QPDF& pdf, const PrintDocument& document) {
  QPDFObjectHandle stream = QPDFObjectHandle::newStream(&pdf, xmp_packet(document));
  stream.getDict().replaceKey("/Type", name_of("Metadata"));
  stream.getDict().replaceKey("/Subtype", name_of("XML"));
  pdf.getRoot().replaceKey("/Metadata", stream);
}

void set_output_intent(QPDF& pdf) {
  QPDFObjectHandle profile = QPDFObjectHandle::newStream(&pdf, srgb_profile());
  profile.getDict().replaceKey("/N", QPDFObjectHandle::newInteger(3));
  QPDFObjectHandle intent = QPDFObjectHandle::newDictionary();
  intent.replaceKey("/Type", name_of("OutputIntent"));
  intent.replaceKey("/S", name_of("GTS_PDFA1"));
  intent.replaceKey("/OutputConditionIdentifier", text_of("sRGB IEC61966-2.1"));
  intent.replaceKey("/DestOutputProfile", profile);
  QPDFObjectHandle intents = QPDFObjectHandle::newArray();
  intents.appendItem(pdf.makeIndirectObject(intent));
  pdf.getRoot().replaceKey("/OutputIntents", intents);
}

// Cairo leaves out the map where glyph numbers and CIDs are the same; PDF/A asks for it by name
// (ISO 19005-3 6.2.11.3.2).
void name_glyph_maps(QPDF& pdf) {
  for (QPDFObjectHandle object : pdf.getAllObjects()) {
    const bool is_font = object.isDictionary() && object.getKey("/Subtype").isName() &&
                         object.getKey("/Subtype").getName() == "/CIDFontType2";
    if (is_font && !object.hasKey("/CIDToGIDMap"))
      object.replaceKey("/CIDToGIDMap", name_of("Identity"));
  }
}

void attach(QPDF& pdf, const PrintDocument& document) {
  if (document.attachments.empty()) return;
  QPDFEmbeddedFileDocumentHelper files(pdf);
  QPDFObjectHandle associated = QPDFObjectHandle::newArray();
  for (const Attachment& attachment : document.attachments) {
    auto stream = QPDFEFStreamObjectHelper::createEFStream(pdf, attachment.bytes);
    stream.setSubtype(attachment.mime);
    stream.setCreationDate(pdf_date(document.created));
    stream.setModDate(pdf_date(document.created));
    auto file = QPDFFileSpecObjectHelper::createFileSpec(pdf, attachment.name, stream);
    file.setDescription(attachment.description);
    file.getObjectHandle().replaceKey("/AFRelationship", name_of("Source"));
    files.replaceEmbeddedFile(attachment.name, file);
    associated.appendItem(file.getObjectHandle());
  }
  pdf.getRoot().replaceKey("/AF", associated);
}

void set_catalog(QPDF& pdf, const PrintDocument& document) {
  QPDFObjectHandle preferences = QPDFObjectHandle::newDictionary();
  preferences.replaceKey("/DisplayDocTitle", QPDFObjectHandle::newBool(true));
  if (is_right_to_left(document.language)) preferences.replaceKey("/Direction", name_of("R2L"));
  pdf.getRoot().replaceKey("/ViewerPreferences", preferences);
  pdf.getRoot().replaceKey("/Lang",
                           QPDFObjectHandle::newString(std::string(to_text(document.language))));
}

std::string write(QPDF& pdf) {
  QPDFWriter writer(pdf);
  writer.setOutputMemory();
  writer.setDeterministicID(true);
  writer.setMinimumPDFVersion("1.7");
  writer.setNewlineBeforeEndstream(true);
  writer.setObjectStreamMode(qpdf_o_disable);
  writer.write();
  const std::shared_ptr<Buffer> buffer = writer.getBufferSharedPointer();
  return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
}

}  // namespace

std::string xmp_packet(const PrintDocument& document) {
  const std::string title = escape_xml(document.title);
  const std::string created = escape_xml(document.created);
  return "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
         "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
         "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
         "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
         " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\""
         " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\n"
         "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>\n"
         "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">" +
         title + "</rdf:li></rdf:Alt></dc:title>\n<dc:creator><rdf:Seq><rdf:li>" +
         escape_xml(document.author) +
         "</rdf:li></rdf:Seq></dc:creator>\n"
         "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">" +
         escape_xml(document.subject) + "</rdf:li></rdf:Alt></dc:description>\n<xmp:CreateDate>" +
         created + "</xmp:CreateDate><xmp:ModifyDate>" + created +
         "</xmp:ModifyDate>\n<pdf:Producer>" + kProducer +
         "</pdf:Producer>\n</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>";
}

base::Result<std::string> to_pdf_a(std::string_view plain, const PrintDocument& document) {
  try {
    QPDF pdf;
    pdf.setSuppressWarnings(true);
    pdf.processMemoryFile("rendered pages", plain.data(), plain.size());
    unmark_ligatures(pdf);
    name_glyph_maps(pdf);
    set_information(pdf, document);
    set_metadata(pdf, document);
    set_output_intent(pdf);
    attach(pdf, document);
    set_catalog(pdf, document);
    return write(pdf);
  } catch (const std::exception& fault) {
    return base::Error{.code = base::ErrorCode::kInternal,
                       .message = std::string("the pages could not be finished: ") + fault.what(),
                       .context = {},
                       .place = {}};
  }
}

}  // namespace rogatory::render::detail
