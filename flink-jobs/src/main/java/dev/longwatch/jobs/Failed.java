// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs;

import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.jobs.StateFolder.UnusableStateException;
import dev.longwatch.jobs.ground.ModelDoor.UnusableModelException;
import org.apache.flink.util.ExceptionUtils;

/**
 * The last line of the report of a process that could not do what it was asked.
 *
 * @param cause the name of the command line's exit code
 * @param message one sentence for a person
 */
public record Failed(Cause cause, String message) {

    /** The names of the command line's exit codes. */
    public enum Cause {
        USAGE,
        MODEL,
        INDEX,
        DISK,
        INTERNAL
    }

    public static Failed of(Exception problem) {
        for (Throwable t = problem; t != null; t = t.getCause()) {
            Cause cause = cause(t);
            if (cause != Cause.INTERNAL) {
                return new Failed(cause, String.valueOf(t.getMessage()));
            }
        }
        Throwable root = ExceptionUtils.stripException(problem, problem.getClass());
        return new Failed(Cause.INTERNAL, String.valueOf(root));
    }

    private static Cause cause(Throwable problem) {
        if (problem instanceof UnusableModelException) {
            return Cause.MODEL;
        }
        if (problem instanceof IndexException) {
            return Cause.INDEX;
        }
        if (problem instanceof UnusableStateException) {
            return Cause.DISK;
        }
        return problem instanceof ConfigException ? Cause.USAGE : Cause.INTERNAL;
    }
}
