// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/governance/clearance.h"
#include "core/governance/policy.h"
#include "tests/core/desk/rightsscene.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::desk;
using namespace qd::tests;

namespace {

/// What the incident and the words of a command are classed as.
enum class Label { None, Internal, Confidential, Restricted, RestrictedFor, Privileged };
constexpr Label kLabels[] = {Label::None, Label::Internal, Label::Confidential, Label::Restricted, Label::RestrictedFor, Label::Privileged};

const char *nameOfLabel(Label label)
{
    static constexpr const char *kNames[] = {"unmarked", "internal", "confidential", "restricted", "restricted for eve", "privileged"};
    return kNames[static_cast<std::size_t>(label)];
}

std::string labelled(const std::string &words, Label label)
{
    return label == Label::None ? words : "said: [[" + std::string(nameOfLabel(label)) + ": " + words + "]]";
}

constexpr std::string_view kWordsAbove = "canary words", kHeldLine = "held canary line 5b1f";

/// The words people write in it, classed.
void writeWords(desk::Command &command, Label label)
{
    visit(
        [&]<typename T>(T &c) {
            T::visitFields(c, [&](int, const char *field, auto &member) {
                using M = std::remove_reference_t<decltype(member)>;
                const std::string_view name = field;
                if constexpr (std::is_same_v<M, std::string>) {
                    if (member.empty() && (name == "reason" || name == "text" || name == "summary" || name == "title" || name == "readBack" || name == "why" || name == "about" || name == "what" || name == "question"))
                        member = labelled(std::string(kWordsAbove), label);
                    else if (member.empty() && name == "template")
                        member = "cust";
                    else if (member.empty() && name == "audience")
                        member = "customers";
                } else if constexpr (std::is_same_v<M, std::map<std::string, std::string>>) {
                    member["what"] = labelled(std::string(kWordsAbove), label);
                }
            });
        },
        command);
}

/// The scene, with customers to tell; what cart does is restricted under the labels above it.
struct MatrixScene : RightsScene {
    explicit MatrixScene(Label label)
    {
        Workspace w = *log.state.workspace;
        w.templates = {{"cust", "Customers", "customers", "{{what}}", {{"what", "", true}}, {}}};
        if (label >= Label::Restricted) {
            BusinessService shop;
            shop.id = "shop";
            shop.name = "The shop";
            shop.data = DataClass::Restricted;
            w.business = {shop};
            for (Service &s : w.services)
                if (s.id == "cart")
                    s.carries = {"shop"};
        }
        log.record(withWorkspace(w));
    }
};

/// A home with INC-1 over and written about, and people with one role each.
struct HeldHome : Bench {
    std::uint64_t entry = 0;

    HeldHome(Right right, const std::string &scope)
        : Bench(nullptr)
    {
        options.owner = "root";
        create();
        settle();
        DeclareIncident d;
        d.title = "Cart is down";
        d.severity = "SEV3";
        d.service = "cart";
        d.room = false;
        (void)command(d, "root");
        (void)command(WriteLog{"INC-1", std::string(kHeldLine)}, "root");
        entry = ask([](const state::State &s) { return s.seq; });
        (void)command(ChangeStatus{"INC-1", "resolved", "done"}, "root");
        if (!scope.empty())
            (void)command(PlaceHold{scope, "Case 7", "counsel", "litigation"}, "root");
        events::WorkspaceChanged changed;
        Workspace w = aWorkspace();
        w.rights = {kAdmins, {"x", right, {"ben"}, {}, false, {}, {}}};
        changed.workspace = w;
        changed.digest = "rights";
        (void)report(events::Event(changed));
    }
    bool isThere()
    {
        return ask([](const state::State &s) {
            const state::Incident *i = s.incident("INC-1");
            return i && std::any_of(i->timeline.begin(), i->timeline.end(), [](const state::Entry &e) { return e.text == kHeldLine; });
        });
    }
    std::size_t holds()
    {
        return ask([](const state::State &s) { return s.keeping.holds.size(); });
    }
};

} // namespace

