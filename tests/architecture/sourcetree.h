// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace qd::architecture {

/// An #include: what it names and where.
struct Include {
    std::string name;
    bool isOurs = false; ///< in quotes
    std::size_t offset = 0;
};

/// One file of the project.
struct SourceFile {
    std::string path;               ///< from the root: "core/base/time.h"
    std::string text;
    std::string code = {};          ///< of C++: the text with comments and the contents of texts blanked out
    std::vector<Include> includes = {};
    [[nodiscard]] bool isHeader() const { return path.ends_with(".h"); }
    [[nodiscard]] bool isCpp() const { return path.ends_with(".h") || path.ends_with(".cpp"); }
    /// "core" and "base" of core/base/time.h; "" when the file is not that deep.
    [[nodiscard]] std::string part(int n) const
    {
        std::string_view rest = path;
        for (; n > 0; --n) {
            const auto slash = rest.find('/');
            if (slash == std::string_view::npos)
                return {};
            rest.remove_prefix(slash + 1);
        }
        const auto slash = rest.find('/');
        return slash == std::string_view::npos ? std::string() : std::string(rest.substr(0, slash));
    }
    [[nodiscard]] std::size_t lineOf(std::size_t offset) const { return 1 + static_cast<std::size_t>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), '\n')); }
    [[nodiscard]] std::string at(std::size_t offset) const { return path + ":" + std::to_string(lineOf(offset)); }
};

/// Every text file under the named folders (or a single file), in path order.
inline std::vector<SourceFile> filesUnder(const std::string &root, const std::vector<std::string> &names)
{
    namespace fs = std::filesystem;
    static constexpr std::string_view kText[] = {".h", ".cpp", ".txt", ".cmake", ".md", ".py", ".sh", ".toml", ".json", ".qrc", ".ui", ".sql", ".in", ".yml"};
    std::vector<SourceFile> out;
    const auto add = [&](const fs::path &path) {
        std::ifstream in(path, std::ios::binary);
        out.push_back({fs::relative(path, root).generic_string(), {std::istreambuf_iterator<char>(in), {}}});
    };
    for (const std::string &name : names) {
        const fs::path path = fs::path(root) / name;
        if (fs::is_regular_file(path))
            add(path);
        else if (fs::is_directory(path))
            for (const auto &entry : fs::recursive_directory_iterator(path))
                if (entry.is_regular_file() && std::find(std::begin(kText), std::end(kText), entry.path().extension().string()) != std::end(kText))
                    add(entry.path());
    }
    std::sort(out.begin(), out.end(), [](const SourceFile &a, const SourceFile &b) { return a.path < b.path; });
    return out;
}

/// The code with comments, and texts when asked for, blanked out; offsets and lines stay what they were.
inline std::string codeOnly(const std::string &text, bool blankTexts)
{
    std::string out = text;
    const auto blank = [&](std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to && i < out.size(); ++i)
            if (out[i] != '\n')
                out[i] = ' ';
    };
    for (std::size_t i = 0; i < text.size();) {
        const std::string_view rest = std::string_view(text).substr(i);
        if (rest.starts_with("//")) {
            const auto end = std::min(text.find('\n', i), text.size());
            blank(i, end);
            i = end;
        } else if (rest.starts_with("/*")) {
            const auto end = std::min(text.find("*/", i + 2), text.size() - 2) + 2;
            blank(i, end);
            i = end;
        } else if (rest.starts_with("R\"")) {
            const auto open = text.find('(', i);
            const std::string close = ")" + text.substr(i + 2, open - i - 2) + "\"";
            const auto end = open == std::string::npos ? text.size() : std::min(text.find(close, open), text.size());
            if (blankTexts)
                blank(i + 2, end + close.size() - 1);
            i = end + close.size();
        } else if (text[i] == '"' || (text[i] == '\'' && (i == 0 || !std::isalnum(static_cast<unsigned char>(text[i - 1]))))) {
            std::size_t end = i + 1;
            while (end < text.size() && text[end] != text[i] && text[end] != '\n')
                end += text[end] == '\\' ? 2 : 1;
            // The path of an #include is code.
            const auto lineStart = text.rfind('\n', i) + 1;
            if (blankTexts && std::string_view(text).substr(lineStart, 8) != "#include")
                blank(i + 1, end);
            i = end + 1;
        } else {
            ++i;
        }
    }
    return out;
}

inline std::vector<Include> includesOf(const std::string &code)
{
    std::vector<Include> out;
    for (auto at = code.find("#include"); at != std::string::npos; at = code.find("#include", at + 8)) {
        const auto open = code.find_first_of("\"<\n", at);
        if (open == std::string::npos || code[open] == '\n')
            continue;
        const auto close = code.find_first_of("\">\n", open + 1);
        out.push_back({code.substr(open + 1, close - open - 1), code[open] == '"', at});
    }
    return out;
}

/// Offsets at which a word stands as a whole (no letter, digit or _ on either side).
inline std::vector<std::size_t> wordsIn(const std::string &code, std::string_view word)
{
    const auto inWord = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; };
    std::vector<std::size_t> out;
    for (auto at = code.find(word); at != std::string::npos; at = code.find(word, at + word.size())) {
        const bool startsWhole = at == 0 || !inWord(code[at - 1]) || !inWord(word.front());
        const auto end = at + word.size();
        if (startsWhole && (end >= code.size() || !inWord(code[end]) || !inWord(word.back())))
            out.push_back(at);
    }
    return out;
}

} // namespace qd::architecture
