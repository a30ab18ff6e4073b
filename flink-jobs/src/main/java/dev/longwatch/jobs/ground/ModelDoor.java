// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.ground;

import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.model.ModelException;
import dev.longwatch.model.Question;
import dev.longwatch.model.VideoModel;
import java.util.List;
import java.util.Optional;

/**
 * Tries a model before a job is built on it, and holds it open so that the job finds it loaded.
 */
public final class ModelDoor implements AutoCloseable {

    private final ModelAddress address;
    private final VideoModel model;

    private ModelDoor(ModelAddress address, VideoModel model) {
        this.address = address;
        this.model = model;
    }

    /** @throws UnusableModelException when the model cannot be opened */
    public static ModelDoor open(ModelAddress address) {
        try {
            return new ModelDoor(address, SharedModels.acquire(address));
        } catch (ModelException e) {
            throw new UnusableModelException(e);
        }
    }

    /** Why the model cannot be asked some of these rules, one sentence each; empty when it can be asked all. */
    public List<String> refusals(List<AlertRule> rules) {
        return rules.stream()
                .map(rule -> model.refusal(Question.ground(rule.when())))
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public void close() {
        SharedModels.release(address);
    }

    /** The model cannot be used; the message says why. */
    public static final class UnusableModelException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private UnusableModelException(ModelException cause) {
            super(cause.getMessage(), cause);
        }
    }
}
