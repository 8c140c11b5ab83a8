// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/printtrends.h"

#include "app/quarterdeckctl/params.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace qd::app {

namespace {

constexpr std::size_t kMatrixRows = 12;  ///< of the most frequent factors: as many columns of counts fit beside their names
constexpr std::size_t kMetMost = 5, kOfQuarter = 3;
constexpr std::uint64_t kMetOften = 2;   ///< fewer say nothing

std::uint64_t countIn(const json::value &item, const char *name)
{
    const json::value *v = item.get_object().if_contains(name);
    return v && v->is_number() ? v->to_number<std::uint64_t>() : 0;
}

double shareIn(const json::value &item, const char *name)
{
    const json::value *v = item.get_object().if_contains(name);
    return v && v->is_number() ? v->to_number<double>() : 0;
}

/// As wide as it is read: letters, not bytes.
std::size_t lettersOf(const std::string &text)
{
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

std::string leftIn(const std::string &text, std::size_t width)
{
    const std::size_t letters = lettersOf(text);
    return text + std::string(letters < width ? width - letters : 0, ' ');
}

std::string rightIn(const std::string &text, std::size_t width)
{
    const std::size_t letters = lettersOf(text);
    return std::string(letters < width ? width - letters : 0, ' ') + text;
}

std::string percentText(double share)
{
    return std::to_string(std::lround(share * 100)) + " %";
}

/// "2 high, 1 unsaid".
std::string surenessText(const json::value &item)
{
    const json::value *ratings = item.get_object().if_contains("ratings");
    std::string out;
    if (ratings && ratings->is_object())
        for (const char *word : {"high", "medium", "low", "unsaid"})
            if (const std::uint64_t n = countIn(*ratings, word); n > 0)
                out += (out.empty() ? "" : ", ") + std::to_string(n) + " " + word;
    return out.empty() ? "-" : out;
}

std::string factorRows(const char *heading, const std::vector<const json::value *> &factors)
{
    std::vector<std::vector<std::string>> rows{{heading, "incidents", "of all", "elsewhere", "ratings, how sure"}};
    std::string by;
    for (const json::value *f : factors) {
        const std::string elsewhere = textOf(*f, "elsewhere");
        rows.push_back({textOf(*f, "label"), std::to_string(countIn(*f, "incidents")), percentText(shareIn(*f, "ofIncidents")), elsewhere.empty() ? "-" : elsewhere + " %", surenessText(*f)});
        if (const std::string source = textOf(*f, "elsewhereBy"); !elsewhere.empty() && !source.empty() && by.find(source) == std::string::npos)
            by += (by.empty() ? "" : "; ") + source;
    }
    std::size_t widths[5] = {};
    for (const auto &row : rows)
        for (std::size_t n = 0; n < row.size(); ++n)
            widths[n] = std::max(widths[n], lettersOf(row[n]));
    std::string out;
    for (const auto &row : rows)
        out += leftIn(row[0], widths[0]) + "  " + rightIn(row[1], widths[1]) + "  " + rightIn(row[2], widths[2]) + "  " + rightIn(row[3], widths[3]) + "  " + row[4] + "\n";
    return out + (by.empty() ? "" : "elsewhere is as published by " + by + "\n");
}

/// The lower triangle; the other half would say the same again.
std::string triangle(const json::value &matrix)
{
    const json::array &labels = matrix.at("labels").get_array(), &counts = matrix.at("counts").get_array();
    const std::size_t shown = std::min(labels.size(), kMatrixRows);
    std::size_t names = 0, width = 2;
    for (std::size_t row = 0; row < shown; ++row) {
        names = std::max(names, lettersOf(std::string(labels[row].get_string())));
        width = std::max(width, std::to_string(counts[row].get_array()[row].to_number<std::uint64_t>()).size());
    }
    std::string out = "\nincidents in which two met, on the diagonal each\n" + std::string(names + 4, ' ');
    for (std::size_t column = 0; column < shown; ++column)
        out += "  " + rightIn(std::to_string(column + 1), width);
    for (std::size_t row = 0; row < shown; ++row) {
        out += "\n" + rightIn(std::to_string(row + 1), 2) + "  " + leftIn(std::string(labels[row].get_string()), names);
        for (std::size_t column = 0; column <= row; ++column) {
            const auto n = counts[row].get_array()[column].to_number<std::uint64_t>();
            out += "  " + rightIn(n == 0 ? "-" : std::to_string(n), width);
        }
    }
    if (labels.size() > shown)
        out += "\nand " + std::to_string(labels.size() - shown) + " more: --json";
    return out + "\n";
}

std::string metOften(const std::vector<const json::value *> &pairs)
{
    std::string out;
    std::size_t said = 0;
    for (const json::value *p : pairs)
        if (countIn(*p, "incidents") >= kMetOften && shareIn(*p, "lift") > 1 && said++ < kMetMost) {
            const auto tenths = std::lround(shareIn(*p, "lift") * 10);
            out += "  " + textOf(*p, "label") + " and " + textOf(*p, "withLabel") + ": " + std::to_string(countIn(*p, "incidents")) + " incidents, " + std::to_string(tenths / 10) + "." + std::to_string(tenths % 10)
                + " times as often as if they had nothing to do with each other\n";
        }
    return out.empty() ? out : "\nmet more often than by chance\n" + out;
}

std::string quarterRows(const std::vector<const json::value *> &quarters)
{
    std::string out = "\nquarter  incidents\n";
    std::size_t named = 0;
    for (std::size_t n = 0; n < quarters.size(); ++n) {
        const json::value &q = *quarters[n];
        if (q.at("factor").is_null()) {
            out += (n == 0 ? "" : "\n") + textOf(q, "period") + "  " + rightIn(std::to_string(countIn(q, "incidents")), 9);
            named = 0;
        } else if (named++ < kOfQuarter) {
            out += (named == 1 ? "  " : ", ") + textOf(q, "label") + " " + std::to_string(countIn(q, "incidents"));
        }
    }
    return out + "\nby month: --json\n";
}

} // namespace

std::string trendsText(const json::array &items)
{
    std::vector<const json::value *> factors, well, pairs, quarters;
    const json::value *all = nullptr, *matrix = nullptr;
    for (const json::value &item : items) {
        const std::string kind = textOf(item, "kind");
        if (kind == "all")
            all = &item;
        else if (kind == "matrix")
            matrix = &item;
        else if (kind == "factor")
            factors.push_back(&item);
        else if (kind == "mitigator")
            well.push_back(&item);
        else if (kind == "pair")
            pairs.push_back(&item);
        else if (kind == "quarter")
            quarters.push_back(&item);
    }
    std::string out;
    if (all) {
        const std::uint64_t families = countIn(*all, "incidents");
        out += std::to_string(families) + (families == 1 ? " unrelated incident names" : " unrelated incidents name") + " a factor; raters: " + textOf(*all, "agreement") + "\n\n";
    }
    out += factorRows("factor", factors);
    if (!well.empty()) // no cause, and apart from them
        out += "\n" + factorRows("what went well", well);
    if (matrix && factors.size() > 1)
        out += triangle(*matrix);
    return out + metOften(pairs) + quarterRows(quarters);
}

} // namespace qd::app
