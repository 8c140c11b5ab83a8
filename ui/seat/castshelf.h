// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rebuild/told.h"
#include "core/state/state.h"
#include "ui/view/cast.h"

#include <QStringList>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace qd::seat {

/// Who had to do with an incident, made again at the price of what is new in its record. View thread only.
class CastShelf {
public:
    /// Whether a word in small letters is one of a language, and no name by itself.
    using IsWord = std::function<bool(const QString &)>;
    CastShelf();                 ///< by the dictionaries that spell reviews, read once they are asked
    explicit CastShelf(IsWord isWord);
    /// Reads what was recorded since the last time; of another incident, or under another workspace, all of it.
    void read(const state::State &state, const state::Incident &incident);
    void forget();
    /// The same pointer as long as nothing of it is another; null before anything was read.
    [[nodiscard]] const std::shared_ptr<const view::Cast> &cast() const { return m_cast; }
    /// Null: nobody of that id had to do with it, nor is of the workspace.
    [[nodiscard]] const view::CastMember *find(const std::string &person) const;
    /// Who stands in a line as its actor; null: nobody, or no person.
    [[nodiscard]] const view::CastMember *actorOf(const state::Entry &line) const;

private:
    void meet(const state::State &state, const state::Entry &line);
    void meet(const std::string &key, const std::string &called, bool known);
    void tellRole(const state::Entry &line);
    void make(const state::State &state, const state::Incident &incident);
    [[nodiscard]] QStringList alsoWritten(const QString &word);

    struct Met {
        std::string key, called; ///< called: as texts call them, where nobody of the workspace says it better
        bool known = true;
    };
    IsWord m_isWord;
    std::unordered_map<std::string, bool> m_isName; ///< of words in small letters that were asked for
    std::string m_of;
    std::shared_ptr<const Workspace> m_workspace;
    std::uint64_t m_changed = 0;
    std::size_t m_read = 0;      ///< lines
    std::vector<Met> m_met;      ///< in the order in which they came …
    std::size_t m_came = 0;      ///< … as far as lines tell it; after them who else there is
    std::unordered_map<std::string, std::size_t> m_places; ///< into m_met and the cast
    rebuild::ToldStanding m_told; ///< the roles imported facts tell of
    std::shared_ptr<const view::Cast> m_cast;
};

/// What says things in files and is nobody.
[[nodiscard]] bool isProgram(const std::string &actor);

/// A role's word in the window's language.
[[nodiscard]] QString roleWords(const std::string &word);

} // namespace qd::seat
