// SPDX-License-Identifier: Apache-2.0
#include "rig/cli/help.hpp"

#include <algorithm>

#include "rig/cli/text.hpp"

namespace rig::cli {
namespace {

const char* const kRunHelp = R"(What to run
  nothing          every scenario that comes with Cellrig
  PATH             a scenario file, or a folder with all scenario files below it
  NAME             a scenario that comes with Cellrig, by its name
  PATH::NAME       one scenario of a file or folder

Options
  --label L        only scenarios that carry this label; may be given again (any of them)
  --without-label L  and none that carries this one; may be given again
  --firmware FILE  the firmware under test, a shared object; default: the one the board file names
  --jobs N         processes at one time; default: the cores of this machine
  --out DIR        where results go; default: out/<time>, and out/latest points there
  --seed N         of noise and tolerances; default 1. The same seed gives the same bytes
  --trace csv,vcd  traces as text too: csv for a spreadsheet, vcd for GTKWave
  --pdf [auto|chromium|weasyprint|off]
                   prints the report to report.pdf; auto: by Chromium, else WeasyPrint, else says in a sentence that neither is here
  --strict         a conditional_pass counts like a fail
  --fail-fast      stops at the first scenario that is red, in their order; those behind it are left out of the results
  --gdb            runs one scenario in the debugger
  --bench sim|FILE the bench; FILE.yaml limits the simulation to what another bench can do (docs/scenarios.md)

Writes result.json, junit.xml, summary.md, report.html, coverage.html and one trace a scenario; the last path printed is the report.
Exit code, the highest wins: 3 malformed file or option (nothing ran), 2 any error, 1 any fail, 0 all held.
)";

const char* const kListHelp =
    R"(Prints the names of scenarios, one a line and nothing else: those that come with Cellrig, or those of PATH.

Options
  --label L        only scenarios that carry this label; may be given again (any of them)
  --without-label L  and none that carries this one; may be given again
  --bench FILE     only scenarios that this bench can run
)";

const char* const kValidateHelp =
    R"(Reads scenario files and all that they refer to, without running them. Every mistake is told with file, line and column, what was
read, and what would have been accepted. What is well formed but can never fail, never trips, or is finer than the rig can see is a
warning of the linter; docs/linter.md has its rules.

Options
  --strict         a warning counts like a fail

Exit code 0: all are well formed; 1: with --strict, a warning; 3: some are malformed.
)";

const char* const kExplainHelp =
    R"(Says in words what a scenario is: board, pack, every setting with its unit, how it starts, what is done when, and what must hold.
NAME may also be PATH or PATH::NAME.

NAME may be a model too: `cellrig explain cell` prints every parameter with unit, default, range, meaning and source.
`cellrig explain signals` prints everything that a claim can name, with unit and meaning; `cellrig explain 'cell[3].voltage'` one of
them. A setting of a board (`cell_ovp`), a key of a file, a word of claims or an action (`settles`, `flood`) are explained too.
Without NAME the models are listed.
)";

const char* const kReportHelp =
    R"(Writes report.html, junit.xml and summary.md again, beside RESULT.json and from it. The last path printed is the report.

Options
  --pdf [auto|chromium|weasyprint|off]
                   prints the report to report.pdf; auto: by Chromium, else WeasyPrint, else says in a sentence that neither is here

Exit code 0: all was written; 2: a PDF that was asked for could not be made; 3: RESULT.json is malformed.
)";

const char* const kCampaignHelp =
    R"(Runs a scenario many times, as a campaign file says: where a protection really trips, how it reacts at every phase of the scan, what
a grid of settings or a lot of drawn packs does, which pairs of faults go wrong. docs/campaigns.md has the keys.

  FILE             a campaign file, or one that comes with Cellrig: campaigns/ovp_threshold.yaml. All its campaigns run
  FILE::NAME       one of them

Options
  --firmware FILE  the firmware under test, a shared object; default: the one the board file names
  --jobs N         processes at one time; default: the cores of this machine. The results do not depend on it
  --out DIR        where results go; default: out/NAME
  --resume         goes on with what an interrupted call left in that folder
  --strict         a conditional_pass counts like a fail

Writes campaign.html (tables and curves), runs.jsonl (a line a run, as they come), results.csv, campaign.json, campaign.txt; failing/
with a scenario file for each failing run, and the command that repeats exactly it; shrunk.yaml, the smallest scenario that still
fails, when the campaign asks for it.
Exit code as for run.
)";

