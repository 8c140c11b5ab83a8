// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/kindfilter.h"

#include <QCoreApplication>
#include <QMap>
#include <algorithm>
#include <array>
#include <utility>

namespace qd::timeline {

namespace {

const QString kAlert = QStringLiteral("alert");

// As core/state calls them, and as they are read.
constexpr std::array kNames{
    std::pair{"declared", QT_TRANSLATE_NOOP("qd::timeline::Kind", "declared")},
    std::pair{"role", QT_TRANSLATE_NOOP("qd::timeline::Kind", "role")},
    std::pair{"severity", QT_TRANSLATE_NOOP("qd::timeline::Kind", "severity")},
    std::pair{"status", QT_TRANSLATE_NOOP("qd::timeline::Kind", "status")},
    std::pair{"attached", QT_TRANSLATE_NOOP("qd::timeline::Kind", "attached")},
    std::pair{"log", QT_TRANSLATE_NOOP("qd::timeline::Kind", "log line")},
    std::pair{"task", QT_TRANSLATE_NOOP("qd::timeline::Kind", "task")},
    std::pair{"task-done", QT_TRANSLATE_NOOP("qd::timeline::Kind", "task done")},
    std::pair{"hypothesis", QT_TRANSLATE_NOOP("qd::timeline::Kind", "hypothesis")},
    std::pair{"hypothesis-settled", QT_TRANSLATE_NOOP("qd::timeline::Kind", "hypothesis settled")},
    std::pair{"decision", QT_TRANSLATE_NOOP("qd::timeline::Kind", "decision")},
    std::pair{"promise", QT_TRANSLATE_NOOP("qd::timeline::Kind", "promise")},
    std::pair{"promise-kept", QT_TRANSLATE_NOOP("qd::timeline::Kind", "promise kept")},
    std::pair{"update", QT_TRANSLATE_NOOP("qd::timeline::Kind", "update")},
    std::pair{"message", QT_TRANSLATE_NOOP("qd::timeline::Kind", "message")},
    std::pair{"gap", QT_TRANSLATE_NOOP("qd::timeline::Kind", "gap")},
    std::pair{"room", QT_TRANSLATE_NOOP("qd::timeline::Kind", "room")},
    std::pair{"page", QT_TRANSLATE_NOOP("qd::timeline::Kind", "call")},
    std::pair{"ack", QT_TRANSLATE_NOOP("qd::timeline::Kind", "acknowledged")},
    std::pair{"escalation", QT_TRANSLATE_NOOP("qd::timeline::Kind", "escalation")},
    std::pair{"change", QT_TRANSLATE_NOOP("qd::timeline::Kind", "change")},
    std::pair{"withheld", QT_TRANSLATE_NOOP("qd::timeline::Kind", "withheld")},
    std::pair{"refused", QT_TRANSLATE_NOOP("qd::timeline::Kind", "refused")},
    std::pair{"alert", QT_TRANSLATE_NOOP("qd::timeline::Kind", "alert")},
    std::pair{"source", QT_TRANSLATE_NOOP("qd::timeline::Kind", "source")},
    std::pair{"topic", QT_TRANSLATE_NOOP("qd::timeline::Kind", "topic")},
    std::pair{"erased", QT_TRANSLATE_NOOP("qd::timeline::Kind", "erased")},
    std::pair{"hold", QT_TRANSLATE_NOOP("qd::timeline::Kind", "hold")},
    std::pair{"command", QT_TRANSLATE_NOOP("qd::timeline::Kind", "command")},
    std::pair{"suppression", QT_TRANSLATE_NOOP("qd::timeline::Kind", "suppression")},
    std::pair{"flood", QT_TRANSLATE_NOOP("qd::timeline::Kind", "flood")},
    std::pair{"missed", QT_TRANSLATE_NOOP("qd::timeline::Kind", "missed promise")},
    std::pair{"outward", QT_TRANSLATE_NOOP("qd::timeline::Kind", "message for outside")},
    std::pair{"link", QT_TRANSLATE_NOOP("qd::timeline::Kind", "link")},
    std::pair{"moment", QT_TRANSLATE_NOOP("qd::timeline::Kind", "key moment")},
    std::pair{"poll", QT_TRANSLATE_NOOP("qd::timeline::Kind", "poll")},
    std::pair{"evidence", QT_TRANSLATE_NOOP("qd::timeline::Kind", "evidence")},
    std::pair{"secret", QT_TRANSLATE_NOOP("qd::timeline::Kind", "secret")},
    std::pair{"review", QT_TRANSLATE_NOOP("qd::timeline::Kind", "review")},
};

constexpr std::array kSystem{"attached", "room", "topic", "source", "suppression"};

} // namespace

void KindFilter::add(const QString &kind)
{
    if (!kind.isEmpty() && !m_kinds.contains(kind) && m_kinds.size() < kMost)
        m_kinds << kind;
}

void KindFilter::removeAt(qsizetype at)
{
    if (at >= 0 && at < m_kinds.size())
        m_kinds.removeAt(at);
}

bool KindFilter::showsKind(const QString &kind) const
{
    return isEmpty() ? !m_hidesSystem || !isSystemKind(kind) : m_kinds.contains(kind);
}

int KindFilter::systemHiddenIn(const view::ViewModel &view) const
{
    if (!isEmpty() || !m_hidesSystem)
        return 0;
    return static_cast<int>(std::count_if(view.timeline.begin(), view.timeline.end(), [this](const view::TimelineEntry &e) { return !shows(e); }));
}

bool isSystemKind(const QString &kind)
{
    return std::any_of(kSystem.begin(), kSystem.end(), [&](const char *word) { return kind == QLatin1String(word); });
}

bool KindFilter::showsAlerts() const
{
    return showsKind(kAlert);
}

int KindFilter::hiddenIn(const view::ViewModel &view) const
{
    if (isEmpty())
        return 0;
    const auto entries = std::count_if(view.timeline.begin(), view.timeline.end(), [this](const view::TimelineEntry &e) { return !shows(e); });
    return static_cast<int>(entries) + (showsAlerts() ? 0 : static_cast<int>(view.spans.size()));
}

QString kindName(const QString &kind)
{
    for (const auto &[word, name] : kNames)
        if (kind == QLatin1String(word))
            return QCoreApplication::translate("qd::timeline::Kind", name);
    return kind;
}

QStringList kindsIn(const view::ViewModel &view)
{
    QMap<QString, qsizetype> counted;
    for (const view::TimelineEntry &e : view.timeline)
        ++counted[e.kind];
    if (!view.spans.empty())
        counted[kAlert] += static_cast<qsizetype>(view.spans.size());
    QStringList out = counted.keys();
    std::stable_sort(out.begin(), out.end(), [&](const QString &a, const QString &b) { return counted[a] > counted[b]; });
    return out;
}

QString kindMeant(const QString &typed, const QStringList &known)
{
    const QString words = typed.trimmed();
    if (words.isEmpty())
        return {};
    for (const bool whole : {true, false})
        for (const QString &kind : known)
            for (const QString &name : {kindName(kind), kind})
                if (whole ? name.compare(words, Qt::CaseInsensitive) == 0 : name.startsWith(words, Qt::CaseInsensitive))
                    return kind;
    return {};
}

} // namespace qd::timeline
