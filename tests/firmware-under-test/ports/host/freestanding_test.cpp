// SPDX-License-Identifier: Apache-2.0
// The core must also run on a Cortex-M: no heap, no exceptions, no RTTI, no floating point, no state outside its
// objects.
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

namespace {

std::string output_of(const std::string& command) {
  std::string text;
  FILE* const pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return text;
  for (char buffer[4096]; std::fgets(buffer, sizeof buffer, pipe) != nullptr;) text += buffer;
  return pclose(pipe) == 0 ? text : std::string();
}

std::vector<std::string> libraries() {
  std::vector<std::string> paths;
  std::istringstream list(JK_LIBRARIES);
  for (std::string path; std::getline(list, path, ':');) paths.push_back(path);
  return paths;
}

TEST(Freestanding, TheObjectsCallNeitherHeapNorExceptionsNorRtti) {
  const std::regex forbidden(
      "(_Zn[wa]|_Zd[la]|malloc|calloc|realloc|__cxa_throw|__cxa_allocate|__gxx_personality|_Unwind|__dynamic_cast|_ZTI|"
      "__cxa_guard|printf)");
  for (const std::string& library : libraries()) {
    std::istringstream symbols(output_of("nm --undefined-only " + library));
    std::size_t seen = 0;
    for (std::string line; std::getline(symbols, line); ++seen)
      EXPECT_FALSE(std::regex_search(line, forbidden)) << line;
    EXPECT_GT(seen, 0u) << library;
  }
}

TEST(Freestanding, TheObjectsHoldNoStateOfTheirOwn) {
  const std::regex writable("\\|\\.(data|bss)(?!\\.rel\\.ro)");
  const std::regex instrumented("gcov|__prof|asan|ubsan|DW\\.ref|\\.LUBSAN|Lubsan|__odr");
  for (const std::string& library : libraries()) {
    std::istringstream symbols(output_of("nm --format=sysv --defined-only " + library));
    std::size_t seen = 0;
    for (std::string line; std::getline(symbols, line); ++seen) {
      EXPECT_FALSE(std::regex_search(line, writable) && !std::regex_search(line, instrumented)) << line;
    }
    EXPECT_GT(seen, 10u) << library;
  }
}

TEST(Freestanding, TheSourcesUseNoFloatingPointClockOrStream) {
  const std::regex forbidden("\\b(float|double|throw|chrono|iostream|vector|std::string\\b(?!_)|thread)\\b|<cmath>");
  std::size_t files = 0;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(CELLRIG_SOURCE_DIR "/firmware-under-test/jk")) {
    const auto extension = entry.path().extension();
    if (extension != ".hpp" && extension != ".cpp") continue;
    ++files;
    std::ifstream in(entry.path());
    for (std::string line; std::getline(in, line);) {
      const std::string code = line.substr(0, line.find("//"));
      EXPECT_FALSE(std::regex_search(code, forbidden)) << entry.path() << ": " << line;
    }
  }
  EXPECT_GT(files, 20u);
}

}  // namespace
