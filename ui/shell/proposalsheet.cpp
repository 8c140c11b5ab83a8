// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/proposalsheet.h"

#include "ui/map/proposalmodel.h"
#include "ui/widgets/keyhints.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/twintable.h"

#include <QAction>
#include <QFontMetrics>
#include <QHeaderView>
#include <algorithm>

namespace qd::shell {

using map::ProposalModel;
using style::Tone;
using style::Type;
using widgets::PlainLabel;

namespace {
constexpr int kRowsAtLeast = 4;
} // namespace

ProposalSheet::ProposalSheet(const style::Theme &theme, QWidget *window)
    : Overlay(theme, window)
    , m_model(new ProposalModel(this))
    , m_table(new widgets::TwinTable(theme, m_model, tr("Proposed dependencies"), this))
    , m_title(new PlainLabel(theme, Type::Heading, Tone::Secondary, this))
    , m_words(new PlainLabel(theme, Type::Body, Tone::Text, this))
    , m_keys(new widgets::KeyHints(theme, this))
{
    setAccessibleName(tr("Proposed dependencies"));
    layOut(*m_title, *m_table, *m_words, *m_keys);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->horizontalHeader()->setSectionsClickable(false);
    m_table->setColumns({ProposalModel::From, ProposalModel::To},
                        {{ProposalModel::Kind, QStringLiteral("async m")}, {ProposalModel::Origin, QStringLiteral("prometheus/production")}, {ProposalModel::Found, QStringLiteral("59 m 59 s")},
                         {ProposalModel::Seen, QStringLiteral("59 m 59 s")}});
    setFocusProxy(m_table);
    add("accept", tr("Accept the proposed dependencies"), Qt::Key_A, QStringLiteral("map.accept"), {});
    add("soft", tr("Accept them as soft ones"), Qt::Key_S, QStringLiteral("map.accept"), QStringLiteral("soft"));
    add("async", tr("Accept them as asynchronous ones"), Qt::Key_Y, QStringLiteral("map.accept"), QStringLiteral("async"));
    add("dismiss", tr("Dismiss the proposed dependencies"), Qt::Key_D, QStringLiteral("map.dismiss"), {});
    m_keys->add(QStringLiteral("A"), tr("accept"));
    m_keys->add(QStringLiteral("S"), tr("as soft"));
    m_keys->add(QStringLiteral("Y"), tr("as async"));
    m_keys->add(QStringLiteral("D"), tr("dismiss"));
    m_keys->add(QStringLiteral("Ctrl+A"), tr("all"));
    m_keys->add(QStringLiteral("Esc"), tr("close"));
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ProposalSheet::say);
    say();
}

void ProposalSheet::add(const char *name, const QString &text, Qt::Key key, const QString &method, const QString &kind)
{
    auto *action = new QAction(text, this);
    action->setObjectName(QLatin1String("proposals.") + QLatin1String(name));
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetShortcut);
    connect(action, &QAction::triggered, this, [this, method, kind] {
        if (!isVisible())
            return open(); // from the palette: first they are chosen
        QList<int> rows;
        for (const QModelIndex &index : m_table->selectionModel()->selectedRows())
            rows << index.row();
        std::sort(rows.begin(), rows.end());
        if (const QJsonArray edges = m_model->edges(rows, kind); !edges.isEmpty())
            Q_EMIT answered(method, edges);
    });
    m_table->addAction(action);
}

QString ProposalSheet::status() const
{
    return m_words->plain();
}

void ProposalSheet::tell(const QString &sentence)
{
    m_words->setPlain(sentence);
    if (isVisible())
        place();
}

void ProposalSheet::open()
{
    Q_EMIT rowsWanted();
    appear(*m_table);
}

void ProposalSheet::show(const QJsonArray &items, Instant now)
{
    const int row = m_table->currentIndex().row();
    m_model->setItems(items, now);
    m_table->keepCurrent(std::max(row, 0), 0);
    // The row one stands on is chosen until others are.
    if (const QModelIndex current = m_table->currentIndex(); current.isValid() && !m_table->selectionModel()->hasSelection())
        m_table->selectionModel()->select(current, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    say();
}

void ProposalSheet::say()
{
    const int count = m_model->rowCount();
    m_title->setPlain(count == 0 ? tr("PROPOSED DEPENDENCIES") : tr("PROPOSED DEPENDENCIES · %Ln to be looked at", nullptr, count));
    if (count == 0)
        tell(tr("Nothing is proposed. A catalog, a file, a Prometheus or the labels of alerts propose: quarterdeckctl map import."));
    else
        tell(tr("%Ln chosen. They change nothing until they are accepted; what is dismissed is not proposed again.", nullptr, static_cast<int>(m_table->selectionModel()->selectedRows().size())));
}

void ProposalSheet::place()
{
    const int step = theme().step();
    const int width = sheetWidth();
    const int words = m_words->heightForWidth(width - 8 * step);
    const int line = QFontMetrics(theme().font(Type::Body)).height();
    const int rows = std::max(m_model->rowCount(), kRowsAtLeast) * theme().rowHeight() + m_table->horizontalHeader()->sizeHint().height() + 2 * step;
    const int wanted = rows + std::max(words, 2 * line) + m_title->sizeHint().height() + m_keys->sizeHint().height() + 14 * step;
    placeSheet(width, wanted);
}

} // namespace qd::shell
