/**
 * What survives: an append-only log in segments, and above it the messages, queues, sessions and retained messages.
 *
 * <p><b>Segment</b> {@code <16 hex digits>.log}: a header of two copies [magic 8, id 8, salt 8, first sequence 8, crc 4, zero 4], then frames
 * [mark 4, crc32c 4, length 4, sequence 8, forced 8, body]. Mark and checksum depend on the salt, which no publisher knows, so a payload can't pass for
 * a frame. One batch is one frame: it is there whole or not at all. {@code forced} is the last sequence known to be on stable storage when the frame was
 * appended: it tells a tear (behind it, cut off) from damage (up to it, set aside in {@code damaged/}, the rest served). A frame without a body follows
 * each group when the log falls idle, so that this holds for the last group too. A segment is forced before the next one is begun, and a start that
 * finds the last only begun begins it anew, so that this stays known.
 *
 * <p><b>Records</b> in a body, each [kind 1, length varint, fields]:
 *
 * <pre>
 * kind      fields                                  dies when
 * COUNTERS  next message, next session              the next segment begins (each begins with one: ids are never used again)
 * MESSAGE   id, crc32c, content                     no queue and no topic refers to it
 * ENQUEUE   session, order, message, options        removed, or its session ended
 * REMOVE    session, order                          a later QUEUE says the same
 * MARK      session, order, value                   likewise
 * RECEIVED  session, packet id                      likewise
 * RELEASED  session, packet id                      likewise
 * SESSION   number, client, data                    a later SESSION of that number, or its END
 * QUEUE     session, next, gaps, marks, received    a later QUEUE of that session, or its END
 * END       session, born in segment                no segment up to the one it was born in is left
 * RETAIN    topic, message                          a later RETAIN or CLEAR of that topic
 * CLEAR     topic, born in segment                  as END
 * </pre>
 *
 * <p><b>Compaction</b> copies what lives in a segment to the head of the log, judged and appended under one lock, so that a copy never follows what
 * killed it; instead of REMOVE and its like it writes one QUEUE. A segment is deleted once its copies are forced. Recovery and commits apply frames
 * with the same code: memory is always what a restart would find.
 *
 * <p><b>Failure of the disk</b>: what was appended stays in memory (bounded) and is written again, from the last force on, until it succeeds; nothing is
 * acknowledged meanwhile, and batches that bring messages are refused.
 *
 * <p><b>Threads</b>: {@code dinrail-broker-log} writes, forces and tells receipts; {@code dinrail-broker-compaction} compacts.
 */
@NullMarked
package io.dinrail.broker.internal.store;

import org.jspecify.annotations.NullMarked;
