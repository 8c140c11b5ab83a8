// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comms/draft.h"
#include "core/comms/handcopy.h"
#include "tests/support/builders.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

using namespace qd;
using namespace qd::comms;
using namespace qd::tests;

namespace {

UpdateTemplate aStatus()
{
    UpdateTemplate t{"status", "Status", "customers", "{{title}}\nImpact: {{impact}}\nWork: {{work}}\nNext: {{next}}\n",
                     {{"impact", "what they notice", true}, {"work", "what we do", true}, {"next", "when", true}}};
    t.kind = AudienceKind::Customer;
    return t;
}

Values liveValues()
{
    LiveIncident i;
    i.id = "INC-1";
    i.title = "Payments fail";
    i.declaredAt = kMorning;
    i.now = kMorning + minutes(10);
    return liveVariables(i);
}

std::string marked(std::string_view from, std::string_view to)
{
    return comms::toText(redline(from, to));
}

std::string without(const std::vector<Piece> &pieces, Change change)
{
    std::string out;
    for (const Piece &p : pieces)
        if (p.change != change)
            out += p.text;
    return out;
}

/// Without blanks at its end, which a comparison by words does not see.
std::string trimmedEnd(const std::string &text)
{
    const auto end = text.find_last_not_of(" \n\t");
    return end == std::string::npos ? std::string() : text.substr(0, end + 1);
}

} // namespace

