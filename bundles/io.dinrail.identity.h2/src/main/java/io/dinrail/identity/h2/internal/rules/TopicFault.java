package io.dinrail.identity.h2.internal.rules;

/** Why a text is no topic or filter; scanning answers with {@link #code}, which no number of levels equals. */
enum TopicFault {
    EMPTY("it is empty"),
    LONG("it is longer than " + TopicText.MOST_BYTES + " bytes"),
    DEEP("it has more than " + TopicText.MOST_LEVELS + " levels"),
    CONTROL("it holds a control character"),
    WILDCARD("+ and # stand for whole levels of filters only, # for the last"),
    SURROGATE("it holds half a character"),
    SHARED("$share/group/ is taken off before rules are asked");

    final String sentence;
    final int code = -1 - ordinal();

    TopicFault(String sentence) {
        this.sentence = sentence;
    }

    static TopicFault of(int code) {
        return values()[-1 - code];
    }
}
