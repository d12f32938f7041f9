// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "models/afe/sense_leads.hpp"
#include "models/balancing_converter/balancing_converter.hpp"
#include "models/cell/cell.hpp"
#include "models/cell/row.hpp"
#include "models/mosfet/bank.hpp"
#include "models/pack/dense.hpp"
#include "models/pack/ledger.hpp"
#include "models/pack/plant_params.hpp"
#include "models/pack/state.hpp"
#include "models/port/port.hpp"

namespace models::pack {

/// The series pack with its switches, port and converter: one electrical loop, solved, not scripted.
///
///   port ── charger ∥ load ∥ profile ∥ short(R,L)          i > 0 charges
///     │ L_loop
///   charge bank ─ discharge bank ─ shunt ─ copper ─ cells (ocv, R0, 2 RC) + busbars
///
/// A look-ahead plant: `look_ahead()` computes one segment [t0, t1] from the state at t0; inside it every quantity is a
/// smooth, closed-form function of time (dense output) and can be sampled at any instant at no further cost.
/// `advance_exactly_to(t)` with t <= t1 goes back to the state of t0 and steps exactly to t; then inputs may change and
/// the next segment begins. Segments end at corners of profiles, at switching instants, at crossings of comparator and
/// supply supervisor, and where the error estimate says so: the assumed current ramp agrees with the solved loop at the
/// middle and at the end to 1e-5 of the current (and 0.1 mA).
/// Whenever the loop current is not the one that the loop would settle at, the inductance counts: L di/dt = port(i) -
/// inner - R i, an exact exponential along each straight piece of the port's characteristic; steps are a fraction of
/// L/R while the current moves. A measured profile alone is imposed as it is: it holds the loop. A channel that opens
/// lets the current fall linearly, unless the inductance drives it on: then the bank breaks down (avalanche). An
/// inverter's DC link moves with the implicit midpoint rule in steps of 0.05 sqrt(L C), or a quarter of R C with the
/// source beside it: 0.2 % of the inrush; while the pack rests and the link has all but settled, implicitly at the end.
/// Where R C is so long that L counts for less than 1e-4 of the current, as behind a precharge resistor, both fade
/// together as e^(-t / R C), in steps of 2 % of R C whose end is checked against the solved loop.
/// A short way (cell::Row) takes stretches with both channels conducting and no heater,
/// balancing, trip, cell fault, heater on a cell or ledger, of cells whose parameters do not move, along a measured
/// current alone or along a charger: past its soft start, right way round, without ripple, at most a constant current
/// drawn beside it. Constant current then ends at the nanosecond at which the charger's voltage is reached, and along
/// that voltage the same error test chooses the length, up to max_step_s; the dense output of a cell follows its RC
/// pairs to 1 uV.
/// A ripple is a sinusoid on top of the mean current. It passes R0 and busbars; left out are its drop over L (below
/// omega L A), its part in the RC pairs (below R A / (omega tau)) and in the charge (below 2 A / omega).
/// Errors: std::invalid_argument in the constructor (name, value, range); misuse of the order of calls throws
/// std::logic_error.
class Plant {
 public:
  Plant(PlantParams params, double ambient_degC);
  // ---- state and inputs; inputs may change only at now_ns(), before look_ahead()
  [[nodiscard]] int cells() const { return n_; }
  [[nodiscard]] std::int64_t now_ns() const { return t0_; }
  [[nodiscard]] const PlantState& state() const { return state_; }
  [[nodiscard]] PlantState& state_for_start() { return state_; }  // only before the first look_ahead()
  [[nodiscard]] const PlantParams& params() const { return params_; }
  [[nodiscard]] bool is_on_short_way() const { return in_row_; }  // in the segment that was looked ahead
  port::Port& port() {
    stale_ = true;
    return port_;
  }
  /// A cell (from 0) is brought to a temperature from outside, at once.
  void set_cell_temperature(int k, double degC);
  void set_cell_soc(int k, double soc);  // the same; hysteresis and RC pairs stay
  /// Cell k (from 0) from now on: internal short, lost capacity, grown resistance, open weld, reversed.
  void set_cell_faults(int k, const cell::CellFaults& faults) {
    cells_.at(static_cast<std::size_t>(k)).set_faults(faults);
    altered_ = stale_ = true;
  }
  [[nodiscard]] const cell::CellFaults& cell_faults(int k) const {
    return cells_[static_cast<std::size_t>(k)].faults();
  }
  /// An ideal source stands in for cell k (from 0) from now on, nullopt: the cell is back (Cell::hold).
  void hold_cell(int k, std::optional<double> terminal_V);
  [[nodiscard]] bool is_held(int k) const { return cells_[static_cast<std::size_t>(k)].is_held(); }
  /// Power of a heater on the surface of cell k.
  void set_heater(int k, double power_W) {
    heater_W_.at(static_cast<std::size_t>(k)) = power_W;
    altered_ = stale_ = true;
  }
  void set_ambient(double degC) {
    ambient_degC_ = degC;
    stale_ = true;
  }
  void set_gate(bool charge_bank, bool level);
  /// What is wrong with a bank from now on.
  void set_bank_fault(bool charge_bank, mosfet::BankFault fault);
  void set_precharge(bool on) {
    precharge_ = on;
    stale_ = true;
  }
  void set_charge_limiter(bool on) {
    limiter_ = on;
    stale_ = true;
  }
  void set_heater_switch(bool on) {
    heater_ = on;
    stale_ = true;
  }
  /// The controller sleeps: the board draws its sleeping current.
  void set_asleep(bool asleep) {
    asleep_ = asleep;
    stale_ = true;
  }
  /// Contact resistance added to the link above cell k (from 0), ohm.
  void set_contact(int k, double ohm) {
    contact_ohm_.at(static_cast<std::size_t>(k)) = ohm;
    stale_ = true;
  }
  /// The capacitor of the inverter on the port stands at this voltage now.
  void set_link_V(double volts) {
    state_.link_V = volts;
    stale_ = true;
  }
  void set_converter(const balancing_converter::ConverterCommand& command);
  void set_converter_faults(const balancing_converter::ConverterFaults& faults) {
    converter_.set_faults(faults);
    set_converter(asked_);
  }
  [[nodiscard]] const balancing_converter::ConverterFaults& converter_faults() const { return converter_.faults(); }
  /// The harness of sense leads, to change it.
  [[nodiscard]] afe::SenseLeads& leads() {
    stale_ = true;
    return leads_;
  }
  /// The sense lead (0 … cells) breaks now.
  void open_lead(int lead);
  /// A sensor (T1, T2, MOS: 0 to 2) came off its place and hangs in the air.
  void detach_sensor(int sensor, bool detached) {
    is_detached_[static_cast<std::size_t>(sensor)] = detached;
    stale_ = true;
  }
  void set_supply_lead(bool connected) {
    supply_lead_ = connected;
    stale_ = true;
  }
  /// The BMS draws its current only while it is powered.
  [[nodiscard]] bool supplied() const { return supplied_; }

