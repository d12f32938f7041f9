// SPDX-License-Identifier: Apache-2.0
#include "firmware-under-test/jk/core/store.hpp"

#include <algorithm>
#include <bit>

#include "firmware-under-test/jk/core/bytes.hpp"

namespace jk::core {
namespace {

constexpr std::uint8_t blank = 0xFF;
constexpr std::uint8_t erased_mark = 0xE5, active_mark = 0xA5;  // in the place of a kind
constexpr std::uint32_t block = 64;                             // read at once
constexpr std::uint32_t endless_sequence = 0xFFFF'FF00;         // none is ever that large: no wrap to care for

consteval bool kinds_stand_in_order() {
  for (std::size_t i = 0; i < kind_count; ++i) {
    if (kind_table[i].kind != static_cast<Kind>(i) || kind_table[i].longest > Store::longest_payload) return false;
  }
  return true;
}
static_assert(kinds_stand_in_order(), "kind_table is indexed by Kind, and record_ takes the longest");

// One more than counters leave, so that it is done before they are refused.
constexpr std::uint32_t sixteenths_to_compact_at = info(Kind::counters).leaves + 1;

consteval std::uint32_t most_that_lives() {
  std::uint32_t bytes = 2 * Store::slot;
  for (const KindInfo& kind : kind_table) bytes += kind.kept * Store::size_of(kind.longest);
  return bytes;
}
static_assert(most_that_lives() + Store::smallest_sector / 16 * sixteenths_to_compact_at <= Store::smallest_sector,
              "after a compaction the next one would be due at once");

constexpr std::array<std::uint32_t, 16> crc32_of_nibble = [] {
  std::array<std::uint32_t, 16> table{};
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    std::uint32_t crc = i;
    for (int shift = 0; shift < 4; ++shift) crc = (crc & 1) != 0 ? crc >> 1 ^ 0xEDB8'8320 : crc >> 1;
    table[i] = crc;
  }
  return table;
}();

/// A count of zeros and a CRC, of bytes that come one block after another.
struct Check {
  std::uint32_t crc_register = 0xFFFF'FFFF;
  std::uint32_t zeros = 0;
  void take(std::span<const std::uint8_t> bytes) {
    for (const std::uint8_t byte : bytes) {
      crc_register ^= byte;
      crc_register = crc_register >> 4 ^ crc32_of_nibble[crc_register & 15];
      crc_register = crc_register >> 4 ^ crc32_of_nibble[crc_register & 15];
      zeros += 8u - static_cast<std::uint32_t>(std::popcount(byte));
    }
  }
  [[nodiscard]] std::uint32_t crc() const { return ~crc_register; }
};

bool is_blank(std::span<const std::uint8_t> bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte == blank; });
}

std::uint16_t crc_of_header(std::array<std::uint8_t, Store::slot> bytes) {
  bytes[1] = 0;
  Check check;
  check.take(std::span(bytes).first(Store::slot - 2));
  return static_cast<std::uint16_t>(check.crc());
}

std::uint8_t zeros_of_header(std::array<std::uint8_t, Store::slot> bytes) {
  bytes[1] = blank;
  Check check;
  check.take(bytes);
  return static_cast<std::uint8_t>(check.zeros);
}

}  // namespace

// ---- bytes

Store::Slot Store::encode(const Header& header) {
  Slot bytes{};
  bytes[0] = header.kind;
  put_le16(&bytes[2], header.length);
  put_le32(&bytes[4], header.sequence);
  put_le32(&bytes[8], header.crc);
  put_le16(&bytes[12], header.zeros);
  put_le16(&bytes[14], crc_of_header(bytes));
  bytes[1] = zeros_of_header(bytes);
  return bytes;
}

