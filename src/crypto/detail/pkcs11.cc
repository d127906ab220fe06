// SPDX-License-Identifier: EUPL-1.2

#include "crypto/detail/pkcs11.h"

#include <dlfcn.h>
#include <fmt/format.h>
#include <openssl/crypto.h>

#include <optional>
#include <utility>

namespace rogatory::crypto::detail {
namespace {

using base::Error;
using base::ErrorCode;

/// Fields of fixed length are filled up with blanks.
std::string_view trimmed(const unsigned char* text, std::size_t size) {
  const std::string_view view(reinterpret_cast<const char*>(text), size);
  const auto last = view.find_last_not_of(' ');
  return last == std::string_view::npos ? std::string_view() : view.substr(0, last + 1);
}

}  // namespace

base::Result<Pkcs11Module> Pkcs11Module::load(const std::filesystem::path& library) {
  void* handle = ::dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
  void* symbol = handle == nullptr ? nullptr : ::dlsym(handle, "C_GetFunctionList");
  if (symbol == nullptr) {
    return Error{.code = ErrorCode::kNotFound,
                 .message = "`" + library.string() + "` is no PKCS #11 module that can be loaded"};
  }
  CK_FUNCTION_LIST* functions = nullptr;
  const auto get_list = reinterpret_cast<CK_C_GetFunctionList>(symbol);
  const CK_RV listed = get_list(&functions);
  if (listed != CKR_OK || functions == nullptr) return pkcs11_error("no functions", listed);
  CK_C_INITIALIZE_ARGS arguments{};
  arguments.flags = CKF_OS_LOCKING_OK;
  const CK_RV started = functions->C_Initialize(&arguments);
  if (started != CKR_OK && started != CKR_CRYPTOKI_ALREADY_INITIALIZED) {
    return pkcs11_error("the module does not start", started);
  }
  return Pkcs11Module(functions, started == CKR_OK);
}

Pkcs11Module::Pkcs11Module(Pkcs11Module&& other) noexcept
    : functions_(other.functions_), must_finalize_(std::exchange(other.must_finalize_, false)) {}

Pkcs11Module& Pkcs11Module::operator=(Pkcs11Module&& other) noexcept {
  std::swap(functions_, other.functions_);
  std::swap(must_finalize_, other.must_finalize_);
  return *this;
}

Pkcs11Module::~Pkcs11Module() {
  if (must_finalize_) functions_->C_Finalize(nullptr);
}

base::Error pkcs11_error(std::string_view what, CK_RV reason) {
  const bool is_pin = reason == CKR_PIN_INCORRECT || reason == CKR_PIN_LEN_RANGE ||
                      reason == CKR_PIN_INVALID || reason == CKR_PIN_LOCKED ||
                      reason == CKR_PIN_EXPIRED;
  return Error{.code = is_pin ? ErrorCode::kInvalidArgument : ErrorCode::kIo,
               .message = fmt::format("the token of PKCS #11 answers 0x{:08X}: {}", reason, what)};
}

base::Result<CK_SLOT_ID> find_token(const Pkcs11Module& module, std::string_view label) {
  constexpr CK_ULONG kMaxSlots = 1024;
  std::vector<CK_SLOT_ID> slots(kMaxSlots);
  CK_ULONG count = kMaxSlots;
  const CK_RV listed = module.call().C_GetSlotList(CK_TRUE, slots.data(), &count);
  if (listed != CKR_OK) return pkcs11_error("the slots cannot be listed", listed);
  slots.resize(count);
  std::optional<CK_SLOT_ID> found;
  for (const CK_SLOT_ID slot : slots) {
    CK_TOKEN_INFO info{};
    if (module.call().C_GetTokenInfo(slot, &info) != CKR_OK) continue;
    if (trimmed(info.label, sizeof(info.label)) != label) continue;
    if (found) {
      return Error{.code = ErrorCode::kConflict,
                   .message = "two tokens have the label `" + std::string(label) + "`"};
    }
    found = slot;
  }
  if (!found) {
    return Error{.code = ErrorCode::kNotFound,
                 .message = "no token has the label `" + std::string(label) + "`"};
  }
  return *found;
}

Template& Template::add(CK_ATTRIBUTE_TYPE type, CK_ULONG value) {
  return add_bytes(type, std::as_bytes(std::span(&value, 1)));
}

Template& Template::add_bool(CK_ATTRIBUTE_TYPE type, bool value) {
  const CK_BBOOL stored = value ? CK_TRUE : CK_FALSE;
  return add_bytes(type, std::as_bytes(std::span(&stored, 1)));
}

Template& Template::add_bytes(CK_ATTRIBUTE_TYPE type, std::span<const std::byte> value) {
  entries_.push_back({.type = type, .value = {value.begin(), value.end()}});
  return *this;
}

Template& Template::add_text(CK_ATTRIBUTE_TYPE type, std::string_view value) {
  return add_bytes(type, std::as_bytes(std::span(value)));
}

std::vector<CK_ATTRIBUTE> Template::attributes() {
  std::vector<CK_ATTRIBUTE> out;
  out.reserve(entries_.size());
  for (Entry& entry : entries_) {
    out.push_back({.type = entry.type,
                   .pValue = entry.value.data(),
                   .ulValueLen = static_cast<CK_ULONG>(entry.value.size())});
  }
  return out;
}

Template::~Template() {
  for (Entry& entry : entries_) OPENSSL_cleanse(entry.value.data(), entry.value.size());
}

}  // namespace rogatory::crypto::detail
