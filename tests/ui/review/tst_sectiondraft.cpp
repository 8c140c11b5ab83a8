// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/sectiondraft.h"
#include "ui/review/together.h"

#include "tests/support/suite.h"
#include "tests/ui/review/reviewscene.h"

#include <QSignalSpy>
#include <QtTest>

using namespace qd;
using review::SectionDraft;
using Standing = review::SectionDraft::Standing;

namespace {

view::RevisionPtr aRevision(std::uint32_t number, const QString &text, bool yours, bool draft = false, const QString &editor = {})
{
    return std::make_shared<view::RevisionText>(view::RevisionText{number, number - 1, text, yours ? QStringLiteral("Mara Lindt") : QStringLiteral("Dana Novak"), test::sceneMoment(), draft, yours, editor});
}

struct DraftBench {
    test::ViewFixture source{test::quietScene()};
    SectionDraft draft{source};
    view::ReviewSection section;
    DraftBench()
    {
        section.id = QStringLiteral("narrative");
        section.revisions = {aRevision(1, QStringLiteral("one\ntwo\n"), false)};
        draft.open(QStringLiteral("INC-7"), section.id);
        draft.show(section);
    }
    [[nodiscard]] int count(const char *method) const
    {
        return static_cast<int>(std::count_if(source.sent.begin(), source.sent.end(), [&](const auto &s) { return s.method == QLatin1String(method); }));
    }
    [[nodiscard]] QJsonObject last(const char *method) const
    {
        for (auto it = source.sent.rbegin(); it != source.sent.rend(); ++it)
            if (it->method == QLatin1String(method))
                return it->arguments;
        return {};
    }
    [[nodiscard]] QString kept() const { return source.words.value(QStringLiteral("INC-7/narrative")); }
};

} // namespace

