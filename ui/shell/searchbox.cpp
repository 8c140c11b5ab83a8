// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/searchbox.h"

#include "ui/style/theme.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/timetext.h"

#include <QFontMetrics>
#include <QJsonArray>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QPointer>
#include <QStandardItemModel>
#include <QStyledItemDelegate>
#include <QVBoxLayout>
#include <algorithm>
#include <map>

namespace qd::shell {

using style::Tone;
using style::Type;

namespace {

enum Role { KindRole = Qt::UserRole + 1, AtRole, IncidentRole, AlertRole, PiecesRole };

/// One hit a row: kind, age, incident, then the text with what matched in bold.
class HitDelegate final : public QStyledItemDelegate {
public:
    HitDelegate(const style::Theme &theme, widgets::Ticker &ticker, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
        , m_ticker(ticker)
    {
    }

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override { return {100, m_theme.rowHeight()}; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        painter->save();
        if (option.state.testFlag(QStyle::State_Selected)) {
            painter->fillRect(option.rect, m_theme.color(Tone::Selection));
            painter->fillRect(QRect(option.rect.topLeft(), QSize(3, option.rect.height())), m_theme.color(Tone::Focus));
        }
        QRect box = option.rect.adjusted(3 * m_theme.step(), 0, -3 * m_theme.step(), 0);
        const auto column = [&](const QString &text, int steps) {
            painter->setFont(m_theme.font(Type::Small));
            painter->setPen(m_theme.color(Tone::Secondary));
            const int width = steps * m_theme.step();
            painter->drawText(QRect(box.topLeft(), QSize(width, box.height())), Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                              QFontMetrics(painter->font()).elidedText(text, Qt::ElideRight, width - m_theme.step()));
            box.setLeft(box.left() + width);
        };
        column(widgets::shortAge(m_ticker.now() - Instant{index.data(AtRole).toLongLong()}), 12);
        column(index.data(KindRole).toString(), 22);
        column(index.data(IncidentRole).toString(), 18);
        bool matched = false;
        for (const QString &piece : index.data(PiecesRole).toStringList()) {
            painter->setFont(m_theme.font(matched ? Type::Strong : Type::Body));
            painter->setPen(m_theme.color(Tone::Text));
            const QFontMetrics metrics(painter->font());
            if (box.width() > 0)
                painter->drawText(box, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, metrics.elidedText(piece, Qt::ElideRight, box.width()));
            box.setLeft(box.left() + metrics.horizontalAdvance(piece));
            matched = !matched;
        }
        painter->restore();
    }

private:
    const style::Theme &m_theme;
    widgets::Ticker &m_ticker;
};

} // namespace

SearchBox::SearchBox(view::ViewSource &source, const style::Theme &theme, widgets::Ticker &ticker, QWidget *window)
    : QFrame(window)
    , m_source(source)
    , m_theme(theme)
    , m_ticker(ticker)
    , m_field(new QLineEdit(this))
    , m_status(new widgets::PlainLabel(theme, Type::Small, Tone::Secondary, this))
    , m_list(new QListView(this))
    , m_model(new QStandardItemModel(this))
{
    hide();
    setAutoFillBackground(true);
    setAccessibleName(tr("Search"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(2, 2, 2, 2);
    column->setSpacing(0);
    column->addWidget(m_field);
    column->addWidget(m_status);
    column->addWidget(m_list, 1);
    m_field->setFrame(false);
    m_field->setMaxLength(500);
    m_field->setPlaceholderText(tr("Find what was said"));
    m_field->setAccessibleName(tr("Find what was said"));
    m_field->installEventFilter(this);
    m_status->setElided(true);
    m_status->setContentsMargins(3 * m_theme.step(), m_theme.step(), 3 * m_theme.step(), m_theme.step());
    m_list->setFrameShape(NoFrame);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new HitDelegate(theme, ticker, this));
    m_list->setEditTriggers(QListView::NoEditTriggers);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setUniformItemSizes(true);
    m_list->setAccessibleName(tr("Hits"));
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPauseMs);
    connect(&m_pause, &QTimer::timeout, this, &SearchBox::ask);
    connect(m_field, &QLineEdit::textChanged, this, &SearchBox::typed);
    connect(m_list, &QListView::clicked, this, &SearchBox::choose);
    window->installEventFilter(this);
}

QString SearchBox::status() const
{
    return m_status->plain();
}

void SearchBox::open()
{
    if (!isVisible())
        m_before = window()->focusWidget();
    m_field->setFont(m_theme.font(Type::Body));
    m_field->setMinimumHeight(m_theme.barHeight());
    m_field->setTextMargins(3 * m_theme.step(), 0, 3 * m_theme.step(), 0);
    m_field->selectAll(); // the last search stands there, to be gone on with or typed over
    typed();
    place();
    QFrame::show();
    raise();
    m_field->setFocus(Qt::PopupFocusReason);
}

void SearchBox::typed()
{
    ++m_asked; // what is under way is not wanted any more
    if (m_field->text().trimmed().isEmpty()) {
        m_pause.stop();
        m_model->clear();
        tell(tr("words  \"a phrase\"  begin*  -without  incident:INC-7  service:…  kind:decision  by:…  since:2h"));
        return;
    }
    m_pause.start();
}

void SearchBox::ask()
{
    const quint64 number = ++m_asked;
    const QPointer<SearchBox> self(this);
    m_source.command(QStringLiteral("search"), {{QStringLiteral("text"), m_field->text()}, {QStringLiteral("limit"), kHits}},
                     [self, number](bool done, const QString &sentence, const QJsonObject &answer) {
                         if (!self || self->m_asked != number)
                             return;
                         if (done)
                             return self->show(answer);
                         self->m_model->clear();
                         self->tell(sentence);
                     });
}

void SearchBox::show(const QJsonObject &answer)
{
    m_model->clear();
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
        m_model->appendRow(item);
    }
    m_list->setCurrentIndex(m_model->index(0, 0));
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
    m_field->setAccessibleDescription(sentence);
}

void SearchBox::choose()
{
    const QModelIndex index = m_list->currentIndex();
    if (!index.isValid())
        return;
    const QString incident = index.data(IncidentRole).toString(), alert = index.data(AlertRole).toString();
    if (incident.isEmpty() && alert.isEmpty())
        return tell(tr("This belongs to no incident and no alert; it stands in the console's own log."));
    leave();
    Q_EMIT chosen(incident, alert);
}

void SearchBox::leave()
{
    ++m_asked;
    m_pause.stop();
    hide();
    const QPointer<QWidget> before(m_before);
    m_before = nullptr;
    if (before && before->isVisible())
        before->setFocus(Qt::PopupFocusReason);
}

void SearchBox::place()
{
    const QRect window = parentWidget()->rect();
    const int width = std::min(window.width() - 8 * m_theme.step(), 260 * m_theme.step());
    const int height = std::min(window.height() * 2 / 3, 14 * m_theme.rowHeight() + 2 * m_theme.barHeight());
    setGeometry((window.width() - width) / 2, m_theme.barHeight() * 2, width, height);
}

void SearchBox::move(int rows)
{
    const int last = m_model->rowCount() - 1;
    m_list->setCurrentIndex(m_model->index(std::clamp(m_list->currentIndex().row() + rows, 0, std::max(last, 0)), 0));
}

bool SearchBox::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible())
        place();
    if (watched == m_field && event->type() == QEvent::FocusOut && isVisible()) {
        const auto reason = static_cast<QFocusEvent *>(event)->reason();
        if (reason != Qt::ActiveWindowFocusReason && reason != Qt::PopupFocusReason)
            hide();
    }
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        switch (static_cast<QKeyEvent *>(event)->key()) {
        case Qt::Key_Escape: leave(); return true;
        case Qt::Key_Return:
        case Qt::Key_Enter: choose(); return true;
        case Qt::Key_Down: move(1); return true;
        case Qt::Key_Up: move(-1); return true;
        case Qt::Key_PageDown: move(10); return true;
        case Qt::Key_PageUp: move(-10); return true;
        default: break;
        }
    }
    return QFrame::eventFilter(watched, event);
}

void SearchBox::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Tone::Base));
    painter.setPen(m_theme.color(Tone::Outline));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
    painter.setPen(m_theme.color(Tone::Line));
    painter.drawLine(1, m_status->geometry().bottom() + 1, width() - 2, m_status->geometry().bottom() + 1);
}

} // namespace qd::shell
