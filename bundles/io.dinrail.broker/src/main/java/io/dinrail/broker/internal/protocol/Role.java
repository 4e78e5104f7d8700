package io.dinrail.broker.internal.protocol;

/** Who sent a packet: some may be sent by one side only. */
public enum Role {
    CLIENT,
    SERVER
}
