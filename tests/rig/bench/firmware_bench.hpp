// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "rig/bench/sim/agenda.hpp"
#include "rig/bench/sim/firmware_module.hpp"
#include "tests/rig/bench/mock_board_backend.hpp"

namespace rig::bench {

constexpr std::int64_t us = 1'000, ms = 1'000'000, s = 1'000'000'000;

/// One conformance firmware on a mock board, 50 ms after power-on unless a test says otherwise.
class FirmwareBench : public testing::Test {
 protected:
  struct Edge {
    std::int64_t t_ns;
    std::uint32_t pin, level;
    bool operator==(const Edge&) const = default;
    friend void PrintTo(const Edge& edge, std::ostream* out) {
      *out << edge.t_ns << " ns: " << edge.pin << " = " << edge.level;
    }
  };

  FirmwareBench() {
    sc_core::sc_set_time_resolution(1, sc_core::SC_NS);
    ON_CALL(board, gpio_write).WillByDefault([this](auto t, auto pin, auto level) {
      edges.push_back({t, pin, level});
      return BOARD_OK;
    });
    ON_CALL(board, spi_is_heard).WillByDefault(testing::Return(true));
    ON_CALL(board, log).WillByDefault([this](auto, auto, const char* text) { log.emplace_back(text); });
    ON_CALL(board, reset_changed).WillByDefault([this](auto t, bool in_reset, auto cause) {
      resets.push_back({t, in_reset ? 1u : 0u, cause});
    });
  }

  void load(const std::string& name) {
    config.file = std::string(CONFORMANCE_DIR) + "/" + name + ".so";
    firmware = std::make_unique<FirmwareModule>(sc_core::sc_gen_unique_name("firmware"), config, board);
  }
  /// To the instant before `t_ns`; what is due at `t_ns` runs in the next call.
  void run_to(std::int64_t t_ns) { Agenda::of_this_process().run_until(t_ns); }
  void at(std::int64_t t_ns, std::function<void()> action) {
    sc_core::sc_spawn([t_ns, action = std::move(action)] {
      sc_core::wait(sc_core::sc_time::from_value(static_cast<std::uint64_t>(t_ns)) - sc_core::sc_time_stamp());
      action();
    });
  }
  [[nodiscard]] std::vector<std::int64_t> times_of(std::uint32_t pin) const {
    std::vector<std::int64_t> times;
    for (const Edge& edge : edges)
      if (edge.pin == pin) times.push_back(edge.t_ns);
    return times;
  }
  [[nodiscard]] std::vector<std::string> errors() const {
    std::vector<std::string> texts;
    for (const FirmwareFinding& finding : firmware->findings())
      if (finding.is_error) texts.push_back(finding.what);
    return texts;
  }
  /// The only finding is this fact, at this instant.
  void expect_one_fact(const std::string& what, std::int64_t t_ns) const {
    ASSERT_EQ(firmware->findings().size(), 1u);
    EXPECT_EQ(firmware->findings()[0].what, what);
    EXPECT_EQ(firmware->findings()[0].t_ns, t_ns);
    EXPECT_FALSE(firmware->findings()[0].is_error);
  }
  [[nodiscard]] std::vector<std::string> facts() const {
    std::vector<std::string> texts;
    for (const FirmwareFinding& finding : firmware->findings())
      if (!finding.is_error) texts.push_back(finding.what);
    return texts;
  }

  /// A mock that answers the input polled millions of times without GoogleMock.
  struct Board : testing::NiceMock<MockBoardBackend> {
    int gpio_read(std::int64_t t_ns, std::uint32_t pin) override {
      return pin == polled_pin ? 0 : MockBoardBackend::gpio_read(t_ns, pin);
    }
    std::uint32_t polled_pin = 999;
  };
  Board board;
  FirmwareConfig config;
  std::unique_ptr<FirmwareModule> firmware;
  std::vector<Edge> edges;   // gpio_write
  std::vector<Edge> resets;  // reset_changed: pin = in reset, level = cause
  std::vector<std::string> log;
};

}  // namespace rig::bench
