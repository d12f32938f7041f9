// SPDX-License-Identifier: Apache-2.0
#include "tests/house/fake_machine.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace tests::house {
namespace {

namespace fs = std::filesystem;

// Every fake sees its notes in $NOTES and is given its own calls file.
constexpr auto kDpkgQuery = R"sh(
all=0
for p in "${@:4}"; do
  if grep -qx "$p" "$NOTES/installed"; then printf 'installed/%s ' "$p"; else all=1; fi
done
exit $all)sh";
constexpr auto kAptGet = R"sh(
[[ " $* " == *' install '* ]] || exit 0
[[ -f $NOTES/no_network ]] && { echo 'E: Unable to fetch some archives'; exit 100; }
for p; do echo "$p"; done >>"$NOTES/installed")sh";
constexpr auto kSudo = R"sh(
if [[ -f $NOTES/sudo_wants_password ]]; then exit 1; fi
[[ $1 == -n ]] && shift
exec "$@")sh";
constexpr auto kId = R"sh(cat "$NOTES/uid")sh";
constexpr auto kCMake = R"sh(
[[ -f $NOTES/configure_fails ]] && { echo 'CMake Error: a package is not there'; exit 1; }
preset="${@: -1}"
mkdir -p "$CHECKOUT/build/$preset"
echo >"$CHECKOUT/build/$preset/build.ninja")sh";
constexpr auto kNinja = R"sh(
dir=$2
if [[ " $* " == *' -n'* ]]; then
  if [[ -f $dir/built ]]; then echo 'ninja: no work to do.'; else echo '[1/1] work'; fi
  exit
fi
mkdir "$NOTES/somebody_builds" || { echo 'two builds at once'; exit 1; }
for ((i = 0; i < 20000; ++i)); do :; done
rm -r "$NOTES/somebody_builds"
if [[ -f $NOTES/build_fails ]]; then
  echo 'first words of the compiler'
  for ((i = 0; i < 60; ++i)); do echo "line $i"; done
  echo 'last words of the compiler'
  exit 1
fi
echo '#!/usr/bin/env bash' >"$dir/cellrig"
echo 'printf "<%s>" "$@"; echo; echo "in $PWD"; exit "${PROGRAM_EXIT:-0}"' >>"$dir/cellrig"
chmod +x "$dir/cellrig"
echo >"$dir/built")sh";
constexpr auto kCTest = R"sh(
echo '100% tests passed, 0 tests failed out of 3'
exit "$(cat "$NOTES/ctest_exit")")sh";

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The packages that ./cellrig lists, read from the script itself, so that this machine starts with all of them.
std::string all_packages(const std::string& script) {
  std::string packages;
  for (std::size_t at = script.find("\npackages_"); at != std::string::npos; at = script.find("\npackages_", at + 1)) {
    const std::size_t open = script.find('(', at) + 1;
    packages += script.substr(open, script.find(')', open) - open) + " ";
  }
  for (char& c : packages) c = c == ' ' ? '\n' : c;
  return packages;
}

}  // namespace

