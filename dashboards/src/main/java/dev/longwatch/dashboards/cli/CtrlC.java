// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.dashboards.local.JobProcess;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What Ctrl-C does while a job is followed: the job is asked to stop, and this process ends only when what the job said then
 * has been shown. Closed when it has been, or when the job ended by itself.
 */
final class CtrlC implements AutoCloseable {

    /** How long a stopped job may take, seconds. */
    private static final int STOP_SECONDS = 60;

    private final CountDownLatch shown = new CountDownLatch(1);
    private final Thread hook;
    private volatile boolean pressed;

    private CtrlC(JobProcess job, Screen screen, String note) {
        hook = new Thread(() -> stop(job, screen, note), "longwatch-stop");
    }

    /** @param note said when it is pressed */
    static CtrlC stops(JobProcess job, Screen screen, String note) {
        CtrlC ctrlC = new CtrlC(job, screen, note);
        Runtime.getRuntime().addShutdownHook(ctrlC.hook);
        return ctrlC;
    }

    boolean pressed() {
        return pressed;
    }

    private void stop(JobProcess job, Screen screen, String note) {
        pressed = true;
        screen.note(note);
        job.stop();
        try {
            if (!shown.await(STOP_SECONDS, TimeUnit.SECONDS)) {
                job.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        shown.countDown();
        if (!pressed) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // pressed this very moment: nothing is left to stop
                return;
            }
        }
    }
}
