// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "firmware-under-test/jk/core/flash.hpp"

namespace jk::core {

/// What a record of the store holds. The numbers stand in the flash: append, never reuse.
enum class Kind : std::uint8_t { settings = 0, texts = 1, counters = 2, trips = 3, event = 4, count };
inline constexpr auto kind_count = static_cast<std::size_t>(Kind::count);

struct KindInfo {
  Kind kind;
  std::uint16_t longest;  // payload, bytes
  std::uint16_t kept;     // of the newest records; the rest goes at a compaction
  std::uint8_t leaves;    // sixteenths of a sector that its records must leave free for what matters more
};

/// The policy of a sector that fills up while nothing may be erased: counters stop first, then events, then settings
/// and texts; trips may use the last byte.
inline constexpr std::array<KindInfo, kind_count> kind_table = {{
    {Kind::settings, 640, 1, 1},
    {Kind::texts, 192, 1, 1},
    {Kind::counters, 80, 1, 6},
    {Kind::trips, 16, 1, 0},
    {Kind::event, 16, 32, 5},
}};
[[nodiscard]] constexpr const KindInfo& info(Kind kind) { return kind_table[static_cast<std::size_t>(kind)]; }

/// Records that outlive the supply, whenever it fails: a log in one of two sectors of flash. The newest valid record of
/// a kind is what it holds. Why this shape: docs/adr/0010-two-sectors-and-a-log.md.
///
///   sector   erased mark | active mark | records, 16-byte slots | blank
///   record   header, payload, FF up to the next slot
///   header   kind 1, zeros 1, length 2, sequence 4, CRC-32 of the payload 4, zeros of the payload 2, CRC-16 2
///            (low byte first; CRC: IEEE 802.3, of the header its low half, with `zeros` taken as 0)
///   mark     a header without payload; its sequence counts the erasures of both sectors, the larger active one counts
///
/// `zeros` counts bits that are 0. A cut leaves bits at 1 that should be 0: then fewer are found, and a count that was
/// torn itself reads larger. So no torn record passes, whatever the CRC (Berger's code).
///
/// No slot is written twice between two erasures, but that the marks become all zero before one. Writing goes in pieces
/// of `piece` bytes, one a call of work(), since the processor may stand still while flash is written.
class Store {
 public:
  static constexpr std::uint32_t slot = 16;
  static constexpr std::uint32_t piece = 32;
  static constexpr std::size_t longest_payload = 640;
  static constexpr std::uint32_t smallest_sector = 4096;

  explicit Store(Flash& flash) : flash_(flash) {}

  enum class Found : std::uint8_t {
    unusable,  // fewer than two sectors, or too small ones
    blank,     // never used
    damaged,   // no sector is active, but something was written: what it held is lost
    records    // ready
  };
  /// Looks at the flash and writes nothing. Any content is borne.
  Found open();
  [[nodiscard]] bool is_ready() const { return is_ready_; }

  /// Newest record of a kind into `payload`; bytes of it, 0 = none. A record under way does not count yet.
  std::size_t read(Kind kind, std::span<std::uint8_t> payload) const;
  /// Events, `age` 0 = the newest.
  [[nodiscard]] std::size_t events() const;
  std::size_t read_event(std::size_t age, std::span<std::uint8_t> payload) const;
  /// A damaged record that may be of this kind is newer than the newest valid one: a write was cut short.
  [[nodiscard]] bool is_uncertain(Kind kind) const { return (uncertain_ & bit(kind)) != 0; }

  enum class Put : std::uint8_t {
    accepted,
    no_room,     // nothing left for this kind before the next erasure
    bad_length,  // nothing, or longer than the kind allows
    not_ready
  };
  /// Takes a record over; work() writes it. An earlier one is finished first, at once. Compacts, at once, when there is
  /// no room and the other sector is erased.
  Put put(Kind kind, std::span<const std::uint8_t> payload);
  [[nodiscard]] bool is_writing() const { return left_ > 0; }  // a record
  [[nodiscard]] bool is_busy() const { return is_writing() || is_copying_; }
  /// One piece of what is to be done. A record that reads back wrong is written again behind, up to three times. Starts
  /// to compact shortly before counters would be refused.
  void work();
  void flush();  // … until nothing is
  /// Starts to compact now, if the other sector is erased: while the gates are open anyway.
  void compact();

  /// The other sector has to be erased before the next compaction, or there is none active yet. Stops wanting after
  /// `most_failures` erasures that failed.
  [[nodiscard]] bool wants_erase() const;
  /// BLOCKS for an erasure: only while nothing can flow. True: done. Flash that is blank altogether gets its marks
  /// alone.
  bool erase();

