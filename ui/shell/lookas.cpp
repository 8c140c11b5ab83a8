// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/lookas.h"

#include "ui/shell/overlay.h"

#include <QApplication>
#include <QKeyEvent>
#include <QPointer>
#include <algorithm>

namespace qd::shell {

LookAs::LookAs(view::ViewSource &source, Picker &picker, QWidget *window)
    : QObject(window)
    , m_source(source)
    , m_picker(picker)
    , m_window(window)
{
}

void LookAs::ask(const QString &prompt)
{
    std::vector<Pick> picks;
    if (m_looking)
        picks.push_back({tr("As yourself again"), {}, QStringLiteral("Esc"), true, [this] { back(); }});
    for (const view::Labelled &reader : m_source.current()->readers)
        picks.push_back({reader.value, reader.name, {}, true, [this, name = reader.name] { look(name); }});
    if (picks.empty())
        picks.push_back({tr("Nobody is known"), tr("the core has not answered yet"), {}, false, {}});
    m_picker.open(prompt, std::move(picks), [this](const QString &typed) { look(typed.trimmed()); });
}

void LookAs::look(const QString &reader)
{
    if (reader.isEmpty())
        return;
    const auto overlays = m_window->findChildren<Overlay *>();
    for (Overlay *overlay : overlays)
        if (overlay->isVisible())
            overlay->leave();
    m_source.lookAs(reader, [self = QPointer(this), reader](bool done, const QString &sentence, const QJsonObject &) {
        if (!self)
            return;
        if (!done) {
            Q_EMIT self->refused(sentence);
            return self->back();
        }
        if (!std::exchange(self->m_looking, true))
            qApp->installEventFilter(self);
        Q_EMIT self->told(tr("The window is as %1 would read it.").arg(reader));
    });
}

void LookAs::back()
{
    if (std::exchange(m_looking, false)) {
        qApp->removeEventFilter(this);
        Q_EMIT told(tr("The window is as you read it."));
    }
    m_source.lookAs({});
}

bool LookAs::isEscape(QObject *watched, QEvent *event) const
{
    if (event->type() != QEvent::ShortcutOverride && event->type() != QEvent::KeyPress)
        return false;
    const auto *widget = qobject_cast<QWidget *>(watched);
    if (!widget || widget->window() != m_window || static_cast<QKeyEvent *>(event)->key() != Qt::Key_Escape)
        return false;
    // What lies over the window is left first.
    const auto overlays = m_window->findChildren<Overlay *>();
    return std::none_of(overlays.begin(), overlays.end(), [](const Overlay *overlay) { return overlay->isVisible(); });
}

bool LookAs::eventFilter(QObject *watched, QEvent *event)
{
    if (!m_looking || !isEscape(watched, event))
        return QObject::eventFilter(watched, event);
    event->accept(); // the panels' own Escape waits
    if (event->type() == QEvent::KeyPress)
        back();
    return true;
}

} // namespace qd::shell
