package io.dinrail.broker.internal.session;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes a seat for one deed on the house's lane, then passes it on; whoever comes meanwhile waits until the deed is done. */
final class Turn implements Claim {
    private final Broker broker;
    private final Realm realm;
    private final String clientId;
    private final Consumer<Seat> deed;
    private @Nullable Claim next;
    private boolean over;

    Turn(Broker broker, Realm realm, String clientId, Consumer<Seat> deed) {
        this.broker = broker;
        this.realm = realm;
        this.clientId = clientId;
        this.deed = deed;
    }

    @Override
    public void proceed() {
        broker.house().post(this::take);
    }

    private void take() {
        try {
            realm.seat(clientId).ifPresent(deed);
            broker.house().desk().settle(); // the next may be on another lane, and looks into the store
        } finally {
            over = true;
            realm.seat(clientId).ifPresent(seat -> realm.leave(seat, this));
            if (next != null) {
                next.proceed();
            }
        }
    }

    /** May come before its own turn, which comes in any case. */
    @Override
    public void yield(Claim other) {
        broker.house().post(() -> {
            if (over) {
                other.proceed();
            } else {
                next = other;
            }
        });
    }
}
