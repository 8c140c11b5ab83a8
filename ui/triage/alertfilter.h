// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/viewmodel.h"

#include <QString>
#include <vector>

namespace qd::triage {

/// One condition a person set, shown as a chip that can be removed.
struct Condition {
    enum class Field { Any, Title, Service, Severity, Owner, Group, Source, Incident, State, Suppressor };
    Field field = Field::Any;
    QString value;       ///< as typed
    bool excluded = false; ///< "!=": rows that match are hidden

    [[nodiscard]] QString text() const; ///< on the chip: "service = payments", "owner ≠ K. Osei", "lag"
    [[nodiscard]] bool matches(const view::AlertRow &row) const;
    bool operator==(const Condition &) const = default;
};

/// What is typed into the filter field: "service=payments", "severity != info", "owner=" (nobody), or any words, which
/// are looked for in title, service and key. An unknown field name is taken as words. Never fails; case does not matter.
[[nodiscard]] Condition parseCondition(const QString &text);

/// All conditions must hold. Pure and without allocation per row.
class AlertFilter final {
public:
    [[nodiscard]] bool isEmpty() const { return m_chips.empty() && m_typing.value.isEmpty(); }
    [[nodiscard]] bool matches(const view::AlertRow &row) const;

    [[nodiscard]] const std::vector<Condition> &chips() const { return m_chips; }
    void add(Condition condition);
    void removeAt(std::size_t index);
    void setTyping(const QString &text); ///< what stands in the field, not yet a chip
    void clear();

private:
    std::vector<Condition> m_chips;
    Condition m_typing;
};

} // namespace qd::triage