std::optional<Store::Header> Store::decode(const Slot& bytes) {
  const Header header{bytes[0], le16(&bytes[2]), le16(&bytes[12]), le32(&bytes[4]), le32(&bytes[8])};
  const bool is_whole = bytes[1] == zeros_of_header(bytes) && le16(&bytes[14]) == crc_of_header(bytes);
  return is_whole && header.sequence < endless_sequence ? std::optional(header) : std::nullopt;
}

std::optional<Store::Header> Store::header_at(std::uint32_t sector, std::uint32_t offset) const {
  Slot bytes;
  flash_.read(sector, offset, bytes);
  return decode(bytes);
}

std::optional<Store::Header> Store::record_at(std::uint32_t sector, std::uint32_t offset) const {
  const std::optional<Header> header = header_at(sector, offset);
  const bool is_record = header && header->kind < kind_count && header->length > 0 &&
                         header->length <= kind_table[header->kind].longest &&
                         size_of(header->length) <= geometry_.sector_bytes - offset;
  return is_record ? header : std::nullopt;
}

bool Store::holds_payload(std::uint32_t sector, std::uint32_t offset, const Header& header) const {
  Check check;
  std::array<std::uint8_t, block> bytes;
  for (std::uint32_t at = 0; at < header.length; at += block) {
    const auto part = std::span(bytes).first(std::min<std::size_t>(block, header.length - at));
    flash_.read(sector, offset + slot + at, part);
    check.take(part);
  }
  return check.crc() == header.crc && check.zeros == header.zeros;
}

bool Store::is_whole(std::uint32_t sector, std::uint32_t offset) const {
  const std::optional<Header> header = record_at(sector, offset);
  return header && holds_payload(sector, offset, *header);
}

std::uint32_t Store::mark(std::uint32_t sector, std::uint32_t offset, std::uint8_t kind) const {
  const std::optional<Header> header = header_at(sector, offset);
  return header && header->kind == kind ? header->sequence : 0;
}

bool Store::write_mark(std::uint32_t sector, std::uint32_t offset, std::uint8_t kind, std::uint32_t sequence) {
  flash_.write(sector, offset, encode({kind, 0, 0, sequence, 0}));
  return mark(sector, offset, kind) == sequence;
}

std::uint32_t Store::end_of_data(std::uint32_t sector) const {
  std::uint32_t end = 0;
  std::array<std::uint8_t, block> bytes;
  for (std::uint32_t at = 0; at < geometry_.sector_bytes; at += block) {
    flash_.read(sector, at, bytes);
    for (std::uint32_t in = 0; in < block; in += slot) {
      if (!is_blank(std::span(bytes).subspan(in, slot))) end = at + in + slot;
    }
  }
  return end;
}

bool Store::is_erased(std::uint32_t sector) const {
  const std::uint32_t erased = mark(sector, 0, erased_mark);
  const bool would_count = erased > mark(1 - sector, slot, active_mark);  // once it is active
  return would_count && end_of_data(sector) == slot;
}

// ---- opening

Store::Found Store::open() {
  geometry_ = flash_.geometry();
  if (geometry_.sectors < 2 || geometry_.sector_bytes < smallest_sector || geometry_.sector_bytes % block != 0) {
    geometry_ = {};
    return Found::unusable;
  }
  std::array<std::uint32_t, 2> active{};
  bool is_used = false;
  is_new_ = true;
  for (std::uint32_t sector = 0; sector < active.size(); ++sector) {
    const std::uint32_t erased = mark(sector, 0, erased_mark);
    active[sector] = mark(sector, slot, active_mark);
    report_.erasures = std::max({report_.erasures, erased, active[sector]});
    const std::uint32_t end = end_of_data(sector);
    is_used = is_used || end > (erased != 0 ? slot : 0);
    is_new_ = is_new_ && end == 0;
  }
  if (active[0] == 0 && active[1] == 0) return is_used ? Found::damaged : Found::blank;
  is_ready_ = true;
  active_ = active[1] > active[0] ? 1 : 0;
  other_is_erased_ = is_erased(other());
  uncertain_ = scan();
  return Found::records;
}

