// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <future>
#include <utility>

namespace rig::campaign {

/// What `make` returns or throws; made on a thread that ends before this returns, or here where no thread is to be had.
/// Glibc gives a thread a heap of its own, so what is read before many processes start leaves no holes in the heap that
/// these write to: a page that a child takes from a hole must be copied first.
template <class Make>
[[nodiscard]] auto apart(Make make) {
  return std::async(std::launch::async | std::launch::deferred, std::move(make)).get();
}

}  // namespace rig::campaign
