// SPDX-License-Identifier: EUPL-1.2

#include "support/authority.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ts.h>
#include <openssl/x509v3.h>

#include <cstdlib>
#include <ctime>
#include <memory>
#include <utility>

#include "base/assert.h"
#include "crypto/bytes.h"
#include "crypto/timestamp.h"

namespace rogatory::test {

using crypto::Certificate;
using crypto::CertificateProfile;
using crypto::PrivateKey;
using crypto::SignatureSuite;

namespace {

CertificateProfile profile_of(const Wanted& wanted) {
  return {.country = "UN",
          .organisation = "Test",
          .common_name = wanted.name,
          .role = wanted.role,
          .not_before = wanted.not_before,
          .not_after = wanted.not_after};
}

PrivateKey fresh_key() {
  return PrivateKey::generate(SignatureSuite::kEcdsaP384).take();
}

constexpr std::string_view kConfiguration = R"([tsa]
default_tsa = this
[this]
serial = serial
crypto_device = builtin
signer_cert = tsa.pem
certs = chain.pem
signer_key = tsa.key
signer_digest = sha384
default_policy = 1.2.3.4.1
other_policies = 1.2.3.4.5
digests = sha1, sha224, sha256, sha384, sha512
accuracy = secs:1, millisecs:500, microsecs:100
clock_precision_digits = 0
ordering = no
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
[old]
serial = serial
signer_cert = tsa.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha1
)";

template <auto kFree>
struct Freer {
  template <typename T>
  void operator()(T* object) const {
    kFree(object);
  }
};

template <typename T, auto kFree>
using Owned = std::unique_ptr<T, Freer<kFree>>;

ASN1_INTEGER* first_serial(TS_resp_ctx* /*context*/, void* /*unused*/) {
  ASN1_INTEGER* serial = ASN1_INTEGER_new();
  ASN1_INTEGER_set(serial, 1);
  return serial;
}

int clock_of(TS_resp_ctx* /*context*/, void* at, long* seconds, long* microseconds) {
  *seconds = *static_cast<const long*>(at);
  *microseconds = 0;
  return 1;
}

}  // namespace

Identity make_root(std::string_view name) {
  PrivateKey key = fresh_key();
  Certificate certificate =
      crypto::make_self_signed(key, profile_of({.name = std::string(name),
                                                .role = CertificateProfile::Role::kAuthority}))
          .take();
  return {.key = std::move(key), .certificate = std::move(certificate)};
}

Identity make_identity(const Identity& issuer, const Wanted& wanted) {
  PrivateKey key = fresh_key();
  Certificate certificate = crypto::issue_certificate(issuer.certificate, issuer.key,
                                                      key.public_key(), profile_of(wanted))
                                .take();
  return {.key = std::move(key), .certificate = std::move(certificate)};
}

bool succeeds(const std::string& command) {
  return std::system(("( " + command + " ) >/dev/null 2>&1").c_str()) == 0;
}

crypto::TrustStore trust_in(const Identity& root) {
  return crypto::TrustStore({root.certificate});
}

TimestampAuthority::TimestampAuthority(const Wanted& wanted)
    : root_(make_root("Time root")), stamper_(make_identity(root_, wanted)) {
  write_bytes(folder_ / "tsa.conf", kConfiguration);
  write_bytes(folder_ / "serial", "01\n");
  write_bytes(folder_ / "tsa.pem", stamper_.certificate.pem());
  write_bytes(folder_ / "tsa.key", crypto::as_text(stamper_.key.secret_pem().view()));
  write_bytes(folder_ / "chain.pem", root_.certificate.pem());
}

std::string TimestampAuthority::reply(std::span<const std::byte> request,
                                      std::string_view options) const {
  write_bytes(folder_ / "query.tsq",
              {reinterpret_cast<const char*>(request.data()), request.size()});
  std::filesystem::remove(folder_ / "reply.tsr");
  succeeds("cd '" + folder().string() +
           "' && openssl ts -reply -config tsa.conf -queryfile query.tsq -out reply.tsr " +
           std::string(options));
  std::string out = read_bytes(folder_ / "reply.tsr");
  ROG_ASSERT(!out.empty());
  return out;
}

std::vector<std::byte> TimestampAuthority::stamp(const crypto::MessageDigest& digest,
                                                 std::string_view options) const {
  const auto request = crypto::TimestampRequest::make(digest).der();
  ROG_ASSERT(request.ok());
  const std::string answer = reply(*request, options);
  auto token = crypto::parse_timestamp_reply(std::as_bytes(std::span(answer)));
  ROG_ASSERT(token.ok());
  return token.take();
}

