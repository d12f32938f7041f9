// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/core/body_diode.hpp"

#include <gtest/gtest.h>

namespace jk::core {
namespace {

TEST(BodyDiode, ABlockedBankIsSwitchedOnAboveTwoAmpere) {
  BodyDiode diode;
  EXPECT_FALSE(diode.update(true, 2000));
  EXPECT_TRUE(diode.update(true, 2001));
}

TEST(BodyDiode, StaysOnDownToOneAmpere) {
  BodyDiode diode;
  diode.update(true, 5000);
  EXPECT_TRUE(diode.update(true, 1000));
  EXPECT_FALSE(diode.update(true, 999));
  EXPECT_FALSE(diode.update(true, 1500)) << "between the levels it keeps its state";
}

TEST(BodyDiode, TheFirstSampleOfReverseCurrentSwitchesItOff) {
  BodyDiode diode;
  diode.update(true, 100'000);
  EXPECT_FALSE(diode.update(true, -25));
}

TEST(BodyDiode, ReverseCurrentNeverSwitchesItOn) {
  BodyDiode diode;
  EXPECT_FALSE(diode.update(true, -100'000));
}

TEST(BodyDiode, HasNoSayOverABankThatIsNotBlocked) {
  BodyDiode diode;
  diode.update(true, 5000);
  EXPECT_FALSE(diode.update(false, 5000));
  EXPECT_FALSE(diode.update(true, 1500)) << "and forgets";
}

}  // namespace
}  // namespace jk::core
