// SPDX-License-Identifier: Apache-2.0
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rig/scenario/dimensions.hpp"
#include "rig/scenario/lexer.hpp"
#include "rig/scenario/reader.hpp"
#include "rig/scenario/text.hpp"

namespace rig::scenario {
namespace {

using Op = Expression::Op;

constexpr int max_nesting = 50;

struct Named {
  std::string_view text;
  Op op;
};
constexpr Named comparisons[] = {{"<", Op::less},           {"<=", Op::less_equal}, {">", Op::greater},
                                 {">=", Op::greater_equal}, {"==", Op::equal},      {"!=", Op::not_equal}};
constexpr Named functions[] = {
    {"abs", Op::abs}, {"min", Op::min}, {"max", Op::max}, {"mean", Op::mean}, {"sum", Op::sum}};

template <std::size_t N>
std::optional<Op> op_of(const Named (&table)[N], std::string_view text) {
  for (const Named& row : table) {
    if (row.text == text) return row.op;
  }
  return std::nullopt;
}

bool is_logical(const Expression& e) { return e.dimension == Dimension::boolean; }

bool names_a_signal(const Expression& e) {
  if (e.op == Op::signal || e.op == Op::vector) return true;
  for (const Expression& child : e.children) {
    if (names_a_signal(child)) return true;
  }
  return false;
}

// Recursive descent; every method leaves `at_` behind what it has read. Offsets of operands are kept for messages.
class Parser {
 public:
  Parser(const std::string& text, const Catalogue& catalogue, const SourcePosition& position)
      : text_(text), catalogue_(catalogue), position_(position), tokens_(tokens_of(text, position)) {}

  Expression run() {
    if (peek().kind == Token::Kind::end) fail(0, "an expression is due here");
    Expression result = logical_or();
    if (peek().kind != Token::Kind::end) fail(peek().begin, "\"" + peek().text + "\" is not expected here");
    if (!names_a_signal(result)) fail(0, "\"" + text_ + "\" names no signal, so nothing could change it");
    return result;
  }

 private:
  [[nodiscard]] const Token& peek() const { return tokens_[at_]; }
  [[nodiscard]] bool next_is(std::string_view text) const {
    return peek().kind != Token::Kind::end && peek().kind != Token::Kind::quantity && peek().text == text;
  }
  bool accept(std::string_view text) {
    if (!next_is(text)) return false;
    ++at_;
    return true;
  }
  void expect(std::string_view text) {
    if (accept(text)) return;
    fail(peek().begin, "\"" + std::string(text) + "\" is due here" +
                           (peek().kind == Token::Kind::end ? "" : ", not \"" + peek().text + "\""));
  }
  [[noreturn]] void fail(std::size_t offset, const std::string& sentence) const {
    throw ScenarioError(position_in(position_, text_, offset), sentence);
  }

  [[nodiscard]] Expression node(Op op, Dimension dimension, std::size_t begin, std::vector<Expression> children) const {
    Expression e;
    e.op = op;
    e.dimension = dimension;
    e.children = std::move(children);
    const std::size_t end = at_ > 0 ? tokens_[at_ - 1].end : begin;
    e.text = text_.substr(begin, end - begin);
    e.position = position_in(position_, text_, begin);
    return e;
  }

  Expression logical_or() { return chain("or", Op::logical_or, &Parser::logical_and); }
  Expression logical_and() { return chain("and", Op::logical_and, &Parser::logical_not); }

  Expression chain(std::string_view word, Op op, Expression (Parser::*operand)()) {
    const std::size_t begin = peek().begin;
    Expression left = (this->*operand)();
    while (next_is(word)) {
      require_logical(left, begin);
      ++at_;
      const std::size_t right_begin = peek().begin;
      Expression right = (this->*operand)();
      require_logical(right, right_begin);
      left = node(op, Dimension::boolean, begin, {std::move(left), std::move(right)});
    }
    return left;
  }

  Expression logical_not() {
    const std::size_t begin = peek().begin;
    if (!accept("not")) return comparison();
    deeper(begin);
    const std::size_t operand_begin = peek().begin;
    Expression operand = logical_not();
    --nesting_;
    require_logical(operand, operand_begin);
    return node(Op::logical_not, Dimension::boolean, begin, {std::move(operand)});
  }

  void require_logical(const Expression& e, std::size_t begin) const {
    if (is_edge(e)) fail(begin, "\"" + e.text + "\" is an instant; it stands alone as the whole of when or then");
    if (!is_logical(e)) {
      fail(begin, "\"" + e.text + "\" is " + with_article(e.dimension) +
                      ", neither true nor false; compare it with something");
    }
  }

