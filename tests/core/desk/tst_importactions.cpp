// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/decide.h"
#include "tests/support/builders.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::desk;
using namespace qd::tests;

namespace {

/// Reviews of INC-1 and INC-2; INC-1 has one action, which is issue 12 of hub.
Log twoReviews()
{
    Log log;
    log.record(withWorkspace());
    log.record(withConnection("hub", "github", static_cast<Writes>(Write::Issues)));
    for (const char *id : {"INC-1", "INC-2"}) {
        log.record(anIncident(id).titled("Checkout was slow").service("web").event());
        log.record(events::StatusChanged{id, "", IncidentStatus::Resolved, kAna});
        log.record(events::ReviewArranged{id, "ana", {}, {}, {}, {}, kAna});
    }
    log.record(events::ActionKept{"INC-1", "Cap the pool", "ben", {}, {}, 1, kMorning + hours(24 * 30), Strength::Engineer, kAna});
    log.record(events::ActionTracked{"INC-1", "hub", "12", {}, 1, kAna});
    return log;
}

ActionRow importRow(std::uint32_t line, const std::string &incident, const std::string &text = {}, const std::string &owner = {}, std::uint32_t action = 0)
{
    ActionRow r;
    r.incident = incident;
    r.text = text;
    r.owner = owner;
    r.action = action;
    r.line = line;
    return r;
}

ActionRow tracked(ActionRow r, const std::string &tracker, const std::string &key = {})
{
    r.tracker = tracker;
    r.key = key;
    return r;
}

Result<Decision> importedRows(const Log &log, std::vector<ActionRow> rows)
{
    return decide(log.state, ImportActions{std::move(rows)}, kAna, log.now());
}

/// What it comes to, in order: "INC-1/2 @ben Drill it", "INC-1/2 is 13 in hub", "INC-2/1 to hub".
QStringList comesTo(const Result<Decision> &d)
{
    QStringList out;
    for (const events::Event &e : d ? d->events : events::Events{}) {
        std::string said;
        if (const auto *kept = getIf<events::ActionKept>(&e))
            said = kept->incident + "/" + std::to_string(kept->action) + " @" + kept->owner + " " + kept->text;
        else if (const auto *there = getIf<events::ActionTracked>(&e))
            said = there->incident + "/" + std::to_string(there->action) + (there->connection.empty() ? " is let go of" : " is " + there->key + " in " + there->connection);
        else if (const auto *queued = getIf<events::OutboxQueued>(&e))
            said = queued->incident + "/" + std::to_string(queued->action) + " to " + queued->connection + ": " + queued->title;
        out << QString::fromStdString(said);
    }
    return out;
}

} // namespace

