// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/events/codec.h"
#include "core/events/texts.h"
#include "tests/support/invented.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::events;
using namespace qd::tests;

namespace {

constexpr std::string_view kSecret = "the-password-is-hunter2";

std::vector<BytesView> viewsOf(const std::vector<StreamBody> &bodies, bool withTexts = true)
{
    std::vector<BytesView> out;
    for (const auto &b : bodies)
        if (withTexts || !b.single)
            out.emplace_back(b.body);
    return out;
}

bool contains(const Bytes &bytes, std::string_view text)
{
    return asText(bytes).find(text) != std::string_view::npos;
}

MessageSeen message()
{
    MessageSeen m;
    m.connection = "chat";
    m.room = "room@chat";
    m.incident = "INC-1";
    m.messageId = "m1";
    m.sender = "ana@example";
    m.nick = "Ana";
    m.text = kSecret;
    return m;
}

} // namespace

class TestTexts final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatPeopleWroteIsInNoOtherPart()
    {
        UpdateIssued update;
        update.incident = "INC-1";
        update.text = kSecret;
        update.values = {{"impact", std::string(kSecret)}};
        OutboxQueued post;
        post.incident = "INC-1";
        post.text = "Ana: " + std::string(kSecret);
        post.subject = "update/1";
        OutboxQueued silence;
        silence.effect = Effect::Silence;
        silence.subject = "{\"comment\":\"" + std::string(kSecret) + "\"}";
        ChangeSeen change;
        change.title = kSecret;
        change.source = "person";
        EscalationStarted calls;
        calls.incident = "INC-1";
        calls.about = kSecret;
        const std::string s(kSecret);
        const Actor ana{"ana", Path::Person};
        const Events all{IncidentDeclared{"INC-1", s, "", "", IncidentSeverity::Sev1, {}, {}, true, ana}, SeverityChanged{"INC-1", s}, StatusChanged{"INC-1", s},
                         LogWritten{"INC-1", s, ana}, TaskAssigned{"INC-1", "ana", s, 1, {}, ana}, HypothesisRaised{"INC-1", s, 1, ana},
                         HypothesisSettled{"INC-1", s, 1, true, ana}, DecisionMade{"INC-1", s, 1, ana}, PromiseMade{"INC-1", "customers", s, 1, {}, ana},
                         update, message(), ChatCommandRefused{"INC-1", "ana@example", s, "not: " + s}, calls, post, silence,
                         WriteWithheld{Effect::Post, "chat", "INC-1", "", s, "observed"}, AlertsAcknowledged{{"am/0"}, s, ana}, change,
                         StreamsErased{{}, s, ana}, TextStruck{"INC-1", s, {}, ana}, AlertsClosed{{"am/0"}, s, ana},
                         LineClassed{"INC-1", s, "12", DataClass::Restricted, {"dana"}, {}, {}, {}, ana},
                         HoldPlaced{1, "alerts", s, s, s, ana}, HoldReleased{1, s, ana}, ErasureRefused{"a text of INC-1", s, ana}, LogRevised{"INC-1", s, "entry/2", ana}, TitleCorrected{"INC-1", s, s, ana}, ServiceCorrected{"INC-1", s, "db", "web", ana}, TaskDone{"INC-1", 1, ana, s}};
        const auto bodies = encodeRecord(all, kMorning);
        std::size_t single = 0;
        for (const auto &b : bodies) {
            QCOMPARE(b.single, b.stream.starts_with("text/"));
            QCOMPARE(contains(b.body, kSecret), b.single);
            if (b.single)
                ++single;
        }
        QCOMPARE(single, all.size()); // one each: each can be struck alone
        const auto back = decodeRecord(viewsOf(bodies));
        QVERIFY(back);
        QCOMPARE(back->size(), all.size());
        QVERIFY(get<UpdateIssued>((*back)[9]).values == update.values);
        // And none of it without its parts; all else stays.
        const auto struck = decodeRecord(viewsOf(bodies, false));
        QVERIFY(struck);
        QCOMPARE(struck->size(), all.size());
        QCOMPARE(get<LogWritten>((*struck)[3]).text, std::string(kStruckText));
        QCOMPARE(get<LogWritten>((*struck)[3]).by.person, std::string("ana"));
        QCOMPARE(get<TaskAssigned>((*struck)[4]).text, std::string(kStruckText));
        QCOMPARE(get<TaskAssigned>((*struck)[4]).task, 1U);
        QCOMPARE(get<MessageSeen>((*struck)[10]).text, std::string(kStruckText));
        QCOMPARE(get<MessageSeen>((*struck)[10]).messageId, std::string("m1"));
        for (const Event &e : *struck) {
            Bytes bytes;
            encode(e, 0, bytes);
            QVERIFY2(!contains(bytes, kSecret), std::string(typeName(e)).c_str());
        }
    }

    void whatWasSaidOfAWayThatWasWeighedIsHeldApartAndGoesWhenStruck()
    {
        const std::string s(kSecret);
        DecisionMade made{"INC-1", "fail over", 1, {"ana", Path::Person}, 0, s, {{"1", s}, {"1.risk", s}, {"2", "wait"}}, 2};
        const auto bodies = encodeRecord(Events{made}, kMorning);
        for (const auto &b : bodies)
            QCOMPARE(contains(b.body, kSecret), b.single);
        const auto whole = decodeRecord(viewsOf(bodies));
        QVERIFY(whole);
        QVERIFY(get<DecisionMade>(whole->front()).options == made.options && get<DecisionMade>(whole->front()).chosen == 2);
        const auto struck = decodeRecord(viewsOf(bodies, false));
        QVERIFY(struck);
        QVERIFY(get<DecisionMade>(struck->front()).options.empty());
    }

    void aTextIsHeldApartInTheStreamOfItsEvent()
    {
        const auto bodies = encodeRecord(Events{LogWritten{"INC-1", "a", {}}, AlertsAcknowledged{{"am/0"}, "b", {}}, LogWritten{"INC-2", "c", {}}}, kMorning);
        std::vector<std::string> streams;
        for (const auto &b : bodies)
            if (b.single)
                streams.push_back(b.stream);
        QCOMPARE(streams, (std::vector<std::string>{"text/incident/INC-1", "text/alerts/" + toRfc3339(kMorning).substr(0, 10), "text/incident/INC-2"}));
        const auto held = heldTexts(bodies.back().body);
        QVERIFY(held);
        QCOMPARE(held->size(), std::size_t(1));
        QCOMPARE(held->front().order, 2U);
        QVERIFY((held->front().texts == std::vector<std::pair<int, std::string>>{{2, "c"}}));
    }

    void withoutTextThereIsNoPart()
    {
        ChangeSeen machine;
        machine.title = "deployed";
        machine.source = "ci";
        MessageSeen reaction = message();
        reaction.kind = MessageKind::Reaction;
        reaction.text.clear();
        for (const auto &b : encodeRecord(Events{AlertsAcknowledged{{"am/0"}, "", {}}, machine, reaction, StatusChanged{"INC-1", ""}}, kMorning))
            QVERIFY(!b.single);
    }

    void oldBodiesWithTheTextInlineStillDecode()
    {
        Bytes body;
        encode(LogWritten{"INC-1", "as it was", {"ana", Path::Chat}}, 0, body);
        const std::vector<BytesView> views{body};
        const auto back = decodeRecord(views);
        QVERIFY(back);
        QCOMPARE(get<LogWritten>(back->front()).text, std::string("as it was"));
    }

    /// The most keys of one record; what is beyond shares one.
    void manyTextsShareAPartAtTheEnd()
    {
        for (const std::size_t count : {kTextsApart, kTextsApart + 1, kTextsApart + 500}) {
            Events all;
            for (std::size_t i = 0; i < count; ++i)
                all.emplace_back(LogWritten{"INC-1", "line " + std::to_string(i), {}});
            const auto bodies = encodeRecord(all, kMorning);
            QCOMPARE(bodies.size(), kTextsApart + 1);
            const auto back = decodeRecord(viewsOf(bodies));
            QVERIFY(back);
            for (std::size_t i = 0; i < count; ++i)
                QCOMPARE(get<LogWritten>((*back)[i]).text, "line " + std::to_string(i));
        }
    }

    void damagedTextsAreRefusedNeverBelieved()
    {
        const auto bodies = encodeRecord(Events{message(), LogWritten{"INC-1", "a line of some length", {}}}, kMorning);
        for (std::size_t part = 0; part < bodies.size(); ++part)
            for (std::size_t at = 0; at < bodies[part].body.size(); ++at)
                for (int bit = 0; bit < 8; ++bit) {
                    auto changed = bodies;
                    changed[part].body[at] ^= static_cast<std::uint8_t>(1 << bit);
                    (void)decodeRecord(viewsOf(changed)); // anything but a crash
                    (void)heldTexts(changed[part].body);
                }
        for (std::size_t size = 0; size < bodies.back().body.size(); ++size)
            if (size > 0)
                QVERIFY(!heldTexts(BytesView(bodies.back().body).first(size)));
    }
};

QD_TEST(TestTexts)
#include "tst_texts.moc"
