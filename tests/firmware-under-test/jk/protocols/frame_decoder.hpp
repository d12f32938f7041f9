// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <bit>
#include <cstdint>
#include <map>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

/// A reader of 55 AA EB 90 frames that shares nothing with the firmware: offsets from the start of the frame, typed
/// from the descriptions of jk-modbus.
namespace frame_decoder {

using Frame = std::vector<unsigned char>;
using Values = std::vector<double>;

enum class Type { u8, i8, u16, i16, u32, i32, f32 };

struct Entry {
  std::size_t at;
  Type type;
  std::size_t count = 1;
};

inline const std::map<std::string, Entry>& status_entries() {
  static const std::map<std::string, Entry> entries = {
      {"cells", {6, Type::u16, 8}},   {"more cells", {22, Type::u16, 24}},
      {"mask", {70, Type::u32}},      {"avg", {74, Type::u16}},
      {"diff", {76, Type::u16}},      {"maxi", {78, Type::u8}},
      {"mini", {79, Type::u8}},       {"wire", {80, Type::u16, 8}},
      {"tmos", {144, Type::i16}},     {"wiresta", {146, Type::u32}},
      {"V", {150, Type::u32}},        {"W", {154, Type::u32}},
      {"I", {158, Type::i32}},        {"T1", {162, Type::i16}},
      {"T2", {164, Type::i16}},       {"alarm", {166, Type::u32}},
      {"balI", {170, Type::i16}},     {"balact", {172, Type::u8}},
      {"soc", {173, Type::u8}},       {"rem", {174, Type::i32}},
      {"full", {178, Type::u32}},     {"cyc", {182, Type::u32}},
      {"cyccap", {186, Type::u32}},   {"soh", {190, Type::u8}},
      {"pre", {191, Type::u8}},       {"ualarm", {192, Type::u16}},
      {"rt", {194, Type::u32}},       {"chg", {198, Type::u8}},
      {"dis", {199, Type::u8}},       {"ualarm2", {200, Type::u16}},
      {"rel", {202, Type::u16, 6}},   {"tsens", {214, Type::u8}},
      {"heat", {215, Type::u8}},      {"emerg", {218, Type::u16}},
      {"disccorr", {220, Type::u16}}, {"vchg", {222, Type::u16}},
      {"vdis", {224, Type::u16}},     {"fcorr", {226, Type::f32}},
      {"pwm", {230, Type::u16, 2}},   {"V2", {234, Type::u16}},
      {"heatI", {236, Type::i16}},    {"plug", {245, Type::u8}},
      {"tick", {246, Type::u32}},     {"T5", {254, Type::i16}},
      {"T4", {256, Type::i16}},       {"T3", {258, Type::i16}},
      {"rtc", {262, Type::u32}},      {"sleep", {270, Type::u32}},
      {"chgstat", {278, Type::u16}},  {"phase", {280, Type::u8}},
      {"dry", {281, Type::u8}},
  };
  return entries;
}

inline const std::map<std::string, Entry>& settings_entries() {
  static const std::map<std::string, Entry> entries = {
      {"SmartSleepV", {6, Type::u32}}, {"CellUVP", {10, Type::u32}},    {"CellUVPR", {14, Type::u32}},
      {"CellOVP", {18, Type::u32}},    {"CellOVPR", {22, Type::u32}},   {"BalTrig", {26, Type::u32}},
      {"SOC100", {30, Type::u32}},     {"SOC0", {34, Type::u32}},       {"RCV", {38, Type::u32}},
      {"RFV", {42, Type::u32}},        {"PwrOff", {46, Type::u32}},     {"COC", {50, Type::u32}},
      {"COCPDly", {54, Type::u32}},    {"COCPRDly", {58, Type::u32}},   {"DcOC", {62, Type::u32}},
      {"DcOCPDly", {66, Type::u32}},   {"DcOCPRDly", {70, Type::u32}},  {"SCPRDly", {74, Type::u32}},
      {"BalMax", {78, Type::u32}},     {"COT", {82, Type::i32}},        {"COTPR", {86, Type::i32}},
      {"DcOT", {90, Type::i32}},       {"DcOTPR", {94, Type::i32}},     {"CUT", {98, Type::i32}},
      {"CUTPR", {102, Type::i32}},     {"MosOT", {106, Type::i32}},     {"MosOTPR", {110, Type::i32}},
      {"Cells", {114, Type::u32}},     {"ChgEN", {118, Type::u32}},     {"DisEN", {122, Type::u32}},
      {"BalEN", {126, Type::u32}},     {"Cap", {130, Type::u32}},       {"SCPDly", {134, Type::u32}},
      {"StartBal", {138, Type::u32}},  {"wires", {142, Type::u32, 32}}, {"addr", {270, Type::u32}},
      {"prechg", {274, Type::u32}},    {"ctrl", {282, Type::u16}},      {"heat", {284, Type::i8, 2}},
      {"sleepH", {286, Type::u8}},     {"dutp", {296, Type::i8, 2}},
  };
  return entries;
}

inline bool is_sound(const Frame& frame, unsigned type) {
  return frame.size() == 300 && frame[0] == 0x55 && frame[1] == 0xAA && frame[2] == 0xEB && frame[3] == 0x90 &&
         frame[4] == type && (std::accumulate(frame.begin(), frame.end() - 1, 0U) & 0xFFU) == frame[299];
}

inline std::uint32_t little_endian(const Frame& frame, std::size_t at, std::size_t bytes) {
  std::uint32_t value = 0;
  for (std::size_t i = bytes; i > 0; --i) value = value << 8 | frame.at(at + i - 1);
  return value;
}

inline double number(const Frame& frame, std::size_t at, Type type) {
  switch (type) {
    case Type::u8:
      return frame.at(at);
    case Type::i8:
      return static_cast<std::int8_t>(frame.at(at));
    case Type::u16:
      return little_endian(frame, at, 2);
    case Type::i16:
      return static_cast<std::int16_t>(little_endian(frame, at, 2));
    case Type::u32:
      return little_endian(frame, at, 4);
    case Type::i32:
      return static_cast<std::int32_t>(little_endian(frame, at, 4));
    case Type::f32:
      return static_cast<double>(std::bit_cast<float>(little_endian(frame, at, 4)));
  }
  throw std::logic_error("no such type");
}

inline std::size_t bytes_of(Type type) {
  switch (type) {
    case Type::u8:
    case Type::i8:
      return 1;
    case Type::u16:
    case Type::i16:
      return 2;
    default:
      return 4;
  }
}

inline Values decoded(const Frame& frame, const Entry& entry) {
  Values values;
  for (std::size_t i = 0; i < entry.count; ++i) {
    values.push_back(number(frame, entry.at + i * bytes_of(entry.type), entry.type));
  }
  return values;
}

}  // namespace frame_decoder
