// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/verify.h"
#include "core/journal/words.h"

namespace qd::journal {

namespace {
/// Everything here is our own word, a number or hexadecimal, but the origin of a foreign file: keep it plain.
std::string asciiJson(std::string_view text)
{
    std::string out = "\"";
    for (const char c : text.substr(0, 200))
        out += c < 0x20 || c > 0x7e || c == '"' || c == '\\' ? '?' : c;
    return out + "\"";
}
} // namespace

std::string toJson(const VerifyReport &report)
{
    std::string out = "{\"result\":" + asciiJson(outcomeName(report.outcome)) +
                      ",\"records\":" + std::to_string(report.records) + ",\"head\":" + std::to_string(report.headSeq) +
                      ",\"headHash\":" + asciiJson(toHex(report.head)) +
                      ",\"headCode\":" + asciiJson(report.headSeq == 0 ? std::string() : headWords(report.head)) +
                      ",\"origin\":" + asciiJson(report.origin) +
                      (report.exported.empty() ? std::string() : ",\"export\":" + asciiJson(report.exported)) +
                      (report.completeTo == 0 ? std::string()
                                              : ",\"complete\":{\"from\":" + std::to_string(report.completeFrom) +
                                                    ",\"to\":" + std::to_string(report.completeTo) + "}") +
                      ",\"unanchored\":" + std::to_string(report.unanchored) +
                      (report.noted ? ",\"noted\":" + std::to_string(*report.noted) : std::string()) + ",\"holes\":[";
    for (std::size_t i = 0; i < report.holes.size(); ++i) {
        const VerifyReport::Hole &hole = report.holes[i];
        out += std::string(i > 0 ? "," : "") + "{\"seq\":" + std::to_string(hole.seq) +
               ",\"stream\":" + asciiJson(hole.stream) + ",\"authorised\":" + (hole.authorised ? "true" : "false") + "}";
    }
    out += "],\"errors\":[";
    for (std::size_t i = 0; i < report.errors.size(); ++i)
        out += std::string(i > 0 ? "," : "") + "{\"seq\":" + std::to_string(report.errors[i].seq) +
               ",\"kind\":" + asciiJson(report.errors[i].kind) + "}";
    return out + "]}";
}

} // namespace qd::journal
