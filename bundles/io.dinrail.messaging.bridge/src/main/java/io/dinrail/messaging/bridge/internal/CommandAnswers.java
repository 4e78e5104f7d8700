package io.dinrail.messaging.bridge.internal;

import io.dinrail.command.api.CommandWaker;
import io.dinrail.event.api.LossCounter;
import io.dinrail.json.api.JsonException;
import io.dinrail.messaging.api.Message;
import io.dinrail.messaging.api.MessageListener;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears devices' answers to commands on {@code commands/{device}/ack} and passes them to the router. While the router is exchanged 1,000 answers wait; the
 * next are lost and counted. Immediate, so that what waits outlives the broker.
 */
@Component(
        immediate = true,
        service = {MessageListener.class, LossCounter.class},
        property = MessageListener.FILTER + "=commands/+/ack")
public final class CommandAnswers implements MessageListener, LossCounter {
    private static final Logger LOG = LoggerFactory.getLogger(CommandAnswers.class);
    private static final String DROPPED = "commands.answers-dropped";
    private static final int MOST = 1_000;

    private final Slot<CommandWaker> router = new Slot<>();
    private final BlockingQueue<CommandAnswer> waiting = new ArrayBlockingQueue<>(MOST);
    private final LossTally losses;
    private final Worker worker;

    @Activate
    public CommandAnswers() {
        this(Clock.systemUTC());
    }

    CommandAnswers(Clock clock) {
        losses = new LossTally(clock);
        worker = new Worker("dinrail-command-answers", this::passNext);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindRouter(CommandWaker arrived) {
        router.put(arrived);
    }

    void unbindRouter(CommandWaker gone) {
        router.remove(gone);
    }

    @Deactivate
    void stop() {
        worker.stop();
        waiting.forEach(answer -> losses.count(DROPPED));
        long dropped = losses.counts().getOrDefault(DROPPED, 0L);
        if (dropped > 0) {
            LOG.warn("{} answers of devices to commands were lost, because the router was away for too long", dropped);
        }
    }

    @Override
    public void heard(Message message, String sender, Instant at) {
        try {
            CommandAnswer answer = CommandAnswer.of(message);
            if (!waiting.offer(answer) && losses.count(DROPPED)) {
                LOG.warn(
                        "{}: its answer to command {} is lost: {} answers wait for the router; see dinrail:command-list",
                        answer.device(),
                        answer.id(),
                        MOST);
            }
        } catch (JsonException | IllegalArgumentException e) {
            if (losses.count("commands.malformed-answers", sender)) {
                LOG.warn("{}: an answer to a command can't be read ({}); mend the device", sender, e.getMessage());
            }
        }
    }

    @Override
    public Map<String, Long> losses() {
        return losses.counts();
    }

    private void passNext() throws InterruptedException {
        CommandAnswer answer = waiting.take();
        boolean passed = false;
        try {
            router.use(now -> now.answered(answer.device(), answer.id(), answer.state(), answer.result()));
            passed = true;
        } finally {
            if (!passed) {
                losses.count(DROPPED);
            }
        }
    }
}
