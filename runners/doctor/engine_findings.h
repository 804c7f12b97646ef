// What the vision-language engine has to work with.
#pragma once

#include "runners/doctor/finding.h"

namespace vernier {

Finding check_instructions();
Finding check_devices();
Finding check_default_model();
Finding check_limits();

}  // namespace vernier
