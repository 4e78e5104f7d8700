package io.dinrail.identity.h2.internal.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dinrail.identity.api.AuditEntry;
import io.dinrail.identity.h2.internal.secrets.SecretsException;
import io.dinrail.identity.h2.internal.secrets.Vault;
import java.nio.ByteBuffer;
import java.util.stream.Stream;

/** The keyed hashes that chain entries and seal bounds. */
final class Chain {
    private static final String PURPOSE = "audit";

    private final Vault vault;

    Chain(Vault vault) {
        this.vault = vault;
    }

    AuditRow next(Bound previous, Pending pending) throws SecretsException {
        AuditEntry entry = new AuditEntry(
                previous.number() + 1,
                pending.at(),
                pending.kind(),
                pending.actor(),
                pending.from(),
                pending.subject(),
                pending.detail());
        return new AuditRow(entry, hash(previous, entry));
    }

    byte[] hash(Bound previous, AuditEntry entry) throws SecretsException {
        byte[][] texts = Stream.of(entry.kind(), entry.actor(), entry.from(), entry.subject(), entry.detail())
                .map(text -> text.getBytes(UTF_8))
                .toArray(byte[][]::new);
        int size = previous.hash().length + 2 * Long.BYTES;
        for (byte[] text : texts) {
            size += Integer.BYTES + text.length;
        }
        ByteBuffer all = ByteBuffer.allocate(size)
                .put(previous.hash())
                .putLong(entry.number())
                .putLong(entry.at().toEpochMilli());
        for (byte[] text : texts) {
            all.putInt(text.length).put(text);
        }
        return vault.digest(PURPOSE, "entry", all.array());
    }

    byte[] seal(String which, Bound bound) throws SecretsException {
        byte[] text = ByteBuffer.allocate(Long.BYTES + bound.hash().length)
                .putLong(bound.number())
                .put(bound.hash())
                .array();
        return vault.digest(PURPOSE, which, text);
    }
}
