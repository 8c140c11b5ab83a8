// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/xmpparchive.h"

#include "core/chat/xmppmessages.h"

namespace qd::chat {

namespace {

constexpr std::string_view kPageSize = "100";

void addField(Element &form, std::string_view name, std::string_view value, bool hidden = false)
{
    Element &field = form.add("field", xmlns::kDataForms).set("var", name);
    if (hidden)
        field.set("type", "hidden");
    field.add("value", xmlns::kDataForms, value);
}

} // namespace

void XmppArchive::read(Query query, OnResult onResult, OnPage onPage, OnDone onDone)
{
    const std::string id = m_session.makeId();
    std::string after = query.after;
    m_running.emplace(id, Running{std::move(query), std::move(onResult), std::move(onPage), std::move(onDone), std::move(after)});
    requestPage(id);
}

void XmppArchive::requestPage(const std::string &queryId)
{
    const Running &running = m_running.at(queryId);
    Element iq("iq", xmlns::kClient);
    iq.set("type", "set");
    if (!running.query.archive.empty())
        iq.set("to", running.query.archive);
    Element &query = iq.add("query", xmlns::kMam).set("queryid", queryId);
    if (running.query.start || !running.query.with.empty()) {
        Element &form = query.add("x", xmlns::kDataForms).set("type", "submit");
        addField(form, "FORM_TYPE", xmlns::kMam, true);
        if (running.query.start)
            addField(form, "start", toRfc3339(running.query.start));
        if (!running.query.with.empty())
            addField(form, "with", running.query.with);
    }
    Element &set = query.add("set", xmlns::kRsm);
    set.add("max", xmlns::kRsm, running.query.newestOnly ? "1" : kPageSize);
    if (running.query.newestOnly)
        set.add("before", xmlns::kRsm);
    else if (!running.lastId.empty())
        set.add("after", xmlns::kRsm, running.lastId);
    m_session.request(std::move(iq), [this, queryId](const Result<Element> &answer) { onFin(queryId, answer); });
}

bool XmppArchive::take(const Element &message, const QByteArray &raw)
{
    const Element *result = message.child("result", xmlns::kMam);
    if (!result)
        return false;
    const auto it = m_running.find(std::string(result->attribute("queryid")));
    if (it == m_running.end())
        return true;
    const std::string_view from = message.attribute("from");
    const std::string &archive = it->second.query.archive;
    const bool genuine = archive.empty() ? from.empty() || from == m_session.bareJid() : from == archive;
    if (genuine)
        it->second.onResult(*result, raw);
    return true;
}

void XmppArchive::onFin(const std::string &queryId, const Result<Element> &answer)
{
    const auto it = m_running.find(queryId);
    if (it == m_running.end())
        return;
    const auto finish = [&](const Result<> &done) {
        const OnDone onDone = std::move(it->second.onDone);
        m_running.erase(it);
        onDone(done);
    };
    if (!answer)
        return finish(tl::unexpected<Error>(answer.error()));
    const Element *fin = answer->child("fin", xmlns::kMam);
    const Element *set = fin ? fin->child("set", xmlns::kRsm) : nullptr;
    const Element *last = set ? set->child("last", xmlns::kRsm) : nullptr;
    const bool complete = !fin || fin->attribute("complete") == "true" || fin->attribute("complete") == "1";
    // A page that does not move on would be asked for for ever.
    const bool stuck = !last || last->text.empty() || last->text == it->second.lastId;
    if (last && !last->text.empty()) {
        it->second.lastId = last->text;
        it->second.onPage(it->second.lastId);
    }
    if (complete || stuck || it->second.query.newestOnly)
        return finish({});
    requestPage(queryId);
}

} // namespace qd::chat
