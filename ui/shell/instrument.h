// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/comms/line.h"
#include "ui/style/theme.h"
#include "ui/view/source.h"

#include <QStringList>
#include <QWidget>
#include <optional>

class QLineEdit;

namespace qd::widgets {
class PlainLabel;
class Phrase;
class Tag;
}

namespace qd::shell {

/// What was recorded last, in one line: "#41 14:20:07 Ana: INC-7, roll back 4.2".
[[nodiscard]] QString recordedText(const view::Recorded &recorded);

/// The one-line instrument: what is typed is previewed as what will happen; Return does it. Beside it what was recorded last
/// (the audit ticker), or the sentence with which something was refused.
class Instrument final : public QWidget {
    Q_OBJECT
public:
    Instrument(view::ViewSource &source, const style::Theme &theme, QWidget *parent = nullptr);

    void show(const view::ViewModelPtr &view);
    void setNow(Instant now);
    /// Takes the keyboard; `prefill` is put into an empty field.
    void begin(const QString &prefill = {});
    /// The same, for a task or a decision made from a line of the record: it refers to that line, until the field is emptied. What stands in the field
    /// already stays and refers to nothing.
    void beginAbout(const QString &prefill, const QString &about);
    /// A task of the incident in focus is to be done, with words on what came of it: "done 3 " stands there, and Return says so. Without that beginning the
    /// line is one like any other. What stands in the field already stays.
    void beginDone(const QString &task, const QString &text);
    /// A sentence for the person, until the next key.
    void tell(const QString &sentence, bool problem);

    [[nodiscard]] QLineEdit &field() const { return *m_field; }
    [[nodiscard]] QString preview() const;

    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void left();
    void wanted(); ///< somebody is to write here, or to read why something was refused: it must be seen

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    [[nodiscard]] comms::LineContext context() const;
    void showPreview();
    void previewDone(const QString &task, const QString &text, const QString &words);
    void send();
    void sendDone(const QString &typed);
    [[nodiscard]] bool isDone() const; ///< the line says that a task is done
    [[nodiscard]] QString wordsOfDone() const;
    void complete();
    void recall(int step);
    void restyle();

    view::ViewSource &m_source;
    const style::Theme &m_theme;
    view::ViewModelPtr m_view;
    Instant m_now;
    QLineEdit *m_field;
    widgets::Phrase *m_preview;
    widgets::PlainLabel *m_last;
    widgets::Tag *m_unrecorded; ///< what is written here is not on disk
    QStringList m_history; ///< newest last
    qsizetype m_recalled = -1;
    QString m_about; ///< the line of the record that what stands in the field was made from
    /// The task a line reports done.
    struct Done {
        QString incident, task, text;
        [[nodiscard]] QString sign() const { return QStringLiteral("done ") + task; }
    };
    std::optional<Done> m_done;
    bool m_told = false;
};

} // namespace qd::shell
