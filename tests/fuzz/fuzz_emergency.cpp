// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz.h"

#include "core/journal/emergency.h"

#include <filesystem>
#include <fstream>
#include <unistd.h>

using namespace qd;

/// The emergency file of a log, with anything in it: read up to what is torn, never more than was written, and the same again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const std::filesystem::path folder = [] {
        const auto path = std::filesystem::temp_directory_path() / ("qd-fuzz-emergency-" + std::to_string(getpid()));
        std::filesystem::create_directories(path);
        return path;
    }();
    static const Uuid log = Uuid::parse("01890a5d-ac96-774b-bcce-b302099a8057").value();
    const std::filesystem::path path = journal::EmergencyFile(folder, log).path();
    {
        std::ofstream file(path, std::ios::binary | std::ios::trunc);
        file.write(reinterpret_cast<const char *>(data), static_cast<std::streamsize>(size));
    }
    journal::EmergencyFile file(folder, log);
    if (const auto contents = file.read()) {
        std::size_t bytes = 0;
        for (const auto &record : contents->records)
            bytes += record.size();
        require(bytes <= size);
        journal::EmergencyFile again(folder, log);
        const auto same = again.read();
        require(same);
        require(same->records == contents->records);
    }
    std::error_code ignored;
    std::filesystem::remove(path, ignored);
    return 0;
}
