// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * Keys and values of the questions' own tokens: {@code (layers, 2, kv heads, questions, room, head_dim)}, of which the
 * first {@link #filled} tokens count. Grows by half when it is full and shrinks when questions are answered.
 */
final class KvCache implements AutoCloseable {

    private final TorchScript decoder;
    private final NDManager manager;
    private NDArray tensor;
    private int room;
    private int filled;

    KvCache(TorchScript decoder, int questions, int room) {
        this.decoder = decoder;
        this.room = room;
        manager = decoder.scope();
        tensor = decoder.tensor(manager, "empty_own", questions, room);
    }

    /** The tensor with room for some more tokens behind those that count. */
    NDArray withRoomFor(int tokens) {
        if (filled + tokens > room) {
            keep(allRows(), Math.max(filled + tokens, room + room / 2));
        }
        return tensor;
    }

    int filled() {
        return filled;
    }

    void advance(int tokens) {
        filled += tokens;
    }

    /** Forgets all questions but these. */
    void keep(long[] rows) {
        keep(rows, room);
    }

    private void keep(long[] rows, int newRoom) {
        try (NDArray index = manager.create(rows)) {
            NDArray kept = decoder.tensor(manager, "keep_own", tensor, index, filled, newRoom);
            tensor.close();
            tensor = kept;
            room = newRoom;
        }
    }

    private long[] allRows() {
        long[] rows = new long[Math.toIntExact(tensor.getShape().get(3))];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = row;
        }
        return rows;
    }

    @Override
    public void close() {
        manager.close();
    }
}
