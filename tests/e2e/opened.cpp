// SPDX-License-Identifier: GPL-3.0-or-later
// Opens a home as its core does and looks for bytes in all it holds: every part of every record, what an emergency file keeps, every
// snapshot and every segment of the search, with the texts in it. For a home that may be changed: a copy.
//   e2e.opened HOME [--passphrase-file FILE | --recovery-file FILE] [--emergency FOLDER] < NEEDLES (one a line)
// Prints "found NUMBER PLACE" for each needle and place (numbers from 0), then what was looked at. Exit: 0 looked, 3 the home could
// not be opened or read, with one sentence on stderr.
#include "core/base/ports.h"
#include "core/journal/journal.h"
#include "core/store/sqliteports.h"
#include "core/store/textsegment.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <functional>
#include <iostream>

using namespace qd;

namespace {

struct Looking {
    std::vector<std::string> needles;
    std::uint64_t bytes = 0;

    void at(std::string_view bytesThere, const std::string &place)
    {
        bytes += bytesThere.size();
        for (std::size_t n = 0; n < needles.size(); ++n) {
            const std::boyer_moore_horspool_searcher searcher(needles[n].begin(), needles[n].end());
            if (std::search(bytesThere.begin(), bytesThere.end(), searcher) != bytesThere.end())
                std::printf("found %zu %s\n", n, place.c_str());
        }
    }
};

int failed(const Error &error)
{
    std::fprintf(stderr, "%s\n", error.message.c_str());
    return 3;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    journal::Unlock unlock{journal::Unlock::KeyFile, {}};
    journal::Options options;
    options.reserveBytes = 0;
    for (int n = 2; n + 1 < argc; n += 2) {
        const std::string option = argv[n];
        if (option == "--emergency") {
            options.emergency = argv[n + 1];
            continue;
        }
        std::ifstream file(argv[n + 1]);
        std::string line;
        if ((option != "--passphrase-file" && option != "--recovery-file") || !std::getline(file, line))
            return 2;
        unlock = {option == "--recovery-file" ? journal::Unlock::Recovery : journal::Unlock::Passphrase, Secret(line)};
    }
    Looking looking;
    for (std::string line; std::getline(std::cin, line);)
        if (!line.empty())
            looking.needles.push_back(std::move(line));

    SystemClock clock;
    SystemRandom random;
    auto opened = journal::Journal::open(argv[1], store::sqlitePorts(), unlock, clock, random, options);
    if (!opened)
        return failed(opened.error());
    journal::Journal &journal = **opened;
    std::uint64_t records = 0, parts = 0, gone = 0;
    const auto read = journal.replay(1, journal.tail(), [&](const journal::Committed &record) {
        ++records;
        for (const journal::Part &part : record.parts) {
            ++(part.erased ? gone : parts);
            looking.at(part.stream, "stream of record " + std::to_string(record.seq));
            looking.at(asText(part.body), "record " + std::to_string(record.seq) + ", " + part.stream);
        }
        return true;
    });
    if (!read)
        return failed(read.error());

    std::uint64_t sections = 0, texts = 0;
    const auto heads = journal.sections().list({});
    if (!heads)
        return failed(heads.error());
    for (const journal::SectionHead &head : *heads) {
        const auto section = journal.sections().open(head.kind, head.name);
        if (!section)
            return failed(section.error());
        ++sections;
        const std::string place = head.kind + " " + head.name + ", " + head.stream;
        looking.at(asText(section->body), place);
        if (head.kind != "search")
            continue;
        // A long text of a segment lies in pieces; the list of segments is none.
        if (auto segment = store::TextSegment::open(section->body)) {
            const auto rows = (*segment)->rows(0, [&](const store::TextRow &row) {
                ++texts;
                looking.at(row.text, place + ", a text");
                looking.at(row.labels, place + ", its labels");
                return true;
            });
            if (!rows)
                return failed(rows.error());
        }
    }
    std::printf("looked at %llu records, %llu parts (%llu gone), %llu sections, %llu texts, %llu bytes\n", static_cast<unsigned long long>(records),
                static_cast<unsigned long long>(parts), static_cast<unsigned long long>(gone), static_cast<unsigned long long>(sections),
                static_cast<unsigned long long>(texts), static_cast<unsigned long long>(looking.bytes));
    return 0;
}
