<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name>TimeText</name>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 m</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 h %2 m</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>%1 d</source>
        <translation>%1 T</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 h</translation>
    </message>
    <message>
        <source>%1 m %2 s</source>
        <translation>%1 min %2 s</translation>
    </message>
    <message>
        <source>late %1</source>
        <translation>überfällig %1</translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>There is no home at %1. Make one with: %2 — or look around with: quarterdeck --practice</source>
        <translation>Unter %1 ist kein Home. Anlegen mit: %2 — oder umsehen mit: quarterdeck --practice</translation>
    </message>
    <message>
        <source>No window can be opened on display %1: it does not answer. Name one that does in DISPLAY; on a machine without one, run the core: quarterdeckctl serve.</source>
        <translation>Auf der Anzeige %1 lässt sich kein Fenster öffnen: sie antwortet nicht. In DISPLAY eine nennen, die antwortet; auf einer Maschine ohne Anzeige den Kern starten: quarterdeckctl serve.</translation>
    </message>
    <message>
        <source>There is no display here to open a window on. On a machine without one, run the core: quarterdeckctl serve.</source>
        <translation>Hier ist kein Bildschirm, auf dem ein Fenster aufgehen könnte. Auf einem Rechner ohne Bildschirm läuft der Kern: quarterdeckctl serve.</translation>
    </message>
</context>
<context>
    <name>qd::app</name>
    <message>
        <source>The incident commander&apos;s console.</source>
        <translation>Die Konsole der Einsatzleitung.</translation>
    </message>
    <message>
        <source>The home: journal, keys, workspace.</source>
        <translation>Das Home: Journal, Schlüssel, Arbeitsbereich.</translation>
    </message>
    <message>
        <source>On which screen, from 0.</source>
        <translation>Auf welchem Bildschirm, ab 0.</translation>
    </message>
    <message>
        <source>Play the practice incident, in a home of its own.</source>
        <translation>Den Übungsvorfall spielen, in einem eigenen Home.</translation>
    </message>
    <message>
        <source>How fast the practice incident runs, 1 is real time.</source>
        <translation>Wie schnell der Übungsvorfall läuft, 1 ist Echtzeit.</translation>
    </message>
    <message>
        <source>Who sits here; the user&apos;s name when not given.</source>
        <translation>Wer hier sitzt; ohne Angabe der Benutzername.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not understood; see --help.</source>
        <translation>„%1“ wird nicht verstanden; siehe --help.</translation>
    </message>
    <message>
        <source>--speed is a number from 0.1 to 60.</source>
        <translation>--speed ist eine Zahl von 0.1 bis 60.</translation>
    </message>
    <message>
        <source>--screen is a number from 0.</source>
        <translation>--screen ist eine Zahl ab 0.</translation>
    </message>
    <message>
        <source>Which perspective to open: command, wall (full screen), review or directory.</source>
        <translation>Welche Perspektive geöffnet wird: command, wall (Vollbild), review oder directory.</translation>
    </message>
    <message>
        <source>There is no perspective &quot;%1&quot;; there are command, wall, review and directory.</source>
        <translation>Es gibt keine Perspektive „%1“; es gibt command, wall, review und directory.</translation>
    </message>
    <message>
        <source>Write HTML from standard input as pdf or odt to standard output, and do nothing else.</source>
        <translation>HTML von der Standardeingabe als pdf oder odt auf die Standardausgabe schreiben, und sonst nichts tun.</translation>
    </message>
    <message>
        <source>--render writes pdf or odt.</source>
        <translation>--render schreibt pdf oder odt.</translation>
    </message>
    <message>
        <source>There is no such measurement; see quarterdeckctl bench --list.</source>
        <translation>Diese Messung gibt es nicht; siehe quarterdeckctl bench --list.</translation>
    </message>
</context>
<context>
    <name>qd::app::ControlVerbs</name>
    <message>
        <source>The secret could not be handed on; nothing was done.</source>
        <translation>Das Geheimnis ließ sich nicht weitergeben; nichts wurde getan.</translation>
    </message>
    <message>
        <source>quarterdeckctl ended with code %1 and said nothing.</source>
        <translation>quarterdeckctl endete mit Code %1 und sagte nichts.</translation>
    </message>
    <message>
        <source>quarterdeckctl could not be started: %1</source>
        <translation>quarterdeckctl ließ sich nicht starten: %1</translation>
    </message>
</context>
<context>
    <name>qd::app::CoreProcess</name>
    <message>
        <source>The core&apos;s program is missing: %1. Build or install quarterdeckctl beside quarterdeck.</source>
        <translation>Das Programm des Kerns fehlt: %1. quarterdeckctl neben quarterdeck bauen oder installieren.</translation>
    </message>
    <message>
        <source>The core could not be started: %1</source>
        <translation>Der Kern konnte nicht gestartet werden: %1</translation>
    </message>
    <message>
        <source>The core was killed.</source>
        <translation>Der Kern wurde abgeschossen.</translation>
    </message>
    <message>
        <source>The core ended with code %1.</source>
        <translation>Der Kern endete mit Code %1.</translation>
    </message>
</context>
<context>
    <name>qd::app::PracticeHome</name>
    <message>
        <source>The practice home %1 cannot be made.</source>
        <translation>Das Übungs-Home %1 kann nicht angelegt werden.</translation>
    </message>
    <message>
        <source>The practice home cannot be made: %1 does not start.</source>
        <translation>Das Übungs-Home kann nicht angelegt werden: %1 startet nicht.</translation>
    </message>
</context>
<context>
    <name>qd::comms::Briefing</name>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
    <message>
        <source>nothing is recorded</source>
        <translation>nichts ist aufgezeichnet</translation>
    </message>
    <message>
        <source>1. Incident name</source>
        <translation>1. Name des Vorfalls</translation>
    </message>
    <message>
        <source>DRILL</source>
        <translation>ÜBUNG</translation>
    </message>
    <message>
        <source>2. Incident number</source>
        <translation>2. Nummer des Vorfalls</translation>
    </message>
    <message>
        <source>3. Date and time initiated</source>
        <translation>3. Datum und Zeit des Beginns</translation>
    </message>
    <message>
        <source>impact since %1</source>
        <translation>Auswirkung seit %1</translation>
    </message>
    <message>
        <source>declared %1</source>
        <translation>erklärt %1</translation>
    </message>
    <message>
        <source>%1: %2 alerts fire</source>
        <translation>%1: %2 Alarme aktiv</translation>
    </message>
    <message>
        <source>; needs %1</source>
        <translation>; braucht %1</translation>
    </message>
    <message>
        <source>4. Map: services in trouble</source>
        <translation>4. Karte: gestörte Dienste</translation>
    </message>
    <message>
        <source>%1 alerts belong to it; service %2</source>
        <translation>%1 Alarme gehören dazu; Dienst %2</translation>
    </message>
    <message>
        <source>Last update to %1, %2:</source>
        <translation>Letzte Mitteilung an %1, %2:</translation>
    </message>
    <message>
        <source>Refuted: %1</source>
        <translation>Widerlegt: %1</translation>
    </message>
    <message>
        <source>Confirmed: %1</source>
        <translation>Bestätigt: %1</translation>
    </message>
    <message>
        <source>Suspected: %1</source>
        <translation>Vermutet: %1</translation>
    </message>
    <message>
        <source>5. Situation summary</source>
        <translation>5. Lage</translation>
    </message>
    <message>
        <source>6. Prepared by</source>
        <translation>6. Erstellt von</translation>
    </message>
    <message>
        <source>, due %1</source>
        <translation>, fällig %1</translation>
    </message>
    <message>
        <source>update to %1 by %2</source>
        <translation>Mitteilung an %1 bis %2</translation>
    </message>
    <message>
        <source>7. Objectives: what is under way and owed</source>
        <translation>7. Ziele: was läuft und was versprochen ist</translation>
    </message>
    <message>
        <source>8. Actions, strategies and tactics</source>
        <translation>8. Maßnahmen, Strategie und Taktik</translation>
    </message>
    <message>
        <source>OPEN</source>
        <translation>OFFEN</translation>
    </message>
    <message>
        <source>9. Organisation</source>
        <translation>9. Organisation</translation>
    </message>
    <message>
        <source>answered by %1</source>
        <translation>beantwortet von %1</translation>
    </message>
    <message>
        <source>10. Resources: who was called, where to meet</source>
        <translation>10. Mittel: wer gerufen wurde, wo man sich trifft</translation>
    </message>
    <message>
        <source>INCIDENT BRIEFING · ICS-201</source>
        <translation>LAGEBERICHT · ICS-201</translation>
    </message>
    <message numerus="yes">
        <source>%n earlier not shown</source>
        <translation>
            <numerusform>%n früherer nicht gezeigt</numerusform>
            <numerusform>%n frühere nicht gezeigt</numerusform>
        </translation>
    </message>
    <message>
        <source>ACTIVITY LOG · ICS-214</source>
        <translation>TÄTIGKEITSPROTOKOLL · ICS-214</translation>
    </message>
    <message>
        <source>Last update to %1, %2, which reached nobody:</source>
        <translation>Letzte Mitteilung an %1, %2, die niemanden erreichte:</translation>
    </message>
</context>
<context>
    <name>qd::comms::ComponentDialog</name>
    <message>
        <source>What %1 is</source>
        <translation>Was %1 ist</translation>
    </message>
    <message>
        <source>Say so</source>
        <translation>So sagen</translation>
    </message>
    <message>
        <source>It is</source>
        <translation>Es ist</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>For us; the page never shows it.</source>
        <translation>Für uns; die Seite zeigt es nie.</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>a span from now such as 2h, or an instant; empty: until D in the list</source>
        <translation>eine Spanne ab jetzt wie 2h, oder ein Zeitpunkt; leer: bis D in der Liste</translation>
    </message>
    <message>
        <source>The page says so at once, whatever follows from incidents. D in the list lets it follow again.</source>
        <translation>Die Seite sagt es sofort, was auch aus Vorfällen folgt. D in der Liste lässt es wieder folgen.</translation>
    </message>
</context>
<context>
    <name>qd::comms::DraftPanel</name>
    <message>
        <source>template</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>About the draft</source>
        <translation>Zum Entwurf</translation>
    </message>
    <message>
        <source>not known yet: %1</source>
        <translation>noch nicht bekannt: %1</translation>
    </message>
    <message numerus="yes">
        <source>%Ln character(s)</source>
        <translation>
            <numerusform>%Ln Zeichen</numerusform>
            <numerusform>%Ln Zeichen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 %L2</source>
        <translation>%1 %L2</translation>
    </message>
    <message>
        <source>▲ over %1: %2</source>
        <translation>▲ über %1: %2</translation>
    </message>
    <message>
        <source>limit %1</source>
        <translation>Grenze %1</translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>und %Ln weiterer</numerusform>
            <numerusform>und %Ln weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>◇ %1: “%2” — %3</source>
        <translation>◇ %1: „%2“ — %3</translation>
    </message>
    <message>
        <source>New since the last one, %1:</source>
        <translation>Neu seit der letzten, %1:</translation>
    </message>
    <message>
        <source>Nothing is new since the last one, %1.</source>
        <translation>Nichts ist neu seit der letzten, %1.</translation>
    </message>
    <message>
        <source>long sentence</source>
        <translation>langer Satz</translation>
    </message>
    <message>
        <source>blame</source>
        <translation>Schuldzuweisung</translation>
    </message>
    <message>
        <source>somebody&apos;s fault</source>
        <translation>jemandes Fehler</translation>
    </message>
    <message>
        <source>what did not happen</source>
        <translation>was nicht geschah</translation>
    </message>
    <message>
        <source>jargon</source>
        <translation>Fachwort</translation>
    </message>
    <message>
        <source>internal name</source>
        <translation>interner Name</translation>
    </message>
    <message>
        <source>estimate</source>
        <translation>Schätzung</translation>
    </message>
</context>
<context>
    <name>qd::comms::MaintenanceDialog</name>
    <message>
        <source>Maintenance on status page %1</source>
        <translation>Wartung auf Statusseite %1</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>For us; the page never shows it.</source>
        <translation>Für uns; die Seite zeigt es nie.</translation>
    </message>
    <message>
        <source>Remove it and publish</source>
        <translation>Herausnehmen und veröffentlichen</translation>
    </message>
    <message>
        <source>Announce new work</source>
        <translation>Neue Arbeiten ankündigen</translation>
    </message>
    <message>
        <source>Change maintenance %1</source>
        <translation>Wartung %1 ändern</translation>
    </message>
    <message>
        <source>Cancel maintenance %1</source>
        <translation>Wartung %1 absagen</translation>
    </message>
    <message>
        <source>End maintenance %1 now</source>
        <translation>Wartung %1 jetzt beenden</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Title (%1)</source>
        <translation>Titel (%1)</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Text (%1)</source>
        <translation>Text (%1)</translation>
    </message>
    <message>
        <source>Components</source>
        <translation>Komponenten</translation>
    </message>
    <message>
        <source>Space takes one or leaves it.</source>
        <translation>Die Leertaste nimmt eine hinzu oder lässt sie weg.</translation>
    </message>
    <message>
        <source>Clocks</source>
        <translation>Uhren</translation>
    </message>
    <message>
        <source>The times below are typed by these.</source>
        <translation>Nach diesen werden die Zeiten darunter geschrieben.</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>such as 2026-11-29 22:00, 22:00 or Sun 22:00</source>
        <translation>etwa 2026-11-29 22:00, 22:00 oder So 22:00</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>the same, or a span such as 2h</source>
        <translation>ebenso, oder eine Dauer wie 2h</translation>
    </message>
    <message>
        <source>“%1” is no time; write 2026-11-29 22:00.</source>
        <translation>„%1“ ist keine Zeit; schreiben Sie 2026-11-29 22:00.</translation>
    </message>
    <message>
        <source>“%1” is no time; write 2026-11-29 23:00, or 1h.</source>
        <translation>„%1“ ist keine Zeit; schreiben Sie 2026-11-29 23:00 oder 1h.</translation>
    </message>
    <message>
        <source>It would end before it begins.</source>
        <translation>Sie würde enden, bevor sie beginnt.</translation>
    </message>
    <message>
        <source>It would be over already.</source>
        <translation>Sie wäre schon vorbei.</translation>
    </message>
    <message>
        <source>As it will stand there:
%1</source>
        <translation>So wird es dort stehen:
%1</translation>
    </message>
</context>
<context>
    <name>qd::comms::MessageBoard</name>
    <message>
        <source>draft</source>
        <translation>Entwurf</translation>
    </message>
    <message>
        <source>approved</source>
        <translation>freigegeben</translation>
    </message>
    <message>
        <source>released, held by its embargo</source>
        <translation>herausgegeben, durch Sperrfrist gehalten</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>gesendet</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>abgelaufen</translation>
    </message>
    <message>
        <source>withdrawn</source>
        <translation>zurückgezogen</translation>
    </message>
    <message>
        <source>Messages for outside</source>
        <translation>Mitteilungen nach außen</translation>
    </message>
    <message>
        <source>Message: write a new one</source>
        <translation>Mitteilung: eine neue schreiben</translation>
    </message>
    <message>
        <source>Message: write a further version</source>
        <translation>Mitteilung: eine weitere Fassung schreiben</translation>
    </message>
    <message>
        <source>Message: approve what is shown</source>
        <translation>Mitteilung: das Gezeigte freigeben</translation>
    </message>
    <message>
        <source>Approved.</source>
        <translation>Freigegeben.</translation>
    </message>
    <message>
        <source>Message: refuse it</source>
        <translation>Mitteilung: ablehnen</translation>
    </message>
    <message>
        <source>Released.</source>
        <translation>Herausgegeben.</translation>
    </message>
    <message>
        <source>Message: withdraw it</source>
        <translation>Mitteilung: zurückziehen</translation>
    </message>
    <message>
        <source>Message: release it without its approvals</source>
        <translation>Mitteilung: ohne Freigaben herausgeben</translation>
    </message>
    <message>
        <source>No incident is in focus.</source>
        <translation>Kein Vorfall ist im Blick.</translation>
    </message>
    <message>
        <source>%1 · %2 · to %3 · version %4 · %5</source>
        <translation>%1 · %2 · an %3 · Fassung %4 · %5</translation>
    </message>
    <message>
        <source>Nothing was drafted for outside yet; N writes a message.</source>
        <translation>Noch ist nichts für außen entworfen; N schreibt eine Mitteilung.</translation>
    </message>
    <message>
        <source>Nothing was drafted for outside yet; N writes a message, H releases the holding statement “%1”.</source>
        <translation>Noch ist nichts für außen entworfen; N schreibt eine Mitteilung, H gibt die vorbereitete Erklärung „%1“ heraus.</translation>
    </message>
    <message>
        <source>✓ %1 — %2, %3</source>
        <translation>✓ %1 — %2, %3</translation>
    </message>
    <message>
        <source>✗ %1 — refused by %2: %3</source>
        <translation>✗ %1 — abgelehnt von %2: %3</translation>
    </message>
    <message>
        <source>· %1 — after %2</source>
        <translation>· %1 — nach %2</translation>
    </message>
    <message>
        <source>▲ %1 — late since %2; deputies may answer: %3</source>
        <translation>▲ %1 — überfällig seit %2; Vertretung darf antworten: %3</translation>
    </message>
    <message>
        <source>○ %1 — asked of %2, by %3</source>
        <translation>○ %1 — erbeten von %2, bis %3</translation>
    </message>
    <message>
        <source>Goes to %1.</source>
        <translation>Geht an %1.</translation>
    </message>
    <message>
        <source>Not before %1.</source>
        <translation>Nicht vor %1.</translation>
    </message>
    <message>
        <source>True until %1.</source>
        <translation>Gültig bis %1.</translation>
    </message>
    <message>
        <source>Went out at %1, released by %2.</source>
        <translation>Ging um %1 hinaus, herausgegeben von %2.</translation>
    </message>
    <message>
        <source>▲ Released without %1: %2</source>
        <translation>▲ Herausgegeben ohne %1: %2</translation>
    </message>
    <message>
        <source>SHA-256 %1…</source>
        <translation>SHA-256 %1…</translation>
    </message>
    <message>
        <source>No holding statement of the workspace fits this incident.</source>
        <translation>Keine vorbereitete Erklärung des Arbeitsbereichs passt zu diesem Vorfall.</translation>
    </message>
    <message>
        <source>Message: release it…</source>
        <translation>Mitteilung: herausgeben …</translation>
    </message>
    <message>
        <source>Message: release the holding statement…</source>
        <translation>Mitteilung: die vorbereitete Erklärung herausgeben …</translation>
    </message>
    <message>
        <source>Message: copy as plain text</source>
        <translation>Mitteilung: als Text kopieren</translation>
    </message>
    <message>
        <source>Message: copy for Slack</source>
        <translation>Mitteilung: für Slack kopieren</translation>
    </message>
    <message>
        <source>Message: copy for Teams</source>
        <translation>Mitteilung: für Teams kopieren</translation>
    </message>
    <message>
        <source>Message: copy as mail</source>
        <translation>Mitteilung: als Mail kopieren</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>Kopiert.</translation>
    </message>
    <message>
        <source>Copied for %1.</source>
        <translation>Für %1 kopiert.</translation>
    </message>
    <message>
        <source>Every holding statement that fits this incident was released; what is to be said now is a message of its own.</source>
        <translation>Jede vorbereitete Erklärung, die zu diesem Vorfall passt, ist heraus; was jetzt zu sagen ist, ist eine eigene Mitteilung.</translation>
    </message>
    <message>
        <source> — yours to give</source>
        <translation> — Ihre</translation>
    </message>
    <message>
        <source>▲ Held back at %1, and not gone out: %2</source>
        <translation>▲ Zurückgehalten um %1 und nicht hinausgegangen: %2</translation>
    </message>
    <message>
        <source>It says %1.</source>
        <comment>how far it is, as MessageDialog has it</comment>
        <translation>Der Text sagt, %1.</translation>
    </message>
</context>
<context>
    <name>qd::comms::MessageDialog</name>
    <message>
        <source>A message for outside</source>
        <translation>Eine Mitteilung nach außen</translation>
    </message>
    <message>
        <source>A further version of message %1</source>
        <translation>Eine weitere Fassung von Mitteilung %1</translation>
    </message>
    <message>
        <source>Refuse message %1</source>
        <translation>Mitteilung %1 ablehnen</translation>
    </message>
    <message>
        <source>Withdraw message %1</source>
        <translation>Mitteilung %1 zurückziehen</translation>
    </message>
    <message>
        <source>Release message %1 without its approvals</source>
        <translation>Mitteilung %1 ohne Freigaben herausgeben</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>Entwerfen</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>Zurückziehen</translation>
    </message>
    <message>
        <source>Break the glass</source>
        <translation>Scheibe einschlagen</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Every approval is of one text: a further version is to be approved anew.</source>
        <translation>Jede Freigabe gilt einem Text: eine weitere Fassung ist neu freizugeben.</translation>
    </message>
    <message>
        <source>Audience</source>
        <translation>Empfängerkreis</translation>
    </message>
    <message>
        <source>Goes to</source>
        <translation>Geht an</translation>
    </message>
    <message>
        <source>Not before</source>
        <translation>Nicht vor</translation>
    </message>
    <message>
        <source>a span from now such as 2h, or an instant; none takes it away</source>
        <translation>eine Spanne ab jetzt wie 2h, oder ein Zeitpunkt; none nimmt sie weg</translation>
    </message>
    <message>
        <source>True until</source>
        <translation>Gültig bis</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>Was falsch ist</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>Tell</source>
        <translation>Sagen an</translation>
    </message>
    <message>
        <source>and</source>
        <translation>und</translation>
    </message>
    <message>
        <source>Two others are told at once, and an alarm says so until the approvals are given.</source>
        <translation>Zwei andere erfahren es sofort, und ein Alarm sagt es, bis die Freigaben gegeben sind.</translation>
    </message>
    <message>
        <source>Release message %1</source>
        <translation>Mitteilung %1 herausgeben</translation>
    </message>
    <message>
        <source>Release the holding statement</source>
        <translation>Die vorbereitete Erklärung herausgeben</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>Herausgeben</translation>
    </message>
    <message>
        <source>“%1” goes to: %2. What is outside is not taken back.</source>
        <translation>„%1“ geht an: %2. Was draußen ist, wird nicht zurückgenommen.</translation>
    </message>
    <message>
        <source>Which</source>
        <translation>Welche</translation>
    </message>
    <message>
        <source>Remove it and draft</source>
        <translation>Herausnehmen und entwerfen</translation>
    </message>
    <message>
        <source>Its name</source>
        <translation>Ihr Name</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>id and title of a holding statement</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>It says</source>
        <translation>Sie sagt</translation>
    </message>
    <message>
        <source>“%1” goes out as the workspace has it, to: %2. What is outside is not taken back.</source>
        <translation>„%1“ geht hinaus, wie sie im Arbeitsbereich steht, an: %2. Was draußen ist, holt niemand zurück.</translation>
    </message>
    <message>
        <source>Approve message %1</source>
        <translation>Mitteilung %1 freigeben</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>Freigeben</translation>
    </message>
    <message>
        <source>Which check</source>
        <translation>Welche Prüfung</translation>
    </message>
    <message>
        <source>More than one is yours: each is answered for itself.</source>
        <translation>Mehr als eine ist Ihre: jede wird für sich beantwortet.</translation>
    </message>
    <message>
        <source>Title (%1)</source>
        <translation>Titel (%1)</translation>
    </message>
    <message>
        <source>Text (%1)</source>
        <translation>Text (%1)</translation>
    </message>
    <message>
        <source>rooms, room:CONNECTION/ROOM, page:ID, mail:ID, webhook:NAME, with commas between</source>
        <translation>rooms, room:VERBINDUNG/RAUM, page:ID, mail:ID, webhook:NAME, mit Kommas dazwischen</translation>
    </message>
    <message>
        <source>A page is at that phase then. Under an embargo, what says less than resolved is held back once it is.</source>
        <translation>Eine Statusseite steht dann auf dieser Phase. Unter Sperrfrist wird zurückgehalten, was weniger als „behoben“ sagt, sobald es so weit ist.</translation>
    </message>
    <message>
        <source>that we look for what is wrong</source>
        <translation>dass wir suchen, was nicht stimmt</translation>
    </message>
    <message>
        <source>that what is wrong is known</source>
        <translation>dass bekannt ist, was nicht stimmt</translation>
    </message>
    <message>
        <source>that it should work, and we watch</source>
        <translation>dass es gehen sollte und wir es beobachten</translation>
    </message>
    <message>
        <source>that it is resolved</source>
        <translation>dass es behoben ist</translation>
    </message>
    <message>
        <source>nothing of how far it is</source>
        <translation>nichts darüber, wie weit es ist</translation>
    </message>
    <message>
        <source>How far</source>
        <translation>Wie weit</translation>
    </message>
</context>
<context>
    <name>qd::comms::Page</name>
    <message>
        <source>○ operational</source>
        <translation>○ in Betrieb</translation>
    </message>
    <message>
        <source>◇ degraded</source>
        <translation>◇ beeinträchtigt</translation>
    </message>
    <message>
        <source>△ partial outage</source>
        <translation>△ Teilausfall</translation>
    </message>
    <message>
        <source>▲ major outage</source>
        <translation>▲ Ausfall</translation>
    </message>
    <message>
        <source>□ under maintenance</source>
        <translation>□ in Wartung</translation>
    </message>
    <message>
        <source>said by %1 until %2: %3</source>
        <translation>gesagt von %1 bis %2: %3</translation>
    </message>
    <message>
        <source>said by %1: %2</source>
        <translation>gesagt von %1: %2</translation>
    </message>
    <message>
        <source>follows: %1</source>
        <translation>folgt: %1</translation>
    </message>
    <message>
        <source>follows from incidents</source>
        <translation>folgt aus Vorfällen</translation>
    </message>
    <message>
        <source>▲ DRIFTS</source>
        <translation>▲ WEICHT AB</translation>
    </message>
    <message>
        <source>%1 since %2 (%3)</source>
        <translation>%1 seit %2 (%3)</translation>
    </message>
    <message>
        <source>▲ DRIFT: the page is green and the map is red: %1</source>
        <translation>▲ ABWEICHUNG: Die Seite ist grün und die Karte ist rot: %1</translation>
    </message>
    <message>
        <source>✗ %1: no such connection</source>
        <translation>✗ %1: keine solche Verbindung</translation>
    </message>
    <message>
        <source>✗ %1: only observes, nothing is pushed; Ctrl+Shift+A arms it</source>
        <translation>✗ %1: beobachtet nur, nichts wird hingeschoben; Strg+Umschalt+A schärft sie</translation>
    </message>
    <message>
        <source>✗ %1 failed: %2</source>
        <translation>✗ %1 gescheitert: %2</translation>
    </message>
    <message>
        <source>▲ %1 is stale, read back last at %2. %3</source>
        <translation>▲ %1 ist veraltet, zuletzt zurückgelesen um %2. %3</translation>
    </message>
    <message>
        <source>· %1: not pushed yet</source>
        <translation>· %1: noch nicht hingeschoben</translation>
    </message>
    <message>
        <source>✓ %1 fresh: read back as pushed</source>
        <translation>✓ %1 frisch: zurückgelesen wie hingeschoben</translation>
    </message>
    <message>
        <source>Nothing is announced; P says something.</source>
        <translation>Nichts ist gemeldet; P sagt etwas.</translation>
    </message>
    <message>
        <source>Notice %1: %2</source>
        <translation>Meldung %1: %2</translation>
    </message>
    <message>
        <source>last word %1 by %2</source>
        <translation>letztes Wort %1 von %2</translation>
    </message>
    <message>
        <source>▲ next word was due at %1</source>
        <translation>▲ das nächste Wort war um %1 fällig</translation>
    </message>
    <message>
        <source>next word by %1</source>
        <translation>nächstes Wort bis %1</translation>
    </message>
    <message>
        <source>□ Maintenance %1 under way: %2 · until %3</source>
        <translation>□ Wartung %1 läuft: %2 · bis %3</translation>
    </message>
    <message>
        <source>□ Maintenance %1: %2 · %3 – %4</source>
        <translation>□ Wartung %1: %2 · %3 – %4</translation>
    </message>
    <message>
        <source>▲ without %1: %2</source>
        <translation>▲ ohne %1: %2</translation>
    </message>
    <message>
        <source>▲ what it says expired or was withdrawn at %1; say what is true now</source>
        <translation>▲ was sie sagt, ist seit %1 abgelaufen oder zurückgezogen; sagen, was jetzt gilt</translation>
    </message>
</context>
<context>
    <name>qd::comms::PageBoard</name>
    <message>
        <source>Status page</source>
        <translation>Statusseite</translation>
    </message>
    <message>
        <source>Components of the status page</source>
        <translation>Komponenten der Statusseite</translation>
    </message>
    <message>
        <source>Status page: say something…</source>
        <translation>Statusseite: etwas sagen…</translation>
    </message>
    <message>
        <source>Status page: say what the component is…</source>
        <translation>Statusseite: sagen, was die Komponente ist…</translation>
    </message>
    <message>
        <source>Status page: the component follows from incidents again</source>
        <translation>Statusseite: Die Komponente folgt wieder aus Vorfällen</translation>
    </message>
    <message>
        <source>Status page: the page before</source>
        <translation>Statusseite: die Seite davor</translation>
    </message>
    <message>
        <source>Status page: the next page</source>
        <translation>Statusseite: die nächste Seite</translation>
    </message>
    <message>
        <source>The workspace has no status page; [[page]] in a file of it makes one.</source>
        <translation>Der Arbeitsbereich hat keine Statusseite; [[page]] in einer seiner Dateien macht eine.</translation>
    </message>
    <message>
        <source>page %1 of %2</source>
        <translation>Seite %1 von %2</translation>
    </message>
    <message>
        <source>✓ live: this core serves it at /status/%1</source>
        <translation>✓ live: Dieser Kern zeigt sie unter /status/%1</translation>
    </message>
    <message>
        <source>✗ It is published nowhere: publish = […] or live = true in its [[page]].</source>
        <translation>✗ Sie ist nirgends veröffentlicht: publish = […] oder live = true in ihrer [[page]].</translation>
    </message>
    <message>
        <source>Published; the lines above say how far it got.</source>
        <translation>Veröffentlicht; die Zeilen darüber sagen, wie weit es kam.</translation>
    </message>
    <message>
        <source>The page says so.</source>
        <translation>Die Seite sagt es so.</translation>
    </message>
    <message>
        <source>It follows from incidents again.</source>
        <translation>Es folgt wieder aus Vorfällen.</translation>
    </message>
    <message>
        <source>Status page: plan, change or end maintenance…</source>
        <translation>Statusseite: Wartung planen, ändern oder beenden…</translation>
    </message>
</context>
<context>
    <name>qd::comms::PostDialog</name>
    <message>
        <source>Investigating: we look for what is wrong</source>
        <translation>Wird untersucht: Wir suchen, was nicht stimmt</translation>
    </message>
    <message>
        <source>Identified: what is wrong is known</source>
        <translation>Ursache gefunden: Was nicht stimmt, ist bekannt</translation>
    </message>
    <message>
        <source>Monitoring: it should work, we watch</source>
        <translation>Wird beobachtet: Es sollte gehen, wir sehen zu</translation>
    </message>
    <message>
        <source>Resolved: it is over</source>
        <translation>Behoben: Es ist vorbei</translation>
    </message>
    <message>
        <source>Say on status page %1</source>
        <translation>Auf Statusseite %1 sagen</translation>
    </message>
    <message>
        <source>Notice %1: %2</source>
        <translation>Meldung %1: %2</translation>
    </message>
    <message>
        <source>A new notice</source>
        <translation>Eine neue Meldung</translation>
    </message>
    <message>
        <source>Goes on</source>
        <translation>Führt fort</translation>
    </message>
    <message>
        <source>Phase</source>
        <translation>Phase</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Next word in</source>
        <translation>Nächstes Wort in</translation>
    </message>
    <message>
        <source>New since</source>
        <translation>Neu seitdem</translation>
    </message>
    <message>
        <source>Remove it and publish</source>
        <translation>Herausnehmen und veröffentlichen</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Text (%1)</source>
        <translation>Text (%1)</translation>
    </message>
    <message>
        <source>not said (now %1)</source>
        <translation>nicht gesagt (jetzt %1)</translation>
    </message>
    <message>
        <source>%1 is</source>
        <translation>%1 ist</translation>
    </message>
    <message>
        <source>Components</source>
        <translation>Komponenten</translation>
    </message>
    <message>
        <source>As it will stand there:
%1</source>
        <translation>So wird es dort stehen:
%1</translation>
    </message>
    <message>
        <source>“%1” is no time; write 20m or 1h.</source>
        <translation>„%1“ ist keine Zeit; 20m oder 1h schreiben.</translation>
    </message>
</context>
<context>
    <name>qd::comms::PostedDialog</name>
    <message>
        <source>Update %1 is posted by hand</source>
        <translation>Mitteilung %1 ist von Hand veröffentlicht</translation>
    </message>
    <message>
        <source>Record it</source>
        <translation>Festhalten</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>Slack, Teams, mail, telephone: where its audience has read or heard it.</source>
        <translation>Slack, Teams, Mail, Telefon: wo ihre Adressaten sie gelesen oder gehört haben.</translation>
    </message>
</context>
<context>
    <name>qd::comms::PublicDialog</name>
    <message>
        <source>Publish</source>
        <translation>Veröffentlichen</translation>
    </message>
    <message>
        <source>It cannot wait: publish it without its checks</source>
        <translation>Es kann nicht warten: ohne Prüfungen veröffentlichen</translation>
    </message>
    <message>
        <source>What the public reads has to pass: %1. A draft is of an incident, and none is in focus: declare one (planned work: of kind maintenance) to have it checked.</source>
        <translation>Was die Öffentlichkeit liest, muss diese Prüfungen bestehen: %1. Ein Entwurf gehört zu einem Vorfall, und keiner ist im Blick: Einer wird gemeldet (geplante Arbeiten: von der Art maintenance), damit es geprüft wird.</translation>
    </message>
    <message>
        <source>What the public reads has to pass: %1. It is drafted as a message of %2 and goes out once it passed; phase and components alone need no check.</source>
        <translation>Was die Öffentlichkeit liest, muss diese Prüfungen bestehen: %1. Es wird als Mitteilung von %2 entworfen und geht hinaus, sobald es sie bestanden hat; Phase und Komponenten allein brauchen keine Prüfung.</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>Prüfungen</translation>
    </message>
    <message>
        <source>Why it cannot wait</source>
        <translation>Warum es nicht warten kann</translation>
    </message>
    <message>
        <source>For us; the page never shows it.</source>
        <translation>Für uns; die Seite zeigt es nie.</translation>
    </message>
    <message>
        <source>Tell</source>
        <translation>Sagen an</translation>
    </message>
    <message>
        <source>and</source>
        <translation>und</translation>
    </message>
    <message>
        <source>Two others are told at once, and an alarm says so until the same words pass their checks. Left empty: those who check.</source>
        <translation>Zwei andere erfahren es sofort, und ein Alarm sagt es, bis dieselben Worte ihre Prüfungen bestehen. Leer gelassen: die, die prüfen.</translation>
    </message>
    <message>
        <source>To publish</source>
        <translation>Zum Veröffentlichen</translation>
    </message>
    <message>
        <source>Draft for approval</source>
        <translation>Zur Freigabe entwerfen</translation>
    </message>
    <message>
        <source>Break the glass</source>
        <translation>Scheibe einschlagen</translation>
    </message>
    <message>
        <source>Drafted as a message of %1, and its checks are asked; Ctrl+Shift+O shows how far they are.</source>
        <translation>Als Mitteilung von %1 entworfen, und ihre Prüfungen sind erbeten; Strg+Umschalt+O zeigt, wie weit sie sind.</translation>
    </message>
    <message>
        <source>Preview the page (F4)</source>
        <translation>Seite ansehen (F4)</translation>
    </message>
    <message>
        <source>As the page will read:
%1</source>
        <translation>So wird die Seite lauten:
%1</translation>
    </message>
    <message>
        <source>As it will be served, for a browser: %1</source>
        <translation>So, wie sie ausgeliefert wird, für einen Browser: %1</translation>
    </message>
    <message>
        <source>%1 could not be written: %2</source>
        <translation>%1 konnte nicht geschrieben werden: %2</translation>
    </message>
</context>
<context>
    <name>qd::comms::RedlineView</name>
    <message>
        <source>What is new</source>
        <translation>Was neu ist</translation>
    </message>
</context>
<context>
    <name>qd::comms::SentUpdates</name>
    <message>
        <source>queued</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>gesendet</translation>
    </message>
    <message>
        <source>arrived</source>
        <translation>angekommen</translation>
    </message>
    <message>
        <source>arrival unknown</source>
        <translation>Ankunft unbekannt</translation>
    </message>
    <message>
        <source>NOT DELIVERED</source>
        <translation>NICHT ZUGESTELLT</translation>
    </message>
    <message>
        <source>recorded only</source>
        <translation>nur aufgezeichnet</translation>
    </message>
    <message>
        <source>Sent updates</source>
        <translation>Gesendete Mitteilungen</translation>
    </message>
    <message>
        <source>No update sent yet; C writes one.</source>
        <translation>Noch keine Mitteilung gesendet; C schreibt eine.</translation>
    </message>
    <message>
        <source>by hand: %1</source>
        <translation>von Hand: %1</translation>
    </message>
    <message>
        <source>NOBODY WAS TOLD</source>
        <translation>NIEMAND ERFUHR ES</translation>
    </message>
    <message>
        <source>Copy as</source>
        <translation>Kopieren als</translation>
    </message>
    <message>
        <source>Copy update %1 to %2</source>
        <translation>Mitteilung %1 an %2 kopieren</translation>
    </message>
    <message>
        <source>Copy for Slack</source>
        <translation>Für Slack kopieren</translation>
    </message>
    <message>
        <source>Copy for Teams</source>
        <translation>Für Teams kopieren</translation>
    </message>
    <message>
        <source>Copy as mail</source>
        <translation>Als Mail kopieren</translation>
    </message>
    <message>
        <source>Copy as plain text</source>
        <translation>Als Text kopieren</translation>
    </message>
    <message>
        <source>It is posted by hand…</source>
        <translation>Sie ist von Hand veröffentlicht …</translation>
    </message>
    <message>
        <source>%1, said in %2 instead</source>
        <translation>%1, stattdessen in %2 gesagt</translation>
    </message>
</context>
<context>
    <name>qd::comms::UpdateComposer</name>
    <message>
        <source>UPDATE</source>
        <translation>MITTEILUNG</translation>
    </message>
    <message>
        <source>Update</source>
        <translation>Mitteilung</translation>
    </message>
    <message>
        <source>compose</source>
        <translation>verfassen</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>20m; empty promises nothing</source>
        <translation>20m; leer verspricht nichts</translation>
    </message>
    <message>
        <source>Next update in; makes a promise to this audience</source>
        <translation>Nächste Mitteilung in; ist ein Versprechen an diesen Kreis</translation>
    </message>
    <message>
        <source>next update in</source>
        <translation>nächste Mitteilung in</translation>
    </message>
    <message>
        <source>OBSERVE: recorded here, posted nowhere until a connection is armed.</source>
        <translation>BEOBACHTEN: hier aufgezeichnet, nirgends veröffentlicht, bis eine Verbindung scharf ist.</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Send the update</source>
        <translation>Mitteilung senden</translation>
    </message>
    <message>
        <source>Update: send</source>
        <translation>Mitteilung: senden</translation>
    </message>
    <message>
        <source>Update: copy as plain text</source>
        <translation>Mitteilung: als Text kopieren</translation>
    </message>
    <message>
        <source>Update: close the form, keep the draft</source>
        <translation>Mitteilung: Formular schließen, Entwurf behalten</translation>
    </message>
    <message>
        <source>Update: compose</source>
        <translation>Mitteilung: verfassen</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>no incident</source>
        <translation>kein Vorfall</translation>
    </message>
    <message>
        <source>no template in the workspace</source>
        <translation>keine Vorlage im Arbeitsbereich</translation>
    </message>
    <message>
        <source>%1 *</source>
        <translation>%1 *</translation>
    </message>
    <message>
        <source>%1, required: %2</source>
        <translation>%1, nötig: %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>“%1” is no time; write 20m or 1h.</source>
        <translation>„%1“ ist keine Zeit; 20m oder 1h schreiben.</translation>
    </message>
    <message>
        <source>Still needed: %1</source>
        <translation>Es fehlt noch: %1</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>Kopiert.</translation>
    </message>
    <message>
        <source>“%1” is required: %2.</source>
        <translation>„%1“ ist nötig: %2.</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>Wird gesendet …</translation>
    </message>
    <message>
        <source>next update</source>
        <translation>nächste Mitteilung</translation>
    </message>
    <message>
        <source>The core refused without a reason.</source>
        <translation>Der Kern lehnte ohne Grund ab.</translation>
    </message>
    <message>
        <source>▲ due %1, late</source>
        <translation>▲ fällig %1, überfällig</translation>
    </message>
    <message>
        <source>due %1, in %2</source>
        <translation>fällig %1, in %2</translation>
    </message>
    <message>
        <source>This is the first update of this template here.</source>
        <translation>Das ist hier die erste Mitteilung nach dieser Vorlage.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln field(s) as in the last one, %1. Change what is new.</source>
        <translation>
            <numerusform>%Ln Feld wie in der letzten, %1. Ändern Sie, was neu ist.</numerusform>
            <numerusform>%Ln Felder wie in der letzten, %1. Ändern Sie, was neu ist.</numerusform>
        </translation>
    </message>
    <message>
        <source>Copied for %1. When it is posted there, Alt+Shift+P records that.</source>
        <translation>Für %1 kopiert. Wenn es dort steht, hält Alt+Umschalt+P das fest.</translation>
    </message>
    <message>
        <source>First copy it, and post it where it is to be read.</source>
        <translation>Erst kopieren und dort einstellen, wo es gelesen werden soll.</translation>
    </message>
    <message>
        <source>Copy as</source>
        <translation>Kopieren als</translation>
    </message>
    <message>
        <source>Update: go on from the last one</source>
        <translation>Mitteilung: an die letzte anknüpfen</translation>
    </message>
    <message>
        <source>Update: copy for Slack</source>
        <translation>Mitteilung: für Slack kopieren</translation>
    </message>
    <message>
        <source>Update: copy for Teams</source>
        <translation>Mitteilung: für Teams kopieren</translation>
    </message>
    <message>
        <source>Update: copy as mail</source>
        <translation>Mitteilung: als Mail kopieren</translation>
    </message>
    <message>
        <source>Update: it is posted by hand</source>
        <translation>Mitteilung: sie ist von Hand eingestellt</translation>
    </message>
    <message>
        <source>A question mark alone says that it is not known yet.</source>
        <translation>Ein Fragezeichen allein sagt, dass es noch nicht bekannt ist.</translation>
    </message>
    <message>
        <source>Remove it and send. %1</source>
        <translation>Herausnehmen und senden. %1</translation>
    </message>
    <message>
        <source>Nothing marked was refused; Ctrl+Return sends.</source>
        <translation>Nichts Markiertes wurde abgelehnt; Strg+Eingabe sendet.</translation>
    </message>
    <message>
        <source>Remove it and send</source>
        <translation>Herausnehmen und senden</translation>
    </message>
    <message>
        <source>What is marked above its readers&apos; clearance is taken out; that it was is recorded.</source>
        <translation>Was über der Freigabe seiner Leser markiert ist, wird herausgenommen; dass es so war, wird aufgezeichnet.</translation>
    </message>
    <message>
        <source>The update has [[ or ]] without its other half, so that nobody can tell where marked words begin and end. Nothing was copied; write both, or neither.</source>
        <translation>Die Mitteilung hat [[ oder ]] ohne die andere Hälfte, sodass niemand weiß, wo markierte Worte beginnen und enden. Nichts wurde kopiert; schreiben Sie beide oder keine.</translation>
    </message>
    <message>
        <source>Update: remove what is marked, and send or copy</source>
        <translation>Mitteilung: Markiertes herausnehmen und senden oder kopieren</translation>
    </message>
    <message>
        <source>Remove it and copy</source>
        <translation>Herausnehmen und kopieren</translation>
    </message>
    <message>
        <source>Remove it and copy. %1</source>
        <translation>Herausnehmen und kopieren. %1</translation>
    </message>
    <message>
        <source>What is marked above its readers&apos; clearance is not in it.</source>
        <translation>Was über der Freigabe der Leser markiert ist, ist nicht darin.</translation>
    </message>
    <message>
        <source>Goes to: %1</source>
        <translation>Geht an: %1</translation>
    </message>
    <message>
        <source>▲ Reaches nobody: %1. It is recorded and still owed; Copy as, and say where it was put.</source>
        <translation>▲ Erreicht niemanden: %1. Sie wird aufgezeichnet und bleibt geschuldet; mit „Kopieren als“ von Hand veröffentlichen und sagen, wo.</translation>
    </message>
    <message>
        <source>No update was sent yet; C writes one.</source>
        <translation>Noch keine Mitteilung gesendet; C schreibt eine.</translation>
    </message>
    <message>
        <source>Update %1 is copied. When it is posted, “It is posted by hand” (Alt+Shift+P) records where.</source>
        <translation>Mitteilung %1 ist kopiert. Wenn sie veröffentlicht ist, hält „Sie ist von Hand veröffentlicht“ (Alt+Umschalt+P) fest, wo.</translation>
    </message>
    <message>
        <source>Update %1 reached nobody; it is recorded, and still owed. Copy it with “Copy as”, post it, and Alt+Shift+P records where. Esc leaves it as it is.</source>
        <translation>Mitteilung %1 erreichte niemanden; sie ist aufgezeichnet und bleibt geschuldet. Mit „Kopieren als“ kopieren, veröffentlichen, und Alt+Umschalt+P hält fest, wo. Esc lässt es, wie es ist.</translation>
    </message>
    <message>
        <source>20m; empty: %1</source>
        <translation>20m; leer: %1</translation>
    </message>
</context>
<context>
    <name>qd::directory</name>
    <message>
        <source>nobody</source>
        <translation>niemand</translation>
    </message>
    <message>
        <source>fresh</source>
        <translation>frisch</translation>
    </message>
    <message>
        <source>late</source>
        <translation>spät</translation>
    </message>
    <message>
        <source>silent</source>
        <translation>stumm</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>gescheitert</translation>
    </message>
    <message>
        <source>awaiting</source>
        <translation>noch nichts</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Besitzer</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>Richtlinie</translation>
    </message>
    <message>
        <source>Paging</source>
        <translation>Rufe</translation>
    </message>
    <message>
        <source>On call now</source>
        <translation>Jetzt in Bereitschaft</translation>
    </message>
    <message>
        <source>Firing</source>
        <translation>Feuert</translation>
    </message>
    <message>
        <source>own: calls people</source>
        <translation>own: ruft Menschen</translation>
    </message>
    <message>
        <source>observe: calls nobody</source>
        <translation>observe: ruft niemanden</translation>
    </message>
    <message>
        <source>%1 belongs to %2. Its alerts: %3. By %4 it would be %5 now.</source>
        <translation>%1 gehört %2. Alarme: %3. Nach %4 wäre es jetzt %5.</translation>
    </message>
    <message>
        <source>no policy of its own</source>
        <translation>keiner eigenen Richtlinie</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Ebenen</translation>
    </message>
    <message>
        <source>Zone</source>
        <translation>Zone</translation>
    </message>
    <message>
        <source>in %1</source>
        <translation>in %1</translation>
    </message>
    <message>
        <source>%1: %2 until %3.</source>
        <translation>%1: %2 bis %3.</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Stufen</translation>
    </message>
    <message>
        <source>First called now</source>
        <translation>Jetzt zuerst gerufen</translation>
    </message>
    <message>
        <source>Teams</source>
        <translation>Teams</translation>
    </message>
    <message>
        <source>%1: %2.</source>
        <translation>%1: %2.</translation>
    </message>
    <message numerus="yes">
        <source>Starts over %n time(s).</source>
        <translation>
            <numerusform>Beginnt einmal von vorn.</numerusform>
            <numerusform>Beginnt %n-mal von vorn.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stops when %n people have answered.</source>
        <translation>
            <numerusform>Endet, wenn eine Person geantwortet hat.</numerusform>
            <numerusform>Endet, wenn %n Personen geantwortet haben.</numerusform>
        </translation>
    </message>
    <message>
        <source>Template</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>Audience</source>
        <translation>Publikum</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>Felder</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Last heard</source>
        <translation>Zuletzt gehört</translation>
    </message>
    <message>
        <source>May write</source>
        <translation>Darf schreiben</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>%1 (%2): %3, last heard %4 ago; it may write: %5.</source>
        <translation>%1 (%2): %3, zuletzt gehört vor %4; darf schreiben: %5.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln condition(s) wait there and are no alerts.</source>
        <translation>
            <numerusform>Ein Zustand wartet dort und ist kein Alarm.</numerusform>
            <numerusform>%Ln Zustände warten dort und sind keine Alarme.</numerusform>
        </translation>
    </message>
    <message>
        <source>Services</source>
        <translation>Dienste</translation>
    </message>
    <message>
        <source>Schedules</source>
        <translation>Pläne</translation>
    </message>
    <message>
        <source>Policies</source>
        <translation>Richtlinien</translation>
    </message>
    <message>
        <source>Templates</source>
        <translation>Vorlagen</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>No service is written in the workspace; [[service]] in a file of it makes one.</source>
        <translation>Im Arbeitsbereich steht kein Dienst; [[service]] in einer seiner Dateien macht einen.</translation>
    </message>
    <message>
        <source>There are no schedules; [[schedule]] makes one.</source>
        <translation>Es gibt keine Pläne; [[schedule]] macht einen.</translation>
    </message>
    <message>
        <source>There are no policies; [[policy]] makes one.</source>
        <translation>Es gibt keine Richtlinien; [[policy]] macht eine.</translation>
    </message>
    <message>
        <source>There are no templates; [[template]] makes one.</source>
        <translation>Es gibt keine Vorlagen; [[template]] macht eine.</translation>
    </message>
    <message>
        <source>Nothing is connected; Ctrl+Alt+N connects a source, or quarterdeckctl connect.</source>
        <translation>Nichts ist verbunden; Strg+Alt+N verbindet eine Quelle, oder quarterdeckctl connect.</translation>
    </message>
</context>
<context>
    <name>qd::directory::DirectoryView</name>
    <message>
        <source>DIRECTORY</source>
        <translation>VERZEICHNIS</translation>
    </message>
    <message>
        <source>Directory</source>
        <translation>Verzeichnis</translation>
    </message>
    <message>
        <source>filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Filter the directory</source>
        <translation>Das Verzeichnis filtern</translation>
    </message>
    <message>
        <source>list</source>
        <translation>Liste</translation>
    </message>
    <message>
        <source>who is called, plan, arming</source>
        <translation>wer gerufen wird, Plan, Freigaben</translation>
    </message>
    <message>
        <source>Directory: open what is chosen</source>
        <translation>Verzeichnis: das Gewählte öffnen</translation>
    </message>
    <message>
        <source>Directory: filter</source>
        <translation>Verzeichnis: filtern</translation>
    </message>
    <message>
        <source>Directory: next list</source>
        <translation>Verzeichnis: nächste Liste</translation>
    </message>
    <message>
        <source>Directory: list before</source>
        <translation>Verzeichnis: vorige Liste</translation>
    </message>
    <message>
        <source>Nothing holds these words</source>
        <translation>Nichts enthält diese Wörter</translation>
    </message>
    <message>
        <source>Empty</source>
        <translation>Leer</translation>
    </message>
    <message>
        <source>Escape shows everything again.</source>
        <translation>Escape zeigt wieder alles.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln hidden by the filter</source>
        <translation>
            <numerusform>Einer vom Filter verborgen</numerusform>
            <numerusform>%Ln vom Filter verborgen</numerusform>
        </translation>
    </message>
    <message>
        <source>on call as of %1</source>
        <translation>Bereitschaft von %1</translation>
    </message>
</context>
<context>
    <name>qd::escalation::AcceptAllDialog</name>
    <message>
        <source>Command is offered to you</source>
        <translation>Ihnen wird die Führung angeboten</translation>
    </message>
    <message>
        <source>Accept all of them</source>
        <translation>Alle annehmen</translation>
    </message>
    <message>
        <source>in your own words: what is wrong, what is under way, what to watch</source>
        <translation>in eigenen Worten: was ist kaputt, was läuft, worauf achten</translation>
    </message>
    <message>
        <source>%1 by %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1 by %2: %3</source>
        <translation>%1 von %2: %3</translation>
    </message>
    <message>
        <source>Recorded</source>
        <translation>Aufgezeichnet</translation>
    </message>
    <message>
        <source>Read back</source>
        <translation>Wiederholung</translation>
    </message>
    <message>
        <source>You command all of them when this is sent; everybody is told. To decline one, look at it and press Ctrl+Shift+H.</source>
        <translation>Sie führen alle, sobald das abgeschickt ist; alle erfahren es. Wer einen ablehnen will, sieht ihn an und drückt Strg+Umschalt+H.</translation>
    </message>
</context>
<context>
    <name>qd::escalation::AcceptDialog</name>
    <message>
        <source>%1 offers you command</source>
        <translation>%1 bietet Ihnen die Führung an</translation>
    </message>
    <message>
        <source>Accept command</source>
        <translation>Führung annehmen</translation>
    </message>
    <message>
        <source>in your own words: what is wrong, what is under way, what to watch</source>
        <translation>in eigenen Worten: was ist kaputt, was läuft, worauf achten</translation>
    </message>
    <message>
        <source>Recorded</source>
        <translation>Aufgezeichnet</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Zusammenfassung</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>Achten auf</translation>
    </message>
    <message>
        <source>Read back</source>
        <translation>Wiederholung</translation>
    </message>
    <message>
        <source>You are Incident Commander when this is sent; everybody is told.</source>
        <translation>Mit dem Absenden führen Sie den Vorfall; alle erfahren es.</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>Ablehnen</translation>
    </message>
</context>
<context>
    <name>qd::escalation::AnswerShiftDialog</name>
    <message>
        <source>%1 offers you the shift</source>
        <translation>%1 bietet Ihnen die Schicht an</translation>
    </message>
    <message>
        <source>The shift is offered to %1</source>
        <translation>Die Schicht ist %1 angeboten</translation>
    </message>
    <message>
        <source>Accept the shift</source>
        <translation>Schicht annehmen</translation>
    </message>
    <message>
        <source>Take the offer back</source>
        <translation>Angebot zurücknehmen</translation>
    </message>
    <message>
        <source>in your own words: what stands, what expires, what to watch</source>
        <translation>in eigenen Worten: was steht, was abläuft, was zu beobachten ist</translation>
    </message>
    <message>
        <source>one sentence, if there is time</source>
        <translation>ein Satz, wenn Zeit ist</translation>
    </message>
    <message>
        <source>Recorded</source>
        <translation>Aufgezeichnet</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Zusammenfassung</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>Achten auf</translation>
    </message>
    <message>
        <source>Read back</source>
        <translation>Wiederholung</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>The shift is yours when this is sent.</source>
        <translation>Die Schicht gehört Ihnen, wenn das gesendet ist.</translation>
    </message>
    <message>
        <source>They have not read back yet.</source>
        <translation>Es wurde noch nicht zurückgelesen.</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>Ablehnen</translation>
    </message>
</context>
<context>
    <name>qd::escalation::CallPlan</name>
    <message>
        <source>%1, round %2</source>
        <translation>%1, Runde %2</translation>
    </message>
    <message>
        <source>catch-all</source>
        <translation>Auffangregel</translation>
    </message>
    <message>
        <source>not a person</source>
        <translation>keine Person</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>niemand</translation>
    </message>
    <message>
        <source>this step reaches nobody</source>
        <translation>diese Stufe erreicht niemanden</translation>
    </message>
    <message>
        <source>passed over</source>
        <translation>übergangen</translation>
    </message>
    <message>
        <source>end</source>
        <translation>Ende</translation>
    </message>
    <message>
        <source>nobody is left to call</source>
        <translation>es ist niemand mehr anzurufen</translation>
    </message>
    <message>
        <source>nobody can be called at all</source>
        <translation>es kann überhaupt niemand angerufen werden</translation>
    </message>
    <message>
        <source>▲ gap</source>
        <translation>▲ Lücke</translation>
    </message>
    <message>
        <source>because</source>
        <translation>weil</translation>
    </message>
    <message>
        <source>ruled out</source>
        <translation>ausgeschlossen</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>Stufe %1</translation>
    </message>
    <message>
        <source>At (UTC)</source>
        <translation>Um (UTC)</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>Their clock</source>
        <translation>Ihre Uhr</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>service %1</source>
        <translation>Dienst %1</translation>
    </message>
    <message>
        <source>team %1</source>
        <translation>Team %1</translation>
    </message>
    <message>
        <source>policy %1</source>
        <translation>Richtlinie %1</translation>
    </message>
    <message>
        <source>From %1 UTC: %2.</source>
        <translation>Ab %1 UTC: %2.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln people have to answer.</source>
        <translation>
            <numerusform>%Ln Person muss antworten.</numerusform>
            <numerusform>%Ln Personen müssen antworten.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln gap(s).</source>
        <translation>
            <numerusform>%Ln Lücke.</numerusform>
            <numerusform>%Ln Lücken.</numerusform>
        </translation>
    </message>
    <message>
        <source>The service only observes: nobody is really called.</source>
        <translation>Der Dienst beobachtet nur: niemand wird wirklich angerufen.</translation>
    </message>
</context>
<context>
    <name>qd::escalation::CommandStack</name>
    <message>
        <source>Command stack</source>
        <translation>Führungsstapel</translation>
    </message>
    <message>
        <source>Stack: do what this row offers</source>
        <translation>Stapel: tun, was diese Zeile anbietet</translation>
    </message>
    <message>
        <source>Stack: escalate now</source>
        <translation>Stapel: jetzt eskalieren</translation>
    </message>
    <message>
        <source>Stack: acknowledge the escalation</source>
        <translation>Stapel: Eskalation quittieren</translation>
    </message>
    <message>
        <source>Stack: take or assign this role</source>
        <translation>Stapel: Rolle übernehmen oder vergeben</translation>
    </message>
    <message>
        <source>Stack: task…</source>
        <translation>Stapel: Aufgabe …</translation>
    </message>
    <message>
        <source>Stack: hypothesis…</source>
        <translation>Stapel: Vermutung …</translation>
    </message>
    <message>
        <source>Stack: refute this hypothesis</source>
        <translation>Stapel: Vermutung widerlegen</translation>
    </message>
    <message>
        <source>Stack: confirm this hypothesis</source>
        <translation>Stapel: Vermutung bestätigen</translation>
    </message>
    <message>
        <source>Stack: decision…</source>
        <translation>Stapel: Entscheidung …</translation>
    </message>
    <message>
        <source>Stack: promise…</source>
        <translation>Stapel: Zusage …</translation>
    </message>
    <message>
        <source>Stack: compose an update…</source>
        <translation>Stapel: Mitteilung verfassen …</translation>
    </message>
    <message>
        <source>assign</source>
        <translation>bestimmen</translation>
    </message>
    <message>
        <source>task</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>hypothesis</source>
        <translation>Vermutung</translation>
    </message>
    <message>
        <source>decide</source>
        <translation>entscheiden</translation>
    </message>
    <message>
        <source>promise</source>
        <translation>zusagen</translation>
    </message>
    <message>
        <source>ack</source>
        <translation>quittieren</translation>
    </message>
    <message>
        <source>The core is not answering</source>
        <translation>Der Kern antwortet nicht</translation>
    </message>
    <message>
        <source>No incident</source>
        <translation>Kein Vorfall</translation>
    </message>
    <message>
        <source>Ctrl+Shift+D declares one. Its roles, calls, tasks and promises appear here.</source>
        <translation>Strg+Umschalt+D ruft einen aus. Rollen, Rufe, Aufgaben und Versprechen erscheinen hier.</translation>
    </message>
    <message>
        <source>Loading</source>
        <translation>Wird geladen</translation>
    </message>
    <message>
        <source>The core is reading its log.</source>
        <translation>Der Kern liest sein Journal.</translation>
    </message>
    <message>
        <source>NEXT UP — ONLY YOU CAN</source>
        <translation>ALS NÄCHSTES — NUR SIE</translation>
    </message>
    <message>
        <source>ROLES</source>
        <translation>ROLLEN</translation>
    </message>
    <message>
        <source>policy %1</source>
        <translation>Regel %1</translation>
    </message>
    <message>
        <source>exhausted</source>
        <translation>erschöpft</translation>
    </message>
    <message>
        <source>ESCALATION</source>
        <translation>ESKALATION</translation>
    </message>
    <message>
        <source>TASKS</source>
        <translation>AUFGABEN</translation>
    </message>
    <message>
        <source>HYPOTHESES</source>
        <translation>VERMUTUNGEN</translation>
    </message>
    <message>
        <source>DECISIONS</source>
        <translation>ENTSCHEIDUNGEN</translation>
    </message>
    <message>
        <source>PROMISES</source>
        <translation>ZUSAGEN</translation>
    </message>
    <message>
        <source>Who is %1?</source>
        <translation>Wer ist %1?</translation>
    </message>
    <message>
        <source>Take command (you)</source>
        <translation>Leitung übernehmen (Sie)</translation>
    </message>
    <message>
        <source>Take it (you)</source>
        <translation>Übernehmen (Sie)</translation>
    </message>
    <message>
        <source>No escalation is running; there is nothing to acknowledge.</source>
        <translation>Keine Eskalation läuft; es gibt nichts zu quittieren.</translation>
    </message>
    <message>
        <source>Go to a hypothesis first; the arrow keys walk the stack.</source>
        <translation>Zuerst zu einer Hypothese gehen; die Pfeiltasten laufen durch den Stapel.</translation>
    </message>
    <message>
        <source>waits: quiet</source>
        <translation>wartet: still</translation>
    </message>
    <message>
        <source>waits: %1 has it</source>
        <translation>wartet: %1 kümmert sich</translation>
    </message>
    <message>
        <source>ALERTS CALL</source>
        <translation>ALARME RUFEN</translation>
    </message>
    <message>
        <source>end</source>
        <translation>beenden</translation>
    </message>
    <message>
        <source>IN FORCE</source>
        <translation>IN KRAFT</translation>
    </message>
    <message>
        <source>Stack: poll, go or no-go…</source>
        <translation>Stapel: Abfrage, Go oder No-Go …</translation>
    </message>
    <message>
        <source>Stack: my answer to the poll is go</source>
        <translation>Stapel: meine Antwort auf die Abfrage ist Go</translation>
    </message>
    <message>
        <source>Stack: my answer to the poll is no-go…</source>
        <translation>Stapel: meine Antwort auf die Abfrage ist No-Go …</translation>
    </message>
    <message>
        <source>go</source>
        <translation>Go</translation>
    </message>
    <message>
        <source>no-go</source>
        <translation>No-Go</translation>
    </message>
    <message>
        <source>POLL</source>
        <translation>ABFRAGE</translation>
    </message>
    <message>
        <source>A poll is of an incident; declare one with Ctrl+Shift+D.</source>
        <translation>Eine Abfrage gehört zu einem Vorfall; Strg+Umschalt+D ruft einen aus.</translation>
    </message>
    <message>
        <source>No poll asks you; P asks others.</source>
        <translation>Keine Abfrage fragt Sie; P fragt andere.</translation>
    </message>
    <message>
        <source>%1 said: go</source>
        <translation>%1 hat gesagt: Go</translation>
    </message>
    <message>
        <source>%1 said: no-go</source>
        <translation>%1 hat gesagt: No-Go</translation>
    </message>
    <message>
        <source>Poll %1</source>
        <translation>Abfrage %1</translation>
    </message>
    <message>
        <source>Decide on it… (D)</source>
        <translation>Darüber entscheiden … (D)</translation>
    </message>
    <message>
        <source>Close it: no more answers</source>
        <translation>Schließen: keine Antworten mehr</translation>
    </message>
    <message>
        <source>Take it back: it should not have been asked</source>
        <translation>Zurücknehmen: sie hätte nicht gestellt werden sollen</translation>
    </message>
    <message>
        <source>decide, close</source>
        <translation>entscheiden, schließen</translation>
    </message>
    <message>
        <source>poll</source>
        <translation>Abfrage</translation>
    </message>
    <message>
        <source>Nobody: the role ends</source>
        <translation>Niemand: die Rolle endet</translation>
    </message>
    <message>
        <source>A role of another name…</source>
        <translation>Eine Rolle mit anderem Namen…</translation>
    </message>
    <message>
        <source>This is the answer of %1; Return writes down what they said. Yours is your own row, or the poll&apos;s.</source>
        <translation>Das ist die Antwort von %1; die Eingabetaste hält fest, was gesagt wurde. Ihre steht in Ihrer eigenen Zeile oder der der Umfrage.</translation>
    </message>
    <message>
        <source>Stack: override…</source>
        <translation>Stapel: Eingriff…</translation>
    </message>
    <message>
        <source>override</source>
        <translation>Eingriff</translation>
    </message>
    <message>
        <source>Overrides from here are of an incident; in the queue they are of the chosen alerts.</source>
        <translation>Eingriffe von hier gelten einem Vorfall; in der Liste gelten sie den gewählten Alarmen.</translation>
    </message>
    <message>
        <source>Stack: pin a link…</source>
        <translation>Stapel: einen Link anheften…</translation>
    </message>
    <message>
        <source>pin</source>
        <translation>anheften</translation>
    </message>
    <message>
        <source>LINKS</source>
        <translation>LINKS</translation>
    </message>
    <message>
        <source>There is no incident to pin a link to.</source>
        <translation>Es gibt keinen Vorfall, an den ein Link geheftet werden könnte.</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>Adresse kopieren</translation>
    </message>
    <message>
        <source>Take it off</source>
        <translation>Abnehmen</translation>
    </message>
    <message>
        <source>Stack: decision with the options that were weighed…</source>
        <translation>Stapel: Entscheidung mit den abgewogenen Möglichkeiten …</translation>
    </message>
    <message>
        <source>with options</source>
        <translation>mit Möglichkeiten</translation>
    </message>
    <message>
        <source>A decision is of an incident; declare one with Ctrl+Shift+D.</source>
        <translation>Eine Entscheidung gehört zu einem Vorfall; Strg+Umschalt+D ruft einen aus.</translation>
    </message>
    <message>
        <source>Stack: I am on this task</source>
        <translation>Stapel: Ich bin an dieser Aufgabe</translation>
    </message>
    <message>
        <source>on it</source>
        <translation>dran</translation>
    </message>
    <message>
        <source>Choose a task that is not done.</source>
        <translation>Wählen Sie eine Aufgabe, die nicht erledigt ist.</translation>
    </message>
    <message>
        <source>Stack: this task is done, with words…</source>
        <translation>Stapel: diese Aufgabe ist erledigt, mit Worten …</translation>
    </message>
    <message>
        <source>done…</source>
        <translation>erledigt …</translation>
    </message>
</context>
<context>
    <name>qd::escalation::DecisionDialog</name>
    <message>
        <source>Decide on poll %1</source>
        <translation>Über Abfrage %1 entscheiden</translation>
    </message>
    <message>
        <source>Decide</source>
        <translation>Entscheiden</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Entscheidung</translation>
    </message>
    <message>
        <source>The ways that were weighed stand beside it. Those that are not chosen are kept with the reason.</source>
        <translation>Die abgewogenen Möglichkeiten stehen daneben. Was nicht gewählt wird, bleibt mit dem Grund erhalten.</translation>
    </message>
    <message>
        <source>Option %1</source>
        <translation>Möglichkeit %1</translation>
    </message>
    <message>
        <source>One more option</source>
        <translation>Noch eine Möglichkeit</translation>
    </message>
    <message>
        <source>Option %1: %2</source>
        <translation>Möglichkeit %1: %2</translation>
    </message>
    <message>
        <source>chosen</source>
        <translation>gewählt</translation>
    </message>
    <message>
        <source>Option %1 is chosen</source>
        <translation>Möglichkeit %1 ist gewählt</translation>
    </message>
    <message>
        <source>what would be done</source>
        <translation>was getan würde</translation>
    </message>
    <message>
        <source>effect</source>
        <translation>Wirkung</translation>
    </message>
    <message>
        <source>risk</source>
        <translation>Risiko</translation>
    </message>
    <message>
        <source>how long it takes</source>
        <translation>wie lange es dauert</translation>
    </message>
    <message>
        <source>who does it</source>
        <translation>wer es tut</translation>
    </message>
    <message>
        <source>Option %1: can it be taken back?</source>
        <translation>Möglichkeit %1: lässt es sich zurücknehmen?</translation>
    </message>
    <message>
        <source>can it be taken back?</source>
        <translation>lässt es sich zurücknehmen?</translation>
    </message>
    <message>
        <source>can be taken back</source>
        <translation>lässt sich zurücknehmen</translation>
    </message>
    <message>
        <source>can partly be taken back</source>
        <translation>lässt sich teilweise zurücknehmen</translation>
    </message>
    <message>
        <source>cannot be taken back</source>
        <translation>lässt sich nicht zurücknehmen</translation>
    </message>
    <message>
        <source>Option %1 needs words: what would be done.</source>
        <translation>Möglichkeit %1 braucht Worte: was getan würde.</translation>
    </message>
</context>
<context>
    <name>qd::escalation::HandOverAll</name>
    <message>
        <source>The core is writing it.</source>
        <translation>Der Kern schreibt es gerade.</translation>
    </message>
    <message>
        <source>The core has nothing to say about them.</source>
        <translation>Der Kern hat zu ihnen nichts zu sagen.</translation>
    </message>
</context>
<context>
    <name>qd::escalation::HandOverAllDialog</name>
    <message>
        <source>Hand over all you command</source>
        <translation>Alles übergeben, was Sie führen</translation>
    </message>
    <message>
        <source>Offer all of them</source>
        <translation>Alle anbieten</translation>
    </message>
    <message>
        <source>what is going on, in your words</source>
        <translation>was los ist, in Ihren Worten</translation>
    </message>
    <message>
        <source>what is under way that is not recorded</source>
        <translation>was läuft und nicht aufgezeichnet ist</translation>
    </message>
    <message>
        <source>what may go wrong, and what then</source>
        <translation>was schiefgehen kann, und was dann</translation>
    </message>
    <message>
        <source>%1: each with its own offer, all of them or none.</source>
        <translation>%1: jeder mit eigenem Angebot, alle oder keiner.</translation>
    </message>
    <message>
        <source>To</source>
        <translation>An</translation>
    </message>
    <message>
        <source>Goes with them</source>
        <translation>Geht mit</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Zusammenfassung</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>Achten auf</translation>
    </message>
    <message>
        <source>Command moves when they have read back what they take over. Until then you have it.</source>
        <translation>Die Führung wechselt, sobald das Übernommene wiederholt ist. Bis dahin haben Sie sie.</translation>
    </message>
    <message>
        <source>There is nobody else in the workspace.</source>
        <translation>Im Arbeitsbereich gibt es sonst niemanden.</translation>
    </message>
</context>
<context>
    <name>qd::escalation::HandoverDialog</name>
    <message>
        <source>Hand over command</source>
        <translation>Führung übergeben</translation>
    </message>
    <message>
        <source>Offer command</source>
        <translation>Führung anbieten</translation>
    </message>
    <message>
        <source>The core is writing it.</source>
        <translation>Der Kern schreibt es gerade.</translation>
    </message>
    <message>
        <source>what is going on, in your words</source>
        <translation>was los ist, in Ihren Worten</translation>
    </message>
    <message>
        <source>what is under way that is not recorded</source>
        <translation>was läuft und nicht aufgezeichnet ist</translation>
    </message>
    <message>
        <source>what may go wrong, and what then</source>
        <translation>was schiefgehen kann, und was dann</translation>
    </message>
    <message>
        <source>To</source>
        <translation>An</translation>
    </message>
    <message>
        <source>Goes with it</source>
        <translation>Geht mit</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Zusammenfassung</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>Achten auf</translation>
    </message>
    <message>
        <source>Command moves when they have read back what they take over. Until then you have it.</source>
        <translation>Die Führung wechselt, sobald das Übernommene wiederholt ist. Bis dahin haben Sie sie.</translation>
    </message>
    <message>
        <source>There is nobody else in the workspace.</source>
        <translation>Im Arbeitsbereich gibt es sonst niemanden.</translation>
    </message>
</context>
<context>
    <name>qd::escalation::IncidentOverrideDialog</name>
    <message>
        <source>Override in %1</source>
        <translation>Eingriff in %1</translation>
    </message>
    <message>
        <source>Override</source>
        <translation>Eingreifen</translation>
    </message>
    <message numerus="yes">
        <source>Hold: its %Ln alert(s) call nobody</source>
        <translation>
            <numerusform>Halten: sein %Ln Alarm ruft niemanden</numerusform>
            <numerusform>Halten: seine %Ln Alarme rufen niemanden</numerusform>
        </translation>
    </message>
    <message>
        <source>Silence %1: also alerts to come</source>
        <translation>%1 stummschalten: auch kommende Alarme</translation>
    </message>
    <message>
        <source>Maintenance of %1: quiet, what resolves is resolved</source>
        <translation>Wartung von %1: still, was endet, ist beendet</translation>
    </message>
    <message numerus="yes">
        <source>Give its %Ln alert(s) to somebody</source>
        <translation>
            <numerusform>Seinen %Ln Alarm jemandem geben</numerusform>
            <numerusform>Seine %Ln Alarme jemandem geben</numerusform>
        </translation>
    </message>
    <message>
        <source>Call on: the next step, now</source>
        <translation>Weiterrufen: die nächste Stufe, jetzt</translation>
    </message>
    <message>
        <source>Call on: this person, whoever the policy names</source>
        <translation>Weiterrufen: diese Person, wen die Richtlinie auch nennt</translation>
    </message>
    <message>
        <source>why; everybody who wonders reads it</source>
        <translation>warum; wer sich wundert, liest es</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>It ends by itself then, stands in force in the stack until then, and Ctrl+Z takes it back.</source>
        <translation>Er endet dann von selbst, steht bis dahin im Stapel als in Kraft, und Strg+Z nimmt ihn zurück.</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>To arm</source>
        <translation>Zum Scharfstellen</translation>
    </message>
    <message>
        <source>Nothing of it fires, and it is about no service: there is nothing to override.</source>
        <translation>Nichts davon feuert, und er betrifft keinen Dienst: es gibt nichts einzugreifen.</translation>
    </message>
    <message>
        <source>“For” cannot be read; write 10m or 1h.</source>
        <translation>„Für“ ist nicht lesbar; schreiben Sie 10m oder 1h.</translation>
    </message>
    <message numerus="yes">
        <source>Return: %Ln alert(s) call nobody for %1. Ctrl+Z takes it back.</source>
        <translation>
            <numerusform>Eingabe: %Ln Alarm ruft %1 lang niemanden. Strg+Z nimmt es zurück.</numerusform>
            <numerusform>Eingabe: %Ln Alarme rufen %1 lang niemanden. Strg+Z nimmt es zurück.</numerusform>
        </translation>
    </message>
    <message>
        <source>Return: what fires on %1 is quiet for %2, here and for every source. Ctrl+Z takes it back.</source>
        <translation>Eingabe: Was bei %1 feuert, ist %2 lang still, hier und für jede Quelle. Strg+Z nimmt es zurück.</translation>
    </message>
    <message>
        <source>Return: %1 is in maintenance for %2. Ctrl+Z takes it back.</source>
        <translation>Eingabe: %1 ist %2 lang in Wartung. Strg+Z nimmt es zurück.</translation>
    </message>
    <message numerus="yes">
        <source>Return: %Ln alert(s) are %1&apos;s. Ctrl+Z takes it back.</source>
        <translation>
            <numerusform>Eingabe: %Ln Alarm gehört %1. Strg+Z nimmt es zurück.</numerusform>
            <numerusform>Eingabe: %Ln Alarme gehören %1. Strg+Z nimmt es zurück.</numerusform>
        </translation>
    </message>
    <message>
        <source>People are called, which nobody takes back.</source>
        <translation>Leute werden gerufen; das nimmt niemand zurück.</translation>
    </message>
    <message>
        <source>%1 is called, which nobody takes back.</source>
        <translation>%1 wird gerufen; das nimmt niemand zurück.</translation>
    </message>
</context>
<context>
    <name>qd::escalation::KeepDialog</name>
    <message>
        <source>Keep it longer, or end it sooner</source>
        <translation>Länger behalten oder früher beenden</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>why; may be left out</source>
        <translation>warum; darf fehlen</translation>
    </message>
    <message>
        <source>no set time</source>
        <translation>ohne feste Zeit</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>From now for</source>
        <translation>Ab jetzt für</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>“For” cannot be read; write 10m or 1h.</source>
        <translation>„Für“ ist nicht lesbar; schreiben Sie 10m oder 1h.</translation>
    </message>
    <message>
        <source>until %1</source>
        <translation>bis %1</translation>
    </message>
</context>
<context>
    <name>qd::escalation::LeaveRoomDialog</name>
    <message>
        <source>Leave a room of %1</source>
        <translation>Einen Raum von %1 verlassen</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Verlassen</translation>
    </message>
    <message>
        <source>%1 · by %2</source>
        <translation>%1 · über %2</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>Raum</translation>
    </message>
    <message>
        <source>From then on nothing said there is read, and nothing is written there. What was said stays in the record. Archived, it stays to be read at its platform, and nobody writes in it any more.</source>
        <translation>Ab dann wird nichts gelesen, was dort gesagt wird, und nichts dorthin geschrieben. Was gesagt wurde, bleibt aufgezeichnet. Archiviert bleibt er auf seiner Plattform lesbar, und niemand schreibt mehr darin.</translation>
    </message>
    <message>
        <source>Archive and leave</source>
        <translation>Archivieren und verlassen</translation>
    </message>
</context>
<context>
    <name>qd::escalation::LinkDialog</name>
    <message>
        <source>Pin a link to %1</source>
        <translation>Einen Link an %1 heften</translation>
    </message>
    <message>
        <source>Pin it</source>
        <translation>Anheften</translation>
    </message>
    <message>
        <source>conference</source>
        <translation>Konferenz</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>One that is pinned already is pinned anew.</source>
        <translation>Ein schon angehefteter wird neu angeheftet.</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>http or https; everybody in the incident sees it.</source>
        <translation>http oder https; alle im Vorfall sehen sie.</translation>
    </message>
    <message>
        <source>Only http and https addresses are pinned.</source>
        <translation>Nur http- und https-Adressen werden angeheftet.</translation>
    </message>
</context>
<context>
    <name>qd::escalation::MergeDialog</name>
    <message>
        <source>Merge incidents</source>
        <translation>Vorfälle zusammenlegen</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>Zusammenlegen</translation>
    </message>
    <message>
        <source>why it is the same</source>
        <translation>warum es derselbe ist</translation>
    </message>
    <message>
        <source>Incident</source>
        <translation>Vorfall</translation>
    </message>
    <message>
        <source>Becomes part of</source>
        <translation>Wird Teil von</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Its alerts move, its calls end and whoever was called is told once, both rooms are told. Ctrl+Z in the list of alerts takes it back until somebody writes in it.</source>
        <translation>Seine Alarme ziehen um, seine Rufe enden, und wer gerufen wurde, hört es einmal; beide Räume werden benachrichtigt. Strg+Z in der Liste der Alarme nimmt es zurück, bis jemand in ihm schreibt.</translation>
    </message>
    <message>
        <source>An incident is merged into another one.</source>
        <translation>Ein Vorfall wird mit einem anderen zusammengelegt.</translation>
    </message>
</context>
<context>
    <name>qd::escalation::NextUp</name>
    <message>
        <source>nobody answered for %1; every step was called</source>
        <translation>niemand antwortete für %1; alle Stufen gerufen</translation>
    </message>
    <message>
        <source>%1 has not answered for %2</source>
        <translation>%1 antwortet nicht wegen %2</translation>
    </message>
    <message>
        <source>update promised to %1</source>
        <translation>Mitteilung versprochen an %1</translation>
    </message>
    <message>
        <source>ask %1: %2</source>
        <translation>%1 fragen: %2</translation>
    </message>
    <message>
        <source>nobody is in command; take it</source>
        <translation>niemand leitet; übernehmen</translation>
    </message>
    <message>
        <source>no deputy yet</source>
        <translation>noch keine Vertretung</translation>
    </message>
    <message>
        <source>no scribe yet</source>
        <translation>noch niemand führt Protokoll</translation>
    </message>
    <message>
        <source>nobody for communications yet</source>
        <translation>noch niemand für Kommunikation</translation>
    </message>
    <message>
        <source>you take command, unless somebody objects</source>
        <translation>Sie übernehmen die Führung, wenn niemand widerspricht</translation>
    </message>
    <message>
        <source>%1 takes command</source>
        <translation>%1 übernimmt die Führung</translation>
    </message>
    <message>
        <source>%1 offers you command</source>
        <translation>%1 bietet Ihnen die Führung an</translation>
    </message>
    <message>
        <source>command is offered to %1, who has not read back yet</source>
        <translation>die Führung ist %1 angeboten, die Wiederholung fehlt noch</translation>
    </message>
    <message numerus="yes">
        <source>%n alert(s) of it fire again since it was resolved: reopen it, or declare a new one?</source>
        <translation>
            <numerusform>%n Alarm davon feuert seit der Lösung wieder: neu öffnen oder einen neuen erklären?</numerusform>
            <numerusform>%n Alarme davon feuern seit der Lösung wieder: neu öffnen oder einen neuen erklären?</numerusform>
        </translation>
    </message>
    <message>
        <source>nothing of it fires any more: stand down?</source>
        <translation>nichts davon feuert mehr: beenden?</translation>
    </message>
    <message>
        <source>update due to %1</source>
        <translation>Mitteilung an %1 fällig</translation>
    </message>
    <message>
        <source>go or no-go: %1</source>
        <translation>Go oder No-Go: %1</translation>
    </message>
    <message>
        <source>everybody has answered, decide: %1</source>
        <translation>alle haben geantwortet, entscheiden: %1</translation>
    </message>
    <message>
        <source>SLA breached: nobody has answered</source>
        <translation>SLA gebrochen: niemand hat sich gemeldet</translation>
    </message>
    <message>
        <source>SLA at risk: nobody has answered</source>
        <translation>SLA in Gefahr: niemand hat sich gemeldet</translation>
    </message>
    <message>
        <source>SLA breached: it is not resolved</source>
        <translation>SLA gebrochen: noch nicht behoben</translation>
    </message>
    <message>
        <source>SLA at risk: it is not resolved</source>
        <translation>SLA in Gefahr: noch nicht behoben</translation>
    </message>
    <message>
        <source>%1 offers you the shift</source>
        <translation>%1 bietet Ihnen die Schicht an</translation>
    </message>
    <message>
        <source>the shift is offered to %1, who has not read back yet</source>
        <translation>die Schicht ist %1 angeboten und noch nicht zurückgelesen</translation>
    </message>
</context>
<context>
    <name>qd::escalation::OfferShiftDialog</name>
    <message>
        <source>Hand over the shift</source>
        <translation>Schicht übergeben</translation>
    </message>
    <message>
        <source>Offer the shift</source>
        <translation>Schicht anbieten</translation>
    </message>
    <message>
        <source>The core is writing it.</source>
        <translation>Der Kern schreibt es gerade.</translation>
    </message>
    <message>
        <source>what the shift was like, in your words</source>
        <translation>wie die Schicht war, in Ihren Worten</translation>
    </message>
    <message>
        <source>what may go wrong, and what then</source>
        <translation>was schiefgehen kann, und was dann</translation>
    </message>
    <message>
        <source>To</source>
        <translation>An</translation>
    </message>
    <message>
        <source>Goes with it</source>
        <translation>Geht mit</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Zusammenfassung</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>Achten auf</translation>
    </message>
    <message>
        <source>It is theirs when they have read back what they take over. Who commands an incident stays as it is.</source>
        <translation>Sie geht über, wenn zurückgelesen ist, was übernommen wird. Wer einen Vorfall leitet, bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>There is nobody else in the workspace.</source>
        <translation>Im Arbeitsbereich gibt es sonst niemanden.</translation>
    </message>
</context>
<context>
    <name>qd::escalation::OverrideShiftDialog</name>
    <message>
        <source>Change who is on call: %1</source>
        <translation>Bereitschaft ändern: %1</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>somebody comes in their place</source>
        <translation>jemand kommt an ihrer Stelle</translation>
    </message>
    <message>
        <source>one more comes</source>
        <translation>eine Person kommt dazu</translation>
    </message>
    <message>
        <source>nobody comes in their place</source>
        <translation>niemand kommt an ihrer Stelle</translation>
    </message>
    <message>
        <source>somebody comes, where nobody is</source>
        <translation>jemand kommt, wo niemand ist</translation>
    </message>
    <message>
        <source>only this person, whatever the plan says</source>
        <translation>nur diese Person, was immer der Plan sagt</translation>
    </message>
    <message>
        <source>Who goes</source>
        <translation>Wer geht</translation>
    </message>
    <message>
        <source>Who comes</source>
        <translation>Wer kommt</translation>
    </message>
    <message>
        <source>From (UTC)</source>
        <translation>Von (UTC)</translation>
    </message>
    <message>
        <source>Until (UTC)</source>
        <translation>Bis (UTC)</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Somebody else comes than goes.</source>
        <translation>Es kommt jemand anderes als geht.</translation>
    </message>
</context>
<context>
    <name>qd::escalation::OwnRoleDialog</name>
    <message>
        <source>A role of another name</source>
        <translation>Eine Rolle mit anderem Namen</translation>
    </message>
    <message>
        <source>Give</source>
        <translation>Geben</translation>
    </message>
    <message>
        <source>Database lead, Bravo team …</source>
        <translation>Datenbankleitung, Team Bravo …</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>No people are known; add them to the workspace</source>
        <translation>Keine Menschen bekannt; im Arbeitsbereich eintragen</translation>
    </message>
</context>
<context>
    <name>qd::escalation::PlaceDialog</name>
    <message>
        <source>Where %1 belongs</source>
        <translation>Wohin %1 gehört</translation>
    </message>
    <message>
        <source>Place it there</source>
        <translation>Dort einordnen</translation>
    </message>
    <message>
        <source>why it belongs there, if there is time</source>
        <translation>warum er dorthin gehört, wenn Zeit ist</translation>
    </message>
    <message>
        <source>Asking the core…</source>
        <translation>Der Kern wird gefragt …</translation>
    </message>
    <message>
        <source>Part of</source>
        <translation>Teil von</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>It stays an incident of its own, with its own commander. The brief and the stand-down sheet of the one above name it while it is open. What is the same trouble is merged instead.</source>
        <translation>Er bleibt ein eigener Vorfall mit eigener Führung. Die Übergabe des übergeordneten und sein Blatt zum Beenden nennen ihn, solange er offen ist. Was dieselbe Störung ist, wird stattdessen zusammengelegt.</translation>
    </message>
    <message>
        <source>Take it out (Ctrl+Return)</source>
        <translation>Herausnehmen (Strg+Eingabe)</translation>
    </message>
    <message>
        <source>There is no other open incident it could be part of.</source>
        <translation>Es gibt keinen anderen offenen Vorfall, zu dem er gehören könnte.</translation>
    </message>
    <message>
        <source>%1 is part of no other incident.</source>
        <translation>%1 gehört zu keinem anderen Vorfall.</translation>
    </message>
    <message>
        <source>%1 is part of the work on %2.</source>
        <translation>%1 gehört zur Arbeit an %2.</translation>
    </message>
    <message>
        <source>Part of it: %1.</source>
        <translation>Dazu gehören: %1.</translation>
    </message>
</context>
<context>
    <name>qd::escalation::Planner</name>
    <message>
        <source>on call by %1 from %2 until %3 UTC</source>
        <translation>in Bereitschaft nach %1 von %2 bis %3 UTC</translation>
    </message>
    <message>
        <source>nobody until %1 UTC</source>
        <translation>niemand bis %1 UTC</translation>
    </message>
    <message>
        <source>%1 until %2 UTC</source>
        <translation>%1 bis %2 UTC</translation>
    </message>
    <message>
        <source>not on call</source>
        <translation>nicht in Bereitschaft</translation>
    </message>
    <message>
        <source>%1, now %2 in %3</source>
        <translation>%1, jetzt %2 in %3</translation>
    </message>
    <message>
        <source>overlap: on call by %1 at once from %2 until %3 UTC</source>
        <translation>Überschneidung: Bereitschaft aus %1 zugleich von %2 bis %3 UTC</translation>
    </message>
    <message>
        <source>overlap: %1 at once until %2 UTC</source>
        <translation>Überschneidung: %1 zugleich bis %2 UTC</translation>
    </message>
</context>
<context>
    <name>qd::escalation::PlannerStrip</name>
    <message>
        <source>On call, the next 24 hours</source>
        <translation>Bereitschaft, die nächsten 24 Stunden</translation>
    </message>
    <message>
        <source>now %1 UTC</source>
        <translation>jetzt %1 UTC</translation>
    </message>
    <message>
        <source>SCHEDULES</source>
        <translation>DIENSTPLÄNE</translation>
    </message>
    <message>
        <source>PEOPLE, BY THEIR OWN CLOCK</source>
        <translation>PERSONEN, NACH IHRER EIGENEN UHR</translation>
    </message>
    <message>
        <source>night</source>
        <translation>Nacht</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>niemand</translation>
    </message>
    <message>
        <source>chosen: %1, %2 until %3 UTC</source>
        <translation>gewählt: %1, %2 bis %3 UTC</translation>
    </message>
    <message>
        <source>◫ %1</source>
        <translation>◫ %1</translation>
    </message>
</context>
<context>
    <name>qd::escalation::Poll</name>
    <message>
        <source>Poll %1</source>
        <translation>Abfrage %1</translation>
    </message>
    <message>
        <source>%1 go</source>
        <translation>%1 Go</translation>
    </message>
    <message>
        <source>%1 no-go</source>
        <translation>%1 No-Go</translation>
    </message>
    <message>
        <source>%1 silent</source>
        <translation>%1 still</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>geschlossen</translation>
    </message>
    <message>
        <source>poll %1, %2, asked by %3: %4; Return closes it or decides on it</source>
        <translation>Abfrage %1, %2, gestellt von %3: %4; Eingabe schließt sie oder entscheidet darüber</translation>
    </message>
    <message>
        <source>(you)</source>
        <translation>(Sie)</translation>
    </message>
    <message>
        <source>was not asked</source>
        <translation>wurde nicht gefragt</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>keine Antwort</translation>
    </message>
    <message>
        <source>%1, %2: no answer</source>
        <translation>%1, %2: keine Antwort</translation>
    </message>
    <message>
        <source>go</source>
        <translation>Go</translation>
    </message>
    <message>
        <source>NO-GO</source>
        <translation>NO-GO</translation>
    </message>
    <message>
        <source>%1, %2: %3</source>
        <translation>%1, %2: %3</translation>
    </message>
    <message>
        <source>asked by %1</source>
        <translation>gestellt von %1</translation>
    </message>
</context>
<context>
    <name>qd::escalation::PollDialog</name>
    <message>
        <source>Go or no-go?</source>
        <translation>Go oder No-Go?</translation>
    </message>
    <message>
        <source>No-go on poll %1</source>
        <translation>No-Go zur Abfrage %1</translation>
    </message>
    <message>
        <source>Decide on poll %1</source>
        <translation>Über Abfrage %1 entscheiden</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Fragen</translation>
    </message>
    <message>
        <source>No-go</source>
        <translation>No-Go</translation>
    </message>
    <message>
        <source>Decide</source>
        <translation>Entscheiden</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Frage</translation>
    </message>
    <message>
        <source>everybody else with a role</source>
        <translation>alle anderen mit einer Rolle</translation>
    </message>
    <message>
        <source>Whom</source>
        <translation>Wen</translation>
    </message>
    <message>
        <source>people by their id, with commas between: %1</source>
        <translation>Personen nach ihrer Kennung, mit Kommas dazwischen: %1</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>Whoever decides reads it. Return without words says no-go all the same.</source>
        <translation>Wer entscheidet, liest es. Eingabe ohne Worte sagt ebenso No-Go.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 go, %2 no-go, not answered: %3</source>
        <translation>%1 Go, %2 No-Go, nicht geantwortet: %3</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>niemand</translation>
    </message>
    <message>
        <source>Against it: %1</source>
        <translation>Dagegen: %1</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Entscheidung</translation>
    </message>
    <message>
        <source>It is recorded with the result, and no more answers are taken.</source>
        <translation>Sie wird mit dem Ergebnis festgehalten, und es werden keine Antworten mehr angenommen.</translation>
    </message>
    <message>
        <source>It is recorded with the result.</source>
        <translation>Sie wird mit dem Ergebnis festgehalten.</translation>
    </message>
</context>
<context>
    <name>qd::escalation::QuietSheet</name>
    <message>
        <source>None that was made here stands.</source>
        <translation>Nichts, was hier angelegt wurde, gilt noch.</translation>
    </message>
    <message>
        <source>What becomes of %1</source>
        <translation>Was aus %1 wird</translation>
    </message>
    <message>
        <source>choose…</source>
        <translation>wählen …</translation>
    </message>
    <message>
        <source>end now</source>
        <translation>jetzt beenden</translation>
    </message>
    <message>
        <source>keep as it is</source>
        <translation>lassen, wie es ist</translation>
    </message>
    <message>
        <source>keep for %1</source>
        <translation>noch %1 behalten</translation>
    </message>
    <message>
        <source>Who answers for %1</source>
        <translation>Wer für %1 einsteht</translation>
    </message>
    <message>
        <source>owner as it is</source>
        <translation>Zuständig wie bisher</translation>
    </message>
    <message>
        <source>until %1</source>
        <translation>bis %1</translation>
    </message>
    <message>
        <source>a silence at %1</source>
        <translation>eine Stummschaltung bei %1</translation>
    </message>
</context>
<context>
    <name>qd::escalation::ReachedDialog</name>
    <message>
        <source>Reached by hand</source>
        <translation>Von Hand erreicht</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Festhalten</translation>
    </message>
    <message>
        <source>phone</source>
        <translation>Telefon</translation>
    </message>
    <message>
        <source>text message</source>
        <translation>Kurznachricht</translation>
    </message>
    <message>
        <source>in person</source>
        <translation>persönlich</translation>
    </message>
    <message>
        <source>video call</source>
        <translation>Videoanruf</translation>
    </message>
    <message>
        <source>everything that calls them</source>
        <translation>alles, was sie ruft</translation>
    </message>
    <message>
        <source>They know, and you say so: what calls them counts as answered by them. The record says both.</source>
        <translation>Sie wissen es, und Sie sagen es: Was sie ruft, gilt als von ihnen beantwortet. Die Aufzeichnung sagt beides.</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Über</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Worum</translation>
    </message>
    <message>
        <source>No people are known; add them to the workspace</source>
        <translation>Keine Menschen bekannt; im Arbeitsbereich eintragen</translation>
    </message>
</context>
<context>
    <name>qd::escalation::ReasonDialog</name>
    <message>
        <source>one sentence; everybody reads it</source>
        <translation>ein Satz; alle lesen ihn</translation>
    </message>
    <message>
        <source>one sentence, if there is time</source>
        <translation>ein Satz, wenn Zeit ist</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
</context>
<context>
    <name>qd::escalation::ReasonSheet</name>
    <message>
        <source>None is owed.</source>
        <translation>Es ist keiner offen.</translation>
    </message>
    <message>
        <source>Why: %1</source>
        <translation>Warum: %1</translation>
    </message>
    <message>
        <source>why; may be left out</source>
        <translation>warum; darf fehlen</translation>
    </message>
</context>
<context>
    <name>qd::escalation::RoomDialog</name>
    <message>
        <source>A room for %1</source>
        <translation>Ein Raum für %1</translation>
    </message>
    <message>
        <source>Make a room</source>
        <translation>Raum anlegen</translation>
    </message>
    <message>
        <source>a new one</source>
        <translation>neue Kosten</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>Raum</translation>
    </message>
    <message>
        <source>The address of a chat room where people talk about it already; what was said there since it began is read. Left empty, a new one is made where chat is armed for rooms.</source>
        <translation>Die Adresse eines Chatraums, in dem man schon darüber spricht; was dort seit Beginn gesagt wurde, wird gelesen. Bleibt das Feld leer, wird ein neuer angelegt, wo der Chat für Räume scharf ist.</translation>
    </message>
    <message>
        <source>Attach the room</source>
        <translation>Raum anbinden</translation>
    </message>
</context>
<context>
    <name>qd::escalation::SeverityDialog</name>
    <message>
        <source>Severity of %1</source>
        <translation>Schwere von %1</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>Are customers hurt?</source>
        <translation>Leiden Kunden?</translation>
    </message>
    <message>
        <source>How many?</source>
        <translation>Wie viele?</translation>
    </message>
    <message>
        <source>Is there a workaround?</source>
        <translation>Gibt es einen Umweg?</translation>
    </message>
    <message>
        <source>Answer the three questions, or choose below. In doubt the higher one.</source>
        <translation>Die drei Fragen beantworten oder unten wählen. Im Zweifel die höhere.</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Schwere</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>That is its severity now.</source>
        <translation>Das ist sie jetzt schon.</translation>
    </message>
    <message>
        <source>Say why it is less severe than SEV%1.</source>
        <translation>Sagen Sie, warum sie geringer ist als SEV%1.</translation>
    </message>
    <message>
        <source>The core is looking what it affects.</source>
        <translation>Der Kern sieht nach, was betroffen ist.</translation>
    </message>
</context>
<context>
    <name>qd::escalation::SeverityQuestions</name>
    <message>
        <source>not answered</source>
        <translation>nicht beantwortet</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>not yet, but soon</source>
        <translation>noch nicht, aber bald</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>few</source>
        <translation>wenige</translation>
    </message>
    <message>
        <source>some</source>
        <translation>einige</translation>
    </message>
    <message>
        <source>most or all</source>
        <translation>die meisten oder alle</translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more business service(s)</source>
        <translation>
            <numerusform>und %Ln weiterer Geschäftsdienst</numerusform>
            <numerusform>und %Ln weitere Geschäftsdienste</numerusform>
        </translation>
    </message>
    <message>
        <source>No business service is affected; the answers alone decide.</source>
        <translation>Kein Geschäftsdienst ist betroffen; die Antworten allein entscheiden.</translation>
    </message>
    <message>
        <source>Technical severity: nothing of it fires.</source>
        <translation>Technische Schwere: nichts davon feuert.</translation>
    </message>
    <message>
        <source>Technical severity: %1. It takes no part.</source>
        <translation>Technische Schwere: %1. Sie zählt nicht mit.</translation>
    </message>
    <message>
        <source>Suggested: %1 (matrix %2)</source>
        <translation>Vorschlag: %1 (Matrix %2)</translation>
    </message>
</context>
<context>
    <name>qd::escalation::Shift</name>
    <message>
        <source>“%1” cannot be read; write 2026-12-24 08:00 or Sun 08:00.</source>
        <translation>„%1“ ist nicht zu lesen; schreiben Sie 2026-12-24 08:00 oder So 08:00.</translation>
    </message>
    <message>
        <source>It ends before it begins.</source>
        <translation>Es endet, bevor es beginnt.</translation>
    </message>
    <message>
        <source> (planned in %1)</source>
        <translation> (geplant in %1)</translation>
    </message>
    <message>
        <source>Schedule %1%2. Whoever wonders why is shown this change and its reason; it can be taken back.</source>
        <translation>Dienstplan %1%2. Wer sich wundert, sieht diese Änderung und ihren Grund; sie lässt sich zurücknehmen.</translation>
    </message>
</context>
<context>
    <name>qd::escalation::SimulatorDialog</name>
    <message>
        <source>Who is called, and why</source>
        <translation>Wer angerufen wird, und warum</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Fragen</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Anrufe</translation>
    </message>
    <message>
        <source>alert: %1</source>
        <translation>Alarm: %1</translation>
    </message>
    <message>
        <source>team: %1</source>
        <translation>Team: %1</translation>
    </message>
    <message>
        <source>policy: %1</source>
        <translation>Richtlinie: %1</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Schwere</translation>
    </message>
    <message>
        <source>When (UTC)</source>
        <translation>Wann (UTC)</translation>
    </message>
    <message>
        <source>Sun 03:10, 2026-11-29 03:10, or 6h for six hours from now. What is to come is told by what is true now, what is past by what was true then.</source>
        <translation>So 03:10, 2026-11-29 03:10, oder 6h für in sechs Stunden. Was kommt, folgt aus dem, was jetzt gilt; was war, aus dem, was damals galt.</translation>
    </message>
    <message>
        <source>Say for what: a service, a team, a policy or a chosen alert.</source>
        <translation>Sagen Sie, wofür: ein Dienst, ein Team, eine Richtlinie oder ein gewählter Alarm.</translation>
    </message>
    <message>
        <source>“When” cannot be read; write Sun 03:10, or 6h for six hours from now.</source>
        <translation>„Wann“ ist nicht zu lesen; schreiben Sie So 03:10, oder 6h für in sechs Stunden.</translation>
    </message>
    <message>
        <source>In short</source>
        <translation>Kurz</translation>
    </message>
    <message>
        <source>Chosen</source>
        <translation>Gewählt</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>qd::escalation::Stack</name>
    <message>
        <source>open</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>%1: open. Return takes or assigns it</source>
        <translation>%1: offen. Eingabe übernimmt oder vergibt sie</translation>
    </message>
    <message>
        <source>(you)</source>
        <translation>(Sie)</translation>
    </message>
    <message>
        <source>observing: nobody is really called</source>
        <translation>nur beobachtet: niemand wird wirklich gerufen</translation>
    </message>
    <message>
        <source>called %1</source>
        <translation>gerufen %1</translation>
    </message>
    <message>
        <source>would have been called %1</source>
        <translation>wäre gerufen worden %1</translation>
    </message>
    <message>
        <source>not needed</source>
        <translation>nicht nötig</translation>
    </message>
    <message>
        <source>in %1</source>
        <translation>in %1</translation>
    </message>
    <message>
        <source>due</source>
        <translation>fällig</translation>
    </message>
    <message>
        <source>step %1, %2, %3; E escalates now</source>
        <translation>Stufe %1, %2, %3; E eskaliert jetzt</translation>
    </message>
    <message>
        <source>acknowledged %1</source>
        <translation>quittiert %1</translation>
    </message>
    <message>
        <source>call failed %1</source>
        <translation>Ruf gescheitert %1</translation>
    </message>
    <message>
        <source>missed</source>
        <translation>verpasst</translation>
    </message>
    <message>
        <source>acknowledged</source>
        <translation>quittiert</translation>
    </message>
    <message>
        <source>acknowledged by %1</source>
        <translation>quittiert von %1</translation>
    </message>
    <message>
        <source>the last step is over</source>
        <translation>die letzte Stufe ist vorbei</translation>
    </message>
    <message>
        <source>every step was called, nobody answered</source>
        <translation>alle Stufen gerufen, niemand antwortete</translation>
    </message>
    <message>
        <source>done</source>
        <translation>erledigt</translation>
    </message>
    <message>
        <source>and %1 more done</source>
        <translation>und %1 weitere erledigt</translation>
    </message>
    <message>
        <source>refuted</source>
        <translation>widerlegt</translation>
    </message>
    <message>
        <source>confirmed</source>
        <translation>bestätigt</translation>
    </message>
    <message>
        <source>hypothesis %1, %2</source>
        <translation>Hypothese %1, %2</translation>
    </message>
    <message>
        <source>and %1 earlier, on the timeline</source>
        <translation>und %1 frühere, auf der Zeitleiste</translation>
    </message>
    <message>
        <source>decision %1, %2, %3</source>
        <translation>Entscheidung %1, %2, %3</translation>
    </message>
    <message>
        <source>update</source>
        <translation>Mitteilung</translation>
    </message>
    <message>
        <source>Commander</source>
        <translation>Einsatzleitung</translation>
    </message>
    <message>
        <source>Deputy</source>
        <translation>Vertretung</translation>
    </message>
    <message>
        <source>Scribe</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Communications</source>
        <translation>Kommunikation</translation>
    </message>
    <message>
        <source>Liaison (legal/PR)</source>
        <translation>Verbindung (Recht/PR)</translation>
    </message>
    <message>
        <source>Expert</source>
        <translation>Fachkraft</translation>
    </message>
    <message>
        <source>Responder</source>
        <translation>Einsatzkraft</translation>
    </message>
    <message>
        <source>Observer</source>
        <translation>Beobachter</translation>
    </message>
    <message>
        <source>Reporter</source>
        <translation>Meldende</translation>
    </message>
    <message>
        <source>delivered</source>
        <translation>zugestellt</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>gesendet</translation>
    </message>
    <message>
        <source>not delivered</source>
        <translation>nicht zugestellt</translation>
    </message>
    <message>
        <source>withheld</source>
        <translation>zurückgehalten</translation>
    </message>
    <message>
        <source>bundled</source>
        <translation>gebündelt</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>on its way</source>
        <translation>unterwegs</translation>
    </message>
    <message>
        <source>trying again</source>
        <translation>neuer Versuch</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
    <message>
        <source>%1 by %2</source>
        <translation>%1 über %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1: %2, %3</source>
        <translation>%1: %2, %3</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>likely consequence of %1</source>
        <translation>wohl eine Folge von %1</translation>
    </message>
    <message>
        <source>folded: the next page waits</source>
        <translation>eingeklappt: der nächste Ruf wartet</translation>
    </message>
    <message>
        <source>until %1</source>
        <translation>bis %1</translation>
    </message>
    <message>
        <source>no set time</source>
        <translation>ohne feste Zeit</translation>
    </message>
    <message>
        <source>update, as the severity asks</source>
        <translation>Mitteilung, wie der Schweregrad verlangt</translation>
    </message>
    <message>
        <source>%1, on a poll: %2</source>
        <translation>%1, nach einer Abfrage: %2</translation>
    </message>
    <message>
        <source>not: %1</source>
        <translation>nicht: %1</translation>
    </message>
    <message>
        <source>can be taken back</source>
        <translation>lässt sich zurücknehmen</translation>
    </message>
    <message>
        <source>can partly be taken back</source>
        <translation>lässt sich teilweise zurücknehmen</translation>
    </message>
    <message>
        <source>cannot be taken back</source>
        <translation>lässt sich nicht zurücknehmen</translation>
    </message>
    <message>
        <source>chosen: %1</source>
        <translation>gewählt: %1</translation>
    </message>
    <message>
        <source>effect: %1</source>
        <translation>Wirkung: %1</translation>
    </message>
    <message>
        <source>risk: %1</source>
        <translation>Risiko: %1</translation>
    </message>
    <message>
        <source>nobody is on it, half its time is over</source>
        <translation>niemand ist dran, die halbe Zeit ist um</translation>
    </message>
    <message>
        <source>nobody is on it</source>
        <translation>niemand ist dran</translation>
    </message>
    <message>
        <source>taken on by %1</source>
        <translation>übernommen von %1</translation>
    </message>
    <message>
        <source>not known from its files</source>
        <translation>aus seinen Dateien nicht bekannt</translation>
    </message>
    <message>
        <source>other roles: not known from its files</source>
        <translation>andere Rollen: aus seinen Dateien nicht bekannt</translation>
    </message>
</context>
<context>
    <name>qd::escalation::StandDownDialog</name>
    <message>
        <source>Stand down %1</source>
        <translation>%1 beenden</translation>
    </message>
    <message>
        <source>Stand down</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>The core is writing it.</source>
        <translation>Der Kern schreibt es gerade.</translation>
    </message>
    <message>
        <source>what ended it</source>
        <translation>was ihn beendet hat</translation>
    </message>
    <message>
        <source>why what still fires may</source>
        <translation>warum das darf, was noch feuert</translation>
    </message>
    <message>
        <source>one a line</source>
        <translation>eine je Zeile</translation>
    </message>
    <message>
        <source>What is left</source>
        <translation>Was übrig ist</translation>
    </message>
    <message>
        <source>Verified by</source>
        <translation>Geprüft von</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Zusammenfassung</translation>
    </message>
    <message>
        <source>Still firing</source>
        <translation>Feuert noch</translation>
    </message>
    <message>
        <source>Review by</source>
        <translation>Nachbetrachtung durch</translation>
    </message>
    <message>
        <source>Review due</source>
        <translation>Nachbetrachtung bis</translation>
    </message>
    <message>
        <source>5d for five days, or a date: 2026-12-01T12:00:00Z.</source>
        <translation>5d für fünf Tage, oder ein Datum: 2026-12-01T12:00:00Z.</translation>
    </message>
    <message>
        <source>Follow-ups</source>
        <translation>Folgeaufgaben</translation>
    </message>
    <message>
        <source>Who verified that it is over?</source>
        <translation>Wer hat geprüft, dass es vorbei ist?</translation>
    </message>
    <message>
        <source>Why may what still fires go on?</source>
        <translation>Warum darf weitergehen, was noch feuert?</translation>
    </message>
    <message>
        <source>Who reviews it, and until when?</source>
        <translation>Wer betrachtet ihn nach, und bis wann?</translation>
    </message>
    <message>
        <source>Quiet here</source>
        <translation>Hier still</translation>
    </message>
    <message>
        <source>What becomes of what was silenced and held here?</source>
        <translation>Was wird aus dem, was hier stummgeschaltet und angehalten wurde?</translation>
    </message>
    <message>
        <source>Reasons owed</source>
        <translation>Offene Gründe</translation>
    </message>
    <message>
        <source>why nobody who was told of it is told that it is over; or leave with Esc and send the last update</source>
        <translation>warum niemand, dem davon berichtet wurde, vom Ende erfährt; oder mit Esc verlassen und die letzte Meldung senden</translation>
    </message>
    <message>
        <source>No last update</source>
        <translation>Keine letzte Meldung</translation>
    </message>
    <message>
        <source>Rooms</source>
        <translation>Räume</translation>
    </message>
    <message>
        <source>leave %1 after the last words</source>
        <translation>%1 nach den letzten Worten verlassen</translation>
    </message>
    <message>
        <source>Leave %1</source>
        <translation>%1 verlassen</translation>
    </message>
    <message>
        <source>Updates were sent and none since it calmed: send the last one, or say why there is none.</source>
        <translation>Es wurden Meldungen gesandt, seit es ruhig ist keine: die letzte senden oder sagen, warum es keine gibt.</translation>
    </message>
    <message>
        <source>archive it there before</source>
        <translation>dort vorher archivieren</translation>
    </message>
    <message>
        <source>Archive %1</source>
        <translation>%1 archivieren</translation>
    </message>
</context>
<context>
    <name>qd::escalation::SummonDialog</name>
    <message>
        <source>Call somebody by name</source>
        <translation>Jemanden namentlich rufen</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Rufen</translation>
    </message>
    <message>
        <source>what they are needed for; the page says it</source>
        <translation>wofür sie gebraucht werden; der Ruf sagt es</translation>
    </message>
    <message>
        <source>For %1, whoever else is called or has answered. Each has an answer of their own.</source>
        <translation>Für %1, wer auch sonst gerufen wird oder geantwortet hat. Alle antworten für sich.</translation>
    </message>
    <message numerus="yes">
        <source>For %Ln chosen alert(s), whoever else is called or has answered. Each has an answer of their own.</source>
        <translation>
            <numerusform>Für %Ln gewählten Alarm, wer auch sonst gerufen wird oder geantwortet hat. Alle antworten für sich.</numerusform>
            <numerusform>Für %Ln gewählte Alarme, wer auch sonst gerufen wird oder geantwortet hat. Alle antworten für sich.</numerusform>
        </translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>No people are known; add them to the workspace</source>
        <translation>Keine Menschen bekannt; im Arbeitsbereich eintragen</translation>
    </message>
</context>
<context>
    <name>qd::escalation::SwapShiftsDialog</name>
    <message>
        <source>Swap shifts: %1</source>
        <translation>Schichten tauschen: %1</translation>
    </message>
    <message>
        <source>Swap</source>
        <translation>Tauschen</translation>
    </message>
    <message>
        <source>the shift given in return</source>
        <translation>die Schicht im Gegenzug</translation>
    </message>
    <message>
        <source>its end</source>
        <translation>ihr Ende</translation>
    </message>
    <message>
        <source>Gives</source>
        <translation>Gibt ab</translation>
    </message>
    <message>
        <source>From (UTC)</source>
        <translation>Von (UTC)</translation>
    </message>
    <message>
        <source>Until (UTC)</source>
        <translation>Bis (UTC)</translation>
    </message>
    <message>
        <source>Takes it</source>
        <translation>Übernimmt</translation>
    </message>
    <message>
        <source>Return from (UTC)</source>
        <translation>Zurück von (UTC)</translation>
    </message>
    <message>
        <source>Return until (UTC)</source>
        <translation>Zurück bis (UTC)</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Two people swap.</source>
        <translation>Es tauschen zwei Personen.</translation>
    </message>
</context>
<context>
    <name>qd::escalation::WithdrawOverrideDialog</name>
    <message>
        <source>Take a change of a schedule back</source>
        <translation>Änderung eines Dienstplans zurücknehmen</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>%1 until %2 UTC</source>
        <translation>%1 bis %2 UTC</translation>
    </message>
    <message>
        <source>Both halves of a swap go together. What was so far stays as it was.</source>
        <translation>Beide Hälften eines Tauschs gehen zusammen. Was bisher war, bleibt, wie es war.</translation>
    </message>
    <message>
        <source>Which</source>
        <translation>Welche</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
</context>
<context>
    <name>qd::governance::BindDialog</name>
    <message>
        <source>Bind a chat address to a person</source>
        <translation>Eine Chat-Adresse an eine Person binden</translation>
    </message>
    <message>
        <source>Ask for a word</source>
        <translation>Ein Wort verlangen</translation>
    </message>
    <message>
        <source>no word is asked for yet</source>
        <translation>noch wird kein Wort verlangt</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Person</translation>
    </message>
    <message>
        <source>Whoever speaks from a bound address speaks as this person: their commands count in rooms.</source>
        <translation>Wer von einer gebundenen Adresse spricht, spricht als diese Person: Ihre Befehle gelten in Räumen.</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>To be said</source>
        <translation>Zu sagen</translation>
    </message>
    <message>
        <source>By the person, from their own account there, in a direct message to the console or in an incident&apos;s room. Give it to them by another way than that chat.</source>
        <translation>Von der Person, aus ihrem eigenen Konto dort, in einer Direktnachricht an die Konsole oder im Raum eines Vorfalls. Es wird ihr auf einem anderen Weg gegeben als über diesen Chat.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>There is no chat connection; Ctrl+Alt+N makes one.</source>
        <translation>Es gibt keine Chat-Verbindung; Strg+Alt+N stellt eine her.</translation>
    </message>
    <message>
        <source>There is nobody in the workspace.</source>
        <translation>Im Arbeitsbereich gibt es niemanden.</translation>
    </message>
    <message>
        <source>Another word</source>
        <translation>Ein anderes Wort</translation>
    </message>
    <message>
        <source>Waiting for it on %1, until %2 %3: %4 left.</source>
        <translation>Es wird auf %1 erwartet, bis %2 %3: noch %4.</translation>
    </message>
    <message>
        <source>✓ Bound: %1 speaks from %2 on %3.</source>
        <translation>✓ Gebunden: %1 spricht von %2 auf %3.</translation>
    </message>
    <message>
        <source>▲ Nobody said it within 10 minutes, or it was said from an address that is not to be trusted; the word is worth nothing any more.</source>
        <translation>▲ Niemand hat es in 10 Minuten gesagt, oder es kam von einer Adresse, der nicht zu trauen ist; das Wort gilt nicht mehr.</translation>
    </message>
</context>
<context>
    <name>qd::governance::BreakGlassDialog</name>
    <message>
        <source>Break the glass: take a right for a time</source>
        <translation>Glas einschlagen: ein Recht auf Zeit nehmen</translation>
    </message>
    <message>
        <source>Take it</source>
        <translation>Nehmen</translation>
    </message>
    <message>
        <source>what cannot wait, and for what it is needed</source>
        <translation>was nicht warten kann, und wofür es nötig ist</translation>
    </message>
    <message>
        <source>service %1</source>
        <translation>Dienst %1</translation>
    </message>
    <message>
        <source>everything</source>
        <translation>alles</translation>
    </message>
    <message>
        <source>Which right</source>
        <translation>Welches Recht</translation>
    </message>
    <message>
        <source>It gives no clearance: what is restricted stays sealed, and what is read of it is recorded as ever.</source>
        <translation>Es gibt keine Freigabe zum Lesen: Beschränktes bleibt versiegelt, und was davon gelesen wird, wird aufgezeichnet wie immer.</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>How long</source>
        <translation>Wie lange</translation>
    </message>
    <message>
        <source>From 1m to 4h; left empty, 30 minutes. It ends by itself.</source>
        <translation>Von 1m bis 4h; leer: 30 Minuten. Es endet von selbst.</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>It is recorded, and told at once to two others: who administers first, then who may command there.</source>
        <translation>Es wird aufgezeichnet und sofort zwei anderen gesagt: zuerst denen, die verwalten, dann denen, die dort leiten dürfen.</translation>
    </message>
    <message>
        <source>“%1” is no time to take a right for: from 1m to 4h.</source>
        <translation>„%1“ ist keine Dauer, für die ein Recht genommen wird: von 1m bis 4h.</translation>
    </message>
</context>
<context>
    <name>qd::governance::EndGlassDialog</name>
    <message>
        <source>End a right that was taken for a time</source>
        <translation>Ein auf Zeit genommenes Recht beenden</translation>
    </message>
    <message>
        <source>End it</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>may be left empty</source>
        <translation>darf leer bleiben</translation>
    </message>
    <message>
        <source>%1: %2, %3 left</source>
        <translation>%1: %2, noch %3</translation>
    </message>
    <message>
        <source>Which</source>
        <translation>Welche</translation>
    </message>
    <message>
        <source>One&apos;s own; of others whoever administers.</source>
        <translation>Das eigene; das anderer, wer verwaltet.</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
</context>
<context>
    <name>qd::governance::EraseDialog</name>
    <message>
        <source>Erase for ever</source>
        <translation>Für immer löschen</translation>
    </message>
    <message>
        <source>Erase it</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Asking the core…</source>
        <translation>Der Kern wird gefragt …</translation>
    </message>
    <message>
        <source>it stays in the record when the rest is gone</source>
        <translation>es bleibt in der Aufzeichnung, wenn das andere fort ist</translation>
    </message>
    <message>
        <source>everything that is due</source>
        <translation>alles, was fällig ist</translation>
    </message>
    <message>
        <source>What goes</source>
        <translation>Was geht</translation>
    </message>
    <message>
        <source>Streams by name, with commas: incident/INC-7, alerts/2026-11-23, person/ID.</source>
        <translation>Ströme beim Namen, mit Kommas: incident/INC-7, alerts/2026-11-23, person/ID.</translation>
    </message>
    <message>
        <source>Will be gone</source>
        <translation>Wird fort sein</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>Nothing is kept beyond its time.</source>
        <translation>Nichts wird über seine Zeit hinaus gehalten.</translation>
    </message>
    <message>
        <source>%L1 of %L2 that are due go at once; the rest after them.</source>
        <translation>%L1 von %L2 fälligen gehen auf einmal; die übrigen danach.</translation>
    </message>
    <message>
        <source>The list of what goes is longer than what is in sight: read it to its end first (Tab goes to it, End to its end).</source>
        <translation>Die Liste dessen, was geht, ist länger als das, was zu sehen ist: lesen Sie sie zuerst bis zum Ende (Tab führt hin, Ende an ihr Ende).</translation>
    </message>
    <message>
        <source>Its key is destroyed: nobody reads it again, here or in any copy. The chain, the hole with its name and time, and why, stay; what is active of a day lives on. What was said in rooms outside stays there until somebody takes it out.</source>
        <translation>Sein Schlüssel wird vernichtet: Niemand liest es wieder, weder hier noch in einer Kopie. Die Kette, das Loch mit Namen und Zeit, und warum, bleiben; was von einem Tag noch aktiv ist, lebt weiter. Was draußen in Räumen gesagt wurde, bleibt dort, bis es jemand entfernt.</translation>
    </message>
    <message>
        <source>To arm it</source>
        <translation>Scharf machen</translation>
    </message>
    <message>
        <source>Say why.</source>
        <translation>Sagen Sie, warum.</translation>
    </message>
    <message>
        <source>Type what stands in the last field, which arms it.</source>
        <translation>Tippen Sie, was im letzten Feld steht; das macht es scharf.</translation>
    </message>
</context>
<context>
    <name>qd::governance::Glass</name>
    <message>
        <source>%1 for %2</source>
        <translation>%1 für %2</translation>
    </message>
    <message>
        <source>everything</source>
        <translation>alles</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>niemand</translation>
    </message>
    <message>
        <source>THE GLASS IS BROKEN: you may %1.</source>
        <translation>DAS GLAS IST EINGESCHLAGEN: auf Zeit erlaubt ist %1.</translation>
    </message>
    <message>
        <source>Until %1 %2, %3 left. Told: %4. What you do with it is recorded; Alt+Shift+E gives it back.</source>
        <translation>Bis %1 %2, noch %3. Benachrichtigt: %4. Was damit getan wird, wird aufgezeichnet; Alt+Umschalt+E gibt es zurück.</translation>
    </message>
    <message>
        <source>The right you took is over: %1. What you may do is again what the workspace says.</source>
        <translation>Das genommene Recht ist zu Ende: %1. Erlaubt ist wieder, was der Arbeitsbereich sagt.</translation>
    </message>
</context>
<context>
    <name>qd::governance::HoldDialog</name>
    <message>
        <source>Place a hold</source>
        <translation>Eine Sperre setzen</translation>
    </message>
    <message>
        <source>Hold it</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>Asking the core…</source>
        <translation>Der Kern wird gefragt …</translation>
    </message>
    <message>
        <source>the case or request it is for</source>
        <translation>der Fall oder das Ersuchen, für das sie gilt</translation>
    </message>
    <message>
        <source>may be left empty</source>
        <translation>darf leer bleiben</translation>
    </message>
    <message>
        <source>it stays in the record</source>
        <translation>es bleibt in der Aufzeichnung</translation>
    </message>
    <message>
        <source>What is held</source>
        <translation>Was gehalten wird</translation>
    </message>
    <message>
        <source>A stream and all below it: incident/INC-7, alerts, alerts/2026-11-23, person/ID; * for everything.</source>
        <translation>Ein Strom und alles darunter: incident/INC-7, alerts, alerts/2026-11-23, person/ID; * für alles.</translation>
    </message>
    <message>
        <source>It keeps</source>
        <translation>Sie hält</translation>
    </message>
    <message>
        <source>Matter</source>
        <translation>Sache</translation>
    </message>
    <message>
        <source>Who answers for it</source>
        <translation>Wer dafür einsteht</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>While it stands nothing of this is erased or struck, whoever asks and whatever a rule says.</source>
        <translation>Solange sie steht, wird nichts davon gelöscht oder gestrichen, wer auch fragt und was eine Regel auch sagt.</translation>
    </message>
    <message>
        <source>Say what is held.</source>
        <translation>Zu sagen ist, was gehalten wird.</translation>
    </message>
    <message>
        <source>The matter</source>
        <translation>Die Sache</translation>
    </message>
    <message>
        <source>%1 is longer than the %2 bytes the record takes.</source>
        <translation>%1: länger als die %2 Bytes, die die Aufzeichnung nimmt.</translation>
    </message>
</context>
<context>
    <name>qd::governance::Kept</name>
    <message>
        <source>▲ broke the glass</source>
        <translation>▲ Glas eingeschlagen</translation>
    </message>
    <message>
        <source>✗ refused</source>
        <translation>✗ abgewiesen</translation>
    </message>
    <message>
        <source>read</source>
        <translation>gelesen</translation>
    </message>
    <message>
        <source>for ever</source>
        <translation>für immer</translation>
    </message>
    <message>
        <source>not over</source>
        <translation>nicht vorbei</translation>
    </message>
    <message>
        <source>■ kept by %1</source>
        <translation>■ gehalten durch %1</translation>
    </message>
    <message>
        <source>▲ due</source>
        <translation>▲ fällig</translation>
    </message>
    <message>
        <source>%1, of the class %2: its time is %3, and %4 keeps it beyond that.</source>
        <translation>%1, von der Klasse %2: Seine Zeit ist %3, und %4 hält es darüber hinaus.</translation>
    </message>
    <message>
        <source>%1, of the class %2: its time was over %3. X lets it go.</source>
        <translation>%1, von der Klasse %2: Seine Zeit war um: %3. X lässt es gehen.</translation>
    </message>
    <message>
        <source>%1, of the class %2: its time was over %3. quarterdeckctl strike --expired takes what is due.</source>
        <translation>%1, von der Klasse %2: Seine Zeit war um: %3. quarterdeckctl strike --expired nimmt, was fällig ist.</translation>
    </message>
    <message>
        <source>%1, of the class %2: %3.</source>
        <translation>%1, von der Klasse %2: %3.</translation>
    </message>
    <message>
        <source>%1, record %2</source>
        <translation>%1, Eintrag %2</translation>
    </message>
    <message>
        <source>hold %1</source>
        <translation>Sperre %1</translation>
    </message>
    <message>
        <source>%1 is kept for %2 (custodian %3), since %4, by %5: %6</source>
        <translation>%1 bleibt für %2 (Verwahrer %3), seit %4, durch %5: %6</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>niemand</translation>
    </message>
    <message>
        <source>everything</source>
        <translation>alles</translation>
    </message>
    <message>
        <source>%1 broke the glass for %2 (%3) until %4: %5. Told: %6.</source>
        <translation>%1 schlug das Glas ein für %2 (%3) bis %4: %5. Benachrichtigt: %6.</translation>
    </message>
    <message>
        <source>Ended %1 by %2.</source>
        <translation>Beendet %1 durch %2.</translation>
    </message>
    <message numerus="yes">
        <source>%1 was refused %n time(s), last %2: %3</source>
        <translation>
            <numerusform>%1 wurde %n Mal abgewiesen, zuletzt %2: %3</numerusform>
            <numerusform>%1 wurde %n Mal abgewiesen, zuletzt %2: %3</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 read %2 of %3.</source>
        <translation>%1 las %2 von %3.</translation>
    </message>
    <message>
        <source>workspace</source>
        <translation>Arbeitsbereich</translation>
    </message>
    <message>
        <source>%1 speaks from %2 on %3: bound by a word %4. U takes it away.</source>
        <translation>%1 spricht von %2 auf %3: gebunden durch ein Wort, %4. U nimmt es weg.</translation>
    </message>
    <message>
        <source>%1 speaks from %2: it stands in the workspace&apos;s files, and is taken out there.</source>
        <translation>%1 spricht von %2: Das steht in den Dateien des Arbeitsbereichs und wird dort herausgenommen.</translation>
    </message>
    <message>
        <source>team %1</source>
        <translation>Team %1</translation>
    </message>
    <message>
        <source>everybody of the workspace</source>
        <translation>alle im Arbeitsbereich</translation>
    </message>
    <message>
        <source>%1 took the right to %2 for %3 by break-glass, until %4 (%5).</source>
        <translation>%1 nahm sich durch Glaseinschlagen ein Recht, %2 für %3, bis %4 (%5).</translation>
    </message>
    <message>
        <source>%1 may %2 for %3: [[right]] %4 of the workspace&apos;s files, which are the source.</source>
        <translation>%1: %2 für %3 erlaubt, durch [[right]] %4 in den Dateien des Arbeitsbereichs; sie sind die Quelle.</translation>
    </message>
    <message>
        <source>observe</source>
        <comment>a role</comment>
        <translation>Beobachten</translation>
    </message>
    <message>
        <source>respond</source>
        <comment>a role</comment>
        <translation>Eingreifen</translation>
    </message>
    <message>
        <source>command</source>
        <comment>a role</comment>
        <translation>Leiten</translation>
    </message>
    <message>
        <source>publish</source>
        <comment>a role</comment>
        <translation>Veröffentlichen</translation>
    </message>
    <message>
        <source>administer</source>
        <comment>a role</comment>
        <translation>Verwalten</translation>
    </message>
    <message>
        <source>Nothing is on record yet.</source>
        <translation>Noch ist nichts aufgezeichnet.</translation>
    </message>
    <message>
        <source>Nothing is held. N places a hold, which keeps what would expire.</source>
        <translation>Nichts ist gesperrt. N setzt eine Sperre, die hält, was sonst abliefe.</translation>
    </message>
    <message>
        <source>Nobody has read what is restricted, and nobody was refused.</source>
        <translation>Niemand hat Beschränktes gelesen, und niemand wurde abgewiesen.</translation>
    </message>
    <message>
        <source>No chat address is anybody&apos;s: whoever speaks in a room can talk, but not command. B binds one.</source>
        <translation>Keine Chat-Adresse gehört jemandem: Wer in einem Raum spricht, kann reden, aber nicht befehlen. B bindet eine.</translation>
    </message>
    <message>
        <source>No [[right]] is written in the workspace: everybody of it may do everything here, as long as they come in as a person. Default deny begins with the first [[right]]. Missing: one that gives somebody the role administer for everything, without which a file with rights is refused.</source>
        <translation>Im Arbeitsbereich steht kein [[right]]: Alle, die dort stehen, dürfen hier alles, solange sie als Person kommen. Mit dem ersten [[right]] ist alles verboten, was nicht erlaubt ist. Es fehlt: eines, das jemandem die Rolle administer für alles gibt; ohne dieses wird eine Datei mit Rechten abgewiesen.</translation>
    </message>
    <message>
        <source>Default deny: only what is written here may be done; whose home this is administers all the same, and who is called may answer.</source>
        <translation>Verboten ist, was nicht erlaubt ist: Nur was hier steht, darf getan werden; wem dieses Zuhause gehört, verwaltet trotzdem, und wer gerufen wird, darf antworten.</translation>
    </message>
    <message>
        <source>Given to nobody for everything: %1.</source>
        <translation>Für alles niemandem gegeben: %1.</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n mehr</numerusform>
            <numerusform>%n mehr</numerusform>
        </translation>
    </message>
    <message>
        <source>Named in none of them, and without any right unless a team of theirs is: %1.</source>
        <translation>In keinem genannt, und ohne jedes Recht, wenn es nicht ihr Team ist: %1.</translation>
    </message>
    <message>
        <source>Without any right: %1.</source>
        <translation>Ohne jedes Recht: %1.</translation>
    </message>
</context>
<context>
    <name>qd::governance::LiftHoldDialog</name>
    <message>
        <source>Lift hold %1 on %2</source>
        <translation>Sperre %1 auf %2 aufheben</translation>
    </message>
    <message>
        <source>Lift it</source>
        <translation>Aufheben</translation>
    </message>
    <message>
        <source>Asking the core…</source>
        <translation>Der Kern wird gefragt …</translation>
    </message>
    <message>
        <source>it stays in the record</source>
        <translation>es bleibt in der Aufzeichnung</translation>
    </message>
    <message>
        <source>Without it</source>
        <translation>Ohne sie</translation>
    </message>
    <message>
        <source>Held for %1, since %2, by %3: %4</source>
        <translation>Gehalten für %1, seit %2, durch %3: %4</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>Nothing goes by itself: what may go then is erased or struck by somebody, with a reason of its own.</source>
        <translation>Nichts geht von selbst: Was dann gehen darf, löscht oder streicht jemand, mit eigenem Grund.</translation>
    </message>
</context>
<context>
    <name>qd::governance::Reach</name>
    <message>
        <source>■ kept by %1</source>
        <translation>■ gehalten durch %1</translation>
    </message>
    <message>
        <source>▲ its time was over %1</source>
        <translation>▲ seine Zeit war um: %1</translation>
    </message>
    <message>
        <source>its time is %1</source>
        <translation>seine Zeit ist %1</translation>
    </message>
    <message>
        <source>not over</source>
        <translation>nicht vorbei</translation>
    </message>
    <message>
        <source>kept for ever</source>
        <translation>bleibt für immer</translation>
    </message>
    <message numerus="yes">
        <source>… and %n more</source>
        <translation>
            <numerusform>… und %n mehr</numerusform>
            <numerusform>… und %n mehr</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing of that name is on record now that would go by itself; what comes there later is kept.</source>
        <translation>Unter diesem Namen steht jetzt nichts in der Aufzeichnung, wofür eine Frist gilt; was dort später hinzukommt, bleibt.</translation>
    </message>
    <message numerus="yes">
        <source>It keeps %n stream(s) of the record, and what comes there later.</source>
        <translation>
            <numerusform>Sie hält %n Strom der Aufzeichnung, und was dort später hinzukommt.</numerusform>
            <numerusform>Sie hält %n Ströme der Aufzeichnung, und was dort später hinzukommt.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of them would go by a rule, %2 could go now.</source>
        <translation>%1 davon haben eine Frist, %2 könnten jetzt gehen.</translation>
    </message>
    <message>
        <source>Kept by a hold already: %1.</source>
        <translation>Durch eine Sperre schon gehalten: %1.</translation>
    </message>
    <message numerus="yes">
        <source>With them: %n record(s) with messages or files that a rule speaks of.</source>
        <translation>
            <numerusform>Mit ihnen: %n Eintrag mit Nachrichten oder Dateien, von denen eine Regel spricht.</numerusform>
            <numerusform>Mit ihnen: %n Einträge mit Nachrichten oder Dateien, von denen eine Regel spricht.</numerusform>
        </translation>
    </message>
    <message>
        <source>No stream of the record would be held by nothing.</source>
        <translation>Kein Strom der Aufzeichnung wäre dann durch nichts gehalten.</translation>
    </message>
    <message numerus="yes">
        <source>%n stream(s) would be held by nothing any more.</source>
        <translation>
            <numerusform>%n Strom wäre durch nichts mehr gehalten.</numerusform>
            <numerusform>%n Ströme wären durch nichts mehr gehalten.</numerusform>
        </translation>
    </message>
    <message>
        <source>▲ %1 of them could be erased at once.</source>
        <translation>▲ %1 davon könnten sofort gelöscht werden.</translation>
    </message>
    <message>
        <source>None of them could go by a rule yet.</source>
        <translation>Noch könnte keiner davon nach einer Regel gehen.</translation>
    </message>
    <message numerus="yes">
        <source>%n stay(s) kept by another hold.</source>
        <translation>
            <numerusform>%n bleibt durch eine andere Sperre gehalten.</numerusform>
            <numerusform>%n bleiben durch eine andere Sperre gehalten.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 · the core lists nothing of that name</source>
        <translation>%1 · der Kern führt nichts unter diesem Namen</translation>
    </message>
    <message>
        <source>%1 keeps %2</source>
        <translation>%1 hält %2</translation>
    </message>
    <message>
        <source>%1: nothing of this would be erased. L in the list of holds lifts one, if that is right.</source>
        <translation>%1: Nichts davon würde gelöscht. L in der Liste der Sperren hebt eine auf, wenn das richtig ist.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s)</source>
        <translation>
            <numerusform>%Ln Zeile</numerusform>
            <numerusform>%Ln Zeilen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s)</source>
        <translation>
            <numerusform>%Ln Nachricht</numerusform>
            <numerusform>%Ln Nachrichten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) of %1</source>
        <translation>
            <numerusform>%Ln Datei mit %1</numerusform>
            <numerusform>%Ln Dateien mit %1</numerusform>
        </translation>
    </message>
    <message>
        <source>what monitoring reported that day; calls, mails and direct messages of no incident</source>
        <translation>was die Überwachung an dem Tag meldete; Rufe, Mails und Direktnachrichten ohne Vorfall</translation>
    </message>
    <message>
        <source>who looked at what that month, and the rights that were taken</source>
        <translation>wer in dem Monat was ansah, und die Rechte, die genommen wurden</translation>
    </message>
    <message>
        <source>%1, with its decisions and its review</source>
        <translation>%1, mit den Entscheidungen und der Nachbereitung</translation>
    </message>
    <message numerus="yes">
        <source>%Ln incident(s) with %1</source>
        <translation>
            <numerusform>%Ln Vorfall mit %1</numerusform>
            <numerusform>%Ln Vorfälle mit %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s) of alerts</source>
        <translation>
            <numerusform>%Ln Tag mit Alarmen</numerusform>
            <numerusform>%Ln Tage mit Alarmen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln month(s) of access</source>
        <translation>
            <numerusform>%Ln Monat Zugriffe</numerusform>
            <numerusform>%Ln Monate Zugriffe</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln stream(s)</source>
        <translation>
            <numerusform>%Ln Strom</numerusform>
            <numerusform>%Ln Ströme</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is not over: resolve it first; nothing of this would be erased before.</source>
        <translation>%1 ist nicht vorbei: erst beheben; vorher würde nichts davon gelöscht.</translation>
    </message>
</context>
<context>
    <name>qd::governance::UnbindDialog</name>
    <message>
        <source>Take a chat address from %1</source>
        <translation>%1 eine Chat-Adresse nehmen</translation>
    </message>
    <message>
        <source>Take it away</source>
        <translation>Wegnehmen</translation>
    </message>
    <message>
        <source>may be left empty</source>
        <translation>darf leer bleiben</translation>
    </message>
    <message>
        <source>every address of theirs on %1</source>
        <translation>jede Adresse dieser Person auf %1</translation>
    </message>
    <message>
        <source>Which</source>
        <translation>Welche</translation>
    </message>
    <message>
        <source>Whoever speaks from there can talk after that, but not command. A word they are still asked for there is worth nothing then.</source>
        <translation>Wer von dort spricht, kann danach reden, aber nicht befehlen. Ein Wort, das dort noch verlangt wird, gilt dann nicht mehr.</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
</context>
<context>
    <name>qd::map::MapCanvas</name>
    <message>
        <source>Dependency map; T shows it as a table</source>
        <translation>Abhängigkeitskarte; T zeigt sie als Tabelle</translation>
    </message>
    <message>
        <source>%1, alerts: %2, worst %3</source>
        <translation>%1, Alarme: %2, schlimmster %3</translation>
    </message>
    <message>
        <source>%1, no alerts</source>
        <translation>%1, keine Alarme</translation>
    </message>
    <message>
        <source>alerts: %1</source>
        <translation>Alarme: %1</translation>
    </message>
    <message>
        <source>team %1</source>
        <translation>Team %1</translation>
    </message>
    <message>
        <source>owner %1</source>
        <translation>zuständig %1</translation>
    </message>
    <message>
        <source>suspect</source>
        <translation>verdächtig</translation>
    </message>
    <message>
        <source>blast radius: %1 of %2 services</source>
        <translation>Wirkkreis: %1 von %2 Diensten</translation>
    </message>
    <message>
        <source>nothing depends on what fires</source>
        <translation>nichts hängt von dem ab, was Alarm gibt</translation>
    </message>
    <message>
        <source>nothing fires</source>
        <translation>nichts feuert</translation>
    </message>
    <message>
        <source>hard</source>
        <translation>hart</translation>
    </message>
    <message>
        <source>soft</source>
        <translation>weich</translation>
    </message>
    <message>
        <source>async</source>
        <translation>asynchron</translation>
    </message>
    <message>
        <source>impact → suspect</source>
        <translation>Wirkung → Verdacht</translation>
    </message>
    <message>
        <source>folds %1</source>
        <translation>klappt %1 ein</translation>
    </message>
    <message>
        <source>first-out</source>
        <translation>zuerst</translation>
    </message>
</context>
<context>
    <name>qd::map::MapModel</name>
    <message>
        <source>suspect</source>
        <translation>verdächtig</translation>
    </message>
    <message>
        <source>blast radius</source>
        <translation>Wirkkreis</translation>
    </message>
    <message>
        <source>quiet</source>
        <translation>ruhig</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>Alarme</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>Team</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Zuständig</translation>
    </message>
    <message>
        <source>Needs</source>
        <translation>Braucht</translation>
    </message>
    <message>
        <source>Needed by</source>
        <translation>Gebraucht von</translation>
    </message>
    <message>
        <source>Last change</source>
        <translation>Letzte Änderung</translation>
    </message>
    <message>
        <source>folds %1</source>
        <translation>klappt %1 ein</translation>
    </message>
    <message>
        <source>first-out</source>
        <translation>zuerst</translation>
    </message>
    <message numerus="yes">
        <source>%Ln service(s) depend on it</source>
        <translation>
            <numerusform>%Ln Dienst hängt davon ab</numerusform>
            <numerusform>%Ln Dienste hängen davon ab</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::map::MapView</name>
    <message>
        <source>DEPENDENCY MAP</source>
        <translation>ABHÄNGIGKEITEN</translation>
    </message>
    <message>
        <source>Dependency map</source>
        <translation>Abhängigkeiten</translation>
    </message>
    <message>
        <source>find a service</source>
        <translation>Dienst suchen</translation>
    </message>
    <message>
        <source>Find a service on the map</source>
        <translation>Dienst auf der Karte suchen</translation>
    </message>
    <message>
        <source>needs</source>
        <translation>braucht</translation>
    </message>
    <message>
        <source>needed by</source>
        <translation>gebraucht von</translation>
    </message>
    <message>
        <source>table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Dependency map as a table</source>
        <translation>Abhängigkeitskarte als Tabelle</translation>
    </message>
    <message>
        <source>Map: show as table</source>
        <translation>Karte: als Tabelle</translation>
    </message>
    <message>
        <source>Map: find a service</source>
        <translation>Karte: Dienst suchen</translation>
    </message>
    <message>
        <source>Map: what it needs</source>
        <translation>Karte: was er braucht</translation>
    </message>
    <message>
        <source>Map: what needs it</source>
        <translation>Karte: was ihn braucht</translation>
    </message>
    <message>
        <source>Map: to what it needs</source>
        <translation>Karte: zu dem, was er braucht</translation>
    </message>
    <message>
        <source>Map: to what needs it</source>
        <translation>Karte: zu dem, was ihn braucht</translation>
    </message>
    <message>
        <source>Map: left in its rank</source>
        <translation>Karte: links in der Reihe</translation>
    </message>
    <message>
        <source>Map: right in its rank</source>
        <translation>Karte: rechts in der Reihe</translation>
    </message>
    <message>
        <source>Map: choose this service</source>
        <translation>Karte: diesen Dienst wählen</translation>
    </message>
    <message>
        <source>Map: zoom in</source>
        <translation>Karte: näher</translation>
    </message>
    <message>
        <source>Map: zoom out</source>
        <translation>Karte: weiter</translation>
    </message>
    <message>
        <source>Map: centre, then everything</source>
        <translation>Karte: Mitte, dann alles</translation>
    </message>
    <message>
        <source>Map: arrange anew</source>
        <translation>Karte: neu ordnen</translation>
    </message>
    <message>
        <source>Map: 1 hop</source>
        <translation>Karte: 1 Schritt</translation>
    </message>
    <message>
        <source>Map: %1 hops</source>
        <translation>Karte: %1 Schritte</translation>
    </message>
    <message>
        <source>Map: the whole house</source>
        <translation>Karte: das ganze Haus</translation>
    </message>
    <message>
        <source>Map: hide this service</source>
        <translation>Karte: diesen Dienst verbergen</translation>
    </message>
    <message>
        <source>Map: show what was hidden</source>
        <translation>Karte: Verborgenes zeigen</translation>
    </message>
    <message>
        <source>Map: back</source>
        <translation>Karte: zurück</translation>
    </message>
    <message>
        <source>The core is not answering</source>
        <translation>Der Kern antwortet nicht</translation>
    </message>
    <message>
        <source>Loading</source>
        <translation>Wird geladen</translation>
    </message>
    <message>
        <source>The core is reading its log.</source>
        <translation>Der Kern liest sein Journal.</translation>
    </message>
    <message>
        <source>No services yet</source>
        <translation>Noch keine Dienste</translation>
    </message>
    <message>
        <source>Services and what they depend on are written in the workspace, in services.toml.</source>
        <translation>Dienste und wovon sie abhängen stehen im Arbeitsbereich, in services.toml.</translation>
    </message>
    <message>
        <source>1 hop</source>
        <translation>1 Schritt</translation>
    </message>
    <message>
        <source>%1 hops</source>
        <translation>%1 Schritte</translation>
    </message>
    <message>
        <source>all %1 services</source>
        <translation>alle %1 Dienste</translation>
    </message>
    <message>
        <source>%1 of %2 services</source>
        <translation>%1 von %2 Diensten</translation>
    </message>
    <message>
        <source>%1 hidden</source>
        <translation>%1 verborgen</translation>
    </message>
    <message>
        <source>suspect %1</source>
        <translation>verdächtig %1</translation>
    </message>
    <message numerus="yes">
        <source>%n call(s) folded under %1</source>
        <translation>
            <numerusform>%n Ruf unter %1 eingeklappt</numerusform>
            <numerusform>%n Rufe unter %1 eingeklappt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n proposed: Ctrl+Shift+G</source>
        <translation>
            <numerusform>%n vorgeschlagen: Strg+Umschalt+G</numerusform>
            <numerusform>%n vorgeschlagen: Strg+Umschalt+G</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::map::ProposalModel</name>
    <message>
        <source>Service</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>Needs</source>
        <translation>Braucht</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Found in</source>
        <translation>Gefunden in</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation>Zuletzt gesehen</translation>
    </message>
</context>
<context>
    <name>qd::review::ActionDialog</name>
    <message>
        <source>Action %1 of %2</source>
        <translation>Maßnahme %1 von %2</translation>
    </message>
    <message>
        <source>New action of %1</source>
        <translation>Neue Maßnahme von %1</translation>
    </message>
    <message>
        <source>Change it</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>Add it</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>nobody yet</source>
        <translation>noch niemand</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Maßnahme</translation>
    </message>
    <message>
        <source>What will be different, in one sentence.</source>
        <translation>Was anders sein wird, in einem Satz.</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Verantwortlich</translation>
    </message>
    <message>
        <source>Exactly one person.</source>
        <translation>Genau eine Person.</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>Fällig</translation>
    </message>
    <message>
        <source>A day (2026-12-01), or a span from now.</source>
        <translation>Ein Tag (2026-12-01) oder eine Spanne ab jetzt.</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>Wirkung</translation>
    </message>
    <message>
        <source>What makes it impossible is stronger than what somebody has to remember.</source>
        <translation>Was es unmöglich macht, wirkt stärker als das, woran jemand denken muss.</translation>
    </message>
    <message>
        <source>Verified by</source>
        <translation>Nachgewiesen durch</translation>
    </message>
    <message>
        <source>How it will be known that it works: a drill, a test, an alert.</source>
        <translation>Woran man erkennt, dass es wirkt: eine Übung, ein Test, ein Alarm.</translation>
    </message>
    <message>
        <source>Factor</source>
        <translation>Faktor</translation>
    </message>
</context>
<context>
    <name>qd::review::ActionRegister</name>
    <message>
        <source>Action</source>
        <translation>Maßnahme</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Verantwortlich</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>Fällig</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>Alter</translation>
    </message>
    <message>
        <source>Moved</source>
        <translation>Verschoben</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>Wirkung</translation>
    </message>
    <message>
        <source>Tracker</source>
        <translation>Tracker</translation>
    </message>
    <message>
        <source>Incident</source>
        <translation>Vorfall</translation>
    </message>
    <message>
        <source>What is to be done</source>
        <translation>Was zu tun ist</translation>
    </message>
    <message>
        <source>What is to be done, of all reviews</source>
        <translation>Was zu tun ist, aus allen Nachbereitungen</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Offen</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>Meine</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>Überfällig</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Which actions</source>
        <translation>Welche Maßnahmen</translation>
    </message>
    <message>
        <source>/ filter</source>
        <translation>/ filtern</translation>
    </message>
    <message>
        <source>Filter the actions</source>
        <translation>Die Maßnahmen filtern</translation>
    </message>
    <message>
        <source>by day due</source>
        <translation>nach Fälligkeit</translation>
    </message>
    <message>
        <source>by owner</source>
        <translation>nach Verantwortlichen</translation>
    </message>
    <message>
        <source>by age</source>
        <translation>nach Alter</translation>
    </message>
    <message>
        <source>by how often moved</source>
        <translation>nach Verschiebungen</translation>
    </message>
    <message>
        <source>by strength</source>
        <translation>nach Wirkung</translation>
    </message>
    <message>
        <source>by incident</source>
        <translation>nach Vorfall</translation>
    </message>
    <message>
        <source>In which order</source>
        <translation>In welcher Reihenfolge</translation>
    </message>
    <message>
        <source>↵ change · N new · D done, verified · X drop · T tracker · Y as it says · O its review · S order · 1 to 4 which</source>
        <translation>↵ ändern · N neu · D erledigt, nachgewiesen · X fallen lassen · T Tracker · Y wie er sagt · O Nachbereitung · S Reihenfolge · 1 bis 4 welche</translation>
    </message>
    <message>
        <source>late, %1</source>
        <translation>überfällig, %1</translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s)</source>
        <translation>
            <numerusform>%Ln Tag</numerusform>
            <numerusform>%Ln Tage</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln time(s)</source>
        <translation>
            <numerusform>%Ln Mal</numerusform>
            <numerusform>%Ln Mal</numerusform>
        </translation>
    </message>
    <message>
        <source>eliminates it</source>
        <translation>schließt es aus</translation>
    </message>
    <message>
        <source>Asking the core…</source>
        <translation>Der Kern wird gefragt …</translation>
    </message>
    <message>
        <source>New action…</source>
        <translation>Neue Maßnahme…</translation>
    </message>
    <message>
        <source>Done, verified</source>
        <translation>Erledigt, nachgewiesen</translation>
    </message>
    <message>
        <source>Drop…</source>
        <translation>Fallen lassen…</translation>
    </message>
    <message>
        <source>In a tracker…</source>
        <translation>In einem Tracker…</translation>
    </message>
    <message>
        <source>As its tracker says</source>
        <translation>Wie ihr Tracker sagt</translation>
    </message>
    <message>
        <source>Its review</source>
        <translation>Ihre Nachbereitung</translation>
    </message>
    <message>
        <source>Another order</source>
        <translation>Andere Reihenfolge</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filtern</translation>
    </message>
    <message>
        <source>Which: %1</source>
        <translation>Welche: %1</translation>
    </message>
    <message>
        <source>No review has an action yet.</source>
        <translation>Noch keine Nachbereitung hat eine Maßnahme.</translation>
    </message>
</context>
<context>
    <name>qd::review::ActionVerbs</name>
    <message>
        <source>The action is changed.</source>
        <translation>Die Maßnahme ist geändert.</translation>
    </message>
    <message>
        <source>The action is added.</source>
        <translation>Die Maßnahme ist hinzugefügt.</translation>
    </message>
    <message>
        <source>The action is %1.</source>
        <translation>Die Maßnahme ist %1.</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Drop action %1</source>
        <translation>Maßnahme %1 fallen lassen</translation>
    </message>
    <message>
        <source>Drop it</source>
        <translation>Fallen lassen</translation>
    </message>
    <message>
        <source>The action is dropped.</source>
        <translation>Die Maßnahme ist fallen gelassen.</translation>
    </message>
    <message>
        <source>Its tracker says nothing else than is said here.</source>
        <translation>Ihr Tracker sagt nichts anderes, als hier steht.</translation>
    </message>
    <message>
        <source>The action is %1, as its tracker says.</source>
        <translation>Die Maßnahme ist %1, wie ihr Tracker sagt.</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>%1 (%2, observes only)</source>
        <translation>%1 (%2, nur beobachtend)</translation>
    </message>
    <message>
        <source>No tracker is connected: quarterdeckctl connect github, gitlab or jira.</source>
        <translation>Kein Tracker ist verbunden: quarterdeckctl connect github, gitlab oder jira.</translation>
    </message>
    <message>
        <source>It is on its way; where it is stands beside the action then.</source>
        <translation>Sie ist unterwegs; wo sie ist, steht dann bei der Maßnahme.</translation>
    </message>
    <message>
        <source>The action is in no tracker any more.</source>
        <translation>Die Maßnahme ist in keinem Tracker mehr.</translation>
    </message>
</context>
<context>
    <name>qd::review::Advice</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>qd::review::ArrangeDialog</name>
    <message>
        <source>Arrange the review of %1</source>
        <translation>Nachbereitung von %1 anders vereinbaren</translation>
    </message>
    <message>
        <source>Open the review of %1</source>
        <translation>Nachbereitung von %1 eröffnen</translation>
    </message>
    <message>
        <source>Arrange</source>
        <translation>Vereinbaren</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>Eröffnen</translation>
    </message>
    <message>
        <source>as it is</source>
        <translation>wie es ist</translation>
    </message>
    <message>
        <source>5d</source>
        <translation>5d</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Verantwortlich</translation>
    </message>
    <message>
        <source>Whoever sees to it that it is written; left as it is, who had command.</source>
        <translation>Wer dafür sorgt, dass sie geschrieben wird; sonst wer das Kommando hatte.</translation>
    </message>
    <message>
        <source>Facilitator</source>
        <translation>Moderation</translation>
    </message>
    <message>
        <source>Leads the meeting, and had no part in the incident.</source>
        <translation>Leitet die Besprechung und war am Vorfall nicht beteiligt.</translation>
    </message>
    <message>
        <source>Draft due</source>
        <translation>Entwurf fällig</translation>
    </message>
    <message>
        <source>A span from now, or a time; left empty, what the severity asks for.</source>
        <translation>Eine Spanne ab jetzt oder ein Zeitpunkt; leer: was der Schweregrad verlangt.</translation>
    </message>
    <message>
        <source>Meeting</source>
        <translation>Besprechung</translation>
    </message>
    <message>
        <source>A span from now, or a time.</source>
        <translation>Eine Spanne ab jetzt oder ein Zeitpunkt.</translation>
    </message>
    <message>
        <source>Contributions</source>
        <translation>Beiträge</translation>
    </message>
    <message>
        <source>People by id, with commas, whose words are required; left empty, who acted or owned; - for nobody. Whoever was asked is taken off by the owner alone.</source>
        <translation>Personen nach Kennung, mit Kommas, deren Beitrag verlangt ist; leer: wer gehandelt hat oder zuständig war; - für niemanden. Wer gefragt war, wird nur von der Person herausgenommen, der die Nachbereitung gehört.</translation>
    </message>
    <message>
        <source>It is opened pre-filled from the record: summary, timeline, decisions, hypotheses, people.</source>
        <translation>Sie wird vorausgefüllt aus der Aufzeichnung eröffnet: Zusammenfassung, Verlauf, Entscheidungen, Vermutungen, Beteiligte.</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Why it gets another owner, where it is not yours to give; or why whoever is left out below is not asked any more.</source>
        <translation>Warum sie jemand anderem gehören soll, wo sie nicht Ihnen gehört; oder warum nicht mehr gefragt ist, wer unten fehlt.</translation>
    </message>
</context>
<context>
    <name>qd::review::BarChart</name>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1: %2, %3</source>
        <translation>%1: %2, %3</translation>
    </message>
</context>
<context>
    <name>qd::review::ChecklistDialog</name>
    <message>
        <source>The checklist for a design</source>
        <translation>Die Checkliste für einen Entwurf</translation>
    </message>
    <message>
        <source>Save it</source>
        <translation>Speichern</translation>
    </message>
    <message numerus="yes">
        <source>%1: %n live pattern(s)</source>
        <translation>
            <numerusform>%1: %n offenes Muster</numerusform>
            <numerusform>%1: %n offene Muster</numerusform>
        </translation>
    </message>
    <message>
        <source>The file it is saved as</source>
        <translation>Die Datei, in die sie geschrieben wird</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>What is asked</source>
        <translation>Was gefragt wird</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Markdown. A file that is there is not written over unless you say so.</source>
        <translation>Markdown. Eine Datei, die es schon gibt, wird nur überschrieben, wenn Sie es sagen.</translation>
    </message>
    <message>
        <source>Write over it</source>
        <translation>Überschreiben</translation>
    </message>
    <message>
        <source>There is no service yet.</source>
        <translation>Es gibt noch keinen Dienst.</translation>
    </message>
    <message>
        <source>There is a file of that name already, and it was left as it is. “Write over it” does that, or choose another name.</source>
        <translation>Eine Datei dieses Namens gibt es schon, sie blieb, wie sie ist. „Überschreiben“ tut genau das; oder wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>%1 could not be written: %2</source>
        <translation>%1 ließ sich nicht schreiben: %2</translation>
    </message>
</context>
<context>
    <name>qd::review::CostDialog</name>
    <message>
        <source>What %1 cost</source>
        <translation>Was %1 gekostet hat</translation>
    </message>
    <message>
        <source>Note it</source>
        <translation>Festhalten</translation>
    </message>
    <message>
        <source>It was none after all</source>
        <translation>Es waren doch keine</translation>
    </message>
    <message>
        <source>a new one</source>
        <translation>neue Kosten</translation>
    </message>
    <message>
        <source>%1. %2, %3 (taken back)</source>
        <translation>%1. %2, %3 (zurückgenommen)</translation>
    </message>
    <message>
        <source>Which</source>
        <translation>Welche</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>Betrag</translation>
    </message>
    <message>
        <source>The workspace names no currency.</source>
        <translation>Der Arbeitsbereich nennt keine Währung.</translation>
    </message>
    <message>
        <source>In %1.</source>
        <translation>In %1.</translation>
    </message>
    <message>
        <source>What for</source>
        <translation>Wofür</translation>
    </message>
    <message>
        <source>Beside people&apos;s time, which is reckoned from the record: credits, an extra cloud bill, express freight.</source>
        <translation>Neben der Zeit der Leute, die aus der Aufzeichnung berechnet wird: Gutschriften, eine höhere Cloud-Rechnung, Eilfracht.</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>Zurückgenommen</translation>
    </message>
    <message>
        <source>Change it</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>“%1” is no amount; write 1234.50.</source>
        <translation>„%1“ ist kein Betrag; schreiben Sie 1234.50.</translation>
    </message>
</context>
<context>
    <name>qd::review::CostPanel</name>
    <message>
        <source>Note a cost…</source>
        <translation>Kosten festhalten…</translation>
    </message>
    <message>
        <source>How was it handled?…</source>
        <translation>Wie wurde damit umgegangen?…</translation>
    </message>
    <message>
        <source>This incident: what it cost, how it was handled</source>
        <translation>Dieser Vorfall: was er gekostet hat, wie damit umgegangen wurde</translation>
    </message>
    <message>
        <source>THIS INCIDENT</source>
        <translation>DIESER VORFALL</translation>
    </message>
    <message>
        <source>It cost %1 in all.</source>
        <translation>Er hat insgesamt %1 gekostet.</translation>
    </message>
    <message numerus="yes">
        <source>%n person(s) worked on it for %1 together: %2.</source>
        <translation>
            <numerusform>%n Person hat %1 daran gearbeitet: %2.</numerusform>
            <numerusform>%n Personen haben zusammen %1 daran gearbeitet: %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n person(s) worked on it for %1 together.</source>
        <translation>
            <numerusform>%n Person hat %1 daran gearbeitet.</numerusform>
            <numerusform>%n Personen haben zusammen %1 daran gearbeitet.</numerusform>
        </translation>
    </message>
    <message>
        <source>The record has nobody&apos;s time between its declaration and its end.</source>
        <translation>Die Aufzeichnung kennt zwischen Ausrufung und Ende niemandes Zeit.</translation>
    </message>
    <message>
        <source>What that cost is not reckoned: the workspace sets no hourly rate.</source>
        <translation>Was das gekostet hat, ist nicht berechnet: Der Arbeitsbereich nennt keinen Stundensatz.</translation>
    </message>
    <message>
        <source>%1 for %2</source>
        <comment>money, what for</comment>
        <translation>%1 für %2</translation>
    </message>
    <message>
        <source>Nobody has said yet how it was handled.</source>
        <translation>Noch hat niemand gesagt, wie damit umgegangen wurde.</translation>
    </message>
    <message>
        <source>How it was handled, from 1 (badly) to 5 (well): %1</source>
        <translation>Wie damit umgegangen wurde, von 1 (schlecht) bis 5 (gut): %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a score, words</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1, %2: %3</source>
        <comment>a score, who said it, words</comment>
        <translation>%1, %2: %3</translation>
    </message>
</context>
<context>
    <name>qd::review::DebriefWords</name>
    <message>
        <source>%1 × %2</source>
        <comment>how often a score was given, and the score</comment>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>not said</source>
        <translation>nicht gesagt</translation>
    </message>
    <message>
        <source>low</source>
        <translation>wenig</translation>
    </message>
    <message>
        <source>medium</source>
        <translation>mittel</translation>
    </message>
    <message>
        <source>high</source>
        <translation>sehr</translation>
    </message>
</context>
<context>
    <name>qd::review::EvidenceList</name>
    <message>
        <source>Evidence</source>
        <translation>Belege</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Beteiligte</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Nachrichten</translation>
    </message>
    <message>
        <source>/ filter</source>
        <translation>/ filtern</translation>
    </message>
    <message>
        <source>Filter the evidence</source>
        <translation>Belege filtern</translation>
    </message>
    <message>
        <source>Detection</source>
        <translation>Erkennung</translation>
    </message>
    <message>
        <source>Diagnosis</source>
        <translation>Diagnose</translation>
    </message>
    <message>
        <source>Repair</source>
        <translation>Behebung</translation>
    </message>
    <message>
        <source>Key moment</source>
        <translation>Schlüsselmoment</translation>
    </message>
    <message>
        <source>Mark the chosen line: %1</source>
        <translation>Gewählte Zeile markieren: %1</translation>
    </message>
    <message>
        <source>commander</source>
        <translation>Einsatzleitung</translation>
    </message>
    <message numerus="yes">
        <source>%Ln entries</source>
        <translation>
            <numerusform>%Ln Eintrag</numerusform>
            <numerusform>%Ln Einträge</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln marked</source>
        <translation>
            <numerusform>%Ln markiert</numerusform>
            <numerusform>%Ln markiert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln hidden</source>
        <translation>
            <numerusform>%Ln verborgen</numerusform>
            <numerusform>%Ln verborgen</numerusform>
        </translation>
    </message>
    <message>
        <source>Ctrl+E cites in the narrative</source>
        <translation>Strg+E belegt im Bericht</translation>
    </message>
</context>
<context>
    <name>qd::review::EvidenceModel</name>
    <message>
        <source>somebody</source>
        <translation>jemand</translation>
    </message>
    <message>
        <source>(removed) %1</source>
        <translation>(entfernt) %1</translation>
    </message>
    <message>
        <source>(known %1)</source>
        <translation>(bekannt %1)</translation>
    </message>
    <message>
        <source>not marked</source>
        <translation>nicht markiert</translation>
    </message>
    <message>
        <source>marked %1</source>
        <translation>markiert %1</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>Marke</translation>
    </message>
    <message>
        <source>(put otherwise later, %1)</source>
        <translation>(später anders gesagt, %1)</translation>
    </message>
</context>
<context>
    <name>qd::review::FactorMonths</name>
    <message>
        <source>The chosen factor across incidents</source>
        <translation>Der gewählte Faktor über Vorfälle hinweg</translation>
    </message>
    <message>
        <source>ACROSS INCIDENTS</source>
        <translation>ÜBER VORFÄLLE HINWEG</translation>
    </message>
    <message>
        <source>%1: seen in no reviewed incident of the last 12 months.</source>
        <translation>%1: in keinem nachbereiteten Vorfall der letzten 12 Monate gesehen.</translation>
    </message>
    <message numerus="yes">
        <source>%1: seen in %Ln reviewed incident(s) of the last 12 months.</source>
        <translation>
            <numerusform>%1: in %Ln nachbereitetem Vorfall der letzten 12 Monate gesehen.</numerusform>
            <numerusform>%1: in %Ln nachbereiteten Vorfällen der letzten 12 Monate gesehen.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::review::FeedbackDialog</name>
    <message>
        <source>How was %1 handled?</source>
        <translation>Wie wurde mit %1 umgegangen?</translation>
    </message>
    <message>
        <source>Say it</source>
        <translation>Sagen</translation>
    </message>
    <message>
        <source>My name stands beside it</source>
        <translation>Mein Name steht dabei</translation>
    </message>
    <message>
        <source>5 · well</source>
        <translation>5 · gut</translation>
    </message>
    <message>
        <source>1 · badly</source>
        <translation>1 · schlecht</translation>
    </message>
    <message>
        <source>From 1 to 5</source>
        <translation>Von 1 bis 5</translation>
    </message>
    <message>
        <source>In words</source>
        <translation>In Worten</translation>
    </message>
    <message>
        <source>What was good, what was not. Of how it was led and worked on, not of what broke.</source>
        <translation>Was gut war und was nicht. Wie geführt und gearbeitet wurde, nicht was kaputtging.</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Ihr Name</translation>
    </message>
    <message>
        <source>Nobody is named unless you tick that: neither in the record nor in any list of who did or read what. The record keeps when it was said; where few answer, the hour and your words may tell that it was you. It cannot be taken back, and nobody knows who has answered already.</source>
        <translation>Niemand wird genannt, solange Sie das nicht ankreuzen: weder in der Aufzeichnung noch in einer Liste, wer was getan oder gelesen hat. Die Aufzeichnung hält fest, wann es gesagt wurde; wo wenige antworten, können Uhrzeit und Worte verraten, dass Sie es waren. Es lässt sich nicht zurücknehmen, und niemand weiß, wer schon geantwortet hat.</translation>
    </message>
    <message numerus="yes">
        <source>That is too long: %Ln letters at most.</source>
        <translation>
            <numerusform>Das ist zu lang: höchstens %Ln Zeichen.</numerusform>
            <numerusform>Das ist zu lang: höchstens %Ln Zeichen.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::review::FigureTexts</name>
    <message>
        <source>%1 after it was declared</source>
        <comment>a length of time</comment>
        <translation>%1 nach der Erklärung</translation>
    </message>
    <message>
        <source>%1 it began</source>
        <translation>%1 es begann</translation>
    </message>
    <message>
        <source>%1 first alert</source>
        <translation>%1 erster Alarm</translation>
    </message>
    <message>
        <source>%1 after it began</source>
        <comment>a length of time</comment>
        <translation>%1 nach dem Beginn</translation>
    </message>
    <message>
        <source>%1 declared</source>
        <translation>%1 erklärt</translation>
    </message>
    <message>
        <source>%1 after the first alert</source>
        <comment>a length of time</comment>
        <translation>%1 nach dem ersten Alarm</translation>
    </message>
    <message>
        <source>%1 first answer</source>
        <translation>%1 erste Antwort</translation>
    </message>
    <message>
        <source>%1 mitigated</source>
        <translation>%1 eingedämmt</translation>
    </message>
    <message>
        <source>%1 resolved</source>
        <translation>%1 behoben</translation>
    </message>
    <message>
        <source>at most %1</source>
        <comment>a length of time</comment>
        <translation>höchstens %1</translation>
    </message>
    <message numerus="yes">
        <source>%Ln call(s) answered, within %1</source>
        <translation>
            <numerusform>%Ln Ruf beantwortet, innerhalb von %1</numerusform>
            <numerusform>%Ln Rufe beantwortet, innerhalb von %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln call(s) nobody answered</source>
        <translation>
            <numerusform>%Ln Ruf, den niemand beantwortet hat</numerusform>
            <numerusform>%Ln Rufe, die niemand beantwortet hat</numerusform>
        </translation>
    </message>
    <message>
        <source>No alert is part of it.</source>
        <translation>Kein Alarm gehört dazu.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s) are part of it</source>
        <translation>
            <numerusform>%Ln Alarm gehört dazu</numerusform>
            <numerusform>%Ln Alarme gehören dazu</numerusform>
        </translation>
    </message>
    <message>
        <source>No flood of alarms while it lasted.</source>
        <translation>Keine Alarmflut, solange er dauerte.</translation>
    </message>
    <message>
        <source>Flood from %1 for %2: %3 alarms, at most %4 in 10 minutes</source>
        <translation>Alarmflut ab %1, %2 lang: %3 Alarme, höchstens %4 in 10 Minuten</translation>
    </message>
    <message>
        <source>Flood since %1: %2 alarms so far, at most %3 in 10 minutes</source>
        <translation>Alarmflut seit %1: bisher %2 Alarme, höchstens %3 in 10 Minuten</translation>
    </message>
</context>
<context>
    <name>qd::review::FiguresPanel</name>
    <message>
        <source>This incident: when what came</source>
        <translation>Dieser Vorfall: wann was kam</translation>
    </message>
    <message>
        <source>WHEN WHAT CAME</source>
        <translation>WANN WAS KAM</translation>
    </message>
</context>
<context>
    <name>qd::review::GoToTimeDialog</name>
    <message>
        <source>Go to a time</source>
        <translation>Zu einer Zeit gehen</translation>
    </message>
    <message>
        <source>Go there</source>
        <translation>Dorthin gehen</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>As 14:09:30 or 2026-12-01 14:09:30, by the clock of the window (%1); there is %2 to %3.</source>
        <translation>Als 14:09:30 oder 2026-12-01 14:09:30, nach der Uhr des Fensters (%1); es gibt %2 bis %3.</translation>
    </message>
</context>
<context>
    <name>qd::review::InsightsPanel</name>
    <message>
        <source>ALERTS BY SERVICE</source>
        <translation>ALARME NACH DIENST</translation>
    </message>
    <message>
        <source>ALERTS BY SEVERITY</source>
        <translation>ALARME NACH SCHWERE</translation>
    </message>
    <message>
        <source>MOST FREQUENT</source>
        <translation>AM HÄUFIGSTEN</translation>
    </message>
    <message>
        <source>incidents</source>
        <translation>Vorfälle</translation>
    </message>
    <message>
        <source>half within</source>
        <translation>die Hälfte binnen</translation>
    </message>
    <message>
        <source>nine of ten within</source>
        <translation>neun von zehn binnen</translation>
    </message>
    <message>
        <source>longest</source>
        <translation>am längsten</translation>
    </message>
    <message>
        <source>until it was declared</source>
        <translation>bis er erklärt wurde</translation>
    </message>
    <message>
        <source>until somebody answered</source>
        <translation>bis jemand antwortete</translation>
    </message>
    <message>
        <source>until it was mitigated</source>
        <translation>bis er eingedämmt war</translation>
    </message>
    <message>
        <source>until it was resolved</source>
        <translation>bis er behoben war</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>%1 d %2 h</source>
        <translation>%1 d %2 h</translation>
    </message>
    <message numerus="yes">
        <source>%n incident(s)</source>
        <translation>
            <numerusform>%n Vorfall</numerusform>
            <numerusform>%n Vorfälle</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n alert(s)</source>
        <translation>
            <numerusform>%n Alarm</numerusform>
            <numerusform>%n Alarme</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n call(s)</source>
        <translation>
            <numerusform>%n Ruf</numerusform>
            <numerusform>%n Rufe</numerusform>
        </translation>
    </message>
    <message>
        <source> (%1 outside working hours, %2 at night, %3 only observed)</source>
        <translation> (%1 außerhalb der Arbeitszeit, %2 nachts, %3 nur beobachtet)</translation>
    </message>
    <message>
        <source>no flood</source>
        <translation>keine Flut</translation>
    </message>
    <message numerus="yes">
        <source>%n flood(s)</source>
        <translation>
            <numerusform>%n Flut</numerusform>
            <numerusform>%n Fluten</numerusform>
        </translation>
    </message>
    <message>
        <source>, %1 in all, %2 % of the time</source>
        <translation>, zusammen %1, %2 % der Zeit</translation>
    </message>
    <message>
        <source>Nothing happened in this time.</source>
        <translation>In dieser Zeit ist nichts geschehen.</translation>
    </message>
    <message>
        <source>Fewer than five incidents give no times; services with fewer than five alerts are counted together.</source>
        <translation>Weniger als fünf Vorfälle ergeben keine Zeiten; Dienste mit weniger als fünf Alarmen sind zusammengezählt.</translation>
    </message>
    <message>
        <source>, of one person %1 in the middle, %2 at the 90th percentile, %3 at most</source>
        <translation>, einer Person %1 im Median, %2 im 90. Perzentil, höchstens %3</translation>
    </message>
    <message>
        <source>, at most %1 alarms in 10 minutes</source>
        <translation>, höchstens %1 Alarme in 10 Minuten</translation>
    </message>
    <message>
        <source>the most frequent are %1 % of all alerts</source>
        <translation>die häufigsten sind %1 % aller Alarme</translation>
    </message>
    <message numerus="yes">
        <source>%n left out: drills, planned, called off, merged, rebuilt or written down afterwards</source>
        <translation>
            <numerusform>%n nicht gezählt: Übung, geplant, abgebrochen, zusammengelegt, nachgebildet oder nachträglich festgehalten</numerusform>
            <numerusform>%n nicht gezählt: Übungen, geplante, abgebrochene, zusammengelegte, nachgebildete oder nachträglich festgehaltene</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::review::LibraryDialog</name>
    <message>
        <source>Incident</source>
        <translation>Vorfall</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Für</translation>
    </message>
    <message>
        <source>As</source>
        <translation>Als</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>What was published</source>
        <translation>Was veröffentlicht wurde</translation>
    </message>
    <message>
        <source>What was published of reviews</source>
        <translation>Was aus Nachbereitungen veröffentlicht wurde</translation>
    </message>
    <message>
        <source>Find what was published</source>
        <translation>Veröffentlichtes finden</translation>
    </message>
    <message>
        <source>↵ its review · / find · Escape closes</source>
        <translation>↵ ihre Nachbereitung · / finden · Escape schließt</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Finden</translation>
    </message>
    <message>
        <source>Asking the core…</source>
        <translation>Der Kern wird gefragt …</translation>
    </message>
    <message>
        <source>Nothing was published yet.</source>
        <translation>Noch wurde nichts veröffentlicht.</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Words of the review, its title, the audience</source>
        <translation>Wörter der Nachbereitung, ihr Titel, der Empfängerkreis</translation>
    </message>
    <message>
        <source>The words stand in more places than are looked at; add one.</source>
        <translation>Die Wörter stehen an mehr Stellen, als angesehen werden; nehmen Sie eines hinzu.</translation>
    </message>
    <message>
        <source>By now</source>
        <translation>Inzwischen</translation>
    </message>
</context>
<context>
    <name>qd::review::MarkDialog</name>
    <message>
        <source>Mark what is selected</source>
        <translation>Das Ausgewählte kennzeichnen</translation>
    </message>
    <message>
        <source>Mark it</source>
        <translation>Kennzeichnen</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <source>For these alone</source>
        <translation>Nur für</translation>
    </message>
    <message>
        <source>ids of people and teams, with commas; empty: whoever is cleared for the class</source>
        <translation>Kennungen von Menschen und Teams, mit Kommas; leer: wer für die Klasse freigegeben ist</translation>
    </message>
    <message numerus="yes">
        <source>At most %Ln name(s) stand in a mark.</source>
        <translation>
            <numerusform>In einer Kennzeichnung steht höchstens %Ln Name.</numerusform>
            <numerusform>In einer Kennzeichnung stehen höchstens %Ln Namen.</numerusform>
        </translation>
    </message>
    <message>
        <source>“%1” is no person&apos;s or team&apos;s id here.</source>
        <translation>„%1“ ist hier keine Kennung eines Menschen oder Teams.</translation>
    </message>
</context>
<context>
    <name>qd::review::MarkTexts</name>
    <message>
        <source>public</source>
        <translation>öffentlich</translation>
    </message>
    <message>
        <source>internal</source>
        <translation>intern</translation>
    </message>
    <message>
        <source>confidential</source>
        <translation>vertraulich</translation>
    </message>
    <message>
        <source>restricted</source>
        <translation>streng vertraulich</translation>
    </message>
    <message>
        <source>Sealed: words stand here that are not for you. Leave the hole as it is: they are put back when it is saved.</source>
        <translation>Versiegelt: hier stehen Wörter, die nicht für Sie sind. Lassen Sie die Lücke, wie sie ist: beim Speichern kommen sie zurück.</translation>
    </message>
    <message>
        <source>Marked %1: who is not cleared for it has a hole in its place.</source>
        <translation>Gekennzeichnet als %1: wer dafür nicht freigegeben ist, hat hier eine Lücke.</translation>
    </message>
    <message>
        <source>Marked %1, for %2 alone: everybody else has a hole in its place.</source>
        <translation>Gekennzeichnet als %1, nur für %2: alle anderen haben hier eine Lücke.</translation>
    </message>
    <message>
        <source>Nothing closes it (]]): it reaches to the end of the section.</source>
        <translation>Nichts schließt sie (]]): sie reicht bis zum Ende des Abschnitts.</translation>
    </message>
</context>
<context>
    <name>qd::review::MatrixPanel</name>
    <message>
        <source>Incident</source>
        <translation>Vorfall</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Nachbereitung</translation>
    </message>
    <message>
        <source>Reviews that name these factors</source>
        <translation>Nachbereitungen, die diese Faktoren nennen</translation>
    </message>
    <message>
        <source>Factors that met, by incidents</source>
        <translation>Faktoren, die zusammentrafen, nach Vorfällen</translation>
    </message>
    <message>
        <source>No review names a factor yet. Which of them meet is shown here once two do.</source>
        <translation>Noch nennt keine Nachbereitung einen Faktor. Welche zusammentreffen, steht hier, sobald es zwei gibt.</translation>
    </message>
    <message numerus="yes">
        <source>%n review(s) below: what follows another incident, or is part of its work, counts with it as one.</source>
        <translation>
            <numerusform>%n Nachbereitung darunter: Was einem anderen Vorfall folgt oder zu seiner Arbeit gehört, zählt mit ihm als einer.</numerusform>
            <numerusform>%n Nachbereitungen darunter: Was einem anderen Vorfall folgt oder zu seiner Arbeit gehört, zählt mit ihm als einer.</numerusform>
        </translation>
    </message>
    <message>
        <source>Factors by services, by incidents</source>
        <translation>Faktoren nach Diensten, nach Vorfällen</translation>
    </message>
    <message>
        <source>No review of an incident at a service names a factor yet.</source>
        <translation>Noch keine Nachbereitung eines Vorfalls an einem Dienst nennt einen Faktor.</translation>
    </message>
</context>
<context>
    <name>qd::review::MeetingDialog</name>
    <message>
        <source>The meeting about %1</source>
        <translation>Die Besprechung zu %1</translation>
    </message>
    <message>
        <source>It was held</source>
        <translation>Sie hat stattgefunden</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>Who was there</source>
        <translation>Wer dabei war</translation>
    </message>
    <message>
        <source>Space ticks and unticks. What is said last counts.</source>
        <translation>Leertaste kreuzt an und ab. Was zuletzt gesagt wird, gilt.</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>As 2026-12-01 10:00, in UTC; left empty, when it was to be, or now.</source>
        <translation>Als 2026-12-01 10:00, in UTC; leer: wann sie sein sollte, oder jetzt.</translation>
    </message>
    <message>
        <source>“%1” is no time; write 2026-12-01 10:00.</source>
        <translation>„%1“ ist keine Zeit; schreiben Sie 2026-12-01 10:00.</translation>
    </message>
</context>
<context>
    <name>qd::review::MeetingStrip</name>
    <message>
        <source>Meeting held…</source>
        <translation>Besprechung war…</translation>
    </message>
    <message>
        <source>Meeting and signatures</source>
        <translation>Besprechung und Unterschriften</translation>
    </message>
    <message>
        <source>The meeting was held on %1, with %2.</source>
        <translation>Die Besprechung war am %1, mit %2.</translation>
    </message>
    <message>
        <source>No meeting was held yet.</source>
        <translation>Es gab noch keine Besprechung.</translation>
    </message>
    <message>
        <source>Nobody&apos;s signature is asked for.</source>
        <translation>Niemandes Unterschrift ist gefragt.</translation>
    </message>
    <message>
        <source>%1 of %2 signed what is written now.</source>
        <translation>%1 von %2 haben unterschrieben, was jetzt dasteht.</translation>
    </message>
    <message>
        <source>Take my signature back</source>
        <translation>Meine Unterschrift zurücknehmen</translation>
    </message>
    <message>
        <source>Sign again: it was changed</source>
        <translation>Neu unterschreiben: es wurde geändert</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>Unterschreiben</translation>
    </message>
</context>
<context>
    <name>qd::review::PatternDialog</name>
    <message>
        <source>Make it a pattern</source>
        <translation>Zum Muster machen</translation>
    </message>
    <message>
        <source>Pattern %1</source>
        <translation>Muster %1</translation>
    </message>
    <message>
        <source>Make it one</source>
        <translation>Zu einem machen</translation>
    </message>
    <message>
        <source>Write it so</source>
        <translation>So schreiben</translation>
    </message>
    <message>
        <source>What recurs</source>
        <translation>Was wiederkehrt</translation>
    </message>
    <message>
        <source>What is required</source>
        <translation>Was verlangt wird</translation>
    </message>
    <message>
        <source>What would have to be true for it not to recur, as a statement that can be tested. It may be written later.</source>
        <translation>Was gelten müsste, damit es nicht wiederkehrt, als Aussage, die sich prüfen lässt. Das kann später geschrieben werden.</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>Dienste</translation>
    </message>
    <message>
        <source>By id, with commas: whose next design it is asked of; none: every one&apos;s.</source>
        <translation>Nach Kennung, mit Kommas: bei wessen nächstem Entwurf danach gefragt wird; keiner: bei jedem.</translation>
    </message>
    <message>
        <source>Factors: %1</source>
        <translation>Faktoren: %1</translation>
    </message>
    <message>
        <source>Seen in %1</source>
        <translation>Gesehen in %1</translation>
    </message>
    <message numerus="yes">
        <source>That is too long: %Ln letters at most.</source>
        <translation>
            <numerusform>Das ist zu lang: höchstens %Ln Zeichen.</numerusform>
            <numerusform>Das ist zu lang: höchstens %Ln Zeichen.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::review::Presentation</name>
    <message>
        <source>DETECTION</source>
        <translation>ERKENNUNG</translation>
    </message>
    <message>
        <source>DIAGNOSIS</source>
        <translation>DIAGNOSE</translation>
    </message>
    <message>
        <source>REPAIR</source>
        <translation>BEHEBUNG</translation>
    </message>
    <message>
        <source>KEY MOMENT</source>
        <translation>SCHLÜSSELMOMENT</translation>
    </message>
    <message>
        <source>(removed)</source>
        <translation>(entfernt)</translation>
    </message>
    <message>
        <source>WHAT IS TO BE DONE</source>
        <translation>WAS ZU TUN IST</translation>
    </message>
    <message>
        <source>No action is open.</source>
        <translation>Keine Maßnahme ist offen.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln open action(s)</source>
        <translation>
            <numerusform>%Ln offene Maßnahme</numerusform>
            <numerusform>%Ln offene Maßnahmen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… and %Ln more</source>
        <translation>
            <numerusform>… und %Ln weitere</numerusform>
            <numerusform>… und %Ln weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>→ next · ← back · Home first · End last · [ ] minute · { } event · G time · T play · V speed · K clock · R names · Esc leaves</source>
        <translation>→ weiter · ← zurück · Pos1 erste · Ende letzte · [ ] Minute · { } Ereignis · G Zeit · T abspielen · V Tempo · K Uhr · R Namen · Esc verlässt</translation>
    </message>
    <message>
        <source>(known %1)</source>
        <translation>(bekannt %1)</translation>
    </message>
    <message>
        <source>PAST · as known at %1</source>
        <translation>VERGANGEN · wie um %1 bekannt</translation>
    </message>
    <message>
        <source>PAST · as it was at %1</source>
        <translation>VERGANGEN · wie es um %1 war</translation>
    </message>
    <message>
        <source>%1 · SEV%2 at its worst</source>
        <translation>%1 · höchster Schweregrad SEV%2</translation>
    </message>
    <message>
        <source>%1 · SEV%2 at %3</source>
        <translation>%1 · SEV%2 um %3</translation>
    </message>
</context>
<context>
    <name>qd::review::PublishDialog</name>
    <message>
        <source>%1: as it is read, inside and outside</source>
        <translation>%1: wie sie innen und außen gelesen wird</translation>
    </message>
    <message>
        <source>Published as</source>
        <translation>Veröffentlicht als</translation>
    </message>
    <message>
        <source>as</source>
        <translation>als</translation>
    </message>
    <message>
        <source>Allow “%1” in what is published</source>
        <translation>„%1“ in Veröffentlichtem zulassen</translation>
    </message>
    <message>
        <source>Allow</source>
        <translation>Zulassen</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>It is being written…</source>
        <translation>Sie wird geschrieben…</translation>
    </message>
    <message>
        <source>The leak check stops at something new; nothing was published.</source>
        <translation>Die Prüfung auf Preisgegebenes hält an etwas Neuem an; es wurde nichts veröffentlicht.</translation>
    </message>
    <message>
        <source>%1 could not be written: %2</source>
        <translation>%1 konnte nicht geschrieben werden: %2</translation>
    </message>
    <message>
        <source>The review is %1</source>
        <translation>Die Nachbereitung ist %1</translation>
    </message>
    <message>
        <source>a file</source>
        <translation>eine Datei</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>%1 (%2, observes only)</source>
        <translation>%1 (%2, nur beobachtend)</translation>
    </message>
    <message>
        <source>Where it is published</source>
        <translation>Wo es veröffentlicht wird</translation>
    </message>
    <message>
        <source>status page %1</source>
        <translation>Statusseite %1</translation>
    </message>
    <message>
        <source>It is being published…</source>
        <translation>Es wird veröffentlicht…</translation>
    </message>
    <message>
        <source>It is on its way to %1. Once it is there, it stands in what was published.</source>
        <translation>Es ist unterwegs zu %1. Ist es dort, steht es unter dem Veröffentlichten.</translation>
    </message>
    <message>
        <source>It is being drafted…</source>
        <translation>Es wird entworfen…</translation>
    </message>
    <message>
        <source>It is drafted as a message for the status page %1: it is approved and released there as every other.</source>
        <translation>Es ist als Nachricht für die Statusseite %1 entworfen: sie wird freigegeben und veröffentlicht wie jede andere.</translation>
    </message>
    <message>
        <source>nothing could be made of it</source>
        <translation>es ließ sich nichts daraus machen</translation>
    </message>
    <message>
        <source>there are %1 files of this name</source>
        <translation>es gibt %1 Dateien dieses Namens</translation>
    </message>
    <message>
        <source>one section as it is typed, without what is marked</source>
        <translation>ein Abschnitt, wie er geschrieben wird, ohne das Gekennzeichnete</translation>
    </message>
    <message>
        <source>close</source>
        <translation>schließen</translation>
    </message>
    <message>
        <source>Review: one section as it is typed, without what is marked</source>
        <translation>Nachbereitung: ein Abschnitt, wie er geschrieben wird, ohne das Gekennzeichnete</translation>
    </message>
</context>
<context>
    <name>qd::review::Registered</name>
    <message>
        <source>no owner</source>
        <translation>niemand verantwortlich</translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s)</source>
        <translation>
            <numerusform>%Ln Tag</numerusform>
            <numerusform>%Ln Tage</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln time(s)</source>
        <translation>
            <numerusform>%Ln Mal</numerusform>
            <numerusform>%Ln Mal</numerusform>
        </translation>
    </message>
    <message>
        <source>reads otherwise</source>
        <translation>liest sich anders</translation>
    </message>
    <message>
        <source>the same</source>
        <translation>unverändert</translation>
    </message>
    <message>
        <source>for %1 as %2</source>
        <translation>für %1 als %2</translation>
    </message>
    <message>
        <source>for %1 as %2, %3</source>
        <translation>für %1 als %2, %3</translation>
    </message>
    <message>
        <source>What was published reads otherwise than the review by now: %1</source>
        <translation>Veröffentlichtes liest sich inzwischen anders als die Nachbereitung: %1</translation>
    </message>
    <message numerus="yes">
        <source> and %Ln more</source>
        <translation>
            <numerusform> und %Ln weitere</numerusform>
            <numerusform> und %Ln weitere</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::review::ReplayLanes</name>
    <message>
        <source>Lanes of the replay</source>
        <translation>Spuren der Wiedergabe</translation>
    </message>
    <message>
        <source>The present</source>
        <translation>Die Gegenwart</translation>
    </message>
    <message>
        <source>The past, as known at %1</source>
        <translation>Die Vergangenheit, wie um %1 bekannt</translation>
    </message>
    <message>
        <source>The past, as it was at %1</source>
        <translation>Die Vergangenheit, wie es um %1 war</translation>
    </message>
    <message>
        <source>happened %1, known %2</source>
        <translation>geschehen %1, bekannt %2</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>Alarme</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Änderungen</translation>
    </message>
    <message>
        <source>People, decisions</source>
        <translation>Menschen, Entscheidungen</translation>
    </message>
    <message>
        <source>Updates</source>
        <translation>Meldungen</translation>
    </message>
</context>
<context>
    <name>qd::review::ReplayStrip</name>
    <message>
        <source>as known then</source>
        <translation>wie damals bekannt</translation>
    </message>
    <message>
        <source>as it was</source>
        <translation>wie es war</translation>
    </message>
    <message>
        <source>present</source>
        <translation>Gegenwart</translation>
    </message>
    <message>
        <source>Replay</source>
        <translation>Wiedergabe</translation>
    </message>
    <message>
        <source>REPLAY</source>
        <translation>WIEDERGABE</translation>
    </message>
    <message>
        <source>clock:</source>
        <translation>Uhr:</translation>
    </message>
    <message>
        <source>minute</source>
        <translation>Minute</translation>
    </message>
    <message>
        <source>event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>❚❚ pause</source>
        <translation>❚❚ anhalten</translation>
    </message>
    <message>
        <source>▶ play</source>
        <translation>▶ abspielen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Speed: %1 times</source>
        <translation>Geschwindigkeit: %1-fach</translation>
    </message>
    <message>
        <source>Clock: %1. It holds.</source>
        <translation>Uhr: %1. Sie gilt.</translation>
    </message>
    <message>
        <source>Clock: %1. It does not hold.</source>
        <translation>Uhr: %1. Sie gilt nicht.</translation>
    </message>
    <message>
        <source>The clock that holds: as known then</source>
        <translation>Die Uhr, die gilt: wie damals bekannt</translation>
    </message>
    <message>
        <source>The clock that holds: as it was</source>
        <translation>Die Uhr, die gilt: wie es war</translation>
    </message>
    <message>
        <source>PAST · as known at %1</source>
        <translation>VERGANGEN · wie um %1 bekannt</translation>
    </message>
    <message>
        <source>PAST · as it was at %1</source>
        <translation>VERGANGEN · wie es um %1 war</translation>
    </message>
</context>
<context>
    <name>qd::review::ReviewHeader</name>
    <message>
        <source>Do without…</source>
        <translation>Verzichten…</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Nachbereitung</translation>
    </message>
    <message>
        <source>severity %1</source>
        <translation>Schweregrad %1</translation>
    </message>
    <message>
        <source>facilitator</source>
        <translation>Moderation</translation>
    </message>
    <message>
        <source>owner</source>
        <translation>verantwortlich</translation>
    </message>
    <message>
        <source>meeting</source>
        <translation>Besprechung</translation>
    </message>
    <message>
        <source>draft due</source>
        <translation>Entwurf fällig</translation>
    </message>
    <message>
        <source>required people %1 of %2 contributed</source>
        <translation>%1 von %2 Verlangten haben beigetragen</translation>
    </message>
    <message>
        <source>To review</source>
        <translation>Zur Durchsicht</translation>
    </message>
    <message>
        <source>Reviewed</source>
        <translation>Durchgesehen</translation>
    </message>
    <message>
        <source>Close it</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Arrange…</source>
        <translation>Vereinbaren…</translation>
    </message>
    <message>
        <source>Open the review…</source>
        <translation>Nachbereitung eröffnen…</translation>
    </message>
    <message>
        <source>%1 does without: %2 (%3)</source>
        <translation>%1 verzichtet: %2 (%3)</translation>
    </message>
    <message>
        <source>Before it is reviewed: %1</source>
        <translation>Vor dem Abschluss der Durchsicht: %1</translation>
    </message>
    <message>
        <source>Nothing is missing. %1</source>
        <translation>Nichts fehlt. %1</translation>
    </message>
    <message>
        <source>PAST · as known at %1</source>
        <translation>VERGANGEN · wie um %1 bekannt</translation>
    </message>
    <message>
        <source>PAST · as it was at %1</source>
        <translation>VERGANGEN · wie es um %1 war</translation>
    </message>
    <message>
        <source>live patterns</source>
        <translation>offene Muster</translation>
    </message>
    <message>
        <source>What is missing</source>
        <translation>Was fehlt</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>Was zu tun ist</translation>
    </message>
    <message>
        <source>What is missing before it is reviewed</source>
        <translation>Was vor der Nachbereitung fehlt</translation>
    </message>
    <message numerus="yes">
        <source>%Ln thing(s) missing before it is reviewed</source>
        <translation>
            <numerusform>%Ln Sache fehlt, bevor er nachbereitet ist</numerusform>
            <numerusform>%Ln Sachen fehlen, bevor er nachbereitet ist</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is missing</source>
        <translation>Es fehlt nichts</translation>
    </message>
    <message numerus="yes">
        <source>%Ln done without</source>
        <translation>
            <numerusform>ohne %Ln geht es</numerusform>
            <numerusform>ohne %Ln geht es</numerusform>
        </translation>
    </message>
    <message>
        <source>▾ Hide them</source>
        <translation>▾ Verbergen</translation>
    </message>
    <message>
        <source>▸ What to do</source>
        <translation>▸ Was zu tun ist</translation>
    </message>
    <message>
        <source>%1 (SEV%2 at its worst)</source>
        <translation>%1 (höchster Schweregrad SEV%2)</translation>
    </message>
    <message>
        <source>%1 of %2 facts are here: rebuild it once more from the same files, into %3 (F9), which adds what is missing.</source>
        <translation>%1 von %2 Fakten sind hier: Noch einmal aus denselben Dateien in %3 nachbilden (F9), das ergänzt, was fehlt.</translation>
    </message>
</context>
<context>
    <name>qd::review::ReviewView</name>
    <message>
        <source>That is done in a review: Ctrl+3.</source>
        <translation>Das geschieht in einer Nachbereitung: Strg+3.</translation>
    </message>
    <message>
        <source>Review: mark as detection, or no longer</source>
        <translation>Nachbereitung: als Erkennung markieren, oder nicht mehr</translation>
    </message>
    <message>
        <source>Review: mark as diagnosis, or no longer</source>
        <translation>Nachbereitung: als Diagnose markieren, oder nicht mehr</translation>
    </message>
    <message>
        <source>Review: mark as repair, or no longer</source>
        <translation>Nachbereitung: als Behebung markieren, oder nicht mehr</translation>
    </message>
    <message>
        <source>Review: mark as key moment, or no longer</source>
        <translation>Nachbereitung: als Schlüsselmoment markieren, oder nicht mehr</translation>
    </message>
    <message>
        <source>Review: evidence, people or messages</source>
        <translation>Nachbereitung: Belege, Beteiligte oder Nachrichten</translation>
    </message>
    <message>
        <source>Review: people by name, or by what they were</source>
        <translation>Nachbereitung: Personen mit Namen, oder als was sie handelten</translation>
    </message>
    <message>
        <source>People stand by name.</source>
        <translation>Personen stehen mit Namen da.</translation>
    </message>
    <message>
        <source>People stand by what they were.</source>
        <translation>Personen stehen als das da, als was sie handelten.</translation>
    </message>
    <message>
        <source>Review: tell it to a room</source>
        <translation>Nachbereitung: einem Raum vortragen</translation>
    </message>
    <message>
        <source>No review is open.</source>
        <translation>Keine Nachbereitung ist offen.</translation>
    </message>
    <message>
        <source>Review: insert a link to the chosen line</source>
        <translation>Nachbereitung: Verweis auf die gewählte Zeile einfügen</translation>
    </message>
    <message>
        <source>Review: next thing to look at again</source>
        <translation>Nachbereitung: nächste Stelle, die noch einmal anzusehen ist</translation>
    </message>
    <message>
        <source>Review: this revision is done</source>
        <translation>Nachbereitung: diese Fassung ist fertig</translation>
    </message>
    <message>
        <source>Review: next section</source>
        <translation>Nachbereitung: nächster Abschnitt</translation>
    </message>
    <message>
        <source>Review: section before</source>
        <translation>Nachbereitung: voriger Abschnitt</translation>
    </message>
    <message>
        <source>Review: internal, external, side by side</source>
        <translation>Nachbereitung: intern, extern, nebeneinander</translation>
    </message>
    <message>
        <source>Review: put two texts together</source>
        <translation>Nachbereitung: zwei Texte zusammenführen</translation>
    </message>
    <message>
        <source>Review: take the section over</source>
        <translation>Nachbereitung: den Abschnitt übernehmen</translation>
    </message>
    <message>
        <source>Review: comment on what is selected…</source>
        <translation>Nachbereitung: das Ausgewählte kommentieren…</translation>
    </message>
    <message>
        <source>Review: factors, actions, prompts, people, comments, metrics</source>
        <translation>Nachbereitung: Faktoren, Maßnahmen, Fragen, Beteiligte, Kommentare, Zahlen</translation>
    </message>
    <message>
        <source>Review: back among them</source>
        <translation>Nachbereitung: zurück unter diesen</translation>
    </message>
    <message>
        <source>Review: open or arrange it…</source>
        <translation>Nachbereitung: eröffnen oder vereinbaren…</translation>
    </message>
    <message>
        <source>Review: on to its next phase…</source>
        <translation>Nachbereitung: in die nächste Phase…</translation>
    </message>
    <message>
        <source>Review: do without what is missing…</source>
        <translation>Nachbereitung: auf Fehlendes verzichten…</translation>
    </message>
    <message>
        <source>Review: all reviews</source>
        <translation>Nachbereitung: alle Nachbereitungen</translation>
    </message>
    <message>
        <source>Review: all factors, or those somebody sees</source>
        <translation>Nachbereitung: alle Faktoren, oder die jemand sieht</translation>
    </message>
    <message>
        <source>Review: new action…</source>
        <translation>Nachbereitung: neue Maßnahme…</translation>
    </message>
    <message>
        <source>Review: the action is done, verified; the comment is settled</source>
        <translation>Nachbereitung: Maßnahme erledigt, nachgewiesen; Kommentar geklärt</translation>
    </message>
    <message>
        <source>Review: drop the action…</source>
        <translation>Nachbereitung: Maßnahme fallen lassen…</translation>
    </message>
    <message>
        <source>Replay: a minute back</source>
        <translation>Wiedergabe: eine Minute zurück</translation>
    </message>
    <message>
        <source>Replay: a minute on</source>
        <translation>Wiedergabe: eine Minute weiter</translation>
    </message>
    <message>
        <source>Replay: to the event before</source>
        <translation>Wiedergabe: zum vorigen Ereignis</translation>
    </message>
    <message>
        <source>Replay: to the next event</source>
        <translation>Wiedergabe: zum nächsten Ereignis</translation>
    </message>
    <message>
        <source>Replay: as known then, or as it was</source>
        <translation>Wiedergabe: wie damals bekannt, oder wie es war</translation>
    </message>
    <message>
        <source>Replay: once, 8 or 60 times as fast</source>
        <translation>Wiedergabe: ein-, 8- oder 60-mal so schnell</translation>
    </message>
    <message>
        <source>Replay: play or pause</source>
        <translation>Wiedergabe: abspielen oder anhalten</translation>
    </message>
    <message>
        <source>Replay: to the beginning</source>
        <translation>Wiedergabe: zum Anfang</translation>
    </message>
    <message>
        <source>Replay: to the end</source>
        <translation>Wiedergabe: zum Ende</translation>
    </message>
    <message>
        <source>Turn the review of %1</source>
        <translation>Phase der Nachbereitung von %1 ändern</translation>
    </message>
    <message>
        <source>Turn it</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Nach</translation>
    </message>
    <message>
        <source>The review is turned.</source>
        <translation>Die Phase ist geändert.</translation>
    </message>
    <message>
        <source>There is no incident to review.</source>
        <translation>Es gibt keinen Vorfall nachzubereiten.</translation>
    </message>
    <message>
        <source>The review of %1 is open.</source>
        <translation>Die Nachbereitung von %1 ist offen.</translation>
    </message>
    <message>
        <source>Nothing is missing.</source>
        <translation>Nichts fehlt.</translation>
    </message>
    <message>
        <source>Do without it</source>
        <translation>Darauf verzichten</translation>
    </message>
    <message>
        <source>Do without</source>
        <translation>Verzichten</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>Es fehlt</translation>
    </message>
    <message>
        <source>The reason stands in the record and in what is published inside.</source>
        <translation>Der Grund steht in der Aufzeichnung und in dem, was intern veröffentlicht wird.</translation>
    </message>
    <message>
        <source>The review does without it.</source>
        <translation>Die Nachbereitung verzichtet darauf.</translation>
    </message>
    <message>
        <source>Choose a line of the evidence first.</source>
        <translation>Wählen Sie zuerst eine Zeile der Belege.</translation>
    </message>
    <message>
        <source>The comment is settled.</source>
        <translation>Der Kommentar ist geklärt.</translation>
    </message>
    <message>
        <source>nobody: in their own words</source>
        <translation>niemand: in eigenen Worten</translation>
    </message>
    <message>
        <source>What %1 has to say</source>
        <translation>Was %1 zu sagen hat</translation>
    </message>
    <message>
        <source>Contribute</source>
        <translation>Beitragen</translation>
    </message>
    <message>
        <source>In words</source>
        <translation>In Worten</translation>
    </message>
    <message>
        <source>Said for them by</source>
        <translation>Für sie spricht</translation>
    </message>
    <message>
        <source>The contribution is recorded.</source>
        <translation>Der Beitrag ist aufgezeichnet.</translation>
    </message>
    <message>
        <source>Answer comment %1</source>
        <translation>Kommentar %1 beantworten</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Kommentar</translation>
    </message>
    <message>
        <source>Say it</source>
        <translation>Sagen</translation>
    </message>
    <message>
        <source>About: %1</source>
        <translation>Zu: %1</translation>
    </message>
    <message>
        <source>The comment is recorded.</source>
        <translation>Der Kommentar ist aufgezeichnet.</translation>
    </message>
    <message>
        <source>You no longer see: %1.</source>
        <translation>Sie sehen nicht mehr: %1.</translation>
    </message>
    <message>
        <source>No line of the evidence is chosen: choose the one that shows it first.</source>
        <translation>Keine Zeile der Belege ist gewählt: Wählen Sie zuerst die, die es zeigt.</translation>
    </message>
    <message>
        <source>Shown by the chosen line: %1</source>
        <translation>Gezeigt von der gewählten Zeile: %1</translation>
    </message>
    <message>
        <source>You see: %1</source>
        <translation>Sie sehen: %1</translation>
    </message>
    <message>
        <source>I see it</source>
        <translation>Ich sehe es</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>That you see it is recorded.</source>
        <translation>Dass Sie es sehen, ist aufgezeichnet.</translation>
    </message>
    <message>
        <source>Asking the core…</source>
        <translation>Der Kern wird gefragt…</translation>
    </message>
    <message>
        <source>The last 30 days. Ctrl+Shift+I shows other stretches.</source>
        <translation>Die letzten 30 Tage. Strg+Umschalt+I zeigt andere Zeiträume.</translation>
    </message>
    <message>
        <source>That line is not in the record here: it was erased, or is of another incident.</source>
        <translation>Diese Zeile steht hier nicht in der Aufzeichnung: Sie wurde gelöscht oder gehört zu einem anderen Vorfall.</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Schweregrad</translation>
    </message>
    <message>
        <source>Incident</source>
        <translation>Vorfall</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Nachbereitung</translation>
    </message>
    <message>
        <source>Draft due</source>
        <translation>Entwurf fällig</translation>
    </message>
    <message>
        <source>Contributed</source>
        <translation>Beigetragen</translation>
    </message>
    <message>
        <source>Open actions</source>
        <translation>Offene Maßnahmen</translation>
    </message>
    <message>
        <source>Over</source>
        <translation>Vorbei</translation>
    </message>
    <message>
        <source>Reviews</source>
        <translation>Nachbereitungen</translation>
    </message>
    <message>
        <source>NOT OPENED</source>
        <translation>NICHT ERÖFFNET</translation>
    </message>
    <message>
        <source>REVIEWS</source>
        <translation>NACHBEREITUNGEN</translation>
    </message>
    <message>
        <source>open</source>
        <translation>öffnen</translation>
    </message>
    <message>
        <source>Nothing to learn from yet</source>
        <translation>Noch nichts, woraus zu lernen ist</translation>
    </message>
    <message>
        <source>Review: inside and outside side by side, and publish…</source>
        <translation>Nachbereitung: innen und außen nebeneinander, und veröffentlichen…</translation>
    </message>
    <message>
        <source>Review: what reviews say together…</source>
        <translation>Nachbereitung: was alle zusammen sagen…</translation>
    </message>
    <message>
        <source>Review: what the newest revision changed, and the ones before it</source>
        <translation>Nachbereitung: was die neueste Fassung änderte, und die davor</translation>
    </message>
    <message>
        <source>Review: what is to be done, of all reviews…</source>
        <translation>Nachbereitung: was zu tun ist, aus allen…</translation>
    </message>
    <message>
        <source>Review: what was published…</source>
        <translation>Nachbereitung: was veröffentlicht wurde…</translation>
    </message>
    <message>
        <source>Review: the action is as its tracker says</source>
        <translation>Nachbereitung: die Maßnahme ist, wie ihr Tracker sagt</translation>
    </message>
    <message>
        <source>Review: the action in a tracker…</source>
        <translation>Nachbereitung: die Maßnahme in einem Tracker…</translation>
    </message>
    <message>
        <source>Replay: play or pause, also while it is told</source>
        <translation>Wiedergabe: abspielen oder anhalten, auch beim Vortragen</translation>
    </message>
    <message>
        <source>The record of %1 was erased: there is nothing of it to review.</source>
        <translation>Die Aufzeichnung von %1 wurde gelöscht: Davon ist nichts mehr nachzubereiten.</translation>
    </message>
    <message>
        <source>The contribution is recorded. How it was handled is asked as well, without a name: F under Metrics.</source>
        <translation>Der Beitrag ist aufgezeichnet. Gefragt ist auch, wie damit umgegangen wurde, ohne Namen: F unter Zahlen.</translation>
    </message>
    <message>
        <source>How sure you are</source>
        <translation>Wie sicher Sie sind</translation>
    </message>
    <message>
        <source>not said</source>
        <translation>nicht gesagt</translation>
    </message>
    <message>
        <source>Review: the meeting was held…</source>
        <translation>Nachbereitung: die Besprechung hat stattgefunden…</translation>
    </message>
    <message>
        <source>Review: sign what is written now, or take your signature back</source>
        <translation>Nachbereitung: unterschreiben, was jetzt dasteht, oder die Unterschrift zurücknehmen</translation>
    </message>
    <message>
        <source>Review: note what the incident cost…</source>
        <translation>Nachbereitung: festhalten, was der Vorfall gekostet hat…</translation>
    </message>
    <message>
        <source>Review: how was it handled?…</source>
        <translation>Nachbereitung: wie wurde damit umgegangen?…</translation>
    </message>
    <message>
        <source>Who was at the meeting is recorded.</source>
        <translation>Wer bei der Besprechung war, ist aufgezeichnet.</translation>
    </message>
    <message>
        <source>Your signature is taken back.</source>
        <translation>Ihre Unterschrift ist zurückgenommen.</translation>
    </message>
    <message>
        <source>You signed what is written now; what is written later is not signed.</source>
        <translation>Sie haben unterschrieben, was jetzt dasteht; was später geschrieben wird, ist nicht unterschrieben.</translation>
    </message>
    <message>
        <source>The cost is recorded.</source>
        <translation>Die Kosten sind aufgezeichnet.</translation>
    </message>
    <message>
        <source>It is recorded. Thank you.</source>
        <translation>Es ist aufgezeichnet. Danke.</translation>
    </message>
    <message>
        <source>Review: which factors met, to make a pattern of them…</source>
        <translation>Nachbereitung: welche Faktoren zusammentrafen, um ein Muster daraus zu machen …</translation>
    </message>
    <message>
        <source>Review: patterns, and the checklist for a design…</source>
        <translation>Nachbereitung: Muster, und die Checkliste für einen Entwurf …</translation>
    </message>
    <message>
        <source>Review: filter the evidence, or the list of reviews</source>
        <translation>Nachbereitung: Belege oder die Liste der Nachbereitungen filtern</translation>
    </message>
    <message>
        <source>/ filter</source>
        <translation>/ filtern</translation>
    </message>
    <message>
        <source>Filter the reviews</source>
        <translation>Nachbereitungen filtern</translation>
    </message>
    <message>
        <source>Every incident stands here, whether it runs or is over: its past can be gone through, and what was learnt of it is written.</source>
        <translation>Jeder Vorfall steht hier, ob er läuft oder vorbei ist: Seine Vergangenheit lässt sich durchgehen, und was aus ihm gelernt wurde, wird geschrieben.</translation>
    </message>
    <message>
        <source>No incident says that</source>
        <translation>Kein Vorfall sagt das</translation>
    </message>
    <message>
        <source>Escape takes the filter away.</source>
        <translation>Escape nimmt den Filter weg.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln incident(s)</source>
        <translation>
            <numerusform>%Ln Vorfall</numerusform>
            <numerusform>%Ln Vorfälle</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln shown</source>
        <translation>
            <numerusform>%Ln gezeigt</numerusform>
            <numerusform>%Ln gezeigt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln older one(s) not listed here: quarterdeckctl get incidents</source>
        <translation>
            <numerusform>%Ln älterer ist hier nicht aufgeführt: quarterdeckctl get incidents</numerusform>
            <numerusform>%Ln ältere sind hier nicht aufgeführt: quarterdeckctl get incidents</numerusform>
        </translation>
    </message>
    <message>
        <source>STILL RUNNING</source>
        <translation>LÄUFT NOCH</translation>
    </message>
    <message>
        <source>Review: begin a section…</source>
        <translation>Nachbereitung: Abschnitt beginnen …</translation>
    </message>
    <message>
        <source>This review is not written any more: turn it back to draft first.</source>
        <translation>An dieser Nachbereitung wird nicht mehr geschrieben: Setzen Sie sie zuerst auf Entwurf zurück.</translation>
    </message>
    <message>
        <source>Review: the chosen line of the evidence shows this factor</source>
        <translation>Nachbereitung: Die gewählte Zeile der Belege zeigt diesen Faktor</translation>
    </message>
    <message>
        <source>Choose a factor first.</source>
        <translation>Wählen Sie zuerst einen Faktor.</translation>
    </message>
    <message>
        <source>That line was removed by who said it; what is not there is not evidence.</source>
        <translation>Diese Zeile hat entfernt, wer sie gesagt hat; was nicht da ist, ist kein Beleg.</translation>
    </message>
    <message>
        <source>That line is cited for it already.</source>
        <translation>Diese Zeile ist dafür schon zitiert.</translation>
    </message>
    <message>
        <source>The line is cited for: %1.</source>
        <translation>Die Zeile ist zitiert für: %1.</translation>
    </message>
    <message>
        <source>Review: words for the one whose spelling is asked about…</source>
        <translation>Nachbereitung: Wörter für das, nach dessen Schreibweise gefragt ist…</translation>
    </message>
    <message>
        <source>Review: mark the selection as confidential or restricted…</source>
        <translation>Nachbereitung: die Auswahl als vertraulich oder streng vertraulich kennzeichnen…</translation>
    </message>
    <message>
        <source>Replay: to a time…</source>
        <translation>Wiedergabe: zu einer Zeit…</translation>
    </message>
    <message>
        <source>Review: what is missing, and what to do</source>
        <translation>Nachbereitung: was fehlt, und was zu tun ist</translation>
    </message>
</context>
<context>
    <name>qd::review::Said</name>
    <message>
        <source>eliminates it</source>
        <translation>schließt es aus</translation>
    </message>
    <message>
        <source>engineered</source>
        <translation>technisch gelöst</translation>
    </message>
    <message>
        <source>a rule</source>
        <translation>eine Regel</translation>
    </message>
    <message>
        <source>training</source>
        <translation>Schulung</translation>
    </message>
    <message>
        <source>open</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>done</source>
        <translation>erledigt</translation>
    </message>
    <message>
        <source>verified</source>
        <translation>nachgewiesen</translation>
    </message>
    <message>
        <source>dropped</source>
        <translation>fallen gelassen</translation>
    </message>
    <message>
        <source>NOT OPENED</source>
        <translation>NICHT ERÖFFNET</translation>
    </message>
    <message>
        <source>DRAFT</source>
        <translation>ENTWURF</translation>
    </message>
    <message>
        <source>IN REVIEW</source>
        <translation>IN DURCHSICHT</translation>
    </message>
    <message>
        <source>REVIEWED</source>
        <translation>DURCHGESEHEN</translation>
    </message>
    <message>
        <source>CLOSED</source>
        <translation>GESCHLOSSEN</translation>
    </message>
    <message>
        <source>in %1</source>
        <translation>in %1</translation>
    </message>
    <message>
        <source>late %1</source>
        <translation>seit %1 überfällig</translation>
    </message>
    <message>
        <source>raters disagree — discuss</source>
        <translation>nicht einig — bitte besprechen</translation>
    </message>
    <message>
        <source>you too</source>
        <translation>Sie auch</translation>
    </message>
    <message>
        <source>late, %1</source>
        <translation>überfällig, %1</translation>
    </message>
    <message numerus="yes">
        <source>moved %Ln time(s)</source>
        <translation>
            <numerusform>%Ln-mal verschoben</numerusform>
            <numerusform>%Ln-mal verschoben</numerusform>
        </translation>
    </message>
    <message>
        <source>no owner</source>
        <translation>niemand verantwortlich</translation>
    </message>
    <message>
        <source>%1 says it for them</source>
        <translation>%1 spricht für sie</translation>
    </message>
    <message>
        <source>contributed</source>
        <translation>beigetragen</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>fehlt</translation>
    </message>
    <message>
        <source>%1 (you)</source>
        <translation>%1 (Sie)</translation>
    </message>
    <message>
        <source>settled by %1</source>
        <translation>geklärt von %1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>open again there; open here? Y</source>
        <translation>dort wieder offen; hier auch? Y</translation>
    </message>
    <message>
        <source>closed there; done here? Y</source>
        <translation>dort geschlossen; hier erledigt? Y</translation>
    </message>
    <message>
        <source>with nobody there</source>
        <translation>dort bei niemandem</translation>
    </message>
    <message>
        <source>with %1 there</source>
        <translation>dort bei %1</translation>
    </message>
    <message>
        <source>sure: %1</source>
        <comment>how sure raters are</comment>
        <translation>sicher: %1</translation>
    </message>
    <message>
        <source>was there</source>
        <translation>war dabei</translation>
    </message>
    <message>
        <source>signed</source>
        <translation>unterschrieben</translation>
    </message>
    <message>
        <source>signed before the last change</source>
        <translation>vor der letzten Änderung unterschrieben</translation>
    </message>
    <message>
        <source>offered: %1</source>
        <translation>angeboten: %1</translation>
    </message>
    <message>
        <source>WHAT RECURS AT ITS SERVICES</source>
        <translation>WAS AN SEINEN DIENSTEN WIEDERKEHRT</translation>
    </message>
    <message>
        <source>%1: what would have to be true for it not to recur?</source>
        <translation>%1: Was müsste gelten, damit es nicht wiederkehrt?</translation>
    </message>
    <message>
        <source>%1 Was that so here? (%2)</source>
        <translation>%1 War das hier so? (%2)</translation>
    </message>
    <message>
        <source>Seen in %1.</source>
        <translation>Gesehen in %1.</translation>
    </message>
    <message numerus="yes">
        <source>%n live pattern(s)</source>
        <translation>
            <numerusform>%n offenes Muster</numerusform>
            <numerusform>%n offene Muster</numerusform>
        </translation>
    </message>
    <message>
        <source>STILL RUNNING</source>
        <translation>LÄUFT NOCH</translation>
    </message>
    <message>
        <source>The incident is still running: its past until now can be gone through; a review is written once it is resolved.</source>
        <translation>Der Vorfall läuft noch: Seine Vergangenheit bis jetzt lässt sich durchgehen; nachbereitet wird, sobald er gelöst ist.</translation>
    </message>
    <message>
        <source>The incident became part of another: what is learnt of it is written there.</source>
        <translation>Der Vorfall ging in einem anderen auf: Was aus ihm gelernt wird, wird dort geschrieben.</translation>
    </message>
    <message>
        <source>Nobody began a review: the record can be gone through, and Ctrl+O begins to write.</source>
        <translation>Niemand hat eine Nachbereitung begonnen: Die Aufzeichnung lässt sich durchgehen, und Strg+O beginnt zu schreiben.</translation>
    </message>
    <message>
        <source>CANCELLED</source>
        <translation>ABGEBROCHEN</translation>
    </message>
    <message>
        <source>MERGED</source>
        <translation>VEREINT</translation>
    </message>
    <message>
        <source>a line that is not in the record here: %1</source>
        <translation>eine Zeile, die hier nicht in der Aufzeichnung steht: %1</translation>
    </message>
    <message>
        <source>THE CHOSEN LINE IS MARKED: %1</source>
        <translation>DIE GEWÄHLTE ZEILE IST MARKIERT: %1</translation>
    </message>
    <message>
        <source>FITS WHAT IS CHOSEN: %1</source>
        <comment>an example of what was said</comment>
        <translation>PASST ZUM GEWÄHLTEN: %1</translation>
    </message>
    <message>
        <source>People: ↵ contributes, or names who says it for them</source>
        <translation>Beteiligte: ↵ trägt bei oder nennt, wer für jemanden spricht</translation>
    </message>
    <message>
        <source>write it; Ctrl+S says that it is done</source>
        <translation>schreiben; Strg+S sagt, dass es fertig ist</translation>
    </message>
    <message>
        <source>Factors: ↵ sees one, E cites the chosen line for it</source>
        <translation>Faktoren: ↵ sieht einen, E zitiert die gewählte Zeile dafür</translation>
    </message>
    <message>
        <source>Actions: ↵ gives it an owner, a day, a verification</source>
        <translation>Maßnahmen: ↵ gibt ihr Verantwortliche, einen Tag, eine Prüfung</translation>
    </message>
    <message>
        <source>People: H says who was at the meeting</source>
        <translation>Beteiligte: H sagt, wer bei der Besprechung war</translation>
    </message>
    <message>
        <source>People: S signs</source>
        <translation>Beteiligte: S unterschreibt</translation>
    </message>
    <message>
        <source>%1 does without: %2 (%3)</source>
        <translation>%1 verzichtet: %2 (%3)</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>raters who see a factor</comment>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>writes “%1” now</source>
        <translation>schreibt gerade an „%1“</translation>
    </message>
    <message>
        <source>Ctrl+O says whose is asked for, or (-) that nobody&apos;s is</source>
        <translation>Strg+O sagt, wer um einen Beitrag gebeten wird, oder (-) dass es niemand wird</translation>
    </message>
</context>
<context>
    <name>qd::review::SectionDialog</name>
    <message>
        <source>New section in the review of %1</source>
        <translation>Neuer Abschnitt der Nachbereitung von %1</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>Beginnen</translation>
    </message>
    <message>
        <source>Called</source>
        <translation>Er heißt</translation>
    </message>
    <message>
        <source>Everybody reads it, inside and outside, but for what is marked in it. What is for people outside alone stands in “To our customers”.</source>
        <translation>Alle lesen ihn, innen wie außen, bis auf das, was darin gekennzeichnet ist. Was nur für Menschen außen ist, steht in „An unsere Kunden“.</translation>
    </message>
    <message>
        <source>There is a section of this name: Ctrl+Page Down goes to it.</source>
        <translation>Einen Abschnitt dieses Namens gibt es: Strg+Bild ab führt zu ihm.</translation>
    </message>
    <message>
        <source>A name has a letter from a to z or a digit in it.</source>
        <translation>Ein Name enthält einen Buchstaben von a bis z oder eine Ziffer.</translation>
    </message>
</context>
<context>
    <name>qd::review::SectionDraft</name>
    <message>
        <source>Somebody else has this section. Your words stand beside it; nothing is lost.</source>
        <translation>Jemand anders hat diesen Abschnitt. Ihr Text steht daneben; nichts ist verloren.</translation>
    </message>
    <message>
        <source>%1 wrote this section meanwhile. Your words stand beside it; nothing is lost.</source>
        <translation>%1 hat inzwischen an diesem Abschnitt geschrieben. Ihr Text steht daneben; nichts ist verloren.</translation>
    </message>
    <message>
        <source>Words of yours stand beside this section: put both together.</source>
        <translation>Text von Ihnen steht neben diesem Abschnitt: Führen Sie beide zusammen.</translation>
    </message>
    <message>
        <source>These are words of yours that were not recorded. Put them together with what is.</source>
        <translation>Dies ist Text von Ihnen, der nicht aufgezeichnet wurde. Führen Sie ihn mit dem Aufgezeichneten zusammen.</translation>
    </message>
    <message>
        <source>Put both together first: the record says something else than your words were written over.</source>
        <translation>Führen Sie zuerst beide zusammen: Die Aufzeichnung sagt anderes als das, worüber Ihr Text geschrieben wurde.</translation>
    </message>
    <message>
        <source>Both texts are together now: read it through.</source>
        <translation>Beide Texte sind jetzt zusammen: Lesen Sie es durch.</translation>
    </message>
    <message>
        <source>You wrote this section meanwhile at another window. The words here stand beside it; nothing is lost.</source>
        <translation>Sie haben inzwischen in einem anderen Fenster an diesem Abschnitt geschrieben. Der Text hier steht daneben; nichts ist verloren.</translation>
    </message>
</context>
<context>
    <name>qd::review::SectionEditor</name>
    <message>
        <source>Section</source>
        <translation>Abschnitt</translation>
    </message>
    <message>
        <source>%1 — %2</source>
        <translation>%1 — %2</translation>
    </message>
    <message numerus="yes">
        <source>That is too long: a section holds %Ln letters. Nothing was pasted.</source>
        <translation>
            <numerusform>Das ist zu lang: Ein Abschnitt fasst %Ln Zeichen. Nichts wurde eingefügt.</numerusform>
            <numerusform>Das ist zu lang: Ein Abschnitt fasst %Ln Zeichen. Nichts wurde eingefügt.</numerusform>
        </translation>
    </message>
    <message>
        <source>What was selected is another by now: nothing was changed.</source>
        <translation>Was ausgewählt war, ist inzwischen anders: nichts wurde geändert.</translation>
    </message>
</context>
<context>
    <name>qd::review::SectionPanel</name>
    <message>
        <source>Put together</source>
        <translation>Zusammenführen</translation>
    </message>
    <message>
        <source>Take what is recorded</source>
        <translation>Das Aufgezeichnete nehmen</translation>
    </message>
    <message>
        <source>Take it over</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Narrative</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>internal</source>
        <translation>intern</translation>
    </message>
    <message>
        <source>external</source>
        <translation>extern</translation>
    </message>
    <message>
        <source>side by side</source>
        <translation>nebeneinander</translation>
    </message>
    <message>
        <source>As it is read</source>
        <translation>Wie es gelesen wird</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>Abschnitte</translation>
    </message>
    <message>
        <source>What the newest revision changed</source>
        <translation>Was die neueste Fassung änderte</translation>
    </message>
    <message>
        <source>Nothing to look at again in this section.</source>
        <translation>Nichts noch einmal anzusehen in diesem Abschnitt.</translation>
    </message>
    <message>
        <source>This review is not written any more: turn it back to draft first.</source>
        <translation>An dieser Nachbereitung wird nicht mehr geschrieben: Setzen Sie sie zuerst auf Entwurf zurück.</translation>
    </message>
    <message>
        <source>That line was removed by who said it; what is not there is not evidence.</source>
        <translation>Diese Zeile hat entfernt, wer sie gesagt hat; was nicht da ist, ist kein Beleg.</translation>
    </message>
    <message>
        <source>%1 has this section since %2.</source>
        <translation>%1 hat diesen Abschnitt seit %2.</translation>
    </message>
    <message>
        <source>RECORDED · yours is at the left</source>
        <translation>AUFGEZEICHNET · Ihrer steht links</translation>
    </message>
    <message>
        <source>What is recorded</source>
        <translation>Was aufgezeichnet ist</translation>
    </message>
    <message>
        <source>no findings</source>
        <translation>nichts zu beanstanden</translation>
    </message>
    <message numerus="yes">
        <source>%Ln finding(s), F8</source>
        <translation>
            <numerusform>%Ln Hinweis, F8</numerusform>
            <numerusform>%Ln Hinweise, F8</numerusform>
        </translation>
    </message>
    <message>
        <source>revision %1, a draft of %2</source>
        <translation>Fassung %1, ein Entwurf von %2</translation>
    </message>
    <message>
        <source>revision %1 by %2</source>
        <translation>Fassung %1 von %2</translation>
    </message>
    <message>
        <source>saved %1 ago</source>
        <translation>vor %1 gespeichert</translation>
    </message>
    <message>
        <source>not saved yet</source>
        <translation>noch nicht gespeichert</translation>
    </message>
    <message>
        <source>saving</source>
        <translation>wird gespeichert</translation>
    </message>
    <message>
        <source>NOT SAVED; your words are kept here</source>
        <translation>NICHT GESPEICHERT; Ihr Text bleibt hier erhalten</translation>
    </message>
    <message>
        <source>two texts</source>
        <translation>zwei Texte</translation>
    </message>
    <message>
        <source>section held by you</source>
        <translation>Abschnitt bei Ihnen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln comment(s)</source>
        <translation>
            <numerusform>%Ln Kommentar</numerusform>
            <numerusform>%Ln Kommentare</numerusform>
        </translation>
    </message>
    <message>
        <source>There is one revision of this section; nothing was changed yet.</source>
        <translation>Von diesem Abschnitt gibt es eine Fassung; geändert wurde noch nichts.</translation>
    </message>
    <message>
        <source>What revision %1 changed, by %2 at %3. Again: the one before it.</source>
        <translation>Was Fassung %1 änderte, von %2 um %3. Noch einmal: die davor.</translation>
    </message>
    <message>
        <source>Begin the review…</source>
        <translation>Nachbereitung beginnen…</translation>
    </message>
    <message>
        <source>%1 · Alt+F8 offers words</source>
        <translation>%1 · Alt+F8 bietet Wörter an</translation>
    </message>
    <message>
        <source>This section is not written here now.</source>
        <translation>An diesem Abschnitt wird hier gerade nicht geschrieben.</translation>
    </message>
    <message>
        <source>The cursor is at no word whose spelling is asked about: F8 goes to the next.</source>
        <translation>Die Schreibmarke steht bei keinem Wort, nach dessen Schreibweise gefragt ist: F8 geht zum nächsten.</translation>
    </message>
    <message>
        <source>How “%1” is spelt</source>
        <translation>Wie „%1“ geschrieben wird</translation>
    </message>
    <message>
        <source>No other word is known</source>
        <translation>Es ist kein anderes Wort bekannt</translation>
    </message>
    <message>
        <source>It is a word of ours</source>
        <translation>Es ist ein Wort von uns</translation>
    </message>
    <message>
        <source>“%1” is no finding in this window any more. For everybody, and for good: jargon = [&quot;%1&quot;] under [workspace] of the workspace&apos;s file.</source>
        <translation>„%1“ ist in diesem Fenster kein Hinweis mehr. Für alle und auf Dauer: jargon = [&quot;%1&quot;] unter [workspace] in der Datei des Arbeitsbereichs.</translation>
    </message>
    <message>
        <source>Select what is to be marked first.</source>
        <translation>Wählen Sie zuerst aus, was gekennzeichnet werden soll.</translation>
    </message>
    <message>
        <source>Without what is marked</source>
        <translation>Ohne das Gekennzeichnete</translation>
    </message>
    <message>
        <source>READERS OUTSIDE DO NOT GET THIS SECTION · Ctrl+P shows what they get</source>
        <translation>LESER AUSSEN BEKOMMEN DIESEN ABSCHNITT NICHT · Strg+P zeigt, was sie bekommen</translation>
    </message>
    <message>
        <source>AS IT IS TYPED, WITHOUT WHAT IS MARKED · Ctrl+P shows the whole as it goes out, without names</source>
        <translation>WIE ES GESCHRIEBEN WIRD, OHNE DAS GEKENNZEICHNETE · Strg+P zeigt das Ganze, wie es hinausgeht, ohne Namen</translation>
    </message>
    <message>
        <source>NOT SAVED</source>
        <translation>NICHT GESPEICHERT</translation>
    </message>
    <message>
        <source>NOT KEPT: %1</source>
        <translation>NICHT AUFBEWAHRT: %1</translation>
    </message>
</context>
<context>
    <name>qd::review::SideBySide</name>
    <message>
        <source>As it is read inside</source>
        <translation>Wie sie innen gelesen wird</translation>
    </message>
    <message>
        <source>Allow these words…</source>
        <translation>Diese Wörter zulassen…</translation>
    </message>
    <message>
        <source>Publish…</source>
        <translation>Veröffentlichen…</translation>
    </message>
    <message>
        <source>What the leak check stops at</source>
        <translation>Woran die Prüfung auf Preisgegebenes anhält</translation>
    </message>
    <message>
        <source>INSIDE</source>
        <translation>INNEN</translation>
    </message>
    <message>
        <source>line %1: %2</source>
        <translation>Zeile %1: %2</translation>
    </message>
    <message numerus="yes">
        <source>%n part(s) are taken out. The leak check stops at nothing.</source>
        <translation>
            <numerusform>%n Stelle ist herausgenommen. Die Prüfung auf Preisgegebenes hält an nichts an.</numerusform>
            <numerusform>%n Stellen sind herausgenommen. Die Prüfung auf Preisgegebenes hält an nichts an.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n part(s) are taken out.</source>
        <translation>
            <numerusform>%n Stelle ist herausgenommen.</numerusform>
            <numerusform>%n Stellen sind herausgenommen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The leak check stops at %n thing(s): nothing is published before each is written otherwise, marked or allowed.</source>
        <translation>
            <numerusform>Die Prüfung auf Preisgegebenes hält an %n Stelle an: Es wird nichts veröffentlicht, bevor sie anders geschrieben, gekennzeichnet oder zugelassen ist.</numerusform>
            <numerusform>Die Prüfung auf Preisgegebenes hält an %n Stellen an: Es wird nichts veröffentlicht, bevor jede anders geschrieben, gekennzeichnet oder zugelassen ist.</numerusform>
        </translation>
    </message>
    <message>
        <source>As this audience reads it</source>
        <translation>Wie dieser Empfängerkreis es liest</translation>
    </message>
    <message>
        <source>Audience</source>
        <translation>Empfängerkreis</translation>
    </message>
    <message>
        <source>READ BY</source>
        <translation>ES LIEST</translation>
    </message>
    <message>
        <source>Written on and not in it before somebody says it is done: %1.</source>
        <translation>In Arbeit und nicht darin, bevor jemand sagt, dass es fertig ist: %1.</translation>
    </message>
</context>
<context>
    <name>qd::review::SidePanel</name>
    <message>
        <source>FACTORS, BY REVIEWED INCIDENTS</source>
        <translation>FAKTOREN, NACH DURCHGESEHENEN VORFÄLLEN</translation>
    </message>
    <message>
        <source>Factors, actions, people</source>
        <translation>Faktoren, Maßnahmen, Beteiligte</translation>
    </message>
    <message>
        <source>Beside the narrative</source>
        <translation>Neben dem Bericht</translation>
    </message>
    <message>
        <source>Factors</source>
        <translation>Faktoren</translation>
    </message>
    <message>
        <source>Factor</source>
        <translation>Faktor</translation>
    </message>
    <message>
        <source>Who sees it</source>
        <translation>Wer es sieht</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>Maßnahmen</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Maßnahme</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Verantwortlich</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>Fällig</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>Wirkung</translation>
    </message>
    <message>
        <source>Verified by</source>
        <translation>Nachgewiesen durch</translation>
    </message>
    <message>
        <source>Prompts</source>
        <translation>Fragen</translation>
    </message>
    <message>
        <source>What to ask</source>
        <translation>Was zu fragen ist</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Beteiligte</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>As what</source>
        <translation>Als was</translation>
    </message>
    <message>
        <source>Contribution</source>
        <translation>Beitrag</translation>
    </message>
    <message>
        <source>People of the review</source>
        <translation>Beteiligte der Nachbereitung</translation>
    </message>
    <message>
        <source>Comments</source>
        <translation>Kommentare</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Kommentar</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Zu</translation>
    </message>
    <message>
        <source>Settled</source>
        <translation>Geklärt</translation>
    </message>
    <message>
        <source>eliminates it</source>
        <translation>schließt es aus</translation>
    </message>
    <message>
        <source>commander</source>
        <translation>Einsatzleitung</translation>
    </message>
    <message>
        <source>Narrative</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>Metrics</source>
        <translation>Zahlen</translation>
    </message>
    <message>
        <source>ACROSS INCIDENTS</source>
        <translation>ÜBER VORFÄLLE HINWEG</translation>
    </message>
    <message>
        <source>↵ answer · D settle · F4 comment on what is selected</source>
        <translation>↵ beantworten · D klären · F4 Ausgewähltes kommentieren</translation>
    </message>
    <message>
        <source>↵ change · N new · D done, verified · X drop · T tracker · Y as it says</source>
        <translation>↵ ändern · N neu · D erledigt, nachgewiesen · X fallen lassen · T Tracker · Y wie er sagt</translation>
    </message>
    <message>
        <source>contributed · signed</source>
        <translation>beigetragen · unterschrieben</translation>
    </message>
    <message>
        <source>What it cost, and figures across incidents</source>
        <translation>Was er gekostet hat, und Zahlen über Vorfälle hinweg</translation>
    </message>
    <message>
        <source>↵ contribute, or name who says it for them · H meeting held · S sign</source>
        <translation>↵ beitragen, oder nennen, wer es für sie sagt · H Besprechung war · S unterschreiben</translation>
    </message>
    <message>
        <source>C note a cost · F how it was handled, without a name</source>
        <translation>C Kosten festhalten · F wie damit umgegangen wurde, ohne Namen</translation>
    </message>
    <message>
        <source>↵ you see it, or no longer; to the line · E cites the chosen line · A only those somebody sees</source>
        <translation>↵ Sie sehen ihn, oder nicht mehr; zur Zeile · E zitiert die gewählte Zeile · A nur, was jemand sieht</translation>
    </message>
    <message>
        <source>↵ you see it, or no longer; to the line · E cites the chosen line · A all there are</source>
        <translation>↵ Sie sehen ihn, oder nicht mehr; zur Zeile · E zitiert die gewählte Zeile · A alle, die es gibt</translation>
    </message>
    <message>
        <source>questions to what was said: first what fits the line or sentence you are at</source>
        <translation>Fragen zu dem, was gesagt wurde: zuerst, was zur Zeile oder zum Satz passt, bei dem Sie sind</translation>
    </message>
    <message>
        <source>2 of 3 · sure: medium</source>
        <translation>2 von 3 · sicher: mittel</translation>
    </message>
</context>
<context>
    <name>qd::review::TimeTexts</name>
    <message>
        <source>%1 is outside what there is to replay: %2 to %3 (%4).</source>
        <translation>%1 liegt außerhalb dessen, was es wiederzugeben gibt: %2 bis %3 (%4).</translation>
    </message>
    <message>
        <source>“%1” is no time; write 14:09:30 or 2026-12-01 14:09:30.</source>
        <translation>„%1“ ist keine Zeit; schreiben Sie 14:09:30 oder 2026-12-01 14:09:30.</translation>
    </message>
</context>
<context>
    <name>qd::review::TrackDialog</name>
    <message>
        <source>Action %1 of %2 in a tracker</source>
        <translation>Maßnahme %1 von %2 in einem Tracker</translation>
    </message>
    <message>
        <source>Track it</source>
        <translation>In den Tracker</translation>
    </message>
    <message>
        <source>Let go of it</source>
        <translation>Loslassen</translation>
    </message>
    <message>
        <source>It is %1 in %2. The issue stays there as it is, and nothing more is read of it.</source>
        <translation>Sie ist %1 in %2. Der Vorgang dort bleibt, wie er ist, und wird nicht mehr gelesen.</translation>
    </message>
    <message>
        <source>Tracker</source>
        <translation>Tracker</translation>
    </message>
    <message>
        <source>Issue</source>
        <translation>Vorgang</translation>
    </message>
    <message>
        <source>One that is there already: its number, or Jira&apos;s key. Left empty, a new one is made.</source>
        <translation>Einer, den es schon gibt: seine Nummer, bei Jira sein Schlüssel. Bleibt es leer, wird ein neuer angelegt.</translation>
    </message>
</context>
<context>
    <name>qd::review::TrendRows</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 sure</source>
        <translation>%1 sicher</translation>
    </message>
    <message>
        <source>%1 somewhat</source>
        <translation>%1 halbwegs</translation>
    </message>
    <message>
        <source>%1 barely</source>
        <translation>%1 kaum</translation>
    </message>
    <message>
        <source>All that were reviewed</source>
        <translation>Alle nachbereiteten</translation>
    </message>
    <message>
        <source>%1, shaky</source>
        <translation>%1, wackelig</translation>
    </message>
    <message numerus="yes">
        <source>%n unrelated incident(s) name a factor.</source>
        <translation>
            <numerusform>%n unabhängiger Vorfall nennt einen Faktor.</numerusform>
            <numerusform>%n unabhängige Vorfälle nennen einen Faktor.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>What follows another, or is part of its work, counts with it as one: %n were reviewed.</source>
        <translation>
            <numerusform>Was einem anderen folgt oder zu seiner Arbeit gehört, zählt mit ihm als einer: %n ist nachbereitet.</numerusform>
            <numerusform>Was einem anderen folgt oder zu seiner Arbeit gehört, zählt mit ihm als einer: %n sind nachbereitet.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: in %2 % of the unrelated incidents here.</source>
        <translation>%1: hier in %2 % der unabhängigen Vorfälle.</translation>
    </message>
    <message>
        <source>Nobody is known to have published how often it is elsewhere.</source>
        <translation>Wie oft das anderswo ist, hat niemand veröffentlicht, von dem hier etwas bekannt ist.</translation>
    </message>
    <message>
        <source>Elsewhere in %1, as published by %2.</source>
        <translation>Anderswo in %1, veröffentlicht von %2.</translation>
    </message>
    <message>
        <source>%1 action %2: %3</source>
        <translation>%1 Maßnahme %2: %3</translation>
    </message>
    <message>
        <source>Besides: %1</source>
        <translation>Daneben: %1</translation>
    </message>
    <message>
        <source>Nothing is required yet: ↵ writes what would have to be true for it not to recur.</source>
        <translation>Noch wird nichts verlangt: ↵ schreibt, was gelten müsste, damit es nicht wiederkehrt.</translation>
    </message>
    <message>
        <source>Required: %1</source>
        <translation>Verlangt: %1</translation>
    </message>
    <message>
        <source>These met more than once at the same service, and are no pattern yet: P makes them one.</source>
        <translation>Diese trafen am selben Dienst mehr als einmal zusammen und sind noch kein Muster: P macht eines daraus.</translation>
    </message>
    <message>
        <source>Factors: %1</source>
        <translation>Faktoren: %1</translation>
    </message>
    <message>
        <source>Seen in %1</source>
        <translation>Gesehen in %1</translation>
    </message>
    <message>
        <source>Open reviews that touch it: %1</source>
        <translation>Offene Nachbereitungen, die es berührt: %1</translation>
    </message>
    <message>
        <source>Why it is %1: %2</source>
        <translation>Warum es %1 ist: %2</translation>
    </message>
    <message>
        <source>What went well</source>
        <translation>Was gut lief</translation>
    </message>
    <message>
        <source>What helped is no cause: it is counted apart, and is in no matrix, no pattern and no effect.</source>
        <translation>Was geholfen hat, ist keine Ursache: Es wird für sich gezählt und steht in keiner Matrix, keinem Muster und keiner Wirkung.</translation>
    </message>
</context>
<context>
    <name>qd::review::TrendSentences</name>
    <message>
        <source>without end</source>
        <translation>ohne Grenze</translation>
    </message>
    <message numerus="yes">
        <source>%n later incident(s) at its services are not rated yet</source>
        <translation>
            <numerusform>%n späterer Vorfall an seinen Diensten ist noch nicht bewertet</numerusform>
            <numerusform>%n spätere Vorfälle an seinen Diensten sind noch nicht bewertet</numerusform>
        </translation>
    </message>
    <message>
        <source>too few before (%1)</source>
        <translation>zu wenige davor (%1)</translation>
    </message>
    <message>
        <source>too few after (%1)</source>
        <translation>zu wenige danach (%1)</translation>
    </message>
    <message>
        <source>median %1 of %2 before</source>
        <translation>Median %1 von %2 davor</translation>
    </message>
    <message>
        <source>median %1 of %2 after</source>
        <translation>Median %1 von %2 danach</translation>
    </message>
    <message>
        <source>the connection %1 was added</source>
        <translation>die Verbindung %1 kam hinzu</translation>
    </message>
    <message>
        <source>the first line that is left of the log was written</source>
        <translation>die erste Zeile, die vom Protokoll übrig ist, wurde geschrieben</translation>
    </message>
    <message>
        <source>the first change that is left was seen</source>
        <translation>die erste Änderung, die übrig ist, wurde gesehen</translation>
    </message>
    <message>
        <source>the core started</source>
        <translation>der Kern startete</translation>
    </message>
    <message>
        <source>%1 was declared</source>
        <translation>%1 wurde erklärt</translation>
    </message>
    <message>
        <source>%1 was written down</source>
        <translation>%1 wurde aufgeschrieben</translation>
    </message>
    <message>
        <source>%1 was rebuilt</source>
        <translation>%1 wurde nachgebaut</translation>
    </message>
    <message>
        <source>%1 began</source>
        <translation>%1 begann</translation>
    </message>
    <message>
        <source>was done and is open again since %1</source>
        <translation>war erledigt und ist seit %1 wieder offen</translation>
    </message>
    <message numerus="yes">
        <source>, %n time(s) in all</source>
        <translation>
            <numerusform>, insgesamt %n-mal</numerusform>
            <numerusform>, insgesamt %n-mal</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>recurred %n time(s) in %1 exposed days, before: %2 in %3</source>
        <translation>
            <numerusform>trat %n-mal wieder auf in %1 ausgesetzten Tagen, davor: %2 in %3</numerusform>
            <numerusform>trat %n-mal wieder auf in %1 ausgesetzten Tagen, davor: %2 in %3</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>; it was open again %n time(s) before it was done</source>
        <translation>
            <numerusform>; sie war %n-mal wieder offen, bevor sie erledigt war</numerusform>
            <numerusform>; sie war %n-mal wieder offen, bevor sie erledigt war</numerusform>
        </translation>
    </message>
    <message>
        <source>The action names no factor, so what would be a recurrence is not said.</source>
        <translation>Die Maßnahme nennt keinen Faktor; was eine Wiederholung wäre, ist also nicht gesagt.</translation>
    </message>
    <message>
        <source>%1, and could turn it.</source>
        <translation>%1 und könnte es drehen.</translation>
    </message>
    <message>
        <source>It is not in place, so nothing is counted as after it; it is judged from the day it is done again.</source>
        <translation>Sie gilt nicht, also zählt nichts als danach; beurteilt wird sie ab dem Tag, an dem sie wieder erledigt ist.</translation>
    </message>
    <message>
        <source>the rate is %1 times what it was, between %2 and %3</source>
        <translation>die Rate ist das %1-Fache von zuvor, zwischen %2 und %3</translation>
    </message>
    <message>
        <source>There is no time yet to compare.</source>
        <translation>Noch gibt es keine Zeit zum Vergleichen.</translation>
    </message>
    <message>
        <source>It happens more often: %1.</source>
        <translation>Es geschieht häufiger: %1.</translation>
    </message>
    <message>
        <source>Less than %1 days have passed since.</source>
        <translation>Seither sind weniger als %1 Tage vergangen.</translation>
    </message>
    <message>
        <source>Less than %1 days were recorded before.</source>
        <translation>Davor sind weniger als %1 Tage aufgezeichnet.</translation>
    </message>
    <message>
        <source>At the rate before, %1 were to be expected since: too few to tell.</source>
        <translation>Bei der Rate von zuvor waren seither %1 zu erwarten: zu wenige, um etwas zu sagen.</translation>
    </message>
    <message>
        <source>It happens less often: %1.</source>
        <translation>Es geschieht seltener: %1.</translation>
    </message>
    <message>
        <source>It happens as often as before: %1.</source>
        <translation>Es geschieht so oft wie zuvor: %1.</translation>
    </message>
    <message>
        <source>It may be chance: %1.</source>
        <translation>Es kann Zufall sein: %1.</translation>
    </message>
    <message>
        <source>%1 %2.</source>
        <translation>%1 %2.</translation>
    </message>
    <message>
        <source>to detect: %1, %2; to resolve: %3, %4</source>
        <translation>bis zum Bemerken: %1, %2; bis zur Lösung: %3, %4</translation>
    </message>
    <message>
        <source>Counted from %1, when %2.</source>
        <translation>Gezählt seit %1: %2.</translation>
    </message>
    <message numerus="yes">
        <source>nothing is said of agreement: %n incident(s) with two raters or more, and it takes %1</source>
        <translation>
            <numerusform>über Übereinstimmung ist nichts gesagt: %n Vorfall mit zwei oder mehr Bewertenden, und es braucht %1</numerusform>
            <numerusform>über Übereinstimmung ist nichts gesagt: %n Vorfälle mit zwei oder mehr Bewertenden, und es braucht %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>no kappa over %n incident(s) with two raters or more: nobody differed from anybody</source>
        <translation>
            <numerusform>kein Kappa über %n Vorfall mit zwei oder mehr Bewertenden: niemand wich von jemandem ab</numerusform>
            <numerusform>kein Kappa über %n Vorfälle mit zwei oder mehr Bewertenden: niemand wich von jemandem ab</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>kappa %1 over %n incident(s) with two raters or more</source>
        <translation>
            <numerusform>Kappa %1 über %n Vorfall mit zwei oder mehr Bewertenden</numerusform>
            <numerusform>Kappa %1 über %n Vorfälle mit zwei oder mehr Bewertenden</numerusform>
        </translation>
    </message>
    <message>
        <source>, between %1 and %2</source>
        <translation>, zwischen %1 und %2</translation>
    </message>
    <message>
        <source>: shaky, it may be far off</source>
        <translation>: wacklig, es kann weit daneben liegen</translation>
    </message>
</context>
<context>
    <name>qd::review::Trends</name>
    <message>
        <source>%1 in %2 days</source>
        <translation>%1 in %2 Tagen</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message numerus="yes">
        <source>%n unrelated incident(s)</source>
        <translation>
            <numerusform>%n unabhängigen Vorfall</numerusform>
            <numerusform>%n unabhängigen Vorfällen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: in %2.</source>
        <translation>%1: in %2.</translation>
    </message>
    <message>
        <source>%1 and %2 never met.</source>
        <translation>%1 und %2 trafen nie zusammen.</translation>
    </message>
    <message>
        <source>%1 and %2 met in %3, %4 times as often as by chance.</source>
        <translation>%1 und %2 trafen in %3 zusammen, %4-mal so oft wie durch Zufall.</translation>
    </message>
    <message>
        <source>cum. %1 %</source>
        <translation>kum. %1 %</translation>
    </message>
    <message>
        <source>not enough data yet</source>
        <translation>noch zu wenig Daten</translation>
    </message>
    <message>
        <source>inconclusive</source>
        <translation>nicht entscheidbar</translation>
    </message>
    <message>
        <source>effective</source>
        <translation>wirksam</translation>
    </message>
    <message>
        <source>ineffective</source>
        <translation>unwirksam</translation>
    </message>
    <message>
        <source>reopened</source>
        <translation>wieder offen</translation>
    </message>
    <message>
        <source>open</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>in design</source>
        <translation>im Entwurf</translation>
    </message>
    <message>
        <source>met</source>
        <translation>erfüllt</translation>
    </message>
    <message>
        <source>dropped</source>
        <translation>verworfen</translation>
    </message>
    <message>
        <source>suggested</source>
        <translation>vorgeschlagen</translation>
    </message>
    <message>
        <source>%1 was not seen at %2.</source>
        <translation>%1 wurde bei %2 nicht gesehen.</translation>
    </message>
    <message numerus="yes">
        <source>%1 at %2: in %3 of %n unrelated incident(s) there that name a factor.</source>
        <translation>
            <numerusform>%1 bei %2: in %3 von %n unabhängigen Vorfall dort, der einen Faktor nennt.</numerusform>
            <numerusform>%1 bei %2: in %3 von %n unabhängigen Vorfällen dort, die einen Faktor nennen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Met, and seen again since in %1: open it again?</source>
        <translation>Erfüllt, und seither wieder gesehen in %1: wieder öffnen?</translation>
    </message>
    <message>
        <source>Seen since in %1</source>
        <translation>Seither gesehen in %1</translation>
    </message>
</context>
<context>
    <name>qd::review::TrendsDialog</name>
    <message>
        <source>What reviews say together</source>
        <translation>Was Nachbereitungen zusammen sagen</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Maßnahme</translation>
    </message>
    <message>
        <source>What it did</source>
        <translation>Was sie bewirkte</translation>
    </message>
    <message>
        <source>Ratio</source>
        <translation>Verhältnis</translation>
    </message>
    <message>
        <source>95 % interval</source>
        <translation>95-%-Intervall</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Nachher</translation>
    </message>
    <message>
        <source>What actions did</source>
        <translation>Was Maßnahmen bewirkten</translation>
    </message>
    <message>
        <source>No action is done yet. Whether it happens again less often is said here, of each that is done and names a factor.</source>
        <translation>Noch ist keine Maßnahme erledigt. Ob es danach seltener wieder geschieht, steht hier von jeder, die erledigt ist und einen Faktor nennt.</translation>
    </message>
    <message>
        <source>What recurs</source>
        <translation>Was wiederkehrt</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>Dienste</translation>
    </message>
    <message>
        <source>Seen</source>
        <translation>Gesehen</translation>
    </message>
    <message>
        <source>Open reviews</source>
        <translation>Offene Nachbereitungen</translation>
    </message>
    <message>
        <source>Patterns</source>
        <translation>Muster</translation>
    </message>
    <message>
        <source>Nothing recurs yet: no factors met more than once at the same service.</source>
        <translation>Noch kehrt nichts wieder: Keine Faktoren trafen am selben Dienst mehr als einmal zusammen.</translation>
    </message>
    <message>
        <source>Factors</source>
        <translation>Faktoren</translation>
    </message>
    <message>
        <source>What met</source>
        <translation>Was zusammentraf</translation>
    </message>
    <message>
        <source>Effects</source>
        <translation>Wirkung</translation>
    </message>
    <message>
        <source>Which part</source>
        <translation>Welcher Teil</translation>
    </message>
    <message>
        <source>Trends: factors</source>
        <translation>Trends: Faktoren</translation>
    </message>
    <message>
        <source>Trends: which factors met</source>
        <translation>Trends: welche Faktoren zusammentrafen</translation>
    </message>
    <message>
        <source>Trends: what actions did</source>
        <translation>Trends: was Maßnahmen bewirkten</translation>
    </message>
    <message>
        <source>Trends: patterns</source>
        <translation>Trends: Muster</translation>
    </message>
    <message>
        <source>Trends: make it a pattern…</source>
        <translation>Trends: zum Muster machen …</translation>
    </message>
    <message>
        <source>Trends: the pattern is in design, met or dropped…</source>
        <translation>Trends: das Muster ist im Entwurf, erfüllt oder verworfen …</translation>
    </message>
    <message>
        <source>Trends: save the checklist of a service…</source>
        <translation>Trends: die Checkliste eines Dienstes speichern …</translation>
    </message>
    <message>
        <source>Asking the core…</source>
        <translation>Der Kern wird gefragt …</translation>
    </message>
    <message>
        <source>the reviews it counts</source>
        <translation>die gezählten Nachbereitungen</translation>
    </message>
    <message>
        <source>its review</source>
        <translation>ihre Nachbereitung</translation>
    </message>
    <message>
        <source>write it otherwise</source>
        <translation>anders schreiben</translation>
    </message>
    <message>
        <source>make it a pattern</source>
        <translation>zum Muster machen</translation>
    </message>
    <message>
        <source>in design, met, dropped</source>
        <translation>im Entwurf, erfüllt, verworfen</translation>
    </message>
    <message>
        <source>save a checklist</source>
        <translation>Checkliste speichern</translation>
    </message>
    <message>
        <source>which part</source>
        <translation>welcher Teil</translation>
    </message>
    <message>
        <source>close</source>
        <translation>schließen</translation>
    </message>
    <message>
        <source>A pattern is made of factors: 1, 2 or 4 has them.</source>
        <translation>Ein Muster wird aus Faktoren: 1, 2 oder 4 hat sie.</translation>
    </message>
    <message>
        <source>Choose a factor first.</source>
        <translation>Wählen Sie zuerst einen Faktor.</translation>
    </message>
    <message>
        <source>It is a pattern. What is asked of the next design says so from now on.</source>
        <translation>Es ist ein Muster. Beim nächsten Entwurf wird von nun an danach gefragt.</translation>
    </message>
    <message>
        <source>The pattern is written so.</source>
        <translation>Das Muster ist so geschrieben.</translation>
    </message>
    <message>
        <source>Choose a pattern first: 4 lists them. What is suggested becomes one with P.</source>
        <translation>Wählen Sie zuerst ein Muster: 4 zählt sie auf. Aus einem Vorschlag macht P eines.</translation>
    </message>
    <message>
        <source>It is</source>
        <translation>Es ist</translation>
    </message>
    <message>
        <source>Pattern %1: %2</source>
        <translation>Muster %1: %2</translation>
    </message>
    <message>
        <source>Turn it</source>
        <translation>So setzen</translation>
    </message>
    <message>
        <source>Why; of one that is met, what shows it</source>
        <translation>Warum; wenn erfüllt: was das zeigt</translation>
    </message>
    <message>
        <source>The pattern is turned.</source>
        <translation>Der Stand des Musters ist geändert.</translation>
    </message>
    <message>
        <source>The checklist is %1</source>
        <translation>Die Checkliste ist %1</translation>
    </message>
    <message>
        <source>Trends: factors by services, or by each other</source>
        <translation>Trends: Faktoren nach Diensten oder untereinander</translation>
    </message>
    <message>
        <source>by each other</source>
        <translation>untereinander</translation>
    </message>
    <message>
        <source>by services</source>
        <translation>nach Diensten</translation>
    </message>
</context>
<context>
    <name>qd::review::TrendsPanel</name>
    <message>
        <source>FACTORS, BY INCIDENTS</source>
        <translation>FAKTOREN NACH VORFÄLLEN</translation>
    </message>
    <message>
        <source>FACTORS THAT MET</source>
        <translation>FAKTOREN, DIE ZUSAMMENTRAFEN</translation>
    </message>
    <message>
        <source>INCIDENTS REVIEWED, BY QUARTER</source>
        <translation>NACHBEREITETE VORFÄLLE JE QUARTAL</translation>
    </message>
    <message>
        <source>No review names a factor yet. What recurs is shown here once two do.</source>
        <translation>Noch nennt keine Nachbereitung einen Faktor. Was wiederkehrt, steht hier, sobald zwei es tun.</translation>
    </message>
    <message>
        <source>No factor was named yet.</source>
        <translation>Noch wurde kein Faktor genannt.</translation>
    </message>
    <message numerus="yes">
        <source>Seen most: %1, in %n incident(s).</source>
        <translation>
            <numerusform>Am häufigsten: %1, in %n Vorfall.</numerusform>
            <numerusform>Am häufigsten: %1, in %n Vorfällen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Factor</source>
        <translation>Faktor</translation>
    </message>
    <message>
        <source>Seen</source>
        <translation>Gesehen</translation>
    </message>
    <message>
        <source>Cum.</source>
        <translation>Kum.</translation>
    </message>
    <message>
        <source>Here</source>
        <translation>Hier</translation>
    </message>
    <message>
        <source>Elsewhere</source>
        <translation>Anderswo</translation>
    </message>
    <message>
        <source>Published by</source>
        <translation>Veröffentlicht von</translation>
    </message>
    <message>
        <source>How sure</source>
        <translation>Wie sicher</translation>
    </message>
    <message>
        <source>Kappa</source>
        <translation>Kappa</translation>
    </message>
    <message>
        <source>Factors</source>
        <translation>Faktoren</translation>
    </message>
    <message>
        <source>BY QUARTER: %1</source>
        <translation>NACH QUARTAL: %1</translation>
    </message>
    <message numerus="yes">
        <source>What went well most: %1, in %n incident(s).</source>
        <translation>
            <numerusform>Am häufigsten lief gut: %1, in %n Vorfall.</numerusform>
            <numerusform>Am häufigsten lief gut: %1, in %n Vorfällen.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::review::WordsDialog</name>
    <message numerus="yes">
        <source>That is too long: %Ln letters at most.</source>
        <translation>
            <numerusform>Das ist zu lang: höchstens %Ln Zeichen.</numerusform>
            <numerusform>Das ist zu lang: höchstens %Ln Zeichen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Said so far</source>
        <translation>Bisher gesagt</translation>
    </message>
</context>
<context>
    <name>qd::seat::Cast</name>
    <message>
        <source>Responder %1</source>
        <translation>Einsatzkraft %1</translation>
    </message>
</context>
<context>
    <name>qd::seat::Findings</name>
    <message>
        <source>blame: “%1”</source>
        <translation>Schuldzuweisung: „%1“</translation>
    </message>
    <message>
        <source>counterfactual: “%1”</source>
        <translation>was nicht geschah: „%1“</translation>
    </message>
    <message>
        <source>an error of people, and nothing behind it: “%1”</source>
        <translation>ein Fehler von Menschen, und nichts dahinter: „%1“</translation>
    </message>
    <message>
        <source>a name: “%1”</source>
        <translation>ein Name: „%1“</translation>
    </message>
    <message>
        <source>times out of order: “%1”</source>
        <translation>Zeiten nicht in der Reihenfolge: „%1“</translation>
    </message>
    <message>
        <source>unsupported: no line of the record stands behind it</source>
        <translation>unbelegt: keine Zeile der Aufzeichnung steht dahinter</translation>
    </message>
    <message>
        <source>spelling: “%1”</source>
        <translation>Rechtschreibung: „%1“</translation>
    </message>
    <message>
        <source>“%1” says that all of it was gone</source>
        <translation>„%1“ sagt, dass alles weg war</translation>
    </message>
</context>
<context>
    <name>qd::seat::Holes</name>
    <message>
        <source>no reason is recorded</source>
        <translation>kein Grund ist festgehalten</translation>
    </message>
    <message>
        <source>The alerts of %1 were erased (%2): queue, map and lanes lack them.</source>
        <translation>Die Alarme vom %1 wurden gelöscht (%2): Liste, Karte und Spuren haben sie nicht.</translation>
    </message>
    <message>
        <source>A part of the record of %1 was erased (%2): what follows from it is missing here.</source>
        <translation>Ein Teil der Aufzeichnung von %1 wurde gelöscht (%2): Was daraus folgt, fehlt hier.</translation>
    </message>
    <message numerus="yes">
        <source>The record is longer than what is shown of it: %Ln line(s) between the oldest and the newest are left out here. The journal has them all.</source>
        <translation>
            <numerusform>Die Aufzeichnung ist länger als das, was davon gezeigt wird: %Ln Zeile zwischen den ältesten und den neuesten ist hier ausgelassen. Das Journal hat sie alle.</numerusform>
            <numerusform>Die Aufzeichnung ist länger als das, was davon gezeigt wird: %Ln Zeilen zwischen den ältesten und den neuesten sind hier ausgelassen. Das Journal hat sie alle.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::seat::KeptWords</name>
    <message>
        <source>%1 cannot be written</source>
        <translation>%1 ist nicht beschreibbar</translation>
    </message>
    <message>
        <source>%1 cannot be written, they go with this window</source>
        <translation>%1 ist nicht beschreibbar, der Text geht mit diesem Fenster verloren</translation>
    </message>
    <message>
        <source>what is beyond %1 KiB of them goes with this window</source>
        <translation>was über %1 KiB hinausgeht, geht mit diesem Fenster verloren</translation>
    </message>
</context>
<context>
    <name>qd::seat::PastLine</name>
    <message>
        <source>The record of this incident is longer than can be replayed here: it is shown up to record %1. quarterdeckctl get timeline reads the rest.</source>
        <translation>Die Aufzeichnung dieses Vorfalls ist länger, als hier abgespielt werden kann: Sie wird bis Eintrag %1 gezeigt. quarterdeckctl get timeline liest den Rest.</translation>
    </message>
</context>
<context>
    <name>qd::seat::Readers</name>
    <message>
        <source>%1 · reads up to %2</source>
        <translation>%1 · liest bis %2</translation>
    </message>
    <message>
        <source>the public</source>
        <translation>die Öffentlichkeit</translation>
    </message>
    <message>
        <source>audience %1</source>
        <translation>Empfängerkreis %1</translation>
    </message>
    <message>
        <source>status page %1</source>
        <translation>Statusseite %1</translation>
    </message>
    <message>
        <source>recipients %1</source>
        <translation>Empfänger %1</translation>
    </message>
    <message>
        <source>room %1</source>
        <translation>Raum %1</translation>
    </message>
</context>
<context>
    <name>qd::seat::Roles</name>
    <message>
        <source>commander</source>
        <translation>Einsatzleitung</translation>
    </message>
    <message>
        <source>deputy</source>
        <translation>Stellvertretung</translation>
    </message>
    <message>
        <source>scribe</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>communications</source>
        <translation>Kommunikation</translation>
    </message>
    <message>
        <source>liaison</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>expert</source>
        <translation>Fachperson</translation>
    </message>
    <message>
        <source>responder</source>
        <translation>Einsatzkraft</translation>
    </message>
    <message>
        <source>observer</source>
        <translation>Beobachtung</translation>
    </message>
    <message>
        <source>reporter</source>
        <translation>Meldende Person</translation>
    </message>
</context>
<context>
    <name>qd::seat::Seat</name>
    <message>
        <source>You look as %1 would: nothing can be done meanwhile. Esc goes back.</source>
        <translation>Sie sehen, was %1 sähe: solange lässt sich nichts tun. Esc führt zurück.</translation>
    </message>
    <message>
        <source>You look at the past: nothing can be done there. Alt+End goes back to the present.</source>
        <translation>Sie sehen die Vergangenheit: Dort lässt sich nichts tun. Alt+Ende führt zurück in die Gegenwart.</translation>
    </message>
</context>
<context>
    <name>qd::seat::Sections</name>
    <message>
        <source>Narrative</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Zusammenfassung</translation>
    </message>
    <message>
        <source>Impact</source>
        <translation>Auswirkung</translation>
    </message>
    <message>
        <source>What went well</source>
        <translation>Was gut lief</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Decisions</source>
        <translation>Entscheidungen</translation>
    </message>
    <message>
        <source>Hypotheses</source>
        <translation>Vermutungen</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Beteiligte</translation>
    </message>
    <message>
        <source>To our customers</source>
        <translation>An unsere Kunden</translation>
    </message>
</context>
<context>
    <name>qd::seat::ViewBuilder</name>
    <message>
        <source>began, by the source&apos;s own word</source>
        <translation>begann, nach Angabe der Quelle</translation>
    </message>
    <message>
        <source>reported by %1</source>
        <translation>gemeldet von %1</translation>
    </message>
    <message>
        <source>ruled out: %1</source>
        <translation>ausgeschlossen: %1</translation>
    </message>
    <message>
        <source>occurrence %1 of this alert</source>
        <translation>%1. Auftreten dieses Alarms</translation>
    </message>
    <message>
        <source>%1 by %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>acknowledged by %1</source>
        <translation>quittiert von %1</translation>
    </message>
    <message>
        <source>part of %1</source>
        <translation>gehört zu %1</translation>
    </message>
    <message>
        <source>policy %1 would have called: nobody is paged by the console here</source>
        <translation>Regel %1 hätte gerufen: hier ruft die Konsole niemanden</translation>
    </message>
    <message>
        <source>nobody was called: the service has no escalation policy</source>
        <translation>niemand wurde gerufen: der Dienst hat keine Eskalationsregel</translation>
    </message>
    <message>
        <source>resolved</source>
        <translation>gelöst</translation>
    </message>
    <message>
        <source>no connection reports it any more; the last report came by %1</source>
        <translation>keine Verbindung meldet ihn mehr; die letzte Meldung kam über %1</translation>
    </message>
    <message>
        <source>first of its group</source>
        <translation>der erste seiner Gruppe</translation>
    </message>
    <message>
        <source>assigned to %1</source>
        <translation>zugewiesen an %1</translation>
    </message>
    <message>
        <source>policy %1: %2</source>
        <translation>Regel %1: %2</translation>
    </message>
    <message>
        <source>nobody was called: the alert names no service</source>
        <translation>niemand wurde gerufen: der Alarm nennt keinen Dienst</translation>
    </message>
    <message>
        <source>nobody was called: service %1 is not in the workspace</source>
        <translation>niemand wurde gerufen: der Dienst %1 steht nicht im Arbeitsbereich</translation>
    </message>
    <message>
        <source>nobody was called: the pager of record for %1 is the team&apos;s own</source>
        <translation>niemand wurde gerufen: für %1 gilt der eigene Rufdienst des Teams</translation>
    </message>
    <message>
        <source>nobody was called: no escalation was started for %1</source>
        <translation>niemand wurde gerufen: für %1 wurde keine Eskalation begonnen</translation>
    </message>
    <message>
        <source>resolved: no connection reports it any more</source>
        <translation>gelöst: keine Verbindung meldet ihn mehr</translation>
    </message>
    <message>
        <source>service %1</source>
        <translation>Dienst %1</translation>
    </message>
    <message>
        <source>flaps: it comes and goes too often</source>
        <translation>flattert: er kommt und geht zu oft</translation>
    </message>
    <message>
        <source>; gone for %1 at most: an off-delay of %2 at its source (keep_firing_for) makes one alert of it</source>
        <translation>; höchstens %1 lang weg: eine Abfallverzögerung von %2 an seiner Quelle (keep_firing_for) macht einen Alarm daraus</translation>
    </message>
    <message>
        <source>; it fired for %1 at most: an on-delay of %2 at its source (for) keeps it out</source>
        <translation>; er feuerte höchstens %1 lang: eine Ansprechverzögerung von %2 an seiner Quelle (for) hält ihn heraus</translation>
    </message>
    <message>
        <source>belongs to %1</source>
        <translation>gehört zu %1</translation>
    </message>
    <message>
        <source>nobody was called: no incident was declared for it, and for its service the console pages for incidents only</source>
        <translation>niemand wurde gerufen: es wurde kein Vorfall dafür erklärt, und für seinen Dienst ruft die Konsole nur bei Vorfällen</translation>
    </message>
    <message>
        <source>it called nobody by itself: %1</source>
        <translation>er hat von selbst niemanden gerufen: %1</translation>
    </message>
    <message>
        <source>likely consequence of %1: %2</source>
        <translation>wohl eine Folge von %1: %2</translation>
    </message>
    <message>
        <source>folded under %1: the next page waits until %2 at most</source>
        <translation>unter %1 eingeklappt: der nächste Ruf wartet, höchstens bis %2</translation>
    </message>
    <message>
        <source>held as %1: %2</source>
        <translation>geführt als %1: %2</translation>
    </message>
    <message>
        <source>%1: no answer</source>
        <translation>%1: keine Antwort</translation>
    </message>
    <message>
        <source>only %1</source>
        <translation>nur %1</translation>
    </message>
    <message>
        <source>%1 also</source>
        <translation>auch %1</translation>
    </message>
    <message>
        <source>not %1</source>
        <translation>ohne %1</translation>
    </message>
    <message>
        <source>%1 in place of %2</source>
        <translation>%1 statt %2</translation>
    </message>
    <message>
        <source>written down %1</source>
        <translation>aufgeschrieben %1</translation>
    </message>
    <message>
        <source>first word: holding statement %1</source>
        <translation>erstes Wort: vorbereitete Erklärung %1</translation>
    </message>
    <message>
        <source>a gap: nobody is on call</source>
        <translation>eine Lücke: niemand ist in Bereitschaft</translation>
    </message>
    <message>
        <source>Affects %1</source>
        <extracomment>%1: &quot;checkout, payments&quot;</extracomment>
        <translation>Betrifft %1</translation>
    </message>
    <message>
        <source>services that depend on it: %1</source>
        <translation>Dienste, die daran hängen: %1</translation>
    </message>
    <message>
        <source>No customer is hurt</source>
        <translation>Kein Kunde ist betroffen</translation>
    </message>
    <message>
        <source>Customers are not hurt yet, but soon</source>
        <translation>Kunden sind noch nicht betroffen, aber bald</translation>
    </message>
    <message>
        <source>Most customers are hurt</source>
        <translation>Die meisten Kunden sind betroffen</translation>
    </message>
    <message>
        <source>Some customers are hurt</source>
        <translation>Ein Teil der Kunden ist betroffen</translation>
    </message>
    <message>
        <source>A few customers are hurt</source>
        <translation>Wenige Kunden sind betroffen</translation>
    </message>
    <message>
        <source>there is a workaround</source>
        <translation>es gibt einen Umweg</translation>
    </message>
    <message>
        <source>%1 min after</source>
        <translation>%1 min danach</translation>
    </message>
    <message>
        <source>%1 min before</source>
        <translation>%1 min davor</translation>
    </message>
    <message>
        <source>the same service, %1</source>
        <translation>derselbe Dienst, %1</translation>
    </message>
    <message>
        <source>%1, over a soft dependency: %2, %3</source>
        <translation>%1, über eine weiche Abhängigkeit: %2, %3</translation>
    </message>
    <message>
        <source>elsewhere, %1</source>
        <translation>anderswo, %1</translation>
    </message>
    <message>
        <source>changed nearby: %1</source>
        <translation>in der Nähe geändert: %1</translation>
    </message>
    <message numerus="yes">
        <source>%Ln hop(s) upstream</source>
        <translation>
            <numerusform>%Ln Schritt stromaufwärts</numerusform>
            <numerusform>%Ln Schritte stromaufwärts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::setup::Connect</name>
    <message>
        <source>bearer token, if it asks for one</source>
        <translation>Bearer-Token, wenn eines verlangt wird</translation>
    </message>
    <message>
        <source>those of one set carry the same alerts; else its name</source>
        <translation>die einer Gruppe tragen dieselben Alarme; sonst ihr Name</translation>
    </message>
    <message>
        <source>Its alerts and silences are read, again and again.</source>
        <translation>Seine Alarme und Stummschaltungen werden immer wieder gelesen.</translation>
    </message>
    <message>
        <source>Its alerts are read, again and again.</source>
        <translation>Seine Alarme werden immer wieder gelesen.</translation>
    </message>
    <message>
        <source>Whatever sends to us (webhooks, heartbeats)</source>
        <translation>Was an uns sendet (Webhooks, Herzschläge)</translation>
    </message>
    <message>
        <source>Gives a key and the addresses to send to; the key is shown once.</source>
        <translation>Gibt einen Schlüssel und die Adressen, an die gesendet wird; der Schlüssel wird einmal gezeigt.</translation>
    </message>
    <message>
        <source>from then on nothing unsigned is taken</source>
        <translation>ab dann wird nichts Unsigniertes angenommen</translation>
    </message>
    <message>
        <source>how often word is expected; none: when it comes</source>
        <translation>wie oft etwas erwartet wird; ohne: wann es kommt</translation>
    </message>
    <message>
        <source>Events are heard over a WebSocket that stays open.</source>
        <translation>Ereignisse kommen über einen WebSocket, der offen bleibt.</translation>
    </message>
    <message>
        <source>A calendar that says who is on call</source>
        <translation>Ein Kalender, der sagt, wer Bereitschaft hat</translation>
    </message>
    <message>
        <source>It is asked again and again; its last good answer is kept.</source>
        <translation>Er wird immer wieder gefragt; seine letzte gute Antwort bleibt.</translation>
    </message>
    <message>
        <source>instead, where the address itself is secret</source>
        <translation>stattdessen, wo die Adresse selbst geheim ist</translation>
    </message>
    <message>
        <source>PagerDuty: its incidents in, answers both ways</source>
        <translation>PagerDuty: seine Vorfälle herein, Antworten in beide Richtungen</translation>
    </message>
    <message>
        <source>Its incidents are our alerts; what is answered here is answered there once it is armed.</source>
        <translation>Seine Vorfälle sind unsere Alarme; was hier beantwortet wird, ist dort beantwortet, sobald die Verbindung scharf ist.</translation>
    </message>
    <message>
        <source>a REST API key</source>
        <translation>ein Schlüssel der REST-API</translation>
    </message>
    <message>
        <source>the mail address of the user there who writes</source>
        <translation>die Mailadresse dessen, der dort schreibt</translation>
    </message>
    <message>
        <source>Rooms, posts and pages; commands typed there.</source>
        <translation>Räume, Beiträge und Rufe; dort getippte Befehle.</translation>
    </message>
    <message>
        <source>as in its URL</source>
        <translation>wie in seiner URL</translation>
    </message>
    <message>
        <source>the bot&apos;s token</source>
        <translation>das Token des Bots</translation>
    </message>
    <message>
        <source>the host of its address</source>
        <translation>der Host seiner Adresse</translation>
    </message>
    <message>
        <source>some 18 digits</source>
        <translation>etwa 18 Ziffern</translation>
    </message>
    <message>
        <source>of the category its channels are made in</source>
        <translation>der Kategorie, in der seine Kanäle entstehen</translation>
    </message>
    <message>
        <source>Channels, posts and pages; commands typed there.</source>
        <translation>Kanäle, Beiträge und Rufe; dort getippte Befehle.</translation>
    </message>
    <message>
        <source>the account, when it is not called as the nick</source>
        <translation>das Konto, wenn es nicht wie der Nick heißt</translation>
    </message>
    <message>
        <source>Microsoft Teams (post-only)</source>
        <translation>Microsoft Teams (nur Beiträge)</translation>
    </message>
    <message>
        <source>A workflow posts to its one channel. Nothing said there is heard, and nobody there can acknowledge.</source>
        <translation>Ein Workflow schreibt in seinen einen Kanal. Nichts dort Gesagtes wird gehört, und niemand dort kann quittieren.</translation>
    </message>
    <message>
        <source>the workflow&apos;s address: whoever has it posts</source>
        <translation>die Adresse des Workflows: wer sie hat, schreibt</translation>
    </message>
    <message>
        <source>what its room is called by</source>
        <translation>wonach sein Raum heißt</translation>
    </message>
    <message>
        <source>A mail server</source>
        <translation>Ein Mailserver</translation>
    </message>
    <message>
        <source>Pages and released messages go out through it.</source>
        <translation>Rufe und freigegebene Nachrichten gehen darüber hinaus.</translation>
    </message>
    <message>
        <source>A webhook (ntfy, Pushover, Twilio, or your own)</source>
        <translation>Ein Webhook (ntfy, Pushover, Twilio oder Ihr eigener)</translation>
    </message>
    <message>
        <source>Pages go out through it.</source>
        <translation>Rufe gehen darüber hinaus.</translation>
    </message>
    <message>
        <source>Twilio: the account&apos;s SID; with a token: Basic</source>
        <translation>Twilio: die SID des Kontos; mit einem Token: Basic</translation>
    </message>
    <message>
        <source>Twilio: the number texts are from</source>
        <translation>Twilio: die Nummer, von der die Nachrichten kommen</translation>
    </message>
    <message>
        <source>ntfy: of who has none of their own</source>
        <translation>ntfy: für alle ohne eigenes</translation>
    </message>
    <message>
        <source>that carries the token, instead of Authorization</source>
        <translation>der das Token trägt, statt Authorization</translation>
    </message>
    <message>
        <source>PagerDuty: pages out</source>
        <translation>PagerDuty: Rufe hinaus</translation>
    </message>
    <message>
        <source>What is sent to it as a page becomes an incident there.</source>
        <translation>Was als Ruf dorthin geht, wird dort ein Vorfall.</translation>
    </message>
    <message>
        <source>the routing key of Events v2</source>
        <translation>der Routing-Schlüssel von Events v2</translation>
    </message>
    <message>
        <source>Status pages: a folder</source>
        <translation>Statusseiten: ein Ordner</translation>
    </message>
    <message>
        <source>Published pages are written there.</source>
        <translation>Veröffentlichte Seiten werden dorthin geschrieben.</translation>
    </message>
    <message>
        <source>Status pages: a bucket (S3)</source>
        <translation>Statusseiten: ein Bucket (S3)</translation>
    </message>
    <message>
        <source>endpoint and bucket</source>
        <translation>Endpunkt und Bucket</translation>
    </message>
    <message>
        <source>the access key</source>
        <translation>der Zugriffsschlüssel</translation>
    </message>
    <message>
        <source>the secret key</source>
        <translation>der geheime Schlüssel</translation>
    </message>
    <message>
        <source>Status pages: SFTP</source>
        <translation>Statusseiten: SFTP</translation>
    </message>
    <message>
        <source>Status pages: a Git repository</source>
        <translation>Statusseiten: ein Git-Repository</translation>
    </message>
    <message>
        <source>Published pages are pushed there.</source>
        <translation>Veröffentlichte Seiten werden dorthin geschoben.</translation>
    </message>
    <message>
        <source>ssh://HOST/PATH, or a path here</source>
        <translation>ssh://HOST/PFAD oder ein Pfad hier</translation>
    </message>
    <message>
        <source>the folder in it</source>
        <translation>der Ordner darin</translation>
    </message>
    <message>
        <source>the page&apos;s id there</source>
        <translation>die Kennung der Seite dort</translation>
    </message>
    <message>
        <source>its API key</source>
        <translation>sein API-Schlüssel</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>Rezept</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Secret address</source>
        <translation>Geheime Adresse</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>Server&apos;s id</source>
        <translation>Kennung des Servers</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>Team</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Konto</translation>
    </message>
    <message>
        <source>Nick</source>
        <translation>Nick</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Bot&apos;s token</source>
        <translation>Token des Bots</translation>
    </message>
    <message>
        <source>App-level token</source>
        <translation>Token der App</translation>
    </message>
    <message>
        <source>Signing secret</source>
        <translation>Signiergeheimnis</translation>
    </message>
    <message>
        <source>Private key</source>
        <translation>Privater Schlüssel</translation>
    </message>
    <message>
        <source>Known hosts</source>
        <translation>Bekannte Hosts</translation>
    </message>
    <message>
        <source>Host of rooms</source>
        <translation>Host der Räume</translation>
    </message>
    <message>
        <source>Category&apos;s id</source>
        <translation>Kennung der Kategorie</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>Thema</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Methode</translation>
    </message>
    <message>
        <source>Body</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>Content type</source>
        <translation>Inhaltstyp</translation>
    </message>
    <message>
        <source>Header</source>
        <translation>Kopfzeile</translation>
    </message>
    <message>
        <source>Folder here</source>
        <translation>Ordner hier</translation>
    </message>
    <message>
        <source>Path there</source>
        <translation>Pfad dort</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>Region</translation>
    </message>
    <message>
        <source>Branch</source>
        <translation>Zweig</translation>
    </message>
    <message>
        <source>Source set</source>
        <translation>Quellengruppe</translation>
    </message>
    <message>
        <source>Every</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Roots (PEM)</source>
        <translation>Wurzeln (PEM)</translation>
    </message>
    <message>
        <source>Actions of a review become issues there once it is armed.</source>
        <translation>Maßnahmen einer Nachbereitung werden dort Issues, sobald die Verbindung scharf ist.</translation>
    </message>
    <message>
        <source>GitHub: issues</source>
        <translation>GitHub: Issues</translation>
    </message>
    <message>
        <source>OWNER/REPOSITORY</source>
        <translation>EIGNER/REPOSITORY</translation>
    </message>
    <message>
        <source>GitLab: issues</source>
        <translation>GitLab: Issues</translation>
    </message>
    <message>
        <source>the project&apos;s path, GROUP/NAME</source>
        <translation>der Pfad des Projekts, GRUPPE/NAME</translation>
    </message>
    <message>
        <source>Jira: issues</source>
        <translation>Jira: Issues</translation>
    </message>
    <message>
        <source>the project&apos;s key</source>
        <translation>der Schlüssel des Projekts</translation>
    </message>
    <message>
        <source>the account&apos;s mail address at Atlassian</source>
        <translation>die Mailadresse des Kontos bei Atlassian</translation>
    </message>
    <message>
        <source>Confluence: pages of reviews</source>
        <translation>Confluence: Seiten von Nachbereitungen</translation>
    </message>
    <message>
        <source>Reviews become pages there once it is armed.</source>
        <translation>Nachbereitungen werden dort Seiten, sobald die Verbindung scharf ist.</translation>
    </message>
    <message>
        <source>the space&apos;s key</source>
        <translation>der Schlüssel des Bereichs</translation>
    </message>
    <message>
        <source>of what it is told of status pages; none: the page&apos;s first</source>
        <translation>worin es von Statusseiten hört; keine: die erste der Seite</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
</context>
<context>
    <name>qd::setup::ConnectDialog</name>
    <message>
        <source>Connect a source, a chat, a way out</source>
        <translation>Eine Quelle, einen Chat, einen Weg hinaus verbinden</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Secrets go into the home, for the core alone, and are not shown again. It starts in observe: nothing is written through it until it is armed.</source>
        <translation>Geheimnisse kommen ins Home, allein für den Kern, und werden nicht wieder gezeigt. Sie beginnt beobachtend: nichts wird durch sie geschrieben, bis sie scharf ist.</translation>
    </message>
    <message>
        <source>none</source>
        <translation>ohne</translation>
    </message>
    <message>
        <source>none, or %1</source>
        <translation>ohne, oder %1</translation>
    </message>
    <message>
        <source>There is a connection %1 already; it gets these settings.</source>
        <translation>Eine Verbindung %1 gibt es schon; sie bekommt diese Einstellungen.</translation>
    </message>
    <message>
        <source>It is being connected…</source>
        <translation>Es wird verbunden …</translation>
    </message>
</context>
<context>
    <name>qd::setup::ConnectedDialog</name>
    <message>
        <source>It does not work: %1</source>
        <translation>Es geht nicht: %1</translation>
    </message>
    <message>
        <source>It is there. It says nothing by itself: what is sent through it shows whether it works.</source>
        <translation>Sie ist da. Von sich aus sagt sie nichts: ob sie geht, zeigt, was hindurchgeschickt wird.</translation>
    </message>
    <message>
        <source>It works: last heard at %1.</source>
        <translation>Es geht: zuletzt gehört um %1.</translation>
    </message>
    <message>
        <source>It works.</source>
        <translation>Es geht.</translation>
    </message>
    <message>
        <source>It waits: nothing was sent to it yet.</source>
        <translation>Sie wartet: noch wurde ihr nichts gesendet.</translation>
    </message>
    <message>
        <source>It is being tried; it has not answered yet.</source>
        <translation>Sie wird versucht; noch kam keine Antwort.</translation>
    </message>
    <message>
        <source>It has said nothing for too long.</source>
        <translation>Sie hat zu lange nichts gesagt.</translation>
    </message>
    <message>
        <source>Connected: %1</source>
        <translation>Verbunden: %1</translation>
    </message>
    <message>
        <source>Arm it…</source>
        <translation>Schärfen …</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Probe</translation>
    </message>
    <message>
        <source>May write</source>
        <translation>Darf schreiben</translation>
    </message>
    <message>
        <source>Send to</source>
        <translation>Senden an</translation>
    </message>
    <message>
        <source>The key in them is shown this once; the log keeps only its fingerprint. Copy what you need now.</source>
        <translation>Der Schlüssel darin wird dieses eine Mal gezeigt; das Journal behält nur seinen Fingerabdruck. Kopieren Sie jetzt, was Sie brauchen.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>The core takes it in…</source>
        <translation>Der Kern nimmt sie auf …</translation>
    </message>
    <message>
        <source>nothing (observe)</source>
        <translation>nichts (beobachten)</translation>
    </message>
</context>
<context>
    <name>qd::setup::Import</name>
    <message>
        <source>the answers of its API in one JSON file, a member each</source>
        <translation>die Antworten seiner API in einer JSON-Datei, je ein Feld</translation>
    </message>
    <message>
        <source>People: a roster (CSV, SCIM 2.0)</source>
        <translation>Personen: eine Liste (CSV, SCIM 2.0)</translation>
    </message>
    <message>
        <source>CSV with a header (id,name,zone,team,xmpp,active), or a SCIM ListResponse</source>
        <translation>CSV mit Kopfzeile (id,name,zone,team,xmpp,active) oder eine SCIM-ListResponse</translation>
    </message>
    <message>
        <source>A calendar of one schedule (iCalendar)</source>
        <translation>Ein Kalender eines Plans (iCalendar)</translation>
    </message>
    <message>
        <source>an .ics file whose events name people of the workspace</source>
        <translation>eine .ics-Datei, deren Termine Personen des Arbeitsbereichs nennen</translation>
    </message>
</context>
<context>
    <name>qd::setup::ImportDialog</name>
    <message>
        <source>Bring people in</source>
        <translation>Personen hereinholen</translation>
    </message>
    <message>
        <source>Bring in who is on call</source>
        <translation>Hereinholen, wer Bereitschaft hat</translation>
    </message>
    <message>
        <source>Show the difference</source>
        <translation>Unterschied zeigen</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>What changes</source>
        <translation>Was sich ändert</translation>
    </message>
    <message>
        <source>Not translated</source>
        <translation>Nicht übertragen</translation>
    </message>
    <message>
        <source>Nothing is written before it was shown. A file of the workspace is written then, and the core takes it in as one change; people and plans of other files stay as they are. Ctrl+Return brings in what is shown.</source>
        <translation>Nichts wird geschrieben, bevor es gezeigt wurde. Dann wird eine Datei des Arbeitsbereichs geschrieben, und der Kern nimmt sie als eine Änderung auf; Personen und Pläne anderer Dateien bleiben, wie sie sind. Strg+Eingabe holt herein, was gezeigt ist.</translation>
    </message>
    <message>
        <source>Bring it in</source>
        <translation>Hereinholen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>There is no schedule in the workspace a calendar could be of.</source>
        <translation>Im Arbeitsbereich gibt es keinen Plan, zu dem ein Kalender gehören könnte.</translation>
    </message>
    <message>
        <source>It is being brought in…</source>
        <translation>Es wird hereingeholt …</translation>
    </message>
    <message>
        <source>The file is being read…</source>
        <translation>Die Datei wird gelesen …</translation>
    </message>
    <message>
        <source>Found again: %1</source>
        <translation>Wiedergefunden: %1</translation>
    </message>
    <message>
        <source>Nothing changes.</source>
        <translation>Nichts ändert sich.</translation>
    </message>
</context>
<context>
    <name>qd::setup::RebuildDialog</name>
    <message>
        <source>Rebuild an incident that was run elsewhere</source>
        <translation>Einen anderswo geführten Vorfall nachbilden</translation>
    </message>
    <message>
        <source>Show what they tell</source>
        <translation>Zeigen, was sie erzählen</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>Dateien hinzufügen …</translation>
    </message>
    <message>
        <source>The text of a post-mortem becomes the review&apos;s narrative</source>
        <translation>Der Text eines Post-mortems wird die Erzählung der Nachbetrachtung</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keiner</translation>
    </message>
    <message>
        <source>Files, one a line</source>
        <translation>Dateien, eine je Zeile</translation>
    </message>
    <message>
        <source>A Slack export (ZIP) or a channel&apos;s history, PagerDuty log entries, Prometheus ALERTS, Alertmanager alerts, deploys or any table (CSV, JSON), a post-mortem (Markdown).</source>
        <translation>Ein Slack-Export (ZIP) oder der Verlauf eines Kanals, Protokolleinträge von PagerDuty, ALERTS von Prometheus, Alarme des Alertmanagers, Deployments oder irgendeine Tabelle (CSV, JSON), ein Post-mortem (Markdown).</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>Kanal</translation>
    </message>
    <message>
        <source>Of a Slack export with several: its name or id.</source>
        <translation>Eines Slack-Exports mit mehreren: sein Name oder seine Kennung.</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>Zeitzone</translation>
    </message>
    <message>
        <source>Of times that name none: Europe/Berlin. Left out: UTC.</source>
        <translation>Von Zeiten, die keine nennen: Europe/Berlin. Weggelassen: UTC.</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>Of a post-mortem that names none: 2026-11-23.</source>
        <translation>Eines Post-mortems, das keinen nennt: 2026-11-23.</translation>
    </message>
    <message>
        <source>What they tell</source>
        <translation>Was sie erzählen</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Schwere</translation>
    </message>
    <message>
        <source>Narrative</source>
        <translation>Erzählung</translation>
    </message>
    <message>
        <source>Files are read wholly before anything is made. The incident is over already: nobody is called, no room is made, no figure of alerts or calls counts it, and each of its lines says where it is from. Ctrl+Return rebuilds what is shown.</source>
        <translation>Dateien werden ganz gelesen, bevor etwas angelegt wird. Der Vorfall ist schon vorbei: Niemand wird gerufen, kein Raum angelegt, keine Zahl der Alarme oder Rufe zählt ihn, und jede seiner Zeilen sagt, woher sie stammt. Strg+Eingabe bildet nach, was gezeigt wird.</translation>
    </message>
    <message>
        <source>Rebuild it</source>
        <translation>Nachbilden</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Files of the incident</source>
        <translation>Dateien des Vorfalls</translation>
    </message>
    <message>
        <source>It is being rebuilt…</source>
        <translation>Er wird nachgebildet …</translation>
    </message>
    <message>
        <source>The files are being read…</source>
        <translation>Die Dateien werden gelesen …</translation>
    </message>
    <message>
        <source>First rows</source>
        <translation>Erste Zeilen</translation>
    </message>
    <message>
        <source>a new incident</source>
        <translation>ein neuer Vorfall</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Into</source>
        <translation>In</translation>
    </message>
    <message>
        <source>Column: %1</source>
        <translation>Spalte: %1</translation>
    </message>
    <message>
        <source>none known</source>
        <translation>keine bekannt</translation>
    </message>
    <message>
        <source>as it shows: %1</source>
        <translation>wie erkannt: %1</translation>
    </message>
    <message>
        <source>Times in %1 name none: whose are they? Left out: UTC.</source>
        <translation>Zeiten in %1 nennen keine: Wessen sind es? Weggelassen: UTC.</translation>
    </message>
    <message>
        <source>Add it</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>What was over before is left out: 2026-11-23 14:00.</source>
        <translation>Was vorher zu Ende war, bleibt weg: 2026-11-23 14:00.</translation>
    </message>
    <message>
        <source>What began after it is left out: 2026-11-23 16:30.</source>
        <translation>Was danach begann, bleibt weg: 2026-11-23 16:30.</translation>
    </message>
    <message>
        <source>Its hours from</source>
        <translation>Seine Stunden ab</translation>
    </message>
    <message>
        <source>Its hours to</source>
        <translation>Seine Stunden bis</translation>
    </message>
    <message>
        <source>Another incident on purpose, beside the one that has these facts</source>
        <translation>Mit Absicht ein weiterer Vorfall neben dem, der diese Fakten schon hat</translation>
    </message>
    <message>
        <source>%1 of %2 facts are here</source>
        <translation>%1 von %2 Fakten sind hier</translation>
    </message>
    <message>
        <source>Another</source>
        <translation>Weiterer</translation>
    </message>
    <message>
        <source>Add it to %1</source>
        <translation>Zu %1 hinzufügen</translation>
    </message>
</context>
<context>
    <name>qd::setup::RebuildFormats</name>
    <message>
        <source>as each file shows</source>
        <translation>wie jede Datei zeigt</translation>
    </message>
    <message>
        <source>Slack export (ZIP)</source>
        <translation>Slack-Export (ZIP)</translation>
    </message>
    <message>
        <source>a Slack channel&apos;s history</source>
        <translation>Verlauf eines Slack-Kanals</translation>
    </message>
    <message>
        <source>PagerDuty log entries</source>
        <translation>PagerDuty-Protokoll</translation>
    </message>
    <message>
        <source>Prometheus ALERTS</source>
        <translation>Prometheus-ALERTS</translation>
    </message>
    <message>
        <source>Alertmanager alerts</source>
        <translation>Alarme des Alertmanagers</translation>
    </message>
    <message>
        <source>deploys</source>
        <translation>Deployments</translation>
    </message>
    <message>
        <source>a table (CSV, JSON)</source>
        <translation>eine Tabelle (CSV, JSON)</translation>
    </message>
    <message>
        <source>a post-mortem (Markdown)</source>
        <translation>ein Post-mortem (Markdown)</translation>
    </message>
</context>
<context>
    <name>qd::setup::RebuildLook</name>
    <message>
        <source>%L1 of %L2 channels of %3 are shown, those of incidents first; another one is typed.</source>
        <translation>%L1 von %L2 Kanälen in %3 werden gezeigt, die von Vorfällen zuerst; ein anderer wird getippt.</translation>
    </message>
    <message>
        <source>%L1 of %L2 columns of %3 are shown; another one is named on the command line: quarterdeckctl rebuild --map.</source>
        <translation>%L1 von %L2 Spalten in %3 werden gezeigt; eine andere nennt man auf der Kommandozeile: quarterdeckctl rebuild --map.</translation>
    </message>
</context>
<context>
    <name>qd::setup::RebuildParts</name>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Was geschah</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Until when</source>
        <translation>Bis wann</translation>
    </message>
    <message>
        <source>Known since</source>
        <translation>Bekannt seit</translation>
    </message>
    <message>
        <source>Its number</source>
        <translation>Seine Nummer</translation>
    </message>
</context>
<context>
    <name>qd::setup::WhatIfDialog</name>
    <message>
        <source>What if the rules were others</source>
        <translation>Was wäre unter anderen Regeln</translation>
    </message>
    <message>
        <source>Try</source>
        <translation>Versuchen</translation>
    </message>
    <message>
        <source>Edited workspace</source>
        <translation>Bearbeiteter Arbeitsbereich</translation>
    </message>
    <message>
        <source>a copy of the workspace&apos;s folder, edited</source>
        <translation>eine bearbeitete Kopie des Ordners des Arbeitsbereichs</translation>
    </message>
    <message>
        <source>The folder is on the core&apos;s machine. Without one the recorded rules are folded again: what comes out must be what was recorded.</source>
        <translation>Der Ordner liegt auf der Maschine des Kerns. Ohne einen wird mit den aufgezeichneten Regeln neu gerechnet: herauskommen muss, was aufgezeichnet ist.</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>24h for a day ago, 7d, or 2026-11-23T14:25:00Z.</source>
        <translation>24h für vor einem Tag, 7d oder 2026-11-23T14:25:00Z.</translation>
    </message>
    <message>
        <source>In short</source>
        <translation>Kurz</translation>
    </message>
    <message>
        <source>Differences (UTC)</source>
        <translation>Unterschiede (UTC)</translation>
    </message>
    <message>
        <source>What came in is folded through the other rules; what people did is taken as it was. Nothing changes but that fold rules of that workspace were shown: only then are they in force.</source>
        <translation>Was hereinkam, läuft durch die anderen Regeln; was Menschen taten, bleibt, wie es war. Nichts ändert sich, außer dass Faltregeln jenes Arbeitsbereichs gezeigt wurden: erst dann gelten sie.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>The core folds what was recorded; a month may take a minute.</source>
        <translation>Der Kern rechnet das Aufgezeichnete durch; ein Monat kann eine Minute dauern.</translation>
    </message>
    <message>
        <source>… and more.</source>
        <translation>… und mehr.</translation>
    </message>
    <message>
        <source>Nothing would have been otherwise.</source>
        <translation>Nichts wäre anders gewesen.</translation>
    </message>
</context>
<context>
    <name>qd::shell::ActionBook</name>
    <message>
        <source>Everywhere</source>
        <translation>Überall</translation>
    </message>
</context>
<context>
    <name>qd::shell::ArmDialog</name>
    <message>
        <source>silences: what we silence is silenced there</source>
        <translation>Stummschaltungen: was wir stummschalten, ist dort stumm</translation>
    </message>
    <message>
        <source>acknowledgements: what we acknowledge is acknowledged there</source>
        <translation>Quittungen: was wir quittieren, ist dort quittiert</translation>
    </message>
    <message>
        <source>rooms: an incident gets a room</source>
        <translation>Räume: ein Vorfall bekommt einen Raum</translation>
    </message>
    <message>
        <source>posts: what happens is said in the incident&apos;s room</source>
        <translation>Beiträge: was geschieht, steht im Raum des Vorfalls</translation>
    </message>
    <message>
        <source>pages: people are called by message</source>
        <translation>Rufe: Menschen werden per Nachricht gerufen</translation>
    </message>
    <message>
        <source>What a connection may write</source>
        <translation>Was eine Verbindung schreiben darf</translation>
    </message>
    <message>
        <source>Arm</source>
        <translation>Scharf schalten</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>Observe is the rule: nothing leaves this house until it is armed.</source>
        <translation>Beobachten ist die Regel: nichts verlässt das Haus, bis sie scharf ist.</translation>
    </message>
    <message>
        <source>May write</source>
        <translation>Darf schreiben</translation>
    </message>
    <message>
        <source>No connection can write anything.</source>
        <translation>Keine Verbindung kann etwas schreiben.</translation>
    </message>
    <message>
        <source>nothing (observe)</source>
        <translation>nichts (beobachten)</translation>
    </message>
    <message>
        <source>%1 may write: %2.</source>
        <translation>%1 darf schreiben: %2.</translation>
    </message>
    <message>
        <source>%1 may write: %2. Then: %3.</source>
        <translation>%1 darf schreiben: %2. Dann: %3.</translation>
    </message>
    <message>
        <source>Disarm</source>
        <translation>Entschärfen</translation>
    </message>
    <message>
        <source>notes: what is noted of an alert here is noted there</source>
        <translation>Notizen: was hier zu einem Alarm notiert wird, wird auch dort notiert</translation>
    </message>
    <message>
        <source>reassigns: who is called there is changed from here</source>
        <translation>Zuweisungen: wer dort gerufen wird, wird von hier aus geändert</translation>
    </message>
    <message>
        <source>publish: status pages are written there, for the public to read</source>
        <translation>Veröffentlichen: Statusseiten werden dort abgelegt, für die Öffentlichkeit</translation>
    </message>
    <message>
        <source>To allow more</source>
        <translation>Um mehr zu erlauben</translation>
    </message>
    <message>
        <source>What is written there is outside this house and is not taken back from here.</source>
        <translation>Was dort geschrieben wird, ist außerhalb dieses Hauses und wird von hier nicht zurückgenommen.</translation>
    </message>
    <message>
        <source>issues: actions of a review become issues there</source>
        <translation>Issues: Maßnahmen einer Nachbereitung werden dort Issues</translation>
    </message>
</context>
<context>
    <name>qd::shell::Away</name>
    <message numerus="yes">
        <source>You were away %n minute(s): </source>
        <translation>
            <numerusform>Sie waren %n Minute weg: </numerusform>
            <numerusform>Sie waren %n Minuten weg: </numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) changed. </source>
        <translation>
            <numerusform>%n Sache hat sich geändert. </numerusform>
            <numerusform>%n Dinge haben sich geändert. </numerusform>
        </translation>
    </message>
    <message>
        <source>nobody commands</source>
        <translation>niemand leitet</translation>
    </message>
    <message>
        <source>%1 commands</source>
        <translation>%1 leitet</translation>
    </message>
    <message numerus="yes">
        <source>%1 has been going on for %n minute(s), </source>
        <translation>
            <numerusform>%1 dauert seit %n Minute an, </numerusform>
            <numerusform>%1 dauert seit %n Minuten an, </numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) happened; Ctrl+Shift+Y lists them. </source>
        <translation>
            <numerusform>%n Sache ist geschehen; Strg+Umschalt+Y zeigt sie. </numerusform>
            <numerusform>%n Dinge sind geschehen; Strg+Umschalt+Y zeigt sie. </numerusform>
        </translation>
    </message>
    <message>
        <source>%1 declared: %2</source>
        <translation>%1 erklärt: %2</translation>
    </message>
</context>
<context>
    <name>qd::shell::Banner</name>
    <message>
        <source>The core is lost — restarting.</source>
        <translation>Der Kern ist verloren — er wird neu gestartet.</translation>
    </message>
    <message>
        <source>The core has a notice.</source>
        <translation>Der Kern hat einen Hinweis.</translation>
    </message>
    <message>
        <source>Nothing is being recorded:</source>
        <translation>Es wird nichts aufgezeichnet:</translation>
    </message>
    <message>
        <source>%1 Command and paging go on, but the journal does not hold them.</source>
        <translation>%1 Führung und Rufe gehen weiter, aber das Journal hält sie nicht fest.</translation>
    </message>
    <message>
        <source>What you see is of %1; what is typed now waits for its return. %2</source>
        <translation>Was Sie sehen, ist von %1; was Sie jetzt schreiben, wartet auf seine Rückkehr. %2</translation>
    </message>
    <message>
        <source>YOU LOOK AS: %1</source>
        <translation>DU SIEHST ALS: %1</translation>
    </message>
    <message>
        <source>The core is lost.</source>
        <translation>Der Kern ist verloren.</translation>
    </message>
    <message>
        <source>Nothing is being recorded.</source>
        <translation>Es wird nichts aufgezeichnet.</translation>
    </message>
    <message>
        <source>What they may not read is sealed, and nothing can be done meanwhile. Esc goes back. %1</source>
        <translation>Was dort nicht gelesen werden darf, ist versiegelt, und solange lässt sich nichts tun. Esc führt zurück. %1</translation>
    </message>
    <message>
        <source>THE PAST, as known at %1</source>
        <translation>DIE VERGANGENHEIT, wie um %1 bekannt</translation>
    </message>
    <message>
        <source>THE PAST, as it was at %1</source>
        <translation>DIE VERGANGENHEIT, wie es um %1 war</translation>
    </message>
    <message>
        <source>Nothing can be done there but what is written about it. Alt+End goes back to the present.</source>
        <translation>Dort lässt sich nichts tun, als darüber zu schreiben. Alt+Ende führt zurück in die Gegenwart.</translation>
    </message>
</context>
<context>
    <name>qd::shell::ChangeDialog</name>
    <message>
        <source>Mark a change</source>
        <translation>Änderung eintragen</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>Eintragen</translation>
    </message>
    <message>
        <source>config push, deploy 4.2, rollback …</source>
        <translation>Konfiguration, Auslieferung 4.2, Rücknahme …</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keiner</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>It is drawn at this service on the map, and ranked by its nearness to what fires.</source>
        <translation>Sie steht auf der Karte an diesem Dienst, gereiht nach der Nähe zu dem, was Alarm gibt.</translation>
    </message>
    <message>
        <source>When (UTC)</source>
        <translation>Wann (UTC)</translation>
    </message>
    <message>
        <source>14:01, or 20m for twenty minutes ago.</source>
        <translation>14:01, oder 20m für vor zwanzig Minuten.</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>Link</translation>
    </message>
    <message>
        <source>“When” cannot be read; write 14:01, or 20m for twenty minutes ago.</source>
        <translation>„Wann“ ist nicht lesbar; 14:01 schreiben, oder 20m für vor zwanzig Minuten.</translation>
    </message>
</context>
<context>
    <name>qd::shell::CommandPerspective</name>
    <message>
        <source>Command</source>
        <translation>Führung</translation>
    </message>
    <message>
        <source>Triage</source>
        <translation>Sichtung</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Zeitleiste</translation>
    </message>
    <message>
        <source>Update</source>
        <translation>Mitteilung</translation>
    </message>
    <message>
        <source>Stack</source>
        <translation>Stapel</translation>
    </message>
    <message>
        <source>next</source>
        <translation>weiter</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>Alarme</translation>
    </message>
</context>
<context>
    <name>qd::shell::DeclareDialog</name>
    <message>
        <source>SEV1 — customers cannot do what they came for</source>
        <translation>SEV1 — Kunden können nicht tun, wozu sie kamen</translation>
    </message>
    <message>
        <source>SEV2 — a major part is down or badly slow</source>
        <translation>SEV2 — ein großer Teil steht oder ist sehr langsam</translation>
    </message>
    <message>
        <source>SEV3 — noticeable, there is a way round</source>
        <translation>SEV3 — spürbar, es gibt einen Umweg</translation>
    </message>
    <message>
        <source>SEV4 — minor</source>
        <translation>SEV4 — gering</translation>
    </message>
    <message>
        <source>SEV5 — no impact yet, worth coordinating</source>
        <translation>SEV5 — noch keine Wirkung, aber abzustimmen</translation>
    </message>
    <message>
        <source>Declare an incident</source>
        <translation>Vorfall ausrufen</translation>
    </message>
    <message>
        <source>what is broken, for whom</source>
        <translation>was ist kaputt, für wen</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keiner</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Schwere</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>Since (UTC)</source>
        <translation>Seit (UTC)</translation>
    </message>
    <message>
        <source>When it began to hurt: 14:01, or 20m for twenty minutes ago.</source>
        <translation>Wann es zu schmerzen begann: 14:01, oder 20m für vor zwanzig Minuten.</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>Raum</translation>
    </message>
    <message>
        <source>a new one</source>
        <translation>ein neuer</translation>
    </message>
    <message>
        <source>The address of a chat room where people talk about it already; what was said there since it began is read.</source>
        <translation>Die Adresse eines Chatraums, in dem schon darüber gesprochen wird; was dort seit Beginn gesagt wurde, wird gelesen.</translation>
    </message>
    <message>
        <source>No alert is chosen; alerts can join later.</source>
        <translation>Kein Alarm gewählt; Alarme können später dazukommen.</translation>
    </message>
    <message>
        <source>Declare</source>
        <translation>Ausrufen</translation>
    </message>
    <message>
        <source>“Since” cannot be read; write 14:01, or 20m for twenty minutes ago.</source>
        <translation>„Seit“ ist nicht lesbar; 14:01 schreiben, oder 20m für vor zwanzig Minuten.</translation>
    </message>
    <message>
        <source>I take it</source>
        <translation>Ich übernehme sie</translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s) join the incident.</source>
        <translation>
            <numerusform>%Ln Alarm kommt zum Vorfall.</numerusform>
            <numerusform>%Ln Alarme kommen zum Vorfall.</numerusform>
        </translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Leitung</translation>
    </message>
    <message>
        <source>Are customers hurt?</source>
        <translation>Leiden Kunden?</translation>
    </message>
    <message>
        <source>How many?</source>
        <translation>Wie viele?</translation>
    </message>
    <message>
        <source>Is there a workaround?</source>
        <translation>Gibt es einen Umweg?</translation>
    </message>
    <message>
        <source>Three answers suggest a severity. If unsure, the higher one; it can be lowered at any time.</source>
        <translation>Drei Antworten schlagen eine Schwere vor. Im Zweifel die höhere; senken lässt sie sich jederzeit.</translation>
    </message>
    <message>
        <source>it is still being found out whether it is one</source>
        <translation>ob es einer ist, wird noch geklärt</translation>
    </message>
    <message>
        <source>real</source>
        <translation>echt</translation>
    </message>
    <message>
        <source>drill — nobody outside hears of it</source>
        <translation>Übung — niemand draußen erfährt davon</translation>
    </message>
    <message>
        <source>planned maintenance</source>
        <translation>geplante Wartung</translation>
    </message>
    <message>
        <source>example — to try things out</source>
        <translation>Beispiel — zum Ausprobieren</translation>
    </message>
    <message>
        <source>over already — written down afterwards</source>
        <translation>schon vorbei — nachträglich festgehalten</translation>
    </message>
    <message>
        <source>when it was over</source>
        <translation>wann es vorbei war</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Until (UTC)</source>
        <translation>Bis (UTC)</translation>
    </message>
    <message>
        <source>Of one that is over: 14:40, or 20m for twenty minutes ago.</source>
        <translation>Bei einem, der vorbei ist: 14:40, oder 20m für vor zwanzig Minuten.</translation>
    </message>
    <message>
        <source>Triage</source>
        <translation>Sichtung</translation>
    </message>
    <message>
        <source>Say since when and until when it was.</source>
        <translation>Sagen, von wann bis wann es war.</translation>
    </message>
</context>
<context>
    <name>qd::shell::DesktopNotices</name>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
</context>
<context>
    <name>qd::shell::Feeds</name>
    <message>
        <source>never seen</source>
        <translation>nie gesehen</translation>
    </message>
    <message>
        <source>fresh</source>
        <translation>aktuell</translation>
    </message>
    <message>
        <source>late</source>
        <translation>verspätet</translation>
    </message>
    <message>
        <source>silent</source>
        <translation>stumm</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>gescheitert</translation>
    </message>
    <message>
        <source>awaiting</source>
        <translation>wartet</translation>
    </message>
</context>
<context>
    <name>qd::shell::FeedsButton</name>
    <message>
        <source>no feeds</source>
        <translation>keine Quellen</translation>
    </message>
    <message>
        <source>feeds </source>
        <translation>Quellen </translation>
    </message>
    <message>
        <source>awaiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>Feed in trouble: %1%2</source>
        <translation>Quelle gestört: %1%2</translation>
    </message>
    <message>
        <source>Feeds; the oldest was seen %1 ago</source>
        <translation>Quellen; die älteste wurde vor %1 gesehen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln feed(s)</source>
        <translation>
            <numerusform>%Ln Quelle</numerusform>
            <numerusform>%Ln Quellen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::shell::FeedsPopup</name>
    <message>
        <source>Feeds</source>
        <translation>Quellen</translation>
    </message>
    <message>
        <source>FEED</source>
        <translation>QUELLE</translation>
    </message>
    <message>
        <source>KIND</source>
        <translation>ART</translation>
    </message>
    <message>
        <source>STATE</source>
        <translation>ZUSTAND</translation>
    </message>
    <message>
        <source>SEEN</source>
        <translation>GESEHEN</translation>
    </message>
    <message>
        <source>EXPECTED EVERY</source>
        <translation>ERWARTET ALLE</translation>
    </message>
    <message>
        <source>MAY WRITE</source>
        <translation>DARF SCHREIBEN</translation>
    </message>
    <message>
        <source>nothing (observe)</source>
        <translation>nichts (beobachten)</translation>
    </message>
    <message>
        <source>Nothing is connected.</source>
        <translation>Nichts ist angeschlossen.</translation>
    </message>
    <message numerus="yes">
        <source>%n pending</source>
        <translation>
            <numerusform>%n wartend</numerusform>
            <numerusform>%n wartend</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::shell::FirstRun</name>
    <message>
        <source>No home yet — Quarterdeck</source>
        <translation>Noch kein Home — Quarterdeck</translation>
    </message>
    <message>
        <source>No home yet</source>
        <translation>Noch kein Home</translation>
    </message>
    <message>
        <source>There is no home here yet</source>
        <translation>Hier ist noch kein Home</translation>
    </message>
    <message>
        <source>A home holds your team&apos;s journal, keys and settings. There is none in %1.</source>
        <translation>Ein Home enthält Journal, Schlüssel und Einstellungen des Teams. In %1 ist keines.</translation>
    </message>
    <message>
        <source>LOOK AROUND FIRST</source>
        <translation>ERST UMSEHEN</translation>
    </message>
    <message>
        <source>A shop&apos;s outage plays by itself, with alerts, people and a chat room. It lives in a home of its own: nobody is called.</source>
        <translation>Der Ausfall eines Ladens läuft von selbst ab, mit Alarmen, Menschen und Chatraum. Er hat ein eigenes Home: niemand wird gerufen.</translation>
    </message>
    <message>
        <source>Open the practice incident</source>
        <translation>Übungsvorfall öffnen</translation>
    </message>
    <message>
        <source>MAKE A HOME FOR YOUR TEAM</source>
        <translation>EIN HOME FÜR DAS TEAM ANLEGEN</translation>
    </message>
    <message>
        <source>Type this in a terminal. It shows a recovery key once: write it down and keep it elsewhere.</source>
        <translation>Dies in ein Terminal eingeben. Ein Wiederherstellungsschlüssel wird einmal gezeigt: aufschreiben und anderswo verwahren.</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>Befehl kopieren</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Open the home</source>
        <translation>Home öffnen</translation>
    </message>
    <message>
        <source>Open the home: not there yet</source>
        <translation>Home öffnen: noch nicht da</translation>
    </message>
    <message>
        <source>BEGIN WITH AN INCIDENT YOU ALREADY HAD</source>
        <translation>MIT EINEM VORFALL BEGINNEN, DEN SIE SCHON HATTEN</translation>
    </message>
    <message>
        <source>A Slack export, alert history, deploys or a post-mortem become one timeline to replay and to learn from. Nothing is connected and nobody is called. It needs a home first.</source>
        <translation>Ein Slack-Export, der Verlauf von Alarmen, Deployments oder ein Post-mortem werden eine Zeitleiste zum Nachspielen und Lernen. Nichts wird verbunden, niemand gerufen. Zuerst braucht es ein Home.</translation>
    </message>
    <message>
        <source>Rebuild an incident from a Slack export…</source>
        <translation>Einen Vorfall aus einem Slack-Export nachbilden …</translation>
    </message>
</context>
<context>
    <name>qd::shell::HeartbeatSheet</name>
    <message>
        <source>Heartbeats</source>
        <translation>Herzschläge</translation>
    </message>
    <message>
        <source>%1 of %2, trips at %3</source>
        <translation>%1 von %2, Alarm bei %3</translation>
    </message>
    <message>
        <source>Mute the heartbeat…</source>
        <translation>Herzschlag stummschalten…</translation>
    </message>
    <message>
        <source>Unmute the heartbeat</source>
        <translation>Herzschlag nicht mehr stummschalten</translation>
    </message>
    <message>
        <source>Try other numbers…</source>
        <translation>Andere Zahlen versuchen…</translation>
    </message>
    <message>
        <source>mute</source>
        <translation>stumm</translation>
    </message>
    <message>
        <source>unmute</source>
        <translation>laut</translation>
    </message>
    <message>
        <source>try other numbers</source>
        <translation>andere Zahlen</translation>
    </message>
    <message>
        <source>close</source>
        <translation>schließen</translation>
    </message>
    <message>
        <source>“%1” is not muted.</source>
        <translation>„%1“ ist nicht stummgeschaltet.</translation>
    </message>
    <message>
        <source>HEARTBEATS</source>
        <translation>HERZSCHLÄGE</translation>
    </message>
    <message numerus="yes">
        <source>HEARTBEATS · %Ln in the workspace</source>
        <translation>
            <numerusform>HERZSCHLÄGE · %Ln im Arbeitsbereich</numerusform>
            <numerusform>HERZSCHLÄGE · %Ln im Arbeitsbereich</numerusform>
        </translation>
    </message>
    <message>
        <source>There are no heartbeats in the workspace; [[heartbeat]] in a file of it makes one: a job that pings, or an alert that always fires.</source>
        <translation>Es gibt keine Herzschläge im Arbeitsbereich; [[heartbeat]] in einer seiner Dateien macht einen: eine Aufgabe, die sich meldet, oder ein Alarm, der immer anliegt.</translation>
    </message>
</context>
<context>
    <name>qd::shell::ImpactDialog</name>
    <message>
        <source>Since when %1 hurts</source>
        <translation>Seit wann %1 schmerzt</translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>Berichtigen</translation>
    </message>
    <message>
        <source>how one knows, if there is time</source>
        <translation>woher man es weiß, wenn Zeit ist</translation>
    </message>
    <message>
        <source>Hurts since (UTC)</source>
        <translation>Schmerzt seit (UTC)</translation>
    </message>
    <message>
        <source>2026-11-23 14:01, 14:01, or 20m for twenty minutes ago. How long it took to notice and to mend is reckoned from here.</source>
        <translation>2026-11-23 14:01, 14:01 oder 20m für vor zwanzig Minuten. Wie lange Bemerken und Beheben dauerten, wird ab hier gerechnet.</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Both times are in the record: the one that was thought, and the one that is known now.</source>
        <translation>Beide Zeiten sind aufgezeichnet: die vermutete und die nun bekannte.</translation>
    </message>
    <message>
        <source>“Since” cannot be read, or is still to come; write 2026-11-23 14:01, 14:01, or 20m for twenty minutes ago.</source>
        <translation>„Seit“ ist nicht lesbar oder kommt erst noch; schreiben Sie 2026-11-23 14:01, 14:01 oder 20m für vor zwanzig Minuten.</translation>
    </message>
</context>
<context>
    <name>qd::shell::InsightsSheet</name>
    <message>
        <source>Insights</source>
        <translation>Einblicke</translation>
    </message>
    <message>
        <source>D a day · W a week · M thirty days · Escape closes</source>
        <translation>D ein Tag · W eine Woche · M dreißig Tage · Escape schließt</translation>
    </message>
    <message>
        <source>INSIGHTS · THE LAST 30 DAYS</source>
        <translation>EINBLICKE · DIE LETZTEN 30 TAGE</translation>
    </message>
    <message>
        <source>Asking the core…</source>
        <translation>Der Kern wird gefragt …</translation>
    </message>
    <message>
        <source>INSIGHTS · THE LAST 24 HOURS</source>
        <translation>EINBLICKE · DIE LETZTEN 24 STUNDEN</translation>
    </message>
    <message>
        <source>INSIGHTS · THE LAST 7 DAYS</source>
        <translation>EINBLICKE · DIE LETZTEN 7 TAGE</translation>
    </message>
</context>
<context>
    <name>qd::shell::Instrument</name>
    <message>
        <source>One-line instrument</source>
        <translation>Einzeiler</translation>
    </message>
    <message>
        <source>One line: a log entry, @who task 10m, ? hypothesis, ! decision, &gt; audience 20m</source>
        <translation>Eine Zeile: Logeintrag, @wer Aufgabe 10m, ? Vermutung, ! Entscheidung, &gt; Zielgruppe 20m</translation>
    </message>
    <message>
        <source>declare an incident first: Ctrl+Shift+D</source>
        <translation>zuerst einen Vorfall ausrufen: Strg+Umschalt+D</translation>
    </message>
    <message>
        <source>log  @who task 10m  ? hypothesis  ! decision  &gt; customers 20m</source>
        <translation>Log  @wer Aufgabe 10m  ? Vermutung  ! Entscheidung  &gt; customers 20m</translation>
    </message>
    <message>
        <source>no incident to write to; </source>
        <translation>kein Vorfall zum Hineinschreiben; </translation>
    </message>
    <message>
        <source> declares one</source>
        <translation> ruft einen aus</translation>
    </message>
    <message>
        <source>log line, verbatim</source>
        <translation>Logzeile, wörtlich</translation>
    </message>
    <message>
        <source>task for </source>
        <translation>Aufgabe für </translation>
    </message>
    <message>
        <source>, due in %1 at %2</source>
        <translation>, fällig in %1 um %2</translation>
    </message>
    <message>
        <source> — which one: %1?</source>
        <translation> — wer davon: %1?</translation>
    </message>
    <message>
        <source> — not known here, taken as written</source>
        <translation> — hier nicht bekannt, wird übernommen wie geschrieben</translation>
    </message>
    <message>
        <source>hypothesis </source>
        <translation>Vermutung </translation>
    </message>
    <message>
        <source>decision </source>
        <translation>Entscheidung </translation>
    </message>
    <message>
        <source>promise to </source>
        <translation>Zusage an </translation>
    </message>
    <message>
        <source>, due in %1 at </source>
        <translation>, fällig in %1 um </translation>
    </message>
    <message>
        <source> — a new audience</source>
        <translation> — eine neue Zielgruppe</translation>
    </message>
    <message>
        <source>, posts to %1</source>
        <translation>, erscheint in %1</translation>
    </message>
    <message>
        <source>There is no incident to write to; declare one with Ctrl+Shift+D.</source>
        <translation>Es gibt keinen Vorfall, in den geschrieben werden kann; Strg+Umschalt+D ruft einen aus.</translation>
    </message>
    <message>
        <source>UNRECORDED</source>
        <translation>NICHT AUFGEZEICHNET</translation>
    </message>
    <message>
        <source>the core</source>
        <translation>der Kern</translation>
    </message>
    <message>
        <source>A line is being written here; put it down or clear it first (Esc).</source>
        <translation>Hier wird gerade eine Zeile geschrieben; schicken Sie sie ab, oder leeren Sie das Feld zuerst (Esc).</translation>
    </message>
    <message>
        <source>task %1 is done: </source>
        <translation>Aufgabe %1 ist erledigt: </translation>
    </message>
    <message>
        <source>your open task is done</source>
        <translation>Ihre offene Aufgabe ist erledigt</translation>
    </message>
    <message>
        <source> — what came of it may follow</source>
        <translation> – was daraus wurde, kann folgen</translation>
    </message>
    <message>
        <source>, with your words: %1</source>
        <translation>, mit Ihren Worten: %1</translation>
    </message>
</context>
<context>
    <name>qd::shell::KeepingSheet</name>
    <message>
        <source>When (UTC)</source>
        <translation>Wann (UTC)</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Who and why</source>
        <translation>Wer und warum</translation>
    </message>
    <message>
        <source>what expires when</source>
        <translation>was wann abläuft</translation>
    </message>
    <message>
        <source>holds</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>access</source>
        <translation>Zugriffe</translation>
    </message>
    <message>
        <source>close</source>
        <translation>schließen</translation>
    </message>
    <message>
        <source>WHAT EXPIRES WHEN</source>
        <translation>WAS WANN ABLÄUFT</translation>
    </message>
    <message>
        <source>HOLDS</source>
        <translation>SPERREN</translation>
    </message>
    <message>
        <source>ACCESS TO WHAT IS RESTRICTED</source>
        <translation>ZUGRIFFE AUF BESCHRÄNKTES</translation>
    </message>
    <message>
        <source>Asking the core…</source>
        <translation>Der Kern wird gefragt …</translation>
    </message>
    <message>
        <source>the first %1 of %2</source>
        <translation>die ersten %1 von %2</translation>
    </message>
    <message>
        <source>WHO SPEAKS FROM WHERE</source>
        <translation>WER VON WO SPRICHT</translation>
    </message>
    <message>
        <source>WHO MAY DO WHAT HERE</source>
        <translation>WER HIER WAS DARF</translation>
    </message>
    <message>
        <source>What is kept until when, who read it, and who may do what</source>
        <translation>Was bis wann bleibt, wer es las, und wer was darf</translation>
    </message>
    <message>
        <source>Retention, holds, access and rights</source>
        <translation>Aufbewahrung, Sperren, Zugriffe und Rechte</translation>
    </message>
    <message>
        <source>What expires when</source>
        <translation>Was wann abläuft</translation>
    </message>
    <message>
        <source>The holds</source>
        <translation>Die Sperren</translation>
    </message>
    <message>
        <source>Who read what is restricted</source>
        <translation>Wer Beschränktes las</translation>
    </message>
    <message>
        <source>Who speaks from which chat address</source>
        <translation>Wer von welcher Chat-Adresse spricht</translation>
    </message>
    <message>
        <source>Who may do what here</source>
        <translation>Wer hier was darf</translation>
    </message>
    <message>
        <source>Place a hold…</source>
        <translation>Eine Sperre setzen …</translation>
    </message>
    <message>
        <source>Lift the hold…</source>
        <translation>Die Sperre aufheben …</translation>
    </message>
    <message>
        <source>Erase what is chosen, or what is due…</source>
        <translation>Gewähltes oder Fälliges löschen …</translation>
    </message>
    <message>
        <source>Bind a chat address to a person…</source>
        <translation>Eine Chat-Adresse an eine Person binden …</translation>
    </message>
    <message>
        <source>Take a chat address from a person…</source>
        <translation>Einer Person eine Chat-Adresse nehmen …</translation>
    </message>
    <message>
        <source>identities</source>
        <translation>Identitäten</translation>
    </message>
    <message>
        <source>rights</source>
        <translation>Rechte</translation>
    </message>
    <message>
        <source>hold</source>
        <translation>sperren</translation>
    </message>
    <message>
        <source>lift</source>
        <translation>aufheben</translation>
    </message>
    <message>
        <source>erase</source>
        <translation>löschen</translation>
    </message>
    <message>
        <source>bind</source>
        <translation>binden</translation>
    </message>
    <message>
        <source>unbind</source>
        <translation>lösen</translation>
    </message>
    <message>
        <source>Messages and files of an incident go by being struck, record by record: quarterdeckctl strike --expired.</source>
        <translation>Nachrichten und Dateien eines Vorfalls gehen, indem sie gestrichen werden, Eintrag für Eintrag: quarterdeckctl strike --expired.</translation>
    </message>
    <message>
        <source>%1 stands in the workspace&apos;s files, and is taken out there.</source>
        <translation>%1 steht in den Dateien des Arbeitsbereichs und wird dort herausgenommen.</translation>
    </message>
</context>
<context>
    <name>qd::shell::KeyHelp</name>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
</context>
<context>
    <name>qd::shell::KeyMap</name>
    <message>
        <source>No action is called “%1”; its keys in %2 are ignored.</source>
        <translation>Keine Aktion heißt „%1“; ihre Tasten in %2 gelten nicht.</translation>
    </message>
    <message>
        <source>%1 is taken by “%2”; “%3” keeps its own key.</source>
        <translation>%1 gehört „%2“; „%3“ behält die eigene Taste.</translation>
    </message>
    <message>
        <source>No action is called “%1”.</source>
        <translation>Keine Aktion heißt „%1“.</translation>
    </message>
    <message>
        <source>Press the key it is to have.</source>
        <translation>Drücken Sie die Taste, die sie haben soll.</translation>
    </message>
    <message>
        <source>%1 alone would act while you type; an action of the whole window needs Ctrl, Alt or a function key.</source>
        <translation>%1 allein würde beim Schreiben wirken; eine Aktion des ganzen Fensters braucht Strg, Alt oder eine Funktionstaste.</translation>
    </message>
    <message>
        <source>Single letters, digits and signs are switched off as keys.</source>
        <translation>Einzelne Buchstaben, Ziffern und Zeichen sind als Tasten abgeschaltet.</translation>
    </message>
    <message>
        <source>%1 is taken by “%2” (%3). Give that one another key first.</source>
        <translation>%1 gehört „%2“ (%3). Geben Sie jener zuerst eine andere Taste.</translation>
    </message>
</context>
<context>
    <name>qd::shell::KeysDialog</name>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Give it this key</source>
        <translation>Diese Taste geben</translation>
    </message>
    <message>
        <source>Actions and their keys</source>
        <translation>Aktionen und ihre Tasten</translation>
    </message>
    <message>
        <source>Single letters, digits and signs are keys while a list has the keyboard</source>
        <translation>Einzelne Buchstaben, Ziffern und Zeichen sind Tasten, solange eine Liste die Tastatur hat</translation>
    </message>
    <message>
        <source>words of an action, or a key</source>
        <translation>Wörter einer Aktion oder eine Taste</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>Aktionen</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>Neue Taste</translation>
    </message>
    <message>
        <source>Press it here. What you set is kept in %1 and may be written there by hand.</source>
        <translation>Hier drücken. Was Sie einstellen, steht in %1 und darf dort von Hand geschrieben werden.</translation>
    </message>
    <message>
        <source>Letters</source>
        <translation>Buchstaben</translation>
    </message>
    <message>
        <source>Its usual key</source>
        <translation>Ihre übliche Taste</translation>
    </message>
    <message>
        <source>All usual keys</source>
        <translation>Alle üblichen Tasten</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>%1 it is.</source>
        <translation>Es ist jetzt %1.</translation>
    </message>
    <message>
        <source>It has its usual key.</source>
        <translation>Sie hat ihre übliche Taste.</translation>
    </message>
    <message>
        <source>All keys are the usual ones.</source>
        <translation>Alle Tasten sind die üblichen.</translation>
    </message>
</context>
<context>
    <name>qd::shell::KeysModel</name>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Taste</translation>
    </message>
    <message>
        <source>Usually</source>
        <translation>Sonst</translation>
    </message>
</context>
<context>
    <name>qd::shell::LookAs</name>
    <message>
        <source>As yourself again</source>
        <translation>Wieder als Sie selbst</translation>
    </message>
    <message>
        <source>Nobody is known</source>
        <translation>Niemand ist bekannt</translation>
    </message>
    <message>
        <source>the core has not answered yet</source>
        <translation>der Kern hat noch nicht geantwortet</translation>
    </message>
    <message>
        <source>The window is as %1 would read it.</source>
        <translation>Das Fenster ist so, wie %1 es läse.</translation>
    </message>
    <message>
        <source>The window is as you read it.</source>
        <translation>Das Fenster ist so, wie Sie es lesen.</translation>
    </message>
</context>
<context>
    <name>qd::shell::MainWindow</name>
    <message>
        <source>Who is on call in the next 24 hours</source>
        <translation>Wer in den nächsten 24 Stunden Bereitschaft hat</translation>
    </message>
    <message>
        <source>Locked — Quarterdeck</source>
        <translation>Verschlossen — Quarterdeck</translation>
    </message>
    <message>
        <source>The core does not start — Quarterdeck</source>
        <translation>Der Kern startet nicht — Quarterdeck</translation>
    </message>
    <message>
        <source>CORE LOST · %1</source>
        <translation>KERN WEG · %1</translation>
    </message>
    <message>
        <source>UNRECORDED · %1</source>
        <translation>NICHT AUFGEZEICHNET · %1</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>Declare an incident…</source>
        <translation>Vorfall ausrufen …</translation>
    </message>
    <message>
        <source>Take command</source>
        <translation>Leitung übernehmen</translation>
    </message>
    <message>
        <source>Change severity…</source>
        <translation>Schwere ändern …</translation>
    </message>
    <message>
        <source>Change status…</source>
        <translation>Status ändern …</translation>
    </message>
    <message>
        <source>Write one line</source>
        <translation>Eine Zeile schreiben</translation>
    </message>
    <message>
        <source>Find an action…</source>
        <translation>Aktion suchen …</translation>
    </message>
    <message>
        <source>Show the feeds</source>
        <translation>Quellen zeigen</translation>
    </message>
    <message>
        <source>Show all keys</source>
        <translation>Alle Tasten zeigen</translation>
    </message>
    <message>
        <source>Next region</source>
        <translation>Nächster Bereich</translation>
    </message>
    <message>
        <source>Previous region</source>
        <translation>Voriger Bereich</translation>
    </message>
    <message>
        <source>Command perspective</source>
        <translation>Ansicht Führung</translation>
    </message>
    <message>
        <source>Open the menu</source>
        <translation>Menü öffnen</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Reset the layout</source>
        <translation>Anordnung zurücksetzen</translation>
    </message>
    <message>
        <source>Close the window (the core goes on)</source>
        <translation>Fenster schließen (der Kern läuft weiter)</translation>
    </message>
    <message>
        <source>Look: as the desktop</source>
        <translation>Aussehen: wie der Desktop</translation>
    </message>
    <message>
        <source>Look: light</source>
        <translation>Aussehen: hell</translation>
    </message>
    <message>
        <source>Look: dark</source>
        <translation>Aussehen: dunkel</translation>
    </message>
    <message>
        <source>Look: high contrast</source>
        <translation>Aussehen: hoher Kontrast</translation>
    </message>
    <message>
        <source>Reduce motion</source>
        <translation>Bewegung verringern</translation>
    </message>
    <message>
        <source>Starting the core</source>
        <translation>Der Kern startet</translation>
    </message>
    <message>
        <source>Reading the journal</source>
        <translation>Das Journal wird gelesen</translation>
    </message>
    <message>
        <source>It holds the keys, takes in alerts and pages people. This window only shows it and can be closed at any time.</source>
        <translation>Er hält die Schlüssel, nimmt Alarme an und ruft Menschen. Dieses Fenster zeigt ihn nur und kann jederzeit geschlossen werden.</translation>
    </message>
    <message>
        <source>Everything recorded so far is being brought back. Nothing is lost while you wait.</source>
        <translation>Alles bisher Aufgezeichnete wird zurückgeholt. Beim Warten geht nichts verloren.</translation>
    </message>
    <message>
        <source>PRACTICE · %1</source>
        <translation>PROBE · %1</translation>
    </message>
    <message>
        <source>There is no incident; declare one with Ctrl+Shift+D.</source>
        <translation>Es gibt keinen Vorfall; Strg+Umschalt+D ruft einen aus.</translation>
    </message>
    <message>
        <source>it hurts</source>
        <translation>es schmerzt</translation>
    </message>
    <message>
        <source>it no longer hurts, the cause remains</source>
        <translation>es schmerzt nicht mehr, die Ursache bleibt</translation>
    </message>
    <message>
        <source>over</source>
        <translation>vorbei</translation>
    </message>
    <message>
        <source>nothing left to do</source>
        <translation>nichts mehr zu tun</translation>
    </message>
    <message>
        <source>it was no incident</source>
        <translation>es war kein Vorfall</translation>
    </message>
    <message>
        <source>New status of %1</source>
        <translation>Neuer Status von %1</translation>
    </message>
    <message>
        <source>Find an action</source>
        <translation>Aktion suchen</translation>
    </message>
    <message>
        <source>No incident is known</source>
        <translation>Kein Vorfall bekannt</translation>
    </message>
    <message>
        <source>Ctrl+Shift+D declares one</source>
        <translation>Strg+Umschalt+D ruft einen aus</translation>
    </message>
    <message>
        <source>Mark a change…</source>
        <translation>Änderung eintragen …</translation>
    </message>
    <message>
        <source>Arm or disarm a connection…</source>
        <translation>Verbindung scharf schalten oder entschärfen …</translation>
    </message>
    <message>
        <source>End a silence…</source>
        <translation>Stummschaltung beenden …</translation>
    </message>
    <message>
        <source>Open the locked home…</source>
        <translation>Verschlossenes Home öffnen …</translation>
    </message>
    <message>
        <source>The core needs the home&apos;s passphrase to start: Ctrl+Shift+U.</source>
        <translation>Der Kern braucht zum Start die Passphrase des Homes: Strg+Umschalt+U.</translation>
    </message>
    <message>
        <source>This home is locked</source>
        <translation>Dieses Home ist verschlossen</translation>
    </message>
    <message>
        <source>Its passphrase opens it: Ctrl+Shift+U. Nothing is recorded and nobody is paged until then.</source>
        <translation>Seine Passphrase öffnet es: Strg+Umschalt+U. Bis dahin wird nichts aufgezeichnet und niemand gerufen.</translation>
    </message>
    <message>
        <source>The core does not start</source>
        <translation>Der Kern startet nicht</translation>
    </message>
    <message>
        <source>%1 Trying again.</source>
        <translation>%1 Neuer Versuch folgt.</translation>
    </message>
    <message>
        <source>%1 Trying again. Its log: %2</source>
        <translation>%1 Neuer Versuch folgt. Sein Protokoll: %2</translation>
    </message>
    <message>
        <source>No connection here can write anything; there is nothing to arm.</source>
        <translation>Keine Verbindung kann hier etwas schreiben; es gibt nichts scharf zu schalten.</translation>
    </message>
    <message>
        <source>What the connection may write is changed.</source>
        <translation>Geändert ist, was die Verbindung schreiben darf.</translation>
    </message>
    <message>
        <source>The change is marked.</source>
        <translation>Die Änderung ist eingetragen.</translation>
    </message>
    <message>
        <source>Nothing is silenced</source>
        <translation>Nichts ist stummgeschaltet</translation>
    </message>
    <message>
        <source>Shift+S on an alert silences alerts like it</source>
        <translation>Umschalt+S auf einem Alarm schaltet seinesgleichen stumm</translation>
    </message>
    <message>
        <source>End a silence</source>
        <translation>Stummschaltung beenden</translation>
    </message>
    <message>
        <source>Find what was said…</source>
        <translation>Finden, was gesagt wurde …</translation>
    </message>
    <message>
        <source>%1 — UNRECORDED</source>
        <translation>%1 — NICHT AUFGEZEICHNET</translation>
    </message>
    <message>
        <source>Hand over or accept command…</source>
        <translation>Führung übergeben oder annehmen…</translation>
    </message>
    <message>
        <source>Object to somebody taking command…</source>
        <translation>Einer Übernahme widersprechen…</translation>
    </message>
    <message>
        <source>Stand down…</source>
        <translation>Vorfall beenden…</translation>
    </message>
    <message>
        <source>Take command of %1</source>
        <translation>Führung von %1 übernehmen</translation>
    </message>
    <message>
        <source>%1 has command. Everybody is told, and anybody with a role may object for a minute; at once if the commander has done nothing for long.</source>
        <translation>%1 hat die Führung. Alle erfahren es, und wer eine Rolle hat, kann eine Minute lang widersprechen; sofort, wenn die Führung lange nichts getan hat.</translation>
    </message>
    <message>
        <source>Everybody is told that you take command.</source>
        <translation>Alle erfahren, dass Sie die Führung übernehmen.</translation>
    </message>
    <message>
        <source>Everybody is told.</source>
        <translation>Alle erfahren es.</translation>
    </message>
    <message>
        <source>Command is offered to %1</source>
        <translation>Die Führung ist %1 angeboten</translation>
    </message>
    <message>
        <source>Withdraw the offer</source>
        <translation>Angebot zurückziehen</translation>
    </message>
    <message>
        <source>They have not read back yet; you have command until they do.</source>
        <translation>Die Wiederholung fehlt noch; bis dahin führen Sie.</translation>
    </message>
    <message>
        <source>The offer is withdrawn.</source>
        <translation>Das Angebot ist zurückgezogen.</translation>
    </message>
    <message>
        <source>Command is offered; it moves when they have read back.</source>
        <translation>Die Führung ist angeboten; sie wechselt mit der Wiederholung.</translation>
    </message>
    <message>
        <source>Nobody is taking command.</source>
        <translation>Niemand übernimmt gerade die Führung.</translation>
    </message>
    <message>
        <source>You are taking command</source>
        <translation>Sie übernehmen die Führung</translation>
    </message>
    <message>
        <source>Do not take it</source>
        <translation>Nicht übernehmen</translation>
    </message>
    <message>
        <source>Everybody is told that you do not take command after all.</source>
        <translation>Alle erfahren, dass Sie die Führung doch nicht übernehmen.</translation>
    </message>
    <message>
        <source>%1 takes command</source>
        <translation>%1 übernimmt die Führung</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>Widersprechen</translation>
    </message>
    <message>
        <source>Command stays where it is.</source>
        <translation>Die Führung bleibt, wo sie ist.</translation>
    </message>
    <message>
        <source>Because: %1</source>
        <translation>Denn: %1</translation>
    </message>
    <message>
        <source>Stood down: %1 is resolved.</source>
        <translation>Beendet: %1 ist gelöst.</translation>
    </message>
    <message>
        <source>The core has nothing to say about %1.</source>
        <translation>Der Kern weiß nichts über %1.</translation>
    </message>
    <message>
        <source>The severity is changed.</source>
        <translation>Die Schwere ist geändert.</translation>
    </message>
    <message>
        <source>Why was I called, or not?</source>
        <translation>Warum wurde ich gerufen, oder nicht?</translation>
    </message>
    <message>
        <source>Choose an alert or an incident first.</source>
        <translation>Zuerst einen Alarm oder Vorfall wählen.</translation>
    </message>
    <message>
        <source>This seat speaks for nobody of the workspace.</source>
        <translation>Dieser Platz spricht für niemanden aus dem Arbeitsbereich.</translation>
    </message>
    <message>
        <source>matches nothing now</source>
        <translation>trifft zurzeit nichts</translation>
    </message>
    <message>
        <source>Heartbeats</source>
        <translation>Herzschläge</translation>
    </message>
    <message>
        <source>Insights: times, volume, floods, calls</source>
        <translation>Einblicke: Zeiten, Menge, Fluten, Rufe</translation>
    </message>
    <message>
        <source>Show the heartbeats</source>
        <translation>Herzschläge zeigen</translation>
    </message>
    <message>
        <source>“%1” is muted; it is watched on.</source>
        <translation>„%1“ ist stummgeschaltet; er wird weiter beobachtet.</translation>
    </message>
    <message>
        <source>Merge incidents…</source>
        <translation>Vorfälle zusammenlegen …</translation>
    </message>
    <message>
        <source>There are no two open incidents to merge.</source>
        <translation>Es gibt keine zwei offenen Vorfälle, die sich zusammenlegen ließen.</translation>
    </message>
    <message>
        <source>Merged; both rooms are told.</source>
        <translation>Zusammengelegt; beide Räume werden benachrichtigt.</translation>
    </message>
    <message>
        <source>Proposed dependencies</source>
        <translation>Vorgeschlagene Abhängigkeiten</translation>
    </message>
    <message>
        <source>Show proposed dependencies</source>
        <translation>Vorgeschlagene Abhängigkeiten zeigen</translation>
    </message>
    <message>
        <source>Keep a silence, shelf or hold longer…</source>
        <translation>Stille, Ablage oder Zurückhaltung länger behalten…</translation>
    </message>
    <message>
        <source>Call somebody by name…</source>
        <translation>Jemanden namentlich rufen…</translation>
    </message>
    <message>
        <source>Somebody was reached by hand…</source>
        <translation>Jemand wurde von Hand erreicht…</translation>
    </message>
    <message>
        <source>What happened so far</source>
        <translation>Was bisher geschah</translation>
    </message>
    <message>
        <source>Nothing that was placed here is in force.</source>
        <translation>Nichts hier Gesetztes ist in Kraft.</translation>
    </message>
    <message>
        <source>It has another end.</source>
        <translation>Es hat ein anderes Ende.</translation>
    </message>
    <message>
        <source>Called; the stack shows how far it got.</source>
        <translation>Gerufen; der Stapel zeigt, wie weit es kam.</translation>
    </message>
    <message>
        <source>Recorded.</source>
        <translation>Festgehalten.</translation>
    </message>
    <message>
        <source>What happened in %1</source>
        <translation>Was in %1 geschah</translation>
    </message>
    <message>
        <source>Messages for outside</source>
        <translation>Mitteilungen nach außen</translation>
    </message>
    <message>
        <source>Messages for outside: drafts, approvals, release</source>
        <translation>Mitteilungen nach außen: Entwürfe, Freigaben, Herausgabe</translation>
    </message>
    <message>
        <source>Write the incident briefing (ICS-201, PDF)</source>
        <translation>Den Lagebericht schreiben (ICS-201, PDF)</translation>
    </message>
    <message>
        <source>The briefing is being written…</source>
        <translation>Der Lagebericht wird geschrieben …</translation>
    </message>
    <message>
        <source>The briefing is %1</source>
        <translation>Der Lagebericht ist %1</translation>
    </message>
    <message>
        <source>The briefing could not be written to %1: %2</source>
        <translation>Der Lagebericht konnte nicht nach %1 geschrieben werden: %2</translation>
    </message>
    <message>
        <source>Clocks in local time instead of UTC</source>
        <translation>Uhren in Ortszeit statt UTC</translation>
    </message>
    <message>
        <source>Clocks show UTC.</source>
        <translation>Die Uhren zeigen UTC.</translation>
    </message>
    <message>
        <source>until %1, in %2</source>
        <translation>bis %1, in %2</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>ab %1</translation>
    </message>
    <message>
        <source>On call</source>
        <translation>Bereitschaft</translation>
    </message>
    <message>
        <source>Who is called, when and why…</source>
        <translation>Wer wann angerufen wird, und warum…</translation>
    </message>
    <message>
        <source>Take a change of a schedule back…</source>
        <translation>Änderung eines Dienstplans zurücknehmen…</translation>
    </message>
    <message>
        <source>Hand over or accept the shift…</source>
        <translation>Schicht übergeben oder annehmen…</translation>
    </message>
    <message>
        <source>Swapped; Ctrl+Alt+W takes it back.</source>
        <translation>Getauscht; Strg+Alt+W nimmt es zurück.</translation>
    </message>
    <message>
        <source>Changed; Ctrl+Alt+W takes it back.</source>
        <translation>Geändert; Strg+Alt+W nimmt es zurück.</translation>
    </message>
    <message>
        <source>No schedule is changed; Ctrl+Shift+P and O change one.</source>
        <translation>Kein Dienstplan ist geändert; Strg+Umschalt+P und O ändern einen.</translation>
    </message>
    <message>
        <source>Taken back; the plan counts again.</source>
        <translation>Zurückgenommen; der Plan gilt wieder.</translation>
    </message>
    <message>
        <source>The offer is taken back.</source>
        <translation>Das Angebot ist zurückgenommen.</translation>
    </message>
    <message>
        <source>The shift is offered; it is theirs when they have read back.</source>
        <translation>Die Schicht ist angeboten; sie geht über, wenn zurückgelesen ist.</translation>
    </message>
    <message>
        <source>Answered; the record says what was read back.</source>
        <translation>Beantwortet; die Aufzeichnung sagt, was zurückgelesen wurde.</translation>
    </message>
    <message>
        <source>Clocks show %1; forms and plans say UTC.</source>
        <translation>Uhren zeigen %1; Formulare und Pläne nennen UTC.</translation>
    </message>
    <message>
        <source>Keep a file as evidence…</source>
        <translation>Datei als Beweisstück aufbewahren …</translation>
    </message>
    <message>
        <source>Save evidence into a file…</source>
        <translation>Beweisstück in eine Datei sichern …</translation>
    </message>
    <message>
        <source>%1 is no file.</source>
        <translation>%1 ist keine Datei.</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2</source>
        <translation>%1 ist nicht lesbar: %2</translation>
    </message>
    <message>
        <source>%1 is larger than %2 MB, the most one file of evidence may be.</source>
        <translation>%1 ist größer als %2 MB; größer darf ein Beweisstück nicht sein.</translation>
    </message>
    <message>
        <source>%1 is empty; there is nothing to keep.</source>
        <translation>%1 ist leer; es gibt nichts aufzubewahren.</translation>
    </message>
    <message>
        <source>there are %1 files of this name</source>
        <translation>es gibt %1 Dateien dieses Namens</translation>
    </message>
    <message>
        <source>Keep a file as evidence of %1</source>
        <translation>Datei als Beweisstück von %1 aufbewahren</translation>
    </message>
    <message>
        <source>%1 is being read…</source>
        <translation>%1 wird gelesen …</translation>
    </message>
    <message>
        <source>It is %1 of %2, sealed in its record.</source>
        <translation>Es ist %1 von %2, versiegelt in der Aufzeichnung.</translation>
    </message>
    <message>
        <source>%1 holds no evidence; Ctrl+Alt+E keeps a file.</source>
        <translation>%1 hat keine Beweisstücke; Strg+Alt+E bewahrt eine Datei auf.</translation>
    </message>
    <message>
        <source>Save which evidence?</source>
        <translation>Welches Beweisstück sichern?</translation>
    </message>
    <message>
        <source>The evidence is %1</source>
        <translation>Das Beweisstück ist %1</translation>
    </message>
    <message>
        <source>The evidence could not be written into %1: %2</source>
        <translation>Das Beweisstück ließ sich nicht in %1 schreiben: %2</translation>
    </message>
    <message>
        <source>Write the activity log (ICS-214, PDF)</source>
        <translation>Tätigkeitsprotokoll schreiben (ICS-214, PDF)</translation>
    </message>
    <message>
        <source>The activity log is being written…</source>
        <translation>Das Tätigkeitsprotokoll wird geschrieben …</translation>
    </message>
    <message>
        <source>The activity log is %1</source>
        <translation>Das Tätigkeitsprotokoll ist %1</translation>
    </message>
    <message>
        <source>The activity log could not be written to %1: %2</source>
        <translation>Das Tätigkeitsprotokoll ließ sich nicht nach %1 schreiben: %2</translation>
    </message>
    <message>
        <source>it is back: declare a new incident that is linked to it</source>
        <translation>er ist wieder da: einen neuen Vorfall erklären, der mit ihm verbunden ist</translation>
    </message>
    <message>
        <source>Status page: components, posts, where it is pushed</source>
        <translation>Statusseite: Komponenten, Meldungen, wohin sie geht</translation>
    </message>
    <message>
        <source>View as somebody else would read it…</source>
        <translation>Ansehen, wie es jemand anderes läse…</translation>
    </message>
    <message>
        <source>View as</source>
        <translation>Ansehen als</translation>
    </message>
    <message>
        <source>Pin a link to the incident…</source>
        <translation>Einen Link an den Vorfall heften…</translation>
    </message>
    <message>
        <source>The link is pinned; it stands in the command stack.</source>
        <translation>Der Link ist angeheftet; er steht im Führungsstapel.</translation>
    </message>
    <message>
        <source>Directory</source>
        <translation>Verzeichnis</translation>
    </message>
    <message>
        <source>Wall perspective</source>
        <translation>Wand-Perspektive</translation>
    </message>
    <message>
        <source>Directory perspective: services, schedules, policies, connections</source>
        <translation>Verzeichnis-Perspektive: Dienste, Pläne, Richtlinien, Verbindungen</translation>
    </message>
    <message>
        <source>Wall: from where it is read…</source>
        <translation>Wand: von wo sie gelesen wird …</translation>
    </message>
    <message>
        <source>Change keys…</source>
        <translation>Tasten ändern …</translation>
    </message>
    <message>
        <source>Wall — Quarterdeck</source>
        <translation>Wand — Quarterdeck</translation>
    </message>
    <message>
        <source>Test how I am called: a marked test through each of my channels</source>
        <translation>Probieren, wie ich gerufen werde: ein gekennzeichneter Test über jeden meiner Wege</translation>
    </message>
    <message>
        <source>Go to an incident, a service or a person…</source>
        <translation>Zu einem Vorfall, Dienst oder Menschen gehen…</translation>
    </message>
    <message>
        <source>Mute sounds for 5 minutes, or sound again</source>
        <translation>Töne 5 Minuten stumm schalten, oder wieder tönen</translation>
    </message>
    <message>
        <source>service</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>person · has a role in %1</source>
        <translation>Mensch · hat eine Rolle in %1</translation>
    </message>
    <message>
        <source>person</source>
        <translation>Mensch</translation>
    </message>
    <message>
        <source>Go to an incident, a service or a person</source>
        <translation>Zu einem Vorfall, Dienst oder Menschen gehen</translation>
    </message>
    <message>
        <source>A test goes out through each of your channels; nobody else is called and no incident is opened.</source>
        <translation>Ein Test geht über jeden Ihrer Wege; sonst wird niemand gerufen und kein Vorfall eröffnet.</translation>
    </message>
    <message>
        <source>Where the incident belongs: part of another, or of none…</source>
        <translation>Wohin der Vorfall gehört: zu einem anderen oder zu keinem …</translation>
    </message>
    <message>
        <source>Correct since when it hurts…</source>
        <translation>Berichtigen, seit wann es schmerzt …</translation>
    </message>
    <message>
        <source>Leave or archive a room of the incident…</source>
        <translation>Einen Raum des Vorfalls verlassen oder archivieren …</translation>
    </message>
    <message>
        <source>Hand over all you command, or accept all that is offered…</source>
        <translation>Alles übergeben, was Sie führen, oder alles Angebotene annehmen …</translation>
    </message>
    <message>
        <source>Where it belongs is changed.</source>
        <translation>Wohin er gehört, ist geändert.</translation>
    </message>
    <message>
        <source>Since when it hurts is corrected.</source>
        <translation>Seit wann es schmerzt, ist berichtigt.</translation>
    </message>
    <message>
        <source>%1 goes on. Its rooms are left with the stand-down sheet (Ctrl+Shift+E), or once it is over.</source>
        <translation>%1 geht weiter. Seine Räume verlässt man beim Beenden (Strg+Umschalt+E) oder wenn er vorbei ist.</translation>
    </message>
    <message>
        <source>%1 has no room that was not left.</source>
        <translation>%1 hat keinen Raum, der nicht verlassen wäre.</translation>
    </message>
    <message>
        <source>The room is left.</source>
        <translation>Der Raum ist verlassen.</translation>
    </message>
    <message>
        <source>You command all that was offered; everybody is told.</source>
        <translation>Sie führen alles, was angeboten war; alle erfahren es.</translation>
    </message>
    <message>
        <source>You command no open incident, and command of none is offered to you.</source>
        <translation>Sie führen keinen offenen Vorfall, und keiner wird Ihnen angeboten.</translation>
    </message>
    <message>
        <source>All of them are offered; each moves when they have read back.</source>
        <translation>Alle sind angeboten; jeder wechselt, sobald er wiederholt ist.</translation>
    </message>
    <message>
        <source>What if the rules were others…</source>
        <translation>Was wäre unter anderen Regeln …</translation>
    </message>
    <message>
        <source>Bring people in: a roster…</source>
        <translation>Personen hereinholen: eine Liste …</translation>
    </message>
    <message>
        <source>Bring in who is on call: a calendar, Grafana OnCall, Opsgenie, GoAlert, PagerDuty…</source>
        <translation>Hereinholen, wer Bereitschaft hat: ein Kalender, Grafana OnCall, Opsgenie, GoAlert, PagerDuty …</translation>
    </message>
    <message>
        <source>Connect a source, a chat, a way out…</source>
        <translation>Eine Quelle, einen Chat, einen Weg hinaus verbinden …</translation>
    </message>
    <message>
        <source>You look as %1 would: nothing can be done meanwhile. Esc goes back.</source>
        <translation>Sie sehen, was %1 sähe: solange lässt sich nichts tun. Esc führt zurück.</translation>
    </message>
    <message>
        <source>This window has no home to work on; use quarterdeckctl.</source>
        <translation>Dieses Fenster hat kein Home, an dem es arbeiten kann; nehmen Sie quarterdeckctl.</translation>
    </message>
    <message>
        <source>It is brought in; the core takes it as one change, and the record says what it changed.</source>
        <translation>Es ist hereingeholt; der Kern nimmt es als eine Änderung auf, und die Aufzeichnung sagt, was sie änderte.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln part(s) marked above its readers&apos; clearance are holes in it.</source>
        <translation>
            <numerusform>%Ln über der Freigabe der Leser markierte Stelle ist darin eine Lücke.</numerusform>
            <numerusform>%Ln über der Freigabe der Leser markierte Stellen sind darin Lücken.</numerusform>
        </translation>
    </message>
    <message>
        <source>Rebuild an incident from a Slack export or other files…</source>
        <translation>Einen Vorfall aus einem Slack-Export oder anderen Dateien nachbilden …</translation>
    </message>
    <message>
        <source>%1 is rebuilt from its files; its timeline says where each line is from.</source>
        <translation>%1 ist aus seinen Dateien nachgebildet; die Zeitleiste sagt, woher jede Zeile stammt.</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Nachbereitung</translation>
    </message>
    <message>
        <source>Review perspective: what is learnt, and the past to go through</source>
        <translation>Nachbereitung: was gelernt wird, und die Vergangenheit zum Durchgehen</translation>
    </message>
    <message>
        <source>Back to the present</source>
        <translation>Zurück in die Gegenwart</translation>
    </message>
    <message>
        <source>PAST · %1</source>
        <translation>VERGANGEN · %1</translation>
    </message>
    <message>
        <source>part of %1</source>
        <translation>Teil von %1</translation>
    </message>
    <message>
        <source>Retention, holds and access: what is kept until when, who read it</source>
        <translation>Aufbewahrung, Sperren und Zugriffe: was bis wann bleibt, wer es las</translation>
    </message>
    <message>
        <source>Give the incident a room: a new one, or one there is…</source>
        <translation>Dem Vorfall einen Raum geben: einen neuen oder einen, den es gibt …</translation>
    </message>
    <message>
        <source>The room is on its way; the timeline says when it is there.</source>
        <translation>Der Raum ist unterwegs; die Zeitleiste sagt, wann er da ist.</translation>
    </message>
    <message>
        <source>Keeping and rights</source>
        <translation>Aufbewahrung und Rechte</translation>
    </message>
    <message>
        <source>Rights: who may do what here</source>
        <translation>Rechte: wer hier was darf</translation>
    </message>
    <message>
        <source>Chat identities: who speaks from which address</source>
        <translation>Chat-Identitäten: wer von welcher Adresse spricht</translation>
    </message>
    <message>
        <source>Break the glass: take a right for a time…</source>
        <translation>Glas einschlagen: ein Recht auf Zeit nehmen …</translation>
    </message>
    <message>
        <source>End a right that was taken for a time…</source>
        <translation>Ein auf Zeit genommenes Recht beenden …</translation>
    </message>
    <message>
        <source>It is held; nothing of it is erased or struck until that is lifted.</source>
        <translation>Es ist gesperrt; nichts davon wird gelöscht oder gestrichen, bis das aufgehoben ist.</translation>
    </message>
    <message>
        <source>The hold is lifted.</source>
        <translation>Die Sperre ist aufgehoben.</translation>
    </message>
    <message>
        <source>It is erased; the record says that it was, by whom and why.</source>
        <translation>Es ist gelöscht; die Aufzeichnung sagt, dass es gelöscht wurde, von wem und warum.</translation>
    </message>
    <message>
        <source>Nobody speaks from there any more.</source>
        <translation>Von dort spricht niemand mehr.</translation>
    </message>
    <message>
        <source>You have the right; it ends by itself, and two others are told.</source>
        <translation>Das Recht ist genommen; es endet von selbst, und zwei andere werden benachrichtigt.</translation>
    </message>
    <message>
        <source>No right is taken for a time now; Alt+Shift+B takes one.</source>
        <translation>Zurzeit ist kein Recht auf Zeit genommen; Alt+Umschalt+B nimmt eines.</translation>
    </message>
    <message>
        <source>The right is given back.</source>
        <translation>Das Recht ist zurückgegeben.</translation>
    </message>
    <message>
        <source>Correct what the incident is called…</source>
        <translation>Berichtigen, wie der Vorfall heißt …</translation>
    </message>
    <message>
        <source>Correct which service the incident is of…</source>
        <translation>Berichtigen, zu welchem Dienst der Vorfall gehört …</translation>
    </message>
    <message>
        <source>What it is called is corrected.</source>
        <translation>Wie er heißt, ist berichtigt.</translation>
    </message>
    <message>
        <source>Which service it is of is corrected.</source>
        <translation>Zu welchem Dienst er gehört, ist berichtigt.</translation>
    </message>
</context>
<context>
    <name>qd::shell::MessageSheet</name>
    <message>
        <source>MESSAGES FOR OUTSIDE</source>
        <translation>MITTEILUNGEN NACH AUSSEN</translation>
    </message>
    <message>
        <source>new</source>
        <translation>neu</translation>
    </message>
    <message>
        <source>edit</source>
        <translation>ändern</translation>
    </message>
    <message>
        <source>approve</source>
        <translation>freigeben</translation>
    </message>
    <message>
        <source>refuse</source>
        <translation>ablehnen</translation>
    </message>
    <message>
        <source>release</source>
        <translation>herausgeben</translation>
    </message>
    <message>
        <source>holding</source>
        <translation>vorbereitet</translation>
    </message>
    <message>
        <source>withdraw</source>
        <translation>zurückziehen</translation>
    </message>
    <message>
        <source>break glass</source>
        <translation>ohne Freigaben</translation>
    </message>
    <message>
        <source>close</source>
        <translation>schließen</translation>
    </message>
    <message>
        <source>Status page and messages for outside</source>
        <translation>Statusseite und Nachrichten nach außen</translation>
    </message>
    <message>
        <source>say something</source>
        <translation>etwas sagen</translation>
    </message>
    <message>
        <source>say what it is</source>
        <translation>sagen, was es ist</translation>
    </message>
    <message>
        <source>follows again</source>
        <translation>folgt wieder</translation>
    </message>
    <message>
        <source>page</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>STATUS PAGE</source>
        <translation>STATUSSEITE</translation>
    </message>
    <message>
        <source>maintenance</source>
        <translation>Wartung</translation>
    </message>
</context>
<context>
    <name>qd::shell::Notices</name>
    <message>
        <source>PRACTICE: %1</source>
        <translation>PROBE: %1</translation>
    </message>
    <message>
        <source>DRILL: %1</source>
        <translation>ÜBUNG: %1</translation>
    </message>
    <message>
        <source>SEV1: %1</source>
        <translation>SEV1: %1</translation>
    </message>
    <message>
        <source>Alert flood</source>
        <translation>Alarmflut</translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s) in 10 minutes</source>
        <translation>
            <numerusform>%Ln Alarm in 10 Minuten</numerusform>
            <numerusform>%Ln Alarme in 10 Minuten</numerusform>
        </translation>
    </message>
    <message>
        <source>likely consequence of %1</source>
        <translation>wahrscheinlich Folge von %1</translation>
    </message>
    <message>
        <source>%1 offers you the shift</source>
        <translation>%1 bietet Ihnen die Schicht an</translation>
    </message>
    <message>
        <source>%1: say where it stands</source>
        <translation>%1: sagen Sie an, wie es steht</translation>
    </message>
    <message>
        <source>Answer with A in the window, or: quarterdeckctl ack %1</source>
        <translation>Antworten mit A im Fenster, oder: quarterdeckctl ack %1</translation>
    </message>
    <message>
        <source>%1 takes command of %2</source>
        <translation>%1 übernimmt die Leitung von %2</translation>
    </message>
    <message>
        <source>%1 offers you command of %2</source>
        <translation>%1 bietet Ihnen die Leitung von %2 an</translation>
    </message>
    <message>
        <source>Object until %1: Ctrl+Shift+N in the window</source>
        <translation>Widerspruch bis %1: Ctrl+Shift+N im Fenster</translation>
    </message>
    <message>
        <source>Accept with a read-back: Ctrl+Shift+H in the window</source>
        <translation>Annehmen, indem Sie es wiederholen: Ctrl+Shift+H im Fenster</translation>
    </message>
    <message>
        <source>critical</source>
        <translation>kritisch</translation>
    </message>
    <message>
        <source>error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>info</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>alert (%1), %2</source>
        <comment>severity, escalation/4</comment>
        <translation>Alarm (%1), %2</translation>
    </message>
    <message>
        <source>You are called: %1</source>
        <translation>Sie werden gerufen: %1</translation>
    </message>
</context>
<context>
    <name>qd::shell::Picker</name>
    <message>
        <source>Choices</source>
        <translation>Auswahl</translation>
    </message>
    <message>
        <source>%1, key %2</source>
        <translation>%1, Taste %2</translation>
    </message>
</context>
<context>
    <name>qd::shell::PlannerSheet</name>
    <message>
        <source>Who is on call</source>
        <translation>Wer Bereitschaft hat</translation>
    </message>
    <message>
        <source>ON CALL · THE NEXT 24 HOURS</source>
        <translation>BEREITSCHAFT · DIE NÄCHSTEN 24 STUNDEN</translation>
    </message>
    <message>
        <source>Asking the core…</source>
        <translation>Der Kern wird gefragt …</translation>
    </message>
    <message>
        <source>There are no schedules in the workspace; [[schedule]] in a file of it makes one.</source>
        <translation>Im Arbeitsbereich gibt es keine Dienstpläne; [[schedule]] in einer seiner Dateien legt einen an.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) not shown.</source>
        <translation>
            <numerusform>%Ln Zeile nicht gezeigt.</numerusform>
            <numerusform>%Ln Zeilen nicht gezeigt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Change who is on call…</source>
        <translation>Bereitschaft ändern…</translation>
    </message>
    <message>
        <source>Swap shifts…</source>
        <translation>Schichten tauschen…</translation>
    </message>
    <message>
        <source>shift</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>change who is on call</source>
        <translation>Bereitschaft ändern</translation>
    </message>
    <message>
        <source>swap</source>
        <translation>tauschen</translation>
    </message>
    <message>
        <source>take a change back</source>
        <translation>Änderung zurücknehmen</translation>
    </message>
    <message>
        <source>close</source>
        <translation>schließen</translation>
    </message>
    <message>
        <source>There is no shift here: choose a schedule, or somebody who is on call.</source>
        <translation>Hier ist keine Schicht: wählen Sie einen Dienstplan oder jemanden, der Bereitschaft hat.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln gap(s)</source>
        <translation>
            <numerusform>%Ln Lücke</numerusform>
            <numerusform>%Ln Lücken</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln handoff(s)</source>
        <translation>
            <numerusform>%Ln Übergabe</numerusform>
            <numerusform>%Ln Übergaben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln overlap(s)</source>
        <translation>
            <numerusform>%Ln Überschneidung</numerusform>
            <numerusform>%Ln Überschneidungen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::shell::ProposalSheet</name>
    <message>
        <source>Proposed dependencies</source>
        <translation>Vorgeschlagene Abhängigkeiten</translation>
    </message>
    <message>
        <source>Accept the proposed dependencies</source>
        <translation>Vorgeschlagene Abhängigkeiten annehmen</translation>
    </message>
    <message>
        <source>Accept them as soft ones</source>
        <translation>Als weiche annehmen</translation>
    </message>
    <message>
        <source>Accept them as asynchronous ones</source>
        <translation>Als asynchrone annehmen</translation>
    </message>
    <message>
        <source>Dismiss the proposed dependencies</source>
        <translation>Vorgeschlagene Abhängigkeiten verwerfen</translation>
    </message>
    <message>
        <source>accept</source>
        <translation>annehmen</translation>
    </message>
    <message>
        <source>as soft</source>
        <translation>als weiche</translation>
    </message>
    <message>
        <source>as async</source>
        <translation>als asynchrone</translation>
    </message>
    <message>
        <source>dismiss</source>
        <translation>verwerfen</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>close</source>
        <translation>schließen</translation>
    </message>
    <message>
        <source>PROPOSED DEPENDENCIES</source>
        <translation>VORGESCHLAGENE ABHÄNGIGKEITEN</translation>
    </message>
    <message numerus="yes">
        <source>PROPOSED DEPENDENCIES · %Ln to be looked at</source>
        <translation>
            <numerusform>VORGESCHLAGENE ABHÄNGIGKEITEN · %Ln anzusehen</numerusform>
            <numerusform>VORGESCHLAGENE ABHÄNGIGKEITEN · %Ln anzusehen</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is proposed. A catalog, a file, a Prometheus or the labels of alerts propose: quarterdeckctl map import.</source>
        <translation>Nichts ist vorgeschlagen. Ein Katalog, eine Datei, ein Prometheus oder die Labels von Alarmen schlagen vor: quarterdeckctl map import.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln chosen. They change nothing until they are accepted; what is dismissed is not proposed again.</source>
        <translation>
            <numerusform>%Ln gewählt. Sie ändert nichts, bis sie angenommen ist; was verworfen ist, wird nicht wieder vorgeschlagen.</numerusform>
            <numerusform>%Ln gewählt. Sie ändern nichts, bis sie angenommen sind; was verworfen ist, wird nicht wieder vorgeschlagen.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::shell::RevealSheet</name>
    <message>
        <source>Sealed words</source>
        <translation>Versiegelte Worte</translation>
    </message>
    <message>
        <source>close and forget</source>
        <translation>schließen und vergessen</translation>
    </message>
    <message>
        <source>SEALED WORDS</source>
        <translation>VERSIEGELTE WORTE</translation>
    </message>
    <message>
        <source>SEALED WORDS · %1</source>
        <translation>VERSIEGELTE WORTE · %1</translation>
    </message>
    <message>
        <source>Nothing is sealed here.</source>
        <translation>Hier ist nichts versiegelt.</translation>
    </message>
    <message>
        <source>Asking the core, which records the reading first…</source>
        <translation>Der Kern wird gefragt; er zeichnet das Lesen zuerst auf…</translation>
    </message>
    <message>
        <source>You are not cleared for these words, and not named in them: they stay sealed, and nothing was recorded as read.</source>
        <translation>Für diese Worte haben Sie keine Freigabe, und Sie sind in ihnen nicht genannt: sie bleiben versiegelt, und nichts wurde als gelesen aufgezeichnet.</translation>
    </message>
    <message>
        <source>That you read this was recorded before it was shown. What is still sealed is not for you.</source>
        <translation>Dass Sie dies lesen, wurde aufgezeichnet, bevor es gezeigt wurde. Was noch versiegelt ist, ist nicht für Sie.</translation>
    </message>
    <message>
        <source>That you read this was recorded before it was shown.</source>
        <translation>Dass Sie dies lesen, wurde aufgezeichnet, bevor es gezeigt wurde.</translation>
    </message>
</context>
<context>
    <name>qd::shell::SearchBox</name>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Find what was said</source>
        <translation>Finden, was gesagt wurde</translation>
    </message>
    <message>
        <source>Hits</source>
        <translation>Treffer</translation>
    </message>
    <message>
        <source>words  &quot;a phrase&quot;  begin*  -without  incident:INC-7  service:…  kind:decision  by:…  since:2h</source>
        <translation>Wörter  &quot;eine Wendung&quot;  Anfang*  -ohne  incident:INC-7  service:…  kind:decision  by:…  since:2h</translation>
    </message>
    <message>
        <source>%1, %2, %3 ago: %4</source>
        <translation>%1, %2, vor %3: %4</translation>
    </message>
    <message numerus="yes">
        <source>More than %Ln hit(s)</source>
        <translation>
            <numerusform>Mehr als %Ln Treffer</numerusform>
            <numerusform>Mehr als %Ln Treffer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln hit(s)</source>
        <translation>
            <numerusform>%Ln Treffer</numerusform>
            <numerusform>%Ln Treffer</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was found.</source>
        <translation>Nichts gefunden.</translation>
    </message>
    <message>
        <source>, the newest %1 shown</source>
        <translation>, die neuesten %1 stehen hier</translation>
    </message>
    <message>
        <source>indexing, %1 %</source>
        <translation>Register zu %1 % aufgebaut</translation>
    </message>
    <message>
        <source>This belongs to no incident and no alert; it stands in the console&apos;s own log.</source>
        <translation>Das gehört zu keinem Vorfall und keinem Alarm; es steht im eigenen Protokoll der Konsole.</translation>
    </message>
</context>
<context>
    <name>qd::shell::ServiceDialog</name>
    <message>
        <source>Which service %1 is of</source>
        <translation>Zu welchem Dienst %1 gehört</translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>Berichtigen</translation>
    </message>
    <message>
        <source>the service that suffers</source>
        <translation>der Dienst, der leidet</translation>
    </message>
    <message>
        <source>how one knows, if there is time</source>
        <translation>woher man es weiß, wenn Zeit ist</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Whose it is now is called; calls for the service it was thought to be that nobody answered end. Status pages, the map and rights follow.</source>
        <translation>Wem er jetzt gehört, wird gerufen; unbeantwortete Rufe für den Dienst, für den er gehalten wurde, enden. Statusseiten, Karte und Rechte folgen.</translation>
    </message>
    <message>
        <source>Nobody is called for it any more. Status pages, the map and rights follow.</source>
        <translation>Gerufen wird dafür niemand mehr. Statusseiten, Karte und Rechte folgen.</translation>
    </message>
</context>
<context>
    <name>qd::shell::Settings</name>
    <message>
        <source>“%1” is no key: %2 keeps its own.</source>
        <translation>„%1“ ist keine Taste: %2 behält die eigene.</translation>
    </message>
</context>
<context>
    <name>qd::shell::TitleDialog</name>
    <message>
        <source>What %1 is called</source>
        <translation>Wie %1 heißt</translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>Berichtigen</translation>
    </message>
    <message>
        <source>what is broken, for whom</source>
        <translation>was ist kaputt, für wen</translation>
    </message>
    <message>
        <source>how one knows, if there is time</source>
        <translation>woher man es weiß, wenn Zeit ist</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Rooms and lists have it from now on. What was sent stays as it was, and the timeline says both.</source>
        <translation>Räume und Listen haben ihn von nun an. Was gesendet wurde, bleibt, wie es war, und die Zeitleiste sagt beides.</translation>
    </message>
</context>
<context>
    <name>qd::shell::TopStrip</name>
    <message>
        <source>TRIAGE</source>
        <translation>SICHTUNG</translation>
    </message>
    <message>
        <source>ACTIVE</source>
        <translation>AKTIV</translation>
    </message>
    <message>
        <source>MITIGATED</source>
        <translation>GEMILDERT</translation>
    </message>
    <message>
        <source>RESOLVED</source>
        <translation>GELÖST</translation>
    </message>
    <message>
        <source>CLOSED</source>
        <translation>GESCHLOSSEN</translation>
    </message>
    <message>
        <source>CANCELLED</source>
        <translation>ABGEBROCHEN</translation>
    </message>
    <message>
        <source>MERGED</source>
        <translation>VEREINT</translation>
    </message>
    <message>
        <source>PRACTICE</source>
        <translation>PROBE</translation>
    </message>
    <message>
        <source>FLOOD</source>
        <translation>FLUT</translation>
    </message>
    <message>
        <source>Incident strip</source>
        <translation>Vorfallleiste</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>DRILL</source>
        <translation>ÜBUNG</translation>
    </message>
    <message>
        <source>CORE LOST</source>
        <translation>KERN VERLOREN</translation>
    </message>
    <message>
        <source>UNRECORDED</source>
        <translation>NICHT AUFGEZEICHNET</translation>
    </message>
    <message numerus="yes">
        <source>+%Ln open</source>
        <translation>
            <numerusform>+%Ln offen</numerusform>
            <numerusform>+%Ln offen</numerusform>
        </translation>
    </message>
    <message>
        <source>No incident</source>
        <translation>Kein Vorfall</translation>
    </message>
    <message>
        <source>   Ctrl+Shift+D declares one</source>
        <translation>   Strg+Umschalt+D ruft einen aus</translation>
    </message>
    <message>
        <source>Severity %1</source>
        <translation>Schwere %1</translation>
    </message>
    <message>
        <source>nobody commands</source>
        <translation>niemand leitet</translation>
    </message>
    <message>
        <source> — take it: Ctrl+Shift+T</source>
        <translation> — übernehmen: Strg+Umschalt+T</translation>
    </message>
    <message>
        <source>command </source>
        <translation>Leitung </translation>
    </message>
    <message>
        <source> (you)</source>
        <translation> (Sie)</translation>
    </message>
    <message>
        <source>elapsed </source>
        <translation>vergangen </translation>
    </message>
    <message>
        <source>next promise </source>
        <translation>nächste Zusage </translation>
    </message>
    <message>
        <source> in </source>
        <translation> in </translation>
    </message>
    <message>
        <source>/10 min</source>
        <translation>/10 min</translation>
    </message>
    <message numerus="yes">
        <source>%Ln override(s)</source>
        <translation>
            <numerusform>%Ln Eingriff</numerusform>
            <numerusform>%Ln Eingriffe</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln set aside</source>
        <translation>
            <numerusform>%Ln beiseite</numerusform>
            <numerusform>%Ln beiseite</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln refused</source>
        <translation>
            <numerusform>%Ln abgewiesen</numerusform>
            <numerusform>%Ln abgewiesen</numerusform>
        </translation>
    </message>
    <message>
        <source>ARMED</source>
        <translation>SCHARF</translation>
    </message>
    <message>
        <source>OBSERVE</source>
        <translation>BEOBACHTEN</translation>
    </message>
    <message>
        <source>due</source>
        <translation>fällig</translation>
    </message>
    <message>
        <source>MUTED</source>
        <translation>STUMM</translation>
    </message>
    <message>
        <source>OVERDUE </source>
        <translation>ÜBERFÄLLIG </translation>
    </message>
    <message>
        <source>next update </source>
        <translation>nächste Mitteilung </translation>
    </message>
    <message>
        <source>raw %1/s → %2 new → %3 groups</source>
        <translation>roh %1/s → %2 neu → %3 Gruppen</translation>
    </message>
    <message>
        <source>/s</source>
        <translation>/s</translation>
    </message>
    <message>
        <source>MUTED %1</source>
        <translation>STUMM %1</translation>
    </message>
    <message>
        <source>PAST · %1</source>
        <translation>VERGANGEN · %1</translation>
    </message>
    <message>
        <source>Severity: not known from its files</source>
        <translation>Schwere: aus seinen Dateien nicht bekannt</translation>
    </message>
    <message>
        <source>STATUS NOT KNOWN FROM ITS FILES</source>
        <translation>STATUS AUS SEINEN DATEIEN NICHT BEKANNT</translation>
    </message>
    <message>
        <source>STATUS ?</source>
        <translation>STATUS ?</translation>
    </message>
    <message>
        <source>not known from its files</source>
        <translation>aus seinen Dateien nicht bekannt</translation>
    </message>
</context>
<context>
    <name>qd::shell::UnlockDialog</name>
    <message>
        <source>Open this home</source>
        <translation>Dieses Home öffnen</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>The journal of this home is sealed with a passphrase. It goes to the core alone and is not kept; opening takes a moment.</source>
        <translation>Das Journal dieses Homes ist mit einer Passphrase versiegelt. Sie geht nur an den Kern und wird nicht behalten; das Öffnen dauert einen Moment.</translation>
    </message>
    <message>
        <source>Opening …</source>
        <translation>Wird geöffnet …</translation>
    </message>
</context>
<context>
    <name>qd::timeline::Area</name>
    <message>
        <source>%1 · fires: %2</source>
        <translation>%1 · feuert: %2</translation>
    </message>
    <message>
        <source>%1 · is over: %2</source>
        <translation>%1 · ist vorbei: %2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln event(s)</source>
        <translation>
            <numerusform>%Ln Ereignis</numerusform>
            <numerusform>%Ln Ereignisse</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s) began</source>
        <translation>
            <numerusform>%Ln Alarm begann</numerusform>
            <numerusform>%Ln Alarme begannen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s) ended</source>
        <translation>
            <numerusform>%Ln Alarm endete</numerusform>
            <numerusform>%Ln Alarme endeten</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 – %2, %3: %4</source>
        <translation>%1 – %2, %3: %4</translation>
    </message>
</context>
<context>
    <name>qd::timeline::ClassDialog</name>
    <message>
        <source>Class the text of record %1</source>
        <translation>Den Text von Eintrag %1 einstufen</translation>
    </message>
    <message>
        <source>Class it</source>
        <translation>Einstufen</translation>
    </message>
    <message>
        <source>confidential</source>
        <translation>vertraulich</translation>
    </message>
    <message>
        <source>restricted</source>
        <translation>streng vertraulich</translation>
    </message>
    <message>
        <source>internal: as any other line</source>
        <translation>intern: wie jede andere Zeile</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Wortlaut</translation>
    </message>
    <message>
        <source>With every text of that record, its edits, and what repeats it: whoever may not read the class finds none of it any more, at no instant of the past either. What stands in chat rooms, mails and pages already stays there.</source>
        <translation>Mit jedem Text dieses Eintrags, seinen Änderungen und allem, was ihn wiederholt: Wer die Klasse nicht lesen darf, findet nichts mehr davon, auch zu keinem Zeitpunkt der Vergangenheit. Was schon in Chaträumen, Mails und auf Seiten steht, bleibt dort.</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <source>For these alone</source>
        <translation>Nur für</translation>
    </message>
    <message>
        <source>ids of people and teams, with commas; empty: whoever is cleared for the class</source>
        <translation>Kennungen von Menschen und Teams, mit Kommas; leer: wer für die Klasse freigegeben ist</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>May be empty. It stays in the record: not the words themselves.</source>
        <translation>Darf leer sein. Es bleibt in der Aufzeichnung: nicht der Wortlaut selbst.</translation>
    </message>
    <message numerus="yes">
        <source>A line is for at most %Ln name(s).</source>
        <translation>
            <numerusform>Eine Zeile ist für höchstens %Ln Namen.</numerusform>
            <numerusform>Eine Zeile ist für höchstens %Ln Namen.</numerusform>
        </translation>
    </message>
    <message>
        <source>“%1” is no person&apos;s or team&apos;s id here.</source>
        <translation>„%1“ ist hier keine Kennung eines Menschen oder Teams.</translation>
    </message>
</context>
<context>
    <name>qd::timeline::Kind</name>
    <message>
        <source>declared</source>
        <translation>ausgerufen</translation>
    </message>
    <message>
        <source>role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>severity</source>
        <translation>Schwere</translation>
    </message>
    <message>
        <source>status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>attached</source>
        <translation>angehängt</translation>
    </message>
    <message>
        <source>log line</source>
        <translation>Logzeile</translation>
    </message>
    <message>
        <source>task</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>task done</source>
        <translation>Aufgabe erledigt</translation>
    </message>
    <message>
        <source>hypothesis</source>
        <translation>Hypothese</translation>
    </message>
    <message>
        <source>hypothesis settled</source>
        <translation>Hypothese geklärt</translation>
    </message>
    <message>
        <source>decision</source>
        <translation>Entscheidung</translation>
    </message>
    <message>
        <source>promise</source>
        <translation>Versprechen</translation>
    </message>
    <message>
        <source>promise kept</source>
        <translation>Versprechen gehalten</translation>
    </message>
    <message>
        <source>update</source>
        <translation>Mitteilung</translation>
    </message>
    <message>
        <source>message</source>
        <translation>Nachricht</translation>
    </message>
    <message>
        <source>gap</source>
        <translation>Lücke</translation>
    </message>
    <message>
        <source>room</source>
        <translation>Raum</translation>
    </message>
    <message>
        <source>call</source>
        <translation>Ruf</translation>
    </message>
    <message>
        <source>acknowledged</source>
        <translation>bestätigt</translation>
    </message>
    <message>
        <source>escalation</source>
        <translation>Eskalation</translation>
    </message>
    <message>
        <source>change</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>withheld</source>
        <translation>zurückgehalten</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>alert</source>
        <translation>Alarm</translation>
    </message>
    <message>
        <source>source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>topic</source>
        <translation>Thema</translation>
    </message>
    <message>
        <source>erased</source>
        <translation>gelöscht</translation>
    </message>
    <message>
        <source>hold</source>
        <translation>Aufbewahrung</translation>
    </message>
    <message>
        <source>command</source>
        <translation>Leitung</translation>
    </message>
    <message>
        <source>suppression</source>
        <translation>Unterdrückung</translation>
    </message>
    <message>
        <source>flood</source>
        <translation>Flut</translation>
    </message>
    <message>
        <source>missed promise</source>
        <translation>versäumtes Versprechen</translation>
    </message>
    <message>
        <source>message for outside</source>
        <translation>Nachricht nach außen</translation>
    </message>
    <message>
        <source>link</source>
        <translation>Link</translation>
    </message>
    <message>
        <source>key moment</source>
        <translation>Schlüsselmoment</translation>
    </message>
    <message>
        <source>poll</source>
        <translation>Abfrage</translation>
    </message>
    <message>
        <source>evidence</source>
        <translation>Beweisstück</translation>
    </message>
    <message>
        <source>secret</source>
        <translation>Geheimnis</translation>
    </message>
    <message>
        <source>review</source>
        <translation>Nachbereitung</translation>
    </message>
</context>
<context>
    <name>qd::timeline::KindBar</name>
    <message>
        <source>kind: message, decision, call …</source>
        <translation>Art: Nachricht, Entscheidung, Ruf …</translation>
    </message>
    <message>
        <source>Show only this kind in the timeline</source>
        <translation>Nur diese Art auf der Zeitachse zeigen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln hidden by filter</source>
        <translation>
            <numerusform>%Ln vom Filter verborgen</numerusform>
            <numerusform>%Ln vom Filter verborgen</numerusform>
        </translation>
    </message>
    <message>
        <source>There is no kind “%1” here.</source>
        <translation>Eine Art „%1“ gibt es hier nicht.</translation>
    </message>
</context>
<context>
    <name>qd::timeline::ReviseDialog</name>
    <message>
        <source>Your line of %1, otherwise</source>
        <translation>Ihre Zeile von %1, anders</translation>
    </message>
    <message>
        <source>Put it so</source>
        <translation>So schreiben</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>It keeps its place and its time. What it said before stays with it, for everybody to read: W in the timeline. Ctrl+Return puts it so.</source>
        <translation>Sie behält Platz und Zeit. Was sie vorher sagte, bleibt bei ihr, für alle lesbar: W in der Zeitleiste. Strg+Eingabe schreibt sie so.</translation>
    </message>
</context>
<context>
    <name>qd::timeline::StrikeDialog</name>
    <message>
        <source>Strike the text of record %1</source>
        <translation>Den Text von Eintrag %1 streichen</translation>
    </message>
    <message>
        <source>Strike it</source>
        <translation>Streichen</translation>
    </message>
    <message>
        <source>What record %1 says is not shown here.</source>
        <translation>Was Eintrag %1 sagt, ist hier nicht zu sehen.</translation>
    </message>
    <message>
        <source>held a secret</source>
        <translation>enthielt ein Geheimnis</translation>
    </message>
    <message>
        <source>Will be gone</source>
        <translation>Wird fort sein</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>It stays in the record: not the words themselves.</source>
        <translation>Es bleibt in der Aufzeichnung: nicht die Worte selbst.</translation>
    </message>
    <message>
        <source>The record&apos;s number</source>
        <translation>Die Nummer des Eintrags</translation>
    </message>
    <message>
        <source>With every text of that record, its edits, and each copy the console wrote of it, for everybody and for good. That it was struck, by whom and why, stays. What chat rooms and their servers hold stays there until somebody takes it out.</source>
        <translation>Mit jedem Text dieses Eintrags, seinen Änderungen und jeder Kopie, die die Konsole davon schrieb, für alle und endgültig. Dass gestrichen wurde, von wem und warum, bleibt. Was Chaträume und ihre Server haben, bleibt dort, bis es jemand entfernt.</translation>
    </message>
    <message>
        <source>Say why.</source>
        <translation>Sagen Sie, warum.</translation>
    </message>
    <message>
        <source>Type the record&apos;s number, which arms it.</source>
        <translation>Tippen Sie die Nummer des Eintrags; das macht es scharf.</translation>
    </message>
</context>
<context>
    <name>qd::timeline::TimelineCanvas</name>
    <message>
        <source>Alerts</source>
        <translation>Alarme</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Änderungen</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Menschen</translation>
    </message>
    <message>
        <source>Decisions</source>
        <translation>Entscheidungen</translation>
    </message>
    <message>
        <source>Updates</source>
        <translation>Mitteilungen</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Chat</translation>
    </message>
    <message>
        <source>(removed)</source>
        <translation>(entfernt)</translation>
    </message>
    <message>
        <source>edited</source>
        <translation>bearbeitet</translation>
    </message>
    <message>
        <source>Timeline; T shows it as a table</source>
        <translation>Zeitleiste; T zeigt sie als Tabelle</translation>
    </message>
    <message>
        <source>%1 due · %2</source>
        <translation>%1 fällig · %2</translation>
    </message>
    <message>
        <source>now %1</source>
        <translation>jetzt %1</translation>
    </message>
    <message>
        <source>still firing</source>
        <translation>feuert noch</translation>
    </message>
    <message>
        <source>%1 · %2 – %3</source>
        <translation>%1 · %2 – %3</translation>
    </message>
    <message>
        <source>%1 open</source>
        <translation>%1 offen</translation>
    </message>
    <message>
        <source>and %1 more; T shows the table</source>
        <translation>und %1 weitere; T zeigt die Tabelle</translation>
    </message>
    <message>
        <source>asked to remove a line of %1</source>
        <translation>wollte eine Zeile von %1 entfernen</translation>
    </message>
    <message>
        <source>asked to change a line of %1 to: %2</source>
        <translation>wollte eine Zeile von %1 ändern in: %2</translation>
    </message>
    <message numerus="yes">
        <source>Alarms in ten minutes: %Ln now</source>
        <translation>
            <numerusform>Alarme in zehn Minuten: jetzt %Ln</numerusform>
            <numerusform>Alarme in zehn Minuten: jetzt %Ln</numerusform>
        </translation>
    </message>
    <message>
        <source>at most %1 at %2</source>
        <translation>höchstens %1 um %2</translation>
    </message>
    <message>
        <source>flood since %1</source>
        <translation>Flut seit %1</translation>
    </message>
    <message>
        <source>%1 in 10 min · FLOOD</source>
        <translation>%1 in 10 min · FLUT</translation>
    </message>
    <message>
        <source>%1 in 10 min</source>
        <translation>%1 in 10 min</translation>
    </message>
    <message>
        <source>Alarm rate</source>
        <translation>Alarmrate</translation>
    </message>
    <message>
        <source>still firing, quiet</source>
        <translation>feuert noch, still</translation>
    </message>
    <message>
        <source>%1 more without a bar</source>
        <translation>%1 weitere ohne Balken</translation>
    </message>
    <message>
        <source>about: %1</source>
        <translation>zu: %1</translation>
    </message>
    <message>
        <source>%1, said in %2 instead</source>
        <translation>%1, stattdessen in %2 gesagt</translation>
    </message>
</context>
<context>
    <name>qd::timeline::TimelineModel</name>
    <message>
        <source>removed</source>
        <translation>entfernt</translation>
    </message>
    <message>
        <source>edited</source>
        <translation>bearbeitet</translation>
    </message>
    <message>
        <source>until %1</source>
        <translation>bis %1</translation>
    </message>
    <message>
        <source>still firing</source>
        <translation>feuert noch</translation>
    </message>
    <message>
        <source>%1 (%2), %3</source>
        <translation>%1 (%2), %3</translation>
    </message>
    <message>
        <source>Lane</source>
        <translation>Spur</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation>Zustellung</translation>
    </message>
    <message>
        <source>Revision</source>
        <translation>Fassung</translation>
    </message>
    <message>
        <source>Reactions</source>
        <translation>Reaktionen</translation>
    </message>
    <message>
        <source>Time (%1)</source>
        <translation>Zeit (%1)</translation>
    </message>
    <message>
        <source>still firing, quiet</source>
        <translation>feuert noch, still</translation>
    </message>
    <message>
        <source>Before: %1</source>
        <translation>Vorher: %1</translation>
    </message>
</context>
<context>
    <name>qd::timeline::TimelineView</name>
    <message>
        <source>TIMELINE</source>
        <translation>ZEITLEISTE</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Zeitleiste</translation>
    </message>
    <message>
        <source>freeze</source>
        <translation>anhalten</translation>
    </message>
    <message>
        <source>event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Timeline as a table</source>
        <translation>Zeitleiste als Tabelle</translation>
    </message>
    <message>
        <source>Timeline: freeze or follow live</source>
        <translation>Zeitleiste: anhalten oder live folgen</translation>
    </message>
    <message>
        <source>Timeline: show as table</source>
        <translation>Zeitleiste: als Tabelle</translation>
    </message>
    <message>
        <source>Timeline: zoom in</source>
        <translation>Zeitleiste: näher</translation>
    </message>
    <message>
        <source>Timeline: zoom out</source>
        <translation>Zeitleiste: weiter</translation>
    </message>
    <message>
        <source>Timeline: earlier</source>
        <translation>Zeitleiste: früher</translation>
    </message>
    <message>
        <source>Timeline: later</source>
        <translation>Zeitleiste: später</translation>
    </message>
    <message>
        <source>Timeline: previous event</source>
        <translation>Zeitleiste: voriges Ereignis</translation>
    </message>
    <message>
        <source>Timeline: next event</source>
        <translation>Zeitleiste: nächstes Ereignis</translation>
    </message>
    <message>
        <source>Timeline: start</source>
        <translation>Zeitleiste: Anfang</translation>
    </message>
    <message>
        <source>Timeline: now</source>
        <translation>Zeitleiste: jetzt</translation>
    </message>
    <message>
        <source>Timeline: centre, then everything</source>
        <translation>Zeitleiste: Mitte, dann alles</translation>
    </message>
    <message>
        <source>Loading</source>
        <translation>Wird geladen</translation>
    </message>
    <message>
        <source>The core is reading its log.</source>
        <translation>Der Kern liest sein Journal.</translation>
    </message>
    <message>
        <source>The core is not answering</source>
        <translation>Der Kern antwortet nicht</translation>
    </message>
    <message>
        <source>Nothing has happened yet</source>
        <translation>Noch ist nichts geschehen</translation>
    </message>
    <message>
        <source>Alerts, changes, calls, decisions and chat appear here as they happen. Ctrl+L logs a line.</source>
        <translation>Alarme, Änderungen, Rufe, Entscheidungen und Chat erscheinen hier, wenn sie geschehen. Strg+L schreibt eine Zeile.</translation>
    </message>
    <message>
        <source>following live</source>
        <translation>folgt live</translation>
    </message>
    <message>
        <source>held · %1 new · End follows</source>
        <translation>gehalten · %1 neu · Ende folgt</translation>
    </message>
    <message>
        <source>held · End follows</source>
        <translation>gehalten · Ende folgt</translation>
    </message>
    <message>
        <source>stretch</source>
        <translation>Abschnitt</translation>
    </message>
    <message>
        <source>Timeline: choose a stretch</source>
        <translation>Zeitleiste: einen Abschnitt wählen</translation>
    </message>
    <message>
        <source>Timeline: copy the chosen stretch</source>
        <translation>Zeitleiste: den gewählten Abschnitt kopieren</translation>
    </message>
    <message>
        <source>Timeline: end the stretch, clear the selection</source>
        <translation>Zeitleiste: Abschnitt beenden, Auswahl aufheben</translation>
    </message>
    <message>
        <source>Ctrl+C copies, Esc ends; , and . or Shift and the mouse move its end</source>
        <translation>Strg+C kopiert, Esc beendet; , und . oder Umschalt und die Maus bewegen sein Ende</translation>
    </message>
    <message numerus="yes">
        <source>… %Ln line(s) before these</source>
        <translation>
            <numerusform>… %Ln Zeile davor</numerusform>
            <numerusform>… %Ln Zeilen davor</numerusform>
        </translation>
    </message>
    <message>
        <source>Key moments are of an incident; none is looked at.</source>
        <translation>Schlüsselmomente gehören zu einem Vorfall; keiner wird betrachtet.</translation>
    </message>
    <message>
        <source>That has not happened, or was removed; a key moment has happened.</source>
        <translation>Das ist nicht geschehen oder wurde entfernt; ein Schlüsselmoment ist geschehen.</translation>
    </message>
    <message>
        <source>marked live</source>
        <translation>live gesetzt</translation>
    </message>
    <message>
        <source>The stretch is copied as text.</source>
        <translation>Der Abschnitt ist als Text kopiert.</translation>
    </message>
    <message>
        <source>The line is copied as text.</source>
        <translation>Die Zeile ist als Text kopiert.</translation>
    </message>
    <message>
        <source>find in the timeline</source>
        <translation>in der Zeitleiste suchen</translation>
    </message>
    <message>
        <source>Find in the timeline</source>
        <translation>In der Zeitleiste suchen</translation>
    </message>
    <message>
        <source>Timeline: find</source>
        <translation>Zeitleiste: suchen</translation>
    </message>
    <message>
        <source>Timeline: next found</source>
        <translation>Zeitleiste: nächster Fund</translation>
    </message>
    <message>
        <source>Timeline: previous found</source>
        <translation>Zeitleiste: voriger Fund</translation>
    </message>
    <message>
        <source>nothing found</source>
        <translation>nichts gefunden</translation>
    </message>
    <message numerus="yes">
        <source>%Ln found</source>
        <translation>
            <numerusform>%Ln gefunden</numerusform>
            <numerusform>%Ln gefunden</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>find</source>
        <translation>suchen</translation>
    </message>
    <message>
        <source>kinds</source>
        <translation>Arten</translation>
    </message>
    <message>
        <source>pin</source>
        <translation>anheften</translation>
    </message>
    <message>
        <source>That you read it is recorded before it is shown.</source>
        <translation>Dass Sie es lesen, wird aufgezeichnet, bevor es gezeigt wird.</translation>
    </message>
    <message>
        <source>Timeline: show only a kind…</source>
        <translation>Zeitachse: nur eine Art zeigen…</translation>
    </message>
    <message>
        <source>Timeline: show every kind</source>
        <translation>Zeitachse: jede Art zeigen</translation>
    </message>
    <message>
        <source>Timeline: reveal sealed words (that you read them is recorded)</source>
        <translation>Zeitachse: versiegelte Worte zeigen (dass Sie sie lesen, wird aufgezeichnet)</translation>
    </message>
    <message>
        <source>Timeline: pin as a key moment, or take it back</source>
        <translation>Zeitachse: als Schlüsselmoment anheften, oder zurücknehmen</translation>
    </message>
    <message>
        <source>Pinned: %1</source>
        <translation>Angeheftet: %1</translation>
    </message>
    <message numerus="yes">
        <source>▨ %Ln sealed — reveal</source>
        <translation>
            <numerusform>▨ %Ln versiegelt — zeigen</numerusform>
            <numerusform>▨ %Ln versiegelt — zeigen</numerusform>
        </translation>
    </message>
    <message>
        <source>▨ %1</source>
        <translation>▨ %1</translation>
    </message>
    <message>
        <source>It is pinned no more.</source>
        <translation>Es ist nicht mehr angeheftet.</translation>
    </message>
    <message>
        <source>Pinned as a key moment; P again takes it back.</source>
        <translation>Als Schlüsselmoment angeheftet; P nimmt es zurück.</translation>
    </message>
    <message>
        <source>This moment is pinned; Ctrl+Z, or P on its mark, takes it back.</source>
        <translation>Dieser Moment ist angeheftet; Strg+Z, oder P auf seiner Marke, nimmt es zurück.</translation>
    </message>
    <message>
        <source>Choose a chat message that came with a file.</source>
        <translation>Eine Chatnachricht wählen, die mit einer Datei kam.</translation>
    </message>
    <message>
        <source>That message came with no file.</source>
        <translation>Diese Nachricht kam ohne Datei.</translation>
    </message>
    <message numerus="yes">
        <source>Asking the chat platform for %Ln file(s)…</source>
        <translation>
            <numerusform>Die Chatplattform wird um %Ln Datei gebeten…</numerusform>
            <numerusform>Die Chatplattform wird um %Ln Dateien gebeten…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) kept as evidence of %1, sealed in its record.</source>
        <translation>
            <numerusform>%Ln Datei als Beweisstück von %1 behalten, versiegelt in seiner Aufzeichnung.</numerusform>
            <numerusform>%Ln Dateien als Beweisstücke von %1 behalten, versiegelt in seiner Aufzeichnung.</numerusform>
        </translation>
    </message>
    <message>
        <source>Timeline: keep the message&apos;s files as evidence</source>
        <translation>Zeitachse: die Dateien der Nachricht als Beweisstücke behalten</translation>
    </message>
    <message>
        <source>Timeline: what an edited message said before</source>
        <translation>Zeitleiste: was eine geänderte Nachricht vorher sagte</translation>
    </message>
    <message>
        <source>That was not edited: nothing stood there before.</source>
        <translation>Das wurde nicht geändert: vorher stand dort nichts.</translation>
    </message>
    <message>
        <source>Before: %1</source>
        <translation>Vorher: %1</translation>
    </message>
    <message>
        <source>Timeline: show or hide system events</source>
        <translation>Zeitleiste: Einträge des Systems zeigen oder verbergen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln system event(s) hidden, Q shows</source>
        <translation>
            <numerusform>%Ln Eintrag des Systems verborgen, Q zeigt ihn</numerusform>
            <numerusform>%Ln Einträge des Systems verborgen, Q zeigt sie</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose a line of the log that you wrote; what others wrote, and what else was recorded, stands.</source>
        <translation>Wählen Sie eine Zeile des Protokolls, die Sie schrieben; was andere schrieben und was sonst aufgezeichnet ist, bleibt.</translation>
    </message>
    <message>
        <source>The line reads otherwise; what it said stays with it.</source>
        <translation>Die Zeile lautet anders; was sie sagte, bleibt bei ihr.</translation>
    </message>
    <message>
        <source>Timeline: put a line of your own otherwise…</source>
        <translation>Zeitleiste: eine eigene Zeile anders schreiben …</translation>
    </message>
    <message>
        <source>Choose a line of the incident&apos;s record first: a task or a decision is made from its words.</source>
        <translation>Wählen Sie zuerst eine Zeile aus dem Protokoll des Vorfalls: Aus ihren Worten wird eine Aufgabe oder eine Entscheidung.</translation>
    </message>
    <message>
        <source>Words of that line are sealed; reveal them, or write in your own what is to be done.</source>
        <translation>Worte dieser Zeile sind versiegelt; decken Sie sie auf, oder schreiben Sie mit eigenen, was zu tun ist.</translation>
    </message>
    <message>
        <source>Timeline: make a task from the chosen line…</source>
        <translation>Zeitachse: aus der gewählten Zeile eine Aufgabe machen…</translation>
    </message>
    <message>
        <source>Timeline: make a decision from the chosen line…</source>
        <translation>Zeitachse: aus der gewählten Zeile eine Entscheidung machen…</translation>
    </message>
    <message>
        <source>Choose a line whose text is to be struck, or one that says which record holds a secret. What stands in a section of the review is taken out there.</source>
        <translation>Eine Zeile wählen, deren Text gestrichen werden soll, oder eine, die sagt, welcher Eintrag ein Geheimnis enthält. Was in einem Abschnitt der Nachbereitung steht, wird dort herausgenommen.</translation>
    </message>
    <message>
        <source>It is struck. A password that stood there is changed where it is used, and taken out of the room.</source>
        <translation>Es ist gestrichen. Ein Passwort, das dort stand, wird geändert, wo es gilt, und aus dem Raum entfernt.</translation>
    </message>
    <message>
        <source>Timeline: strike this text…</source>
        <translation>Zeitleiste: diesen Text streichen …</translation>
    </message>
    <message>
        <source>X strikes what it names.</source>
        <translation>X streicht, was sie nennt.</translation>
    </message>
    <message>
        <source>Choose a line of the incident that is to be classed. What stands in a section of the review is marked there.</source>
        <translation>Die Zeile des Incidents auswählen, die eingestuft werden soll. Was in einem Abschnitt der Nachbereitung steht, wird dort markiert.</translation>
    </message>
    <message>
        <source>It is classed.</source>
        <translation>Eingestuft.</translation>
    </message>
    <message>
        <source>Timeline: class this text…</source>
        <translation>Zeitleiste: diesen Text einstufen …</translation>
    </message>
</context>
<context>
    <name>qd::triage::AlertDelegate</name>
    <message>
        <source>1st</source>
        <translation>1.</translation>
    </message>
    <message>
        <source>first-out</source>
        <translation>zuerst</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>verdeckt</translation>
    </message>
    <message>
        <source>hidden characters</source>
        <translation>verdeckte Zeichen</translation>
    </message>
    <message>
        <source>flaps</source>
        <translation>flattert</translation>
    </message>
    <message>
        <source>chattering</source>
        <translation>flattert</translation>
    </message>
    <message>
        <source>lookalike</source>
        <translation>Doppelgänger</translation>
    </message>
    <message>
        <source>lookalike letters</source>
        <translation>ähnliche Buchstaben</translation>
    </message>
    <message>
        <source>folded</source>
        <translation>eingeklappt</translation>
    </message>
    <message>
        <source>folded under %1</source>
        <translation>unter %1 eingeklappt</translation>
    </message>
    <message>
        <source>due to %1</source>
        <translation>wegen %1</translation>
    </message>
    <message>
        <source>consequence of %1</source>
        <translation>Folge von %1</translation>
    </message>
    <message>
        <source>held</source>
        <translation>angehalten</translation>
    </message>
</context>
<context>
    <name>qd::triage::AlertTable</name>
    <message>
        <source>%1 (hidden characters)</source>
        <translation>%1 (verdeckte Zeichen)</translation>
    </message>
    <message>
        <source>✓ seen</source>
        <translation>✓ gesehen</translation>
    </message>
    <message>
        <source>How often it was reported</source>
        <translation>Wie oft er gemeldet wurde</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Schwere</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>Meldungen</translation>
    </message>
    <message>
        <source>Alert</source>
        <translation>Alarm</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>Alter</translation>
    </message>
    <message>
        <source>Held by</source>
        <translation>Gehalten von</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Zuständig</translation>
    </message>
    <message>
        <source>%1 (lookalike letters)</source>
        <translation>%1 (ähnliche Buchstaben)</translation>
    </message>
    <message>
        <source>%1 (folded under %2)</source>
        <translation>%1 (unter %2 eingeklappt)</translation>
    </message>
    <message>
        <source>%1 (likely consequence of %2)</source>
        <translation>%1 (wohl eine Folge von %2)</translation>
    </message>
    <message>
        <source>%1 left, or until it clears</source>
        <translation>noch %1, oder bis er vorbei ist</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>noch %1</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Left</source>
        <comment>time that is left</comment>
        <translation>Noch</translation>
    </message>
    <message>
        <source>By</source>
        <comment>who put it there</comment>
        <translation>Von</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>beendet</translation>
    </message>
    <message>
        <source>active</source>
        <translation>aktiv</translation>
    </message>
    <message>
        <source>standing</source>
        <translation>stehend</translation>
    </message>
    <message>
        <source>suppressed</source>
        <translation>unterdrückt</translation>
    </message>
    <message>
        <source>shelved</source>
        <translation>zurückgestellt</translation>
    </message>
</context>
<context>
    <name>qd::triage::AlertView</name>
    <message>
        <source>Alerts</source>
        <translation>Alarme</translation>
    </message>
</context>
<context>
    <name>qd::triage::DryRunDialog</name>
    <message>
        <source>Other numbers for a heartbeat</source>
        <translation>Andere Zahlen für einen Herzschlag</translation>
    </message>
    <message>
        <source>Try</source>
        <translation>Versuchen</translation>
    </message>
    <message>
        <source>%1: what was recorded, folded with other numbers. Nothing is changed; to keep them, write them into the workspace.</source>
        <translation>%1: was aufgezeichnet wurde, mit anderen Zahlen gefaltet. Nichts wird geändert; wer sie behalten will, schreibt sie in den Arbeitsbereich.</translation>
    </message>
    <message>
        <source>Windows missed</source>
        <translation>Fenster verpasst</translation>
    </message>
    <message>
        <source>Of the last</source>
        <translation>Von den letzten</translation>
    </message>
    <message>
        <source>Interval</source>
        <translation>Abstand</translation>
    </message>
    <message>
        <source>Grace</source>
        <translation>Nachfrist</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>How long ago, such as 30d, or an instant.</source>
        <translation>Vor wie langer Zeit, etwa 30d, oder ein Zeitpunkt.</translation>
    </message>
    <message>
        <source>A length of time cannot be read; write 90s, 5m or 1d.</source>
        <translation>Eine Zeitspanne ist nicht lesbar; schreiben Sie 90s, 5m oder 1d.</translation>
    </message>
    <message>
        <source>It cannot miss more windows than are looked at.</source>
        <translation>Es können nicht mehr Fenster ausbleiben, als betrachtet werden.</translation>
    </message>
</context>
<context>
    <name>qd::triage::FilterBar</name>
    <message>
        <source>/ filter</source>
        <translation>/ Filter</translation>
    </message>
    <message>
        <source>Filter alerts</source>
        <translation>Alarme filtern</translation>
    </message>
    <message>
        <source>Words, or service=payments, severity!=info, owner= (nobody). Return keeps it.</source>
        <translation>Wörter, oder service=payments, severity!=info, owner= (niemand). Eingabe behält es.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln hidden by filter</source>
        <translation>
            <numerusform>%Ln vom Filter verborgen</numerusform>
            <numerusform>%Ln vom Filter verborgen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::triage::HeartbeatModel</name>
    <message>
        <source>muted</source>
        <translation>stumm</translation>
    </message>
    <message>
        <source>missed</source>
        <translation>verpasst</translation>
    </message>
    <message>
        <source>late</source>
        <translation>verspätet</translation>
    </message>
    <message>
        <source>slow</source>
        <translation>langsam</translation>
    </message>
    <message>
        <source>awaiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>healthy</source>
        <translation>gesund</translation>
    </message>
    <message>
        <source>Its last run took %1.</source>
        <translation>Der letzte Lauf dauerte %1.</translation>
    </message>
    <message>
        <source>Nothing was heard of it yet; it is expected from its first beat on.</source>
        <translation>Noch wurde nichts von ihm gehört; erwartet wird er vom ersten Schlag an.</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>%1 + %2</source>
        <translation>%1 + %2</translation>
    </message>
    <message>
        <source>%1 of %2, trips at %3</source>
        <translation>%1 von %2, Alarm bei %3</translation>
    </message>
    <message>
        <source>tripped</source>
        <translation>Alarm</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Heartbeat</source>
        <translation>Herzschlag</translation>
    </message>
    <message>
        <source>Last beat</source>
        <translation>Letzter Schlag</translation>
    </message>
    <message>
        <source>Every + grace</source>
        <translation>Alle + Nachfrist</translation>
    </message>
    <message>
        <source>Windows missed</source>
        <translation>Fenster verpasst</translation>
    </message>
    <message>
        <source>Trips in</source>
        <translation>Alarm in</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>Muted until %1 by %2: %3.</source>
        <translation>Stumm bis %1 durch %2: %3.</translation>
    </message>
    <message>
        <source>It counts anew from %1: the core was not listening before, and what was not heard then is not missed.</source>
        <translation>Gezählt wird neu ab %1: Der Kern hat davor nicht zugehört, und was da nicht gehört wurde, ist nicht ausgeblieben.</translation>
    </message>
    <message>
        <source>until %1, %2: %3</source>
        <translation>bis %1, %2: %3</translation>
    </message>
</context>
<context>
    <name>qd::triage::MuteDialog</name>
    <message>
        <source>Mute a heartbeat</source>
        <translation>Einen Herzschlag stummschalten</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>Stummschalten</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Für</translation>
    </message>
    <message>
        <source>At most 30d. It is watched on; what is still missed then is announced as new.</source>
        <translation>Höchstens 30d. Er wird weiter beobachtet; was dann noch ausbleibt, wird als neu gemeldet.</translation>
    </message>
    <message>
        <source>why nobody needs to know</source>
        <translation>warum es niemand wissen muss</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>“For” cannot be read; write 4h or 2d, at most 30d.</source>
        <translation>„Für“ ist nicht lesbar; schreiben Sie 4h oder 2d, höchstens 30d.</translation>
    </message>
</context>
<context>
    <name>qd::triage::OverrideBar</name>
    <message>
        <source>Overrides</source>
        <translation>Eingriffe</translation>
    </message>
    <message>
        <source>ack</source>
        <translation>quittieren</translation>
    </message>
    <message>
        <source>owner</source>
        <translation>zuständig</translation>
    </message>
    <message>
        <source>snooze</source>
        <translation>später</translation>
    </message>
    <message>
        <source>shelve</source>
        <translation>zurückstellen</translation>
    </message>
    <message>
        <source>hold</source>
        <translation>anhalten</translation>
    </message>
    <message>
        <source>call on</source>
        <translation>weiter rufen</translation>
    </message>
    <message>
        <source>attach</source>
        <translation>dazunehmen</translation>
    </message>
    <message>
        <source>split</source>
        <translation>abtrennen</translation>
    </message>
    <message>
        <source>merge</source>
        <translation>zusammenlegen</translation>
    </message>
    <message>
        <source>un-ack</source>
        <translation>doch nicht</translation>
    </message>
    <message>
        <source>close</source>
        <translation>schließen</translation>
    </message>
    <message>
        <source>takes it back</source>
        <translation>nimmt es zurück</translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s) given to %1</source>
        <translation>
            <numerusform>%Ln Alarm an %1 gegeben</numerusform>
            <numerusform>%Ln Alarme an %1 gegeben</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 ended</source>
        <translation>%1 beendet</translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s) acknowledged</source>
        <translation>
            <numerusform>%Ln Alarm quittiert</numerusform>
            <numerusform>%Ln Alarme quittiert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s) not acknowledged any more</source>
        <translation>
            <numerusform>%Ln Alarm nicht mehr quittiert</numerusform>
            <numerusform>%Ln Alarme nicht mehr quittiert</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 planned</source>
        <translation>%1 geplant</translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s) split off into “%1”</source>
        <translation>
            <numerusform>%Ln Alarm abgetrennt in „%1“</numerusform>
            <numerusform>%Ln Alarme abgetrennt in „%1“</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s) merged into “%1”</source>
        <translation>
            <numerusform>%Ln Alarm zusammengelegt in „%1“</numerusform>
            <numerusform>%Ln Alarme zusammengelegt in „%1“</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s) attached to %1</source>
        <translation>
            <numerusform>%Ln Alarm zu %1 dazugenommen</numerusform>
            <numerusform>%Ln Alarme zu %1 dazugenommen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s) closed</source>
        <translation>
            <numerusform>%Ln Alarm geschlossen</numerusform>
            <numerusform>%Ln Alarme geschlossen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 merged</source>
        <translation>%1 zusammengelegt</translation>
    </message>
    <message>
        <source>A silence is asked of %1</source>
        <translation>%1 ist um eine Stummschaltung gebeten</translation>
    </message>
    <message>
        <source>%1: called on</source>
        <translation>%1: weiter gerufen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln selected</source>
        <translation>
            <numerusform>%Ln gewählt</numerusform>
            <numerusform>%Ln gewählt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s) taken out of their incident</source>
        <translation>
            <numerusform>%Ln Alarm aus seinem Vorfall genommen</numerusform>
            <numerusform>%Ln Alarme aus ihrem Vorfall genommen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s) split off into %1</source>
        <translation>
            <numerusform>%Ln Alarm nach %1 abgetrennt</numerusform>
            <numerusform>%Ln Alarme nach %1 abgetrennt</numerusform>
        </translation>
    </message>
    <message>
        <source>Silence %1 of %2 is ended</source>
        <translation>Stummschaltung %1 von %2 ist beendet</translation>
    </message>
    <message>
        <source>take out</source>
        <translation>herausnehmen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s) snoozed until %1</source>
        <translation>
            <numerusform>%Ln Alarm wird um %1 wieder gemeldet</numerusform>
            <numerusform>%Ln Alarme werden um %1 wieder gemeldet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s) shelved until %1</source>
        <translation>
            <numerusform>%Ln Alarm zurückgestellt bis %1</numerusform>
            <numerusform>%Ln Alarme zurückgestellt bis %1</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 placed, until %2</source>
        <translation>%1 angelegt, bis %2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s) call nobody until %1</source>
        <translation>
            <numerusform>%Ln Alarm ruft niemanden bis %1</numerusform>
            <numerusform>%Ln Alarme rufen niemanden bis %1</numerusform>
        </translation>
    </message>
    <message>
        <source>A key moment marked</source>
        <translation>Ein Schlüsselmoment gesetzt</translation>
    </message>
    <message>
        <source>Poll %1 asked</source>
        <translation>Abfrage %1 gestellt</translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s) taken out of %1</source>
        <translation>
            <numerusform>%Ln Alarm aus %1 genommen</numerusform>
            <numerusform>%Ln Alarme aus %1 genommen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::triage::OverrideDialog</name>
    <message>
        <source>For</source>
        <translation>Für</translation>
    </message>
    <message>
        <source>why</source>
        <translation>warum</translation>
    </message>
    <message>
        <source>why; may be left out</source>
        <translation>warum; darf fehlen</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>“For” cannot be read; write 10m or 1h.</source>
        <translation>„Für“ ist nicht lesbar; schreiben Sie 10m oder 1h.</translation>
    </message>
</context>
<context>
    <name>qd::triage::RateTrend</name>
    <message numerus="yes">
        <source>%n alert(s) opened in the last ten minutes; highest in the last hour: %1</source>
        <translation>
            <numerusform>%n Alarm in den letzten zehn Minuten; Höchststand der letzten Stunde: %1</numerusform>
            <numerusform>%n Alarme in den letzten zehn Minuten; Höchststand der letzten Stunde: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::triage::ShelveDialog</name>
    <message>
        <source>Shelve alerts</source>
        <translation>Alarme zurückstellen</translation>
    </message>
    <message>
        <source>Shelve</source>
        <translation>Zurückstellen</translation>
    </message>
    <message>
        <source>or sooner, once it clears</source>
        <translation>oder früher, sobald er endet</translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s)</source>
        <translation>
            <numerusform>%Ln Alarm</numerusform>
            <numerusform>%Ln Alarme</numerusform>
        </translation>
    </message>
    <message>
        <source>For</source>
        <translation>Für</translation>
    </message>
    <message>
        <source>At most %1 at this severity; then it is announced as new if it still fires.</source>
        <translation>Höchstens %1 bei diesem Schweregrad; feuert er dann noch, wird er neu gemeldet.</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>why it can wait</source>
        <translation>warum es warten kann</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>“For” cannot be read; write 10m or 1h.</source>
        <translation>„Für“ ist nicht lesbar; schreiben Sie 10m oder 1h.</translation>
    </message>
    <message>
        <source>Alerts of this severity are shelved for at most %1.</source>
        <translation>Alarme dieses Schweregrads werden für höchstens %1 zurückgestellt.</translation>
    </message>
</context>
<context>
    <name>qd::triage::SilenceDialog</name>
    <message>
        <source>Silence alerts</source>
        <translation>Alarme stummschalten</translation>
    </message>
    <message>
        <source>Silence</source>
        <translation>Stummschalten</translation>
    </message>
    <message>
        <source>From: %1</source>
        <translation>Ausgehend von: %1</translation>
    </message>
    <message>
        <source>%1 (observes only)</source>
        <translation>%1 (beobachtet nur)</translation>
    </message>
    <message>
        <source>Written to</source>
        <translation>Geschrieben an</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Für</translation>
    </message>
    <message>
        <source>It ends by itself: 45m, 2h, 3d.</source>
        <translation>Sie endet von selbst: 45m, 2h, 3d.</translation>
    </message>
    <message>
        <source>why it is right not to hear it</source>
        <translation>warum es richtig ist, ihn nicht zu hören</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Tick at least one: a silence without a condition would silence everything.</source>
        <translation>Mindestens eines ankreuzen: ohne Bedingung wäre alles stumm.</translation>
    </message>
    <message>
        <source>Silences every alert with all of these, also those to come. The fewer are ticked, the more it silences.</source>
        <translation>Schaltet jeden Alarm mit all diesen stumm, auch künftige. Je weniger angekreuzt ist, desto mehr wird stumm.</translation>
    </message>
    <message>
        <source>“For” cannot be read; write 45m, 2h or 3d.</source>
        <translation>„Für“ ist nicht lesbar; 45m, 2h oder 3d schreiben.</translation>
    </message>
    <message>
        <source>here, for every source</source>
        <translation>hier, für jede Quelle</translation>
    </message>
    <message>
        <source>%1 observes only, so nothing would be written. Arm it for silences first (Ctrl+Shift+A), or silence here.</source>
        <translation>%1 beobachtet nur, es würde also nichts geschrieben. Schalten Sie es zuerst für Stummschaltungen scharf (Strg+Umschalt+A), oder schalten Sie hier stumm.</translation>
    </message>
    <message numerus="yes">
        <source>From %Ln chosen alert(s): what all of them have in common is ticked.</source>
        <translation>
            <numerusform>Von einem gewählten Alarm (%Ln): seine Labels sind angekreuzt.</numerusform>
            <numerusform>Von %Ln gewählten Alarmen: Was allen gemeinsam ist, ist angekreuzt.</numerusform>
        </translation>
    </message>
    <message>
        <source>These alerts have no label in common that a silence of all of them could be made of; choose fewer.</source>
        <translation>Diese Alarme haben kein Label gemeinsam, aus dem eine Stummschaltung für alle entstehen könnte; wählen Sie weniger.</translation>
    </message>
    <message numerus="yes">
        <source>Would also silence %Ln other(s) that fire now.</source>
        <translation>
            <numerusform>Auch %Ln anderer, der jetzt feuert, würde stummgeschaltet.</numerusform>
            <numerusform>Auch %Ln andere, die jetzt feuern, würden stummgeschaltet.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qd::triage::TriagePanel</name>
    <message>
        <source>Triage</source>
        <translation>Sichtung</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>Aktiv</translation>
    </message>
    <message>
        <source>Standing</source>
        <translation>Anstehend</translation>
    </message>
    <message>
        <source>Suppressed</source>
        <translation>Unterdrückt</translation>
    </message>
    <message>
        <source>WHY IS THIS HERE</source>
        <translation>WARUM STEHT DAS HIER</translation>
    </message>
    <message>
        <source>ack</source>
        <translation>quittieren</translation>
    </message>
    <message>
        <source>owner</source>
        <translation>zuständig</translation>
    </message>
    <message>
        <source>escalate</source>
        <translation>eskalieren</translation>
    </message>
    <message>
        <source>attach</source>
        <translation>dazunehmen</translation>
    </message>
    <message>
        <source>note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Acknowledge</source>
        <translation>Quittieren</translation>
    </message>
    <message>
        <source>Assign an owner…</source>
        <translation>Zuständigen bestimmen …</translation>
    </message>
    <message>
        <source>Escalate now</source>
        <translation>Jetzt eskalieren</translation>
    </message>
    <message>
        <source>Attach to the incident</source>
        <translation>Zum Vorfall nehmen</translation>
    </message>
    <message>
        <source>Write a note about it</source>
        <translation>Eine Notiz dazu schreiben</translation>
    </message>
    <message>
        <source>Show or hide the whole alert</source>
        <translation>Ganzen Alarm zeigen oder verbergen</translation>
    </message>
    <message>
        <source>Filter alerts</source>
        <translation>Alarme filtern</translation>
    </message>
    <message>
        <source>Let go and show new alerts</source>
        <translation>Loslassen und neue Alarme zeigen</translation>
    </message>
    <message numerus="yes">
        <source>▲ %Ln new since you selected —</source>
        <translation>
            <numerusform>▲ %Ln neuer seit Ihrer Auswahl —</numerusform>
            <numerusform>▲ %Ln neue seit Ihrer Auswahl —</numerusform>
        </translation>
    </message>
    <message>
        <source>to see them</source>
        <translation>zeigt sie</translation>
    </message>
    <message>
        <source>Starting the core</source>
        <translation>Der Kern startet</translation>
    </message>
    <message>
        <source>Alerts appear here as soon as it answers.</source>
        <translation>Alarme erscheinen hier, sobald er antwortet.</translation>
    </message>
    <message>
        <source>Reading the journal</source>
        <translation>Das Journal wird gelesen</translation>
    </message>
    <message>
        <source>Everything recorded so far is being brought back.</source>
        <translation>Alles bisher Aufgezeichnete wird zurückgeholt.</translation>
    </message>
    <message>
        <source>The filter hides everything</source>
        <translation>Der Filter verbirgt alles</translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s) do not match it. Press / and Backspace to take it back.</source>
        <translation>
            <numerusform>%Ln Alarm passt nicht dazu. / und Rücktaste nehmen ihn zurück.</numerusform>
            <numerusform>%Ln Alarme passen nicht dazu. / und Rücktaste nehmen ihn zurück.</numerusform>
        </translation>
    </message>
    <message>
        <source>The core is lost</source>
        <translation>Der Kern ist verloren</translation>
    </message>
    <message>
        <source>Nothing stands</source>
        <translation>Nichts steht an</translation>
    </message>
    <message>
        <source>No alert has been active for more than a day.</source>
        <translation>Kein Alarm ist länger als einen Tag aktiv.</translation>
    </message>
    <message>
        <source>Nothing is suppressed</source>
        <translation>Nichts ist unterdrückt</translation>
    </message>
    <message>
        <source>Nothing is connected</source>
        <translation>Nichts ist angeschlossen</translation>
    </message>
    <message>
        <source>Connect a source with Ctrl+Alt+N or “quarterdeckctl connect”, or start a practice incident with --practice.</source>
        <translation>Eine Quelle mit Strg+Alt+N oder „quarterdeckctl connect“ anschließen oder mit --practice eine Übung beginnen.</translation>
    </message>
    <message>
        <source>Nothing is reported</source>
        <translation>Nichts wird gemeldet</translation>
    </message>
    <message>
        <source>But this may be blindness: %1 not fresh.</source>
        <translation>Das kann aber Blindheit sein: %1 nicht aktuell.</translation>
    </message>
    <message>
        <source>Nothing is firing</source>
        <translation>Nichts feuert</translation>
    </message>
    <message numerus="yes">
        <source>%Ln feed(s) report and are fresh.</source>
        <translation>
            <numerusform>%Ln Quelle meldet und ist aktuell.</numerusform>
            <numerusform>%Ln Quellen melden und sind aktuell.</numerusform>
        </translation>
    </message>
    <message>
        <source>There is no incident to attach to; declare one with Ctrl+Shift+D.</source>
        <translation>Es gibt keinen Vorfall, zu dem er gehören könnte; Strg+Umschalt+D ruft einen aus.</translation>
    </message>
    <message>
        <source>Assign an owner</source>
        <translation>Zuständigen bestimmen</translation>
    </message>
    <message>
        <source>No people are known; add them to the workspace</source>
        <translation>Keine Menschen bekannt; im Arbeitsbereich eintragen</translation>
    </message>
    <message>
        <source>silence</source>
        <translation>stumm</translation>
    </message>
    <message>
        <source>Silence alerts like it…</source>
        <translation>Alarme wie diesen stummschalten …</translation>
    </message>
    <message>
        <source>The labels of this alert are being read; press Shift+S again.</source>
        <translation>Die Labels dieses Alarms werden gelesen; Umschalt+S noch einmal drücken.</translation>
    </message>
    <message>
        <source>The silence is on its way to %1; the alerts move to Suppressed when it is there.</source>
        <translation>Die Stummschaltung ist unterwegs zu %1; die Alarme wechseln zu Unterdrückt, sobald sie da ist.</translation>
    </message>
    <message>
        <source>shelve</source>
        <translation>zurückstellen</translation>
    </message>
    <message>
        <source>Shelve…</source>
        <translation>Zurückstellen …</translation>
    </message>
    <message>
        <source>Snooze…</source>
        <translation>Später erinnern …</translation>
    </message>
    <message>
        <source>Silenced here; the alerts are under Suppressed.</source>
        <translation>Hier stummgeschaltet; die Alarme stehen unter Unterdrückt.</translation>
    </message>
    <message>
        <source>Snooze for</source>
        <translation>Später erinnern in</translation>
    </message>
    <message>
        <source>It is heard already.</source>
        <translation>Er wird bereits gemeldet.</translation>
    </message>
    <message>
        <source>It is quiet by %1, not by a shelf or snooze; Ctrl+Shift+X ends silences.</source>
        <translation>Er ist durch %1 still, nicht zurückgestellt oder vertagt; Strg+Umschalt+X beendet Stummschaltungen.</translation>
    </message>
    <message>
        <source>Not acknowledged after all</source>
        <translation>Doch nicht quittiert</translation>
    </message>
    <message>
        <source>Call on: the next step, this step, this person…</source>
        <translation>Weiter rufen: nächste Stufe, diese Stufe, diese Person …</translation>
    </message>
    <message>
        <source>Hold: call nobody until later…</source>
        <translation>Anhalten: bis später niemanden rufen …</translation>
    </message>
    <message>
        <source>Split off into a group…</source>
        <translation>In eine Gruppe abtrennen …</translation>
    </message>
    <message>
        <source>Merge their groups…</source>
        <translation>Ihre Gruppen zusammenlegen …</translation>
    </message>
    <message>
        <source>Close: nobody reports them any more…</source>
        <translation>Schließen: niemand meldet sie mehr …</translation>
    </message>
    <message>
        <source>Take back what I did last</source>
        <translation>Zurücknehmen, was ich zuletzt getan habe</translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s)</source>
        <translation>
            <numerusform>%Ln Alarm</numerusform>
            <numerusform>%Ln Alarme</numerusform>
        </translation>
    </message>
    <message>
        <source>Hold alerts</source>
        <translation>Alarme anhalten</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>%1. They stay in the queue and call nobody until then; calls of an incident go on.</source>
        <translation>%1. Sie bleiben in der Liste und rufen bis dahin niemanden; Rufe eines Vorfalls gehen weiter.</translation>
    </message>
    <message>
        <source>Held; Ctrl+Z takes it back.</source>
        <translation>Angehalten; Strg+Z nimmt es zurück.</translation>
    </message>
    <message>
        <source>Split off</source>
        <translation>Abtrennen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s) get a group of their own.</source>
        <translation>
            <numerusform>%Ln Alarm bekommt eine eigene Gruppe.</numerusform>
            <numerusform>%Ln Alarme bekommen eine eigene Gruppe.</numerusform>
        </translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Gruppe</translation>
    </message>
    <message>
        <source>Split off; Ctrl+Z takes it back.</source>
        <translation>Abgetrennt; Strg+Z nimmt es zurück.</translation>
    </message>
    <message>
        <source>Select alerts of the groups that belong together; they are merged into the first one&apos;s.</source>
        <translation>Wählen Sie Alarme der Gruppen, die zusammengehören; sie werden mit der des ersten zusammengelegt.</translation>
    </message>
    <message>
        <source>Merge groups</source>
        <translation>Gruppen zusammenlegen</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>Zusammenlegen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln group(s) become part of “%1”, also with what would join them while it fires.</source>
        <translation>
            <numerusform>%Ln Gruppe wird Teil von „%1“, auch mit dem, was ihr beitreten würde, solange sie alarmiert.</numerusform>
            <numerusform>%Ln Gruppen werden Teil von „%1“, auch mit dem, was ihnen beitreten würde, solange sie alarmiert.</numerusform>
        </translation>
    </message>
    <message>
        <source>Merged; Ctrl+Z takes it back.</source>
        <translation>Zusammengelegt; Strg+Z nimmt es zurück.</translation>
    </message>
    <message>
        <source>Close alerts</source>
        <translation>Alarme schließen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s) that no connection reports any more. This is not taken back: what is reported again comes back by itself.</source>
        <translation>
            <numerusform>%Ln Alarm, den keine Verbindung mehr meldet. Das wird nicht zurückgenommen: Was wieder gemeldet wird, kommt von selbst zurück.</numerusform>
            <numerusform>%Ln Alarme, die keine Verbindung mehr meldet. Das wird nicht zurückgenommen: Was wieder gemeldet wird, kommt von selbst zurück.</numerusform>
        </translation>
    </message>
    <message>
        <source>Closed.</source>
        <translation>Geschlossen.</translation>
    </message>
    <message>
        <source>Call on</source>
        <translation>Weiter rufen</translation>
    </message>
    <message>
        <source>The next step, now</source>
        <translation>Die nächste Stufe, jetzt</translation>
    </message>
    <message>
        <source>Step %1</source>
        <translation>Stufe %1</translation>
    </message>
    <message>
        <source>Taken back.</source>
        <translation>Zurückgenommen.</translation>
    </message>
    <message>
        <source>Taken back: %1.</source>
        <translation>Zurückgenommen: %1.</translation>
    </message>
    <message>
        <source>Take out of their incident…</source>
        <translation>Aus ihrem Vorfall nehmen …</translation>
    </message>
    <message>
        <source>It is of no incident.</source>
        <translation>Er gehört zu keinem Vorfall.</translation>
    </message>
    <message>
        <source>Take out of %1</source>
        <translation>Aus %1 nehmen</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>Herausnehmen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s) leave it: with a title for an incident of their own, without one for none.</source>
        <translation>
            <numerusform>%Ln Alarm verlässt ihn: mit einem Titel für einen eigenen Vorfall, ohne für keinen.</numerusform>
            <numerusform>%Ln Alarme verlassen ihn: mit einem Titel für einen eigenen Vorfall, ohne für keinen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>of the new incident; none: leave it empty</source>
        <translation>des neuen Vorfalls; keiner: leer lassen</translation>
    </message>
    <message>
        <source>Taken out; Ctrl+Z takes it back.</source>
        <translation>Herausgenommen; Strg+Z nimmt es zurück.</translation>
    </message>
    <message>
        <source>Hear it again: off the shelf, awake, no longer held</source>
        <translation>Wieder hören: aus der Ablage, geweckt, nicht mehr zurückgehalten</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>Schreiben</translation>
    </message>
    <message>
        <source>what whoever sees it next should know</source>
        <translation>was wissen sollte, wer ihn als Nächstes sieht</translation>
    </message>
    <message>
        <source>Noted; whoever looks at it reads it.</source>
        <translation>Notiert; wer ihn ansieht, liest es.</translation>
    </message>
    <message>
        <source>Shelf</source>
        <translation>Ablage</translation>
    </message>
    <message>
        <source>hear again now</source>
        <translation>jetzt wieder melden</translation>
    </message>
    <message>
        <source>Silenced and inhibited alerts, and those in maintenance, would be counted here.</source>
        <translation>Stummgeschaltete und gehemmte Alarme und solche in Wartung würden hier gezählt.</translation>
    </message>
    <message>
        <source>Nothing is on the shelf</source>
        <translation>In der Ablage liegt nichts</translation>
    </message>
    <message>
        <source>What somebody shelved (S) or snoozed (Z) lies here until its time is over, or until U.</source>
        <translation>Was jemand zurückgestellt (S) oder vertagt (Z) hat, liegt hier, bis seine Zeit um ist, oder bis U.</translation>
    </message>
    <message>
        <source>The next list: active, standing, shelf, suppressed</source>
        <translation>Die nächste Liste: aktiv, anstehend, Ablage, unterdrückt</translation>
    </message>
    <message>
        <source>The list before</source>
        <translation>Die Liste davor</translation>
    </message>
    <message>
        <source>Shelved; U under Shelf takes it off again.</source>
        <translation>Zurückgestellt; U unter Ablage meldet ihn wieder.</translation>
    </message>
    <message>
        <source>What %1 suppresses</source>
        <translation>Was %1 unterdrückt</translation>
    </message>
    <message>
        <source>back</source>
        <translation>zurück</translation>
    </message>
    <message numerus="yes">
        <source>%Ln suppressed by %1</source>
        <translation>
            <numerusform>Einer unterdrückt durch %1</numerusform>
            <numerusform>%Ln unterdrückt durch %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln by others</source>
        <translation>
            <numerusform>einer durch andere</numerusform>
            <numerusform>%Ln durch andere</numerusform>
        </translation>
    </message>
    <message>
        <source>show them</source>
        <translation>zeigen</translation>
    </message>
    <message>
        <source>Nothing is suppressed.</source>
        <translation>Nichts ist unterdrückt.</translation>
    </message>
    <message>
        <source>Show what is suppressed by the same cause, and back</source>
        <translation>Zeigen, was dieselbe Ursache unterdrückt, und zurück</translation>
    </message>
    <message numerus="yes">
        <source>%Ln by %1</source>
        <translation>
            <numerusform>Einer durch %1</numerusform>
            <numerusform>%Ln durch %1</numerusform>
        </translation>
    </message>
    <message>
        <source>The next alert</source>
        <translation>Der nächste Alarm</translation>
    </message>
    <message>
        <source>The alert before</source>
        <translation>Der Alarm davor</translation>
    </message>
    <message>
        <source>Each incident and each group is a call of its own: choose alerts of %1 at most.</source>
        <translation>Jeder Vorfall und jede Gruppe ist ein Ruf für sich: wählen Sie Alarme von höchstens %1.</translation>
    </message>
    <message>
        <source>None of these alerts is known any more.</source>
        <translation>Keiner dieser Alarme ist noch bekannt.</translation>
    </message>
</context>
<context>
    <name>qd::triage::WhyPane</name>
    <message>
        <source>Why is this here</source>
        <translation>Warum steht das hier</translation>
    </message>
    <message>
        <source>Choose an alert to read which rules brought it here, and what they ruled out.</source>
        <translation>Einen Alarm wählen, um zu lesen, welche Regeln ihn hierher brachten und was sie ausschlossen.</translation>
    </message>
    <message>
        <source>Reading …</source>
        <translation>Wird gelesen …</translation>
    </message>
    <message>
        <source>No rule left a reason for this alert.</source>
        <translation>Keine Regel hinterließ einen Grund für diesen Alarm.</translation>
    </message>
</context>
<context>
    <name>qd::wall</name>
    <message numerus="yes">
        <source>+%Ln more</source>
        <translation>
            <numerusform>+1 weiterer</numerusform>
            <numerusform>+%Ln weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>phase</source>
        <translation>Phase</translation>
    </message>
    <message>
        <source>next promise</source>
        <translation>nächste Zusage</translation>
    </message>
    <message>
        <source>command</source>
        <translation>Führung</translation>
    </message>
    <message>
        <source>No incident</source>
        <translation>Kein Vorfall</translation>
    </message>
    <message>
        <source>DRILL</source>
        <translation>ÜBUNG</translation>
    </message>
    <message>
        <source>LAST DECISIONS</source>
        <translation>LETZTE ENTSCHEIDUNGEN</translation>
    </message>
    <message>
        <source>PROMISED NEXT</source>
        <translation>ALS NÄCHSTES ZUGESAGT</translation>
    </message>
    <message>
        <source>FLOOD</source>
        <translation>FLUT</translation>
    </message>
    <message>
        <source>in 10 min</source>
        <translation>in 10 min</translation>
    </message>
    <message>
        <source>60 min</source>
        <translation>60 min</translation>
    </message>
    <message>
        <source>no feeds</source>
        <translation>keine Quellen</translation>
    </message>
    <message>
        <source>affects %1</source>
        <translation>betrifft %1</translation>
    </message>
    <message>
        <source>in triage</source>
        <translation>in Sichtung</translation>
    </message>
    <message>
        <source>active</source>
        <translation>aktiv</translation>
    </message>
    <message>
        <source>mitigated</source>
        <translation>eingedämmt</translation>
    </message>
    <message>
        <source>as of %1, %2 old</source>
        <translation>von %1, %2 alt</translation>
    </message>
    <message>
        <source>as of %1</source>
        <translation>von %1</translation>
    </message>
    <message>
        <source>CORE LOST</source>
        <translation>KERN VERLOREN</translation>
    </message>
    <message>
        <source>STARTING</source>
        <translation>STARTET</translation>
    </message>
    <message>
        <source>LOADING</source>
        <translation>LÄDT</translation>
    </message>
    <message>
        <source>nothing is known yet</source>
        <translation>noch ist nichts bekannt</translation>
    </message>
    <message>
        <source>UNRECORDED</source>
        <translation>NICHT AUFGEZEICHNET</translation>
    </message>
    <message>
        <source>nothing is being recorded</source>
        <translation>nichts wird aufgezeichnet</translation>
    </message>
    <message>
        <source>PRACTICE</source>
        <translation>ÜBUNG</translation>
    </message>
    <message>
        <source>nothing of this is real</source>
        <translation>nichts davon ist wirklich</translation>
    </message>
    <message>
        <source>What it means for others is not known yet.</source>
        <translation>Was es für andere bedeutet, ist noch nicht bekannt.</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>niemand</translation>
    </message>
    <message>
        <source>late %1</source>
        <translation>%1 zu spät</translation>
    </message>
    <message>
        <source>in %1</source>
        <translation>in %1</translation>
    </message>
    <message>
        <source>never heard</source>
        <translation>nie gehört</translation>
    </message>
    <message>
        <source>command %1 %2, %3</source>
        <translation>Führung %1 %2, %3</translation>
    </message>
    <message>
        <source>%1 alarms in 10 minutes</source>
        <translation>%1 Alarme in 10 Minuten</translation>
    </message>
    <message numerus="yes">
        <source>+%Ln more affected</source>
        <translation>
            <numerusform>+1 weiterer betroffen</numerusform>
            <numerusform>+%Ln weitere betroffen</numerusform>
        </translation>
    </message>
    <message>
        <source>NO SERVICE IS AFFECTED</source>
        <translation>KEIN DIENST IST BETROFFEN</translation>
    </message>
    <message>
        <source>AFFECTED SERVICES %L1</source>
        <translation>BETROFFENE DIENSTE %L1</translation>
    </message>
</context>
<context>
    <name>qd::wall::ViewingDialog</name>
    <message>
        <source>Wall: from where it is read</source>
        <translation>Wand: von wo sie gelesen wird</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>Einstellen</translation>
    </message>
    <message>
        <source> m</source>
        <translation> m</translation>
    </message>
    <message>
        <source>2.2 times the diagonal</source>
        <translation>2,2-mal die Diagonale</translation>
    </message>
    <message>
        <source> inches</source>
        <translation> Zoll</translation>
    </message>
    <message>
        <source>as the screen says</source>
        <translation>wie der Bildschirm sagt</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>Abstand</translation>
    </message>
    <message>
        <source>Of whoever stands farthest away. Letters are 20 minutes of arc high from there, never less.</source>
        <translation>Wer am weitesten entfernt steht. Buchstaben sind von dort 20 Bogenminuten hoch, nie weniger.</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>Bildschirm</translation>
    </message>
    <message>
        <source>Its diagonal; many screens do not know it.</source>
        <translation>Seine Diagonale; viele Bildschirme kennen sie nicht.</translation>
    </message>
    <message>
        <source>Read from %L1 m on %L2 inches: letters of %3 px, about %4 lines.</source>
        <translation>Gelesen aus %L1 m auf %L2 Zoll: Buchstaben von %3 px, etwa %4 Zeilen.</translation>
    </message>
</context>
<context>
    <name>qd::wall::WallView</name>
    <message>
        <source>Wall</source>
        <translation>Wand</translation>
    </message>
</context>
<context>
    <name>qd::widgets::Chip</name>
    <message>
        <source>Filter %1; press to remove</source>
        <translation>Filter %1; drücken, um ihn zu entfernen</translation>
    </message>
</context>
<context>
    <name>qd::widgets::CountTabs</name>
    <message>
        <source>%1, shown</source>
        <translation>%1, angezeigt</translation>
    </message>
    <message>
        <source>%1, in the menu</source>
        <translation>%1, im Menü</translation>
    </message>
</context>
<context>
    <name>qd::widgets::FormDialog</name>
    <message>
        <source>Problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>qd::widgets::PathField</name>
    <message>
        <source>Choose…</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>%1: choose</source>
        <translation>%1: wählen</translation>
    </message>
</context>
<context>
    <name>qd::widgets::PlainLabel</name>
    <message>
        <source>▲ UNRECORDED: the journal does not hold what you do now.</source>
        <translation>▲ NICHT AUFGEZEICHNET: Das Journal hält nicht fest, was Sie jetzt tun.</translation>
    </message>
</context>
<context>
    <name>qd::widgets::ReasonField</name>
    <message>
        <source>known, being worked on</source>
        <translation>bekannt, in Arbeit</translation>
    </message>
    <message>
        <source>planned work</source>
        <translation>geplante Arbeit</translation>
    </message>
    <message>
        <source>false alarm</source>
        <translation>Fehlalarm</translation>
    </message>
    <message>
        <source>a consequence of something else</source>
        <translation>eine Folge von etwas anderem</translation>
    </message>
    <message>
        <source>asked for by the commander</source>
        <translation>von der Einsatzleitung gewünscht</translation>
    </message>
    <message>
        <source>why</source>
        <translation>warum</translation>
    </message>
    <message>
        <source>%1 · 1–%2 choose</source>
        <translation>%1 · 1–%2 wählen</translation>
    </message>
</context>
<context>
    <name>qd::widgets::TypeToArm</name>
    <message>
        <source>type: %1</source>
        <translation>tippen: %1</translation>
    </message>
    <message>
        <source>nothing to type</source>
        <translation>nichts zu tippen</translation>
    </message>
</context>
</TS>
