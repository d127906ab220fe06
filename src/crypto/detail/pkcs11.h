// SPDX-License-Identifier: EUPL-1.2
//
// PKCS #11 calls as Results. One thread at a time.
#pragma once

#include <p11-kit/pkcs11.h>

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace rogatory::crypto::detail {

/// A module that was loaded and initialised. It is never unloaded: modules leave handlers behind
/// that run when the program ends.
class Pkcs11Module final {
 public:
  /// kNotFound when the library cannot be loaded or is no such module, kIo when it does not start.
  static base::Result<Pkcs11Module> load(const std::filesystem::path& library);

  Pkcs11Module(const Pkcs11Module&) = delete;
  Pkcs11Module& operator=(const Pkcs11Module&) = delete;
  Pkcs11Module(Pkcs11Module&& other) noexcept;
  Pkcs11Module& operator=(Pkcs11Module&& other) noexcept;
  ~Pkcs11Module();

  [[nodiscard]] CK_FUNCTION_LIST& call() const { return *functions_; }

 private:
  Pkcs11Module(CK_FUNCTION_LIST* functions, bool must_finalize)
      : functions_(functions), must_finalize_(must_finalize) {}

  CK_FUNCTION_LIST* functions_;
  /// False where this program had it initialised before.
  bool must_finalize_;
};

/// A failure of a call: kInvalidArgument for a refused PIN, otherwise kIo, with the number of
/// PKCS #11 in hexadecimal.
base::Error pkcs11_error(std::string_view what, CK_RV reason);

/// The slot of the only token with that label. kNotFound, kConflict, kIo.
base::Result<CK_SLOT_ID> find_token(const Pkcs11Module& module, std::string_view label);

/// A list of attributes that owns its values.
class Template final {
 public:
  Template& add(CK_ATTRIBUTE_TYPE type, CK_ULONG value);
  Template& add_bool(CK_ATTRIBUTE_TYPE type, bool value);
  Template& add_bytes(CK_ATTRIBUTE_TYPE type, std::span<const std::byte> value);
  Template& add_text(CK_ATTRIBUTE_TYPE type, std::string_view value);

  /// Valid until the next change.
  std::vector<CK_ATTRIBUTE> attributes();

  Template() = default;
  Template(const Template&) = delete;
  Template& operator=(const Template&) = delete;
  /// Values may be keys: they are erased.
  ~Template();

 private:
  struct Entry {
    CK_ATTRIBUTE_TYPE type;
    std::vector<std::byte> value;
  };
  std::vector<Entry> entries_;
};

}  // namespace rogatory::crypto::detail
