/**
 * The engine as other people's clients see it: the HiveMQ client and Paho, both for MQTT 3.1.1 and 5, and {@code mosquitto_pub}, {@code mosquitto_sub} and
 * {@code mosquitto_rr} where they are installed. What every one of them can do is tried between all of them.
 */
package io.dinrail.broker.internal.clients;
