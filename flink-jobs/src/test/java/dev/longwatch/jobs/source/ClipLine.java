// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.source;

import dev.longwatch.jobs.clip.VideoClip;
import dev.longwatch.jobs.sample.SampledFrame;
import java.util.zip.CRC32;

/** A clip as one line that differs when anything in it differs, the pixels included. */
final class ClipLine {

    private ClipLine() {}

    static String of(VideoClip clip) {
        CRC32 pixels = new CRC32();
        StringBuilder instants = new StringBuilder();
        for (SampledFrame frame : clip.frames()) {
            pixels.update(frame.rgb());
            instants.append(' ').append(frame.ptsMicros() / 1_000);
        }
        return clip.stream() + '#' + clip.ordinal() + ' ' + clip.startMillis() + '-' + clip.endMillis()
                + (clip.last() ? " last" : "") + " of " + clip.videoMillis() + " [" + clip.problem() + "]" + instants
                + " crc " + Long.toHexString(pixels.getValue());
    }
}
