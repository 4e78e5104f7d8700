package io.dinrail.identity.h2.internal.keys;

import io.dinrail.identity.api.Action;
import io.dinrail.identity.api.Decision;
import io.dinrail.identity.h2.internal.rules.ChannelPattern;
import io.dinrail.identity.h2.internal.rules.Rights;
import java.util.Map;

/** What the bearer of a token may do. Only channels: a topic that can't be one is denied, whatever pattern it would match. */
final class ChannelRights implements Rights {
    private final String source;
    private final ChannelPattern[] publish;
    private final ChannelPattern[] command;
    private final ChannelPattern[] subscribe;
    /** The answer to a command is no command. */
    private final String ownAck;

    ChannelRights(
            String source,
            ChannelPattern[] publish,
            ChannelPattern[] command,
            ChannelPattern[] subscribe,
            String ownAck) {
        this.source = source;
        this.publish = publish.clone();
        this.command = command.clone();
        this.subscribe = subscribe.clone();
        this.ownAck = ownAck;
    }

    @Override
    public boolean may(Action action, String topic) {
        return deciding(action, topic) >= 0;
    }

    @Override
    public boolean mayReceive(String topic) {
        return ChannelNames.isChannel(topic) && matching(subscribe, topic) >= 0;
    }

    @Override
    public Decision explain(Action action, String topic) {
        int place = deciding(action, topic);
        if (place >= 0) {
            String kind = action == Action.SUBSCRIBE ? "subscribe " : needsCommand(topic) ? "command " : "publish ";
            return new Decision(true, source + ": " + kind + granted(action, topic)[place], Map.of());
        }
        return new Decision(false, source + ": " + whyNot(action, topic), Map.of());
    }

    private String whyNot(Action action, String topic) {
        if (action == Action.SUBSCRIBE) {
            return ChannelNames.isFilter(topic) ? "no channel covers the filter" : "this is no channel";
        }
        if (!ChannelNames.isChannel(topic)) {
            return "this is no channel";
        }
        return needsCommand(topic) ? "a command channel needs the permission command" : "no channel matches";
    }

    /** The place of the pattern that allows it, -1 if none does. */
    private int deciding(Action action, String topic) {
        return action == Action.SUBSCRIBE
                ? ChannelNames.isFilter(topic) ? covering(topic) : -1
                : ChannelNames.isChannel(topic) ? matching(granted(action, topic), topic) : -1;
    }

    private ChannelPattern[] granted(Action action, String topic) {
        return action == Action.SUBSCRIBE ? subscribe : needsCommand(topic) ? command : publish;
    }

    private boolean needsCommand(String topic) {
        return ChannelNames.isCommand(topic) && !topic.equals(ownAck);
    }

    private static int matching(ChannelPattern[] patterns, String topic) {
        for (int i = 0; i < patterns.length; i++) {
            if (patterns[i].matches(topic)) {
                return i;
            }
        }
        return -1;
    }

    private int covering(String filter) {
        for (int i = 0; i < subscribe.length; i++) {
            if (subscribe[i].coversFilter(filter)) {
                return i;
            }
        }
        return -1;
    }
}
