package io.dinrail.identity.h2.internal.rules;

import io.dinrail.identity.api.Finding;
import io.dinrail.identity.h2.internal.text.PlainText;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with one document, not more than anybody reads. For one thread. */
final class Findings {
    private static final int MOST = 100;

    private final List<Finding> found = new ArrayList<>();
    private boolean errors;

    void error(String place, String message) {
        errors = true;
        add(new Finding(true, PlainText.of(place), PlainText.of(message)));
    }

    void warning(String place, String message) {
        add(new Finding(false, PlainText.of(place), PlainText.of(message)));
    }

    boolean hasErrors() {
        return errors;
    }

    List<Finding> all() {
        return List.copyOf(found);
    }

    /** A late error takes an early warning's place, so that whoever looks for errors finds one. */
    private void add(Finding finding) {
        if (found.size() < MOST) {
            found.add(finding);
        } else if (finding.error() && found.stream().noneMatch(Finding::error)) {
            found.set(MOST - 1, finding);
        }
    }
}
