package io.dinrail.identity.h2.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.identity.h2.internal.secrets.SecretsFolder;
import io.dinrail.testkit.ManualClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlantServerTest {
    private final ManualClock clock = new ManualClock(Instant.now());

    @TempDir
    private Path folder;

    private TlsKeys keys;
    private KeyedChain plantCa;
    private X509Certificate own;

    @BeforeEach
    void open() throws Exception {
        keys = start();
        own = served();
        plantCa = certificate("CN=Plant CA").ca(1).make();
    }

    @Test
    void droppingTheFilesReplacesTheCertificateAndRemovingThemBringsTheOwnOneBack() throws Exception {
        KeyedChain plant = server().make();
        drop(plant);
        assertThat(served()).as("not before it stopped changing").isEqualTo(own);

        lookTwice();

        assertThat(served()).isEqualTo(plant.certificate());
        assertThat(keys.names()).containsExactly("plant.example");
        assertThat(keys.expiresAt()).isEqualTo(plant.certificate().getNotAfter().toInstant());
        assertThat(Handshake.of(
                        keys.engine(false),
                        Handshake.client(List.of(plantCa.certificate()), "plant.example", Optional.empty())))
                .isNotNull();

        remove();
        lookTwice();
        assertThat(served()).isEqualTo(own);
    }

    @Test
    void itIsThereFromTheStart() throws Exception {
        KeyedChain plant = server().make();
        drop(plant);

        keys = start();

        assertThat(served()).isEqualTo(plant.certificate());
    }

    @Test
    void aChainWithAnIntermediateIsServedWhole() throws Exception {
        KeyedChain between = certificate("CN=Plant servers").ca(0).by(plantCa).make();
        KeyedChain plant = server().by(between).make();
        assertThat(plant.chain()).hasSize(2);
        drop(plant);

        lookTwice();

        assertThat(Handshake.of(
                        keys.engine(false),
                        Handshake.client(List.of(plantCa.certificate()), "plant.example", Optional.empty())))
                .isNotNull();
    }

    @Test
    void anRsaKeyWorksAlsoInTls12AndInAnOlderForm() throws Exception {
        KeyPair rsa = TestCertificate.keys("RSA", 2048);
        KeyedChain plant = server().keys(rsa).make();
        byte[] bare = PrivateKeyInfo.getInstance(rsa.getPrivate().getEncoded())
                .parsePrivateKey()
                .toASN1Primitive()
                .getEncoded();
        Files.writeString(folder.resolve("server.key"), TestCertificate.pem("RSA PRIVATE KEY", bare));
        Files.writeString(folder.resolve("server.pem"), Pem.text(plant.chain()));
        lookTwice();

        var client = Handshake.client(List.of(plantCa.certificate()), "plant.example", Optional.empty());
        client.setEnabledProtocols(new String[] {"TLSv1.2"});
        assertThat(Handshake.of(keys.engine(false), client).getCipherSuite())
                .isEqualTo("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
    }

    @Test
    void whatCannotBeUsedIsRefusedAndTheLastGoodOneGoesOn() throws Exception {
        KeyedChain good = server().make();
        drop(good);
        lookTwice();
        KeyedChain other = server().make();
        KeyedChain between = certificate("CN=Plant servers").ca(0).by(plantCa).make();
        KeyedChain below = server().by(between).make();

        List<KeyedChain> bad = List.of(
                new KeyedChain(good.key(), other.chain()),
                server().keys(TestCertificate.keys("RSA", 1024)).make(),
                server().keys(TestCertificate.keys("Ed25519", 0)).make(),
                server().until(clock.instant().minusSeconds(1)).make(),
                server().from(clock.instant().plusSeconds(60)).make(),
                server().forUse(KeyPurposeId.id_kp_clientAuth).make(),
                new KeyedChain(below.key(), List.of(below.certificate(), good.certificate())));
        for (KeyedChain each : bad) {
            drop(each);
            lookTwice();
            assertThat(served()).isEqualTo(good.certificate());
        }
        for (String text : List.of("", "damaged", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")) {
            Files.writeString(folder.resolve("server.pem"), text);
            lookTwice();
            assertThat(served()).isEqualTo(good.certificate());
        }
        Files.delete(folder.resolve("server.pem"));
        lookTwice();
        assertThat(served()).as("half removed").isEqualTo(good.certificate());
        drop(other);
        lookTwice();
        assertThat(served()).isEqualTo(other.certificate());
    }

    @Test
    void damagedFromTheStartTheOwnOneIsUsedAndTheFilesAreLeftAlone() throws Exception {
        Files.writeString(folder.resolve("server.pem"), "damaged");
        Files.writeString(folder.resolve("server.key"), "damaged");

        keys = start();

        assertThat(served()).isEqualTo(own);
        assertThat(folder.resolve("server.pem")).hasContent("damaged");
    }

    @Test
    void aHugeFileIsNotRead() throws Exception {
        Files.write(folder.resolve("server.pem"), new byte[2 << 20]);
        Files.writeString(folder.resolve("server.key"), Pem.text(server().make().key()));
        lookTwice();

        assertThat(served()).isEqualTo(own);
    }

    @Test
    void thePlantsIsNeverRenewedAndOnceItHasEndedTheOwnOneIsBack() throws Exception {
        KeyedChain plant = server().make();
        drop(plant);
        lookTwice();
        String before = Files.readString(folder.resolve("server.pem"));
        clock.advance(Duration.ofDays(299));
        lookTwice();
        assertThat(served()).isEqualTo(plant.certificate());

        clock.advance(Duration.ofDays(2));
        lookTwice();

        assertThat(served()).isEqualTo(own);
        assertThat(folder.resolve("server.pem")).hasContent(before);
    }

    @Test
    void theOwnCertificateHasNoBusinessThere() throws Exception {
        try (Stream<String> ends = Stream.of(".pem", ".key")) {
            for (String end : ends.toList()) {
                Files.copy(folder.resolve("own-server" + end), folder.resolve("server" + end));
            }
        }
        lookTwice();
        assertThat(served()).isEqualTo(own);
    }

    private TestCertificate certificate(String subject) {
        return new TestCertificate(subject, clock.instant());
    }

    private TestCertificate server() {
        return certificate("CN=plant.example").by(plantCa).named(GeneralName.dNSName, "plant.example");
    }

    private TlsKeys start() throws Exception {
        OwnAuthority authority = new OwnAuthority();
        return TlsKeys.open(
                SecretsFolder.open(folder),
                clock,
                () -> new LocalNames(Set.of("localhost"), Set.of()),
                authority,
                new ClientTrust(authority, clock));
    }

    /** As somebody would who copies one file and then the other. */
    private void drop(KeyedChain pair) throws Exception {
        Files.writeString(folder.resolve("server.key"), Pem.text(pair.key()));
        keys.look();
        Files.writeString(folder.resolve("server.pem"), Pem.text(pair.chain()));
        keys.look();
    }

    private void remove() throws Exception {
        Files.delete(folder.resolve("server.pem"));
        Files.delete(folder.resolve("server.key"));
    }

    private void lookTwice() {
        keys.look();
        keys.look();
    }

    private X509Certificate served() throws Exception {
        return (X509Certificate)
                Handshake.of(keys.engine(false), Handshake.clientOfAnything()).getLocalCertificates()[0];
    }
}
