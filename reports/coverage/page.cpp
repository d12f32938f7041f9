// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "reports/coverage/coverage.hpp"
#include "reports/render/assets.hpp"
#include "reports/render/document.hpp"
#include "reports/render/view.hpp"

namespace reports::coverage {
namespace {

using view::data;

constexpr std::size_t most_scenarios = 12;  // of one item; coverage.json has all
constexpr std::array<Status, 5> statuses = {Status::failed, Status::hole, Status::conditional, Status::not_applicable,
                                            Status::covered};

std::string spaced(std::string words) {
  std::ranges::replace(words, '_', ' ');
  return words;
}

data number(std::size_t count) { return data(std::to_string(count)); }

void set_state(data& into, Status status, const std::string& reason) {
  into.set("status", view::text(std::string(status_word(status))));
  into.set("state", view::text(spaced(std::string(status_word(status)))));
  into.set("reason", view::text(reason));
}

bool is_open(Status status) { return status < Status::not_applicable; }

class Page {
 public:
  Page(const Coverage& coverage, const std::string& report) : coverage_(coverage), report_(report) {}

  std::string render() {
    set_identity();
    set_counts();
    set_rows();
    data lists = view::list();
    lists.push_back(list_of("clauses", "Clauses", "clause", coverage_.clauses));
    lists.push_back(list_of("requirements", "Requirements", "requirement", coverage_.requirements));
    page_.set("lists", lists);
    set_scenarios();
    page_.set("has_holes", data(open_ > 0));
    page_.set("holes", holes_);
    page_.set("open", number(open_));
    return view::rendered("coverage", assets::coverage_mustache, page_);
  }

 private:
  [[nodiscard]] data link_to(const std::string& scenario) const {
    return view::text(report_.empty() ? "" : report_ + "#" + scenario);
  }

  void set_identity() {
    page_.set("firmware", view::text(coverage_.firmware_name + " " + coverage_.firmware_version));
    page_.set("firmware_sha256", view::text(coverage_.firmware_sha256));
    page_.set("tool_version", view::text(coverage_.tool_version));
    page_.set("report", view::text(report_));
    data runs = view::list();
    for (const Run& run : coverage_.runs) {
      data one = view::object();
      one.set("number", number(runs.list_value().size() + 1));
      one.set("scenarios", number(run.scenarios));
      one.set("bench", view::text(run.bench));
      one.set("seed", data(std::to_string(run.seed)));
      runs.push_back(one);
    }
    page_.set("runs", runs);
    view::set_style(page_, std::string(assets::report_css) + "\n" + std::string(assets::coverage_css));
  }

  void set_counts() {
    auto all = counts(coverage_);
    data kinds = view::list();
    for (const char* kind : {"protections", "clauses", "requirements", "scenarios"}) {
      data one = view::object();
      one.set("kind", data(std::string(kind)));
      one.set("title", data(std::string(kind) + (std::string(kind) == "protections" ? ", each aspect" : "")));
      for (const Status status : statuses) one.set(std::string(status_word(status)), number(all[kind][status]));
      kinds.push_back(one);
    }
    page_.set("kinds", kinds);
  }

  void add_hole(const std::string& kind, const std::string& item, const std::string& aspect, Status status,
                const std::string& reason) {
    if (!is_open(status)) return;
    data hole = view::object();
    hole.set("kind", view::text(kind));
    hole.set("item", view::text(item));
    hole.set("aspect", view::text(aspect));
    set_state(hole, status, reason);
    holes_.push_back(hole);
    ++open_;
  }

