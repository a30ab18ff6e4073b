// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.network;

import dev.longwatch.model.ModelException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The model families whose network is written here; {@code model_type} in config.json. */
public enum Family {
    QWEN2_5_VL("qwen2_5_vl");

    private final String modelType;

    Family(String modelType) {
        this.modelType = modelType;
    }

    public String modelType() {
        return modelType;
    }

    static Family of(ConfigJson config) {
        String found = config.text("model_type");
        for (Family family : values()) {
            if (family.modelType.equals(found)) {
                return family;
            }
        }
        String known = Arrays.stream(values()).map(Family::modelType).collect(Collectors.joining(", "));
        throw new ModelException(config.where() + ": model_type is '" + found + "', known are " + known);
    }
}
