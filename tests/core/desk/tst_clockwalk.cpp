// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/desk/clockbench.h"
#include "tests/support/suite.h"

#include <map>

using namespace qd;
using namespace qd::tests;

/// Random histories of a shop that pages while its clock is set back and ahead, the machine sleeps and the core starts again.
namespace {

/// What the journal says of the one call, record by record.
struct Story {
    std::map<std::string, int> pages;  ///< by step and round
    std::uint64_t answeredAt = 0;      ///< record of the answer
    std::vector<std::string> wrong;
};

struct Walk : ClockBench {
    SeededRandom dice;
    std::vector<std::string> done; ///< what was done, for whoever reads a failure
    bool isFiring = true, isAnswered = false;

    explicit Walk(std::uint64_t seed) : ClockBench(Path::Poll), dice(seed) {}

    void note(const std::string &what) { done.push_back(what + " at " + toRfc3339(clock.now())); }
    Span some(std::initializer_list<Span> of) { return *(of.begin() + dice.below(of.size())); }

    void step()
    {
        switch (dice.below(9)) {
        case 0:
        case 1: {
            note("a poll");
            (void)report(listing(isFiring));
            (void)wake();
            break;
        }
        case 2: {
            const Span by = some({seconds(20), minutes(1), minutes(3)});
            note("awake for " + toText(by));
            for (Span gone; gone < by; gone = gone + seconds(20)) {
                clock.advance(seconds(20));
                (void)report(listing(isFiring));
                (void)wake();
            }
            break;
        }
        case 3: {
            const Span by = some({seconds(30), minutes(10), hours(8)});
            note("asleep for " + toText(by));
            (void)sleep(by);
            break;
        }
        case 4:
        case 5: {
            const Span by = some({seconds(1), seconds(90), minutes(7), hours(1), hours(9)});
            const bool back = dice.below(2) == 0;
            note(std::string("set ") + (back ? "back" : "ahead") + " by " + toText(by));
            clock.jump(back ? Span{-by.ns} : by);
            (void)wake();
            break;
        }
        case 6: {
            isFiring = !isFiring;
            note(isFiring ? "it fires" : "it ends");
            (void)report(listing(isFiring));
            break;
        }
        case 7: {
            note("a new start");
            restart();
            break;
        }
        default:
            if (dice.below(4) == 0) {
                const auto answer = command(desk::AcknowledgeEscalation{1});
                note(answer ? "answered" : "not answered: " + answer.error().message);
                isAnswered = isAnswered || answer.has_value();
            }
        }
    }

    Story told()
    {
        Story story;
        Instant last;
        const auto ok = desk::replay(*journal, 1, journal->head(), [&](const desk::Record &r) {
            if (r.time < last)
                story.wrong.push_back("record " + std::to_string(r.seq) + " is earlier than the one before it");
            last = r.time;
            std::string step;
            for (const auto &e : r.events) {
                if (const auto *s = getIf<events::StepReached>(&e); s && s->escalation == 1)
                    step = std::to_string(s->step) + " of round " + std::to_string(s->round);
                if (const auto *a = getIf<events::EscalationAcknowledged>(&e); a && a->escalation == 1)
                    story.answeredAt = r.seq;
                if (const auto *q = getIf<events::OutboxQueued>(&e); q && q->effect == events::Effect::Page && q->escalation == 1) {
                    if (story.answeredAt != 0)
                        story.wrong.push_back("record " + std::to_string(r.seq) + " pages after the answer in " + std::to_string(story.answeredAt));
                    if (step.empty())
                        story.wrong.push_back("record " + std::to_string(r.seq) + " pages without a step");
                    else if (++story.pages[step + " " + q->person] > 1)
                        story.wrong.push_back("record " + std::to_string(r.seq) + " pages " + q->person + " again for step " + step);
                }
            }
            return true;
        });
        if (!ok)
            story.wrong.push_back(ok.error().message);
        return story;
    }
};

std::string joined(const std::vector<std::string> &lines)
{
    std::string out;
    for (const auto &line : lines)
        out += "\n  " + line;
    return out;
}

int rounds()
{
    const int asked = qEnvironmentVariableIntValue("QD_CLOCK_WALKS");
    return asked > 0 ? asked : 20;
}

} // namespace

class TestClockWalk final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nobodyIsCalledTwiceForAStepNorAfterAnAnswerWhateverTheClockDoes()
    {
        const int given = qEnvironmentVariableIntValue("QD_FAULT_SEED");
        for (int i = 0; i < (given > 0 ? 1 : rounds()); ++i) {
            const std::uint64_t seed = given > 0 ? static_cast<std::uint64_t>(given) : static_cast<std::uint64_t>(2000 + i);
            Walk w(seed);
            for (int n = 0; n < 60; ++n)
                w.step();
            const Story story = w.told();
            if (!story.wrong.empty())
                QFAIL(("seed " + std::to_string(seed) + " (QD_FAULT_SEED repeats it):" + joined(story.wrong) + joined(w.done)).c_str());
            QCOMPARE(w.isAnswered, story.answeredAt != 0);
            QCOMPARE(w.committed(), w.dumped());
        }
    }

    /// Whatever was done to the clock: what fires and is not answered goes on to the next step once somebody is awake for long enough.
    void whatFiresUnansweredIsCalledOnAgain()
    {
        for (int i = 0; i < rounds(); ++i) {
            Walk w(static_cast<std::uint64_t>(5000 + i));
            for (int n = 0; n < 30; ++n)
                w.step();
            const auto isRunning = [&] { return w.ask([](const state::State &s) { return s.escalations.at(0).isRunning(); }); };
            if (!isRunning())
                continue; // answered, or through with its steps
            w.isFiring = true;
            const std::size_t before = w.steps().size();
            for (int n = 0; n < 3 * 60 && isRunning() && w.steps().size() == before; ++n) {
                w.clock.advance(seconds(20));
                (void)w.report(w.listing(true));
                (void)w.wake();
            }
            if (isRunning() && w.steps().size() == before)
                QFAIL(("seed " + std::to_string(5000 + i) + ": an hour awake and no further step; journal time is " +
                       toRfc3339(w.ask([](const state::State &s) { return s.time; })) + ", the clock " + toRfc3339(w.clock.now()) + joined(w.done)).c_str());
        }
    }
};

QD_TEST(TestClockWalk)
#include "tst_clockwalk.moc"
