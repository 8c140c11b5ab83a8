// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/slots.h"

#include "tests/core/journal/journalfixture.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::journal;
using namespace qd::tests;

namespace {

class SlotsKeychain final : public KeychainPort
{
public:
    Result<Secret> read(const std::string &) override
    {
        return m_secret.isEmpty() ? Result<Secret>(fail(Code::NotFound, "The keychain is empty.")) : m_secret.duplicate();
    }
    Result<> write(const std::string &, const Secret &secret) override
    {
        m_secret = secret.duplicate();
        return {};
    }
    void lose() { m_secret = {}; }

private:
    Secret m_secret;
};

Unlock recovery(const std::string &code)
{
    return {Unlock::Recovery, Secret(code)};
}
Unlock passphrase(std::string_view text)
{
    return {Unlock::Passphrase, Secret(text)};
}

struct SlotsHome : MemoryHome
{
    std::shared_ptr<SlotsKeychain> keychain = std::make_shared<SlotsKeychain>();
    SlotsHome() { ports.keychain = keychain; }
    bool opens(const Unlock &unlock)
    {
        journal.reset();
        auto opened = Journal::open(path(), ports, unlock, clock, random);
        if (opened)
            journal = std::move(*opened);
        const bool whole = journal && (journal->head() == 0 || !records().empty());
        journal.reset();
        return whole;
    }
    std::vector<std::string> kinds()
    {
        std::vector<std::string> out;
        const auto listed = listSlots(path(), ports);
        for (const Slot &s : listed->slots)
            out.push_back(std::to_string(s.number) + s.kind);
        return out;
    }
    bool write(std::uint64_t n)
    {
        const bool ok = open().has_value() && fill(n);
        journal.reset();
        return ok;
    }
};
using Kinds = std::vector<std::string>;

} // namespace

