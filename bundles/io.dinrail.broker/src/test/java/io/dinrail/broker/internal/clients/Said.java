package io.dinrail.broker.internal.clients;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A message as a client gives it or gets it. */
record Said(String topic, String text, int qos, boolean retain) {
    Said(String topic, byte[] payload, int qos, boolean retain) {
        this(topic, new String(payload, UTF_8), qos, retain);
    }

    byte[] payload() {
        return text.getBytes(UTF_8);
    }
}
