/**
 * The packets of MQTT 3.1, 3.1.1 and 5.0, and their bytes in both directions.
 *
 * <p>A {@link io.dinrail.broker.internal.protocol.Decoder} and an {@link io.dinrail.broker.internal.protocol.Encoder}
 * belong to one connection and are called from one thread at a time; every packet is immutable. Only a
 * {@link io.dinrail.broker.internal.protocol.Publish} holds memory that is counted: whoever gets it from the decoder
 * releases it once.
 */
@NullMarked
package io.dinrail.broker.internal.protocol;

import org.jspecify.annotations.NullMarked;
