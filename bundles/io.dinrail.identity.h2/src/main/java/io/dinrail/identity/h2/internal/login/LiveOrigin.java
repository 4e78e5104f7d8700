package io.dinrail.identity.h2.internal.login;

import io.dinrail.identity.api.AccessListener;
import io.dinrail.identity.h2.internal.audit.Trail;
import io.dinrail.identity.h2.internal.rules.Grant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * How an access came to be, and whom to ask when something changes.
 *
 * @param address where from.
 * @param listener hears what becomes of it.
 * @param grants finds what somebody is granted now.
 * @param anothers tells whether a client id is the name of another credential.
 * @param again proves once more, without the secret.
 * @param trail hears what is denied.
 */
record LiveOrigin(
        String address,
        AccessListener listener,
        Function<Proof.Proven, Optional<Grant>> grants,
        Predicate<String> anothers,
        Supplier<Proof> again,
        Trail trail) {}
