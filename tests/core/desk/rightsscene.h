// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/authorise.h"
#include "core/desk/decide.h"
#include "tests/core/desk/deskbench.h"

#include <map>

namespace qd::tests {

using namespace qd::desk;

/// What a command is about, as it stands in the table below.
enum class AboutWhat { Cart, Thing, Everything, Anybody };

struct NeededRow {
    Right right;
    AboutWhat about;
};

/// Every command there is, with the role it needs. `Cart`: about the incident or service cart; `Thing`: the role for anything is enough;
/// `Everything`: only a role without bounds covers it; `Anybody`: whoever the workspace has.
inline const std::map<std::string_view, NeededRow> &neededRows()
{
    using enum Right;
    using enum AboutWhat;
    static const std::map<std::string_view, NeededRow> rows{
        {"incident.declare", {Respond, Cart}}, {"incident.again", {Respond, Cart}}, {"incident.take", {Command, Cart}}, {"incident.object", {Respond, Cart}}, {"incident.handover", {Command, Cart}},
        {"incident.accept", {Command, Cart}}, {"incident.decline", {Respond, Cart}}, {"incident.standdown", {Command, Cart}}, {"incident.role", {Command, Cart}},
        {"incident.severity", {Command, Cart}}, {"incident.status", {Command, Cart}}, {"incident.attach", {Respond, Cart}}, {"incident.log", {Respond, Cart}},
        {"incident.line", {Respond, Cart}}, {"incident.room", {Command, Cart}}, {"incident.merge", {Command, Cart}}, {"incident.split", {Command, Cart}}, {"incident.place", {Command, Cart}},
        {"incident.reason", {Respond, Cart}}, {"task.assign", {Respond, Cart}}, {"task.done", {Respond, Cart}}, {"task.accept", {Respond, Cart}}, {"hypothesis.raise", {Respond, Cart}},
        {"hypothesis.settle", {Respond, Cart}}, {"decision.record", {Command, Cart}}, {"promise.make", {Command, Cart}}, {"promise.keep", {Command, Cart}},
        {"update.send", {Publish, Cart}}, {"alert.acknowledge", {Respond, Cart}}, {"alert.unacknowledge", {Respond, Cart}}, {"alert.assign", {Respond, Cart}},
        {"alert.note", {Respond, Cart}}, {"alert.close", {Command, Cart}}, {"alert.shelve", {Command, Cart}}, {"alert.snooze", {Respond, Cart}},
        {"alert.hold", {Command, Cart}}, {"alert.escalate", {Respond, Cart}}, {"escalation.start", {Respond, Cart}}, {"escalation.next", {Respond, Cart}},
        {"escalation.acknowledge", {Respond, Cart}}, {"change.mark", {Respond, Cart}}, {"silence.create", {Command, Cart}}, {"silence.expire", {Command, Everything}},
        {"maintenance.plan", {Command, Cart}}, {"suppression.end", {Command, Cart}}, {"suppression.keep", {Command, Cart}}, {"heartbeat.mute", {Command, Everything}},
        {"heartbeat.unmute", {Command, Everything}}, {"undo", {Respond, Thing}}, {"shift.offer", {Respond, Thing}}, {"shift.accept", {Respond, Thing}}, {"shift.decline", {Respond, Thing}}, {"group.split", {Command, Cart}}, {"group.merge", {Command, Cart}},
        {"keeping.erase", {Administer, Everything}}, {"keeping.strike", {Administer, Everything}}, {"hold.place", {Administer, Everything}},
        {"hold.release", {Administer, Everything}}, {"schedule.override", {Command, Everything}}, {"schedule.swap", {Command, Everything}},
        {"schedule.withdraw", {Command, Everything}}, {"schedule.import", {Command, Everything}}, {"person.reached", {Respond, Cart}}, {"page.test", {Respond, Thing}},
        {"map.propose", {Respond, Cart}}, {"map.accept", {Administer, Everything}}, {"map.dismiss", {Administer, Everything}}, {"page.post", {Publish, Cart}},
        {"page.set", {Publish, Everything}}, {"page.maintenance", {Publish, Everything}}, {"page.endmaintenance", {Publish, Everything}},
        {"connection.add", {Administer, Everything}}, {"connection.remove", {Administer, Everything}}, {"connection.rekey", {Administer, Everything}},
        {"connection.arm", {Administer, Everything}}, {"connection.disarm", {Administer, Everything}}, {"identity.bind", {Administer, Everything}},
        {"identity.unbind", {Administer, Everything}}, {"access.break", {Observe, Anybody}}, {"access.end", {Administer, Everything}}, {"access.read", {Observe, Cart}},
        {"message.draft", {Respond, Cart}}, {"message.judge", {Observe, Cart}}, {"message.release", {Publish, Cart}}, {"message.withdraw", {Publish, Cart}},
        {"update.posted", {Respond, Cart}}, {"incident.pin", {Respond, Cart}}, {"page.answertest", {Observe, Anybody}}, {"people.page", {Respond, Cart}},
        {"incident.impact", {Command, Cart}}, {"incident.title", {Command, Cart}}, {"incident.service", {Command, Cart}}, {"incident.moment", {Respond, Cart}}, {"poll.ask", {Respond, Cart}}, {"incident.evidence", {Respond, Cart}}, {"poll.answer", {Respond, Cart}},
        {"poll.close", {Respond, Cart}}, {"person.present", {Observe, Anybody}}, {"incident.revise", {Respond, Cart}}, {"incident.classify", {Respond, Cart}}, {"incident.leaveroom", {Command, Cart}}, {"incident.makeroom", {Command, Cart}},
        {"review.open", {Respond, Cart}}, {"review.turn", {Respond, Cart}}, {"review.hold", {Respond, Cart}}, {"review.write", {Respond, Cart}}, {"review.comment", {Respond, Cart}}, {"review.settle", {Respond, Cart}}, {"review.contribute", {Respond, Cart}}, {"review.factor", {Respond, Cart}}, {"action.keep", {Respond, Cart}}, {"action.turn", {Respond, Cart}}, {"review.waive", {Respond, Cart}}, {"review.meeting", {Respond, Cart}}, {"review.sign", {Respond, Cart}}, {"review.cost", {Respond, Cart}}, {"review.feedback", {Observe, Cart}}, {"action.track", {Command, Cart}}, {"action.import", {Respond, Cart}}, {"review.allow", {Publish, Cart}}, {"review.published", {Publish, Cart}}, {"review.publish", {Publish, Cart}},
        {"pattern.keep", {Respond, Thing}}, {"pattern.turn", {Respond, Thing}}, {"incident.rebuild", {Respond, Cart}}};
    return rows;
}

/// What there is to speak of: INC-1 on cart with an alert of cart in it, which calls somebody, and a silence of cart.
struct RightsScene {
    Log log;
    std::string alert;
    RightsScene()
    {
        Workspace w = aWorkspace();
        w.people.push_back({"eve", "Eve", "UTC", {}});
        log.record(events::CoreStarted{"test", "root"}).record(withWorkspace(w)).record(withConnection("am"));
        const auto batch = aBatch("am", log.now()).alert({{"alertname", "Down"}, {"service", "cart"}}).build();
        log.record(decided(batch));
        alert = keyOf(batch);
        log.record(events::Event(anIncident("INC-1").service("cart").alert(alert).event()));
        events::EscalationStarted call;
        call.escalation = 1;
        call.policy = "shop";
        call.incident = "INC-1";
        call.service = "cart";
        log.record(events::Event(call));
        log.record(events::Event(anIncident("INC-2").service("mail").event()));
        events::SuppressionPlaced silence;
        silence.number = 1;
        silence.matchers = {{"service", "cart", false, true}};
        silence.from = log.now();
        silence.until = log.now() + hours(1);
        silence.owner = silence.by.person = "ana";
        log.record(events::Event(silence));
    }
    void setRights(std::vector<RightRule> rights)
    {
        Workspace w = *log.state.workspace;
        w.rights = std::move(rights);
        log.record(withWorkspace(w));
    }
};

/// A command of this type about INC-1, cart and its alert, by the names of its fields.
template <typename T>
desk::Command aboutCart(const RightsScene &s)
{
    T command;
    T::visitFields(command, [&](int, const char *field, auto &member) {
        using M = std::remove_reference_t<decltype(member)>;
        const std::string_view name = field;
        if constexpr (std::is_same_v<M, std::string>) {
            if (name == "incident" || name == "into")
                member = std::is_same_v<T, MergeGroups> ? "cart" : "INC-1";
            else if (name == "service")
                member = "cart";
            else if (name == "id")
                member = "silence/1";
        } else if constexpr (std::is_same_v<M, std::vector<std::string>>) {
            if (name == "alerts")
                member = {s.alert};
            else if (name == "ids")
                member = {"silence/1"};
            else if (name == "groups")
                member = {"cart"};
        } else if constexpr (std::is_same_v<M, std::vector<Matcher>>) {
            member = {{"service", "cart", false, true}};
        } else if constexpr (std::is_same_v<M, std::vector<MapEdge>>) {
            member = {MapEdge{"cart", "db"}};
        } else if constexpr (std::is_same_v<M, std::vector<desk::ActionRow>>) {
            member.emplace_back().incident = "INC-1";
        } else if constexpr (std::is_same_v<M, std::uint32_t>) {
            if (name == "escalation")
                member = 1;
        }
    });
    return command;
}

template <typename F>
void eachCommandThereIs(const RightsScene &s, const F &f)
{
    desk::AnyCommand::eachType([&]<typename T>() { f(aboutCart<T>(s)); });
}

inline bool isRefusedByPolicy(const Result<Decision> &d)
{
    return !d && d.error().code == Code::Forbidden && (d.error().message.find(" is missing") != std::string::npos || d.error().message.find("which is no person") != std::string::npos);
}

struct RightBound {
    const char *name;
    std::vector<std::string> services, incidents;
    bool coversCart, isUnbound;
};
inline const std::vector<RightBound> kBounds{{"everywhere", {}, {}, true, true},
                                 {"for cart", {"cart"}, {}, true, false},
                                 {"for mail", {"mail"}, {}, false, false},
                                 {"in INC-1", {}, {"INC-1"}, true, false},
                                 {"in INC-2", {}, {"INC-2"}, false, false}};

/// What a right for an incident does not cover though a right for its service does: what is about the service alone.
inline bool isOfServiceAlone(std::string_view method)
{
    return method == "change.mark" || method == "silence.create" || method == "maintenance.plan" || method == "suppression.end" || method == "suppression.keep" || method == "map.propose"
        || method == "incident.declare";
}

/// What whoever the workspace has may do without any right: it is about nothing but themselves.
inline bool isOpenToAnybody(std::string_view method)
{
    return method == "access.break" || method == "page.answertest" || method == "person.present";
}

inline RightRule heldWithin(Right right, const RightBound &bound)
{
    return {"x", right, {"ben"}, {}, false, bound.services, bound.incidents};
}
inline const RightRule kAdmins{"admins", Right::Administer, {"ana"}, {}, false, {}, {}};

} // namespace qd::tests
