// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/command/severity.h"

#include "core/base/safetext.h"

#include <algorithm>

namespace qd::command {

namespace {

constexpr int kLeast = 1, kMost = 5;

/// 1234567 → "1,234,567".
std::string grouped(std::uint64_t n)
{
    std::string out = std::to_string(n);
    for (auto at = static_cast<std::ptrdiff_t>(out.size()) - 3; at > 0; at -= 3)
        out.insert(static_cast<std::size_t>(at), ",");
    return out;
}

std::string money(std::uint64_t n, const SeverityMatrix &matrix)
{
    return grouped(n) + (matrix.currency.empty() ? "" : " " + matrix.currency) + "/h";
}

int levelOf(const std::vector<std::uint64_t> &thresholds, std::uint64_t n)
{
    int level = kLeast;
    for (const std::uint64_t least : thresholds) {
        if (n >= least)
            return level;
        ++level;
    }
    return std::min(level, kMost);
}

std::string severityText(int level) { return "SEV" + std::to_string(level); }

template <typename E>
std::optional<E> answerOf(std::string_view text, std::initializer_list<E> all)
{
    for (const E each : all)
        if (word(each) == text)
            return each;
    return std::nullopt;
}

/// One reckoning: the level so far, and what was said about it.
class Sum {
public:
    Sum(const SeverityMatrix &matrix, const Impact &impact, const Answers &answers) : m_matrix(matrix), m_impact(impact), m_answers(answers) {}

    Reckoning run()
    {
        const bool hasFigures = figures();
        if (!hasFigures) {
            say(severityText(m_level));
            step(m_answers.hurt == Hurt::Yes ? 0 : m_answers.hurt == Hurt::Soon ? m_matrix.soonSteps : m_matrix.unhurtSteps, hurtWords());
            step(m_answers.howMany == HowMany::Most ? 0 : m_answers.howMany == HowMany::Some ? m_matrix.someSteps : m_matrix.fewSteps,
                 m_answers.howMany == HowMany::Some ? "some" : "few");
        } else {
            step(m_answers.hurt == Hurt::Yes ? 0 : m_answers.hurt == Hurt::Soon ? m_matrix.soonSteps : m_matrix.unhurtSteps, hurtWords());
        }
        step(m_answers.workaround == Workaround::None ? 0 : m_matrix.workaroundSteps, "a workaround");
        raise();
        Reckoning out;
        out.suggested = static_cast<IncidentSeverity>(std::clamp(m_level, kLeast, kMost));
        out.arithmetic = m_text + " = " + std::string(qd::word(out.suggested));
        out.matrix = nameOf(m_matrix);
        out.hurt = word(m_answers.hurt);
        out.howMany = word(m_answers.howMany);
        out.workaround = word(m_answers.workaround);
        for (const AffectedBusiness &b : m_impact.business)
            out.business.push_back(b.what.id);
        return out;
    }

private:
    void say(const std::string &text) { m_text += (m_text.empty() ? "" : "; ") + text; }
    void step(std::uint32_t less, const std::string &why)
    {
        if (less == 0)
            return;
        m_level += static_cast<int>(less);
        say(why + " +" + std::to_string(less));
    }
    [[nodiscard]] const char *hurtWords() const { return m_answers.hurt == Hurt::Soon ? "not hurt yet" : "not hurt"; }

    /// The worse of customers and revenue; false when neither is known of anything affected.
    bool figures()
    {
        const AffectedBusiness *largest = nullptr;
        std::uint64_t revenue = 0;
        for (const AffectedBusiness &b : m_impact.business) {
            if (b.what.customers > 0 && (!largest || b.what.customers > largest->what.customers))
                largest = &b;
            revenue += b.what.revenue;
        }
        if (!largest && revenue == 0)
            return false;
        const std::uint32_t share = m_answers.howMany == HowMany::Most ? m_matrix.most : m_answers.howMany == HowMany::Some ? m_matrix.some : m_matrix.few;
        const std::string part = std::to_string(share) + " % of ";
        int level = kMost;
        if (largest) {
            const std::uint64_t hurt = largest->what.customers * share / 100;
            const int byCustomers = levelOf(m_matrix.customers, hurt);
            say(part + grouped(largest->what.customers) + " customers (" + nameOf(*largest) + ") = " + grouped(hurt) + ": " + severityText(byCustomers));
            level = std::min(level, byCustomers);
        }
        if (revenue > 0) {
            const std::uint64_t lost = revenue * share / 100;
            const int byRevenue = levelOf(m_matrix.revenue, lost);
            say(part + money(revenue, m_matrix) + " = " + money(lost, m_matrix) + ": " + severityText(byRevenue));
            level = std::min(level, byRevenue);
        }
        if (largest && revenue > 0)
            say("the worse is " + severityText(level));
        m_level = level;
        return true;
    }

