<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>qd::comms::Briefing</name>
    <message numerus="yes">
        <source>%n earlier not shown</source>
        <translation>
            <numerusform>%n earlier not shown</numerusform>
            <numerusform>%n earlier not shown</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::comms::DraftPanel</name>
    <message numerus="yes">
        <source>%Ln character(s)</source>
        <translation>
            <numerusform>%Ln character</numerusform>
            <numerusform>%Ln characters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>and %Ln more</numerusform>
            <numerusform>and %Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::comms::UpdateComposer</name>
    <message numerus="yes">
        <source>%Ln field(s) as in the last one, %1. Change what is new.</source>
        <translation>
            <numerusform>%Ln field as in the last one, %1. Change what is new.</numerusform>
            <numerusform>%Ln fields as in the last one, %1. Change what is new.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::directory</name>
    <message numerus="yes">
        <source>Starts over %n time(s).</source>
        <translation>
            <numerusform>Starts over once.</numerusform>
            <numerusform>Starts over %n times.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stops when %n people have answered.</source>
        <translation>
            <numerusform>Stops when one person has answered.</numerusform>
            <numerusform>Stops when %n people have answered.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln condition(s) wait there and are no alerts.</source>
        <translation>
            <numerusform>One condition waits there and is no alert.</numerusform>
            <numerusform>%Ln conditions wait there and are no alerts.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::directory::DirectoryView</name>
    <message numerus="yes">
        <source>%Ln hidden by the filter</source>
        <translation>
            <numerusform>%Ln hidden by the filter</numerusform>
            <numerusform>%Ln hidden by the filter</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::escalation::CallPlan</name>
    <message numerus="yes">
        <source>%Ln people have to answer.</source>
        <translation>
            <numerusform>%Ln person has to answer.</numerusform>
            <numerusform>%Ln people have to answer.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln gap(s).</source>
        <translation>
            <numerusform>%Ln gap.</numerusform>
            <numerusform>%Ln gaps.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::escalation::IncidentOverrideDialog</name>
    <message numerus="yes">
        <source>Hold: its %Ln alert(s) call nobody</source>
        <translation>
            <numerusform>Hold: its %Ln alert calls nobody</numerusform>
            <numerusform>Hold: its %Ln alerts call nobody</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Give its %Ln alert(s) to somebody</source>
        <translation>
            <numerusform>Give its %Ln alert to somebody</numerusform>
            <numerusform>Give its %Ln alerts to somebody</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Return: %Ln alert(s) call nobody for %1. Ctrl+Z takes it back.</source>
        <translation>
            <numerusform>Return: %Ln alert calls nobody for %1. Ctrl+Z takes it back.</numerusform>
            <numerusform>Return: %Ln alerts call nobody for %1. Ctrl+Z takes it back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Return: %Ln alert(s) are %1&apos;s. Ctrl+Z takes it back.</source>
        <translation>
            <numerusform>Return: %Ln alert is %1&apos;s. Ctrl+Z takes it back.</numerusform>
            <numerusform>Return: %Ln alerts are %1&apos;s. Ctrl+Z takes it back.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::escalation::NextUp</name>
    <message numerus="yes">
        <source>%n alert(s) of it fire again since it was resolved: reopen it, or declare a new one?</source>
        <translation>
            <numerusform>%n alert of it fires again since it was resolved: reopen it, or declare a new one?</numerusform>
            <numerusform>%n alerts of it fire again since it was resolved: reopen it, or declare a new one?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::escalation::SeverityQuestions</name>
    <message numerus="yes">
        <source>and %Ln more business service(s)</source>
        <translation>
            <numerusform>and %Ln more business service</numerusform>
            <numerusform>and %Ln more business services</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::escalation::SummonDialog</name>
    <message numerus="yes">
        <source>For %Ln chosen alert(s), whoever else is called or has answered. Each has an answer of their own.</source>
        <translation>
            <numerusform>For %Ln chosen alert, whoever else is called or has answered. Each has an answer of their own.</numerusform>
            <numerusform>For %Ln chosen alerts, whoever else is called or has answered. Each has an answer of their own.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::governance::Kept</name>
    <message numerus="yes">
        <source>%1 was refused %n time(s), last %2: %3</source>
        <translation>
            <numerusform>%1 was refused %n time, last %2: %3</numerusform>
            <numerusform>%1 was refused %n times, last %2: %3</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::governance::Reach</name>
    <message numerus="yes">
        <source>… and %n more</source>
        <translation>
            <numerusform>… and %n more</numerusform>
            <numerusform>… and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It keeps %n stream(s) of the record, and what comes there later.</source>
        <translation>
            <numerusform>It keeps %n stream of the record, and what comes there later.</numerusform>
            <numerusform>It keeps %n streams of the record, and what comes there later.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>With them: %n record(s) with messages or files that a rule speaks of.</source>
        <translation>
            <numerusform>With them: %n record with messages or files that a rule speaks of.</numerusform>
            <numerusform>With them: %n records with messages or files that a rule speaks of.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stream(s) would be held by nothing any more.</source>
        <translation>
            <numerusform>%n stream would be held by nothing any more.</numerusform>
            <numerusform>%n streams would be held by nothing any more.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stay(s) kept by another hold.</source>
        <translation>
            <numerusform>%n stays kept by another hold.</numerusform>
            <numerusform>%n stay kept by another hold.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s)</source>
        <translation>
            <numerusform>%Ln line</numerusform>
            <numerusform>%Ln lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s)</source>
        <translation>
            <numerusform>%Ln message</numerusform>
            <numerusform>%Ln messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) of %1</source>
        <translation>
            <numerusform>%Ln file of %1</numerusform>
            <numerusform>%Ln files of %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln incident(s) with %1</source>
        <translation>
            <numerusform>%Ln incident with %1</numerusform>
            <numerusform>%Ln incidents with %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s) of alerts</source>
        <translation>
            <numerusform>%Ln day of alerts</numerusform>
            <numerusform>%Ln days of alerts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln month(s) of access</source>
        <translation>
            <numerusform>%Ln month of access</numerusform>
            <numerusform>%Ln months of access</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln stream(s)</source>
        <translation>
            <numerusform>%Ln stream</numerusform>
            <numerusform>%Ln streams</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::map::MapModel</name>
    <message numerus="yes">
        <source>%Ln service(s) depend on it</source>
        <translation>
            <numerusform>%Ln service depends on it</numerusform>
            <numerusform>%Ln services depend on it</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::map::MapView</name>
    <message numerus="yes">
        <source>%n call(s) folded under %1</source>
        <translation>
            <numerusform>%n call folded under %1</numerusform>
            <numerusform>%n calls folded under %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n proposed: Ctrl+Shift+G</source>
        <translation>
            <numerusform>%n proposed: Ctrl+Shift+G</numerusform>
            <numerusform>%n proposed: Ctrl+Shift+G</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::review::ActionRegister</name>
    <message numerus="yes">
        <source>%Ln day(s)</source>
        <translation>
            <numerusform>%Ln day</numerusform>
            <numerusform>%Ln days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln time(s)</source>
        <translation>
            <numerusform>%Ln time</numerusform>
            <numerusform>%Ln times</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::review::ChecklistDialog</name>
    <message numerus="yes">
        <source>%1: %n live pattern(s)</source>
        <translation>
            <numerusform>%1: %n live pattern</numerusform>
            <numerusform>%1: %n live patterns</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::review::CostPanel</name>
    <message numerus="yes">
        <source>%n person(s) worked on it for %1 together: %2.</source>
        <translation>
            <numerusform>%n person worked on it for %1: %2.</numerusform>
            <numerusform>%n people worked on it for %1 together: %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n person(s) worked on it for %1 together.</source>
        <translation>
            <numerusform>%n person worked on it for %1.</numerusform>
            <numerusform>%n people worked on it for %1 together.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::review::EvidenceList</name>
    <message numerus="yes">
        <source>%Ln entries</source>
        <translation>
            <numerusform>%Ln entry</numerusform>
            <numerusform>%Ln entries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln marked</source>
        <translation>
            <numerusform>%Ln marked</numerusform>
            <numerusform>%Ln marked</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln hidden</source>
        <translation>
            <numerusform>%Ln hidden</numerusform>
            <numerusform>%Ln hidden</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::review::FactorMonths</name>
    <message numerus="yes">
        <source>%1: seen in %Ln reviewed incident(s) of the last 12 months.</source>
        <translation>
            <numerusform>%1: seen in %Ln reviewed incident of the last 12 months.</numerusform>
            <numerusform>%1: seen in %Ln reviewed incidents of the last 12 months.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::review::FeedbackDialog</name>
    <message numerus="yes">
        <source>That is too long: %Ln letters at most.</source>
        <translation>
            <numerusform>That is too long: %Ln letter at most.</numerusform>
            <numerusform>That is too long: %Ln letters at most.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::review::FigureTexts</name>
    <message numerus="yes">
        <source>%Ln call(s) answered, within %1</source>
        <translation>
            <numerusform>%Ln call answered, within %1</numerusform>
            <numerusform>%Ln calls answered, within %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln call(s) nobody answered</source>
        <translation>
            <numerusform>%Ln call nobody answered</numerusform>
            <numerusform>%Ln calls nobody answered</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s) are part of it</source>
        <translation>
            <numerusform>%Ln alert is part of it</numerusform>
            <numerusform>%Ln alerts are part of it</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::review::InsightsPanel</name>
    <message numerus="yes">
        <source>%n incident(s)</source>
        <translation>
            <numerusform>%n incident</numerusform>
            <numerusform>%n incidents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n alert(s)</source>
        <translation>
            <numerusform>%n alert</numerusform>
            <numerusform>%n alerts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n call(s)</source>
        <translation>
            <numerusform>%n call</numerusform>
            <numerusform>%n calls</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n flood(s)</source>
        <translation>
            <numerusform>%n flood</numerusform>
            <numerusform>%n floods</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n left out: drills, planned, called off, merged, rebuilt or written down afterwards</source>
        <translation>
            <numerusform>%n left out: drills, planned, called off, merged, rebuilt or written down afterwards</numerusform>
            <numerusform>%n left out: drills, planned, called off, merged, rebuilt or written down afterwards</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::review::MarkDialog</name>
    <message numerus="yes">
        <source>At most %Ln name(s) stand in a mark.</source>
        <translation>
            <numerusform>At most %Ln name stands in a mark.</numerusform>
            <numerusform>At most %Ln names stand in a mark.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::review::MatrixPanel</name>
    <message numerus="yes">
        <source>%n review(s) below: what follows another incident, or is part of its work, counts with it as one.</source>
        <translation>
            <numerusform>%n review below: what follows another incident, or is part of its work, counts with it as one.</numerusform>
            <numerusform>%n reviews below: what follows another incident, or is part of its work, counts with it as one.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::review::PatternDialog</name>
    <message numerus="yes">
        <source>That is too long: %Ln letters at most.</source>
        <translation>
            <numerusform>That is too long: %Ln letter at most.</numerusform>
            <numerusform>That is too long: %Ln letters at most.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::review::Presentation</name>
    <message numerus="yes">
        <source>%Ln open action(s)</source>
        <translation>
            <numerusform>%Ln open action</numerusform>
            <numerusform>%Ln open actions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… and %Ln more</source>
        <translation>
            <numerusform>… and %Ln more</numerusform>
            <numerusform>… and %Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::review::Registered</name>
    <message numerus="yes">
        <source>%Ln day(s)</source>
        <translation>
            <numerusform>%Ln day</numerusform>
            <numerusform>%Ln days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln time(s)</source>
        <translation>
            <numerusform>%Ln time</numerusform>
            <numerusform>%Ln times</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source> and %Ln more</source>
        <translation>
            <numerusform> and %Ln more</numerusform>
            <numerusform> and %Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::review::ReviewHeader</name>
    <message numerus="yes">
        <source>%Ln thing(s) missing before it is reviewed</source>
        <translation>
            <numerusform>%Ln thing missing before it is reviewed</numerusform>
            <numerusform>%Ln things missing before it is reviewed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln done without</source>
        <translation>
            <numerusform>%Ln done without</numerusform>
            <numerusform>%Ln done without</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::review::ReviewView</name>
    <message numerus="yes">
        <source>%Ln incident(s)</source>
        <translation>
            <numerusform>%Ln incident</numerusform>
            <numerusform>%Ln incidents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln shown</source>
        <translation>
            <numerusform>%Ln shown</numerusform>
            <numerusform>%Ln shown</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln older one(s) not listed here: quarterdeckctl get incidents</source>
        <translation>
            <numerusform>%Ln older one not listed here: quarterdeckctl get incidents</numerusform>
            <numerusform>%Ln older ones not listed here: quarterdeckctl get incidents</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::review::Said</name>
    <message numerus="yes">
        <source>moved %Ln time(s)</source>
        <translation>
            <numerusform>moved %Ln time</numerusform>
            <numerusform>moved %Ln times</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n live pattern(s)</source>
        <translation>
            <numerusform>%n live pattern</numerusform>
            <numerusform>%n live patterns</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::review::SectionEditor</name>
    <message numerus="yes">
        <source>That is too long: a section holds %Ln letters. Nothing was pasted.</source>
        <translation>
            <numerusform>That is too long: a section holds %Ln letter. Nothing was pasted.</numerusform>
            <numerusform>That is too long: a section holds %Ln letters. Nothing was pasted.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::review::SectionPanel</name>
    <message numerus="yes">
        <source>%Ln finding(s), F8</source>
        <translation>
            <numerusform>%Ln finding, F8</numerusform>
            <numerusform>%Ln findings, F8</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln comment(s)</source>
        <translation>
            <numerusform>%Ln comment</numerusform>
            <numerusform>%Ln comments</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::review::SideBySide</name>
    <message numerus="yes">
        <source>%n part(s) are taken out. The leak check stops at nothing.</source>
        <translation>
            <numerusform>%n part is taken out. The leak check stops at nothing.</numerusform>
            <numerusform>%n parts are taken out. The leak check stops at nothing.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n part(s) are taken out.</source>
        <translation>
            <numerusform>%n part is taken out.</numerusform>
            <numerusform>%n parts are taken out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The leak check stops at %n thing(s): nothing is published before each is written otherwise, marked or allowed.</source>
        <translation>
            <numerusform>The leak check stops at one thing: nothing is published before it is written otherwise, marked or allowed.</numerusform>
            <numerusform>The leak check stops at %n things: nothing is published before each is written otherwise, marked or allowed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::review::TrendRows</name>
    <message numerus="yes">
        <source>%n unrelated incident(s) name a factor.</source>
        <translation>
            <numerusform>%n unrelated incident names a factor.</numerusform>
            <numerusform>%n unrelated incidents name a factor.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>What follows another, or is part of its work, counts with it as one: %n were reviewed.</source>
        <translation>
            <numerusform>What follows another, or is part of its work, counts with it as one: %n was reviewed.</numerusform>
            <numerusform>What follows another, or is part of its work, counts with it as one: %n were reviewed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::review::TrendSentences</name>
    <message numerus="yes">
        <source>%n later incident(s) at its services are not rated yet</source>
        <translation>
            <numerusform>%n later incident at its services is not rated yet</numerusform>
            <numerusform>%n later incidents at its services are not rated yet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %n time(s) in all</source>
        <translation>
            <numerusform>, %n time in all</numerusform>
            <numerusform>, %n times in all</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>recurred %n time(s) in %1 exposed days, before: %2 in %3</source>
        <translation>
            <numerusform>recurred %n time in %1 exposed days, before: %2 in %3</numerusform>
            <numerusform>recurred %n times in %1 exposed days, before: %2 in %3</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>; it was open again %n time(s) before it was done</source>
        <translation>
            <numerusform>; it was open again %n time before it was done</numerusform>
            <numerusform>; it was open again %n times before it was done</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>nothing is said of agreement: %n incident(s) with two raters or more, and it takes %1</source>
        <translation>
            <numerusform>nothing is said of agreement: %n incident with two raters or more, and it takes %1</numerusform>
            <numerusform>nothing is said of agreement: %n incidents with two raters or more, and it takes %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>no kappa over %n incident(s) with two raters or more: nobody differed from anybody</source>
        <translation>
            <numerusform>no kappa over %n incident with two raters or more: nobody differed from anybody</numerusform>
            <numerusform>no kappa over %n incidents with two raters or more: nobody differed from anybody</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>kappa %1 over %n incident(s) with two raters or more</source>
        <translation>
            <numerusform>kappa %1 over %n incident with two raters or more</numerusform>
            <numerusform>kappa %1 over %n incidents with two raters or more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::review::Trends</name>
    <message numerus="yes">
        <source>%n unrelated incident(s)</source>
        <translation>
            <numerusform>%n unrelated incident</numerusform>
            <numerusform>%n unrelated incidents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 at %2: in %3 of %n unrelated incident(s) there that name a factor.</source>
        <translation>
            <numerusform>%1 at %2: in %3 of %n unrelated incident there that names a factor.</numerusform>
            <numerusform>%1 at %2: in %3 of %n unrelated incidents there that name a factor.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::review::TrendsPanel</name>
    <message numerus="yes">
        <source>Seen most: %1, in %n incident(s).</source>
        <translation>
            <numerusform>Seen most: %1, in %n incident.</numerusform>
            <numerusform>Seen most: %1, in %n incidents.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>What went well most: %1, in %n incident(s).</source>
        <translation>
            <numerusform>What went well most: %1, in %n incident.</numerusform>
            <numerusform>What went well most: %1, in %n incidents.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::review::WordsDialog</name>
    <message numerus="yes">
        <source>That is too long: %Ln letters at most.</source>
        <translation>
            <numerusform>That is too long: %Ln letter at most.</numerusform>
            <numerusform>That is too long: %Ln letters at most.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::seat::Holes</name>
    <message numerus="yes">
        <source>The record is longer than what is shown of it: %Ln line(s) between the oldest and the newest are left out here. The journal has them all.</source>
        <translation>
            <numerusform>The record is longer than what is shown of it: %Ln line between the oldest and the newest is left out here. The journal has them all.</numerusform>
            <numerusform>The record is longer than what is shown of it: %Ln lines between the oldest and the newest are left out here. The journal has them all.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::seat::ViewBuilder</name>
    <message numerus="yes">
        <source>%Ln hop(s) upstream</source>
        <translation>
            <numerusform>%Ln hop upstream</numerusform>
            <numerusform>%Ln hops upstream</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::shell::Away</name>
    <message numerus="yes">
        <source>You were away %n minute(s): </source>
        <translation>
            <numerusform>You were away %n minute: </numerusform>
            <numerusform>You were away %n minutes: </numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) changed. </source>
        <translation>
            <numerusform>%n thing changed. </numerusform>
            <numerusform>%n things changed. </numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 has been going on for %n minute(s), </source>
        <translation>
            <numerusform>%1 has been going on for %n minute, </numerusform>
            <numerusform>%1 has been going on for %n minutes, </numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) happened; Ctrl+Shift+Y lists them. </source>
        <translation>
            <numerusform>%n thing happened; Ctrl+Shift+Y lists it. </numerusform>
            <numerusform>%n things happened; Ctrl+Shift+Y lists them. </numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::shell::DeclareDialog</name>
    <message numerus="yes">
        <source>%Ln alert(s) join the incident.</source>
        <translation>
            <numerusform>%Ln alert joins the incident.</numerusform>
            <numerusform>%Ln alerts join the incident.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::shell::FeedsButton</name>
    <message numerus="yes">
        <source>%Ln feed(s)</source>
        <translation>
            <numerusform>%Ln feed</numerusform>
            <numerusform>%Ln feeds</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::shell::FeedsPopup</name>
    <message numerus="yes">
        <source>%n pending</source>
        <translation>
            <numerusform>%n pending</numerusform>
            <numerusform>%n pending</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::shell::HeartbeatSheet</name>
    <message numerus="yes">
        <source>HEARTBEATS · %Ln in the workspace</source>
        <translation>
            <numerusform>HEARTBEATS · %Ln in the workspace</numerusform>
            <numerusform>HEARTBEATS · %Ln in the workspace</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::shell::MainWindow</name>
    <message numerus="yes">
        <source>%Ln part(s) marked above its readers&apos; clearance are holes in it.</source>
        <translation>
            <numerusform>%Ln part marked above its readers&apos; clearance is a hole in it.</numerusform>
            <numerusform>%Ln parts marked above its readers&apos; clearance are holes in it.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::shell::Notices</name>
    <message numerus="yes">
        <source>%Ln alert(s) in 10 minutes</source>
        <translation>
            <numerusform>%Ln alert in 10 minutes</numerusform>
            <numerusform>%Ln alerts in 10 minutes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::shell::PlannerSheet</name>
    <message numerus="yes">
        <source>%Ln row(s) not shown.</source>
        <translation>
            <numerusform>%Ln row not shown.</numerusform>
            <numerusform>%Ln rows not shown.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln gap(s)</source>
        <translation>
            <numerusform>%Ln gap</numerusform>
            <numerusform>%Ln gaps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln handoff(s)</source>
        <translation>
            <numerusform>%Ln handoff</numerusform>
            <numerusform>%Ln handoffs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln overlap(s)</source>
        <translation>
            <numerusform>%Ln overlap</numerusform>
            <numerusform>%Ln overlaps</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::shell::ProposalSheet</name>
    <message numerus="yes">
        <source>PROPOSED DEPENDENCIES · %Ln to be looked at</source>
        <translation>
            <numerusform>PROPOSED DEPENDENCIES · %Ln to be looked at</numerusform>
            <numerusform>PROPOSED DEPENDENCIES · %Ln to be looked at</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln chosen. They change nothing until they are accepted; what is dismissed is not proposed again.</source>
        <translation>
            <numerusform>%Ln chosen. It changes nothing until it is accepted; what is dismissed is not proposed again.</numerusform>
            <numerusform>%Ln chosen. They change nothing until they are accepted; what is dismissed is not proposed again.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::shell::SearchBox</name>
    <message numerus="yes">
        <source>More than %Ln hit(s)</source>
        <translation>
            <numerusform>More than %Ln hit</numerusform>
            <numerusform>More than %Ln hits</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln hit(s)</source>
        <translation>
            <numerusform>%Ln hit</numerusform>
            <numerusform>%Ln hits</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::shell::TopStrip</name>
    <message numerus="yes">
        <source>+%Ln open</source>
        <translation>
            <numerusform>+%Ln open</numerusform>
            <numerusform>+%Ln open</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln override(s)</source>
        <translation>
            <numerusform>%Ln override</numerusform>
            <numerusform>%Ln overrides</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln set aside</source>
        <translation>
            <numerusform>%Ln set aside</numerusform>
            <numerusform>%Ln set aside</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln refused</source>
        <translation>
            <numerusform>%Ln refused</numerusform>
            <numerusform>%Ln refused</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::timeline::Area</name>
    <message numerus="yes">
        <source>%Ln event(s)</source>
        <translation>
            <numerusform>%Ln event</numerusform>
            <numerusform>%Ln events</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s) began</source>
        <translation>
            <numerusform>%Ln alert began</numerusform>
            <numerusform>%Ln alerts began</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s) ended</source>
        <translation>
            <numerusform>%Ln alert ended</numerusform>
            <numerusform>%Ln alerts ended</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::timeline::ClassDialog</name>
    <message numerus="yes">
        <source>A line is for at most %Ln name(s).</source>
        <translation>
            <numerusform>A line is for at most %Ln name.</numerusform>
            <numerusform>A line is for at most %Ln names.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::timeline::KindBar</name>
    <message numerus="yes">
        <source>%Ln hidden by filter</source>
        <translation>
            <numerusform>%Ln hidden by filter</numerusform>
            <numerusform>%Ln hidden by filter</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::timeline::TimelineCanvas</name>
    <message numerus="yes">
        <source>Alarms in ten minutes: %Ln now</source>
        <translation>
            <numerusform>Alarms in ten minutes: %Ln now</numerusform>
            <numerusform>Alarms in ten minutes: %Ln now</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::timeline::TimelineView</name>
    <message numerus="yes">
        <source>… %Ln line(s) before these</source>
        <translation>
            <numerusform>… %Ln line before these</numerusform>
            <numerusform>… %Ln lines before these</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln found</source>
        <translation>
            <numerusform>%Ln found</numerusform>
            <numerusform>%Ln found</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>▨ %Ln sealed — reveal</source>
        <translation>
            <numerusform>▨ %Ln sealed — reveal</numerusform>
            <numerusform>▨ %Ln sealed — reveal</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Asking the chat platform for %Ln file(s)…</source>
        <translation>
            <numerusform>Asking the chat platform for %Ln file…</numerusform>
            <numerusform>Asking the chat platform for %Ln files…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) kept as evidence of %1, sealed in its record.</source>
        <translation>
            <numerusform>%Ln file kept as evidence of %1, sealed in its record.</numerusform>
            <numerusform>%Ln files kept as evidence of %1, sealed in its record.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln system event(s) hidden, Q shows</source>
        <translation>
            <numerusform>%Ln system event hidden, Q shows it</numerusform>
            <numerusform>%Ln system events hidden, Q shows them</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::triage::FilterBar</name>
    <message numerus="yes">
        <source>%Ln hidden by filter</source>
        <translation>
            <numerusform>%Ln hidden by filter</numerusform>
            <numerusform>%Ln hidden by filter</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::triage::OverrideBar</name>
    <message numerus="yes">
        <source>%Ln alert(s) given to %1</source>
        <translation>
            <numerusform>%Ln alert given to %1</numerusform>
            <numerusform>%Ln alerts given to %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s) acknowledged</source>
        <translation>
            <numerusform>%Ln alert acknowledged</numerusform>
            <numerusform>%Ln alerts acknowledged</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s) not acknowledged any more</source>
        <translation>
            <numerusform>%Ln alert not acknowledged any more</numerusform>
            <numerusform>%Ln alerts not acknowledged any more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s) split off into “%1”</source>
        <translation>
            <numerusform>%Ln alert split off into “%1”</numerusform>
            <numerusform>%Ln alerts split off into “%1”</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s) merged into “%1”</source>
        <translation>
            <numerusform>%Ln alert merged into “%1”</numerusform>
            <numerusform>%Ln alerts merged into “%1”</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s) attached to %1</source>
        <translation>
            <numerusform>%Ln alert attached to %1</numerusform>
            <numerusform>%Ln alerts attached to %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s) closed</source>
        <translation>
            <numerusform>%Ln alert closed</numerusform>
            <numerusform>%Ln alerts closed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln selected</source>
        <translation>
            <numerusform>%Ln selected</numerusform>
            <numerusform>%Ln selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s) taken out of their incident</source>
        <translation>
            <numerusform>%Ln alert taken out of its incident</numerusform>
            <numerusform>%Ln alerts taken out of their incident</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s) split off into %1</source>
        <translation>
            <numerusform>%Ln alert split off into %1</numerusform>
            <numerusform>%Ln alerts split off into %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s) snoozed until %1</source>
        <translation>
            <numerusform>%Ln alert snoozed until %1</numerusform>
            <numerusform>%Ln alerts snoozed until %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s) shelved until %1</source>
        <translation>
            <numerusform>%Ln alert shelved until %1</numerusform>
            <numerusform>%Ln alerts shelved until %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s) call nobody until %1</source>
        <translation>
            <numerusform>%Ln alert calls nobody until %1</numerusform>
            <numerusform>%Ln alerts call nobody until %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s) taken out of %1</source>
        <translation>
            <numerusform>%Ln alert taken out of %1</numerusform>
            <numerusform>%Ln alerts taken out of %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::triage::RateTrend</name>
    <message numerus="yes">
        <source>%n alert(s) opened in the last ten minutes; highest in the last hour: %1</source>
        <translation>
            <numerusform>%n alert opened in the last ten minutes; highest in the last hour: %1</numerusform>
            <numerusform>%n alerts opened in the last ten minutes; highest in the last hour: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::triage::ShelveDialog</name>
    <message numerus="yes">
        <source>%Ln alert(s)</source>
        <translation>
            <numerusform>%Ln alert</numerusform>
            <numerusform>%Ln alerts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::triage::SilenceDialog</name>
    <message numerus="yes">
        <source>From %Ln chosen alert(s): what all of them have in common is ticked.</source>
        <translation>
            <numerusform>From %Ln chosen alert: its labels are ticked.</numerusform>
            <numerusform>From %Ln chosen alerts: what all of them have in common is ticked.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Would also silence %Ln other(s) that fire now.</source>
        <translation>
            <numerusform>Would also silence %Ln other that fires now.</numerusform>
            <numerusform>Would also silence %Ln others that fire now.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::triage::TriagePanel</name>
    <message numerus="yes">
        <source>▲ %Ln new since you selected —</source>
        <translation>
            <numerusform>▲ %Ln new since you selected —</numerusform>
            <numerusform>▲ %Ln new since you selected —</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s) do not match it. Press / and Backspace to take it back.</source>
        <translation>
            <numerusform>%Ln alert does not match it. Press / and Backspace to take it back.</numerusform>
            <numerusform>%Ln alerts do not match it. Press / and Backspace to take it back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln feed(s) report and are fresh.</source>
        <translation>
            <numerusform>%Ln feed reports and is fresh.</numerusform>
            <numerusform>%Ln feeds report and are fresh.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s)</source>
        <translation>
            <numerusform>%Ln alert</numerusform>
            <numerusform>%Ln alerts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s) get a group of their own.</source>
        <translation>
            <numerusform>%Ln alert gets a group of its own.</numerusform>
            <numerusform>%Ln alerts get a group of their own.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln group(s) become part of “%1”, also with what would join them while it fires.</source>
        <translation>
            <numerusform>%Ln group becomes part of “%1”, also with what would join them while it fires.</numerusform>
            <numerusform>%Ln groups become part of “%1”, also with what would join them while it fires.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s) that no connection reports any more. This is not taken back: what is reported again comes back by itself.</source>
        <translation>
            <numerusform>%Ln alert that no connection reports any more. This is not taken back: what is reported again comes back by itself.</numerusform>
            <numerusform>%Ln alerts that no connection reports any more. This is not taken back: what is reported again comes back by itself.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s) leave it: with a title for an incident of their own, without one for none.</source>
        <translation>
            <numerusform>%Ln alert leaves it: with a title for an incident of its own, without one for none.</numerusform>
            <numerusform>%Ln alerts leave it: with a title for an incident of their own, without one for none.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln suppressed by %1</source>
        <translation>
            <numerusform>%Ln suppressed by %1</numerusform>
            <numerusform>%Ln suppressed by %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln by others</source>
        <translation>
            <numerusform>%Ln by others</numerusform>
            <numerusform>%Ln by others</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln by %1</source>
        <translation>
            <numerusform>%Ln by %1</numerusform>
            <numerusform>%Ln by %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::wall</name>
    <message numerus="yes">
        <source>+%Ln more</source>
        <translation>
            <numerusform>+%Ln more</numerusform>
            <numerusform>+%Ln more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>+%Ln more affected</source>
        <translation>
            <numerusform>+%Ln more affected</numerusform>
            <numerusform>+%Ln more affected</numerusform>
        </translation>
    </message>
</context>
</TS>
