// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/searchbox.h"

#include "ui/style/theme.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/timetext.h"

#include <QJsonArray>
#include <QLineEdit>
#include <QListView>
#include <QPointer>
#include <QStandardItemModel>
#include <algorithm>
#include <map>

namespace qd::shell {

using style::Tone;
using style::Type;

namespace {

constexpr int kQueryLimit = 500;

enum HitRole { KindRole = Qt::UserRole + 1, AtRole, IncidentRole, AlertRole, PiecesRole };

/// One hit a row: kind, age, incident, then the text with what matched in bold.
class HitDelegate final : public ChoiceDelegate {
public:
    HitDelegate(const style::Theme &theme, widgets::Ticker &ticker, QObject *parent)
        : ChoiceDelegate(theme, parent)
        , m_ticker(ticker)
    {
    }

protected:
    void paintRow(QPainter &painter, QRect box, const QModelIndex &index) const override
    {
        const int step = theme().step();
        const auto column = [&](const QString &text, int steps) {
            say(painter, QRect(box.topLeft(), QSize((steps - 1) * step, box.height())), text, Type::Small, Tone::Secondary);
            box.setLeft(box.left() + steps * step);
        };
        column(widgets::shortAge(m_ticker.now() - Instant{index.data(AtRole).toLongLong()}), 12);
        column(index.data(KindRole).toString(), 22);
        column(index.data(IncidentRole).toString(), 18);
        bool matched = false;
        for (const QString &piece : index.data(PiecesRole).toStringList()) {
            box.setLeft(box.left() + say(painter, box, piece, matched ? Type::Strong : Type::Body, Tone::Text));
            matched = !matched;
        }
    }

private:
    widgets::Ticker &m_ticker;
};

} // namespace

SearchBox::SearchBox(view::ViewSource &source, const style::Theme &theme, widgets::Ticker &ticker, QWidget *window)
    : Chooser(theme, window, kQueryLimit)
    , m_source(source)
    , m_ticker(ticker)
    , m_status(new widgets::PlainLabel(theme, Type::Small, Tone::Secondary, this))
{
    setHead(m_status);
    setAccessibleName(tr("Search"));
    setDelegate(new HitDelegate(theme, ticker, this));
    field().setPlaceholderText(tr("Find what was said"));
    field().setAccessibleName(tr("Find what was said"));
    m_status->setElided(true);
    m_status->setContentsMargins(3 * theme.step(), theme.step(), 3 * theme.step(), theme.step());
    list().setAccessibleName(tr("Hits"));
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPauseMs);
    connect(&m_pause, &QTimer::timeout, this, &SearchBox::ask);
    connect(&field(), &QLineEdit::textChanged, this, &SearchBox::typed);
}

QString SearchBox::status() const
{
    return m_status->plain();
}

void SearchBox::open()
{
    field().selectAll(); // the last search stands there, to be gone on with or typed over
    typed();
    begin();
}

void SearchBox::typed()
{
    ++m_asked; // what is under way is not wanted any more
    if (field().text().trimmed().isEmpty()) {
        m_pause.stop();
        model().clear();
        tell(tr("words  \"a phrase\"  begin*  -without  incident:INC-7  service:…  kind:decision  by:…  since:2h"));
        return;
    }
    m_pause.start();
}

void SearchBox::ask()
{
    const quint64 number = ++m_asked;
    const QPointer<SearchBox> self(this);
    m_source.command(QStringLiteral("search"), {{QStringLiteral("text"), field().text()}, {QStringLiteral("limit"), kHits}},
                     [self, number](bool done, const QString &sentence, const QJsonObject &answer) {
                         if (!self || self->m_asked != number)
                             return;
                         if (done)
                             return self->show(answer);
                         self->model().clear();
                         self->tell(sentence);
                     });
}

void SearchBox::show(const QJsonObject &answer)
{
    model().clear();
    const QJsonArray items = answer.value(QLatin1String("items")).toArray();
    for (const auto &each : items) {
        const QJsonObject hit = each.toObject();
        const auto text = [&](const char *name) { return hit.value(QLatin1String(name)).toString(); };
        QStringList pieces;
        for (const auto &piece : hit.value(QLatin1String("pieces")).toArray())
            pieces += piece.toString();
        const auto at = parseInstant(text("at").toStdString()).value_or(Instant{});
        auto *item = new QStandardItem(text("excerpt"));
        item->setData(text("kind"), KindRole);
        item->setData(static_cast<qlonglong>(at.ns), AtRole);
        item->setData(text("incident"), IncidentRole);
        item->setData(text("alert"), AlertRole);
        item->setData(pieces, PiecesRole);
        item->setData(tr("%1, %2, %3 ago: %4").arg(text("kind"), text("incident"), widgets::ageText(m_ticker.now() - at), text("excerpt")), Qt::AccessibleTextRole);
        model().appendRow(item);
    }
    list().setCurrentIndex(model().index(0, 0));
    const int total = answer.value(QLatin1String("total")).toInt();
    QString said = answer.value(QLatin1String("more")).toBool() ? tr("More than %Ln hit(s)", nullptr, total) : tr("%Ln hit(s)", nullptr, total);
    if (total == 0)
        said = tr("Nothing was found.");
    else if (total > items.size())
        said += tr(", the newest %1 shown").arg(items.size());
    if (!answer.value(QLatin1String("complete")).toBool())
        said += QStringLiteral(" · ") + tr("indexing, %1 %").arg(answer.value(QLatin1String("percent")).toInt());
    tell(said);
}

void SearchBox::tell(const QString &sentence)
{
    m_status->setPlain(sentence);
    field().setAccessibleDescription(sentence);
}

void SearchBox::choose()
{
    const QModelIndex index = list().currentIndex();
    if (!index.isValid())
        return;
    const QString incident = index.data(IncidentRole).toString(), alert = index.data(AlertRole).toString();
    if (incident.isEmpty() && alert.isEmpty())
        return tell(tr("This belongs to no incident and no alert; it stands in the console's own log."));
    leave();
    Q_EMIT chosen(incident, alert);
}

void SearchBox::left()
{
    ++m_asked;
    m_pause.stop();
}

void SearchBox::place()
{
    const QRect window = parentWidget()->rect();
    const int width = std::min(window.width() - 8 * theme().step(), 260 * theme().step());
    const int height = std::min(window.height() * 2 / 3, 14 * theme().rowHeight() + 2 * theme().barHeight());
    setGeometry((window.width() - width) / 2, theme().barHeight() * 2, width, height);
}

} // namespace qd::shell
