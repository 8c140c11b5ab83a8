// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <zip.h>

namespace qd::tests {

/// A ZIP archive of these files, in memory.
inline std::string zipped(const std::vector<std::pair<std::string, std::string>> &files, const char *password = nullptr)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(nullptr, 0, 0, &error);
    zip_source_keep(source);
    zip_t *archive = zip_open_from_source(source, ZIP_TRUNCATE, &error);
    for (const auto &file : files) {
        zip_source_t *content = zip_source_buffer(archive, file.second.data(), file.second.size(), 0);
        const zip_int64_t at = zip_file_add(archive, file.first.c_str(), content, ZIP_FL_ENC_UTF_8);
        if (password && at >= 0)
            zip_file_set_encryption(archive, static_cast<zip_uint64_t>(at), ZIP_EM_TRAD_PKWARE, password);
    }
    zip_close(archive);
    zip_source_open(source);
    zip_stat_t s;
    zip_source_stat(source, &s);
    std::string out(s.size, '\0');
    zip_source_read(source, out.data(), out.size());
    zip_source_close(source);
    zip_source_free(source);
    return out;
}

/// Every place where the archive names `from` names `to`, of the same length.
inline std::string renamed(std::string archive, const std::string &from, const std::string &to)
{
    for (std::size_t at = archive.find(from); at != std::string::npos; at = archive.find(from, at + to.size()))
        archive.replace(at, from.size(), to);
    return archive;
}

} // namespace qd::tests
