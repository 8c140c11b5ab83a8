// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/insightssheet.h"

#include "ui/review/insightspanel.h"
#include "ui/widgets/plaintext.h"

#include <QKeyEvent>
#include <QPointer>
#include <QVBoxLayout>
#include <algorithm>

namespace qd::shell {

using style::Tone;
using style::Type;
using widgets::PlainLabel;

InsightsSheet::InsightsSheet(view::ViewSource &source, const style::Theme &theme, QWidget *window)
    : Overlay(theme, window)
    , m_source(source)
    , m_title(new PlainLabel(theme, Type::Heading, Tone::Secondary, this))
    , m_status(new PlainLabel(theme, Type::Body, Tone::Text, this))
    , m_panel(new review::InsightsPanel(theme, this))
{
    setAccessibleName(tr("Insights"));
    const int step = theme.step();
    auto *keys = new PlainLabel(theme, Type::Small, Tone::Faint, this);
    keys->setPlain(tr("D a day · W a week · M thirty days · Escape closes"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(3 * step, 3 * step, 3 * step, 3 * step);
    column->setSpacing(2 * step);
    column->addWidget(m_title);
    column->addWidget(m_status);
    column->addWidget(m_panel, 1);
    column->addWidget(keys);
    m_status->setWordWrap(true);
    setFocusPolicy(Qt::StrongFocus);
}

QString InsightsSheet::status() const
{
    return m_status->plain();
}

void InsightsSheet::open()
{
    ask(QStringLiteral("30d"), tr("INSIGHTS · THE LAST 30 DAYS"));
    appear(*this);
}

void InsightsSheet::ask(const QString &since, const QString &words)
{
    const int asked = ++m_asked;
    m_title->setPlain(words);
    m_status->setPlain(tr("Asking the core…"));
    m_status->show();
    m_panel->hide();
    m_source.command(QStringLiteral("insights"), {{QStringLiteral("since"), since}}, [self = QPointer(this), asked](bool done, const QString &sentence, const QJsonObject &result) {
        if (!self || asked != self->m_asked)
            return;
        self->m_status->setPlain(done ? QString() : sentence);
        self->m_status->setVisible(!done);
        self->m_panel->setVisible(done);
        if (done)
            self->m_panel->show(review::insightsOf(result));
    });
}

void InsightsSheet::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_D: ask(QStringLiteral("24h"), tr("INSIGHTS · THE LAST 24 HOURS")); break;
    case Qt::Key_W: ask(QStringLiteral("7d"), tr("INSIGHTS · THE LAST 7 DAYS")); break;
    case Qt::Key_M: ask(QStringLiteral("30d"), tr("INSIGHTS · THE LAST 30 DAYS")); break;
    default: Overlay::keyPressEvent(event);
    }
}

void InsightsSheet::place()
{
    const QSize room = parentWidget()->size();
    const int step = theme().step();
    const int width = std::min(room.width() - 16 * step, 280 * step), height = std::min(room.height() - 24 * step, 120 * step);
    setGeometry((room.width() - width) / 2, std::max(12 * step, (room.height() - height) / 3), width, height);
}

} // namespace qd::shell