FakeMachine::FakeMachine() {
  std::string name = (fs::temp_directory_path() / "cellrig fake machine XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  root_ = name;
  for (const char* folder : {"bin", "notes", "calls", "check out", "output"}) fs::create_directory(root_ / folder);
  fs::copy_file(fs::path(CELLRIG_SOURCE_DIR) / "cellrig", checkout() / "cellrig");
  std::ofstream(checkout() / "CMakePresets.json") << "{}";
  for (const char* tool : {"bash", "env", "dirname", "readlink", "mkdir", "cat", "cksum", "tail", "rm", "flock",
                           "nproc", "grep", "chmod"}) {
    const fs::path place = fs::exists(fs::path("/usr/bin") / tool) ? "/usr/bin" : "/bin";
    fs::create_symlink(place / tool, root_ / "bin" / tool);
  }
  fake("dpkg-query", kDpkgQuery);
  fake("apt-get", kAptGet);
  fake("sudo", kSudo);
  fake("id", kId);
  fake("cmake", kCMake);
  fake("ninja", kNinja);
  fake("ctest", kCTest);
  note("uid", "0\n");
  note("ctest_exit", "0");
  note("installed", all_packages(text_of(checkout() / "cellrig")));
}

FakeMachine::~FakeMachine() {
  std::error_code ignored;
  fs::remove_all(root_, ignored);
}

void FakeMachine::fake(const std::string& command, const std::string& body) const {
  const fs::path file = root_ / "bin" / command;
  std::ofstream(file) << "#!/usr/bin/env bash\necho \"$*\" >>\"$CALLS/" << command << "\"\n" << body << "\n";
  fs::permissions(file, fs::perms::owner_all);
}

void FakeMachine::note(const std::string& name, const std::string& text) {
  std::ofstream(root_ / "notes" / name) << text;
}

void FakeMachine::remove_command(const std::string& command) { fs::remove(root_ / "bin" / command); }

void FakeMachine::remove_package(const std::string& package) {
  std::string installed = "\n" + text_of(root_ / "notes/installed");
  const std::size_t at = installed.find("\n" + package + "\n");
  if (at == std::string::npos) throw std::logic_error("./cellrig does not list " + package);
  note("installed", installed.erase(at + 1, package.size() + 1));
}

void FakeMachine::start_through_link() {
  script_ = root_ / "link";
  fs::create_symlink(checkout() / "cellrig", script_);
}

void FakeMachine::source_changed() {
  for (const char* preset : {"release", "dev"}) fs::remove(checkout() / "build" / preset / "built");
}

pid_t FakeMachine::start(const std::vector<std::string>& args, const fs::path& from, const std::string& id) const {
  const std::string script = (script_.empty() ? checkout() / "cellrig" : script_).string();
  const std::string out = (root_ / "output" / (id + ".out")).string();
  const std::string err = (root_ / "output" / (id + ".err")).string();
  std::vector<const char*> argv{script.c_str()};
  for (const std::string& arg : args) argv.push_back(arg.c_str());
  argv.push_back(nullptr);
  std::vector<std::string> variables{"PATH=" + (root_ / "bin").string(), "NOTES=" + (root_ / "notes").string(),
                                     "CALLS=" + (root_ / "calls").string(), "CHECKOUT=" + checkout().string()};
  if (const fs::path more = root_ / "notes/environment"; fs::exists(more)) variables.push_back(text_of(more));
  std::vector<const char*> envp;
  for (const std::string& variable : variables) envp.push_back(variable.c_str());
  envp.push_back(nullptr);

  const pid_t child = fork();
  if (child != 0) return child;
  dup2(open("/dev/null", O_RDONLY), STDIN_FILENO);
  dup2(open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), STDOUT_FILENO);
  dup2(open(err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), STDERR_FILENO);
  if (chdir(from.c_str()) == 0)
    execve(script.c_str(), const_cast<char**>(argv.data()), const_cast<char**>(envp.data()));
  _exit(127);
}

Outcome FakeMachine::finish(pid_t child, const std::string& id) const {
  int status = 0;
  if (child < 0 || waitpid(child, &status, 0) != child) throw std::runtime_error("the script could not be run");
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), text_of(root_ / "output" / (id + ".out")),
          text_of(root_ / "output" / (id + ".err"))};
}

Outcome FakeMachine::run(const std::vector<std::string>& args, const fs::path& from) {
  return finish(start(args, from, "only"), "only");
}

std::vector<Outcome> FakeMachine::run_at_once(const std::vector<std::string>& args, int times) {
  std::vector<pid_t> children;
  for (int i = 0; i < times; ++i) children.push_back(start(args, "/", std::to_string(i)));
  std::vector<Outcome> outcomes;
  for (int i = 0; i < times; ++i) outcomes.push_back(finish(children[static_cast<std::size_t>(i)], std::to_string(i)));
  return outcomes;
}

std::string FakeMachine::calls(const std::string& command) const { return text_of(root_ / "calls" / command); }

}  // namespace tests::house
