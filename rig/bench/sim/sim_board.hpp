// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <systemc>
#include <vector>

#include "models/afe/adc.hpp"
#include "models/afe/rc_filter.hpp"
#include "models/flash/flash.hpp"
#include "models/ntc/sensor.hpp"
#include "rig/bench/sim/board_backend.hpp"
#include "rig/bench/sim/firmware_module.hpp"
#include "rig/bench/sim/plant_loop.hpp"
#include "rig/bench/sim/sim_can.hpp"
#include "rig/bench/sim/sim_serial.hpp"
#include "rig/bench/sim/sim_spi.hpp"
#include "rig/scenario/scenario.hpp"

namespace rig::bench {

/// One simulated board: what the numbers of board.h are wired to, after its board file.
class SimBoard : public sc_core::sc_module, public BoardBackend {
 public:
  /// Named bits that changed: gates and run state, for traces and verdicts.
  struct Observer {
    std::function<void(const char* name, bool value)> bit;
    std::function<void(std::uint32_t level, const char* text)> log;
    std::function<void(std::int64_t t_ns, const char* name, double value)> probe;  // for the trace, never for verdicts
  };
  SimBoard(const sc_core::sc_module_name& name, const scenario::BoardSpec& spec, int cells, std::uint64_t seed,
           PlantLoop& loop, Observer observer);
  ~SimBoard() override;
  void connect(FirmwareModule& firmware) { firmware_ = &firmware; }

  // ---- BoardBackend ----
  void about_to_run(std::int64_t t_ns) override;
  int gpio_read(std::int64_t t_ns, std::uint32_t pin) override;
  int gpio_write(std::int64_t t_ns, std::uint32_t pin, std::uint32_t level) override;
  int adc_read(std::int64_t t_ns, std::uint32_t channel, std::int32_t& raw) override;
  int adc_scan_start(std::int64_t t_ns, std::uint32_t group) override;
  int pwm_write(std::int64_t t_ns, std::uint32_t channel, std::uint32_t duty_ppm) override;
  int i2c_xfer(std::int64_t, std::uint32_t, std::uint32_t, const std::uint8_t*, std::size_t, std::uint8_t*, std::size_t,
               std::int64_t&) override;
  int spi_xfer(std::int64_t t_ns, std::uint32_t bus, std::uint32_t cs, const std::uint8_t* tx, std::uint8_t* rx,
               std::size_t bytes, bool hold_cs, std::int64_t& blocks_ns) override;
  bool spi_is_heard(std::uint32_t bus, std::uint32_t cs) const override { return spi_->is_heard(bus, cs); }
  int uart_write(std::int64_t t_ns, std::uint32_t port, const std::uint8_t* data, std::size_t bytes) override;
  int uart_read(std::int64_t t_ns, std::uint32_t port, std::uint8_t* data, std::size_t capacity) override;
  int can_send(std::int64_t t_ns, std::uint32_t bus, const board_can_frame& frame) override;
  int can_recv(std::int64_t t_ns, std::uint32_t bus, board_can_frame& frame) override;
  int can_configure(std::int64_t t_ns, std::uint32_t bus, std::uint32_t bit_per_s) override;
  int nv_read(std::uint32_t offset, std::uint8_t* data, std::size_t bytes) override;
  NvGeometry nv_geometry() const override;
  int nv_write(std::int64_t t_ns, std::uint32_t offset, const std::uint8_t* data, std::size_t bytes,
               std::int64_t& stands_ns) override;
  int nv_erase(std::int64_t t_ns, std::uint32_t sector, std::int64_t& stands_ns) override;
  void log(std::int64_t t_ns, std::uint32_t level, const char* text) override;
  void probe(std::int64_t t_ns, const char* name, double value) override;
  void reset_changed(std::int64_t t_ns, bool in_reset, std::uint32_t cause) override;

  // ---- from the world ----
  void plant_event(models::pack::PlantEvent event);  // comparator, supply
  void leave_segment(std::int64_t t_ns);             // the plant is about to leave it
  /// Fault: the converter's clock stops, so that scans start but never end. Running again, those under way are lost.
  void stop_scans(bool stopped);
  /// Somebody presses the button, or lets it go.
  void press_button(bool is_pressed);
  void set_ntc_fault(int sensor, models::ntc::NtcFault fault) {
    sensors_[static_cast<std::size_t>(sensor)].set_fault(fault);
  }
  /// Another type of sensor is fitted; an empty curve: the board's own.
  void set_ntc_curve(int sensor, const std::vector<double>& degC, const std::vector<double>& r_ohm);
  /// Fault of the chain of one input, "port_current" or "cell_voltage[3]": offset in its unit, gain error as a ratio.
  void set_measuring_error(const std::string& input, double offset, double gain_error);
  /// The port that the board file gives to this client, "jk_4e57"; nullptr: none.
  [[nodiscard]] SimSerial* serial(const std::string& is);
  /// The CAN bus of this number; nullptr: none.
  [[nodiscard]] SimCan* can(std::uint32_t bus) { return bus < can_.size() ? can_[bus].get() : nullptr; }

