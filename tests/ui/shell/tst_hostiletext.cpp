// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "tests/ui/shell/windowbench.h"
#include "ui/shell/language.h"
#include "ui/widgets/plaintext.h"

#include <QImage>
#include <QLabel>
#include <QLocale>
#include <QTextBrowser>
#include <sys/inotify.h>
#include <unistd.h>

using namespace qd;
using namespace qd::shell;

namespace {

/// How often a file was opened since the last look, by anybody (inotify(7)).
class Opens {
public:
    explicit Opens(const QString &path)
        : m_fd(inotify_init1(IN_NONBLOCK | IN_CLOEXEC))
    {
        m_isWatching = m_fd >= 0 && inotify_add_watch(m_fd, path.toUtf8().constData(), IN_OPEN) >= 0;
    }
    ~Opens()
    {
        if (m_fd >= 0)
            close(m_fd);
    }
    Opens(const Opens &) = delete;
    Opens &operator=(const Opens &) = delete;
    [[nodiscard]] bool isWatching() const { return m_isWatching; }
    [[nodiscard]] int count() const
    {
        alignas(inotify_event) char bytes[4096];
        int n = 0;
        for (ssize_t got = read(m_fd, bytes, sizeof bytes); got > 0; got = read(m_fd, bytes, sizeof bytes))
            n += static_cast<int>(got / static_cast<ssize_t>(sizeof(inotify_event)));
        return n;
    }

private:
    int m_fd = -1;
    bool m_isWatching = false;
};

/// Everything outsiders write, as markup that would read a file.
view::ViewModel everythingSays(view::ViewModel scene, const QString &hostile)
{
    for (auto *rows : {&scene.active, &scene.standing, &scene.suppressed, &scene.resolved})
        for (auto &row : *rows)
            row.title = row.service = row.owner = row.group = row.source = row.suppressedBy = hostile;
    for (auto *texts : {&scene.detail.labels, &scene.detail.annotations, &scene.detail.links})
        for (auto &text : *texts)
            text.name = text.value = hostile;
    for (auto &b : scene.detail.because)
        b.text = hostile;
    for (auto &e : scene.timeline)
        e.text = e.actor = hostile;
    for (auto &i : scene.incidents)
        i.title = hostile;
    for (auto &node : scene.nodes)
        node.name = hostile;
    for (auto &s : scene.silences)
        s.matchers = s.comment = s.by = hostile;
    return scene;
}

} // namespace

class TestHostileText : public QObject {
    Q_OBJECT
    style::Theme *m_theme = nullptr;
    test::WindowLook m_look;
    QTemporaryDir m_dir;
    QString m_file, m_markup;

private Q_SLOTS:
    void initTestCase()
    {
        speak(QLocale::c());
        m_theme = m_look.begin();
        QVERIFY(m_theme != nullptr && m_dir.isValid());
        m_file = m_dir.filePath(QStringLiteral("seen.png"));
        QImage picture(2, 2, QImage::Format_RGB32);
        picture.fill(Qt::red);
        QVERIFY(picture.save(m_file));
        m_markup = QStringLiteral("<p><img src=\"file://%1\"><link rel=stylesheet href=\"%1\"><b>now</b>").arg(m_file);
    }
    void init() { m_look.forget(); }

    /// What the next test forbids is seen by it: Qt's own label and browser do read the file.
    void qtItselfReadsTheFile()
    {
        const Opens opens(m_file);
        QVERIFY(opens.isWatching());
        QTextBrowser browser;
        browser.setHtml(m_markup);
        browser.show();
        QCoreApplication::processEvents();
        QVERIFY(opens.count() > 0);
    }

    void aHostileAlertInTheWholeWindowLoadsNothing()
    {
        const Opens opens(m_file);
        QVERIFY(opens.isWatching());
        test::WindowBench b(everythingSays(test::incidentScene(), m_markup), *m_theme);
        b.window.grab();
        for (const auto *label : b.window.findChildren<QLabel *>())
            QVERIFY2(label->textFormat() == Qt::PlainText || label->text().isEmpty(), qPrintable(label->text()));
        for (QWidget *widget : b.window.findChildren<QWidget *>()) // as QToolTip lays them out
            if (!widget->toolTip().isEmpty()) {
                QTextDocument document;
                document.setHtml(widget->toolTip());
                QVERIFY(document.size().isValid());
            }
        QCOMPARE(opens.count(), 0);
    }
};

QD_GUI_TEST(TestHostileText)
#include "tst_hostiletext.moc"
