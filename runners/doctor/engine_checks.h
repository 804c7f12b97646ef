// What the vision-language engine has to work with.
#pragma once

#include "runners/doctor/part_check.h"

namespace vernier {

PartCheck check_instructions();
PartCheck check_devices();
PartCheck check_default_model();
PartCheck check_http();
PartCheck check_limits();

}  // namespace vernier
