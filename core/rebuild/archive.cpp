// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rebuild/archive.h"

#include "core/base/safetext.h"

#include <algorithm>
#include <zip.h>

namespace qd::rebuild {

namespace {

/// A name that stays inside: no root, no drive, no way up, no characters that hide.
bool staysInside(std::string_view name)
{
    if (name.empty() || name.front() == '/' || name.find('\\') != std::string_view::npos || name.find(':') != std::string_view::npos)
        return false;
    if (std::any_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }))
        return false;
    for (std::size_t at = 0; at <= name.size();) {
        const std::size_t end = std::min(name.find('/', at), name.size());
        const std::string_view part = name.substr(at, end - at);
        if (part == ".." || part == ".")
            return false;
        at = end + 1;
    }
    return true;
}

std::string quoted(std::string_view name)
{
    return "“" + safeLine(name, 100) + "”";
}

/// Why an entry is not read, or "".
std::string hostile(const zip_stat_t &s, std::string_view name)
{
    if (!staysInside(name))
        return "The archive holds a name that leads out of it: " + quoted(name) + ". It was made to harm; nothing was read.";
    if ((s.valid & ZIP_STAT_ENCRYPTION_METHOD) && s.encryption_method != ZIP_EM_NONE)
        return "The archive is encrypted: " + quoted(name) + ". Take the password off first.";
    if (s.size > kEntryBytes)
        return quoted(name) + " in the archive is larger than " + std::to_string(kEntryBytes >> 20) + " MiB unpacked.";
    if (s.size > kSmallEntry && s.size / std::max<std::uint64_t>(s.comp_size, 1) > kMostRatio)
        return quoted(name) + " in the archive unpacks to more than " + std::to_string(kMostRatio) + " times its size, as no text does: it was made to fill the memory; nothing was read.";
    return {};
}

} // namespace

void Archive::Closer::operator()(zip *archive) const
{
    zip_discard(archive); // it is read only: there is nothing to write
}

Result<Archive> Archive::open(std::string_view bytes)
{
    zip_error_t error;
    zip_error_init(&error);
    const auto said = [&] {
        std::string text = zip_error_strerror(&error);
        zip_error_fini(&error);
        return text;
    };
    zip_source_t *source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    if (!source)
        return fail(Code::Io, "The archive cannot be read.", said());
    Archive out;
    out.m_zip.reset(zip_open_from_source(source, ZIP_RDONLY, &error));
    if (!out.m_zip) {
        zip_source_free(source);
        return fail(Code::Corrupt, "The file is a damaged ZIP archive, or cut short. Fetch it again.", said());
    }
    zip_error_fini(&error);
    const zip_int64_t count = zip_get_num_entries(out.m_zip.get(), 0);
    if (count < 0 || static_cast<std::uint64_t>(count) > kArchiveEntries)
        return fail(Code::TooLarge, "The archive holds more than " + std::to_string(kArchiveEntries) + " files. Export fewer days or channels.");
    for (zip_uint64_t i = 0; i < static_cast<zip_uint64_t>(count); ++i) {
        zip_stat_t s;
        zip_stat_init(&s);
        if (zip_stat_index(out.m_zip.get(), i, 0, &s) != 0 || !(s.valid & ZIP_STAT_NAME) || !(s.valid & ZIP_STAT_SIZE) || !(s.valid & ZIP_STAT_COMP_SIZE))
            return fail(Code::Corrupt, "The file is a damaged ZIP archive. Fetch it again.");
        if (s.comp_size > bytes.size())
            return fail(Code::Corrupt, "The file is a damaged ZIP archive, or cut short. Fetch it again.");
        const std::string name = s.name;
        if (const std::string why = hostile(s, name); !why.empty())
            return fail(Code::Invalid, why);
        if (!name.ends_with('/'))
            out.m_entries.push_back({name, s.size, s.comp_size, i});
    }
    std::sort(out.m_entries.begin(), out.m_entries.end(), [](const Entry &a, const Entry &b) { return a.name < b.name; });
    const auto twice = std::adjacent_find(out.m_entries.begin(), out.m_entries.end(), [](const Entry &a, const Entry &b) { return a.name == b.name; });
    if (twice != out.m_entries.end())
        return fail(Code::Invalid, "The archive holds " + quoted(twice->name) + " twice; which one is meant cannot be told.");
    return out;
}

const Archive::Entry *Archive::find(std::string_view name) const
{
    const auto it = std::lower_bound(m_entries.begin(), m_entries.end(), name, [](const Entry &e, std::string_view n) { return e.name < n; });
    return it != m_entries.end() && it->name == name ? &*it : nullptr;
}

Result<std::string> Archive::read(const Entry &entry)
{
    if (m_read + entry.bytes > kUnpackedBytes)
        return fail(Code::TooLarge, "The archive unpacks to more than " + std::to_string(kUnpackedBytes >> 20) + " MiB. Export fewer days or channels.");
    m_read += entry.bytes;
    const auto damaged = [&](std::string detail) {
        return fail(Code::Corrupt, "The archive is damaged at " + quoted(entry.name) + ": nothing of it is imported. Fetch it again.", std::move(detail));
    };
    zip_file_t *file = zip_fopen_index(m_zip.get(), entry.index, 0);
    if (!file)
        return damaged(zip_strerror(m_zip.get()));
    std::string out(entry.bytes, '\0');
    std::size_t have = 0;
    zip_int64_t n = 0;
    while (have < out.size() && (n = zip_fread(file, out.data() + have, out.size() - have)) > 0)
        have += static_cast<std::size_t>(n);
    char beyond = 0; // the end is where the checksum is looked at
    const zip_int64_t more = n < 0 ? n : zip_fread(file, &beyond, 1);
    const std::string detail = more < 0 ? zip_file_strerror(file) : "";
    zip_fclose(file);
    if (have != out.size() || more != 0)
        return damaged(detail);
    return out;
}

} // namespace qd::rebuild
