// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/xmpprequests.h"

#include "core/base/safetext.h"

#include <utility>

namespace qd::chat {

std::string conditionOf(const Element &error)
{
    for (const Element &c : error.children)
        if (c.name != "text")
            return safeLine(c.name, 64);
    return "undefined-condition";
}

std::string errorText(const Element &error)
{
    for (const Element &c : error.children)
        if (c.name == "text")
            return safeLine(c.text, 256);
    return {};
}

Error stanzaError(const Element &stanza)
{
    const Element *error = stanza.child("error", xmlns::kClient);
    const std::string condition = error ? conditionOf(*error) : "undefined-condition";
    Code code = Code::Conflict;
    if (condition == "item-not-found" || condition == "remote-server-not-found" || condition == "gone")
        code = Code::NotFound;
    else if (condition == "forbidden" || condition == "not-authorized" || condition == "registration-required"
             || condition == "not-allowed")
        code = Code::Forbidden;
    else if (error && error->attribute("type") == "wait")
        code = Code::TooLarge;
    const std::string said = error ? errorText(*error) : std::string();
    return {code, "the chat server answered " + condition + (said.empty() ? "" : " (" + said + ")"), condition};
}

void XmppRequests::add(const std::string &id, std::string to, Answer answer)
{
    Pending pending{std::move(to), std::move(answer), std::make_unique<QTimer>()};
    pending.deadline->setSingleShot(true);
    QObject::connect(pending.deadline.get(), &QTimer::timeout, pending.deadline.get(), [this, id] { onDeadline(id); });
    pending.deadline->start(m_answerWithin);
    m_pending.emplace(id, std::move(pending));
}

void XmppRequests::onDeadline(const std::string &id)
{
    const auto it = m_pending.find(id);
    if (it == m_pending.end())
        return;
    const Answer answer = std::move(it->second.answer);
    it->second.deadline.release()->deleteLater(); // we are inside its signal
    m_pending.erase(it);
    answer(fail(Code::Unavailable, "the chat server did not answer in time"));
}

void XmppRequests::take(const Element &iq, bool fromUs)
{
    const auto it = m_pending.find(std::string(iq.attribute("id")));
    if (it == m_pending.end() || !(it->second.to.empty() ? fromUs : iq.attribute("from") == it->second.to))
        return;
    const Answer answer = std::move(it->second.answer);
    m_pending.erase(it);
    if (iq.attribute("type") == "error")
        answer(tl::unexpected<Error>(stanzaError(iq)));
    else
        answer(iq);
}

void XmppRequests::failAll()
{
    const auto pending = std::exchange(m_pending, {});
    for (const auto &[id, p] : pending)
        p.answer(fail(Code::Unavailable, "the connection to the chat server was lost"));
}

void XmppRequests::pause()
{
    for (auto &[id, pending] : m_pending)
        pending.deadline->stop();
}

void XmppRequests::restart()
{
    for (auto &[id, pending] : m_pending)
        pending.deadline->start(m_answerWithin);
}

} // namespace qd::chat
