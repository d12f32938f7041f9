// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <memory>
#include <vector>

#include "models/afe/params.hpp"
#include "models/balancing_converter/balancing_converter.hpp"
#include "models/cell/cell.hpp"
#include "models/mosfet/bank.hpp"
#include "models/pack/params.hpp"

namespace models::pack {

/// Everything that does not change during a run.
struct PlantParams : WiringParams, BoardParams {
  std::shared_ptr<const cell::CellType> type;
  std::vector<cell::CellSpread> spread;  // one a cell; its size is the number of cells, 1 … 32
  mosfet::BankParams charge_bank, discharge_bank;
  balancing_converter::ConverterParams converter;
  afe::LeadParams leads;
  std::array<int, 2> ntc_cell = {0, 0};  // cell (from 0) that carries T1, T2
  double ntc_time_constant_s = 12;
  double start_store_V = 1.0;
  double max_step_s = 4.0;  // of the look-ahead, 0.01 … 60
};

}  // namespace models::pack
