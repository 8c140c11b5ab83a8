// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/emojinames.h"

namespace qd::chat {

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

} // namespace qd::chat
