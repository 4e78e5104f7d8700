package io.dinrail.connector.modbus.internal;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** How a device is reached. */
enum Transport {
    TCP("tcp", 502),
    TLS("tls", 802),
    RTU_OVER_TCP("rtu-over-tcp", 502),
    RTU("rtu", 0);

    private final String word;
    private final int port;

    Transport(String word, int port) {
        this.word = word;
        this.port = port;
    }

    /** @return the TCP port if the configuration names none. */
    int port() {
        return port;
    }

    /** @return whether an answer says to which request it belongs. */
    boolean hasTransactions() {
        return this == TCP || this == TLS;
    }

    static Set<String> words() {
        return Arrays.stream(values()).map(transport -> transport.word).collect(Collectors.toSet());
    }

    static Transport of(String word) {
        return Arrays.stream(values())
                .filter(transport -> transport.word.equals(word))
                .findFirst()
                .orElseThrow();
    }
}
