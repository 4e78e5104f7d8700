package io.dinrail.shell.internal;

import io.dinrail.identity.api.Actor;
import io.dinrail.identity.api.ClientCertificates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

final class FakeCertificates implements ClientCertificates {
    final List<String> asked = new ArrayList<>();

    @Override
    public String issue(Actor by, String login, String csr, Duration life) {
        asked.add("issue " + login + " " + csr.strip() + " " + life.toDays());
        return "-----BEGIN CERTIFICATE-----\n";
    }

    @Override
    public void revoke(Actor by, String serial) {
        asked.add("revoke " + serial);
    }

    @Override
    public void trust(Actor by, String name, String organisation, String pem, NameFrom nameFrom) {
        asked.add("trust " + name + " " + organisation + " " + nameFrom);
    }

    @Override
    public void distrust(Actor by, String name) {
        asked.add("distrust " + name);
    }

    @Override
    public void revocations(Actor by, String name, byte[] crl) {
        asked.add("revocations " + name + " " + crl.length);
    }

    @Override
    public List<TrustedCa> trusted() {
        return List.of(
                new TrustedCa("plant", "default", "CN=Plant", NameFrom.SAN_DNS, FakeIdentity.NOON, Optional.empty()));
    }

    @Override
    public List<IssuedCertificate> issued() {
        return List.of(new IssuedCertificate("0a1b", "press-1", FakeIdentity.NOON, false));
    }
}