std::uint8_t Store::scan() {
  constexpr auto every_kind = static_cast<std::uint8_t>((1u << kind_count) - 1);
  newest_.fill(none);
  events_.fill(none);
  event_count_ = sequence_ = 0;
  position_ = first_record;
  std::uint8_t uncertain = 0;
  for (const std::uint32_t end = end_of_data(active_); position_ < end;) {
    const std::optional<Header> header = record_at(active_, position_);
    const std::uint8_t in_question = header ? bit(static_cast<Kind>(header->kind)) : every_kind;
    if (header && header->sequence > sequence_ && holds_payload(active_, position_, *header)) {
      note(static_cast<Kind>(header->kind), position_, header->sequence);
      uncertain = static_cast<std::uint8_t>(uncertain & ~in_question);
    } else {
      ++report_.damaged;
      uncertain |= in_question;
    }
    position_ += header ? size_of(header->length) : slot;
  }
  return uncertain;
}

void Store::note(Kind kind, std::uint32_t offset, std::uint32_t sequence) {
  sequence_ = sequence;
  newest_[static_cast<std::size_t>(kind)] = offset;
  if (kind == Kind::event) events_[event_count_++ % events_kept] = offset;
}

// ---- reading

std::size_t Store::read_at(std::uint32_t offset, std::span<std::uint8_t> payload) const {
  Slot bytes;
  flash_.read(active_, offset, bytes);
  const std::size_t length = std::min<std::size_t>(le16(&bytes[2]), payload.size());
  flash_.read(active_, offset + slot, payload.first(length));
  return length;
}

std::size_t Store::read(Kind kind, std::span<std::uint8_t> payload) const {
  const std::uint32_t offset = newest_[static_cast<std::size_t>(kind)];
  return is_ready_ && offset != none ? read_at(offset, payload) : 0;
}

std::size_t Store::events() const { return std::min<std::size_t>(event_count_, events_kept); }

std::size_t Store::read_event(std::size_t age, std::span<std::uint8_t> payload) const {
  return age < events() ? read_at(events_[(event_count_ - 1 - age) % events_kept], payload) : 0;
}

// ---- writing

bool Store::has_room(Kind kind, std::uint32_t size) const {
  return geometry_.sector_bytes - position_ >= size + reserve(kind);
}

std::size_t Store::room(Kind kind) const {
  if (!is_ready_) return 0;
  const std::uint32_t left = geometry_.sector_bytes - position_, taken = reserve(kind) + slot;
  const std::uint32_t bytes = left > taken ? (left - taken) / slot * slot : 0;
  return std::min<std::size_t>(bytes, info(kind).longest);
}

Store::Put Store::put(Kind kind, std::span<const std::uint8_t> payload) {
  if (!is_ready_) return Put::not_ready;
  if (payload.empty() || payload.size() > info(kind).longest) return Put::bad_length;
  while (left_ > 0) write_piece();
  const auto length = static_cast<std::uint16_t>(payload.size());
  if (!has_room(kind, size_of(length))) {
    compact();
    flush();
  }
  if (!has_room(kind, size_of(length))) {
    ++report_.refused;
    return Put::no_room;
  }
  Check check;
  check.take(payload);
  const Slot header = encode(
      {static_cast<std::uint8_t>(kind), length, static_cast<std::uint16_t>(check.zeros), sequence_ + 1, check.crc()});
  record_.fill(blank);
  std::copy(header.begin(), header.end(), record_.begin());
  std::copy(payload.begin(), payload.end(), record_.begin() + slot);
  tries_ = 0;
  place(size_of(length));
  return Put::accepted;
}

void Store::place(std::uint32_t size) {
  record_offset_ = position_;
  record_size_ = left_ = size;
  position_ += size;
}

