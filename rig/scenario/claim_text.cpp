// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/claim_text.hpp"

namespace rig::scenario {
namespace {

std::string with(const char* words, const std::optional<double>& seconds) {
  return seconds ? std::string(words) + format({*seconds, Dimension::time}) : std::string();
}

std::string body(const Claim& claim) {
  switch (claim.kind) {
    case ClaimKind::always:
      return "always " + claim.then.text;
    case ClaimKind::never:
      return "never " + claim.then.text;
    case ClaimKind::when_then:
      return "when " + claim.when.text + with(" holds for ", claim.when_holds_for_s) + " then " + claim.then.text +
             with(" within ", claim.within_s) + with(" not before ", claim.not_before_s) +
             with(" for at least ", claim.for_at_least_s);
    case ClaimKind::holds:
      return claim.then.text + with(" holds for at least ", claim.for_at_least_s);
    case ClaimKind::converges:
      return claim.then.text + " converges below " + format(claim.below) + with(" within ", claim.within_s);
    case ClaimKind::settles:
      return claim.then.text + " settles to " + format(claim.to) + " within " + format(claim.band) +
             with(" in ", claim.within_s) + with(" for at least ", claim.for_at_least_s);
    case ClaimKind::eventually:
      return "eventually " + claim.then.text + with(" by ", claim.within_s);
  }
  return {};
}

std::string window(const Claim& claim) {
  const auto condition = [](const char* words, const std::optional<Expression>& e) {
    return e ? std::string(words) + e->text : std::string();
  };
  const std::string stretches = claim.each_stretch
                                    ? condition(" between ", claim.opens) + condition(" and ", claim.closes)
                                    : condition(" after ", claim.opens) + condition(" until ", claim.closes);
  return stretches + with(" after ", claim.after_s) + with(" until ", claim.until_s);
}

}  // namespace

std::string claim_text(const Claim& claim) {
  const std::string condition = claim.while_ ? " while " + claim.while_->text : std::string();
  return body(claim) + condition + window(claim);
}

}  // namespace rig::scenario
