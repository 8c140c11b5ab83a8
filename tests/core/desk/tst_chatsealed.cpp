// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comms/chatcommand.h"
#include "core/model/rights.h"
#include "tests/core/desk/chatroom.h"
#include "tests/support/verify.h"

using namespace qd;
using namespace qd::desk;
using namespace qd::tests;

namespace {

constexpr const char *kSealedWords = "say [[public: PUBcanary]] [[internal: INTcanary]] [[confidential: CONcanary]] [[restricted: REScanary]] [[restricted for eve, ana: EVEcanary]] [[privileged: LAWcanary]]";

/// A room whose incident is full of words that are marked; ana leads it, eve only observes.
struct SealedRoom : ChatRoom {
    std::string alert;

    SealedRoom()
    {
        const std::string words = kSealedWords;
        const auto batch = aBatch("am", clock.now()).alert({{"alertname", "Down"}, {"service", "cart"}}).annotation("summary", words).build();
        alert = keyOf(batch);
        VERIFY_RESULT(report(batch));
        VERIFY_RESULT(command(desk::TakeCommand{"INC-1", {}}, "ana"));
        VERIFY_RESULT(command(desk::AttachAlerts{"INC-1", {alert}}, "ana"));
        VERIFY_RESULT(command(desk::WriteLog{"INC-1", words}, "ana"));
        for (const char *person : {"eve", "ana"})
            VERIFY_RESULT(command(desk::AssignTask{"INC-1", person, words, "10m"}, "ana"));
        VERIFY_RESULT(command(desk::RaiseHypothesis{"INC-1", words}, "ana"));
        VERIFY_RESULT(command(desk::RecordDecision{"INC-1", words}, "ana"));
        VERIFY_RESULT(command(desk::MakePromise{"INC-1", "technical", "20m", words}, "ana"));
        VERIFY_RESULT(command(desk::AskPoll{"INC-1", words, {"eve", "ana"}}, "ana"));
        desk::DeclareIncident other;
        other.title = words;
        other.severity = "SEV3";
        other.service = "cart";
        other.room = false;
        VERIFY_RESULT(command(other, "ana"));
        setWorkspace([](Workspace &w) {
            w.rights = {{"leads", Right::Administer, {"ana"}, {}, false, {}, {}}, {"observers", Right::Observe, {"eve"}, {}, false, {}, {}}};
        });
    }
    /// All that was ever to leave.
    std::string outside()
    {
        return ask([](const state::State &s) {
            std::string out;
            for (const auto &[n, o] : s.outbox)
                out += o.what.title + "\n" + o.what.text + "\n" + o.what.subject + "\n";
            return out;
        });
    }
};

} // namespace

