// SPDX-License-Identifier: EUPL-1.2

#include "crypto/token_key_store.h"

#include <algorithm>
#include <utility>

#include "crypto/bytes.h"
#include "crypto/detail/pkcs11.h"

namespace rogatory::crypto {
namespace {

using base::Error;
using base::ErrorCode;
using detail::pkcs11_error;
using detail::Pkcs11Module;
using detail::Template;

constexpr CK_ULONG kCaseKeyBytes = 32;
/// Longer than a wrapped item key and than a label of ours.
constexpr std::size_t kMaxValueBytes = 256;
constexpr CK_ULONG kObjectsPerCall = 64;

/// What the labels of a store begin with.
std::string label_prefix(const std::string& store) {
  return store.empty() ? "rogatory case " : "rogatory " + store + " case ";
}

/// RFC 5649, in the token's words.
CK_MECHANISM wrapping() {
  return {.mechanism = CKM_AES_KEY_WRAP_PAD, .pParameter = nullptr, .ulParameterLen = 0};
}

/// A token takes as many objects of one label as it is given.
Error two_keys(std::string_view name) {
  return Error{.code = ErrorCode::kConflict,
               .message = "the token has two keys of the case `" + std::string(name) + "`"};
}

}  // namespace

struct TokenKeyStore::State {
  State(Pkcs11Module loaded, CK_SESSION_HANDLE opened, std::string labels)
      : module(std::move(loaded)), session(opened), prefix(std::move(labels)) {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    // Logs out as well: it is the last session of this program.
    call().C_CloseSession(session);
  }

  CK_FUNCTION_LIST& call() const { return module.call(); }

  std::string label_of(std::string_view case_name) const { return prefix + std::string(case_name); }

  base::Result<std::vector<CK_OBJECT_HANDLE>> find(Template& wanted) const {
    auto attributes = wanted.attributes();
    CK_RV done = call().C_FindObjectsInit(session, attributes.data(), attributes.size());
    if (done != CKR_OK) return pkcs11_error("objects cannot be searched", done);
    std::vector<CK_OBJECT_HANDLE> found;
    CK_ULONG count = 0;
    do {
      std::vector<CK_OBJECT_HANDLE> some(kObjectsPerCall);
      done = call().C_FindObjects(session, some.data(), kObjectsPerCall, &count);
      if (done != CKR_OK) break;
      some.resize(count);
      found.insert(found.end(), some.begin(), some.end());
    } while (count > 0);
    call().C_FindObjectsFinal(session);
    if (done != CKR_OK) return pkcs11_error("objects cannot be listed", done);
    return found;
  }

  base::Result<std::vector<CK_OBJECT_HANDLE>> find_case(std::string_view name) const {
    ROG_CHECKED(check_case_name(name));
    Template wanted;
    wanted.add(CKA_CLASS, CKO_SECRET_KEY).add_bool(CKA_TOKEN, true);
    wanted.add_text(CKA_LABEL, label_of(name));
    return find(wanted);
  }

  base::Result<CK_OBJECT_HANDLE> the_case(std::string_view name) const {
    ROG_TRY(const std::vector<CK_OBJECT_HANDLE> found, find_case(name));
    if (found.empty()) return no_such_case(name);
    if (found.size() > 1) return two_keys(name);
    return found.front();
  }

  /// The value of an attribute that may be read. kIo.
  base::Result<SecretBytes> read(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type) const {
    SecretBytes value(kMaxValueBytes);
    CK_ATTRIBUTE attribute = {
        .type = type, .pValue = value.mutable_view().data(), .ulValueLen = kMaxValueBytes};
    const CK_RV done = call().C_GetAttributeValue(session, object, &attribute, 1);
    if (done != CKR_OK) return pkcs11_error("an object cannot be read", done);
    return SecretBytes(value.view().first(attribute.ulValueLen));
  }