/// Actions from a file: all of it or nothing.
class TestImportActions : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void rowsMakeChangeAndLink()
    {
        const auto done = importedRows(twoReviews(), {importRow(2, "INC-1", {}, "ana", 1), importRow(3, "INC-1", "Drill it", "ben"), tracked(importRow(4, "INC-1", "Say it aloud"), "hub", "13"), tracked(importRow(5, "INC-2", "Write it down"), "hub")});
        QVERIFY2(done.has_value(), done ? "" : done.error().message.c_str());
        QCOMPARE(comesTo(done), (QStringList{QStringLiteral("INC-1/1 @ana Cap the pool"), QStringLiteral("INC-1/2 @ben Drill it"), QStringLiteral("INC-1/3 @ Say it aloud"), QStringLiteral("INC-1/3 is 13 in hub"),
                                             QStringLiteral("INC-2/1 @ Write it down"), QStringLiteral("INC-2/1 to hub: Write it down")}));
        QCOMPARE(done->notes.front(), std::string("Actions: 3 made, 1 changed, 2 tracked."));
    }
    void theSameFileAgainChangesNothing()
    {
        Log log = twoReviews();
        const std::vector<ActionRow> rows{tracked(importRow(2, "INC-1", "Cap the pool", "ben"), "hub", "12"), importRow(3, "INC-2", "Drill it", "ben")};
        const auto first = importedRows(log, rows);
        QCOMPARE(comesTo(first), QStringList{QStringLiteral("INC-2/1 @ben Drill it")});
        log.record(first->events);
        const auto again = importedRows(log, rows);
        QVERIFY(again.has_value() && again->events.empty());
        QCOMPARE(again->notes.front(), std::string("Actions: 2 as they were."));
        // An issue is known by its key whatever it is called here, and a day that it is due already moves nothing.
        ActionRow renamed = tracked(importRow(2, "INC-1", "Cap the pool at 40"), "hub", "12");
        renamed.due = toRfc3339(kMorning + hours(24 * 30)).substr(0, 10);
        QCOMPARE(comesTo(importedRows(log, {renamed})), QStringList{QStringLiteral("INC-1/1 @ben Cap the pool at 40")});
    }
    void whatTheCoreRefusesIsNamedByItsLineAndNothingIsDone_data()
    {
        QTest::addColumn<int>("bad");
        QTest::addColumn<QString>("message");
        QTest::newRow("no incident") << 0 << "Line 9: ";
        QTest::newRow("no review") << 1 << "Line 9: INC-3 has no review yet";
        QTest::newRow("no action") << 2 << "Line 9: The review of INC-1 has no action 7.";
        QTest::newRow("no person") << 3 << "Line 9: There is no person \"nobody\"";
        QTest::newRow("a team") << 4 << "Line 9: An action has exactly one owner";
        QTest::newRow("no day") << 5 << "Line 9: \"soon\" is no day";
        QTest::newRow("no strength") << 6 << "Line 9: \"hope\" is no strength";
        QTest::newRow("no connection") << 7 << "Line 9: There is no connection \"nowhere\"";
        QTest::newRow("another issue") << 8 << "Line 9: The action is 12 in hub already";
        QTest::newRow("no key") << 9 << "Line 9: An issue is named by its number there";
        QTest::newRow("twice by number") << 10 << "Line 9: It is the action of line 2 again.";
        QTest::newRow("twice by text") << 11 << "Line 9: It is the action of line 3 again.";
        QTest::newRow("an issue nowhere") << 12 << "Line 9: It names an issue (key), and not where that is (tracker).";
    }
    void whatTheCoreRefusesIsNamedByItsLineAndNothingIsDone()
    {
        QFETCH(int, bad);
        QFETCH(QString, message);
        Log log = twoReviews();
        log.record(anIncident("INC-3").event());
        std::vector<ActionRow> rows{importRow(9, "INC-9", "x"), importRow(9, "INC-3", "x"), importRow(9, "INC-1", "x", {}, 7), importRow(9, "INC-1", "x", "nobody"), importRow(9, "INC-1", "x", "shop"), importRow(9, "INC-1", "x"),
                                    importRow(9, "INC-1", "x"), tracked(importRow(9, "INC-1", "x"), "nowhere", "1"), tracked(importRow(9, "INC-1", {}, {}, 1), "hub", "13"), tracked(importRow(9, "INC-1", "x"), "hub", "one"),
                                    importRow(9, "INC-1", {}, "ana", 1), importRow(9, "INC-2", "Drill it"), tracked(importRow(9, "INC-1", "x"), {}, "12")};
        rows[5].due = "soon";
        rows[6].strength = "hope";
        std::vector<ActionRow> file{importRow(2, "INC-1", "Cap the pool, soon", {}, 1), importRow(3, "INC-2", "Drill it"), rows[static_cast<std::size_t>(bad)]};
        if (bad == 8) // it is that action which is meant
            file.erase(file.begin());
        const auto refused = importedRows(log, std::move(file));
        QVERIFY(!refused);
        QVERIFY2(QString::fromStdString(refused.error().message).startsWith(message) && refused.error().message.ends_with(" Nothing was imported."), refused.error().message.c_str());
    }
    void aFileHasSoManyRowsAndAReviewSoManyActions()
    {
        const Log log = twoReviews();
        QCOMPARE(importedRows(log, {}).error().code, Code::Invalid);
        std::vector<ActionRow> rows;
        for (std::uint32_t n = 0; n < state::kActionsKept; ++n) // INC-1 has one already
            rows.push_back(importRow(n + 2, "INC-1", "do " + std::to_string(n)));
        const auto full = importedRows(log, rows);
        QVERIFY(!full && full.error().code == Code::TooLarge && full.error().message.starts_with("Line 201: "));
        rows.resize(kActionRows + 1, rows.front());
        QCOMPARE(importedRows(log, rows).error().code, Code::TooLarge);
    }
    void whoTellsATrackerMayCommandThere()
    {
        Log log = twoReviews();
        Workspace w = *log.state.workspace;
        w.rights = {{"boss", Right::Administer, {"ben"}, {}, false, {}, {}}, {"all", Right::Respond, {}, {}, true, {}, {}}};
        log.record(withWorkspace(w));
        QVERIFY(importedRows(log, {importRow(2, "INC-1", "x")}).has_value());
        QCOMPARE(importedRows(log, {tracked(importRow(2, "INC-1", "x"), "hub", "13")}).error().code, Code::Forbidden);
    }
};

QD_TEST(TestImportActions)
#include "tst_importactions.moc"