class TestSlots final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void slotsAreAddedAndRemoved()
    {
        SlotsHome home;
        VERIFY_RESULT(home.create());
        QVERIFY(home.write(3));
        QCOMPARE(home.kinds(), (Kinds{"1keyfile", "2recovery"}));
        const auto added = addSlot(home.path(), home.ports, testUnlock(), passphrase("correct horse"), home.random);
        VERIFY_RESULT(added);
        QVERIFY(added->empty());
        VERIFY_RESULT(addSlot(home.path(), home.ports, testUnlock(), {Unlock::Keychain, {}}, home.random));
        const auto second = addSlot(home.path(), home.ports, testUnlock(), {Unlock::Recovery, {}}, home.random);
        VERIFY_RESULT(second);
        QCOMPARE(home.kinds(), (Kinds{"1keyfile", "2recovery", "3passphrase", "4keychain", "5recovery"}));
        QVERIFY(home.opens(passphrase("correct horse")));
        QVERIFY(!home.opens(passphrase("wrong horse")));
        QVERIFY(home.opens({Unlock::Keychain, {}}));
        QVERIFY(home.opens(recovery(home.created.recoveryKey)));
        QVERIFY(home.opens(recovery(*second)));
        VERIFY_RESULT(removeSlot(home.path(), home.ports, testUnlock(), 2));
        QVERIFY(!home.opens(recovery(home.created.recoveryKey)));
        QVERIFY(home.opens(recovery(*second)));
    }

    void aLostKeychainOpensWithTheRecoveryKey()
    {
        SlotsHome home;
        const auto made = create(home.path(), home.ports, {Unlock::Keychain, {}}, home.clock, home.random);
        VERIFY_RESULT(made);
        QVERIFY(home.opens({Unlock::Keychain, {}}));
        home.keychain->lose();
        QVERIFY(!home.opens({Unlock::Keychain, {}}));
        QVERIFY(home.opens(recovery(made->recoveryKey)));
        // And the home gets a way in of every day again.
        VERIFY_RESULT(removeSlot(home.path(), home.ports, recovery(made->recoveryKey), 1));
        VERIFY_RESULT(addSlot(home.path(), home.ports, recovery(made->recoveryKey), {Unlock::Keychain, {}}, home.random));
        QVERIFY(home.opens({Unlock::Keychain, {}}));
    }

    void nobodyIsLockedOut()
    {
        SlotsHome home;
        VERIFY_RESULT(home.create());
        VERIFY_RESULT(addSlot(home.path(), home.ports, testUnlock(), {Unlock::Keychain, {}}, home.random));
        const auto before = home.disk->keys.slots;
        // The way that is used, a slot that is not there, a key that does not open.
        QCOMPARE(removeSlot(home.path(), home.ports, testUnlock(), 1).error().code, Code::Conflict);
        QCOMPARE(removeSlot(home.path(), home.ports, testUnlock(), 9).error().code, Code::NotFound);
        QCOMPARE(removeSlot(home.path(), home.ports, {Unlock::KeyFile, Secret(Bytes(32, 8))}, 2).error().code, Code::Forbidden);
        QVERIFY(home.disk->keys.slots == before);
        // Never so that only a keychain is left.
        VERIFY_RESULT(removeSlot(home.path(), home.ports, testUnlock(), 2));
        const auto refused = removeSlot(home.path(), home.ports, {Unlock::Keychain, {}}, 1);
        QVERIFY(!refused && refused.error().message.find("keychain") != std::string::npos);
        // Never the last.
        VERIFY_RESULT(removeSlot(home.path(), home.ports, testUnlock(), 3));
        const auto last = removeSlot(home.path(), home.ports, testUnlock(), 1);
        QVERIFY(!last && last.error().message.find("last") != std::string::npos);
        QVERIFY(home.opens(testUnlock()));
    }

    void badInputChangesNothing()
    {
        SlotsHome home;
        VERIFY_RESULT(home.create());
        const auto before = home.disk->keys.slots;
        QCOMPARE(addSlot(home.path(), home.ports, testUnlock(), passphrase(""), home.random).error().code, Code::Invalid);
        QCOMPARE(addSlot(home.path(), home.ports, passphrase("x"), passphrase("y"), home.random).error().code, Code::Forbidden);
        QCOMPARE(addSlot(home.path(), home.ports, testUnlock(), {Unlock::KeyFile, {}}, home.random).error().code, Code::Conflict);
        QVERIFY(home.disk->keys.slots == before);
        VERIFY_RESULT(home.open()); // a core runs
        QCOMPARE(addSlot(home.path(), home.ports, testUnlock(), passphrase("y"), home.random).error().code, Code::Conflict);
        QCOMPARE(rotateEpoch(home.path(), home.ports, testUnlock(), home.random).error().code, Code::Conflict);
        VERIFY_RESULT(listSlots(home.path(), home.ports));
    }

    void rotatingLeavesNothingUnderTheOldKey()
    {
        SlotsHome home;
        VERIFY_RESULT(home.create());
        QVERIFY(home.write(5));
        const auto before = home.disk->keys;
        VERIFY_RESULT(rotateEpoch(home.path(), home.ports, testUnlock(), home.random));
        const auto &after = home.disk->keys;
        QCOMPARE(after.epochs.size(), std::size_t(1));
        QVERIFY(after.epochs[0].wrapped != before.epochs[0].wrapped && after.signer != before.signer);
        for (std::size_t i = 0; i < before.keys.size(); ++i)
            QVERIFY(after.keys[i].id == before.keys[i].id && after.keys[i].wrapped != before.keys[i].wrapped);
        QVERIFY(home.opens(testUnlock()));
        QVERIFY(home.opens(recovery(home.created.recoveryKey)));
        QVERIFY(home.write(7));
    }

    /// What waits in the emergency file is wrapped under the epoch key of now.
    void nothingIsRotatedWhileRecordsWaitInTheEmergencyFile()
    {
        SlotsHome home;
        QTemporaryDir elsewhere;
        Options options = withoutReserve();
        options.emergency = elsewhere.path().toStdString() + "/kept";
        VERIFY_RESULT(home.create());
        VERIFY_RESULT(home.open(options));
        QVERIFY(home.fill(2));
        home.disk->fill();
        Answers answers;
        home.journal->append(home.draft(3), answers.take());
        QVERIFY(!answers.wait(1).at(0).record);
        home.journal->keep();
        Draft fresh{3, home.clock.now(), {{"incident/INC-9", 3, bytesOf("kept"), false}}}; // its key waits too
        home.journal->append(std::move(fresh), answers.take());
        QVERIFY(answers.wait(2).at(1).record);
        home.journal.reset();
        home.disk->fill(false);
        const auto before = home.disk->keys;
        for (const Result<> &refused : {rotateEpoch(home.path(), home.ports, testUnlock(), home.random),
                                        [&]() -> Result<> {
                                            const auto done = rotateRoot(home.path(), home.ports, testUnlock(), home.random);
                                            return done ? Result<>() : tl::unexpected(done.error());
                                        }()}) {
            QVERIFY(!refused);
            QCOMPARE(int(refused.error().code), int(Code::Conflict));
            QVERIFY2(refused.error().message.find("start the core once") != std::string::npos, refused.error().message.c_str());
        }
        QVERIFY(home.disk->keys.epochs == before.epochs && home.disk->keys.keys == before.keys && home.disk->keys.slots == before.slots);
        VERIFY_RESULT(home.open(options)); // as it says: then it is in the log
        QCOMPARE(home.records().size(), std::size_t(3));
        home.journal.reset();
        VERIFY_RESULT(rotateEpoch(home.path(), home.ports, testUnlock(), home.random));
        VERIFY_RESULT(home.open(options));
        QCOMPARE(home.records().size(), std::size_t(3));
        QVERIFY(!home.records().back().parts.at(0).erased);
    }

    void aNewRootNeedsANewRecoveryKey()
    {
        SlotsHome home;
        VERIFY_RESULT(home.create());
        QVERIFY(home.write(2));
        VERIFY_RESULT(addSlot(home.path(), home.ports, testUnlock(), passphrase("correct horse"), home.random));
        VERIFY_RESULT(addSlot(home.path(), home.ports, testUnlock(), {Unlock::Keychain, {}}, home.random));
        const auto rotated = rotateRoot(home.path(), home.ports, testUnlock(), home.random);
        VERIFY_RESULT(rotated);
        QCOMPARE(home.kinds(), (Kinds{"1keyfile", "4keychain", "5recovery"}));
        QCOMPARE(rotated->dropped.size(), std::size_t(1));
        QCOMPARE(rotated->dropped[0].kind, std::string("passphrase"));
        QVERIFY(home.opens(testUnlock()));
        QVERIFY(home.opens({Unlock::Keychain, {}}));
        QVERIFY(home.opens(recovery(rotated->recoveryKey)));
        QVERIFY(!home.opens(recovery(home.created.recoveryKey)));
        QVERIFY(!home.opens(passphrase("correct horse")));
    }

    void aFailedWriteLeavesTheHomeAsItWas()
    {
        SlotsHome home;
        VERIFY_RESULT(home.create());
        QVERIFY(home.write(2));
        const auto tryAll = [&](const std::function<bool()> &act) {
            const auto slots = home.disk->keys.slots;
            const auto keys = home.disk->keys.keys;
            home.disk->failingKeys = 1;
            const bool refused = !act();
            return refused && home.disk->keys.slots == slots && home.disk->keys.keys == keys && home.opens(testUnlock())
                && home.opens(recovery(home.created.recoveryKey));
        };
        QVERIFY(tryAll([&] { return addSlot(home.path(), home.ports, testUnlock(), {Unlock::Keychain, {}}, home.random).has_value(); }));
        QVERIFY(tryAll([&] { return removeSlot(home.path(), home.ports, testUnlock(), 2).has_value(); }));
        QVERIFY(tryAll([&] { return rotateEpoch(home.path(), home.ports, testUnlock(), home.random).has_value(); }));
        QVERIFY(tryAll([&] { return rotateRoot(home.path(), home.ports, testUnlock(), home.random).has_value(); }));
    }

    void theDrillIsRememberedAndAskedForMonthly()
    {
        SlotsHome home;
        VERIFY_RESULT(home.create());
        QVERIFY(home.write(2));
        const auto before = home.disk->keys;
        const auto advice = [&] { return listSlots(home.path(), home.ports)->advice(home.clock.now()); };
        QVERIFY(advice().empty());
        home.clock.advance(kDrillEvery - seconds(1));
        QVERIFY(advice().empty());
        home.clock.advance(seconds(1));
        QVERIFY(advice().find("never tried") != std::string::npos);
        QCOMPARE(drill(home.path(), home.ports, recovery("00000-00000"), home.clock).error().code, Code::Invalid);
        QVERIFY(advice().find("never tried") != std::string::npos);
        VERIFY_RESULT(drill(home.path(), home.ports, recovery(home.created.recoveryKey), home.clock));
        QVERIFY(advice().empty());
        QVERIFY(home.disk->keys.slots == before.slots && home.disk->keys.keys == before.keys
                && home.disk->keys.epochs == before.epochs && home.disk->keys.signer == before.signer);
        home.clock.advance(kDrillEvery);
        QVERIFY(advice().find("was last tried on") != std::string::npos);
    }
};

QD_TEST(TestSlots)
#include "tst_slots.moc"
