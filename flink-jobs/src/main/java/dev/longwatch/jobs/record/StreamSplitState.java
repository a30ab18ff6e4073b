// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

/** The one mutable thing of a stream being recorded: how much of its index was handed on. */
final class StreamSplitState {

    private StreamSplit split;

    StreamSplitState(StreamSplit split) {
        this.split = split;
    }

    void handedOn(Told told) {
        if (told.known() != null) {
            split = new StreamSplit(split.stream(), told.known());
        }
    }

    StreamSplit split() {
        return split;
    }
}
