package io.dinrail.identity.h2.internal.audit;

import io.dinrail.identity.api.Actor;
import io.dinrail.identity.api.IdentityException;
import io.dinrail.identity.api.MasterKeys;
import io.dinrail.identity.h2.internal.secrets.MasterVault;
import java.nio.file.Path;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Leaves a trace of what is done with the master key. */
@Component(immediate = true)
public final class AuditedMasterKeys implements MasterKeys {
    private final MasterVault vault;
    private final Trail trail;

    @Activate
    public AuditedMasterKeys(@Reference MasterVault vault, @Reference Trail trail) {
        this.vault = vault;
        this.trail = trail;
    }

    @Override
    public String source() {
        return vault.source();
    }

    @Override
    public void rotate(Actor by) throws IdentityException {
        String place = vault.rotate();
        trail.changed(by, "master-key.rotated", place, "");
    }

    @Override
    public void backUp(Actor by, Path file) throws IdentityException {
        vault.backUp(file);
        trail.changed(by, "data.backed-up", file.toString(), "");
    }
}
