// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/escalation/quietsheet.h"

#include "core/base/time.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/timeinput.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QJsonObject>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>

namespace qd::escalation {

namespace {

constexpr int kInSight = 2; ///< of those to be answered; the others scroll

/// With its day: what was placed may last for days.
QString endText(Instant at)
{
    return widgets::dayMoment(at) + QStringLiteral(" UTC");
}

} // namespace

QuietSheet::QuietSheet(const style::Theme &theme, const QStringList &people, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_people(people)
    , m_list(new QWidget)
    , m_column(new QVBoxLayout(m_list))
    , m_none(new widgets::PlainLabel(theme, style::Type::Body, style::Tone::Secondary, m_list))
{
    m_none->setPlain(tr("None that was made here stands."));
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(theme.step());
    m_none->setMinimumHeight(theme.rowHeight()); // as high as its name beside it
    m_column->addWidget(m_none);
    m_column->addStretch(1);
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(m_list);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setMinimumHeight(1); // what is empty takes one line, not the least of a scrolled list
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(scroll);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void QuietSheet::setQuiet(const QJsonArray &quiet)
{
    // What ended meanwhile is not asked about any more.
    std::erase_if(m_lines, [&](const Line &line) {
        if (std::any_of(quiet.begin(), quiet.end(), [&](const QJsonValue &value) { return value.toObject().value(QLatin1String("id")).toString() == line.id; }))
            return false;
        line.what->parentWidget()->hide();
        line.what->parentWidget()->deleteLater();
        return true;
    });
    for (const QJsonValue &value : quiet) {
        const QJsonObject item = value.toObject();
        const QString id = item.value(QLatin1String("id")).toString();
        if (std::any_of(m_lines.begin(), m_lines.end(), [&](const Line &line) { return line.id == id; }))
            continue;
        const Result<Instant> until = parseInstant(item.value(QLatin1String("until")).toString().toStdString());
        auto *row = new QWidget(m_list);
        auto *both = new QVBoxLayout(row);
        both->setContentsMargins(0, 0, 0, 0);
        both->setSpacing(m_theme.step());
        auto *text = new widgets::PlainLabel(m_theme, style::Type::Body, style::Tone::Text, row);
        const QString reason = item.value(QLatin1String("reason")).toString(), owner = item.value(QLatin1String("owner")).toString();
        // An id of an Alertmanager's is long and says nothing: it is a silence, and there.
        const QString at = item.value(QLatin1String("source")).toString();
        text->setPlain((at.isEmpty() ? id : tr("a silence at %1").arg(at)) + (until && *until ? QStringLiteral(" · ") + tr("until %1").arg(endText(*until)) : QString()) + QStringLiteral(" · ") + owner
                       + (reason.isEmpty() ? QString() : QStringLiteral(" · ") + reason));
        text->setElided(true);
        text->setMinimumHeight(m_theme.rowHeight());
        auto *what = new QComboBox(row);
        what->setAccessibleName(tr("What becomes of %1").arg(id));
        what->addItem(tr("choose…"));
        what->addItem(tr("end now"), QStringLiteral("end"));
        what->addItem(tr("keep as it is"), QStringLiteral("keep"));
        const bool canBeKept = item.value(QLatin1String("kind")).toString() != QLatin1String("schedule"); // a change of a schedule has the end it was made with
        if (canBeKept)
            for (const char *span : {"1h", "4h", "24h"})
                what->addItem(tr("keep for %1").arg(QLatin1String(span)), QLatin1String(span));
        auto *whose = new QComboBox(row);
        whose->setAccessibleName(tr("Who answers for %1").arg(id));
        whose->addItem(tr("owner as it is"));
        for (const QString &person : m_people)
            whose->addItem(person, person);
        whose->setEnabled(false); // what ends needs no owner
        auto *choices = new QHBoxLayout;
        choices->setSpacing(m_theme.step() + 2);
        choices->addWidget(what, 1);
        choices->addWidget(whose, 1);
        both->addWidget(text);
        both->addLayout(choices);
        m_column->insertWidget(m_column->count() - 1, row);
        m_lines.push_back({id, what, whose});
        connect(what, &QComboBox::currentIndexChanged, this, [this, what, whose, canBeKept] {
            whose->setEnabled(canBeKept && what->currentIndex() > 1);
            Q_EMIT changed();
        });
    }
    m_none->setVisible(m_lines.empty());
    updateGeometry();
}

QSize QuietSheet::sizeHint() const
{
    if (m_lines.empty())
        return {m_none->sizeHint().width(), std::max(m_none->sizeHint().height(), m_theme.rowHeight())};
    const int one = m_lines.front().what->parentWidget()->sizeHint().height() + m_theme.step();
    return {40 * m_theme.step(), std::min<int>(static_cast<int>(m_lines.size()), kInSight) * one};
}

bool QuietSheet::isAnswered() const
{
    return std::all_of(m_lines.begin(), m_lines.end(), [](const Line &line) { return line.what->currentIndex() > 0; });
}

QJsonArray QuietSheet::answers() const
{
    QJsonArray out;
    for (const Line &line : m_lines) {
        const QString what = line.what->currentData().toString();
        if (what.isEmpty())
            continue;
        const bool ends = what == QLatin1String("end"), plain = what == QLatin1String("keep");
        QJsonObject one{{QStringLiteral("id"), line.id}, {QStringLiteral("what"), ends ? what : QStringLiteral("keep")}};
        if (!ends && !plain)
            one.insert(QStringLiteral("until"), what);
        if (const QString owner = line.owner->currentData().toString(); !ends && !owner.isEmpty())
            one.insert(QStringLiteral("owner"), owner);
        out.append(one);
    }
    return out;
}

} // namespace qd::escalation
