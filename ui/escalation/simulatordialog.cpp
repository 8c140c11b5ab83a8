// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/escalation/simulatordialog.h"

#include "ui/escalation/callplanmodel.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/timeinput.h"
#include "ui/widgets/twintable.h"

#include <QClipboard>
#include <QComboBox>
#include <QCompleter>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <algorithm>

namespace qd::escalation {

using style::Tone;
using style::Type;

namespace {

constexpr int kRowsInSight = 8;
constexpr int kWide = 300; ///< steps of the theme
const QString kService = QStringLiteral("service"), kTeam = QStringLiteral("team"), kPolicy = QStringLiteral("policy"), kAlert = QStringLiteral("alert");

} // namespace

SimulatorDialog::SimulatorDialog(const style::Theme &theme, const view::ViewModelPtr &view, const view::AlertRow *alert, Instant now, QWidget *parent)
    : FormDialog(theme, tr("Who is called, and why"), tr("Ask"), parent)
    , m_now(now)
    , m_about(new QComboBox(this))
    , m_severity(new QComboBox(this))
    , m_at(new QLineEdit(this))
    , m_plan(new CallPlanModel(this))
    , m_table(new widgets::TwinTable(theme, m_plan, tr("Calls"), this))
{
    const auto words = [&](const QString &name, int lines) {
        auto *label = new widgets::PlainLabel(theme, Type::Body, Tone::Text, this);
        label->setWordWrap(true);
        label->setAlignment(Qt::AlignLeft | Qt::AlignTop);
        addField(name, label);
        label->setMinimumHeight(lines * QFontMetrics(theme.font(Type::Body)).height());
        return label;
    };
    setMinimumWidth(std::min(kWide * theme.step(), parent != nullptr ? parent->width() - 8 * theme.step() : kWide * theme.step()));
    if (alert != nullptr)
        m_about->addItem(tr("alert: %1").arg(alert->title), QStringList{kAlert, alert->key});
    for (const auto &[kind, names] : {std::pair{kService, view->services}, {kTeam, view->teams}, {kPolicy, view->policies}})
        for (const QString &name : names)
            m_about->addItem(kind == kService ? name : kind == kTeam ? tr("team: %1").arg(name) : tr("policy: %1").arg(name), QStringList{kind, name});
    m_about->setEditable(true);
    m_about->setInsertPolicy(QComboBox::NoInsert);
    m_about->completer()->setFilterMode(Qt::MatchContains);
    m_about->completer()->setCompletionMode(QCompleter::PopupCompletion);
    for (int severity = 1; severity <= 5; ++severity)
        m_severity->addItem(QStringLiteral("SEV%1").arg(severity));
    m_severity->setCurrentIndex(2);
    // What is asked most often is what is looked at.
    for (const view::IncidentRow &incident : view->incidents)
        if (incident.id == view->focus) {
            m_severity->setCurrentIndex(static_cast<int>(incident.severity) - 1);
            if (const int at = m_about->findText(incident.service); alert == nullptr && at >= 0)
                m_about->setCurrentIndex(at);
        }
    m_at->setPlaceholderText(tr("now"));
    m_at->setMaxLength(40);
    addField(tr("For"), m_about);
    addField(tr("Severity"), m_severity);
    addField(tr("When (UTC)"), m_at, tr("Sun 03:10, 2026-11-29 03:10, or 6h for six hours from now. What is to come is told by what is true now, what is past by what was true then."));
    m_sentence = words(tr("In short"), 1);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->horizontalHeader()->setSectionsClickable(false);
    m_table->setColumns({CallPlanModel::Why}, {{CallPlanModel::At, QStringLiteral("Wed 29 Nov 03:10 ")}, {CallPlanModel::Step, QStringLiteral("2, round 2")},
                                               {CallPlanModel::Who, QStringLiteral("Anastasia Long")}, {CallPlanModel::Clock, QStringLiteral("Sun 05:10 America/New_York")}});
    addField(tr("Calls"), m_table);
    m_table->installEventFilter(this);
    m_table->setRowsInSight(kRowsInSight);
    m_row = words(tr("Chosen"), 2);
    finish(tr("Close"));
    connect(m_about, &QComboBox::currentTextChanged, this, &SimulatorDialog::check);
    connect(m_at, &QLineEdit::textChanged, this, &SimulatorDialog::check);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex &now) { m_row->setPlain(m_plan->text(now.row())); });
    check();
    m_about->setFocus();
}

void SimulatorDialog::askFor(const QString &kind, const QString &id)
{
    for (int i = 0; i < m_about->count(); ++i)
        if (m_about->itemData(i).toStringList() == QStringList{kind, id})
            return m_about->setCurrentIndex(i);
    m_about->setEditText(id);
}

bool SimulatorDialog::canAsk() const
{
    return !m_about->currentText().trimmed().isEmpty() && widgets::readAhead(m_at->text(), m_now).has_value();
}

void SimulatorDialog::check()
{
    setReady(canAsk(), m_about->currentText().trimmed().isEmpty() ? tr("Say for what: a service, a team, a policy or a chosen alert.")
                       : canAsk()                                ? QString()
                                                                 : tr("“When” cannot be read; write Sun 03:10, or 6h for six hours from now."));
}

QJsonObject SimulatorDialog::arguments() const
{
    QJsonObject out{{QStringLiteral("severity"), m_severity->currentText()}};
    const QString typed = m_about->currentText().trimmed();
    const int at = m_about->findText(typed, Qt::MatchFixedString); // without regard to case
    const QStringList what = at >= 0 ? m_about->itemData(at).toStringList() : QStringList{kService, typed};
    out.insert(what.front(), what.back());
    if (!m_at->text().trimmed().isEmpty())
        out.insert(QStringLiteral("at"), QString::fromStdString(toRfc3339(widgets::readAhead(m_at->text(), m_now).value_or(m_now))));
    return out;
}

void SimulatorDialog::show(const QJsonObject &answer)
{
    m_plan->setPlan(answer);
    m_sentence->setPlain(planSentence(answer));
    m_table->keepCurrent(0, 0);
    m_row->setPlain(m_plan->text(0));
    setReady(true);
}

void SimulatorDialog::sayInstead(const QString &sentence)
{
    m_plan->clear();
    m_sentence->setPlain({});
    m_row->setPlain({});
    refuse(sentence);
}

QString SimulatorDialog::sentence() const
{
    return m_sentence->plain();
}

bool SimulatorDialog::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_table || event->type() != QEvent::KeyPress || !static_cast<QKeyEvent *>(event)->matches(QKeySequence::Copy))
        return FormDialog::eventFilter(watched, event);
    copy();
    return true;
}

void SimulatorDialog::copy() const
{
    QList<int> rows;
    for (const QModelIndex &index : m_table->selectionModel()->selectedRows())
        rows << index.row();
    std::sort(rows.begin(), rows.end());
    QStringList lines{m_sentence->plain()};
    for (const int row : rows)
        lines << m_plan->text(row);
    QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

} // namespace qd::escalation
