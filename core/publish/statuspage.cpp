// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/publish/statuspage.h"

#include "core/base/safetext.h"
#include "core/state/statuspages.h"

#include <algorithm>

namespace qd::publish::statuspage {

namespace json = boost::json;

namespace {

std::uint32_t numberIn(std::string_view text)
{
    std::uint32_t out = 0;
    for (const char c : text.substr(0, 9)) {
        if (c < '0' || c > '9')
            return 0;
        out = out * 10 + static_cast<std::uint32_t>(c - '0');
    }
    return text.size() > 9 ? 0 : out;
}

std::uint32_t memberNumber(const json::value &of, std::string_view name)
{
    const json::value *v = of.is_object() ? of.get_object().if_contains(name) : nullptr;
    return v && v->is_int64() && v->get_int64() > 0 && v->get_int64() < 1'000'000'000 ? static_cast<std::uint32_t>(v->get_int64()) : 0;
}

Notice noticeOf(const std::string &page, const json::value &of)
{
    Notice n;
    n.key = page + "/" + memberText(of, "id");
    n.name = memberText(of, "name");
    n.status = memberText(of, "status");
    n.from = memberText(of, "scheduled_for");
    n.until = memberText(of, "scheduled_until");
    n.isOpen = n.status != "resolved" && n.status != "completed";
    std::vector<std::pair<std::string, Word>> words;
    for (const json::value &u : memberList(of, "incident_updates")) {
        const std::string id = memberText(u, "id"); // "n1-2"
        words.insert(words.begin(), {memberText(u, "created_at"), {numberIn(std::string_view(id).substr(id.find_last_of('-') + 1)), memberText(u, "status"), memberText(u, "body")}});
    }
    std::stable_sort(words.begin(), words.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    for (auto &[at, word] : words) {
        word.number = word.number != 0 ? word.number : static_cast<std::uint32_t>(n.words.size() + 1);
        n.words.push_back(std::move(word));
    }
    if (!n.words.empty() && n.words.front().number == 1)
        n.begun = words.front().first;
    for (const json::value &c : memberList(of, "components"))
        n.components[memberText(c, "name")] = memberText(c, "status");
    return n;
}

/// A number is given once by one log; another console that posts to the same page, or one that was begun anew, has its own.
bool isOf(const std::string &origin, const Notice &n, const Told &told)
{
    return told.key == n.key && (told.log.empty() || origin.empty() || told.log == origin) && (told.begun.empty() || n.begun.empty() || told.begun == n.begun);
}

/// What was said there of what our page does not have any more: it was erased. What is only old, or of another log, is left alone.
std::optional<Notice> goneOf(const Comparison &by, const Meant &meant, const Told &told)
{
    const bool isWork = told.key.starts_with(meant.page + "/m");
    const std::uint32_t number = numberIn(std::string_view(told.key).substr(std::min(told.key.size(), meant.page.size() + 2)));
    if (!meant.isAll || by.origin.empty() || told.log != by.origin || number == 0 || number > (isWork ? meant.lastMaintenance : meant.lastNotice) || told.marks.empty())
        return std::nullopt;
    if (std::any_of(meant.notices.begin(), meant.notices.end(), [&](const Notice &n) { return n.key == told.key; }))
        return std::nullopt;
    Instant newest, ours;
    for (const UpdateThere &u : told.updates)
        if (const auto at = parseInstant(u.at)) {
            newest = std::max(newest, *at);
            if (std::any_of(told.marks.begin(), told.marks.end(), [&](const auto &m) { return m.second == by.markOf(u.body); }))
                ours = std::max(ours, *at);
        }
    if ((ours ? ours : newest) < meant.at - kStillThere) // theirs may be the last there is, to which nothing can be added
        return std::nullopt;
    Notice gone;
    gone.key = told.key;
    gone.from = told.from;
    gone.status = isWork ? "completed" : "resolved";
    gone.isGone = true;
    return gone;
}

} // namespace

std::string memberText(const json::value &of, std::string_view name)
{
    const json::value *v = of.is_object() ? of.get_object().if_contains(name) : nullptr;
    return v && v->is_string() ? std::string(v->get_string()) : std::string();
}

const json::array &memberList(const json::value &of, std::string_view name)
{
    static const json::array kNone;
    const json::value *v = of.is_object() ? of.get_object().if_contains(name) : nullptr;
    return v && v->is_array() ? v->get_array() : kNone;
}

Result<std::string> soundId(std::string id)
{
    const auto isPlain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_'; };
    if (id.empty() || id.size() > 64 || !std::all_of(id.begin(), id.end(), isPlain))
        return fail(Code::Corrupt, "Statuspage answers with an id that is none: \"" + safeLine(id, 40) + "\".");
    return id;
}

Result<std::string> idOf(const json::value &of)
{
    return soundId(memberText(of, "id"));
}

Meant meantBy(const std::string &page, const std::vector<comms::PageFile> &files)
{
    Meant out;
    out.page = page;
    out.takenBack = comms::pageWords("en").takenBack;
    for (const comms::PageFile &f : files) {
        boost::system::error_code wrong;
        const json::value all = f.path.starts_with("api/v2/") ? json::parse(f.body, wrong) : json::value();
        if (f.path == "api/v2/components.json")
            for (const json::value &c : memberList(all, "components"))
                if (const json::value *group = c.get_object().if_contains("group"); !group || *group != json::value(true))
                    out.components[memberText(c, "name")] = {{}, memberText(c, "status"), memberText(c, "description")};
        if (f.path == "api/v2/incidents.json") {
            for (const json::value &i : memberList(all, "incidents"))
                out.notices.push_back(noticeOf(page, i));
            out.isAll = out.isAll && memberList(all, "incidents").size() < state::StatusPageState::kNoticesKept;
            out.lastNotice = memberNumber(all, "last_incident");
        }
        if (f.path == "api/v2/scheduled-maintenances.json") {
            for (const json::value &m : memberList(all, "scheduled_maintenances"))
                out.notices.push_back(noticeOf(page, m));
            out.isAll = out.isAll && memberList(all, "scheduled_maintenances").size() < state::StatusPageState::kMaintenancesKept;
            out.lastMaintenance = memberNumber(all, "last_maintenance");
        }
        if (f.path == "api/v2/summary.json" && all.is_object()) {
            out.at = parseInstant(memberText(all, "generated_at")).value_or(Instant{});
            if (const json::value *about = all.get_object().if_contains("page"))
                out.takenBack = comms::pageWords(memberText(*about, "language")).takenBack;
        }
    }
    return out;
}

bool saysLess(const Meant &before, const Meant &now)
{
    return std::any_of(before.notices.begin(), before.notices.end(), [&](const Notice &old) {
        const auto same = std::find_if(now.notices.begin(), now.notices.end(), [&](const Notice &n) { return n.key == old.key; });
        if (same == now.notices.end())
            return now.isAll && old.words.size() > 0;
        return std::any_of(old.words.begin(), old.words.end(), [&](const Word &word) {
            const auto as = std::find_if(same->words.begin(), same->words.end(), [&](const Word &w) { return w.number == word.number; });
            return !word.body.empty() && as != same->words.end() && as->body != word.body;
        });
    });
}

Result<> readIncident(const json::value &i, const std::string &page, std::set<std::string> &seen, There &out)
{
    const json::value *metadata = i.is_object() ? i.get_object().if_contains("metadata") : nullptr;
    const json::value *ours = metadata && metadata->is_object() ? metadata->get_object().if_contains("quarterdeck") : nullptr;
    Told told;
    told.key = ours ? memberText(*ours, "notice") : std::string();
    if (!told.key.starts_with(page + "/"))
        return {};
    auto id = idOf(i);
    if (!id)
        return tl::unexpected(id.error());
    if (!seen.insert(*id).second)
        return {};
    told.id = std::move(*id);
    told.name = memberText(i, "name");
    told.status = memberText(i, "status");
    told.from = memberText(i, "scheduled_for");
    told.until = memberText(i, "scheduled_until");
    told.log = memberText(*ours, "log");
    told.begun = memberText(*ours, "begun");
    told.nameMark = memberText(*ours, "title");
    const json::array &updates = memberList(i, "incident_updates");
    for (auto u = updates.rbegin(); u != updates.rend(); ++u)
        told.updates.push_back({memberText(*u, "id"), memberText(*u, "status"), memberText(*u, "body"), memberText(*u, "created_at")});
    // How many words of ours are there is written with each of them: others write there too, and a change of state alone adds an update.
    const json::value *count = ours->get_object().if_contains("told");
    told.number = count && count->is_int64() ? memberNumber(*ours, "told") : static_cast<std::uint32_t>(updates.size());
    if (const json::value *marks = ours->get_object().if_contains("words"); marks && marks->is_object())
        for (const auto &[number, mark] : marks->get_object())
            if (const std::uint32_t n = numberIn(std::string_view(number)); n != 0 && mark.is_string() && told.marks.size() < kMarksRead)
                told.marks[n] = std::string(mark.get_string());
    out.told.push_back(std::move(told));
    return {};
}

bool hasOtherWindow(const Notice &n, const Told &told)
{
    const auto differs = [](const std::string &ours, const std::string &theirs) {
        const auto a = parseInstant(ours), b = parseInstant(theirs);
        return a && b && (*a < *b ? *b - *a : *a - *b) >= seconds(1); // there they are kept to the millisecond
    };
    return n.isOpen && (differs(n.from, told.from) || differs(n.until, told.until));
}

std::size_t countOf(const Notice &n, const Told &told)
{
    const auto count = std::count_if(n.words.begin(), n.words.end(), [&](const Word &w) { return w.number <= told.number; });
    return std::min(static_cast<std::size_t>(count), told.updates.size());
}

Told *Comparison::toldOf(const Notice &n, There &there) const
{
    const auto at = std::find_if(there.told.begin(), there.told.end(), [&](const Told &t) { return isOf(origin, n, t); });
    return at == there.told.end() ? nullptr : &*at;
}

bool Comparison::mayBeFurther(const Meant &meant, There &there) const
{
    return there.oldest && std::any_of(meant.notices.begin(), meant.notices.end(), [&](const Notice &n) {
        const auto begun = parseInstant(n.begun);
        return (!begun || *begun < there.oldest) && !toldOf(n, there);
    });
}

std::vector<std::pair<Notice, Told *>> Comparison::pairsOf(const Meant &meant, There &there) const
{
    std::vector<std::pair<Notice, Told *>> out;
    for (Told &told : there.told) {
        const auto ours = std::find_if(meant.notices.begin(), meant.notices.end(), [&](const Notice &n) { return toldOf(n, there) == &told; });
        if (ours != meant.notices.end())
            out.emplace_back(*ours, &told);
        else if (auto gone = goneOf(*this, meant, told))
            out.emplace_back(std::move(*gone), &told);
    }
    return out;
}

Wrong Comparison::wrongOf(const Meant &meant, const Notice &n, const Told &told) const
{
    Wrong out;
    std::vector<WordTold> words;
    const std::size_t count = countOf(n, told);
    for (std::size_t w = 0; w < count; ++w) {
        const auto mark = told.marks.find(n.words[w].number);
        words.push_back({n.words[w].number, n.words[w].status, n.words[w].body, mark == told.marks.end() ? std::string() : mark->second});
    }
    if (n.isGone || n.words.size() < state::StatusPageState::kUpdatesKept) // of one with more our page lets go of some by itself
        for (const auto &[number, mark] : told.marks)
            if (number <= told.number && std::none_of(n.words.begin(), n.words.end(), [&, number = number](const Word &w) { return w.number == number; }))
                words.push_back({number, {}, {}, mark});
    std::stable_sort(words.begin(), words.end(), [](const WordTold &a, const WordTold &b) { return a.number < b.number; });
    out.updates = corrections(told.updates, words, markOf, meant.takenBack);
    const std::string name = n.name.empty() ? meant.takenBack : n.name;
    const bool isOtherName = told.nameMark.empty() ? !n.isGone || !told.marks.empty() : told.nameMark != markOf(n.name);
    if (isOtherName && !told.name.empty() && plainWords(told.name) != plainWords(name))
        out.name = name;
    if (n.isGone && told.status != "resolved" && told.status != "completed")
        out.status = n.status;
    return out;
}

std::string Comparison::stillSaid(const Notice &n, const Told &told, const Wrong &wrong, const std::string &why) const
{
    // By what our page calls it now: what it is called there may be what was taken back, and this is recorded.
    std::string out = std::string(kStill) + ", in " + (n.name.empty() ? n.key : "\"" + safeLine(n.name, 60) + "\"") + (why.empty() ? "." : ": " + safeLine(why, 300)) + " It is tried again; by hand it is done at " + byHand + told.id;
    if (!wrong.name.empty())
        out += ", where its name is to be \"" + safeLine(wrong.name, 60) + "\"";
    if (!wrong.updates.empty()) {
        const Correction &first = wrong.updates.front();
        out += std::string(wrong.name.empty() ? ", where" : " and") + " the update" + (first.at.empty() ? "" : " of " + safeLine(first.at, 40)) + " is to say \"" + safeLine(first.body, 100) + "\"";
    }
    return out + ".";
}

json::object Comparison::noted(const Meant &meant, const Notice &n, std::uint32_t number, const Told *told) const
{
    std::set<std::uint32_t> wrong;
    std::string title = markOf(n.name);
    if (told) {
        const Wrong all = wrongOf(meant, n, *told);
        for (const Correction &c : all.updates)
            wrong.insert(c.number);
        title = all.name.empty() ? title : told->nameMark;
    }
    json::object marks;
    if (told)
        for (const auto &[known, mark] : told->marks) // of what could not be written over, or is on no page any more
            marks[std::to_string(known)] = mark;
    for (const Word &w : n.words)
        if (w.number <= number && !wrong.contains(w.number))
            marks[std::to_string(w.number)] = markOf(w.body);
    json::object out{{"notice", n.key}, {"told", number}, {"words", std::move(marks)}, {"title", title}};
    if (!origin.empty())
        out["log"] = origin;
    if (!n.begun.empty())
        out["begun"] = n.begun;
    return json::object{{"quarterdeck", std::move(out)}};
}

} // namespace qd::publish::statuspage
