/**
 * Trials: what the engine promises, shown over real sockets while it is killed, its disk fills, its clients fight for a client id and its neighbours
 * misbehave. {@code -Dtrial.rounds=100} (kills), {@code -Dtrial.steps=1000000} (random schedules), {@code -Dtrial.wills=10000}, {@code
 * -Dtrial.takeovers} and {@code -Dtrial.arrivals} make them as long as the nightly ones, {@code -Dtrial.seed=N} repeats one.
 */
package io.dinrail.broker.internal.trial;
