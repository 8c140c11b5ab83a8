// SPDX-License-Identifier: GPL-3.0-or-later
// Runs one target over every file of the folders named, without a fuzzer: what once was found stays mended.
#include "fuzz.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

int main(int argc, char **argv)
{
    std::vector<std::filesystem::path> files;
    for (int i = 1; i < argc; ++i) {
        std::error_code wrong;
        for (const auto &entry : std::filesystem::recursive_directory_iterator(argv[i], wrong))
            if (entry.is_regular_file())
                files.push_back(entry.path());
        if (wrong) {
            std::fprintf(stderr, "%s: %s\n", argv[i], wrong.message().c_str());
            return 1;
        }
    }
    if (files.empty()) {
        std::fprintf(stderr, "no inputs to replay\n");
        return 1;
    }
    std::sort(files.begin(), files.end());
    std::size_t runs = 0;
    for (const auto &path : files) {
        std::ifstream file(path, std::ios::binary);
        const std::vector<char> bytes{std::istreambuf_iterator<char>(file), {}};
        std::fprintf(stderr, "%s\n", path.c_str()); // the last one named is the one that broke
        const auto *data = reinterpret_cast<const std::uint8_t *>(bytes.data());
        // Whole, and cut at 32 places: half a message is the commonest damage there is.
        for (std::size_t cut = 0; cut <= 32; ++cut, ++runs)
            LLVMFuzzerTestOneInput(data, bytes.size() * cut / 32);
    }
    std::printf("%zu inputs, %zu runs\n", files.size(), runs);
    return 0;
}