  Expression comparison() {
    const std::size_t begin = peek().begin;
    Expression left = additive();
    if (next_is("is") || next_is("turns")) return bit_word(std::move(left), begin);
    const std::optional<Op> op = peek().kind == Token::Kind::symbol ? op_of(comparisons, peek().text) : std::nullopt;
    if (!op) return left;
    const Token symbol = tokens_[at_++];
    const std::size_t right_begin = peek().begin;
    Expression right = additive();
    check_comparison(*op, symbol, left, begin, right, right_begin);
    if (peek().kind == Token::Kind::symbol && op_of(comparisons, peek().text)) {
      fail(peek().begin, "comparisons do not chain; write a < x and x < b");
    }
    return node(*op, Dimension::boolean, begin, {std::move(left), std::move(right)});
  }

  void check_comparison(Op op, const Token& symbol, const Expression& left, std::size_t left_begin,
                        const Expression& right, std::size_t right_begin) const {
    const bool equality = op == Op::equal || op == Op::not_equal;
    if (is_edge(left) || is_edge(right)) fail(left_begin, "an instant (turns on, turns off) cannot be compared");
    if (!equality || !is_logical(left) || !is_logical(right)) {
      refuse_bit(left, left_begin);
      refuse_bit(right, right_begin);
      require_same(left, left_begin, right, right_begin, "compared");
      if (equality && left.dimension != Dimension::none) {
        fail(symbol.begin, with_article(left.dimension) + " is never exactly equal to another; use < or >");
      }
    }
  }

  Expression bit_word(Expression bit, std::size_t begin) {
    const bool edge = next_is("turns");
    const std::string word = tokens_[at_++].text;
    if (bit.op != Op::signal || !is_logical(bit))
      fail(begin, "\"" + bit.text + "\" is not a bit; " + word + " on/off wants one");
    const bool on = next_is("on");
    if (!on && !next_is("off")) fail(peek().begin, "on or off is due after \"" + word + "\"");
    ++at_;
    const Op op = edge ? (on ? Op::turns_on : Op::turns_off) : (on ? Op::is_on : Op::is_off);
    return node(op, Dimension::boolean, begin, {std::move(bit)});
  }

  Expression additive() {
    const std::size_t begin = peek().begin;
    Expression left = multiplicative();
    while (next_is("+") || next_is("-")) {
      const Token symbol = tokens_[at_++];
      const std::size_t right_begin = peek().begin;
      Expression right = multiplicative();
      const bool plus = symbol.text == "+";
      refuse_bit(left, begin);
      refuse_bit(right, right_begin);
      const auto dimension =
          plus ? sum_dimension(left.dimension, right.dimension) : difference_dimension(left.dimension, right.dimension);
      if (!dimension) explain_sum(left, begin, right, right_begin, symbol);
      left = node(plus ? Op::add : Op::subtract, *dimension, begin, {std::move(left), std::move(right)});
    }
    return left;
  }

  [[noreturn]] void explain_sum(const Expression& left, std::size_t left_begin, const Expression& right,
                                std::size_t right_begin, const Token& symbol) const {
    if (left.dimension == Dimension::temperature && right.dimension == Dimension::temperature) {
      fail(symbol.begin, "two temperatures cannot be added; write the second one in K");
    }
    require_same(left, left_begin, right, right_begin, symbol.text == "+" ? "added" : "subtracted");
    fail(symbol.begin, with_article(left.dimension) + " cannot stand beside " + symbol.text);
  }

  Expression multiplicative() {
    const std::size_t begin = peek().begin;
    Expression left = unary();
    while (next_is("*") || next_is("/")) {
      const Token symbol = tokens_[at_++];
      const std::size_t right_begin = peek().begin;
      Expression right = unary();
      const bool times = symbol.text == "*";
      refuse_bit(left, begin);
      refuse_bit(right, right_begin);
      const auto dimension = times ? product_dimension(left.dimension, right.dimension)
                                   : quotient_dimension(left.dimension, right.dimension);
      if (!dimension) {
        fail(symbol.begin, with_article(left.dimension) + (times ? " times " : " divided by ") +
                               with_article(right.dimension) + " is nothing that is known here");
      }
      left = node(times ? Op::multiply : Op::divide, *dimension, begin, {std::move(left), std::move(right)});
    }
    return left;
  }

  Expression unary() {
    const std::size_t begin = peek().begin;
    if (!accept("-")) return primary();
    if (peek().kind == Token::Kind::quantity) return constant(begin, -1);
    deeper(begin);
    const std::size_t operand_begin = peek().begin;
    Expression operand = unary();
    --nesting_;
    refuse_bit(operand, operand_begin);
    if (operand.dimension == Dimension::temperature)
      fail(begin, "a temperature has no negative; write -20 degC or a difference");
    const Dimension dimension = operand.dimension;
    return node(Op::negate, dimension, begin, {std::move(operand)});
  }

  Expression constant(std::size_t begin, double sign) {
    const Token token = tokens_[at_++];
    if (token.quantity.dimension == Dimension::c_rate) {
      fail(begin, "\"" + token.text + "\" is a C rate; in an expression write the current in A");
    }
    Expression e = node(Op::constant, token.quantity.dimension, begin, {});
    e.constant = sign * token.quantity.value;
    return e;
  }

