// SPDX-License-Identifier: Apache-2.0
#include "rig/scenario/tree.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <optional>
#include <regex>
#include <sstream>
#include <unordered_map>

#include "rig/scenario/tree_source.hpp"

namespace rig::scenario {
namespace {

// Byte after the closing quote of the quoted scalar at `start`, npos when it is never closed (yaml-cpp does not mind).
std::size_t quote_end(std::string_view text, char quote) {
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (quote == '"' && text[i] == '\\') {
      ++i;
    } else if (text[i] == quote) {
      if (quote == '"' || i + 1 >= text.size() || text[i + 1] != '\'') return i + 1;
      ++i;
    }
  }
  return std::string_view::npos;
}

// The error for a name with an index that stands inside {} or [] without quotes: YAML ends the word at its bracket.
std::optional<ScenarioError> cut_name(const SourceText& source, std::size_t byte) {
  static const std::regex indexed(R"([A-Za-z_][A-Za-z0-9_.]*\[[0-9]*\][A-Za-z0-9_.]*)");
  const std::size_t start = source.line_start(byte);
  const std::string line(source.line_of(byte));
  for (std::sregex_iterator it(line.begin(), line.end(), indexed), end; it != end; ++it) {
    const std::size_t first = start + static_cast<std::size_t>(it->position());
    if (first <= byte && byte <= first + static_cast<std::size_t>(it->length())) {
      return ScenarioError(source.at(first), "inside { } and [ ] YAML cuts " + it->str() +
                                                 " at its bracket; write it in quotes, or on a line of its own");
    }
  }
  return std::nullopt;
}

// Where the innermost [ or { from `byte` on stands that the text leaves open; npos: none. Good enough for a message.
std::size_t left_open(std::string_view text, std::size_t byte) {
  std::vector<std::size_t> open;
  for (std::size_t i = byte; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '[' || c == '{') open.push_back(i);
    if ((c == ']' || c == '}') && !open.empty()) open.pop_back();
    const bool is_after_gap = i > 0 && std::string_view(" [{,:").find(text[i - 1]) != std::string_view::npos;
    const bool is_quote = is_after_gap && (c == '"' || c == '\'');
    const std::size_t end = is_quote ? quote_end(text.substr(i), c) : std::string_view::npos;
    if (end != std::string_view::npos) i += end - 1;
    if (c == '#' && is_after_gap) i = std::min(text.find('\n', i), text.size());
  }
  return open.empty() ? std::string_view::npos : open.back();
}

