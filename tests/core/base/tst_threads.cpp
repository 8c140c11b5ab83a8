// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/threads.h"

#include "tests/support/suite.h"

#include <QtTest>
#include <array>
#include <cstring>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <thread>
#include <unistd.h>

using namespace qd;

namespace {

/// Of the calling thread: its slice in ns as sched_getattr(2) says it, 0 where the system does not.
std::uint64_t slice()
{
    std::array<std::uint8_t, 48> attributes{};
    if (::syscall(SYS_sched_getattr, 0, attributes.data(), attributes.size(), 0) != 0)
        return 0;
    std::uint64_t runtime = 0;
    std::memcpy(&runtime, &attributes[24], sizeof runtime);
    return runtime;
}

struct Seen {
    std::string name;
    int nice = 0;
    std::uint64_t slice = 0;
};

Seen begun(Pressing pressing)
{
    Seen seen;
    std::thread([&] {
        beginThread("a thread of ours", pressing);
        char name[16] = {};
        ::prctl(PR_GET_NAME, name);
        seen.name = name;
        seen.nice = ::getpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()));
        seen.slice = slice();
    }).join();
    return seen;
}

} // namespace

class TestThreads : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void saysItsNameAndHowMuchItPresses()
    {
        const int ours = ::getpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()));
        const Seen now = begun(Pressing::Now), later = begun(Pressing::Later);
        QCOMPARE(now.name, std::string("a thread of our")); // 15 bytes
        QCOMPARE(now.nice, ours);
        QVERIFY(later.nice >= 10 && later.nice > ours);
        if (now.slice == later.slice)
            QSKIP("this Linux lets no thread choose its slice (6.12 and later do)");
        // What nobody waits for takes its turns as the system gives them.
        QVERIFY2(now.slice >= 100'000 && now.slice < later.slice, std::to_string(now.slice).c_str());
    }
};

QD_TEST(TestThreads)
#include "tst_threads.moc"
