package io.dinrail.connector.opcua.internal;

import io.dinrail.connector.opcua.internal.Ledger.Gap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadResult;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadRawModifiedDetails;

/** Some gaps that are filled together, answer by answer, until the server has no more of any. For one thread at a time. */
final class HistoryBatch {
    private static final int VALUES_PER_ANSWER = 500;
    /** Ends with a server that always has more. */
    private static final int MOST_ANSWERS = 400;

    private record Part(Gap gap, ByteString next) {}

    private final Instant from;
    private final Instant to;
    private List<Part> parts = new ArrayList<>();
    private int answers;

    HistoryBatch(List<Gap> gaps) {
        from = gaps.stream().map(Gap::from).min(Instant::compareTo).orElse(Instant.EPOCH);
        to = gaps.stream().map(Gap::to).max(Instant::compareTo).orElse(Instant.EPOCH);
        gaps.forEach(gap -> parts.add(new Part(gap, ByteString.NULL_VALUE)));
    }

    boolean isDone() {
        return parts.isEmpty();
    }

    void giveUp() {
        parts = List.of();
    }

    /** @return what isn't filled yet. */
    List<Gap> rest() {
        return parts.stream().map(Part::gap).toList();
    }

    HistoryReadRequest request(Client client) {
        return new HistoryReadRequest(
                client.header(),
                ExtensionObject.encode(
                        client.getStaticEncodingContext(),
                        new ReadRawModifiedDetails(
                                false, new DateTime(from), new DateTime(to), Unsigned.uint(VALUES_PER_ANSWER), false)),
                TimestampsToReturn.Both,
                false,
                parts.stream()
                        .map(part ->
                                new HistoryReadValueId(part.gap.item().node, null, QualifiedName.NULL_VALUE, part.next))
                        .toArray(HistoryReadValueId[]::new));
    }

    /**
     * Takes an answer.
     *
     * @param take takes one result, and answers what is left of its gap.
     */
    void answered(HistoryReadResult[] results, BiFunction<Gap, HistoryReadResult, Gap> take) {
        List<Part> more = new ArrayList<>();
        for (int i = 0; i < Math.min(results.length, parts.size()); i++) {
            Gap left = take.apply(parts.get(i).gap, results[i]);
            ByteString next = results[i].getContinuationPoint();
            if (next != null
                    && !next.isNullOrEmpty()
                    && results[i].getStatusCode().isGood()) {
                more.add(new Part(left, next));
            }
        }
        parts = ++answers < MOST_ANSWERS ? more : List.of();
    }
}