/// Builds the tree from yaml-cpp's events and refuses what a scenario has no use for.
class Builder : public YAML::EventHandler {
 public:
  explicit Builder(const SourceText& source) : source_(source) {}

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (documents_++ > 0) throw ScenarioError(position(mark), "a second document starts here; a file holds one");
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override {
    check_plain(mark);
    if (in_mapping() && !frames_.back().has_key) {
      throw ScenarioError(position(mark), "an empty key; a key is a name");
    }
    if (frames_.empty()) throw ScenarioError(position(mark), "the file is empty");
    if (!in_mapping()) throw ScenarioError(position(mark), "an empty entry");
    const Frame& frame = frames_.back();
    if (source_.from(frame.key_byte + frame.key.size()).starts_with('[')) {
      if (const auto cut = cut_name(source_, frame.key_byte)) throw ScenarioError(*cut);
    }
    refuse_open(frame.key_byte);
    throw ScenarioError(frame.key_position, frame.key + " has no value");
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override { check_plain(mark); }
  void OnScalar(const YAML::Mark& mark, const std::string&, YAML::anchor_t, const std::string& value) override {
    check_plain(mark);
    if (in_mapping() && !frames_.back().has_key) return take_key(mark, value);
    Node node;
    node.position = position(mark);
    node.text = value;
    node.text_offset = offset_of(mark, value);
    attach(std::move(node));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {
    open(mark, Node::Kind::sequence);
  }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {
    open(mark, Node::Kind::mapping);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapEnd() override { close(); }

  [[nodiscard]] int documents() const { return documents_; }
  Node take() { return std::move(root_); }

 private:
  struct Frame {
    Node node;
    bool has_key = false;
    std::string key;
    std::size_t key_byte = 0;
    SourcePosition key_position;
    std::unordered_map<std::string, int> lines;  // of its keys
  };

  [[nodiscard]] std::size_t byte(const YAML::Mark& mark) const { return source_.byte_of(mark.line, mark.column); }
  [[nodiscard]] SourcePosition position(const YAML::Mark& mark) const { return source_.at(byte(mark)); }
  [[nodiscard]] bool in_mapping() const { return !frames_.empty() && frames_.back().node.is_mapping(); }

  void check_plain(const YAML::Mark& mark) const {
    const std::string_view text = source_.from(byte(mark));
    if (text.starts_with('&'))
      throw ScenarioError(position(mark), "anchors (&) are not used here; write the value out");
    if (text.starts_with('*'))
      throw ScenarioError(position(mark), "aliases (*) are not used here; write the value out");
    if (text.starts_with('!')) throw ScenarioError(position(mark), "tags (!) are not used here");
    if ((text.starts_with('"') || text.starts_with('\'')) && quote_end(text, text[0]) == std::string_view::npos) {
      throw ScenarioError(position(mark), "the quote opened here is never closed");
    }
  }

  // yaml-cpp takes what stands in a bracket that is never closed for a key without a value.
  void refuse_open(std::size_t from) const {
    const std::size_t open = left_open(source_.from(0), source_.line_start(from));
    if (open == std::string_view::npos) return;
    throw ScenarioError(source_.at(open), std::string("the ") + source_.from(open)[0] + " opened here is never closed");
  }

  [[nodiscard]] int offset_of(const YAML::Mark& mark, const std::string& value) const {
    const std::string_view text = source_.from(byte(mark));
    if (text.starts_with('"') || text.starts_with('\'')) return text.substr(1).starts_with(value) ? 1 : -1;
    return text.starts_with(value) ? 0 : -1;
  }

  void take_key(const YAML::Mark& mark, const std::string& key) {
    Frame& frame = frames_.back();
    if (key.empty()) throw ScenarioError(position(mark), "an empty key; a key is a name");
    if (key == "<<") throw ScenarioError(position(mark), "merge keys (<<) are not used here; write the values out");
    const SourcePosition here = position(mark);
    const auto [first, is_new] = frame.lines.emplace(key, here.line);
    if (!is_new) throw ScenarioError(here, key + " stands twice; first on line " + std::to_string(first->second));
    frame.has_key = true;
    frame.key = key;
    frame.key_byte = byte(mark);
    frame.key_position = here;
  }

  void open(const YAML::Mark& mark, Node::Kind kind) {
    check_plain(mark);
    if (in_mapping() && !frames_.back().has_key) {
      refuse_open(byte(mark));
      throw ScenarioError(position(mark), "a key must be a name, not a list or a mapping");
    }
    if (frames_.size() >= max_depth) {
      throw ScenarioError(position(mark), "nested deeper than " + std::to_string(max_depth) + " levels");
    }
    Frame frame;
    frame.node.kind = kind;
    frame.node.position = position(mark);
    frames_.push_back(std::move(frame));
  }

  void close() {
    Node node = std::move(frames_.back().node);
    frames_.pop_back();
    attach(std::move(node));
  }

  void attach(Node node) {
    if (frames_.empty()) {
      root_ = std::move(node);
    } else if (Frame& frame = frames_.back(); frame.node.is_mapping()) {
      frame.node.entries.push_back({frame.key, frame.key_position, std::move(node)});
      frame.has_key = false;
    } else {
      frame.node.items.push_back(std::move(node));
    }
  }

  const SourceText& source_;
  std::vector<Frame> frames_;
  Node root_;
  int documents_ = 0;
};

ScenarioError translated(const YAML::Exception& error, const SourceText& source) {
  const std::size_t byte = source.byte_of(error.mark.line, error.mark.column);
  const SourcePosition where = source.at(byte);
  if (error.msg == YAML::ErrorMsg::END_OF_MAP_FLOW || error.msg == YAML::ErrorMsg::END_OF_SEQ_FLOW) {
    if (const auto cut = cut_name(source, byte)) return *cut;
    if (byte > 0 && source.from(byte - 1).starts_with("${"))
      return {source.at(byte - 1), "inside { } and [ ] YAML cuts ${…} at its brace; write the value in quotes"};
    return {where, "a { or [ opened before is not closed here, or a , is missing"};
  }
  const std::size_t tab = source.line_of(byte).find('\t');
  if (tab != std::string_view::npos && tab == source.line_of(byte).find_first_not_of(' ')) {
    return {source.at(source.line_start(byte) + tab), "a tab indents here; YAML wants spaces"};
  }
  if (error.msg == YAML::ErrorMsg::MAP_VALUE) {
    return {where, "a second : in one value; indent the lines alike, or write a text that holds a colon in quotes"};
  }
  if (error.msg == YAML::ErrorMsg::TAB_IN_INDENTATION) return {where, "a tab indents here; YAML wants spaces"};
  if (error.msg == YAML::ErrorMsg::UNKNOWN_ANCHOR) return {where, "aliases (*) are not used here; write the value out"};
  return {where, "this is not YAML: " + error.msg};
}

}  // namespace

const Node::Entry* Node::find(std::string_view key) const {
  const auto found = std::find_if(entries.begin(), entries.end(), [&](const Entry& entry) { return entry.key == key; });
  return found == entries.end() ? nullptr : &*found;
}

SourcePosition Node::text_position() const {
  SourcePosition start = position;
  start.column += std::max(text_offset, 0);
  return start;
}

SourcePosition Node::in_source(SourcePosition of_text) const {
  const int begin = text_position().column;
  int index = of_text.column - begin, shift = 0;
  for (const Splice& splice : splices) {
    if (index < splice.at) break;
    if (index < splice.at + splice.length) {
      index = splice.at;
      break;
    }
    shift += splice.in_source - splice.length;
  }
  of_text.column = begin + index + shift;
  return of_text;
}

Node parse_tree(const std::string& bytes, const std::string& file) {
  const SourceText source(bytes, file);
  source.check();
  Builder builder(source);
  try {
    std::istringstream stream(bytes);
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const YAML::Exception& error) {
    throw translated(error, source);
  }
  if (builder.documents() == 0) throw ScenarioError(source.at(0), "the file is empty");
  Node root = builder.take();
  if (!root.is_mapping())
    throw ScenarioError(root.position,
                        std::string("a mapping (name: …) is expected at the top of the file; this is a ") +
                            (root.is_scalar() ? "text" : "list"));
  return root;
}

Node merged(const Node& base, const Node& over) {
  if (!base.is_mapping() || !over.is_mapping()) return over;
  Node result = base;
  result.position = over.position;
  for (const Node::Entry& entry : over.entries) {
    const auto found = std::find_if(result.entries.begin(), result.entries.end(),
                                    [&](const Node::Entry& e) { return e.key == entry.key; });
    if (found == result.entries.end()) {
      result.entries.push_back(entry);
    } else {
      *found = {entry.key, entry.key_position, merged(found->value, entry.value)};
    }
  }
  return result;
}

bool are_same(const std::vector<Node::Entry>& a, const std::vector<Node::Entry>& b) {
  const auto says_the_same = [](const auto& self, const Node& x, const Node& y) -> bool {
    return x.kind == y.kind && x.text == y.text && are_same(x.entries, y.entries) &&
           std::ranges::equal(x.items, y.items, [&](const Node& i, const Node& j) { return self(self, i, j); });
  };
  return std::ranges::equal(a, b, [&](const Node::Entry& x, const Node::Entry& y) {
    return x.key == y.key && says_the_same(says_the_same, x.value, y.value);
  });
}

}  // namespace rig::scenario