namespace {

Owned<BIO, BIO_free_all> source_of(const std::string& text) {
  return Owned<BIO, BIO_free_all>(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

Owned<X509, X509_free> x509_of(const Certificate& certificate) {
  return Owned<X509, X509_free>(
      PEM_read_bio_X509(source_of(certificate.pem()).get(), nullptr, nullptr, nullptr));
}

Owned<EVP_PKEY, EVP_PKEY_free> key_of(const Identity& identity) {
  const std::string pem(crypto::as_text(identity.key.secret_pem().view()));
  return Owned<EVP_PKEY, EVP_PKEY_free>(
      PEM_read_bio_PrivateKey(source_of(pem).get(), nullptr, nullptr, nullptr));
}

Owned<ASN1_TIME, ASN1_TIME_free> asn1_time(std::chrono::sys_seconds at) {
  return Owned<ASN1_TIME, ASN1_TIME_free>(
      ASN1_TIME_set(nullptr, static_cast<std::time_t>(at.time_since_epoch().count())));
}

void add_entry(X509_CRL& crl, const Revoked& one) {
  X509_REVOKED* const entry = X509_REVOKED_new();
  const auto x509 = x509_of(one.certificate);
  X509_REVOKED_set_serialNumber(entry, X509_get_serialNumber(x509.get()));
  X509_REVOKED_set_revocationDate(entry, asn1_time(one.at).get());
  if (one.reason) {
    const Owned<ASN1_ENUMERATED, ASN1_ENUMERATED_free> reason(ASN1_ENUMERATED_new());
    ASN1_ENUMERATED_set(reason.get(), *one.reason);
    X509_REVOKED_add1_ext_i2d(entry, NID_crl_reason, reason.get(), 0, 0);
  }
  const int done = X509_CRL_add0_revoked(&crl, entry);
  ROG_ASSERT(done == 1);
}

}  // namespace

std::vector<std::byte> revocation_list_der(const Identity& issuer,
                                           std::chrono::sys_seconds this_update,
                                           const std::vector<Revoked>& revoked,
                                           const std::vector<ListExtension>& extensions,
                                           std::string_view digest) {
  const Owned<X509_CRL, X509_CRL_free> crl(X509_CRL_new());
  const auto x509 = x509_of(issuer.certificate);
  X509_CRL_set_version(crl.get(), X509_CRL_VERSION_2);
  X509_CRL_set_issuer_name(crl.get(), X509_get_subject_name(x509.get()));
  X509_CRL_set1_lastUpdate(crl.get(), asn1_time(this_update).get());
  X509_CRL_set1_nextUpdate(crl.get(), asn1_time(this_update + std::chrono::days(365)).get());
  for (const Revoked& one : revoked) add_entry(*crl, one);
  for (const ListExtension& one : extensions) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, x509.get(), nullptr, nullptr, crl.get(), 0);
    X509_EXTENSION* const extension =
        X509V3_EXT_conf(nullptr, &context, one.name.c_str(), one.value.c_str());
    if (extension == nullptr) ERR_print_errors_fp(stderr);
    ROG_ASSERT(extension != nullptr);
    X509_CRL_add_ext(crl.get(), extension, -1);
    X509_EXTENSION_free(extension);
  }
  X509_CRL_sort(crl.get());
  const int size = X509_CRL_sign(crl.get(), key_of(issuer).get(),
                                 EVP_get_digestbyname(std::string(digest).c_str()));
  ROG_ASSERT(size > 0);
  unsigned char* der = nullptr;
  const int length = i2d_X509_CRL(crl.get(), &der);
  ROG_ASSERT(length > 0);
  const auto* first = reinterpret_cast<const std::byte*>(der);
  std::vector<std::byte> out(first, first + length);
  OPENSSL_free(der);
  return out;
}

crypto::RevocationList revocation_list(const Identity& issuer, std::chrono::sys_seconds this_update,
                                       const std::vector<Revoked>& revoked) {
  return crypto::RevocationList::parse(revocation_list_der(issuer, this_update, revoked)).take();
}

std::vector<std::byte> stamp_at(const Identity& stamper, const crypto::MessageDigest& digest,
                                std::chrono::sys_seconds at) {
  const auto x509 = x509_of(stamper.certificate);
  const auto key = key_of(stamper);
  const Owned<ASN1_OBJECT, ASN1_OBJECT_free> policy(OBJ_txt2obj("1.2.3.4.1", 1));
  const Owned<TS_RESP_CTX, TS_RESP_CTX_free> context(TS_RESP_CTX_new());
  long seconds = static_cast<long>(at.time_since_epoch().count());
  bool ready = TS_RESP_CTX_set_signer_cert(context.get(), x509.get()) == 1 &&
               TS_RESP_CTX_set_signer_key(context.get(), key.get()) == 1 &&
               TS_RESP_CTX_set_signer_digest(context.get(), EVP_sha384()) == 1 &&
               TS_RESP_CTX_set_ess_cert_id_digest(context.get(), EVP_sha256()) == 1 &&
               TS_RESP_CTX_set_def_policy(context.get(), policy.get()) == 1;
  for (const crypto::DigestAlgorithm algorithm : crypto::kDigestAlgorithms) {
    const std::string name(crypto::digest_algorithm_name(algorithm));
    const EVP_MD* digest_method = EVP_get_digestbyname(name.c_str());
    ready = ready && TS_RESP_CTX_add_md(context.get(), digest_method) == 1;
  }
  ROG_ASSERT(ready);
  TS_RESP_CTX_set_serial_cb(context.get(), first_serial, nullptr);
  TS_RESP_CTX_set_time_cb(context.get(), clock_of, &seconds);

  const auto request = crypto::TimestampRequest::make(digest).der();
  ROG_ASSERT(request.ok());
  const Owned<BIO, BIO_free_all> query(
      BIO_new_mem_buf(request->data(), static_cast<int>(request->size())));
  const Owned<TS_RESP, TS_RESP_free> response(TS_RESP_create_response(context.get(), query.get()));
  ROG_ASSERT(response != nullptr);
  const Owned<BIO, BIO_free_all> sink(BIO_new(BIO_s_mem()));
  i2d_TS_RESP_bio(sink.get(), response.get());
  char* data = nullptr;
  const long size = BIO_get_mem_data(sink.get(), &data);
  auto token =
      crypto::parse_timestamp_reply(std::as_bytes(std::span(data, static_cast<std::size_t>(size))));
  ROG_ASSERT(token.ok());
  return token.take();
}

std::vector<std::byte> bytes_of(std::string_view text) {
  const auto view = std::as_bytes(std::span(text));
  return {view.begin(), view.end()};
}

}  // namespace rogatory::test
