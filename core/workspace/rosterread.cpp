// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/roster.h"

#include "core/base/ascii.h"
#include "core/base/safetext.h"
#include "core/model/connection.h"
#include "core/base/csv.h"
#include "core/workspace/fields.h"
#include "core/workspace/jsonread.h"

#include <algorithm>
#include <map>
#include <set>

namespace qd::workspace {

namespace json = boost::json;

namespace {

constexpr std::size_t kProblemsKept = 100;

/// "Ana.Amsel@corp.example" → "ana.amsel"; empty when nothing of an id is left.
std::string idOf(std::string_view userName)
{
    std::string out;
    for (const char c : asciiLower(userName.substr(0, userName.find('@')))) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (plain || (!out.empty() && (c == '.' || c == '_' || c == '-')))
            out += c;
        else if (!out.empty() && out.back() != '-')
            out += '-';
    }
    while (!out.empty() && (out.back() == '-' || out.back() == '.' || out.back() == '_'))
        out.pop_back();
    return out.substr(0, 64);
}

class Gathering {
public:
    void problem(std::string text)
    {
        if (m_out.problems.size() < kProblemsKept)
            m_out.problems.push_back(std::move(text));
    }

    void person(RosterPerson p, const std::string &userName, const std::string &where)
    {
        p.id = idOf(userName);
        if (p.id.empty())
            return problem(where + " has no user name an id could be made of; it is left out.");
        if (!m_ids.insert(p.id).second)
            return problem(where + ": " + p.id + " is there already; the first one counts.");
        p.name = safeLine(p.name, 200);
        p.team = safeLine(p.team, 200);
        if (!p.zone.empty() && !isZone(p.zone)) {
            problem(where + ": \"" + safeLine(p.zone, 40) + "\" is no time zone; it is left out.");
            p.zone.clear();
        }
        p.xmpp = asciiLower(p.xmpp);
        if (!p.xmpp.empty() && (p.xmpp.find('@') == std::string::npos || p.xmpp != safeLine(p.xmpp, 200) || p.xmpp.find_first_of("/ \"\\") != std::string::npos)) {
            problem(where + ": its XMPP address is not name@host; it is left out.");
            p.xmpp.clear();
        }
        if (!p.email.empty() && !isMailAddress(p.email)) {
            problem(where + ": \"" + safeLine(p.email, 60) + "\" is no mail address; it is left out.");
            p.email.clear();
        }
        m_out.people.push_back(std::move(p));
    }
    [[nodiscard]] std::size_t size() const { return m_out.people.size(); }

