// SPDX-License-Identifier: Apache-2.0
#include "models/flash/flash.hpp"

#include <algorithm>
#include <cmath>

#include "models/math/noise.hpp"
#include "models/math/require.hpp"

namespace models::flash {
namespace {

constexpr std::size_t word = 2;  // bytes
constexpr std::uint64_t noise_stream = 0xF1A5;

std::int64_t in_ns(double s) { return static_cast<std::int64_t>(std::llround(s * 1e9)); }

}  // namespace

Flash::Flash(const FlashParams& params, std::uint64_t seed)
    : params_(params), write_ns_(in_ns(params.write_s)), erase_ns_(in_ns(params.erase_s)), seed_(seed) {
  math::require(params.sectors > 0, "sectors", params.sectors, "at least 1");
  math::require(params.sector_bytes > 0 && params.sector_bytes % 2 == 0, "sector_bytes", params.sector_bytes,
                "an even number above 0");
  math::require(params.write_s >= 0, "write_time", params.write_s, ">= 0", "s");
  math::require(params.erase_s >= 0, "erase_time", params.erase_s, ">= 0", "s");
  bytes_.assign(static_cast<std::size_t>(params.sectors) * static_cast<std::size_t>(params.sector_bytes), 0xFF);
}

void Flash::begin(std::int64_t begin_ns, std::int64_t end_ns, std::size_t offset, std::size_t count, bool is_erasure) {
  const auto first = bytes_.begin() + static_cast<std::ptrdiff_t>(offset);
  pending_.push_back(
      {begin_ns, end_ns, offset, std::vector(first, first + static_cast<std::ptrdiff_t>(count)), is_erasure});
}

std::int64_t Flash::write(std::int64_t begin_ns, std::size_t offset, std::span<const std::uint8_t> data) {
  const std::size_t words = data.empty() ? 0 : (offset + data.size() - 1) / word - offset / word + 1;
  const std::int64_t end_ns = begin_ns + static_cast<std::int64_t>(words) * write_ns_;
  begin(begin_ns, end_ns, offset, data.size(), false);
  for (std::size_t i = 0; i < data.size(); ++i) bytes_[offset + i] &= data[i];
  return end_ns;
}

std::int64_t Flash::erase(std::int64_t begin_ns, std::size_t sector) {
  const auto count = static_cast<std::size_t>(params_.sector_bytes);
  begin(begin_ns, begin_ns + erase_ns_, sector * count, count, true);
  std::fill_n(bytes_.begin() + static_cast<std::ptrdiff_t>(sector * count), count, std::uint8_t{0xFF});
  return begin_ns + erase_ns_;
}

void Flash::settle(std::int64_t t_ns) {
  std::erase_if(pending_, [t_ns](const Operation& operation) { return operation.end_ns <= t_ns; });
}

void Flash::cut(std::int64_t t_ns) {
  settle(t_ns);
  for (; !pending_.empty(); pending_.pop_back()) tear(pending_.back(), t_ns);
}

void Flash::tear(const Operation& operation, std::int64_t t_ns) {
  const auto first = bytes_.begin() + static_cast<std::ptrdiff_t>(operation.offset);
  if (t_ns <= operation.begin_ns) {
    std::copy(operation.before.begin(), operation.before.end(), first);
  } else if (operation.is_erasure) {
    tear_erasure(operation, static_cast<double>(t_ns - operation.begin_ns) / static_cast<double>(erase_ns_));
  } else {
    tear_write(operation, t_ns - operation.begin_ns);
  }
}

void Flash::tear_write(const Operation& operation, std::int64_t passed_ns) {
  const auto whole_words = static_cast<std::size_t>(passed_ns / write_ns_);
  const double share = static_cast<double>(passed_ns % write_ns_) / static_cast<double>(write_ns_);
  for (std::size_t i = 0; i < operation.before.size(); ++i) {
    const std::size_t nth = (operation.offset + i) / word - operation.offset / word;
    if (nth < whole_words) continue;
    const std::uint8_t before = operation.before[i];
    std::uint8_t& byte = bytes_[operation.offset + i];
    const std::uint8_t fallen = nth > whole_words ? std::uint8_t{0} : bits_with(share);
    byte = static_cast<std::uint8_t>(before & (byte | ~fallen));
  }
}

void Flash::tear_erasure(const Operation& operation, double share) {
  for (std::size_t i = 0; i < operation.before.size(); ++i) {
    const auto not_yet = static_cast<std::uint8_t>(operation.before[i] & bits_with(0.5));
    bytes_[operation.offset + i] = static_cast<std::uint8_t>(not_yet | bits_with(share));
  }
}

std::uint8_t Flash::bits_with(double probability) {
  const auto threshold = static_cast<std::uint64_t>(probability * 256);
  std::uint8_t bits = 0;
  const std::uint64_t random = math::random_bits(seed_, noise_stream, drawn_++);
  for (unsigned bit = 0; bit < 8; ++bit) {
    if ((random >> 8 * bit & 0xFF) < threshold) bits |= static_cast<std::uint8_t>(1u << bit);
  }
  return bits;
}

}  // namespace models::flash
