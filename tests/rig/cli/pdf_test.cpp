// SPDX-License-Identifier: Apache-2.0
#include "rig/cli/pdf.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "tests/rig/cli/scenario_folder.hpp"

namespace rig::cli {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;

/// A machine whose only programs are those that a test puts there.
class Printing : public ::testing::Test {
 protected:
  void install(const std::string& name, const std::string& script) {
    folder_.write("bin/" + name, "#!/bin/sh\n" + script);
    fs::permissions(folder_.path() / "bin" / name, fs::perms::owner_all);
  }
  PdfOutcome print(const std::string& how, double limit_s = 60) {
    folder_.write("a b/report.html", "<p>");
    return print_pdf({how, folder_.path() / "a b/report.html", pdf(), (folder_.path() / "bin").string(), limit_s});
  }
  fs::path pdf() const { return folder_.path() / "a b/report.pdf"; }
  std::string content(const fs::path& file) const {
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  ScenarioFolder folder_;

  // Writes its own words as the PDF.
  const std::string browser_ = R"(for word in "$@"; do case $word in --print-to-pdf=*) file=${word#*=};; esac; done
echo "%PDF-1.4 $0 $*" >"$file"
)";
};

TEST_F(Printing, ByABrowserOfAnyName) {
  for (const char* name : {"google-chrome", "chromium-browser", "chromium"}) {
    install(name, browser_);
    const PdfOutcome outcome = print("auto");
    EXPECT_EQ(outcome.pdf, Pdf::made) << outcome.words;
    EXPECT_THAT(outcome.words, HasSubstr(std::string("/bin/") + name));
    EXPECT_THAT(content(pdf()), AllOf(HasSubstr(std::string("bin/") + name), HasSubstr("--headless"),
                                      HasSubstr("--no-pdf-header-footer"), HasSubstr("--user-data-dir="),
                                      HasSubstr("/a%20b/report.html")));
    EXPECT_EQ(content(pdf()).find("--no-sandbox") != std::string::npos, geteuid() == 0);
  }
}

TEST_F(Printing, LeavesNoProfileBehind) {
  install("chromium", browser_);
  ASSERT_EQ(print("auto").pdf, Pdf::made);
  const std::string words = content(pdf());
  const std::size_t from = words.find("--user-data-dir=") + 16;
  const fs::path profile = words.substr(from, words.find(' ', from) - from);
  EXPECT_FALSE(fs::exists(profile.parent_path())) << profile;
}

TEST_F(Printing, AutoTakesWeasyPrintWhereThereIsNoBrowserOrItBreaks) {
  install("weasyprint", "[ \"$(cat \"$1\")\" = \"<p>\" ] && echo %PDF-weasy >\"$2\"\n");
  EXPECT_EQ(print("auto").pdf, Pdf::made);
  EXPECT_EQ(content(pdf()), "%PDF-weasy\n");
  install("chromium", "exit 7\n");
  EXPECT_EQ(print("auto").pdf, Pdf::made);
  EXPECT_EQ(content(pdf()), "%PDF-weasy\n");
}

TEST_F(Printing, WithoutAProgramItIsASentence) {
  const PdfOutcome outcome = print("auto");
  EXPECT_EQ(outcome.pdf, Pdf::no_program);
  EXPECT_THAT(outcome.words, HasSubstr("no PDF: neither chromium nor weasyprint is installed here; open "));
  EXPECT_THAT(print("chromium").words, HasSubstr("chromium is not installed here"));
  EXPECT_THAT(print("weasyprint").words, HasSubstr("weasyprint is not installed here"));
}

TEST_F(Printing, WhatGoesWrongIsSaidAndNoOlderPdfStays) {
  folder_.write("a b/report.pdf", "%PDF-old");
  install("chromium", "echo out of memory >&2; exit 7\n");
  PdfOutcome outcome = print("auto");
  EXPECT_EQ(outcome.pdf, Pdf::broke);
  EXPECT_THAT(outcome.words, HasSubstr("/bin/chromium ended with code 7: out of memory; open "));
  EXPECT_FALSE(fs::exists(pdf()));
  install("chromium", "kill -9 $$\n");
  EXPECT_THAT(print("chromium").words, HasSubstr("was ended by signal 9"));
  install("chromium", "exit 0\n");
  EXPECT_THAT(print("chromium").words, HasSubstr("ended well but wrote no PDF"));
  install("chromium", R"(for word in "$@"; do case $word in --print-to-pdf=*) echo oops >"${word#*=}";; esac; done
)");
  EXPECT_THAT(print("chromium").words, HasSubstr("ended well but wrote no PDF"));
  EXPECT_FALSE(fs::exists(pdf()));
}

TEST_F(Printing, AProgramThatHangsIsEndedWithItsChildren) {
  const fs::path alive = folder_.path() / "alive";
  ASSERT_EQ(mkfifo(alive.c_str(), 0600), 0);
  const int handle = open(alive.c_str(), O_RDONLY | O_NONBLOCK);
  ASSERT_GE(handle, 0);
  install("chromium", "tail -f /dev/null >'" + alive.string() + "' & wait\n");
  const PdfOutcome outcome = print("auto", 0.2);
  EXPECT_EQ(outcome.pdf, Pdf::broke);
  EXPECT_THAT(outcome.words, HasSubstr("did not end within 0 s"));
  ASSERT_EQ(fcntl(handle, F_SETFL, 0), 0);
  char byte = 0;
  EXPECT_EQ(read(handle, &byte, 1), 0);  // waits until nobody can write any more
  close(handle);
}

}  // namespace
}  // namespace rig::cli