  // ---- time
  /// Computes the next segment. Returns its end; `event()` says what happens there.
  std::int64_t look_ahead();
  [[nodiscard]] bool needs_look_ahead() const { return stale_; }
  [[nodiscard]] std::int64_t horizon_ns() const { return t1_; }
  [[nodiscard]] PlantEvent event() const { return event_; }
  /// Nothing happens at the end of the segment and nothing jumps: it shows what the next one begins with.
  [[nodiscard]] bool ends_smoothly() const { return event_ == PlantEvent::step && ends_smoothly_; }
  /// Moves now to `t_ns`, now <= t_ns <= horizon; at the horizon the event of the segment takes effect.
  void advance_exactly_to(std::int64_t t_ns);

  // ---- dense output: now <= t <= horizon, valid after look_ahead()
  [[nodiscard, gnu::always_inline]] double cell_V(int k, std::int64_t t) const {
    const CellDense& d = dense(k);
    return d.is_cubic && ripple_square_ == 0 ? d.terminal(seconds(t)) : bent_cell_V(k, t);
  }
  /// All terminal voltages at once, the pack's behind them: out[0 … cells() - 1], out[cells()].
  void voltages(std::int64_t t, double* out) const { voltages(t, 0, 1, out); }
  /// The same at `count` instants, from `first` on `every` ns, all of them in the segment: `out` has room for as many
  /// rows.
  void voltages(std::int64_t first, std::int64_t every, std::size_t count, double* out) const;
  /// What the board's inputs see of cell k: through the sense leads, with I R while a cell is balanced.
  [[nodiscard]] double sensed_V(int k, std::int64_t t) const {
    return are_readings_plain_ ? cell_V(k, t) : misread_V(k, t);
  }
  /// In this segment sensed_V() is cell_V().
  [[nodiscard]] bool are_readings_plain() const { return are_readings_plain_; }
  [[nodiscard]] double cell_soc(int k, std::int64_t t) const { return dense(k).soc(seconds(t)); }
  [[nodiscard]] double cell_ocv_V(int k, std::int64_t t) const { return params_.type->ocv_V(cell_soc(k, t)); }
  [[nodiscard]] double cell_hysteresis(int k, std::int64_t t) const { return dense(k).hysteresis(seconds(t)); }
  [[nodiscard]] double cell_degC(int k, std::int64_t t) const { return dense(k).degC(seconds(t)); }
  [[nodiscard]] double cell_A(int k, std::int64_t t) const {
    const CellDense& d = dense(k);
    return d.sign * (port_A(t) + d.bias_A);
  }
  [[nodiscard]] double port_A(std::int64_t t) const {
    return current_at(seconds(t)) + (ripple_square_ == 0 ? 0 : ripple_A(t));
  }
  [[nodiscard]] double pack_V(std::int64_t t) const;  // at the cell terminals, busbars included; 0 when a weld is open
  [[nodiscard]] double port_V(std::int64_t t) const;  // at the board's port
  [[nodiscard]] double supply_V(std::int64_t t) const { return supply_lead_ ? pack_V(t) : 0; }
  [[nodiscard]] double link_V(std::int64_t t) const;  // of an inverter's DC link; 0 without one
  /// Hottest junction of a bank.
  [[nodiscard]] double junction_degC(bool charge_bank, std::int64_t t) const;
  [[nodiscard]] double mos_degC(std::int64_t t) const {
    if (board_due_s_ > 0) fit_board(board_due_s_);
    return mos_(seconds(t));
  }
  [[nodiscard]] double bead_degC(int sensor, std::int64_t t) const {
    if (board_due_s_ > 0) fit_board(board_due_s_);
    return beads_[static_cast<std::size_t>(sensor)](seconds(t));
  }
  [[nodiscard]] double store_V(std::int64_t t) const {
    return converter_.store_V(state_.store_J + store_slope_ * seconds(t));
  }
  [[nodiscard]] double avalanche_J(std::int64_t t) const;

