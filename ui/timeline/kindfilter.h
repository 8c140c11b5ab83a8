// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/viewmodel.h"

#include <QStringList>

namespace qd::timeline {

/// Which kinds of entries are shown. With none chosen all are, but for what the console writes of itself while that is hidden; what is
/// pinned is shown whatever is chosen. Pure.
class KindFilter {
public:
    static constexpr int kMost = 12;
    [[nodiscard]] const QStringList &kinds() const { return m_kinds; }
    [[nodiscard]] bool isEmpty() const { return m_kinds.isEmpty(); }
    void add(const QString &kind);
    void removeAt(qsizetype at);
    void clear() { m_kinds.clear(); }

    void hideSystem(bool hide) { m_hidesSystem = hide; }
    [[nodiscard]] bool hidesSystem() const { return m_hidesSystem; }

    [[nodiscard]] bool shows(const view::TimelineEntry &entry) const { return entry.moment != 0 || showsKind(entry.kind); }
    [[nodiscard]] bool showsKind(const QString &kind) const;
    [[nodiscard]] bool showsAlerts() const; ///< the bars
    /// Entries and bars that are there and not shown.
    [[nodiscard]] int hiddenIn(const view::ViewModel &view) const;

    /// Entries of the console itself that are not shown because nobody chose them.
    [[nodiscard]] int systemHiddenIn(const view::ViewModel &view) const;

    bool operator==(const KindFilter &) const = default;

private:
    QStringList m_kinds; ///< as the core calls them
    bool m_hidesSystem = false;
};

/// What the console writes of itself and no person did: alerts that joined, rooms and their topics, sources, what was suppressed.
[[nodiscard]] bool isSystemKind(const QString &kind);

/// A kind as people read it; one that is not known as the core calls it.
[[nodiscard]] QString kindName(const QString &kind);
/// The kinds there are in a view, what is there most often first.
[[nodiscard]] QStringList kindsIn(const view::ViewModel &view);
/// The kind somebody means: by its name or the core's word for it, or the beginning of one. Empty: none of `known`.
[[nodiscard]] QString kindMeant(const QString &typed, const QStringList &known);

} // namespace qd::timeline
