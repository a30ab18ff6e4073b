// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.doctor;

import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.dashboards.local.Problem;

/**
 * What was found of one thing that is needed.
 *
 * @param what was looked at
 * @param found what there is, or what is wrong with it and what to do
 * @param failure how a command that needs it would end; {@link ExitCode#OK} when it is as it should be
 */
public record Finding(String what, State state, String found, ExitCode failure) {

    public enum State {
        OK,
        /** Works, though not as well as it could. */
        NOTE,
        WRONG
    }

    public static Finding ok(String what, String found) {
        return new Finding(what, State.OK, found, ExitCode.OK);
    }

    public static Finding note(String what, String found) {
        return new Finding(what, State.NOTE, found, ExitCode.OK);
    }

    public static Finding wrong(String what, ExitCode failure, String found) {
        return new Finding(what, State.WRONG, found, failure);
    }

    public static Finding wrong(String what, Problem problem) {
        return wrong(what, problem.exitCode(), String.valueOf(problem.getMessage()));
    }
}
