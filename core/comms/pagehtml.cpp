// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comms/pagerender.h"

#include "core/base/encoding.h"

#include <algorithm>
#include <ctemplate/template.h>
#include <memory>

namespace qd::comms {

namespace {

using Dictionary = ctemplate::TemplateDictionary;

constexpr const char *kCss =
    "*{box-sizing:border-box}body{margin:0;font:1rem/1.5 system-ui,sans-serif;background:#fff;color:#1b1f24}main,header,footer{max-width:52rem;margin:0 auto;padding:.5rem 1rem}"
    "h1{font-size:1.3rem;margin:1rem 0 .5rem}h2{font-size:1.1rem;margin:1.5rem 0 .5rem}h3{font-size:1rem;margin:.25rem 0}ul{list-style:none;margin:0;padding:0}p{margin:.25rem 0}"
    ".all{font-size:1.4rem;font-weight:600;padding:.75rem 1rem;border-radius:.4rem;border-left:.5rem solid #1a7f37;background:#eef6f0}.all.s1{border-color:#0969da;background:#eaf2fb}"
    ".all.s2{border-color:#9a6700;background:#fbf5e2}.all.s3{border-color:#bc4c00;background:#fdf0e6}.all.s4{border-color:#b3132b;background:#fcebed}"
    ".late{border:2px solid #b3132b;border-radius:.4rem;padding:.5rem 1rem;font-weight:600}.c{border-top:1px solid #d0d7de;padding:.6rem 0}.n{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 1rem}"
    ".n b{overflow-wrap:anywhere}.s{font-weight:600}.s0 .s{color:#176f2c}.s1 .s{color:#0757ba}.s2 .s{color:#7d5200}.s3 .s{color:#a33f00}.s4 .s{color:#b3132b}.d,small{color:#57606a;font-size:.9rem}"
    ".t{overflow-wrap:anywhere}.i{border:1px solid #d0d7de;border-left:.3rem solid #7d5200;border-radius:.4rem;padding:.5rem 1rem;margin:.75rem 0}.i li{border-top:1px solid #d0d7de;padding:.4rem 0}"
    "svg{display:block;width:100%;height:1.4rem;margin:.3rem 0}path{fill:none;stroke-width:10;stroke-dasharray:3 1}.b5{stroke:#c4cbd3}.b0{stroke:#2da44e}.b1{stroke:#54aeff}.b2{stroke:#d4a72c}.b3{stroke:#e16f24}"
    ".b4{stroke:#cf222e}a{color:#0757ba}a:focus-visible,summary:focus-visible{outline:3px solid #0757ba;outline-offset:2px}nav ul,footer ul{display:flex;flex-wrap:wrap;gap:.25rem 1rem}"
    "summary,a{min-height:1.5rem}summary{cursor:pointer;color:#57606a;font-size:.9rem}@media(prefers-color-scheme:dark){body{background:#0d1117;color:#e6edf3}.all{background:#12261a}.all.s1{background:#0f2136}"
    ".all.s2{background:#2b220c}.all.s3{background:#331c0d}.all.s4{background:#36131a}.s0 .s{color:#56d364}.s1 .s{color:#79c0ff}.s2 .s{color:#e3b341}.s3 .s{color:#ffa657}.s4 .s{color:#ff9492}"
    ".d,small,summary{color:#9da7b3}.c,.i,.i li{border-color:#30363d}.i{border-left-color:#e3b341}.late{border-color:#ff9492}.b5{stroke:#30363d}a{color:#79c0ff}a:focus-visible,summary:focus-visible{outline-color:#79c0ff}}"
    "@media(forced-colors:active){.all,.i{border-color:CanvasText}}@media(max-width:30rem){main,header,footer{padding:.25rem .75rem}.all{font-size:1.15rem}}";

// Only what the page can do without: local times, the age, and that it follows what is published. It writes text, never markup.
constexpr const char *kScript =
    "(function(){'use strict';var D=document,B=D.body,L=D.documentElement.lang;"
    "function ago(){var s=Math.round((Date.parse(B.dataset.at)-Date.now())/1000),u=s>-90?[s,'second']:s>-5400?[Math.round(s/60),'minute']:s>-172800?[Math.round(s/3600),'hour']:[Math.round(s/86400),'day'];"
    "var a=D.getElementById('age');if(a)a.textContent=' ('+new Intl.RelativeTimeFormat(L).format(Math.min(0,u[0]),u[1])+')';"
    "var l=D.getElementById('late');if(l&&B.dataset.due&&Date.now()>Date.parse(B.dataset.due))l.hidden=false}"
    "function here(){D.querySelectorAll('time[datetime]').forEach(function(t){if(t.dataset.l)return;t.dataset.l=1;t.title=new Date(t.dateTime).toLocaleString(L,{dateStyle:'medium',timeStyle:'short'});"
    "var d=new Date(t.dateTime),m=('0'+d.getHours()).slice(-2)+':'+('0'+d.getMinutes()).slice(-2);if(t.className==='h'&&t.textContent.indexOf(m)<0)t.textContent+=' · '+t.title})}"
    "function take(h){var n=new DOMParser().parseFromString(h,'text/html'),b=n.body;if(!b||!b.dataset.at||b.dataset.page!==B.dataset.page)return;"
    "var f=D.activeElement&&D.activeElement.id,o=[].map.call(D.querySelectorAll('details[open]'),function(d){return d.id});"
    "B.dataset.at=b.dataset.at;if(b.dataset.due)B.dataset.due=b.dataset.due;else delete B.dataset.due;"
    "var a=D.getElementById('all'),x=n.getElementById('all');a.className=x.className;if(a.textContent!==x.textContent)a.textContent=x.textContent;"
    "['late','body','made'].forEach(function(i){var p=D.getElementById(i),q=n.getElementById(i);if(p&&q)p.replaceWith(D.adoptNode(q))});"
    "o.forEach(function(i){var d=D.getElementById(i);if(d)d.open=true});if(f){var e=D.getElementById(f);if(e)e.focus()}here();ago()}"
    "function look(){fetch(location.href.split('#')[0],{cache:'no-store',credentials:'omit'}).then(function(r){return r.ok?r.text():''}).then(function(h){if(h)take(h)}).catch(function(){})}"
    "here();ago();setInterval(ago,15000);function follow(){var s=new EventSource(B.dataset.live);s.addEventListener('changed',look);s.addEventListener('error',function(){if(s.readyState===2)setTimeout(follow,5000)})}"
    "if(location.protocol!=='file:'){setInterval(look,60000);if(B.dataset.live&&window.EventSource)follow()}})();";

std::string cspHash(std::string_view text)
{
    const auto bytes = fromHex(sha256Hex(text));
    return "'sha256-" + (bytes ? toBase64(*bytes) : std::string()) + "'";
}

const std::string &pageTemplate()
{
    static const std::string text = std::string("{{%AUTOESCAPE context=\"HTML\"}}<!doctype html>\n<html lang=\"{{LANG}}\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"")
        + pageSecurityPolicy() + "\">\n<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"color-scheme\" content=\"light dark\">\n"
          "<title>{{OVERALL}} – {{TITLE}}</title>\n<link rel=\"alternate\" type=\"application/atom+xml\" href=\"{{BASE}}atom.xml\">\n<link rel=\"alternate\" type=\"application/rss+xml\" href=\"{{BASE}}rss.xml\">\n<style>"
        + kCss + "</style>\n</head>\n<body data-page=\"{{PAGE}}\" data-at=\"{{AT}}\"{{#DUE}} data-due=\"{{DUE_ISO}}\"{{/DUE}}{{#LIVE}} data-live=\"{{LIVE_URL}}\"{{/LIVE}}>\n"
          "<header><h1>{{TITLE}}</h1>\n<p id=\"all\" class=\"all s{{WORST}}\" role=\"status\" aria-live=\"polite\">{{OVERALL}}</p>\n"
          "<p id=\"late\" class=\"late\" role=\"alert\"{{#ON_TIME}} hidden{{/ON_TIME}}>{{W_OVERDUE}}</p></header>\n<main id=\"body\">\n"
          "{{#OPEN}}<h2>{{W_CURRENT}}</h2>\n{{#NOTICE}}<article class=\"i\" id=\"n{{NUMBER}}\"><h3{{#T_OTHER}} lang=\"{{T_LANG}}\"{{/T_OTHER}}>{{N_TITLE}}</h3>\n<p class=\"d\">{{N_PHASE}}{{#N_AFFECTS}} · {{W_AFFECTS}}: {{AFFECTED}}{{/N_AFFECTS}}</p>\n"
          "{{#N_NEXT}}<p>{{W_NEXT}} <time datetime=\"{{NEXT_ISO}}\" class=\"h\">{{NEXT}}</time>. {{W_STALE}}</p>\n{{/N_NEXT}}<ul>\n"
          "{{#UPDATE}}<li><b>{{U_PHASE}}</b> <small><time datetime=\"{{U_ISO}}\" class=\"h\">{{U_AT}}</time></small>{{#LINE}}<p class=\"t\"{{#L_OTHER}} lang=\"{{L_LANG}}\"{{/L_OTHER}}>{{U_LINE}}</p>{{/LINE}}{{#ONLY}}<p class=\"d\">{{ONLY_IN}}</p>{{/ONLY}}{{#U_SAID}}<p class=\"d\">{{SAID}}</p>{{/U_SAID}}</li>\n{{/UPDATE}}</ul></article>\n{{/NOTICE}}{{/OPEN}}"
          "{{#PLANNED}}<h2>{{W_MAINTENANCE}}</h2>\n{{#WORK}}<article class=\"i\"><h3{{#T_OTHER}} lang=\"{{T_LANG}}\"{{/T_OTHER}}>{{M_TITLE}}</h3>\n<p class=\"d\">{{M_STATE}} · <time datetime=\"{{M_FROM_ISO}}\" class=\"h\">{{M_FROM}}</time> – <time datetime=\"{{M_UNTIL_ISO}}\" class=\"h\">{{M_UNTIL}}</time></p>\n"
          "<p class=\"d\">{{W_AFFECTS}}: {{M_NAMES}}</p>{{#LINE}}<p class=\"t\"{{#L_OTHER}} lang=\"{{L_LANG}}\"{{/L_OTHER}}>{{U_LINE}}</p>{{/LINE}}{{#ONLY}}<p class=\"d\">{{ONLY_IN}}</p>{{/ONLY}}</article>\n{{/WORK}}{{/PLANNED}}"
          "<h2>{{W_COMPONENTS}}</h2>\n{{#GROUP}}{{#NAMED}}<h3>{{G_NAME}}</h3>\n{{/NAMED}}<ul>\n"
          "{{#COMPONENT}}<li class=\"c s{{C_STATE}}\" id=\"c-{{C_ID}}\"><div class=\"n\"><b>{{C_NAME}}</b><span class=\"s\">{{C_WORDS}}</span></div>{{#C_ABOUT}}<p class=\"d\">{{ABOUT}}</p>{{/C_ABOUT}}"
          "{{#BARS}}<svg viewBox=\"0 0 360 10\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{{C_HISTORY}}\">{{#BAR}}<path class=\"b{{B_STATE}}\" d=\"{{B_PATH}}\"/>{{/BAR}}</svg>{{/BARS}}"
          "{{#TROUBLE}}<details id=\"d-{{C_ID}}\"><summary id=\"s-{{C_ID}}\">{{W_DAYLIST}}: {{DAYS}}</summary><ul class=\"d\">{{#DAY}}<li>{{D_DATE}}: {{D_STATE}}</li>{{/DAY}}{{#MORE}}<li>{{D_MORE}} {{W_OTHER}}</li>{{/MORE}}</ul></details>{{/TROUBLE}}</li>\n{{/COMPONENT}}</ul>\n{{/GROUP}}"
          "<h2>{{W_PAST}}</h2>\n{{#NONE}}<p>{{W_NONE}}</p>\n{{/NONE}}{{#GONE}}<article class=\"i\"><h3{{#T_OTHER}} lang=\"{{T_LANG}}\"{{/T_OTHER}}>{{N_TITLE}}</h3><ul>{{#UPDATE}}<li><b>{{U_PHASE}}</b> <small><time datetime=\"{{U_ISO}}\">{{U_AT}}</time></small>{{#LINE}}<p class=\"t\"{{#L_OTHER}} lang=\"{{L_LANG}}\"{{/L_OTHER}}>{{U_LINE}}</p>{{/LINE}}{{#ONLY}}<p class=\"d\">{{ONLY_IN}}</p>{{/ONLY}}</li>{{/UPDATE}}</ul></article>\n{{/GONE}}"
          "</main>\n<footer>\n<p id=\"made\">{{W_GENERATED}} <time datetime=\"{{AT}}\" class=\"h\">{{AT_TEXT}}</time><span id=\"age\"></span></p>\n"
          "<nav aria-label=\"{{W_FEEDS}}\"><ul><li><a id=\"f-atom\" href=\"{{BASE}}atom.xml\">Atom</a></li><li><a id=\"f-rss\" href=\"{{BASE}}rss.xml\">RSS</a></li><li><a id=\"f-ics\" href=\"{{BASE}}maintenance.ics\">iCalendar</a></li><li><a id=\"f-json\" href=\"{{BASE}}api/v2/summary.json\">JSON</a></li>"
          "{{#SUPPORT}}<li><a id=\"f-help\" href=\"{{SUPPORT_URL}}\">{{W_SUPPORT}}</a></li>{{/SUPPORT}}{{#OTHER}}<li><a id=\"f-{{O_LANG}}\" href=\"{{BASE}}{{O_FILE}}\" lang=\"{{O_LANG}}\" hreflang=\"{{O_LANG}}\">{{O_NAME}}</a></li>{{/OTHER}}</ul></nav>\n</footer>\n<script>"
        + kScript + "</script>\n</body>\n</html>\n";
    return text;
}

/// The library takes no scheme but those of the web. An address of nothing but these characters needs no escaping; it is put in its place afterwards.
const std::string kMailPlace = "https://mail.invalid/";
bool isPlainMailLink(std::string_view link)
{
    return link.starts_with("mailto:") && link.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.@_+-", 7) == link.npos;
}

/// What is left out so that a page is small, one more at each step.
struct Left {
    std::size_t past = 30, updates = 200, days = 10;
    bool bars = true;
};

/// `language`: of the text, where it is not the page's, which is said.
void addLines(Dictionary &to, const std::string &text, const std::string &language, const PageWords &w)
{
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        if (end > at) {
            Dictionary *line = to.AddSectionDictionary("LINE");
            line->SetValue("U_LINE", text.substr(at, end - at));
            if (!language.empty())
                line->SetValueAndShowSection("L_LANG", language, "L_OTHER");
        }
        at = end + 1;
    }
    if (!language.empty())
        to.SetValueAndShowSection("ONLY_IN", std::string(w.onlyIn) + " " + std::string(languageName(language)), "ONLY");
}

void addTitle(Dictionary &to, const char *name, const std::string &title, const std::string &language)
{
    to.SetValue(name, title);
    if (!language.empty())
        to.SetValueAndShowSection("T_LANG", language, "T_OTHER");
}

std::string joinedNames(const std::vector<std::string> &names)
{
    std::string out;
    for (const std::string &n : names)
        out += (out.empty() ? "" : ", ") + n;
    return out;
}

void addUpdates(Dictionary &to, const ViewNotice &n, const PageView &v, const PageWords &w, const Left &left)
{
    std::size_t count = 0;
    for (const ViewUpdate &u : n.updates) {
        if (++count > left.updates)
            break;
        Dictionary *d = to.AddSectionDictionary("UPDATE");
        d->SetValue("U_PHASE", w.phases[static_cast<std::size_t>(u.phase)]);
        d->SetValue("U_ISO", toRfc3339(u.at));
        d->SetValue("U_AT", pageTime(u.at, v.zone));
        addLines(*d, u.text, u.language, w);
        std::string said;
        for (const auto &[name, state] : u.components)
            said += (said.empty() ? "" : ", ") + name + ": " + w.states[static_cast<std::size_t>(state)];
        if (!said.empty())
            d->SetValueAndShowSection("SAID", said, "U_SAID");
    }
}

void addBars(Dictionary &to, const ViewComponent &c)
{
    // One path a state by badness, one stretch a run of days; what is not known is drawn as state 5.
    for (std::size_t state = 0; state < 6; ++state) {
        std::string path;
        for (std::size_t n = 0; n < c.days.size();) {
            const auto is = [&](const PageDay &d) { return d.isKnown ? static_cast<std::size_t>(badness(d.worst)) == state : state == 5; };
            std::size_t end = n;
            while (end < c.days.size() && is(c.days[end]))
                ++end;
            if (end > n)
                path += "M" + std::to_string(n * 4) + " 5h" + std::to_string((end - n) * 4);
            n = std::max(end, n + 1);
        }
        if (path.empty())
            continue;
        Dictionary *bar = to.AddSectionDictionary("BAR");
        bar->SetIntValue("B_STATE", static_cast<long>(state));
        bar->SetValue("B_PATH", path);
    }
}

void addComponent(Dictionary &to, const ViewComponent &c, const PageWords &w, const Left &left)
{
    Dictionary *d = to.AddSectionDictionary("COMPONENT");
    d->SetValue("C_ID", c.id);
    d->SetIntValue("C_STATE", badness(c.state)); // the style counts by badness
    d->SetValue("C_NAME", c.name);
    d->SetValue("C_WORDS", w.states[static_cast<std::size_t>(c.state)]);
    if (!c.about.empty())
        d->SetValueAndShowSection("ABOUT", c.about, "C_ABOUT");
    std::vector<const PageDay *> trouble;
    for (auto day = c.days.rbegin(); day != c.days.rend(); ++day)
        if (day->isKnown && day->worst != ComponentState::Operational)
            trouble.push_back(&*day);
    if (left.bars) {
        Dictionary *bars = d->AddSectionDictionary("BARS");
        std::string words = std::string(w.history) + ": " + (trouble.empty() ? std::string(w.noTrouble) : std::string(w.dayList) + ": " + std::to_string(trouble.size()));
        if (!c.days.empty() && !c.days.front().isKnown)
            words += ", " + std::string(w.nothingKnown);
        bars->SetValue("C_HISTORY", words);
        addBars(*bars, c);
    }
    if (trouble.empty() || left.days == 0)
        return;
    Dictionary *details = d->AddSectionDictionary("TROUBLE");
    details->SetIntValue("DAYS", static_cast<long>(trouble.size()));
    for (std::size_t n = 0; n < std::min(trouble.size(), left.days); ++n) {
        Dictionary *day = details->AddSectionDictionary("DAY");
        day->SetValue("D_DATE", toRfc3339(trouble[n]->day).substr(0, 10));
        day->SetValue("D_STATE", w.states[static_cast<std::size_t>(trouble[n]->worst)]);
    }
    if (trouble.size() > left.days) {
        Dictionary *more = details->AddSectionDictionary("MORE");
        more->SetIntValue("D_MORE", static_cast<long>(trouble.size() - left.days));
    }
}

void addNotices(Dictionary &d, const PageView &v, const PageWords &w, const Left &left)
{
    Dictionary *open = nullptr;
    std::size_t past = 0;
    for (const ViewNotice &n : v.notices) {
        if (!n.isOpen()) {
            if (++past > left.past)
                continue;
            Dictionary *gone = d.AddSectionDictionary("GONE");
            addTitle(*gone, "N_TITLE", n.title, n.titleLanguage);
            addUpdates(*gone, n, v, w, left);
            continue;
        }
        open = open ? open : d.AddSectionDictionary("OPEN");
        Dictionary *notice = open->AddSectionDictionary("NOTICE");
        notice->SetIntValue("NUMBER", static_cast<long>(n.number));
        addTitle(*notice, "N_TITLE", n.title, n.titleLanguage);
        notice->SetValue("N_PHASE", w.phases[static_cast<std::size_t>(n.phase)]);
        std::vector<std::string> names;
        for (const ViewComponent &c : v.components)
            if (std::find(n.components.begin(), n.components.end(), c.id) != n.components.end())
                names.push_back(c.name);
        if (!names.empty())
            notice->SetValueAndShowSection("AFFECTED", joinedNames(names), "N_AFFECTS");
        if (n.nextDue) {
            Dictionary *next = notice->AddSectionDictionary("N_NEXT");
            next->SetValue("NEXT_ISO", toRfc3339(n.nextDue));
            next->SetValue("NEXT", pageTime(n.nextDue, v.zone));
        }
        addUpdates(*notice, n, v, w, left);
    }
    if (past == 0)
        d.ShowSection("NONE");
}

void addMaintenance(Dictionary &d, const PageView &v, const PageWords &w)
{
    Dictionary *planned = nullptr;
    for (const ViewMaintenance &m : v.maintenances) {
        if (m.isOver || m.isCancelled)
            continue;
        planned = planned ? planned : d.AddSectionDictionary("PLANNED");
        Dictionary *work = planned->AddSectionDictionary("WORK");
        addTitle(*work, "M_TITLE", m.title, m.titleLanguage);
        work->SetValue("M_STATE", m.isUnderWay ? w.underWay : w.scheduled);
        work->SetValue("M_FROM_ISO", toRfc3339(m.from));
        work->SetValue("M_FROM", pageTime(m.from, v.zone));
        work->SetValue("M_UNTIL_ISO", toRfc3339(m.until));
        work->SetValue("M_UNTIL", pageTime(m.until, v.zone));
        work->SetValue("M_NAMES", joinedNames(m.names));
        addLines(*work, m.text, m.language, w);
    }
}

std::string renderPage(const PageView &v, const std::string &live, const Left &left)
{
    const PageWords &w = pageWords(v.language);
    Dictionary d("page");
    for (const auto &[name, word] : {std::pair{"W_OVERDUE", w.overdue}, {"W_CURRENT", w.current}, {"W_AFFECTS", w.affects}, {"W_NEXT", w.next}, {"W_STALE", w.goesStale}, {"W_MAINTENANCE", w.maintenance},
                                     {"W_COMPONENTS", w.components}, {"W_DAYLIST", w.dayList}, {"W_OTHER", w.otherDays}, {"W_PAST", w.past}, {"W_NONE", w.noNotices}, {"W_GENERATED", w.generated},
                                     {"W_FEEDS", w.feeds}, {"W_SUPPORT", w.support}})
        d.SetValue(name, word);
    d.SetValue("LANG", v.language);
    d.SetValue("PAGE", v.id);
    d.SetValue("TITLE", v.title);
    d.SetValue("OVERALL", w.overall[static_cast<std::size_t>(v.worst)]);
    d.SetIntValue("WORST", badness(v.worst));
    d.SetValue("AT", toRfc3339(v.at));
    d.SetValue("AT_TEXT", pageTime(v.at, v.zone));
    if (v.nextDue)
        d.SetValueAndShowSection("DUE_ISO", toRfc3339(v.nextDue), "DUE");
    if (!live.empty()) {
        d.SetValueAndShowSection("LIVE_URL", live, "LIVE");
        d.SetValue("BASE", "/status/" + v.id + "/"); // it is served under its own name, without a slash behind it
    }
    if (!v.isOverdue)
        d.ShowSection("ON_TIME");
    addNotices(d, v, w, left);
    addMaintenance(d, v, w);
    // Groups in the order their first components stand in.
    std::vector<std::pair<std::string, Dictionary *>> groups;
    for (const ViewComponent &c : v.components) {
        auto at = std::find_if(groups.begin(), groups.end(), [&](const auto &g) { return g.first == c.group; });
        if (at == groups.end()) {
            groups.emplace_back(c.group, d.AddSectionDictionary("GROUP"));
            at = groups.end() - 1;
            if (!c.group.empty())
                at->second->SetValueAndShowSection("G_NAME", c.group, "NAMED");
        }
        addComponent(*at->second, c, w, left);
    }
    const bool isMail = isPlainMailLink(v.support);
    if (!v.support.empty())
        d.SetValueAndShowSection("SUPPORT_URL", isMail ? kMailPlace : v.support, "SUPPORT");
    for (const std::string &language : v.languages)
        if (language != v.language) {
            Dictionary *other = d.AddSectionDictionary("OTHER");
            other->SetValue("O_LANG", language);
            other->SetValue("O_FILE", pageFileName(v, language));
            other->SetValue("O_NAME", std::string(languageName(language)));
        }
    static const std::unique_ptr<ctemplate::Template> tpl(ctemplate::Template::StringToTemplate(pageTemplate(), ctemplate::DO_NOT_STRIP));
    std::string out;
    if (tpl)
        tpl->Expand(&out, &d);
    if (const auto at = isMail ? out.rfind(kMailPlace) : std::string::npos; at != std::string::npos)
        out.replace(at, kMailPlace.size(), v.support);
    return out;
}

void cut(std::string &text, std::size_t bytes)
{
    if (text.size() <= bytes)
        return;
    while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80U) // in no letter's middle
        --bytes;
    text.resize(bytes);
    text += "…";
}

/// The view with no text and no name longer than this.
PageView cutTo(PageView view, std::size_t text, std::size_t name)
{
    for (ViewComponent &c : view.components) {
        cut(c.name, name);
        cut(c.group, name);
        cut(c.about, name / 2);
    }
    for (ViewNotice &n : view.notices) {
        cut(n.title, 2 * name);
        for (ViewUpdate &u : n.updates) {
            cut(u.text, text);
            for (auto &[component, state] : u.components)
                cut(component, name);
        }
    }
    for (ViewMaintenance &m : view.maintenances) {
        cut(m.title, 2 * name);
        cut(m.text, text);
        for (std::string &each : m.names)
            cut(each, name);
    }
    return view;
}

} // namespace

