package io.dinrail.southbound.internal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What of one instance's configuration is refused; each problem is logged once, when it comes up. Safe for use by many threads. */
final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private static final int MOST = 200;

    private final String name;
    private List<String> settings = List.of();
    private List<String> tags = List.of();
    private List<String> others = List.of();

    Problems(String name) {
        this.name = name;
    }

    synchronized void settings(List<String> now) {
        settings = told(settings, now);
    }

    synchronized void tags(List<String> now) {
        tags = told(tags, now);
    }

    /** Configurations that want the same name. */
    synchronized void others(List<String> now) {
        others = told(others, now);
    }

    synchronized List<String> all() {
        List<String> all = new ArrayList<>(settings);
        all.addAll(tags);
        all.addAll(others);
        return all;
    }

    private List<String> told(List<String> before, List<String> now) {
        Set<String> known = new HashSet<>(before);
        List<String> shown = new ArrayList<>(now.subList(0, Math.min(now.size(), MOST)));
        if (now.size() > MOST) {
            shown.add("and " + (now.size() - MOST) + " more");
        }
        shown.stream()
                .filter(problem -> !known.contains(problem))
                .forEach(problem -> LOG.error("{}: {}", name, problem));
        return List.copyOf(shown);
    }
}
