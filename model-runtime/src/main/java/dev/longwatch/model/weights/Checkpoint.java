// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longwatch.model.ModelException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A model directory in the published layout: {@code config.json}, {@code tokenizer.json} and the weights in
 * {@code model.safetensors} or in shards named by {@code model.safetensors.index.json}. Pickles ({@code .bin},
 * {@code .pt}) are never opened, because opening one runs the code it holds.
 *
 * <p>Tensor names are the newer ones ({@code model.language_model.…}, {@code model.visual.…}) whatever the files say.
 */
public final class Checkpoint {

    private static final String SINGLE = "model.safetensors";
    private static final String INDEX = "model.safetensors.index.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;
    private final Map<String, TensorEntry> tensors;

    private Checkpoint(Path directory, Map<String, TensorEntry> tensors) {
        this.directory = directory;
        this.tensors = Collections.unmodifiableMap(tensors);
    }

    /** @throws ModelException in one sentence, if a file is missing or damaged */
    public static Checkpoint open(Path directory) {
        Path whole = directory.toAbsolutePath().normalize();
        if (!Files.isDirectory(whole)) {
            throw new ModelException("no model directory at " + whole);
        }
        requireFile(whole, "config.json");
        requireFile(whole, "tokenizer.json");
        Map<String, TensorEntry> tensors = new LinkedHashMap<>();
        if (Files.isRegularFile(whole.resolve(INDEX))) {
            tensors.putAll(shards(whole));
        } else if (Files.isRegularFile(whole.resolve(SINGLE))) {
            addAll(tensors, SafetensorsFile.read(whole.resolve(SINGLE)));
        } else {
            throw noWeights(whole);
        }
        return new Checkpoint(whole, tensors);
    }

    /** The name since transformers 4.52 of a tensor of the published files (spec section 1.4). */
    static String newName(String name) {
        if (name.startsWith("visual.")) {
            return "model." + name;
        }
        if (name.startsWith("model.")
                && !name.startsWith("model.language_model.")
                && !name.startsWith("model.visual.")) {
            return "model.language_model." + name.substring("model.".length());
        }
        return name;
    }

    public Path directory() {
        return directory;
    }

    /** The directory's own name. */
    public String name() {
        Path name = directory.getFileName();
        return name == null ? "model" : name.toString();
    }

    /** {@link #name} and eight digits of a digest of the weights: {@code nano-1a2b3c4d}. */
    public String fingerprint() {
        return name() + "-" + Fingerprint.of(tensors);
    }

    public Optional<TensorEntry> find(String name) {
        return Optional.ofNullable(tensors.get(name));
    }

    /** @throws ModelException naming the tensor and both shapes, if it is missing or shaped otherwise */
    public TensorEntry require(String name, long... shape) {
        List<Long> expected = Arrays.stream(shape).boxed().toList();
        TensorEntry entry = tensors.get(name);
        if (entry == null) {
            throw new ModelException(directory + ": tensor " + name + " is missing, expected shape " + expected);
        }
        if (!entry.shape().equals(expected)) {
            throw new ModelException(directory + ": tensor " + entry.name() + " has shape " + entry.shape()
                    + ", config.json makes it " + expected);
        }
        return entry;
    }

    public Map<String, TensorEntry> tensors() {
        return tensors;
    }

    private static void requireFile(Path directory, String name) {
        if (!Files.isRegularFile(directory.resolve(name))) {
            throw new ModelException(directory + ": " + name + " is missing, so this is no model directory");
        }
    }

    private static Map<String, TensorEntry> shards(Path directory) {
        Map<String, TensorEntry> tensors = new LinkedHashMap<>();
        Map<String, String> files = index(directory.resolve(INDEX));
        for (String file : new TreeSet<>(files.values())) {
            Path shard = directory.resolve(file).normalize();
            if (!directory.equals(shard.getParent()) || !file.endsWith(".safetensors")) {
                throw new ModelException(directory.resolve(INDEX) + ": '" + file
                        + "' is not the name of a safetensors file in this directory");
            }
            if (!Files.isRegularFile(shard)) {
                throw new ModelException(directory + ": " + file + " is missing, but " + INDEX + " names it");
            }
            addAll(tensors, SafetensorsFile.read(shard));
        }
        files.forEach((name, file) -> {
            TensorEntry entry = tensors.get(newName(name));
            if (entry == null || !entry.file().endsWith(file)) {
                throw new ModelException(
                        directory + ": tensor " + name + " is not in " + file + ", but " + INDEX + " says so");
            }
        });
        return tensors;
    }

    /** File by tensor, as {@code weight_map} gives them. */
    private static Map<String, String> index(Path index) {
        try {
            JsonNode map = JSON.readTree(Files.readAllBytes(index)).path("weight_map");
            if (!map.isObject() || map.isEmpty()) {
                throw new ModelException(index + ": expected file names by tensor in 'weight_map', found " + map);
            }
            Map<String, String> files = new TreeMap<>();
            map.properties()
                    .forEach(field -> files.put(field.getKey(), field.getValue().asText()));
            return files;
        } catch (JsonProcessingException e) {
            throw new ModelException(index + ": not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + index, e);
        }
    }

    private static void addAll(Map<String, TensorEntry> tensors, SafetensorsFile file) {
        file.tensors().forEach((name, entry) -> {
            TensorEntry other = tensors.putIfAbsent(newName(name), entry);
            if (other != null) {
                throw new ModelException(file.path() + ": tensor " + name + " is also " + other.name() + " of "
                        + other.file().getFileName());
            }
        });
    }

    private static ModelException noWeights(Path directory) {
        List<String> pickles = pickles(directory);
        if (pickles.isEmpty()) {
            return new ModelException(directory + ": the weights are missing, expected " + SINGLE + " or " + INDEX);
        }
        return new ModelException(directory + ": the weights are only there as pickles (" + pickles.get(0)
                + "); opening a pickle runs the code inside it, so convert them to " + SINGLE);
    }

    private static List<String> pickles(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".bin") || name.endsWith(".pt") || name.endsWith(".pth"))
                    .sorted()
                    .collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory, e);
        }
    }
}
