// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"

#include <QHashFunctions>
#include <QString>
#include <QStringList>
#include <memory>
#include <unordered_map>
#include <vector>

namespace qd::view {

/// Somebody who had to do with an incident, and what stands for them where nobody is named.
struct CastMember {
    struct Held {
        QString role;
        Instant from, until;   ///< until: none while they have it
        bool operator==(const Held &) const = default;
    };
    QStringList names;         ///< whole ones: what the record calls them, and their name
    QStringList parts;         ///< words of a name that are one by themselves
    QString neutral;           ///< "Responder 3", by who came first; the same in every view of the incident
    std::vector<Held> roles;
    bool known = true;         ///< false: nobody can say who that id is any more
    /// The role they had at that moment, else the neutral one.
    [[nodiscard]] QString label(Instant at) const;
    bool operator==(const CastMember &) const = default;
};

/// Everybody who had, in the order in which they first stand in its record; then who else is of the workspace.
struct Cast {
    std::vector<CastMember> members;
    bool operator==(const Cast &) const = default;
};

/// Texts without the people in them: wherever somebody of the cast is called by name, what they were stands instead. Pure; any thread.
class Nameless {
public:
    enum class Whom {
        Everybody, ///< nobody is named
        Unknown    ///< only those of whom nothing but an id is left
    };
    Nameless() = default;
    Nameless(std::shared_ptr<const Cast> cast, Whom whom); ///< cast may be null: then every text stays as it is

    [[nodiscard]] QString text(const QString &said, Instant at) const;
    [[nodiscard]] bool isIdle() const { return m_byFirst.empty(); }

private:
    struct Phrase {
        QString words;
        std::size_t member;
        bool isWhole;          ///< a whole name, else a word that may stand in another
        bool isShared;         ///< of several people: nobody in particular
    };
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(QStringView words) const { return qHash(words); }
    };
    void add(const QString &words, std::size_t member, bool isWhole);
    [[nodiscard]] const Phrase *at(const QString &said, qsizetype from, qsizetype to) const;

    std::shared_ptr<const Cast> m_cast;
    std::unordered_map<QString, std::vector<Phrase>, Hash, std::equal_to<>> m_byFirst; ///< by their first word, the longest first
};

} // namespace qd::view
