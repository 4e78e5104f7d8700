package io.dinrail.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A listening TCP socket of a process, as the kernel tells it. */
record Sockets(int port, boolean loopback) {
    private static final String LISTEN = "0A";
    /** 127.0.0.1, the same as an IPv6 address, and ::1, in the notation of /proc. */
    private static final Set<String> LOOPBACK =
            Set.of("0100007F", "0000000000000000FFFF00000100007F", "00000000000000000000000001000000");

    static List<Sockets> listening(long process) {
        Set<String> own = inodes(process);
        return Stream.of("tcp", "tcp6")
                .flatMap(table -> lines(Path.of("/proc", "" + process, "net", table)))
                .skip(1)
                .map(line -> line.strip().split("\\s+"))
                .filter(fields -> fields[3].equals(LISTEN) && own.contains(fields[9]))
                .map(fields -> fields[1].split(":"))
                .map(address -> new Sockets(Integer.parseInt(address[1], 16), LOOPBACK.contains(address[0])))
                .toList();
    }

    private static Set<String> inodes(long process) {
        try (Stream<Path> open = Files.list(Path.of("/proc", "" + process, "fd"))) {
            return open.map(Sockets::target)
                    .filter(target -> target.startsWith("socket:["))
                    .map(target -> target.substring("socket:[".length(), target.length() - 1))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return ""; // closed in the meantime
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
