// SPDX-License-Identifier: GPL-3.0-or-later
// Writes an event of every type there is into a folder, as the body of a record's part: what fuzz.events begins with, beside what
// corpus/events keeps.
#include "core/events/codec.h"
#include "tests/support/invented.h"

#include <cstdio>
#include <filesystem>
#include <fstream>

using namespace qd;

int main(int argc, char **argv)
{
    if (argc != 2)
        return 2;
    std::filesystem::create_directories(argv[1]);
    for (std::size_t index = 0; index < events::AnyEvent::kTypes; ++index) {
        Bytes body;
        std::uint32_t order = 0;
        for (const auto &event : tests::inventedRecord(index, 20'261'129 + index))
            events::encode(event, order++, body);
        tests::Inventor names(index, tests::Numbers::Small);
        std::ofstream file(std::filesystem::path(argv[1]) / std::string(events::typeName(tests::inventedEvent(index, names))), std::ios::binary | std::ios::trunc);
        file.write(reinterpret_cast<const char *>(body.data()), static_cast<std::streamsize>(body.size()));
        if (!file.flush()) {
            std::fprintf(stderr, "%s cannot be written\n", argv[1]);
            return 1;
        }
    }
    return 0;
}
