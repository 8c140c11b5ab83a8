// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/formerpeople.h"

#include <algorithm>
#include <unordered_map>

namespace qd::state {

namespace {

using Words = std::vector<std::string>;

/// A person's words as a former one has them.
FormerPerson wordsOf(const Person &p)
{
    FormerPerson out{p.id, {}, {}, p.xmpp, {}};
    if (!p.name.empty())
        out.names.push_back(p.name);
    if (!p.email.empty())
        out.mails.push_back(p.email);
    out.addresses.insert(out.addresses.end(), p.chat.begin(), p.chat.end());
    for (const Account &a : p.accounts)
        out.accounts.push_back(a.name);
    return out;
}

void forget(Words &former, const Words &has)
{
    std::erase_if(former, [&](const std::string &word) { return std::find(has.begin(), has.end(), word) != has.end(); });
}

void keep(Words &former, const Words &had)
{
    for (const std::string &word : had)
        if (!word.empty() && std::find(former.begin(), former.end(), word) == former.end())
            former.push_back(word);
    if (former.size() > kFormerNamesKept)
        former.erase(former.begin(), former.end() - static_cast<std::ptrdiff_t>(kFormerNamesKept));
}

constexpr Words FormerPerson::*kKinds[] = {&FormerPerson::names, &FormerPerson::mails, &FormerPerson::addresses, &FormerPerson::accounts};

bool hasWords(const FormerPerson &p)
{
    return std::any_of(std::begin(kKinds), std::end(kKinds), [&](auto kind) { return !(p.*kind).empty(); });
}

bool hasSameWords(const Person &a, const Person &b)
{
    return a.name == b.name && a.email == b.email && a.xmpp == b.xmpp && a.chat == b.chat
           && std::equal(a.accounts.begin(), a.accounts.end(), b.accounts.begin(), b.accounts.end(), [](const Account &x, const Account &y) { return x.name == y.name; });
}

} // namespace

void noteFormerPeople(std::vector<FormerPerson> &former, const Workspace &before, const Workspace &now)
{
    std::unordered_map<std::string_view, const Person *> here;
    for (const Person &p : now.people)
        here.emplace(p.id, &p);
    for (const Person &p : before.people) {
        const auto there = here.find(p.id);
        if (there != here.end() && hasSameWords(p, *there->second))
            continue;
        FormerPerson gone = wordsOf(p);
        if (const auto was = std::find_if(former.begin(), former.end(), [&](const FormerPerson &f) { return f.id == p.id; }); was != former.end()) {
            FormerPerson all = std::move(*was);
            former.erase(was);
            for (const auto kind : kKinds)
                keep(all.*kind, gone.*kind);
            gone = std::move(all);
        }
        former.push_back(std::move(gone));
    }
    std::erase_if(former, [&](FormerPerson &f) {
        const auto there = here.find(f.id);
        if (there == here.end())
            return false;
        const FormerPerson has = wordsOf(*there->second);
        for (const auto kind : kKinds)
            forget(f.*kind, has.*kind);
        return !hasWords(f);
    });
    if (former.size() > kFormerPeopleKept)
        former.erase(former.begin(), former.end() - static_cast<std::ptrdiff_t>(kFormerPeopleKept));
}

} // namespace qd::state