void Store::write_piece() {
  const std::uint32_t done = record_size_ - left_;
  const std::uint32_t bytes = std::min<std::uint32_t>(left_, piece);
  flash_.write(active_, record_offset_ + done, std::span(record_).subspan(done, bytes));
  left_ -= bytes;
  if (left_ > 0) return;
  const auto kind = static_cast<Kind>(record_[0]);
  if (is_whole(active_, record_offset_)) {
    note(kind, record_offset_, sequence_ + 1);
    uncertain_ = static_cast<std::uint8_t>(uncertain_ & ~bit(kind));
    return;
  }
  ++report_.failed;
  if (++tries_ < most_tries && geometry_.sector_bytes - position_ >= record_size_) return place(record_size_);
  ++report_.lost;
}

void Store::work() {
  if (left_ > 0) return write_piece();
  if (is_copying_) return copy_piece();
  if (geometry_.sector_bytes - position_ < geometry_.sector_bytes / 16 * sixteenths_to_compact_at) compact();
}

void Store::flush() {
  while (is_busy()) work();
}

// ---- compaction

void Store::compact() {
  if (!other_is_erased_) return;
  other_is_erased_ = false;
  is_copying_ = true;
  copy_from_ = copy_to_ = first_record;
  copy_left_ = 0;
}

std::uint32_t Store::next_live(std::uint32_t from) const {
  std::uint32_t next = none;
  const auto look = [&](std::uint32_t offset) {
    if (offset >= from) next = std::min(next, offset);
  };
  std::for_each(newest_.begin(), newest_.end(), look);
  std::for_each(events_.begin(), events_.end(), look);
  return next;
}

void Store::copy_piece() {
  if (copy_left_ == 0) {
    copy_from_ = next_live(copy_from_);
    if (copy_from_ == none) {
      is_copying_ = false;
      if (!activate(other())) ++report_.failed;
      return;
    }
    Slot bytes;
    flash_.read(active_, copy_from_, bytes);
    copy_size_ = copy_left_ = size_of(le16(&bytes[2]));
  }
  std::array<std::uint8_t, piece> bytes;
  const auto part = std::span(bytes).first(std::min<std::size_t>(copy_left_, piece));
  flash_.read(active_, copy_from_, part);
  flash_.write(other(), copy_to_, part);
  const auto moved = static_cast<std::uint32_t>(part.size());
  copy_from_ += moved;
  copy_to_ += moved;
  copy_left_ -= moved;
  if (copy_left_ > 0 || is_whole(other(), copy_to_ - copy_size_)) return;
  ++report_.failed;
  is_copying_ = false;  // the other sector has to be erased again
}

bool Store::activate(std::uint32_t sector) {
  if (!write_mark(sector, slot, active_mark, mark(sector, 0, erased_mark))) return false;
  is_ready_ = true;
  active_ = sector;
  (void)scan();
  return true;
}

// ---- erasing

bool Store::wants_erase() const {
  const bool lacks_sector = !is_ready_ || (!other_is_erased_ && !is_copying_);
  return geometry_.sectors > 0 && lacks_sector && erase_failures_ < most_failures;
}

bool Store::erase() {
  if (!wants_erase()) return false;
  while (left_ > 0) write_piece();
  const std::uint32_t sector = is_ready_ ? other() : erase_failures_ % 2;
  if (!prepare(sector) || (!is_ready_ && !activate(sector))) {
    ++report_.failed;
    ++erase_failures_;
    return false;
  }
  other_is_erased_ = is_erased(other());
  return true;
}

bool Store::prepare(std::uint32_t sector) {
  if (is_erased(sector)) return true;
  if (!is_new_ || end_of_data(sector) != 0) {
    // An erasure cut short may leave the marks and take the rest.
    flash_.write(sector, 0, std::array<std::uint8_t, first_record>{});
    flash_.erase(sector);
  }
  return end_of_data(sector) == 0 && write_mark(sector, 0, erased_mark, ++report_.erasures);
}

}  // namespace jk::core
