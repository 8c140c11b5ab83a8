// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/emojinames.h"

#include <algorithm>

namespace qd {

namespace {

struct Emoji {
    std::string_view text, name;
};

/// Those people answer with; others are shown by their word.
constexpr Emoji kEmojis[] = {
    {"👍", "+1"}, {"👍", "thumbsup"}, {"👎", "-1"}, {"👎", "thumbsdown"}, {"👀", "eyes"}, {"✅", "white_check_mark"}, {"✔️", "heavy_check_mark"},
    {"❌", "x"}, {"🔥", "fire"}, {"🎉", "tada"}, {"❤️", "heart"}, {"🙏", "pray"}, {"🚨", "rotating_light"}, {"🚒", "fire_engine"},
    {"✋", "hand"}, {"✋", "raised_hand"}, {"🙋", "raising_hand"}, {"👋", "wave"}, {"👏", "clap"}, {"🤔", "thinking_face"}, {"😀", "grinning"},
    {"😄", "smile"}, {"😢", "cry"}, {"🚀", "rocket"}, {"⏳", "hourglass_flowing_sand"}, {"⚠️", "warning"}, {"❓", "question"}, {"❗", "exclamation"},
    {"💯", "100"}, {"🆗", "ok"}, {"👌", "ok_hand"}, {"🛑", "octagonal_sign"}, {"➕", "heavy_plus_sign"}, {"🟢", "large_green_circle"},
    {"🟡", "large_yellow_circle"}, {"🔴", "red_circle"}, {"🔧", "wrench"}, {"🐛", "bug"},
    {"📌", "pushpin"}, {"📍", "round_pushpin"}, {"⭐", "star"}, {"🔖", "bookmark"}, {"📝", "memo"}, {"📝", "pencil"},
};

} // namespace

std::string emojiName(std::string_view emoji)
{
    for (const Emoji &known : kEmojis)
        if (known.text == emoji)
            return std::string(known.name);
    if (emoji.size() > 2 && emoji.size() < 100 && emoji.front() == ':' && emoji.back() == ':')
        return std::string(emoji.substr(1, emoji.size() - 2));
    return {};
}

std::string emojiOf(std::string_view name)
{
    const std::string_view plain = name.substr(0, name.find("::")); // "+1::skin-tone-3"
    for (const Emoji &known : kEmojis)
        if (known.name == plain)
            return std::string(known.text);
    return ':' + std::string(name) + ':';
}

std::string plainEmoji(std::string_view emoji)
{
    const auto isOfName = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '+' || c == ':'; };
    std::string_view name = emoji;
    if (name.find_first_not_of(':') != name.npos && std::all_of(name.begin(), name.end(), isOfName)) {
        if (name.front() == ':')
            name.remove_prefix(1);
        if (!name.empty() && name.back() == ':')
            name.remove_suffix(1);
        const std::string known = emojiOf(name);
        return known.front() == ':' ? known : plainEmoji(known); // its own sign may ask for colours
    }
    std::string out;
    for (std::size_t at = 0; at < emoji.size();) {
        const std::string_view rest = emoji.substr(at);
        const bool isTone = rest.size() >= 4 && rest.starts_with("\xF0\x9F\x8F") && rest[3] >= '\xBB' && rest[3] <= '\xBF'; // U+1F3FB to U+1F3FF
        if (isTone || rest.starts_with("\xEF\xB8\x8F")) // U+FE0F
            at += isTone ? 4 : 3;
        else
            out += emoji[at++];
    }
    return out;
}

} // namespace qd
