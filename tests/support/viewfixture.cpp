// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/viewfixture.h"

namespace qd::test {

using namespace qd::view;

ViewFixture::ViewFixture(const ViewModel &model, QObject *parent)
    : ViewSource(parent)
    , m_current(std::make_shared<const ViewModel>(model))
{
}

void ViewFixture::select(const QString &alertKey)
{
    selected = alertKey;
    // The core would answer with a view that carries this alert's detail.
    ViewModel next = *m_current;
    next.detail.key = alertKey;
    m_current = std::make_shared<const ViewModel>(std::move(next));
    Q_EMIT changed(m_current);
}

void ViewFixture::focus(const QString &incident)
{
    focused = incident;
}

void ViewFixture::lookAs(const QString &reader, Answer answer)
{
    lookedAs = reader;
    if (answer)
        answer(nextDone, nextSentence, {});
}

void ViewFixture::command(const QString &method, const QJsonObject &arguments, Answer answer)
{
    sent.push_back({method, arguments});
    if (answer && holdsAnswers)
        held.push_back(std::move(answer));
    else if (answer)
        answer(nextDone, nextSentence, nextResult);
}

void ViewFixture::alike(const QStringList &alertKeys, Alikes answer)
{
    askedAlike.push_back(alertKeys);
    if (holdsAlikes)
        heldAlikes.push_back(std::move(answer));
    else
        answer(alikeRefusal, alikes);
}

void ViewFixture::travel(const PastPoint &point)
{
    travels.push_back(point);
    if (!point.isPast())
        return Q_EMIT travelled({});
    ViewModel moment = past ? *past : *m_current;
    moment.past = point;
    moment.made = point.at;
    moment.review.reset();
    Q_EMIT travelled(std::make_shared<const ViewModel>(std::move(moment)));
}

void ViewFixture::lint(const QString &, const QString &, const QString &text, Findings answer)
{
    linted << text;
    answer(findings);
}

void ViewFixture::keepWords(const QString &key, const QString &text, Kept answer)
{
    if (text.isEmpty())
        words.remove(key);
    else
        words.insert(key, text);
    if (answer)
        answer(keepingProblem);
}

void ViewFixture::show(const ViewModel &model)
{
    m_current = std::make_shared<const ViewModel>(model);
    Q_EMIT changed(m_current);
}

} // namespace qd::test
