// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/quarterdeckctl/serve.h"

#include <memory>
#include <string>

namespace qd::app {

/// What `serve` is for a home whose journal is damaged: seats and the command line can look at everything up to the last
/// sound record and are told why nothing is recorded; commands are refused with that sentence, senders get 503. No desk, no
/// edges, no pages; nothing in the home is changed. Main thread.
class ReadOnlyNode final {
public:
    /// `why` is the error that kept the core from starting. Fails where nothing can be shown.
    [[nodiscard]] static Result<std::unique_ptr<ReadOnlyNode>> start(const ServeOptions &options, const Error &why);
    ~ReadOnlyNode();
    ReadOnlyNode(const ReadOnlyNode &) = delete;
    ReadOnlyNode &operator=(const ReadOnlyNode &) = delete;

    /// `ready {"control":…,"listen":…,"seq":N,"readonly":"…"}`
    [[nodiscard]] std::string readyLine() const;
    /// What is wrong and what can be done.
    [[nodiscard]] const std::string &reason() const;

private:
    struct Parts;
    explicit ReadOnlyNode(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m_parts;
};

} // namespace qd::app
