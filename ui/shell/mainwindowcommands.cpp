// SPDX-License-Identifier: GPL-3.0-or-later
// What the window's own actions ask for and send; the panels send their own.
#include "ui/shell/mainwindow.h"

#include "ui/comms/briefing.h"
#include "ui/escalation/leadingdialogs.h"
#include "ui/escalation/linkdialog.h"
#include "ui/escalation/mergedialog.h"
#include "ui/escalation/peopledialogs.h"
#include "ui/escalation/severitydialog.h"
#include "ui/escalation/standdowndialog.h"
#include "ui/shell/armdialog.h"
#include "ui/shell/away.h"
#include "ui/shell/changedialog.h"
#include "ui/shell/commandperspective.h"
#include "ui/shell/declaredialog.h"
#include "ui/shell/heartbeatsheet.h"
#include "ui/shell/instrument.h"
#include "ui/shell/mainwindowask.h"
#include "ui/shell/notifier.h"
#include "ui/shell/picker.h"
#include "ui/shell/proposalsheet.h"
#include "ui/shell/topstrip.h"
#include "ui/triage/heartbeatdialogs.h"
#include "ui/triage/triagepanel.h"
#include "ui/widgets/timetext.h"

#include <QApplication>
#include <QDir>
#include <QJsonArray>
#include <QJsonObject>
#include <QPointer>
#include <QSaveFile>
#include <QStandardPaths>
#include <QThreadPool>
#include <algorithm>

namespace qd::shell {

namespace {
constexpr int kHappenedShown = 40;

/// Reads the stand-down sheet of one incident, and again whenever the log grew while its dialog is open: what is left changes while it is
/// filled in. One question at a time; what happened meanwhile is asked for by the next.
class SheetReader final : public QObject {
public:
    SheetReader(view::ViewSource &source, escalation::StandDownDialog *dialog, QString incident, std::function<void(const QString &)> tell)
        : QObject(dialog)
        , m_source(source)
        , m_dialog(dialog)
        , m_incident(std::move(incident))
        , m_tell(std::move(tell))
    {
        connect(&source, &view::ViewSource::changed, this, [this](const view::ViewModelPtr &view) {
            if (view->seq != m_seq)
                read(view->seq);
        });
        read(source.current()->seq);
    }

private:
    void read(std::uint64_t seq)
    {
        if (m_isAsking)
            return;
        m_isAsking = true;
        m_seq = seq;
        m_source.command(QStringLiteral("get"), {{QStringLiteral("what"), QStringLiteral("standdowns")}, {QStringLiteral("incident"), m_incident}},
                         [self = QPointer<SheetReader>(this)](bool done, const QString &sentence, const QJsonObject &result) {
                             if (self)
                                 self->take(done, sentence, result.value(QLatin1String("items")).toArray());
                         });
    }
    void take(bool done, const QString &sentence, const QJsonArray &items)
    {
        m_isAsking = false;
        if (!done || items.isEmpty())
            return m_tell(sentence);
        m_dialog->setSheet(items.first().toObject());
        if (const std::uint64_t seq = m_source.current()->seq; seq != m_seq)
            read(seq);
    }