  Expression primary() {
    const Token& token = peek();
    if (token.kind == Token::Kind::quantity) return constant(token.begin, 1);
    if (token.text == "(" && token.kind == Token::Kind::symbol) return parenthesis();
    if (token.kind != Token::Kind::name) {
      fail(token.begin, token.kind == Token::Kind::end ? "something is missing at the end"
                                                       : "\"" + token.text + "\" is not expected here");
    }
    if (const auto op = op_of(functions, token.text); op && tokens_[at_ + 1].text == "(") return function(*op);
    return signal(false);
  }

  void deeper(std::size_t begin) {
    if (++nesting_ > max_nesting) fail(begin, "nested too deeply");
  }

  Expression parenthesis() {
    const std::size_t begin = peek().begin;
    deeper(begin);
    expect("(");
    Expression inner = logical_or();
    if (is_edge(inner)) fail(begin, "\"" + inner.text + "\" is an instant; it stands alone, without brackets");
    expect(")");
    --nesting_;
    return inner;
  }

  Expression signal(bool vector_allowed) {
    const Token token = tokens_[at_++];
    if (const auto id = catalogue_.find(token.text)) {
      Expression e = node(Op::signal, catalogue_.info(*id).dimension, token.begin, {});
      e.signal = *id;
      return e;
    }
    const std::vector<SignalId>* elements = catalogue_.find_vector(token.text);
    if (elements == nullptr && token.text.starts_with("probe."))
      fail(token.begin, token.text +
                            " is a probe: the firmware's own word about its inside stands in the trace and is "
                            "never judged; name a pin, the plant or what the board reports");
    if (elements == nullptr)
      fail(token.begin, token.text + " is not a signal." + near_text(catalogue_.nearest(token.text)));
    if (!vector_allowed) {
      fail(token.begin, token.text + " is a list of " + std::to_string(elements->size()) +
                            " signals; use min(), max(), mean() or sum() of it, or one element such as " +
                            catalogue_.info(elements->front()).name);
    }
    Expression e = node(Op::vector, catalogue_.info(elements->front()).dimension, token.begin, {});
    e.elements = *elements;
    return e;
  }

  Expression function(Op op) {
    const Token name = tokens_[at_++];
    deeper(name.begin);
    expect("(");
    std::vector<Expression> arguments;
    std::size_t first_begin = peek().begin;
    do {
      const std::size_t begin = peek().begin;
      arguments.push_back(argument(op));
      refuse_bit(arguments.back(), begin);
      if (arguments.size() > 1)
        require_same(arguments.front(), first_begin, arguments.back(), begin, "listed together");
    } while (accept(","));
    expect(")");
    --nesting_;
    return applied(op, name, std::move(arguments));
  }

  // "(" missing its partner shows at a comparison or at the end; the list itself was meant
  static bool ends_argument(const Token& next) {
    return next.text == "," || next.text == ")" || next.kind == Token::Kind::end || op_of(comparisons, next.text);
  }

  Expression argument(Op op) {
    if (op != Op::abs && peek().kind == Token::Kind::name && ends_argument(tokens_[at_ + 1])) return signal(true);
    return additive();
  }

  Expression applied(Op op, const Token& name, std::vector<Expression> arguments) {
    const Dimension dimension = arguments.front().dimension;
    if (op == Op::abs && arguments.size() != 1) fail(name.begin, "abs() takes one value");
    if (op != Op::abs && arguments.size() == 1 && arguments.front().op != Op::vector) {
      fail(name.begin, name.text + "() wants a list such as cell.voltage, or several values");
    }
    if (dimension == Dimension::temperature && (op == Op::abs || op == Op::sum)) {
      fail(name.begin, name.text + "() of a temperature has no meaning; take a difference first");
    }
    return node(op, dimension, name.begin, std::move(arguments));
  }

  void refuse_bit(const Expression& e, std::size_t begin) const {
    if (!is_logical(e)) return;
    if (e.op == Op::signal) fail(begin, e.text + " is a bit; write " + e.text + " is on, or " + e.text + " is off");
    fail(begin, "\"" + e.text + "\" is true or false, not a number");
  }

  void require_same(const Expression& a, std::size_t a_begin, const Expression& b, std::size_t b_begin,
                    const char* verb) const {
    if (a.dimension == b.dimension) return;
    if (b.op == Op::constant && b.dimension == Dimension::none) fail(b_begin, unit_complaint(b.text, a.dimension));
    if (a.op == Op::constant && a.dimension == Dimension::none) fail(a_begin, unit_complaint(a.text, b.dimension));
    fail(b_begin, "\"" + b.text + "\" is " + with_article(b.dimension) + " and cannot be " + verb + " with \"" +
                      a.text + "\", " + with_article(a.dimension));
  }

  const std::string& text_;
  const Catalogue& catalogue_;
  SourcePosition position_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  int nesting_ = 0;
};

}  // namespace

Expression parse_expression(const std::string& text, const Catalogue& catalogue, const SourcePosition& position) {
  return Parser(text, catalogue, position).run();
}

}  // namespace rig::scenario