  // ---- constant inside a segment
  [[nodiscard]] bool charge_fet() const { return charge_bank_.conducts(); }
  [[nodiscard]] bool discharge_fet() const { return discharge_bank_.conducts(); }
  [[nodiscard]] bool comparator() const { return comparator_; }
  [[nodiscard]] double ambient_degC() const { return ambient_degC_; }
  [[nodiscard]] double supply_A() const { return supply_A_; }  // what the board draws
  [[nodiscard]] double heater_A() const { return heater_A_; }
  [[nodiscard]] const mosfet::Bank& bank(bool charge_bank) const {
    return charge_bank ? charge_bank_ : discharge_bank_;
  }
  /// From the start of the run to now_ns(); all zero unless keep_ledger().
  [[nodiscard]] const Ledger& ledger() const { return books_; }
  [[nodiscard]] double balance_A() const { return balance_A_; }  // into the selected cell
  [[nodiscard]] int balance_cell() const { return balance_A_ != 0 ? command_.cell : -1; }
  /// Adds up what each cell moves from now on; off at the start. Costs the short way of cells of constant parameters.
  void keep_ledger(bool keep) { ledger_ = keep, stale_ = true; }
  /// What cell k moved while the ledger was kept, every term integrated on its own.
  [[nodiscard]] const cell::CellEnergy& cell_energy(int k) const { return energy_[static_cast<std::size_t>(k)]; }
  /// The core of cell k has been hotter than the type's runaway limit: reported, not modelled further.
  [[nodiscard]] bool ran_away(int k) const { return ran_away_[static_cast<std::size_t>(k)]; }

 private:
  using CellEnergies = std::array<cell::CellEnergy, max_cells>;
  struct CellDense {                    // of one segment; x = seconds since its start
    double soc0, soc1, soc2;            // soc = soc0 + soc1 x + soc2 x^2
    Cubic rc, hysteresis;               // rc: v1 + v2
    double r0_ohm, r0_slope, bias_A;    // terminal = ocv(soc) + rc + M(soc) hysteresis + r0 (i + bias); r0 linear
    double sign;                        // -1: reversed in the string
    double temperature0, temperature1;  // linear
    Cubic terminal;                     // the terminal voltage itself where the parts above make it a cubic
    bool is_cubic = false;
    cell::Surroundings surroundings;
    [[nodiscard]] double soc(double x) const { return soc0 + x * (soc1 + x * soc2); }
    [[nodiscard]] double degC(double x) const { return temperature0 + temperature1 * x; }
  };
  /// What a current of one direction meets in the banks.
  struct Passages {
    double blocked_ohm = 0, avalanche_ohm = 0;  // of the bank that can block it: now, and in avalanche
    double diode_ohm = 0, diode_V = 0;          // of the other
    bool open = false, bypassed = false;        // bypassed: through a leak or the precharge resistor
  };

