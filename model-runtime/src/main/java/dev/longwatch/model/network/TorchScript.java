// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.network;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.engine.StandardCapabilities;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import dev.longwatch.model.ModelException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A network written in TorchScript, compiled by libtorch when it is made. The only class that knows the engine's native
 * interface.
 *
 * <p>Safe for use by many threads as far as the script's methods are; tensors that a call returns belong to the manager
 * that was given. An argument may be a tensor, a list of tensors, a whole number, a list of whole numbers, a number, a
 * flag or a text.
 */
final class TorchScript implements AutoCloseable {

    /** torch's codes of number formats, which scripts take as whole numbers. */
    static final int FLOAT16 = 5;

    static final int FLOAT32 = 6;
    static final int BFLOAT16 = 15;

    private final NDManager manager;
    private final PtSymbolBlock module;

    private TorchScript(NDManager manager, PtSymbolBlock module) {
        this.manager = manager;
        this.module = module;
    }

    /**
     * The engine, kept from calling anywhere (without the property it asks the network which cloud it runs in), and with
     * half the processors: its threads spin while they wait for each other, so that with as many threads as processors
     * any neighbour makes it ten times slower (2 busy processors, tiny clip: 0.5 s with one thread, 4 s with two).
     * Properties that are set already win.
     *
     * @throws ModelException if there is no libtorch that can be loaded
     */
    static Engine engine() {
        setDefault("ai.djl.offline", "true");
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        setDefault("ai.djl.pytorch.num_threads", String.valueOf(threads));
        try {
            return Engine.getEngine("PyTorch");
        } catch (EngineException | LinkageError e) {
            Throwable why = e;
            while (why.getCause() != null) {
                why = why.getCause();
            }
            throw new ModelException("libtorch cannot be loaded: " + why.getMessage(), e);
        }
    }

    /** What it means when it does not {@link #knowsGpus}, half a sentence. */
    static final String NO_GPUS = "this libtorch is for the processor only, or finds no driver of a GPU";

    /** Whether the libtorch that was found can use a GPU: it was made for one, and there is a driver. */
    static boolean knowsGpus() {
        return engine().hasCapability(StandardCapabilities.CUDA);
    }

    /** Threads of one operation. */
    static int threads() {
        return JniUtils.getNumThreads();
    }

    private static void setDefault(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /**
     * @param resource beside this class, for instance {@code decoder.torch}
     * @param type the class in it
     * @param attributes first values of its attributes, see {@link ScriptArchive}
     */
    static TorchScript compile(String resource, String type, Map<String, Object> attributes) {
        byte[] archive = ScriptArchive.of(source(resource), type, attributes);
        // scripts move what they are given to where they run
        NDManager manager = engine().newBaseManager(Device.cpu());
        try {
            PtSymbolBlock module =
                    JniUtils.loadModule((PtNDManager) manager, new ByteArrayInputStream(archive), true, false);
            return new TorchScript(manager, module);
        } catch (IOException | EngineException e) {
            manager.close();
            throw new ModelException(resource + " does not compile: " + e.getMessage(), e);
        }
    }

    private static String source(String resource) {
        try (InputStream in = TorchScript.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("no script " + resource + " beside " + TorchScript.class.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }

    /** A manager for what one piece of work makes; the caller closes it. */
    NDManager scope() {
        return manager.newSubManager();
    }

    void run(String method, Object... arguments) {
        call(method, arguments, result -> result);
    }

    NDArray tensor(NDManager owner, String method, Object... arguments) {
        return call(method, arguments, result -> result.toTensor((PtNDManager) owner));
    }

    NDList tensors(NDManager owner, String method, Object... arguments) {
        return call(method, arguments, result -> result.toNDList((PtNDManager) owner));
    }

    private <T> T call(String method, Object[] arguments, Function<IValue, T> read) {
        // thread-local; the profiling executor makes first calls slow and gains nothing (facts/djl.md, section 3)
        JniUtils.setGraphExecutorOptimize(false);
        List<IValue> values = new ArrayList<>(arguments.length);
        try {
            for (Object argument : arguments) {
                values.add(value(argument));
            }
            try (IValue result = IValueUtils.runMethod(module, method, values.toArray(IValue[]::new))) {
                return read.apply(result);
            }
        } finally {
            values.forEach(IValue::close);
        }
    }

    private static IValue value(Object argument) {
        if (argument instanceof PtNDArray tensor) {
            return IValue.from(tensor);
        }
        if (argument instanceof NDList list) {
            return IValue.listFrom(list.stream().toArray(PtNDArray[]::new));
        }
        if (argument instanceof long[] numbers) {
            return IValue.listFrom(numbers);
        }
        if (argument instanceof int[] numbers) {
            return IValue.listFrom(Arrays.stream(numbers).asLongStream().toArray());
        }
        if (argument instanceof Integer || argument instanceof Long) {
            return IValue.from(((Number) argument).longValue());
        }
        if (argument instanceof Double number) {
            return IValue.from(number);
        }
        if (argument instanceof Boolean flag) {
            return IValue.from(flag);
        }
        if (argument instanceof String text) {
            return IValue.from(text);
        }
        throw new IllegalArgumentException("a script takes no " + argument.getClass());
    }

    @Override
    public void close() {
        module.close();
        manager.close();
    }
}
