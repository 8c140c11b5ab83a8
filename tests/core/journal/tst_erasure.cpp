// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/journal/journalfixture.h"
#include "tests/support/suite.h"

#include "core/journal/sections.h"

using namespace qd;
using namespace qd::journal;
using namespace qd::tests;

namespace {

const std::string kDay = "alerts/2026-11-18";
const std::string kTexts = "text/incident/INC-1";

KeyChange erasing(std::vector<std::string> streams)
{
    KeyChange change;
    change.erase = std::move(streams);
    return change;
}

struct ErasureHome : MemoryHome
{
    Result<> begin()
    {
        if (auto made = create(); !made)
            return made;
        return open();
    }
    Draft said(std::string text)
    {
        return {journal->head() + 1, clock.now(), {{"org", 1, bytesOf(text)}}};
    }
    /// One record with this change of keys.
    Answers::Answer change(KeyChange change, std::string text = "it is so")
    {
        Answers answers;
        journal->append(said(std::move(text)), std::move(change), answers.take());
        return answers.wait(1).at(0);
    }
    /// A record with one text of its own key.
    Id16 text(std::string words)
    {
        Draft draft = said("somebody wrote");
        draft.parts.push_back({kTexts, 5, bytesOf(words), false, true});
        Answers answers;
        journal->append(std::move(draft), answers.take());
        const auto answer = answers.wait(1).at(0);
        return answer.record ? answer.record->parts.at(1).key : Id16{};
    }
    int erasedParts(std::uint64_t seq)
    {
        int n = 0;
        for (const Part &p : records().at(seq - 1).parts)
            n += p.erased ? 1 : 0;
        return n;
    }
};

} // namespace

