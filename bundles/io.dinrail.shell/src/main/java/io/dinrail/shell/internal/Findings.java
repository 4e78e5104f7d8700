package io.dinrail.shell.internal;

import io.dinrail.identity.api.Finding;
import java.util.List;

/** What is to be said about a document, a line each. */
final class Findings {
    private Findings() {}

    static void print(List<Finding> findings, Call call) {
        findings.forEach(finding -> call.out().println(line(finding)));
    }

    static String line(Finding finding) {
        return (finding.error() ? "error" : "warning") + " at " + finding.place() + ": " + finding.message();
    }
}
