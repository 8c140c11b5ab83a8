// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/textwords.h"

#include "core/store/textlayout.h"

#include <algorithm>

namespace qd::store {

Result<std::unique_ptr<TextWords>> TextWords::make()
{
    auto database = Database::inMemory("the search index");
    if (!database)
        return tl::unexpected(database.error());
    std::unique_ptr<TextWords> words(new TextWords(std::move(*database)));
    const std::string tables = "CREATE VIRTUAL TABLE said USING fts5(text, content='', columnsize=0, tokenize=" + std::string(kTokenizer)
        + "); CREATE VIRTUAL TABLE word USING fts5vocab(said, instance);";
    if (const auto made = words->m_database->execute(tables.c_str()); !made)
        return tl::unexpected(made.error());
    for (const auto &[statement, sql] : {std::pair{&words->m_say, "INSERT INTO said(rowid, text) VALUES(1, ?)"},
                                         std::pair{&words->m_words, "SELECT term FROM word ORDER BY \"offset\""},
                                         std::pair{&words->m_forget, "INSERT INTO said(said) VALUES('delete-all')"}}) {
        auto prepared = words->m_database->prepare(sql);
        if (!prepared)
            return tl::unexpected(prepared.error());
        *statement = std::move(*prepared);
    }
    return words;
}

Result<std::vector<std::string>> TextWords::split(std::string_view text)
{
    std::string said(text);
    std::replace(said.begin(), said.end(), '\0', ' '); // as a segment is asked
    if (const auto forgotten = m_forget.run(); !forgotten)
        return tl::unexpected(forgotten.error());
    m_say.bind(1, std::string_view(said));
    if (const auto done = m_say.run(); !done)
        return tl::unexpected(done.error());
    std::vector<std::string> words;
    for (;;) {
        const auto row = m_words.step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return words;
        words.push_back(m_words.text(0));
    }
}

Result<std::vector<std::vector<std::string>>> TextWords::neededBy(const TextQuery &query)
{
    std::vector<std::vector<std::string>> needed;
    for (const auto &any : query.facets) {
        std::vector<std::string> &list = needed.emplace_back();
        for (const std::string &facet : any)
            list.push_back(facetWord(facet));
    }
    for (const TextQuery::Term &term : query.wanted) {
        auto words = split(term.text);
        if (!words)
            return tl::unexpected(words.error());
        if (term.prefix && !words->empty())
            words->pop_back();
        for (std::string &word : *words)
            needed.push_back({std::move(word)});
    }
    return needed;
}

} // namespace qd::store
