// SPDX-License-Identifier: Apache-2.0
#include "rig/cli/pdf.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <vector>

#include "reports/render/plain_page.hpp"
#include "reports/render/text_file.hpp"

namespace rig::cli {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

/// Gone with all its content at the end: a browser's profile and what a program says.
class ScratchFolder {
 public:
  ScratchFolder() {
    std::string name = (fs::temp_directory_path() / "cellrig-pdf-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error(name + ": " + std::strerror(errno));
    path = name;
  }
  ~ScratchFolder() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  fs::path path;
};

std::optional<fs::path> found(const std::string& name, const std::string& search_path) {
  std::istringstream folders(search_path);
  for (std::string folder; std::getline(folders, folder, ':');) {
    const fs::path file = fs::path(folder.empty() ? "." : folder) / name;
    if (access(file.c_str(), X_OK) == 0 && fs::is_regular_file(file)) return file;
  }
  return std::nullopt;
}

std::optional<fs::path> browser(const std::string& search_path) {
  for (const char* name : {"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"}) {
    if (auto file = found(name, search_path)) return file;
  }
  return std::nullopt;
}

std::string url_of(const fs::path& file) {
  constexpr char digits[] = "0123456789ABCDEF";
  std::string url = "file://";
  for (const char character : fs::absolute(file).lexically_normal().string()) {
    const auto byte = static_cast<unsigned char>(character);
    const bool plain = std::isalnum(byte) != 0 || std::strchr("/-_.~", byte) != nullptr;
    if (plain) {
      url += character;
    } else {
      url += {'%', digits[byte >> 4], digits[byte & 15]};
    }
  }
  return url;
}

Words browser_words(const fs::path& program, const PdfOrder& order, const fs::path& scratch, const fs::path& pdf) {
  Words words = {program.string(),
                 "--headless",
                 "--disable-gpu",
                 "--disable-dev-shm-usage",  // containers have little of it
                 "--disable-background-networking",
                 "--no-first-run",
                 "--no-pdf-header-footer",
                 "--disable-pdf-tagging",  // of a library's 260 pages, tags are three quarters of the bytes
                 "--user-data-dir=" + (scratch / "profile").string(),
                 "--print-to-pdf=" + pdf.string()};
  if (geteuid() == 0) words.push_back("--no-sandbox");  // it refuses to run as root with one
  words.push_back(url_of(order.html));
  return words;
}

std::string written_page(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Its page is one of its own: it knows no variables of CSS, and gives a drawing no style from outside of it.
Words weasyprint_words(const fs::path& program, const PdfOrder& order, const fs::path& scratch, const fs::path& pdf) {
  const fs::path page = scratch / "report.html";
  reports::TextFile file(page);
  file.write(reports::plain_page(written_page(order.html)));
  file.close();
  return {program.string(), page.string(), pdf.string()};
}

/// Both streams of the program go to `log`, and it leads a group of its own, so that its children end with it.
pid_t start(const Words& words, const fs::path& log) {
  std::vector<char*> pointers;
  for (const std::string& word : words) pointers.push_back(const_cast<char*>(word.c_str()));
  pointers.push_back(nullptr);
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&files, 1, log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_adddup2(&files, 1, 2);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  pid_t child = 0;
  const int error = posix_spawn(&child, pointers.front(), &files, &attributes, pointers.data(), environ);
  posix_spawn_file_actions_destroy(&files);
  posix_spawnattr_destroy(&attributes);
  if (error != 0) throw std::runtime_error(std::string("does not start: ") + std::strerror(error));
  return child;
}

/// False when the time is over first.
bool ends_within(pid_t child, double limit_s) {
  const int handle = static_cast<int>(syscall(SYS_pidfd_open, child, 0));
  if (handle < 0) throw std::runtime_error(std::string("cannot be watched: ") + std::strerror(errno));
  pollfd wait{handle, POLLIN, 0};
  int ready = 0;
  do {
    ready = poll(&wait, 1, static_cast<int>(limit_s * 1000));
  } while (ready < 0 && errno == EINTR);
  close(handle);
  return ready > 0;
}

std::string last_line(const fs::path& log) {
  std::ifstream in(log);
  std::string last, line;
  while (std::getline(in, line)) {
    if (!line.empty()) last = line;
  }
  return last.empty() ? "" : ": " + last;
}

bool is_pdf(const fs::path& file) {
  std::array<char, 5> head{};
  std::ifstream in(file, std::ios::binary);
  in.read(head.data(), head.size());
  return in && std::string(head.begin(), head.end()) == "%PDF-";
}

/// Empty when the file is there; else what went wrong.
std::string run(const Words& words, const fs::path& log, const fs::path& pdf, double limit_s) {
  const pid_t child = start(words, log);
  bool in_time = false;
  try {
    in_time = ends_within(child, limit_s);
  } catch (...) {
    kill(-child, SIGKILL);
    waitpid(child, nullptr, 0);
    throw;
  }
  if (!in_time) kill(-child, SIGKILL);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  if (!in_time) return "did not end within " + std::to_string(static_cast<long>(limit_s)) + " s";
  if (WIFSIGNALED(status)) return "was ended by signal " + std::to_string(WTERMSIG(status)) + last_line(log);
  if (WEXITSTATUS(status) != 0) return "ended with code " + std::to_string(WEXITSTATUS(status)) + last_line(log);
  return is_pdf(pdf) ? "" : "ended well but wrote no PDF" + last_line(log);
}

/// Empty when `order.pdf` is there.
std::string print_with(const fs::path& program, bool is_browser, const PdfOrder& order) {
  const ScratchFolder scratch;
  const fs::path fresh = fs::absolute(order.pdf.string() + ".part");
  std::string problem;
  try {
    const Words words = is_browser ? browser_words(program, order, scratch.path, fresh)
                                   : weasyprint_words(program, order, scratch.path, fresh);
    problem = run(words, scratch.path / "log", fresh, order.limit_s);
    if (problem.empty()) fs::rename(fresh, order.pdf);
  } catch (const std::exception& error) {
    problem = error.what();
  }
  std::error_code ignored;
  fs::remove(fresh, ignored);
  return problem.empty() ? "" : program.string() + " " + problem;
}

}  // namespace

PdfOutcome print_pdf(const PdfOrder& order) {
  std::error_code ignored;
  fs::remove(order.pdf, ignored);
  const std::string by_hand = "; open " + order.html.string() + " and print it from the browser";
  std::string problems;
  for (const bool is_browser : {true, false}) {
    const char* const name = is_browser ? "chromium" : "weasyprint";
    if (order.how != "auto" && order.how != name) continue;
    const auto program = is_browser ? browser(order.search_path) : found("weasyprint", order.search_path);
    if (!program) continue;
    const std::string problem = print_with(*program, is_browser, order);
    if (problem.empty()) return {Pdf::made, order.pdf.string() + ", printed by " + program->string()};
    problems += (problems.empty() ? "" : "; ") + problem;
  }
  if (!problems.empty()) return {Pdf::broke, "no PDF: " + problems + by_hand};
  const std::string who = order.how == "auto" ? "neither chromium nor weasyprint is" : order.how + " is not";
  return {Pdf::no_program, "no PDF: " + who + " installed here" + by_hand};
}

}  // namespace rig::cli
