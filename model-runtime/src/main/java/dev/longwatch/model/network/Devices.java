// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.network;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.longwatch.model.ModelException;
import java.util.Optional;

/** Where a network runs when nobody says. */
public final class Devices {

    public static final String PROCESSOR = "cpu";

    /** Of those that the process may see: {@code CUDA_VISIBLE_DEVICES} says which, and {@code cuda:0} is the first of them. */
    private static final String FIRST_GPU = "cuda:0";

    private Devices() {}

    /** The first GPU where one can be used, else the processor, as torch names them. */
    public static String preferred() {
        return noGpu().isEmpty() ? FIRST_GPU : PROCESSOR;
    }

    /** Why no GPU can be used, half a sentence; nothing when one can. */
    public static Optional<String> noGpu() {
        try {
            if (!TorchScript.knowsGpus()) {
                return Optional.of(TorchScript.NO_GPUS);
            }
        } catch (ModelException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
        // the driver is only asked when something is put there
        try (NDManager gpu = TorchScript.engine().newBaseManager(Device.gpu(0))) {
            gpu.zeros(new Shape(1));
            return Optional.empty();
        } catch (EngineException e) {
            return Optional.of("libtorch finds none: " + firstLine(e));
        }
    }

    /** libtorch and its version. */
    public static String engine() {
        return "libtorch " + TorchScript.engine().getVersion() + (TorchScript.knowsGpus() ? " with CUDA" : "");
    }

    private static String firstLine(EngineException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("it does not say why");
    }
}
