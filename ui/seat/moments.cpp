// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/seat/moments.h"

#include "ui/seat/withoutnames.h"

namespace qd::seat {

void Moments::begin(std::optional<Reel> reel)
{
    forget();
    m_reel = std::move(reel);
}

void Moments::forget()
{
    m_reel.reset();
    m_builder.reset();
    m_telling.reset();
    m_cast.reset();
    m_kept.clear();
    m_spans.reset();
}

/// Another evidence, cast or reader makes another past of the same moments.
void Moments::tellOf(const PastWant &want)
{
    const bool tellsAlerts = m_reel && !want.imported && !want.looking.as; // what they are called is not sealed for somebody else
    if (!m_telling || m_telling->evidence() != want.evidence || m_tellsAlerts != tellsAlerts) {
        m_telling.emplace(want.evidence, tellsAlerts ? &m_reel->alerts() : nullptr, want.imported ? &*want.imported : nullptr);
        m_tellsAlerts = tellsAlerts;
        m_spans.reset();
        m_kept.clear();
    }
    if (m_cast != want.cast) {
        m_cast = want.cast;
        m_nobody = view::Nameless(m_cast, view::Nameless::Whom::Everybody);
        m_unknown = view::Nameless(m_cast, view::Nameless::Whom::Unknown);
        m_kept.clear();
    }
}

std::shared_ptr<const std::vector<view::AlertSpan>> Moments::spans(const PastWant &want)
{
    tellOf(want);
    if (want.looking.as)
        return nullptr;
    if (!m_spans)
        m_spans = m_telling->spans();
    return m_spans;
}

view::ViewModelPtr Moments::at(const PastWant &want)
{
    tellOf(want);
    for (const Kept &kept : m_kept)
        if (kept.view->past == want.point && kept.alert == want.looking.alert)
            return kept.view;
    Looking looking = want.looking;
    looking.now = want.point.at;
    looking.incident = want.point.incident;
    looking.review.clear();
    looking.link = view::CoreLink::Live;
    looking.recorded = true;
    looking.notice.clear();
    looking.heard.clear();
    looking.pending.clear();
    looking.storm = {};
    looking.isPast = true;
    std::shared_ptr<view::ViewModel> made;
    if (want.imported) {
        // The State of that moment knew nothing of it: what there is was told later, line by line.
        state::State empty;
        empty.workspace = want.workspace;
        m_builder.reset();
        made = m_builder.make(empty, looking);
        m_builder.reset();
    } else {
        made = m_builder.make(m_reel->at(want.point.at), looking);
    }
    made->replay = spans(want);
    m_telling->tell(*made, want.point, want.imported || !m_reel ? *want.workspace : *m_reel->at(want.point.at).workspace);
    withoutNames(*made, want.point.named ? m_unknown : m_nobody);
    m_kept.push_front({want.looking.alert, std::move(made)});
    while (m_kept.size() > kKept)
        m_kept.pop_back();
    return m_kept.front().view;
}

} // namespace qd::seat
