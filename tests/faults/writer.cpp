// SPDX-License-Identifier: GPL-3.0-or-later
// Writes records into a home until it is killed, or a number of them, and says on stdout which ones are on disk: for each the
// seq (8 bytes, little-endian) and the hash (32). What the disk refuses it keeps, and stores in the end, as the desk does.
//   faults.writer HOME [COUNT]
// Exit: 0 all is on disk, 3 the home could not be opened, 4 something is not on disk; with one sentence on stderr.
#include "tests/faults/faulthome.h"

#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <unistd.h>

using namespace qd;

namespace {

std::mutex mutex;
std::condition_variable changed;
std::uint64_t answered = 0;
bool failed = false;
std::string reason;

void promise(const journal::Committed &record)
{
    std::uint8_t out[40];
    for (int i = 0; i < 8; ++i)
        out[i] = static_cast<std::uint8_t>(record.seq >> (8 * i));
    std::copy(record.hash.begin(), record.hash.end(), out + 8);
    // Smaller than a pipe's atomic write: whole or not at all.
    if (::write(STDOUT_FILENO, out, sizeof out) != sizeof out)
        std::_Exit(5);
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    const std::uint64_t count = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : UINT64_MAX;
    SystemClock clock;
    SystemRandom random;
    auto opened = journal::Journal::open(argv[1], store::sqlitePorts(faults::storeOptions()), faults::key(), clock, random, faults::journalOptions());
    if (!opened) {
        std::fprintf(stderr, "%s\n", opened.error().message.c_str());
        return 3;
    }
    journal::Journal &journal = **opened;
    std::vector<std::shared_ptr<const journal::Committed>> kept;
    const std::uint64_t first = journal.head() + 1;
    const auto append = [&](std::uint64_t seq) {
        journal.append(faults::draftOf(seq), [&](Result<std::shared_ptr<const journal::Committed>> r) {
            if (r && (*r)->recorded)
                promise(**r);
            const std::lock_guard lock(mutex);
            if (r && !(*r)->recorded)
                kept.push_back(*r);
            if (!r) {
                failed = true;
                reason = r.error().message;
            }
            ++answered;
            changed.notify_all();
        });
    };
    std::uint64_t sent = 0;
    for (std::uint64_t seq = first; seq - first < count; ++seq) {
        append(seq);
        ++sent;
        std::unique_lock lock(mutex);
        // Up to eight under way, so that commits hold several; a failure waits for all and goes on from the head.
        changed.wait(lock, [&] { return sent - answered < 8; });
        if (!failed)
            continue;
        changed.wait(lock, [&] { return sent == answered; });
        failed = false;
        lock.unlock();
        journal.keep();
        seq = journal.tail(); // the loop adds one
    }
    {
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return sent == answered; });
        if (failed) {
            failed = false;
            lock.unlock();
            journal.keep();
        }
    }
    int exit = 0;
    while (journal.tail() < first + count - 1 && journal.isKeeping()) { // those that failed last
        const std::uint64_t before = answered;
        append(journal.tail() + 1);
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return answered > before; });
    }
    if (journal.isKeeping()) {
        Result<std::uint64_t> stored;
        for (int tries = 0; tries < 3; ++tries) {
            std::unique_lock lock(mutex);
            bool told = false;
            journal.storeKept([&](Result<std::uint64_t> r) {
                const std::lock_guard inner(mutex);
                stored = std::move(r);
                told = true;
                changed.notify_all();
            });
            changed.wait(lock, [&] { return told; });
            if (stored)
                break;
        }
        if (stored)
            for (const auto &record : kept)
                promise(*record);
        else
            exit = 4;
    }
    if (exit == 4)
        std::fprintf(stderr, "%s\n", reason.c_str());
    journal.close();
    return exit;
}
