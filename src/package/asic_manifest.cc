// SPDX-License-Identifier: EUPL-1.2

#include "package/asic_manifest.h"

#include <libxml/parser.h>
#include <libxml/tree.h>

#include <algorithm>
#include <array>
#include <memory>
#include <set>

#include "base/text.h"
#include "crypto/bytes.h"
#include "package/member_name.h"

namespace rogatory::package {
namespace {

constexpr std::string_view kAsic = "http://uri.etsi.org/02918/v1.2.1#";
constexpr std::string_view kDsig = "http://www.w3.org/2000/09/xmldsig#";
constexpr std::string_view kSignatureType = "application/pkcs7-signature";

struct Algorithm {
  std::string_view name;
  std::string_view uri;
  std::size_t bytes;
};
constexpr std::array kAlgorithms = {
    Algorithm{"sha256", "http://www.w3.org/2001/04/xmlenc#sha256", 32},
    Algorithm{"sha512", "http://www.w3.org/2001/04/xmlenc#sha512", 64},
};

base::Error error_of(base::ErrorCode code, std::string message) {
  return base::Error{.code = code, .message = std::move(message)};
}
base::Error schema(std::string message) {
  return error_of(base::ErrorCode::kSchema, std::move(message));
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '"') {
      out += "&quot;";
    } else {
      out += c;
    }
  }
  return out;
}

/// A name of a file as a relative URI (RFC 3986): all but unreserved characters and `/` encoded.
std::string to_uri(std::string_view name) {
  constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : name) {
    if (kPlain.find(c) != std::string_view::npos) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += kHex[byte >> 4U];
    out += kHex[byte & 0x0FU];
  }
  return out;
}

base::Result<std::string> from_uri(std::string_view uri) {
  std::string name;
  for (std::size_t i = 0; i < uri.size(); ++i) {
    if (uri[i] != '%') {
      name += uri[i];
      continue;
    }
    const auto byte = crypto::parse_hex(base::lower_ascii(uri.substr(i + 1, 2)));
    if (!byte || byte->size() != 1) return schema("a URI has a `%` that encodes nothing");
    name += static_cast<char>(std::to_integer<unsigned char>(byte->front()));
    i += 2;
  }
  ROG_CHECKED(check_member_name(name));
  return name;
}

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

bool is_element(const xmlNode* node, std::string_view space, std::string_view name) {
  return node->type == XML_ELEMENT_NODE && view(node->name) == name && node->ns != nullptr &&
         view(node->ns->href) == space;
}

/// The elements below; blanks between them pass, anything else does not.
base::Result<std::vector<const xmlNode*>> children(const xmlNode* parent) {
  std::vector<const xmlNode*> out;
  for (const xmlNode* node = parent->children; node != nullptr; node = node->next) {
    if (node->type == XML_ELEMENT_NODE) {
      out.push_back(node);
    } else if (node->type != XML_TEXT_NODE || !base::trim(view(node->content)).empty()) {
      return schema("the manifest has something between its elements");
    }
  }
  return out;
}

base::Result<std::string> text_of(const xmlNode* node) {
  std::string text;
  for (const xmlNode* part = node->children; part != nullptr; part = part->next) {
    if (part->type != XML_TEXT_NODE) return schema("text is expected");
    text += view(part->content);
  }
  return text;
}

/// An attribute without namespace; an empty text when it is absent. Others than `allowed` do not
/// pass.
base::Result<std::string> attribute(const xmlNode* node, std::string_view name,
                                    std::initializer_list<std::string_view> allowed) {
  std::string value;
  for (const xmlAttr* one = node->properties; one != nullptr; one = one->next) {
    const bool is_known = one->ns == nullptr && std::find(allowed.begin(), allowed.end(),
                                                          view(one->name)) != allowed.end();
    if (!is_known) return schema("an attribute is not expected");
    if (view(one->name) != name) continue;
    for (const xmlNode* part = one->children; part != nullptr; part = part->next) {
      if (part->type != XML_TEXT_NODE) return schema("an attribute is no text");
      value += view(part->content);
    }
  }
  return value;
}

