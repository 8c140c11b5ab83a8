// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <functional>
#include <string>

namespace qd::chat {

/// Which file of which message.
struct FileAsked {
    std::string room;       ///< as ChatEvent::room
    std::string thread;     ///< as ChatEvent::thread
    std::string message;    ///< the platform's own id of the message
    std::string text;       ///< what the message says now, as it is recorded
    std::size_t number = 1; ///< from 1, as the message names them
    std::size_t most = 0;   ///< bytes: what is larger is refused before it is fetched, and again when more comes than was said
};

/// The bytes of a file that came with a message, as the platform keeps them.
struct FileRead {
    std::string name, bytes;
};

/// A connector that can be asked for the files of a message, beside what it hears. In the connector's thread.
class FileSource {
public:
    using Read = std::function<void(Result<FileRead>)>;
    virtual ~FileSource() = default;

    /// `done` is called once; dropped when the connector is gone by then. Errors: NotFound, TooLarge, Forbidden, Unavailable.
    virtual void readFile(const FileAsked &asked, Read done) = 0;

protected:
    FileSource() = default;
    FileSource(const FileSource &) = default;
    FileSource &operator=(const FileSource &) = default;
};

} // namespace qd::chat
