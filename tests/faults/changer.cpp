// SPDX-License-Identifier: GPL-3.0-or-later
// Destroys keys in a home, until it is killed or once, and says on stdout what is done (changes.h), as faults.writer does.
//   faults.changer HOME EMERGENCY DRAWN rounds|once|full FIRST
// rounds: from round FIRST on, forever; once: that round alone, with a rotation of the epoch behind it; full: says things until the
// disk is full, gives up the reserve, and keeps four more in the emergency file. DRAWN: where every key drawn is written.
// Exit: 0 all is done, 3 the home could not be opened, 4 something is not done; with one sentence on stderr.
#include "core/journal/slots.h"
#include "tests/faults/changes.h"

#include <cstdio>
#include <cstdlib>
#include <unistd.h>

using namespace qd;

namespace {

constexpr std::size_t kKept = 4, kRoom = 3; ///< pages the full log may still grow

void tell(std::uint64_t seq, const journal::Hash &hash)
{
    std::uint8_t out[40];
    for (int i = 0; i < 8; ++i)
        out[i] = static_cast<std::uint8_t>(seq >> (8 * i));
    std::copy(hash.begin(), hash.end(), out + 8);
    if (::write(STDOUT_FILENO, out, sizeof out) != sizeof out)
        std::_Exit(5);
}

int ended(int code, const Error &why)
{
    std::fprintf(stderr, "%s\n", why.message.c_str());
    return code;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 6)
        return 2;
    const std::filesystem::path home = argv[1];
    const std::string_view mode = argv[4];
    SystemClock clock;
    faults::TellingRandom random(argv[3]);
    auto how = faults::storeOptions();
    if (mode == "full")
        how.maxPages = static_cast<std::uint32_t>(std::filesystem::file_size(home / "journal.db") / 8192 + kRoom);
    const journal::Ports ports = store::sqlitePorts(how);
    for (std::uint64_t round = std::strtoull(argv[5], nullptr, 10);; ++round) {
        auto opened = journal::Journal::open(home, ports, faults::key(), clock, random, faults::changeOptions(argv[2]));
        if (!opened)
            return ended(3, opened.error());
        faults::Changes changes(**opened, tell);
        const auto done = mode == "full" ? changes.fillAndKeep(kKept) : changes.round(round);
        (*opened)->close();
        opened->reset();
        if (!done)
            return ended(4, done.error());
        if (mode == "full")
            return 0;
        if (const auto rotated = journal::rotateEpoch(home, ports, faults::key(), random); !rotated)
            return ended(4, rotated.error());
        tell(faults::wordOf(faults::Word::Rotated, round), {});
        if (mode == "once")
            return 0;
    }
}
