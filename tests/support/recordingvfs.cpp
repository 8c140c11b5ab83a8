// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/recordingvfs.h"

#include "tests/support/random.h"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <map>
#include <sqlite3.h>

namespace qd::tests {

namespace {

RecordingVfs *theRecorder = nullptr; // SQLite's callbacks carry no pointer of ours beyond the VFS itself

struct File {
    sqlite3_file base;
    char name[64];
    sqlite3_file *real() { return reinterpret_cast<sqlite3_file *>(this + 1); }
};

File *fileOf(sqlite3_file *f)
{
    return reinterpret_cast<File *>(f);
}

sqlite3_file *realOf(sqlite3_file *f)
{
    return fileOf(f)->real();
}

void noted(sqlite3_file *f, DiskStep step)
{
    step.file = fileOf(f)->name;
    if (theRecorder && !step.file.empty())
        theRecorder->note(std::move(step));
}

int onWrite(sqlite3_file *f, const void *data, int size, sqlite3_int64 offset)
{
    const int code = realOf(f)->pMethods->xWrite(realOf(f), data, size, offset);
    const auto *bytes = static_cast<const std::uint8_t *>(data);
    if (code == SQLITE_OK)
        noted(f, {DiskStep::Write, {}, static_cast<std::uint64_t>(offset), Bytes(bytes, bytes + size), false});
    return code;
}
int onTruncate(sqlite3_file *f, sqlite3_int64 size)
{
    const int code = realOf(f)->pMethods->xTruncate(realOf(f), size);
    if (code == SQLITE_OK)
        noted(f, {DiskStep::Truncate, {}, static_cast<std::uint64_t>(size), {}, false});
    return code;
}
int onSync(sqlite3_file *f, int flags)
{
    const int code = realOf(f)->pMethods->xSync(realOf(f), flags);
    if (code == SQLITE_OK)
        noted(f, {DiskStep::Sync, {}, 0, {}, false});
    return code;
}
int onClose(sqlite3_file *f)
{
    const int code = realOf(f)->pMethods->xClose(realOf(f));
    f->pMethods = nullptr;
    return code;
}
int onRead(sqlite3_file *f, void *data, int size, sqlite3_int64 offset) { return realOf(f)->pMethods->xRead(realOf(f), data, size, offset); }
int onSize(sqlite3_file *f, sqlite3_int64 *size) { return realOf(f)->pMethods->xFileSize(realOf(f), size); }
int onLock(sqlite3_file *f, int lock) { return realOf(f)->pMethods->xLock(realOf(f), lock); }
int onUnlock(sqlite3_file *f, int lock) { return realOf(f)->pMethods->xUnlock(realOf(f), lock); }
int onCheckLock(sqlite3_file *f, int *out) { return realOf(f)->pMethods->xCheckReservedLock(realOf(f), out); }
int onControl(sqlite3_file *f, int op, void *arg) { return realOf(f)->pMethods->xFileControl(realOf(f), op, arg); }
int onSector(sqlite3_file *f) { return realOf(f)->pMethods->xSectorSize(realOf(f)); }
int onCharacter(sqlite3_file *f) { return realOf(f)->pMethods->xDeviceCharacteristics(realOf(f)); }
int onShmMap(sqlite3_file *f, int page, int size, int extend, void volatile **out) { return realOf(f)->pMethods->xShmMap(realOf(f), page, size, extend, out); }
int onShmLock(sqlite3_file *f, int offset, int n, int flags) { return realOf(f)->pMethods->xShmLock(realOf(f), offset, n, flags); }
void onShmBarrier(sqlite3_file *f) { realOf(f)->pMethods->xShmBarrier(realOf(f)); }
int onShmUnmap(sqlite3_file *f, int remove) { return realOf(f)->pMethods->xShmUnmap(realOf(f), remove); }

const sqlite3_io_methods kMethods{2,       onClose,  onRead,      onWrite,  onTruncate, onSync,      onSize,   onLock,    onUnlock,
                                  onCheckLock, onControl, onSector, onCharacter, onShmMap, onShmLock, onShmBarrier, onShmUnmap, nullptr, nullptr};

sqlite3_vfs *realVfs(sqlite3_vfs *v)
{
    return static_cast<sqlite3_vfs *>(v->pAppData);
}

std::string nameOf(const char *path)
{
    return path ? std::filesystem::path(path).filename().string() : std::string();
}

int onOpen(sqlite3_vfs *v, const char *path, sqlite3_file *f, int flags, int *outFlags)
{
    const bool isNew = path && !std::filesystem::exists(path);
    f->pMethods = nullptr;
    std::memset(fileOf(f)->name, 0, sizeof fileOf(f)->name);
    std::strncpy(fileOf(f)->name, nameOf(path).c_str(), sizeof fileOf(f)->name - 1);
    const int code = realVfs(v)->xOpen(realVfs(v), path, realOf(f), flags, outFlags);
    if (code != SQLITE_OK)
        return code;
    f->pMethods = &kMethods;
    if (isNew)
        noted(f, {DiskStep::Create, {}, 0, {}, false});
    return code;
}

int onDelete(sqlite3_vfs *v, const char *path, int syncFolder)
{
    const bool was = std::filesystem::exists(path);
    const int code = realVfs(v)->xDelete(realVfs(v), path, syncFolder);
    if (code == SQLITE_OK && was && theRecorder)
        theRecorder->note({DiskStep::Delete, nameOf(path), 0, {}, syncFolder != 0});
    return code;
}

/// A file as a disk may hold it.
struct Image {
    bool exists = false;
    Bytes bytes;

