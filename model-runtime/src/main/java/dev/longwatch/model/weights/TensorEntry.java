// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.weights;

import java.nio.file.Path;
import java.util.List;

/**
 * Where one tensor lies.
 *
 * @param name as the file spells it
 * @param type of its numbers
 * @param shape outermost dimension first; empty for a single number
 * @param file that holds it
 * @param start of its first byte, from the start of the file
 */
public record TensorEntry(String name, Type type, List<Long> shape, Path file, long start) {

    /** The number formats that are read. */
    public enum Type {
        F32(4),
        F16(2),
        BF16(2);

        private final int bytes;

        Type(int bytes) {
            this.bytes = bytes;
        }

        public int bytes() {
            return bytes;
        }
    }

    public TensorEntry {
        shape = List.copyOf(shape);
    }

    /** How many numbers it holds. */
    public long count() {
        long count = 1;
        for (long size : shape) {
            count *= size;
        }
        return count;
    }

    /** Just after its last byte, from the start of the file. */
    public long end() {
        return start + count() * type.bytes();
    }
}
