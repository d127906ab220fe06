// SPDX-License-Identifier: EUPL-1.2

#include "package/asic.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <optional>

#include "package/asic_manifest.h"
#include "package/zip.h"
#include "support/temp_folder.h"

namespace rogatory::package {
namespace {

using base::ErrorCode;
using std::chrono::sys_days;
using namespace std::chrono_literals;

constexpr std::chrono::sys_seconds kNow = sys_days(2026y / 11 / 24) + 10h;

class AsicTest : public testing::Test {
 protected:
  AsicTest()
      : key_(crypto::PrivateKey::generate(crypto::SignatureSuite::kEcdsaP384).take()),
        certificate_(crypto::make_self_signed(key_, {.organisation = "Ministry",
                                                     .common_name = "Central authority",
                                                     .not_before = kNow - 24h,
                                                     .not_after = kNow + 8760h})
                         .take()) {
    trust_.add(certificate_);
  }

  void write() {
    const AsicSigner signer{
        .key = key_, .certificate = certificate_, .chain = {}, .claimed_at = kNow};
    const auto written = write_asic(path_, files_, {&signer, 1});
    ASSERT_TRUE(written.ok()) << written.error().to_string();
  }

  AsicContents read(const crypto::TrustStore& trust) {
    auto contents = read_asic(path_, trust, kNow);
    EXPECT_TRUE(contents.ok()) << contents.error().to_string();
    return contents.take();
  }

  /// The same archive with one member changed, or left out when `change` gives nothing.
  AsicContents read_changed(const std::function<std::optional<std::string>(
                                const std::string& name, const std::string& bytes)>& change) {
    const auto zip = ZipReader::open(path_).take();
    std::filesystem::remove(folder_ / "changed");
    auto out = ZipWriter::create(folder_ / "changed").take();
    for (const ZipMember& member : zip.members()) {
      const auto bytes = change(member.name, zip.read_all(member, 1 << 20).take());
      if (!bytes) continue;
      EXPECT_TRUE(out.add(member.name, *bytes).ok());
    }
    EXPECT_TRUE(out.finish().ok());
    return read_asic(folder_ / "changed", trust_, kNow).take();
  }

  static bool has(const VerifyReport& report, std::string_view code, std::string_view where) {
    return std::any_of(report.problems.begin(), report.problems.end(),
                       [&](const auto& one) { return one.code == code && one.where == where; });
  }

