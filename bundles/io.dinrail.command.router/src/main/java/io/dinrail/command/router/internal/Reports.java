package io.dinrail.command.router.internal;

import io.dinrail.command.api.CommandState;

/** Takes what is heard of a command. */
interface Reports {
    void reached(Order order, CommandState state, String result);

    void unreachable(Order order);
}
