// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/revealsheet.h"

#include "ui/view/isolate.h"
#include "ui/view/sealed.h"
#include "ui/widgets/keyhints.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/timetext.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QPlainTextEdit>
#include <QPointer>
#include <QVBoxLayout>
#include <algorithm>

namespace qd::shell {

using style::Tone;
using style::Type;

RevealSheet::RevealSheet(view::ViewSource &source, const style::Theme &theme, QWidget *window)
    : Overlay(theme, window)
    , m_source(source)
    , m_text(new QPlainTextEdit(this))
    , m_title(new widgets::PlainLabel(theme, Type::Heading, Tone::Secondary, this))
    , m_words(new widgets::PlainLabel(theme, Type::Body, Tone::Text, this))
{
    setAccessibleName(tr("Sealed words"));
    m_text->setReadOnly(true);
    m_text->setUndoRedoEnabled(false);
    m_text->setTabChangesFocus(true);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setAccessibleName(tr("Sealed words"));
    m_words->setWordWrap(true);
    auto *keys = new widgets::KeyHints(theme, this);
    keys->add(QStringLiteral("Esc"), tr("close and forget"));
    const int step = theme.step();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(4 * step, 3 * step, 4 * step, 3 * step);
    column->setSpacing(2 * step);
    column->addWidget(m_title);
    column->addWidget(m_text, 1);
    column->addWidget(m_words);
    auto *line = new QHBoxLayout;
    line->addWidget(keys);
    column->addLayout(line);
    setFocusProxy(m_text);
}

QString RevealSheet::text() const { return m_text->toPlainText(); }
QString RevealSheet::status() const { return m_words->plain(); }

void RevealSheet::open(const QString &entry)
{
    const view::ViewModelPtr view = m_source.current();
    std::vector<view::TimelineEntry> all, sealed;
    for (const view::TimelineEntry &e : view->timeline)
        if (!view::sealedIn(e.text).isEmpty()) {
            all.push_back(e);
            if (e.id == entry)
                sealed.push_back(e);
        }
    if (sealed.empty())
        sealed = std::move(all);
    m_text->setFont(theme().font(Type::Body));
    m_text->clear();
    m_title->setPlain(view->focus.isEmpty() ? tr("SEALED WORDS") : tr("SEALED WORDS · %1").arg(view->focus));
    appear(*m_text);
    const int asked = ++m_asked;
    if (sealed.empty())
        return m_words->setPlain(tr("Nothing is sealed here."));
    m_words->setPlain(tr("Asking the core, which records the reading first…"));
    QJsonObject arguments{{QStringLiteral("what"), QStringLiteral("timeline")}};
    if (!view->focus.isEmpty())
        arguments.insert(QStringLiteral("incident"), view->focus);
    m_source.command(QStringLiteral("get"), arguments, [self = QPointer(this), asked, sealed = std::move(sealed)](bool done, const QString &sentence, const QJsonObject &result) {
        if (!self || asked != self->m_asked || !self->isVisible())
            return;
        if (done)
            self->show(sealed, result.value(QLatin1String("items")).toArray());
        else
            self->m_words->setPlain(QStringLiteral("✗ ") + sentence);
    });
}

void RevealSheet::show(const std::vector<view::TimelineEntry> &asked, const QJsonArray &items)
{
    QStringList lines;
    int shown = 0;
    std::vector<bool> taken(static_cast<std::size_t>(items.size())); // each is one line's: two may look alike as far as they are not sealed
    for (const view::TimelineEntry &entry : asked) {
        QString words = entry.text;
        for (int n = 0; n < items.size(); ++n) {
            const QJsonObject item = items.at(n).toObject();
            // The same line: its message, its moment, its kind, and what is not sealed of it.
            if (taken[static_cast<std::size_t>(n)] || (!entry.message.isEmpty() && view::plain(item.value(QLatin1String("messageId")).toString()) != view::plain(entry.message)))
                continue;
            if (parseInstant(item.value(QLatin1String("at")).toString().toStdString()).value_or(Instant{}) != entry.at || item.value(QLatin1String("kind")).toString() != entry.kind
                || item.value(QLatin1String("reference")).toString() != view::plain(entry.reference))
                continue;
            const QString text = item.value(QLatin1String("text")).toString();
            const QString known = view::plain(entry.text);
            if (!text.startsWith(known.left(known.indexOf(QLatin1String("[sealed: ")))))
                continue;
            taken[static_cast<std::size_t>(n)] = true;
            words = text;
            break;
        }
        shown += view::sealedIn(words).size() < view::sealedIn(entry.text).size() ? 1 : 0;
        lines << widgets::shownClock(entry.at) + (entry.actor.isEmpty() ? QString() : QStringLiteral(" · ") + entry.actor) + QStringLiteral(" · ") + words;
    }
    m_text->setPlainText(lines.join(QStringLiteral("\n\n")));
    m_words->setPlain(shown == 0 ? tr("You are not cleared for these words, and not named in them: they stay sealed, and nothing was recorded as read.")
                      : shown < static_cast<int>(asked.size()) ? tr("That you read this was recorded before it was shown. What is still sealed is not for you.")
                                                               : tr("That you read this was recorded before it was shown."));
}

void RevealSheet::left()
{
    m_text->clear();
}

void RevealSheet::hideEvent(QHideEvent *event)
{
    ++m_asked;
    m_text->clear();
    Overlay::hideEvent(event);
}

void RevealSheet::place()
{
    const int step = theme().step();
    const QSize room = parentWidget()->size();
    const int width = std::min(room.width() - 16 * step, 220 * step);
    const int height = std::min(room.height() - 24 * step, 90 * step);
    setGeometry((room.width() - width) / 2, std::max(12 * step, (room.height() - height) / 3), width, height);
}

} // namespace qd::shell
