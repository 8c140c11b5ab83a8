// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/journal/journalfixture.h"
#include "tests/support/suite.h"

#include <fstream>
#include <sys/stat.h>

using namespace qd;
using namespace qd::tests;

/// Where a home may be made.
class TestNewHome : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aFolderOfOtherThingsIsNotTakenOver()
    {
        MemoryHome home;
        std::filesystem::create_directories(home.path());
        std::ofstream(home.path() / "notes.txt") << "mine";
        QCOMPARE(::chmod(home.path().c_str(), 0755), 0);
        const auto made = home.create();
        QVERIFY(!made);
        QVERIFY2(made.error().message.find("holds other things (notes.txt)") != std::string::npos, made.error().message.c_str());
        struct stat st
        {
        };
        QCOMPARE(::stat(home.path().c_str(), &st), 0);
        QCOMPARE(st.st_mode & 0777U, 0755U);
        const std::filesystem::directory_iterator entries(home.path());
        QCOMPARE(std::distance(begin(entries), end(entries)), 1);
    }

    void anEmptyFolderOrOneWithAWorkspaceIs()
    {
        MemoryHome home;
        std::filesystem::create_directories(home.path() / "workspace");
        QCOMPARE(::chmod(home.path().c_str(), 0755), 0);
        VERIFY_RESULT(home.create());
        struct stat st
        {
        };
        QCOMPARE(::stat(home.path().c_str(), &st), 0);
        QCOMPARE(st.st_mode & 0777U, 0700U);
    }
};

QD_TEST(TestNewHome)
#include "tst_newhome.moc"
