// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <functional>
#include <string>

namespace qd::chat {

/// The bytes of a file that came with a message, as the platform keeps them.
struct FileRead {
    std::string name, bytes;
};

/// A connector that can be asked for the files of a message, beside what it hears. In the connector's thread.
class FileSource {
public:
    using Read = std::function<void(Result<FileRead>)>;
    virtual ~FileSource() = default;

    /// The `number`th file of a message (from 1), of at most `most` bytes: what is larger is refused before it is fetched, and again when more comes than was said.
    /// `message`: the platform's own id of it. `done` is called once; dropped when the connector is gone by then. Errors: NotFound, TooLarge, Forbidden, Unavailable.
    virtual void readFile(const std::string &message, std::size_t number, std::size_t most, Read done) = 0;

protected:
    FileSource() = default;
    FileSource(const FileSource &) = default;
    FileSource &operator=(const FileSource &) = default;
};

} // namespace qd::chat