    Result<Roster> finish()
    {
        if (m_out.people.size() > kRosterPeople)
            return fail(Code::TooLarge, "The roster has more than 10,000 people.");
        std::sort(m_out.people.begin(), m_out.people.end(), [](const RosterPerson &a, const RosterPerson &b) { return a.id < b.id; });
        return std::move(m_out);
    }

private:
    Roster m_out;
    std::set<std::string> m_ids;
};

bool isNo(const std::string &text)
{
    const std::string t = asciiLower(text);
    return t == "false" || t == "no" || t == "0" || t == "inactive" || t == "left" || t == "terminated";
}

Result<Roster> readCsv(std::string_view bytes)
{
    static const std::map<std::string, std::string> kNames{{"id", "id"}, {"username", "id"}, {"login", "id"}, {"name", "name"}, {"displayname", "name"}, {"zone", "zone"},
                                                           {"timezone", "zone"}, {"team", "team"}, {"department", "team"}, {"xmpp", "xmpp"}, {"email", "email"}, {"e-mail", "email"}, {"mail", "email"}, {"emailaddress", "email"}, {"active", "active"}, {"status", "active"}};
    std::size_t line = 1, swallowed = 0;
    std::vector<std::string> row, columns;
    if (bytes.starts_with("\xef\xbb\xbf"))
        bytes.remove_prefix(3);
    nextCsvRow(bytes, row, line, ',', &swallowed);
    if (swallowed > 0)
        return fail(Code::Invalid, openQuoteSentence(swallowed));
    Gathering out;
    for (const std::string &head : row) {
        const auto known = kNames.find(asciiLower(head));
        columns.push_back(known == kNames.end() ? std::string() : known->second);
        if (known == kNames.end())
            out.problem("column \"" + safeLine(head, 60) + "\" is not known and not read; known are id, name, zone, team, xmpp, email, active.");
    }
    if (std::find(columns.begin(), columns.end(), "id") == columns.end())
        return fail(Code::Invalid, "The first line names no column id (or userName); write id,name,zone,team above the people.");
    for (std::size_t at = line; nextCsvRow(bytes, row, line, ',', &swallowed); at = line) {
        if (swallowed > 0)
            return fail(Code::Invalid, openQuoteSentence(swallowed));
        if (row.size() == 1 && row.front().empty())
            continue;
        if (out.size() > kRosterPeople)
            break;
        RosterPerson p;
        std::string user;
        for (std::size_t i = 0; i < std::min(row.size(), columns.size()); ++i) {
            const std::string &value = row[i], &column = columns[i];
            if (column == "id")
                user = value;
            else if (column == "name")
                p.name = value;
            else if (column == "zone")
                p.zone = value;
            else if (column == "team")
                p.team = value;
            else if (column == "xmpp")
                p.xmpp = value;
            else if (column == "email")
                p.email = value;
            else if (column == "active")
                p.active = !isNo(value);
        }
        out.person(std::move(p), user, "line " + std::to_string(at));
    }
    return out.finish();
}

Result<Roster> readScim(std::string_view bytes)
{
    boost::system::error_code wrong;
    const json::value root = json::parse(bytes, wrong);
    const json::object *response = wrong ? nullptr : root.if_object();
    const json::value *resources = response ? response->if_contains("Resources") : nullptr;
    const json::array *users = wrong ? nullptr : resources ? resources->if_array() : root.if_array();
    if (!users)
        return fail(Code::Invalid, wrong ? "This is not JSON: " + wrong.message() + "." : "There are no users in it; a SCIM ListResponse has them under \"Resources\".");
    Gathering out;
    std::size_t nth = 0;
    for (const json::value &value : *users) {
        ++nth;
        const json::object *user = value.if_object();
        if (!user) {
            out.problem("user " + std::to_string(nth) + " is no object; it is left out.");
            continue;
        }
        if (out.size() > kRosterPeople)
            break;
        RosterPerson p;
        p.name = textAt(*user, "displayName");
        if (const json::object *parts = objectAt(*user, "name"); parts && p.name.empty()) {
            p.name = textAt(*parts, "formatted");
            if (p.name.empty())
                p.name = textAt(*parts, "givenName") + (textAt(*parts, "familyName").empty() ? "" : " ") + textAt(*parts, "familyName");
        }
        p.zone = textAt(*user, "timezone");
        if (const json::object *more = objectAt(*user, "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"))
            p.team = textAt(*more, "department");
        if (const json::value *active = user->if_contains("active"); active && active->is_bool())
            p.active = active->get_bool();
        if (const json::array *ims = arrayAt(*user, "ims"))
            for (const json::value &im : *ims)
                if (im.is_object() && asciiLower(textAt(im.get_object(), "type")) == "xmpp")
                    p.xmpp = textAt(im.get_object(), "value");
        if (const json::array *mails = arrayAt(*user, "emails")) // the primary one, else the first
            for (const json::value &mail : *mails)
                if (const json::object *m = mail.if_object()) {
                    const json::value *primary = m->if_contains("primary");
                    if (p.email.empty() || (primary && primary->is_bool() && primary->get_bool()))
                        p.email = textAt(*m, "value");
                }
        out.person(std::move(p), textAt(*user, "userName"), "user " + std::to_string(nth));
    }
    return out.finish();
}

} // namespace

Result<Roster> readRoster(std::string_view bytes)
{
    if (bytes.size() > kRosterLimit)
        return fail(Code::TooLarge, "A roster is at most 4 MiB; this has " + std::to_string(bytes.size()) + " bytes.");
    const auto first = bytes.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos)
        return fail(Code::Invalid, "The roster is empty.");
    return bytes[first] == '{' || bytes[first] == '[' ? readScim(bytes) : readCsv(bytes);
}

} // namespace qd::workspace
