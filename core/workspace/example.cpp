// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/files.h"

#include "core/base/safetext.h"
#include "core/workspace/exampletexts.h"

#include <algorithm>
#include <fstream>
#include <vector>
#include <pwd.h>
#include <unistd.h>

namespace qd::workspace {

namespace {

namespace fs = std::filesystem;

std::string filled(std::string_view text, const std::string &id, const std::string &name)
{
    std::string out(text);
    for (const auto &[place, value] : {std::pair<std::string_view, const std::string &>{"{id}", id}, {"{name}", name}})
        for (auto at = out.find(place); at != std::string::npos; at = out.find(place, at + value.size())) {
            const bool isTemplatePlace = at > 0 && out[at - 1] == '{'; // {{id}} is meant for later
            if (isTemplatePlace)
                at += place.size();
            else
                out.replace(at, place.size(), value);
        }
    return out;
}

/// The account's name, and what its owner is called.
std::pair<std::string, std::string> currentUser()
{
    const passwd *entry = getpwuid(geteuid());
    if (!entry || !entry->pw_name)
        return {};
    std::string full = entry->pw_gecos ? entry->pw_gecos : "";
    return {entry->pw_name, full.substr(0, full.find(','))};
}

/// A user name as an id of the workspace.
std::string idFrom(std::string_view user)
{
    std::string id;
    for (const char c : user) {
        if (c >= 'A' && c <= 'Z')
            id += static_cast<char>(c + 32);
        else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (!id.empty() && (c == '.' || c == '_' || c == '-')))
            id += c;
        if (id.size() == 64)
            break;
    }
    return id.empty() ? "commander" : id == "operations" ? "operator" : id;
}

} // namespace

Result<> writeExample(const fs::path &dir, const std::string &user)
{
    const auto [account, fullName] = user.empty() ? currentUser() : std::pair(user, std::string());
    const std::string id = idFrom(account);
    std::string name = safeLine(fullName.empty() ? account : fullName, 200);
    std::erase_if(name, [](char c) { return c == '"' || c == '\\' || c == '{' || c == '}'; });
    if (name.empty())
        name = id;

    std::error_code error, ignored;
    const bool isNew = fs::create_directories(dir, error);
    if (error)
        return fail(Code::Io, "The folder " + safeLine(dir.string()) + " cannot be made: " + error.message() + ".");
    std::vector<fs::path> written;
    for (const auto &[file, text] : {std::pair<const char *, std::string_view>{"settings.toml", kExampleSettings}, {"people.toml", kExamplePeople}, {"teams.toml", kExampleTeams},
                                     {"policies.toml", kExamplePolicies}, {"schedules.toml", kExampleSchedules}, {"services.toml", kExampleServices}, {"templates.toml", kExampleTemplates}}) {
        const fs::path path = dir / file;
        if (fs::exists(path, error))
            continue;
        written.push_back(path);
        std::ofstream out(path, std::ios::binary);
        out << filled(text, id, name);
        out.close();
        if (out)
            continue;
        for (const auto &mine : written)
            fs::remove(mine, ignored);
        if (isNew)
            fs::remove(dir, ignored);
        return fail(Code::Io, "The file " + safeLine(path.string()) + " cannot be written; check permissions and room on the disk.");
    }
    return {};
}

} // namespace qd::workspace
