package io.dinrail.identity.h2.internal.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What clients may call this machine: the names and addresses that its certificate holds.
 *
 * @param hosts DNS names.
 * @param addresses of all interfaces, none of them link-local.
 */
record LocalNames(Set<String> hosts, Set<InetAddress> addresses) {
    private static final Predicate<String> HOST = Pattern.compile(
                    "(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9-]+)*")
            .asMatchPredicate();
    private static final long LOOK_UP_SECONDS = 2;
    /** A handshake carries them all. */
    private static final long MOST_ADDRESSES = 100;

    LocalNames {
        hosts = Set.copyOf(hosts);
        addresses = Set.copyOf(addresses);
    }

    static LocalNames find() {
        Set<String> hosts = new LinkedHashSet<>(List.of("localhost"));
        Stream.of(kernelName(), resolvedName())
                .filter(HOST.and(name -> !name.matches("[0-9.]+")))
                .forEach(hosts::add);
        Set<InetAddress> addresses = new LinkedHashSet<>();
        try {
            addresses.add(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
            addresses.add(InetAddress.getByName("::1"));
            NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLinkLocalAddress())
                    .limit(MOST_ADDRESSES)
                    .forEach(addresses::add);
        } catch (IOException e) {
            // A machine without interfaces still has its loopback addresses.
        }
        return new LocalNames(hosts, addresses);
    }

    /** Whether a certificate is good for all of them. One for more is as well: interfaces come and go. */
    boolean areIn(X509Certificate certificate) {
        Set<String> named = Set.copyOf(CertificateNames.hosts(certificate));
        return named.containsAll(hosts)
                && addresses.stream().map(LocalNames::text).allMatch(named::contains);
    }

    /** As certificates have it: without an interface's name. */
    private static String text(InetAddress address) {
        try {
            return InetAddress.getByAddress(address.getAddress()).getHostAddress();
        } catch (UnknownHostException e) {
            return address.getHostAddress();
        }
    }

    private static String kernelName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return "";
        }
    }

    /** The full name, if the resolver knows it soon: a plant network's name server may be far or dead. */
    private static String resolvedName() {
        FutureTask<String> lookUp = new FutureTask<>(LocalNames::canonicalName);
        Thread thread = new Thread(lookUp, "dinrail-identity-host-name");
        thread.setDaemon(true);
        thread.start();
        try {
            return lookUp.get(LOOK_UP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        } catch (ExecutionException | TimeoutException e) {
            return "";
        }
    }

    private static String canonicalName() throws UnknownHostException {
        return InetAddress.getLocalHost().getCanonicalHostName();
    }
}
