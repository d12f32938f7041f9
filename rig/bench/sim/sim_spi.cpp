// SPDX-License-Identifier: Apache-2.0
#include "rig/bench/sim/sim_spi.hpp"

#include <algorithm>

#include "board.h"

namespace rig::bench {

SimSpi::SimSpi(const std::vector<scenario::BoardSpec::SpiDevice>& devices, const Sample& sample) {
  for (std::size_t i = 0; i < devices.size(); ++i) {
    const auto& d = devices[i];
    auto model = std::make_unique<models::afe::Mcp3208>(
        [sample, i](int channel, std::int64_t t) { return sample(i, channel, t); });
    chips_.push_back({d.bus, d.select_gpio, static_cast<std::int64_t>(1e9 / d.clock_hz + 0.5), std::move(model)});
    chips_.back().model->select(false);
  }
}

void SimSpi::pin(std::uint32_t gpio, bool level) {
  for (Chip& c : chips_) {
    if (c.select_gpio == gpio) c.model->select(!level);
  }
}

bool SimSpi::is_heard(std::uint32_t bus, std::uint32_t cs) const {
  const auto on_bus = [bus](const Chip& c) { return c.bus == bus; };
  const auto listens = [&](const Chip& c) { return on_bus(c) && (c.select_gpio == cs || c.model->is_selected()); };
  return std::ranges::none_of(chips_, on_bus) || std::ranges::any_of(chips_, listens);
}

std::int64_t SimSpi::transfer(std::int64_t t_ns, std::uint32_t bus, std::uint32_t cs, const std::uint8_t* tx,
                              std::uint8_t* rx, std::size_t bytes, bool hold_cs) {
  std::int64_t byte_ns = -1;
  for (Chip& c : chips_) {
    if (c.bus != bus) continue;
    byte_ns = 8 * c.bit_ns;
    if (c.select_gpio == cs) c.model->select(true);
  }
  if (byte_ns < 0) return BOARD_EINVAL;
  for (std::size_t i = 0; i < bytes; ++i) {
    std::uint8_t read = 0xFF;  // nobody drives the line: pulled up
    for (Chip& c : chips_) {
      if (c.bus == bus && c.model->is_selected()) {
        read &= c.model->transfer(tx != nullptr ? tx[i] : 0, t_ns + byte_ns * static_cast<std::int64_t>(i), c.bit_ns);
      }
    }
    if (rx != nullptr) rx[i] = read;
  }
  if (!hold_cs) {
    for (Chip& c : chips_) {
      if (c.bus == bus && c.select_gpio == cs) c.model->select(false);
    }
  }
  return byte_ns * static_cast<std::int64_t>(bytes);
}

}  // namespace rig::bench
