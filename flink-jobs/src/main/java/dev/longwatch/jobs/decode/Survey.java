// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.decode;

import java.util.stream.LongStream;

/**
 * What reading all packets of a file tells, without decoding any: for files whose own words are missing. It costs about two
 * seconds of CPU for an hour of 700 MB, and reading them.
 *
 * @param keys all of them
 * @param endMicros where the last picture ends, microseconds after the first
 */
record Survey(KeyFrames keys, long endMicros) {

    /** @param uri a path, or a {@code file:} URI */
    static Survey of(String uri) throws VideoException {
        LongStream.Builder keys = LongStream.builder();
        try (Packets packets = new Packets(VideoFile.open(uri))) {
            for (Packet packet = packets.next(); packet != null; packet = packets.next()) {
                if (packet.isKey() && packet.isShown() && packet.pts() != TimeBase.NONE) {
                    keys.add(packets.file().time().micros(packet.pts()));
                }
                packet.close();
            }
            return new Survey(new KeyFrames(keys.build().toArray()), packets.endMicros());
        }
    }
}
