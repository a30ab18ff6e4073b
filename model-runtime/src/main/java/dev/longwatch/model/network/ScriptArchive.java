// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.network;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The archive in which libtorch expects a script: a zip of stored entries with the source and a pickle that says which
 * object to make. Attributes may be flags, whole numbers, numbers, texts, lists of whole numbers and empty lists; what
 * tensors a module needs are given to it by a call.
 */
final class ScriptArchive {

    private ScriptArchive() {}

    /**
     * @param source of the module {@code __torch__}
     * @param type the class to make an object of
     * @param attributes its attributes by name, but for {@code training}
     */
    static byte[] of(String source, String type, Map<String, Object> attributes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            put(zip, "m/data.pkl", object(type, attributes));
            put(zip, "m/code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
            put(zip, "m/constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
            put(zip, "m/version", "10\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    /** Pickle, protocol 2: make an object of the class, then set its attributes from a dictionary. */
    private static byte[] object(String type, Map<String, Object> attributes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(0x80);
        out.writeByte(2);
        out.writeBytes("c__torch__\n" + type + "\n)\u0081}(");
        writeText(out, "training");
        out.writeByte(0x89);
        for (Map.Entry<String, Object> attribute : attributes.entrySet()) {
            writeText(out, attribute.getKey());
            writeValue(out, attribute.getValue());
        }
        out.writeBytes("ub.");
        return bytes.toByteArray();
    }

    private static void writeValue(DataOutputStream out, Object value) throws IOException {
        if (value instanceof Boolean flag) {
            out.writeByte(flag ? 0x88 : 0x89);
        } else if (value instanceof Integer number) {
            writeInt(out, number);
        } else if (value instanceof Double number) {
            out.writeByte('G');
            out.writeDouble(number);
        } else if (value instanceof String text) {
            writeText(out, text);
        } else if (value instanceof List<?> list) {
            writeList(out, list);
        } else {
            throw new IllegalArgumentException("a script's attribute cannot be a " + value.getClass());
        }
    }

    /** Lists of whole numbers have a constructor of their own in this dialect; an empty list has its type declared. */
    private static void writeList(DataOutputStream out, List<?> list) throws IOException {
        if (list.isEmpty()) {
            out.writeByte(']');
            return;
        }
        out.writeBytes("ctorch.jit._pickle\nbuild_intlist\n](");
        for (Object number : list) {
            writeInt(out, (Integer) number);
        }
        out.writeBytes("e\u0085R");
    }

    private static void writeInt(DataOutputStream out, int number) throws IOException {
        out.writeByte('J');
        out.writeInt(Integer.reverseBytes(number));
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeByte('X');
        out.writeInt(Integer.reverseBytes(utf8.length));
        out.write(utf8);
    }
}