/// What a chat is told is what a chat may read, whoever asks there and by which word. The words are tried one by one as they are listed, so a new one is tried too.
class TestChatSealed final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noVerbSaysInAChatWhatIsKeptFromIt_data()
    {
        QTest::addColumn<QString>("verb");
        for (const std::string_view verb : kChatVerbs)
            QTest::newRow(std::string(verb).c_str()) << QString::fromUtf8(verb.data(), static_cast<qsizetype>(verb.size()));
    }
    void noVerbSaysInAChatWhatIsKeptFromIt()
    {
        QFETCH(QString, verb);
        SealedRoom r;
        for (const char *who : {"eve", "ana"})
            for (const std::string &more : {std::string(), std::string(" INC-1"), std::string(" INC-2"), " " + r.alert, std::string(" 1"), std::string(" INC-1 1"), std::string(" INC-2 over"),
                                            std::string(" tech what=x next=y"), std::string(" SEV3 why"), std::string(" ana what there is")})
                for (const bool isAlone : {false, true}) {
                    const std::string said = "!" + verb.toStdString() + more;
                    const std::string answer = isAlone ? r.alone(who, said) : r.says(who, said);
                    if (const std::string word = ChatRoom::wordIn(answer); !word.empty())
                        (void)(isAlone ? r.alone(who, "!yes " + word) : r.says(who, "!yes " + word));
                }
        const std::string outside = r.outside();
        for (const char *kept : {"CONcanary", "REScanary", "EVEcanary", "LAWcanary"})
            QVERIFY2(outside.find(kept) == std::string::npos, (verb.toStdString() + " says " + kept).c_str());
    }

    /// Not of its incident alone: an alert that has none yet tells of its service, too.
    void anAlertOfARestrictedServiceIsToldInNoChat()
    {
        SealedRoom r;
        r.setWorkspace([](Workspace &w) {
            Service vault;
            vault.id = "vault";
            vault.name = "Vault";
            vault.carries = {"patients"};
            w.services.push_back(std::move(vault));
            w.business.push_back({"patients", "Patient records"});
            w.business.back().data = DataClass::Restricted;
        });
        const auto batch = aBatch("am", r.clock.now()).alert({{"alertname", "VaultSealed"}, {"service", "vault"}}).build();
        VERIFY_RESULT(r.report(batch));
        const std::string key = keyOf(batch);
        for (const std::string &answer : {r.says("ana", "!why " + key), r.alone("ana", "!why " + key)}) {
            QVERIFY2(answer.find("is of a restricted service; a seat shows it") != std::string::npos, answer.c_str());
            QVERIFY(answer.find("VaultSealed") == std::string::npos && answer.find("Vault ") == std::string::npos);
        }
        QVERIFY(r.says("ana", "!why " + r.alert).find("cart") != std::string::npos);
    }

    /// What is told of one incident in another's room passes what that room may be told of the first, and what it may be told of its own.
    void aRoomIsToldOfAnotherIncidentWhatItMayBeToldOfBoth()
    {
        for (const DataClass level : {DataClass::Confidential, DataClass::Public}) {
            ChatRoom r;
            DeclareIncident other;
            other.title = "Mail of [[internal: INTcanary]] and [[confidential: CONcanary]]";
            other.severity = "SEV3";
            other.service = "mail";
            other.room = false;
            VERIFY_RESULT(r.command(other));
            VERIFY_RESULT(r.command(AssignTask{"INC-1", "ana", "look at [[internal: INTown]] and [[confidential: CONown]]", "10m"}));
            r.setWorkspace([&](Workspace &w) { w.clearances = {{"first", level, {}, {}, false, {"room@muc.example"}, {}, {}, {}, {}, {}, {"INC-1"}}}; });
            const bool isLifted = level == DataClass::Confidential;
            const std::string own = r.says("ana", "!status"), told = r.says("ana", "!status INC-2"), why = r.says("ana", "!why INC-2");
            QVERIFY2((own.find("CONown") != std::string::npos) == isLifted && (own.find("INTown") != std::string::npos) == isLifted, own.c_str());
            QVERIFY2(told.starts_with("INC-2") && (told.find("INTcanary") != std::string::npos) == isLifted, told.c_str());
            QVERIFY2(told.find("CONcanary") == std::string::npos && why.find("CONcanary") == std::string::npos, (told + why).c_str());
            QCOMPARE(r.ask([](const state::State &s) { // and goes with the one it is about
                std::string out;
                for (const auto &[n, o] : s.outbox)
                    if (o.what.effect == events::Effect::Reply && o.what.text.starts_with("INC-2"))
                        out = o.what.incident + " in " + o.what.room;
                return out;
            }), std::string("INC-2 in room@muc.example"));
        }
    }

    void whatStandsThereIsToldWithItsHoles()
    {
        SealedRoom r;
        std::string told;
        for (const std::string &said : {std::string("!status"), std::string("!who"), std::string("!why INC-2"), "!why " + r.alert})
            told += r.says("ana", said) + "\n" + r.alone("ana", said) + "\n";
        QVERIFY2(told.find("INTcanary") != std::string::npos && told.find("[sealed: restricted") != std::string::npos && told.find("[sealed: confidential") != std::string::npos, told.c_str());
    }
};

QD_TEST(TestChatSealed)
#include "tst_chatsealed.moc"
