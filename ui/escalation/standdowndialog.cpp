// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/escalation/standdowndialog.h"

#include "ui/escalation/quietsheet.h"
#include "ui/escalation/reasonsheet.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QDateTime>
#include <QJsonArray>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QVBoxLayout>
#include <algorithm>

namespace qd::escalation {

namespace {

constexpr int kFieldLimit = 500;
constexpr int kSheetLines = 8, kFollowUpLines = 4;
constexpr int kLeastLines = 2, kFieldLines = 3, kRoomLines = 2; ///< the least of a list; how many of its lines a field, or another room, takes
constexpr int kAroundText = 4; ///< pixels a text edit keeps around its text
constexpr int kSheetWide = 200; ///< steps of the theme

/// Until the core says it: a SEV1 is reviewed within three days, all else within five on which people work; counted from a day in UTC.
QString reviewDueOf(const view::ViewModel &view)
{
    const auto incident = std::find_if(view.incidents.begin(), view.incidents.end(), [&](const view::IncidentRow &i) { return i.id == view.focus; });
    if (incident != view.incidents.end() && incident->severity == IncidentSeverity::Sev1)
        return QStringLiteral("3d");
    const QDate today = QDateTime::fromMSecsSinceEpoch(view.made.ns / 1'000'000, Qt::UTC).date();
    int days = 0;
    for (int work = 0; work < 5;)
        work += today.addDays(++days).dayOfWeek() < Qt::Saturday ? 1 : 0;
    return QStringLiteral("%1d").arg(days);
}

/// Whole lines, so that the lower edge cuts through none.
int heightOf(const QPlainTextEdit *edit, int lines)
{
    return lines * QFontMetrics(edit->font()).lineSpacing() + kAroundText + 2 * edit->frameWidth();
}

} // namespace

StandDownDialog::StandDownDialog(const style::Theme &theme, const view::ViewModelPtr &view, QWidget *parent)
    : FormDialog(theme, tr("Stand down %1").arg(view->focus), tr("Stand down"), parent)
    , m_incident(view->focus)
    , m_sheet(new QPlainTextEdit(tr("The core is writing it."), this))
    , m_verifiedBy(new QComboBox(this))
    , m_summary(new QLineEdit(this))
    , m_firing(new QLineEdit(this))
    , m_noUpdate(new QLineEdit(this))
    , m_rooms(new QWidget(this))
    , m_roomList(new QVBoxLayout(m_rooms))
    , m_reviewOwner(new QComboBox(this))
    , m_reviewDue(new QLineEdit(this))
    , m_followUps(new QPlainTextEdit(this))
    , m_quiet(new QuietSheet(theme, view->people, this))
    , m_reasons(new ReasonSheet(theme, this))
{
    m_sheet->setReadOnly(true);
    for (QPlainTextEdit *edit : {m_sheet, m_followUps}) {
        edit->setTabChangesFocus(true);
        edit->setMinimumHeight(2 * theme.lineHeight());
    }
    m_sheet->setMaximumHeight(heightOf(m_sheet, kSheetLines));
    m_followUps->setMaximumHeight(heightOf(m_followUps, kFollowUpLines));
    setMinimumWidth(std::min(kSheetWide * theme.step(), parent != nullptr ? std::max(parent->width() - 8 * theme.step(), minimumWidth()) : kSheetWide * theme.step()));
    for (QLineEdit *edit : {m_summary, m_firing, m_noUpdate, m_reviewDue})
        edit->setMaxLength(kFieldLimit);
    m_verifiedBy->addItem(QString());
    m_reviewOwner->addItem(QString());
    m_verifiedBy->addItems(view->people);
    m_reviewOwner->addItems(view->people);
    m_summary->setPlaceholderText(tr("what ended it"));
    m_firing->setPlaceholderText(tr("why what still fires may"));
    m_noUpdate->setPlaceholderText(tr("why nobody who was told of it is told that it is over; or leave with Esc and send the last update"));
    m_roomList->setContentsMargins(0, 0, 0, 0);
    m_roomList->setSpacing(0);
    m_dueSuggested = reviewDueOf(*view);
    m_reviewDue->setText(m_dueSuggested);
    m_followUps->setPlaceholderText(tr("one a line"));
    addField(tr("What is left"), m_sheet);
    addField(tr("Quiet here"), m_quiet);
    addField(tr("Reasons owed"), m_reasons);
    addField(tr("Verified by"), m_verifiedBy);
    addField(tr("Summary"), m_summary);
    addField(tr("Still firing"), m_firing);
    addField(tr("No last update"), m_noUpdate);
    addField(tr("Rooms"), m_rooms);
    addField(tr("Review by"), m_reviewOwner);
    addField(tr("Review due"), m_reviewDue, tr("5d for five days, or a date: 2026-12-01T12:00:00Z."));
    addField(tr("Follow-ups"), m_followUps);
    finish();
    for (QComboBox *box : {m_verifiedBy, m_reviewOwner})
        connect(box, &QComboBox::currentTextChanged, this, &StandDownDialog::check);
    for (QWidget *field : {static_cast<QWidget *>(m_noUpdate), m_rooms}) // until the sheet says that they apply
        setFieldVisible(field, false);
    for (QLineEdit *edit : {m_firing, m_noUpdate, m_reviewDue})
        connect(edit, &QLineEdit::textChanged, this, &StandDownDialog::check);
    connect(m_quiet, &QuietSheet::changed, this, &StandDownDialog::check);
    check();
    m_verifiedBy->setFocus();
}

void StandDownDialog::setSheet(const QJsonObject &sheet)
{
    if (m_known && sheet == m_last)
        return; // a refusal that is read just now stays
    m_known = true;
    m_last = sheet;
    m_fires = !sheet.value(QLatin1String("stillFiring")).toArray().isEmpty();
    m_needsReview = sheet.value(QLatin1String("needsReview")).toBool();
    if (const int days = sheet.value(QLatin1String("reviewDays")).toInt(); days > 0 && m_reviewDue->text() == m_dueSuggested) { // as the core reckons it: by the worst it was
        m_dueSuggested = QStringLiteral("%1d").arg(days);
        m_reviewDue->setText(m_dueSuggested);
    }
    const int scrolled = m_sheet->verticalScrollBar()->value();
    m_sheet->setPlainText(sheet.value(QLatin1String("text")).toString());
    m_sheet->verticalScrollBar()->setValue(scrolled);
    m_firing->setEnabled(m_fires);
    m_owesUpdate = sheet.value(QLatin1String("owesUpdate")).toBool();
    setFieldVisible(m_noUpdate, m_owesUpdate);
    setRooms(sheet.value(QLatin1String("rooms")).toArray(), sheet.value(QLatin1String("archivable")).toArray());
    // The rows that come are taken from the list above them, so that all of it stays on a small screen.
    const int more = (m_owesUpdate ? kFieldLines : 0) + kRoomLines * std::max(0, static_cast<int>(m_leave.size()) - 1);
    m_sheet->setMaximumHeight(heightOf(m_sheet, std::max(kLeastLines, kSheetLines - more)));
    m_quiet->setQuiet(sheet.value(QLatin1String("quiet")).toArray());
    m_reasons->setOwed(sheet.value(QLatin1String("owed")).toArray());
    const bool isUntouched = m_followUps->toPlainText() == m_suggested;
    m_suggested = sheet.value(QLatin1String("followUps")).toString();
    if (isUntouched && m_followUps->toPlainText() != m_suggested)
        m_followUps->setPlainText(m_suggested);
    check();
}

/// Each is kept unless it is said that it is left, or left and archived.
void StandDownDialog::setRooms(const QJsonArray &rooms, const QJsonArray &archivable)
{
    for (const QJsonValue &value : rooms) {
        const QString room = value.toString();
        if (std::any_of(m_leave.begin(), m_leave.end(), [&](const auto &known) { return known.room == room; }))
            continue;
        auto *leave = new QCheckBox(tr("leave %1 after the last words").arg(QString(room).replace(QLatin1Char('&'), QLatin1String("&&"))), m_rooms);
        leave->setAccessibleName(tr("Leave %1").arg(room));
        auto *row = new QHBoxLayout;
        row->addWidget(leave);
        QCheckBox *archive = nullptr;
        if (archivable.contains(room)) {
            archive = new QCheckBox(tr("archive it there before"), m_rooms);
            archive->setAccessibleName(tr("Archive %1").arg(room));
            archive->setEnabled(false);
            connect(leave, &QCheckBox::toggled, archive, [archive](bool isLeft) {
                archive->setEnabled(isLeft);
                if (!isLeft)
                    archive->setChecked(false);
            });
            row->addWidget(archive);
        }
        row->addStretch();
        m_roomList->addLayout(row);
        m_leave.push_back({room, leave, archive});
    }
    setFieldVisible(m_rooms, !m_leave.empty());
}

void StandDownDialog::check()
{
    if (!m_known)
        return setReady(false);
    if (m_verifiedBy->currentText().isEmpty())
        return setReady(false, tr("Who verified that it is over?"));
    if (m_fires && m_firing->text().trimmed().isEmpty())
        return setReady(false, tr("Why may what still fires go on?"));
    if (m_owesUpdate && m_noUpdate->text().trimmed().isEmpty())
        return setReady(false, tr("Updates were sent and none since it calmed: send the last one, or say why there is none."));
    if (!m_quiet->isAnswered())
        return setReady(false, tr("What becomes of what was silenced and held here?"));
    if (m_needsReview && (m_reviewOwner->currentText().isEmpty() || m_reviewDue->text().trimmed().isEmpty()))
        return setReady(false, tr("Who reviews it, and until when?"));
    setReady(true);
}

QJsonObject StandDownDialog::arguments() const
{
    QJsonObject out{{QStringLiteral("incident"), m_incident}, {QStringLiteral("verifiedBy"), m_verifiedBy->currentText()}};
    const auto add = [&](const QString &name, const QString &text) {
        if (!text.trimmed().isEmpty())
            out.insert(name, text.trimmed());
    };
    add(QStringLiteral("summary"), m_summary->text());
    if (m_fires)
        add(QStringLiteral("stillFiring"), m_firing->text());
    if (m_owesUpdate)
        add(QStringLiteral("noUpdate"), m_noUpdate->text());
    QJsonArray left;
    for (const RoomRow &row : m_leave)
        if (row.leave->isChecked())
            left.append(QJsonObject{{QStringLiteral("room"), row.room},
                                    {QStringLiteral("what"), row.archive != nullptr && row.archive->isChecked() ? QStringLiteral("archive") : QStringLiteral("leave")}});
    if (!left.isEmpty())
        out.insert(QStringLiteral("rooms"), left);
    add(QStringLiteral("reviewOwner"), m_reviewOwner->currentText());
    if (!m_reviewOwner->currentText().isEmpty())
        add(QStringLiteral("reviewDue"), m_reviewDue->text());
    add(QStringLiteral("followUps"), m_followUps->toPlainText());
    if (const QJsonArray quiet = m_quiet->answers(); !quiet.isEmpty())
        out.insert(QStringLiteral("quiet"), quiet);
    if (const QJsonArray reasons = m_reasons->answers(); !reasons.isEmpty())
        out.insert(QStringLiteral("reasons"), reasons);
    return out;
}

} // namespace qd::escalation
