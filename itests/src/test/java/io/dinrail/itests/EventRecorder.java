package io.dinrail.itests;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventHandler;

/** A foreign bundle that writes every event of the bus down: what any plugin could see. */
public final class EventRecorder implements BundleActivator, EventHandler {
    private static final String FILE = "events-seen";
    private Path file = Path.of(FILE);

    /** Installs it in a running platform; its file lies in the data folder. */
    static void install(Platform platform) throws IOException {
        Path jar = platform.data().resolve("event-recorder.jar");
        Manifest manifest = new Manifest();
        Map.of(
                        "Manifest-Version", "1.0",
                        "Bundle-ManifestVersion", "2",
                        "Bundle-SymbolicName", "io.dinrail.itests.events",
                        "Bundle-Version", "1.0.0",
                        "Bundle-Activator", EventRecorder.class.getName(),
                        "Import-Package", "org.osgi.framework,org.osgi.service.event")
                .forEach((name, value) -> manifest.getMainAttributes().put(new Attributes.Name(name), value));
        String entry = EventRecorder.class.getName().replace('.', '/') + ".class";
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream packed = new JarOutputStream(out, manifest);
                InputStream compiled = EventRecorder.class.getResourceAsStream("/" + entry)) {
            packed.putNextEntry(new JarEntry(entry));
            compiled.transferTo(packed);
        }
        platform.ask("bundle:install -s " + jar.toUri());
    }

    @Override
    public void start(BundleContext context) {
        file = Path.of(context.getProperty("dinrail.data"), FILE);
        Hashtable<String, Object> everything = new Hashtable<>();
        everything.put("event.topics", new String[] {"*"});
        context.registerService(EventHandler.class, this, everything);
    }

    @Override
    public void stop(BundleContext context) {
        // the framework takes the handler back
    }

    @Override
    public synchronized void handleEvent(Event event) {
        List<String> said = Arrays.stream(event.getPropertyNames())
                .map(name -> name + "=" + event.getProperty(name))
                .toList();
        try {
            Files.writeString(
                    file, event.getTopic() + " " + said + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
