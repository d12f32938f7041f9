// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <bit>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "firmware-under-test/jk/app/board_model.hpp"
#include "firmware-under-test/jk/core/access.hpp"
#include "firmware-under-test/jk/core/balancer.hpp"
#include "firmware-under-test/jk/core/body_diode.hpp"
#include "firmware-under-test/jk/core/charge_phases.hpp"
#include "firmware-under-test/jk/core/device.hpp"
#include "firmware-under-test/jk/core/event_log.hpp"
#include "firmware-under-test/jk/core/life.hpp"
#include "firmware-under-test/jk/core/measurement.hpp"
#include "firmware-under-test/jk/core/protection.hpp"
#include "firmware-under-test/jk/core/soc.hpp"
#include "firmware-under-test/jk/core/store_records.hpp"
#include "firmware-under-test/jk/core/triggers.hpp"
#include "firmware-under-test/jk/core/wire_test.hpp"

namespace jk::app {

inline constexpr std::uint64_t second_ns = 1'000'000'000;

/// What is new for a step, as bits.
enum Fresh : std::uint32_t {
  fresh_scan = 1,
  fresh_current = 2,  // once a tick
  fresh_slow = 4,     // every 8th tick
  fresh_comparator = 8,
  fresh_uart_1 = 16,
  fresh_uart_2 = 32,
  fresh_can = 64
};

/// Codes of the converters; -1 = none.
struct RawCodes {
  std::array<std::int32_t, core::max_cells> cells{};
  std::optional<std::int32_t> current;
  std::int32_t short_current = 0;  // of the port while the comparator is high
  std::int32_t ntc_1 = -1, ntc_2 = -1, ntc_mos = -1, store = -1, pack = -1, port = -1;
  bool is_button_pressed = false;
};

struct Switches {
  bool charge_gate = false, discharge_gate = false, precharge = false, heater = false;
  bool buzzer = false, led = false, dry_1 = false, dry_2 = false;
  bool operator==(const Switches& other) const {  // once a tick, so not one after another
    return std::bit_cast<std::uint64_t>(*this) == std::bit_cast<std::uint64_t>(other);
  }
};

/// What the outputs shall do.
struct Wishes : Switches {
  core::BalanceCommand converter;
  bool operator==(const Wishes&) const = default;
};

/// What the board remembers when it starts.
struct Remembered {
  std::optional<core::Settings> settings;
  std::optional<core::Texts> texts;
  std::optional<core::Counters> counters;
  core::Trips trips = 0;
  core::EventLog log;
};

/// What has changed since it was last kept, as bits.
enum Changed : std::uint32_t { changed_settings = 1, changed_texts = 2, changed_trips = 4, changed_counters = 8 };

/// What a client asked of the whole board.
enum class Demand : std::uint8_t { none, restart, forget };  // forget: factory reset, then restart

/// Who keeps what clients write.
class Keeper {
 public:
  [[nodiscard]] virtual bool takes_write() const = 0;    // of settings and texts
  [[nodiscard]] virtual bool can_make_room() const = 0;  // for one, once both gates are open

 protected:
  ~Keeper() = default;
};

/// The board's mind: measurement in, wishes out, and the one Device of all ports. Knows no host; App drives it, in this
/// order: begin, take_comparator, measure, judge, then wishes().
class Bms final : public core::Device {  // NOLINT(cppcoreguidelines-virtual-class-destructor): final
 public:
  /// `factory`: the settings that a factory reset returns to.
  Bms(const core::Settings& factory, const BoardModel& model);
  void start(const Remembered& remembered, std::uint32_t start_cause, std::uint64_t now_ns);

  // ---- a step
  void begin(std::uint64_t now_ns) { now_ns_ = now_ns; }
  void take_comparator(bool is_high, std::uint64_t risen_ns) { measurement_.take_comparator(is_high, risen_ns); }
  /// Converts what is fresh.
  void measure(const RawCodes& raw, std::uint32_t fresh);
  /// Protections, charge, life, balancing.
  void judge(const RawCodes& raw, std::uint32_t fresh);
  [[nodiscard]] const Wishes& wishes() const { return wishes_; }
  /// What the pins really do, after they were written.
  void take_outputs(bool is_charge_gate_on, bool is_discharge_gate_on, std::uint32_t fresh);

  [[nodiscard]] std::size_t cell_count() const { return measurement_.cells_mV().size(); }
  [[nodiscard]] std::int32_t balance_mA() const;                            // setting, held at the rating
  [[nodiscard]] std::uint32_t balance_ppm() const { return balance_ppm_; }  // its share of the rating
  [[nodiscard]] std::uint64_t short_circuit_deadline_ns() const { return protections_.short_circuit_deadline_ns(); }
  [[nodiscard]] bool is_short_pending() const { return short_circuit_deadline_ns() != UINT64_MAX; }
  /// No scan may begin while the converter runs for balancing; the self-test of the leads wants one while it runs.
  [[nodiscard]] bool may_scan() const { return !balancer_.command().is_running; }
  [[nodiscard]] bool is_running() const { return life_.mode() == core::Mode::running; }
  [[nodiscard]] bool is_silent() const { return life_.mode() == core::Mode::off; }
  [[nodiscard]] bool may_erase() const { return !is_charge_gate_on_ && !is_discharge_gate_on_; }
  void heard_client() { heard_ns_ = now_ns_, has_heard_ = true; }

