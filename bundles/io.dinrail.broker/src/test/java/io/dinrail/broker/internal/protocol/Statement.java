package io.dinrail.broker.internal.protocol;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the normative statements of a standard that a test shows. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(Statement.All.class)
public @interface Statement {
    /**
     * Which standard.
     *
     * @return the protocol level: 4 for 3.1.1, 5 for 5.0.
     */
    int version();

    /**
     * Which statements, as that standard writes them.
     *
     * @return numbers such as MQTT-3.1.0-1.
     */
    String[] value();

    /** Holds the statements of a test that shows some of both standards. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @interface All {
        /**
         * Holds them.
         *
         * @return the statements.
         */
        Statement[] value();
    }
}