class TestSectionDraft final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theFirstKeyChecksItOutAndOnlyTheFirst()
    {
        DraftBench b;
        QCOMPARE(b.draft.text(), QStringLiteral("one\ntwo\n"));
        QCOMPARE(b.count("review.hold"), 0);
        b.draft.type(QStringLiteral("one\ntwo\nt"));
        b.draft.type(QStringLiteral("one\ntwo\nth"));
        QCOMPARE(b.count("review.hold"), 1);
        QCOMPARE(b.draft.standing(), Standing::Typed);
        QCOMPARE(b.count("review.write"), 0); // not with every key
    }

    void whatIsTypedIsADraftOverWhatItWasWrittenOver()
    {
        DraftBench b;
        b.draft.type(QStringLiteral("three"));
        b.draft.save();
        const QJsonObject sent = b.last("review.write");
        QCOMPARE(sent.value(QLatin1String("text")).toString(), QStringLiteral("three"));
        QCOMPARE(sent.value(QLatin1String("base")).toInt(), 1);
        QVERIFY(sent.value(QLatin1String("draft")).toBool());
        QCOMPARE(b.draft.standing(), Standing::Saving);
        b.draft.save(); // the answer is not the record
        QCOMPARE(b.count("review.write"), 1);
        b.section.revisions.push_back(aRevision(2, QStringLiteral("three"), true, true, b.draft.window()));
        b.draft.show(b.section);
        QCOMPARE(b.draft.standing(), Standing::Recorded);
        QVERIFY(b.kept().isEmpty());
        b.draft.type(QStringLiteral("three and four"));
        b.draft.save();
        QCOMPARE(b.last("review.write").value(QLatin1String("base")).toInt(), 2);
    }

    /// What was typed may stand otherwise in the record: a mark is sealed for this window, a character that hides is made visible.
    void whatComesBackOtherwiseIsTheSameByItsNumber_data()
    {
        QTest::addColumn<bool>("isFirst"); // the record, before the answer
        QTest::newRow("the record first") << true;
        QTest::newRow("the answer first") << false;
    }
    void whatComesBackOtherwiseIsTheSameByItsNumber()
    {
        QFETCH(bool, isFirst);
        DraftBench b;
        const QString typed = QStringLiteral("one\n[[restricted: the bank]]\n");
        b.source.holdsAnswers = true;
        b.draft.type(typed);
        b.draft.save();
        const auto answer = b.source.held.back();
        const auto record = [&] {
            b.section.revisions.push_back(aRevision(2, QStringLiteral("one\n[sealed: restricted, short]\n"), true, true, b.draft.window()));
            b.draft.show(b.section);
        };
        const QJsonObject result{{QStringLiteral("id"), QStringLiteral("revision/2")}};
        if (isFirst) {
            record();
            QCOMPARE(b.draft.standing(), Standing::Saving); // nobody else wrote it
            answer(true, {}, result);
        } else {
            answer(true, {}, result);
            QCOMPARE(b.draft.standing(), Standing::Saving);
            record();
        }
        QCOMPARE(b.draft.standing(), Standing::Recorded);
        QCOMPARE(b.draft.text(), typed); // who types on sees what they typed
        QVERIFY(b.kept().isEmpty());
        b.draft.show(b.section);
        QCOMPARE(b.draft.text(), typed);
        b.draft.type(typed + QStringLiteral("two\n"));
        b.draft.save();
        QCOMPARE(b.last("review.write").value(QLatin1String("base")).toInt(), 2);
        b.source.held.back()(true, {}, {{QStringLiteral("id"), QStringLiteral("revision/3")}});
        // Somebody wrote over it before the view was here: theirs is shown once nothing is typed.
        b.section.revisions.back() = aRevision(3, QStringLiteral("one\n[sealed: restricted, short]\ntwo\n"), true, true);
        b.section.revisions.push_back(aRevision(4, QStringLiteral("theirs"), false));
        b.draft.show(b.section);
        QCOMPARE(b.draft.standing(), Standing::Recorded);
        QCOMPARE(b.draft.text(), QStringLiteral("theirs"));
    }

    void ofATextBesideItThatIsOnesOwnNoLineIsTwice()
    {
        DraftBench b;
        b.source.nextResult = {{QStringLiteral("id"), QStringLiteral("revision/3")}};
        b.draft.type(QStringLiteral("one\n[[restricted: the bank]]\n"));
        b.draft.save();
        b.section.revisions.push_back(aRevision(2, QStringLiteral("one\n"), false));
        b.section.asides.push_back(aRevision(3, QStringLiteral("one\n[sealed: restricted, short]\n"), true, true, b.draft.window()));
        b.draft.show(b.section);
        QCOMPARE(b.draft.standing(), Standing::Beside);
        b.draft.putTogether();
        QCOMPARE(b.draft.text(), QStringLiteral("one\n[[restricted: the bank]]\n"));
    }

    /// The window may end between two drafts, and the core may be gone.
    void wordsAreKeptUntilTheRecordHasThem()
    {
        DraftBench b;
        b.source.nextDone = false;
        b.source.nextSentence = QStringLiteral("No core is running for this home.");
        b.draft.type(QStringLiteral("mine"));
        QTRY_COMPARE(b.kept(), QStringLiteral("mine"));
        b.draft.save();
        QCOMPARE(b.draft.standing(), Standing::Refused);
        QCOMPARE(b.draft.sentence(), b.source.nextSentence);
        QCOMPARE(b.draft.text(), QStringLiteral("mine"));
        QCOMPARE(b.kept(), QStringLiteral("mine"));
    }

    /// What goes with the window is said as long as it is so, and of the section it is of.
    void wordsThatCannotBeKeptAreSaid()
    {
        DraftBench b;
        b.source.keepingProblem = QStringLiteral("no folder");
        QSignalSpy changed(&b.draft, &SectionDraft::changed);
        b.draft.type(QStringLiteral("mine"));
        QVERIFY(b.draft.unkept().isEmpty());
        QTRY_COMPARE(b.draft.unkept(), QStringLiteral("no folder"));
        QCOMPARE(changed.size(), 2); // it is typed; it is not kept
        b.draft.save();
        b.draft.open(QStringLiteral("INC-7"), QStringLiteral("summary"));
        QVERIFY(b.draft.unkept().isEmpty());
        b.draft.open(QStringLiteral("INC-7"), b.section.id);
        b.draft.show(b.section);
        b.source.keepingProblem.clear();
        b.draft.type(QStringLiteral("mine too"));
        QTRY_COMPARE(b.kept(), QStringLiteral("mine too"));
        QVERIFY(b.draft.unkept().isEmpty());
    }

    void wordsThatWereKeptStandBesideTheSectionWhenItIsOpenedAgain()
    {
        test::ViewFixture source(test::quietScene());
        source.words.insert(QStringLiteral("INC-7/narrative"), QStringLiteral("one\ntwo\nnever recorded\n"));
        SectionDraft draft(source);
        view::ReviewSection section;
        section.id = QStringLiteral("narrative");
        section.revisions = {aRevision(1, QStringLiteral("one\ntwo\n"), false)};
        draft.open(QStringLiteral("INC-7"), section.id);
        draft.show(section);
        QCOMPARE(draft.standing(), Standing::Beside);
        QCOMPARE(draft.recorded(), QStringLiteral("one\ntwo\n"));
        QVERIFY(draft.text().contains(QStringLiteral("never recorded")));
        draft.putTogether();
        QCOMPARE(draft.text(), QStringLiteral("one\ntwo\nnever recorded\n"));
    }

    /// Nothing that arrives takes a word out of the editor, and nothing of it is written over somebody else's.
    void whatSomebodyElseWroteMeanwhileStandsBesideAndNoWordOfEitherIsLost()
    {
        DraftBench b;
        b.draft.type(QStringLiteral("one\ntwo\nmine\n"));
        b.section.revisions.push_back(aRevision(2, QStringLiteral("one\ntheirs\ntwo\n"), false));
        b.draft.show(b.section);
        QCOMPARE(b.draft.standing(), Standing::Beside);
        QCOMPARE(b.draft.text(), QStringLiteral("one\ntwo\nmine\n"));
        QCOMPARE(b.kept(), QStringLiteral("one\ntwo\nmine\n"));
        b.draft.type(QStringLiteral("one\ntwo\nmine too\n"));
        b.draft.save();
        QCOMPARE(b.count("review.write"), 0);
        b.draft.finish();
        QCOMPARE(b.count("review.write"), 0);
        QSignalSpy text(&b.draft, &SectionDraft::textChanged);
        b.draft.putTogether();
        QCOMPARE(text.size(), 1);
        QCOMPARE(b.draft.text(), QStringLiteral("one\ntheirs\ntwo\nmine too\n"));
        b.draft.save();
        QCOMPARE(b.last("review.write").value(QLatin1String("base")).toInt(), 2);
        QCOMPARE(b.last("review.write").value(QLatin1String("text")).toString(), QStringLiteral("one\ntheirs\ntwo\nmine too\n"));
    }

    /// Written over a revision that was the newest no more: the core put it beside the section, and it is found there.
    void anAsideOfYoursIsPutTogetherAndSettled()
    {
        DraftBench b;
        b.draft.type(QStringLiteral("one\ntwo\nmine\n"));
        b.draft.save();
        b.section.revisions.push_back(aRevision(2, QStringLiteral("one\ntheirs\n"), false));
        b.section.asides.push_back(aRevision(3, QStringLiteral("one\ntwo\nmine\n"), true, true, b.draft.window()));
        b.draft.show(b.section);
        QCOMPARE(b.draft.standing(), Standing::Beside);
        b.draft.putTogether();
        for (const char *line : {"one", "two", "mine", "theirs"})
            QVERIFY2(b.draft.text().split(QLatin1Char('\n')).contains(QLatin1String(line)), line);
        b.draft.save();
        QCOMPARE(b.last("review.write").value(QLatin1String("settles")).toInt(), 3);
    }

    void whoHasItNoMoreSeesTheirWordsBesideIt()
    {
        DraftBench b;
        b.draft.type(QStringLiteral("mine"));
        b.draft.save();
        b.section.heldBy = QStringLiteral("Dana Novak");
        b.section.asides.push_back(aRevision(2, QStringLiteral("mine"), true, true, b.draft.window()));
        b.draft.show(b.section);
        QCOMPARE(b.draft.standing(), Standing::Beside);
        QCOMPARE(b.draft.heldBy(), QStringLiteral("Dana Novak"));
    }

    void whatSomebodyElseHoldsIsNotWrittenEveryFewSeconds()
    {
        DraftBench b;
        b.source.nextDone = false;
        b.source.nextSentence = QStringLiteral("Dana Novak has it.");
        b.draft.type(QStringLiteral("mine"));
        b.draft.type(QStringLiteral("mine too"));
        b.draft.save();
        QCOMPARE(b.draft.standing(), Standing::Refused);
        QCOMPARE(b.draft.sentence(), b.source.nextSentence);
        QCOMPARE(b.draft.text(), QStringLiteral("mine too"));
        QCOMPARE(b.count("review.write"), 0);
        QCOMPARE(b.count("review.hold"), 1);
        b.source.nextDone = true;
        b.draft.takeOver();
        QVERIFY(b.last("review.hold").value(QLatin1String("over")).toBool());
        b.draft.save();
        QCOMPARE(b.last("review.write").value(QLatin1String("text")).toString(), QStringLiteral("mine too"));
    }

    /// One person at two windows: what the other one saved is neither taken for this one's nor put away with it.
    void twoWindowsOfOnePersonKeepTheirWordsApart()
    {
        DraftBench here, there;
        QVERIFY(!here.draft.window().isEmpty());
        QVERIFY(here.draft.window() != there.draft.window());
        here.draft.type(QStringLiteral("one\ntwo\nhere\n"));
        here.draft.save();
        QCOMPARE(here.last("review.write").value(QLatin1String("editor")).toString(), here.draft.window());
        there.draft.type(QStringLiteral("one\ntwo\nthere\n"));
        there.draft.save();
        // The record has somebody else's text, and both beside it.
        view::ReviewSection section = here.section;
        section.revisions.push_back(aRevision(2, QStringLiteral("one\ntheirs\n"), false));
        section.asides = {aRevision(3, QStringLiteral("one\ntwo\nhere\n"), true, true, here.draft.window()), aRevision(4, QStringLiteral("one\ntwo\nthere\n"), true, true, there.draft.window())};
        for (DraftBench *b : {&here, &there}) {
            b->draft.show(section);
            QCOMPARE(b->draft.standing(), Standing::Beside);
        }
        here.draft.leaveMine();
        QCOMPARE(here.last("review.write").value(QLatin1String("settles")).toInt(), 3); // its own, and not the newest of the person
        there.draft.putTogether();
        there.draft.save();
        QCOMPARE(there.last("review.write").value(QLatin1String("settles")).toInt(), 4);
        QCOMPARE(there.draft.text(), QStringLiteral("one\ntheirs\ntwo\nthere\n"));
    }

    /// The same words saved by the other window are not the answer to what this one sent.
    void theSameWordsOfAnotherWindowAreNotTakenForThisOnes()
    {
        DraftBench b;
        b.source.holdsAnswers = true;
        b.draft.type(QStringLiteral("mine"));
        b.draft.save();
        b.section.revisions.push_back(aRevision(2, QStringLiteral("mine"), true, true, QStringLiteral("another")));
        b.draft.show(b.section);
        QCOMPARE(b.draft.standing(), Standing::Saving);
        b.section.asides.push_back(aRevision(3, QStringLiteral("mine"), true, true, b.draft.window()));
        b.draft.show(b.section);
        QCOMPARE(b.draft.standing(), Standing::Beside);
    }

    /// The window that saved it may be gone: whoever opens the section is shown it, with the words that were never recorded.
    void whatAWindowThatIsGoneLeftIsPutTogetherWithWhatItNeverSent()
    {
        test::ViewFixture source(test::quietScene());
        source.words.insert(QStringLiteral("INC-7/narrative"), QStringLiteral("one\nsaved\nnever sent\n"));
        SectionDraft draft(source);
        view::ReviewSection section;
        section.id = QStringLiteral("narrative");
        section.revisions = {aRevision(2, QStringLiteral("one\ntheirs\n"), false)};
        section.asides = {aRevision(3, QStringLiteral("one\nsaved\n"), true, true, QStringLiteral("gone"))};
        draft.open(QStringLiteral("INC-7"), section.id);
        draft.show(section);
        QCOMPARE(draft.text(), QStringLiteral("one\nsaved\nnever sent\n"));
        draft.putTogether();
        draft.save();
        QCOMPARE(source.sent.back().arguments.value(QLatin1String("settles")).toInt(), 3);
        QCOMPARE(draft.text(), QStringLiteral("one\ntheirs\nsaved\nnever sent\n"));
    }

    void leavingSavesAndGivesItBack()
    {
        DraftBench b;
        b.draft.type(QStringLiteral("mine"));
        b.draft.open({}, {});
        const QJsonObject sent = b.last("review.write");
        QCOMPARE(sent.value(QLatin1String("text")).toString(), QStringLiteral("mine"));
        QVERIFY(sent.value(QLatin1String("release")).toBool());
        QVERIFY(b.draft.section().isEmpty());
    }

    /// Typed behind what is on its way: it goes into the record after it, and the section is given back with it.
    void whatIsTypedWhileASaveIsOnItsWayIsSentAfterItOnLeaving()
    {
        DraftBench b;
        b.source.holdsAnswers = true;
        b.draft.type(QStringLiteral("abc"));
        b.section.heldByYou = true;
        b.draft.show(b.section);
        b.draft.save();
        const auto first = b.source.held.back();
        b.draft.type(QStringLiteral("abcd"));
        b.draft.open(QStringLiteral("INC-7"), QStringLiteral("summary"));
        QCOMPARE(b.kept(), QStringLiteral("abcd"));
        QCOMPARE(b.count("review.write"), 1);
        QCOMPARE(b.count("review.hold"), 1); // not given back yet
        first(true, {}, {{QStringLiteral("id"), QStringLiteral("revision/2")}});
        QCOMPARE(b.kept(), QStringLiteral("abcd"));
        const QJsonObject rest = b.last("review.write");
        QCOMPARE(b.count("review.write"), 2);
        QCOMPARE(rest.value(QLatin1String("section")).toString(), QStringLiteral("narrative"));
        QCOMPARE(rest.value(QLatin1String("text")).toString(), QStringLiteral("abcd"));
        QCOMPARE(rest.value(QLatin1String("base")).toInt(), 2);
        QVERIFY(rest.value(QLatin1String("draft")).toBool() && rest.value(QLatin1String("release")).toBool());
        b.source.held.back()(true, {}, {{QStringLiteral("id"), QStringLiteral("revision/3")}});
        QVERIFY(b.kept().isEmpty());
        QCOMPARE(b.count("review.hold"), 1);
    }

    void whereItIsRefusedTheWordsAreKeptAndTheSectionIsGivenBack_data()
    {
        QTest::addColumn<bool>("isFirst"); // the save, not what was typed behind it
        QTest::newRow("the save") << true;
        QTest::newRow("what comes after it") << false;
    }
    void whereItIsRefusedTheWordsAreKeptAndTheSectionIsGivenBack()
    {
        QFETCH(bool, isFirst);
        DraftBench b;
        b.source.holdsAnswers = true;
        b.draft.type(QStringLiteral("abc"));
        b.draft.save();
        b.draft.type(QStringLiteral("abcd"));
        const auto first = b.source.held.back();
        b.draft.open({}, {});
        first(!isFirst, {}, isFirst ? QJsonObject() : QJsonObject{{QStringLiteral("id"), QStringLiteral("revision/2")}});
        if (!isFirst)
            b.source.held.back()(false, QStringLiteral("No core is running for this home."), {});
        QCOMPARE(b.kept(), QStringLiteral("abcd"));
        QVERIFY(b.last("review.hold").value(QLatin1String("release")).toBool());
    }

    /// Who comes back and writes on before the answer does not lose that either.
    void aLateAnswerForgetsOnlyWhatItIsAbout()
    {
        DraftBench b;
        b.source.holdsAnswers = true;
        b.draft.type(QStringLiteral("abc"));
        b.draft.open({}, {});
        const auto left = b.source.held.back();
        b.draft.open(QStringLiteral("INC-7"), b.section.id);
        b.draft.show(b.section);
        b.draft.type(QStringLiteral("abc and more"));
        QTRY_COMPARE_WITH_TIMEOUT(b.kept(), QStringLiteral("abc and more"), 5 * SectionDraft::kKeepMs);
        left(true, {}, {{QStringLiteral("id"), QStringLiteral("revision/2")}});
        QCOMPARE(b.kept(), QStringLiteral("abc and more"));
        QCOMPARE(b.draft.text(), QStringLiteral("abc and more"));
    }

    void whoComesBackBeforeTheRecordHasItSeesThatItDoesThen()
    {
        DraftBench b;
        b.source.holdsAnswers = true;
        b.draft.type(QStringLiteral("abc"));
        b.draft.open({}, {});
        const auto left = b.source.held.back();
        b.draft.open(QStringLiteral("INC-7"), b.section.id);
        b.draft.show(b.section);
        QCOMPARE(b.draft.standing(), Standing::Beside);
        left(true, {}, {{QStringLiteral("id"), QStringLiteral("revision/2")}});
        b.section.revisions.push_back(aRevision(2, QStringLiteral("abc"), true, true, b.draft.window()));
        b.draft.show(b.section);
        QCOMPARE(b.draft.standing(), Standing::Recorded);
        b.draft.type(QStringLiteral("abcd"));
        b.draft.save();
        QCOMPARE(b.last("review.write").value(QLatin1String("base")).toInt(), 2);
    }

    /// The core has answered, and the view is not here yet.
    void whatIsAnsweredAndNotSeenYetIsWrittenOver()
    {
        DraftBench b;
        b.source.nextResult = {{QStringLiteral("id"), QStringLiteral("revision/2")}};
        b.draft.type(QStringLiteral("abc"));
        b.draft.save();
        b.draft.type(QStringLiteral("abcd"));
        b.draft.open({}, {});
        QCOMPARE(b.last("review.write").value(QLatin1String("text")).toString(), QStringLiteral("abcd"));
        QCOMPARE(b.last("review.write").value(QLatin1String("base")).toInt(), 2);
    }

    void whatTheRecordHasIsNotKeptOnLeaving()
    {
        DraftBench b;
        b.source.nextResult = {{QStringLiteral("id"), QStringLiteral("revision/2")}};
        b.draft.type(QStringLiteral("abc"));
        b.draft.save();
        b.draft.open({}, {});
        QVERIFY(b.kept().isEmpty());
        QCOMPARE(b.count("review.write"), 1);
    }

    void whatNobodyTypedFollowsTheRecord()
    {
        DraftBench b;
        b.section.revisions.push_back(aRevision(2, QStringLiteral("theirs"), false));
        b.draft.show(b.section);
        QCOMPARE(b.draft.text(), QStringLiteral("theirs"));
        QCOMPARE(b.draft.standing(), Standing::Recorded);
        QCOMPARE(b.count("review.write"), 0);
    }

    void togetherKeepsEveryLineOfBoth_data()
    {
        QTest::addColumn<QString>("recorded");
        QTest::addColumn<QString>("mine");
        QTest::addColumn<QString>("both");
        QTest::newRow("the same") << "a\nb" << "a\nb" << "a\nb";
        QTest::newRow("one only adds") << "a\nb" << "a\nx\nb" << "a\nx\nb";
        QTest::newRow("both add") << "a\ny\nb" << "a\nx\nb" << "a\ny\nx\nb";
        QTest::newRow("mine took a line out: it stays") << "a\nb\nc" << "a\nc" << "a\nb\nc";
        QTest::newRow("nothing in common") << "a" << "b" << "a\nb";
        QTest::newRow("mine is empty") << "a\nb" << "" << "a\nb\n";
    }
    void togetherKeepsEveryLineOfBoth()
    {
        QFETCH(QString, recorded);
        QFETCH(QString, mine);
        QFETCH(QString, both);
        QCOMPARE(review::together(recorded, mine), both);
    }

    /// Also where they are too long to be compared line by line.
    void togetherKeepsEveryLineOfLongTexts()
    {
        QStringList a, b;
        for (int i = 0; i < 3000; ++i) {
            a << QStringLiteral("theirs %1").arg(i);
            b << QStringLiteral("mine %1").arg(i);
        }
        const QStringList both = review::together(a.join(QLatin1Char('\n')), b.join(QLatin1Char('\n'))).split(QLatin1Char('\n'));
        QCOMPARE(both.size(), 6000);
        for (const QString &line : {a.front(), a.back(), b.front(), b.back()})
            QVERIFY(both.contains(line));
    }
};

QD_GUI_TEST(TestSectionDraft)
#include "tst_sectiondraft.moc"
