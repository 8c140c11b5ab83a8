// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ports.h"
#include "core/base/secret.h"
#include "core/chat/connector.h"
#include "core/model/connection.h"

#include <memory>

namespace qd::app {

/// What a chat connection signs in with: its secretFile, its appSecretFile.
struct ChatSecrets {
    Secret own, app;
};

/// The connector for a connection's kind of chat, with its settings. Invalid for a kind there is none for; else as the connector's make().
[[nodiscard]] Result<std::unique_ptr<chat::ChatConnector>> makeChatConnector(const Connection &connection, ChatSecrets secrets, const Clock &clock, Random &random);

/// A sentence on where another secret of the connection is to be had, and what to do with it. `app`: its appSecretFile's.
[[nodiscard]] std::string whereAnother(const Connection &connection, bool app);

} // namespace qd::app
