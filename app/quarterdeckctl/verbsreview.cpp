// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/files.h"
#include "app/quarterdeckctl/params.h"

#include "core/comms/redline.h"
#include "core/state/review.h"

#include <cstdio>

/// What is learnt after an incident: its review.
namespace qd::app {

namespace {

struct ReviewGiven {
    std::string incident, section, file, text, owner, facilitator, due, meeting, phase, reason, quote, person, delegate, factor, note, confidence, strength, verification, state, gate, language, word;
    std::vector<std::string> people, evidence;
    std::vector<unsigned> diff;          ///< two revisions of a section
    unsigned base = 0, settles = 0, answers = 0, settle = 0, action = 0;
    bool draft = false, release = false, over = false, withdraw = false, json = false;
};

/// The text of a whole file, or what comes in ("-").
Result<std::string> textFrom(const std::string &file, std::size_t limit)
{
    if (file != "-") {
        auto text = readFile(file, limit);
        if (const auto good = text ? isUtf8(*text, file) : Result<>(); !good)
            return tl::unexpected(good.error());
        return text;
    }
    std::string out;
    char buffer[1 << 14];
    for (std::size_t n = 0; out.size() <= limit && (n = std::fread(buffer, 1, sizeof buffer, stdin)) > 0;)
        out.append(buffer, n);
    if (out.size() > limit)
        return fail(Code::TooLarge, "What comes in is longer than " + std::to_string(limit) + " bytes.");
    if (const auto good = isUtf8(out, "What comes in"); !good)
        return tl::unexpected(good.error());
    return out;
}

std::int64_t numberOf(const json::value &from, std::string_view name)
{
    const json::value *v = from.is_object() ? from.get_object().if_contains(name) : nullptr;
    return v && v->is_number() ? v->to_number<std::int64_t>() : 0;
}

std::string allOf(const json::value &texts)
{
    std::string out;
    for (const auto &each : texts.get_array())
        out += (out.empty() ? "" : ", ") + (each.is_string() ? std::string(each.get_string()) : json::serialize(each));
    return out;
}

Called readReview(Verbs &v, const std::string &incident)
{
    return callCore(v, "review.read", json::serialize(object({{"incident", incident}})));
}

/// The section of this name, or null.
const json::value *sectionIn(const json::value &review, const std::string &name)
{
    for (const auto &each : review.at("texts").get_array())
        if (textOf(each, "section") == name)
            return &each;
    return nullptr;
}

int openReviewVerb(Verbs &v, const ReviewGiven &g)
{
    auto params = object({{"incident", g.incident}, {"owner", g.owner}, {"facilitator", g.facilitator}, {"due", g.due}, {"meeting", g.meeting}, {"reason", g.reason}});
    if (!g.people.empty())
        params["people"] = list(g.people);
    return send(v, "review.open", params, "id");
}

void printGates(const json::value &review)
{
    for (const auto &gate : review.at("gates").get_array()) {
        const std::string standing = textOf(gate, "standing"), by = textOf(gate, "waivedBy"), missing = allOf(gate.at("missing"));
        std::printf("%s: %s. %s%s%s\n", textOf(gate, "gate").c_str(), standing.c_str(), textOf(gate, "says").c_str(), missing.empty() || standing == "met" ? "" : (" Missing: " + missing + ".").c_str(),
                    standing == "waived" ? (" Done without by " + by + ": " + textOf(gate, "reason")).c_str() : "");
    }
}

/// "4 h 10 min".
std::string hoursOf(std::int64_t minutes)
{
    return (minutes >= 60 ? std::to_string(minutes / 60) + " h " : std::string()) + std::to_string(minutes % 60) + " min";
}

void printCost(const json::value &review)
{
    const json::value &all = review.at("cost");
    const std::string unit = textOf(all, "currency").empty() ? std::string() : " " + textOf(all, "currency"), note = textOf(all, "note");
    for (const auto &c : review.at("costs").get_array())
        if (!c.at("withdrawn").as_bool())
            std::printf("cost %lld: %s%s, %s\n", static_cast<long long>(numberOf(c, "cost")), textOf(c, "amount").c_str(), unit.c_str(), textOf(c, "what").c_str());
    const std::string labour = textOf(all, "labour");
    std::printf("cost in all: %s%s", textOf(all, "total").c_str(), unit.c_str());
    if (const auto people = numberOf(all, "people"); people > 0)
        std::printf(", with %lld %s, %s together%s", static_cast<long long>(people), people == 1 ? "person" : "people", hoursOf(numberOf(all, "minutes")).c_str(),
                    labour.empty() ? "" : (" for " + labour + unit).c_str());
    std::printf(".%s\n", note.empty() ? "" : (" " + note).c_str());
}

/// Who talked it over and signed it, what it cost, how it was found.
void printDebrief(const json::value &review)
{
    if (const std::string held = textOf(review, "heldAt"); !held.empty())
        std::printf("meeting held %s: %s\n", held.c_str(), allOf(review.at("attended")).c_str());
    for (const auto &s : review.at("signatures").get_array())
        std::printf("signed by %s%s\n", textOf(s, "person").c_str(), s.at("stands").as_bool() ? "" : ", before the last change");
    printCost(review);
    const json::value &survey = review.at("feedback");
    const auto &scores = survey.at("scores").get_array();
    std::string counts;
    for (std::size_t score = scores.size(); score > 0; --score)
        if (const auto n = scores[score - 1].to_number<std::int64_t>(); n > 0)
            counts += (counts.empty() ? "" : ", ") + std::to_string(n) + " x " + std::to_string(score);
    std::printf("how it was handled: %s%s\n", counts.empty() ? "nobody said yet: quarterdeckctl review feedback " : counts.c_str(), counts.empty() ? (textOf(review, "incident") + " 1 (badly) to 5 (well)").c_str() : " (5: well)");
    for (const auto &f : survey.at("words").get_array()) {
        const std::string person = textOf(f, "person");
        std::printf("    %lld%s: %s\n", static_cast<long long>(numberOf(f, "score")), person.empty() ? "" : (" by " + person).c_str(), textOf(f, "text").c_str());
    }
}

/// ", 1 sure, 2 somewhat sure": of those who said how sure they are.
std::string surenessOf(const json::value &factor)
{
    const json::value &ratings = factor.at("ratings");
    std::string out;
    for (const auto &[word, says] : {std::pair{"high", " sure"}, std::pair{"medium", " somewhat sure"}, std::pair{"low", " barely sure"}})
        if (const auto n = numberOf(ratings, word); n > 0)
            out += ", " + std::to_string(n) + says;
    return out;
}

/// "revision 5 by ana, revision 7 by ben (a draft)": what is kept beside a section. "" for nothing.
std::string besideOf(const json::value &section)
{
    std::string out;
    for (const json::value &each : section.at("asides").as_array())
        out += (out.empty() ? "revision " : ", revision ") + std::to_string(numberOf(each, "revision")) + " by " + textOf(each, "by") + (each.at("draft").as_bool() ? " (a draft)" : "");
    return out;
}

void printReview(const json::value &review)
{
    const std::string facilitator = textOf(review, "facilitator"), due = textOf(review, "due"), meeting = textOf(review, "meeting");
    std::printf("%s %s: %s, owner %s%s%s%s\n", textOf(review, "incident").c_str(), textOf(review, "title").c_str(), textOf(review, "phase").c_str(), textOf(review, "owner").c_str(),
                facilitator.empty() ? "" : (", facilitator " + facilitator).c_str(), due.empty() ? "" : (", draft due " + due + (review.at("overdue").as_bool() ? " (overdue)" : "")).c_str(),
                meeting.empty() ? "" : (", meeting " + meeting).c_str());
    if (const std::string missing = textOf(review, "factsMissing"); !missing.empty())
        std::printf("%s\n", missing.c_str());
    printGates(review);
    for (const auto &s : review.at("texts").get_array()) {
        const std::string held = textOf(s, "heldBy"), beside = besideOf(s);
        std::printf("section %s: revision %lld%s%s%s\n", textOf(s, "section").c_str(), static_cast<long long>(numberOf(s, "revision")), held.empty() ? "" : (", held by " + held).c_str(),
                    beside.empty() ? "" : (", with text beside it: " + beside).c_str(), numberOf(s, "findings") == 0 ? "" : (", " + std::to_string(numberOf(s, "findings")) + " to think about").c_str());
    }
    if (const std::string patterns = allOf(review.at("patterns")); !patterns.empty())
        std::printf("live patterns at its services: %s\n", patterns.c_str());
    if (const std::string again = allOf(review.at("metAgain")); !again.empty())
        std::printf("met before, and seen again here: %s; `pattern turn N open` opens one again\n", again.c_str());
    if (const std::string why = textOf(review, "security"); !why.empty())
        std::printf("taken for an incident of security (%s): factors security.* are VERIS' actions\n", why.c_str());
    for (const auto &f : review.at("factors").get_array())
        std::printf("factor %s: %zu of %lld raters%s%s\n", textOf(f, "factor").c_str(), f.at("raters").get_array().size(), static_cast<long long>(numberOf(f, "of")), f.at("disputed").as_bool() ? ": raters disagree" : "", surenessOf(f).c_str());
    for (const auto &a : review.at("actions").get_array()) {
        const std::string owner = textOf(a, "owner"), day = textOf(a, "due");
        std::printf("action %lld: %s, %s, %s%s: %s\n", static_cast<long long>(numberOf(a, "action")), textOf(a, "state").c_str(), owner.empty() ? "nobody's" : owner.c_str(), day.empty() ? "no day" : day.c_str(),
                    a.at("overdue").as_bool() ? " (overdue)" : "", textOf(a, "text").c_str());
    }
    for (const auto &p : review.at("publications").get_array())
        std::printf("published %lld: for %s as %s%s%s, by %s at %s%s\n", static_cast<long long>(numberOf(p, "publication")), textOf(p, "audience").c_str(), textOf(p, "format").c_str(), textOf(p, "where").empty() ? "" : ", ", textOf(p, "where").c_str(),
                    textOf(p, "by").c_str(), textOf(p, "at").c_str(), textOf(p, "reads") == "otherwise" ? "; the review reads otherwise by now" : "");
    for (const auto &c : review.at("said").get_array())
        if (textOf(c, "settledBy").empty())
            std::printf("comment %lld by %s%s: %s\n", static_cast<long long>(numberOf(c, "comment")), textOf(c, "by").c_str(), textOf(c, "section").empty() ? "" : (" on " + textOf(c, "section")).c_str(), textOf(c, "text").c_str());
    printDebrief(review);
}

/// The text of a revision of a section, of one beside it, too. Errors: NotFound, with those that are kept.
Result<std::string> revisionText(const json::value &section, unsigned number)
{
    std::string kept;
    for (const char *list : {"revisions", "asides"})
        for (const json::value &each : section.at(list).as_array()) {
            if (numberOf(each, "revision") == static_cast<std::int64_t>(number))
                return textOf(each, "text");
            kept += (kept.empty() ? "" : ", ") + std::to_string(numberOf(each, "revision"));
        }
    return fail(Code::NotFound, "Revision " + std::to_string(number) + " of " + textOf(section, "section") + " is not kept" + (kept.empty() ? std::string() : "; there are " + kept) + ".");
}

/// What one revision says otherwise than another, word by word.
int showDiff(const json::value &section, const ReviewGiven &g)
{
    const auto from = revisionText(section, g.diff.front()), to = revisionText(section, g.diff.back());
    for (const auto *text : {&from, &to})
        if (!*text)
            return refuse(text->error());
    const auto pieces = comms::redline(*from, *to);
    if (!g.json) {
        const std::string text = comms::toText(pieces);
        std::fputs((text + (text.ends_with('\n') ? "" : "\n")).c_str(), stdout);
    } else {
        json::array all;
        for (const comms::Piece &p : pieces)
            all.push_back(json::object{{"change", p.change == comms::Change::Same ? "same" : p.change == comms::Change::Added ? "added" : "removed"}, {"text", p.text}});
        std::printf("%s\n", json::serialize(json::object{{"section", g.section}, {"from", g.diff.front()}, {"to", g.diff.back()}, {"pieces", std::move(all)}}).c_str());
    }
    if (comms::differs(pieces))
        std::fprintf(stderr, "revision %u, and what %u says otherwise\n", g.diff.front(), g.diff.back());
    else
        std::fprintf(stderr, "revisions %u and %u say the same\n", g.diff.front(), g.diff.back());
    return kDone;
}

/// Says which words of ours a text has.
void sayOurs(const json::value &of)
{
    std::string ours;
    for (const auto &each : of.at("ours").get_array())
        ours += (ours.empty() ? "" : ", ") + std::string(each.get_string());
    if (!ours.empty())
        std::fprintf(stderr, "words of ours in it, which others may not know: %s\n", ours.c_str());
}

int showReview(Verbs &v, const ReviewGiven &g)
{
    const Called got = readReview(v, g.incident);
    if (got.exit != kDone)
        return got.exit;
    const json::value review = json::parse(got.json);
    if (g.section.empty()) {
        if (g.json)
            std::printf("%s\n", got.json.c_str());
        else
            printReview(review);
        return kDone;
    }
    const json::value *section = sectionIn(review, g.section);
    if (!section)
        return refuse({Code::NotFound, "The review has no section \"" + g.section + "\".", {}});
    if (!g.diff.empty())
        return showDiff(*section, g);
    if (g.json)
        std::printf("%s\n", json::serialize(*section).c_str());
    else
        std::fputs(textOf(*section, "text").c_str(), stdout);
    std::fprintf(stderr, "revision %lld\n", static_cast<long long>(numberOf(*section, "revision")));
    if (const std::string beside = besideOf(*section); !beside.empty())
        std::fprintf(stderr, "beside it: %s\n", beside.c_str());
    sayOurs(*section);
    return kDone;
}

int writeReview(Verbs &v, const ReviewGiven &g)
{
    const auto text = textFrom(g.file, state::kSectionBytes);
    if (!text)
        return refuse(text.error());
    auto params = object({{"incident", g.incident}});
    params["section"] = g.section;
    params["text"] = *text;
    params["base"] = g.base;
    params["draft"] = g.draft;
    params["release"] = g.release;
    params["settles"] = g.settles;
    params["reason"] = g.reason;
    return send(v, "review.write", params, "id");
}

int holdReview(Verbs &v, const ReviewGiven &g)
{
    auto params = object({{"incident", g.incident}, {"section", g.section}});
    params["release"] = g.release;
    params["over"] = g.over;
    return send(v, "review.hold", params);
}

void printFindings(const json::value &lint)
{
    for (const auto &f : lint.at("findings").get_array())
        std::printf("%lld %s: %s\n    %s\n", static_cast<long long>(numberOf(f, "at")), textOf(f, "kind").c_str(), textOf(f, "words").c_str(), textOf(f, "question").c_str());
}

/// Every section that has a text, each under its name; what is no finding is said of one section alone.
int lintSections(Verbs &v, const ReviewGiven &g)
{
    const Called read = readReview(v, g.incident);
    if (read.exit != kDone)
        return read.exit;
    json::array all;
    const json::value review = json::parse(read.json);
    for (const auto &section : review.at("texts").get_array()) {
        if (textOf(section, "text").empty())
            continue;
        const Called got = callCore(v, "review.lint", json::serialize(object({{"incident", g.incident}, {"section", textOf(section, "section")}, {"language", g.language}})));
        if (got.exit != kDone)
            return got.exit;
        all.push_back(json::parse(got.json));
        if (all.size() == 1)
            for (const auto &each : all.front().at("notLookedAt").get_array())
                std::fprintf(stderr, "%s\n", std::string(each.get_string()).c_str());
        if (g.json || all.back().at("findings").get_array().empty())
            continue;
        std::printf("section %s\n", textOf(section, "section").c_str());
        printFindings(all.back());
    }
    if (g.json)
        std::printf("%s\n", json::serialize(all).c_str());
    return kDone;
}

int lintReview(Verbs &v, const ReviewGiven &g)
{
    if (g.section.empty() && g.file.empty() && g.word.empty())
        return lintSections(v, g);
    auto params = object({{"incident", g.incident}, {"section", g.section}, {"language", g.language}, {"word", g.word}});
    if (!g.file.empty()) {
        const auto text = textFrom(g.file, state::kSectionBytes);
        if (!text)
            return refuse(text.error());
        params["text"] = *text;
    }
    const Called got = callCore(v, "review.lint", json::serialize(params));
    if (got.exit != kDone)
        return got.exit;
    const json::value answer = json::parse(got.json);
    for (const auto &each : answer.at("notLookedAt").get_array())
        std::fprintf(stderr, "%s\n", std::string(each.get_string()).c_str());
    if (g.json) {
        std::printf("%s\n", got.json.c_str());
        return kDone;
    }
    printFindings(answer);
    for (const auto &each : answer.at("suggestions").get_array())
        std::printf("%s\n", std::string(each.get_string()).c_str());
    sayOurs(answer);
    if (const std::string say = textOf(answer, "ifOurs"); !say.empty())
        std::fprintf(stderr, "%s\n", say.c_str());
    return kDone;
}

int commentReview(Verbs &v, const ReviewGiven &g)
{
    if (g.text.empty() == (g.settle == 0))
        return usage("review comment says something, or settles a comment with --settle N");
    auto params = object({{"incident", g.incident}});
    if (g.settle != 0) {
        params["comment"] = g.settle;
        return send(v, "review.settle", params);
    }
    params = object({{"incident", g.incident}, {"text", g.text}, {"section", g.section}, {"quote", g.quote}});
    params["answers"] = g.answers;
    return send(v, "review.comment", params, "id");
}

int contributeReview(Verbs &v, const ReviewGiven &g)
{
    constexpr std::size_t kMost = 64 << 10; // the core says how long it may be
    auto params = object({{"incident", g.incident}, {"person", g.person}, {"delegate", g.delegate}, {"text", g.text}});
    if (!g.file.empty()) {
        const auto text = textFrom(g.file, kMost);
        if (!text)
            return refuse(text.error());
        params["text"] = *text;
    }
    return send(v, "review.contribute", params, "id");
}

int factorReview(Verbs &v, const ReviewGiven &g)
{
    auto params = object({{"incident", g.incident}, {"factor", g.factor}, {"note", g.note}, {"confidence", g.confidence}});
    params["withdraw"] = g.withdraw;
    if (!g.evidence.empty())
        params["evidence"] = list(g.evidence);
    return send(v, "review.factor", params, "id");
}

int actionReview(Verbs &v, const ReviewGiven &g)
{
    auto params = object({{"incident", g.incident}});
    params["action"] = g.action;
    if (!g.state.empty()) {
        if (g.action == 0 || !(g.text + g.owner + g.due + g.strength + g.verification + g.factor).empty())
            return usage("--state turns an action that is there (--action N), and changes nothing else of it");
        params["state"] = g.state;
        if (!g.reason.empty())
            params["reason"] = g.reason;
        return send(v, "action.turn", params);
    }
    for (auto &&[key, value] : object({{"text", g.text}, {"owner", g.owner}, {"due", g.due}, {"strength", g.strength}, {"verification", g.verification}, {"factor", g.factor}}))
        params[key] = value;
    return send(v, "action.keep", params, "id");
}

int turnReview(Verbs &v, const ReviewGiven &g)
{
    return send(v, "review.turn", object({{"incident", g.incident}, {"phase", g.phase == "in-review" ? "in review" : g.phase}, {"reason", g.reason}}));
}

int waiveReview(Verbs &v, const ReviewGiven &g)
{
    return send(v, "review.waive", object({{"incident", g.incident}, {"gate", g.gate}, {"reason", g.reason}}));
}

void addWriting(CLI::App &review, Verbs &verbs)
{
    verbs.add<ReviewGiven>(
        review, "write", "write a section; what somebody wrote meanwhile is kept beside it",
        [](CLI::App &verb, ReviewGiven &g) {
            whoseReview(verb, g.incident);
            verb.add_option("SECTION", g.section, "which: summary, impact, narrative …")->required();
            verb.add_option("FILE", g.file, "its whole text in Markdown; -: what comes in")->required();
            verb.add_option("--base", g.base, "the revision it was written over, as show says it")->type_name("N")->required();
            verb.add_flag("--draft", g.draft, "not done yet");
            verb.add_option("--settles", g.settles, "revision N, which was beside it, is in it now")->type_name("N");
            verb.add_flag("--release", g.release, "and let go of the section");
            verb.add_option("--reason", g.reason, "why words go with it that are kept from you; for the review's owner")->type_name("TEXT");
        },
        writeReview);
    verbs.add<ReviewGiven>(
        review, "hold", "check a section out, so that nobody else writes it meanwhile",
        [](CLI::App &verb, ReviewGiven &g) {
            whoseReview(verb, g.incident);
            verb.add_option("SECTION", g.section, "which")->required();
            verb.add_flag("--release", g.release, "let go of it");
            verb.add_flag("--over", g.over, "take it from who has it; what they wrote stays");
        },
        holdReview);
    verbs.add<ReviewGiven>(
        review, "lint", "what to think about in a section: blame, what did not happen, names, order, claims without evidence, \"outage\" of less than all, spelling",
        [](CLI::App &verb, ReviewGiven &g) {
            whoseReview(verb, g.incident);
            verb.add_option("SECTION", g.section, "which (default: all of them)");
            verb.add_option("--file", g.file, "a text instead; -: what comes in")->type_name("FILE");
            verb.add_option("--language", g.language, "of the questions: en or de; default: the review's")->type_name("L");
            verb.add_option("--word", g.word, "how a word may be spelt, and nothing else")->type_name("W");
            verb.add_flag("--json", g.json, "everything, as JSON");
        },
        lintReview);
    verbs.add<ReviewGiven>(
        review, "comment", "say something to words of a section",
        [](CLI::App &verb, ReviewGiven &g) {
            whoseReview(verb, g.incident);
            verb.add_option("TEXT", g.text, "what");
            verb.add_option("--section", g.section, "the section it is about (default: all of it)")->type_name("SECTION");
            verb.add_option("--quote", g.quote, "the words it is about")->type_name("WORDS");
            verb.add_option("--answers", g.answers, "it answers comment N")->type_name("N");
            verb.add_option("--settle", g.settle, "comment N is settled")->type_name("N");
        },
        commentReview);
}

void addSaying(CLI::App &review, Verbs &verbs)
{
    verbs.add<ReviewGiven>(
        review, "contribute", "what you have to say to it, or who says it for you",
        [](CLI::App &verb, ReviewGiven &g) {
            whoseReview(verb, g.incident);
            verb.add_option("TEXT", g.text, "what");
            verb.add_option("--file", g.file, "from a file; -: what comes in")->type_name("FILE");
            verb.add_option("--person", g.person, "whose it is (default: yours)")->type_name("PERSON");
            verb.add_option("--delegate", g.delegate, "who says it instead")->type_name("PERSON");
        },
        contributeReview);
    verbs.add<ReviewGiven>(
        review, "factor", "name a factor of the taxonomy that had a part in it",
        [](CLI::App &verb, ReviewGiven &g) {
            whoseReview(verb, g.incident);
            verb.add_option("FACTOR", g.factor, "its id: get taxonomy")->required();
            verb.add_option("--evidence", g.evidence, "a line of the record that shows it: line/412, a reference, change/398, alert/KEY; may be repeated")->type_name("REF");
            verb.add_option("--note", g.note, "how")->type_name("T");
            verb.add_option("--confidence", g.confidence, "how sure you are: low, medium or high (default: not said)")->type_name("C");
            verb.add_flag("--withdraw", g.withdraw, "it had none after all");
        },
        factorReview);
    verbs.add<ReviewGiven>(
        review, "action", "what is to be done: a new action, or one changed or turned; - takes away what was said",
        [](CLI::App &verb, ReviewGiven &g) {
            whoseReview(verb, g.incident);
            verb.add_option("TEXT", g.text, "what is to be done");
            verb.add_option("--action", g.action, "action N is changed, not a new one")->type_name("N");
            verb.add_option("--owner", g.owner, "who answers for it: one person")->type_name("PERSON");
            verb.add_option("--due", g.due, "a day (2026-12-01), or 14d")->type_name("T");
            verb.add_option("--strength", g.strength, "eliminate, engineer, administer or train")->type_name("S");
            verb.add_option("--verification", g.verification, "how it will be known that it works")->type_name("T");
            verb.add_option("--factor", g.factor, "the cause it is against, by its factor")->type_name("FACTOR");
            verb.add_option("--state", g.state, "open, done, verified or dropped")->type_name("S");
            verb.add_option("--reason", g.reason, "why, of --state")->type_name("R");
        },
        actionReview);
}

} // namespace

void addReviewVerbs(CLI::App &app, Verbs &verbs)
{
    CLI::App *review = app.add_subcommand("review", "what is learnt after an incident: write it, rate it, act on it");
    review->fallthrough();
    review->require_subcommand(1);
    verbs.add<ReviewGiven>(
        *review, "open", "open the review of an incident that is over, pre-filled from its record; or arrange an open one otherwise",
        [](CLI::App &verb, ReviewGiven &g) {
            whoseReview(verb, g.incident);
            verb.add_option("--owner", g.owner, "who owns it (default: as the stand-down says, else who commanded)")->type_name("PERSON");
            verb.add_option("--facilitator", g.facilitator, "who leads it, and had no part in the incident; -: nobody")->type_name("PERSON");
            verb.add_option("--due", g.due, "when the draft is due: 5d, or RFC 3339 (default: by severity)")->type_name("T");
            verb.add_option("--meeting", g.meeting, "when it is talked about")->type_name("T");
            verb.add_option("--ask", g.people, "whose contribution is required; may be repeated; -: nobody's (default: who acted or owned)")->type_name("PERSON");
            verb.add_option("--reason", g.reason, "why it gets another owner, of somebody who does not own it; or why whom --ask leaves out is done without")->type_name("R");
        },
        openReviewVerb);
    verbs.add<ReviewGiven>(
        *review, "show", "how it stands, or the text of a section",
        [](CLI::App &verb, ReviewGiven &g) {
            whoseReview(verb, g.incident);
            CLI::Option *section = verb.add_option("--section", g.section, "the text of this section, its revision on stderr")->type_name("SECTION");
            verb.add_option("--diff", g.diff, "of that section: what revision B says otherwise than A, [-gone-] and {+new+}")->type_name("A B")->expected(2)->needs(section);
            verb.add_flag("--json", g.json, "everything, as JSON");
        },
        showReview);
    addWriting(*review, verbs);
    addSaying(*review, verbs);
    verbs.add<ReviewGiven>(
        *review, "turn", "move it on, or back: draft, in-review, reviewed, closed",
        [](CLI::App &verb, ReviewGiven &g) {
            whoseReview(verb, g.incident);
            verb.add_option("PHASE", g.phase, "which")->required();
            verb.add_option("--reason", g.reason, "why, of one that goes back")->type_name("R");
        },
        turnReview);
    verbs.add<ReviewGiven>(
        *review, "waive", "do without something it asks for before it is complete; its owner alone may",
        [](CLI::App &verb, ReviewGiven &g) {
            whoseReview(verb, g.incident);
            verb.add_option("GATE", g.gate, "contributions, sections, factors, actions, attendance or signatures")->required();
            verb.add_option("--reason", g.reason, "why")->type_name("R")->required();
        },
        waiveReview);
}

} // namespace qd::app