  [[nodiscard]] double seconds(std::int64_t t) const { return static_cast<double>(t - t0_) * 1e-9; }
  [[nodiscard]] double current_at(double x) const { return current_.at(x); }
  [[nodiscard]] double charge_As(double x) const;  // of the port current from the start of the segment
  [[nodiscard]] cell::Ramp ramp_until(double x) const;

  void hold_constants();  // bias currents and surroundings of the segment
  void hold_circuits(double h);
  [[nodiscard]] double inner_V(const PlantState& s, double x) const;
  [[nodiscard]] port::Path path(double x) const;
  [[nodiscard]] double solve(const PlantState& s, double x) const;  // x: seconds since the start of the segment
  void step(double h, PlantState& to, CellEnergies* energies = nullptr) const;
  struct BoardDecay {
    double h = -1, plate = 1, bead = 1;
    std::array<double, 2> junction{};  // of the charge bank and of the discharge bank
  };
  [[nodiscard]] const BoardDecay& board_decay(double h) const;
  void step_board(double h, const cell::Ramp& ramp, PlantState& to) const;
  [[nodiscard]] double place_degC(std::size_t sensor, const PlantState& at) const;
  [[nodiscard]] CellEnergies* moved() { return ledger_ ? &next_energy_ : nullptr; }
  void losses(double start_A, double end_A, double h, PlantState& to) const;
  [[nodiscard]] double pack_open_V() const;
  [[nodiscard]] double mean_square(double h) const;
  void hold_passages();
  [[nodiscard]] port::Instant instant(double x) const;
  [[nodiscard]] double loop_H() const;
  [[nodiscard]] double board_ohm(std::size_t direction) const;
  [[nodiscard]] double channel_V(double i) const;
  [[nodiscard]] double limiter_V(double i, double pack_V, double x) const;
  [[nodiscard]] double ripple_A(std::int64_t t) const;
  [[nodiscard]] double slope_at(double x) const;  // dI/dt
  [[nodiscard]] double cell_at(int k, double x) const;
  [[nodiscard]] double bent_cell_V(int k, std::int64_t t) const;
  [[nodiscard]] double pack_at(double x) const;  // ripple left out
  [[nodiscard]] double port_at(double x) const;
  void jump_to(double current_A);
  void book(double x, const PlantState& to);
  void book_loop(double current_A, double x, double dt);
  void book_ripple(double dt);
  void book_cells();

  void choose_ramp(std::int64_t limit_ns, double start_A);
  void choose_fall(double start_A);
  void choose_transient(std::int64_t limit_ns, double target_A);
  bool choose_glide(std::int64_t limit_ns, double target_A);
  void choose_course(std::int64_t limit_ns);
  [[nodiscard]] double start_current();
  [[nodiscard]] bool settled(double target_A);
  [[nodiscard]] bool is_on_its_way(double target_A);
  [[nodiscard]] double carried_A(double loop_A) const;
  [[nodiscard]] bool falls_in_avalanche(double target_A);
  struct Drive {
    port::Node node;
    double opposing_V = 0, ohm = 0;
    bool blocked = false;
  };
  [[nodiscard]] Drive drive(double current_A, bool charging, double target_A) const;
  void lay_exponential(double current_A, bool charging, const Drive& d);
  [[nodiscard]] double transient_s(std::int64_t limit_ns) const;
  [[nodiscard]] double link_takes_A(double loop_A, double x) const;
  [[nodiscard]] double link_conductance_S(double loop_A);
  void move_link(double h);
  void rest_link(double h);
  [[nodiscard]] bool rests_still(double h);
  void hold_ripple();
  void hold_power(double current_A);
  void fit_dense();
  void fit_board(double h) const;
  [[nodiscard]] double smooth_s(double current_A, double slope_A_per_s) const;
  void fit_cells() const;
  struct Stretch {
    std::int64_t length_ns = 0;  // 0: none that goes the short way
    double start_A = 0, slope_A_per_s = 0;
  };
  bool steady_ahead();
  [[nodiscard]] Stretch measured_stretch() const;
  Stretch charge_stretch();
  struct ChargeLoop;
  [[nodiscard]] std::int64_t full_until_ns(const ChargeLoop& loop, std::int64_t limit_ns);
  struct Taper {
    cell::Ramp ramp;
    double share = 0;  // of the error that is allowed
    bool matched = false;
  };
  Taper taper_of(const ChargeLoop& loop, double start_A, double h);
  Stretch taper(const ChargeLoop& loop, double start_A, std::int64_t limit_ns);
  [[nodiscard]] std::int64_t length_ahead_ns() const;
  void spread_row() const;
  [[nodiscard]] const CellDense& dense(int k) const {
    if (in_row_ && !spread_) spread_row();
    return dense_[static_cast<std::size_t>(k)];
  }
  void hold_balance();
  void end_at_store_limit();
  [[nodiscard]] std::int64_t converter_turns_ns() const;
  [[nodiscard]] balancing_converter::Terminals terminals(double cell_V) const;  // of the selected cell
  [[nodiscard]] double misread_V(int k, std::int64_t t) const;
  void end_at_crossings();
  [[nodiscard]] bool runs_away(int k, std::int64_t t) const;
  [[nodiscard]] bool some_cell_runs_away(std::int64_t t) const;
  [[nodiscard]] bool row_runs_away() const;
  [[nodiscard]] PlantEvent crossing_at(std::int64_t t) const;
  void end_at(std::int64_t t_ns, PlantEvent event);
  void take_effect();