const std::string &pageSecurityPolicy()
{
    static const std::string policy = "default-src 'none'; style-src " + cspHash(kCss) + "; script-src " + cspHash(kScript) + "; connect-src 'self'; base-uri 'none'; form-action 'none'";
    return policy;
}

std::string pageFileName(const PageView &view, const std::string &language)
{
    return view.languages.empty() || language == view.languages.front() ? "index.html" : "index." + language + ".html";
}

std::string pageHtml(const PageView &view, const std::string &live)
{
    Left left;
    std::string out = renderPage(view, live, left);
    for (const Left &next : {Left{10, 50, 10, true}, Left{3, 20, 5, true}, Left{0, 10, 0, true}, Left{0, 5, 0, false}, Left{0, 1, 0, false}}) {
        if (out.size() < kPageBytes)
            break;
        out = renderPage(view, live, next);
    }
    // Nothing is left but what holds now, and that is too long by itself: words are cut, and end in a sign of it.
    for (const auto &[text, name] : {std::pair<std::size_t, std::size_t>{1000, 120}, {300, 60}, {120, 24}, {40, 12}}) {
        if (out.size() < kPageBytes)
            break;
        out = renderPage(cutTo(view, text, name), live, Left{0, 1, 0, false});
    }
    return out;
}

} // namespace qd::comms
