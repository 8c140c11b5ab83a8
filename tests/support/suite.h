// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/patience.h"

#include <QtTest>

#include <map>
#include <string>

namespace qd::tests {

/// The test classes of one program, by the name of their file. The tests of a folder are one program, so that its libraries are linked
/// and its headers read once; CTest runs each class as a process of its own: `core.desk tst_alarms [Qt Test's arguments]`.
class Suite
{
public:
    using Run = int (*)(int argc, char **argv);

    /// `file` as __FILE__ says it.
    static bool add(const char *file, Run run)
    {
        const std::string path = file;
        const std::size_t begin = path.rfind('/') + 1;
        return all().emplace(path.substr(begin, path.rfind('.') - begin), run).second;
    }

    [[nodiscard]] static std::map<std::string, Run> &all()
    {
        static std::map<std::string, Run> runs;
        return runs;
    }
};

} // namespace qd::tests

#define QD_TEST_ON(Application, Class)                                                                                                     \
    [[maybe_unused]] static const bool is##Class##There = qd::tests::Suite::add(__FILE__, [](int argc, char **argv) {                      \
        Application app(argc, argv);                                                                                                       \
        Class test;                                                                                                                        \
        return QTest::qExec(&test, argc, argv);                                                                                            \
    });

/// A test class without a display; and one with widgets, on whatever platform QT_QPA_PLATFORM names.
#define QD_TEST(Class) QD_TEST_ON(QCoreApplication, Class)
#define QD_GUI_TEST(Class) QD_TEST_ON(QApplication, Class)
