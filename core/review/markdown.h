// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <md4c.h>
#include <string>
#include <string_view>

namespace qd::review {

/// A text as md4c may read it, the one way ours is read anywhere: what one reader takes for words is words to all of them. No HTML, and no code but
/// between fences: a line that is only indented is a sentence. It is a copy with line ends behind its end, since md4c 0.4.8 looks at what stands there
/// in memory (md_is_inline_link_spec, md_is_container_mark), closed brackets with it, and could crash of it.
class Markdown {
public:
    explicit Markdown(std::string_view text);

    /// Where what md4c tells of points into, but for line ends and entities, which are its own.
    std::string_view text() const { return std::string_view(m_padded).substr(0, m_size); }
    /// Tells `callbacks` of it; their flags are ours. False where md4c has given up, or for a text of 4 GiB or more.
    bool read(MD_PARSER callbacks, void *user) const;

private:
    std::string m_padded;
    std::size_t m_size;
};

} // namespace qd::review
