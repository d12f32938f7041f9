// SPDX-License-Identifier: Apache-2.0
#include "rig/cli/arguments.hpp"

#include <algorithm>
#include <boost/program_options.hpp>
#include <charconv>
#include <map>

#include "rig/cli/help.hpp"
#include "rig/cli/nearest.hpp"
#include "rig/cli/text.hpp"

namespace rig::cli {
namespace {

namespace po = boost::program_options;
using Words = std::vector<std::string>;

/// Fixed names of options that a later version answers.
const char* const kLaterOptions[] = {"back-to-back"};
constexpr std::string_view kPdf[] = {"auto", "chromium", "weasyprint", "off"};

/// `--pdf` may stand alone: the word behind it is its value only where it is one of the known ones.
Words with_pdf_joined(const Words& words) {
  const auto is_value = [](const std::string& word) {
    return std::find(std::begin(kPdf), std::end(kPdf), word) != std::end(kPdf);
  };
  Words joined;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool has_value = words[i] == "--pdf" && i + 1 < words.size() && is_value(words[i + 1]);
    const std::string value = has_value ? words[i + 1] : "auto";
    joined.push_back(words[i] == "--pdf" ? "--pdf=" + value : words[i]);
    if (has_value) ++i;
  }
  return joined;
}

po::options_description options_of(const std::string& command) {
  po::options_description all;
  const auto text = [] { return po::value<std::string>(); };
  all.add_options()("help,h", "")("what", po::value<Words>());
  if (command == "run" || command == "list")
    all.add_options()("label", po::value<Words>())("without-label", po::value<Words>())("bench", text());
  if (command == "replay" || command == "fit") all.add_options()("positive", text())("start", text())("out", text());
  if (command == "replay") all.add_options()("score", text())("max-rms", text());
  if (command == "fit") all.add_options()("ocv", text())("chemistry", text())("limits", text());
  if (command == "fit") all.add_options()("runaway", text())("name", text());
  if (command == "live") all.add_options()("pack", po::value<Words>())("speed", text())("link", text());
  if (command == "live") all.add_options()("firmware", text())("seed", text())("set", po::value<Words>());
  if (command == "run" || command == "report") all.add_options()("pdf", text());
  if (command == "campaign") all.add_options()("firmware", text())("jobs,j", text())("out", text());
  if (command == "campaign") all.add_options()("strict", "")("resume", "");
  if (command == "validate") all.add_options()("strict", "");
  if (command == "coverage") all.add_options()("out", text());
  if (command == "verify") all.add_options()("jobs,j", text());
  if (command != "run") return all;
  all.add_options()("firmware", text())("jobs,j", text())("out", text())("seed", text())("trace", text());
  all.add_options()("strict", "")("fail-fast", "")("gdb", "")("in-process", "")("back-to-back", text());
  return all;
}

Words option_names(const po::options_description& options) {
  Words names;
  for (const auto& option : options.options()) {
    const std::string name = "--" + option->long_name();
    if (name != "--what" && name != "--in-process") names.push_back(name);
  }
  return names;
}

template <class Number>
std::optional<Number> whole_number(const std::string& text, Number least, Number most) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < least || value > most) return std::nullopt;
  return value;
}

/// Reads the parsed values one by one and collects every mistake.
class Reader {
 public:
  Reader(const po::variables_map& values, Arguments& arguments) : values_(values), arguments_(arguments) {}

  void read() {
    if (has("what")) arguments_.what = values_["what"].as<Words>();
    if (has("pack")) arguments_.packs = values_["pack"].as<Words>();
    if (has("set")) arguments_.settings = values_["set"].as<Words>();
    if (has("label")) arguments_.labels = values_["label"].as<Words>();
    if (has("without-label")) arguments_.without = values_["without-label"].as<Words>();
    arguments_.strict = has("strict");
    arguments_.fail_fast = has("fail-fast");
    arguments_.gdb = has("gdb");
    arguments_.in_process = has("in-process");
    arguments_.resume = has("resume");
    arguments_.firmware = path("firmware");
    arguments_.out = path("out");
    for (const char* name :
         {"positive", "start", "score", "max-rms", "ocv", "chemistry", "limits", "runaway", "name", "link"}) {
      if (has(name)) arguments_.texts[name] = value(name);
    }
    read_numbers();
    read_speed();
    read_trace();
    read_pdf();
    read_later();
    check_positionals();
  }