base::Result<AsicReference> read_reference(const xmlNode* node) {
  AsicReference out;
  ROG_TRY(const std::string uri, attribute(node, "URI", {"URI", "MimeType", "Rootfile"}));
  ROG_TRY(out.media_type, attribute(node, "MimeType", {"URI", "MimeType", "Rootfile"}));
  ROG_TRY(out.uri, from_uri(uri));
  ROG_TRY(const auto parts, children(node));
  if (parts.size() != 2 || !is_element(parts[0], kDsig, "DigestMethod") ||
      !is_element(parts[1], kDsig, "DigestValue")) {
    return schema("a reference has a DigestMethod and a DigestValue");
  }
  ROG_TRY(const std::string algorithm, attribute(parts[0], "Algorithm", {"Algorithm"}));
  ROG_TRY(const std::string value, text_of(parts[1]));
  for (const Algorithm& one : kAlgorithms) {
    if (one.uri != algorithm) continue;
    const auto bytes = crypto::parse_base64(base::trim(value));
    if (!bytes || bytes->size() != one.bytes) return schema("a DigestValue is none of its method");
    out.digest_name = one.name;
    out.digest = crypto::hex(*bytes);
    return out;
  }
  return error_of(base::ErrorCode::kUnsupported, "a digest of the manifest is not known here");
}

base::Result<AsicManifest> read_root(const xmlNode* root) {
  if (root == nullptr || !is_element(root, kAsic, "ASiCManifest")) {
    return schema("this is no ASiCManifest");
  }
  ROG_CHECKED(attribute(root, "", {}));
  ROG_TRY(const auto parts, children(root));
  if (parts.empty() || !is_element(parts[0], kAsic, "SigReference")) {
    return schema("a SigReference is expected first");
  }
  AsicManifest out;
  ROG_TRY(const std::string uri, attribute(parts[0], "URI", {"URI", "MimeType"}));
  ROG_TRY(out.signature_uri, from_uri(uri));
  std::set<std::string> names;
  for (std::size_t i = 1; i < parts.size(); ++i) {
    if (!is_element(parts[i], kAsic, "DataObjectReference")) {
      return schema("only DataObjectReference may follow");
    }
    ROG_TRY(AsicReference reference, read_reference(parts[i]));
    if (!names.insert(reference.uri).second) return schema("a file is referred to twice");
    out.references.push_back(std::move(reference));
  }
  if (out.references.empty()) return schema("the manifest refers to no file");
  return out;
}

}  // namespace

std::string write_asic_manifest(const AsicManifest& manifest) {
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<asic:ASiCManifest xmlns:asic=\"" +
                    std::string(kAsic) + "\" xmlns:ds=\"" + std::string(kDsig) +
                    "\"><asic:SigReference URI=\"" + to_uri(manifest.signature_uri) +
                    "\" MimeType=\"" + std::string(kSignatureType) + "\"/>";
  for (const AsicReference& one : manifest.references) {
    const Algorithm& algorithm = one.digest_name == "sha512" ? kAlgorithms[1] : kAlgorithms[0];
    out += "<asic:DataObjectReference URI=\"" + to_uri(one.uri) + "\" MimeType=\"" +
           escaped(one.media_type) + "\"><ds:DigestMethod Algorithm=\"" +
           std::string(algorithm.uri) + "\"/><ds:DigestValue>" +
           crypto::base64(crypto::parse_hex(one.digest).take()) +
           "</ds:DigestValue></asic:DataObjectReference>";
  }
  return out + "</asic:ASiCManifest>\n";
}

base::Result<AsicManifest> parse_asic_manifest(std::string_view xml) {
  if (xml.size() > kMaxManifestXmlBytes) {
    return error_of(base::ErrorCode::kLimit, "the manifest is too large");
  }
  // Refused before parsing: entities are declared nowhere else.
  if (xml.find("<!DOCTYPE") != std::string_view::npos) {
    return error_of(base::ErrorCode::kParse, "a document type is not read");
  }
  const std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)> document(
      xmlReadMemory(xml.data(), static_cast<int>(xml.size()), "manifest.xml", "UTF-8",
                    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA),
      &xmlFreeDoc);
  if (!document) return error_of(base::ErrorCode::kParse, "the manifest is no XML");
  const xmlNode* root = nullptr;
  for (const xmlNode* node = document->children; node != nullptr; node = node->next) {
    const bool is_root = node->type == XML_ELEMENT_NODE && root == nullptr;
    if (!is_root && node->type != XML_COMMENT_NODE) {
      return error_of(base::ErrorCode::kParse,
                      "beside its root the manifest has more than comments");
    }
    if (is_root) root = node;
  }
  return read_root(root);
}

}  // namespace rogatory::package
