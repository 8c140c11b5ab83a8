// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/note.h"
#include "core/journal/ports.h"

#include <optional>

namespace qd::journal {

/// The newest checkpoint in a file of its own beside the log, `<home>/head.note`, so that a journal.db of yesterday put back, or
/// one whose write-ahead log was taken away, is told from the newest one. It proves nothing against whoever puts both back.
/// Journal thread only, but for the static functions.
class HeadNote final
{
public:
    static constexpr const char *kName = "head.note";
    static constexpr std::size_t kMostBytes = 64u << 10; ///< a note is some 200 bytes

    explicit HeadNote(std::filesystem::path home)
        : m_home(std::move(home))
    {
    }

    /// What a home's file says: no value when there is none; "" when there is something that cannot be read as one.
    [[nodiscard]] static std::optional<std::string> textIn(const std::filesystem::path &home);
    /// The same when it is a checkpoint of this log, signed with its key.
    [[nodiscard]] static std::optional<Note> of(const std::filesystem::path &home, std::string_view origin, const PublicKey &key);

    /// Why the log is not the one that was signed, in one sentence without its full stop; empty when it is, or goes on from it.
    /// Reads the records between the last stored checkpoint before the note and the note: usually none. Errors as the reader's.
    [[nodiscard]] static Result<std::string> contradiction(const Note &note, RecordReader &records, const LogRow &log,
                                                           const PublicKey &key);
    [[nodiscard]] static std::string endsEarly(const Note &note, std::uint64_t last);
    [[nodiscard]] static std::string isAnother(const Note &note);

    /// Replaces the file as a whole: another file, synced, renamed. Errors: Unavailable (disk full), Io; the old one stays.
    [[nodiscard]] Result<> write(std::string_view note) const;
    /// Something that is no note of this log is kept under another name, for people. Gives that name.
    [[nodiscard]] std::string setAside() const;

private:
    std::filesystem::path m_home;
};

} // namespace qd::journal
