// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

namespace models::afe {

inline constexpr int max_leads = 33;

/// The harness of sense leads: lead n (0 … cells) joins input n of the board to tap n of the pack. Tap 0 is B-, tap n
/// the plus of cell n (counted from 1). The leads carry the balance current too, so a cell that is balanced and both
/// its neighbours are misread by I R:
///
///   reading of cell k = u(k + 1) - u(k)          u(n) = tap voltage  + I R(n) at the upper input of the balanced cell
///                                                                    - I R(n) at its lower input
///
/// An open lead's input floats: from its last voltage it drifts exponentially to what the connected inputs on both
/// sides make of it through the equal impedances between neighbouring inputs (one open lead: the middle of its
/// neighbours; at an end of the row: its only neighbour, so that the cell reads 0). A lead that sits in another one's
/// place brings the voltage of its own tap to that input. Not modelled: currents through protection diodes of inputs
/// that see a reversed or doubled voltage. Sources: docs/models/afe.md.
class SenseLeads {
 public:
  explicit SenseLeads(int cells, double lead_ohm = 0.05, double float_time_constant_s = 0.2);

  // ---- faults; all of them may be there at once
  void set_resistance(int lead, double ohm) { lead_[index(lead)].ohm = ohm; }  // high_resistance_lead: a corroded pin
  template <class CellV>
  void open(int lead, std::int64_t t_ns, CellV&& cell_V) {  // open_lead: broken, or the plug not in
    open_from(lead, t_ns, taps(cell_V));
  }
  void swap(int a, int b);  // swapped_leads: two pins of the plug are exchanged; again: exchanged back
  void repair(int lead);  // in its own place, connected, with its nominal resistance; so is the one it was swapped with

  [[nodiscard]] double resistance_ohm(int lead) const { return lead_[index(lead)].ohm; }
  /// No lead is open or swapped: a reading is the voltage of its cell, but for I R while balancing.
  [[nodiscard]] bool all_in_place() const { return in_place_; }
  /// Can current flow through both leads of this cell (from 0), in the right direction?
  [[nodiscard]] bool carries(int cell) const;
  [[nodiscard]] double loop_ohm(int cell) const { return resistance_ohm(cell) + resistance_ohm(cell + 1); }

  /// What the board sees of `cell`. `cell_V(k)` gives the voltage of cell k now; `balanced` is the cell with
  /// `current_A` into it, -1 = none.
  template <class CellV>
  [[nodiscard]] double reading_V(int cell, std::int64_t t_ns, CellV&& cell_V, int balanced, double current_A) const {
    const double drop = drop_V(cell, balanced, current_A);
    if (in_place_) return cell_V(cell) + drop;
    const Voltages tap = taps(cell_V);
    return input_V(cell + 1, tap, t_ns) - input_V(cell, tap, t_ns) + drop;
  }
  /// I R in the reading of `cell`.
  [[nodiscard]] double drop_V(int cell, int balanced, double current_A) const;

 private:
  using Voltages = std::array<double, max_leads>;
  struct Lead {
    double ohm = 0;
    bool is_open = false;
    int tap = 0;  // where its input gets its voltage from
    std::int64_t open_ns = 0;
    double excess_V = 0;  // above the floating voltage when it opened
  };
  static std::size_t index(int n) { return static_cast<std::size_t>(n); }
  [[nodiscard]] double input_V(int input, const Voltages& tap, std::int64_t t_ns) const;
  [[nodiscard]] double floating_V(int input, const Voltages& tap) const;
  template <class CellV>
  [[nodiscard]] Voltages taps(CellV&& cell_V) const {
    Voltages tap{};
    for (int k = 0; k < cells_; ++k) tap[index(k + 1)] = tap[index(k)] + cell_V(k);
    return tap;
  }
  void open_from(int lead, std::int64_t t_ns, const Voltages& tap);
  void look();

  int cells_;
  double nominal_ohm_, float_time_constant_s_;
  bool in_place_ = true;
  std::array<Lead, max_leads> lead_{};
};

}  // namespace models::afe
