// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

namespace qd::workspace {

/// Where something was written: file (by its place in name order) and line, from 1.
struct Place {
    std::uint32_t file = 0, line = 0;
    auto operator<=>(const Place &) const = default;
};

/// The mistakes found so far. Reading goes on after one, so that the first in reading order is the one reported and the
/// log gets them all.
class Problems {
public:
    static constexpr std::size_t kKept = 100;

    explicit Problems(std::vector<std::string> files) : m_files(std::move(files)) {}

    void add(Place place, std::string text, Code code = Code::Invalid);
    [[nodiscard]] bool isEmpty() const { return m_found.empty(); }
    /// "people.toml:12: …" of the first, all of them as detail. Only when not empty.
    [[nodiscard]] Error error() const;

private:
    struct Problem {
        Place place;
        Code code;
        std::string text;
    };
    std::vector<std::string> m_files;
    std::vector<Problem> m_found;
};

} // namespace qd::workspace