    void apply(const DiskStep &s)
    {
        switch (s.kind) {
        case DiskStep::Write:
            if (bytes.size() < s.offset + s.bytes.size())
                bytes.resize(s.offset + s.bytes.size(), 0);
            std::copy(s.bytes.begin(), s.bytes.end(), bytes.begin() + static_cast<std::ptrdiff_t>(s.offset));
            break;
        case DiskStep::Truncate: bytes.resize(s.offset, 0); break;
        case DiskStep::Create: exists = true; break;
        case DiskStep::Delete:
            exists = false;
            bytes.clear();
            break;
        case DiskStep::Sync: exists = true; break;
        }
    }
};

} // namespace

RecordingVfs::RecordingVfs()
{
    m_real = sqlite3_vfs_find(nullptr);
    m_vfs = new sqlite3_vfs(*m_real); // whatever we do not watch goes to the real one, which finds its own data in m_real
    m_vfs->zName = "recording";
    m_vfs->szOsFile = static_cast<int>(sizeof(File)) + m_real->szOsFile;
    m_vfs->pNext = nullptr;
    m_vfs->pAppData = m_real;
    m_vfs->xOpen = onOpen;
    m_vfs->xDelete = onDelete;
    m_vfs->xAccess = [](sqlite3_vfs *v, const char *path, int flags, int *out) { return realVfs(v)->xAccess(realVfs(v), path, flags, out); };
    m_vfs->xFullPathname = [](sqlite3_vfs *v, const char *path, int n, char *out) { return realVfs(v)->xFullPathname(realVfs(v), path, n, out); };
    theRecorder = this;
    sqlite3_vfs_register(m_vfs, 1);
}

RecordingVfs::~RecordingVfs()
{
    sqlite3_vfs_unregister(m_vfs);
    sqlite3_vfs_register(m_real, 1);
    theRecorder = nullptr;
    delete m_vfs;
}

void RecordingVfs::note(DiskStep step)
{
    const std::lock_guard lock(m_mutex);
    if (!m_paused)
        m_steps.push_back(std::move(step));
}

std::size_t RecordingVfs::steps() const
{
    const std::lock_guard lock(m_mutex);
    return m_steps.size();
}

bool RecordingVfs::isSync(std::size_t step) const
{
    const std::lock_guard lock(m_mutex);
    return step < m_steps.size() && m_steps[step].kind == DiskStep::Sync;
}

void RecordingVfs::crash(std::size_t at, Damage damage, std::uint64_t seed, const std::filesystem::path &folder) const
{
    const std::lock_guard lock(m_mutex);
    SeededRandom random(seed);
    std::map<std::string, Image> disk;
    std::map<std::string, std::vector<const DiskStep *>> unsynced;
    const auto settle = [&](const std::string &file, std::size_t count) {
        auto &waiting = unsynced[file];
        for (std::size_t n = 0; n < count; ++n)
            disk[file].apply(*waiting[n]);
        waiting.erase(waiting.begin(), waiting.begin() + static_cast<std::ptrdiff_t>(count));
    };
    const auto syncFolder = [&] {
        for (auto &[file, waiting] : unsynced) {
            const auto last = std::find_if(waiting.rbegin(), waiting.rend(), [](const DiskStep *s) { return s->kind == DiskStep::Create || s->kind == DiskStep::Delete; });
            settle(file, static_cast<std::size_t>(waiting.rend() - last));
        }
    };
    for (std::size_t i = 0; i < std::min(at, m_steps.size()); ++i) {
        const DiskStep &s = m_steps[i];
        auto &waiting = unsynced[s.file];
        waiting.push_back(&s);
        if (s.kind == DiskStep::Delete && s.durable) {
            syncFolder();
        } else if (s.kind == DiskStep::Sync) {
            // The first sync of a new journal or write-ahead log syncs the folder too (os_unix.c, UNIXFILE_DIRSYNC).
            const bool isNew = std::any_of(waiting.begin(), waiting.end(), [](const DiskStep *w) { return w->kind == DiskStep::Create; });
            settle(s.file, waiting.size());
            if (isNew && (s.file.ends_with("-wal") || s.file.ends_with("-journal")))
                syncFolder();
        }
    }
    for (auto &[file, waiting] : unsynced) {
        if (waiting.empty())
            continue;
        Image &image = disk[file];
        if (damage == Reorder)
            for (std::size_t i = waiting.size(); i > 1; --i)
                std::swap(waiting[i - 1], waiting[random.below(i)]);
        // Now and then all of it, or nothing; else each with a chance of its own.
        const std::uint64_t chance = random.below(5) * 25;
        const std::size_t sector = damage == Tear4096 ? 4096 : 512;
        for (const DiskStep *s : waiting) {
            if (s->kind != DiskStep::Write || damage == Drop || damage == Reorder) {
                if (random.below(100) < chance)
                    image.apply(*s);
                continue;
            }
            for (std::size_t from = 0; from < s->bytes.size();) {
                const std::size_t to = std::min<std::size_t>(s->bytes.size(), from + sector - (s->offset + from) % sector);
                if (random.below(100) < chance)
                    image.apply({DiskStep::Write, file, s->offset + from, Bytes(s->bytes.begin() + static_cast<std::ptrdiff_t>(from), s->bytes.begin() + static_cast<std::ptrdiff_t>(to)), false});
                from = to;
            }
        }
        // A file that was never synced may not be there at all; one with something in it is.
        image.exists = image.exists || !image.bytes.empty();
    }
    std::filesystem::create_directories(folder);
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
    for (const auto &[file, image] : disk) {
        if (!image.exists || file.ends_with("-shm"))
            continue;
        const auto path = folder / file;
        std::ofstream(path, std::ios::binary).write(reinterpret_cast<const char *>(image.bytes.data()), static_cast<std::streamsize>(image.bytes.size()));
        std::filesystem::permissions(path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    }
}

} // namespace qd::tests