  PlantParams params_;
  int n_;
  std::vector<cell::Cell> cells_;
  cell::Row row_;                            // the same cells, when their parameters do not move
  bool row_suits_ = false, in_row_ = false;  // in_row_: it holds this segment
  mutable bool spread_ = false;              // and dense_ has been filled from it
  balancing_converter::Converter converter_;
  mosfet::Bank charge_bank_, discharge_bank_;
  port::Port port_;
  balancing_converter::ConverterCommand command_, asked_;
  std::int64_t converter_since_ns_ = 0;         // it runs, or stands
  std::array<std::int64_t, 2> converter_ns_{};  // how long it last stood, and ran
  afe::SenseLeads leads_;
  bool are_readings_plain_ = true;
  std::int64_t balance_holds_ns_ = INT64_MAX;  // how long the balance current may be taken as constant
  std::array<bool, 3> is_detached_{};
  double ambient_degC_;
  bool supply_lead_ = true, supplied_ = true, comparator_ = false, broken_ = false;  // broken: an open weld
  std::array<double, max_cells> heater_W_{};
  bool can_run_away_ = false;                             // the type has a limit
  std::array<bool, max_cells> ran_away_{}, runs_away_{};  // runs_away_: at the end of this segment
  PlantState state_, next_;
  mutable std::array<BoardDecay, 64> decays_{};
  CellEnergies energy_{}, next_energy_{};
  bool ledger_ = false, altered_ = false;  // altered: a cell has a fault or a heater, so the cells are not alike
  std::int64_t t0_ = 0, t1_ = 0;
  bool rolled_back_ = false;  // to the middle of a ramp
  bool precharge_ = false, limiter_ = false, heater_ = false, asleep_ = false;
  std::array<double, max_cells> contact_ohm_{};
  Ledger books_;
  std::int64_t preferred_ns_ = 100'000'000, fall_end_ns_ = 0;
  int rung_ = 0, climb_ = 4;  // of the ladder of lengths along a charger's voltage
  double last_slope_ = 0;
  bool stale_ = true, ends_smoothly_ = true;
  PlantEvent event_ = PlantEvent::step;
  LoopCurrent current_;
  mutable std::array<CellDense, max_cells> dense_{};
  double balance_A_ = 0, supply_A_ = 0, r0_sum_ = 0, r0_sum_slope_ = 0, bias_drop_V_ = 0, bias_drop_slope_V_ = 0;
  std::array<Passages, 2> passages_{};                       // of a discharging, of a charging current
  double links_ohm_ = 0, heater_A_ = 0, ripple_square_ = 0;  // sum of the squared amplitudes
  port::Waves waves_{};
  bool limiter_on_ = false, limited_ = false;  // limited: the limiter sets the current of this segment
  bool falling_ = false, link_moves_ = false;  // falling: a channel sets the current while it opens
  double link_middle_V_ = 0, link_slope_ = 0, power_V_ = 0;
  double gap_A_ = 1e300;  // to the settled current, at the start of the last transient step
  double store_slope_ = 0;
  double avalanche_V_ = 0;  // > 0: a blocked bank carries the inductor current
  mutable Fade mos_;        // of the plate
  mutable std::array<Follow, 3> beads_;
  mutable double board_due_s_ = 0;                  // > 0: the fades of this segment, so long, have not been fitted yet
  mutable double summed_at_s_ = -1, summed_V_ = 0;  // of the last pack_at() in this segment
};

}  // namespace models::pack