 private:
  [[nodiscard]] bool has(const char* name) const { return values_.count(name) > 0; }
  [[nodiscard]] std::string value(const char* name) const { return values_[name].as<std::string>(); }
  void mistake(const std::string& sentence) { arguments_.mistakes.push_back(sentence); }

  std::optional<std::string> path(const char* name) {
    if (!has(name)) return std::nullopt;
    if (value(name).empty()) mistake(std::string("--") + name + ": the path is empty");
    return value(name);
  }

  void read_numbers() {
    if (has("jobs")) {
      arguments_.jobs = whole_number<unsigned>(value("jobs"), 1, 1024);
      if (!arguments_.jobs) mistake("--jobs: \"" + value("jobs") + "\" is not a whole number from 1 to 1024");
    }
    if (has("seed")) {
      const auto seed = whole_number<std::uint64_t>(value("seed"), 0, UINT64_MAX);
      if (!seed) mistake("--seed: \"" + value("seed") + "\" is not a whole number from 0 to 18446744073709551615");
      arguments_.seed = seed.value_or(0);
    }
  }

  void read_speed() {
    constexpr double least = 0.01, most = 1e6;  // simulated seconds a second
    if (!has("speed")) return;
    const std::string text = value("speed");
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), arguments_.speed);
    if (error != std::errc() || end != text.data() + text.size() || !(arguments_.speed >= least) ||
        !(arguments_.speed <= most)) {
      mistake("--speed: \"" + text + "\" is not a number from 0.01 to 1000000");
    }
  }

  void read_trace() {
    if (!has("trace")) return;
    const std::string list = value("trace") + ",";
    for (std::size_t at = 0, comma = 0; (comma = list.find(',', at)) != std::string::npos; at = comma + 1) {
      const std::string format = list.substr(at, comma - at);
      if (format == "csv")
        arguments_.csv = true;
      else if (format == "vcd")
        arguments_.vcd = true;
      else
        mistake("--trace: \"" + format + "\" is not a format; csv, vcd or csv,vcd");
    }
  }

  void read_pdf() {
    if (!has("pdf")) return;
    arguments_.pdf = value("pdf");
    if (std::find(std::begin(kPdf), std::end(kPdf), arguments_.pdf) == std::end(kPdf))
      mistake("--pdf: \"" + arguments_.pdf + "\" is not auto, chromium, weasyprint or off");
  }

  void read_later() {
    if (has("bench")) arguments_.bench = value("bench");
    const std::string& bench = arguments_.bench;
    if (bench != "sim" && !bench.ends_with(".yaml") && !bench.ends_with(".yml")) {
      mistake("--bench " + bench +
              " is not in this version; it has the bench sim, and bench files (.yaml) that limit it");
    }
    for (const char* name : kLaterOptions) {
      if (has(name)) mistake(std::string("--") + name + " is not in this version");
    }
  }

  void check_boards(std::size_t count) {
    constexpr std::size_t most = 26;  // a to z
    if (count == 0) mistake("live takes a BOARD; `cellrig live jk_b2a8s20p` has one");
    if (count > most) mistake("live takes at most " + std::to_string(most) + " boards, not " + std::to_string(count));
    const std::size_t packs = arguments_.packs.size();
    if (packs <= 1 || packs == count) return;
    const std::string each = count > 1 ? " for all boards or one for each of the " + std::to_string(count) : "";
    mistake("--pack: one" + each + ", not " + std::to_string(packs));
  }

  void check_positionals() {
    const std::size_t count = arguments_.what.size();
    if (arguments_.command == "explain" && count > 1) mistake("explain takes one NAME, not " + std::to_string(count));
    if (arguments_.command == "new" && count != 1)
      mistake("new takes one NAME, of the scenario to write, not " + std::to_string(count));
    if (arguments_.command == "schema" && count > 1) mistake("schema takes one KIND, not " + std::to_string(count));
    if (arguments_.command == "report" && count != 1)
      mistake("report takes one RESULT.json, not " + std::to_string(count));
    if (arguments_.command == "campaign" && count != 1)
      mistake("campaign takes one FILE, such as campaigns/ovp_threshold.yaml, not " + std::to_string(count));
    if (arguments_.command == "verify" && count != 1)
      mistake("verify takes one DIR, the output folder of a run, not " + std::to_string(count));
    if (arguments_.command == "coverage" && count == 0)
      mistake("coverage takes DIR, the output folder of a run, one or more");
    if (arguments_.command == "replay" && count != 2)
      mistake("replay takes CELL.yaml and PROFILE.csv, not " + std::to_string(count) + " words");
    if (arguments_.command == "live") check_boards(count);
    if (arguments_.command == "fit" && count == 0) mistake("fit takes DATA.csv, one pulse test or more");
    if (std::find(arguments_.what.begin(), arguments_.what.end(), "") != arguments_.what.end()) {
      mistake("an empty word is neither a path nor a name");
    }
  }

  const po::variables_map& values_;
  Arguments& arguments_;
};

