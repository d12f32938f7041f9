// SPDX-License-Identifier: Apache-2.0
// Included once for each way to compute with four lanes; `Four` and its functions are those of the namespace around it.
// Nothing of the standard library is called here: its inline functions belong to every machine.

inline double sum(Four f) { return (lane(f, 0) + lane(f, 1)) + (lane(f, 2) + lane(f, 3)); }
inline double larger(double a, double b) { return a > b ? a : b; }
inline double largest(Four f) { return larger(larger(lane(f, 0), lane(f, 1)), larger(lane(f, 2), lane(f, 3))); }
inline double smallest(Four f) { return -largest(all(0) - f); }

inline void look(RowData& row, const CellState* from) {
  Four v1 = all(0), v2 = all(0), ocv = all(0), per_As = all(0);
  Four down_to = all(-1e300), up_to = all(1e300), far_down_to = down_to, far_up_to = up_to;
  const std::size_t cells = row.padded;
  for (std::size_t k = 0; k < cells; k += RowData::lanes, from += RowData::lanes) {
    const Four soc = gathered(from[0].soc, from[1].soc, from[2].soc, from[3].soc),
               pair1 = gathered(from[0].v1_V, from[1].v1_V, from[2].v1_V, from[3].v1_V),
               pair2 = gathered(from[0].v2_V, from[1].v2_V, from[2].v2_V, from[3].v2_V);
    put(&row.soc[k], soc);
    put(&row.v1[k], pair1);
    put(&row.v2[k], pair2);
    put(&row.degC[k], gathered(from[0].temperature_degC, from[1].temperature_degC, from[2].temperature_degC,
                               from[3].temperature_degC));
    const Four ocv1 = four(&row.ocv1[k]), charge_As = four(&row.capacity_As[k]);
    const Four down = (four(&row.left[k]) - soc) * charge_As, up = (four(&row.right[k]) - soc) * charge_As;
    v1 = v1 + pair1;
    v2 = v2 + pair2;
    ocv = ocv + (four(&row.ocv0[k]) + ocv1 * soc);
    per_As = per_As + ocv1 * four(&row.gain[k]);
    put(&row.down_As[k], down);
    put(&row.up_As[k], up);
    down_to = larger(down, down_to);
    up_to = smaller(up, up_to);
    far_down_to = larger((four(&row.far_left[k]) - soc) * charge_As, far_down_to);
    far_up_to = smaller((four(&row.far_right[k]) - soc) * charge_As, far_up_to);
  }
  row.v1_sum_V = sum(v1);
  row.v2_sum_V = sum(v2);
  row.ocv_sum_V = sum(ocv);
  row.ocv_V_per_As = sum(per_As);
  row.least_As = largest(down_to);
  row.most_As = smallest(up_to);
  row.far_least_As = largest(far_down_to);
  row.far_most_As = smallest(far_up_to);
}

inline void step(RowData& row, const RowStep& s) {
  const double h = s.dt_s, i0 = s.start_A, slope = s.slope_A_per_s, i1 = i0 + slope * h, mean = i0 + 0.5 * h * slope;
  const Four e1 = all(s.e1), e2 = all(s.e2), u1 = all(s.u1_A), u2 = all(s.u2_A), t1 = all(row.per_tau1_s),
             t2 = all(row.per_tau2_s), warm = all(s.warm_K_per_W), conductance = all(s.conductance_W_per_K),
             ambient = all(s.ambient_degC);
  const Four squares = all((i0 * i0 + 4 * mean * mean + i1 * i1) * (1.0 / 6)), charge_As = all(mean * h),
             from_A = all(i0), to_A = all(i1), rise_A = all(slope), half_rise = all(0.5 * slope), once = all(s.per_s),
             twice = all(s.per_s * s.per_s);
  const std::size_t cells = row.padded;
  for (std::size_t k = 0; k < cells; k += RowData::lanes) {
    const Four v1 = four(&row.v1[k]), v2 = four(&row.v2[k]), r0 = four(&row.r0[k]), r1 = four(&row.r1[k]),
               r2 = four(&row.r2[k]);
    const Four w1 = v1 * e1 + r1 * u1, w2 = v2 * e2 + r2 * u2;
    put(&row.end_soc[k], four(&row.soc[k]) + four(&row.gain[k]) * charge_As);
    put(&row.end_v1[k], w1);
    put(&row.end_v2[k], w2);
    const Four m1 = v1 + w1, m2 = v2 + w2, degC = four(&row.degC[k]);
    const Four heat = r0 * squares + m1 * m1 * four(&row.quarter_g1[k]) + m2 * m2 * four(&row.quarter_g2[k]);
    put(&row.end_degC[k], degC + warm * (heat - conductance * (degC - ambient)));
    const Four d0 = (r1 * from_A - v1) * t1 + (r2 * from_A - v2) * t2,
               d1 = (r1 * to_A - w1) * t1 + (r2 * to_A - w2) * t2;
    const Four a = v1 + v2, rise = (w1 + w2 - a) * once, d = d0 + d1;
    const Four ocv1 = four(&row.ocv1[k]), climb = ocv1 * four(&row.gain[k]);
    put(&row.p0[k], a + r0 * from_A + (four(&row.ocv0[k]) + ocv1 * four(&row.soc[k])));
    put(&row.p1[k], d0 + r0 * rise_A + climb * from_A);
    put(&row.p2[k], (all(3) * rise - d0 - d) * once + climb * half_rise);
    put(&row.p3[k], (d - (rise + rise)) * twice);
  }
}

