// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/marking.h"
#include "core/review/blocks.h"

#include <string>
#include <vector>

/// One source, and how each audience reads it.
namespace qd::review {

/// Who reads a rendition. What they are cleared for says core/governance (readerOf), and nobody else.
struct Audience {
    std::string name;                    ///< "internal", "technical", "customers", "public" …
    Reader reader;
    bool isOutside = true;               ///< people are their roles, and nothing of the record is pointed at
};

/// Whom a part of the source is for.
enum class Readers : std::uint8_t { Everybody, Inside, Outside };
/// A part of the source, in Markdown.
struct SourceText {
    std::string id, heading, text;
    Readers readers = Readers::Everybody;
};
/// A person, by every name that may stand in the text, and what is said instead of it outside.
struct NamedPerson {
    std::vector<std::string> names;      ///< "Ana Lopez", "@ana"; each is found as a word of its own, with an "@" before it or without
    std::string role;                    ///< "the incident commander"
};
struct Source {
    std::string incident, title;
    std::vector<SourceText> sections;
    std::vector<NamedPerson> people;
};

struct Rendition {
    std::string incident, title, audience;
    bool isOutside = true;
    std::vector<Block> blocks;
    std::size_t removed = 0;             ///< marked spans that were taken out
    std::size_t sectionsLeftOut = 0;
};

/// The source as this audience may have it. What its reader is not cleared for is gone before the Markdown is read, with the formatting that began or ended
/// in it put right; and what is a mark only once the Markdown is read (brackets behind backslashes, as entities, in bold) is found then: an unclosed one
/// reaches to the end of its section. Inside a hole says what class is missing ("[sealed: restricted, short]"); outside nothing does. Pure.
[[nodiscard]] Rendition renditionOf(const Source &source, const Audience &audience);

/// Markdown without the marks this reader may not read. `hole`: what is left of each says so.
[[nodiscard]] std::string redacted(std::string_view markdown, const Reader &reader, bool hole, std::size_t *removed = nullptr);

/// An address with its %XX as the bytes they mean, once; what is none stays.
[[nodiscard]] std::string unescaped(std::string_view url);

/// Where `name` stands in `text` as a word of its own, letters big or small, from `from` on; npos: nowhere.
[[nodiscard]] std::size_t findName(std::string_view text, std::string_view name, std::size_t from = 0);

} // namespace qd::review
