// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/comms/handcopy.h"
#include "core/comms/template.h"
#include "ui/style/theme.h"
#include "ui/view/source.h"
#include "ui/widgets/ticker.h"

#include <QHash>
#include <QWidget>
#include <optional>

class QAction;
class QComboBox;
class QGridLayout;
class QLineEdit;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace qd::widgets {
class PlainLabel;
class SectionHeader;
}

namespace qd::comms {

class DraftPanel;
class SentUpdates;

/// The update composer: closed, it shows what was sent and whether it arrived; open, the template, its fields, when the
/// next update is promised, the text as it will be read, and what is to be known of it (DraftPanel). "?" alone in a field says that its
/// answer is not known yet. F2 goes on from the last post. A text that was copied to be put somewhere by hand is recorded as that. Where it goes is said before; one that reached nobody stays open with its copy offered. While the form
/// is closed the same keys copy the newest that was sent. The core has the last word: its refusal is shown and what
/// was typed stays; where the gate refuses a marked part, that part is chosen in its field and can be taken out by a button. Drafts are kept per incident and template while the window lives. Data never takes the keyboard or
/// what was typed. GUI thread.
class UpdateComposer final : public QWidget {
    Q_OBJECT
public:
    UpdateComposer(const style::Theme &theme, view::ViewSource &source, widgets::Ticker &ticker, QWidget *parent = nullptr);

    /// Opens the form and takes the keyboard; says why when there is nothing to compose.
    void begin();
    void close();
    [[nodiscard]] bool isOpen() const;
    /// In a low window what was sent is left to the timeline; the bar with the next update due stays.
    void setBrief(bool brief);

    [[nodiscard]] QString previewText() const { return m_previewText; }
    [[nodiscard]] QString problem() const;
    [[nodiscard]] QPushButton &removal() const { return *m_remove; } ///< "remove it and send": there while the gate refuses
    [[nodiscard]] QString warning() const; ///< said while nothing is recorded
    [[nodiscard]] const DraftPanel &panel() const { return *m_panel; }
    [[nodiscard]] SentUpdates &sentOnes() const { return *m_sent; }
    [[nodiscard]] QString goesTo() const; ///< where it goes, in words
    [[nodiscard]] QLineEdit *field(const QString &name) const { return m_fields.value(name); }
    [[nodiscard]] QLineEdit &nextUpdate() const { return *m_next; }

    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void sent(const QString &update);

private:
    void makeForm();
    void makeActions();
    void onView(const view::ViewModelPtr &view);
    void rebuildFields();
    void refresh();
    void goOn(); ///< the fields as the last post had them
    void send(const QString &byHand = {}, bool removeMarked = false);
    bool asksForMore(const view::TemplateRow &t, const Values &values); ///< true: a field that has to be answered is not; it was said
    void removeAndSend();
    void offerRemoval(const QString &refusal);
    void sendUpdate(const QString &incident, const QString &templateId, const QJsonObject &set, const QString &byHand, bool removeMarked);
    void showDue();
    void finish(bool done, const QString &sentence, const QJsonObject &result);
    /// One that was sent, as its audience may read it.
    void copySent(const QString &update, HandPlace place);
    void askWhere(const QString &update);
    void recordPosted();
    [[nodiscard]] QString newestSent() const; ///< its number; empty: none was
    /// On the clipboard as its audience may read it; what they may not is named first, and taken out where `removeMarked` says so. What could not be sent is not
    /// copied either: nothing leaves with a hole where an answer belongs.
    void copy(HandPlace place, bool removeMarked = false);
    void markPosted();
    void tell(const QString &sentence, bool problem);
    [[nodiscard]] const view::TemplateRow *chosen() const;
    [[nodiscard]] QString draftKey() const;
    [[nodiscard]] Instant now() const;
    /// When the next update is promised by what is typed; none when nothing sound is.
    [[nodiscard]] Instant promised() const;
    [[nodiscard]] Values typed() const;

    const style::Theme &m_theme;
    view::ViewSource &m_source;
    widgets::Ticker &m_ticker;
    view::ViewModelPtr m_view;
    widgets::SectionHeader *m_header;
    SentUpdates *m_sent;
    DraftPanel *m_panel = nullptr;
    QScrollArea *m_scroll;
    QWidget *m_form = nullptr, *m_footer = nullptr;
    QComboBox *m_templates = nullptr;
    QGridLayout *m_grid = nullptr;
    QLineEdit *m_next = nullptr;
    widgets::PlainLabel *m_preview = nullptr, *m_problem = nullptr, *m_note = nullptr, *m_observe = nullptr,
        *m_nextLabel = nullptr, *m_unrecorded = nullptr, *m_goes = nullptr;
    QWidget *m_removeKey = nullptr;
    QPushButton *m_send = nullptr, *m_copy = nullptr, *m_remove = nullptr;
    QAction *m_sendAction = nullptr, *m_removeAction = nullptr;
    std::optional<HandPlace> m_refusedCopy; ///< the copy that was refused; none: it was sent
    QString m_refusedByHand; ///< where the text that was refused was put by hand
    QHash<QString, QLineEdit *> m_fields;             ///< of the template in the form
    QStringList m_fieldOrder;
    QHash<QString, QHash<QString, QString>> m_drafts; ///< by draftKey, then field
    QString m_shape;                                  ///< what the form was built for
    QString m_previewText, m_focus;
    QString m_copiedFor;                              ///< where the text on the clipboard is to be put by hand
    QString m_sentCopiedFor;                          ///< the same of one that was sent
    QString m_unheard;                                ///< the update in the form was sent and reached nobody: its number
    bool m_sending = false, m_brief = false, m_copiedCut = false; ///< cut: it was copied without what is marked
};

} // namespace qd::comms
