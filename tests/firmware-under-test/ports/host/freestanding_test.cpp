// SPDX-License-Identifier: Apache-2.0
// The core must also run on a Cortex-M: no heap, no exceptions, no RTTI, no floating point, no state outside its
// objects.
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

std::vector<std::string> lines_of(const std::string& command) {
  std::string text;
  FILE* const pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return {};
  for (char buffer[4096]; std::fgets(buffer, sizeof buffer, pipe) != nullptr;) text += buffer;
  if (pclose(pipe) != 0) return {};
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::vector<std::string> libraries() {
  std::vector<std::string> paths;
  std::istringstream list(JK_LIBRARIES);
  for (std::string path; std::getline(list, path, ':');) paths.push_back(path);
  return paths;
}

bool has_any(std::string_view line, std::initializer_list<std::string_view> words) {
  for (const std::string_view word : words) {
    if (line.find(word) != std::string_view::npos) return true;
  }
  return false;
}

bool is_instrumentation(std::string_view line) {
  return has_any(line, {"asan", "ubsan", "tsan", "Lubsan", "gcov", "__prof", "odr", "DW.ref"});
}

TEST(Freestanding, TheObjectsCallNeitherHeapNorExceptionsNorRtti) {
  for (const std::string& library : libraries()) {
    const auto symbols = lines_of("nm --undefined-only " + library);
    EXPECT_FALSE(symbols.empty()) << library;
    for (const std::string& line : symbols) {
      const bool is_forbidden = has_any(line, {"_Znw", "_Zna", "_Zdl", "_Zda", "malloc", "calloc", "realloc", "__cxa_",
                                               "__gxx_personality", "_Unwind", "__dynamic_cast", "_ZTI", "printf"});
      EXPECT_FALSE(is_forbidden && !is_instrumentation(line)) << line;
    }
  }
}

TEST(Freestanding, TheObjectsHoldNoStateOfTheirOwn) {
  for (const std::string& library : libraries()) {
    const auto symbols = lines_of("nm --format=sysv --defined-only " + library);
    EXPECT_GT(symbols.size(), 10u) << library;
    for (const std::string& line : symbols) {
      const std::size_t bar = line.rfind('|');
      const std::string_view section =
          bar == std::string::npos ? std::string_view() : std::string_view(line).substr(bar + 1);
      const bool is_constant = section.starts_with(".data.rel.ro");
      const bool is_writable = section.starts_with(".data") || section.starts_with(".bss");
      EXPECT_FALSE(is_writable && !is_constant && !is_instrumentation(line)) << line;
    }
  }
}

TEST(Freestanding, TheSourcesUseNoFloatingPointClockOrStream) {
  std::size_t files = 0;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(CELLRIG_SOURCE_DIR "/firmware-under-test/jk")) {
    const auto extension = entry.path().extension();
    if (extension != ".hpp" && extension != ".cpp") continue;
    ++files;
    std::ifstream in(entry.path());
    for (std::string line; std::getline(in, line);) {
      const std::string code = line.substr(0, line.find("//"));
      EXPECT_FALSE(
          has_any(code, {"float ", "double ", "throw ", "<chrono>", "stream>", "<vector>", "<string>", "<cmath>"}))
          << entry.path() << ": " << line;
    }
  }
  EXPECT_GT(files, 20u);
}

}  // namespace
