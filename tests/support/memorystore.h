// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/memorykeys.h"
#include "tests/support/memoryrecords.h"
#include "tests/support/memorysections.h"

#include <algorithm>

namespace qd::tests {

/// A home's records and keys in memory. The folder is still used for the lock: give a temporary one. A home is quickest
/// made and opened with Unlock{Unlock::KeyFile, Secret(Bytes(32, 7))}: no passphrase hashing, no file.
[[nodiscard]] inline journal::Ports memoryPorts(std::shared_ptr<MemoryDisk> disk)
{
    journal::Ports ports;
    const auto check = [](bool there, journal::Access access) -> Result<> {
        if (access == journal::Access::Create ? there : !there)
            return there ? fail(Code::Conflict, "There is a home already.") : fail(Code::NotFound, "There is no home.");
        return {};
    };
    ports.records = [disk, check](const std::filesystem::path &,
                                  journal::Access access) -> Result<std::unique_ptr<journal::RecordStore>> {
        if (const auto ok = check(disk->hasLog, access); !ok)
            return tl::unexpected(ok.error());
        return std::make_unique<MemoryRecords>(disk);
    };
    ports.keys = [disk, check](const std::filesystem::path &,
                               journal::Access access) -> Result<std::unique_ptr<journal::KeyStore>> {
        if (const auto ok = check(disk->hasKeys, access); !ok)
            return tl::unexpected(ok.error());
        return std::make_unique<MemoryKeys>(disk);
    };
    ports.sections = [disk](const std::filesystem::path &) -> Result<std::unique_ptr<journal::SectionStore>> {
        return std::make_unique<MemorySections>(disk);
    };
    ports.discard = [disk](const std::filesystem::path &) { disk->hasLog = disk->hasKeys = false; };
    return ports;
}

} // namespace qd::tests
