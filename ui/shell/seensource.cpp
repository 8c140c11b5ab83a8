// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/seensource.h"

namespace qd::shell {

SeenSource::SeenSource(view::ViewSource &source, QObject *parent)
    : ViewSource(parent)
    , m_source(source)
{
    connect(&source, &view::ViewSource::changed, this, [this](const view::ViewModelPtr &view) {
        if (m_past == nullptr)
            Q_EMIT changed(view);
    });
}

void SeenSource::see(const view::ViewModelPtr &past)
{
    if (past == m_past)
        return;
    m_past = past;
    Q_EMIT changed(current());
}

} // namespace qd::shell
