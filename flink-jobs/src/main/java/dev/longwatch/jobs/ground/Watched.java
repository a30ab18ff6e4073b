// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.ground;

/**
 * The ledger's line for one clip: it was watched, or why not.
 *
 * @param stream the video's name
 * @param uri where the video is
 * @param recordedAtMillis wall clock of the video's first picture, milliseconds since 1970 UTC
 * @param ordinal which clip of the video's grid
 * @param startMillis of the clip on the video's clock
 * @param endMillis of the clip on the video's clock
 * @param videoMillis length of the video as far as it is known, 0 when it is not
 * @param since the first clip of the video that is watched
 * @param last whether nothing of the video is watched after this clip
 * @param frames how many pictures were looked at
 * @param framesPerSecond how many for each second, on average
 * @param holes beginnings and ends, in turns, of stretches in which the video has no pictures, on the video's clock
 * @param watchedUntilMillis up to where it was looked at, on the video's clock; its start when nothing was
 * @param problem why seconds of it were not watched; empty when all were
 * @param givenUp whether the analysis could not keep up: it stands for all clips from its start to its end
 * @param asked the names of the rules that the model was asked
 * @param probabilities of each of them, that it occurs anywhere in the clip, 0 to 1
 * @param unreadable answers that could not be understood, word for word
 * @param refused why the model could not be asked some of the rules, a sentence each
 */
public record Watched(
        String stream,
        String uri,
        long recordedAtMillis,
        long ordinal,
        long startMillis,
        long endMillis,
        long videoMillis,
        long since,
        boolean last,
        int frames,
        double framesPerSecond,
        long[] holes,
        long watchedUntilMillis,
        String problem,
        boolean givenUp,
        String[] asked,
        double[] probabilities,
        String[] unreadable,
        String[] refused) {}
