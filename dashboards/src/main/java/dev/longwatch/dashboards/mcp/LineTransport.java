// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpServerSession;
import io.modelcontextprotocol.spec.McpServerTransport;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

/**
 * MCP's stdio transport for one client: each message is one line of JSON. A line that is none is answered with an error and
 * does no other harm, and a request can be cancelled; the SDK's own transport ends at the one and knows nothing of the other.
 */
final class LineTransport implements McpServerTransportProvider, McpServerTransport {

    /** More than any question has; as much as a body of the REST API. */
    static final int LARGEST = 1 << 20;

    static final McpJsonMapper JSON = new JacksonMcpJsonMapper(JsonMapper.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build());

    private static final Logger LOG = LoggerFactory.getLogger(LineTransport.class);
    private static final String CANCELLED = "notifications/cancelled";

    private final InputStream in;
    private final OutputStream out;
    private final Map<Object, Disposable> underWay = new ConcurrentHashMap<>();
    private @Nullable McpServerSession session;

    LineTransport(InputStream in, OutputStream out) {
        this.in = new BufferedInputStream(in);
        this.out = out;
    }

    @Override
    public void setSessionFactory(McpServerSession.Factory factory) {
        session = factory.create(this);
    }

    /** Takes in messages until there are no more; what was asked may still be under way then. */
    void receiveAll() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next;
        do {
            next = in.read();
            if (next >= 0 && next != '\n') {
                if (line.size() <= LARGEST) {
                    line.write(next);
                }
            } else if (line.size() > LARGEST) {
                refuse(ErrorCodes.INVALID_REQUEST, "expected a message of at most " + LARGEST + " bytes");
                line.reset();
            } else {
                String text = line.toString(UTF_8);
                line.reset();
                if (!text.isBlank()) {
                    receive(text);
                }
            }
        } while (next >= 0);
    }

    private void receive(String line) {
        JSONRPCMessage message;
        try {
            message = McpSchema.deserializeJsonRpcMessage(JSON, line);
        } catch (JsonProcessingException e) {
            refuse(ErrorCodes.PARSE_ERROR, "expected one JSON object a line, found something else");
            return;
        } catch (IOException | IllegalArgumentException e) {
            refuse(ErrorCodes.INVALID_REQUEST, "expected a message of JSON-RPC 2.0, found another object");
            return;
        }
        if (message instanceof JSONRPCRequest request) {
            begin(request);
        } else if (message instanceof JSONRPCNotification notification
                && notification.method().equals(CANCELLED)) {
            cancel(notification);
        } else {
            handled(message)
                    .subscribe(done -> {}, problem -> LOG.warn("a message was not taken in: {}", problem, problem));
        }
    }

    private void begin(JSONRPCRequest request) {
        Disposable.Swap answering = Disposables.swap();
        underWay.put(request.id(), answering);
        answering.update(handled(request)
                .doFinally(end -> underWay.remove(request.id(), answering))
                .subscribe(
                        done -> {},
                        problem -> LOG.warn("{} was not answered: {}", request.method(), problem, problem)));
    }

    /** There will be no answer. One that was given already crosses the cancellation, and nothing is left to do. */
    private void cancel(JSONRPCNotification notification) {
        Object id = notification.params() instanceof Map<?, ?> params ? params.get("requestId") : null;
        Disposable answering = id == null ? null : underWay.get(id);
        if (answering != null) {
            answering.dispose();
        }
    }

    private Mono<Void> handled(JSONRPCMessage message) {
        return session == null ? Mono.empty() : session.handle(message);
    }

    /** Nobody knows which request it was: the answer's id is null, as JSON-RPC wants it. */
    private void refuse(int code, String why) {
        ObjectNode answer = new ObjectMapper().createObjectNode().put("jsonrpc", McpSchema.JSONRPC_VERSION);
        answer.putNull("id").putObject("error").put("code", code).put("message", why);
        write(answer);
    }

    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message) {
        return Mono.fromRunnable(() -> write(message));
    }

    private void write(Object message) {
        try {
            byte[] line = (JSON.writeValueAsString(message) + "\n").getBytes(UTF_8);
            synchronized (out) {
                out.write(line);
                out.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
        return JSON.convertValue(data, type);
    }

    @Override
    public Mono<Void> notifyClients(String method, Object params) {
        return session == null ? Mono.empty() : session.sendNotification(method, params);
    }

    @Override
    public Mono<Void> closeGracefully() {
        // the streams are their owner's
        return Mono.empty();
    }

    @Override
    public void close() {
        // likewise
    }

    @Override
    public List<String> protocolVersions() {
        return McpServerTransport.super.protocolVersions();
    }
}
