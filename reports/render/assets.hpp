// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>

/// The files of reports/render/assets and reports/coverage/assets, compiled in.
namespace reports::assets {

extern const std::string_view report_mustache, report_css, report_js, plots_js, fit_mustache;
extern const std::string_view coverage_mustache, coverage_css, campaign_mustache;
extern const std::string_view uPlot_iife_min_js, uPlot_min_css, LICENSE;  // of uPlot

}  // namespace reports::assets