void parse_options(const Words& words, Arguments& arguments) {
  const po::options_description options = options_of(arguments.command);
  po::positional_options_description positions;
  positions.add("what", -1);
  using Style = po::command_line_style::style_t;
  const int style = po::command_line_style::unix_style & ~Style::allow_guessing;
  const Words joined = with_pdf_joined(words);
  const auto parsed =
      po::command_line_parser(joined).options(options).positional(positions).style(style).allow_unregistered().run();
  for (const auto& option : parsed.options) {
    if (!option.unregistered || option.original_tokens.empty()) continue;
    const std::string name = option.original_tokens.front().substr(0, option.original_tokens.front().find('='));
    arguments.mistakes.push_back(name + " is not an option of " + arguments.command + "." +
                                 near_text(name, option_names(options)));
  }
  po::variables_map values;
  po::store(parsed, values);
  if (values.count("help") > 0) arguments.show = page(*find_command(arguments.command));
  Reader(values, arguments).read();
}

void unknown_command(const std::string& word, Arguments& arguments) {
  Words names;
  for (const CommandHelp& command : commands()) names.push_back(command.name);
  const std::string kind = word.front() == '-' ? " is not an option" : " is not a command";
  arguments.mistakes.push_back(word + kind + "; `cellrig --help` lists them." + near_text(word, names));
}

/// The words before and instead of a command. True when that was all.
bool answered_at_once(const Words& words, Arguments& arguments) {
  if (words.empty() || words.front().empty()) {
    arguments.mistakes.push_back(
        "a command is missing: `cellrig run` runs all scenarios, `cellrig --help` lists the commands");
    return true;
  }
  const std::string& first = words.front();
  if (first == "--version") arguments.show = version_line();
  if (first == "--help" || first == "-h") arguments.show = overview();
  if (first == "help" && words.size() == 1) arguments.show = overview();
  return !arguments.show.empty();
}

}  // namespace

Arguments parse_arguments(const Words& words) {
  Arguments arguments;
  if (answered_at_once(words, arguments)) return arguments;
  const bool asks_help = words.front() == "help";
  const std::string& word = words[asks_help ? 1 : 0];
  const CommandHelp* command = find_command(word);
  if (word.empty() || command == nullptr) {
    unknown_command(word.empty() ? "\"\"" : word, arguments);
  } else if (word == "test") {
    arguments.mistakes.push_back(
        "test is answered by the script ./cellrig at the root of the source tree, not by this program");
  } else if (!command->available()) {
    arguments.mistakes.push_back(word + " is not in this version");
  } else if (asks_help) {
    arguments.show = page(*command);
  } else {
    arguments.command = word;
    try {
      parse_options({words.begin() + 1, words.end()}, arguments);
    } catch (const po::error& error) {
      arguments.mistakes.push_back(word + ": " + error.what());
    }
  }
  return arguments;
}

}  // namespace rig::cli