class TestErasure final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void erasedStreamIsGoneForEverAndTheHoleIsAuthorised()
    {
        ErasureHome home;
        VERIFY_RESULT(home.begin());
        QVERIFY(home.fill(5));
        const auto wrapped = home.disk->keys.keys;
        const auto epoch = home.disk->keys.epochs;
        QVERIFY(home.change(erasing({kDay})).record);
        QVERIFY(!home.journal->erasurePending());
        for (int round = 0; round < 2; ++round) {
            for (std::uint64_t seq = 1; seq <= 5; ++seq)
                QCOMPARE(home.erasedParts(seq), 1);
            QCOMPARE(home.erasedParts(6), 0);
            const auto report = home.verify();
            VERIFY_RESULT(report);
            QVERIFY(report->outcome == VerifyReport::Outcome::Consistent);
            QCOMPARE(report->holes.size(), std::size_t(5));
            for (const auto &hole : report->holes)
                QVERIFY(hole.authorised && hole.seq <= 5);
            home.journal.reset();
            VERIFY_RESULT(home.open());
        }
        // Every survivor is under a new epoch key; the old one and the row are gone.
        QCOMPARE(home.disk->keys.epochs.size(), std::size_t(1));
        QCOMPARE(home.disk->keys.epochs[0].epoch, epoch[0].epoch + 1);
        QVERIFY(home.disk->keys.epochs[0].wrapped != epoch[0].wrapped);
        for (const KeyRow &old : wrapped)
            for (const KeyRow &now : home.disk->keys.keys)
                QVERIFY(old.wrapped != now.wrapped);
        // The log goes on, also in a stream of that name.
        QVERIFY(home.fill(8));
        QCOMPARE(home.erasedParts(8), 0);
        QCOMPARE(home.journal->mayChange(erasing({"incident/INC-77"})).error().code, Code::NotFound);
    }

    void missingKeysAreNotAuthorisedByAnErasureOfOthers()
    {
        ErasureHome home;
        VERIFY_RESULT(home.begin());
        QVERIFY(home.fill(3));
        QVERIFY(home.change(erasing({kDay})).record);
        home.journal.reset();
        home.disk->keys.keys.clear(); // "org" is gone too, and no record says so
        const auto report = home.verify();
        VERIFY_RESULT(report);
        QVERIFY(report->outcome == VerifyReport::Outcome::Damaged);
        int authorised = 0, missing = 0;
        for (const auto &hole : report->holes)
            ++(hole.authorised ? authorised : missing);
        QCOMPARE(authorised, 3);
        QCOMPARE(missing, 4); // the erasure's own "org" part as well
        for (const auto &fault : report->errors)
            QCOMPARE(fault.kind, std::string("key-missing"));
        QCOMPARE(report->errors.size(), std::size_t(4));
    }

    void withoutTheKeyFileTheHolesAreStillNamed()
    {
        ErasureHome home;
        VERIFY_RESULT(home.begin());
        QVERIFY(home.fill(3));
        QVERIFY(home.change(erasing({kDay})).record);
        home.journal.reset();
        home.disk->hasKeys = false;
        const auto report = home.verify();
        VERIFY_RESULT(report);
        QVERIFY(report->outcome == VerifyReport::Outcome::Consistent);
        QCOMPARE(report->holes.size(), std::size_t(3));
    }

    void aChangedErasureAuthorisesNothing()
    {
        ErasureHome home;
        VERIFY_RESULT(home.begin());
        QVERIFY(home.fill(3));
        QVERIFY(home.change(erasing({kDay})).record);
        QVERIFY(home.fill(6));
        home.journal.reset();
        home.disk->rows.at(4).at(60) ^= 1; // in its header
        const auto report = home.verify();
        VERIFY_RESULT(report);
        QVERIFY(report->outcome == VerifyReport::Outcome::Damaged);
        for (const auto &hole : report->holes)
            QVERIFY(!hole.authorised);
    }

    void oneTextIsStruckAlone()
    {
        ErasureHome home;
        VERIFY_RESULT(home.begin());
        home.text("first");
        const Id16 key = home.text("the password is hunter2");
        home.text("third");
        KeyChange strike;
        strike.strike = {key};
        QVERIFY(home.change(strike).record);
        for (int round = 0; round < 2; ++round) {
            QCOMPARE(home.erasedParts(1), 0);
            QCOMPARE(home.erasedParts(2), 1);
            QCOMPARE(home.erasedParts(3), 0);
            QCOMPARE(home.records().at(2).parts.at(1).body, bytesOf("third"));
            const auto report = home.verify();
            VERIFY_RESULT(report);
            QVERIFY(report->outcome == VerifyReport::Outcome::Consistent);
            QCOMPARE(report->holes.size(), std::size_t(1));
            QVERIFY(report->holes[0].authorised);
            home.journal.reset();
            VERIFY_RESULT(home.open());
        }
        QCOMPARE(home.journal->mayChange(strike).error().code, Code::NotFound);
        // Texts go on with keys never given out before.
        const Id16 next = home.text("fourth");
        QVERIFY(next != key);
        QCOMPARE(home.erasedParts(home.journal->head()), 0);
    }

    void erasingAStreamTakesWhatIsBelowItsTextsAndWhatIsDerived()
    {
        QVERIFY(diesWith("incident/INC-1", "incident/INC-1"));
        QVERIFY(diesWith("incident/INC-1/privileged", "incident/INC-1"));
        QVERIFY(diesWith("text/incident/INC-1", "incident/INC-1"));
        QVERIFY(diesWith("derived/search/incident/INC-1", "incident/INC-1"));
        QVERIFY(diesWith("derived/search/text/incident/INC-1", "incident/INC-1"));
        QVERIFY(diesWith("derived/snapshots", "incident/INC-1"));
        QVERIFY(diesWith("derived/snapshots/3", "incident/INC-1"));
        QVERIFY(!diesWith("incident/INC-10", "incident/INC-1"));
        QVERIFY(!diesWith("text/incident/INC-10", "incident/INC-1"));
        QVERIFY(!diesWith("org", "incident/INC-1"));

        ErasureHome home;
        VERIFY_RESULT(home.begin());
        home.text("a");
        home.text("b");
        QVERIFY(home.fill(4));
        QVERIFY(home.change(erasing({"incident/INC-1"})).record);
        QCOMPARE(home.erasedParts(1), 1);
        QCOMPARE(home.erasedParts(2), 1);
        QCOMPARE(home.erasedParts(3), 0);
        QVERIFY(home.disk->keys.pages.empty());
        QVERIFY(home.verify()->outcome == VerifyReport::Outcome::Consistent);
    }

    void aTextOfItsOwnKeyCostsAWriteOnceAPage()
    {
        ErasureHome home;
        VERIFY_RESULT(home.begin());
        home.text("the first makes the page");
        const int before = home.disk->keyWrites;
        for (std::uint32_t i = 1; i < 4 * kPageKeys; ++i)
            home.text("and another one");
        QVERIFY2(home.disk->keyWrites - before <= 4, std::to_string(home.disk->keyWrites - before).c_str());
        std::set<Id16> keys;
        for (const Committed &r : home.records())
            keys.insert(r.parts.at(1).key);
        QCOMPARE(keys.size(), std::size_t(4 * kPageKeys));
    }

    void aHoldWins()
    {
        ErasureHome home;
        VERIFY_RESULT(home.begin());
        home.text("evidence");
        QVERIFY(home.fill(2));
        KeyChange place;
        place.place = Hold{1, "incident/INC-1", "Case 7", "counsel", "litigation", home.clock.now()};
        QVERIFY(home.change(place).record);
        KeyChange strike;
        strike.strike = {home.records().at(0).parts.at(1).key};
        for (int round = 0; round < 2; ++round) {
            QCOMPARE(home.journal->mayChange(erasing({"incident/INC-1"})).error().code, Code::Conflict);
            QVERIFY(home.journal->mayChange(erasing({"incident/INC-1"})).error().message.find("Case 7") != std::string::npos);
            QCOMPARE(home.journal->mayChange(erasing({"incident"})).error().code, Code::Conflict);
            QCOMPARE(home.journal->mayChange(strike).error().code, Code::Conflict);
            VERIFY_RESULT(home.journal->mayChange(erasing({kDay})));
            const auto holds = home.journal->holds();
            VERIFY_RESULT(holds);
            QCOMPARE(holds->size(), std::size_t(1));
            QVERIFY(holds->front() == *place.place);
            home.journal.reset();
            VERIFY_RESULT(home.open());
        }
        // Whoever does not ask first is refused as well, before anything is recorded.
        const auto answer = home.change(erasing({"incident/INC-1"}));
        QVERIFY(!answer.record);
        QCOMPARE(answer.error.code, Code::Conflict);
        QCOMPARE(home.journal->head(), std::uint64_t(3));
        home.journal->resumeAfterFailure();
        QCOMPARE(home.erasedParts(1), 0);
        // An erasure of something else leaves the hold in force.
        QVERIFY(home.change(erasing({kDay})).record);
        QCOMPARE(home.journal->mayChange(strike).error().code, Code::Conflict);
        KeyChange release;
        release.release = 1;
        QVERIFY(home.change(release).record);
        QVERIFY(home.journal->holds()->empty());
        QVERIFY(home.change(strike).record);
        QCOMPARE(home.erasedParts(1), 1);
    }

    void aHoldOnEverythingCoversEverything()
    {
        const Hold all{1, "*", "", "", "", {}};
        QVERIFY(covers(all, "alerts/2026-11-18"));
        const Hold days{1, "alerts", "", "", "", {}};
        QVERIFY(covers(days, "alerts/2026-11-18") && covers(days, "text/alerts/2026-11-18"));
        QVERIFY(!covers(days, "incident/INC-1") && !covers(days, "alertsx"));
        QCOMPARE(*decodeHold(3, encodeHold({3, "s", "m", "c", "r", Instant{9}})), (Hold{3, "s", "m", "c", "r", Instant{9}}));
        QVERIFY(!decodeHold(1, bytesOf("too short")));
    }

    /// Cut short before the record: nothing happened. After it: carried out when the home is opened.
    void aCrashAtAnyStepLeavesBeforeOrAfter()
    {
        {
            ErasureHome home; // the intent cannot be written
            VERIFY_RESULT(home.begin());
            QVERIFY(home.fill(2));
            home.disk->failingKeys = 1;
            QVERIFY(!home.change(erasing({kDay})).record);
            QVERIFY(home.disk->keys.intents.empty());
            home.journal->resumeAfterFailure();
            QVERIFY(home.fill(3));
            QCOMPARE(home.erasedParts(1), 0);
        }
        {
            ErasureHome home; // the record cannot be written
            VERIFY_RESULT(home.begin());
            QVERIFY(home.fill(2));
            home.disk->failNextCommit();
            QVERIFY(!home.change(erasing({kDay})).record);
            QVERIFY(home.disk->keys.intents.empty());
            home.journal->resumeAfterFailure();
            QVERIFY(home.fill(3));
            QCOMPARE(home.erasedParts(1), 0);
        }
        for (const bool recorded : {false, true}) {
            ErasureHome home; // the machine stops between
            VERIFY_RESULT(home.begin());
            QVERIFY(home.fill(2));
            KeyFileContents between;
            home.disk->beforeCommit = [&] {
                between = home.disk->keys;
                home.disk->failingKeys = 100; // from now on
            };
            QVERIFY(home.change(erasing({kDay})).record);
            home.disk->beforeCommit = {};
            QVERIFY(home.journal->erasurePending());
            QCOMPARE(home.erasedParts(1), 0);
            home.journal.reset();
            home.disk->failingKeys = 0;
            QCOMPARE(home.disk->keys.intents.size(), std::size_t(1));
            if (!recorded) {
                home.disk->rows.erase(3);
                home.disk->checkpoints.erase(3);
                std::filesystem::remove(home.path() / "head.note"); // nor was its checkpoint
            }
            VERIFY_RESULT(home.open());
            QVERIFY(home.disk->keys.intents.empty());
            QCOMPARE(home.erasedParts(1), recorded ? 1 : 0);
            QVERIFY(home.verify()->outcome == VerifyReport::Outcome::Consistent);
        }
        {
            ErasureHome home; // the key file cannot be written for a while
            VERIFY_RESULT(home.begin());
            QVERIFY(home.fill(2));
            home.disk->beforeCommit = [&] { home.disk->failingKeys = 1; };
            QVERIFY(home.change(erasing({kDay})).record);
            home.disk->beforeCommit = {};
            KeyChange place;
            place.place = Hold{1, "alerts", "too late", "", "", {}};
            QVERIFY(home.change(place).record); // what was recorded comes first
            QVERIFY(!home.journal->erasurePending());
            QCOMPARE(home.erasedParts(1), 1);
        }
    }

    void whatWasDerivedBeforeIsNotStoredAfter()
    {
        ErasureHome home;
        home.ports.sections = {};
        VERIFY_RESULT(home.begin());
        QVERIFY(home.fill(2));
        const auto era = home.journal->sections().era();
        QVERIFY(home.change(erasing({kDay})).record);
        QVERIFY(home.journal->sections().era() != era);
    }

    void damagedErasuresAreRefused()
    {
        const std::vector<Id16> keys{Id16{1}, Id16{2}};
        QVERIFY(*decodeErasure(encodeErasure(keys)) == keys);
        Bytes body = encodeErasure(keys);
        for (std::size_t size = 0; size < body.size(); ++size)
            QVERIFY(!decodeErasure(BytesView(body).first(size)));
        body.push_back(0);
        QVERIFY(!decodeErasure(body));
        QVERIFY(!decodeErasure(encodeErasure({Id16{2}, Id16{1}})) && !decodeErasure(encodeErasure({Id16{1}, Id16{1}})));
    }
};

QD_TEST(TestErasure)
#include "tst_erasure.moc"