/// Command × role × label × hold, generated over every command there is: what a role may do does not depend on how something is classed, what is classed leaves
/// by no command, and what is held is destroyed by none.
class TestMatrix final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aLabelOpensNothingToARoleAndClosesNothing()
    {
        std::size_t cells = 0, allowed = 0, refusedForWords = 0;
        for (const Label label : kLabels) {
            MatrixScene s(label);
            const auto *incident = s.log.state.incident("INC-1");
            QVERIFY(incident);
            QCOMPARE(governance::isRestricted(*s.log.state.workspace, *incident), label >= Label::Restricted);
            for (const Right right : kRights) {
                s.setRights({kAdmins, heldWithin(right, kBounds[0])});
                eachCommandThereIs(s, [&](const desk::Command &plain) {
                    desk::Command c = plain;
                    writeWords(c, label);
                    const NeededRow &row = neededRows().at(methodOf(c));
                    const bool expected = row.about == AboutWhat::Anybody || holds(right, row.right);
                    const auto decision = decide(s.log.state, c, {"ben", Path::Person}, s.log.now());
                    const std::string cell = std::string(methodOf(c)) + " with " + std::string(word(right)) + ", " + nameOfLabel(label) + (decision ? ": done" : ": " + decision.error().message);
                    QVERIFY2(isRefusedByPolicy(decision) != expected, cell.c_str());
                    ++cells;
                    allowed += decision ? 1 : 0;
                    refusedForWords += !decision && expected && decision.error().code == Code::Forbidden ? 1 : 0;
                    // What is done says to nobody what is kept from them.
                    if (decision)
                        for (const events::Event &e : decision->events)
                            QVERIFY2(!governance::tooMuchIn(s.log.state, e), cell.c_str());
                });
            }
        }
        qInfo("%zu cells (command x role x label): %zu done, %zu refused for what their words are classed as", cells, allowed, refusedForWords);
        QCOMPARE(cells, neededRows().size() * 5 * std::size(kLabels));
        QVERIFY(allowed > 100 && refusedForWords > 0);
    }

    void wordsForCustomersLeaveOnlyAsTheyAreClassed()
    {
        for (const Label label : kLabels) {
            MatrixScene s(label);
            for (const Right right : kRights) {
                s.setRights({kAdmins, heldWithin(right, kBounds[0])});
                SendUpdate send{"INC-1", "cust", {{"what", labelled(std::string(kWordsAbove), label)}}};
                const auto decision = decide(s.log.state, send, {"ben", Path::Person}, s.log.now());
                const bool mayRole = holds(right, Right::Publish), mayWords = label == Label::None;
                QVERIFY2(decision.has_value() == (mayRole && mayWords), (std::string(word(right)) + ", " + nameOfLabel(label)).c_str());
            }
        }
    }

    void whatIsHeldIsDestroyedByNoCommandOfAnyRole()
    {
        std::size_t cells = 0;
        for (const char *scope : {"", "incident/INC-1", "incident", "*"})
            for (const Right right : kRights) {
                const std::string at = std::string(word(right)) + ", hold on \"" + scope + "\"";
                const bool isHeld = *scope != '\0', isAdmin = right == Right::Administer;
                HeldHome b(right, scope);
                QVERIFY2(b.isThere() && b.holds() == (isHeld ? 1U : 0U), at.c_str());
                const RightsScene s; // only for what a command names
                eachCommandThereIs(s, [&](const desk::Command &plain) {
                    desk::Command c = plain;
                    const std::string_view method = methodOf(c);
                    if (method == "keeping.erase" || method == "keeping.strike" || method == "hold.release" || method.starts_with("connection."))
                        return; // the first three below; a connection is another's subject
                    writeWords(c, Label::None);
                    (void)b.command(std::move(c), "ben");
                    QVERIFY2(b.isThere() && b.holds() >= (isHeld ? 1U : 0U), (at + ": " + std::string(method)).c_str());
                    ++cells;
                });
                (void)b.command(ChangeStatus{"INC-1", "resolved", "over"}, "root"); // should one of them have opened it again
                const auto destroy = [&](bool expected) {
                    const auto struck = b.command(StrikeText{"INC-1", std::to_string(b.entry), "personal"}, "ben");
                    QVERIFY2(struck.has_value() == expected, (at + ": strike" + (struck ? "" : ": " + struck.error().message)).c_str());
                    QVERIFY2(b.isThere() != expected, at.c_str());
                    const auto erased = b.command(EraseStreams{{"incident/INC-1"}, "asked for"}, "ben");
                    QVERIFY2(erased.has_value() == expected, (at + ": erase" + (erased ? "" : ": " + erased.error().message)).c_str());
                    QCOMPARE(b.ask([](const state::State &x) { return x.incident("INC-1") == nullptr; }), expected);
                    cells += 2;
                };
                if (isHeld) {
                    destroy(false);
                    QVERIFY2(b.command(ReleaseHold{1, "settled"}, "ben").has_value() == isAdmin, at.c_str());
                    ++cells;
                    if (!isAdmin)
                        continue; // it stands
                }
                if (isAdmin)
                    destroy(true);
                else
                    destroy(false);
            }
        qInfo("%zu cells (command x role x hold)", cells);
        QVERIFY(cells > 20 * (neededRows().size() - 10));
    }
};

QD_TEST(TestMatrix)
#include "tst_matrix.moc"