/// M3.2: a draft, what is new in it, how long it is, and how it is put somewhere by hand.
class TestDraft final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsNotKnownYetIsSaid()
    {
        const auto text = render(aStatus(), liveValues(), {{"impact", " ? "}, {"work", "we look"}, {"next", "?"}});
        VERIFY_RESULT(text);
        QCOMPARE(*text, std::string("Payments fail\nImpact: not known yet\nWork: we look\nNext: not known yet"));
        UpdateTemplate german = aStatus();
        german.notKnown = "noch nicht bekannt";
        const Preview shown = preview(german, liveValues(), {{"impact", "?"}, {"work", "wir suchen"}});
        QVERIFY(shown.text.find("Impact: noch nicht bekannt") != std::string::npos);
        QCOMPARE(shown.unknown, std::vector<std::string>{"impact"});
        QCOMPARE(shown.missing, std::vector<std::string>{"next"}); // an answer that is not known is one, an empty field is none
    }

    void aQuestionIsNoUnknown()
    {
        const auto text = render(aStatus(), liveValues(), {{"impact", "Can you pay?"}, {"work", "??"}, {"next", "14:40"}});
        VERIFY_RESULT(text);
        QVERIFY(text->find("not known") == std::string::npos);
    }

    void anUpdateOverItsTemplatesLimitIsRefused()
    {
        UpdateTemplate t = aStatus();
        const Values set{{"impact", "x"}, {"work", "y"}, {"next", "z"}};
        const auto whole = render(t, liveValues(), set);
        VERIFY_RESULT(whole);
        t.limit = static_cast<std::uint32_t>(whole->size());
        VERIFY_RESULT(render(t, liveValues(), set));
        t.limit -= 1;
        const auto refused = render(t, liveValues(), set);
        QVERIFY(!refused && refused.error().code == Code::TooLarge);
        QCOMPARE(preview(t, liveValues(), set).problem, refused.error().message);
    }

    void saysWhatIsNewWordByWord_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("shown");
        QTest::newRow("nothing") << "a b" << "a b" << "a b";
        QTest::newRow("a word") << "Payments fail in Europe." << "Payments fail in Asia." << "Payments fail in [-Europe.-] {+Asia.+}";
        QTest::newRow("more") << "We look." << "We look. It is better." << "We look. {+It is better.+}";
        QTest::newRow("less") << "We look. It is better." << "We look." << "We look. [-It is better.-]";
        QTest::newRow("a line stays a line") << "Impact: some\nNext: 14:00" << "Impact: many\nNext: 14:00" << "Impact: [-some-] {+many+}\nNext: 14:00";
        QTest::newRow("all") << "" << "Now." << "{+Now.+}";
    }
    void saysWhatIsNewWordByWord()
    {
        QFETCH(QString, from);
        QFETCH(QString, to);
        QFETCH(QString, shown);
        QCOMPARE(QString::fromStdString(marked(from.toStdString(), to.toStdString())), shown);
    }

    void bothTextsAreInTheDifference()
    {
        const std::vector<std::string> texts{"", "a", "a b c", "c b a", "x\n\ny z\n", "one two three four", "one three four five", "Ümläute ändern\tsich", "a a a b a"};
        for (const std::string &from : texts)
            for (const std::string &to : texts) {
                const auto pieces = redline(from, to);
                QCOMPARE(trimmedEnd(without(pieces, Change::Removed)), trimmedEnd(to));
                QCOMPARE(trimmedEnd(without(pieces, Change::Added)), trimmedEnd(from));
                QCOMPARE(differs(pieces), from != to);
            }
    }

    void longTextsAreComparedInTime()
    {
        std::string from, to;
        for (int n = 0; n < 20'000; ++n) {
            from += "word" + std::to_string(n) + (n % 10 == 9 ? "\n" : " ");
            to += "word" + std::to_string(n + (n == 5000 ? 1 : 0)) + (n % 10 == 9 ? "\n" : " ");
        }
        const auto pieces = redline(from, to);
        QCOMPARE(trimmedEnd(without(pieces, Change::Removed)), trimmedEnd(to));
        QCOMPARE(trimmedEnd(without(pieces, Change::Added)), trimmedEnd(from));
    }

    void aDraftGoesOnFromTheLastPostOfItsTemplate()
    {
        Log log;
        log.record(withWorkspace());
        log.record(anIncident().event());
        log.record(events::UpdateIssued{"INC-1", "status", "customers", "Payments fail\nImpact: some\nWork: we look\nNext: 14:00", 1, {{"impact", "some"}, {"work", "?"}, {"next", "14:00"}}, kAna});
        log.record(events::UpdateIssued{"INC-1", "tactical", "technical", "else", 2, {{"impact", "other"}}, kAna});
        const LastPost last = lastPost(*log.state.incident("INC-1"), "status");
        QCOMPARE(last.number, 1U);
        const Values values = carriedOn(aStatus(), last, {{"impact", "many"}});
        QCOMPARE(values, (Values{{"impact", "many"}, {"work", "?"}})); // the time of the next update is never carried on
        const Draft d = draft(aStatus(), liveValues(), values, last, {AudienceKind::Customer, {}, {}, {}}, {"slack", "irc"});
        QCOMPARE(d.preview.missing, std::vector<std::string>{"next"});
        QCOMPARE(d.preview.unknown, std::vector<std::string>{"work"});
        QVERIFY(comms::toText(d.difference).find("Impact: [-some-] {+many+}") != std::string::npos);
        QCOMPARE(d.lengths.size(), std::size_t(2));
        QVERIFY(!d.lengths[0].isOver());
    }

    void theFirstPostHasNoDifference()
    {
        const Draft d = draft(aStatus(), liveValues(), {{"impact", "x"}}, {}, {AudienceKind::Customer, {}, {}, {}}, {});
        QVERIFY(d.difference.empty());
    }

    void aTextIsHeldAgainstEveryPlaceItGoesTo()
    {
        UpdateTemplate t = aStatus();
        t.limit = 100;
        std::string text(399, 'x');
        text += "\xc3\xa4\xc3\xa4"; // 401 characters, 403 bytes
        const auto lengths = lengthsOf(text, t, {"irc", "slack", "irc", "nowhere"});
        QCOMPARE(lengths.size(), std::size_t(3));
        QCOMPARE(lengths[0].place, std::string("template"));
        QVERIFY(lengths[0].isOver());
        QCOMPARE(lengths[1].characters, std::size_t(401));
        QVERIFY(lengths[1].isOver() && !lengths[2].isOver());
    }

    void everyLanguageIsAdvisedInItsOwn()
    {
        LintContext context;
        context.jargon = {"frobnicator"};
        QVERIFY(adviceOn(context, {{"en", "Some payments fail."}, {"de", "Einige Zahlungen scheitern."}}).empty());
        const auto advice = adviceOn(context, {{"de", "Der frobnicator steht."}, {"en", "The frobnicator is down due to human error."}});
        QVERIFY(advice.size() >= 3);
        QVERIFY(advice.front().kind == AdviceKind::Jargon); // of the German text, which stands first
        QVERIFY(std::any_of(advice.begin(), advice.end(), [](const Advice &a) { return a.kind == AdviceKind::Blame; }));
    }

    void byHandEachPlaceGetsItsOwnForm()
    {
        const std::string text = "Impact: 5 < 6 & <b>\nCall @here or dana@here.example\nno: label";
        QCOMPARE(handCopy(HandPlace::Plain, "SEV1", text).text, text);
        QCOMPARE(handCopy(HandPlace::Mail, "SEV1 INC-1", text).text, "Subject: SEV1 INC-1\n\n" + text + "\n");
        const HandCopy slack = handCopy(HandPlace::Slack, "SEV1", text), teams = handCopy(HandPlace::Teams, "SEV1", text);
        QVERIFY2(slack.text.starts_with("*SEV1*\n*Impact:* 5 < 6 & <b>\n"), slack.text.c_str());
        QVERIFY2(teams.text.starts_with("**SEV1**\n\n**Impact:** 5 < 6"), teams.text.c_str());
        QVERIFY2(teams.html.find("<b>Impact:</b> 5 &lt; 6 &amp; &lt;b&gt;<br>") != std::string::npos, teams.html.c_str());
        for (const std::string &each : {slack.text, teams.text, teams.html})
            QVERIFY2(each.find("@here ") == std::string::npos, "nobody is woken by what was quoted");
    }
};
QD_TEST(TestDraft)
#include "tst_draft.moc"
