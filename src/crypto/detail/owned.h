// SPDX-License-Identifier: EUPL-1.2
//
// OpenSSL's objects as owners, and our bytes as it takes them. Any thread.
#pragma once

#include <cstddef>
#include <memory>
#include <span>

namespace rogatory::crypto::detail {

template <auto kFree>
struct Freer {
  template <typename T>
  void operator()(T* object) const {
    kFree(object);
  }
};

template <typename T, auto kFree>
using Owned = std::unique_ptr<T, Freer<kFree>>;

inline const unsigned char* data_of(std::span<const std::byte> bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

inline unsigned char* room_of(std::span<std::byte> bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}

}  // namespace rogatory::crypto::detail
