// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "rig/bench/sim/sim_board.hpp"

namespace rig::bench {
namespace {

constexpr std::size_t plain_bytes = 4096;

}  // namespace

void SimBoard::wire_nv(std::uint64_t seed) {
  if (!spec_.nv) return nv_.assign(plain_bytes, 0xFF);
  flash_.emplace(*spec_.nv, seed);
  erasing_event_.emplace(Turn::late_write, [this] { tell_erasing(); });
}

SimBoard::NvGeometry SimBoard::nv_geometry() const {
  if (!flash_) return {};
  const models::flash::FlashParams& flash = flash_->params();
  return {static_cast<std::uint32_t>(flash.sector_bytes), static_cast<std::uint32_t>(flash.sectors)};
}

int SimBoard::nv_read(std::uint32_t offset, std::uint8_t* data, std::size_t bytes) {
  const std::span<const std::uint8_t> held = flash_ ? flash_->bytes() : nv_;
  if (offset > held.size() || bytes > held.size() - offset) return BOARD_EINVAL;
  std::copy_n(held.begin() + offset, bytes, data);
  return BOARD_OK;
}

int SimBoard::nv_write(std::int64_t t_ns, std::uint32_t offset, const std::uint8_t* data, std::size_t bytes,
                       std::int64_t& stands_ns) {
  const std::size_t size = flash_ ? flash_->bytes().size() : nv_.size();
  if (offset > size || bytes > size - offset) return BOARD_EINVAL;
  if (flash_) {
    flash_->settle(now_ns());
    stands_ns = flash_->write(t_ns, offset, {data, bytes}) - t_ns;
  } else {
    std::copy_n(data, bytes, nv_.begin() + offset);
  }
  return BOARD_OK;
}

int SimBoard::nv_erase(std::int64_t t_ns, std::uint32_t sector, std::int64_t& stands_ns) {
  if (!flash_ || sector >= static_cast<std::uint32_t>(flash_->params().sectors)) return BOARD_EINVAL;
  flash_->settle(now_ns());
  const std::int64_t end_ns = flash_->erase(t_ns, sector);
  stands_ns = end_ns - t_ns;
  erasing_[t_ns] = true;
  erasing_[end_ns] = false;
  tell_erasing();
  return BOARD_OK;
}

// Edges lie ahead of the kernel's time as far as the firmware's does.
void SimBoard::tell_erasing() {
  for (; !erasing_.empty() && erasing_.begin()->first <= now_ns(); erasing_.erase(erasing_.begin())) {
    const bool is_erasing = erasing_.begin()->second;
    if (is_erasing != std::exchange(is_erasing_, is_erasing)) observer_.bit("firmware.erasing", is_erasing);
  }
  if (!erasing_.empty()) erasing_event_->at(erasing_.begin()->first);
}

void SimBoard::cut_nv(std::int64_t t_ns) {
  flash_->cut(t_ns);
  erasing_.clear();
  erasing_event_->cancel();
  if (std::exchange(is_erasing_, false)) observer_.bit("firmware.erasing", false);
}

}  // namespace rig::bench
