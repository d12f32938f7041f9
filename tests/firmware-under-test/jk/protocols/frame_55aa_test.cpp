// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/protocols/frame_55aa.hpp"

#include <gmock/gmock.h>

#include <numeric>

#include "tests/firmware-under-test/jk/protocols/capture_states.hpp"
#include "tests/firmware-under-test/jk/protocols/captures.hpp"
#include "tests/firmware-under-test/jk/protocols/frame_captures.hpp"
#include "tests/firmware-under-test/jk/protocols/frame_decoder.hpp"
#include "tests/firmware-under-test/jk/protocols/frame_stated.hpp"

namespace jk::protocols {
namespace {

using frame_decoder::Values;
using Bytes = std::vector<unsigned char>;
using captures::Stated;

Bytes frame_of(FakeDevice board, Frame frame, std::uint8_t counter = 0) {
  Bytes bytes(frame_bytes, 0xA5);
  write_frame(board, frame, counter, std::span<std::uint8_t, frame_bytes>(bytes));
  return bytes;
}

struct Capture {
  std::string name, hex;
  Frame type;
  std::uint8_t counter;
  FakeDevice board;
  std::vector<std::size_t> unknowable;  // bytes that ours leaves 0 or sees otherwise
  Stated stated;
};

// What bytes of real frames the state of this firmware does not hold:
const std::vector<std::size_t> field_masks = {287, 288, 289, 290, 291, 292};  // which fields a unit has, undocumented
const std::vector<std::size_t> constant = {216, 239, 241, 243};               // the same in all frames of a unit
const std::vector<std::size_t> pwm = {230};              // duty of their converter; ours regulates itself
const std::vector<std::size_t> fine_difference = {76};   // 43 of 3328 - 3284: they round after subtracting
const std::vector<std::size_t> fine_power = {154};       // 479 072 of 26 852 * 17 841: they round after multiplying
const std::vector<std::size_t> sensors_6_and_7 = {214};  // bits of sensors that nobody has named
const std::vector<std::size_t> newer = {240, 260, 261, 266, 267, 294, 295};  // of 15.10, not in any description
const std::vector<std::size_t> gap = {278, 279, 280, 293, 294};              // not in any description

std::vector<std::size_t> all(std::initializer_list<std::vector<std::size_t>> parts) {
  std::vector<std::size_t> out;
  for (const auto& part : parts) out.insert(out.end(), part.begin(), part.end());
  std::ranges::sort(out);
  return out;
}

std::vector<Capture> captured() {
  return {
      {"B2", captures::b2, Frame::settings, 5, board_of_b2(), all({field_masks, gap}), captures::stated_of_b2},
      {"B3", captures::b3, Frame::status, 5, board_of_b3(),
       all({field_masks, constant, fine_power, sensors_6_and_7, newer}), captures::stated_of_b3},
      {"B6", captures::b6, Frame::status, 139, board_of_b6(), all({field_masks, constant, pwm, fine_difference}),
       captures::stated_of_b6},
      {"B7", captures::b7, Frame::status, 103, board_of_b7(), all({field_masks, constant, pwm}),
       captures::stated_of_b7},
  };
}

TEST(Frame55Aa, CapturesDecodeToWhatTheirPublishersRead) {
  for (const Capture& capture : captured()) {
    const Bytes frame = captures::bytes(capture.hex);
    EXPECT_TRUE(frame_decoder::is_sound(frame, static_cast<unsigned>(capture.type))) << capture.name;
    EXPECT_EQ(frame[5], capture.counter) << capture.name;
    const auto& entries =
        capture.type == Frame::settings ? frame_decoder::settings_entries() : frame_decoder::status_entries();
    EXPECT_EQ(capture.stated.size(), entries.size()) << capture.name;
    for (const auto& [name, values] : capture.stated) {
      EXPECT_THAT(frame_decoder::decoded(frame, entries.at(name)),
                  testing::Pointwise(testing::DoubleNear(5e-6), values))
          << capture.name << " " << name;
    }
  }
}

TEST(Frame55Aa, TheSameStatesGiveTheBytesOfTheCaptures) {
  for (const Capture& capture : captured()) {
    const Bytes theirs = captures::bytes(capture.hex);
    Bytes ours = frame_of(capture.board, capture.type, capture.counter);
    for (const std::size_t at : capture.unknowable) {
      EXPECT_NE(ours[at], theirs[at]) << capture.name << ": byte " << at << " need not be listed";
      ours[299] = static_cast<unsigned char>(ours[299] - ours[at] + theirs[at]);
      ours[at] = theirs[at];
    }
    EXPECT_EQ(ours, theirs) << capture.name;
  }
}

TEST(Frame55Aa, OursDecodeToTheStateTheyWereMadeOf) {
  FakeDevice board;
  core::Status& state = board.state;
  board.cells_mV.assign(24, 3000);
  board.cells_mV[23] = 70'000;
  state.cells_present = 0x00FF'FFFE;
  state.wire_mohm.back() = 160;
  state.wire_alarms = 0x0080'0001;
  state.pack_mV = 79'500;
  state.current_mA = -350'000;
  state.current_sensor_mV = -90;
  state.mos_ddegC = -400;
  state.t2_ddegC = -5;
  state.alarms = 0xFFFF'FFFF;
  state.is_precharging = state.is_heating = state.is_charger_plugged = true;
  state.release = {1, 2, 3, 4, 5, 600};
  state.emergency_s = 1800;
  state.phase = core::ChargePhase::floating;
  state.phase_s = 4995;
  state.is_dry_1_on = state.is_dry_2_on = true;
  state.cycle_capacity_mAh = 5'000'000'000;
  const Bytes frame = frame_of(board, Frame::status);
  ASSERT_TRUE(frame_decoder::is_sound(frame, 2));
  EXPECT_EQ(frame[5], 0);
  const auto value = [&](const std::string& name) {
    return frame_decoder::decoded(frame, frame_decoder::status_entries().at(name));
  };
  const Stated expected = {
      {"mask", {0x00FF'FFFE}},
      {"avg", {3313}},
      {"diff", {65'535}},
      {"wiresta", {0x0080'0001}},
      {"V", {79'500}},
      {"W", {27'825'000}},
      {"I", {-350'000}},
      {"tmos", {-400}},
      {"T1", {0}},
      {"T2", {-5}},
      {"alarm", {0x1FFF'FFFF}},
      {"pre", {1}},
      {"rel", {1, 2, 3, 4, 5, 600}},
      {"tsens", {0b101}},
      {"heat", {1}},
      {"emerg", {1800}},
      {"vchg", {0}},
      {"vdis", {90}},
      {"plug", {1}},
      {"chgstat", {4995}},
      {"phase", {2}},
      {"dry", {6}},
      {"cyccap", {4'294'967'295}},
  };
  for (const auto& [name, values] : expected) EXPECT_EQ(value(name), values) << name;
  EXPECT_EQ(value("more cells")[15], 65'535) << "the end of what two bytes hold";
  EXPECT_EQ(frame_decoder::number(frame, 80 + 2 * 23, frame_decoder::Type::u16), 160);
}

TEST(Frame55Aa, DryContactsHaveABitEach) {
  FakeDevice board;
  board.state.is_dry_1_on = true;
  EXPECT_EQ(frame_of(board, Frame::status)[281], 0b010);
  board.state.is_dry_1_on = false;
  board.state.is_dry_2_on = true;
  EXPECT_EQ(frame_of(board, Frame::status)[281], 0b100);
}

TEST(Frame55Aa, ABoardThatHasMeasuredNothingYetShowsZeros) {
  FakeDevice board;
  board.cells_mV.clear();
  const Bytes frame = frame_of(board, Frame::status);
  ASSERT_TRUE(frame_decoder::is_sound(frame, 2));
  for (const char* name : {"cells", "more cells", "avg", "diff", "V"}) {
    EXPECT_THAT(frame_decoder::decoded(frame, frame_decoder::status_entries().at(name)), testing::Each(0.0)) << name;
  }
}

TEST(Frame55Aa, TheDifferenceLeavesOutCellsThatAreNotThere) {
  FakeDevice board;
  board.cells_mV = {3300, 0, 3312, 5000};
  board.state.cells_present = 0b0101;
  EXPECT_EQ(frame_decoder::little_endian(frame_of(board, Frame::status), 76, 2), 12u);
}

std::string text_at(const Bytes& frame, std::size_t at, std::size_t width) {
  return {frame.begin() + static_cast<std::ptrdiff_t>(at), frame.begin() + static_cast<std::ptrdiff_t>(at + width)};
}

TEST(Frame55Aa, AboutTellsTextsAndCounters) {
  FakeDevice board;
  board.state.run_time_s = 0x01020304;
  board.state.power_ons = 17;
  board.texts[static_cast<std::size_t>(core::Text::serial_number)] = "0123456789ABCDEF beyond";
  board.set.set(core::Setting::emergency_duration, 45);
  board.set.set(core::Setting::re_bulk_soc, 40);
  board.set.set(core::Setting::rcv_time, 3600);
  board.set.set(core::Setting::buzzer_on, -2);
  const Bytes frame = frame_of(board, Frame::about);
  ASSERT_TRUE(frame_decoder::is_sound(frame, 3));
  const auto padded = [](std::string text, std::size_t width) {
    text.resize(width);
    return text;
  };
  EXPECT_EQ(text_at(frame, 6, 16), padded("JK_B2A8S20P", 16));
  EXPECT_EQ(text_at(frame, 22, 8), padded("11.XA", 8));
  EXPECT_EQ(text_at(frame, 30, 8), padded("11.26", 8));
  EXPECT_EQ(frame_decoder::little_endian(frame, 38, 4), 0x01020304u);
  EXPECT_EQ(frame_decoder::little_endian(frame, 42, 4), 17u);
  EXPECT_EQ(text_at(frame, 46, 16), padded("JK_B2A8S20P", 16));
  EXPECT_EQ(text_at(frame, 62, 16), padded("1234", 16));
  EXPECT_EQ(text_at(frame, 78, 8), padded("240101", 8));
  EXPECT_EQ(text_at(frame, 86, 16), "0123456789ABCDEF");
  EXPECT_EQ(text_at(frame, 102, 16), padded("Input Userdata", 16));
  EXPECT_EQ(text_at(frame, 118, 16), padded("123456", 16));
  EXPECT_EQ(frame[186], 0b11) << "UART 1 speaks protocols 0 and 1";
  EXPECT_EQ(frame[218], 1) << "UART 2 is set to Modbus";
  EXPECT_EQ(frame[219], 0b10);
  EXPECT_EQ(frame_decoder::little_endian(frame, 238, 4), 0xFFFFFFFEu) << "buzzer_on";
  EXPECT_EQ(frame[266], 10) << "rcv_time, 0.1 h";
  EXPECT_EQ(frame[269], 45) << "emergency_duration";
  EXPECT_EQ(frame[278], 40) << "re_bulk_soc";
}

}  // namespace
}  // namespace jk::protocols