  Pkcs11Module module;
  CK_SESSION_HANDLE session;
  std::string prefix;
};

namespace {

/// kUnsupported when the token lacks what this store needs.
base::Result<void> check_mechanisms(const Pkcs11Module& module, CK_SLOT_ID slot) {
  CK_MECHANISM_INFO info{};
  const bool makes = module.call().C_GetMechanismInfo(slot, CKM_AES_KEY_GEN, &info) == CKR_OK &&
                     (info.flags & CKF_GENERATE) != 0;
  const bool wraps =
      module.call().C_GetMechanismInfo(slot, CKM_AES_KEY_WRAP_PAD, &info) == CKR_OK &&
      (info.flags & CKF_WRAP) != 0 && (info.flags & CKF_UNWRAP) != 0;
  if (makes && wraps) return {};
  return Error{.code = ErrorCode::kUnsupported,
               .message = "the token makes no AES keys or does not wrap with AES and padding"};
}

/// A key of an item in this session alone: it goes with it at the latest.
void describe_item_key(Template& key) {
  key.add(CKA_CLASS, CKO_SECRET_KEY).add(CKA_KEY_TYPE, CKK_GENERIC_SECRET);
  key.add_bool(CKA_TOKEN, false).add_bool(CKA_PRIVATE, true);
  key.add_bool(CKA_EXTRACTABLE, true).add_bool(CKA_SENSITIVE, false);
}

}  // namespace

TokenKeyStore::TokenKeyStore(std::unique_ptr<State> state) : state_(std::move(state)) {}
TokenKeyStore::~TokenKeyStore() = default;

base::Result<std::unique_ptr<TokenKeyStore>> TokenKeyStore::open(const TokenOptions& options) {
  ROG_TRY(Pkcs11Module module, Pkcs11Module::load(options.module));
  ROG_TRY(const CK_SLOT_ID slot, detail::find_token(module, options.label));
  ROG_CHECKED(check_mechanisms(module, slot));
  CK_SESSION_HANDLE session = 0;
  const CK_RV opened = module.call().C_OpenSession(slot, CKF_SERIAL_SESSION | CKF_RW_SESSION,
                                                   nullptr, nullptr, &session);
  if (opened != CKR_OK) return pkcs11_error("no session can be opened", opened);
  auto state = std::make_unique<State>(std::move(module), session, label_prefix(options.store));
  std::string pin = options.pin;
  const CK_RV logged_in =
      state->call().C_Login(session, CKU_USER, reinterpret_cast<CK_UTF8CHAR*>(pin.data()),
                            static_cast<CK_ULONG>(pin.size()));
  if (logged_in != CKR_OK && logged_in != CKR_USER_ALREADY_LOGGED_IN) {
    return pkcs11_error("the login is refused", logged_in);
  }
  return std::unique_ptr<TokenKeyStore>(new TokenKeyStore(std::move(state)));
}

base::Result<void> TokenKeyStore::create_case_key(std::string_view case_name) {
  ROG_TRY(const bool is_there, has_case_key(case_name));
  if (is_there) return case_has_a_key(case_name);
  Template key;
  key.add(CKA_CLASS, CKO_SECRET_KEY).add(CKA_KEY_TYPE, CKK_AES).add(CKA_VALUE_LEN, kCaseKeyBytes);
  key.add_bool(CKA_TOKEN, true).add_bool(CKA_PRIVATE, true);
  key.add_bool(CKA_SENSITIVE, true).add_bool(CKA_EXTRACTABLE, false);
  key.add_bool(CKA_WRAP, true).add_bool(CKA_UNWRAP, true);
  key.add_bool(CKA_ENCRYPT, false).add_bool(CKA_DECRYPT, false);
  key.add_text(CKA_LABEL, state_->label_of(case_name)).add_text(CKA_ID, case_name);
  auto attributes = key.attributes();
  CK_MECHANISM making = {.mechanism = CKM_AES_KEY_GEN, .pParameter = nullptr, .ulParameterLen = 0};
  CK_OBJECT_HANDLE object = 0;
  const CK_RV made = state_->call().C_GenerateKey(state_->session, &making, attributes.data(),
                                                  attributes.size(), &object);
  if (made != CKR_OK) return pkcs11_error("no key can be made", made);
  return {};
}

base::Result<bool> TokenKeyStore::has_case_key(std::string_view case_name) {
  ROG_TRY(const std::vector<CK_OBJECT_HANDLE> found, state_->find_case(case_name));
  return !found.empty();
}

base::Result<std::vector<std::string>> TokenKeyStore::case_names() {
  Template wanted;
  wanted.add(CKA_CLASS, CKO_SECRET_KEY).add_bool(CKA_TOKEN, true);
  ROG_TRY(const std::vector<CK_OBJECT_HANDLE> found, state_->find(wanted));
  std::vector<std::string> names;
  for (const CK_OBJECT_HANDLE object : found) {
    const auto label = state_->read(object, CKA_LABEL);
    // Keys of others, with labels of any length, may be in the same token.
    if (!label.ok() || !as_text(label->view()).starts_with(state_->prefix)) continue;
    names.emplace_back(as_text(label->view()).substr(state_->prefix.size()));
  }
  std::ranges::sort(names);
  return names;
}

base::Result<std::vector<std::byte>> TokenKeyStore::wrap_item_key(
    std::string_view case_name, std::span<const std::byte> item_key) {
  ROG_CHECKED(check_item_key(item_key));
  ROG_TRY(const CK_OBJECT_HANDLE case_key, state_->the_case(case_name));
  Template key;
  describe_item_key(key);
  key.add_bytes(CKA_VALUE, item_key);
  auto attributes = key.attributes();
  CK_OBJECT_HANDLE object = 0;
  CK_RV done =
      state_->call().C_CreateObject(state_->session, attributes.data(), attributes.size(), &object);
  if (done != CKR_OK) return pkcs11_error("the item's key cannot be handed over", done);
  CK_MECHANISM mechanism = wrapping();
  std::vector<std::byte> wrapped(kMaxValueBytes);
  CK_ULONG size = kMaxValueBytes;
  done = state_->call().C_WrapKey(state_->session, &mechanism, case_key, object,
                                  reinterpret_cast<CK_BYTE*>(wrapped.data()), &size);
  state_->call().C_DestroyObject(state_->session, object);
  if (done != CKR_OK) return pkcs11_error("the item's key cannot be wrapped", done);
  wrapped.resize(size);
  return wrapped;
}

base::Result<SecretBytes> TokenKeyStore::unwrap_item_key(std::string_view case_name,
                                                         std::span<const std::byte> wrapped) {
  ROG_TRY(const CK_OBJECT_HANDLE case_key, state_->the_case(case_name));
  Template key;
  describe_item_key(key);
  auto attributes = key.attributes();
  CK_MECHANISM mechanism = wrapping();
  std::vector<std::byte> copy(wrapped.begin(), wrapped.end());
  CK_OBJECT_HANDLE object = 0;
  const CK_RV done = state_->call().C_UnwrapKey(
      state_->session, &mechanism, case_key, reinterpret_cast<CK_BYTE*>(copy.data()),
      static_cast<CK_ULONG>(copy.size()), attributes.data(), attributes.size(), &object);
  if (done != CKR_OK) {
    Error error =
        pkcs11_error("the item's key is not wrapped under this case, or was changed", done);
    error.code = ErrorCode::kParse;
    return error;
  }
  auto value = state_->read(object, CKA_VALUE);
  state_->call().C_DestroyObject(state_->session, object);
  return value;
}

base::Result<void> TokenKeyStore::destroy_case_key(std::string_view case_name) {
  ROG_TRY(const std::vector<CK_OBJECT_HANDLE> found, state_->find_case(case_name));
  if (found.empty()) return no_such_case(case_name);
  // All of them: a second one would keep alive what was wrapped under it.
  for (const CK_OBJECT_HANDLE object : found) {
    const CK_RV done = state_->call().C_DestroyObject(state_->session, object);
    if (done != CKR_OK) return pkcs11_error("the key cannot be destroyed", done);
  }
  ROG_TRY(const bool is_there, has_case_key(case_name));
  if (is_there) {
    return Error{.code = ErrorCode::kIo,
                 .message = "the token still has the key after its destruction"};
  }
  return {};
}

}  // namespace rogatory::crypto