/// What cells that left their piece of the OCV table show more than if it went on.
struct Bends {
  const double *bend, *knot;
  Four side, moved;
  [[gnu::always_inline]] Four operator()(std::size_t k, Four volts) const {
    return volts + four(bend + k) * larger(side * (moved - four(knot + k)), all(0));
  }
};
struct NoBends {
  [[gnu::always_inline]] Four operator()(std::size_t, Four volts) const { return volts; }
};

inline Bends bends_at(const RowData& row, double moved_As) {
  if (moved_As > 0) return {&row.up_bend[0], &row.up_As[0], all(1), all(moved_As)};
  return {&row.down_bend[0], &row.down_As[0], all(-1), all(moved_As)};
}

inline double bends_V(const RowData& row, double moved_As) {
  const Bends bends = bends_at(row, moved_As);
  Four sums = all(0);
  const std::size_t cells = row.padded;
  for (std::size_t k = 0; k < cells; k += RowData::lanes) sums = bends(k, sums);
  return sum(sums);
}

inline void largest_shares_V(const RowData& row, double lag1_A, double lag2_A, double& first_V, double& second_V) {
  const Four lag1 = all(lag1_A), lag2 = all(lag2_A), none = all(0);
  Four most1 = none, most2 = none;
  const std::size_t cells = row.padded;
  for (std::size_t k = 0; k < cells; k += RowData::lanes) {
    const Four share1 = four(&row.v1[k]) - four(&row.r1[k]) * lag1, share2 = four(&row.v2[k]) - four(&row.r2[k]) * lag2;
    most1 = larger(larger(share1, none - share1), most1);
    most2 = larger(larger(share2, none - share2), most2);
  }
  first_V = largest(most1);
  second_V = largest(most2);
}

template <class More>
[[gnu::always_inline]] inline double voltages_at(const RowData& row, double x, const More& more, double* out) {
  const Four at = all(x);
  Four sums = all(0);
  const std::size_t cells = row.cells;
  std::size_t k = 0;
  const auto volts = [&]() __attribute__((always_inline)) {
    const Four v =
        more(k, four(&row.p0[k]) + at * (four(&row.p1[k]) + at * (four(&row.p2[k]) + at * four(&row.p3[k]))));
    sums = sums + v;
    return v;
  };
  for (; k + RowData::lanes <= cells; k += RowData::lanes) put(out + k, volts());
  if (k < cells) {
    double rest[RowData::lanes];
    put(rest, volts());
    for (std::size_t lane = 0; k + lane < cells; ++lane) out[k + lane] = rest[lane];
  }
  return sum(sums);
}

inline void voltages(const RowData& row, const RowSamples& s, double* out) {
  std::int64_t t_ns = s.first_ns;
  for (std::size_t i = 0; i < s.count; ++i, t_ns += s.every_ns, out += row.cells + 1) {
    const double x = static_cast<double>(t_ns) * 1e-9, moved_As = x * (s.start_A + s.half_slope * x);
    const bool bent = moved_As > row.most_As || moved_As < row.least_As;
    const double sum_V = bent ? voltages_at(row, x, bends_at(row, moved_As), out) : voltages_at(row, x, NoBends{}, out);
    out[row.cells] = sum_V + s.links_ohm * (s.start_A + (s.half_slope + s.half_slope) * x);
  }
}

constexpr RowLanes lanes{look, step, bends_V, largest_shares_V, voltages};
