// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"
#include "core/chat/xmppsession.h"

#include <functional>
#include <map>
#include <string>

namespace qd::chat {

/// Reads message archives (XEP-0313) page by page (XEP-0059). Results are taken only from the archive that was asked and only
/// for a running query, so nobody can slip a message into our history.
class XmppArchive final {
public:
    struct Query {
        std::string archive;    ///< a room's bare JID; empty for our own account's
        std::string after = {}; ///< an archive id: only what follows it
        Instant start = {};     ///< only what is not older
        std::string with = {};  ///< our own archive only: one person's
        bool newestOnly = false;///< just the last message
    };
    /// One <result/>, and the frame it came in.
    using OnResult = std::function<void(const Element &result, const QByteArray &raw)>;
    /// After each page, with the archive id it ended at.
    using OnPage = std::function<void(const std::string &last)>;
    /// Once. NotFound: the archive no longer knows `after`. Unavailable: the line was lost. Else: there is no archive for us.
    using OnDone = std::function<void(const Result<> &done)>;

    explicit XmppArchive(XmppSession &session) : m_session(session) {}

    void read(Query query, OnResult onResult, OnPage onPage, OnDone onDone);
    /// Whether a message belongs to a query (or pretends to): then it is no live message and must be handled no further.
    [[nodiscard]] bool take(const Element &message, const QByteArray &raw);

private:
    struct Running {
        Query query;
        OnResult onResult;
        OnPage onPage;
        OnDone onDone;
        std::string lastId;
    };
    void requestPage(const std::string &queryId);
    void onFin(const std::string &queryId, const Result<Element> &answer);

    XmppSession &m_session;
    std::map<std::string, Running> m_running;
};

} // namespace qd::chat
