// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/marking.h"
#include "core/review/blocks.h"

#include <optional>
#include <string>
#include <vector>

/// One source, and how each audience reads it.
namespace qd::review {

/// Who reads a rendition. What they are cleared for says core/governance (readerOf), and nobody else.
struct Audience {
    std::string name;                    ///< "internal", "technical", "customers", "public" …
    Reader reader;                       ///< where somebody makes it for others, what both may read
    bool isOutside = true;               ///< people are their roles, and nothing of the record is pointed at
};

/// Whom a part of the source is for.
enum class Readers : std::uint8_t { Everybody, Inside, Outside };
/// A part of the source, in Markdown.
struct SourceText {
    std::string id, heading, text;
    Readers readers = Readers::Everybody;
    std::optional<std::string> outside = {}; ///< as those outside have it, where that is less
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
    std::string language = "en";         ///< en or de: of what stands around what people wrote
};

struct Rendition {
    std::string incident, title, audience;
    bool isOutside = true;
    std::vector<Block> blocks;
    std::size_t removed = 0;             ///< marked spans that were taken out
    std::size_t sectionsLeftOut = 0;
    std::string language = "en";         ///< as Source::language
};

/// The source as this audience may have it. What its reader is not cleared for is gone before the Markdown is read, with the formatting that began or ended
/// in it put right; and what is a mark only once the Markdown is read (brackets behind backslashes, as entities, in bold) is found then, until there is none: an unclosed one
/// reaches to the end of its section. Inside a hole says what class is missing ("[sealed: restricted, short]", in the source's language); outside nothing does, nor is a hole left that stands in the source,
/// and what stood beside it for it alone (blanks, separators, brackets) is closed (core/review/seams.h). Pure.
[[nodiscard]] Rendition renditionOf(const Source &source, const Audience &audience);

/// An address with its %XX as the bytes they mean, once; what is none stays.
[[nodiscard]] std::string unescaped(std::string_view url);

} // namespace qd::review
