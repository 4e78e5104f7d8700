package io.dinrail.itests;

import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureConsole;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.doNotModifyLogConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.keepRuntimeFolder;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.TestContainer;
import org.ops4j.pax.exam.karaf.options.libraries.OverrideJUnitBundlesOption;
import org.ops4j.pax.exam.spi.PaxExamRuntime;

/** The distribution, unpacked into a folder of its own and run by Pax Exam. */
public final class ExamPlatform extends Platform {
    private final Path home;
    private final TestContainer container;

    private ExamPlatform(Ports ports, Path folder, TestContainer container) {
        super(ports);
        this.container = container;
        container.start();
        this.home = onlyChild(folder);
    }

    /**
     * @param features the features of the first start, on top of the shell and login.
     */
    public static Plan with(String... features) {
        return new Plan(String.join(",", features));
    }

    /** What an instance starts with. */
    public static final class Plan {
        private final Ports ports = Ports.free();
        private final List<Option> options = new ArrayList<>();

        private Plan(String features) {
            property("dinrail.features", features);
            ports.properties().forEach((name, value) -> property("dinrail." + name, value));
        }

        public Plan property(String name, String value) {
            options.add(editConfigurationFilePut("etc/system.properties", name, value));
            return this;
        }

        /** Starts the instance and waits until it is ready. */
        public Platform start() {
            Path folder = Path.of(
                    System.getProperty("dinrail.exam"), UUID.randomUUID().toString());
            options.add(karafDistributionConfiguration()
                    .frameworkUrl(new File(System.getProperty("dinrail.archive"))
                            .toURI()
                            .toString())
                    .name("dinrail")
                    .unpackDirectory(folder.toFile())
                    .useDeployFolder(false));
            options.add(keepRuntimeFolder());
            options.add(doNotModifyLogConfiguration());
            options.add(configureConsole().ignoreLocalConsole().startRemoteShell());
            options.add(new OverrideJUnitBundlesOption());
            options.add(editConfigurationFilePut(
                    "etc/org.ops4j.pax.url.mvn.cfg",
                    "org.ops4j.pax.url.mvn.defaultRepositories",
                    "${karaf.home.uri}system@id=system@snapshots,"
                            + Path.of(System.getProperty("dinrail.repository")).toUri() + "@id=exam@snapshots"));
            TestContainer container = create();
            ExamPlatform platform = new ExamPlatform(ports, folder, container);
            try {
                return platform.awaitReady();
            } catch (RuntimeException | Error e) {
                platform.close();
                throw e;
            }
        }

        private TestContainer create() {
            try {
                return PaxExamRuntime.createContainer(
                        PaxExamRuntime.createServerSystem(options.toArray(new Option[0])));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static Path onlyChild(Path folder) {
        Path child = folder;
        while (!Files.isDirectory(child.resolve("etc"))) {
            try (Stream<Path> children = Files.list(child)) {
                child = children.filter(Files::isDirectory).findFirst().orElseThrow();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return child;
    }

    @Override
    public Path etc() {
        return home.resolve("etc");
    }

    @Override
    public Path data() {
        return home.resolve("data");
    }

    @Override
    public void close() {
        leaveShell();
        String arguments = arguments();
        container.stop();
        sweep(arguments);
    }
}
