// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/apply.h"

#include "core/state/timeline.h"

#include <algorithm>

namespace qd::state {

namespace {

Bundle &bundleOf(PageBook &book, const std::string &person)
{
    for (Bundle &b : book.bundles)
        if (b.person == person)
            return b;
    book.bundles.push_back({person, {}, {}});
    return book.bundles.back();
}

} // namespace

void apply(State &state, const events::AnswerLinkMade &e)
{
    auto &links = state.pageBook.links;
    links.push_back({e, state.time});
    if (links.size() > PageBook::kLinksKept)
        links.erase(links.begin());
}

void apply(State &state, const events::PageBundled &e)
{
    auto &waiting = bundleOf(state.pageBook, e.person).waiting;
    waiting.push_back({e.escalation, e.step, e.incident, state.time});
    if (waiting.size() > PageBook::kWaitingKept)
        waiting.erase(waiting.begin());
    note(state, e.incident, EntryKind::Page, "core",
         "the call of " + e.person + " is bundled: it goes out with others" + (e.because.matched.empty() ? "" : ", because " + e.because.matched.front()),
         "bundled/" + e.person);
}

void apply(State &state, const events::BundleSent &e)
{
    PageBook &book = state.pageBook;
    Bundle &b = bundleOf(book, e.person);
    b.waiting.clear();
    if (!e.escalations.empty())
        b.lastAt = state.time;
    book.lastBundle = std::max(book.lastBundle, e.bundle);
    for (const std::uint32_t number : e.escalations) {
        const Escalation *x = number >= 1 && number <= state.escalations.size() ? &state.escalations[number - 1] : nullptr;
        if (x && state.incident(x->incident))
            note(state, x->incident, EntryKind::Page, "core", e.person + " is told in one message of " + std::to_string(e.escalations.size()) + " calls",
                 "bundle/" + std::to_string(e.bundle));
    }
}

void apply(State &state, const events::PersonReached &e)
{
    note(state, e.incident, EntryKind::Page, e.by.person, "reached " + e.person + " by " + e.how, e.person).via = e.by.via;
}

void apply(State &state, const events::PageTested &e)
{
    state.pageBook.lastTest = std::max(state.pageBook.lastTest, e.test);
    auto &tests = state.pageBook.tests;
    tests.push_back({e.test, e.person, state.time, {}, Path::Person});
    if (tests.size() > PageBook::kTestsKept)
        tests.erase(tests.begin());
    note(state, {}, EntryKind::Page, e.by.person, "test page " + std::to_string(e.test) + " to " + e.person, "test/" + std::to_string(e.test)).via = e.by.via;
}

void apply(State &state, const events::PageTestAnswered &e)
{
    for (TestedPage &t : state.pageBook.tests)
        if (t.number == e.test && !t.answeredAt) {
            t.answeredAt = state.time;
            t.via = e.by.via;
        }
    note(state, {}, EntryKind::Acknowledged, e.by.person, "answered test page " + std::to_string(e.test), "test/" + std::to_string(e.test)).via = e.by.via;
}

} // namespace qd::state
