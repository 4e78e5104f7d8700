package io.dinrail.demo.labeller.internal;

import java.time.Duration;

/** The physics: a glue pot that swings around its temperature, and labels that are counted while the machine runs. For one thread. */
final class LabellerProcess {
    static final double LOWEST_SPEED = 0;
    static final double HIGHEST_SPEED = 600;

    private static final double GLUE_WARM = 162;
    private static final double GLUE_COLD = 140;
    private static final double GLUE_SECONDS = 20;
    private static final double WAVE_SECONDS = 11;

    private double time;
    private double temperature = 158;
    private double labels;
    private double speed = 240;
    private boolean running = true;

    /** Lets time pass. */
    void step(Duration passed) {
        double seconds = passed.toNanos() / 1e9;
        time += seconds;
        double target = (running ? GLUE_WARM : GLUE_COLD) + 1.5 * Math.sin(2 * Math.PI * time / WAVE_SECONDS);
        temperature = target + (temperature - target) * Math.exp(-seconds / GLUE_SECONDS);
        labels += running ? seconds * speed / 60 : 0;
    }

    /** @return the glue's temperature in °C. */
    double temperature() {
        return temperature;
    }

    /** @return the labels stuck since the start; starts again at 2³². */
    long labels() {
        return (long) labels & 0xFFFF_FFFFL;
    }

    /** @return labels a minute while running. */
    double speed() {
        return speed;
    }

    boolean running() {
        return running;
    }

    /** Takes a new speed, limited to what the machine can do; what is no number changes nothing. */
    void speed(double wanted) {
        if (!Double.isNaN(wanted)) {
            speed = Math.max(LOWEST_SPEED, Math.min(HIGHEST_SPEED, wanted));
        }
    }

    void running(boolean wanted) {
        running = wanted;
    }
}
