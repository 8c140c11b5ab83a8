// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/escalation/stacksection.h"

#include "ui/widgets/sectionheader.h"

#include <QSet>
#include <QVBoxLayout>
#include <algorithm>

namespace qd::escalation {

StackSection::StackSection(const style::Theme &theme, const QString &title, StackRow::Lead lead, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_lead(lead)
    , m_header(new widgets::SectionHeader(theme, title, this))
    , m_list(new QVBoxLayout)
{
    setAccessibleName(title);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    m_list->setContentsMargins(0, theme.step(), 0, theme.step());
    m_list->setSpacing(0);
    column->addLayout(m_list);
    connect(&theme, &style::Theme::changed, this, &StackSection::alignLeads);
}

void StackSection::alignLeads()
{
    int widest = 0;
    for (const StackRow *row : m_rows)
        widest = std::max(widest, row->wantedLead());
    for (StackRow *row : m_rows)
        row->setLeadWidth(widest);
}

void StackSection::setRows(const QString &subtitle, const Rows &contents)
{
    m_header->setSubtitle(subtitle);
    QSet<QString> wanted;
    for (const RowContent &c : contents)
        wanted.insert(c.id);
    bool lost = false;
    qsizetype lostAt = 0;
    for (qsizetype i = m_rows.size() - 1; i >= 0; --i) {
        if (wanted.contains(m_rows[i]->content().id))
            continue;
        if (m_rows[i]->hasFocus()) {
            lost = true;
            lostAt = i;
        }
        StackRow *gone = m_rows.takeAt(i);
        m_list->removeWidget(gone);
        gone->hide();
        gone->deleteLater();
    }
    for (qsizetype i = 0; i < static_cast<qsizetype>(contents.size()); ++i) {
        const RowContent &content = contents[static_cast<std::size_t>(i)];
        qsizetype at = -1;
        for (qsizetype k = i; k < m_rows.size() && at < 0; ++k) {
            if (m_rows[k]->content().id == content.id)
                at = k;
        }
        if (at < 0) {
            auto *row = new StackRow(m_theme, m_lead, this);
            row->setContent(content);
            m_rows.insert(i, row);
            m_list->insertWidget(static_cast<int>(i), row);
            Q_EMIT rowMade(row);
            continue;
        }
        if (at != i) { // moving keeps the widget and with it the keyboard
            m_rows.move(at, i);
            m_list->removeWidget(m_rows[i]);
            m_list->insertWidget(static_cast<int>(i), m_rows[i]);
        }
        m_rows[i]->setContent(content);
    }
    alignLeads();
    setVisible(!contents.empty());
    if (lost)
        Q_EMIT focusLost(m_rows.isEmpty() ? nullptr : m_rows[std::min(lostAt, m_rows.size() - 1)]);
}

} // namespace qd::escalation