const char* const kVerifyHelp =
    R"(Checks the output folder of a run, here or on another machine: every file against the SHA-256 in its manifest.json, then
runs again what inputs/ holds, with the seed, the bench and the firmware recorded there, and compares result.json and every trace.

It starts the firmware of that folder: take it from people you trust.

Options
  --jobs N         processes at one time; default: the cores of this machine

Exit code: 0 reproduced bit for bit; 1 a file is changed, missing or extra, or the first difference is named; 2 the machine refused;
3 no output folder of a run, or a manifest whose paths leave it.
)";

const char* const kCoverageHelp =
    R"(Says what the claims of runs have shown and what nothing has shown: of each protection whether it was set, held, cleared, set again,
and kept over a reset and a power cut; inside of, at and beyond its setting; before, at and after its delay; of each requirement and clause
the claims, and of each scenario the requirements. `run` writes the same of its own results, beside the report.

  DIR              the output folder of a run, or its result.json; several count together, when they are of the same firmware

Options
  --out DIR        where coverage.html, coverage.csv and coverage.json go; default: coverage

Exit code 0: all was written; 3: a DIR is no run, or the runs are of different firmware. Definitions: docs/coverage.md.
)";

const char* const kReplayHelp =
    R"(Drives one cell open loop with a measured current and compares its voltage, and its temperature when the file has one.

  CELL             a cell file, or the name of one that comes with Cellrig (scenarios/packs/cells)
  PROFILE.csv      columns time_s, current_A, voltage_V and, if measured, temperature_degC; # starts a comment

Options
  --positive charge|discharge  what a positive current does; default charge
  --start 'soc=1 h=-1 T=25degC' any of the three; a soc that is not given is fitted, as with --start fit
  --score soc=0.97..0.10       only rows in this range of the state of charge count
  --max-rms 9.5mV              exit code 1 when the RMS error is above
  --out FILE                   every row as CSV: measured, model, and the model's state

Exit code: 0; 1 above --max-rms; 3 a file or option is malformed, or the voltage moves against the declared sign.

Data to try, in a checkout:
  cellrig replay nmc_21700_lgm50t tests/data/cells/lgm50t_hppc.csv
)";

const char* const kFitHelp =
    R"(Identifies a cell from pulse tests and a slow discharge: open-circuit voltage, R0 and two RC pairs over the state of charge, and over
the temperature when several files were measured at different ones. Writes a cell file that replay and packs take.

  DATA.csv…        pulse tests; columns as for replay. A file's temperature: its column, else T of --start, else 25 degC

Options that must be given
  --ocv CAP.csv    a constant current of C/5 or slower from full to empty; a charge back in the same file gives the hysteresis
  --chemistry K    LFP, NMC, NCA, LCO or LTO: plausible voltages, coulombic efficiency, heat (estimates)
  --out CELL.yaml  the cell file; beside it CELL_ocv.csv, CELL_resistances.csv and CELL.html, measured against model

Options
  --limits 2.5V..4.1V  the voltages under the current at which the slow run ends, when they are not the usual ones of the chemistry
  --runaway 150degC    core temperature from which a thermal runaway is reported; default: 130 degC, an estimate
  --name TEXT      name in the cell file; default: its file name
  --positive charge|discharge   what a positive current does; default charge
  --start 'soc=1 T=25degC'      of every file; a soc that is not given is fitted, as with --start fit

Prints the residual by state of charge, and each parameter with its standard deviation. The last path printed is the page.
Exit code: 0; 3 a file or option is malformed, or the data cannot identify the model: one sentence says why, nothing is written.

Data to try, in a checkout:
  cellrig fit tests/data/cells/lgm50t_hppc.csv --ocv tests/data/cells/lgm50t_capacity_c20.csv --chemistry NMC --out my_cell.yaml
)";

const char* const kLiveHelp =
    R"(A virtual BMS in real time: the same plant and firmware as in a scenario, on pseudo-terminals that look like serial devices to
clients. Prints where to connect and what happens.

  BOARD            a board that comes with Cellrig (jk_b2a8s20p), or a board file; BOARD:2 has the Modbus address 2

Several boards are called a, b, … in the order named, each with a pack of its own. They share one RS485 bus for Modbus, with the
addresses 1, 2, … where none is given.

