package io.dinrail.southbound.internal;

import io.dinrail.connector.api.TagSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings an instance's tags file onto its board, and notices when the file is saved. */
final class TagLoader {
    private static final Logger LOG = LoggerFactory.getLogger(TagLoader.class);

    private final Path etc;
    private final InstanceContext context;
    private final TagClaims claims;
    private volatile @Nullable WatchedFile file;

    TagLoader(Path etc, InstanceContext context, TagClaims claims) {
        this.etc = etc.toAbsolutePath().normalize();
        this.context = context;
        this.claims = claims;
    }

    /**
     * Notes whose tags these will be, before the connector is there that can read the file: commands to those devices are ours already. For the host's
     * thread.
     */
    void foresee(CfgSource cfg) {
        Path path = file(cfg);
        try {
            context.board().foresee(TagTable.devices(TagText.read(path, Shown.below(etc, path))));
        } catch (TagsFileException e) {
            LOG.debug("nothing is foreseen: {}", e.getMessage());
        }
    }

    /** @return the tags file of a configuration. */
    Path file(CfgSource cfg) {
        return file(Optional.ofNullable(cfg.values().get("tags")));
    }

    private Path file(Optional<String> setting) {
        return etc.resolve(setting.filter(name -> !name.isBlank()).orElse("tags/" + context.name() + ".csv"))
                .normalize();
    }

    /** Reads the file and serves what stands there; for the instance's thread. */
    void load(ConnectorMaker.Made made) {
        Path path = file(made.settings().tags());
        watched(path).reading();
        TagSet set = read(path, made);
        HostSettings settings = made.settings();
        context.board().configure(set.specs(), new TagLimits(settings.staleAfter(), settings.maxSilence(), false));
        claims.keepOnly(context.name(), set.specs().stream().map(TagSpec::id).toList());
        made.session().use(context.board().all());
        context.problems().tags(set.problems());
    }

    boolean changed() {
        WatchedFile now = file;
        return now != null && now.changed();
    }

    /** Serves no tag any more. */
    void forget() {
        context.board().configure(List.of(), new TagLimits(Optional.empty(), Duration.ZERO, false));
        claims.keepOnly(context.name(), List.of());
    }

    private WatchedFile watched(Path path) {
        WatchedFile now = file;
        if (now == null || !now.path().equals(path)) {
            now = new WatchedFile(path);
            file = now;
        }
        return now;
    }

    private TagSet read(Path path, ConnectorMaker.Made made) {
        String shown = Shown.below(etc, path);
        List<TagSpec> before =
                context.board().all().stream().map(TagState::spec).toList();
        TagSet.Check check = spec -> {
            claims.claim(spec.id(), context.name());
            made.session().check(spec);
        };
        try {
            TagTable table = TagTable.parse(shown, TagText.read(path, shown), made.columns());
            return TagSet.of(shown, table, made.settings().pollClasses(), before, check);
        } catch (TagsFileException e) {
            return TagSet.kept(String.valueOf(e.getMessage()), before, check);
        }
    }
}
