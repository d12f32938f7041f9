// SPDX-License-Identifier: Apache-2.0
#include "models/ntc/ntc.hpp"

#include "models/math/exact.hpp"

namespace models::ntc {

Ntc::Ntc(const std::vector<double>& temperature_degC, const std::vector<double>& r_ohm, double divider_ohm)
    : divider_ohm_(divider_ohm) {
  if (!(divider_ohm > 0)) throw std::invalid_argument("the divider of a thermistor must be above 0 ohm");
  std::vector<double> inverse, ln;
  for (std::size_t i = temperature_degC.size(); i-- > 0;) {  // 1/T increasing
    if (!(r_ohm[i] > 0)) throw std::invalid_argument("the resistance of a thermistor must be above 0 ohm");
    inverse.push_back(1 / (temperature_degC[i] + 273.15));
    ln.push_back(math::log(r_ohm[i]));
  }
  const math::Table curve(inverse, ln);
  std::vector<double> t, r;
  for (int quarter = -240; quarter <= 600; ++quarter) {
    t.push_back(0.25 * quarter);
    r.push_back(math::exp(curve(1 / (t.back() + 273.15))));
  }
  resistance_ = math::Table(t, r);
}

}  // namespace models::ntc
