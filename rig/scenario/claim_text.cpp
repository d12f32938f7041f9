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
  }
  return {};
}

}  // namespace

std::string claim_text(const Claim& claim) {
  const std::string condition = claim.while_ ? " while " + claim.while_->text : std::string();
  return body(claim) + condition + with(" after ", claim.after_s) + with(" until ", claim.until_s);
}

}  // namespace rig::scenario
