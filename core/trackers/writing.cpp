// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trackers/line.h"

namespace qd::trackers {

Outcome Trackers::Line::make(const Entry &entry, bool inDoubt)
{
    Wanted wanted = wantedOf(entry);
    if (inDoubt) {
        if (!doubtSince)
            doubtSince = clock.boot();
        Outcome found = ask(dialect->find(wanted.marker));
        if (auto other = dialect->findOtherwise(wanted.marker); other && (found.status == 404 || found.status == 410))
            found = ask(std::move(*other));
        if (found.kind == Outcome::Kind::Failed && ++lookedInVain >= kTriesInDoubt)
            return failed("whether it was made is not known, and it cannot be looked for: " + found.text + "; look there, and name its key here");
        if (found.kind != Outcome::Kind::Done)
            return {Outcome::Kind::InDoubt, found.text};
        const auto all = dialect->issuesIn(found.text);
        if (!all)
            return {Outcome::Kind::InDoubt, all.error().message};
        for (const Issue &i : *all)
            if (i.text.find(markerLine(wanted.marker)) != std::string::npos)
                return {Outcome::Kind::Done, i.key + " " + i.url};
        if (clock.boot() - *doubtSince < dialect->searchBehind())
            return {Outcome::Kind::InDoubt, "it may have been made, and may not be found yet"};
        if (sentInVain >= kTriesInDoubt)
            return failed("it was sent " + std::to_string(sentInVain) + " times, and neither was that answered nor is it there");
    }
    std::string note;
    if (Outcome named = nameAssignee(wanted, note); named.kind != Outcome::Kind::Done)
        return named;
    Outcome made = ask(dialect->make(wanted));
    if (mayBeOfAssignee(made, wanted)) {
        note = givenToNobody(wanted, made.text);
        wanted.assignee.clear();
        made = ask(dialect->make(wanted));
    }
    if (made.kind == Outcome::Kind::InDoubt) {
        ++sentInVain;
        doubtSince = clock.boot();
    }
    if (made.kind != Outcome::Kind::Done)
        return made;
    const auto key = dialect->keyIn(made.text);
    sentInVain += key ? 0 : 1;
    return key ? Outcome{Outcome::Kind::Done, *key, 0, note} : Outcome{Outcome::Kind::InDoubt, key.error().message};
}

Outcome Trackers::Line::nameAssignee(Wanted &wanted, std::string &note)
{
    if (wanted.account.empty())
        return {};
    Outcome answer;
    if (auto request = dialect->askAssignee(wanted.account))
        answer = ask(std::move(*request));
    if (answer.kind == Outcome::Kind::NotNow)
        return answer;
    const auto assignee = answer.kind == Outcome::Kind::Done ? dialect->assigneeIn(wanted.account, answer.text) : Result<std::string>(fail(Code::NotFound, answer.text));
    if (!assignee || assignee->empty())
        note = givenToNobody(wanted, assignee ? "it knows no " + wanted.account : assignee.error().message);
    else
        wanted.assignee = *assignee;
    return {};
}

Outcome Trackers::Line::change(const Entry &entry)
{
    const std::string &key = entry.what.room;
    Wanted wanted = wantedOf(entry);
    const Outcome read = ask(dialect->read(key));
    if (read.kind != Outcome::Kind::Done)
        return read;
    const auto now = dialect->issueIn(read.text);
    if (!now)
        return failed(now.error().message);
    if (entry.what.leavesClosed)
        wanted.closed = now->closed;
    if (entry.what.leavesTitle)
        wanted.title = now->title;
    if (entry.what.leavesDue)
        wanted.due = now->due;
    std::string note;
    if (now->isWith(wanted.account))
        wanted.account.clear();
    if (Outcome named = nameAssignee(wanted, note); named.kind != Outcome::Kind::Done)
        return named;
    const TextThere text = textThere(wanted, *now);
    for (auto request = dialect->change(key, wanted, *now, text); request;) {
        const Outcome done = ask(std::move(*request));
        request.reset();
        if (mayBeOfAssignee(done, wanted)) {
            note = givenToNobody(wanted, done.text);
            wanted.assignee.clear();
            request = dialect->change(key, wanted, *now, text);
        } else if (done.kind != Outcome::Kind::Done) {
            return done;
        }
    }
    if (dialect->turnsByAsking() && now->closed != wanted.closed) {
        const Outcome turns = ask(dialect->askTurns(key));
        if (turns.kind != Outcome::Kind::Done)
            return turns;
        auto turn = dialect->turn(key, wanted, turns.text);
        if (!turn)
            return failed(turn.error().message);
        if (const Outcome done = ask(std::move(*turn)); done.kind != Outcome::Kind::Done)
            return done;
    }
    if (text.kind == TextThere::Kind::WrittenOver)
        note += (note.empty() ? "" : "; ") + std::string("its text was written over there and stays as it is; what was changed here is not in it");
    return {Outcome::Kind::Done, key, 0, note};
}

Outcome Trackers::Line::publish(const Entry &entry)
{
    Page page;
    if (!entry.what.room.empty()) {
        const Outcome read = ask(library->read(entry.what.room));
        if (read.kind == Outcome::Kind::Done) {
            const auto known = library->pageIn(read.text);
            if (!known)
                return failed(known.error().message);
            page = *known;
        } else if (read.kind != Outcome::Kind::Failed) {
            return read;
        } // it was taken away there: it is made again
    }
    if (page.id.empty()) {
        const Outcome found = ask(library->find(entry.what.title));
        if (found.kind != Outcome::Kind::Done)
            return found;
        const auto first = library->firstIn(found.text);
        if (!first)
            return failed(first.error().message);
        page = *first;
    }
    const Outcome done = ask(page.id.empty() ? library->make(entry.what.title, entry.what.text) : library->change(page, entry.what.title, entry.what.text));
    if (done.kind != Outcome::Kind::Done)
        return done;
    const auto written = library->pageIn(done.text);
    return written ? Outcome{Outcome::Kind::Done, written->id + " " + written->url} : failed(written.error().message);
}

} // namespace qd::trackers
