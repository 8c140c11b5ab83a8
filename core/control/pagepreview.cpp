// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/pagepreview.h"

#include "core/comms/draft.h"
#include "core/comms/pageview.h"
#include "core/control/items.h"
#include "core/desk/pagepreview.h"

namespace qd::control {

Result<std::string> pagePreviewJson(const state::State &state, const desk::Command &command, const events::Actor &by, Instant now)
{
    const auto preview = desk::pagePreview(state, command, by, now);
    if (!preview)
        return tl::unexpected(preview.error());
    const auto *post = getIf<desk::PostOnPage>(&command);
    const StatusPage &page = *state.workspace->page(post ? post->page : get<desk::PlanPageMaintenance>(command).page);
    json::object overall;
    json::array components, files;
    for (const std::string &language : page.languages)
        overall[language] = comms::pageWords(language).overall[static_cast<std::size_t>(preview->worst)];
    for (const ComponentSaid &said : preview->components) {
        json::object names;
        if (const PageComponent *c = page.component(said.component))
            for (const auto &[language, name] : c->name)
                names[language] = name;
        components.push_back(json::object{{"component", said.component}, {"name", std::move(names)}, {"state", wordJson(said.state)}});
    }
    for (const comms::PageFile &file : preview->files) {
        std::string language = page.languages.empty() ? "en" : page.languages.front();
        for (const std::string &each : page.languages)
            if (file.path == "index." + each + ".html")
                language = each;
        files.push_back(json::object{{"path", file.path}, {"language", language}, {"html", file.body}});
    }
    json::array advice;
    const Localized &titles = post ? post->title : get<desk::PlanPageMaintenance>(command).title;
    for (const Localized *words : {&titles, post ? &post->text : &get<desk::PlanPageMaintenance>(command).text})
        for (const comms::Advice &a : comms::adviceOn(comms::lintContext(*state.workspace, AudienceKind::Customer), *words))
            advice.push_back(json::object{{"kind", textJson(comms::word(a.kind))}, {"words", a.words}, {"say", a.say}});
    return json::serialize(json::object{{"page", page.id}, {"languages", textsJson(page.languages)}, {"overall", std::move(overall)}, {"state", wordJson(preview->worst)},
                                        {"components", std::move(components)}, {"files", std::move(files)}, {"advice", std::move(advice)}});
}

} // namespace qd::control