 private:
  enum class Role : std::uint8_t {
    none,
    charge_gate,
    discharge_gate,
    comparator,
    precharge,
    charge_limiter,
    heater,
    indicator,  // seen from outside: buzzer, LED, dry contacts
    button,
    balance_run,
    balance_direction,
    balance_select
  };
  struct Pin {
    bool exists = false, output = false, level = false, reset_level = false;
    Role role = Role::none;
    int bit = 0;
    const char* name = "";  // of the signal that shows an indicator
  };
  enum class Measured : std::uint8_t { cell_voltage, port_current, pack_voltage, port_voltage, balance_store, ntc };
  struct Input {  // what a converter channel measures; index = cell or sensor, from 0
    Measured what = Measured::ntc;
    int index = 0;
  };
  struct Channel {
    Input input;
    models::afe::AdcChannel adc;
    double filter_s = 0;                          // of the input's low-pass
    std::optional<models::afe::RcFilter> filter;  // from its first use on
    int scan = -1;                                // group, or -1
    std::optional<std::int32_t> code;             // of the last completed scan
  };
  struct Scan {
    std::uint32_t group = 0;
    std::int64_t per_channel_ns = 0, start_ns = -1;
    std::vector<std::size_t> channels;
    std::size_t taken = 0;
    std::vector<std::int32_t> codes;  // one a channel
    double kept_share = 0;            // of the last channel's value in this one's, when the multiplexer has not settled
    double last_value = 0;
    bool is_plain = false;  // cell voltages alone, without filter, drift or unsettled multiplexer
  };
  static Input input_of(const std::string& is, int index);
  static Input input_named(const std::string& is);  // "cell_voltage[3]"
  Channel channel_of(const Input& input, const scenario::AdcSpec& spec, std::uint64_t seed, std::uint64_t stream);
  static void order_scan(const std::vector<int>& order, std::vector<std::size_t>& channels);
  /// What the converter makes of a channel at t, within the plant's segment.
  [[nodiscard]] std::int32_t code_of(Channel& c, double value, const models::pack::Plant& plant, std::int64_t t_ns) {
    return c.adc.drifts() ? c.adc.sample(value, plant.mos_degC(t_ns)) : c.adc.sample(value);
  }
  [[nodiscard]] double input_value(Channel& c, const models::pack::Plant& plant, std::int64_t t_ns) {
    if (c.filter_s > 0) return filtered(c, plant, t_ns);
    return c.input.what == Measured::port_current ? plant.port_A(t_ns) : true_value(c.input, plant, t_ns);
  }
  [[nodiscard, gnu::noinline]] std::int32_t converted(Channel& c, std::int64_t t_ns);
  [[nodiscard]] double filtered(Channel& c, const models::pack::Plant& plant, std::int64_t t_ns);
  void keep_filters(std::int64_t t_ns);
  void wire_pins();
  void wire_spi(std::uint64_t seed);
  void wire_buses();
  void wire_nv(std::uint64_t seed);
  void cut_nv(std::int64_t t_ns);
  void tell_erasing();
  [[gnu::noinline, gnu::cold]] void frame_has_come(std::uint32_t bus);
  void reset_buses(std::int64_t t_ns, bool in_reset);
  [[nodiscard]] std::int32_t spi_code(std::size_t chip, int input, std::int64_t t_ns);
  void wire_converters(int cells, std::uint64_t seed);
  void drive(std::uint32_t number, bool level);
  void apply_late_writes();
  void converter_changed();
  void expect_scan_end();
  void finish_scans();
  void sample_scans_until(std::int64_t t_ns);
  void sample_scan_until(Scan& scan, std::int64_t t_ns);
  [[nodiscard]] double true_value(const Input& input, const models::pack::Plant& plant, std::int64_t t_ns) const;
  [[nodiscard]] Channel* channel(std::uint32_t number);

  const scenario::BoardSpec& spec_;
  int cells_;
  PlantLoop& loop_;
  Observer observer_;
  FirmwareModule* firmware_ = nullptr;
  std::shared_ptr<const models::ntc::Ntc> ntc_;
  std::array<models::ntc::Sensor, 3> sensors_;  // T1, T2, MOS
  std::vector<Pin> pins_;
  std::vector<Channel> channels_;
  std::vector<Channel*> channel_by_number_;  // nullptr: none
  std::vector<Scan> scans_;
  std::vector<std::vector<Channel>> spi_inputs_;  // of each chip
  std::unique_ptr<SimSpi> spi_;
  bool scans_stopped_ = false;
  std::int64_t scan_end_ns_ = INT64_MAX;  // of the first to end
  bool has_filters_ = false;
  models::balancing_converter::ConverterCommand command_, applied_;
  bool converter_dirty_ = false;
  std::vector<std::unique_ptr<SimSerial>> serial_;  // by port
  std::vector<std::unique_ptr<SimCan>> can_;        // by bus
  std::vector<std::uint8_t> nv_;                    // without flash
  std::optional<models::flash::Flash> flash_;
  std::map<std::int64_t, bool> erasing_;  // edges to come
  bool is_erasing_ = false;
  std::multimap<std::int64_t, std::pair<std::uint32_t, bool>> late_writes_;
  std::optional<Timer> erasing_event_;
  Timer scan_ends_{Turn::scan_end, [this] { finish_scans(); }},
      late_write_{Turn::late_write, [this] { apply_late_writes(); }},
      converter_event_{Turn::converter, [this] { converter_changed(); }};
};

}  // namespace rig::bench
