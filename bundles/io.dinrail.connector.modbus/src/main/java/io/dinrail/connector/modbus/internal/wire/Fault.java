package io.dinrail.connector.modbus.internal.wire;

import java.util.Locale;

/** In which way an answer was wrong; the name in lower case stands in the counters. */
public enum Fault {
    /** It belongs to no request of ours. */
    TRANSACTION,
    /** Its header is not Modbus. */
    PROTOCOL,
    /** It announces a length that no answer to the request has. */
    LENGTH,
    /** Another unit answered. */
    UNIT,
    /** It answers another function. */
    FUNCTION,
    /** Its byte count is not the number of its bytes. */
    BYTE_COUNT,
    /** It holds another number of registers or bits than were asked for. */
    REGISTER_COUNT,
    /** It confirms another write than was asked for. */
    ECHO,
    /** Its checksum is wrong. */
    CRC,
    /** It began and didn't end. */
    TRUNCATED,
    /** The connection was closed instead. */
    CLOSED,
    /** Something came that nobody had asked for. */
    UNASKED;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
