// SPDX-License-Identifier: Apache-2.0
// An expression of `expect:`. Refused: at a place inside it. Accepted: dimensions agree in every node, brackets around
// it change nothing, it can be judged whatever the signals are, and its opposite is the opposite.
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

#include "rig/expect/formula.hpp"
#include "rig/scenario/reader.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace rig::scenario;
using Op = Expression::Op;

namespace {

using tests::fuzz::require;

const Catalogue& catalogue() {
  static const Catalogue eight_cells = make_catalogue(8);
  return eight_cells;
}

bool is_comparison(Op op) { return op >= Op::less && op <= Op::not_equal; }
bool is_bit_word(Op op) { return op >= Op::is_on; }
bool is_junction(Op op) { return op == Op::logical_and || op == Op::logical_or || op == Op::logical_not; }
bool is_function(Op op) { return op >= Op::abs && op <= Op::sum; }

void judge_children(const Expression& e) {
  for (const Expression& child : e.children) {
    const bool is_bit = child.dimension == Dimension::boolean;
    if (is_junction(e.op)) require(is_bit && !is_edge(child), "true or false is joined, and no instant");
    if (is_bit_word(e.op)) require(is_bit && child.op == Op::signal, "a bit is on or off");
    if (!is_junction(e.op) && !is_bit_word(e.op) && !is_comparison(e.op)) require(!is_bit, "bits are no numbers");
    require(child.op != Op::vector || is_function(e.op), "a list stands in a function");
  }
}

void judge_node(const Expression& e, const std::string& text) {
  require(text.find(e.text) != std::string::npos, "a part is a piece of the text");
  if (is_comparison(e.op) || is_junction(e.op) || is_bit_word(e.op))
    require(e.dimension == Dimension::boolean, "what is true or false is a bit");
  if (is_comparison(e.op))
    require(e.children.at(0).dimension == e.children.at(1).dimension, "like is compared with like");
  if (e.op == Op::constant) require(std::isfinite(e.constant), "a constant is finite");
  if (e.op == Op::signal)
    require(e.signal >= 0 && static_cast<std::size_t>(e.signal) < catalogue().size(), "a signal is known");
  judge_children(e);
  for (const Expression& child : e.children) judge_node(child, text);
}

bool have_same_shape(const Expression& a, const Expression& b) {
  if (a.op != b.op || a.dimension != b.dimension || a.constant != b.constant || a.signal != b.signal ||
      a.elements != b.elements || a.children.size() != b.children.size())
    return false;
  for (std::size_t i = 0; i < a.children.size(); ++i)
    if (!have_same_shape(a.children[i], b.children[i])) return false;
  return true;
}

void judge_brackets(const Expression& e, const std::string& text) {
  try {
    require(have_same_shape(parse_expression("( " + text + "\n)", catalogue(), {"x.yaml", 1, 1}), e),
            "brackets around all change nothing");
  } catch (const ScenarioError& error) {
    require(error.sentence() == "nested too deeply", "brackets around all are accepted");
  }
}

// -1, 0, 1, 2 or unknown, in a pattern that `seed` chooses.
std::vector<double> values_of(std::size_t slots, unsigned seed) {
  std::vector<double> values(slots);
  for (double& value : values) {
    seed = seed * 1664525U + 1013904223U;
    const unsigned draw = (seed >> 16) % 5;
    value = draw == 0 ? std::numeric_limits<double>::quiet_NaN() : static_cast<double>(draw) - 2.0;
  }
  return values;
}

void judge_truth(const Expression& e) {
  rig::expect::Slots slots(catalogue());
  std::vector<rig::expect::Literal> literals, opposites;
  const rig::expect::Formula formula(e, false, slots, literals), opposite(e, true, slots, opposites);
  for (unsigned seed = 1; seed <= 4; ++seed) {
    const std::vector<double> values = values_of(slots.size(), seed);
    for (auto& literal : literals) literal.set(values.data());
    for (auto& literal : opposites) literal.set(values.data());
    const auto truth = formula.now(literals);
    require(opposite.now(opposites) == rig::expect::negate(truth), "the opposite is the opposite");
    require(formula.decide(literals).truth == truth, "what decides says what is true");
  }
}

void judge(const Expression& e, const std::string& text) {
  judge_node(e, text);
  if (is_edge(e)) return;
  judge_brackets(e, text);
  try {
    rig::expect::Slots slots(catalogue());
    if (e.dimension == Dimension::boolean) return judge_truth(e);
    const rig::expect::Program program(e, slots);
    for (unsigned seed = 1; seed <= 4; ++seed) static_cast<void>(program(values_of(slots.size(), seed).data()));
  } catch (const std::invalid_argument& error) {
    require(std::string_view(error.what()).starts_with("expression too long"), "what was read can be judged");
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 1200) return 0;  // looking for names near an unknown one takes long
  const std::string text(tests::fuzz::text_of(data, size));
  try {
    judge(parse_expression(text, catalogue(), {"x.yaml", 7, 11}), text);
  } catch (const ScenarioError& error) {
    const SourcePosition& at = error.position();
    require(at.file == "x.yaml" && at.line == 7, "a mistake has its line");
    require(at.column >= 11 && at.column <= 11 + static_cast<int>(size), "a mistake has its column");
    require(!error.sentence().empty(), "a mistake is said");
  }
  return 0;
}
