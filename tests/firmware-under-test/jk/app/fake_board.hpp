// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "board.h"

namespace fake {

inline constexpr std::uint64_t us = 1'000;
inline constexpr std::uint64_t ms = 1'000'000;
inline constexpr std::uint64_t s = 1'000'000'000;

struct Edge {
  std::uint64_t t_ns;
  std::uint32_t pin;
  std::uint32_t level;
};

/// A board of the JK 8S kind with nothing behind its pins: codes are set by the test, edges are recorded with their
/// time. Starts all-benign: 8 cells at 3.300 V, 0 A, 25 degC everywhere, store half full.
class Board {
 public:
  Board();
  Board(const Board&) = delete;
  Board& operator=(const Board&) = delete;

  std::map<std::uint32_t, std::int32_t> adc;
  std::vector<Edge> edges;
  std::vector<std::uint64_t> scan_starts_ns;
  std::vector<std::uint64_t> kicks_ns;
  std::vector<unsigned char> sent;                // by all ports but the display's
  std::vector<std::vector<unsigned char>> shown;  // frames for the display
  struct CanSent {
    std::uint64_t t_ns;
    board_can_frame frame;
  };
  std::vector<CanSent> can_sent;
  std::vector<board_can_frame> can_received;  // not yet read
  std::vector<std::uint32_t> can_rates;       // asked for, bit/s
  int can_error = 0;                          // returned by can_send
  std::vector<std::string> log;
  std::uint32_t duty_ppm = 0;
  std::size_t tx_room = 512;
  int adc_error = 0;                    // returned by adc_read instead of a value
  int gpio_write_error = 0;             // returned by gpio_write instead of writing
  std::uint32_t first_failing_pin = 0;  // from this pin on
  bool scans_end = true;                // false: the end of a scan is never reported
  std::size_t steps = 0;
  static constexpr std::uint32_t sector_size = 4096;
  std::vector<unsigned char> nv = std::vector<unsigned char>(std::size_t{2} * sector_size, 0xFF);
  struct Erasure {
    std::uint64_t t_ns;
    bool charge_gate, discharge_gate;
  };
  std::vector<Erasure> erasures;
  std::size_t nv_writes = 0, nv_writes_while_on = 0;  // all; those with a gate on
  std::size_t resets = 0;                             // asked for by the firmware
  int nv_error = 0;                                   // returned by nv_read and nv_write instead of doing it

  [[nodiscard]] const board_host& host() const { return host_; }
  [[nodiscard]] std::uint64_t now_ns() const { return now_ns_; }
  [[nodiscard]] bool level(std::uint32_t pin) const { return levels_[pin] == 1; }
  /// Time of the last edge of `pin` to `level`; UINT64_MAX when there was none.
  [[nodiscard]] std::uint64_t last_edge_ns(std::uint32_t pin, std::uint32_t level) const;
  void set_cell_mV(std::uint32_t cell_from_1, std::int32_t mV);
  void set_level(std::uint32_t pin, std::uint32_t level) { levels_[pin] = level; }
  void set_current_mA(std::int32_t mA) { adc[24] = mA / 25; }

  std::function<std::uint64_t(std::uint64_t)> step;
  std::function<void(std::uint32_t, std::uint32_t)> irq;

  void at(std::uint64_t t_ns, std::function<void()> action) { actions_.emplace(t_ns, std::move(action)); }
  void comparator(std::uint64_t t_ns, bool is_high);
  void receive(std::uint64_t t_ns, const std::vector<unsigned char>& bytes, std::uint32_t port = 0);
  void remove_nv() { host_.nv_geometry = nullptr; }
  /// The controller restarts: outputs fall, a scan under way is lost; non-volatile bytes stay. `step` is a new one's.
  void restart();
  /// Wakes the firmware as it asked, and at interrupts, until `t_ns` inclusive.
  void run_until(std::uint64_t t_ns);

 private:
  void raise(std::uint32_t line, std::uint32_t level);
  void do_step();

  board_host host_{};
  std::uint64_t now_ns_ = 0;
  std::uint64_t wake_ns_ = 0;
  std::array<std::uint32_t, 32> levels_{};
  std::multimap<std::uint64_t, std::function<void()>> actions_;
  std::map<std::uint32_t, std::vector<unsigned char>> received_;  // by port
  std::map<std::uint32_t, std::int32_t> scanned_;
  bool is_scanning_ = false;
  unsigned run_ = 0;  // counts restarts
};

}  // namespace fake