    view::ViewSource &m_source;
    escalation::StandDownDialog *m_dialog; ///< which owns this
    QString m_incident;
    std::function<void(const QString &)> m_tell;
    std::uint64_t m_seq = 0;
    bool m_isAsking = false;
};

} // namespace

void MainWindow::send(const QString &method, QJsonObject arguments)
{
    const QPointer<MainWindow> self(this);
    m_source.command(method, arguments, [self](bool done, const QString &sentence, const QJsonObject &) {
        if (self && !done)
            self->m_instrument->tell(sentence, true);
    });
}

bool MainWindow::needsIncident()
{
    if (!m_view->focus.isEmpty())
        return false;
    m_instrument->tell(tr("There is no incident; declare one with Ctrl+Shift+D."), true);
    return true;
}

void MainWindow::takeCommand()
{
    if (needsIncident())
        return;
    const view::RoleRow *commander = m_view->stack.roles.empty() ? nullptr : &m_view->stack.roles.front();
    if (commander == nullptr || commander->person.isEmpty() || commander->you)
        return send(QStringLiteral("incident.take"), {{QStringLiteral("incident"), m_view->focus}});
    auto *dialog = new escalation::ReasonDialog(
        m_theme, tr("Take command of %1").arg(m_view->focus), tr("Take command"),
        tr("%1 has command. Everybody is told, and anybody with a role may object for a minute; at once if the commander has done nothing for long.").arg(commander->person),
        m_view->focus, true, this);
    ask(dialog, [] { return QStringLiteral("incident.take"); }, tr("Everybody is told that you take command."));
}

void MainWindow::handOver()
{
    if (needsIncident())
        return;
    const view::Leading &leading = m_view->stack.leading;
    if (leading.offerToYou) {
        auto *dialog = new escalation::AcceptDialog(m_theme, m_view, this);
        return ask(dialog, [dialog] { return dialog->method(); }, tr("Everybody is told."));
    }
    if (leading.offerFromYou) {
        auto *dialog = new escalation::ReasonDialog(m_theme, tr("Command is offered to %1").arg(leading.offerTo), tr("Withdraw the offer"),
                                                    tr("They have not read back yet; you have command until they do."), m_view->focus, false, this);
        return ask(dialog, [] { return QStringLiteral("incident.decline"); }, tr("The offer is withdrawn."));
    }
    auto *dialog = new escalation::HandoverDialog(m_theme, m_view, this);
    ask(dialog, [] { return QStringLiteral("incident.handover"); }, tr("Command is offered; it moves when they have read back."));
    fetch(QStringLiteral("briefs"), [dialog = QPointer<escalation::HandoverDialog>(dialog)](const QJsonObject &item) {
        if (dialog)
            dialog->setBrief(item.value(QLatin1String("text")).toString());
    });
}

void MainWindow::objectToTaking()
{
    if (needsIncident())
        return;
    const view::Leading &leading = m_view->stack.leading;
    if (leading.claimant.isEmpty())
        return m_instrument->tell(tr("Nobody is taking command."), true);
    auto *dialog = leading.claimIsYours
        ? new escalation::ReasonDialog(m_theme, tr("You are taking command"), tr("Do not take it"), tr("Everybody is told that you do not take command after all."), m_view->focus,
                                       false, this)
        : new escalation::ReasonDialog(m_theme, tr("%1 takes command").arg(leading.claimant), tr("Object"),
                                       leading.claimReason.isEmpty() ? tr("Command stays where it is.") : tr("Because: %1").arg(leading.claimReason), m_view->focus, false, this);
    ask(dialog, [] { return QStringLiteral("incident.object"); }, tr("Everybody is told."));
}

void MainWindow::standDown()
{
    if (needsIncident())
        return;
    auto *dialog = new escalation::StandDownDialog(m_theme, m_view, this);
    ask(dialog, [] { return QStringLiteral("incident.standdown"); }, tr("Stood down: %1 is resolved.").arg(m_view->focus));
    new SheetReader(m_source, dialog, m_view->focus, [this, incident = m_view->focus](const QString &sentence) {
        m_instrument->tell(sentence.isEmpty() ? tr("The core has nothing to say about %1.").arg(incident) : sentence, true);
    });
}

void MainWindow::mergeIncidents()
{
    if (!escalation::MergeDialog::isPossible(*m_view))
        return m_instrument->tell(tr("There are no two open incidents to merge."), true);
    ask(new escalation::MergeDialog(m_theme, m_view, this), [] { return QStringLiteral("incident.merge"); }, tr("Merged; both rooms are told."));
}

void MainWindow::whyCalled()
{
    const std::vector<view::AlertRow> chosen = m_command->triage().chosen();
    const QString key = chosen.empty() ? m_view->focus : chosen.front().key;
    if (key.isEmpty())
        return m_instrument->tell(tr("Choose an alert or an incident first."), true);
    if (m_view->strip.person.isEmpty())
        return m_instrument->tell(tr("This seat speaks for nobody of the workspace."), true);
    m_source.command(QStringLiteral("why"), {{QStringLiteral("key"), key}, {QStringLiteral("person"), m_view->strip.person}},
                     [self = QPointer<MainWindow>(this)](bool done, const QString &sentence, const QJsonObject &result) {
                         if (!self)
                             return;
                         if (!done)
                             return self->m_instrument->tell(sentence, true);
                         std::vector<Pick> picks;
                         for (const QJsonValue &line : result.value(QLatin1String("because")).toArray()) {
                             const QJsonObject reason = line.toObject();
                             picks.push_back({reason.value(QLatin1String("text")).toString(), reason.value(QLatin1String("at")).toString().section(QLatin1Char('.'), 0, 0), {}, true, {}});
                         }
                         self->m_picker->open(result.value(QLatin1String("title")).toString(), std::move(picks));
                     });
}

void MainWindow::fetch(const QString &what, std::function<void(const QJsonObject &)> then)
{
    m_source.command(QStringLiteral("get"), {{QStringLiteral("what"), what}, {QStringLiteral("incident"), m_view->focus}},
                     [self = QPointer<MainWindow>(this), then = std::move(then)](bool done, const QString &sentence, const QJsonObject &result) {
                         const QJsonArray items = result.value(QLatin1String("items")).toArray();
                         if (done && !items.isEmpty())
                             then(items.first().toObject());
                         else if (self)
                             self->m_instrument->tell(done ? tr("The core has nothing to say about %1.").arg(self->m_view->focus) : sentence, true);
                     });
}

void MainWindow::changeSeverity()
{
    if (needsIncident())
        return;
    auto *dialog = new escalation::SeverityDialog(m_theme, m_view, this);
    ask(dialog, [] { return QStringLiteral("incident.severity"); }, tr("The severity is changed."));
    fetch(QStringLiteral("severities"), [dialog = QPointer<escalation::SeverityDialog>(dialog)](const QJsonObject &item) {
        if (dialog)
            dialog->setExplained(item);
    });
}

void MainWindow::changeStatus()
{
    if (needsIncident())
        return;
    const auto row = std::find_if(m_view->incidents.begin(), m_view->incidents.end(), [this](const view::IncidentRow &i) { return i.id == m_view->focus; });
    const bool isOver = row != m_view->incidents.end() && row->status > IncidentStatus::Mitigated;
    std::vector<Pick> picks;
    const std::vector<std::pair<QString, QString>> words{{QStringLiteral("active"), tr("it hurts")}, {QStringLiteral("mitigated"), tr("it no longer hurts, the cause remains")},
                                                         {QStringLiteral("resolved"), tr("over")}, {QStringLiteral("closed"), tr("nothing left to do")},
                                                         {QStringLiteral("cancelled"), tr("it was no incident")}};
    for (const auto &[word, meaning] : words) {
        if (isOver && row->rebuilt && word != QLatin1String("closed")) // it was run elsewhere: nobody goes on with it here
            continue;
        picks.push_back({word, meaning, {}, true, [this, word = word, meaning = meaning] {
                             QJsonObject arguments{{QStringLiteral("incident"), m_view->focus}, {QStringLiteral("status"), word}};
                             if (word == QLatin1String("cancelled")) // is never without a reason
                                 arguments.insert(QStringLiteral("reason"), meaning);
                             send(QStringLiteral("incident.status"), arguments);
                         }});
    }
    // What is over and back may be an incident of its own.
    if (isOver)
        picks.push_back({QStringLiteral("again"), tr("it is back: declare a new incident that is linked to it"), {}, true, [this] {
                             send(QStringLiteral("incident.again"), {{QStringLiteral("incident"), m_view->focus}});
                         }});
    m_picker->open(asked(tr("New status of %1").arg(m_view->focus)), std::move(picks));
}

void MainWindow::declareIncident()
{
    const std::vector<view::AlertRow> chosen = m_command->triage().chosen();
    auto *dialog = new DeclareDialog(m_theme, Declaration::from(chosen), m_view, m_ticker.now(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    const auto reckon = [this, dialog = QPointer<DeclareDialog>(dialog)] {
        m_source.command(QStringLiteral("incident.reckon"), dialog->reckoning(), [dialog](bool done, const QString &, const QJsonObject &result) {
            if (done && dialog)
                dialog->setReckoned(result);
        });
    };
    connect(dialog, &DeclareDialog::reckoningWanted, this, reckon);
    connect(dialog, &DeclareDialog::declared, this, [this, dialog = QPointer<DeclareDialog>(dialog)](const QJsonObject &arguments) {
        const QPointer<MainWindow> self(this);
        const bool takes = dialog && dialog->takesCommand();
        m_source.command(QStringLiteral("incident.declare"), arguments, [self, dialog, takes](bool done, const QString &sentence, const QJsonObject &result) {
            if (done && dialog)
                dialog->accept();
            else if (dialog)
                dialog->refuse(sentence);
            const QString id = result.value(QLatin1String("id")).toString();
            if (!self || !done || id.isEmpty())
                return;
            self->m_source.focus(id);
            if (takes)
                self->send(QStringLiteral("incident.take"), {{QStringLiteral("incident"), id}});
        });
    });
    dialog->open();
    markDialogs();
    reckon();
}

void MainWindow::armConnection()
{
    if (ArmDialog::armable(*m_view).empty()) {
        m_instrument->tell(tr("No connection here can write anything; there is nothing to arm."), true);
        return;
    }
    auto *dialog = new ArmDialog(m_theme, m_view, this);
    ask(dialog, [dialog] { return dialog->method(); }, tr("What the connection may write is changed."));
}

void MainWindow::markChange()
{
    const std::vector<view::AlertRow> chosen = m_command->triage().chosen();
    auto *dialog = new ChangeDialog(m_theme, chosen.empty() ? QString() : chosen.front().service, m_view, m_ticker.now(), this);
    ask(dialog, [] { return QStringLiteral("change.mark"); }, tr("The change is marked."));
}

void MainWindow::pinLink()
{
    if (needsIncident())
        return;
    ask(new escalation::LinkDialog(m_theme, *m_view, this), [] { return QStringLiteral("incident.pin"); }, tr("The link is pinned; it stands in the command stack."));
}

void MainWindow::watchHeartbeats()
{
    connect(m_heartbeats, &HeartbeatSheet::muteRequested, this, [this](const view::HeartbeatRow &row) {
        auto *dialog = new triage::MuteDialog(m_theme, row, this);
        ask(dialog, [] { return QStringLiteral("heartbeat.mute"); }, tr("“%1” is muted; it is watched on.").arg(row.name));
    });
    connect(m_heartbeats, &HeartbeatSheet::unmuteRequested, this, [this](const QString &id) { send(QStringLiteral("heartbeat.unmute"), {{QStringLiteral("heartbeat"), id}}); });
    connect(m_heartbeats, &HeartbeatSheet::dryRunRequested, this, [this](const view::HeartbeatRow &row) {
        auto *dialog = new triage::DryRunDialog(m_theme, row, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &widgets::FormDialog::submitted, this, [this, dialog = QPointer<triage::DryRunDialog>(dialog)] {
            m_source.command(QStringLiteral("heartbeat.dryrun"), dialog->arguments(), [dialog](bool done, const QString &sentence, const QJsonObject &result) {
                if (dialog) // it stays open: one looks at several numbers in turn
                    dialog->refuse(done ? result.value(QLatin1String("sentence")).toString() : sentence);
            });
        });
        dialog->open();
    });
}

void MainWindow::writeBriefing()
{
    if (needsIncident())
        return;
    const auto you = std::find_if(m_view->stack.roles.begin(), m_view->stack.roles.end(), [](const view::RoleRow &r) { return r.you; });
    const Instant now = m_ticker.now() ? m_ticker.now() : m_view->made;
    writePdf(comms::briefingOf(*m_view, now, you == m_view->stack.roles.end() ? QStringLiteral("Quarterdeck") : you->person), now);
}

void MainWindow::writeActivityLog()
{
    if (needsIncident())
        return;
    const Instant now = m_ticker.now() ? m_ticker.now() : m_view->made;
    m_source.command(QStringLiteral("get"), {{QStringLiteral("what"), QStringLiteral("unitlogs")}, {QStringLiteral("incident"), m_view->focus}},
                     [self = QPointer<MainWindow>(this), now](bool done, const QString &sentence, const QJsonObject &result) {
                         if (!self)
                             return;
                         if (!done)
                             return self->m_instrument->tell(sentence, true);
                         for (const QJsonValue &item : result.value(QLatin1String("items")).toArray())
                             if (item.toObject().value(QLatin1String("person")).toString().isEmpty()) { // everybody's
                                 comms::Briefing log = comms::activityLogOf(item.toObject());
                                 log.clearance = self->m_view->paper;
                                 return self->writePdf(std::move(log), now);
                             }
                     });
}

void MainWindow::writePdf(comms::Briefing briefing, Instant now)
{
    m_instrument->tell(briefing.form == comms::Briefing::Form::ActivityLog214 ? tr("The activity log is being written…") : tr("The briefing is being written…"), false);
    // Neither fonts nor the disk are waited for here.
    QThreadPool::globalInstance()->start([self = QPointer<MainWindow>(this), briefing = std::move(briefing), now] {
        const QDir folder(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
        const QString path = folder.filePath(comms::fileNameOf(briefing, now));
        const QByteArray bytes = comms::pdfOf(briefing);
        folder.mkpath(QStringLiteral("."));
        QSaveFile file(path);
        const bool isWritten = file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit();
        const QString why = isWritten ? QString() : file.errorString();
        const int holes = comms::holesIn(briefing);
        QMetaObject::invokeMethod(qApp, [self, path, why, holes, isLog = briefing.form == comms::Briefing::Form::ActivityLog214] {
            const QString sealed = holes > 0 ? QLatin1Char(' ') + tr("%Ln part(s) marked above its readers' clearance are holes in it.", nullptr, holes) : QString();
            if (self && isLog)
                self->m_instrument->tell(why.isEmpty() ? tr("The activity log is %1").arg(path) + sealed : tr("The activity log could not be written to %1: %2").arg(path, why), !why.isEmpty());
            else if (self)
                self->m_instrument->tell(why.isEmpty() ? tr("The briefing is %1").arg(path) + sealed : tr("The briefing could not be written to %1: %2").arg(path, why), !why.isEmpty());
        });
    });
}

void MainWindow::fetchProposals()
{
    m_source.command(QStringLiteral("get"), {{QStringLiteral("what"), QStringLiteral("map")}, {QStringLiteral("status"), QStringLiteral("proposed")}},
                     [self = QPointer<MainWindow>(this)](bool done, const QString &sentence, const QJsonObject &result) {
                         if (self && done)
                             self->m_proposals->show(result.value(QLatin1String("items")).toArray(), self->m_ticker.now());
                         else if (self)
                             self->m_proposals->tell(sentence);
                     });
}

void MainWindow::watchProposals()
{
    connect(m_proposals, &ProposalSheet::rowsWanted, this, &MainWindow::fetchProposals);
    connect(m_proposals, &ProposalSheet::answered, this, [this](const QString &method, const QJsonArray &edges) {
        m_source.command(method, {{QStringLiteral("edges"), edges}}, [self = QPointer<MainWindow>(this)](bool done, const QString &sentence, const QJsonObject &result) {
            if (!self)
                return;
            if (!done)
                return self->m_proposals->tell(sentence);
            for (const QJsonValue &note : result.value(QLatin1String("notes")).toArray())
                self->m_instrument->tell(note.toString(), false);
            self->fetchProposals();
        });
    });
}

void MainWindow::turnClocks(bool local)
{
    widgets::showClocks(local ? widgets::Clocks::Local : widgets::Clocks::Utc);
    m_memory.setLocalClocks(local);
    onView(m_view);
    for (QWidget *each : findChildren<QWidget *>()) // what is painted reads the clocks as it paints; the rest follows with the next view
        each->update();
    m_instrument->tell(local ? tr("Clocks show %1; forms and plans say UTC.").arg(widgets::zoneName()) : tr("Clocks show UTC."), false);
}

void MainWindow::endSilence()
{
    std::vector<Pick> picks;
    for (const view::SilenceRow &silence : m_view->silences) {
        const QString until = silence.active ? tr("until %1, in %2").arg(widgets::shownStamp(silence.until), widgets::shortAge(silence.until - m_ticker.now())) : tr("from %1").arg(widgets::shownStamp(silence.from));
        const QString idle = silence.idle ? QStringLiteral(" · ") + tr("matches nothing now") : QString();
        picks.push_back({silence.matchers, silence.comment + QStringLiteral(" · ") + silence.by + QStringLiteral(" · ") + until + idle, {}, true,
                         [this, silence] {
                             if (silence.source.isEmpty())
                                 return send(QStringLiteral("suppression.end"), {{QStringLiteral("ids"), QJsonArray{silence.id}}});
                             send(QStringLiteral("silence.expire"), {{QStringLiteral("source"), silence.source}, {QStringLiteral("silence"), silence.id}});
                         }});
    }
    if (picks.empty())
        picks.push_back({tr("Nothing is silenced"), tr("Shift+S on an alert silences alerts like it"), {}, false, {}});
    m_picker->open(asked(tr("End a silence")), std::move(picks));
}

void MainWindow::keepQuiet()
{
    if (!escalation::KeepDialog::isPossible(*m_view))
        return m_instrument->tell(tr("Nothing that was placed here is in force."), true);
    ask(new escalation::KeepDialog(m_theme, m_view, this), [] { return QStringLiteral("suppression.keep"); }, tr("It has another end."));
}

void MainWindow::summon()
{
    QStringList alerts;
    for (const view::AlertRow &row : m_view->focus.isEmpty() ? m_command->triage().chosen() : m_command->triage().marked())
        alerts << row.key;
    if (alerts.isEmpty() && needsIncident())
        return;
    ask(new escalation::SummonDialog(m_theme, m_view, alerts, this), [] { return QStringLiteral("people.page"); }, tr("Called; the stack shows how far it got."));
}

void MainWindow::markReached()
{
    ask(new escalation::ReachedDialog(m_theme, m_view, this), [] { return QStringLiteral("person.reached"); }, tr("Recorded."));
}

void MainWindow::testMyCalls()
{
    const QPointer<MainWindow> self(this);
    m_source.command(QStringLiteral("page.test"), {{QStringLiteral("person"), QString()}}, [self](bool done, const QString &sentence, const QJsonObject &) {
        if (self)
            self->m_instrument->tell(done ? tr("A test goes out through each of your channels; nobody else is called and no incident is opened.") : sentence, !done);
    });
}

void MainWindow::showHappened()
{
    if (needsIncident())
        return;
    std::vector<Pick> picks;
    for (const view::TimelineEntry &entry : Away::happened(*m_view, kHappenedShown))
        picks.push_back({(entry.actor.isEmpty() ? QString() : entry.actor + QStringLiteral(": ")) + entry.text.section(QLatin1Char('\n'), 0, 0), widgets::shownClock(entry.at), {}, true, {}});
    m_picker->open(tr("What happened in %1").arg(m_view->focus), std::move(picks));
}

void MainWindow::greetJoiner()
{
    if (m_greeted || m_view->strip.link != view::CoreLink::Live)
        return;
    m_greeted = true;
    if (const QString sentence = Away::joining(*m_view, m_ticker.now()); !sentence.isEmpty())
        m_instrument->tell(sentence, false);
}

void MainWindow::useNotices(std::unique_ptr<NoticeBoard> board, std::unique_ptr<NoticeSound> sound)
{
    m_notifier->use(std::move(board), std::move(sound));
}

/// Sounds only: what is shown outside the window stays, since nobody is to be reached by chance.
void MainWindow::mute(Instant until)
{
    // A clock that was put back mutes no longer than was asked for.
    if (m_ticker.live())
        until = std::min(until, m_ticker.live() + Notifier::kMuted);
    m_notifier->muteUntil(until);
    m_memory.muteUntil(until);
    m_strip->muteUntil(until);
    m_muteAction->setChecked(m_notifier->isMuted(m_ticker.live()));
}

} // namespace qd::shell
