// SPDX-License-Identifier: Apache-2.0
#include "tests/firmware-under-test/jk/app/fake_board.hpp"

#include <algorithm>

namespace fake {
namespace {

Board& self(void* ctx) { return *static_cast<Board*>(ctx); }

}  // namespace

Board::Board() {
  for (std::uint32_t cell = 1; cell <= 8; ++cell) set_cell_mV(cell, 3300);
  set_current_mA(0);
  for (const std::uint32_t ntc : {26u, 27u, 28u}) adc[ntc] = 2048;
  adc[29] = 1475;  // 1.8 V

  host_.struct_size = sizeof host_;
  host_.abi_version = BOARD_ABI_VERSION;
  host_.ctx = this;
  host_.now_ns = [](void* ctx) { return self(ctx).now_ns_; };
  host_.gpio_read = [](void* ctx, std::uint32_t pin) { return static_cast<std::int32_t>(self(ctx).levels_[pin]); };
  host_.gpio_write = [](void* ctx, std::uint32_t pin, std::uint32_t level) -> std::int32_t {
    Board& board = self(ctx);
    if (board.gpio_write_error != 0 && pin >= board.first_failing_pin) return board.gpio_write_error;
    board.edges.push_back({board.now_ns_, pin, level});
    board.levels_[pin] = level;
    return BOARD_OK;
  };
  host_.adc_read = [](void* ctx, std::uint32_t channel, std::int32_t* raw) -> std::int32_t {
    Board& board = self(ctx);
    const auto& codes = channel < 24 ? board.scanned_ : board.adc;
    if (board.adc_error != 0 || codes.count(channel) == 0) return board.adc_error != 0 ? board.adc_error : BOARD_EBUSY;
    *raw = codes.at(channel);
    return BOARD_OK;
  };
  host_.adc_scan_start = [](void* ctx, std::uint32_t group) -> std::int32_t {
    Board& board = self(ctx);
    if (group != 0) return BOARD_EINVAL;
    if (board.is_scanning_) return BOARD_EBUSY;
    board.is_scanning_ = board.scans_end;
    board.scan_starts_ns.push_back(board.now_ns_);
    if (!board.scans_end) return BOARD_OK;
    board.at(board.now_ns_ + 64 * ms, [&board, run = board.run_] {
      if (run != board.run_) return;
      board.is_scanning_ = false;
      board.scanned_ = board.adc;
      board.raise(BOARD_IRQ_SCAN(0), 1);
    });
    return BOARD_OK;
  };
  host_.pwm_write = [](void* ctx, std::uint32_t, std::uint32_t ppm) -> std::int32_t {
    self(ctx).duty_ppm = ppm;
    return BOARD_OK;
  };
  host_.uart_write = [](void* ctx, std::uint32_t port, const std::uint8_t* data, std::size_t bytes) {
    Board& board = self(ctx);
    if (port == 2) {
      board.shown.emplace_back(data, data + bytes);
      return static_cast<std::int32_t>(bytes);
    }
    const std::size_t taken = std::min(bytes, board.tx_room);
    board.sent.insert(board.sent.end(), data, data + taken);
    board.tx_room -= taken;
    return static_cast<std::int32_t>(taken);
  };
  host_.uart_read = [](void* ctx, std::uint32_t port, std::uint8_t* data, std::size_t capacity) {
    auto& received = self(ctx).received_[port];
    const auto count = static_cast<std::ptrdiff_t>(std::min(capacity, received.size()));
    std::copy_n(received.begin(), count, data);
    received.erase(received.begin(), received.begin() + count);
    return static_cast<std::int32_t>(count);
  };
  host_.nv_read = [](void* ctx, std::uint32_t offset, std::uint8_t* data, std::size_t bytes) -> std::int32_t {
    const Board& board = self(ctx);
    if (board.nv_error != 0) return board.nv_error;
    std::copy_n(board.nv.begin() + offset, bytes, data);
    return BOARD_OK;
  };
  host_.can_send = [](void* ctx, std::uint32_t, const board_can_frame* frame) -> std::int32_t {
    Board& board = self(ctx);
    if (board.can_error != 0) return board.can_error;
    board.can_sent.push_back({board.now_ns_, *frame});
    return BOARD_OK;
  };
  host_.can_recv = [](void* ctx, std::uint32_t, board_can_frame* frame) -> std::int32_t {
    Board& board = self(ctx);
    if (board.can_received.empty()) return 0;
    *frame = board.can_received.front();
    board.can_received.erase(board.can_received.begin());
    return 1;
  };
  host_.can_configure = [](void* ctx, std::uint32_t, std::uint32_t bit_per_s) -> std::int32_t {
    self(ctx).can_rates.push_back(bit_per_s);
    return BOARD_OK;
  };
  host_.reset = [](void* ctx, std::uint32_t) { ++self(ctx).resets; };
  host_.nv_geometry = [](void*, std::uint32_t* sector_bytes, std::uint32_t* sectors) -> std::int32_t {
    *sector_bytes = sector_size;
    *sectors = 2;
    return BOARD_OK;
  };
  host_.nv_erase = [](void* ctx, std::uint32_t sector) -> std::int32_t {
    Board& board = self(ctx);
    board.erasures.push_back({board.now_ns_, board.level(0), board.level(1)});
    std::fill_n(board.nv.begin() + sector * sector_size, sector_size, std::uint8_t{0xFF});
    return BOARD_OK;
  };
  host_.nv_write = [](void* ctx, std::uint32_t offset, const std::uint8_t* data, std::size_t bytes) -> std::int32_t {
    Board& board = self(ctx);
    if (board.nv_error != 0) return board.nv_error;
    ++board.nv_writes;
    if (board.level(0) || board.level(1)) ++board.nv_writes_while_on;
    for (std::size_t i = 0; i < bytes; ++i) board.nv[offset + i] &= data[i];
    return BOARD_OK;
  };
  host_.watchdog_kick = [](void* ctx) { self(ctx).kicks_ns.push_back(self(ctx).now_ns_); };
  host_.log = [](void* ctx, std::uint32_t, const char* text) { self(ctx).log.emplace_back(text); };
}

std::uint64_t Board::last_edge_ns(std::uint32_t pin, std::uint32_t level) const {
  for (auto edge = edges.rbegin(); edge != edges.rend(); ++edge) {
    if (edge->pin == pin && edge->level == level) return edge->t_ns;
  }
  return UINT64_MAX;
}

void Board::set_cell_mV(std::uint32_t cell_from_1, std::int32_t mV) {
  adc[cell_from_1 - 1] = (mV * 4096 + 2500) / 5000;
  std::int32_t sum_mV = 0;
  for (std::uint32_t cell = 0; cell < 8; ++cell) sum_mV += adc[cell] * 5000 / 4096;
  adc[25] = sum_mV / 4;
  adc[30] = sum_mV / 8;
}

void Board::comparator(std::uint64_t t_ns, bool is_high) {
  at(t_ns, [this, is_high] {
    levels_[2] = is_high;
    raise(BOARD_IRQ_GPIO(2), is_high);
  });
}

void Board::receive(std::uint64_t t_ns, const std::vector<unsigned char>& bytes, std::uint32_t port) {
  at(t_ns, [this, bytes, port] {
    received_[port].insert(received_[port].end(), bytes.begin(), bytes.end());
    raise(BOARD_IRQ_UART(port), 1);
  });
}

void Board::raise(std::uint32_t line, std::uint32_t level) {
  irq(line, level);
  do_step();
}

void Board::restart() {
  ++run_;
  levels_.fill(0);
  scanned_.clear();
  is_scanning_ = false;
  wake_ns_ = now_ns_;
}

void Board::do_step() {
  ++steps;
  wake_ns_ = step(now_ns_);
}

void Board::run_until(std::uint64_t t_ns) {
  for (;;) {
    const std::uint64_t action_ns = actions_.empty() ? UINT64_MAX : actions_.begin()->first;
    const std::uint64_t next_ns = std::min(action_ns, wake_ns_);
    if (next_ns > t_ns) break;
    now_ns_ = std::max(now_ns_, next_ns);
    if (action_ns <= wake_ns_) {
      const auto action = actions_.extract(actions_.begin()).mapped();
      action();
    } else {
      do_step();
    }
  }
  now_ns_ = t_ns;
}

}  // namespace fake
