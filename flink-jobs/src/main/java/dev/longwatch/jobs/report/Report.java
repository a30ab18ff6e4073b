// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes report lines. A line is written whole, also when several tasks write at once. */
public final class Report {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Not {@code System.out}, which a library may write to. */
    private static final OutputStream OUT = new FileOutputStream(FileDescriptor.out);

    private Report() {}

    /**
     * Writes one line: the properties of {@code value} with a {@code type} before them.
     *
     * @throws IllegalStateException when nobody can read the report any more
     */
    public static void line(String type, Object value) {
        ObjectNode node = JSON.createObjectNode().put("type", type);
        node.setAll((ObjectNode) JSON.valueToTree(value));
        try {
            byte[] line = (JSON.writeValueAsString(node) + "\n").getBytes(StandardCharsets.UTF_8);
            synchronized (OUT) {
                OUT.write(line);
                OUT.flush();
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write a report of " + value, e);
        } catch (IOException e) {
            throw new IllegalStateException("nobody reads the report any more", e);
        }
    }
}
