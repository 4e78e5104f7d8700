package io.dinrail.boot.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.karaf.features.BootFinished;
import org.apache.karaf.features.FeaturesService;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says when the platform is ready: every feature is there and, where a broker is installed, it serves. Whoever started the
 * platform sees a line on its standard output and a file {@code ready} in the data folder.
 */
@Component(service = StartUp.class, immediate = true)
public final class StartUp {
    private static final Logger LOG = LoggerFactory.getLogger(StartUp.class);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private final WantedFeatures features;
    private final Serving serving;
    private final ReadyFile ready;
    private final Clock clock = Clock.systemUTC();
    private final Thread thread = new Thread(this::watch, "dinrail-startup");

    @Activate
    public StartUp(BundleContext context, @Reference BootFinished booted, @Reference FeaturesService features) {
        this.features = new WantedFeatures(features, context);
        this.serving = new Serving(context);
        this.ready = new ReadyFile(
                Path.of(property(context, "dinrail.data", "data")).resolve("ready"),
                property(context, "dinrail.bind", "127.0.0.1"),
                property(context, "dinrail.ssh.port", "8101"));
        thread.setDaemon(true);
        thread.start();
    }

    private static String property(BundleContext context, String name, String fallback) {
        return Optional.ofNullable(context.getProperty(name)).orElse(fallback);
    }

    @Deactivate
    void stop() throws InterruptedException, IOException {
        thread.interrupt();
        thread.join(STOP_LIMIT.toMillis());
        ready.remove();
    }

    private void watch() {
        try {
            Set<String> added = features.install();
            if (!added.isEmpty()) {
                LOG.info("Features added because dinrail.features names them: {}", added);
            }
            serving.await();
            announce();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.error("Not ready: a feature that dinrail.features names can't be installed; correct the name.", e);
        }
    }

    /** Counts from the start of the process, so that the launcher's part is in it. */
    private void announce() throws IOException {
        ProcessHandle self = ProcessHandle.current();
        Instant now = clock.instant();
        double seconds =
                Duration.between(self.info().startInstant().orElse(now), now).toMillis() / 1000.0;
        ready.write(self.pid(), seconds, now);
        LOG.info("Ready in {} s", seconds(seconds));
        // Standard output on purpose: in server mode it is what a terminal or a service manager reads.
        System.out.println("dinrail: ready in " + seconds(seconds) + " s (process " + self.pid() + ")");
    }

    static String seconds(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
