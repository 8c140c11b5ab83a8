// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/saidtable.h"

#include "ui/widgets/plaintext.h"
#include "ui/widgets/twintable.h"

#include <QVBoxLayout>

namespace qd::review {

SaidTable::SaidTable(const style::Theme &theme, const QStringList &columns, const QString &name, const QString &empty, QWidget *parent)
    : QWidget(parent)
    , m_empty(empty)
    , m_rows(new RowsModel(theme, columns, this))
    , m_table(new widgets::TwinTable(theme, m_rows, name, this))
    , m_words(new widgets::PlainLabel(theme, style::Type::Body, style::Tone::Text, this))
{
    m_words->setWordWrap(true);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2 * theme.step());
    column->addWidget(m_table, 1);
    column->addWidget(m_words);
    setFocusProxy(m_table);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, &SaidTable::say);
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex &index) {
        if (const TableRow *row = m_rows->row(index.row()))
            Q_EMIT opened(row->id);
    });
    say();
}

void SaidTable::show(std::vector<TableRow> rows, std::function<QString(const QString &id)> words)
{
    const QString was = chosen();
    m_say = std::move(words);
    m_rows->setRows(std::move(rows));
    m_table->keepCurrent(was.isEmpty() ? -1 : m_rows->indexOf(was), 0);
    say();
}

QString SaidTable::chosen() const
{
    const TableRow *row = m_rows->row(m_table->currentIndex().row());
    return row == nullptr ? QString() : row->id;
}

QString SaidTable::words() const
{
    return m_words->plain();
}

void SaidTable::say()
{
    const QString id = chosen();
    m_words->setPlain(id.isEmpty() ? m_empty : m_say ? m_say(id) : QString());
    Q_EMIT chosenChanged();
}

} // namespace qd::review
