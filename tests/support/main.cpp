// SPDX-License-Identifier: GPL-3.0-or-later
// PROGRAM CLASS [Qt Test's arguments]: runs one of the folder's test classes.
#include "tests/support/suite.h"

#include <cstdio>

int main(int argc, char **argv)
{
    const auto &all = qd::tests::Suite::all();
    const auto found = argc > 1 ? all.find(argv[1]) : all.end();
    if (found == all.end()) {
        std::fprintf(stderr, "%s CLASS [arguments of Qt Test], CLASS being one of:\n", argv[0]);
        for (const auto &[name, run] : all)
            std::fprintf(stderr, "  %s\n", name.c_str());
        return 2;
    }
    argv[1] = argv[0]; // what Qt Test and the application see is a program of that class alone
    return found->second(argc - 1, argv + 1);
}
