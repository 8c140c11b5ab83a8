// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QTemporaryDir>
#include <memory>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

/// A certificate authority of the test's own and certificates it signs, as files in a temporary folder.
class TestCertificates final {
public:
    struct Signed {
        QString certificate;
        QString key;
    };

    TestCertificates() : m_caKey(EVP_EC_gen("P-256"))
    {
        m_ca = make("Test root", m_caKey, nullptr, 0, 3600, "critical,CA:TRUE", nullptr);
        caFile = m_folder.filePath(QStringLiteral("ca.pem"));
        writeCertificate(caFile, m_ca);
    }
    ~TestCertificates()
    {
        X509_free(m_ca);
        EVP_PKEY_free(m_caKey);
    }
    TestCertificates(const TestCertificates &) = delete;
    TestCertificates &operator=(const TestCertificates &) = delete;

    /// `names` as OpenSSL writes them: "DNS:localhost,IP:127.0.0.1". Times in seconds from now.
    Signed sign(const char *names, long notBefore = -60, long notAfter = 3600)
    {
        EVP_PKEY *key = EVP_EC_gen("P-256");
        X509 *certificate = make("leaf", key, m_ca, notBefore, notAfter, "critical,CA:FALSE", names);
        const QString base = m_folder.filePath(QStringLiteral("leaf%1").arg(++m_count));
        Signed files{base + QStringLiteral(".pem"), base + QStringLiteral(".key")};
        writeCertificate(files.certificate, certificate);
        FILE *file = std::fopen(files.key.toLocal8Bit().constData(), "w");
        PEM_write_PrivateKey(file, key, nullptr, nullptr, 0, nullptr, nullptr);
        std::fclose(file);
        X509_free(certificate);
        EVP_PKEY_free(key);
        return files;
    }

    QString caFile;

private:
    X509 *make(const char *name, EVP_PKEY *key, X509 *issuer, long notBefore, long notAfter, const char *constraints,
               const char *names)
    {
        X509 *c = X509_new();
        X509_set_version(c, 2);
        ASN1_INTEGER_set(X509_get_serialNumber(c), ++m_serial);
        X509_gmtime_adj(X509_getm_notBefore(c), notBefore);
        X509_gmtime_adj(X509_getm_notAfter(c), notAfter);
        X509_NAME_add_entry_by_txt(X509_get_subject_name(c), "CN", MBSTRING_ASC,
                                   reinterpret_cast<const unsigned char *>(name), -1, -1, 0);
        X509_set_issuer_name(c, X509_get_subject_name(issuer ? issuer : c));
        X509_set_pubkey(c, key);
        X509V3_CTX context;
        X509V3_set_ctx_nodb(&context);
        X509V3_set_ctx(&context, issuer ? issuer : c, c, nullptr, nullptr, 0);
        const auto add = [&](int nid, const char *value) {
            if (X509_EXTENSION *extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value)) {
                X509_add_ext(c, extension, -1);
                X509_EXTENSION_free(extension);
            }
        };
        add(NID_basic_constraints, constraints);
        add(NID_subject_key_identifier, "hash");
        if (names)
            add(NID_subject_alt_name, names);
        X509_sign(c, m_caKey, EVP_sha256());
        return c;
    }

    static void writeCertificate(const QString &path, X509 *certificate)
    {
        FILE *file = std::fopen(path.toLocal8Bit().constData(), "w");
        PEM_write_X509(file, certificate);
        std::fclose(file);
    }

    QTemporaryDir m_folder;
    EVP_PKEY *m_caKey = nullptr;
    X509 *m_ca = nullptr;
    long m_serial = 0;
    int m_count = 0;
};
