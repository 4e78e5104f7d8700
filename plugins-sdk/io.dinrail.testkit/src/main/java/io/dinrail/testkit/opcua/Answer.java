package io.dinrail.testkit.opcua;

/**
 * What a server is about to say.
 *
 * @param service what it answers.
 * @param request the number of the request, by which the client knows it; 0 where there is none.
 * @param size in bytes, over all chunks.
 */
public record Answer(Service service, long request, int size) {}
