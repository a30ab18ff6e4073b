// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.local;

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

    public ExitCode exitCode() {
        return exitCode;
    }
}
