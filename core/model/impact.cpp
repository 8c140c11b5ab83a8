// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/impact.h"

#include <cstdio>

namespace qd {

namespace {

constexpr std::pair<DataClass, std::string_view> kDataClasses[] = {
    {DataClass::Internal, "internal"}, {DataClass::Public, "public"}, {DataClass::Confidential, "confidential"}, {DataClass::Restricted, "restricted"},
    {DataClass::Restricted, "privileged"}}; // what is said to a lawyer and by one: read as restricted is, and let out by nothing

/// FNV-1a: the same on every machine and for ever, which is all it is for.
class Digest {
public:
    void add(std::uint64_t number)
    {
        for (int byte = 0; byte < 8; ++byte)
            m_value = (m_value ^ (number >> (8 * byte) & 0xff)) * 0x100000001b3ULL;
    }
    [[nodiscard]] std::uint32_t value() const { return static_cast<std::uint32_t>(m_value ^ (m_value >> 32)); }

private:
    std::uint64_t m_value = 0xcbf29ce484222325ULL;
};

} // namespace

std::string_view word(DataClass v)
{
    for (const auto &[value, text] : kDataClasses)
        if (value == v)
            return text;
    return "internal";
}

template <> std::optional<DataClass> fromWord(std::string_view text)
{
    for (const auto &[value, known] : kDataClasses)
        if (known == text)
            return value;
    return std::nullopt;
}

std::string nameOf(const SeverityMatrix &matrix)
{
    if (matrix == SeverityMatrix{})
        return "console";
    Digest digest;
    SeverityMatrix::visitFields(matrix, [&]<typename M>(int number, const char *, const M &member) {
        digest.add(static_cast<std::uint64_t>(number));
        if constexpr (std::is_same_v<M, std::string>) {
            if (number != 1) // what it says, not what it is called
                for (const char c : member)
                    digest.add(static_cast<unsigned char>(c));
        } else if constexpr (std::is_arithmetic_v<M>) {
            digest.add(member);
        } else {
            for (const std::uint64_t threshold : member)
                digest.add(threshold);
        }
    });
    char text[9];
    std::snprintf(text, sizeof text, "%08x", digest.value());
    return (matrix.version.empty() ? "unnamed" : matrix.version) + " (" + text + ")";
}

} // namespace qd
