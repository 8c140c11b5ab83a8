// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/workspacefile.h"

#include "app/quarterdeckctl/scratch.h"
#include "app/quarterdeckctl/verbs.h"
#include "core/base/safetext.h"
#include "core/workspace/files.h"

#include <cstdio>
#include <fstream>

namespace qd::app {

namespace fs = std::filesystem;

namespace {

Result<> write(const fs::path &path, const std::string &text)
{
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out << text;
    out.close();
    return out ? Result<>() : fail(Code::Io, path.string() + " cannot be written.");
}

} // namespace

Result<std::string> contentOf(const fs::path &path, std::size_t limit)
{
    std::ifstream in(path, std::ios::binary);
    if (!in)
        return fail(Code::NotFound, "The file " + safeLine(path.string(), 200) + " cannot be read.");
    std::string text(limit + 1, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
    return text;
}

Result<Workspace> withFile(const fs::path &folder, const std::string &name, const std::string &text)
{
    const auto scratch = Scratch::make();
    if (!scratch)
        return tl::unexpected(scratch.error());
    const fs::path &copy = (*scratch)->path();
    std::error_code error;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
        if (it->path().extension() == ".toml" && it->path().filename() != name)
            fs::copy_file(it->path(), copy / it->path().filename(), error);
    if (error)
        return fail(Code::Io, "The workspace cannot be copied to be checked: " + error.message() + ".");
    if (const auto written = write(copy / name, text); !written)
        return tl::unexpected(written.error());
    return workspace::load(copy);
}

Result<> putFile(const fs::path &folder, const std::string &name, const std::string &text)
{
    const fs::path fresh = folder / ("." + name + ".new");
    if (const auto written = write(fresh, text); !written)
        return written;
    std::error_code error;
    fs::rename(fresh, folder / name, error);
    return error ? fail(Code::Io, (folder / name).string() + " cannot be written: " + error.message() + ".") : Result<>();
}

int offerFile(const fs::path &folder, const Workspace &before, const Imported &imported, bool apply)
{
    const auto after = withFile(folder, imported.name, imported.toml);
    if (!after)
        return refuse(after.error());
    const auto lines = workspace::difference(before, *after);
    for (const auto &line : lines)
        std::printf("%s\n", line.c_str());
    if (lines.empty())
        std::printf("nothing changes\n");
    for (const auto &line : imported.known)
        std::printf("known: %s\n", line.c_str());
    for (const auto &line : imported.untranslated)
        std::printf("not translated: %s\n", line.c_str());
    if (!apply) {
        std::printf("nothing was written; add --apply to write %s\n", (folder / imported.name).c_str());
        return kDone;
    }
    if (const auto written = putFile(folder, imported.name, imported.toml); !written)
        return refuse(written.error());
    std::printf("written: %s\n", (folder / imported.name).c_str());
    return kDone;
}

} // namespace qd::app
