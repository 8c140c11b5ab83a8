// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"
#include "core/model/words.h"
#include "core/workspace/reader.h"

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

/// The TOML library behind small typed questions, each of which says what is wrong with file and line. Only fields.cpp
/// includes the library.
namespace qd::workspace {

class Element;

/// One table being read. Copies share what was asked for, so finish() knows the keys nobody asked for.
class Fields {
public:
    [[nodiscard]] Place place() const { return m_place; }
    [[nodiscard]] Place placeOf(const char *key) const;
    [[nodiscard]] bool has(const char *key);

    /// A required id: a-z, 0-9, '.', '_' and '-', starting with a letter or digit, at most 64.
    [[nodiscard]] std::string id();
    /// One line of clean text; "" when not there and not required.
    [[nodiscard]] std::string text(const char *key, bool isRequired = false);
    /// Clean text of several lines, required.
    [[nodiscard]] std::string body(const char *key);
    /// A list of texts, none of them empty.
    [[nodiscard]] std::vector<Given> texts(const char *key, std::size_t limit);
    [[nodiscard]] bool flag(const char *key, bool otherwise);
    [[nodiscard]] std::int64_t number(const char *key, std::int64_t otherwise, std::int64_t least, std::int64_t most);
    /// A list of numbers; empty after a mistake.
    [[nodiscard]] std::vector<std::int64_t> numbers(const char *key, std::size_t limit, std::int64_t least, std::int64_t most);
    /// Money in hundredths, written as a number (85, 85.00); nothing when it is not there or is a mistake.
    [[nodiscard]] std::optional<std::int64_t> amount(const char *key, std::int64_t least, std::int64_t most);
    [[nodiscard]] Span span(const char *key, Span otherwise, Span least, Span most);
    template <typename E>
    [[nodiscard]] E word(const char *key, E otherwise, const std::string &allowed, bool isRequired = false)
    {
        const std::string given = text(key, isRequired);
        if (given.empty())
            return otherwise;
        const auto value = fromWord<E>(given);
        if (!value)
            problem(key, "\"" + given + "\" is not known for " + key + "; write " + allowed);
        return value.value_or(otherwise);
    }
    [[nodiscard]] Fields table(const char *key);
    /// Every element of a list; `take` returns false for one of the wrong type, `wanted` then says what to write.
    void each(const char *key, std::size_t limit, const std::string &wanted, const std::function<bool(Element)> &take);

    void problem(const char *key, std::string text) { problemAt(placeOf(key), std::move(text)); }
    void problemAt(Place place, std::string text);
    /// Reports the keys nobody asked for.
    void finish();

private:
    friend class Document;
    friend class Element;
    Fields(const void *table, std::uint32_t file, Problems &problems, std::string what);
    [[nodiscard]] const void *node(const char *key); ///< toml::node, or null; remembers that it was asked for
    void wrongType(const char *key, const std::string &wanted);

    const void *m_table;
    std::uint32_t m_file;
    Problems *m_problems;
    std::string m_what; ///< for people: "person", "a step of policy db"
    Place m_place;
    std::shared_ptr<std::set<std::string>> m_asked = std::make_shared<std::set<std::string>>();
};

/// One element of a list.
class Element {
public:
    [[nodiscard]] bool isText() const;
    [[nodiscard]] bool isTable() const;
    [[nodiscard]] std::string text() const;
    [[nodiscard]] std::optional<std::int64_t> number() const;
    [[nodiscard]] Fields fields(std::string what) const;
    [[nodiscard]] Place place() const;

private:
    friend class Fields;
    Element(const void *node, std::uint32_t file, Problems &problems) : m_node(node), m_file(file), m_problems(&problems) {}
    const void *m_node;
    std::uint32_t m_file;
    Problems *m_problems;
};

/// A parsed file.
class Document {
public:
    Document(const std::string &text, std::uint32_t file, Problems &problems);
    ~Document();
    Document(const Document &) = delete;
    Document &operator=(const Document &) = delete;
    [[nodiscard]] bool isSound() const { return m_root != nullptr; }
    [[nodiscard]] Fields fields();

private:
    struct Root;
    std::unique_ptr<Root> m_root;
    std::uint32_t m_file;
    Problems &m_problems;
};

/// An IANA time zone this machine knows; where it has no zone files, a name of the right form.
[[nodiscard]] bool isZone(const std::string &name);

} // namespace qd::workspace
