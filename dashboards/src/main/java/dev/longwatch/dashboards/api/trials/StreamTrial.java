// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.trials;

import dev.longwatch.dashboards.api.http.HttpProblem;
import dev.longwatch.dashboards.api.http.HttpProblem.Kind;
import dev.longwatch.dashboards.api.http.Input;
import dev.longwatch.dashboards.local.DataFolder;
import dev.longwatch.dashboards.local.Installation;
import dev.longwatch.dashboards.local.StreamTest;
import io.javalin.http.Context;
import java.util.concurrent.Semaphore;

/** {@code /streams/test}: whether an address sends pictures, before it is recorded. Addresses are kept nowhere. */
public final class StreamTrial {

    private static final int LONGEST_ADDRESS = 4_000;
    private static final int AT_A_TIME = 2;

    private final DataFolder data;
    private final Semaphore turns = new Semaphore(AT_A_TIME);

    public StreamTrial(DataFolder data) {
        this.data = data;
    }

    public void test(Context context) {
        Input.ofQuery(context).done();
        Input body = Input.ofBody(context);
        String url = body.words("url", LONGEST_ADDRESS).strip();
        if (!url.isEmpty() && !url.contains("://")) {
            body.refuse("url", "expected an address such as rtsp://host/path");
        }
        body.done();
        if (!turns.tryAcquire()) {
            throw new HttpProblem(Kind.UNAVAILABLE, "expected at most " + AT_A_TIME + " tests at a time")
                    .with("Retry-After", "10");
        }
        try {
            context.json(StreamTest.of(Installation.find(), url, data.log("streams-test")));
        } finally {
            turns.release();
        }
    }
}
