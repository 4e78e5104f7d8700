package io.dinrail.demo.filler.internal;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The simulated filler. While it listens there is a service {@link IntSupplier} of its port, with the properties {@code dinrail.demo.simulator=filler}
 * and {@code dinrail.demo.port}.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = "io.dinrail.demo.filler")
@Designate(ocd = FillerConfig.class)
public final class Filler {
    static final String PORT_PROPERTY = "dinrail.demo.modbus.port";

    private static final Logger LOG = LoggerFactory.getLogger(Filler.class);
    private static final Duration STEP = Duration.ofMillis(100);
    private static final long RETRY_SECONDS = 10;

    private final BundleContext context;
    private final int wanted;
    private final FillerProcess process = new FillerProcess();
    private final ScheduledExecutorService thread = new ScheduledThreadPoolExecutor(1, work -> {
        Thread made = new Thread(work, "dinrail-demo-filler-process");
        made.setDaemon(true);
        return made;
    });
    private @Nullable FillerServer server;
    private @Nullable ServiceRegistration<IntSupplier> announced;
    private long lastStep = System.nanoTime();
    private volatile boolean stopped;

    @Activate
    public Filler(BundleContext context, FillerConfig config) {
        this.context = context;
        this.wanted = port(context.getProperty(PORT_PROPERTY), config.port());
        thread.execute(this::listen);
        thread.scheduleAtFixedRate(this::step, STEP.toMillis(), STEP.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Deactivate
    void stop() throws InterruptedException {
        stopped = true;
        thread.execute(this::silence);
        // what is queued still runs, the periodic step and a retry don't
        thread.shutdown();
        if (!thread.awaitTermination(4, TimeUnit.SECONDS)) {
            thread.shutdownNow();
        }
    }

    static int port(@Nullable String property, int configured) {
        String text = Objects.requireNonNullElse(property, String.valueOf(configured));
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65_535) {
            throw new IllegalArgumentException(
                    "port '" + text + "' is none from 0 to 65535: correct DINRAIL_DEMO_MODBUS_PORT, or port in"
                            + " io.dinrail.demo.filler.cfg");
        }
        return Integer.parseInt(text);
    }

    private void step() {
        long now = System.nanoTime();
        process.step(Duration.ofNanos(now - lastStep));
        lastStep = now;
    }

    private void listen() {
        listen(true);
    }

    private void listen(boolean first) {
        try {
            FillerServer listening = FillerServer.listen(process, wanted);
            server = listening;
            if (stopped) {
                silence();
                return;
            }
            int port = listening.port();
            announced = context.registerService(
                    IntSupplier.class,
                    () -> port,
                    FrameworkUtil.asDictionary(Map.of("dinrail.demo.simulator", "filler", "dinrail.demo.port", port)));
            LOG.info("the demo filler listens on 127.0.0.1:{}", port);
        } catch (IOException e) {
            if (first) {
                LOG.warn(
                        "port {} is not to be had for the demo filler: free it, or set DINRAIL_DEMO_MODBUS_PORT to"
                                + " another; trying again every {} s",
                        wanted,
                        RETRY_SECONDS);
            }
            thread.schedule(() -> listen(false), RETRY_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void silence() {
        if (announced != null) {
            announced.unregister();
            announced = null;
        }
        if (server != null) {
            server.close();
            server = null;
        }
    }
}
