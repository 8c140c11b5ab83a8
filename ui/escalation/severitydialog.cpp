// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/escalation/severitydialog.h"

#include "ui/widgets/plaintext.h"

#include <QComboBox>
#include <QLineEdit>

namespace qd::escalation {

namespace {

constexpr int kReasonLimit = 500;
constexpr int kSeverities = 5;
constexpr qsizetype kBusinessShown = 4;

/// Choices with the core's words for them behind, below the unanswered one.
void fillWith(QComboBox *box, const std::initializer_list<std::pair<QString, const char *>> &choices)
{
    for (const auto &[text, word] : choices)
        box->addItem(text, QLatin1String(word));
}

QString answer(const QComboBox *box) { return box->currentData().toString(); }

} // namespace

SeverityDialog::SeverityDialog(const style::Theme &theme, const view::ViewModelPtr &view, QWidget *parent)
    : FormDialog(theme, tr("Severity of %1").arg(view->focus), tr("Change"), parent)
    , m_incident(view->focus)
    , m_hurt(new QComboBox(this))
    , m_howMany(new QComboBox(this))
    , m_workaround(new QComboBox(this))
    , m_severity(new QComboBox(this))
    , m_reason(new QLineEdit(this))
{
    for (const view::IncidentRow &incident : view->incidents)
        if (incident.id == view->focus)
            m_now = static_cast<int>(incident.severity);
    fillWith(m_hurt, {{tr("not answered"), ""}, {tr("no"), "no"}, {tr("not yet, but soon"), "soon"}, {tr("yes"), "yes"}});
    fillWith(m_howMany, {{tr("not answered"), ""}, {tr("few"), "few"}, {tr("some"), "some"}, {tr("most or all"), "most"}});
    fillWith(m_workaround, {{tr("not answered"), ""}, {tr("no"), "no"}, {tr("yes"), "yes"}});
    for (int n = 1; n <= kSeverities; ++n)
        m_severity->addItem(QStringLiteral("SEV%1").arg(n));
    m_severity->setCurrentIndex(m_now - 1);
    m_reason->setMaxLength(kReasonLimit);
    m_affected = addNote(tr("The core is looking what it affects."));
    addField(tr("Are customers hurt?"), m_hurt);
    addField(tr("How many?"), m_howMany);
    addField(tr("Is there a workaround?"), m_workaround);
    m_arithmetic = addNote(tr("Answer the three questions, or choose below. In doubt the higher one."));
    addField(tr("Severity"), m_severity);
    addField(tr("Reason"), m_reason);
    finish();
    for (QComboBox *box : {m_hurt, m_howMany, m_workaround})
        connect(box, &QComboBox::currentIndexChanged, this, &SeverityDialog::suggest);
    connect(m_severity, &QComboBox::currentIndexChanged, this, &SeverityDialog::check);
    connect(m_reason, &QLineEdit::textChanged, this, &SeverityDialog::check);
    check();
    m_hurt->setFocus();
}

void SeverityDialog::setExplained(const QJsonObject &item)
{
    m_suggestions = item.value(QLatin1String("suggestions")).toArray();
    m_matrix = item.value(QLatin1String("matrix")).toString();
    const QJsonArray business = item.value(QLatin1String("business")).toArray();
    QStringList lines;
    for (qsizetype n = 0; n < std::min(business.size(), kBusinessShown); ++n)
        lines << business.at(n).toObject().value(QLatin1String("text")).toString();
    if (business.size() > kBusinessShown)
        lines << tr("and %Ln more business service(s)", nullptr, static_cast<int>(business.size() - kBusinessShown));
    if (business.isEmpty())
        lines << tr("No business service is affected; the answers alone decide.");
    const QString technical = item.value(QLatin1String("technical")).toString();
    lines << (technical.isEmpty() ? tr("Technical severity: nothing of it fires.") : tr("Technical severity: %1. It takes no part.").arg(technical));
    m_affected->setPlain(lines.join(QLatin1Char('\n')));
    suggest();
}

bool SeverityDialog::isAnswered() const
{
    return !answer(m_hurt).isEmpty() && !answer(m_howMany).isEmpty() && !answer(m_workaround).isEmpty();
}

void SeverityDialog::suggest()
{
    if (!isAnswered())
        return check();
    for (const QJsonValue &each : m_suggestions) {
        const QJsonObject s = each.toObject();
        if (s.value(QLatin1String("hurt")).toString() != answer(m_hurt) || s.value(QLatin1String("howMany")).toString() != answer(m_howMany)
            || s.value(QLatin1String("workaround")).toString() != answer(m_workaround))
            continue;
        m_arithmetic->setPlain(tr("Suggested: %1 (matrix %2)").arg(s.value(QLatin1String("arithmetic")).toString(), m_matrix));
        m_severity->setCurrentText(s.value(QLatin1String("severity")).toString());
    }
    check();
}

void SeverityDialog::check()
{
    const int chosen = m_severity->currentIndex() + 1;
    if (isAnswered() && m_suggestions.isEmpty())
        return setReady(false, tr("The core is looking what it affects."));
    if (chosen == m_now && !isAnswered())
        return setReady(false, tr("That is its severity now."));
    const bool explained = chosen <= m_now || !m_reason->text().trimmed().isEmpty();
    setReady(explained, explained ? QString() : tr("Say why it is less severe than SEV%1.").arg(m_now));
}

QJsonObject SeverityDialog::arguments() const
{
    QJsonObject out{{QStringLiteral("incident"), m_incident}, {QStringLiteral("severity"), m_severity->currentText()}};
    if (isAnswered()) {
        out.insert(QStringLiteral("hurt"), answer(m_hurt));
        out.insert(QStringLiteral("howMany"), answer(m_howMany));
        out.insert(QStringLiteral("workaround"), answer(m_workaround));
    }
    if (const QString text = m_reason->text().trimmed(); !text.isEmpty())
        out.insert(QStringLiteral("reason"), text);
    return out;
}

} // namespace qd::escalation
