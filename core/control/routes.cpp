// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/routes.h"

#include "core/control/items.h"
#include "core/triage/routes.h"

namespace qd::control {

Result<std::string> routesJson(const state::State &state, const RoutesTest &test)
{
    const Workspace &w = *state.workspace;
    if (w.routes.empty())
        return fail(Code::NotFound, "The workspace has no routes; `import alertmanager FILE --apply` brings an Alertmanager's.");
    json::array receivers, routes;
    for (const Route *route : triage::routesOf(w, [&](std::string_view name) {
             const auto at = test.labels.find(std::string(name));
             return at == test.labels.end() ? std::string_view() : std::string_view(at->second);
         })) {
        receivers.push_back(textJson(triage::receiverOf(w, *route)));
        routes.push_back(textJson(route->id));
    }
    return json::serialize(json::object{{"receivers", std::move(receivers)}, {"routes", std::move(routes)}});
}

} // namespace qd::control
