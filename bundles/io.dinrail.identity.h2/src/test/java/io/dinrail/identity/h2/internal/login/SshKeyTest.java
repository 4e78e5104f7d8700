package io.dinrail.identity.h2.internal.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import org.bouncycastle.crypto.util.OpenSSHPublicKeyUtil;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SshKeyTest {
    /** Made by ssh-keygen, which also printed its fingerprint. */
    private static final String MADE =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHFbe7Xa0UObpOUBmMS6JTtsb1hoW9bDX5SSjB9bdrFf bea@laptop";

    @ParameterizedTest
    @CsvSource({"secp256r1,ecdsa-sha2-nistp256", "secp384r1,ecdsa-sha2-nistp384", "secp521r1,ecdsa-sha2-nistp521"})
    void curvesAreTaken(String curve, String type) throws Exception {
        KeyPairGenerator maker = KeyPairGenerator.getInstance("EC");
        maker.initialize(new ECGenParameterSpec(curve));
        taken(maker.generateKeyPair(), type);
    }

    @Test
    void ed25519AndLongRsaAreTakenAndShortRsaIsNot() throws Exception {
        taken(ed25519(), "ssh-ed25519");
        taken(rsa(2048), "ssh-rsa");
        assertThatThrownBy(() -> SshKey.parse(line(rsa(1024), ""))).hasMessageContaining("this one 1024");
    }

    @Test
    void theFingerprintIsTheOneThatSshKeygenPrints() {
        SshKey key = SshKey.parse(MADE);

        assertThat(key.text()).isEqualTo(MADE);
        assertThat(key.fingerprint()).isEqualTo("SHA256:GucdBJJVhRzbieGOJV+yNGrPJ/MSjER+LbjqsKWI9XQ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ssh-ed25519",
                "ssh-ed25519 !!!",
                "ssh-ed25519 AAAA",
                "ssh-dss AAAAB3NzaC1kc3M=",
                "command=\"x\" ssh-ed25519 AAAA",
                "ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIHFbe7Xa0UObpOUBmMS6JTtsb1hoW9bDX5SSjB9bdrFf",
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHFbe7Xa0UObpOUBmMS6JTtsb1hoW9bDX5SSjB9bdrFf a\nssh-rsa b",
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHFbe7Xa0UObpOUBmMS6JTtsb1hoW9bDX5SSjB9bdrFfAAAA",
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA==",
                "-----BEGIN PRIVATE KEY-----",
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHFbe7Xa0UObpOUBmMS6JTtsb1hoW9bDX5SSjB9bdrFf \u001b[0m"
            })
    void whatIsNoKeyIsRefused(String line) {
        assertThatThrownBy(() -> SshKey.parse(line)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aLineHasAnEnd() {
        assertThatThrownBy(() -> SshKey.parse(MADE + "x".repeat(65_536))).isInstanceOf(IllegalArgumentException.class);
    }

    static KeyPair ed25519() throws GeneralSecurityException {
        return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    static String line(KeyPair pair, String comment) {
        try {
            byte[] blob = OpenSSHPublicKeyUtil.encodePublicKey(
                    PublicKeyFactory.createKey(pair.getPublic().getEncoded()));
            String type = new String(blob, 4, blob[3], java.nio.charset.StandardCharsets.US_ASCII);
            return (type + " " + Base64.getEncoder().encodeToString(blob) + " " + comment).strip();
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair rsa(int bits) throws GeneralSecurityException {
        KeyPairGenerator maker = KeyPairGenerator.getInstance("RSA");
        maker.initialize(bits);
        return maker.generateKeyPair();
    }

    private static void taken(KeyPair pair, String type) {
        SshKey key = SshKey.parse(line(pair, "me"));

        assertThat(key.text()).startsWith(type + " ").endsWith(" me");
        assertThat(SshKey.fingerprint(pair.getPublic())).contains(key.fingerprint());
    }
}
