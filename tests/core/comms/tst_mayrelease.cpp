// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comms/outward.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::comms;

namespace {

state::Incident anIncident(IncidentStatus status, const std::string &commander, const std::string &owner)
{
    state::Incident i;
    i.id = "INC-1";
    i.status = status;
    if (!commander.empty())
        i.roles[Role::Commander].person = commander;
    i.review.owner = owner;
    return i;
}

} // namespace

/// Who releases a text of an incident, by how the incident is.
class TestMayRelease final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whoReleasesIsSaidByHowTheIncidentIs_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("commander");
        QTest::addColumn<QString>("person");
        QTest::addColumn<bool>("holding");
        QTest::addColumn<bool>("may");
        const int active = int(IncidentStatus::Active), resolved = int(IncidentStatus::Resolved), closed = int(IncidentStatus::Closed);
        QTest::newRow("who commands") << active << "ana" << "ana" << false << true;
        QTest::newRow("another, while it goes on") << active << "ana" << "cleo" << false << false;
        QTest::newRow("its review's owner, while it goes on") << active << "ana" << "ben" << false << false;
        QTest::newRow("anybody, while it goes on and nobody commands") << active << "" << "cleo" << false << false;
        QTest::newRow("its review's owner, once it is over") << resolved << "ana" << "ben" << false << true;
        QTest::newRow("another, once it is over and somebody commands") << resolved << "ana" << "cleo" << false << false;
        QTest::newRow("another, once it is over and nobody commands") << resolved << "" << "cleo" << false << true;
        QTest::newRow("the same of a closed one") << closed << "" << "cleo" << false << true;
        QTest::newRow("a statement, once it is over and nobody commands") << resolved << "" << "ben" << true << false;
        QTest::newRow("nobody at all") << resolved << "" << "" << false << false;
    }
    void whoReleasesIsSaidByHowTheIncidentIs()
    {
        QFETCH(int, status);
        QFETCH(QString, commander);
        QFETCH(QString, person);
        QFETCH(bool, holding);
        QFETCH(bool, may);
        const auto i = anIncident(static_cast<IncidentStatus>(status), commander.toStdString(), "ben");
        const auto answer = mayRelease(Workspace{}, i, person.toStdString(), holding);
        QCOMPARE(answer.has_value(), may);
        if (!answer)
            QCOMPARE(answer.error().code, Code::Forbidden);
    }
};

QD_TEST(TestMayRelease)
#include "tst_mayrelease.moc"
