// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/textsegment.h"

namespace qd::store {

/// Splits what a query asks for into words just as a TextSegment splits its texts: by the same tokenizer. One thread.
class TextWords final
{
public:
    [[nodiscard]] static Result<std::unique_ptr<TextWords>> make();

    /// One of each list must be among the words of a segment (TextSegment::words) in which anything matches. What cannot be told by whole words
    /// (the beginning of one, what must not be there) is left out; an empty list of lists says nothing.
    [[nodiscard]] Result<std::vector<std::vector<std::string>>> neededBy(const TextQuery &query);

private:
    explicit TextWords(std::unique_ptr<Database> database)
        : m_database(std::move(database))
    {
    }
    [[nodiscard]] Result<std::vector<std::string>> split(std::string_view text);

    std::unique_ptr<Database> m_database;
    Statement m_say, m_words, m_forget;
};

} // namespace qd::store
