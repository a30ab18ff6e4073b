// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.local;

import dev.longwatch.indexer.client.IndexException;

/** Something a person can act on, in one sentence, and how the command ends because of it. */
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    public Problem(ExitCode exitCode, String sentence) {
        super(sentence);
        this.exitCode = exitCode;
    }

    /** A problem that another room has put into a sentence already. */
    public Problem(ExitCode exitCode, RuntimeException cause) {
        super(cause.getMessage(), cause);
        this.exitCode = exitCode;
    }

    public Problem(ExitCode exitCode, String sentence, Throwable cause) {
        super(sentence, cause);
        this.exitCode = exitCode;
    }

    /** What Elasticsearch cannot do, with what to do about it. */
    public static Problem of(IndexException problem) {
        return switch (problem.reason()) {
            case BAD_REQUEST, CHANGED_MEANWHILE -> new Problem(ExitCode.USAGE, problem);
            case UNREACHABLE ->
                new Problem(
                        ExitCode.INDEX,
                        problem.getMessage() + "; start it, or name none and have one on this machine started",
                        problem);
            case UNAUTHORISED, NOT_ELASTICSEARCH, NEWER_SCHEMA, OLDER_SCHEMA, FAILED ->
                new Problem(ExitCode.INDEX, problem);
        };
    }

    public ExitCode exitCode() {
        return exitCode;
    }
}
