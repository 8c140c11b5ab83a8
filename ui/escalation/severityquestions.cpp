// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/escalation/severityquestions.h"

#include <QComboBox>

namespace qd::escalation {

namespace {

constexpr qsizetype kBusinessShown = 4;

/// Choices with the core's words for them behind, below the unanswered one.
void fillWith(QComboBox *box, const std::initializer_list<std::pair<QString, const char *>> &choices)
{
    for (const auto &[text, word] : choices)
        box->addItem(text, QLatin1String(word));
}

QString answer(const QComboBox *box) { return box->currentData().toString(); }

} // namespace

SeverityQuestions::SeverityQuestions(QWidget *dialog)
    : QObject(dialog)
    , m_hurt(new QComboBox(dialog))
    , m_howMany(new QComboBox(dialog))
    , m_workaround(new QComboBox(dialog))
{
    fillWith(m_hurt, {{tr("not answered"), ""}, {tr("no"), "no"}, {tr("not yet, but soon"), "soon"}, {tr("yes"), "yes"}});
    fillWith(m_howMany, {{tr("not answered"), ""}, {tr("few"), "few"}, {tr("some"), "some"}, {tr("most or all"), "most"}});
    fillWith(m_workaround, {{tr("not answered"), ""}, {tr("no"), "no"}, {tr("yes"), "yes"}});
    for (QComboBox *box : {m_hurt, m_howMany, m_workaround})
        connect(box, &QComboBox::currentIndexChanged, this, &SeverityQuestions::changed);
}

void SeverityQuestions::setExplained(const QJsonObject &item)
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
    m_affected = lines.join(QLatin1Char('\n'));
    Q_EMIT changed();
}

bool SeverityQuestions::isAnswered() const
{
    return !answer(m_hurt).isEmpty() && !answer(m_howMany).isEmpty() && !answer(m_workaround).isEmpty();
}

QString SeverityQuestions::affected() const
{
    return m_affected;
}

QString SeverityQuestions::technical() const
{
    return m_affected.section(QLatin1Char('\n'), -1);
}

QJsonObject SeverityQuestions::suggested() const
{
    if (isAnswered())
        for (const QJsonValue &each : m_suggestions) {
            const QJsonObject s = each.toObject();
            if (s.value(QLatin1String("hurt")).toString() == answer(m_hurt) && s.value(QLatin1String("howMany")).toString() == answer(m_howMany)
                && s.value(QLatin1String("workaround")).toString() == answer(m_workaround))
                return s;
        }
    return {};
}

QString SeverityQuestions::suggestion() const
{
    const QJsonObject s = suggested();
    return s.isEmpty() ? QString() : tr("Suggested: %1 (matrix %2)").arg(s.value(QLatin1String("arithmetic")).toString(), m_matrix);
}

QString SeverityQuestions::severity() const
{
    return suggested().value(QLatin1String("severity")).toString();
}

void SeverityQuestions::insertInto(QJsonObject &arguments) const
{
    if (!isAnswered())
        return;
    arguments.insert(QStringLiteral("hurt"), answer(m_hurt));
    arguments.insert(QStringLiteral("howMany"), answer(m_howMany));
    arguments.insert(QStringLiteral("workaround"), answer(m_workaround));
}

} // namespace qd::escalation
