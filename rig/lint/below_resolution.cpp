// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <string>

#include "rig/lint/linear.hpp"
#include "rig/lint/rules.hpp"

namespace rig::lint {
namespace {

using scenario::Claim;
using scenario::ClaimKind;
using scenario::Dimension;
using scenario::Expression;
using scenario::SignalId;
using Op = Expression::Op;

constexpr double dated_s = 1e-6;     // to which a pin is dated
constexpr double nearly = 1 - 1e-9;  // a limit of exactly one step is as fine as it gets

class BelowResolution {
 public:
  BelowResolution(const Subject& subject, const Claim& claim, Findings& findings)
      : subject_(subject), claim_(claim), findings_(findings) {}

  void look() {
    for (const Expression* one : scenario::expressions_of(claim_)) comparisons(*one);
    if (claim_.kind == ClaimKind::settles) limit("band", claim_.band.value, claim_.band.dimension);
    if (claim_.kind == ClaimKind::converges && claim_.below.dimension != Dimension::temperature)
      limit("below", claim_.below.value, claim_.below.dimension);
    if (claim_.kind == ClaimKind::when_then && claim_.not_before_s) span();
  }

 private:
  struct Step {
    double size = 0;
    SignalId of = -1;
  };

  /// Of the coarsest signal: what a verdict states as its resolution.
  [[nodiscard]] Step step(const Expression& e) const {
    Step coarsest;
    for (const SignalId id : signals_of(e)) {
      const scenario::SignalInfo& info = subject_.catalogue.info(id);
      if (info.dimension != Dimension::boolean && info.resolution > coarsest.size) coarsest = {info.resolution, id};
    }
    return coarsest;
  }

  void comparisons(const Expression& e) {
    const bool compares = e.op >= Op::less && e.op <= Op::greater_equal;
    if (!compares) {
      for (const Expression& child : e.children) comparisons(child);
      return;
    }
    Expression difference;
    difference.op = Op::subtract;
    difference.children = e.children;
    const Dimension dimension = e.children[0].dimension;
    // A temperature has no zero of its own; half a count is how one asks for none.
    if (dimension == Dimension::temperature || dimension == Dimension::none || !is_one_dimension(e, dimension)) return;
    Linear linear(difference);
    if (linear.is_constant()) return;
    linear.normalize();
    const double limit = std::abs(linear.constant());
    const Step finest = step(e);
    if (limit == 0 || finest.of < 0 || limit >= finest.size * nearly) return;
    tell(e.position, quoted(e) + ": a limit of " + in_words(limit, dimension), finest);
  }

  /// Sums and differences only: the steps of factors are not steps of a product.
  [[nodiscard]] bool is_one_dimension(const Expression& e, Dimension dimension) const {
    for (const SignalId id : signals_of(e)) {
      const Dimension own = subject_.catalogue.info(id).dimension;
      if (own != dimension && !(own == Dimension::temperature && dimension == Dimension::temperature_difference))
        return false;
    }
    return true;
  }

  void limit(const char* key, double value, Dimension dimension) {
    const Step finest = step(claim_.then);
    const Dimension of = claim_.then.dimension;
    if (finest.of < 0 || !is_one_dimension(claim_.then, of) || std::abs(value) >= finest.size * nearly) return;
    if (value != 0) tell(place_of(claim_, key), std::string(key) + ": " + in_words(value, dimension), finest);
  }

  void span() {
    const double room_s = claim_.within_s - *claim_.not_before_s;
    if (room_s >= dated_s * nearly) return;
    findings_.push_back({"below-resolution", place_of(claim_, "within"),
                         "within: " + in_words(room_s, Dimension::time) + " after not before is finer than the " +
                             in_words(dated_s, Dimension::time) + " to which instants are dated"});
  }

  void tell(const scenario::SourcePosition& position, const std::string& what, const Step& finest) {
    const scenario::SignalInfo& info = subject_.catalogue.info(finest.of);
    const Dimension dimension =
        info.dimension == Dimension::temperature ? Dimension::temperature_difference : info.dimension;
    findings_.push_back({"below-resolution", position,
                         what + " is finer than " + info.name + " can show, " + in_words(info.resolution, dimension)});
  }

  const Subject& subject_;
  const Claim& claim_;
  Findings& findings_;
};

}  // namespace

void below_resolution(const Subject& subject, const Claim& claim, Findings& findings) {
  BelowResolution(subject, claim, findings).look();
}

}  // namespace rig::lint
