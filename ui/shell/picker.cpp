// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/picker.h"

#include "ui/shell/fuzzy.h"
#include "ui/widgets/paint.h"

#include <QFontMetrics>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QPointer>
#include <QStandardItemModel>
#include <QStyledItemDelegate>
#include <QVBoxLayout>
#include <algorithm>

namespace qd::shell {

using style::Tone;
using style::Type;

namespace {

enum Role { PickRole = Qt::UserRole + 1, HintRole, KeysRole };

class PickDelegate final : public QStyledItemDelegate {
public:
    PickDelegate(const style::Theme &theme, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
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
        const QString keys = index.data(KeysRole).toString();
        if (!keys.isEmpty()) {
            const QSize size = widgets::keyCapSize(m_theme, keys);
            widgets::paintKeyCap(*painter, m_theme,
                                 QRectF(box.right() - size.width(), box.center().y() - size.height() / 2, size.width(), size.height()), keys);
            box.setRight(box.right() - size.width() - 2 * m_theme.step());
        }
        const bool enabled = index.flags().testFlag(Qt::ItemIsEnabled);
        painter->setFont(m_theme.font(Type::Body));
        painter->setPen(m_theme.color(enabled ? Tone::Text : Tone::Faint));
        const QFontMetrics metrics(painter->font());
        const QString text = metrics.elidedText(index.data().toString(), Qt::ElideRight, box.width());
        painter->drawText(box, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, text);
        box.setLeft(box.left() + metrics.horizontalAdvance(text) + 3 * m_theme.step());
        painter->setFont(m_theme.font(Type::Small));
        painter->setPen(m_theme.color(Tone::Secondary));
        if (box.width() > 0)
            painter->drawText(box, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                              QFontMetrics(painter->font()).elidedText(index.data(HintRole).toString(), Qt::ElideRight, box.width()));
        painter->restore();
    }

private:
    const style::Theme &m_theme;
};

} // namespace

Picker::Picker(const style::Theme &theme, QWidget *window)
    : QFrame(window)
    , m_theme(theme)
    , m_field(new QLineEdit(this))
    , m_list(new QListView(this))
    , m_model(new QStandardItemModel(this))
{
    hide();
    setAutoFillBackground(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(2, 2, 2, 2);
    column->setSpacing(0);
    column->addWidget(m_field);
    column->addWidget(m_list, 1);
    m_field->setFrame(false);
    m_field->setMaxLength(200);
    m_field->installEventFilter(this);
    m_list->setFrameShape(NoFrame);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new PickDelegate(theme, this));
    m_list->setEditTriggers(QListView::NoEditTriggers);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setUniformItemSizes(true);
    m_list->setAccessibleName(tr("Choices"));
    connect(m_field, &QLineEdit::textChanged, this, &Picker::narrow);
    connect(m_list, &QListView::clicked, this, &Picker::pickCurrent);
    window->installEventFilter(this);
}

void Picker::open(const QString &prompt, std::vector<Pick> picks, std::function<void(const QString &)> onText)
{
    if (!isVisible())
        m_before = window()->focusWidget();
    m_picks = std::move(picks);
    m_onText = std::move(onText);
    m_field->setPlaceholderText(prompt);
    m_field->setAccessibleName(prompt);
    setAccessibleName(prompt);
    m_field->setFont(m_theme.font(Type::Body));
    m_field->setMinimumHeight(m_theme.barHeight());
    m_field->setTextMargins(3 * m_theme.step(), 0, 3 * m_theme.step(), 0);
    m_field->clear();
    narrow({});
    place();
    show();
    raise();
    m_field->setFocus(Qt::PopupFocusReason);
}

void Picker::place()
{
    const QSize room = parentWidget()->size();
    const int width = std::min(room.width() - 40, std::max(560, room.width() * 2 / 5));
    const int rows = std::clamp(static_cast<int>(m_picks.size()), 1, 12);
    const int height = std::min(room.height() - 80, m_theme.barHeight() + rows * m_theme.rowHeight() + 8);
    setGeometry((room.width() - width) / 2, std::max(40, room.height() / 8), width, height);
}

void Picker::narrow(const QString &typed)
{
    std::vector<std::pair<int, std::size_t>> found;
    for (std::size_t i = 0; i < m_picks.size(); ++i) {
        const auto text = fuzzyScore(typed, m_picks[i].text);
        // A panel's action is found by its words in either order: "compose update", "update: compose".
        const auto after = fuzzyScore(typed, m_picks[i].text + QLatin1Char(' ') + m_picks[i].hint);
        const auto before = fuzzyScore(typed, m_picks[i].hint + QStringLiteral(": ") + m_picks[i].text);
        if (text || after || before)
            found.emplace_back(std::max({text.value_or(-1) + 1, after.value_or(-1), before.value_or(-1)}), i);
    }
    std::stable_sort(found.begin(), found.end(), [](const auto &a, const auto &b) { return a.first > b.first; });
    m_model->clear();
    for (const auto &[score, i] : found) {
        const Pick &pick = m_picks[i];
        auto *item = new QStandardItem(pick.text);
        item->setData(static_cast<qulonglong>(i), PickRole);
        item->setData(pick.hint, HintRole);
        item->setData(pick.keys, KeysRole);
        item->setData(pick.keys.isEmpty() ? pick.text : tr("%1, key %2").arg(pick.text, pick.keys), Qt::AccessibleTextRole);
        item->setEnabled(pick.enabled);
        m_model->appendRow(item);
    }
    m_list->setCurrentIndex(m_model->index(0, 0));
}

void Picker::pickCurrent()
{
    const QModelIndex index = m_list->currentIndex();
    const QString typed = m_field->text().trimmed();
    if (!index.isValid()) {
        const auto onText = m_onText;
        leave();
        if (onText && !typed.isEmpty())
            onText(typed);
        return;
    }
    const Pick pick = m_picks.at(static_cast<std::size_t>(index.data(PickRole).toULongLong()));
    if (!pick.enabled)
        return;
    leave();
    if (pick.run)
        pick.run();
}

void Picker::leave()
{
    hide();
    const QPointer<QWidget> before(m_before);
    m_before = nullptr;
    if (before && before->isVisible())
        before->setFocus(Qt::PopupFocusReason);
}

bool Picker::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible())
        place();
    if (watched == m_field && event->type() == QEvent::FocusOut && isVisible()
        && static_cast<QFocusEvent *>(event)->reason() != Qt::ActiveWindowFocusReason
        && static_cast<QFocusEvent *>(event)->reason() != Qt::PopupFocusReason)
        hide();
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const int row = m_list->currentIndex().row();
        const int rows = m_model->rowCount();
        switch (key->key()) {
        case Qt::Key_Escape: leave(); return true;
        case Qt::Key_Return:
        case Qt::Key_Enter: pickCurrent(); return true;
        case Qt::Key_Down: m_list->setCurrentIndex(m_model->index(std::min(row + 1, rows - 1), 0)); return true;
        case Qt::Key_Up: m_list->setCurrentIndex(m_model->index(std::max(row - 1, 0), 0)); return true;
        case Qt::Key_PageDown: m_list->setCurrentIndex(m_model->index(std::min(row + 10, rows - 1), 0)); return true;
        case Qt::Key_PageUp: m_list->setCurrentIndex(m_model->index(std::max(row - 10, 0), 0)); return true;
        default: break;
        }
    }
    return QFrame::eventFilter(watched, event);
}

void Picker::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Tone::Base));
    painter.setPen(m_theme.color(Tone::Outline));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
    painter.setPen(m_theme.color(Tone::Line));
    painter.drawLine(1, m_field->geometry().bottom() + 1, width() - 2, m_field->geometry().bottom() + 1);
}

} // namespace qd::shell
