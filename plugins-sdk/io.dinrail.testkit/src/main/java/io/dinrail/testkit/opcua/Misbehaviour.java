package io.dinrail.testkit.opcua;

/** What a server can do wrong with one answer. What makes no sense with an answer, or can't be done since it is encrypted, is left undone. */
public enum Misbehaviour {
    /** Nothing. */
    NONE,
    /** Is silent. */
    SILENT,
    /** Closes the connection. */
    CLOSED,
    /** Sends half of the answer and is silent. */
    TRUNCATED,
    /** Sends half of the answer and closes the connection. */
    TRUNCATED_AND_CLOSED,
    /** Answers, but only after the lateness that was set, and says nothing else meanwhile. */
    LATE,
    /** Answers twice. */
    TWICE,
    /** Answers, and then says the same without end until the connection is closed. */
    FLOODS,
    /** Sends text. */
    GARBAGE,
    /** Sends a message of a type that there isn't. */
    UNKNOWN_TYPE,
    /** Announces four bytes more than it sends. */
    SIZE_TOO_LONG,
    /** Announces two gigabytes. */
    SIZE_ABSURD,
    /** Announces a size that no message can have. */
    SIZE_OF_NOTHING,
    /** Sends chunk after chunk of one message until the connection is closed. */
    NEVER_ENDS,
    /** Sends the beginning and takes it back. */
    ABORTED,
    /** Answers in a secure channel that nobody opened. */
    WRONG_CHANNEL,
    /** Counts its chunks wrongly. */
    WRONG_SEQUENCE,
    /** Answers a request that nobody made. */
    UNKNOWN_REQUEST,
    /** Answers under the number of this request, and says inside that it answers another. */
    WRONG_HANDLE,
    /** Says once more what it answered last to the same service on this connection, under the number of this request. */
    ANSWERS_ANOTHER,
    /** Answers as another service. */
    WRONG_SERVICE,
    /** Leaves out the last result of a list. */
    FEWER_RESULTS,
    /** Puts an empty result in front of a list. */
    MORE_RESULTS,
    /** Has no list of results. */
    NO_RESULTS,
    /** Announces two thousand million results. */
    COUNT_ABSURD,
    /** Refuses with Bad_SessionIdInvalid. */
    FORGETS_SESSION,
    /** Refuses with Bad_TooManyOperations. */
    BUSY,
    /** Refuses with Bad_ServiceUnsupported. */
    UNSUPPORTED,
    /** Makes a subscription that publishes every 0 ms. */
    ABSURDLY_OFTEN,
    /** Makes a subscription that publishes once in longer than the universe is old. */
    ABSURDLY_SELDOM,
    /** Numbers a published message as if five thousand before it were lost. */
    JUMPS_AHEAD,
    /** Publishes for a subscription that nobody made. */
    ANOTHER_SUBSCRIPTION
}
