// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "ui/governance/glass.h"
#include "ui/governance/kept.h"
#include "ui/governance/reach.h"

#include <QJsonDocument>
#include <QLocale>
#include <QTest>

using namespace qd;
using namespace qd::governance;

namespace {

QJsonObject answered(QByteArray json)
{
    return QJsonDocument::fromJson(json.replace('\'', '"')).object();
}

/// As the core answers (core/control/retention.cpp).
QJsonObject retention()
{
    return answered("{'items':[{'stream':'incident/INC-2','class':'incident','endedAt':null,'expires':null,'heldBy':'','due':false},"
                    "{'stream':'incident/INC-1','class':'incident','endedAt':'2026-01-01T10:00:00Z','expires':'2026-02-01T10:00:00Z','heldBy':'hold/3','due':false},"
                    "{'stream':'incident/INC-11','class':'incident','endedAt':'2026-11-01T10:00:00Z','expires':null,'heldBy':'','due':false},"
                    "{'stream':'alerts/2026-10-01','class':'alerts','endedAt':'2026-10-02T00:00:00Z','expires':'2026-11-02T00:00:00Z','heldBy':'','due':true}],"
                    "'messages':[{'class':'messages','incident':'INC-1','entry':'40','count':1,'saidAt':'2026-11-01T10:00:00Z','expires':'2026-12-01T10:00:00Z','heldBy':'hold/3','due':false}]}");
}

const Instant kNow = *parseInstant("2026-11-23T14:25:07Z");

} // namespace

