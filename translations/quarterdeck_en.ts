<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>qd::escalation::NextUp</name>
    <message numerus="yes">
        <source>%n alert(s) of it fire again since it was resolved: reopen it?</source>
        <translation>
            <numerusform>%n alert of it fires again since it was resolved: reopen it?</numerusform>
            <numerusform>%n alerts of it fire again since it was resolved: reopen it?</numerusform>
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
        <source>%n drill(s) and cancelled one(s) left out</source>
        <translation>
            <numerusform>%n drill or cancelled one left out</numerusform>
            <numerusform>%n drills and cancelled ones left out</numerusform>
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
</context>
</TS>
