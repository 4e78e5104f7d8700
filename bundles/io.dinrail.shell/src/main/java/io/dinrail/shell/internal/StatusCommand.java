package io.dinrail.shell.internal;

import io.dinrail.identity.api.Role;
import io.dinrail.model.api.TagValue;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.karaf.shell.api.action.Command;

@Needs(Role.VIEWER)
@Command(scope = "dinrail", name = "status", description = "Shows the platform at a glance")
final class StatusCommand extends Query<PlatformStatus> {
    @Override
    PlatformStatus find(Call call) {
        Path data = Path.of(call.services().property("dinrail.data").orElse("data"));
        return PlatformStatus.of(call.services(), Disk.of(data), versions(call.services()));
    }

    @Override
    TagValue json(PlatformStatus status) {
        return StatusJson.of(status);
    }

    @Override
    void print(PlatformStatus status, PrintStream out) {
        StatusText.of(status).forEach(out::println);
    }

    private static Map<String, String> versions(Services services) {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("dinrail", services.version());
        versions.put("karaf", services.property("karaf.version").orElse("unknown"));
        versions.put("java", services.property("java.version").orElse("unknown"));
        return versions;
    }
}
