// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"
#include "core/model/connection.h"
#include "core/net/httpclient.h"

#include <memory>
#include <string>

namespace qd::trackers {

/// Confluence: pages with our storage format, by its content API.
struct Page {
    std::string id, url, title;
    int version = 0;
};
class Library {
public:
    Library(const Connection &connection, std::shared_ptr<const Secret> token);
    [[nodiscard]] net::HttpRequest find(const std::string &title) const; ///< in the space, by its title, which is one page's there
    [[nodiscard]] net::HttpRequest read(const std::string &id) const;
    [[nodiscard]] net::HttpRequest make(const std::string &title, const std::string &storage) const;
    [[nodiscard]] net::HttpRequest change(const Page &page, const std::string &title, const std::string &storage) const;
    [[nodiscard]] Result<Page> pageIn(const std::string &body) const;
    /// The first of a list; an empty id: there is none.
    [[nodiscard]] Result<Page> firstIn(const std::string &body) const;

private:
    std::string m_base, m_space, m_user, m_caFile;
    std::shared_ptr<const Secret> m_token;
};

} // namespace qd::trackers
