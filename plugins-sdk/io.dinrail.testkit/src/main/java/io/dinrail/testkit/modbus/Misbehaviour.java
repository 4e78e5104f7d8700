package io.dinrail.testkit.modbus;

/** What a slave can do wrong with one request. */
public enum Misbehaviour {
    /** Nothing. */
    NONE,
    /** Answers under a transaction that nobody asked for; without transactions, with a wrong checksum. */
    WRONG_TRANSACTION,
    /** Its header is of another protocol; without a header, the checksum is wrong. */
    WRONG_PROTOCOL,
    /** Announces more than it sends. */
    LENGTH_TOO_LONG,
    /** Announces a length that no answer can have. */
    LENGTH_OF_NOTHING,
    /** Answers as another unit. */
    WRONG_UNIT,
    /** Answers another function. */
    WRONG_FUNCTION,
    /** Announces another number of bytes of data than it sends. */
    WRONG_BYTE_COUNT,
    /** Sends fewer registers than were asked for, and says so. */
    FEWER_REGISTERS,
    /** Sends more registers than were asked for, and says so. */
    MORE_REGISTERS,
    /** Confirms another write than was asked for, and reads as nothing. */
    WRONG_ECHO,
    /** Sends text. */
    GARBAGE,
    /** Sends half of the answer and is silent. */
    TRUNCATED,
    /** Sends half of the answer and closes the connection. */
    TRUNCATED_AND_CLOSED,
    /** Is silent. */
    SILENT,
    /** Closes the connection. */
    CLOSED,
    /** Answers, but only after the lateness that was set. */
    LATE,
    /** Answers twice. */
    TWICE,
    /** Answers the request before this one once more, and not this one. */
    ANSWERS_ANOTHER,
    /** Answers, and then sends without end what nobody asked for until the connection is closed. */
    FLOODS,
    /** Refuses with exception 01. */
    ILLEGAL_FUNCTION,
    /** Refuses with exception 02. */
    ILLEGAL_ADDRESS,
    /** Refuses with exception 04. */
    DEVICE_FAILURE,
    /** Refuses with exception 06. */
    BUSY,
    /** Refuses with exception 11, as a gateway for a unit that it can't reach. */
    UNREACHABLE
}
