// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comms/reach.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

using namespace qd;
using namespace qd::comms;

namespace {

ApprovalStage stageFor(const std::string &id, std::vector<std::string> audiences)
{
    ApprovalStage out;
    out.id = id;
    out.audiences = std::move(audiences);
    return out;
}

ClearanceRule ruled(DataClass level, std::vector<std::string> connections, std::vector<std::string> rooms = {})
{
    ClearanceRule out;
    out.id = "c";
    out.level = level;
    out.connections = std::move(connections);
    out.rooms = std::move(rooms);
    return out;
}

/// A check of everything, and one each for customers, the public and executives.
Workspace checked(std::vector<ClearanceRule> clearances = {})
{
    Workspace w;
    w.approvals = {stageFor("all", {}), stageFor("legal", {"customers"}), stageFor("pr", {"public"}), stageFor("chief", {"executive"})};
    w.clearances = std::move(clearances);
    return w;
}

QString checksOf(const Workspace &w, const std::string &audience, const std::vector<std::string> &to)
{
    QStringList out;
    for (const ApprovalStage *stage : stagesFor(w, audience, to))
        out.append(QString::fromStdString(stage->id));
    return out.join(QLatin1Char(' '));
}

} // namespace

/// What anybody may read passes the checks of what customers read, whatever audience it names.
class TestReach final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatAnybodyMayReadIsForCustomers_data()
    {
        QTest::addColumn<int>("level");
        QTest::addColumn<QString>("connection");
        QTest::addColumn<QString>("room");
        QTest::addColumn<QString>("to");
        QTest::addColumn<bool>("isPublic");
        const int none = -1, open = static_cast<int>(DataClass::Public), house = static_cast<int>(DataClass::Internal), secret = static_cast<int>(DataClass::Confidential);
        QTest::newRow("a status page") << none << "" << "" << "page:shop" << true;
        QTest::newRow("a page is always") << house << "shop" << "" << "page:shop" << true;
        QTest::newRow("the incident's rooms") << none << "" << "" << "rooms" << false;
        QTest::newRow("a webhook") << none << "" << "" << "webhook:hook" << true;
        QTest::newRow("a webhook that is said to be public") << open << "hook" << "" << "webhook:hook" << true;
        QTest::newRow("a webhook of the house") << house << "hook" << "" << "webhook:hook" << false;
        QTest::newRow("a webhook of few") << secret << "hook" << "" << "webhook:hook" << false;
        QTest::newRow("another's clearance") << house << "other" << "" << "webhook:hook" << true;
        QTest::newRow("a room") << none << "" << "" << "room:chat/bridge" << false;
        QTest::newRow("a room of a public connection") << open << "chat" << "" << "room:chat/bridge" << true;
        QTest::newRow("a room of another connection") << open << "other" << "" << "room:chat/bridge" << false;
        QTest::newRow("a public room by its address") << open << "" << "bridge@muc.example" << "room:chat/bridge@muc.example" << true;
        QTest::newRow("a public room by its name, wherever it is") << open << "" << "bridge@muc.example" << "room:chat/bridge" << true;
        QTest::newRow("a room of that name elsewhere") << open << "" << "bridge@muc.example" << "room:chat/bridge@irc.example" << false;
        QTest::newRow("a room whose name begins so") << open << "" << "bridge2@muc.example" << "room:chat/bridge" << false;
        QTest::newRow("a room for few") << secret << "chat" << "" << "room:chat/bridge" << false;
    }
    void whatAnybodyMayReadIsForCustomers()
    {
        QFETCH(int, level);
        QFETCH(QString, connection);
        QFETCH(QString, room);
        QFETCH(QString, to);
        QFETCH(bool, isPublic);
        const auto listed = [](const QString &one) { return one.isEmpty() ? std::vector<std::string>{} : std::vector<std::string>{one.toStdString()}; };
        const Workspace w = level < 0 ? checked() : checked({ruled(static_cast<DataClass>(level), listed(connection), listed(room))});
        QCOMPARE(w.isPublicPlace(to.toStdString()), isPublic);
        QCOMPARE(checksOf(w, "executive", {to.toStdString()}), isPublic ? QStringLiteral("all legal pr chief") : QStringLiteral("all chief"));
        QCOMPARE(checksOf(w, "executive", {"rooms", to.toStdString()}), isPublic ? QStringLiteral("all legal pr chief") : QStringLiteral("all chief"));
        QCOMPARE(checksOf(w, "customers", {to.toStdString()}), isPublic ? QStringLiteral("all legal pr") : QStringLiteral("all legal"));
    }

    /// In doubt it is public: nobody goes around a check by a rule that holds elsewhere.
    void whatLiftsAPlaceHoldsEverywhereAndNamesIt()
    {
        ClearanceRule ofOne = ruled(DataClass::Internal, {"hook"});
        ofOne.services = {"mail"};
        QVERIFY(checked({ofOne}).isPublicPlace("webhook:hook"));
        ofOne.services = {};
        ofOne.incidents = {"INC-1"};
        QVERIFY(checked({ofOne}).isPublicPlace("webhook:hook"));
        ClearanceRule open = ruled(DataClass::Public, {"chat"});
        open.services = {"mail"};
        QVERIFY(checked({open}).isPublicPlace("room:chat/bridge"));
        const ClearanceRule lifted = ruled(DataClass::Internal, {}, {"bridge@muc.example"});
        QVERIFY(checked({open, lifted}).isPublicPlace("room:chat/bridge")); // which of them that is, nobody said
        QVERIFY(!checked({open, lifted}).isPublicPlace("room:chat/bridge@muc.example"));
        QVERIFY(!checked({lifted, open}).isPublicPlace("room:chat/bridge@muc.example")); // the highest counts, as for everything that is read
        for (const char *odd : {"", "room:", "room:/", "room:chat", "webhook:", "page", "fax:1"})
            QCOMPARE(checked({ruled(DataClass::Public, {""}, {""})}).isPublicPlace(odd), std::string_view(odd) == "webhook:");
    }

    /// Who names an audience inside sends nothing to the press by that.
    void whatStrangersAreMailedPassesTheChecksOfCustomers_data()
    {
        QTest::addColumn<QString>("audience");
        QTest::addColumn<int>("level");
        QTest::addColumn<QString>("checks");
        const int none = -1, open = static_cast<int>(DataClass::Public), house = static_cast<int>(DataClass::Internal);
        QTest::newRow("as one for executives") << "executive" << none << "all legal chief";
        QTest::newRow("as a technical one") << "technical" << none << "all legal";
        QTest::newRow("as one for an audience nobody checks") << "partners" << none << "all legal";
        QTest::newRow("as one for the regulator, whom nobody checks either") << "regulator" << none << "all legal";
        QTest::newRow("for customers") << "customers" << none << "all legal";
        QTest::newRow("of whom a clearance says that they are the public") << "executive" << open << "all legal chief";
        QTest::newRow("of whom one says that they are of the house") << "executive" << house << "all chief";
        QTest::newRow("technical, for the house") << "technical" << house << "all";
        QTest::newRow("customers of the house") << "customers" << house << "all legal";
    }
    void whatStrangersAreMailedPassesTheChecksOfCustomers()
    {
        QFETCH(QString, audience);
        QFETCH(int, level);
        QFETCH(QString, checks);
        ClearanceRule rule;
        rule.id = "press";
        rule.level = static_cast<DataClass>(std::max(level, 0));
        rule.recipients = {"press"};
        Workspace w = level < 0 ? checked() : checked({rule});
        QVERIFY(!w.isPublicPlace("mail:press")); // not anybody reads it
        QCOMPARE(checksOf(w, audience.toStdString(), {"mail:press"}), checks);
        QCOMPARE(checksOf(w, audience.toStdString(), {"rooms", "mail:press"}), checks);
        // What lifts them for some incidents only lifts nothing, nor does what is said of others.
        if (level > 0) {
            w.clearances[0].incidents = {"INC-1"};
            QVERIFY(w.areStrangers("press"));
            w.clearances[0].incidents = {};
            w.clearances[0].services = {"mail"};
            QVERIFY(w.areStrangers("press"));
            w.clearances[0].services = {};
            QVERIFY(w.areStrangers("press") == (w.clearances[0].level == DataClass::Public) && w.areStrangers("board"));
        }
    }

    /// A regulator who has checks of their own passes those, and no others.
    void anAudienceOutsideThatHasItsOwnChecksPassesThose()
    {
        Workspace w = checked();
        w.approvals.push_back(stageFor("counsel", {"regulator", "partners"}));
        QCOMPARE(checksOf(w, "regulator", {"mail:bafin"}), QStringLiteral("all counsel"));
        QCOMPARE(checksOf(w, "partners", {"mail:partners"}), QStringLiteral("all counsel"));
        QCOMPARE(checksOf(w, "regulator", {"mail:bafin", "page:shop"}), QStringLiteral("all legal pr counsel"));
    }

    void anUpdateForCustomersDoesNotGoAroundThem()
    {
        UpdateTemplate t;
        t.id = "status";
        t.audience = "customers";
        t.kind = AudienceKind::Customer;
        t.to = {"room:chat/bridge"};
        VERIFY_RESULT(mayLeave(checked(), t));
        const auto refused = mayLeave(checked({ruled(DataClass::Public, {"chat"})}), t);
        QVERIFY(!refused);
        QVERIFY2(refused.error().message.find("--audience customers --to room:chat/bridge") != std::string::npos, refused.error().message.c_str());
        t.audience = "technical";
        t.kind = AudienceKind::Technical;
        VERIFY_RESULT(mayLeave(checked({ruled(DataClass::Public, {"chat"})}), t));
    }
};

QD_TEST(TestReach)
#include "tst_reach.moc"
