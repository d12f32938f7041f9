// SPDX-License-Identifier: Apache-2.0
// The functions that a compiler calls by itself where there is no C library. Without loops that it would turn into
// calls of themselves: see -fno-tree-loop-distribute-patterns in `check`.
#include <cstddef>

extern "C" {

void* memcpy(void* __restrict to, const void* __restrict from, std::size_t count) {
  auto* out = static_cast<unsigned char*>(to);
  const auto* in = static_cast<const unsigned char*>(from);
  for (; count > 0; --count) *out++ = *in++;
  return to;
}

void* memmove(void* to, const void* from, std::size_t count) {
  auto* out = static_cast<unsigned char*>(to);
  const auto* in = static_cast<const unsigned char*>(from);
  if (out <= in) return memcpy(to, from, count);
  for (; count > 0; --count) out[count - 1] = in[count - 1];
  return to;
}

void* memset(void* to, int value, std::size_t count) {
  auto* out = static_cast<unsigned char*>(to);
  for (; count > 0; --count) *out++ = static_cast<unsigned char>(value);
  return to;
}

int memcmp(const void* one, const void* other, std::size_t count) {
  const auto* a = static_cast<const unsigned char*>(one);
  const auto* b = static_cast<const unsigned char*>(other);
  for (; count > 0; --count, ++a, ++b) {
    if (*a != *b) return *a - *b;
  }
  return 0;
}

void* memchr(const void* in, int value, std::size_t count) {
  const auto* at = static_cast<const unsigned char*>(in);
  for (; count > 0; --count, ++at) {
    if (*at == static_cast<unsigned char>(value)) return const_cast<unsigned char*>(at);
  }
  return nullptr;
}

std::size_t strlen(const char* text) {
  std::size_t count = 0;
  while (text[count] != '\0') ++count;
  return count;
}
}
