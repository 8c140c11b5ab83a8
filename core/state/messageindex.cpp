// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/messageindex.h"

#include "core/base/hash.h"

namespace qd::state {

namespace {

void appendName(std::string &to, std::string_view connection, std::string_view room, std::string_view message)
{
    to.append(connection).append(1, '\n').append(room).append(1, '\n').append(message);
}

std::uint32_t hashOfName(std::string_view name)
{
    return static_cast<std::uint32_t>(Hash::of(name));
}

} // namespace

std::size_t MessageIndex::find(std::string_view connection, std::string_view room, std::string_view message) const
{
    std::string name;
    appendName(name, connection, room, message);
    const std::uint32_t n = m_index.find(hashOfName(name), [&](std::uint32_t k) { return nameAt(k) == name; });
    return n == HashIndex::npos ? npos : m_all[n].line;
}

bool MessageIndex::add(std::string_view connection, std::string_view room, std::string_view message, std::size_t line)
{
    const std::size_t begin = m_names.size();
    appendName(m_names, connection, room, message);
    return addLast(begin, line);
}

void MessageIndex::put(std::string_view connection, std::string_view room, std::string_view message, std::size_t line)
{
    std::string name;
    appendName(name, connection, room, message);
    const std::uint32_t n = m_index.find(hashOfName(name), [&](std::uint32_t k) { return nameAt(k) == name; });
    if (n == HashIndex::npos)
        add(name, line);
    else
        m_all[n].line = line;
}

std::string MessageIndex::bySender(std::string_view sender, std::string_view id)
{
    return std::string(sender) + '\n' + std::string(id); // ids of platforms have no line breaks
}

bool MessageIndex::add(std::string_view name, std::size_t line)
{
    const std::size_t begin = m_names.size();
    m_names += name;
    return addLast(begin, line);
}

bool MessageIndex::addLast(std::size_t begin, std::size_t line)
{
    const std::string_view name = std::string_view(m_names).substr(begin);
    const std::uint32_t hash = hashOfName(name);
    if (m_index.find(hash, [&](std::uint32_t n) { return nameAt(n) == name; }) != HashIndex::npos) {
        m_names.resize(begin);
        return false;
    }
    m_index.insert(hash, static_cast<std::uint32_t>(m_all.size()));
    m_all.push_back({m_names.size(), line});
    return true;
}

} // namespace qd::state
