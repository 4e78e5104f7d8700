package io.dinrail.broker.internal.trial;

/** A message that a device got. */
record Heard(String topic, String text, int qos, boolean retain, boolean dup) {}