  /// {scenarios: [{name, link, by}], more, count} of what covers.
  void set_evidence(data& into, const Item& item) const {
    data scenarios = view::list();
    std::vector<std::string> names;
    std::size_t covering = 0;
    for (const Evidence& evidence : item.evidence) {
      if (!evidence.covers) continue;
      ++covering;
      if (std::ranges::find(names, evidence.scenario) != names.end()) continue;
      names.push_back(evidence.scenario);
      if (names.size() > most_scenarios) continue;
      data one = view::object();
      one.set("name", view::text(evidence.scenario));
      one.set("link", link_to(evidence.scenario));
      one.set("by", view::text(evidence.by));
      scenarios.push_back(one);
    }
    into.set("scenarios", scenarios);
    into.set("more", names.size() > most_scenarios ? number(names.size() - most_scenarios) : data(false));
    into.set("count", number(covering));
    into.set("mark", mark_of(item.status, covering));
  }

  static std::string mark_of(Status status, std::size_t covering) {
    switch (status) {
      case Status::failed:
        return "✕";
      case Status::hole:
        return "○";
      case Status::conditional:
        return "◐";
      case Status::not_applicable:
        return "–";
      case Status::covered:
        break;
    }
    return std::to_string(covering);
  }

  void set_rows() {
    data names = view::list(), rows = view::list();
    for (const std::string_view aspect : aspects) {
      data one = view::object();
      one.set("name", view::text(spaced(std::string(aspect))));
      names.push_back(one);
    }
    for (const Row& row : coverage_.protections) rows.push_back(row_of(row));
    page_.set("aspects", names);
    page_.set("rows", rows);
  }

  data row_of(const Row& row) {
    data one = view::object(), cells = view::list();
    std::size_t open = 0, covered = 0;
    for (const Item& item : row.aspects) {
      data cell = view::object();
      cell.set("name", view::text(spaced(item.name)));
      set_state(cell, item.status, item.reason);
      set_evidence(cell, item);
      cells.push_back(cell);
      add_hole("protection", row.row, spaced(item.name), item.status, item.reason);
      open += is_open(item.status) ? 1 : 0;
      covered += item.status == Status::covered ? 1 : 0;
    }
    one.set("row", view::text(row.row));
    one.set("summary", data(std::to_string(covered) + " covered, " + std::to_string(open) + " open"));
    one.set("cells", cells);
    return one;
  }

  data list_of(const char* kind, const char* title, const char* one_of, const std::vector<Item>& all) {
    data list = view::object(), items = view::list();
    std::vector<const Item*> order;
    for (const Item& item : all) order.push_back(&item);
    std::ranges::stable_sort(order, {}, &Item::status);
    for (const Item* item : order) {
      data one = view::object();
      one.set("name", view::text(item->name));
      set_state(one, item->status, item->reason);
      set_evidence(one, *item);
      items.push_back(one);
      add_hole(one_of, item->name, "", item->status, item->reason);
    }
    list.set("kind", data(std::string(kind)));
    list.set("title", data(std::string(title)));
    list.set("has_items", data(!all.empty()));
    list.set("items", items);
    return list;
  }

  void set_scenarios() {
    data scenarios = view::list();
    std::vector<const Scenario*> order;
    for (const Scenario& scenario : coverage_.scenarios) order.push_back(&scenario);
    std::ranges::stable_sort(order, {}, &Scenario::status);
    for (const Scenario* scenario : order) {
      data one = view::object();
      one.set("name", view::text(scenario->name));
      one.set("link", link_to(scenario->name));
      set_state(one, scenario->status, scenario->reason);
      one.set("claims", number(scenario->claims));
      one.set("covering", number(scenario->covering));
      std::string shows;
      for (const std::string& id : scenario->shows) shows += (shows.empty() ? "" : ", ") + id;
      one.set("shows", view::text(shows));
      scenarios.push_back(one);
      add_hole("scenario", scenario->name, "", scenario->status, scenario->reason);
    }
    page_.set("has_scenarios", data(!order.empty()));
    page_.set("scenarios", scenarios);
  }

  const Coverage& coverage_;
  const std::string& report_;
  data page_ = view::object(), holes_ = view::list();
  std::size_t open_ = 0;
};

}  // namespace

std::string html(const Coverage& coverage, const std::string& report) { return Page(coverage, report).render(); }

}  // namespace reports::coverage
