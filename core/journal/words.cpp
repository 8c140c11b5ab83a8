// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/words.h"

#include "core/base/safetext.h"
#include "core/base/spokenwords.h"

#include <algorithm>
#include <charconv>
#include <span>

namespace qd::journal {

std::string headWords(const Hash &hash)
{
    return spokenWords(std::span(hash).first(8));
}

Result<HeadCode> parseHeadCode(std::string_view text)
{
    constexpr const char *kShape = "A head code is a record's number and eight words, as it was posted: 41:anchor-…";
    std::uint64_t seq = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seq);
    std::string words(end, text.data() + text.size());
    if (error == std::errc() && seq > 0 && words.starts_with(':')) {
        words.erase(0, 1);
        std::replace(words.begin(), words.end(), ' ', '-');
        if (std::count(words.begin(), words.end(), '-') != 7)
            return fail(Code::Invalid, kShape);
        for (std::size_t at = 0; at <= words.size(); at = std::min(words.find('-', at), words.size()) + 1) {
            const std::string word = words.substr(at, words.find('-', at) - at);
            if (!isSpokenWord(word))
                return fail(Code::Invalid, "\"" + safeLine(word, 20) + "\" is no word of a head code: it was heard or copied wrongly. " + kShape);
        }
        return std::pair(seq, words);
    }
    return fail(Code::Invalid, kShape);
}

Result<std::vector<HeadCode>> parseHeadCodes(const std::vector<std::string> &texts)
{
    std::vector<HeadCode> codes;
    for (const std::string &text : texts) {
        auto code = parseHeadCode(text);
        if (!code)
            return tl::unexpected(code.error());
        codes.push_back(std::move(*code));
    }
    return codes;
}

} // namespace qd::journal