  crypto::PrivateKey key_;
  crypto::Certificate certificate_;
  crypto::TrustStore trust_;
  std::vector<AsicFile> files_ = {
      {.name = "request.json", .media_type = "application/json", .bytes = "{}"},
      {.name = "request.pdf", .media_type = "application/pdf", .bytes = "%PDF"},
      {.name = "annexes/list & plan \xC3\xA9.txt", .media_type = "text/plain", .bytes = ""}};
  test::TempFolder folder_;
  std::filesystem::path path_ = folder_ / "request.asice";
};

TEST_F(AsicTest, WhatIsWrittenHolds) {
  write();
  const AsicContents contents = read(trust_);
  EXPECT_EQ(contents.report.verdict(), Verdict::kHolds) << contents.report.to_text();
  ASSERT_EQ(contents.files.size(), 3U);
  EXPECT_EQ(contents.files[2].name, files_[2].name);
  EXPECT_EQ(contents.files[1].media_type, "application/pdf");
  EXPECT_EQ(contents.files[1].bytes, "%PDF");
  EXPECT_EQ(contents.report.times.size(), 1U);
}

TEST_F(AsicTest, WithoutAnAnchorNobodyVouches) {
  write();
  EXPECT_EQ(read({}).report.verdict(), Verdict::kHoldsBySelfAsserted);
  const auto other_key = crypto::PrivateKey::generate(crypto::SignatureSuite::kEcdsaP384).take();
  const auto other = crypto::make_self_signed(other_key, {.organisation = "Other",
                                                          .common_name = "Other",
                                                          .not_before = kNow - 24h,
                                                          .not_after = kNow + 24h})
                         .take();
  EXPECT_EQ(read(crypto::TrustStore({other})).report.verdict(), Verdict::kFails);
}

TEST_F(AsicTest, EachChangeIsNamed) {
  write();
  EXPECT_EQ(read_changed([](auto&, auto& bytes) { return bytes; }).report.verdict(),
            Verdict::kHolds);
  const auto changed = [&](std::string_view which, const std::string& to) {
    return read_changed([&](const std::string& name, const std::string& bytes) {
             return std::optional(name == which ? to : bytes);
           })
        .report;
  };
  const auto removed = [&](std::string_view which) {
    return read_changed([&](const std::string& name, const std::string& bytes) {
             return name == which ? std::nullopt : std::optional(bytes);
           })
        .report;
  };
  EXPECT_TRUE(has(changed("request.json", "{ }"), "altered", "request.json"));
  EXPECT_TRUE(has(removed("request.pdf"), "missing", "request.pdf"));
  EXPECT_TRUE(has(removed("META-INF/signature1.p7s"), "missing", "META-INF/signature1.p7s"));
  EXPECT_TRUE(has(removed("META-INF/ASiCManifest1.xml"), "unlisted", "META-INF/signature1.p7s"));
  EXPECT_TRUE(has(removed("mimetype"), "malformed", "mimetype"));
  EXPECT_TRUE(has(changed("mimetype", "text/plain"), "malformed", "mimetype"));
  const std::string xml =
      ZipReader::open(path_)
          ->read_all(*ZipReader::open(path_)->find("META-INF/ASiCManifest1.xml"), 1 << 20)
          .take();
  EXPECT_TRUE(has(changed("META-INF/ASiCManifest1.xml", xml + "\n"), "signature",
                  "META-INF/signature1.p7s"));
  EXPECT_TRUE(has(changed("META-INF/signature1.p7s", "x"), "signature", "META-INF/signature1.p7s"));
}

TEST_F(AsicTest, AFileThatTheManifestDoesNotCoverIsNamed) {
  write();
  const auto zip = ZipReader::open(path_).take();
  auto out = ZipWriter::create(folder_ / "more").take();
  for (const ZipMember& member : zip.members()) {
    ASSERT_TRUE(out.add(member.name, zip.read_all(member, 1 << 20).take()).ok());
  }
  ASSERT_TRUE(out.add("more.txt", "x").ok());
  ASSERT_TRUE(out.finish().ok());
  EXPECT_TRUE(has(read_asic(folder_ / "more", trust_, kNow)->report, "unlisted", "more.txt"));
}

TEST_F(AsicTest, OpensslAgreesOnTheSignature) {
  write();
  const auto zip = ZipReader::open(path_).take();
  const auto extract = [&](const char* name, const char* as) {
    test::write_bytes(folder_ / as, zip.read_all(*zip.find(name), 1 << 20).take());
  };
  extract("META-INF/ASiCManifest1.xml", "manifest.xml");
  extract("META-INF/signature1.p7s", "signature.p7s");
  test::write_bytes(folder_ / "ca.pem", certificate_.pem());
  const std::string in = folder_.path().string();
  const std::string command = "openssl cms -verify -cades -binary -inform DER -in '" + in +
                              "/signature.p7s' -content '" + in + "/manifest.xml' -CAfile '" + in +
                              "/ca.pem' -purpose any -no_check_time -out /dev/null 2>'" + in +
                              "/said'";
  EXPECT_EQ(std::system(command.c_str()), 0) << test::read_bytes(folder_ / "said");
}

TEST_F(AsicTest, TheWriterRefusesItsOwnNames) {
  const AsicSigner signer{
      .key = key_, .certificate = certificate_, .chain = {}, .claimed_at = kNow};
  EXPECT_EQ(write_asic(path_, files_, {}).error().code, ErrorCode::kInvalidArgument);
  files_[0].name = "META-INF/x";
  EXPECT_EQ(write_asic(path_, files_, {&signer, 1}).error().code, ErrorCode::kInvalidArgument);
  files_[0].name = "../x";
  EXPECT_EQ(write_asic(path_, files_, {&signer, 1}).error().code, ErrorCode::kLint);
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
}

TEST(AsicManifest, RoundTripAndStrictness) {
  const AsicManifest manifest{.signature_uri = "META-INF/signature1.p7s",
                              .references = {{.uri = "a b/\xC3\xA9&.txt",
                                              .media_type = "text/x-\"&<",
                                              .digest_name = "sha256",
                                              .digest = std::string(64, 'a')}}};
  const std::string xml = write_asic_manifest(manifest);
  const auto read = parse_asic_manifest(xml);
  ASSERT_TRUE(read.ok()) << read.error().to_string();
  EXPECT_EQ(*read, manifest);
  const auto refused = [&](std::string_view from, std::string_view to) {
    std::string changed = xml;
    changed.replace(changed.find(from), from.size(), to);
    const auto result = parse_asic_manifest(changed);
    return result.ok() ? std::string("accepted") : result.error().message;
  };
  EXPECT_NE(refused("<asic:ASiC", "<!DOCTYPE x [<!ENTITY e 'x'>]><asic:ASiC").find("document type"),
            std::string::npos);
  EXPECT_NE(refused("?>", "?><?php x?>").find("more than comments"), std::string::npos);
  EXPECT_NE(refused("<asic:Data", "text<asic:Data").find("between"), std::string::npos);
  EXPECT_NE(refused("02918/v1.2.1", "02918/v9").find("no ASiCManifest"), std::string::npos);
  EXPECT_NE(refused("xmlenc#sha256", "xmlenc#sha1").find("not known"), std::string::npos);
  EXPECT_NE(refused("a%20b", "..").find("elsewhere"), std::string::npos);
  EXPECT_NE(refused("a%20b", "%zz").find("encodes nothing"), std::string::npos);
  EXPECT_NE(refused(" MimeType=\"text", " x=\"1\" MimeType=\"text").find("attribute"),
            std::string::npos);
  EXPECT_NE(refused("<ds:DigestValue>", "<ds:DigestValue>AA").find("none of its method"),
            std::string::npos);
  EXPECT_FALSE(parse_asic_manifest("<a").ok());
  EXPECT_FALSE(parse_asic_manifest("").ok());
}

}  // namespace
}  // namespace rogatory::package
