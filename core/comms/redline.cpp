// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comms/redline.h"

#include <algorithm>
#include <dtl/dtl.hpp>

namespace qd::comms {

namespace {

/// At the ends of runs of blanks, or of lines.
std::vector<std::string> pieceUp(std::string_view text, bool byLine)
{
    std::vector<std::string> out;
    const auto isEnd = [&](char c) { return byLine ? c == '\n' : c == ' ' || c == '\n' || c == '\t'; };
    std::string word;
    bool ended = false;
    for (const char c : text) {
        if (ended && !isEnd(c)) {
            out.push_back(std::move(word));
            word.clear();
            ended = false;
        }
        word += c;
        ended = ended || isEnd(c);
    }
    if (!word.empty()) {
        if (!ended) // the last word is the same word where more follows
            word += byLine ? '\n' : ' ';
        out.push_back(std::move(word));
    }
    return out;
}

} // namespace

std::vector<Piece> redline(std::string_view from, std::string_view to)
{
    std::vector<Piece> out;
    const auto add = [&](Change change, const std::string &text) {
        if (text.empty())
            return;
        if (!out.empty() && out.back().change == change)
            out.back().text += text;
        else
            out.push_back({change, text});
    };
    for (const bool byLine : {false, true}) {
        std::vector<std::string> a = pieceUp(from, byLine), b = pieceUp(to, byLine);
        if (std::max(a.size(), b.size()) > kWordsLimit)
            continue;
        dtl::Diff<std::string> diff(a, b);
        diff.compose();
        // The library mixes what goes and what comes; people read first the one, then the other.
        std::string removed, added;
        const auto flush = [&] {
            add(Change::Removed, removed);
            add(Change::Added, added);
            removed.clear();
            added.clear();
        };
        for (const auto &[word, how] : diff.getSes().getSequence()) {
            if (how.type == dtl::SES_DELETE) {
                removed += word;
            } else if (how.type == dtl::SES_ADD) {
                added += word;
            } else {
                flush();
                add(Change::Same, word);
            }
        }
        flush();
        return out;
    }
    add(from == to ? Change::Same : Change::Removed, std::string(from));
    if (from != to)
        add(Change::Added, std::string(to));
    return out;
}

bool differs(const std::vector<Piece> &pieces)
{
    return std::any_of(pieces.begin(), pieces.end(), [](const Piece &p) { return p.change != Change::Same; });
}

std::string toText(const std::vector<Piece> &pieces)
{
    std::string out;
    for (const Piece &p : pieces) {
        // The mark closes before the blanks that follow, so that lines stay lines.
        const auto end = p.text.find_last_not_of(" \n\t");
        const std::string body = end == std::string::npos ? std::string() : p.text.substr(0, end + 1);
        const std::string tail = end == std::string::npos ? p.text : p.text.substr(end + 1);
        if (p.change == Change::Same || body.empty())
            out += p.change == Change::Removed ? std::string() : p.text;
        else if (p.change == Change::Removed)
            out += "[-" + body + "-]" + (tail.empty() ? "" : " ");
        else
            out += "{+" + body + "+}" + tail;
    }
    const auto end = out.find_last_not_of(" \n\t");
    return end == std::string::npos ? std::string() : out.substr(0, end + 1);
}

} // namespace qd::comms
