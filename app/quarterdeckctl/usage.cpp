// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/verbs.h"

#include "core/base/nearest.h"
#include "core/base/safetext.h"

#include <algorithm>
#include <boost/json.hpp>
#include <cstdio>

namespace qd::app {

namespace {

constexpr std::size_t kShown = 60; ///< of a word that is quoted back

/// The deepest verb that was recognised, and how it is called: "workspace check".
const CLI::App *deepest(const CLI::App &app, std::string &name)
{
    const CLI::App *at = &app;
    while (!at->get_subcommands().empty()) {
        at = at->get_subcommands().front();
        name += (name.empty() ? "" : " ") + at->get_name();
    }
    return at;
}

std::string hint(std::string_view word, const std::vector<std::string> &known)
{
    const std::string near = nearest(word, {known.begin(), known.end()});
    return near.empty() ? std::string() : "; did you mean " + near + "?";
}

std::string quoted(const std::string &word)
{
    return "\"" + safeLine(word, kShown) + "\"";
}

} // namespace

std::string usageProblem(const CLI::App &app, const CLI::Error &error)
{
    std::string name;
    const CLI::App *verb = deepest(app, name);
    const std::string see = " See quarterdeckctl " + (name.empty() ? "" : name + " ") + "--help";
    const auto left = app.remaining(true);
    const std::string stranger = left.empty() ? std::string() : left.front();
    const bool wantsVerb = verb->get_require_subcommand_min() > 0 && verb->get_subcommands().empty();
    if (wantsVerb && stranger.empty())
        return (name.empty() ? std::string("A verb is needed.") : name + " needs a verb of its own.") + see;
    if (stranger.starts_with('-')) {
        std::vector<std::string> options;
        for (const CLI::App *at = verb; at; at = at->get_parent())
            for (const CLI::Option *o : at->get_options())
                for (const std::string &l : o->get_lnames())
                    options.push_back("--" + l);
        const std::string bare = stranger.substr(0, stranger.find('='));
        const std::string near = hint(bare, options);
        return (name.empty() ? "There is" : name + " has") + std::string(" no option ") + quoted(bare) + (near.empty() ? "." : near) + see;
    }
    if (wantsVerb) {
        std::vector<std::string> verbs;
        for (const CLI::App *sub : verb->get_subcommands({}))
            verbs.push_back(sub->get_name());
        const std::string near = hint(stranger, verbs);
        return (name.empty() ? "There is" : name + " has") + std::string(" no verb ") + quoted(stranger) + (near.empty() ? "." : near) + see;
    }
    if (!stranger.empty())
        return name + " does not take the argument " + quoted(stranger) + "." + see;
    return std::string(error.what()) + "." + see;
}

std::vector<std::string> wordsOf(const CLI::App &app, int argc, const char *const *argv)
{
    std::vector<std::string> out(argv + std::min(1, argc), argv + argc);
    if (!out.empty() && out.front() == "help") {
        out.erase(out.begin());
        const CLI::App *verb = &app;
        for (auto word = out.begin(); verb && word != out.end(); ++word) {
            const auto found = verb->get_subcommands([&](const CLI::App *each) { return each->get_name() == *word; });
            verb = found.empty() ? nullptr : found.front();
        }
        if (verb)
            out.emplace_back("--help");
    } else if (out.size() == 1 && out.front() == "version") {
        out.front() = "--version";
    }
    std::reverse(out.begin(), out.end());
    return out;
}

void printNotes(const std::string &text)
{
    boost::system::error_code wrong;
    const auto answer = boost::json::parse(text, wrong);
    const auto *o = wrong ? nullptr : answer.if_object();
    const auto *notes = o ? o->if_contains("notes") : nullptr;
    if (const auto *list = notes ? notes->if_array() : nullptr)
        for (const auto &n : *list)
            if (n.is_string())
                std::fprintf(stderr, "quarterdeckctl: note: %s\n", n.get_string().c_str());
}

} // namespace qd::app