    /// Once for the most sensitive data, once for what is regulated, however many there are.
    void raise()
    {
        const AffectedBusiness *data = nullptr, *regulated = nullptr;
        std::uint32_t most = 0;
        for (const AffectedBusiness &b : m_impact.business) {
            const std::uint32_t steps = b.what.data == DataClass::Restricted ? m_matrix.restrictedSteps : b.what.data == DataClass::Confidential ? m_matrix.confidentialSteps : 0;
            if (steps > most) {
                most = steps;
                data = &b;
            }
            if (b.what.regulated && !regulated)
                regulated = &b;
        }
        if (data)
            up(most, std::string(qd::word(data->what.data)) + " data (" + nameOf(*data) + ")");
        if (regulated)
            up(m_matrix.regulatedSteps, "regulated (" + nameOf(*regulated) + ")");
    }
    void up(std::uint32_t steps, const std::string &why)
    {
        if (steps == 0)
            return;
        m_level -= static_cast<int>(steps);
        say(why + " -" + std::to_string(steps));
    }

    static std::string nameOf(const AffectedBusiness &b) { return b.what.name.empty() ? b.what.id : b.what.name; }
    static std::string nameOf(const SeverityMatrix &matrix) { return qd::nameOf(matrix); }

    const SeverityMatrix &m_matrix;
    const Impact &m_impact;
    const Answers &m_answers;
    int m_level = kLeast;
    std::string m_text;
};

} // namespace

std::string_view word(Hurt v) { return v == Hurt::Yes ? "yes" : v == Hurt::Soon ? "soon" : "no"; }
std::string_view word(HowMany v) { return v == HowMany::Most ? "most" : v == HowMany::Some ? "some" : "few"; }
std::string_view word(Workaround v) { return v == Workaround::Exists ? "yes" : "no"; }

Result<std::optional<Answers>> answersOf(std::string_view hurt, std::string_view howMany, std::string_view workaround)
{
    if (hurt.empty() && howMany.empty() && workaround.empty())
        return std::nullopt;
    const auto h = answerOf(hurt, {Hurt::No, Hurt::Soon, Hurt::Yes});
    const auto m = answerOf(howMany, {HowMany::Few, HowMany::Some, HowMany::Most});
    const auto w = answerOf(workaround, {Workaround::None, Workaround::Exists});
    const auto wrong = [](std::string_view given, const char *question, const char *answers) {
        return fail(Code::Invalid, (given.empty() ? std::string(question) + " is not answered" : "\"" + safeLine(std::string(given), 40) + "\" is no answer to: " + question)
                                       + "; it is one of " + answers + ". The three questions go together.");
    };
    if (!h)
        return wrong(hurt, "are customers hurt", "yes, soon, no");
    if (!m)
        return wrong(howMany, "how many", "most, some, few");
    if (!w)
        return wrong(workaround, "is there a workaround", "yes, no");
    return Answers{*h, *m, *w};
}

Reckoning reckon(const SeverityMatrix &matrix, const Impact &impact, const Answers &answers)
{
    return Sum(matrix, impact, answers).run();
}

std::string inWords(const AffectedBusiness &b, const SeverityMatrix &matrix)
{
    std::string out = (b.what.name.empty() ? b.what.id : b.what.name) + " (by " + b.service + (b.hops > 0 ? ", which depends on it" : "") + "): ";
    out += b.what.customers > 0 ? grouped(b.what.customers) + " customers" : "customers not said";
    out += ", " + (b.what.revenue > 0 ? money(b.what.revenue, matrix) : std::string("revenue not said"));
    out += ", " + std::string(qd::word(b.what.data)) + " data";
    return b.what.regulated ? out + ", regulated" : out;
}

} // namespace qd::command