  [[nodiscard]] std::size_t room(Kind kind) const;  // bytes of payload that would be accepted without a compaction
  /// Of a record with this payload, bytes.
  [[nodiscard]] static constexpr std::uint32_t size_of(std::size_t length) {
    return (slot + static_cast<std::uint32_t>(length) + slot - 1) / slot * slot;
  }
  /// Records of this size in all will be accepted without another erasure.
  [[nodiscard]] bool fits(Kind kind, std::uint32_t size) const {
    return is_ready_ && (other_is_erased_ || is_copying_ || has_room(kind, size));
  }

  struct Report {
    std::uint32_t erasures = 0;  // of both sectors, ever
    std::uint16_t damaged = 0;   // slots and records skipped at open()
    std::uint16_t failed = 0;    // writes and erasures that read back wrong, since open()
    std::uint16_t refused = 0;   // put() without room, since open()
    std::uint16_t lost = 0;      // accepted, then failed again and again
  };
  [[nodiscard]] const Report& report() const { return report_; }

 private:
  static constexpr std::uint32_t none = UINT32_MAX;
  static constexpr std::uint32_t first_record = 2 * slot;
  static constexpr unsigned most_failures = 3;  // of erasures
  static constexpr unsigned most_tries = 4;     // of a record
  static constexpr std::size_t events_kept = info(Kind::event).kept;

  struct Header {
    std::uint8_t kind;
    std::uint16_t length, zeros;
    std::uint32_t sequence, crc;
  };
  using Slot = std::array<std::uint8_t, slot>;
  static std::uint8_t bit(Kind kind) { return static_cast<std::uint8_t>(1u << static_cast<unsigned>(kind)); }
  static std::optional<Header> decode(const Slot& bytes);
  static Slot encode(const Header& header);
  [[nodiscard]] std::optional<Header> header_at(std::uint32_t sector, std::uint32_t offset) const;
  [[nodiscard]] std::optional<Header> record_at(std::uint32_t sector, std::uint32_t offset) const;
  [[nodiscard]] bool holds_payload(std::uint32_t sector, std::uint32_t offset, const Header& header) const;
  [[nodiscard]] bool is_whole(std::uint32_t sector, std::uint32_t offset) const;
  [[nodiscard]] std::uint32_t mark(std::uint32_t sector, std::uint32_t offset, std::uint8_t kind) const;  // 0 = none
  bool write_mark(std::uint32_t sector, std::uint32_t offset, std::uint8_t kind, std::uint32_t sequence);
  [[nodiscard]] std::uint32_t end_of_data(std::uint32_t sector) const;
  [[nodiscard]] bool is_erased(std::uint32_t sector) const;
  [[nodiscard]] std::uint32_t other() const { return 1 - active_; }
  [[nodiscard]] std::uint32_t reserve(Kind kind) const { return geometry_.sector_bytes / 16 * info(kind).leaves; }
  [[nodiscard]] bool has_room(Kind kind, std::uint32_t size) const;
  std::size_t read_at(std::uint32_t offset, std::span<std::uint8_t> payload) const;

  std::uint8_t scan();  // the log of the active sector; kinds that are uncertain
  void note(Kind kind, std::uint32_t offset, std::uint32_t sequence);
  void place(std::uint32_t size);
  void write_piece();
  void copy_piece();
  [[nodiscard]] std::uint32_t next_live(std::uint32_t from) const;
  bool activate(std::uint32_t sector);
  bool prepare(std::uint32_t sector);

  Flash& flash_;
  Flash::Geometry geometry_;
  Report report_;
  bool is_ready_ = false;
  bool is_new_ = false;  // as the maker delivered it: nobody has ever erased it halfway
  bool other_is_erased_ = false;
  bool is_copying_ = false;
  std::uint8_t uncertain_ = 0;  // bits by Kind
  std::uint8_t erase_failures_ = 0;
  std::uint32_t active_ = 0;
  std::uint32_t sequence_ = 0;  // of the newest record
  std::uint32_t position_ = 0;  // end of the log

  std::array<std::uint32_t, kind_count> newest_{};   // offsets
  std::array<std::uint32_t, events_kept> events_{};  // offsets, a ring
  std::uint32_t event_count_ = 0;

  std::array<std::uint8_t, slot + longest_payload> record_{};  // under way
  std::uint32_t record_size_ = 0, record_offset_ = 0, left_ = 0;
  unsigned tries_ = 0;

  std::uint32_t copy_from_ = 0, copy_to_ = 0, copy_left_ = 0, copy_size_ = 0;
};

}  // namespace jk::core
