package io.dinrail.southbound.internal;

import java.util.List;

/** A configuration can't be used; each problem is one sentence that names file, line and key. */
final class CfgRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    CfgRefused(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    List<String> problems() {
        return problems;
    }
}
