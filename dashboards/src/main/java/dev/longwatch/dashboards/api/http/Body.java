// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longwatch.dashboards.api.http.HttpProblem.Kind;
import io.javalin.http.Context;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The body of a request: a JSON object of bounded size and depth, or a problem. */
final class Body {

    static final int LARGEST = 1 << 20;

    /** So much of what is too large is still read: who hangs up while the other side writes is not heard. */
    private static final long DRAINED = 32L << 20;

    private static final String READ = "longwatch.body";

    private Body() {}

    /** Its bytes, read once. */
    static byte[] bytes(Context context) {
        byte @Nullable [] read = context.attribute(READ);
        if (read == null) {
            read = read(context);
            context.attribute(READ, read);
        }
        return read;
    }

    static ObjectNode object(Context context) {
        requireJson(context);
        byte[] bytes = bytes(context);
        try {
            JsonNode body = Json.MAPPER.readTree(bytes);
            if (body instanceof ObjectNode object) {
                return object;
            }
            throw new HttpProblem(
                    Kind.UNREADABLE,
                    "expected a JSON object, found "
                            + (body == null || body.isMissingNode()
                                    ? "nothing"
                                    : body.getNodeType().name().toLowerCase(Locale.ROOT)));
        } catch (StreamConstraintsException e) {
            throw new HttpProblem(
                    Kind.UNREADABLE,
                    "expected JSON of no more than " + Json.DEEPEST + " levels, with names and numbers of sane length");
        } catch (JsonProcessingException e) {
            throw new HttpProblem(
                    Kind.UNREADABLE,
                    "expected JSON, found something else at line "
                            + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr());
        } catch (CharConversionException e) {
            throw new HttpProblem(Kind.UNREADABLE, "expected JSON in UTF-8");
        } catch (IOException e) {
            throw new HttpProblem(Kind.UNREADABLE, "expected JSON");
        }
    }

    private static void requireJson(Context context) {
        String type = context.contentType();
        String plain = type == null
                ? ""
                : type.toLowerCase(Locale.ROOT).replace(" ", "").replace("\"", "");
        if (!plain.equals("application/json") && !plain.equals("application/json;charset=utf-8")) {
            throw new HttpProblem(
                            Kind.UNSUPPORTED_TYPE,
                            "expected the content type application/json, found " + (type == null ? "none" : type))
                    .with("Accept", "application/json");
        }
        String encoding = context.header("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new HttpProblem(Kind.UNSUPPORTED_TYPE, "expected a body that is not compressed")
                    .with("Accept-Encoding", "identity");
        }
    }

    private static byte[] read(Context context) {
        try {
            InputStream in = context.req().getInputStream();
            if (context.req().getContentLengthLong() <= LARGEST) {
                byte[] bytes = in.readNBytes(LARGEST + 1);
                if (bytes.length <= LARGEST) {
                    return bytes;
                }
            }
            drain(in);
        } catch (IOException e) {
            throw new HttpProblem(Kind.UNREADABLE, "the body ends too early");
        }
        throw new HttpProblem(Kind.TOO_LARGE, "expected a body of at most " + LARGEST + " bytes")
                .with("Connection", "close");
    }

    private static void drain(InputStream in) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long drained = 0;
        int count;
        while (drained < DRAINED && (count = in.read(buffer)) >= 0) {
            drained += count;
        }
    }
}
