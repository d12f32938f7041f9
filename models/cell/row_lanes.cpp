// SPDX-License-Identifier: Apache-2.0
#include "models/cell/row_lanes.hpp"

#include <cstring>

#include "models/cell/cell.hpp"

// By value, vectors stay inside the function that has them: what handles them is inlined.
#pragma GCC diagnostic ignored "-Wpsabi"

namespace models::cell {

/// Two registers of two lanes, as every x86-64 has.
namespace any_machine {
namespace {

using Two = double __attribute__((vector_size(16)));
struct Four {
  Two low, high;
};

[[gnu::always_inline]] inline Four operator+(Four a, Four b) { return {a.low + b.low, a.high + b.high}; }
[[gnu::always_inline]] inline Four operator-(Four a, Four b) { return {a.low - b.low, a.high - b.high}; }
[[gnu::always_inline]] inline Four operator*(Four a, Four b) { return {a.low * b.low, a.high * b.high}; }
[[gnu::always_inline]] inline Four all(double x) { return {Two{x, x}, Two{x, x}}; }
[[gnu::always_inline]] inline Four four(const double* from) {
  Four f;
  std::memcpy(&f, from, sizeof f);
  return f;
}
[[gnu::always_inline]] inline void put(double* to, Four f) { std::memcpy(to, &f, sizeof f); }
[[gnu::always_inline]] inline Four gathered(double a, double b, double c, double d) { return {Two{a, b}, Two{c, d}}; }
[[gnu::always_inline]] inline Four smaller(Four a, Four b) {
  return {a.low < b.low ? a.low : b.low, a.high < b.high ? a.high : b.high};
}
[[gnu::always_inline]] inline Four larger(Four a, Four b) {
  return {a.low > b.low ? a.low : b.low, a.high > b.high ? a.high : b.high};
}
[[gnu::always_inline]] inline double lane(Four f, int i) { return i < 2 ? f.low[i] : f.high[i - 2]; }

#include "models/cell/row_lanes.inl"

}  // namespace
}  // namespace any_machine

const RowLanes& row_lanes_of_any_machine() { return any_machine::lanes; }

#if defined(__x86_64__) && !defined(__clang__)
#pragma GCC push_options
#pragma GCC target("avx")
/// One register of four lanes.
namespace avx {
namespace {

using Four = double __attribute__((vector_size(32)));

[[gnu::always_inline]] inline Four all(double x) { return Four{x, x, x, x}; }
[[gnu::always_inline]] inline Four four(const double* from) {
  Four f;
  __builtin_memcpy(&f, from, sizeof f);
  return f;
}
[[gnu::always_inline]] inline void put(double* to, Four f) { __builtin_memcpy(to, &f, sizeof f); }
[[gnu::always_inline]] inline Four gathered(double a, double b, double c, double d) { return Four{a, b, c, d}; }
[[gnu::always_inline]] inline Four smaller(Four a, Four b) { return a < b ? a : b; }
[[gnu::always_inline]] inline Four larger(Four a, Four b) { return a > b ? a : b; }
[[gnu::always_inline]] inline double lane(Four f, int i) { return f[i]; }

#include "models/cell/row_lanes.inl"

}  // namespace
}  // namespace avx
#pragma GCC pop_options

const RowLanes* row_lanes_of_avx() { return __builtin_cpu_supports("avx") != 0 ? &avx::lanes : nullptr; }
#else
const RowLanes* row_lanes_of_avx() { return nullptr; }
#endif

}  // namespace models::cell
