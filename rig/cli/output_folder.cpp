// SPDX-License-Identifier: Apache-2.0
#include "rig/cli/output_folder.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <ctime>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "rig/cli/bundle.hpp"

namespace rig::cli {

namespace fs = std::filesystem;

namespace {

std::string utc(const char* format) {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  char text[64];
  return {text, std::strftime(text, sizeof text, format, &parts)};
}

/// Replaced in one step: nobody finds it missing.
void point_latest_to(const fs::path& folder) {
  const fs::path link = folder.parent_path() / "latest";
  const fs::path fresh = folder.parent_path() / (".latest." + std::to_string(getpid()));
  std::error_code error;
  fs::remove(fresh, error);
  fs::create_symlink(folder.filename(), fresh);
  fs::rename(fresh, link);
}

fs::path make_default_folder() {
  fs::create_directories("out");
  const std::string stamp = utc("%Y-%m-%dT%H-%M-%SZ");
  fs::path folder = fs::path("out") / stamp;
  for (int n = 2; !fs::create_directory(folder); ++n) folder = fs::path("out") / (stamp + "-" + std::to_string(n));
  point_latest_to(folder);
  return folder;
}

fs::path make_given_folder(const fs::path& folder) {
  fs::create_directories(folder);
  if (!fs::is_directory(folder)) throw std::runtime_error(folder.string() + " is not a folder");
  remove_bundle(folder);
  for (const char* name : {"result.json", "junit.xml", "report.html", "report.pdf", "summary.md", "coverage.json",
                           "coverage.csv", "coverage.html"})
    fs::remove(folder / name);
  if (access(folder.c_str(), W_OK | X_OK) != 0) throw std::runtime_error(folder.string() + ": " + std::strerror(errno));
  return folder;
}

}  // namespace

fs::path make_output_folder(const std::optional<std::string>& given) {
  try {
    return given ? make_given_folder(*given) : make_default_folder();
  } catch (const fs::filesystem_error& error) {
    throw std::runtime_error("the results have no place: " + error.path1().string() + ": " + error.code().message());
  }
}

void write_file(const fs::path& file, const std::string& content) {
  const fs::path fresh = file.string() + ".part";
  std::ofstream stream(fresh, std::ios::binary | std::ios::trunc);
  stream << content;
  stream.close();
  std::error_code error;
  if (stream) fs::rename(fresh, file, error);
  if (stream && !error) return;
  const std::string reason = error ? error.message() : std::strerror(errno);
  fs::remove(fresh, error);
  throw std::runtime_error(file.string() + " cannot be written: " + reason);
}

std::string read_file(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  if (fs::is_directory(file)) throw std::runtime_error(file.string() + " is a folder; a file is due");
  if (stream) text << stream.rdbuf();
  if (!stream) throw std::runtime_error(file.string() + " cannot be read: " + std::strerror(errno));
  return text.str();
}

std::string time_of_day() { return utc("%Y-%m-%dT%H:%M:%SZ"); }

}  // namespace rig::cli
