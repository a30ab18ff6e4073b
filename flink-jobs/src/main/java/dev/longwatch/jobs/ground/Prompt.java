// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.ground;

import dev.longwatch.model.Question;

/** How a rule is put to the model. All but the first are for measuring against published figures. */
public enum Prompt {
    /** As Longwatch asks: the answer keeps a grammar, may be "none", and tells how likely the event is. */
    LONGWATCH(Question.Kind.GROUND),
    /** The Qwen2.5-VL cookbook's, answered in any words. */
    COOKBOOK(Question.Kind.COOKBOOK),
    /** lmms-eval's for Charades-STA, answered in any words. */
    CHARADES(Question.Kind.CHARADES),
    /** TimeLens-Bench's, answered in any words. */
    TIMELENS(Question.Kind.TIMELENS);

    private final Question.Kind kind;

    Prompt(Question.Kind kind) {
        this.kind = kind;
    }

    /** Whether the answer tells how likely the event is. */
    public boolean tellsProbability() {
        return !kind.free();
    }

    Question question(String when) {
        return new Question(kind, when.strip());
    }
}
