// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/lexer.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace rig::scenario {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_unit_character(char c) {
  return (is_letter(c) && c != '_') || c == '%' || static_cast<unsigned char>(c) >= 0x80;
}

constexpr std::array<std::string_view, 7> words_after_a_number{"and", "or", "not", "is", "turns", "on", "off"};
constexpr std::array<std::string_view, 4> long_symbols{"<=", ">=", "==", "!="};
constexpr std::string_view short_symbols = "<>+-*/(),";

class Lexer {
 public:
  Lexer(const std::string& text, const SourcePosition& start) : text_(text), start_(start) {}

  std::vector<Token> run() {
    std::vector<Token> tokens;
    do {
      tokens.push_back(next());
    } while (tokens.back().kind != Token::Kind::end);
    return tokens;
  }

 private:
  Token next() {
    at_ = std::min(text_.find_first_not_of(" \t\n", at_), text_.size());
    if (at_ == text_.size()) return make(Token::Kind::end, at_);
    const char c = text_[at_];
    const bool point = c == '.' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1]);
    if (is_digit(c) || point) return number();
    if (is_letter(c)) return name();
    return symbol();
  }

  Token make(Token::Kind kind, std::size_t end) {
    Token token{kind, text_.substr(at_, end - at_), at_, end, {}};
    at_ = end;
    return token;
  }

  Token number() {
    double value = 0;
    const char* first = text_.data() + at_;
    const auto [last, error] = std::from_chars(first, text_.data() + text_.size(), value);
    std::size_t end = at_ + static_cast<std::size_t>(last - first);
    const std::string_view unit = unit_after(end);
    if (!unit.empty()) end = static_cast<std::size_t>(unit.data() - text_.data()) + unit.size();
    const std::size_t begin = at_;
    Token token = make(Token::Kind::quantity, end);
    const auto quantity = parse_quantity(token.text);
    if (!quantity || error != std::errc{}) {
      throw ScenarioError(
          position_in(start_, text_, begin),
          "\"" + token.text + "\" is not a quantity: a number and a known unit such as V, A, s, degC, %");
    }
    token.quantity = *quantity;
    return token;
  }

  // The unit that follows a number ending at `end`: letters, or letters/letters when that is one ("mV/s").
  [[nodiscard]] std::string_view unit_after(std::size_t end) const {
    const std::size_t begin = std::min(text_.find_first_not_of(' ', end), text_.size());
    const std::size_t last = run_end(begin);
    const std::string_view all(text_);
    const std::string_view word = all.substr(begin, last - begin);
    if (std::find(words_after_a_number.begin(), words_after_a_number.end(), word) != words_after_a_number.end())
      return {};
    if (!word.empty() && last < text_.size() && text_[last] == '/') {
      const std::string_view both = all.substr(begin, run_end(last + 1) - begin);
      if (parse_quantity("1 " + std::string(both))) return both;
    }
    return word;
  }

  [[nodiscard]] std::size_t run_end(std::size_t at) const {
    while (at < text_.size() && is_unit_character(text_[at])) ++at;
    return at;
  }

  Token name() {
    std::size_t end = at_;
    while (end < text_.size() && (is_letter(text_[end]) || is_digit(text_[end]) || text_[end] == '.' ||
                                  text_[end] == '[' || text_[end] == ']')) {
      ++end;
    }
    return make(Token::Kind::name, end);
  }

  Token symbol() {
    for (const std::string_view candidate : long_symbols) {
      if (text_.compare(at_, 2, candidate) == 0) return make(Token::Kind::symbol, at_ + 2);
    }
    if (short_symbols.find(text_[at_]) != std::string_view::npos) return make(Token::Kind::symbol, at_ + 1);
    if (text_[at_] == '=') throw ScenarioError(position_in(start_, text_, at_), "= is not a comparison; equal is ==");
    std::size_t end = at_ + 1;
    while (end < text_.size() && (static_cast<unsigned char>(text_[end]) & 0xC0U) == 0x80U) ++end;
    throw ScenarioError(position_in(start_, text_, at_),
                        "\"" + text_.substr(at_, end - at_) + "\" has no meaning here");
  }

  const std::string& text_;
  const SourcePosition& start_;
  std::size_t at_ = 0;
};

}  // namespace

SourcePosition position_in(const SourcePosition& start, std::string_view text, std::size_t offset) {
  SourcePosition result = start;
  for (const char c : text.substr(0, offset)) {
    if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) ++result.column;
  }
  return result;
}

std::vector<Token> tokens_of(const std::string& text, const SourcePosition& start) { return Lexer(text, start).run(); }

}  // namespace rig::scenario
