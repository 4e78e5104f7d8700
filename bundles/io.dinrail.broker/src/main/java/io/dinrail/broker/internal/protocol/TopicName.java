package io.dinrail.broker.internal.protocol;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** The name of a topic with its bytes, so that forwarding need not encode it again; empty when an alias stands for it. */
public final class TopicName {
    /** No name: the packet has a topic alias. */
    public static final TopicName NONE = new TopicName("", new byte[0]);

    private final String text;
    private final byte[] utf8;

    TopicName(String text, byte[] utf8) {
        this.text = text;
        this.utf8 = utf8;
    }

    /**
     * Takes a topic name of our own.
     *
     * @param text the name.
     * @return the name with its bytes.
     * @throws IllegalArgumentException if it is empty, has a wildcard, or can't be encoded.
     */
    public static TopicName of(String text) {
        if (text.isEmpty() || text.indexOf('+') >= 0 || text.indexOf('#') >= 0) {
            throw new IllegalArgumentException("no topic name: it is empty or has a wildcard");
        }
        return new TopicName(text, Utf8.encode(text));
    }

    /**
     * Gives the name.
     *
     * @return the name, without wildcards.
     */
    public String text() {
        return text;
    }

    /**
     * Gives the length in the packet.
     *
     * @return bytes of UTF-8.
     */
    public int bytes() {
        return utf8.length;
    }

    /**
     * Says whether an alias stands for the name.
     *
     * @return true if there is no name.
     */
    public boolean isEmpty() {
        return utf8.length == 0;
    }

    /**
     * Gives the length of its first level.
     *
     * @return bytes before the first slash, or all of them.
     */
    public int firstLevel() {
        int at = 0;
        while (at < utf8.length && utf8[at] != '/') {
            at++;
        }
        return at;
    }

    /**
     * Gives a hash of its beginning.
     *
     * @param length of it in bytes.
     * @return the same for the same bytes.
     */
    public int hash(int length) {
        int hash = length;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + utf8[i];
        }
        return hash ^ hash >>> 16;
    }

    /**
     * Compares the beginnings of two names.
     *
     * @param other one that has as many bytes.
     * @param length of the beginning in bytes.
     * @return whether they are the same.
     */
    public boolean beginsAs(TopicName other, int length) {
        return Arrays.equals(utf8, 0, length, other.utf8, 0, length);
    }

    boolean isWrittenAs(byte[] bytes, int length) {
        return Arrays.equals(utf8, 0, utf8.length, bytes, 0, length);
    }

    void write(ByteBuf out) {
        out.writeShort(utf8.length);
        out.writeBytes(utf8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TopicName name && text.equals(name.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