Options
  --pack PACK      a pack that comes with Cellrig, or a pack file; default: the widest LFP pack of 280 Ah that fits.
                   One for all boards, or given again for each
  --link DIR       links of stable names to the devices, such as DIR/4e57, DIR/modbus, DIR/can; gone at the end
  --set NAME=VALUE a setting the firmware starts with, as in `settings:` of a scenario; may be given again
  --speed N        simulated seconds a second, 0.01 to 1000000; default 1
  --firmware FILE  the firmware, a shared object; default: the one the board file names
  --seed N         of noise and tolerances; default 1

Lines of standard input change the world: `port.charge 20 A`, `cell[3].soc 99 %`, `ntc[1] open`, `speed 10`, `status`; `help` lists
them. A wrong line is answered with a sentence and changes nothing. `wait 5 s` holds back the lines behind it, for pipes.

Ends with `quit`, Ctrl-C, SIGTERM or SIGHUP, exit code 0, and leaves no device behind. The end of standard input ends nothing.
Exit code 3: a board, pack, firmware or option is wrong; 2: the machine has no device to give. docs/clients.md shows clients at work.
)";

const char* const kNewHelp =
    R"(Writes NAME.yaml, a commented scenario that runs and passes as it is, to be changed into yours. NAME may have a folder in front. Prints
the path. A file that is there already is left as it is (exit code 3).
)";

const char* const kSchemaHelp =
    R"(Prints the JSON Schema (draft-07) of a kind of file: scenario (when nothing is said), board, pack, cell, bench, campaign. Editors
with a YAML language server complete keys and words by it, show what they mean, and mark mistakes:

  cellrig schema scenario > scenario.schema.json

and in the first line of a scenario file

  # yaml-language-server: $schema=scenario.schema.json

The schema knows keys, words, units and what stands beside what. Signals, settings of the board, ranges of quantities and other files
only `cellrig validate` knows.
)";

std::vector<CommandHelp> table() {
  return {
      {"run", "run [PATH|NAME…] [options]", "run scenarios and report", kRunHelp},
      {"list", "list [PATH…] [options]", "names of scenarios, one a line", kListHelp},
      {"validate", "validate [PATH…]", "check scenario files without running them", kValidateHelp},
      {"explain", "explain [NAME|WORD]", "what a scenario, a model, a signal, a setting or a key is", kExplainHelp},
      {"report", "report RESULT.json [--pdf]", "render a report again", kReportHelp},
      {"test", "test", "", ""},
      {"campaign", "campaign FILE [options]", "searches, sweeps and draws over a scenario", kCampaignHelp},
      {"coverage", "coverage DIR…", "what runs have shown, and what nothing has", kCoverageHelp},
      {"replay", "replay CELL PROFILE.csv", "a cell against a measurement", kReplayHelp},
      {"fit", "fit DATA.csv…", "a cell file from measurements", kFitHelp},
      {"live", "live BOARD… [options]", "a virtual BMS in real time, for real clients", kLiveHelp},
      {"bench", "bench check|calibrate FILE", "", ""},
      {"schema", "schema [KIND]", "the keys of a kind of file, for editors", kSchemaHelp},
      {"new", "new NAME", "a scenario to begin with, commented", kNewHelp},
      {"verify", "verify DIR [--jobs N]", "hash and run again what a run left", kVerifyHelp},
  };
}

}  // namespace

const std::vector<CommandHelp>& commands() {
  static const std::vector<CommandHelp> all = table();
  return all;
}

const CommandHelp* find_command(const std::string& name) {
  const auto found =
      std::find_if(commands().begin(), commands().end(), [&](const CommandHelp& c) { return c.name == name; });
  return found == commands().end() ? nullptr : &*found;
}

std::string overview() {
  std::string text = "Cellrig tests battery-management firmware on a simulated pack.\n\n";
  for (const CommandHelp& command : commands()) {
    if (command.available()) text += "  cellrig " + padded(command.usage, 30) + command.summary + "\n";
  }
  return text + "\n`cellrig COMMAND --help` says more. `cellrig --version` prints the version.\n";
}

std::string page(const CommandHelp& command) { return "cellrig " + command.usage + "\n\n" + command.help; }

std::string version_line() { return "cellrig " CELLRIG_VERSION "\n"; }

}  // namespace rig::cli
