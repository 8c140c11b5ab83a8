// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/headnote.h"

#include "core/journal/header.h"
#include "core/journal/home.h"
#include "core/journal/merkle.h"

#include <system_error>

namespace qd::journal {

std::optional<std::string> HeadNote::textIn(const std::filesystem::path &home)
{
    const auto text = readSmallFile(home / kName, kMostBytes);
    if (!text && text.error().code == Code::NotFound)
        return std::nullopt;
    return text ? *text : std::string();
}

std::optional<Note> HeadNote::of(const std::filesystem::path &home, std::string_view origin, const PublicKey &key)
{
    const auto text = textIn(home);
    const auto note = text ? openNote(*text, key) : Result<Note>(fail(Code::NotFound, "There is none."));
    return note && note->origin == origin ? std::optional(*note) : std::nullopt;
}

std::string HeadNote::endsEarly(const Note &note, std::uint64_t last)
{
    return "The journal ends at record " + std::to_string(last) + " but " + kName + " beside it was signed at record " +
           std::to_string(note.size) +
           ": it is truncated, by an older journal.db put back or a lost journal.db-wal; put the newer files back, or, if they "
           "are gone for good, move " +
           kName + " away to go on from record " + std::to_string(last);
}

std::string HeadNote::isAnother(const Note &note)
{
    return "The records up to " + std::to_string(note.size) + " are not those that were signed in " + kName +
           " beside them: another copy of this journal that went its own way was put in its place; put the right one back";
}

Result<std::string> HeadNote::contradiction(const Note &note, RecordReader &records, const LogRow &log, const PublicKey &key)
{
    const auto last = records.last();
    if (!last)
        return tl::unexpected(last.error());
    if (note.size > *last)
        return endsEarly(note, *last);
    const auto before = records.checkpointUpTo(note.size);
    if (!before)
        return tl::unexpected(before.error());
    Sha256 sha;
    Frontier tree;
    if (*before) {
        const auto stored = openNote((*before)->note, key);
        const auto edge = Frontier::decode((*before)->frontier);
        if (!stored || stored->origin != log.origin || stored->size != (*before)->size || !edge ||
            edge->size() != stored->size || edge->root(sha) != stored->root)
            return "The checkpoint at record " + std::to_string((*before)->size) + " is not signed by this log";
        tree = *edge;
    }
    bool whole = true;
    if (tree.size() < note.size) {
        const auto read = records.read(tree.size() + 1, note.size, [&](const Row &row) {
            const auto parsed = parseHeader(row.blob);
            whole = parsed && row.seq == tree.size() + 1;
            if (whole)
                tree.add(sha, leafHash(sha, row.blob.first(parsed->size)));
            return whole;
        });
        if (!read)
            return tl::unexpected(read.error());
    }
    return !whole || tree.size() != note.size || tree.root(sha) != note.root ? isAnother(note) : std::string();
}

Result<> HeadNote::write(std::string_view note) const
{
    return replaceSmallFile(m_home / kName, note);
}

std::string HeadNote::setAside() const
{
    std::error_code ignored;
    const std::filesystem::path aside = m_home / (std::string(kName) + ".unfit");
    std::filesystem::remove(aside, ignored); // of an earlier time; a folder with something in it stays, and this one too
    std::filesystem::rename(m_home / kName, aside, ignored);
    return aside.string();
}

} // namespace qd::journal
