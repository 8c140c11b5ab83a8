// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/spokenwords.h"

#include "core/base/ports.h"

#include <algorithm>
#include <array>
#include <vector>

namespace qd {

namespace {

/// One word a byte. Their first four letters differ, none sounds like another. The order is part of the journal's format: core/journal/headwords.txt.
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

std::string spokenWords(std::span<const std::uint8_t> bytes)
{
    std::string out;
    for (const std::uint8_t byte : bytes)
        out += (out.empty() ? "" : "-") + std::string(kWords[byte]);
    return out;
}

bool isSpokenWord(std::string_view word)
{
    return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

std::string randomWords(Random &random, std::size_t count)
{
    std::vector<std::uint8_t> bytes(count);
    random.fill(bytes);
    return spokenWords(bytes);
}

} // namespace qd
