package io.dinrail.southbound.internal;

import io.dinrail.connector.api.TagSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Brings an instance's tags file onto its board, and notices when the file is saved. */
final class TagLoader {
    private final Path etc;
    private final InstanceContext context;
    private final TagClaims claims;
    private volatile @Nullable WatchedFile file;

    TagLoader(Path etc, InstanceContext context, TagClaims claims) {
        this.etc = etc.toAbsolutePath().normalize();
        this.context = context;
        this.claims = claims;
    }

    /** Reads the file and serves what stands there; for the instance's thread. */
    void load(ConnectorMaker.Made made) {
        Path path = etc.resolve(made.settings().tags().orElse("tags/" + context.name() + ".csv"))
                .normalize();
        watched(path).reading();
        TagSet set = read(path, made);
        HostSettings settings = made.settings();
        context.board()
                .configure(
                        set.specs(),
                        new TagLimits(
                                settings.staleAfter(),
                                settings.maxSilence(),
                                made.session().subscribes()));
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
