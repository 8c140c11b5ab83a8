// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/comms/draftpanel.h"

#include "ui/comms/redlineview.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/timetext.h"

#include <QVBoxLayout>

namespace qd::comms {

using style::Tone;
using style::Type;

namespace {

constexpr std::size_t kAdviceShown = 4;
constexpr int kDifferenceLines = 8;

QString kindText(AdviceKind kind)
{
    static const char *const words[] = {QT_TRANSLATE_NOOP("qd::comms::DraftPanel", "long sentence"), QT_TRANSLATE_NOOP("qd::comms::DraftPanel", "blame"),
                                        QT_TRANSLATE_NOOP("qd::comms::DraftPanel", "somebody's fault"), QT_TRANSLATE_NOOP("qd::comms::DraftPanel", "what did not happen"),
                                        QT_TRANSLATE_NOOP("qd::comms::DraftPanel", "jargon"), QT_TRANSLATE_NOOP("qd::comms::DraftPanel", "internal name"),
                                        QT_TRANSLATE_NOOP("qd::comms::DraftPanel", "estimate")}; // as AdviceKind has them
    return DraftPanel::tr(words[static_cast<std::size_t>(kind)]);
}

QString joinedNames(const std::vector<std::string> &names)
{
    QStringList out;
    for (const std::string &n : names)
        out << QString::fromStdString(n);
    return out.join(QStringLiteral(", "));
}

QString placeText(const std::string &place)
{
    const Place *known = placeNamed(place);
    return known ? QString::fromUtf8(known->name.data(), static_cast<qsizetype>(known->name.size())) : DraftPanel::tr("template");
}

} // namespace

DraftPanel::DraftPanel(const style::Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_facts(new widgets::PlainLabel(theme, Type::Small, Tone::Secondary, this))
    , m_advice(new widgets::PlainLabel(theme, Type::Small, Tone::Text, this))
    , m_since(new widgets::PlainLabel(theme, Type::Small, Tone::Secondary, this))
    , m_difference(new RedlineView(theme, kDifferenceLines, this))
{
    setAccessibleName(tr("About the draft"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(theme.step());
    for (widgets::PlainLabel *label : {m_facts, m_advice, m_since}) {
        label->setWordWrap(true);
        column->addWidget(label);
    }
    column->addWidget(m_difference);
}

void DraftPanel::show(const Draft &draft, Instant lastAt)
{
    QStringList facts;
    if (!draft.preview.unknown.empty())
        facts << tr("not known yet: %1").arg(joinedNames(draft.preview.unknown));
    facts << tr("%Ln character(s)", nullptr, static_cast<int>(QString::fromStdString(draft.preview.text).size()));
    for (const Length &l : draft.lengths) {
        const QString most = tr("%1 %L2").arg(placeText(l.place)).arg(static_cast<qulonglong>(l.most));
        facts << (l.isOver() ? tr("▲ over %1: %2").arg(most, QString::fromStdString(l.beyond)) : tr("limit %1").arg(most));
    }
    m_facts->setPlain(facts.join(QStringLiteral(" · ")));
    m_advice->setPlain(inLines(draft.advice));
    m_advice->setVisible(!draft.advice.empty());
    const bool isNew = differs(draft.difference);
    m_since->setVisible(static_cast<bool>(lastAt));
    if (lastAt)
        m_since->setPlain(isNew ? tr("New since the last one, %1:").arg(widgets::shownMinutes(lastAt)) : tr("Nothing is new since the last one, %1.").arg(widgets::shownMinutes(lastAt)));
    m_difference->setVisible(lastAt && isNew);
    m_difference->setPieces(draft.difference);
}

QString DraftPanel::inLines(const std::vector<Advice> &advice)
{
    QStringList out;
    for (const Advice &a : advice) {
        if (static_cast<std::size_t>(out.size()) == kAdviceShown) {
            out << tr("and %Ln more", nullptr, static_cast<int>(advice.size() - kAdviceShown));
            break;
        }
        out << tr("◇ %1: “%2” — %3").arg(kindText(a.kind), QString::fromStdString(a.words), QString::fromStdString(a.say));
    }
    return out.join(QLatin1Char('\n'));
}

QString DraftPanel::facts() const { return m_facts->plain(); }
QString DraftPanel::advice() const { return m_advice->plain(); }
QString DraftPanel::difference() const { return m_difference->marked(); }

} // namespace qd::comms
