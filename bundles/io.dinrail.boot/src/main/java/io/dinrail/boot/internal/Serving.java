package io.dinrail.boot.internal;

import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.apache.sshd.server.SshServer;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Waits until the platform serves whoever knocks: every bundle had its turn to start, the shell listens, and the broker, where
 * one is installed, has its listeners.
 */
final class Serving {
    /** A broker registers this only while it serves; by name, so that login does not depend on the contracts. */
    private static final String BROKER = "io.dinrail.messaging.api.MessageBroker";

    private final BundleContext context;

    Serving(BundleContext context) {
        this.context = context;
    }

    void await() throws InterruptedException {
        awaitStartLevel();
        if (Boolean.parseBoolean(context.getProperty("karaf.startRemoteShell"))) {
            awaitShell();
        }
        if (Stream.of(context.getBundles()).anyMatch(bundle -> isBroker(bundle.getSymbolicName()))) {
            awaitService(BROKER);
        }
    }

    /** At a warm start the features are there at once, but the framework has not come to their bundles yet. */
    private void awaitStartLevel() throws InterruptedException {
        FrameworkStartLevel level =
                context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkStartLevel.class);
        // The framework's own property holds the level of Karaf's lock; the one that is meant is the system's.
        int last = Integer.getInteger(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, 1);
        CountDownLatch reached = new CountDownLatch(1);
        FrameworkListener listener = event -> {
            if (event.getType() == FrameworkEvent.STARTLEVEL_CHANGED && level.getStartLevel() >= last) {
                reached.countDown();
            }
        };
        context.addFrameworkListener(listener);
        try {
            if (level.getStartLevel() < last) {
                reached.await();
            }
        } finally {
            context.removeFrameworkListener(listener);
        }
    }

    /** Karaf registers a server before it listens, and leaves one that it replaced registered: any that listens will do. */
    private void awaitShell() throws InterruptedException {
        ServiceTracker<SshServer, SshServer> servers = new ServiceTracker<>(context, SshServer.class, null);
        servers.open();
        try {
            while (servers.getTracked().values().stream().noneMatch(SshServer::isStarted)) {
                Thread.sleep(20);
            }
        } finally {
            servers.close();
        }
    }

    private void awaitService(String service) throws InterruptedException {
        ServiceTracker<Object, Object> tracker = new ServiceTracker<>(context, service, null);
        tracker.open(true);
        try {
            tracker.waitForService(0);
        } finally {
            tracker.close();
        }
    }

    private static boolean isBroker(String symbolicName) {
        return symbolicName.equals("io.dinrail.broker") || symbolicName.startsWith("io.dinrail.broker.");
    }
}