class TestReach : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void aScopeReachesWhatIsBelowItAndAboveIt_data()
    {
        QTest::addColumn<QString>("scope");
        QTest::addColumn<QString>("stream");
        QTest::addColumn<bool>("reached");
        QTest::newRow("itself") << "incident/INC-1" << "incident/INC-1" << true;
        QTest::newRow("below") << "alerts" << "alerts/2026-10-01" << true;
        QTest::newRow("above") << "incident/INC-1/text" << "incident/INC-1" << true;
        QTest::newRow("the same letters") << "incident/INC-1" << "incident/INC-11" << false;
        QTest::newRow("all") << "*" << "person/ana" << true;
        QTest::newRow("nothing") << "" << "person/ana" << false;
    }
    void aScopeReachesWhatIsBelowItAndAboveIt()
    {
        QFETCH(QString, scope);
        QFETCH(QString, stream);
        QTEST(isReached(scope, stream), "reached");
    }

    void whatIsTypedShortIsTheStreamItMeans()
    {
        QCOMPARE(streamMeant(QStringLiteral(" 7 ")), QStringLiteral("incident/INC-7"));
        QCOMPARE(streamMeant(QStringLiteral("inc-7")), QStringLiteral("incident/INC-7"));
        QCOMPARE(streamMeant(QStringLiteral("2026-11-23")), QStringLiteral("alerts/2026-11-23"));
        QCOMPARE(streamMeant(QStringLiteral("person/ana")), QStringLiteral("person/ana"));
        QCOMPARE(streamMeant(QStringLiteral("*")), QStringLiteral("*"));
        QVERIFY(streamMeant(QString()).isEmpty());
    }

    void whatAHoldWouldKeepIsCounted()
    {
        const QString all = wouldKeep(QStringLiteral("*"), retention(), kNow);
        QVERIFY2(all.startsWith(QStringLiteral("It keeps 4 stream")), qPrintable(all));
        QVERIFY2(all.contains(QStringLiteral("2 of them would go by a rule, 2 could go now.")), qPrintable(all));
        QVERIFY2(all.contains(QStringLiteral("Kept by a hold already: 1.")), qPrintable(all));
        QVERIFY2(all.contains(QStringLiteral("alerts/2026-10-01 · alerts · ▲ its time was over 2026-11-02 00:00")), qPrintable(all));
        QVERIFY(!wouldKeep(QStringLiteral("incident/INC-1"), retention(), kNow).contains(QStringLiteral("INC-11")));
        QVERIFY(wouldKeep(QStringLiteral("person/ana"), retention(), kNow).startsWith(QStringLiteral("Nothing of that name")));
    }

    void withoutAHoldWhatAnotherKeepsStays()
    {
        const QJsonObject hold = answered("{'hold':3,'scope':'incident/INC-1'}");
        const QString alone = wouldLetGo(hold, {hold}, retention(), kNow);
        QVERIFY2(alone.contains(QStringLiteral("▲ 1 of them could be erased at once.")) && alone.contains(QStringLiteral("incident/INC-1 · incident · ▲ its time was over")), qPrintable(alone));
        const QString both = wouldLetGo(hold, {hold, answered("{'hold':4,'scope':'incident'}")}, retention(), kNow);
        QVERIFY2(both.startsWith(QStringLiteral("No stream of the record would be held by nothing.")) && !both.contains(QStringLiteral("incident/INC-1")), qPrintable(both));
    }

    void whatWouldGoIsNamedAndAHoldForbidsAllOfIt()
    {
        QCOMPARE(dueStreams(retention()), QStringList{QStringLiteral("alerts/2026-10-01")});
        const Erasure due = wouldGo(dueStreams(retention()), retention());
        QVERIFY2(due.forbidden.isEmpty() && due.lines.contains(QStringLiteral("▲ its time was over")), qPrintable(due.lines));
        const Erasure held = wouldGo({QStringLiteral("alerts/2026-10-01"), QStringLiteral("incident/INC-1"), QStringLiteral("person/ana")}, retention());
        QVERIFY2(held.forbidden.startsWith(QStringLiteral("hold/3 keeps incident/INC-1")), qPrintable(held.forbidden));
        QVERIFY2(held.lines.contains(QStringLiteral("person/ana · the core lists nothing of that name")), qPrintable(held.lines));
    }

    void whatGoesIsReadByNameSizeAndLoss()
    {
        const QJsonObject kept = answered("{'items':[{'stream':'incident/INC-11','class':'incident','endedAt':'2026-11-01T10:00:00Z','expires':null,'heldBy':'','due':false,'lines':1204,'messages':1,'files':12,'bytes':3565158},"
                                          "{'stream':'alerts/2026-10-01','class':'alerts','endedAt':'2026-10-02T00:00:00Z','expires':'2026-11-02T00:00:00Z','heldBy':'','due':true,'lines':0,'messages':0,'files':0,'bytes':0},"
                                          "{'stream':'access/2026-01','class':'access','endedAt':'2026-02-01T00:00:00Z','expires':null,'heldBy':'','due':false,'lines':0,'messages':0,'files':0,'bytes':0}]}");
        const QStringList lines = wouldGo({QStringLiteral("incident/INC-11"), QStringLiteral("alerts/2026-10-01"), QStringLiteral("access/2026-01"), QStringLiteral("person/ana")}, kept,
                                          {{QStringLiteral("incident/INC-11"), QStringLiteral("Checkout\nerrors")}, {QStringLiteral("person/ana"), QStringLiteral("Ana Costa")}})
                                      .lines.split(QLatin1Char('\n'));
        QCOMPARE(lines.size(), 8); // what they are together, then each by name and by loss; of what is not listed the name alone
        QVERIFY2(lines[0].startsWith(QStringLiteral("4 stream(s): 1 incident(s) with 1,204 line(s), 1 message(s), 12 file(s) of 3.4 MB; 1 day(s) of alerts; 1 month(s) of access")), qPrintable(lines[0]));
        QCOMPARE(lines[1], QStringLiteral("incident/INC-11 · Checkout errors · kept for ever"));
        QVERIFY2(lines[2].contains(QStringLiteral("1,204 line(s), 1 message(s), 12 file(s) of 3.4 MB, with its decisions and its review")), qPrintable(lines[2]));
        QCOMPARE(lines[3], QStringLiteral("alerts/2026-10-01 · ▲ its time was over 2026-11-02 00:00"));
        QVERIFY(lines[4].contains(QStringLiteral("what monitoring reported that day")) && lines[6].contains(QStringLiteral("who looked at what that month")));
        QCOMPARE(lines[7], QStringLiteral("person/ana · Ana Costa · the core lists nothing of that name"));
        QVERIFY(!wouldGo({QStringLiteral("alerts/2026-10-01")}, kept).lines.contains(QStringLiteral("stream(s)"))); // one alone is no sum
    }

    void whatIsNotOverIsNotErased()
    {
        const Erasure open = wouldGo({QStringLiteral("incident/INC-2"), QStringLiteral("alerts/2026-10-01")}, retention());
        QVERIFY2(open.forbidden.startsWith(QStringLiteral("incident/INC-2 is not over: resolve it first")), qPrintable(open.forbidden));
        QVERIFY(wouldGo({QStringLiteral("alerts/2026-10-01")}, retention()).forbidden.isEmpty());
    }

    void everyoneOfAThousandIsNamedAndWhatIsBeyondThemIsCounted()
    {
        for (const int due : {static_cast<int>(kErasedAtOnce), static_cast<int>(kErasedAtOnce) + 1}) {
            QJsonArray items;
            for (int i = 0; i < due; ++i)
                items << answered(QStringLiteral("{'stream':'incident/INC-%1','class':'incident','endedAt':'2026-11-01T10:00:00Z','expires':'2026-11-02T00:00:00Z','heldBy':'','due':true,'lines':1}").arg(i + 1).toUtf8());
            const QJsonObject kept{{QStringLiteral("items"), items}};
            QCOMPARE(dueStreams(kept).size(), kErasedAtOnce);
            QCOMPARE(dueInAll(kept), qsizetype{due});
            const QString lines = wouldGo(dueStreams(kept), kept).lines;
            QCOMPARE(lines.count(QLatin1Char('\n')), 2 * kErasedAtOnce);
            QVERIFY(lines.contains(QStringLiteral("incident/INC-1000 ·")) && !lines.contains(QStringLiteral("INC-1001")));
        }
    }

    void withoutARightDefaultDenyHasNotBegun()
    {
        const std::vector<view::Labelled> names{{QStringLiteral("ana"), QStringLiteral("Ana")}, {QStringLiteral("lee"), QStringLiteral("Lee")}};
        const QString none = rightsMissing({}, names);
        QVERIFY2(none.contains(QStringLiteral("Default deny begins with the first [[right]].")) && none.contains(QStringLiteral("administer")), qPrintable(none));
        // What was taken for a time is no rule.
        const QJsonObject taken = answered("{'id':'glass/1','role':'administer','people':['lee'],'teams':[],'everybody':false,'services':[],'incidents':[],'origin':'break-glass'}");
        QCOMPARE(rightsMissing({taken}, names), none);
        const QJsonObject admins = answered("{'id':'admins','role':'command','people':['ana'],'teams':[],'everybody':false,'services':[],'incidents':[],'origin':'workspace'}");
        const QString some = rightsMissing({admins, taken}, names);
        QVERIFY2(some.contains(QStringLiteral("Given to nobody for everything: publish, administer.")), qPrintable(some));
        QVERIFY2(some.contains(QStringLiteral("Without any right: Lee.")), qPrintable(some));
    }

    void rightsAndIdentitiesAreSaidWithWhereTheyStand()
    {
        const std::vector<view::Labelled> names{{QStringLiteral("ana"), QStringLiteral("Ana Costa")}};
        const auto rights = keptRows(KeptList::Rights, answered("{'items':[{'id':'pay','role':'command','people':['ana'],'teams':['payments'],'everybody':false,'services':['checkout'],'incidents':[],'origin':'workspace','until':null}]}"), names);
        QCOMPARE(rights.size(), std::size_t{1});
        QCOMPARE(rights.front().who, QStringLiteral("Ana Costa, team payments"));
        QVERIFY2(rights.front().said.contains(QStringLiteral("may command for checkout: [[right]] pay")), qPrintable(rights.front().said));
        const auto identities = keptRows(KeptList::Identities,
                                         answered("{'items':[{'address':'ana@x','person':'ana','connection':'','origin':'workspace','since':null},{'address':'u07','person':'ana','connection':'slack','origin':'word','since':'2026-11-20T10:00:00Z'}]}"), names);
        QVERIFY2(identities.front().said.contains(QStringLiteral("taken out there")), qPrintable(identities.front().said));
        QVERIFY2(identities.back().said.contains(QStringLiteral("bound by a word 2026-11-20 10:00")), qPrintable(identities.back().said));
    }

    void aRightThatIsTakenIsSaidAndSoIsItsEnd()
    {
        view::Strip strip;
        QVERIFY(glassLine(strip, kNow).head.isEmpty());
        strip.glass.push_back({3, QStringLiteral("Ana"), QStringLiteral("command"), QStringLiteral("INC-7"), kNow, kNow + minutes(30), {QStringLiteral("Lee"), QStringLiteral("Dana")}, true});
        strip.glass.push_back({4, QStringLiteral("Lee"), QStringLiteral("publish"), QString(), kNow, kNow + minutes(40), {}, false});
        const GlassLine line = glassLine(strip, kNow);
        QCOMPARE(line.head, QStringLiteral("THE GLASS IS BROKEN: you may command for INC-7."));
        QVERIFY2(line.text.contains(QStringLiteral("Told: Lee, Dana.")), qPrintable(line.text));
        QVERIFY(glassEnded(strip, strip).isEmpty());
        const QString ended = glassEnded(strip, {});
        QVERIFY2(ended.contains(QStringLiteral("command for INC-7")) && !ended.contains(QStringLiteral("publish")), qPrintable(ended)); // Lee's is not theirs
    }
};

QD_TEST(TestReach)
#include "tst_reach.moc"
