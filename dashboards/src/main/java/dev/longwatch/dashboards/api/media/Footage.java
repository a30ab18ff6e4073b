// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.media;

import dev.longwatch.dashboards.api.http.HttpProblem;
import dev.longwatch.dashboards.api.http.TimeInput;
import dev.longwatch.dashboards.api.videos.Addresses;
import dev.longwatch.indexer.event.TimeSpan;

/** Where the footage of a video is, by its name. */
public interface Footage {

    /**
     * Footage on this machine.
     *
     * @param video its name
     * @param uri of its file, or of all recordings as jobs are told
     */
    record Source(String video, String uri) {

        /** Whether its clock is the wall clock. */
        public boolean isRecording() {
            return Addresses.recordings(uri).isPresent();
        }
    }

    /** @throws HttpProblem when there is none of that name on this machine */
    Source find(String video);

    /**
     * From when to when there is footage, on the video's clock. Nobody knows how long a file is.
     *
     * @throws HttpProblem when nothing was recorded
     */
    TimeSpan recorded(Source source);

    /**
     * What somebody means by a time, on the video's clock.
     *
     * @throws HttpProblem when it is a date and nobody knows when the video was recorded
     */
    long millis(Source source, TimeInput time);
}
