// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/factormonths.h"

#include "ui/widgets/plaintext.h"

#include <QDate>
#include <QDateTime>
#include <QHash>
#include <QJsonObject>
#include <QLocale>
#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>

namespace qd::review {

using style::Tone;
using style::Type;

namespace {

QString monthWords(const QString &month)
{
    const QDate day = QDate::fromString(month + QStringLiteral("-01"), Qt::ISODate);
    return day.isValid() ? QLocale().toString(day, QStringLiteral("MMM")) : month;
}

} // namespace

std::vector<Bar> monthsOf(const QJsonArray &trends, const QString &factor, Instant now)
{
    QHash<QString, qint64> counts;
    for (const QJsonValue &each : trends) {
        const QJsonObject item = each.toObject();
        const QString kind = item.value(QLatin1String("kind")).toString();
        if ((kind == QLatin1String("month") || kind == QLatin1String("mitigator-month")) && item.value(QLatin1String("factor")).toString() == factor)
            counts.insert(item.value(QLatin1String("period")).toString(), item.value(QLatin1String("incidents")).toInteger());
    }
    const QDate today = QDateTime::fromMSecsSinceEpoch(now.ns / 1'000'000, Qt::UTC).date();
    const QDate last(today.year(), today.month(), 1);
    std::vector<Bar> out;
    for (int back = kTrendMonths - 1; back >= 0; --back) {
        const QString month = last.addMonths(-back).toString(QStringLiteral("yyyy-MM"));
        out.push_back({month, counts.value(month)});
    }
    return out;
}

class FactorMonths::Columns final : public QWidget {
public:
    Columns(const style::Theme &theme, QWidget *parent)
        : QWidget(parent)
        , m_theme(theme)
    {
        QObject::connect(&theme, &style::Theme::changed, this, [this] { updateGeometry(); });
    }
    void show(const std::vector<Bar> &months)
    {
        m_months = months;
        update();
    }
    [[nodiscard]] QSize sizeHint() const override { return {kTrendMonths * 6 * m_theme.step(), 4 * m_theme.rowHeight()}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {kTrendMonths * m_theme.step(), sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        if (m_months.empty())
            return;
        QPainter painter(this);
        painter.setFont(m_theme.font(Type::Small));
        const QFontMetrics metrics(painter.font());
        qint64 most = 1;
        for (const Bar &month : m_months)
            most = std::max(most, month.count);
        const double column = static_cast<double>(width()) / static_cast<double>(m_months.size());
        const int line = metrics.height(), room = std::max(1, height() - 2 * line);
        for (std::size_t n = 0; n < m_months.size(); ++n) {
            const Bar &month = m_months[n];
            const double left = column * static_cast<double>(n), tall = static_cast<double>(room) * static_cast<double>(month.count) / static_cast<double>(most);
            const QRectF bar(left + column * 0.15, line + room - tall, column * 0.7, tall);
            painter.fillRect(bar, m_theme.color(Tone::Secondary));
            painter.fillRect(QRectF(left, line + room, column, 1), m_theme.color(Tone::Line));
            painter.setPen(m_theme.color(Tone::Text));
            if (month.count > 0)
                painter.drawText(QRectF(left, bar.top() - line, column, line), Qt::AlignCenter, QString::number(month.count));
            painter.setPen(m_theme.color(Tone::Faint));
            // As much of the month as there is room for: "November" has its first letters then.
            const QString name = monthWords(month.name);
            const bool fits = metrics.horizontalAdvance(name) < static_cast<int>(column);
            painter.drawText(QRectF(left, height() - line, column, line), Qt::AlignCenter, fits ? name : name.left(1));
        }
    }

private:
    const style::Theme &m_theme;
    std::vector<Bar> m_months;
};

FactorMonths::FactorMonths(const style::Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_title(new widgets::PlainLabel(theme, Type::Heading, Tone::Secondary, this))
    , m_words(new widgets::PlainLabel(theme, Type::Small, Tone::Secondary, this))
    , m_columns(new Columns(theme, this))
{
    setAccessibleName(tr("The chosen factor across incidents"));
    m_title->setPlain(tr("ACROSS INCIDENTS"));
    m_words->setWordWrap(true);
    const int step = theme.step();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(2 * step, step, 2 * step, step);
    column->setSpacing(step);
    column->addWidget(m_title);
    column->addWidget(m_words);
    column->addWidget(m_columns);
    hide();
}

void FactorMonths::show(const QString &factor, const std::vector<Bar> &months)
{
    qint64 all = 0;
    QStringList words;
    for (const Bar &month : months) {
        all += month.count;
        if (month.count > 0)
            words << QStringLiteral("%1: %2").arg(month.name).arg(month.count);
    }
    m_words->setPlain(all == 0 ? tr("%1: seen in no reviewed incident of the last 12 months.").arg(factor) : tr("%1: seen in %Ln reviewed incident(s) of the last 12 months.", nullptr, static_cast<int>(all)).arg(factor));
    m_columns->setVisible(all > 0);
    m_columns->show(months);
    setAccessibleDescription((QStringList{m_words->plain()} + words).join(QStringLiteral(" ")));
    setVisible(!months.empty());
}

QString FactorMonths::plain() const
{
    return m_title->plain() + QLatin1Char('\n') + m_words->plain();
}

} // namespace qd::review
