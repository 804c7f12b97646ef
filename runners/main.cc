#include "runners/command_line.h"

int main(int argc, char** argv) { return vernier::run_command_line(argc, argv); }