  // ---- to be kept
  void keep_in(const Keeper& keeper) { keeper_ = &keeper; }
  /// Both gates are held open until room_is_made().
  void await_room() { is_room_awaited_ = true; }
  [[nodiscard]] bool is_room_awaited() const { return is_room_awaited_; }
  void room_is_made() { is_room_awaited_ = false; }
  /// True once, after the first write that was refused for want of room.
  [[nodiscard]] bool take_refusal() { return std::exchange(is_refusal_new_, false); }
  [[nodiscard]] bool has_changes() const { return changed_ != 0; }
  [[nodiscard]] std::uint32_t take_changes();
  [[nodiscard]] core::Trips trips_to_keep() const { return protections_.to_resume(); }
  [[nodiscard]] const core::Texts& texts() const { return texts_; }
  [[nodiscard]] const core::Settings& factory_settings() const { return factory_; }
  [[nodiscard]] core::Texts factory_texts() const;
  [[nodiscard]] core::Counters counters() const;
  [[nodiscard]] bool is_charge_known() const { return soc_.is_estimated(); }
  [[nodiscard]] const core::EventLog& log() const { return log_; }
  /// Both gates are open from the next judgement on, until it is taken.
  [[nodiscard]] Demand demand() const { return demand_; }
  Demand take_demand();

  // ---- Device
  const core::Status& status() override;
  const core::Settings& settings() const override { return settings_; }
  std::string_view text(core::Text text) const override;
  std::uint32_t revision() const override { return revision_; }
  core::Answer change(std::span<const core::SettingChange> changes) override;
  core::Answer set_text(core::Text text, std::string_view value) override;
  core::Answer command(core::Command command, std::int32_t value) override;
  core::Answer authorize(std::string_view settings_password) override;

 private:
  [[nodiscard]] bool is_fresh(std::uint32_t fresh, Fresh what) const { return (fresh & what) != 0; }
  void adopt_settings();
  void use(const core::Settings& settings);
  void take_scan(const RawCodes& raw);
  void protect(const RawCodes& raw);
  void mark(core::ChargeMark mark);
  void count_charge(const RawCodes& raw);
  void watch_charge();
  void live(const RawCodes& raw);
  [[nodiscard]] bool may_heat() const;
  void note_mode();
  void balance(std::uint32_t fresh);
  void after_scan(bool may_run);
  void watch_idleness(const core::CellSpread& cells);
  [[nodiscard]] core::BalanceCommand converter() const;
  void decide_gates();
  void signal();
  [[nodiscard]] core::CellSpread spread() const;
  [[nodiscard]] core::Alarms alarms() const;
  [[nodiscard]] std::uint32_t run_time_s() const;
  [[nodiscard]] std::uint32_t clock_s() const;
  core::Answer calibrate_voltage(std::int32_t true_mV);
  core::Answer calibrate_current(std::int32_t true_mA);
  core::Answer apply_preset(core::Preset preset);
  core::Answer adopt(const core::Settings& settings, core::Setting what);
  [[nodiscard]] bool can_keep(bool opens_both_gates);

  const core::Settings factory_;
  const BoardModel model_;
  core::Settings settings_;
  core::Texts texts_;
  std::array<char, core::longest_text> model_text_{};
  std::uint32_t revision_ = 0;  // of settings and texts

  core::Measurement measurement_;
  core::Protections protections_;
  core::Soc soc_;
  core::ChargePhases phases_;
  core::Life life_;
  core::Precharge precharge_;
  core::Heater heater_;
  core::Balancer balancer_;
  core::WireTest wire_test_;
  core::BodyDiode charge_diode_, discharge_diode_;
  core::Trigger buzzer_, dry_1_, dry_2_;
  core::EventLog log_;
  core::Access access_;

  std::uint64_t now_ns_ = 0, started_ns_ = 0, counted_ns_ = 0;
  std::uint64_t run_time_ns_ = 0, started_run_ns_ = 0;  // run time then
  std::uint32_t power_ons_ = 1;
  std::int64_t clock_offset_s_ = 0;  // clock at the start of this run
  std::optional<std::int32_t> store_mV_;
  std::int32_t port_above_pack_mV_ = 0;
  std::uint64_t heard_ns_ = 0;
  bool has_heard_ = false;
  std::uint32_t balance_ppm_ = 0;
  bool is_complete_ = false;  // every vital measurement is known
  bool is_charge_gate_on_ = false, is_discharge_gate_on_ = false;
  bool has_loaded_scan_ = false;                               // the scan of this step was the self-test's
  bool is_charge_wanted_ = true, is_discharge_wanted_ = true;  // by switches and locks
  bool is_charge_short_ = false, has_release_failed_ = false;
  std::uint64_t short_ended_ns_ = 0;
  std::optional<std::uint64_t> idle_since_ns_;  // since when a full pack has called for balancing in vain
  bool is_full_ = false;                        // and has not fallen to 95 % since
  std::uint32_t changed_ = 0;
  const Keeper* keeper_ = nullptr;
  bool is_room_awaited_ = false, has_refused_ = false, is_refusal_new_ = false;
  Demand demand_ = Demand::none;
  Wishes wishes_;
  core::Status status_;
};

}  // namespace jk::app
