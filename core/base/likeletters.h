// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <unordered_map>

namespace qd {

/// Letters that are read alike, as `Likeness::Unmarked` and `Likeness::Drawn` of core/base/foldedtext.h say, one character with its marks at a time. Those of a text are few, and ICU is asked of each once.
/// Used by one thread.
class LikeLetters {
public:
    /// `isDrawn`: letters of other alphabets are those of ASCII they are drawn as. `areSmall`: letters big or small are one.
    LikeLetters(bool isDrawn, bool areSmall) : m_isDrawn(isDrawn), m_areSmall(areSmall) {}
    /// One character with its marks, as it was written; valid until the next is asked for. None where ICU's tables are missing.
    [[nodiscard]] const std::string *of(const std::string &written);
    /// One of those that were asked for is drawn as a letter of ASCII.
    [[nodiscard]] bool haveSeemed() const { return m_haveSeemed; }

private:
    bool m_isDrawn, m_areSmall, m_haveSeemed = false;
    std::unordered_map<std::string, std::string> m_known;
};

} // namespace qd
