// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <memory>

namespace qd::app {

/// A temporary folder that goes away with this.
class Scratch final {
public:
    /// Io when no folder can be made where temporary ones go ($TMPDIR).
    [[nodiscard]] static Result<std::unique_ptr<Scratch>> make();
    ~Scratch();
    Scratch(const Scratch &) = delete;
    Scratch &operator=(const Scratch &) = delete;
    [[nodiscard]] const std::filesystem::path &path() const { return m_path; }

private:
    explicit Scratch(std::filesystem::path path) : m_path(std::move(path)) {}
    std::filesystem::path m_path;
};

} // namespace qd::app
