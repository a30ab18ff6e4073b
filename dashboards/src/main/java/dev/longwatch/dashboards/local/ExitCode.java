// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.local;

/** How a command ended, for scripts. */
public enum ExitCode {
    OK(0, "done"),
    INTERNAL(1, "Longwatch itself failed; the log named in the message says more"),
    USAGE(2, "wrong arguments, or a rule the model cannot be asked"),
    VIDEO(3, "a video could not be watched, or not all of it; the others were"),
    MODEL(4, "the model cannot be used"),
    INDEX(5, "Elasticsearch cannot be used"),
    DISK(6, "the data directory cannot be used, or its disk is full"),
    UNKNOWN(7, "a question that what was watched does not answer"),
    INTERRUPTED(130, "stopped by Ctrl-C; what was watched is kept");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    public int code() {
        return code;
    }

    public String meaning() {
        return meaning;
    }
}
