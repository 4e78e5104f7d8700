package io.dinrail.broker.internal.protocol;

/** Whether a subscription gets retained messages at once, in the order of their numbers. */
public enum RetainHandling {
    SEND,
    SEND_IF_NEW,
    DO_NOT_SEND;

    private static final RetainHandling[] ALL = values();

    static RetainHandling of(int number) {
        return ALL[number];
    }
}
