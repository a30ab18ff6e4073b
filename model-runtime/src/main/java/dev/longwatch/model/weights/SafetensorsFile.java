// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.weights;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longwatch.model.ModelException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The header of one safetensors file: eight bytes with the header's length (little endian), the header in JSON, then
 * the numbers. Everything the header claims is checked against the file's size before anything is mapped, because
 * reading a mapping past its end kills the process.
 *
 * @param path of the file
 * @param tensors by name, in the order of the header
 */
public record SafetensorsFile(Path path, Map<String, TensorEntry> tensors) {

    /** The limit of the reference reader. */
    private static final long LONGEST_HEADER = 100_000_000;

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    public SafetensorsFile {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    }

    /** @throws ModelException if the file is not a whole safetensors file */
    public static SafetensorsFile read(Path path) {
        try (FileChannel file = FileChannel.open(path)) {
            long size = file.size();
            long length = headerLength(path, file, size);
            long dataStart = Long.BYTES + length;
            JsonNode header = header(path, file, (int) length);
            Map<String, TensorEntry> tensors = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> field : header.properties()) {
                if (!field.getKey().equals("__metadata__")) {
                    tensors.put(field.getKey(), entry(path, field.getKey(), field.getValue(), dataStart, size));
                }
            }
            refuseOverlaps(path, tensors);
            return new SafetensorsFile(path, tensors);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }

    private static long headerLength(Path path, FileChannel file, long size) throws IOException {
        if (size < Long.BYTES) {
            throw new ModelException(path + ": expected a safetensors file, found " + size + " bytes");
        }
        long length = read(path, file, 0, Long.BYTES).getLong();
        if (length < 0 || length > LONGEST_HEADER || length > size - Long.BYTES) {
            throw new ModelException(path + ": header length " + Long.toUnsignedString(length)
                    + " does not fit a file of " + size + " bytes (at most " + LONGEST_HEADER + ")");
        }
        return length;
    }

    private static JsonNode header(Path path, FileChannel file, int length) throws IOException {
        byte[] bytes = read(path, file, Long.BYTES, length).array();
        try {
            JsonNode header = JSON.readTree(bytes);
            if (header == null || !header.isObject()) {
                throw new ModelException(path + ": the header is not a JSON object");
            }
            return header;
        } catch (JsonProcessingException e) {
            throw new ModelException(path + ": the header is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static ByteBuffer read(Path path, FileChannel file, long from, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, from + bytes.position()) < 0) {
                throw new ModelException(path + ": the file ended while its header was read");
            }
        }
        return bytes.flip();
    }

    private static TensorEntry entry(Path path, String name, JsonNode json, long dataStart, long size) {
        String where = path + ": tensor " + name;
        TensorEntry.Type type = type(where, json.path("dtype").asText());
        List<Long> shape = new ArrayList<>();
        long bytes = type.bytes();
        for (JsonNode dimension : array(where, "shape", json)) {
            long extent = natural(where, "shape", dimension);
            shape.add(extent);
            bytes = product(where, bytes, extent);
        }
        JsonNode offsets = array(where, "data_offsets", json);
        if (offsets.size() != 2) {
            throw new ModelException(where + ": expected two data_offsets, found " + offsets);
        }
        long begin = natural(where, "data_offsets", offsets.get(0));
        long end = natural(where, "data_offsets", offsets.get(1));
        if (begin > end || end > size - dataStart) {
            throw new ModelException(where + " claims bytes " + begin + " to " + end + " of " + (size - dataStart)
                    + ": the file is cut short or damaged");
        }
        if (end - begin != bytes) {
            throw new ModelException(where + " of shape " + shape + " in " + type + " needs " + bytes + " bytes, found "
                    + (end - begin));
        }
        return new TensorEntry(name, type, shape, path, dataStart + begin);
    }

    private static TensorEntry.Type type(String where, String dtype) {
        for (TensorEntry.Type type : TensorEntry.Type.values()) {
            if (type.name().equals(dtype)) {
                return type;
            }
        }
        throw new ModelException(where + " has dtype '" + dtype + "', expected F32, F16 or BF16");
    }

    private static JsonNode array(String where, String field, JsonNode json) {
        JsonNode array = json.path(field);
        if (!array.isArray()) {
            throw new ModelException(where + ": expected a list in '" + field + "', found " + array);
        }
        return array;
    }

    private static long natural(String where, String field, JsonNode number) {
        if (!number.isIntegralNumber() || !number.canConvertToLong() || number.longValue() < 0) {
            throw new ModelException(where + ": expected whole numbers in '" + field + "', found " + number);
        }
        return number.longValue();
    }

    private static long product(String where, long bytes, long extent) {
        try {
            return Math.multiplyExact(bytes, extent);
        } catch (ArithmeticException e) {
            throw new ModelException(where + ": its shape does not fit any file", e);
        }
    }

    private static void refuseOverlaps(Path path, Map<String, TensorEntry> tensors) {
        List<TensorEntry> byStart = new ArrayList<>(tensors.values());
        byStart.sort(Comparator.comparingLong(TensorEntry::start).thenComparingLong(TensorEntry::end));
        TensorEntry previous = null;
        for (TensorEntry tensor : byStart) {
            if (previous != null && tensor.start() < previous.end()) {
                throw new ModelException(path + ": tensors " + previous.name() + " and " + tensor.name() + " overlap");
            }
            previous = tensor;
        }
    }
}
