package io.dinrail.itests;

import java.util.Set;
import java.util.TreeSet;

/** What Karaf's log says about the bundles that an installation or removal touched. */
final class Deployments {
    private Deployments() {}

    /** @return the symbolic names under "Stopping bundles" and "Refreshing bundles". */
    static Set<String> touched(String log) {
        Set<String> names = new TreeSet<>();
        boolean touching = false;
        for (String line : log.lines().toList()) {
            String text = line.substring(line.indexOf(" - ") + 3);
            if (text.startsWith("  ")) {
                if (touching) {
                    names.add(text.strip().split("[/ ]")[0]);
                }
            } else {
                touching = text.startsWith("Stopping bundles") || text.startsWith("Refreshing bundles");
            }
        }
        return names;
    }
}
