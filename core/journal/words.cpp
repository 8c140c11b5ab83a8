// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/words.h"

#include "core/base/safetext.h"

#include <algorithm>
#include <charconv>

namespace qd::journal {

namespace {

/// One word a byte. Their first four letters differ, none sounds like another. The order is part of the format: headwords.txt.
constexpr std::array<const char *, 256> kWords{
    "acid",     "acorn",   "actor",   "album",    "alley",    "amber",   "anchor",  "angle",    "apple",    "april",
    "apron",    "arrow",   "aspen",   "atlas",    "attic",    "autumn",  "bacon",   "badge",    "baker",    "bamboo",
    "banjo",    "barrel",  "basil",   "basket",   "beacon",   "beaver",  "bench",   "berry",    "bishop",   "blanket",
    "blossom",  "bonus",   "border",  "bottle",   "branch",   "bread",   "bridge",  "bronze",   "bucket",   "buffalo",
    "bunker",   "butter",  "cabin",   "cable",    "cactus",   "camel",   "candle",  "canyon",   "captain",  "carbon",
    "cargo",    "carpet",  "castle",  "cedar",    "cello",    "chalk",   "cherry",  "chimney",  "cinema",   "circus",
    "clover",   "cobalt",  "coffee",  "comet",    "compass",  "copper",  "coral",   "cotton",   "coyote",   "cradle",
    "crater",   "cricket", "crystal", "curtain",  "cyclone",  "dagger",  "daisy",   "dance",    "dawn",     "denim",
    "desert",   "diamond", "dinner",  "dolphin",  "donkey",   "dragon",  "drummer", "eagle",    "echo",     "eclipse",
    "elbow",    "ember",   "emerald", "engine",   "envelope", "fabric",  "falcon",  "farmer",   "feather",  "fender",
    "ferry",    "fiddle",  "finger",  "flamingo", "flute",    "forest",  "fossil",  "fountain", "galaxy",   "garden",
    "garlic",   "gazelle", "geyser",  "ginger",   "giraffe",  "glacier", "goblet",  "gopher",   "granite",  "gravel",
    "guitar",   "hammer",  "harbor",  "harvest",  "hazel",    "helmet",  "hermit",  "hockey",   "hornet",   "hotel",
    "hunter",   "iceberg", "igloo",   "indigo",   "ink",      "iron",    "island",  "ivory",    "jacket",   "jaguar",
    "jasmine",  "jelly",   "jungle",  "juniper",  "kayak",    "kettle",  "kidney",  "kingdom",  "kitten",   "ladder",
    "lagoon",   "lantern", "lemon",   "leopard",  "lily",     "lizard",  "lobster", "locket",   "lotus",    "lumber",
    "magnet",   "mango",   "maple",   "marble",   "meadow",   "melon",   "mirror",  "mosaic",   "mountain", "muffin",
    "museum",   "mustard", "napkin",  "needle",   "nickel",   "noodle",  "nugget",  "oasis",    "ocean",    "octopus",
    "olive",    "onion",   "orbit",   "orchid",   "otter",    "oyster",  "paddle",  "panda",    "panther",  "parrot",
    "pebble",   "pelican", "pencil",  "pepper",   "piano",    "pigeon",  "pillow",  "pilot",    "planet",   "pocket",
    "pony",     "potato",  "prairie", "pumpkin",  "puppet",   "puzzle",  "python",  "quartz",   "quiver",   "rabbit",
    "radar",    "raven",   "rhino",   "ribbon",   "river",    "robin",   "rocket",  "saddle",   "salmon",   "sandal",
    "sapphire", "scarlet", "shadow",  "silver",   "spider",   "spinach", "sugar",   "sunset",   "swan",     "tablet",
    "tango",    "temple",  "thunder", "tiger",    "tomato",   "tornado", "trumpet", "tulip",    "tunnel",   "turtle",
    "umbrella", "uncle",   "valley",  "velvet",   "violin",   "volcano", "walnut",  "whisper",  "willow",   "window",
    "winter",   "wizard",  "yacht",   "yogurt",   "zebra",    "zipper",
};

} // namespace

std::string headWords(const Hash &hash)
{
    std::string out;
    for (std::size_t i = 0; i < 8; ++i) {
        if (i > 0)
            out += '-';
        out += kWords[hash[i]];
    }
    return out;
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
            if (std::find(kWords.begin(), kWords.end(), word) == kWords.end())
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
