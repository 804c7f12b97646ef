// A calibration of one judge, as a file.
#pragma once

#include <cstdint>
#include <string>

#include "results/statistics/calibration/calibration_curve.h"

namespace vernier {

struct CalibrationMap {
  std::string judge;   ///< the signature of the judge that it was made for
  std::string data;    ///< a digest of scores and ratings that it was fitted to
  std::string method;  ///< isotonic, linear
  std::uint64_t captions = 0;
  CalibrationCurve curve;

  /// Writes JSON ("judge-calibration/1"). Throws Error(kOutput).
  void write(const std::string& path) const;
  /// Throws Error(kUsage) for a path that cannot be opened, Error(kBadInput) for what is no such
  /// file.
  static CalibrationMap read(const std::string& path);
  /// Throws Error(kIncomplete) where the judge is another one: its scores mean something else.
  void check(const std::string& judge_signature, const std::string& path) const;
};

}  // namespace vernier
