package io.dinrail.demo.filler.internal;

import java.time.Duration;

/** The physics: a temperature that follows its setpoint, a pressure that follows the temperature, a motor that fills bottles. Safe for two threads. */
final class FillerProcess {
    static final float LOWEST_SETPOINT = 0;
    static final float HIGHEST_SETPOINT = 120;

    private static final double TEMPERATURE_SECONDS = 8;
    private static final double MOTOR_SECONDS = 2;
    private static final double FULL_SPEED = 1200;
    private static final double BOTTLES_PER_SECOND = 2;
    private static final double WAVE_SECONDS = 7;

    private double time;
    private double temperature = 62;
    private double pressure = pressureAt(62);
    private double speed = FULL_SPEED;
    private double bottles;
    private float setpoint = 85;
    private boolean running = true;

    /**
     * What the sensors say.
     *
     * @param temperature in °C.
     * @param pressure in bar.
     * @param speed in revolutions a minute.
     * @param bottles filled since the start; starts again at 2³².
     * @param setpoint of the temperature, in °C.
     * @param running whether the motor is on.
     */
    record State(float temperature, float pressure, int speed, long bottles, float setpoint, boolean running) {}

    synchronized State state() {
        long counted = (long) bottles & 0xFFFF_FFFFL;
        return new State((float) temperature, (float) pressure, (int) Math.round(speed), counted, setpoint, running);
    }

    /** Lets time pass. */
    synchronized void step(Duration passed) {
        double seconds = passed.toNanos() / 1e9;
        time += seconds;
        double wave = Math.sin(2 * Math.PI * time / WAVE_SECONDS);
        temperature = follow(temperature, setpoint + 0.5 * wave, seconds, TEMPERATURE_SECONDS);
        pressure = pressureAt(temperature) + 0.02 * wave;
        speed = follow(speed, running ? FULL_SPEED + 8 * wave : 0, seconds, MOTOR_SECONDS);
        bottles += seconds * BOTTLES_PER_SECOND * speed / FULL_SPEED;
    }

    /** Takes a new setpoint, limited to what the plant allows; what is no number changes nothing. */
    synchronized void setpoint(float wanted) {
        if (!Float.isNaN(wanted)) {
            setpoint = Math.max(LOWEST_SETPOINT, Math.min(HIGHEST_SETPOINT, wanted));
        }
    }

    synchronized void running(boolean wanted) {
        running = wanted;
    }

    private static double follow(double value, double target, double seconds, double constant) {
        return target + (value - target) * Math.exp(-seconds / constant);
    }

    private static double pressureAt(double temperature) {
        return 1.2 + 0.015 * temperature;
    }
}
