package io.dinrail.connector.opcua.internal;

import io.dinrail.connector.api.PeerCertificate;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The certificates that one connector's server has shown: those accepted, and those that wait for somebody to accept them. Kept as files; safe for many threads. */
final class TrustList {
    /** A server that shows another certificate each time can't fill the disk. */
    private static final int MOST_WAITING = 16;

    private final Path trusted;
    private final Path quarantine;

    TrustList(Path folder) {
        trusted = folder.resolve("trusted");
        quarantine = folder.resolve("quarantine");
    }

    synchronized List<X509Certificate> trusted() throws IOException {
        return certificates(trusted);
    }

    synchronized List<X509Certificate> waiting() throws IOException {
        return certificates(quarantine);
    }

    /** Keeps an unknown certificate for a person to look at; the one that came first makes room. */
    synchronized void quarantine(X509Certificate certificate) throws IOException, GeneralSecurityException {
        Path file = quarantine.resolve(Fingerprint.of(certificate) + ".pem");
        if (Files.exists(file)) {
            return;
        }
        List<Path> waiting = files(quarantine);
        for (int i = 0; i <= waiting.size() - MOST_WAITING; i++) {
            Files.deleteIfExists(waiting.get(i));
        }
        SecretFolder.create(quarantine);
        SecretFolder.write(file, Pem.text("CERTIFICATE", certificate.getEncoded()));
    }

    /** @return the certificate that is trusted from now on; empty if none with this fingerprint waits. */
    synchronized Optional<X509Certificate> accept(String fingerprint) throws IOException, GeneralSecurityException {
        String wanted = PeerCertificate.plain(fingerprint);
        for (X509Certificate certificate : certificates(quarantine)) {
            if (Fingerprint.of(certificate).equals(wanted)) {
                SecretFolder.create(trusted);
                SecretFolder.write(trusted.resolve(wanted + ".pem"), Pem.text("CERTIFICATE", certificate.getEncoded()));
                Files.deleteIfExists(quarantine.resolve(wanted + ".pem"));
                return Optional.of(certificate);
            }
        }
        return Optional.empty();
    }

    /** @return what a person is shown, those that wait first. */
    synchronized List<PeerCertificate> peers() throws IOException {
        List<PeerCertificate> peers = new ArrayList<>();
        for (X509Certificate certificate : certificates(quarantine)) {
            peers.add(peer(certificate, false));
        }
        for (X509Certificate certificate : certificates(trusted)) {
            peers.add(peer(certificate, true));
        }
        return peers;
    }

    private static PeerCertificate peer(X509Certificate certificate, boolean trusted) {
        return new PeerCertificate(
                Fingerprint.of(certificate),
                certificate.getSubjectX500Principal().getName(),
                certificate.getIssuerX500Principal().getName(),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                trusted,
                certificate.getBasicConstraints() < 0
                        ? ""
                        : "it can issue certificates: whoever it issues one for is trusted with it");
    }

    private static List<X509Certificate> certificates(Path folder) throws IOException {
        List<X509Certificate> found = new ArrayList<>();
        for (Path file : files(folder)) {
            try {
                found.addAll(Pem.certificates(file));
            } catch (GeneralSecurityException e) {
                throw new IOException(file + " is no certificate", e);
            }
        }
        return found;
    }

    // oldest first
    private static List<Path> files(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "*.{pem,crt,der,cer}")) {
                entries.forEach(files::add);
            }
        }
        record Dated(Path file, FileTime time) {}
        List<Dated> dated = new ArrayList<>();
        for (Path file : files) {
            dated.add(new Dated(file, Files.getLastModifiedTime(file)));
        }
        dated.sort(Comparator.comparing(Dated::time).thenComparing(Dated::file));
        return dated.stream().map(Dated::file).toList();
    }
}
