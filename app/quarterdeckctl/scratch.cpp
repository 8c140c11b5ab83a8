// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/scratch.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace qd::app {

Result<std::unique_ptr<Scratch>> Scratch::make()
{
    std::error_code wrong;
    const auto where = std::filesystem::temp_directory_path(wrong);
    std::string name = (where / "quarterdeck-XXXXXX").string();
    if (wrong || !mkdtemp(name.data()))
        return fail(Code::Io, "No temporary folder can be made in " + (wrong ? "$TMPDIR: " + wrong.message() : where.string() + ": " + std::strerror(errno)) + ".");
    return std::unique_ptr<Scratch>(new Scratch(name));
}

Scratch::~Scratch()
{
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
}

} // namespace qd::app
