// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/picker.h"

#include "ui/shell/fuzzy.h"
#include "ui/widgets/paint.h"

#include <QLineEdit>
#include <QListView>
#include <QStandardItemModel>
#include <algorithm>

namespace qd::shell {

using style::Tone;
using style::Type;

namespace {

constexpr int kTypedLimit = 200;

enum Role { PickRole = Qt::UserRole + 1, HintRole, KeysRole };

class PickDelegate final : public ChoiceDelegate {
public:
    using ChoiceDelegate::ChoiceDelegate;

protected:
    void paintRow(QPainter &painter, QRect box, const QModelIndex &index) const override
    {
        const QString keys = index.data(KeysRole).toString();
        if (!keys.isEmpty()) {
            const QSize size = widgets::keyCapSize(theme(), keys);
            widgets::paintKeyCap(painter, theme(),
                                 QRectF(box.right() - size.width(), box.center().y() - size.height() / 2, size.width(), size.height()), keys);
            box.setRight(box.right() - size.width() - 2 * theme().step());
        }
        const bool enabled = index.flags().testFlag(Qt::ItemIsEnabled);
        const int said = say(painter, box, index.data().toString(), Type::Body, enabled ? Tone::Text : Tone::Faint);
        box.setLeft(box.left() + said + 3 * theme().step());
        say(painter, box, index.data(HintRole).toString(), Type::Small, Tone::Secondary);
    }
};

} // namespace

Picker::Picker(const style::Theme &theme, QWidget *window)
    : Chooser(theme, window, kTypedLimit)
{
    setDelegate(new PickDelegate(theme, this));
    list().setAccessibleName(tr("Choices"));
    connect(&field(), &QLineEdit::textChanged, this, &Picker::narrow);
}

void Picker::open(const QString &prompt, std::vector<Pick> picks, std::function<void(const QString &)> onText)
{
    m_picks = std::move(picks);
    m_onText = std::move(onText);
    field().setPlaceholderText(prompt);
    field().setAccessibleName(prompt);
    setAccessibleName(prompt);
    field().clear();
    narrow({});
    begin();
}

void Picker::place()
{
    const QSize room = parentWidget()->size();
    const int width = std::min(room.width() - 40, std::max(560, room.width() * 2 / 5));
    const int rows = std::clamp(static_cast<int>(m_picks.size()), 1, 12);
    const int height = std::min(room.height() - 80, theme().barHeight() + rows * theme().rowHeight() + 8);
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
    model().clear();
    for (const auto &[score, i] : found) {
        const Pick &pick = m_picks[i];
        auto *item = new QStandardItem(pick.text);
        item->setData(static_cast<qulonglong>(i), PickRole);
        item->setData(pick.hint, HintRole);
        item->setData(pick.keys, KeysRole);
        item->setData(pick.keys.isEmpty() ? pick.text : tr("%1, key %2").arg(pick.text, pick.keys), Qt::AccessibleTextRole);
        item->setEnabled(pick.enabled);
        model().appendRow(item);
    }
    list().setCurrentIndex(model().index(0, 0));
}

void Picker::choose()
{
    const QModelIndex index = list().currentIndex();
    const QString typed = field().text().trimmed();
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

} // namespace qd::shell
