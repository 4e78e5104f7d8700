package io.dinrail.identity.h2.internal.audit;

import io.dinrail.identity.api.Action;
import io.dinrail.identity.api.Actor;
import io.dinrail.identity.api.Audit;
import io.dinrail.identity.api.AuditEntry;
import io.dinrail.identity.api.IdentityException;
import io.dinrail.identity.h2.internal.audit.AuditWriter.Retention;
import io.dinrail.identity.h2.internal.audit.Sampler.Leftover;
import io.dinrail.identity.h2.internal.secrets.Vault;
import io.dinrail.identity.h2.internal.text.PlainText;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes entries to a bounded queue, fewer of refusals than there are when they come in floods; {@link AuditWriter} writes them. */
@Component(immediate = true, configurationPid = "io.dinrail.identity")
@Designate(ocd = AuditConfig.class)
public final class AuditLog implements Trail, Audit {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
    private static final String REFUSED = "login.refused";
    private static final String DENIED = "acl.denied";
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Counts counts = new Counts();
    private final AuditQueue queue = new AuditQueue();
    private final Clock clock;
    private final Sampler refusals;
    private final Sampler denials;
    private final Sampler lines;
    private final AuditReader reader;
    private final AuditWriter writer;

    /** Starts the writing thread. */
    @Activate
    public AuditLog(
            AuditConfig config,
            @Reference(target = "(dinrail.schema=identity)") DataSource store,
            @Reference Vault vault) {
        this(retention(config), store, vault, Clock.systemUTC(), System::nanoTime);
    }

    AuditLog(Retention retention, DataSource store, Vault vault, Clock clock, LongSupplier nanos) {
        this.clock = clock;
        refusals = new Sampler(10, 100, clock, nanos);
        denials = new Sampler(100, 1_000, clock, nanos);
        lines = new Sampler(1, 60, clock, nanos);
        ChainedLog log = new ChainedLog(new AuditTable(store), new Chain(vault));
        reader = new AuditReader(log);
        writer = new AuditWriter(log, queue, this::writeLeftovers, retention, clock, nanos);
        writer.start();
    }

    private static Retention retention(AuditConfig config) {
        if (config.audit_days() < 1 || config.audit_days() > 36_500) {
            throw new IllegalArgumentException("audit.days: " + config.audit_days() + " is not from 1 to 36500");
        }
        if (config.audit_entries() < 1_000 || config.audit_entries() > 100_000_000) {
            throw new IllegalArgumentException(
                    "audit.entries: " + config.audit_entries() + " is not from 1000 to 100000000");
        }
        return new Retention(Duration.ofDays(config.audit_days()), config.audit_entries());
    }

    /** Takes new bounds without a restart, which would restart everything that leaves traces. */
    @Modified
    void changed(AuditConfig config) {
        try {
            writer.keep(retention(config));
        } catch (IllegalArgumentException e) {
            LOG.error("the bounds of before stay: {}", e.getMessage());
        }
    }

    /** Writes what waits. */
    @Deactivate
    public void end() {
        writer.end();
    }

    @Override
    public void record(Actor by, String kind, String subject, String detail) {
        noted(by, kind, subject, detail);
    }

    @Override
    public void changed(Actor by, String kind, String subject, String detail) {
        writer.await(note(by, kind, subject, detail));
    }

    @Override
    public void noted(Actor by, String kind, String subject, String detail) {
        note(by, kind, subject, detail);
    }

    private long note(Actor by, String kind, String subject, String detail) {
        counts.add(kind);
        return offer(new Pending(clock.instant(), kind, by.name(), by.from(), subject, detail, true));
    }

    @Override
    public void refused(String login, String address, String why) {
        counts.add(REFUSED);
        String block = AddressBlock.of(address);
        if (refusals.takes(block)) {
            offer(new Pending(clock.instant(), REFUSED, login, address, "", why, false));
        }
        if (lines.takes(block)) {
            LOG.warn("login of {} from {} refused: {}", PlainText.of(login), PlainText.of(address), PlainText.of(why));
        }
    }

    @Override
    public void denied(String login, String clientId, String address, Action action, String topic) {
        counts.add(DENIED);
        if (denials.takes(PlainText.of(login))) {
            String detail = action.name().toLowerCase(Locale.ROOT) + " by client " + clientId;
            offer(new Pending(clock.instant(), DENIED, login, address, topic, detail, false));
        }
    }

    @Override
    public List<AuditEntry> read(Instant since, String kindPrefix, int most) throws IdentityException {
        settle();
        return reader.read(since, kindPrefix, most);
    }

    @Override
    public Verdict verify() throws IdentityException {
        settle();
        return reader.verify();
    }

    @Override
    public long export(OutputStream out) throws IdentityException, IOException {
        settle();
        return reader.export(out);
    }

    @Override
    public Map<String, Long> counts() {
        return counts.all();
    }

    /** Who has just done something expects to see it. */
    private void settle() {
        try {
            if (!writer.isFailing()) {
                queue.awaitEmpty(PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeLeftovers() {
        lines.due();
        for (Leftover left : refusals.due()) {
            offer(new Pending(clock.instant(), REFUSED, "", left.source(), "", text(left), false));
        }
        for (Leftover left : denials.due()) {
            offer(new Pending(clock.instant(), DENIED, left.source(), "", "", text(left), false));
        }
    }

    private static String text(Leftover left) {
        return String.format(Locale.ROOT, "and %,d more since %s", left.count(), left.since());
    }

    private long offer(Pending entry) {
        long number = queue.offer(entry);
        if (number == AuditQueue.FULL) {
            counts.add(Counts.DROPPED);
        }
        return number;
    }
}
